"""Bad input and a hostile world: a clear message, the right exit code, nothing lost."""

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli, everything
from tests.permissions import held_to_permissions
from tests.plan_files import plan_in

from portalsync.cli import run
from portalsync.commits import Commit, Conditional
from portalsync.model.canonical import digest
from portalsync.model.edit import Edit
from portalsync.pipeline.load import load, seed_of
from portalsync.server.in_process import open_embedded
from portalsync.views.plan_json import plan_json
from portalsync.wire import Origin

CONFIG = Path("portal-config")
PROGRAM = [sys.executable, "-m", "portalsync"]


def put(name: str, content: str | bytes) -> Callable[[], None]:
    """A file in the configuration."""

    def arrange() -> None:
        (CONFIG / name).parent.mkdir(parents=True, exist_ok=True)
        (CONFIG / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    return arrange


def link(name: str, target: str) -> Callable[[], None]:
    def arrange() -> None:
        path = CONFIG / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return arrange


def without(name: str) -> Callable[[], None]:
    return (CONFIG / name).unlink


def folder(name: str) -> Callable[[], None]:
    def arrange() -> None:
        (CONFIG / name).unlink(missing_ok=True)
        (CONFIG / name).mkdir()

    return arrange


def pipe(name: str) -> Callable[[], None]:
    return lambda: os.mkfifo(CONFIG / name)


def huge(name: str) -> Callable[[], None]:
    """50 MB that take no room."""

    def arrange() -> None:
        (CONFIG / name).touch()
        os.truncate(CONFIG / name, 50_000_000)

    return arrange


def emptied() -> None:
    shutil.rmtree(CONFIG)
    CONFIG.mkdir()


def file_for_all() -> None:
    shutil.rmtree(CONFIG)
    CONFIG.touch()


def file_for_folder() -> None:
    shutil.rmtree(CONFIG / "personas")
    (CONFIG / "personas").touch()


CONFIGURATIONS: dict[str, tuple[Callable[[], object], str]] = {
    "no folder": (lambda: shutil.rmtree(CONFIG), "error: There is no folder portal-config."),
    "empty folder": (emptied, "error: The folder portal-config holds no portalsync.yaml."),
    "no network file": (without("portalsync.yaml"), "holds no portalsync.yaml"),
    "a file for all": (file_for_all, "error: portal-config is a file, not a folder."),
    "a loop for all": (link(".", "portal-config"), "cannot be read"),
    "a folder for a file": (folder("defaults.yaml"), "portal-config/defaults.yaml"),
    "a folder for the network file": (folder("portalsync.yaml"), "portal-config/portalsync.yaml"),
    "a file for a folder": (file_for_folder, "There must be a folder here"),
    "a link out, to a file": (link("firms/oak.yaml", "/etc/hostname"), "This link leads out"),
    "a link out, to a folder": (link("groups", "/etc"), "There must be a folder here"),
    "a link out, for a picture": (link("assets/oak.svg", "/etc/hostname"), "This link leads out"),
    "a link to nothing": (link("firms/oak.yaml", "elm.yaml"), "There must be a file here"),
    "a link to itself": (link("firms/oak.yaml", "oak.yaml"), "There must be a file here"),
    "a pipe": (pipe("firms/pipe.yaml"), "There must be a file here"),
    "50 MB": (huge("firms/elm.yaml"), "The file has 50,000,000 bytes"),
    "50 MB of picture": (huge("assets/elm.png"), "The file has 50,000,000 bytes"),
    "a space in a name": (put("firms/elm tree.yaml", ""), "firms/elm tree.yaml"),
    "an escape in a name": (put("firms/\x1b[31melm.yaml", ""), "firms/\\u001b[31melm.yaml"),
    "a line break in a name": (put("firms/elm\n.yaml", ""), "firms/elm ⏎ .yaml"),
    "an override in a name": (put("firms/\u202eelm.yaml", ""), "firms/\\u202eelm.yaml"),
    "bytes in a name": (lambda: Path(os.fsdecode(b"portal-config/firms/\xff.yaml")).touch(), "Rename it"),
    "dashes for a name": (put("firms/--.yaml", ""), "Rename it, or move"),
}


@pytest.mark.parametrize("command", ["validate", "plan"])
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_bad_folder(name: str, command: str, world: Path, cli: Cli, requests: list[str]) -> None:
    """A folder that cannot be read as a configuration ends with 3, says which file, and asks no portal."""
    arrange, says = CONFIGURATIONS[name]
    arrange()
    before = everything(world)
    result = cli(command, AT)
    assert result.code == 3
    assert says in result.out + result.err
    assert "\x1b" not in result.out + result.err
    assert everything(world) == before
    assert not requests


def without_privilege(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, held to file permissions even where the tests run as root."""
    command = held_to_permissions(*PROGRAM, *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize(
    ("forbidden", "says"),
    [
        ("portal-config/firms/oak.yaml", "portal-config/firms/oak.yaml"),
        ("portal-config/firms", "portal-config/firms"),
        ("portal-config", "may not be read"),
    ],
)
def test_unreadable(forbidden: str, says: str, world: Path) -> None:
    """What permissions forbid to read ends with 3 and is named."""
    mode = (world / forbidden).stat().st_mode
    (world / forbidden).chmod(0)
    done = without_privilege("validate", AT)
    (world / forbidden).chmod(mode)
    assert done.returncode == 3
    assert says in done.stdout + done.stderr


def test_unreachable_folder(world: Path) -> None:
    """A configuration behind a closed folder ends with 3."""
    (world / "closed").mkdir(mode=0)
    done = without_privilege("validate", "--config=closed/portal-config")
    assert done.returncode == 3
    assert "you have no permission" in done.stderr


@pytest.mark.parametrize("command", [["plan", "--out=closed/plan.json"], ["preview", "--dir=closed/preview"]])
def test_target_that_may_not_be_written(command: list[str], world: Path) -> None:
    """A folder that may not be written ends with 1, and what was there stays."""
    (world / "closed").mkdir()
    (world / "closed" / "plan.json").write_text("the old plan")
    (world / "closed").chmod(0o555)
    done = without_privilege(*command, AT)
    assert done.returncode == 1
    assert "you have no permission" in done.stderr
    assert [*(world / "closed").iterdir()] == [world / "closed" / "plan.json"]
    assert (world / "closed" / "plan.json").read_text() == "the old plan"


USAGE = {
    "unknown flag": (["plan", "--dry-run"], "--dry-run"),
    "unknown command": (["plans"], "plans"),
    "no time": (["validate", "--at=tomorrow"], "is not a time"),
    "a time before time zones": (["validate", "--at=0001-01-01T00:00+10:00"], "not between the years"),
    "unknown environment": (["plan", "--env=lokal"], "There is no environment lokal"),
    "unknown firm": (["preview", "--firm=oka"], "There is no firm oka."),
    "unknown format": (["plan", "--format=yaml"], "yaml"),
    "unknown language": (["plan", "--lang=qaa"], "qaa"),
    "nobody to ask": (["apply", AT], "Nobody is there to ask"),
    "nobody applies": (["apply", "plan.json", "--actor= "], "is one line of text"),
    "two lines apply": (["apply", "plan.json", "--actor=Rosa\nLund"], "is one line of text"),
    "two plans": (["apply", "plan.json", "plan.json"], "Too many arguments for portalsync apply: plan.json."),
    "a folder for a plan": (["plan", "--out=portal-config"], "is a directory"),
    "neither kind nor folder": (["schema"], "--kind"),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_use(name: str, world: Path, cli: Cli) -> None:
    """Wrong use of the command line ends with 64 and names what is wrong; nothing is written."""
    arguments, says = USAGE[name]
    before = everything(world)
    result = cli(*arguments)
    assert result.code == 64
    assert says in result.err
    assert everything(world) == before


@pytest.mark.parametrize("name", ["PORTALSYNC_ENVIRONMENT", "PORTALSYNC_FORMATS", "PORTALSYNC_DEBUGG"])
def test_unknown_variable(name: str, world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that nobody reads ends with 64; the one that was probably meant is named."""
    del world
    monkeypatch.setenv(name, "local")
    result = cli("plan", AT)
    assert result.code == 64
    assert f"The variable {name} is not known.\n  = help: Did you mean PORTALSYNC_" in result.err


def test_variable_with_a_bad_value(world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable's value is checked as its option's is."""
    del world
    monkeypatch.setenv("PORTALSYNC_FORMAT", "yaml")
    assert cli("plan", AT).code == 64


def test_preview_leaves_foreign_folders_alone(world: Path, cli: Cli) -> None:
    """A folder that no preview wrote stays as it is."""
    (world / "photos").mkdir()
    (world / "photos" / "cat.png").write_bytes(b"meow")
    before = everything(world)
    result = cli("preview", "--dir=photos", AT)
    assert result.code == 1
    assert "photos exists and is no preview" in result.err
    assert everything(world) == before


def at_address(world: Path, address: str) -> None:
    network = world / "portal-config" / "portalsync.yaml"
    text = network.read_text().replace("backend: embedded", "backend: http")
    network.write_text(text.replace("database: .portalsync/portal.db", f"url: {address}"))


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Html(BaseHTTPRequestHandler):
    """A portal's sign-in page where its API should be."""

    def do_GET(self) -> None:
        body = b"<!doctype html><title>Sign in</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    "command",
    [
        ["plan", AT],
        ["apply", "--yes", AT],
        ["apply", "plan.json", AT],
        ["preview", AT],
        ["drift"],
        ["status"],
        ["timeline"],
    ],
)
def test_unreachable_portal(command: list[str], world: Path, cli: Cli) -> None:
    """A portal that does not answer ends with 1, after a few tries, and nothing is written."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # bound, never listening: nobody else gets the port meanwhile
        at_address(world, f"http://127.0.0.1:{reserved.getsockname()[1]}")
        before = everything(world)
        result = cli(*command)
    assert result.code == 1
    assert "cannot be reached" in result.err
    assert everything(world) == before


@pytest.mark.parametrize("command", [["plan"], ["apply", "--yes"], ["apply", "plan.json"], ["preview"]])
def test_portal_that_answers_html(command: list[str], world: Path, cli: Cli) -> None:
    """A web page in place of the API ends with 1 and says what came back."""
    with answering(Html) as address:
        at_address(world, address)
        before = everything(world)
        result = cli(*command, AT)
    assert result.code == 1
    assert "answered 200 (text/html), not what the contract says" in result.err
    assert everything(world) == before


def plan_with(**changes: object) -> bytes:
    """The plan with other values and a digest that fits them."""
    head, *parts = Path("plan.json").read_bytes().splitlines(keepends=True)
    body = {**json.loads(head), **changes}
    del body["digest"]
    body["digest"] = digest(body)
    changed = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    return b"".join((changed, *parts))


def of_other_options(content: bytes) -> bytes:
    head = json.loads(content.splitlines()[0])
    return plan_with(options=dict.fromkeys(head["options"], f"sha256:{0:064}"))


def rewritten(change: Callable[[bytes], bytes]) -> Callable[[], None]:
    def arrange() -> None:
        Path("plan.json").write_bytes(change(Path("plan.json").read_bytes()))

    return arrange


def without_last_line(plan: bytes) -> bytes:
    return b"".join(plan.splitlines(keepends=True)[:-1])


def another_portal() -> None:
    shutil.rmtree(CONFIG / ".portalsync")
    open_embedded(CONFIG / ".portalsync" / "portal.db", seed_of(load(CONFIG))).close()


def folder_for_plan() -> None:
    Path("plan.json").unlink()
    Path("plan.json").mkdir()


def edited_by_hand() -> None:
    """Somebody changes a setting in the portal itself."""
    with_portal = open_embedded(CONFIG / ".portalsync" / "portal.db")
    write = Edit("chat.clients_can_start", after=False)
    commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (write,), ())
    generation = next(iter(with_portal.firms())).generation
    with_portal.commit([Conditional("oak", generation, "by-hand", commit)])
    with_portal.close()


PLANS: dict[str, tuple[Callable[[], object], int, str]] = {
    "missing": (lambda: Path("plan.json").unlink(), 1, "plan.json cannot be read"),
    "a folder": (folder_for_plan, 1, "plan.json cannot be read"),
    "not JSON": (rewritten(lambda _: b"plan: yes\n"), 4, "cannot be read as JSON"),
    "other JSON": (rewritten(lambda _: b'{"firms": []}\n'), 4, "is not a plan"),
    "a list": (rewritten(lambda _: b"[1, 2]"), 4, "is not a plan"),
    "nested JSON": (rewritten(lambda _: b"[" * 100_000), 4, "cannot be read as JSON"),
    "huge number": (rewritten(lambda _: b"9" * 100_000), 4, "cannot be read as JSON"),
    "empty": (rewritten(lambda _: b""), 4, "cannot be read as JSON"),
    "truncated": (rewritten(lambda plan: plan[:-100]), 4, "is not whole"),
    "without its last part": (rewritten(without_last_line), 4, "is not whole"),
    "a part twice": (rewritten(lambda plan: plan + plan.splitlines(keepends=True)[-1]), 4, "was altered"),
    "as show prints it": (
        rewritten(lambda plan: b"".join(plan_json(plan_in(plan)))),
        4,
        "is a plan to be read",
    ),
    "a space more": (rewritten(lambda plan: plan + b" "), 4, "was altered"),
    "a key twice": (rewritten(lambda plan: plan.replace(b"{", b'{"at":"",', 1)), 4, "was altered"),
    "other digest": (rewritten(lambda plan: plan.replace(b"sha256:", b"sha256:0", 1)), 4, "was altered"),
    "Latin-1": (rewritten(lambda plan: plan.replace(b"local", b"l\xf6cal", 1)), 4, "cannot be read as JSON"),
    "other format version": (
        rewritten(lambda _: plan_with(format_version=4)),
        4,
        "has the plan format 4; this portalsync reads 3",
    ),
    "made up": (rewritten(lambda _: plan_with(firms=[{}])), 4, "was altered"),
    "other options": (
        rewritten(of_other_options),
        4,
        "another version of an option: chat (planned sha256:000000000000, here sha256:",
    ),
    "another portal": (another_portal, 4, "was made for another portal"),
    "stale": (edited_by_hand, 4, "The plan is stale: oak was planned at generation"),
}


@pytest.mark.parametrize("name", PLANS)
def test_bad_plan(name: str, world: Path, cli: Cli, requests: list[str]) -> None:
    """A plan that is altered, or not for this portal as it is now, is refused before anything is written."""
    arrange, code, says = PLANS[name]
    arrange()
    del requests[:]
    before = everything(world)
    result = cli("apply", "plan.json")
    assert result.code == code
    assert says in result.err
    assert everything(world) == before
    assert "POST" not in requests


def test_plan_for_another_environment(world: Path, cli: Cli, requests: list[str]) -> None:
    """A plan is never applied to an environment that it was not made for."""
    before = everything(world)
    result = cli("apply", "plan.json", "--env=production")
    assert result.code == 4
    assert "was made for local, not for production" in result.err
    assert everything(world) == before
    assert not requests


def test_one_flipped_bit(world: Path, cli: Cli, requests: list[str]) -> None:
    """Whichever bit of a plan is flipped, apply refuses it and asks the portal nothing."""
    plan = (world / "plan.json").read_bytes()
    bits = len(plan) * 8
    step = max(1, bits // 2_000) | 1
    altered = world / "altered.json"
    before = everything(world)
    tried = 0
    for bit in {*range(0, bits, step), *range(64), *range(bits - 64, bits)}:
        flipped = bytearray(plan)
        flipped[bit // 8] ^= 1 << bit % 8
        altered.write_bytes(flipped)
        assert run(["apply", str(altered)]) == 4, f"bit {bit}"
        tried += 1
    altered.unlink()
    assert tried >= 2_000 or tried >= bits // step
    assert "Traceback" not in cli("show", "plan.json").err
    assert not requests
    assert everything(world) == before


def test_disk_full_while_writing_the_plan(world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the plan does not fit on the disk, the old plan survives whole and no scrap is left."""
    fdopen = os.fdopen
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def on_a_full_disk(handle: int, mode: str) -> object:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
        return fdopen(handle, mode)

    monkeypatch.setattr("portalsync.files.os.fdopen", on_a_full_disk)
    before = everything(world)
    try:
        result = cli("plan", "--out=plan.json", AT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.code == 1
    assert "plan.json could not be written" in result.err
    assert everything(world) == before


def test_devices_are_written_to_and_never_replaced(world: Path, cli: Cli) -> None:
    """A pipe or device named with --out stays one."""
    os.mkfifo(world / "pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
        result = cli("plan", "--out=pipe", AT)
        try:
            assert reader.communicate(timeout=300)[0] == (world / "plan.json").read_bytes()
        finally:
            reader.kill()
    assert result.code == 0
    assert (world / "pipe").is_fifo()


def shell(script: str) -> subprocess.CompletedProcess[str]:
    program = " ".join(PROGRAM)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script.replace("portalsync", program)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "Exception ignored" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("portalsync schema --kind=firm | head -c 1", 0),
        ("portalsync plan --detailed-exitcode --at=2026-12-01 | true", 2),
        ("portalsync plan --detailed-exitcode --at=2026-12-01 >&-", 2),
        ("portalsync validate --config=nowhere 2>&1 | true", 3),
        ("portalsync validate --config=nowhere 2>&-", 3),
        ("portalsync plan --nonsense 2>&1 | true", 64),
        ("portalsync --help | true", 1),
        ("portalsync validate >&- 2>&-", 0),
        ("PYTHONIOENCODING=ascii portalsync plan --at=2026-12-01", 0),
    ],
)
def test_output_that_nobody_reads(script: str, code: int, world: Path) -> None:
    """A closed or narrow output changes nothing about what is done and how it ends."""
    del world
    assert shell(script).returncode == code


def test_apply_is_done_though_nobody_reads(world: Path, cli: Cli) -> None:
    """An apply whose reader has gone is applied all the same, and its exit code says so."""
    del world
    assert shell("portalsync apply --yes --at=2026-12-01 | true").returncode == 0
    assert cli("plan", "--detailed-exitcode", AT).code == 0


@pytest.mark.skipif(
    not Path("/dev/full").exists(),
    reason="this system has no device that is always full",
)
def test_full_output(world: Path) -> None:
    """Results that cannot be written are an error, told on stderr."""
    done = shell("portalsync plan --at=2026-12-01 >/dev/full")
    assert done.returncode == 1
    assert "no space left" in done.stderr
    assert (world / "plan.json").exists()


def test_interrupted(world: Path) -> None:
    """Ctrl-C while a portal keeps one waiting ends with 130 and one word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at_address(world, f"http://127.0.0.1:{silent.getsockname()[1]}")
        with subprocess.Popen(
            [*PROGRAM, "plan", AT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as asking:
            silent.settimeout(30)
            with silent.accept()[0] as connection:
                connection.recv(1)
                asking.send_signal(signal.SIGINT)
                out, err = asking.communicate(timeout=300)
    assert asking.returncode == 130
    assert out == ""
    assert err.strip() == "Interrupted."


def test_bug(world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours ends with 70 and says how to report it, without a traceback."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the portal's secret is hunter2")

    monkeypatch.setattr("portalsync.cli.workspace.survey", broken)
    before = everything(world)
    result = cli("plan", AT)
    assert result.code == 70
    assert "A bug in portalsync (RuntimeError)" in result.err
    assert "hunter2" not in result.err
    assert everything(world) == before


def test_empty_configuration_releases_nothing(world: Path, cli: Cli) -> None:
    """A configuration without a single firm is blocked once firms are managed, whatever lost the files."""
    assert cli("apply", "plan.json").code == 0
    for name in ("firms/oak.yaml", "facts/oak.yaml", "personas/ada.yaml"):
        (world / "portal-config" / name).unlink()
    before = everything(world)
    result = cli("plan", AT)
    assert result.code == 6
    assert "names no firm at all" in result.err
    assert everything(world) == before


@pytest.mark.parametrize(
    "executor",
    [
        *("processes:0", "processes:257", "processes:999", "processes:1000", "processes:-1", "processes:abc"),
        *("processes:", "dask:", "dask:tcp://host", "dask:tcp://host:0", "dask:tcp://host:65536"),
    ],
)
def test_an_executor_that_cannot_be_is_refused_with_those_that_can(cli: Cli, executor: str) -> None:
    """Seen to fail: 999 processes were 61, without a word; and a port that cannot be was waited for."""
    ended = cli("validate", f"--executor={executor}")
    assert ended.code == 64
    assert executor in ended.err
    assert "processes:N (1 ≤ N ≤ 256)" in ended.err
