"""From one version to the next: what a person would have written, and not a character more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.held_files import held_file
from tests.unit.config.german import only_english, untranslated
from tests.unit.config.nest import Nest
from tests.unit.config.v1alpha1 import BEFORE, STEP, written_in_v1alpha1

from portalsync.catalog.files.document import API_VERSION
from portalsync.config.discover import discover
from portalsync.config.file import ConfigFile
from portalsync.config.migrations.change import Alteration, Rename
from portalsync.config.migrations.migrate import migrate
from portalsync.config.migrations.step import STEPS, Step
from portalsync.errors import InvalidConfig
from portalsync.pipeline.survey import survey
from portalsync.resources import folder

EXAMPLE = discover(folder("portal-config"))
HEAD = f"apiVersion: {BEFORE}\nkind: Firm\nid: oak\n"


def _migrated(text: str | bytes, *steps: Step) -> str:
    content = text.encode() if isinstance(text, str) else text
    file = held_file("firms/oak.yaml", "firm", content)
    found = migrate([file], steps or (STEP,))
    return found.get(file.name, content).decode()


def _body(text: str) -> str:
    """The migrated file below its head."""
    return _migrated(HEAD + text).removeprefix(HEAD.replace(BEFORE, API_VERSION))


@pytest.mark.parametrize("file", EXAMPLE.files, ids=lambda file: file.name)
def test_the_example_written_then_becomes_the_example_of_today(file: ConfigFile) -> None:
    """Byte for byte, comments and all. Seen to fail when texts of several lines did not move along."""
    today = file.read().decode()
    then = written_in_v1alpha1(today)
    assert then != today
    old = held_file(file.name, file.kind, then.encode())
    assert migrate([old], [STEP])[file.name].decode() == today


@pytest.mark.parametrize("file", EXAMPLE.files, ids=lambda file: file.name)
def test_what_is_current_stays_as_it_is(file: ConfigFile) -> None:
    assert migrate([file], [STEP]) == {}
    assert migrate([file], STEPS) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "options:\n  announcements: # ours\n  # first\n  - id: a # end\n"
            "    text: {en: x}\n  chat: null\n",
            "options:\n  announcements: # ours\n    items:\n    # first\n    - id: a # end\n"
            "      body: {en: x}\n  chat: null\n",
            id="dashes below the key, comments",
        ),
        pytest.param(
            "options:\n    announcements:\n        - id: a\n\n        - id: b\n    # chat\n    chat: null\n",
            "options:\n    announcements:\n        items:\n            - id: a\n\n            - id: b\n"
            "    # chat\n    chat: null\n",
            id="four spaces, a comment about what follows",
        ),
        pytest.param(
            "options:\n  announcements:\n    - id: a\n    # - id: b, some day\n\n# the end\n",
            "options:\n  announcements:\n    items:\n      - id: a\n      # - id: b, some day\n\n# the end\n",
            id="comments at the end of the list",
        ),
        pytest.param(
            "options: {announcements: [{id: a}], chat: null} # one line\n",
            "options: {announcements: {items: [{id: a}]}, chat: null} # one line\n",
            id="braces around it",
        ),
        pytest.param(
            "options:\n  announcements: [\n    {id: a},\n    {id: b},\n    ] # all\n  chat: null\n",
            "options:\n  announcements:\n    items: [\n      {id: a},\n      {id: b},\n      ] # all\n"
            "  chat: null\n",
            id="brackets over several lines",
        ),
        pytest.param(
            "options:\n  announcements: []\n", "options:\n  announcements:\n    items: []\n", id="empty"
        ),
        pytest.param("options:\n  announcements: null\n", "options:\n  announcements: null\n", id="null"),
        pytest.param(
            "options:\n  announcements:\n    - id: a\n      text:\n        en: |2-\n"
            "           deep\n\n          text\n",
            "options:\n  announcements:\n    items:\n      - id: a\n        body:\n          en: |2-\n"
            "             deep\n\n            text\n",
            id="a text that says its indentation",
        ),
        pytest.param(
            'options:\n  announcements:\n    - id: a\n      text: {en: "one\n'
            '        two \\\n        three"}\n',
            'options:\n  announcements:\n    items:\n      - id: a\n        body: {en: "one\n'
            '          two \\\n          three"}\n',
            id="quotes over several lines",
        ),
        pytest.param(
            "profile: {'accent': '#1f5f5b', name: \"accent: text\"} # accent\n",
            "profile: {'accent_color': '#1f5f5b', name: \"accent: text\"} # accent\n",
            id="a key in quotes",
        ),
    ],
)
def test_the_author_goes_on_reading_the_same_file(before: str, after: str) -> None:
    assert _body(before) == after


def test_a_file_that_cannot_be_read_is_not_migrated() -> None:
    with pytest.raises(InvalidConfig):
        _body("options:\n  announcements:\n    - id: a\n      text: {en: |}\n")


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_the_version_keeps_its_quotes_and_its_comment(quote: str) -> None:
    head = f"# top\nkind: Firm\napiVersion: {quote}%s{quote}  # which\nid: oak\n"
    assert _migrated(head % BEFORE) == head % API_VERSION


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [(b"", b"\r\n", b"\r\n"), (b"\xef\xbb\xbf", b"\n", b""), (b"\xef\xbb\xbf", b"\r\n", b"")],
)
def test_line_ends_and_marks_stay(start: bytes, end: bytes, last: bytes) -> None:
    """Seen to fail when positions were counted in the text with its line ends made equal."""

    def written(*lines: str) -> bytes:
        return start + end.join(line.encode() for line in lines) + last

    before = written(
        *HEAD.splitlines(), "profile: {accent: '#123456'}", "options:", "  announcements:", "    - id: ä"
    )
    after = written(
        *HEAD.replace(BEFORE, API_VERSION).splitlines(),
        "profile: {accent_color: '#123456'}",
        "options:",
        "  announcements:",
        "    items:",
        "      - id: ä",
    )
    assert _migrated(before).encode() == after


def test_one_version_after_the_other() -> None:
    def first(kind: str, data: object) -> Iterator[Alteration]:
        del kind, data
        yield Rename(("profile", "hue"), "accent")

    steps = (STEP, Step("portalsync/v0", BEFORE, first))
    text = "apiVersion: portalsync/v0\nkind: Firm\nid: oak\nprofile:\n  hue: '#123456'\n"
    expected = text.replace("hue", "accent_color").replace("v0", "v1")
    assert _migrated(text, *steps) == expected


@given(data=st.data())
def test_a_migration_says_what_the_same_change_of_the_data_says(data: st.DataObject) -> None:
    """Whatever way the list is written. Seen to fail when the last line of a value stayed where it was."""
    outer, inner = data.draw(st.sampled_from([1, 2, 3, 4])), data.draw(st.sampled_from([0, 1, 2, 4]))
    dash, far = " " * (outer + inner), " " * 12
    value = st.sampled_from(
        [
            "x # why",
            "'x'",
            f'"a\n\n{far}b"',
            "{en: x}",
            f"[x,\n{far}y]",
            f"|\n{far}one\n\n{far}  two\n",
            f"|+\n{far}one\n\n",
            f">-\n{far}# no\n",
            f"plain\n{far}text",
            f"\n{far}# why\n{far}below",
        ]
    )
    filler = st.sampled_from(["", "\n", "# note\n", "      # note\n", " # note\n"])
    entries = "".join(
        f"{data.draw(filler)}{dash}- id: e{number}\n{dash}  text: {entry}\n"
        for number, entry in enumerate(data.draw(st.lists(value, min_size=1, max_size=4)))
    )
    why = data.draw(st.sampled_from(["", " # why"]))
    migrated = _body(f"options:\n{' ' * outer}announcements:{why}\n{entries}# end\n")
    assert migrated.endswith("\n# end\n")
    assert migrated.count("#") == entries.count("#") + len(why.strip()[:1]) + 1


def test_both_names_at_once_are_for_a_person_to_decide() -> None:
    with pytest.raises(InvalidConfig) as refused:
        _body("profile:\n  accent_color: '#123456'\n  accent: '#654321'\n")
    (finding,) = refused.value.diagnostics
    assert (finding.code, finding.position.line, str(finding.expected)) == (
        "migrate-key-twice",
        6,
        "only accent_color",
    )
    assert only_english([finding]) == []


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("apiVersion: portalsync/v9", "There is no way from portalsync/v9 to portalsync/v1."),
        ("kind: Firm", "The file does not say which version"),
        ("apiVersion: [x]", "There is no way from"),
        ("- list", "The file does not say which version"),
    ],
)
def test_a_version_that_nobody_knows_is_named(head: str, message: str) -> None:
    with pytest.raises(InvalidConfig) as refused:
        _migrated(head + "\n")
    (finding,) = refused.value.diagnostics
    assert finding.code == "api-version-unknown"
    assert str(finding.message).startswith(message)
    assert untranslated([finding.message, finding.hint]) == []


def test_a_change_that_says_something_else_is_never_written() -> None:
    """A step whose text and data disagree is a bug, and ends before anything is kept."""

    class Wrong(Nest):
        def in_data(self, data: object) -> None:
            del data

    step = Step(BEFORE, API_VERSION, lambda *_: iter([Wrong(("id",), "key")]))
    with pytest.raises(AssertionError, match="would change what it says"):
        _migrated(HEAD, step)


def test_all_that_stands_in_the_way_is_told_at_once() -> None:
    files = [held_file(f"firms/{name}.yaml", "firm", b"apiVersion: x\n") for name in ("b", "a")]
    with pytest.raises(InvalidConfig) as refused:
        migrate(files, [STEP])
    assert [each.position.file for each in refused.value.diagnostics] == ["firms/a.yaml", "firms/b.yaml"]


def test_validate_sends_people_to_migrate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says nothing else about such a file. Seen to fail when its schema spoke first."""
    monkeypatch.setattr("portalsync.config.migrations.step.STEPS", (STEP,))
    for file in EXAMPLE.files:
        path = tmp_path / file.name
        path.parent.mkdir(exist_ok=True)
        path.write_text(written_in_v1alpha1(file.read().decode()), encoding="utf-8")
    with pytest.raises(InvalidConfig) as refused:
        survey(discover(tmp_path))
    assert {each.code for each in refused.value.diagnostics} == {"api-version-old"}
    assert {str(each.hint) for each in refused.value.diagnostics} == {
        "Run portalsync migrate; it keeps your comments."
    }
    assert (
        untranslated(text for each in refused.value.diagnostics for text in (each.message, each.hint)) == []
    )
    assert len(refused.value.diagnostics) == len(EXAMPLE.files)


def test_steps_lead_from_version_to_version_up_to_the_current_one() -> None:
    versions = [*(step.before for step in STEPS), API_VERSION]
    assert [step.after for step in STEPS] == versions[1:]
    assert len(set(versions)) == len(versions)
