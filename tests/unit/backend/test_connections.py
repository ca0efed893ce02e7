"""What is said of connections that do not come about: each with a real server, certificate or proxy."""

import socket
import ssl
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
import trustme
from tests.connections import Proxy, answering, listening, over_tls

from portalsync.backend.http import HttpBackend, connect
from portalsync.backend.retries import Patience
from portalsync.connecting.faults import Fault, fault_of
from portalsync.connecting.route import Route, route_to
from portalsync.errors import BackendUnreachable, PortalsyncError
from portalsync.lexicon import lexicon_of

INFO = b'{"api":"v1","portal":"p","options":{}}'
SECRET = "hunter2"  # noqa: S105 - of a proxy that the tests start
VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return file


def failure(url: str, route: Route | None = None) -> BackendUnreachable:
    with (
        HttpBackend(url, patience=Patience(deadline=20, shortest_wait=30), route=route) as portal,
        pytest.raises(BackendUnreachable) as failed,
    ):
        portal.portal()
    return failed.value


def worded(error: PortalsyncError, locale: str = "en") -> str:
    lexicon = lexicon_of(locale)
    return f"{lexicon.say(error.diagnostic.message)} {lexicon.say(error.diagnostic.hint)}"


def expired(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("localhost", not_after=datetime.now(UTC) - timedelta(days=1))


@pytest.mark.parametrize(
    ("certificate", "says"),
    [
        (lambda _: trustme.CA().issue_cert("localhost"), "nobody that is known here issued its"),
        (expired, "its certificate has expired"),
        (lambda authority: authority.issue_cert("portal.example"), "its certificate is for another name"),
    ],
    ids=["issuer", "expired", "name"],
)
def test_a_certificate_that_is_not_believed_says_why(
    certificate: Callable[[trustme.CA], trustme.LeafCert], says: str, authority: trustme.CA, ca_file: Path
) -> None:
    """Seen to fail: each was a connection that is not safe."""
    with listening(over_tls(certificate(authority), answering(INFO))) as port:
        url = f"https://localhost:{port}"
        told = worded(failure(url, route_to(url, {"ca_file": ca_file.name}, ca_file.parent)))
    assert told.startswith(f"The portal at {url} cannot be reached: {says}")


@pytest.mark.parametrize("place", ["ca_file", "SSL_CERT_FILE"])
def test_an_authority_of_ones_own_is_believed_where_it_is_named(
    place: str, authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen to fail: the variable was ignored without a word."""
    named = {"ca_file": ca_file.name} if place == "ca_file" else {}
    if not named:
        monkeypatch.setenv(place, str(ca_file))
    with listening(over_tls(authority.issue_cert("localhost"), answering(INFO))) as port:
        url = f"https://localhost:{port}"
        if named:
            assert "issued its certificate" in worded(failure(url))
        with closing(connect({"url": url, **named}, ca_file.parent, None)) as portal:
            assert portal.portal().portal == "p"


@pytest.mark.parametrize("named", ["missing.pem", "notes.txt"])
def test_certificates_that_cannot_be_read_name_their_file(named: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no certificate")
    with pytest.raises(PortalsyncError) as failed:
        connect({"url": "https://portal.example", "ca_file": named}, tmp_path, None)
    assert f"The certificates of ca_file, {tmp_path / named}, cannot be used" in worded(failed.value)


def test_http_on_the_port_of_https_and_nobody_at_all() -> None:
    with listening(answering(INFO)) as port:
        told = worded(failure(f"https://localhost:{port}"))
    assert "it answers without TLS there, but the address says https." in told
    assert "nobody listens there" in worded(failure(f"http://localhost:{port}"))


def test_a_name_that_there_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the name server of a machine says it, at once: tests ask none."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "cannot be reached: there is no such name." in worded(failure("https://portal.example"))


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), Fault.NO_NAME),
        (socket.gaierror(socket.EAI_AGAIN, "x"), Fault.NO_RESOLVER),
        (OSError(113, "x"), Fault.NO_WAY),
        (httpx2.ConnectTimeout("x"), Fault.SILENT),
        (httpx2.ReadTimeout("x"), Fault.SLOW),
        (httpx2.ReadError("x"), Fault.BROKEN_OFF),
        (ssl.SSLError(1, "x"), Fault.UNSAFE),
    ],
)
def test_what_no_server_here_can_show(error: Exception, fault: Fault) -> None:
    outer = httpx2.ConnectError("x")
    outer.__cause__ = error
    assert fault_of(error) is fault
    assert fault_of(outer) is fault or isinstance(error, httpx2.TransportError)


@pytest.mark.parametrize("locale", ["en", "de"])
def test_each_is_worded_with_what_to_do(locale: str) -> None:
    lexicon = lexicon_of(locale)
    told = {lexicon.say(fault.reason) for fault in Fault} | {lexicon.say(fault.hint) for fault in Fault}
    assert len(told) == 2 * len(Fault)


@pytest.mark.parametrize("place", ["proxy", "HTTPS_PROXY"])
def test_a_proxy_is_gone_through(
    place: str, authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sees where to, and nothing else: not the token. Seen to fail: the variable was ignored."""
    monkeypatch.setenv("PORTALSYNC_TOKEN", "t0ken")
    with (
        listening(over_tls(authority.issue_cert("portal.example"), answering(INFO))) as port,
        listening(proxy := Proxy(port)) as proxy_port,
    ):
        address = f"http://127.0.0.1:{proxy_port}"
        settings = {"url": "https://portal.example", "ca_file": ca_file.name}
        if place == "proxy":
            settings["proxy"] = address
        else:
            monkeypatch.setenv("HTTPS_PROXY", address.replace("//", f"//ada:{SECRET}@"))
        with closing(connect(settings, ca_file.parent, None)) as portal:
            assert portal.portal().portal == "p"
    (head,) = proxy.heads
    assert head.startswith(b"CONNECT portal.example:443 ")
    assert b"t0ken" not in head
    assert (b"Proxy-Authorization: Basic" in head) == (place == "HTTPS_PROXY")


@pytest.mark.parametrize(
    ("refuses", "says"),
    [
        (b"407 Proxy Authentication Required", "the proxy wants a user and a password (407)"),
        (b"403 Forbidden", "the proxy does not lead there"),
    ],
)
def test_a_proxy_that_refuses_is_named_without_its_password(
    refuses: bytes, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(Proxy(refuses=refuses)) as port:
        monkeypatch.setenv("https_proxy", f"http://ada:{SECRET}@127.0.0.1:{port}")
        error = failure("https://portal.example")
    told = worded(error)
    assert f"The portal at https://portal.example through the proxy http://127.0.0.1:{port} cannot" in told
    assert says in told
    assert SECRET not in told + repr(route_to("https://portal.example"))
    assert "über den Proxy" in worded(error, "de")


def test_this_machine_and_what_no_proxy_names_are_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")
    assert route_to("https://portal.example").proxy == "http://proxy.example:3128"
    assert route_to("https://portal.inside.example").proxy == ""
    assert route_to("https://localhost:8443", {"proxy": "http://proxy.example"}).proxy == ""
    assert route_to("https://a.inside.example", {"proxy": "http://p.example"}).proxy == "http://p.example"


@pytest.mark.parametrize(
    ("named", "url", "is_direct"),
    [
        ("portal.example:8443", "https://portal.example:8443", True),
        ("portal.example:8443", "https://portal.example", False),
        ("portal.example:443", "https://portal.example", True),
        ("portal.example", "https://portal.example:8443", True),
        ("2001:db8::1", "https://[2001:db8::1]:8443", True),
    ],
)
def test_no_proxy_may_name_a_port(
    named: str, url: str, *, is_direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen to fail: the port was not looked at, and what was named went through the proxy."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", named)
    assert (route_to(url).proxy == "") == is_direct


@pytest.mark.parametrize("proxy", ["socks5://p.example", "http://", "http://p.example:x"])
def test_what_is_no_proxy_is_refused_without_a_word_of_it(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(PortalsyncError) as failed:
        route_to("https://portal.example")
    assert worded(failed.value).startswith("HTTPS_PROXY is no address of a proxy.")
    assert "p.example:x" not in worded(failed.value)
