"""Addresses on the web: where they lead, and what may be wrong with them."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

from portalsync.lexicon import Phrase, phrase

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The names by which this machine calls itself."""

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_NAME = f"({_LABEL}\\.)+([a-z]{{1,63}}|xn--([a-z0-9-]{{0,58}}[a-z0-9]))"
_ANY_CASE = _NAME.replace("a-z", "A-Za-z").replace("xn", "[Xx][Nn]")

HOST_PATTERN = f"^{_NAME}$"
"""A host by its full name, as links may lead to it: no IP address, no mixed script."""
LONGEST_HOST = 253

LINK_PATTERN = f"^https://{_ANY_CASE}([/?#][!#-;=?-\\[\\]_a-z~]*)?$"
"""What `link_problem` says nothing about, but for the length of the host."""

MAILBOX_PATTERN = f"^[A-Za-z0-9._+-]{{1,64}}@{_ANY_CASE}$"
"""No percent sign: a mail program decodes it, and may find a second mailbox behind it."""
LONGEST_MAILBOX = 254

TELEPHONE_PATTERN = "^\\+?[0-9][0-9 ()/-]{4,24}[0-9]$"

_SAFE_IN_PATH = "!#$%&'()*+,/:;=?@[]~"
_PORT = "(:[0-9]{1,5})?"
SERVICE_PATTERN = (
    f"^(https://([^\\s/?#@:\\[\\]\\\\]+|\\[[0-9a-fA-F:.]+\\]){_PORT}"
    f"|http://(127\\.0\\.0\\.1|localhost|\\[::1\\]){_PORT}"
    ")([/?#][^\\s]*)?$"
)
"""What `service_problem` says nothing about, but for numbers that are no ports, and for queries and
fragments: they may hold a secret, and a finding prints the line. Of a user it hides the password.
"""

_HOST = re.compile(HOST_PATTERN)
_SERVICE = re.compile(SERVICE_PATTERN)
_LABELS = re.compile(f"({_LABEL}\\.)+{_LABEL}")
_TARGETS = {"mailto": re.compile(MAILBOX_PATTERN), "tel": re.compile(TELEPHONE_PATTERN)}
MAILTO = "mailto:"
_UNFIT_IN_LINKS = re.compile('[^!-~]|[\\\\"<>^`{|}]')


def host_of(address: str) -> str:
    """The host, of a mailbox the one of its mail, in lower case and without the final dot; empty if there is
    none.
    """
    if address.startswith(MAILTO):
        return address.rpartition("@")[2].lower()
    try:
        return (urlsplit(address).hostname or "").lower().removesuffix(".")
    except ValueError:
        return ""


def ascii_host(host: str) -> str:
    """The same host in ASCII, in lower case: `xn--` before what stands for letters beyond that."""
    labels = unicodedata.normalize("NFC", host.strip()).lower().split(".")
    return ".".join(each if each.isascii() else f"xn--{each.encode('punycode').decode()}" for each in labels)


def ascii_link(address: str) -> str:
    """The https address that may be meant, in ASCII; empty where it has a user, a port or another scheme."""
    scheme, sign, rest = address.strip().rpartition("://")
    host, slash, path = (rest if sign else address.strip()).partition("/")
    if scheme.lower() not in ("", "http", "https") or not re.fullmatch(r"[\w. -]+", host):
        return ""
    plain = ascii_host(host.replace(" ", ""))
    return f"https://{plain}{slash}{quote(unicodedata.normalize('NFC', path), safe=_SAFE_IN_PATH)}"


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


def target_problem(address: str) -> Phrase | None:
    """The same of a link in a text, which may lead to a mailbox (`mailto:`) or a telephone (`tel:`) too: to
    one that a field of its own would take.
    """
    scheme, colon, target = address.partition(":")
    if not colon or scheme not in _TARGETS:
        return link_problem(address)
    fits = _TARGETS[scheme].fullmatch(target) and len(target) <= LONGEST_MAILBOX
    return None if fits else phrase(f"findings.link.problem.{scheme}")


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
    if parts.scheme == "http" and host not in LOOPBACK:
        return "not-https"
    return "" if _SERVICE.fullmatch(address) else "none"
