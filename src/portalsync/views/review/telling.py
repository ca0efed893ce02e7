"""What a review says, in the words of its reader: every sentence and figure of the file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import takewhile

from portalsync.addresses import host_of
from portalsync.catalog.kinds.localized import localized
from portalsync.lexicon import Lexicon
from portalsync.model.effect import EffectKind, Reading
from portalsync.model.news import LEADS, MOST_HEADLINES
from portalsync.model.persona import Persona
from portalsync.moments import NO_ZONE, common_zone, moment
from portalsync.portal.markdown import to_plain
from portalsync.preview.cards import Card
from portalsync.preview.matrix import Cell, Matrix
from portalsync.preview.review import Review
from portalsync.preview.timeline import Event, Moment
from portalsync.preview.variants import Status, Variant
from portalsync.views.wording.word_diff import Mark, Piece, shortened, word_diff
from portalsync.visible import visible_lines

_LONG = 280
_MOST_OPEN = 3
_MOST_MOMENTS = 10
_TONES = {
    EffectKind.DISAPPEARS: "gone",
    LEADS: "leads",
    EffectKind.CHANGES: "changed",
    EffectKind.APPEARS: "new",
    EffectKind.MOVES: "moved",
}
_QUIET_PARTS = ("label",)


@dataclass(frozen=True)
class Headline:
    tone: str
    text: str


@dataclass(frozen=True)
class Part:
    """One part of a block before and after. `pieces` mark the words that differ, `short` leaves out
    what is far from them; `is_elsewhere` tells of a link that leads to another site.
    """

    name: str
    what: str
    before: str
    after: str
    pieces: tuple[Piece, ...]
    short: tuple[Piece, ...]
    is_elsewhere: bool


@dataclass(frozen=True)
class Side:
    """What stands there, in one language or in several that say the same."""

    locales: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Address:
    """A link in pieces: `host` is what decides where it leads, `differs` the end that is not alike."""

    scheme: str
    host: str
    alike: str
    differs: str


@dataclass(frozen=True)
class Telling:
    """A review in words. Every method answers for one thing that the page shows."""

    review: Review
    lexicon: Lexicon

    # The header

    def at(self) -> str:
        return self.lexicon.say(moment(self.review.at)) if self.review.at else ""

    def short(self, digest: str) -> str:
        """As much of a digest as one compares by eye."""
        return digest.rpartition(":")[2][:12]

    def verdict(self) -> Sequence[Headline]:
        """What weighs most, in one line each; a link that leads elsewhere is always among it."""
        first = [card for card in self.review.cards if card.number <= MOST_HEADLINES or card.verb == LEADS]
        lines = [Headline(self.tone(card), self._headline(card)) for card in first]
        if more := len(self.review.cards) - len(first):
            lines.append(Headline("more", self.lexicon.count("review.more", more)))
        return lines

    def _headline(self, card: Card) -> str:
        told = self.lexicon.count(
            f"plan.headline.{card.verb}",
            card.clients,
            label=self.lexicon("values.quoted", text=self.title(card)),
            surface=self.lexicon(f"places.{card.places[0].surface}"),
        )
        return f"{self.since(card)}: {told}" if card.since else told

    def counts(self) -> Sequence[tuple[str, str]]:
        """Number and word of each figure."""
        figures = [
            ("variants", len(self.review.variants)),
            ("distinct", self.review.distinct),
            *([("changed", self.review.changed)] if self.review.plan else []),
            ("firms", len(self.review.cases)),
        ]
        return [self._figure(name, number) for name, number in figures]

    def _figure(self, name: str, number: int) -> tuple[str, str]:
        return self.lexicon.number(number), self.lexicon.count(f"review.figures.{name}", number)

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
        yield "firm", [(each.firm, self.visible(each.name)) for each in matrices]
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
        at = datetime.fromisoformat(card.since)
        return self.moment(at, (firm for firm, _ in card.firms))

    # Cards

    def tone(self, card: Card) -> str:
        return _TONES[EffectKind(card.verb) if card.verb != LEADS else LEADS]

    def event_tone(self, event: Event) -> str:
        return _TONES[event.kind]

    def title(self, card: Card) -> str:
        """An entry is called by its title; any other block has a name in the reader's language."""
        is_entry = card.block.count(".") > 1
        return self.label(card.labels) if is_entry else self.block(card.block)

    def label(self, labels: Mapping[str, str]) -> str:
        """What a block is called, in the reader's language if it has a name there."""
        return self.visible(labels.get(self.lexicon.locale) or next(iter(labels.values()), ""))

    def is_brief(self, card: Card) -> bool:
        """Nothing but the label comes or goes: one line says it."""
        return readings_of(card) == {"label"}

    def reach(self, card: Card) -> str:
        if not card.everyone:
            return self.lexicon.count("plan.reach.some", card.clients)
        whole = card.clients == self._clients(card)
        return self.lexicon.count("plan.reach.all" if whole else "plan.reach.these", card.clients)

    def _clients(self, card: Card) -> int:
        plan = self.review.plan
        firms = {firm for firm, _ in card.firms}
        return sum(firm.clients for firm in plan.firms if firm.id in firms) if plan else 0

    def places(self, card: Card) -> str:
        surfaces: dict[str, list[str]] = {}
        for place in card.places:
            surfaces.setdefault(place.surface, []).append(self.lexicon(f"places.{place.page}"))
        told = [
            self.lexicon("plan.place", surface=self.lexicon(f"places.{surface}"), pages=self._list(pages))
            for surface, pages in surfaces.items()
        ]
        text = "; ".join(told)
        return text if card.since else text[:1].upper() + text[1:]

    def _list(self, names: Sequence[str]) -> str:
        *most, last = names
        return self.lexicon("plan.and", most=", ".join(most), last=last) if most else last

    def sample_clients(self, card: Card) -> Sequence[str]:
        """Ids of the sample clients that have it; those made up for other tags are told as a number."""
        known = self._personas()
        return [name for name in card.personas if name in known]

    def statuses(self, card: Card) -> str:
        return " ".join(sorted({str(self.review.variants[index].status) for index in card.variants}))

    def sides(self, card: Card) -> Sequence[Side]:
        """What differs, language by language; languages that say the same stand together."""
        found: dict[tuple[Reading, ...], list[str]] = {}
        for locale, readings in card.readings.items():
            found.setdefault(readings, []).append(locale)
        return [
            Side(tuple(locales), tuple(self._parts(card, readings))) for readings, locales in found.items()
        ]

    def _parts(self, card: Card, readings: Iterable[Reading]) -> Iterator[Part]:
        for reading in readings:
            if reading.what in _QUIET_PARTS and len(readings_of(card)) > 1:
                continue
            before, after = (self._text(reading.what, text) for text in (reading.before, reading.after))
            if before == after:  # only the markup differs
                before, after = self.visible(reading.before), self.visible(reading.after)
            pieces = word_diff(before, after) if reading.what != "href" else ()
            yield Part(
                name=self.lexicon(f"plan.parts.{reading.what}"),
                what=reading.what,
                before=before,
                after=after,
                pieces=pieces,
                short=shortened(pieces) if len(before) + len(after) > _LONG else pieces,
                is_elsewhere=reading.what == "href" and host_of(before) != host_of(after),
            )

    def _text(self, what: str, text: str) -> str:
        return self.visible(to_plain(text) if what == "markdown" else text)

    def is_long(self, part: Part) -> bool:
        return any(piece.mark is Mark.LEFT_OUT for piece in part.short)

    def address(self, text: str, other: str) -> Address:
        """A link beside the one that stands there before or after."""
        scheme, host, rest = _split(text)
        if not other or _split(other)[1] != host:
            return Address(scheme, host, rest, "")
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(rest, _split(other)[2], strict=False))
        alike = "".join(char for char, _ in pairs)
        alike = alike[: max(alike.rfind(char) for char in "/?&=") + 1]
        return Address(scheme, host, alike, rest[len(alike) :])

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
        variant = self.review.variants[index]
        surface = self.lexicon(f"places.{variant.place.surface}")
        return self.lexicon("plan.place", surface=surface, pages=self.lexicon(f"places.{variant.place.page}"))

    # Matrix and timeline

    def has_changes(self, matrix: Matrix) -> bool:
        return any(cell.changed for row in matrix.rows for cell in row.cells.values())

    def changed(self, matrix: Matrix) -> int:
        return sum(cell.changed for row in matrix.rows for cell in row.cells.values())

    def cell(self, cell: Cell) -> str:
        if cell.status is Status.UNCHANGED or not self.review.plan:
            return self.lexicon("review.cell.unchanged") if self.review.plan else self.lexicon("review.open")
        counted = {"n": self.lexicon.number(cell.changed), "of": self.lexicon.number(cell.total)}
        return self.lexicon(f"review.cell.{cell.status}", **counted)

    def event_firms(self, event: Event) -> str:
        return ", ".join(self.firm(firm) for firm in event.firms)

    def open_firms(self) -> frozenset[str]:
        """Firms whose table is open from the start: the first of those with changes."""
        concerned = [each for each in self.review.matrices if self.has_changes(each) or not self.review.plan]
        return frozenset(each.firm for each in concerned[: _MOST_OPEN if self.review.plan else 1])

    def moments(self) -> Sequence[Sequence[Moment]]:
        """The next ones, and the rest."""
        found = self.review.timeline
        return [found[:_MOST_MOMENTS], found[_MOST_MOMENTS:]]

    def moment_of(self, moment: Moment) -> str:
        firms = dict.fromkeys(firm for event in moment.events for firm in event.firms)
        return self.moment(moment.at, firms)

    def remark(self, code: str, values: Mapping[str, str]) -> str:
        told = {name: self.visible(value) for name, value in values.items()}
        for name in ("locale", "other"):
            if name in told:
                told[name] = ", ".join(self.language(each) for each in told[name].split(", "))
        return self.lexicon(f"lint.{code}", **told)

    def language(self, locale: str) -> str:
        return self.lexicon.language(locale)


