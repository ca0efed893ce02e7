"""Files that somebody edits: what can be shown is shown, and what is wrong is told where it stands."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.base_firms import network_of

from portalsync.cache import NOTHING_KEPT
from portalsync.editing.files import EditedFiles

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
NAME = "profile.name"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    config = tmp_path / "portal-config"
    network_of(config, ("ash",))
    return config


@pytest.fixture
def edited(config: Path) -> EditedFiles:
    files = EditedFiles(config, lambda: NOW, NOTHING_KEPT)
    _renew(files)
    return files


def _renew(edited: EditedFiles) -> None:
    edited.saved()
    edited.check()


def _save(config: Path, edited: EditedFiles, firm: str, old: str, new: str) -> None:
    file = config / "firms" / f"{firm}.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    _renew(edited)


def _name(edited: EditedFiles, firm: str) -> object:
    known = edited.firm(firm)
    return known.desired.in_force({})[NAME] if known else None


def test_a_save_is_known_at_once(config: Path, edited: EditedFiles) -> None:
    before = edited.turn
    _save(config, edited, "oak", "Oak &", "Holm Oak &")
    assert "Holm Oak" in str(_name(edited, "oak"))
    assert edited.turn > before
    assert edited.findings("oak") == ([], [])


def test_a_firm_with_an_error_is_as_it_was_before(config: Path, edited: EditedFiles) -> None:
    """Seen to fail where an error threw away what was right."""
    before = _name(edited, "oak")
    _save(config, edited, "oak", "  name:", "  nmae:")
    (finding,), elsewhere = edited.findings("oak")
    assert (finding.code, finding.position.file) == ("schema-unknown", "firms/oak.yaml")
    assert finding.position.line > 0
    assert elsewhere == []
    assert (_name(edited, "oak"), edited.is_behind("oak")) == (before, True)
    _save(config, edited, "oak", "  nmae:", "  name:")
    assert (edited.findings("oak"), edited.is_behind("oak")) == (([], []), False)


def test_an_error_of_one_firm_holds_up_no_other(config: Path, edited: EditedFiles) -> None:
    _save(config, edited, "ash", "  name:", "  nmae:")
    _save(config, edited, "oak", "Oak &", "Holm Oak &")
    assert "Holm Oak" in str(_name(edited, "oak"))
    here, (elsewhere,) = edited.findings("oak")
    assert (here, elsewhere.position.file) == ([], "firms/ash.yaml")


def test_a_firm_does_not_wait_for_all_others(config: Path, edited: EditedFiles) -> None:
    """Its page is there, and what is wrong with it, before anybody has checked the other firms."""
    file = config / "firms" / "oak.yaml"
    file.write_text(file.read_text().replace("  name:", "  nmae:"))
    edited.saved()
    assert [each.code for each in edited.findings("oak")[0]] == ["schema-unknown"]
    file.write_text(file.read_text().replace("  nmae: Oak", "  name: Holm Oak"))
    edited.saved()
    assert "Holm Oak" in str(_name(edited, "oak"))
    assert edited.findings("oak") == ([], [])


def test_a_new_firm_can_be_chosen(config: Path, edited: EditedFiles) -> None:
    for kind in ("firms", "facts"):
        text = (config / kind / "oak.yaml").read_text()
        (config / kind / "elm.yaml").write_text(text.replace(": oak", ": elm"))
    _renew(edited)
    assert {*edited.firms()} == {"ash", "elm", "oak"}
    assert edited.firm("elm") is not None


def test_files_that_were_never_right_show_nothing(config: Path) -> None:
    network = config / "portalsync.yaml"
    network.write_text(network.read_text() + "extra: 1\n")
    edited = EditedFiles(config, lambda: NOW, NOTHING_KEPT)
    _renew(edited)
    assert edited.firm("oak") is None
    assert [each.position.file for each in edited.findings("oak")[0]] == ["portalsync.yaml"]
    assert {*edited.firms()} == {"ash", "oak"}


def test_a_folder_that_is_gone_is_told(config: Path, edited: EditedFiles) -> None:
    before = _name(edited, "oak")
    config.rename(config.with_name("elsewhere"))
    _renew(edited)
    (finding,), _ = edited.findings("oak")
    assert "portal-config" in str(finding.message)
    assert _name(edited, "oak") == before is not None
