"""All formats, in the order in which they are offered."""

from collections.abc import Mapping

from portalsync.on_demand import OnDemand
from portalsync.views.format import Format

FORMATS: Mapping[str, Format] = OnDemand(
    __name__, "text", "markdown", "json", "github", "sarif", "junit", "gitlab", holding="FORMAT"
)

FINDINGS: Mapping[str, Format] = OnDemand(
    __name__, "text", "json", "github", "sarif", "junit", "gitlab", holding="FORMAT"
)
"""Of what is wrong with a configuration."""
RESULTS: Mapping[str, Format] = OnDemand(__name__, "text", "markdown", "json", holding="FORMAT")
"""Of plans, receipts and drift."""
CHECKS: Mapping[str, Format] = OnDemand(__name__, "text", "markdown", "json", "junit", holding="FORMAT")
"""Of what a portal keeps of the contract."""
TERMINAL = "text"
"""What people read where another format is for their machines."""