def readings_of(card: Card) -> frozenset[str]:
    """The parts that a card's readings are about."""
    return frozenset(reading.what for readings in card.readings.values() for reading in readings)


@cache
def _as_set(indexes: tuple[int, ...]) -> frozenset[int]:
    return frozenset(indexes)


def _key(variant: Variant) -> str:
    """`firm/persona/locale/surface-page/instant`, as `viewer.js` makes it too."""
    at = f"{variant.at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    place = f"{variant.place.surface}-{variant.place.page}"
    return f"{variant.firm}/{variant.persona}/{variant.locale}/{place}/{at}"


def _split(address: str) -> tuple[str, str, str]:
    """What stands before the host, the host, what stands after it."""
    before, _, after = address.partition("://")
    host = host_of(address)
    if not host or not after.startswith(host):
        return "", "", address
    return f"{before}://", host, after[len(host) :]


def remarks(review: Review, lexicon: Lexicon) -> Iterator[str]:
    """What lint found, a line each: how grave, which page to look at, and on how many pages."""
    telling = Telling(review, lexicon)
    for told in review.remarks:
        said = telling.remark(told.remark.code, told.remark.values)
        pages = lexicon.count("told.pages", told.pages)
        yield f"{told.remark.severity}[{told.remark.code}]: {said} ({pages}; {telling.where(told.opens)})"
