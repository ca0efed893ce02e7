"""`serve --files` as somebody starts it, looks, saves and ends it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2
from tests.cli.conftest import Cli
from tests.network import heeding_signals

PATIENCE = 300
TRIES = 3000


def test_a_save_is_shown_until_ctrl_c(world: Path) -> None:
    """Also of files that have errors from the start. Seen to fail without the watcher."""
    file = world / "portal-config" / "firms" / "oak.yaml"
    text = file.read_text()
    file.write_text(text.replace("  name:", "  nmae:"))
    with subprocess.Popen(
        [sys.executable, "-m", "portalsync", "serve", "--files", "--port=0", "--lang=de"],
        env={name: value for name, value in os.environ.items() if not name.startswith("PORTALSYNC_")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding_signals,  # noqa: PLW1509 - it only sets signals
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("Die Seiten der Dateien sind unter http://127.0.0.1:")
        address = line.split()[6].rstrip("/")
        page = httpx2.get(f"{address}/", timeout=PATIENCE).text
        assert "firms/oak.yaml:7:3" in page
        file.write_text(text.replace("Oak &", "Holm Oak &"))
        for _ in range(TRIES):
            if "Holm Oak &amp; Partners" in page:
                break
            time.sleep(0.1)
            page = httpx2.get(f"{address}/", timeout=PATIENCE).text
        assert "Holm Oak &amp; Partners" in page
        process.send_signal(signal.SIGINT)
        printed, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, printed, complaints) == (0, "", "")


def test_no_files_are_told_at_once(world: Path, cli: Cli) -> None:
    done = cli("serve", "--files", f"--config={world / 'elsewhere'}")
    assert (done.code, "elsewhere" in done.err) == (3, True)


def test_the_portal_itself_is_never_offline(world: Path, cli: Cli) -> None:
    del world
    done = cli("serve", "--offline")
    assert (done.code, "--files" in done.err) == (64, True)
