"""`portalsync schema --write`: one command, and editors complete and explain the files that are there."""

import os
from pathlib import Path

import pytest
from tests.cli.conftest import Cli, everything

from portalsync.resources import folder

OAK = Path("portal-config/firms/oak.yaml")
LINE = b"# yaml-language-server: $schema=../../schemas/firm.schema.json\n"
ELSEWHERE = b"# yaml-language-server: $schema=https://schemas.example/firm.json\n"
MAPPINGS = Path(".idea/jsonSchemas.xml")
SETTINGS = Path(".vscode/settings.json")


@pytest.mark.usefixtures("world")
def test_files_that_had_no_line_get_it_and_are_as_valid_as_before(cli: Cli) -> None:
    """Seen to fail when --write only wrote schemas."""
    before = OAK.read_bytes()
    found = cli("schema", "--write=schemas")
    assert (found.code, found.out) == (0, "")
    assert found.err == "7 schemas in schemas.\n6 files got the line by which editors find the schema.\n"
    assert OAK.read_bytes() == LINE + before
    for path in Path("portal-config").rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert (path.parent / first.partition("$schema=")[2]).exists()
    assert cli("validate").code == 0
    assert cli("fmt", "--check").code == 0


@pytest.mark.usefixtures("world")
def test_the_second_run_changes_nothing_and_says_so_by_saying_nothing(cli: Cli) -> None:
    cli("schema", "--write=schemas")
    before = everything(Path.cwd())
    assert cli("schema", "--write=schemas").err == "7 schemas in schemas.\n"
    assert everything(Path.cwd()) == before


@pytest.mark.usefixtures("world")
def test_the_files_follow_when_the_schemas_move(cli: Cli) -> None:
    cli("schema", "--write=schemas")
    for path in Path("schemas").iterdir():
        path.unlink()
    cli("schema", "--write=docs/schemas")
    assert OAK.read_bytes().startswith(LINE.replace(b"../schemas", b"../docs/schemas"))


@pytest.mark.usefixtures("world")
def test_lines_that_lead_elsewhere_are_told(cli: Cli) -> None:
    OAK.write_bytes(ELSEWHERE)
    found = cli("schema", "--write=schemas")
    assert "1 file kept a line that leads elsewhere:\n" in found.err
    assert f"  {OAK}: {ELSEWHERE.decode()}" in found.err
    assert OAK.read_bytes() == ELSEWHERE


@pytest.mark.usefixtures("world")
def test_not_more_lines_are_told_than_one_reads(cli: Cli) -> None:
    for number in range(8):
        OAK.with_name(f"elm-{number}.yaml").write_bytes(ELSEWHERE)
    found = cli("schema", "--write=schemas")
    assert found.err.count("https://") == 5
    assert found.err.endswith("… and 3 more.\n")


@pytest.mark.usefixtures("world")
def test_who_wants_only_schemas_gets_only_schemas(cli: Cli) -> None:
    before = everything(Path("portal-config"))
    assert cli("schema", "--write=schemas", "--no-modelines").err == "7 schemas in schemas.\n"
    assert everything(Path("portal-config")) == before


