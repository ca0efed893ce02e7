"""Terminals: colour only where it is wanted and never alone, progress only where somebody waits, German."""

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from tests.cli.conftest import AT, Cli
from tests.cli.hand_edits import chat_off

from portalsync.cli import program
from portalsync.cli import progress as progress_module
from portalsync.cli.language import speak
from portalsync.cli.progress import progress

CASES = Path(__file__).parents[1] / "cases" / "validate"
BROKEN = Path("portal-config/firms/oak.yaml")
ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
IMPATIENT = (
    "from portalsync.cli.progress import _Line; _Line.first, _Line.pause = 0.0, 0.001;"
    "from portalsync.cli import main; main()"
)
PATIENT = IMPATIENT.replace("0.0, 0.001", "1e9, 1e9")  # however slow the machine is


def on_terminal(*arguments: str, code: str = PATIENT, piped: str = "", **variables: str) -> str:
    """What a person sees: the program on a terminal of its own, or with `piped` of its streams elsewhere."""
    screen, terminal = pty.openpty()
    streams = {name: terminal for name in ("stdin", "stdout", "stderr") if name != piped}
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "PAGER": "cat", **variables}
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        **{**streams, **({piped: subprocess.DEVNULL} if piped else {})},  # type: ignore[call-overload]
    )
    os.close(terminal)
    shown = b""
    try:
        while part := os.read(screen, 65536):
            shown += part
    except OSError:  # how Linux says that nobody writes any more
        pass
    process.wait(timeout=300)
    os.close(screen)
    return shown.decode().replace("\r\n", "\n")


def broken() -> None:
    BROKEN.write_bytes(BROKEN.read_bytes() + b"colour: 1\n")


