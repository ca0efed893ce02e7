"""Everything that the catalogue and the reports say has words, in every language, and nothing else has."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

import portalsync
from portalsync.catalog import DEFINITIONS
from portalsync.catalog.guardrail import Naming
from portalsync.catalog.guardrails import GUARDRAILS
from portalsync.catalog.kinds.basic import Choice
from portalsync.catalog.kinds.form import form_of
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.naming import unset_key
from portalsync.catalog.option import Field, ListField, Option, walk
from portalsync.catalog.schema import schemas
from portalsync.cldr import Cldr
from portalsync.lexicon import LOCALES, lexicon_of, messages_of
from portalsync.resources import folder, words_files

SOURCES = Path(portalsync.__file__).parent
OF_GUARDRAILS = ("guardrails.rules.", "guardrails.counting.", "guardrails.limits.")
OF_THE_CATALOGUE = ("options.", "rules.", "findings.forms.", *OF_GUARDRAILS)
OF_EXPLANATIONS = ("codes.",)
"""Held by a test of their own: only English has all the examples."""
PLURAL_FORMS = {"zero", "one", "two", "few", "many", "other"}
INFORMAL = re.compile(r"(?<!--)\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)


def test_every_language_is_spoken() -> None:
    assert {path.name for path in (SOURCES / "words").iterdir() if path.is_dir()} == set(LOCALES)
    assert LOCALES[0] == "en"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_catalogue_has_its_words_and_no_others(locale: str) -> None:
    needed = {*_forms(), *_of_guardrails(), *(key for option in DEFINITIONS for key in _needed(option))}
    found = {_whatever_the_number(key) for key in _messages(locale) if key.startswith(OF_THE_CATALOGUE)}
    assert needed - found == set(), f"add them to words/{locale}/"
    assert found - needed == set(), f"nothing says them; remove them from words/{locale}/"


@pytest.mark.parametrize("locale", LOCALES)
def test_all_other_words_are_said_somewhere(locale: str) -> None:
    others = [key for key in _messages(locale) if not key.startswith(OF_THE_CATALOGUE)]
    uses = _uses_in(SOURCES, folder("templates"))
    assert [key for key in others if not _is_used(key, uses)] == []


def test_the_portals_words_are_said_by_templates_and_what_fills_them() -> None:
    uses = _uses_in(folder("templates"), SOURCES / "portal")
    keys = [key for key in lexicon_of("en").keys() if key.startswith("portal.")]  # noqa: SIM118 - a lexicon is no mapping
    assert [key for key in keys if not _is_used(key, uses)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_all_languages_say_the_same_things(locale: str) -> None:
    ours, english = _messages(locale), _messages("en")
    assert {*map(_whatever_the_number, ours)} == {*map(_whatever_the_number, english)}
    for key, text in ours.items():
        if _whatever_the_number(key) == key:
            assert _placeholders(text) == _placeholders(english[key]), key
        else:
            most = english[f"{_whatever_the_number(key)}.other"]
            assert {*_placeholders(text), "n"} == {*_placeholders(most), "n"}, key


@pytest.mark.parametrize("locale", LOCALES)
def test_a_form_for_several_numbers_names_the_number(locale: str) -> None:
    """If English does. Seen to fail for `other` without `{n}`. In French, `one` is for 0 as well."""
    fitting = Counter(map(Cldr(locale).plural_form, range(200)))
    ours, english = lexicon_of(locale).messages, lexicon_of("en").messages
    numbered = {
        key.removesuffix(".other") for key in english if key.endswith(".other") and "{n}" in english[key]
    }
    counted = [key for key in ours if _whatever_the_number(key) in numbered - {key}]
    several = [key for key in counted if fitting[key.rpartition(".")[2]] != 1]
    assert [key for key in several if "{n}" not in ours[key]] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_empty_or_ragged(locale: str) -> None:
    for key, text in _messages(locale).items():
        assert text.strip(), key
        has_lines = key.endswith((".more", ".body")) or key.startswith("init.requirements.")
        lines = text.split("\n") if has_lines else [text]
        assert all(line.isprintable() for line in lines), key
        assert has_lines or "  " not in text, key
        spaced = key.startswith(("audience.join", "values.and_more"))
        assert spaced or text == text.strip(), key
        assert text.count("{") == text.count("}") == len(re.findall(r"\{\w+\}", text)), key


@pytest.mark.parametrize("locale", LOCALES)
def test_a_file_of_words_is_named_by_the_first_part_of_its_keys_in_every_language(locale: str) -> None:
    """Seen to fail for a file that one language has alone, and for one without a message."""
    assert words_files(locale) == words_files("en")
    assert [name for name in words_files(locale) if not messages_of(locale, name)] == []


@pytest.mark.parametrize(
    ("yes", "no"),
    [("findings.typed.true", "findings.typed.false"), ("told.typed-yes", "told.typed-no")],
)
def test_no_yes_is_a_no_in_another_language(yes: str, no: str) -> None:
    typed = {key: {word for each in LOCALES for word in lexicon_of(each)(key).split()} for key in (yes, no)}
    assert not typed[yes] & typed[no]
    assert typed[yes] >= {"yes", "ja"}


def test_every_language_explains_a_new_repository() -> None:
    """And no folder of words holds anything else. Seen to fail without the German README."""
    folders = {locale: {path.name for path in (SOURCES / "words" / locale).iterdir()} for locale in LOCALES}
    for others in LOCALES[1:]:
        folders[others].remove("descriptions.toml")  # in English, definitions describe themselves
    named = {locale: {f"{name}.toml" for name in words_files(locale)} for locale in LOCALES}
    assert folders == {locale: {*named[locale], "README.md.j2"} for locale in LOCALES}


def test_german_is_formal() -> None:
    found = {key: text for key, text in lexicon_of("de").messages.items() if INFORMAL.search(text)}
    assert found == {}


def test_german_uses_its_own_quotation_marks() -> None:
    wrong = [key for key, text in lexicon_of("de").messages.items() if re.search('["”]', text)]
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_counted_messages_have_the_forms_of_their_language(locale: str) -> None:
    """Seen to fail for a German message without `one`, and for one with `few`."""
    keys = {*lexicon_of(locale).keys()}
    counted = {_whatever_the_number(key) for key in keys if _whatever_the_number(key) != key}
    forms = {stem: {form for form in PLURAL_FORMS if f"{stem}.{form}" in keys} for stem in counted}
    assert {stem: each for stem, each in forms.items() if each != _plural_forms(locale)} == {}


def _plural_forms(locale: str) -> set[str]:
    """All forms that words take beside numbers."""
    return {Cldr(locale).plural_form(number) for number in (*range(1000), 1_000_000)} | {"other"}


def _of_guardrails() -> Iterator[str]:
    for guardrail in GUARDRAILS:
        key = f"guardrails.rules.{guardrail.rule}"
        yield from (f"{key}.objection", f"{guardrail.phrases}.blocked", f"{guardrail.phrases}.accepts")
        if isinstance(guardrail, Naming) and guardrail.known:
            yield f"{key}.passed"
        for limit in guardrail.limits:
            yield f"guardrails.limits.{limit.name}"


def _messages(locale: str) -> Mapping[str, str]:
    known = lexicon_of(locale).messages
    return {key: text for key, text in known.items() if not key.startswith(OF_EXPLANATIONS)}


def _forms() -> Iterator[str]:
    """What a text has to look like, for every pattern that a schema words."""
    wanted = {told for schema in schemas().values() for told in _pattern_messages(schema)}
    for told in wanted:
        form = form_of({"patternErrorMessage": told})
        yield form.key if form else f"findings.forms.? ({told})"


def _pattern_messages(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if "pattern" in schema and "type" in schema:  # names of keys have a pattern too, but no type
            yield str(schema.get("patternErrorMessage"))
        schema = [*schema.values()]
    if isinstance(schema, list):
        for each in schema:
            yield from _pattern_messages(each)


def _needed(option: Option) -> Iterator[str]:
    key = f"options.{option.key}"
    yield f"{key}.title"
    for _, field in walk(option.all_fields):
        yield f"{key}.fields.{field.name}"
        if isinstance(field, ListField):
            yield f"{key}.entries.{field.name}"
        elif isinstance(field, Field):
            yield from (f"{key}.values.{field.name}.{value}" for value in _values(field.kind))
            yield from [unset_key(option.key, field.name)] if field.default is None else []
    for block in option.blocks:
        yield f"{key}.blocks.{block.name}"
        yield from (f"{key}.hidden.{hide.reason}" for hide in block.hide)
    for rule in option.rules:
        yield from (f"rules.{rule.code}.message", f"rules.{rule.code}.hint")


def _values(kind: Kind[object]) -> Iterator[str]:
    if isinstance(kind, Choice):
        yield from kind.values


def _is_used(key: str, uses: "_Uses") -> bool:
    return _whatever_the_number(key) in uses.whole or key.startswith(uses.beginnings)


@dataclass(frozen=True)
class _Uses:
    """Keys as they are written: whole, or their beginnings with something put behind them."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]


@cache
def _uses_in(*roots: Path) -> _Uses:
    texts = [text for root in roots for text in _texts(root)]
    whole = (re.findall(r"[\"']([\w.-]+)[\"'](?! ~)", text) for text in texts)
    begun = (re.findall(r"[\"']([\w-]+\.[\w.-]*)(?:\{|[\"'] ~)", text) for text in texts)
    return _Uses(frozenset(chain.from_iterable(whole)), tuple({*chain.from_iterable(begun)}))


def _texts(root: Path) -> tuple[str, ...]:
    files = chain(root.rglob("*.j2"), root.rglob("*.py"))
    return tuple(path.read_text(encoding="utf-8") for path in files)


def _whatever_the_number(key: str) -> str:
    """The key of a counted message without its form."""
    stem, _, form = key.rpartition(".")
    return stem if form in PLURAL_FORMS else key


def _placeholders(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{(\w+)\}", text)))
