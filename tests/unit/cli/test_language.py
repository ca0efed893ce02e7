"""In which language commands talk: what says it first decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portalsync.cli.language import language_of_config, languages_of_machine, speak, speak_as_asked, spoken


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to stand in, with a configuration that says nothing yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PORTALSYNC_LANG", raising=False)
    monkeypatch.delenv("PORTALSYNC_CONFIG", raising=False)
    (tmp_path / "portal-config").mkdir()
    yield tmp_path / "portal-config" / "portalsync.yaml"
    speak("en")


def test_what_says_it_first_decides(network: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the machine, which comes last, to the call: each names another language than the one before."""
    line: list[str] = []
    steps = (
        ("de", lambda: monkeypatch.setenv("LANG", "de_DE.UTF-8")),
        ("en", lambda: network.write_text("language: en\n")),
        ("de", lambda: monkeypatch.setenv("PORTALSYNC_LANG", "de")),
        ("en", lambda: line.append("--lang=en")),
    )
    for language, say in steps:
        say()
        speak_as_asked(["plan", *line])
        assert spoken() == language


@pytest.mark.parametrize(
    "call", [["plan", "--lang", "de"], ["--lang=de", "--help"], ["plan", "--no", "--lang=de"]]
)
def test_the_call_names_it_wherever_it_stands(call: list[str], network: Path) -> None:
    network.write_text("language: en\n")
    speak_as_asked(call)
    assert spoken() == "de"


def test_what_is_no_language_of_ours_leaves_it_to_the_next(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with it is said in that language, then."""
    network.write_text("language: fr\n")
    monkeypatch.setenv("PORTALSYNC_LANG", "Deutsch")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    speak_as_asked(["plan", "--lang=klingon"])
    assert spoken() == "de"


@pytest.mark.parametrize(
    ("variables", "languages"),
    [
        ({}, []),
        ({"LANG": "C.UTF-8"}, []),
        ({"LANG": "POSIX"}, []),
        ({"LANG": "de_DE.UTF-8"}, ["de"]),
        ({"LANG": "de_AT@euro"}, ["de"]),
        ({"LANG": "de"}, ["de"]),
        ({"LANG": "den_XX"}, []),
        ({"LANG": "fr_FR.UTF-8"}, []),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "de_CH.UTF-8"}, ["de"]),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, ["en"]),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "de_DE"}, ["de"]),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, []),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}, ["de"]),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:de_AT:en"}, ["de", "en", "en"]),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr"}, ["de"]),
        ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, []),
        ({"LANGUAGE": "de"}, []),
    ],
)
def test_a_machine_says_it_as_posix_has_it(variables: dict[str, str], languages: list[str]) -> None:
    """Seen to fail with LANG before LC_ALL, and with a LANGUAGE that C does not silence."""
    assert [*languages_of_machine(variables)] == languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("language: de\n", "de"),
        ("apiVersion: portalsync/v1\r\nlanguage:  'de'  # our own\r\nname: x\r\n", "de"),
        ('language: "de"', "de"),
        ("guardrails:\n  language: de\n", ""),
        ("# language: de\n", ""),
        ("name: >\n  language: de\nlanguage: en\n", "en"),
        ("language: de fr\n", ""),
        ("language:\n  - de\n", ""),
        ("\tname: [\nlanguage: de\n", "de"),
        ("", ""),
    ],
)
def test_a_configuration_says_it_in_a_line_of_its_own(text: str, language: str, network: Path) -> None:
    """Also one whose YAML is broken: that is told in German too."""
    network.write_text(text, newline="")
    assert language_of_config(network.parent) == language


@pytest.mark.parametrize("call", [["plan", "--config", "other"], ["plan", "--config=other"]])
def test_it_is_the_configuration_that_the_call_names(call: list[str], network: Path) -> None:
    network.write_text("language: en\n")
    other = network.parents[1] / "other"
    other.mkdir()
    (other / "portalsync.yaml").write_text("language: de\n")
    speak_as_asked(call)
    assert spoken() == "de"


def test_no_configuration_is_nothing_to_talk_about(tmp_path: Path) -> None:
    assert language_of_config(tmp_path / "nowhere") == ""
    (tmp_path / "portalsync.yaml").mkdir()
    assert language_of_config(tmp_path) == ""
