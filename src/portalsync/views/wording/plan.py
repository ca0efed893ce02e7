"""Plan -> report: the verdict, what clients notice, the settings behind it, and the rest."""

from collections.abc import Iterable, Iterator

from portalsync.catalog.naming import settings_name
from portalsync.lexicon import Foreign, Lexicon, Text, counted, joined, phrase
from portalsync.model.plan import FirmPlan, Plan
from portalsync.moments import moment
from portalsync.views.report import SHOWN_FIRMS, Item, Report, Section, Tone
from portalsync.views.wording.effects import effect_sections, firms_moment, headlines
from portalsync.views.wording.guardrails import guardrail_items
from portalsync.views.wording.settings import settings_sections
from portalsync.views.wording.sums import sums


def word_plan(plan: Plan, lexicon: Lexicon, *, summary: bool = False) -> Report:
    """The whole plan in the words of one language, or its `summary`. Every format lays out this report."""
    return Report(
        title=phrase(
            "plan.title",
            environment=Foreign(plan.environment),
            at=moment(plan.at),
        ),
        verdict=tuple(_verdict(plan, lexicon)),
        sections=() if summary else tuple(_sections(plan, lexicon)),
        foot=tuple(_foot(plan, summary=summary)),
    )


def _sections(plan: Plan, lexicon: Lexicon) -> Iterator[Section]:
    yield from effect_sections(plan.firms, lexicon)
    yield from settings_sections(plan.firms, lexicon)
    yield from _rest(plan, lexicon)


def _foot(plan: Plan, *, summary: bool) -> Iterator[Text]:
    if plan.is_empty:
        return
    if not summary:
        yield phrase("plan.digest", digest=plan.digest)
    yield sums(plan)


def _verdict(plan: Plan, lexicon: Lexicon) -> Iterator[Item]:
    if plan.is_empty:
        yield Item(Tone.GOOD, counted("plan.no_changes", plan.considered))
        yield from _partial(plan)
        return
    first, *others = _headlines(plan, lexicon)
    guarded = [*guardrail_items(plan)]
    yield from [first, *guarded, *others] if plan.guardrails else [first, *others, *guarded]


def _headlines(plan: Plan, lexicon: Lexicon) -> Iterator[Item]:
    changed = sum(bool(firm.changes) for firm in plan.firms)
    if changed:
        yield Item(Tone.NOTE, counted("plan.firms_change", changed, of=plan.considered))
    yield from _partial(plan)
    effects = [each.effect for firm in plan.firms for each in firm.effects]
    if changed and not effects:
        # Someone may all the same: no sample client has, say, a job of every pipeline.
        yield Item(Tone.NOTE, phrase("plan.no_sample_notices"))
    elif not effects:
        yield Item(Tone.GOOD, phrase("plan.nobody_notices"))
    yield from headlines(plan.firms, lexicon)
    if effects and all(effect.since for effect in effects):
        first = min(effect.since for effect in effects)
        at = firms_moment(first, [firm for firm in plan.firms if firm.effects])
        yield Item(Tone.NOTE, phrase("plan.first_later", at=at))


def _partial(plan: Plan) -> Iterator[Item]:
    if plan.left_out:
        yield Item(Tone.NOTE, counted("plan.partial", plan.left_out))


def _rest(plan: Plan, lexicon: Lexicon) -> Iterator[Section]:
    """What changes for nobody: settings taken over or let go, firms that are left alone."""
    items = [*_taken_over(plan.firms, lexicon), *_let_go(plan.firms, lexicon)]
    if plan.unchanged and not plan.is_empty:
        items.append(Item(Tone.NOTE, counted("plan.unchanged", len(plan.unchanged))))
    if plan.unmanaged:
        names = joined(Foreign(firm) for firm in plan.unmanaged[:SHOWN_FIRMS])
        items.append(Item(Tone.NOTE, counted("plan.unmanaged", len(plan.unmanaged), firms=names)))
    if items:
        yield Section(phrase("plan.rest"), tuple(items))


def _taken_over(firms: Iterable[FirmPlan], lexicon: Lexicon) -> Iterator[Item]:
    for firm in firms:
        if not firm.managed_before:
            yield Item(Tone.NOTE, phrase("plan.adopted_firm", firm=Foreign(firm.name)))
        else:
            yield from _silently(firm, firm.adopts, "plan.adopts", lexicon)


def _let_go(firms: Iterable[FirmPlan], lexicon: Lexicon) -> Iterator[Item]:
    for firm in firms:
        if not firm.managed:
            yield Item(Tone.NOTE, phrase("plan.released_firm", firm=Foreign(firm.name)))
        else:
            yield from _silently(firm, firm.releases, "plan.releases", lexicon)


def _silently(firm: FirmPlan, claims: Iterable[str], key: str, lexicon: Lexicon) -> Iterator[Item]:
    """Claims that begin or end without the value changing."""
    changed = {edit.path for edit in firm.edits}
    names = [settings_name(claim.removesuffix(".*"), lexicon) for claim in claims if claim not in changed]
    if names:
        yield Item(Tone.NOTE, phrase(key, firm=Foreign(firm.name), names=joined(names, "; ")))
