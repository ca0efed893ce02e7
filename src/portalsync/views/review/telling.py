"""What a review says, in the words of its reader: every sentence and figure of the file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from portalsync.catalog.kinds.localized import localized
from portalsync.lexicon import Lexicon, how_many, quoted
from portalsync.model.effect import EffectKind
from portalsync.model.headlines import MOST_HEADLINES
from portalsync.model.news import LEADS, there
from portalsync.model.page import Place
from portalsync.model.persona import Persona
from portalsync.moments import NO_ZONE, common_zone, moment
from portalsync.preview.cards import Card
from portalsync.preview.matrix import Cell, Matrix
from portalsync.preview.review import Review
from portalsync.preview.timeline import ComingMoment, Event
from portalsync.preview.variants import Status, Variant
from portalsync.views.wording.effects import capitalized, places_wording, reach_wording
from portalsync.views.wording.firms import shared_moment
from portalsync.views.wording.headlines import headline_wording
from portalsync.visible import visible_lines

_MOST_OPEN = 1
_MOST_MOMENTS = 10
_TONES = {
    EffectKind.DISAPPEARS: "gone",
    LEADS: "leads",
    EffectKind.CHANGES: "changed",
    EffectKind.APPEARS: "new",
    EffectKind.MOVES: "moved",
}


@dataclass(frozen=True)
class Headline:
    tone: str
    text: str


@dataclass(frozen=True)
class Telling:
    """A review in words. Every method answers for one thing that the page shows."""

    review: Review
    lexicon: Lexicon

    # The header

    def short(self, digest: str) -> str:
        """As much of a digest as one compares by eye."""
        return digest.rpartition(":")[2][:12]

    def verdict(self) -> Sequence[Headline]:
        """What weighs most, in one line each; a link that leads elsewhere is always among it."""
        most = how_many(len(self.review.cards), MOST_HEADLINES)
        first = [card for card in self.review.cards if card.number <= most or card.verb == LEADS]
        lines = [Headline(self.tone(card), self._headline(card)) for card in first]
        if more := len(self.review.cards) - len(first) + sum(card.ways for card in self.review.cards):
            lines.append(Headline("more", self.lexicon.count("review.more", more)))
        return lines

    def _headline(self, card: Card) -> str:
        label = quoted(self.title(card))
        headline = self.lexicon.say(headline_wording(card.version, label, self.lexicon))
        return f"{self.since(card)}: {headline}" if card.effect.since else headline

    # Names

    def persona(self, persona: Persona) -> str:
        return localized(persona.title, self.lexicon.locale, "en")[0] or persona.id

    def name(self, persona: str) -> str:
        known = self._personas()
        return self.persona(known[persona]) if persona in known else persona

    def client(self, persona: str) -> str:
        return self._personas()[persona].client

    def personas(self) -> Sequence[Persona]:
        return list(self._personas().values())

    def _personas(self) -> Mapping[str, Persona]:
        return {row.persona.id: row.persona for matrix in self.review.matrices for row in matrix.rows}

    def firm(self, firm: str) -> str:
        return next((each.name for each in self.review.matrices if each.firm == firm), firm)

    def locales(self) -> Sequence[str]:
        return sorted({column[1] for each in self.review.matrices for column in each.columns})

    def block(self, key: str) -> str:
        """What people call a block: its label, and the entry that it stands for."""
        option, name, *entry = key.split(".", 2)
        known = f"options.{option}.blocks.{name}"
        label = self.lexicon(known) if known in self.lexicon else key
        return " ".join([label, *(f"({each})" for each in entry)])

    def option(self, key: str) -> str:
        return self.lexicon(f"options.{key}.title")

    def visible(self, text: str) -> str:
        return visible_lines(text)

    def filters(self) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
        """What one can narrow the review down to: name of each group, its values and their labels."""
        matrices, cards = self.review.matrices, self.review.cards
        known = [(each.firm, each.name) for each in matrices]
        known += [(each.id, each.name) for each in self.review.left_out]
        yield "firm", [(firm, self.visible(name)) for firm, name in known]
        yield "persona", [(each.id, self.visible(self.persona(each))) for each in self.personas()]
        yield "surface", [(name, self.lexicon(f"gallery.surfaces.{name}")) for name in ("mobile", "web")]
        yield "locale", [(each, self.language(each)) for each in self.locales()]
        yield "option", [(key, self.option(key)) for key in dict.fromkeys(card.option for card in cards)]
        found = {each.status for each in self.review.variants} if self.review.plan else set()
        yield (
            "status",
            [(str(each), self.lexicon(f"review.status.{each}")) for each in Status if each in found],
        )

    # Moments

    def moment(self, at: datetime, firms: Iterable[str]) -> str:
        zones = (self.review.zones.get(firm, NO_ZONE) for firm in firms)
        return self.lexicon.say(moment(at, common_zone(at, zones)))

    def since(self, card: Card) -> str:
        return self.lexicon.say(shared_moment(card.effect.since, card.version.firms))

    # Cards

    def tone(self, card: Card) -> str:
        return _TONES[EffectKind(card.verb) if card.verb != LEADS else LEADS]

    def event_tone(self, event: Event) -> str:
        return _TONES[event.kind]

    def title(self, card: Card) -> str:
        """An entry is called by its title; any other block has a name in the reader's language."""
        is_entry = card.effect.block.count(".") > 1
        return self.label(card.effect.labels) if is_entry else self.block(card.effect.block)

    def label(self, labels: Mapping[str, str]) -> str:
        """What a block is called, in the reader's language if it has a name there."""
        return self.visible(labels.get(self.lexicon.locale) or next(iter(labels.values()), ""))

    def reach(self, card: Card) -> str:
        return self.lexicon.say(reach_wording(card.version))

    def places(self, card: Card) -> str:
        text = places_wording(card.version.places, self.lexicon)
        return text if card.effect.since else capitalized(text)

    def sample_clients(self, card: Card) -> Sequence[str]:
        """Ids of the sample clients that have it; those made up for other tags are told as a number."""
        known = self._personas()
        return [name for name in card.personas if name in known]

    def statuses(self, card: Card) -> str:
        return " ".join(sorted({str(self.review.variants[index].status) for index in card.variants}))

    # Links into the viewer

    def link(self, index: int) -> str:
        """The variant in a form that survives in an address, empty if its page does not travel."""
        return _key(self.review.variants[index]) if index in self._shown() else ""

    def first(self, card: Card) -> str:
        return next(
            (_key(self.review.variants[index]) for index in card.variants if index in self._shown()), ""
        )

    def _shown(self) -> frozenset[int]:
        return _as_set(self.review.shown)

    def where(self, index: int) -> str:
        return self.place(self.review.variants[index].place)

    def place(self, place: Place) -> str:
        return places_wording((place,), self.lexicon)

    # Matrix and timeline

    def has_changes(self, matrix: Matrix) -> bool:
        return any(cell.changed for row in matrix.rows for cell in row.cells.values())

    def changed(self, matrix: Matrix) -> int:
        return sum(cell.changed for row in matrix.rows for cell in row.cells.values())

    def cell(self, cell: Cell) -> str:
        if cell.status is Status.UNCHANGED or not self.review.plan:
            return self.lexicon("review.cell.unchanged") if self.review.plan else self.lexicon("review.open")
        return self.lexicon(f"review.cell.{cell.status}", n=cell.changed, of=cell.total)

    def event_firms(self, event: Event) -> str:
        return ", ".join(self.firm(firm) for firm in event.firms)

    def open_firms(self) -> frozenset[str]:
        """Firms whose table is open from the start: the first of those with changes."""
        concerned = [each for each in self.review.matrices if self.has_changes(each) or not self.review.plan]
        return frozenset(each.firm for each in concerned[: _MOST_OPEN if self.review.plan else 1])

    def moments(self) -> Sequence[Sequence[ComingMoment]]:
        """The next ones, and the rest."""
        found = self.review.timeline
        most = how_many(len(found), _MOST_MOMENTS)
        return [found[:most], found[most:]]

    def moment_of(self, moment: ComingMoment) -> str:
        """A day if it is one for the first firm: it begins for the others at their own midnights."""
        firms = [*dict.fromkeys(firm for event in moment.events for firm in event.firms)]
        at = moment.at.isoformat()
        is_day = there(at, self.review.zones.get(firms[0], NO_ZONE)) != at
        return self.moment(moment.at, firms[:1] if is_day else firms)

    def remark(self, code: str, values: Mapping[str, str]) -> str:
        told = {name: self.visible(value) for name, value in values.items()}
        for name in ("locale", "other"):
            if name in told:
                told[name] = ", ".join(self.language(each) for each in told[name].split(", "))
        return self.lexicon(f"lint.{code}", **told)

    def language(self, locale: str) -> str:
        return self.lexicon.language(locale)


@cache
def _as_set(indexes: tuple[int, ...]) -> frozenset[int]:
    return frozenset(indexes)


def _key(variant: Variant) -> str:
    """`firm/persona/locale/surface-page/instant`, as `viewer.js` makes it too."""
    at = f"{variant.at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    place = f"{variant.place.surface}-{variant.place.page}"
    return f"{variant.firm}/{variant.persona}/{variant.locale}/{place}/{at}"


def remarks(review: Review, lexicon: Lexicon) -> Iterator[str]:
    """What lint found, a line each: how grave, which page to look at, and on how many pages."""
    telling = Telling(review, lexicon)
    for told in review.remarks:
        said = telling.remark(told.remark.code, told.remark.values)
        pages = lexicon.count("told.pages", told.pages)
        severity = lexicon(f"problems.{told.remark.severity}")
        yield f"{severity}[{told.remark.code}]: {said} ({pages}; {telling.where(told.opens)})"
