"""A link leads to a host where none of the firm's links leads today."""

from portalsync.addresses import HOST_PATTERN
from portalsync.catalog.guardrail import Naming
from portalsync.catalog.limit import Known

KNOWN_HOSTS = Known(
    "known_hosts",
    "Hosts that links and e-mail addresses of every firm may lead to without asking, by their full name. A "
    "plan that leads clients of a firm to any other host for the first time asks.",
    examples=("calendly.com", "www.example.com"),
)

GUARDRAIL = Naming(
    rule="new-host",
    limits=(KNOWN_HOSTS,),
    subject=HOST_PATTERN,
    names=lambda firm: dict.fromkeys(firm.new_hosts, 1),
    known=KNOWN_HOSTS,
)
