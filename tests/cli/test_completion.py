"""Completion, asked as each shell asks: its own script runs in it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Cli, call

from portalsync.lexicon import lexicon_of

BASH = """
source {script}
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_portalsync_completion portalsync
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
FISH = "source {script}; complete -C '{words}'"
# zsh completes in a line editor only: a terminal of its own types the words and a Tab.
ZSH = """
zmodload zsh/zpty
zpty z zsh -f -i
feed() {{ zpty -w z "$1" }}
feed 'PS1=; fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -d {folder}/dump'
feed 'zstyle ":completion:*" list-prompt ""; LISTMAX=0; COLUMNS=200; print -r -- read''y'
zpty -r -m z found '*ready*' || exit 1
zpty -w -n z '{words}'$'\\t'
repeat 100 {{ zpty -r -t z found && print -rn -- "$found"; sleep 0.05; }}
"""

SESSIONS = {"bash": BASH, "fish": FISH, "zsh": ZSH}
FISH_SHELL, ZSH_SHELL = (pytest.param(name, marks=pytest.mark.shells) for name in ("fish", "zsh"))


@pytest.fixture
def shell_environment(tmp_path: Path) -> dict[str, str]:
    """Where `portalsync` is this one."""
    program = tmp_path / "bin" / "portalsync"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m portalsync \"$@\"\n")
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}


def asked(shell: str, words: str, environment: dict[str, str], folder: Path) -> str:
    """What a shell shows."""
    script = folder / "_portalsync"
    script.write_text(call("completion", shell).out)
    command = [shell, "-c", SESSIONS[shell].format(script=script, folder=folder, words=words)]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stderr == ""
    return done.stdout


CASES = {
    "commands": ("portalsync pr", {"preview"}),
    "options": ("portalsync plan --de", {"--detailed-exitcode"}),
    "choices": ("portalsync completion ", {"bash", "zsh", "fish"}),
    "firms": ("portalsync preview --firm ", {"ash", "elm"}),
    "groups": ("portalsync plan --group ", {"north"}),
}


@pytest.mark.parametrize("shell", ["bash", FISH_SHELL])
@pytest.mark.parametrize("case", CASES)
def test_a_shell_offers_what_fits(
    shell: str, case: str, shell_environment: dict[str, str], tmp_path: Path
) -> None:
    for name in ("firms/ash.yaml", "firms/elm.yaml", "firms/notes.txt", "groups/north.yaml"):
        path = tmp_path / "portal-config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    words, offered = CASES[case]
    if shell == "bash":
        words = " ".join(f"'{word}'" for word in words.split(" "))
    shown = asked(shell, words, shell_environment, tmp_path)
    assert {line.split()[0] for line in shown.splitlines() if line.strip()} == offered


@pytest.mark.shells
def test_zsh_offers_what_fits(shell_environment: dict[str, str], tmp_path: Path) -> None:
    shown = asked("zsh", "portalsync completion ", shell_environment, tmp_path)
    assert {"bash", "zsh", "fish"} <= set(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", " ", shown).split())


@pytest.mark.parametrize("shell", ["bash", ZSH_SHELL, FISH_SHELL])
def test_each_script_is_one_that_its_shell_can_read(cli: Cli, shell: str) -> None:
    made = cli("completion", shell)
    assert (made.code, made.err) == (0, "")
    assert "_PORTALSYNC_COMPLETE" in made.out
    check = subprocess.run([shell, "-n", "/dev/stdin"], input=made.out, text=True, check=False)
    assert check.returncode == 0


def test_an_unknown_shell_is_wrong_use(cli: Cli) -> None:
    found = cli("completion", "tcsh")
    assert found.code == 64
    assert "Choose one of: bash, zsh, fish." in found.err


def test_a_shell_shows_meanings_in_the_readers_language(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setenv("_PORTALSYNC_COMPLETE", "zsh_complete")
    monkeypatch.setenv("PORTALSYNC_LANG", "de")
    monkeypatch.setenv("COMP_WORDS", "portalsync pr")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert cli().out == f"plain\npreview\n{lexicon_of('de')('help.commands.preview.summary')}\n"
    monkeypatch.setenv("COMP_WORDS", "portalsync plan --de")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert lexicon_of("de")("help.commands.plan.options.detailed-exitcode") in cli().out


def test_completing_ends_well_and_quietly(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setenv("_PORTALSYNC_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "portalsync pr")
    monkeypatch.setenv("COMP_CWORD", "1")
    found = cli()
    assert (found.code, found.out, found.err) == (0, "plain,preview\n", "")


def test_no_name_of_a_file_becomes_a_command(
    monkeypatch: pytest.MonkeyPatch, cli: Cli, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ash", "$(touch x)", "`id`", "a;b", "a b", "a\nfile,etc", "*", "-x", "\u202eash"):
        path = tmp_path / "portal-config" / "firms" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setenv("_PORTALSYNC_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "portalsync plan --firm ")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert cli().out == "plain,ash\n"
