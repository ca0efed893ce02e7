"""Files that are checked together: ids and references."""

import pytest
from tests.held_files import held_file

from portalsync.catalog.files.personas import MOST_PERSONAS
from portalsync.config.discover import ConfigFolder
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.pipeline.survey import survey

HEAD = "apiVersion: portalsync/v1\nkind: "
NETWORK = (
    "portalsync.yaml",
    f"""{HEAD}Network
name: N
default_environment: a
environments: {{a: {{backend: embedded, database: portal.db}}}}
""",
)


def folder(*files: tuple[str, str]) -> ConfigFolder:
    kinds = {"firms": "firm", "groups": "group", "facts": "facts", "personas": "persona"}
    read = []
    for name, text in (NETWORK, *files):
        kind = kinds.get(name.partition("/")[0], "network")
        read.append(held_file(name, kind, text.encode()))
    return ConfigFolder(None, tuple(read), ())  # type: ignore[arg-type]  # nothing is read from it


def findings(*files: tuple[str, str]) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidConfig) as refused:
        survey(folder(*files))
    return refused.value.diagnostics


def test_a_broken_group_is_not_a_missing_one() -> None:
    """Firms that name a group whose file has an error are not blamed for it."""
    found = findings(
        ("firms/oak.yaml", f"{HEAD}Firm\nid: oak\ngroups: [north]\n"), ("groups/north.yaml", f"{HEAD}Group\n")
    )
    assert [(each.code, each.position.file) for each in found] == [("schema-required", "groups/north.yaml")]


def test_an_id_belongs_to_the_file_of_its_name() -> None:
    """Of two files with one id, the one that is named otherwise is wrong, in whatever order they are read."""
    files = [("firms/oak.yaml", f"{HEAD}Firm\nid: oak\n"), ("firms/elm.yaml", f"{HEAD}Firm\nid: oak\n")]
    for order in (files, files[::-1]):
        found = findings(*order)
        assert [(each.code, each.position.file) for each in found] == [("id-twice", "firms/elm.yaml")]


def test_equal_ids_of_different_kinds_are_fine() -> None:
    """A firm and its facts and a group may share one id."""
    known = survey(
        folder(
            ("firms/oak.yaml", f"{HEAD}Firm\nid: oak\n"),
            ("groups/oak.yaml", f"{HEAD}Group\nid: oak\n"),
            ("facts/oak.yaml", f"{HEAD}Facts\nfirm: oak\ncurrency: EUR\n"),
        )
    )
    assert [*known.firms] == [*known.shared.groups] == ["oak"]
    assert known.firms["oak"].has_facts


def test_all_findings_at_once_in_order() -> None:
    """Errors of all files are told together, by file, line and column."""
    found = findings(
        ("firms/oak.yaml", f"{HEAD}Firm\nid: oak\noptoins: {{}}\ngroups: [x, y]\n"),
        ("firms/elm.yaml", f"{HEAD}Firm\nid: elm\ngroups: [x, y]\n"),
    )
    positions = [(each.position.file, each.position.line, each.position.column) for each in found]
    assert positions == [("firms/elm.yaml", 4, 10), ("firms/elm.yaml", 4, 13), ("firms/oak.yaml", 4, 1)]


def test_of_sample_clients_there_is_a_limit_and_the_first_beyond_it_is_named() -> None:
    """Seen: 100 of them made a plan of a minute. However many are too many, it is one finding."""
    names = [f"p{number:02}" for number in range(MOST_PERSONAS + 3)]
    head = f"{HEAD}Persona\ntitle: {{en: T}}\nclient: C\nlocale: en\n"
    files = [(f"personas/{name}.yaml", f"{head}id: {name}\n") for name in names]
    (found,) = findings(*files)
    assert (found.code, str(found.position)) == ("personas-too-many", "personas/p50.yaml:6:5")
    assert str(found.message) == "There are 53 sample clients; at most 50 are looked at."
    assert len(survey(folder(*files[:MOST_PERSONAS])).shared.personas) == MOST_PERSONAS
