"""Somebody who does what a document says, and compares what is printed with what it shows."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.docs.reading import ROOT, Block, blocks
from tests.progress import without_progress

NOT_RUN = {
    "make demo\nmake test\n": "make test is what runs this; tests/cli and tests/laws have the demo's steps",
    "python3 -m venv .venv\n.venv/bin/pip install .\n. .venv/bin/activate\n": "tests/packaging installs",
    "python3 -m venv .venv\n.venv/bin/pip install .\n. .venv/bin/activate\ncd ..\n": "the same",
    ".venv/bin/pytest tests/cli --update-cases\ngit diff tests/cases\n": "rewrites what other tests expect",
}
"""Blocks that no test can run, each with the reason."""

AT = "2026-12-01T09:00"
PORT = "8765"
ELIDED = "[…]"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class Reader:
    """Somebody who does what a document says, in a folder of their own. `instead` has what they type for
    words of the document, and `variables` what their shell knows besides.
    """

    def __init__(
        self,
        home: Path,
        instead: Mapping[str, str] = MappingProxyType({}),
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.place = home
        self.printed = ""
        self._port = _free_port()
        self._instead = {PORT: self._port, **instead}
        self._environment = {**_environment(), **variables}
        self._where = home / ".where"
        self._valid = self._files()
        self._portals: list[subprocess.Popen[str]] = []

    def follow(self, document: str, *, update: bool) -> None:
        """All blocks; what is printed is what the document shows, or is written there."""
        changed = []
        for block in blocks(document):
            self.do(block)
            if block.language != "text":
                continue
            shown, printed = block.content, _as_shown(self.printed, block.content)
            if shown != printed and update:
                changed.append((block, printed))
            else:
                assert shown == printed, f"{document}: pytest tests/docs --update-cases, and read the diff"
        _rewrite(ROOT / document, changed)

    def do(self, block: Block) -> None:
        self._do(block)
        if block.language == "diff" or self._files() != self._valid:
            self._validate(int(block.notes.get("exit", 0)) if block.language == "diff" else 0)

    def _do(self, block: Block) -> None:
        if block.language == "diff":
            self._edit(self.place / block.notes["edit"], block.content)
        elif block.language == "sh" and block.content not in NOT_RUN:
            self._run(block.content, int(block.notes.get("exit", 0)))
        elif block.language == "text" and "run" in block.notes:
            self._run(block.notes["run"], int(block.notes.get("exit", 0)))

    def leave(self) -> None:
        for portal in self._portals:
            portal.send_signal(signal.SIGINT)
            portal.communicate(timeout=300)

    def _run(self, commands: str, code: int) -> None:
        served = [line for line in commands.splitlines() if line.startswith("portalsync serve")]
        typed = "\n".join(line for line in commands.splitlines() if line not in served)
        for line in served:
            self._serve(line)
        if not typed.strip():
            return
        script = f"set -e\ntrap 'pwd > {self._where}' EXIT\n{self._typed(typed)}"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.place,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        self.printed = without_progress(done.stdout).replace(self._port, PORT)
        self.place = Path(self._where.read_text(encoding="utf-8").strip())
        assert done.returncode == code, f"{typed}\n{self.printed}"
        assert "Traceback" not in self.printed

    def _validate(self, code: int) -> None:
        """What a step leaves behind is right, and keeps what sample clients were promised; unless the
        document shows what happens else.
        """
        printed = self.printed
        self._run("portalsync validate", code)
        self.printed, self._valid = printed, self._files()

    def _files(self) -> dict[Path, bytes]:
        """The configuration in the place where the reader is."""
        files = (self.place / "portal-config").rglob("*.yaml")
        return {path: path.read_bytes() for path in files}

    def _serve(self, line: str) -> None:
        """A portal that answers until the document is read."""
        portal = subprocess.Popen(
            ["bash", "-c", f"exec {line.partition('#')[0].strip()} --port {self._port}"],
            cwd=self.place,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._portals.append(portal)
        for _ in range(3000):
            assert portal.poll() is None, portal.communicate()[1]
            with suppress(OSError), socket.create_connection(("127.0.0.1", int(self._port)), timeout=1):
                return
            time.sleep(0.1)
        pytest.fail(f"{line}: nobody answers")

    def _typed(self, text: str) -> str:
        for shown, meant in self._instead.items():
            text = text.replace(shown, meant)
        return text

    def _edit(self, file: Path, diff: str) -> None:
        """Lines with a minus become the lines with a plus, at the one place where they stand."""
        lines = [line for line in diff.splitlines() if line]
        before = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
        after = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{file.name} has not once:\n{before}"
        file.write_text(text.replace(before, self._typed(after)), encoding="utf-8")


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


def _environment() -> dict[str, str]:
    """As on a clean machine on a certain day; `portalsync` is the one that is tested."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTALSYNC_", "GIT_"))}
    kept.pop("FORCE_COLOR", None)
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": path, "PORTALSYNC_AT": AT, "LC_ALL": "C.UTF-8", "COLUMNS": "100"}


def _as_shown(printed: str, shown: str) -> str:
    """What was printed, without what the document leaves out, and without digests: they differ each time."""
    lines = _DIGEST.sub("sha256:…", printed).splitlines()
    wanted = shown.splitlines()
    if ELIDED in wanted:
        first, last = wanted.index(ELIDED), len(wanted) - wanted.index(ELIDED) - 1
        lines = [*lines[:first], ELIDED, *(lines[-last:] if last else [])]
    return "".join(f"{line}\n" for line in lines)


def _rewrite(document: Path, changed: list[tuple[Block, str]]) -> None:
    text = document.read_text(encoding="utf-8")
    for block, printed in reversed(changed):
        text = text[: block.start] + printed + text[block.end :]
    if changed:
        document.write_text(text, encoding="utf-8")
