"""What is wrong with lists once the layers are put together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portalsync.catalog import field_of
from portalsync.catalog.option import ListField
from portalsync.config.merge import Merge
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import counted, phrase
from portalsync.model.desired import Desired, Origin
from portalsync.model.edit import ABSENT


def wrong_lists(entries: Mapping[str, Origin], merge: Merge, desired: Desired) -> Iterator[Diagnostic]:
    """Findings about lists, by their entries, with where each is named."""
    lists = _by_list(entries)
    yield from _incomplete(lists, merge, desired)
    yield from _too_long(lists)


@dataclass(frozen=True, slots=True)
class _List:
    path: str
    definition: ListField
    entries: dict[str, Origin] = field(default_factory=dict)


def _by_list(entries: Mapping[str, Origin]) -> Sequence[_List]:
    lists: dict[str, _List] = {}
    for entry, origin in entries.items():
        path = entry.rpartition(".")[0]
        if path not in lists:
            definition = field_of(path)
            assert isinstance(definition, ListField)  # noqa: S101 - entries are entries of lists
            lists[path] = _List(path, definition)
        lists[path].entries[entry] = origin
    return [*lists.values()]


def _incomplete(lists: Iterable[_List], merge: Merge, desired: Desired) -> Iterator[Diagnostic]:
    """Entries that lack a field without which they mean nothing, whatever layer should give it; the portal
    gives what is left to it.
    """
    for each in lists:
        for entry, origin in each.entries.items() if each.definition.required else ():
            for name in each.definition.required:
                path = f"{entry}.{name}"
                stated = desired.values.get(path)
                is_left = merge.is_left(path) or path in desired.ignored
                if (stated is None or stated.value is ABSENT) and not is_left:
                    yield _entry_incomplete(entry, name, origin)


def _entry_incomplete(entry: str, name: str, origin: Origin) -> Diagnostic:
    return Diagnostic(
        "entry-incomplete",
        phrase("findings.entry-incomplete.message", id=entry.rpartition(".")[2], field=name),
        origin.value,
        expected=f"{name}: …",
        hint=phrase("findings.entry-incomplete.hint"),
        path=f"{entry}.{name}",
    )


def _too_long(lists: Iterable[_List]) -> Iterator[Diagnostic]:
    """Lists that are within their limit in each layer, and beyond it once the layers are put together."""
    for each in lists:
        if len(each.entries) > each.definition.limit:
            yield Diagnostic(
                "schema-maxitems",
                phrase("findings.list-too-long.message", list=each.definition.name, number=len(each.entries)),
                [*each.entries.values()][-1].value,
                expected=counted("findings.length.most-entries", each.definition.limit),
                hint=phrase("findings.list-too-long.hint"),
                path=each.path,
            )
