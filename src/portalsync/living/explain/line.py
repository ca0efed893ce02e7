"""How far a line of a layer reaches: in which firms it decides, on which pages, for how many clients."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any, Literal

from portalsync.catalog import DEFINITIONS, FIELDS
from portalsync.catalog.files.layers import PREVIOUSLY
from portalsync.catalog.option import Block, Option
from portalsync.catalog.profile import LOCALES, NAME, PROFILE, TIME_ZONE
from portalsync.living.explain.layers import Act, LayerStack, LayerWord, is_setting
from portalsync.model.annotations import VERSION_DOC, Count, Doc
from portalsync.model.desired import Desired
from portalsync.model.effect import EffectKind
from portalsync.model.page import PLACES, Place, Placed, Situation
from portalsync.model.persona import Persona
from portalsync.model.settings import options_of
from portalsync.planning.outlook import outlook
from portalsync.planning.reach import Reached, Readers, together
from portalsync.portal.reasons import reasoned_block
from portalsync.portal.variants import instants, readable


@dataclass(frozen=True, slots=True)
class Overruled:
    """What the line says in vain in a firm."""

    path: Annotated[str, Doc("The dotted settings path.")]
    by: Annotated[LayerWord, Doc("The layer that has its way instead.")]


@dataclass(frozen=True, slots=True)
class BlockReached:
    """A block that is as it is by this line: shown, hidden, or with what it says."""

    key: Annotated[str, Doc("Stable, as in plans: `chat.new_chat`.")]
    clients: Annotated[Count, Doc("For how many clients, as far as they are known by tags and language.")]
    at_most: Annotated[bool, Doc("Whether these are the most it can be.")]


@dataclass(frozen=True, slots=True)
class FirmReached:
    """One firm that takes the layer."""

    id: Annotated[str, Doc("The firm's id on the portal.")]
    name: str
    decides: Annotated[tuple[str, ...], Doc("Paths of settings on which the line has the last word.")]
    overruled: Annotated[tuple[Overruled, ...], Doc("Those on which another layer has it.")]
    blocks: tuple[BlockReached, ...]
    variants: Annotated[
        Count,
        Doc("Pages of sample clients, by surface and language, where one of these blocks may be."),
    ]
    of_variants: Annotated[Count, Doc("How many such pages there are.")]
    clients: Annotated[Count, Doc("How many clients that concerns, each once.")]
    at_most: Annotated[bool, Doc("Whether these are the most it can be.")]
    since: Annotated[str, Doc("From which instant on, if no page is concerned yet; else empty.")]
    time_zone: Annotated[str, Doc("The firm's time zone.")]


@dataclass(frozen=True, slots=True)
class LineExplained:
    """What a line says, and whom it reaches."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    line: Annotated[str, Doc("The file, as seen from where the command ran, and the line.")]
    layer: Annotated[str, Doc("`defaults`, `group <id>` or `firm <id>`.")]
    at: Annotated[str, Doc("At which instant, in UTC.")]
    environment: Annotated[str | None, Doc("The environment whose portal was asked; null for none.")]
    settings: Annotated[tuple[str, ...], Doc("Paths of what it is about: a setting, or what holds some.")]
    firms: Annotated[tuple[FirmReached, ...], Doc("Those that take the layer, by id.")]
    unread: Annotated[
        tuple[str, ...],
        Doc("Ids of those of which neither the portal nor files know the facts."),
    ]


def settings_at(data: Any, path: Sequence[str | int]) -> str | None:
    """The settings path of a place in a layer's file: of a field, an entry, a list, an option; empty for all
    options. None for what is no setting.
    """
    if path[0] not in {PROFILE.key, _OPTIONS}:
        return None
    node, parts = data, list[str]()
    for step in path:
        if is_setting(".".join(parts)):
            break
        node = node[step]
        if step != _OPTIONS or parts:
            parts.append(str(node["id"]) if isinstance(step, int) else step)
    return ".".join(parts[:-1] if parts[-1:] and parts[-1] in _OF_AN_ENTRY else parts)


_OPTIONS = "options"
_OF_AN_ENTRY = {"id", "remove", PREVIOUSLY}
"""What an entry of a list says of itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked about: settings paths, as a layer says them."""

    layer: str
    paths: Collection[str]

    def says(self, desired: Desired) -> Sequence[str]:
        """Settings of which the layer says something there, of a firm that takes it. What it says of an
        option, a list or an entry, it says of all that is in it.
        """
        own = (each.path for each in desired.statements if each.layer == self.layer)
        said = [path for path in own if any(_is_below(path, each) for each in self.paths)]
        return [*dict.fromkeys(each for path in said for each in _settings_in(path, desired))]


