"""The maps of vendors' settings: a configuration's own, and those that come along."""

from pathlib import Path

import pytest

from portalsync.config.vendors import known_vendors, read_vendor
from portalsync.errors import InvalidConfig
from portalsync.lexicon import lexicon_of

OURS = """\
apiVersion: portalsync/v1
kind: Vendor
id: our-portal
name: Our portal
pages:
  chats: {way: {en: [Options, Talking]}}
settings:
  chat.clients_can_start:
    label: {en: Clients may write first}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "vendors").mkdir()
    return tmp_path / "vendors" / "our-portal.yaml"


def test_a_configuration_has_maps_of_its_own(file: Path) -> None:
    file.write_text(OURS, encoding="utf-8")
    root = file.parents[1]
    assert known_vendors(root) == ["our-portal", "taxdome"]
    found = read_vendor(root, "our-portal")
    assert found is not None
    assert found.pages["chats"].way == {"en": ("Options", "Talking")}
    assert found.settings["chat.clients_can_start"].label == {"en": "Clients may write first"}


def test_its_own_map_of_a_vendor_counts(file: Path) -> None:
    own = file.with_name("taxdome.yaml")
    own.write_text(OURS.replace("our-portal", "taxdome"), encoding="utf-8")
    found = read_vendor(file.parents[1], "taxdome")
    assert found is not None
    assert found.name == "Our portal"


def test_a_map_that_nobody_has_is_none(tmp_path: Path) -> None:
    assert read_vendor(tmp_path, "our-portal") is None


def test_a_setting_that_does_not_exist_is_named_with_its_line(file: Path) -> None:
    file.write_text(OURS.replace("clients_can_start", "client_can_start"), encoding="utf-8")
    with pytest.raises(InvalidConfig) as caught:
        read_vendor(file.parents[1], "our-portal")
    [finding] = caught.value.diagnostics
    assert (finding.position.file, finding.position.line) == ("vendors/our-portal.yaml", 8)
    assert finding.code == "schema-unknown"
    assert lexicon_of("en").say(finding.hint) == "Did you mean chat.clients_can_start?"


def test_a_map_from_elsewhere_is_not_followed(file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "map.yaml"
    outside.write_text(OURS, encoding="utf-8")
    file.symlink_to(outside)
    with pytest.raises(InvalidConfig) as caught:
        read_vendor(file.parents[1], "our-portal")
    assert [each.code for each in caught.value.diagnostics] == ["file-outside"]
