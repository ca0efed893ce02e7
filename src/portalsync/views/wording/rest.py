"""What changes for nobody: settings taken over or let go, firms that are left alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portalsync.catalog.naming import settings_name
from portalsync.catalog.stored import stored_field
from portalsync.lexicon import Foreign, Lexicon, Text, counted, joined, phrase
from portalsync.model.news import NewsFirm
from portalsync.model.plan import FirmPlan, Plan
from portalsync.views.report import Item, Section, Tone
from portalsync.views.wording.firms import all_names, first_names


@dataclass
class ClaimsDesk:
    """Takes the parts of a plan, each once: which firms come under management or leave it, and where only
    some settings do.
    """

    adopted: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    adopts: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    releases: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def take(self, part: FirmPlan, firm: NewsFirm) -> None:
        changed = {edit.path for edit in part.edits}
        if not part.managed_before:
            self.adopted.append(firm.name)
        else:
            _note(self.adopts, [each for each in part.adopts if each not in changed], firm)
        if not part.managed:
            self.released.append(firm.name)
        else:
            _note(self.releases, [each for each in part.releases if each not in changed], firm)


def _note(found: dict[tuple[str, ...], list[str]], claims: Sequence[str], firm: NewsFirm) -> None:
    """Claims that begin or end without the value changing."""
    if claims:
        found.setdefault(tuple(claims), []).append(firm.name)


def rest_sections(plan: Plan, claims: ClaimsDesk, lexicon: Lexicon) -> Iterator[Section]:
    """One section, unless there is nothing to say in it."""
    lines = [
        *_whole("plan.adopted_firms", claims.adopted),
        *_in_part("plan.adopts", claims.adopts, lexicon),
        *_whole("plan.released_firms", claims.released),
        *_in_part("plan.releases", claims.releases, lexicon),
    ]
    if plan.unchanged and not plan.is_empty:
        lines.append(counted("plan.unchanged", len(plan.unchanged)))
    if plan.unmanaged:
        lines.append(counted("plan.unmanaged", len(plan.unmanaged), firms=first_names(plan.unmanaged)))
    if lines:
        yield Section(phrase("plan.rest"), tuple(Item(Tone.NOTE, line) for line in lines))


def _whole(key: str, firms: Sequence[str]) -> Iterator[Text]:
    if firms:
        yield counted(key, len(firms), firms=all_names(firms))


def _in_part(key: str, found: dict[tuple[str, ...], list[str]], lexicon: Lexicon) -> Iterator[Text]:
    for claims, firms in found.items():
        names = joined((_name(claim.removesuffix(".*"), lexicon) for claim in claims), "; ")
        yield phrase(key, firms=all_names(firms), names=names)


def _name(path: str, lexicon: Lexicon) -> Text:
    """What another version claimed may be nothing that this one knows."""
    return settings_name(path, lexicon) if stored_field(path) else Foreign(path)
