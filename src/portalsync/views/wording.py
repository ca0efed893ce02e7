"""Plan -> report, in the words of what clients will see. The only place that words a plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from portalsync.catalog import field_of, option_of
from portalsync.catalog.option import Field, ListField
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON
from portalsync.model.lexicon import Lexicon
from portalsync.model.plan import Change, Effect, EffectKind, FirmPlan, Plan, Reason
from portalsync.views.report import Item, Report, Section, Tone, Value, Words, join, say

_TONES = {
    EffectKind.DISAPPEARS: Tone.REMOVE,
    EffectKind.APPEARS: Tone.ADD,
    EffectKind.CHANGES: Tone.CHANGE,
    EffectKind.MOVES: Tone.CHANGE,
}
_SHOWN_FIRMS = 8


def word_plan(plan: Plan, lexicon: Lexicon) -> Report:
    """The whole plan: verdict first, then what clients notice, then the settings behind it."""
    return Report(
        title=say(
            lexicon,
            "plan.title",
            environment=Value(plan.environment, quoted=False),
            at=lexicon_date(plan.at, lexicon),
        ),
        verdict=tuple(_verdict(plan, lexicon)),
        sections=(*_effect_sections(plan, lexicon), *_change_sections(plan, lexicon), *_rest(plan, lexicon)),
        foot=() if plan.is_empty else (say(lexicon, "plan.digest", digest=plan.digest()),),
    )


def lexicon_date(instant: str, lexicon: Lexicon) -> str:
    """An ISO instant as people write it, in UTC."""
    at = datetime.fromisoformat(instant)
    month = lexicon(f"months.{at.month}")
    return lexicon("plan.moment", day=at.day, month=month, year=at.year, time=f"{at:%H:%M}")


def _verdict(plan: Plan, lexicon: Lexicon) -> Iterator[Item]:
    if plan.is_empty:
        yield Item(Tone.GOOD, (lexicon.count("plan.no_changes", plan.considered),))
        return
    effects = [effect for firm in plan.firms for effect in firm.effects]
    changed = [firm for firm in plan.firms if firm.changes]
    if changed:
        counted = lexicon.number(plan.considered)
        yield Item(Tone.NOTE, (lexicon.count("plan.firms_change", len(changed), of=counted),))
    if not effects:
        yield Item(Tone.GOOD, (lexicon("plan.nobody_notices"),))
    for (kind, key), group in _headlines(plan).items():
        yield Item(_TONES[kind], _headline(kind, key, group, lexicon))
    later = [effect.since for effect in effects if effect.since]
    if later and len(later) == len(effects):
        yield Item(Tone.NOTE, say(lexicon, "plan.first_later", at=lexicon_date(min(later), lexicon)))


def _headlines(plan: Plan) -> Mapping[tuple[EffectKind, str], list[tuple[FirmPlan, Effect]]]:
    """The weightiest news: what most clients lose, else get, else read differently."""
    groups: dict[tuple[EffectKind, str], list[tuple[FirmPlan, Effect]]] = {}
    for firm in plan.firms:
        for effect in firm.effects:
            key = f"{effect.block}|{effect.surface}|{effect.page}"
            groups.setdefault((effect.kind, key), []).append((firm, effect))
    for kind in (EffectKind.DISAPPEARS, EffectKind.APPEARS, EffectKind.CHANGES, EffectKind.MOVES):
        ranked = sorted(
            (item for item in groups.items() if item[0][0] is kind),
            key=lambda item: -sum(effect.clients for _, effect in item[1]),
        )
        if ranked:
            return dict(ranked[:2])
    return {}


def _headline(
    kind: EffectKind, key: str, group: Sequence[tuple[FirmPlan, Effect]], lexicon: Lexicon
) -> Words:
    effect = group[0][1]
    number = sum(effect.clients for _, effect in group)
    form = "one" if number == 1 else "other"
    return say(
        lexicon,
        f"plan.headline.{kind}.{form}",
        n=lexicon.number(number),
        label=_label(effect),
        place=lexicon(f"places.{effect.surface}.{effect.page}"),
    )


def _label(effect: Effect) -> Words:
    return join([Value(label) for label in dict.fromkeys(effect.labels.values())], " / ")


def _effect_sections(plan: Plan, lexicon: Lexicon) -> Iterator[Section]:
    """Effects that are the same in several firms stand once, with the firms below."""
    groups: dict[str, dict[bytes, list[tuple[FirmPlan, Effect]]]] = {}
    for firm in plan.firms:
        for effect in firm.effects:
            same = canonical(effect.signature())
            groups.setdefault(effect.since, {}).setdefault(same, []).append((firm, effect))
    for since in sorted(groups):
        title = (
            say(lexicon, "plan.effects_from", at=lexicon_date(since, lexicon))
            if since
            else (lexicon("plan.effects"),)
        )
        ordered = sorted(groups[since].values(), key=lambda group: _weight(group[0][1], group))
        yield Section(title, tuple(_effect(group, lexicon) for group in ordered))


def _weight(effect: Effect, group: Sequence[tuple[FirmPlan, Effect]]) -> tuple[int, int, str]:
    reach = sum(effect.clients for _, effect in group)
    return list(EffectKind).index(effect.kind), -reach, effect.block


def _effect(group: Sequence[tuple[FirmPlan, Effect]], lexicon: Lexicon) -> Item:
    effect = group[0][1]
    number = sum(effect.clients for _, effect in group)
    reach = "all" if all(effect.everyone for _, effect in group) else "some"
    text = say(
        lexicon,
        f"plan.effect.{effect.kind}",
        place=_capital(lexicon(f"places.{effect.surface}.{effect.page}")),
        label=_label(effect),
        reach=lexicon.count(f"plan.reach.{reach}", number),
    )
    return Item(
        _TONES[effect.kind],
        text,
        tuple(_quotes(effect, lexicon)),
        (_firms([firm for firm, _ in group], lexicon),),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quotes(effect: Effect, lexicon: Lexicon) -> Iterator[tuple[str, Value]]:
    for locale, readings in effect.readings.items():
        tag = f" ({locale})" if len(effect.readings) > 1 else ""
        for reading in readings:
            if reading.what == "label" or (reading.what == "title" and effect.kind is not EffectKind.CHANGES):
                continue
            what = lexicon(f"plan.parts.{reading.what}") + tag
            if effect.kind is not EffectKind.CHANGES:
                yield what, Value(reading.after or reading.before)
                continue
            yield lexicon("plan.before", what=what), Value(reading.before or "–")
            yield lexicon("plan.after", what=what), Value(reading.after or "–")


def _firms(firms: Sequence[FirmPlan], lexicon: Lexicon) -> Words:
    names = join([Value(firm.name, quoted=False) for firm in firms[:_SHOWN_FIRMS]])
    if len(firms) == 1:
        return names
    rest = len(firms) - _SHOWN_FIRMS
    more: Words = (lexicon.count("plan.more_firms", rest),) if rest > 0 else ()
    return (*say(lexicon, "plan.same_in", n=lexicon.number(len(firms)), firms=names), *more)


def _change_sections(plan: Plan, lexicon: Lexicon) -> Iterator[Section]:
    """Settings, line by line; what is the same in several firms stands once."""
    groups: dict[bytes, tuple[Change, list[FirmPlan]]] = {}
    for firm in plan.firms:
        for change in firm.changes:
            groups.setdefault(canonical(change.to_json()), (change, []))[1].append(firm)
    together: dict[tuple[str, ...], tuple[list[FirmPlan], list[Change]]] = {}
    for change, firms in groups.values():
        together.setdefault(tuple(firm.id for firm in firms), (firms, []))[1].append(change)
    if together:
        yield Section((lexicon("plan.changes"),), ())
    for firms, changes in sorted(together.values(), key=lambda group: (-len(group[0]), group[0][0].id)):
        items = tuple(_change(change, lexicon) for change in changes)
        yield Section(_firms(firms, lexicon), items, level=2)


def _change(change: Change, lexicon: Lexicon) -> Item:
    unset = lexicon("values.not_set")
    before = _worded(change.path, change.before, lexicon) if change.was_set else unset
    after = _worded(change.path, change.after, lexicon) if change.is_set else unset
    tone = Tone.CHANGE if change.was_set and change.is_set else Tone.ADD if change.is_set else Tone.REMOVE
    text = say(
        lexicon,
        "plan.change",
        name=name_of(change.path, lexicon),
        before=(Value(before, quoted=False),),
        after=(Value(after, quoted=False),),
    )
    source = change.source
    place = f"{source.file}:{source.line}:{source.column}" if source else ""
    return Item(tone, text, notes=tuple(_why(change, lexicon)), source=place)


def _why(change: Change, lexicon: Lexicon) -> Iterator[Words]:
    if change.reason is Reason.REMOVED:
        yield (lexicon("plan.why.removed"),)
    if change.undoes and change.undoes.at:
        at, actor = lexicon_date(change.undoes.at, lexicon), Value(change.undoes.actor, quoted=False)
        yield say(lexicon, "plan.why.undoes", at=at, actor=actor)
    elif change.undoes:
        yield (lexicon("plan.why.drift"),)


def name_of(path: str, lexicon: Lexicon) -> Words:
    """A settings path in words: option, entries, field."""
    option = option_of(path).key
    parts: list[Words] = [(lexicon(f"options.{option}.title"),)]
    known = option
    segments = path.split(".")[1:]
    while segments:
        known = f"{known}.{segments.pop(0)}"
        field = field_of(known)
        if isinstance(field, ListField) and segments:
            entry = segments.pop(0)
            known = f"{known}.{entry}"
            parts.append(
                say(lexicon, f"options.{option}.entries.{field.name}", id=Value(entry, quoted=False))
            )
        else:
            parts.append((lexicon(f"options.{option}.fields.{field.name}"),))
    return tuple(span for index, part in enumerate(parts) for span in ((" › ", *part) if index else part))


def _worded(path: str, value: JSON, lexicon: Lexicon) -> str:
    field = field_of(path)
    assert isinstance(field, Field)  # noqa: S101 - changes are of fields, lists have none themselves
    return field.kind.words(value, lexicon, option_of(path).key, field.name)


def _rest(plan: Plan, lexicon: Lexicon) -> Iterator[Section]:
    """What changes for nobody: settings taken over or let go, firms that are left alone."""
    items = [
        *_management(plan.firms, "adopts", lexicon),
        *_management(plan.firms, "releases", lexicon),
    ]
    if plan.unchanged and not plan.is_empty:
        items.append(Item(Tone.NOTE, (lexicon.count("plan.unchanged", len(plan.unchanged)),)))
    if plan.unmanaged:
        names = join([Value(firm, quoted=False) for firm in plan.unmanaged[:_SHOWN_FIRMS]])
        form = "one" if len(plan.unmanaged) == 1 else "other"
        number = lexicon.number(len(plan.unmanaged))
        items.append(Item(Tone.NOTE, say(lexicon, f"plan.unmanaged.{form}", n=number, firms=names)))
    if items:
        yield Section((lexicon("plan.rest"),), tuple(items))


def _management(firms: Iterable[FirmPlan], what: str, lexicon: Lexicon) -> Iterator[Item]:
    for firm in firms:
        paths: tuple[str, ...] = getattr(firm, what)
        changed = {change.path for change in firm.changes}
        silent = [path for path in paths if path not in changed]
        if not firm.managed and what == "releases":
            yield Item(Tone.NOTE, say(lexicon, "plan.released_firm", firm=Value(firm.name, quoted=False)))
        elif not firm.managed_before and what == "adopts":
            yield Item(Tone.NOTE, say(lexicon, "plan.adopted_firm", firm=Value(firm.name, quoted=False)))
        elif silent:
            names = [_claim(path, lexicon) for path in silent]
            spans = tuple(
                span for index, name in enumerate(names) for span in (("; ", *name) if index else name)
            )
            text = say(lexicon, f"plan.{what}", firm=Value(firm.name, quoted=False), names=spans)
            yield Item(Tone.NOTE, text)


def _claim(claim: str, lexicon: Lexicon) -> Words:
    return name_of(claim.removesuffix(".*"), lexicon)
