"""Terminals that differ, times that are typed, and what is said."""

from io import StringIO

import click
import pytest

from portalsync.cli.language import speak
from portalsync.cli.output import tell, tell_lines
from portalsync.cli.terminal import Terminal
from portalsync.cli.values import Instant
from portalsync.lexicon import Foreign, counted, phrase


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
        for message in (phrase("told.interrupted"), counted("told.firms", 2_500), "+ chat:"):
            tell(message)
    finally:
        speak("en")
    assert capsys.readouterr().err == "Abgebrochen.\n2.500 Kanzleien\n+ chat:\n"


def test_texts_to_be_copied_keep_their_lines_and_nothing_in_them_acts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Seen to fail for what is told as it stands."""
    tell_lines(Foreign("Come in.\n\nBring \x1b[31m*tea*\u202e.\n::set-output name=x::y"))
    assert capsys.readouterr().err == (
        "Come in.\n\nBring \\u001b[31m*tea*\\u202e.\n\\u003a:set-output name=x::y\n"
    )
