"""Files that are whole or not there, and terminals that differ."""

import errno
import os
from io import StringIO
from pathlib import Path

import click
import pytest

from portalsync.cli.language import speak
from portalsync.cli.output import tell, write_file
from portalsync.cli.terminal import Terminal
from portalsync.cli.values import Instant
from portalsync.errors import OutputFailed
from portalsync.lexicon import counted, phrase


def test_file_is_replaced(tmp_path: Path) -> None:
    """The new content stands there whole, and nothing beside it."""
    target = tmp_path / "new" / "plan.json"
    for content in (b"one", b"two"):
        write_file(target, content)
        assert target.read_bytes() == content
    assert [*target.parent.iterdir()] == [target]


def test_link_stays_a_link(tmp_path: Path) -> None:
    """Writing to a link changes what it leads to."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize("call", ["fsync", "replace", "mkstemp", "interrupt"])
def test_failure_leaves_the_old_file(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever step fails, the old file is as it was, and no scrap is left."""
    target = tmp_path / "plan.json"
    target.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        if call == "interrupt":
            raise KeyboardInterrupt
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    place = {"replace": "pathlib.Path.replace", "mkstemp": "portalsync.cli.output.tempfile.mkstemp"}
    with monkeypatch.context() as patch:
        patch.setattr(place.get(call, "portalsync.cli.output.os.fsync"), full)
        with pytest.raises(KeyboardInterrupt if call == "interrupt" else OutputFailed):
            write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [target]


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "color"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_color(variables: dict[str, str], color: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 - a parameter
    """Colour is for screens, unless somebody says otherwise."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert Terminal.of(Screen()).color is color
    assert not Terminal.of(None).color
    if not variables:
        assert not Terminal.of(StringIO()).color
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert Terminal.of(StringIO()).color


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2027-02-01", "2027-02-01T00:00:00+00:00"),
        ("2027-02-01T09:30", "2027-02-01T09:30:00+00:00"),
        ("2027-02-01T09:30+01:00", "2027-02-01T08:30:00+00:00"),
    ],
)
def test_instant(text: str, instant: str) -> None:
    """A day or a time, in UTC unless it names a zone."""
    assert Instant().convert(text, None, None).isoformat() == instant


@pytest.mark.parametrize(
    "text", ["", "soon", "2027-02-30", "1999-12-31", "9999-12-31", "0001-01-01T00:00+14:00"]
)
def test_no_instant(text: str) -> None:
    """Whatever is no time in our age is refused in words."""
    with pytest.raises(click.BadParameter):
        Instant().convert(text, None, None)


def test_told_in_the_readers_language(capsys: pytest.CaptureFixture[str]) -> None:
    """A phrase is said as the reader speaks; what belongs to no language stays as it is."""
    speak("de")
    try:
        for message in (phrase("errors.told.interrupted"), counted("told.firms", 2_500), "+ chat:"):
            tell(message)
    finally:
        speak("en")
    assert capsys.readouterr().err == "Abgebrochen.\n2.500 Kanzleien\n+ chat:\n"
