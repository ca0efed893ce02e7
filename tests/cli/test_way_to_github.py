"""Through which proxy GitHub is asked, and whose certificates are believed, as `forge` says."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from tests.cli.conftest import Cli
from tests.connections import Proxy, answering, listening, over_tls

NETWORK = """\
apiVersion: portalsync/v1
kind: Network
name: Hedgerow Tax
default_environment: local
environments:
  local: {{backend: embedded, database: .portalsync/portal.db}}
forge:
  proxy: {proxy}
"""
TOKEN = "t0ken"  # noqa: S105 - of a server that the test starts
ASKED = ("reviewed", f"--commit={'c0' * 20}", "--api=https://github.example", "--repository=a/b")


@dataclass(frozen=True)
class Office:
    """A proxy, the only way to a GitHub that nobody else's authority vouches for."""

    proxy: Proxy
    address: str
    folder: Path

    def says(self, *more: str) -> None:
        lines = (NETWORK.format(proxy=self.address), *more)
        (self.folder / "portalsync.yaml").write_text("".join(lines))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    for name in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "portal-config"
    folder.mkdir()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "office.pem")
    github = over_tls(authority.issue_cert("github.example"), answering(b"[]"))
    with listening(github) as port, listening(proxy := Proxy(port)) as proxy_port:
        yield Office(proxy, f"http://127.0.0.1:{proxy_port}", folder)


def test_forge_names_the_proxy_and_the_authority(office: Office, cli: Cli) -> None:
    """The proxy sees where to, and not the token. Seen to fail: only variables were obeyed."""
    office.says("  ca_file: office.pem\n")
    done = cli(*ASKED)
    assert (done.code, done.out) == (0, "none\n")
    (head,) = office.proxy.heads
    assert head.startswith(b"CONNECT github.example:443 ")
    assert TOKEN.encode() not in head


def test_an_authority_that_nobody_named_gets_no_token(office: Office, cli: Cli) -> None:
    office.says()
    done = cli(*ASKED)
    assert done.code != 0
    assert (
        f"GitHub through the proxy {office.address} cannot be reached: nobody that is known here" in done.err
    )
    assert "(for GitHub: of `forge`)" in done.err


def test_a_file_that_is_wrong_says_so_and_the_variables_count(
    office: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment has to say that there is no plan exactly where files are wrong."""
    office.says("  ca_file: office.pem\n", "nmae: twice\n")
    monkeypatch.setenv("HTTPS_PROXY", office.address)
    monkeypatch.setenv("SSL_CERT_FILE", str(office.folder / "office.pem"))
    done = cli(*ASKED)
    assert (done.code, done.out) == (0, "none\n")
    assert done.err.startswith(
        "portalsync.yaml has errors (`portalsync validate` lists them): GitHub is asked"
    )
    assert len(office.proxy.heads) == 1


@pytest.mark.parametrize("password", ["hunter2", "hun:ter2", "h@nter2"])
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_password_in_the_file_is_an_error_that_does_not_repeat_it(
    password: str, form: str, office: Office, cli: Cli
) -> None:
    """`comment --failed` would write it below a pull request. Seen to fail: twice in each finding."""
    file = office.folder / "portalsync.yaml"
    file.write_text(NETWORK.format(proxy=f'"http://ada:{password}@proxy.example"'))
    done = cli("validate", f"--format={form}")
    assert done.code == 3
    assert "HTTPS_PROXY" in done.out + done.err
    assert f"http://ada:{'*' * len(password)}@proxy.example" in done.out + done.err
    assert password not in done.out + done.err