@pytest.mark.parametrize("config", [(), ("--config=nowhere",)])
def test_without_a_configuration_there_is_nothing_to_say_about_it(
    config: tuple[str, ...], cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = cli("schema", "--write=schemas", *config)
    assert (found.code, found.err) == (0, "7 schemas in schemas.\n")


@pytest.mark.usefixtures("world")
def test_a_folder_that_no_line_can_name(cli: Cli) -> None:
    before = OAK.read_bytes()
    found = cli("schema", "--write=my schemas")
    assert (found.code, OAK.read_bytes()) == (0, before)
    assert found.err.endswith("cannot name this folder to editors: blanks and # end a name there.\n")


def test_nothing_outside_the_configuration_is_followed_or_written(world: Path, cli: Cli) -> None:
    """Seen to fail when the files were found without `discover`."""
    outside = world / "outside.yaml"
    outside.write_bytes(b"kind: Firm\n")
    OAK.with_name("elm.yaml").symlink_to(outside)
    before = everything(world / "portal-config")
    found = cli("schema", "--write=schemas")
    assert found.code == 3
    assert "This link leads out of the configuration's folder." in found.out + found.err
    assert outside.read_bytes() == b"kind: Firm\n"
    assert everything(world / "portal-config") == before
    assert Path("schemas/firm.schema.json").exists()


@pytest.mark.usefixtures("world")
def test_a_link_within_the_configuration_stays_a_link(cli: Cli) -> None:
    elm = OAK.with_name("elm.yaml")
    OAK.rename(elm)
    OAK.symlink_to(elm.name)
    assert cli("schema", "--write=schemas").code == 0
    assert OAK.is_symlink()
    assert elm.read_bytes().count(LINE) == 1


@pytest.mark.usefixtures("world")
def test_a_file_keeps_its_rights(cli: Cli) -> None:
    OAK.chmod(0o640)
    cli("schema", "--write=schemas")
    assert OAK.stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("world")
def test_one_file_that_is_no_text_leaves_all_files_as_they_were(cli: Cli) -> None:
    OAK.write_bytes("kind: Firm\n".encode("utf-16"))
    before = everything(Path("portal-config"))
    found = cli("schema", "--write=schemas")
    assert found.code == 3
    assert "UTF-16" in found.out + found.err
    assert everything(Path("portal-config")) == before


@pytest.mark.usefixtures("world")
def test_editors_are_told_and_what_they_knew_stays(cli: Cli) -> None:
    for path, content in ((SETTINGS, '{"a": 1}'), (MAPPINGS, '<project><component name="A" /></project>')):
        path.parent.mkdir()
        path.write_text(content)
    found = cli("schema", "--write=schemas", "--editors")
    assert found.code == 0
    assert f"{SETTINGS} and {MAPPINGS} name them." in found.err
    assert '"a": 1' in SETTINGS.read_text()
    assert '"./schemas/firm.schema.json": "portal-config/firms/*.yaml"' in SETTINGS.read_text()
    assert '<component name="A" />' in MAPPINGS.read_text()
    assert 'value="schemas/firm.schema.json"' in MAPPINGS.read_text()


@pytest.mark.parametrize(
    ("path", "content", "by_hand"),
    [
        (SETTINGS, "// ours\n{}", '"./schemas/firm.schema.json": "portal-config/firms/*.yaml"'),
        (SETTINGS, "[" * 100_000, '"./schemas/firm.schema.json": "portal-config/firms/*.yaml"'),
        (MAPPINGS, "<project><!-- ours --></project>", "schemas/firm.schema.json for portal-config/firms/*"),
        (MAPPINGS, '<!DOCTYPE a [<!ENTITY b "c">]><project/>', "JSON Schema Mappings: schemas/network"),
    ],
    ids=["comment", "deep", "xml comment", "document type"],
)
def test_settings_that_would_lose_something_stay_with_a_word_on_what_to_add(
    path: Path, content: str, by_hand: str, world: Path, cli: Cli
) -> None:
    (world / path).parent.mkdir()
    (world / path).write_text(content)
    before = everything(world)
    found = cli("schema", "--write=schemas", "--editors")
    assert found.code == 1
    assert by_hand in found.err
    assert "Nothing was written." in found.err
    assert everything(world) == before


@pytest.mark.usefixtures("world")
def test_a_configuration_right_here_is_named_as_editors_understand_it(cli: Cli) -> None:
    """Seen to fail when patterns began with `./`, which matches nothing."""
    os.chdir("portal-config")
    cli("schema", "--write=schemas", "--editors", "--config=.")
    assert ': "firms/*.yaml"' in SETTINGS.read_text()
    assert 'value="firms/*.yaml"' in MAPPINGS.read_text()


def test_results_are_written_where_they_are_asked_for(world: Path, cli: Cli) -> None:
    """Firms' repositories have no use for them."""
    ours = {path.name for path in folder("schemas").glob("*.schema.json")}
    assert cli("schema", "--write=schemas", "--results").err.startswith(f"{len(ours)} schemas in schemas.\n")
    assert {path.name for path in (world / "schemas").iterdir()} == ours
    assert (world / "schemas" / "receipt.v1.schema.json").exists()
    alone = cli("schema", "--results", "--kind=firm")
    assert alone.code == 64
    assert "--results goes with --write." in alone.err
