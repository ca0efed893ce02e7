"""What portal and portalsync must agree on changes with what is stored, and with nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from portalsync.catalog import SECTIONS, vocabulary
from portalsync.catalog.kinds.localized import LocalizedText
from portalsync.catalog.option import AnyField, ListField, Option, Rule
from portalsync.catalog.vocabulary import bare
from portalsync.diagnostics import Severity
from portalsync.resources import folder


def digests(changed: Option | None = None) -> dict[str, str]:
    """The vocabulary, with one option in another form."""
    sections = tuple(changed if changed and each.key == changed.key else each for each in SECTIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "SECTIONS", sections)
        return {**vocabulary.vocabulary.__wrapped__()}


def option(key: str) -> Option:
    return next(each for each in SECTIONS if each.key == key)


def reworded(field: AnyField) -> AnyField:
    words = f"{field.description}, so to say"
    if isinstance(field, ListField):
        return replace(field, description=words, fields=tuple(map(reworded, field.fields)))
    return replace(field, description=words, examples=(), rejects=(), default="another")


def test_they_are_as_written_down() -> None:
    """So that whoever changes one sees it in the diff: portals refuse plans for another one."""
    text = "".join(f"{key} {known}\n" for key, known in vocabulary.vocabulary().items())
    assert text == (folder("schemas") / "vocabulary.txt").read_text(encoding="utf-8"), "run: make schemas"


@pytest.mark.parametrize("key", [each.key for each in SECTIONS])
def test_words_change_no_digest(key: str) -> None:
    made = option(key)
    fields = tuple(map(reworded, made.fields))
    assert digests(replace(made, since="9.9", description="Other words.", fields=fields)) == digests()


def longer_texts(field: AnyField) -> AnyField:
    if isinstance(field, ListField):
        return replace(field, fields=tuple(map(longer_texts, field.fields)))
    kind = field.kind
    longer = (
        LocalizedText(kind.limit + 1, markdown=kind.markdown) if isinstance(kind, LocalizedText) else kind
    )
    return replace(field, kind=longer)


def more_entries(field: AnyField) -> AnyField:
    return replace(field, limit=field.limit + 1) if isinstance(field, ListField) else field


def more_needed(field: AnyField) -> AnyField:
    if isinstance(field, ListField):
        return replace(field, fields=tuple(map(more_needed, field.fields)))
    return replace(field, required=True)


@pytest.mark.parametrize("change", [longer_texts, more_entries, more_needed])
def test_another_limit_changes_the_digest_of_its_option_alone(change: Callable[[AnyField], AnyField]) -> None:
    made = option("announcements")
    changed = digests(replace(made, fields=tuple(map(change, made.fields))))
    assert {key for key in changed if changed[key] != digests()[key]} == {"announcements"}


@pytest.mark.parametrize(("severity", "changes"), [(Severity.ERROR, True), (Severity.WARNING, False)])
def test_a_rule_counts_if_it_refuses(severity: Severity, *, changes: bool) -> None:
    made = option("chat")
    changed = digests(replace(made, rules=(*made.rules, Rule("chat-new", severity, lambda _: ()))))
    assert (changed != digests()) is changes


def test_a_field_that_is_called_like_a_word_stays() -> None:
    """A property named `title` is no title of the schema."""
    schema = {"title": "x", "properties": {"title": {"type": "string", "title": "y"}}, "enum": [{"title": 1}]}
    assert bare(schema) == {"properties": {"title": {"type": "string"}}, "enum": [{"title": 1}]}  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["default", "description", "examples", "markdownDescription", "title"])
def test_words_are_left_out_wherever_they_stand(word: str) -> None:
    schema = {word: "x", "items": {"type": "string", word: "y"}, "allOf": [{"minLength": 1, word: "z"}]}
    assert bare(schema) == {"items": {"type": "string"}, "allOf": [{"minLength": 1}]}  # type: ignore[arg-type]