@pytest.mark.usefixtures("world")
class TestColour:
    def test_only_where_somebody_looks(self, cli: Cli) -> None:
        broken()
        assert "\x1b[31;1merror[schema-unknown]\x1b[0m" in on_terminal("validate", AT)
        assert "\x1b" not in cli("validate", AT).out

    @pytest.mark.parametrize(
        "variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}], ids=str
    )
    @pytest.mark.parametrize("command", ["validate", "plan", "drift", "fmt", "--help"])
    def test_none_where_it_is_not_wanted(self, command: str, variables: dict[str, str]) -> None:
        broken() if command != "plan" else None
        at = [AT] if command in ("validate", "plan") else []
        assert "\x1b" not in on_terminal(command, *at, **variables)

    @pytest.mark.parametrize("command", [("validate", AT), ("plan", AT), ("fmt", "--check"), ("drift",)])
    def test_says_nothing_that_words_and_signs_do_not(
        self, command: tuple[str, ...], cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The same text without the colours: who sees none misses nothing."""
        if command[0] != "plan":
            BROKEN.write_bytes(BROKEN.read_bytes() + (b"\n \n" if command[0] == "fmt" else b"colour: 1\n"))
        plain = cli(*command)
        monkeypatch.setenv("FORCE_COLOR", "1")
        colored = cli(*command)
        assert "\x1b" not in plain.out + plain.err
        for shown, meant in ((colored.out, plain.out), (colored.err, plain.err)):
            assert [line.rstrip() for line in ESCAPE.sub("", shown).split("\n")] == meant.split("\n")
        assert colored.code == plain.code
        assert command[0] == "drift" or "\x1b" in colored.out


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    found = Screen()
    monkeypatch.setattr(progress_module, "sys", SimpleNamespace(stderr=found))
    monkeypatch.setenv("TERM", "xterm")
    speak("en")
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(progress_module, "time", found)
    return found


def work(clock: Clock, items: int, seconds: float) -> list[int]:
    done = []
    with progress("told.checking") as watch:
        for item in watch(range(items)):
            done.append(item)
            clock.now += seconds / items
    return done


class TestProgress:
    def test_nothing_within_the_first_second(self, screen: Screen, clock: Clock) -> None:
        assert work(clock, 1000, 0.99) == [*range(1000)]
        assert not screen.getvalue()

    def test_after_a_second_how_far_and_gone_at_the_end(self, screen: Screen, clock: Clock) -> None:
        assert work(clock, 1200, 4.0) == [*range(1200)]
        lines = screen.getvalue().split("\r\x1b[K")
        assert re.fullmatch(r"Checking the firms \[#{6}\.{18}\] 30\d of 1,200, 300/s, 3 s left", lines[1])
        assert 20 < len(lines) < 40, "a few times a second, not for each item"
        assert lines[-1] == ""

    def test_items_are_counted_once(self, screen: Screen, clock: Clock) -> None:
        """Seen to fail: for each item they were counted anew, which for firms to be sent is a look at all."""
        counted = 0

        class Items(list[int]):
            def __len__(self) -> int:
                nonlocal counted
                counted += 1
                return 3

        with progress("told.checking") as watch:
            for _ in watch(Items([1, 2, 3])):
                clock.now += 1
        assert "of 3" in screen.getvalue()
        assert counted == 1

    @pytest.mark.parametrize(("items", "line"), [(20, r"\[#{24}\] 20 of 20"), (0, r"\[\.{24}\]")])
    def test_once_all_are_done_no_time_is_left(
        self, items: int, line: str, screen: Screen, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Seen to fail: "19 of 20, 1 s left" for the seconds in which a review was packed."""
        written = threading.Event()
        monkeypatch.setattr(progress_module._Line, "pause", 0.01)  # noqa: SLF001 - as often as can be
        texts: list[str] = []

        def write(text: str) -> None:
            texts.append(text)
            written.set()

        monkeypatch.setattr(screen, "write", write)
        with progress("told.composing") as watch:
            assert [*watch(range(items))] == [*range(items)]
            clock.now += 10
            assert written.wait(300)
        assert re.fullmatch(rf"\r\x1b\[KComposing the pages {line}", texts[0])

    def test_gone_when_the_work_fails(self, screen: Screen, clock: Clock) -> None:
        def failing() -> None:
            with progress("told.checking") as watch:
                for _ in watch([1, 2, 3]):
                    clock.now += 1
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            failing()
        assert screen.getvalue().endswith("1/s, 1 s left\r\x1b[K")

    def test_fits_into_a_terminal_of_80_columns_in_german_too(self, screen: Screen, clock: Clock) -> None:
        speak("de")
        work(clock, 100_000, 4000.0)
        speak("en")
        assert "Kanzleien werden geprüft [" in screen.getvalue()
        assert "von 100.000, 25/s, noch 1 h 6 min" in screen.getvalue()
        assert max(map(len, screen.getvalue().split("\r\x1b[K"))) < 80

    @pytest.mark.parametrize(
        ("seconds", "told"),
        [(60, "58 s left"), (600, "10 min left"), (90_000, "24 h 10 min left")],
    )
    def test_how_long_it_takes(self, seconds: int, told: str, screen: Screen, clock: Clock) -> None:
        """Seen to fail when rates below one a second were told as 0/s."""
        work(clock, 30, seconds)
        assert f" 1 of 30, {told}\r" in screen.getvalue()
        assert "0/s" not in screen.getvalue()

    def test_nothing_where_there_is_no_stderr(self, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(progress_module, "sys", SimpleNamespace(stderr=None))
        assert work(clock, 10, 100) == [*range(10)]

    @pytest.mark.parametrize("reason", ["a pipe", "a dumb terminal"])
    def test_in_a_log_a_line_every_ten_seconds(
        self, reason: str, screen: Screen, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if reason == "a pipe":
            monkeypatch.setattr(screen, "isatty", lambda: False)
        else:
            monkeypatch.setenv("TERM", "dumb")
        for name in ("first", "pause"):
            monkeypatch.setattr(progress_module._Log, name, progress_module._LOG_PAUSE)  # noqa: SLF001 - as it is
        assert work(clock, 9, 9) == [*range(9)]
        assert not screen.getvalue()
        work(clock, 2048, 32)
        assert screen.getvalue().splitlines() == [
            f"Checking the firms ... {done} of 2,048, 64/s, {left} s left"
            for done, left in (("640", 22), ("1,280", 12), ("1,920", 2))
        ]

    @pytest.mark.parametrize("columns", [40, 54])
    def test_a_narrow_terminal_gets_a_line_that_it_need_not_wrap(
        self, columns: int, screen: Screen, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Seen to fail: ten lines a second, one below the other; and cut in the midst of its numbers, or with
        a bar of two signs that came and went.
        """
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 20, columns, 0, 0))
        monkeypatch.setattr(screen, "fileno", lambda: theirs)
        work(clock, 2048, 32)
        for end in (ours, theirs):
            os.close(end)
        _, *lines, gone = screen.getvalue().split("\r\x1b[K")
        assert lines
        assert max(map(len, lines)) < columns
        for line in lines:
            assert re.fullmatch(r"Checking the firms [\d,]+ of 2,048(, \d+/s(, \d+ s left)?)?", line)
        assert not gone

    @pytest.mark.parametrize("is_terminal", [True, False])
    def test_it_is_told_while_nothing_moves_too(
        self, screen: Screen, clock: Clock, monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool
    ) -> None:
        """A portal that does not answer is waited for as long as it takes; here, until a line was written."""
        written = threading.Event()
        monkeypatch.setattr(screen, "isatty", lambda: is_terminal)
        monkeypatch.setattr(progress_module._Log, "first", 10)  # noqa: SLF001 - as it is
        monkeypatch.setattr(progress_module._Log, "pause", 0.01)  # noqa: SLF001 - ten seconds are too long here
        texts: list[str] = []

        def write(text: str) -> None:
            texts.append(text)
            written.set()

        monkeypatch.setattr(screen, "write", write)
        with progress("told.comparing"):
            clock.now += 10
            assert written.wait(300)
        assert "Comparing with the portal" in texts[0]

    def test_a_terminal_that_goes_away_does_not_stop_the_work(
        self, screen: Screen, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(_text: str) -> int:
            raise OSError

        monkeypatch.setattr(screen, "write", gone)
        assert work(clock, 10, 10) == [*range(10)]


@pytest.mark.usefixtures("world")
class TestProgressOfCommands:
    @pytest.mark.parametrize(
        ("command", "told"),
        [
            (("validate", AT), ("Checking the firms",)),
            (("plan", AT), ("Checking the firms", "Comparing with the portal")),
            (("apply", "--yes", AT), ("Comparing with the portal", "Sending to the portal")),
            (("preview", AT), ("Reading the files", "Asking the portal", "Composing the pages")),
        ],
    )
    def test_long_work_is_watched(self, command: tuple[str, ...], told: tuple[str, ...]) -> None:
        shown = on_terminal(*command, code=IMPATIENT)
        assert [each for each in told if f"\r\x1b[K{each} [" not in shown] == []
        last = shown.rpartition("\r\x1b[K")[2]
        assert not any(each in last for each in told), "results begin where the line was wiped away"

    def test_so_is_a_look_at_what_was_applied(self, cli: Cli) -> None:
        """Where nothing ever was, or all is as it was, it is over before anybody could be told."""
        cli("apply", "--yes", AT)
        chat_off()
        self.test_long_work_is_watched(("drift",), ("Reading the files", "Comparing with the portal"))

    def test_short_work_is_not(self) -> None:
        shown = on_terminal("validate", AT)
        assert "\x1b[K" not in shown
        assert shown == "Valid: 1 firm, 1 sample client.\n"

    def test_it_never_reaches_a_file(self) -> None:
        assert "\x1b[K" not in on_terminal("validate", AT, code=IMPATIENT, piped="stderr")


@pytest.mark.usefixtures("world")
class TestGerman:
    def test_a_rule_speaks_german(self, cli: Cli) -> None:
        facts = Path("portal-config/facts/oak.yaml")
        facts.write_text((CASES / "prepayments-no-provider" / "files" / "facts" / "oak.yaml").read_text())
        german = cli("validate", AT, "--lang=de")
        assert german.code == cli("validate", AT).code == 3
        assert german.out.startswith(
            "Fehler[prepayments-no-provider]: Vorauszahlungen brauchen einen verbundenen Zahlungsanbieter"
        )
        assert " = Hilfe: Verbinden Sie zuerst im Portal einen Anbieter" in german.out

    @pytest.mark.parametrize("way", ["--lang", "variable"])
    def test_other_findings_speak_german(self, way: str, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        broken()
        if way == "variable":
            monkeypatch.setenv("PORTALSYNC_LANG", "de")
        lines = cli("validate", AT, *(["--lang=de"] if way == "--lang" else [])).out.splitlines()
        assert lines[0] == "Fehler[schema-unknown]: Der Schlüssel colour ist hier nicht bekannt."
        assert any("= erwartet: " in line for line in lines)
        assert any("= Hilfe: " in line for line in lines)
        assert lines[-1] == "1 Fehler."

    def test_what_stops_another_command_is_said_in_its_language(self, cli: Cli) -> None:
        broken()
        assert cli("plan", AT, "--lang=de").err.startswith("Fehler[schema-unknown]: ")
        assert cli("plan", AT).err.startswith("error[schema-unknown]: ")

    def test_commands_without_lang_follow_the_variable(
        self, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PORTALSYNC_LANG", "de")
        assert re.fullmatch(r"0 von \d Dateien geändert\.\n", cli("fmt").err)

    def test_narration(self, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORTALSYNC_LANG", "de")
        assert cli("validate", AT).err == "Gültig: 1 Kanzlei, 1 Beispielmandant.\n"
        assert cli("plan", AT, "--out=p.json").err.endswith("Gespeichert in p.json.\n")
        assert re.search(r"\d+ Varianten, .* geändert\. Öffnen Sie preview\.html\.", cli("preview", AT).err)

    def test_formats_for_programs_speak_it_and_keep_their_codes(self, cli: Cli) -> None:
        broken()
        for form in ("json", "sarif", "github", "junit", "gitlab"):
            german = cli("validate", AT, "--lang=de", f"--format={form}").out
            assert "Der Schl" in german
            assert "schema-unknown" in german


def commands() -> list[str]:
    return [name for name, command in program.commands.items() if not isinstance(command, click.Group)]


@pytest.mark.parametrize("width", ["80", "200"])
@pytest.mark.parametrize("command", ["", *commands()])
def test_help_fits_and_cuts_no_sentence(
    command: str, width: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    out = cli(*filter(None, [command]), "--help").out
    lines = [line for line in out.splitlines() if not line.lstrip().startswith("portalsync ")]
    assert max(map(len, lines)) <= min(int(width), 100)
    assert "..." not in out.replace("]...", "")


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("width", [80, 200])
def test_results_fit(width: int, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for language in ("en", "de"):
        out = cli("plan", AT, f"--lang={language}").out
        assert max(map(len, out.splitlines())) <= min(width, 120)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "command", [("validate", AT), ("plan", AT), ("--help",), ("man",), ("fmt", "--check")]
)
def test_nobody_who_reads_on_is_no_error(command: tuple[str, ...]) -> None:
    """As with `| head -0`: the reader is gone before the first word."""
    broken() if command[0] == "validate" else None
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "portalsync", *command], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
