"""What is wrong with a connection, by what a person can do about it."""

import errno
import re
import socket
import ssl
from collections.abc import Iterator
from enum import StrEnum

import httpx2

from portalsync.lexicon import Phrase, Text, joined, phrase


class Fault(StrEnum):
    """Each is worded, with what to do, in `errors.connection.<fault>`."""

    REFUSED = "refused"
    NO_NAME = "no-name"
    NO_RESOLVER = "no-resolver"
    NO_WAY = "no-way"
    UNKNOWN_ISSUER = "unknown-issuer"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    WRONG_NAME = "wrong-name"
    PLAIN = "plain"
    UNSAFE = "unsafe"
    PROXY_LOGIN = "proxy-login"
    PROXY = "proxy"
    SILENT = "silent"
    SLOW = "slow"
    BROKEN_OFF = "broken-off"

    @property
    def reason(self) -> Phrase:
        return phrase(f"errors.connection.{self}.reason")

    @property
    def hint(self) -> Phrase:
        return phrase(f"errors.connection.{self}.hint")


LASTING = frozenset(
    {
        Fault.NO_NAME,
        Fault.UNKNOWN_ISSUER,
        Fault.EXPIRED,
        Fault.NOT_YET,
        Fault.WRONG_NAME,
        Fault.PLAIN,
        Fault.UNSAFE,
        Fault.PROXY_LOGIN,
        Fault.PROXY,
    }
)
"""Those that asking again does not mend."""

_CERTIFICATE = {
    9: Fault.NOT_YET,
    10: Fault.EXPIRED,
    18: Fault.UNKNOWN_ISSUER,
    19: Fault.UNKNOWN_ISSUER,
    20: Fault.UNKNOWN_ISSUER,
    21: Fault.UNKNOWN_ISSUER,
    62: Fault.WRONG_NAME,
    64: Fault.WRONG_NAME,
}
"""OpenSSL's numbers (X509_V_ERR_...): its texts are in English and change."""

_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG")
_NO_WAY = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL)
_NO_NAME = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}


def fault_of(error: BaseException) -> Fault:
    """The first cause that says something; else by the kind of the error."""
    known = (_fault(cause) for cause in _causes(error))
    return next((fault for fault in known if fault is not None), _by_kind(error))


def through(service: Text, proxy: str) -> Text:
    """A service's address, with the proxy on the way there."""
    return joined([service, phrase("errors.connection.through", proxy=proxy)], " ") if proxy else service


def _fault(cause: BaseException) -> Fault | None:
    match cause:
        case ssl.SSLCertVerificationError():
            return _CERTIFICATE.get(cause.verify_code, Fault.UNSAFE)
        case ssl.SSLError():
            return Fault.PLAIN if getattr(cause, "reason", "") in _NO_TLS else Fault.UNSAFE
        case socket.gaierror():
            return Fault.NO_NAME if cause.errno in _NO_NAME else Fault.NO_RESOLVER
        case ConnectionRefusedError():
            return Fault.REFUSED
        case OSError() if cause.errno in _NO_WAY:
            return Fault.NO_WAY
    return None


def _by_kind(error: BaseException) -> Fault:
    match error:
        case httpx2.ProxyError():
            return Fault.PROXY_LOGIN if re.match(r"\s*407\b", str(error)) else Fault.PROXY
        case httpx2.ConnectTimeout():
            return Fault.SILENT
        case httpx2.TimeoutException():
            return Fault.SLOW
    return Fault.BROKEN_OFF


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):  # one for each address that the name has
            yield from error.exceptions
        error = error.__cause__ or error.__context__
