"""Through which proxy a service is asked, and whose certificates are believed.

What the configuration says comes first; else the variables count that other programs go by too:
`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, `SSL_CERT_FILE` and `SSL_CERT_DIR`. This machine is asked directly.
"""

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit
from urllib.request import (  # type: ignore[attr-defined] # it is there on every system
    getproxies_environment,
    proxy_bypass_environment,
)

import httpx2

from portalsync.addresses import LOOPBACK, host_of
from portalsync.errors import PortalsyncError, reason
from portalsync.lexicon import Text, phrase

CA_FILE, CA_FOLDER = "SSL_CERT_FILE", "SSL_CERT_DIR"
PROXY, CA = "proxy", "ca_file"
"""The keys of an environment and of `forge` in portalsync.yaml."""
NOTHING: Mapping[str, str] = MappingProxyType({})
HERE = Path()
_HTTPS_PORT = 443


@dataclass(frozen=True, slots=True)
class Route:
    """`proxy` is an address, empty for none. It may hold a password, so that it is never shown whole.
    `ca_file` is what the configuration names.
    """

    is_safe: bool
    proxy: str = field(default="", repr=False)
    ca_file: Path | None = None

    @property
    def shown_proxy(self) -> str:
        """Scheme, host and port."""
        return self.proxy and _without_user(self.proxy)

    def transport(self, limits: httpx2.Limits) -> httpx2.AsyncHTTPTransport:
        return httpx2.AsyncHTTPTransport(
            verify=self.verify, proxy=self.http_proxy, trust_env=False, limits=limits
        )

    @property
    def verify(self) -> ssl.SSLContext:
        """PortalsyncError if certificates cannot be read. Where nothing is encrypted, none are."""
        return _context(self.ca_file) if self.is_safe else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    @property
    def http_proxy(self) -> httpx2.Proxy | None:
        if not self.proxy:
            return None
        is_safe = self.proxy.startswith("https:")
        return httpx2.Proxy(self.proxy, ssl_context=self.verify if is_safe else None)


def route_to(url: str, settings: Mapping[str, str] = NOTHING, root: Path = HERE) -> Route:
    """`settings` are those of an environment or of `forge`, and `root` is what its paths are relative to.
    PortalsyncError for a proxy that is none.
    """
    named = settings.get(CA, "")
    return Route(
        url.startswith("https:"), _proxy(url, settings.get(PROXY, "")), root / named if named else None
    )


def _proxy(url: str, named: str) -> str:
    host = host_of(url)
    if host in LOOPBACK:
        return ""
    if named:
        return _checked(named, PROXY)
    proxies = getproxies_environment()
    known = next((each for each in ("https", "all") if proxies.get(each)), "")
    if not known or proxy_bypass_environment(_with_port(url, host), proxies):
        return ""
    address = proxies[known]
    return _checked(address if "://" in address else f"http://{address}", f"{known.upper()}_PROXY")


def _with_port(url: str, host: str) -> str:
    """As NO_PROXY is looked through: it may name a port. One of an address in numbers is not looked for."""
    return host if ":" in host else f"{host}:{urlsplit(url).port or _HTTPS_PORT}"


def _checked(proxy: str, place: str) -> str:
    """Without a word of the address: it may hold a password."""
    try:
        parts = urlsplit(proxy)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one:
        raise PortalsyncError(
            phrase("errors.connection.no-proxy.message", place=place),
            phrase("errors.connection.no-proxy.hint"),
        )
    return proxy


def _context(file: Path | None) -> ssl.SSLContext:
    """With the named certificates alone, or with those of the machine."""
    given, folder = os.environ.get(CA_FILE), os.environ.get(CA_FOLDER)
    if file is not None:
        return _loaded(CA, file, cafile=str(file))
    if given:
        return _loaded(CA_FILE, Path(given), cafile=given)
    if folder:
        return _loaded(CA_FOLDER, Path(folder), capath=folder)
    return httpx2.create_ssl_context(trust_env=False)


def _loaded(
    place: str, path: Path, *, cafile: str | None = None, capath: str | None = None
) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=cafile, capath=capath)
    except ssl.SSLError as error:
        raise _no_certificates(place, path, phrase("errors.connection.no-pem")) from error
    except OSError as error:
        raise _no_certificates(place, path, reason(error)) from error


def _no_certificates(place: str, path: Path, why: Text) -> PortalsyncError:
    return PortalsyncError(
        phrase("errors.connection.no-certificates.message", place=place, file=str(path), reason=why),
        phrase("errors.connection.no-certificates.hint"),
    )


def _without_user(proxy: str) -> str:
    parts = urlsplit(proxy)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
