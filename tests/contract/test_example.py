"""`examples/portal`: written from the contract alone, it passes all checks; and each check can fail."""

import re
import shutil
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import httpx2
import pytest
import yaml
from tests.cli.conftest import Cli, call
from tests.contract.faults import FAULTS, GIVEN, OF_A_TRAIL, Fault, Spoilt, batches_alone
from tests.contract.gate import APPLIER, READER
from tests.example_portal import PORTAL, serving

from portalsync.conformance.checks import CHECKS
from portalsync.conformance.probe import Probe
from portalsync.conformance.suite import begin, examine
from portalsync.model.conformance import Conformance, Grade
from portalsync.server.app import create_app
from portalsync.server.in_process import InProcess
from portalsync.server.store import Store

LEFT_OUT = {
    "every-option-agrees",
    "audit-chain",
    "audit-after-a-commit",
    "audit-only-grows",
    "commit-moves-the-audit-head",
    "page-headers",
    "page-instant",
}
"""The example has three options, no audit trail and no pages; a portal need not."""
OF_COMMITS_ALONE = {
    "if-match-required",
    "if-match-form",
    "key-required",
    "commit-answer",
    "same-commit-other-bytes",
}


@pytest.fixture
def cli() -> Cli:
    return call


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    made = tmp_path / "facts"
    made.mkdir()
    for firm in ("alder", "birch"):
        document = {"apiVersion": "portalsync/v1", "kind": "Facts", "firm": firm, "currency": "EUR"}
        (made / f"{firm}.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    return made


@pytest.fixture
def address(facts: Path, tmp_path: Path) -> Iterator[str]:
    """The example as people start it, on a port of this machine."""
    with serving(facts, tmp_path / "store.json") as address:
        yield address


def test_it_passes_all_checks(address: str, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALSYNC_TOKEN", APPLIER)
    monkeypatch.setenv("PORTALSYNC_READER_TOKEN", READER)
    done = cli("backend", "check", address, "--firm=alder", "--yes")
    assert done.code == 0, done.out
    assert f"{len(CHECKS) - len(LEFT_OUT)} checks passed." in done.out
    assert all(re.search(rf"· {code} ", done.out) for code in LEFT_OUT)


def test_it_is_independent() -> None:
    assert not re.search(r"^\s*(from|import) portalsync", PORTAL.read_text("utf-8"), re.MULTILINE)


def test_the_whole_round_works_on_it(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """init, plan, apply, no changes, drift, the way back; what the portal lacks is left out of the files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTALSYNC_TOKEN", APPLIER)
    assert cli("init", "--name=Alder & Co", "--locale=en", "--time-zone=Europe/Berlin").code == 0
    config = tmp_path / "portal-config"
    with serving(config / "facts", tmp_path / "store.json") as address:
        only_what_it_has(config, address)
        planned = cli("plan", "--out=plan.json", "--detailed-exitcode")
        assert planned.code == 2, planned.err
        applied = cli("apply", "plan.json")
        assert applied.code == 0, applied.err
        assert "read back and equal" in applied.out
        again = cli("plan", "--detailed-exitcode")
        assert (again.code, "No changes" in again.out) == (0, True)
        assert cli("drift", "--detailed-exitcode").code == 0
        by_hand(address)
        drift = cli("drift", "--detailed-exitcode")
        assert (drift.code, "Dana Reyes" in drift.out) == (2, True)
        assert cli("drift", "--keep=all").code == 0
        assert cli("drift", "--detailed-exitcode").code == 0
        assert cli("plan", "--detailed-exitcode").code == 0
        assert "changed by hand on" in cli("history", "alder-co").out
        back = cli("rollback", "alder-co", "--to=2", "--yes")
        assert (back.code, "read back and equal" in back.out) == (0, True), back.err
        assert "taken back to generation 2" in cli("history", "alder-co").out
        verified = cli("audit", "verify")
        assert (verified.code, "keeps no audit trail" in verified.out) == (0, True), verified
        assert cli("audit", "export").out == ""


def only_what_it_has(config: Path, address: str) -> None:
    shutil.rmtree(config / "personas")
    firm = next((config / "firms").glob("*.yaml"))
    document = yaml.safe_load(firm.read_text("utf-8"))
    del document["profile"], document["sample"]
    document["options"] = {"work_in_progress": document["options"]["work_in_progress"]}
    firm.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    network = config / "portalsync.yaml"
    text = network.read_text("utf-8").replace("backend: embedded", "backend: http")
    text = text.replace("database: .portalsync/portal.db", f"url: {address}")
    network.write_text(text, encoding="utf-8")


def by_hand(address: str) -> None:
    headers = {"Authorization": f"Bearer {APPLIER}", "If-Match": '"2"', "Idempotency-Key": "by hand"}
    edit = {"path": "chat.clients_can_start", "before": True, "after": False}
    body = {"origin": "portal", "actor": "Dana Reyes", "plan": "", "options": {}, "acknowledged": []}
    with httpx2.Client(base_url=address, headers=headers, timeout=300) as client:
        answer = client.post("/v1/firms/alder-co/commits", json={**body, "writes": [edit], "managed": []})
    assert answer.status_code == 201, answer.text


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = spec_from_file_location("example_portal", PORTAL)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def kept(example: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> httpx2.BaseTransport:
    """The example, in this process."""
    monkeypatch.setenv("PORTAL_APPLY_TOKEN", GIVEN)
    monkeypatch.setenv("PORTAL_READ_TOKEN", READER)
    facts = [
        {"apiVersion": "portalsync/v1", "kind": "Facts", "firm": firm, "currency": "EUR"}
        for firm in ("alder", "birch")
    ]
    example.app.config["STORE"] = example.Store(facts, tmp_path / "store.json")
    written = {"path": "chat.clients_can_start", "after": True}
    body = {"origin": "portal", "actor": "Dana Reyes", "plan": "", "options": {}, "acknowledged": []}
    example.app.config["STORE"].commit("alder", 1, "first", {**body, "writes": [written], "managed": []})
    return httpx2.WSGITransport(example.app)


def test_a_portal_may_take_batches_alone(kept: httpx2.BaseTransport) -> None:
    """Then what is only about commits sent alone is skipped, and all else is seen in batches."""
    probe = Probe("http://localhost", Spoilt(kept, batches_alone), token=GIVEN)
    checked = examine(begin(probe, "alder", READER), CHECKS)
    assert checked.having(Grade.FAILED) == ()
    skipped = {each.code for each in checked.having(Grade.SKIPPED)} - LEFT_OUT
    assert skipped == OF_COMMITS_ALONE


@pytest.mark.parametrize(
    ("code", "fault"), [pytest.param(code, fault, id=f"{code}: {what}") for code, what, fault in FAULTS]
)
def test_each_fault_is_noticed(code: str, fault: Fault, kept: httpx2.BaseTransport) -> None:
    """By the check that is for it; and the portal without it passes."""
    assert graded(code, kept).having(Grade.PASSED)
    spoilt = graded(code, Spoilt(kept, fault))
    assert spoilt.having(Grade.FAILED), spoilt


@pytest.mark.parametrize(
    ("code", "fault"), [pytest.param(code, fault, id=f"{code}: {what}") for code, what, fault in OF_A_TRAIL]
)
def test_each_fault_of_a_trail_or_a_page_is_noticed(code: str, fault: Fault, store: Store) -> None:
    kept = InProcess(create_app(store, store._clock), store)  # noqa: SLF001 - the same clock
    assert graded(code, kept).having(Grade.PASSED)
    spoilt = graded(code, Spoilt(kept, fault))
    assert spoilt.having(Grade.FAILED), spoilt


def graded(code: str, transport: httpx2.BaseTransport) -> Conformance:
    """What one check says of a portal."""
    (check,) = (each for each in CHECKS if each.code == code)
    probe = Probe("http://localhost", transport, token=GIVEN)
    return examine(begin(probe, "alder", READER), [check])


def test_there_is_a_fault_for_each_check() -> None:
    noticed = {code for code, _, _ in (*FAULTS, *OF_A_TRAIL)}
    assert {check.code for check in CHECKS} - noticed == {"every-option-agrees"}, "this one is only skipped"
