"""What holds for layers and what they resolve to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.layers import CHANCE, FIRM, WORDY, Body, Layers, folder, layers, read, resolved
from tests.laws.portals import loaded, portal
from tests.laws.worlds import MOMENTS, World, facts, fitting, worlds
from tests.plan_files import file_of

from portalsync.catalog import OPTIONS, SECTIONS, field_of
from portalsync.catalog.normal import normal
from portalsync.catalog.option import AnyField, Authority, Field, ListField
from portalsync.catalog.profile import LOGO, PROFILE
from portalsync.catalog.unset import UNSET, is_unset
from portalsync.config.rules import check_rules
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.desired import Desired, Statement
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings, nested, parents
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.survey import survey

LAYERS = st.builds(layers, CHANCE, WORDY)


@given(LAYERS, CHANCE)
def test_a_layer_that_says_nothing_changes_nothing(known: Layers, chance: Random) -> None:
    """Law 4: an empty group, empty options and lists that name nothing are silent.

    Seen to fail when an empty list of templates stopped inheriting those of lower layers.
    """
    groups = [*known.groups]
    groups.insert(chance.randint(0, len(groups)), _silent(chance))
    assert _outcome(*resolved(replace(known, groups=tuple(groups)))) == _outcome(*resolved(known))


@given(LAYERS)
def test_the_last_layer_that_speaks_decides(known: Layers) -> None:
    """Resolving is merging: field by field, entry by entry, null, `unset` and `remove` take away; values are
    spelt as their kinds spell them.

    Seen to fail when null for a list left its entries in place.
    """
    merged: Body = {}
    for each in (known.defaults, *known.groups, known.firm):
        merged = _merged(_TREE, merged, {"profile": each.get("profile", {}), **_options(each)})
    desired, _ = resolved(known)
    expected = {path: normal(path, value) for path, value in _flat(_TREE, merged)}
    assert expected == desired.settings()


@given(LAYERS)
def test_resolve_is_idempotent(known: Layers) -> None:
    """Law 9: what layers resolve to, written as what is not set and the values upon it, resolves to itself.

    Seen to fail when an empty list claimed nothing, although a list that is the whole truth may be empty.
    """
    desired, _ = resolved(known)
    again, _ = resolved(Layers(_nothing_of(desired), firm=_as_layer(desired)))
    assert again.settings() == desired.settings()
    assert {*again.claims} >= {*desired.claims}
    assert all(_goes_with_its_entry(each, desired) for each in {*again.claims} - {*desired.claims})


def _goes_with_its_entry(path: str, desired: Desired) -> bool:
    """What an entry cannot be without is taken away with all of the entry."""
    entry = path.rpartition(".")[0]
    beside = [field_of(each) for each in desired.claims if each.rpartition(".")[0] == entry]
    return any(isinstance(each, Field) and each.required for each in beside)


@given(LAYERS)
def test_the_last_word_is_what_is_desired(known: Layers) -> None:
    """The last word on a path is its value, or that it has none; where that is a null, it is not managed.

    Seen to fail when a null for a whole option was not heard by the fields below it.
    """
    desired, _ = resolved(known)
    last = {each.path: _last(each.path, desired.statements) for each in desired.statements}
    assert {path: word for path, word in last.items() if _is_of_field(path, word)} == desired.values


def _last(path: str, statements: Sequence[Statement]) -> Statement:
    """Of the path, or of one above it: values stand at the ends of paths."""
    return [each for each in statements if each.path in {path, *parents(path)}][-1]


@given(worlds(), CHANCE)
def test_order_of_files_and_entries_does_not_matter(world: World, chance: Random) -> None:
    """Law 5: files in any order make the same bytes, entries in any order the same plan.

    Seen to fail when personas stood in the order of their files: plans named them in that order.
    """
    with portal(world) as backend:
        wanted = fitting(world.after, world.facts, backend.state(FIRM).settings, world.at)
        files = folder(world.files(wanted))
        shuffled = replace(files, files=tuple(chance.sample(files.files, len(files.files))))
        plan, same = (make_plan(survey(each), backend, "local", world.at) for each in (files, shuffled))
        assert file_of(same) == file_of(plan)
        turned = Layers(_turned(wanted.defaults), tuple(map(_turned, wanted.groups)), _turned(wanted.firm))
        assert _outcome(*resolved(turned)) == _outcome(*resolved(wanted))
        other = make_plan(loaded(world.files(turned)), backend, "local", world.at)
        assert [firm.effects for firm in other.firms] == [firm.effects for firm in plan.firms]


@given(LAYERS, CHANCE, MOMENTS)
def test_every_finding_can_be_said(known: Layers, chance: Random, at: datetime) -> None:
    """Whatever the layers say: a finding has its words in every language, and a line to stand at.

    Seen to fail when a German message asked for a value under another name than its rule gives.
    """
    desired, findings = resolved(known)
    about = facts_from_json(facts(chance))
    for each in (*findings, *check_rules(desired, {}, about, at)):
        for lexicon in map(lexicon_of, LOCALES):
            assert lexicon.say(each.message)
            assert lexicon.say(each.hint)
        assert each.position.line


def _is_of_field(path: str, word: Statement) -> bool:
    return path == word.path and word.value is not None and isinstance(field_of(path), Field)


_TREE: Mapping[str, tuple[AnyField, ...]] = {option.key: option.all_fields for option in SECTIONS}


def _outcome(desired: Desired, findings: list[Diagnostic]) -> tuple[object, ...]:
    """Everything but the places in the files."""
    return desired.settings(), {*desired.claims}, sorted(each.code for each in findings)


def _silent(chance: Random) -> Body:
    options: Body = {
        option.key: {
            field.name: [] for field in option.fields if _is_additive(field) and chance.random() < 0.5
        }
        for option in OPTIONS
        if chance.random() < 0.5
    }
    return chance.choice(({}, {"profile": {}}, {"options": {}}, {"profile": {}, "options": options}))


def _is_additive(field: AnyField) -> bool:
    return isinstance(field, ListField) and field.authority is Authority.ADDITIVE


def _options(layer: Body) -> Body:
    options = layer.get("options", {})
    return dict.fromkeys(option.key for option in OPTIONS) if options is None else options


def _merged(tree: Mapping[str, Iterable[AnyField]], below: Body, above: Body) -> Body:
    result = dict(below)
    for key, fields in tree.items():
        if key in above:
            said = above[key]
            result[key] = {} if _is_none(said) else _merged_fields(fields, result.get(key, {}), said)
    return result


def _is_none(said: object) -> bool:
    return said is None or is_unset(said)


def _merged_fields(fields: Iterable[AnyField], below: Body, above: Body) -> Body:
    result = dict(below)
    for field in fields:
        said = above.get(field.name)
        if field.name in above and _is_none(said):
            result.pop(field.name, None)
        elif isinstance(field, ListField) and said is not None:
            entries = dict(result.get(field.name, {}))
            for item in said:
                kept = (
                    {}
                    if item.get("remove")
                    else _merged_fields(field.fields, entries.get(item["id"], {}), item)
                )
                entries = {**entries, item["id"]: kept}
            result[field.name] = entries
        elif said is not None:
            result[field.name] = said
    return result


def _flat(tree: Mapping[str, Iterable[AnyField]], merged: Body) -> Iterator[tuple[str, JSON]]:
    for key, fields in tree.items():
        yield from _flat_fields(fields, merged.get(key, {}), key)


def _flat_fields(fields: Iterable[AnyField], merged: Body, prefix: str) -> Iterator[tuple[str, JSON]]:
    for field in fields:
        path = f"{prefix}.{field.name}"
        if field.name not in merged:
            continue
        if isinstance(field, ListField):
            for entry, body in merged[field.name].items():
                yield from _flat_fields(field.fields, body, f"{path}.{entry}")
        else:
            yield (
                path,
                _STORED.get(merged[field.name], merged[field.name]) if field is LOGO else merged[field.name],
            )


_STORED = read(Layers().files()).assets


def _as_layer(desired: Desired) -> Body:
    """One layer with all the values."""
    names = {stored: name for name, stored in _STORED.items()}
    return _layer({path: names.get(str(value), value) for path, value in desired.settings().items()})


def _nothing_of(desired: Desired) -> Body:
    """One layer that manages the same, and sets nothing of it."""
    return _layer({claim.removesuffix(".*"): {UNSET: True} for claim in desired.claims})


def _layer(settings: Settings) -> Body:
    tree = nested(settings)
    written = {key: _as_written(_TREE[key], body) for key, body in tree.items() if isinstance(body, dict)}
    profile = written.pop(PROFILE.key, {})
    return {"profile": profile, "options": written}


def _as_written(fields: Iterable[AnyField], body: Body) -> Body:
    written = {}
    for field in fields:
        if field.name in body and isinstance(field, ListField) and not is_unset(body[field.name]):
            entries = body[field.name].items()
            written[field.name] = [
                {"id": entry, **_as_written(field.fields, each)} for entry, each in entries
            ]
        elif isinstance(field, Field) and field.required and is_unset(body.get(field.name)):
            return {"remove": True}
        elif field.name in body:
            written[field.name] = body[field.name]
    return written


def _turned(layer: Any) -> Any:
    """The same with its keys and its entries in the opposite order."""
    if isinstance(layer, dict):
        return {key: _turned(layer[key]) for key in reversed(layer)}
    if isinstance(layer, list) and all(isinstance(each, dict) for each in layer):
        return [_turned(each) for each in reversed(layer)]
    return layer