def _settings_in(path: str, desired: Desired) -> Sequence[str]:
    if is_setting(path):
        return [path]
    known = (*(each for each in FIELDS if "*" not in each), *(each.path for each in desired.statements))
    return [each for each in known if is_setting(each) and _is_below(each, path)]


def _is_below(path: str, above: str) -> bool:
    """Or the same."""
    return not above or path == above or path.startswith(f"{above}.")


def firm_reached(
    layers: LayerStack, after: Situation, personas: Sequence[Persona], line: Line
) -> FirmReached:
    """How far the line reaches in one firm. `after` is the firm with what its files say in force."""
    said = {path: layers.words(path)[-1] for path in line.says(layers.desired)}
    decides = [path for path, word in said.items() if _is_decided_by(line, word)]
    overruled = tuple(Overruled(path, word) for path, word in said.items() if path not in decides)
    meetings = [*_meetings(after, personas, decides)]
    met = _Met(after, meetings)
    everyone = sum(len(readable(each.locale, after.settings[LOCALES])) for each in personas)
    return FirmReached(
        id=layers.desired.firm,
        name=after.settings[NAME],
        decides=tuple(decides),
        overruled=overruled,
        blocks=tuple(met.blocks()),
        variants=len({each for meeting in meetings for each in meeting.pages()}),
        of_variants=everyone * len(PLACES),
        clients=met.clients,
        at_most=met.at_most,
        since=met.since,
        time_zone=after.settings[TIME_ZONE],
    )


def _is_decided_by(line: Line, word: LayerWord) -> bool:
    return word.layer == line.layer and word.act is not Act.IGNORES


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Clients who are alike, to whom a block is as it is by the line, in a language at an instant. `named`
    are the sample clients among them.
    """

    block: Block
    placed: Placed
    named: tuple[str, ...]
    locale: str
    at: datetime

    def pages(self) -> Iterator[tuple[str, str, Place]]:
        """Those of sample clients."""
        yield from ((client, self.locale, place) for client in self.named for place in self.block.places)


def _meetings(after: Situation, personas: Sequence[Persona], decides: Collection[str]) -> Iterator[_Meeting]:
    """Of sample clients, and of all kinds of clients that the portal knows."""
    look, ahead = outlook(after, after, personas), instants(after)
    for option, block in _concerned(decides):
        alike = look.samples.alike(block, look.after.answers(option).audiences)
        for at in ahead if option.is_timed else ahead[:1]:
            then = replace(after, at=at)
            for each in alike.classes:
                named = tuple(personas[index].id for index in each.indexes if index < len(personas))
                for locale in readable(each.first.locale, after.settings[LOCALES] if named else ()):
                    for met in reasoned_block(then, each.first, option, block, locale):
                        if any(_is_below(path, own) for path in met.deciding for own in decides):
                            yield _Meeting(block, met.placed, named, locale, at)


def _concerned(decides: Collection[str]) -> Iterator[tuple[Option, Block]]:
    """Blocks that may look at one of these settings."""
    sections = options_of(decides)
    for option in DEFINITIONS:
        if not sections.isdisjoint(option.sections):
            yield from ((option, block) for block in option.blocks)


class _Met:
    """What the meetings come to."""

    def __init__(self, after: Situation, meetings: Sequence[_Meeting]) -> None:
        self._readers = Readers(after.facts, after.settings[LOCALES][0])
        self._reached: dict[str, Reached] = {}
        self._some: set[str] = set()
        self._note(meetings)
        self.clients = together([*self._reached.values()], after.facts)
        self.at_most = bool(self._some) or any(each.at_most for each in self._reached.values())
        first = min((each.at for each in meetings), default=after.at)
        self.since = first.isoformat() if first > after.at else ""

    def _note(self, meetings: Sequence[_Meeting]) -> None:
        by_block: dict[str, list[_Meeting]] = {}
        for each in meetings:
            by_block.setdefault(each.placed.key, []).append(each)
        for key, some in by_block.items():
            shown = replace(some[0].placed, reason="")
            locales = {each.locale for each in some}
            self._reached[key] = self._readers.reached(EffectKind.CHANGES, (shown, shown), locales)
            if some[0].block.reads.client:
                self._some.add(key)

    def blocks(self) -> Iterator[BlockReached]:
        for key, reached in self._reached.items():
            yield BlockReached(key, reached.clients, key in self._some or reached.at_most)
