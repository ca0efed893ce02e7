"""Files get the line by which editors find their schema, and nothing else of them changes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.held_files import held_file

from portalsync.config.editors.modeline import Modelines, Schemas, modelines
from portalsync.config.format import formatted
from portalsync.errors import InvalidConfig

LINE = "# yaml-language-server: $schema=../../schemas/firm.schema.json"
BODY = "apiVersion: portalsync/v1\nkind: Firm\nid: oak\n"
SCHEMAS = Schemas(Path("schemas"), Path("portal-config"))


def modelines_in(content: str | bytes, schemas: Schemas = SCHEMAS, name: str = "firms/oak.yaml") -> Modelines:
    kind = {"firms": "firm", "facts": "facts"}.get(name.partition("/")[0], "network")
    raw = content if isinstance(content, bytes) else content.encode()
    return modelines([held_file(name, kind, raw)], schemas)


def after(content: str | bytes) -> str:
    return modelines_in(content).changed["firms/oak.yaml"].decode()


def modeline(target: str) -> str:
    return f"# yaml-language-server: $schema={target}"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (BODY, f"{LINE}\n{BODY}"),
        (f"# Our oldest firm.\n{BODY}", f"{LINE}\n# Our oldest firm.\n{BODY}"),
        (f"\ufeff{BODY}", f"\ufeff{LINE}\n{BODY}"),
        ("kind: Firm\r\nid: oak", f"{LINE}\r\nkind: Firm\r\nid: oak"),
        ("kind: Firm\nid: oak\r\n", f"{LINE}\nkind: Firm\nid: oak\r\n"),
        ("\ufeffkind: Firm\r\n", f"\ufeff{LINE}\r\nkind: Firm\r\n"),
        ("---\nkind: Firm", f"{LINE}\n---\nkind: Firm"),
        ("", f"{LINE}\n"),
        ("kind: [", f"{LINE}\nkind: ["),
        (f"kind: Firm\n{LINE}\n", f"{LINE}\nkind: Firm\n{LINE}\n"),
    ],
)
def test_a_file_without_the_line_gets_it_on_top(before: str, expected: str) -> None:
    assert after(before) == expected


@pytest.mark.parametrize(
    "target",
    [
        "../../schemas/group.schema.json",
        "../schemas/firm.schema.json",
        "firm.schema.json",
        r"..\..\schemas\firm.schema.json",
        "/nowhere/schemas/firm.schema.json",
        "../../schemas/group.schema.json#/properties",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_that_leads_to_the_wrong_schema_is_corrected_where_it_stands(target: str, end: str) -> None:
    before = f"# Oak.{end}{modeline(target)}{end}{end}kind: Firm  {end}"
    assert after(before) == f"# Oak.{end}{LINE}{end}{end}kind: Firm  {end}"


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        modeline("./../../schemas/firm.schema.json"),
        modeline(str(Path("schemas/firm.schema.json").absolute())),
        modeline("../../schemas/firm.schema.json#"),
        "#\tyaml-language-server : $schema: ../../schemas/firm.schema.json",
        "# $schema: ../../schemas/firm.schema.json",
        f"---\n{LINE}",
        f"\n  \n# Oak.\n{LINE}",
    ],
)
def test_a_line_that_leads_there_in_its_own_way_stays(line: str) -> None:
    assert modelines_in(f"{line}\n{BODY}") == Modelines({}, {})


@pytest.mark.parametrize(
    "line",
    [
        modeline("https://schemas.example/firm.schema.json"),
        modeline("file:///schemas/firm.schema.json"),
        modeline("none"),
        modeline(""),
        modeline("../../own.json"),
        "# $schema: https://schemas.example/firm.json",
        "# yaml-language-server: something else",
    ],
)
def test_a_line_that_leads_elsewhere_on_purpose_stays_and_is_told(line: str) -> None:
    assert modelines_in(f"{line}\n{BODY}") == Modelines({}, {"firms/oak.yaml": line})


def test_a_schema_of_ours_in_another_folder_stays_as_long_as_it_is_there(tmp_path: Path) -> None:
    schemas = Schemas(tmp_path / "schemas", tmp_path / "portal-config")
    old = f"{modeline('../../old/firm.schema.json')}\n"
    assert modelines_in(old, schemas).changed["firms/oak.yaml"].decode() == f"{LINE}\n"
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "firm.schema.json").touch()
    assert modelines_in(old, schemas) == Modelines({}, {"firms/oak.yaml": old.strip()})


def test_each_file_names_its_own_schema_as_seen_from_where_it_is() -> None:
    for name, target in {
        "portalsync.yaml": "../schemas/network.schema.json",
        "facts/oak.yaml": "../../schemas/facts.schema.json",
    }.items():
        assert modelines_in("", name=name).changed[name].decode() == f"{modeline(target)}\n"


@pytest.mark.parametrize("folder", ["my schemas", "a#b", "a\u200bb", "a\udcffb"])
def test_a_folder_that_no_line_can_name_is_known_as_such(folder: str) -> None:
    assert not Schemas(Path(folder), Path("portal-config")).can_be_named
    assert Schemas(Path(folder) / "schemas", Path(folder) / "portal-config").can_be_named


def test_what_is_no_text_is_refused() -> None:
    for content in (BODY.encode("utf-16"), b"kind: \xff"):
        with pytest.raises(InvalidConfig):
            modelines_in(content)


_LINES = st.lists(
    st.sampled_from([LINE, modeline("group.schema.json"), "# a", "", "  ", "a: 1", "b: |", "  # c", "---"])
)


@given(_LINES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]), st.booleans())
def test_one_line_is_new_and_every_other_byte_as_it_was(
    lines: list[str],
    end: str,
    mark: str,
    ended: bool,  # noqa: FBT001 - given
) -> None:
    """Seen to fail when the mark of the byte order came below the line, and when CRLF became LF."""
    before = mark + end.join(lines) + (end if ended else "")
    changed = modelines_in(before).changed
    if not changed:
        return
    new = changed["firms/oak.yaml"].decode()
    assert modelines_in(new) == Modelines({}, {})
    assert new.startswith(mark)
    old, lines_now = (text.removeprefix(mark).split("\n") for text in (before, new))
    if len(lines_now) > len(old):
        assert lines_now[1:] == old
        assert lines_now[0].rstrip("\r") == LINE
    else:
        assert [now.rstrip("\r") for was, now in zip(old, lines_now, strict=True) if was != now] == [LINE]


def test_fmt_leaves_the_line_as_it_is() -> None:
    for before in (BODY, f"# Oak.\n{BODY}", f"{modeline('group.schema.json')}\n{BODY}"):
        new = after(before)
        assert formatted(new.encode(), "oak.yaml").decode() == new
