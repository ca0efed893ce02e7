"""What changes for nobody: settings taken over or let go, firms that are left alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portalsync.catalog.unset import SPELLING
from portalsync.lexicon import Foreign, Lexicon, Text, counted, first_of, how_many, phrase
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.news import NewsFirm
from portalsync.model.plan import Plan
from portalsync.views.report import Item, Section, Tone
from portalsync.views.wording.names import SHOWN_FIRMS, all_names, first_names
from portalsync.views.wording.released import ReleasedDesk, claim_names


@dataclass
class ClaimsDesk:
    """Takes the parts of a plan, each once: which firms come under management or leave it, and where only
    some settings do.
    """

    adopted: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    adopts: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    releases: ReleasedDesk = field(default_factory=ReleasedDesk)

    def take(self, part: FirmPlan, firm: NewsFirm) -> None:
        changed = {edit.path for edit in part.edits}
        if not part.managed_before:
            self.adopted.append(firm.name)
        else:
            _note(self.adopts, [each for each in part.adopts if each not in changed], firm)
        if not part.managed and not part.back_to:
            self.released.append(firm.name)
        else:
            self.releases.take(part, firm)


def _note(found: dict[tuple[str, ...], list[str]], claims: Sequence[str], firm: NewsFirm) -> None:
    """Claims that begin or end without the value changing."""
    if claims:
        found.setdefault(tuple(claims), []).append(firm.name)


def rest_sections(plan: Plan, claims: ClaimsDesk, lexicon: Lexicon) -> Iterator[Section]:
    """One section, unless there is nothing to say in it."""
    lines = [
        *(Item(Tone.NOTE, line) for line in _whole("plan.adopted_firms", claims.adopted)),
        *(Item(Tone.NOTE, line) for line in _adopted(claims.adopts, lexicon)),
        *_named_here(claims.released),
        *claims.releases.items(lexicon),
        *(Item(Tone.NOTE, line) for line in _others(plan)),
    ]
    if lines:
        yield Section(phrase("plan.rest"), tuple(lines))


def _whole(key: str, firms: Sequence[str]) -> Iterator[Text]:
    if firms:
        yield counted(key, len(firms), firms=all_names(firms))


def _adopted(found: dict[tuple[str, ...], list[str]], lexicon: Lexicon) -> Iterator[Text]:
    for claims, firms in found.items():
        yield phrase("plan.adopts", firms=all_names(firms), names=claim_names(claims, lexicon))


def released_item(firms: Sequence[str]) -> Iterator[Item]:
    """In the head of the plan: a file may have been lost."""
    if firms:
        text = counted("plan.released_firms", len(firms), firms=first_names(firms))
        yield Item(Tone.WARN, text, notes=(phrase("plan.stays.all", spelling=SPELLING),))


def back_item(firms: Sequence[tuple[str, int]]) -> Iterator[Item]:
    """Which firms a rollback leads back, and to which generation."""
    generations = {back for _, back in firms}
    if len(generations) == 1:
        names = first_names([firm for firm, _ in firms])
        yield Item(Tone.NOTE, phrase("plan.back.alike", back=generations.pop(), firms=names))
    elif firms:
        each = [phrase("plan.back.firm", firm=Foreign(firm), back=back) for firm, back in firms]
        yield Item(Tone.NOTE, phrase("plan.back.firms", firms=first_of(each, SHOWN_FIRMS)))


def _named_here(released: Sequence[str]) -> Iterator[Item]:
    """All that are released, where the head names only some."""
    if len(released) > how_many(len(released), SHOWN_FIRMS):
        text = counted("plan.released_firms", len(released), firms=all_names(released))
        yield Item(Tone.NOTE, text)


def _others(plan: Plan) -> Iterator[Text]:
    if plan.unchanged and not plan.is_empty:
        yield counted("plan.unchanged", len(plan.unchanged))
    if plan.unmanaged:
        yield counted("plan.unmanaged", len(plan.unmanaged), firms=first_names(plan.unmanaged))
