"""Addresses on the web: where they lead, and what may be wrong with them."""

import re
from urllib.parse import urlsplit

from portalsync.lexicon import Phrase, phrase

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The names by which this machine calls itself."""

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST_PATTERN = f"^({_LABEL}\\.)+([a-z]{{1,63}}|xn--([a-z0-9-]{{0,58}}[a-z0-9]))$"
"""A host by its full name, as links may lead to it: no IP address, no mixed script."""
LONGEST_HOST = 253

_HOST = re.compile(HOST_PATTERN)
_LABELS = re.compile(f"({_LABEL}\\.)+{_LABEL}")
_UNFIT_IN_LINKS = re.compile('[^!-~]|[\\\\"<>^`{|}]')


def host_of(address: str) -> str:
    """The host, in lower case and without the final dot; empty if there is none."""
    try:
        return (urlsplit(address).hostname or "").lower().removesuffix(".")
    except ValueError:
        return ""


def link_problem(text: str) -> Phrase | None:
    """Why clients are not led to an address; nothing when it is fine: https, a plain host, no user, no port.

    ASCII only: a host in another script is written in its `xn--` form, so that a reviewer sees
    that it is one.
    """
    if _UNFIT_IN_LINKS.search(text):
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
    if len(host) > LONGEST_HOST or not _LABELS.fullmatch(host):
        return phrase("findings.link.problem.host")
    return None if _HOST.fullmatch(host) else phrase("findings.link.problem.number")


def service_problem(address: str) -> str:
    """Why no service is asked at an address, with a token perhaps: `none` if it is no address of one,
    `not-https`, or nothing when it is fine: https, or http on this machine; no user, no query.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "none"
    if not host or parts.scheme not in ("https", "http"):
        return "none"
    if "@" in parts.netloc or parts.query or parts.fragment:
        return "none"
    return "not-https" if parts.scheme == "http" and host not in LOOPBACK else ""
