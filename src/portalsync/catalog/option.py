"""The shape of a definition: an option has fields, blocks and rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from portalsync.catalog.kinds.audience import AudienceKind
from portalsync.catalog.kinds.basic import IDENTIFIER, Pattern
from portalsync.catalog.kinds.kind import Kind
from portalsync.diagnostics import Severity
from portalsync.lexicon import Text
from portalsync.model.json_value import JSON
from portalsync.model.page import Audience, Content, PageName, Place, Shape, Situation, View
from portalsync.model.persona import Job
from portalsync.model.settings import Scope

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Field(Generic[T_co]):
    """One settable value.

    `path` is dotted: from the firm's settings for a field of an option, from the entry for a field
    of a list. `default` is the portal's own value when nobody sets the field; None where it goes by
    something else that the portal has, worded under `options.<option>.unset.<name>`. `examples` are
    accepted and `rejects` refused by schema and server alike; tests hold both to it.
    """

    path: str
    kind: Kind[T_co]
    default: T_co
    description: str
    examples: tuple[JSON, ...]
    rejects: tuple[JSON, ...]
    required: bool = False
    """Inside a list entry: the entry means nothing without it."""
    refers_to: str = ""
    """The path of the list of which it may name an entry by its id."""

    @cached_property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


class Authority(StrEnum):
    """What a list says about entries that it does not name."""

    AUTHORITATIVE = "authoritative"
    """They go: the list is the whole truth."""
    ADDITIVE = "additive"
    """They stay as they are: each entry is managed by itself."""


@dataclass(frozen=True)
class ListField:
    """A list whose entries have an identity, `id`; layers merge it entry by entry."""

    path: str
    description: str
    fields: tuple["Field[object] | ListField", ...]
    authority: Authority
    limit: int = 100
    ids: Pattern = IDENTIFIER
    """What files may call an entry."""
    where: str = ""
    """The settings page on which people click its entries, if it is another than the option's."""

    @cached_property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names of the fields that an entry on the portal cannot be without."""
        return tuple(each.name for each in self.fields if isinstance(each, Field) and each.required)


AnyField = Field[object] | ListField


@dataclass(frozen=True)
class Hide:
    """A reason for a block not to be shown; worded under `options.<option>.hidden.<reason>`."""

    reason: str
    when: Callable[[View], object]


@dataclass(frozen=True)
class Reads:
    """What a block looks at besides the settings of its own option and the language: fields of `Persona` and
    of `Facts` by name, `settings` of the profile or of another option; the time, if its option has instants.
    Whom it is for is not its business; one that asks audiences itself, inside its content, reads `tags`, and
    is shown those alone that an audience of its option names. Clients and firms that are alike in that find
    the same block.
    """

    client: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    settings: tuple[Field[Any], ...] = ()
    day: bool = False
    """Which day it is for the firm: lines that were due before are marked where the block stands, by
    `Placed.on`. Its content is the same each day.
    """


def _one(view: View) -> Sequence[Scope]:
    return (view.entry,)


def _no_content(_view: View) -> Content:
    return Content()


@dataclass(frozen=True)
class Block:
    """A thing that an option puts on pages.

    Its label is worded under `options.<option>.blocks.<name>`. `each` makes one block per list
    entry; `hide` is asked in order, the first reason that holds is the one given. `area` is the
    part of the page it stands in, by default the one of its shape. All of this looks at what `reads`
    says, and at nothing else: the planner asks once for all who are alike in that. Only `hide` looks at the
    time, and it does not look at the language.
    """

    name: str
    shape: Shape
    places: tuple[Place, ...]
    hide: tuple[Hide, ...] = ()
    content: Callable[[View], Content] = _no_content
    each: Callable[[View], Sequence[Scope]] = _one
    reads: Reads = Reads()
    area: str = ""


@dataclass(frozen=True)
class Violation:
    """What a rule found: the settings path to point at, and values for the message."""

    path: str
    values: tuple[tuple[str, Text], ...] = ()
    among: tuple[str, ...] = ()
    """Where several together are too much: their paths. The one that was added last is to blame."""
    lacks: tuple[str, ...] = ()
    """Fields without a value that it cannot be without. A line that takes one of them away is to blame."""
    missing: tuple[str, str] = ("", "")
    """What the portal lacks: which kind of thing, and its id; worded under `vanished.<kind>`. A firm whose
    settings passed once had it then.
    """


@dataclass(frozen=True)
class Rule:
    """A check over values in force and facts; worded under `rules.<code>`."""

    code: str
    severity: Severity
    check: Callable[[Situation], Iterable[Violation]]
    finds_missing: bool = False
    """Whether its violations say what is `missing`: it looks at no clock."""


@dataclass(frozen=True, slots=True)
class Window:
    """When an entry of a list is on: from `starts` up to, but not including, `ends`. `bounds` are the
    settings paths that say so; one that is not set bounds nothing.
    """

    path: str
    titles: Mapping[str, str]
    starts: datetime
    ends: datetime
    audience: Audience
    bounds: tuple[str, str]

    def is_on(self, at: datetime) -> bool:
        return self.starts <= at < self.ends

    @property
    def is_bounded(self) -> bool:
        """Whether it both starts and ends some day."""
        return self.starts.year > MINYEAR and self.ends.year < MAXYEAR


def _never(_situation: Situation) -> Iterable[datetime]:
    return ()


def _always(_situation: Situation) -> Iterable[Window]:
    return ()


def _no_jobs(_situation: Situation) -> Iterable[Job]:
    return ()


@dataclass(frozen=True)
class Option:
    """One of the portal's functions. `since` is the portalsync version that brought it."""

    key: str
    since: str
    description: str
    fields: tuple[AnyField, ...]
    where: str = ""
    """The settings page on which people click it where a portal has no API; what vendors call the page, their
    maps say (`catalog/vendor.py`).
    """
    blocks: tuple[Block, ...] = ()
    rules: tuple[Rule, ...] = ()
    leads_to: PageName | None = None
    """The page on which its action happens: its quick links and buttons lead there."""
    icon: str = "arrow"
    """One of those that `templates/pages/icons.html.j2` draws."""
    has_audience: bool = True
    instants: Callable[[Situation], Iterable[datetime]] = _never
    """When pages change by themselves, and never between: the planner looks at these instants too. They
    follow from what each of its blocks reads.
    """
    windows: Callable[[Situation], Iterable[Window]] = _always
    """When its entries are on, for those who look after what comes next, and what was forgotten."""
    jobs: Callable[[Situation], Iterable[Job]] = _no_jobs
    """Jobs that the option tells clients of: the planner looks through clients who have them."""

    @cached_property
    def reads(self) -> Reads:
        """All that any of its blocks looks at."""
        every = [block.reads for block in self.blocks]
        client = dict.fromkeys(name for each in every for name in each.client)
        facts = dict.fromkeys(name for each in every for name in each.facts)
        settings = {field.path: field for each in every for field in each.settings}
        return Reads((*client,), (*facts,), (*settings.values(),))

    @cached_property
    def sections(self) -> frozenset[str]:
        """Keys of the options whose settings its blocks look at: its own, and others'."""
        return frozenset({self.key, *(field.path.partition(".")[0] for field in self.reads.settings)})

    @property
    def is_timed(self) -> bool:
        return self.instants is not _never

    @cached_property
    def lists(self) -> tuple[ListField, ...]:
        return tuple(each for each in self.fields if isinstance(each, ListField))

    @cached_property
    def all_fields(self) -> tuple[AnyField, ...]:
        return (*self.fields, audience_field(f"{self.key}.audience")) if self.has_audience else self.fields


@cache
def audience_field(path: str) -> Field[Mapping[str, Any]]:
    """The `audience` that every option and every announcement may have."""
    return Field(
        path,
        AudienceKind(),
        default={},
        description="Which clients this is for, by their tags: `any` of them, `all` of them. "
        "Without it, everyone.",
        examples=({"any": ["business"]}, {"all": ["individual", "us-1040"]}),
        rejects=({"any": []}, {"none": ["business"]}, "business", {}),
    )


def walk(fields: Iterable[AnyField], prefix: str = "") -> Iterator[tuple[str, AnyField]]:
    """All fields, depth first, with a pattern of their settings path (`*` for an entry's id)."""
    for field in fields:
        path = prefix + field.path
        yield path, field
        if isinstance(field, ListField):
            yield from walk(field.fields, f"{path}.*.")
