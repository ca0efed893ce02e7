"""A setting of a firm: what every layer says of it, what the portal has, who changed it last."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Annotated, Literal, cast

from portalsync.backend.protocol import Reader
from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.naming import order_of
from portalsync.catalog.normal import is_same
from portalsync.catalog.option import Field
from portalsync.lexicon import Text
from portalsync.living.explain.layers import LayerStack, LayerWord, is_setting
from portalsync.living.generations import entries_of
from portalsync.model.annotations import VERSION_DOC, Count, Doc
from portalsync.model.desired import Desired
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSON
from portalsync.wire import FirmState, HistoryEntry, Origin


@dataclass(frozen=True, slots=True)
class Seen:
    """What the portal says of a firm; of one that could not be asked, `unread` says why."""

    state: FirmState | None = None
    facts: Facts | None = None
    history: Sequence[HistoryEntry] = ()
    unread: Text = ""


def see(portal: Reader, firm: str) -> Seen:
    """All that explanations rest on. Errors are those of a `Reader`."""
    entries = islice(entries_of(portal, firm), _MOST_GENERATIONS)
    return Seen(portal.state(firm), portal.facts(firm), tuple(entries))


_MOST_GENERATIONS = 1000
"""How far back somebody is looked for who changed a setting."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """The generation of the firm that last wrote a setting."""

    generation: Count
    at: Annotated[str, Doc("The instant, in UTC.")]
    origin: Annotated[
        Origin,
        Doc("plan: a plan was applied. portal: somebody did it in the portal itself. seed: with the firm."),
    ]
    actor: Annotated[str, Doc("Who did it.")]
    plan: Annotated[str, Doc("The digest of the plan; empty if it was none.")]


@dataclass(frozen=True, slots=True)
class LiveSetting:
    """What the portal has."""

    value: Annotated[JSON | Absent, Doc("No key where nothing is set.")]
    as_in_files: Annotated[bool, Doc("Whether it is what the files lead to: no plan would change it.")]
    changed: Annotated[
        LastChange | None, Doc("Who changed it last; null where the portal's history does not tell.")
    ]


@dataclass(frozen=True, slots=True)
class SettingExplanation:
    """Why one setting is as it is."""

    path: Annotated[str, Doc("The dotted settings path.")]
    managed: Annotated[bool, Doc("Whether the files decide; else the portal keeps what it has.")]
    layers: Annotated[
        tuple[LayerWord, ...], Doc("What the layers say, lowest first: the last one overrules the others.")
    ]
    default: Annotated[
        JSON | Absent, Doc("What the portal does where nothing is set; no key where it has no fixed value.")
    ]
    live: Annotated[LiveSetting | None, Doc("What the portal has; null if it was not asked.")]

    @property
    def value(self) -> JSON | Absent:
        """What the files lead to: of an unmanaged setting, what the portal has as far as that is known."""
        if self.managed:
            return self.layers[-1].value
        return self.live.value if self.live else ABSENT


@dataclass(frozen=True, kw_only=True)
class FirmExplained:
    """Something of one firm, explained by its files and by what the portal has."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    firm: Annotated[str, Doc("The firm's id on the portal.")]
    name: Annotated[str, Doc("Its name.")]
    environment: Annotated[str | None, Doc("The environment whose portal was asked; null for none.")]
    generation: Annotated[Count | None, Doc("The firm's generation there; null if it could not be read.")]
    unread: Annotated[Text, Doc("Why the portal could not be read; empty if it was, or was not asked.")]


@dataclass(frozen=True, kw_only=True)
class SettingsExplained(FirmExplained):
    """Settings of one firm, each with what decides it."""

    settings: Annotated[tuple[SettingExplanation, ...], Doc("In the order of the catalogue.")]


def asked_for(wanted: str, desired: Desired, seen: Seen) -> Sequence[str]:
    """The paths of fields that are meant by a path of a field, an entry, a list or an option, as people write
    them; without one, all of which something is known. None if there is no such thing.
    """
    path = wanted.removeprefix("options.")
    if not path:
        return sorted(_spoken_of(desired, seen), key=order_of)
    if is_setting(path) and "*" not in path:
        return [path]
    below = (each for each in every_path(desired, seen) if each.startswith(f"{path}."))
    return sorted(below, key=order_of)


def every_path(desired: Desired, seen: Seen) -> Collection[str]:
    """Of fields that can be asked for."""
    plain = {path for path, each in FIELDS.items() if isinstance(each, Field) and "*" not in path}
    return plain | _spoken_of(desired, seen)


def _spoken_of(desired: Desired, seen: Seen) -> set[str]:
    """Fields that some layer says something of, or that the portal has."""
    live = seen.state.settings.keys() if seen.state else ()
    return {path for path in (*desired.values, *live) if is_setting(path)}


def explained(layers: LayerStack, seen: Seen, paths: Iterable[str]) -> Iterator[SettingExplanation]:
    """Each of these paths."""
    desired = layers.desired
    changes, wanted = _last_changes(seen.history), desired.settings()
    for path in paths:
        managed = path in desired.managed or f"{path}.*" in desired.claims
        managed = managed and path not in desired.ignored
        live = None
        if seen.state:
            value: JSON | Absent = seen.state.settings.get(path, ABSENT)
            as_in_files = not managed or _is_alike(path, value, wanted.get(path, ABSENT))
            live = LiveSetting(value, as_in_files, changes.get(path))
        yield SettingExplanation(path, managed, layers.words(path), _default(path), live)


def _is_alike(path: str, one: JSON | Absent, other: JSON | Absent) -> bool:
    return one is other if one is ABSENT or other is ABSENT else is_same(path, one, other)


def _last_changes(history: Sequence[HistoryEntry]) -> Mapping[str, LastChange]:
    changes: dict[str, LastChange] = {}
    for each in reversed(history):
        change = LastChange(each.generation, each.at, each.origin, each.actor, each.plan)
        changes.update((write.path, change) for write in each.writes)
    return changes


def _default(path: str) -> JSON | Absent:
    definition = FIELDS.get(pattern_of(path))
    if not isinstance(definition, Field) or definition.default is None:
        return ABSENT
    return cast("JSON", definition.default)
