"""Settings that portalsync lets go of: what of them stays on the portal, and what would take it away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.naming import settings_name
from portalsync.catalog.stored import stored_field
from portalsync.catalog.unset import taking_away
from portalsync.lexicon import Foreign, Lexicon, Text, joined, phrase
from portalsync.model.canonical import canonical
from portalsync.model.claims import Claims
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.json_value import JSON
from portalsync.model.news import NewsFirm
from portalsync.views.report import Item, Tone
from portalsync.views.wording.edits import whole_value
from portalsync.views.wording.names import all_names


@dataclass(frozen=True)
class _Alike:
    """Firms in which the same is let go of, and has the same values."""

    claims: Sequence[str]
    stays: Mapping[str, JSON]
    firms: list[NewsFirm] = field(default_factory=list)


@dataclass
class ReleasedDesk:
    """Takes the parts of a plan, each once."""

    _alike: dict[bytes, _Alike] = field(default_factory=dict)

    def take(self, part: FirmPlan, firm: NewsFirm) -> None:
        changed = dict.fromkeys(edit.path for edit in part.edits)
        claims = [each for each in part.releases if not Claims.of((each,)).part_of(changed)]
        stays = Claims.of(claims).part_of(part.stays)
        if claims:
            key = canonical([[*claims], stays])
            self._alike.setdefault(key, _Alike(claims, stays)).firms.append(firm)

    def items(self, lexicon: Lexicon) -> Iterator[Item]:
        for alike in self._alike.values():
            held = {claim: Claims.of((claim,)).part_of(alike.stays) for claim in alike.claims}
            empty = [claim for claim, values in held.items() if not values]
            lines = tuple(_line(claim, values, lexicon) for claim, values in held.items() if values)
            firms = all_names(firm.name for firm in alike.firms)
            if empty:
                names = claim_names(empty, lexicon)
                yield Item(Tone.NOTE, phrase("plan.releases", firms=firms, names=names))
            if lines:
                heading = phrase("plan.stays.heading", firms=firms, files=_files(alike.firms))
                yield Item(Tone.NOTE, heading, notes=lines)


def claim_names(claims: Sequence[str], lexicon: Lexicon) -> Text:
    return joined((_name(claim.removesuffix(".*"), lexicon) for claim in claims), "; ")


def _name(path: str, lexicon: Lexicon) -> Text:
    """What another version claimed may be nothing that this one knows."""
    return settings_name(path, lexicon) if stored_field(path) else Foreign(path)


def _line(claim: str, values: Mapping[str, JSON], lexicon: Lexicon) -> Text:
    path = claim.removesuffix(".*")
    held = whole_value(path, values[path], lexicon) if path in values else _entries(path, values)
    name = settings_name(path, lexicon)
    return phrase("plan.stays.value", name=name, value=held, spelling=taking_away(claim))


def _entries(path: str, values: Mapping[str, JSON]) -> Text:
    return joined(dict.fromkeys(each[len(path) + 1 :].partition(".")[0] for each in values))


def _files(firms: Sequence[NewsFirm]) -> Text:
    return FIRM.file_of(firms[0].id) if len(firms) == 1 else phrase("plan.stays.files")
