"""What a card shows of a block before and after: its parts by language, of texts the words that differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from portalsync.addresses import host_of
from portalsync.lexicon import Lexicon
from portalsync.model.effect import Effect, Reading
from portalsync.portal.markdown import to_plain
from portalsync.views.wording.word_diff import Mark, Piece, shortened, word_diff
from portalsync.visible import visible_lines

_LONG = 280
_QUIET_PARTS = ("label",)


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

    @property
    def is_long(self) -> bool:
        return any(piece.mark is Mark.LEFT_OUT for piece in self.short)


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


def is_brief(effect: Effect) -> bool:
    """Nothing but the label comes or goes: one line says it."""
    return _parts_of(effect) == {"label"}


def sides(effect: Effect, lexicon: Lexicon) -> Sequence[Side]:
    """What differs, language by language; languages that say the same stand together."""
    found: dict[tuple[Reading, ...], list[str]] = {}
    for locale, readings in effect.readings.items():
        found.setdefault(readings, []).append(locale)
    quiet = _QUIET_PARTS if len(_parts_of(effect)) > 1 else ()
    return [
        Side(tuple(locales), tuple(_parts((each for each in readings if each.what not in quiet), lexicon)))
        for readings, locales in found.items()
    ]


def _parts(readings: Iterable[Reading], lexicon: Lexicon) -> Iterator[Part]:
    for reading in readings:
        before, after = (_text(reading.what, text) for text in (reading.before, reading.after))
        if before == after:  # only the markup differs
            before, after = visible_lines(reading.before), visible_lines(reading.after)
        pieces = word_diff(before, after) if reading.what != "href" else ()
        yield Part(
            name=lexicon(f"plan.parts.{reading.what}"),
            what=reading.what,
            before=before,
            after=after,
            pieces=pieces,
            short=shortened(pieces) if len(before) + len(after) > _LONG else pieces,
            is_elsewhere=reading.what == "href" and host_of(before) != host_of(after),
        )


def _text(what: str, text: str) -> str:
    return visible_lines(to_plain(text) if what == "markdown" else text)


def _parts_of(effect: Effect) -> frozenset[str]:
    return frozenset(reading.what for readings in effect.readings.values() for reading in readings)


def address(text: str, other: str) -> Address:
    """A link beside the one that stands there before or after."""
    scheme, host, rest = _split(text)
    if not other or _split(other)[1] != host:
        return Address(scheme, host, rest, "")
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(rest, _split(other)[2], strict=False))
    alike = "".join(char for char, _ in pairs)
    alike = alike[: max(alike.rfind(char) for char in "/?&=") + 1]
    return Address(scheme, host, alike, rest[len(alike) :])


def _split(address: str) -> tuple[str, str, str]:
    """What stands before the host, the host, what stands after it."""
    before, _, after = address.partition("://")
    host = host_of(address)
    if not host or not after.startswith(host):
        return "", "", address
    return f"{before}://", host, after[len(host) :]
