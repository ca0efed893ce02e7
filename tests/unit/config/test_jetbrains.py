"""JetBrains' editors learn the schemas, and keep what they were told before."""

from xml.etree import ElementTree as ET

import pytest

from portalsync.config.editors import associations
from portalsync.config.editors.jetbrains import with_mappings

FOUND = associations("schemas", "portal-config")
NEW = with_mappings(b"", FOUND).decode()

FIRM = """\
        <entry key="portalsync firm">
          <value>
            <SchemaInfo>
              <option name="name" value="portalsync firm" />
              <option name="relativePathToSchema" value="schemas/firm.schema.json" />
              <option name="patterns">
                <list>
                  <Item>
                    <option name="pattern" value="true" />
                    <option name="path" value="portal-config/firms/*.yaml" />
                    <option name="mappingKind" value="Pattern" />
                  </Item>
                </list>
              </option>
            </SchemaInfo>
          </value>
        </entry>
"""
OTHER = """\
        <entry key="ours &amp; &quot;theirs&quot;">
          <value>
            <SchemaInfo>
              <option name="name" value="ours &amp; &quot;theirs&quot;" />
              <option name="relativePathToSchema" value="https://schemas.example/x.json" />
              <option name="applicationDefined" value="true" />
              <option name="patterns">
                <list>
                  <Item>
                    <option name="path" value="x.json" />
                  </Item>
                </list>
              </option>
            </SchemaInfo>
          </value>
        </entry>
"""
EARLIER = OTHER.replace("x.json", "portal-config/defaults.yaml").replace("ours", "earlier")


def test_a_new_file_is_as_these_editors_write_it() -> None:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n'
    component = '  <component name="JsonSchemaMappingsProjectConfiguration">\n    <state>\n      <map>\n'
    assert NEW.startswith(f"{head}{component}")
    assert NEW.endswith("      </map>\n    </state>\n  </component>\n</project>\n")
    assert FIRM in NEW


def test_every_schema_is_there_with_its_files() -> None:
    told = {
        each.findall(".//option[@name='relativePathToSchema']")[0].get("value"): each.findall(
            ".//option[@name='path']"
        )[0].get("value")
        for each in ET.fromstring(NEW).iter("entry")  # noqa: S314 - we wrote it
    }
    assert {f"./{schema}": files for schema, files in told.items()} == FOUND


def test_a_file_with_one_name_is_no_pattern() -> None:
    item = '<Item>\n                    <option name="path" value="portal-config/portalsync.yaml" />\n'
    assert item in NEW


def test_other_entries_and_settings_stay() -> None:
    own = '  <component name="Other">text<a b="1" /></component>\n  <component name="Json'
    before = (
        NEW.replace("      <map>\n", f"      <map>\n{OTHER}")
        .replace(FIRM, "")
        .replace('  <component name="Json', own)
    )
    after = with_mappings(before.encode(), FOUND).decode()
    assert OTHER in after
    assert FIRM in after
    assert own in after
    assert with_mappings(after.encode(), FOUND).decode() == after


def test_entries_for_the_same_files_are_replaced() -> None:
    before = NEW.replace("      <map>\n", f"      <map>\n{EARLIER}")
    assert with_mappings(before.encode(), FOUND).decode() == NEW
    moved = with_mappings(NEW.encode(), associations("moved", "portal-config")).decode()
    assert moved == NEW.replace('"schemas/', '"moved/')


@pytest.mark.parametrize(
    "before", ["<project />", '<project version="4"><component name="Other" /></project>']
)
def test_what_has_no_mappings_yet_gets_them(before: str) -> None:
    after = with_mappings(before.encode(), FOUND).decode()
    assert FIRM in after
    assert after.count("<component") == before.count("<component") + 1


@pytest.mark.parametrize(
    "before",
    [
        "<!-- ours --><project/>",
        "<project><!-- ours --></project>",
        "<project/><?ours?>",
        '<!DOCTYPE project [<!ENTITY a "b">]><project>&a;</project>',
        '<!DOCTYPE project SYSTEM "file:///etc/passwd"><project/>',
        "<project>&a;</project>",
        "<project>",
        "<module/>",
        "no xml",
        "\udcff",
        "<project>" + "<a>" * 100_000 + "</a>" * 100_000 + "</project>",
    ],
    ids=range(11),
)
def test_what_would_be_lost_or_do_harm_is_refused(before: str) -> None:
    """Seen to fail when ElementTree read the file by itself, and without a limit to the depth."""
    with pytest.raises(ValueError, match=r"."):
        with_mappings(before.encode(errors="surrogateescape"), FOUND)
