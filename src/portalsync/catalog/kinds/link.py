"""Addresses that lead clients away from the portal."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.kind import Kind
from portalsync.lexicon import Lexicon, Phrase, phrase
from portalsync.model.json_value import JSONObject

_FORM = Form("link", "^https://")

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST_PATTERN = f"^({_LABEL}\\.)+([a-z]{{1,63}}|xn--([a-z0-9-]{{0,58}}[a-z0-9]))$"
LONGEST_HOST = 253
HOST: JSONObject = {
    "type": "string",
    **Form("host", HOST_PATTERN).schema(),
    "maxLength": LONGEST_HOST,
}
"""A host by itself, as links may lead to it."""


class Link(Kind[str]):
    """An https address with a plain host name: no user, no port, no IP address, no mixed script."""

    def schema(self) -> JSONObject:
        return {
            "type": "string",
            "format": "portalsync-link",
            **_FORM.schema(),
            "maxLength": 500,
        }

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del lexicon, option, name
        return str(value)

    def links(self, value: Any) -> Iterable[str]:
        return (str(value),)


def link_problem(text: str) -> Phrase | None:
    """Why an address is refused; nothing when it is fine.

    ASCII only: a host in another script is written in its `xn--` form, so that a reviewer sees
    that it is one.
    """
    if not text.isascii() or any(char <= " " or char in '\\"<>^`{|}\x7f' for char in text):
        return phrase("findings.link.problem.characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return phrase("findings.link.problem.unreadable")
    if parts.scheme != "https" or not text.startswith("https://"):
        return phrase("findings.link.problem.scheme")
    if "@" in parts.netloc or port is not None or parts.netloc.endswith(":"):
        return phrase("findings.link.problem.user")
    return _host_problem(parts.hostname or "")


def _host_problem(host: str) -> Phrase | None:
    labels = host.split(".")
    if len(labels) < 2 or not all(label.replace("-", "").isalnum() for label in labels):  # noqa: PLR2004 - a name and its domain
        return phrase("findings.link.problem.host")
    if len(host) > LONGEST_HOST or any(
        label[0] == "-" or label[-1] == "-" or len(label) > 63  # noqa: PLR2004 - RFC 1035
        for label in labels
    ):
        return phrase("findings.link.problem.host")
    if not labels[-1].isalpha() and not labels[-1].startswith("xn--"):
        return phrase("findings.link.problem.number")
    return None


def host(address: str) -> str:
    """The host of an address, in lower case and without the final dot; empty if there is none."""
    try:
        return (urlsplit(address).hostname or "").lower().removesuffix(".")
    except ValueError:
        return ""
