"""Where a portal has its settings and what it calls them, in one language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from portalsync.catalog import field_of, pattern_of
from portalsync.catalog.kinds.basic import Choice
from portalsync.catalog.kinds.localized import LocalizedText, localized
from portalsync.catalog.naming import innermost_entry, settings_name
from portalsync.catalog.option import AnyField, Field, ListField
from portalsync.catalog.statuses import HIDDEN
from portalsync.catalog.vendor import Vendor, VendorPage, VendorSetting
from portalsync.catalog.where import SETTINGS_PAGES, page_name, where_of
from portalsync.lexicon import Foreign, Lexicon, Text, joined, phrase, quoted
from portalsync.model.click_list import SettingsPage
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings
from portalsync.views.report import cut
from portalsync.views.wording.edits import whole_value

T = TypeVar("T")
STEP_DOWN = " › "
_LONGEST = 60
"""Characters of what an entry is called by."""


@dataclass(frozen=True)
class VendorWords:
    """Those of a vendor's map; without one, and where it says nothing, ours. `settings` are a firm's, as far
    as anybody knows: there, an entry is known by what it is called and not by the id in the files.
    """

    vendor: Vendor | None
    lexicon: Lexicon
    settings: Settings = field(default_factory=dict)

    def page(self, path: str) -> SettingsPage:
        """Settings with one way to them stand on one page, whatever the map calls it."""
        return self._pages[self._way(path)]

    @property
    def pages(self) -> Iterable[SettingsPage]:
        """In the order in which people walk through them."""
        return self._pages.values()

    def rank(self, page: str) -> int:
        """Where a page comes as people walk through the settings."""
        return self._order.index(page)

    def is_known(self, path: str) -> bool:
        """Whether the map has a name for it, or nobody named a map."""
        return self.vendor is None or self._setting(path) is not None

    def is_assumed(self, path: str) -> bool:
        """Whether the map's name for it is."""
        setting = self._setting(path)
        return setting is not None and self._without_source(setting)

    def note(self, path: str) -> Text:
        """What whoever clicks it has to know; empty if it is nothing."""
        setting = self._setting(path)
        return Foreign(self._own(setting.note)) if setting and setting.note else ""

    def name(self, path: str) -> Text:
        """`Firm announcement “Closed over Christmas” › Title`."""
        return joined(self._names(path), STEP_DOWN)

    def short_name(self, path: str) -> Text:
        """Of a setting that stands below the name of the entry that it is in."""
        return self._label(path) or settings_name(path, self.lexicon, within=innermost_entry(path))

    def value(self, path: str, value: JSON | Absent) -> Text:
        """As the portal shows it, without most of long texts."""
        setting, known = self._setting(path), field_of(path)
        assert isinstance(known, Field)  # noqa: S101 - values are of fields, lists have none themselves
        if value is ABSENT and isinstance(known.default, bool):
            return phrase("clicks.by_itself", value=self.value(path, known.default))
        if known.refers_to and isinstance(value, str):
            return self._referred(known.refers_to, value)
        if setting and setting.inverted and isinstance(value, bool):
            return whole_value(path, not value, self.lexicon)
        if setting and isinstance(value, str) and value in setting.values:
            return Foreign(self._own(setting.values[value]))
        return whole_value(path, value, self.lexicon)

    def choices(self, path: str) -> Mapping[str, JSON]:
        """What can be chosen there, by what people read for it; nothing where it is written freely."""
        known = field_of(path)
        if isinstance(known, Field) and known.refers_to:
            entries = sorted(self._entries(known.refers_to))
            called = {self._called(f"{known.refers_to}.{name}") or name: name for name in entries}
            return {**called, self.lexicon.say(self.value(path, HIDDEN)): HIDDEN}
        values = known.kind.values if isinstance(known, Field) and isinstance(known.kind, Choice) else ()
        return {self.lexicon.say(self.value(path, value)): value for value in values}

    def _entries(self, of: str) -> set[str]:
        """Their ids, as far as anybody knows."""
        return {
            path.removeprefix(f"{of}.").partition(".")[0]
            for path in self.settings
            if path.startswith(f"{of}.")
        }

    def _names(self, path: str) -> Iterator[Text]:
        parts, patterns = path.split("."), pattern_of(path).split(".")
        for index, pattern in enumerate(patterns):
            if pattern == "*":
                yield self._entry(".".join(parts[: index + 1]))
        if patterns[-1] != "*":
            yield self.short_name(path)

    def _entry(self, path: str) -> Text:
        entries, _, name = path.rpartition(".")
        called, label = self._called(path), self._label(entries)
        if label:
            return phrase("clicks.entry", what=label, id=quoted(called or name))
        if called:
            kind = f"options.{path.partition('.')[0]}.entries.{entries.rpartition('.')[2]}"
            return phrase(kind, id=Foreign(called))
        return settings_name(path, self.lexicon).rpartition(STEP_DOWN)[2]

    def _referred(self, entries: str, name: str) -> Text:
        """An entry of another list."""
        called = self._called(f"{entries}.{name}")
        return phrase("clicks.hidden") if name == HIDDEN else quoted(called) if called else Foreign(name)

    def _called(self, entry: str) -> str:
        """What an entry is called where people read it; empty if nobody knows."""
        around = field_of(entry.rpartition(".")[0])
        fields = around.fields if isinstance(around, ListField) else ()
        name = next((each.name for each in fields if _is_name(each)), "")
        held = self.settings.get(f"{entry}.{name}")
        texts = {tag: str(text) for tag, text in held.items()} if isinstance(held, dict) else {}
        return cut(localized(texts, self.lexicon.locale, "")[0], _LONGEST, self.lexicon)

    def _label(self, path: str) -> Text:
        setting = self._setting(path)
        return Foreign(self._own(setting.label)) if setting else ""

    def _setting(self, path: str) -> VendorSetting | None:
        """Of an entry, what is said of its list."""
        pattern = pattern_of(path).removesuffix(".*")
        return self.vendor.settings.get(pattern) if self.vendor else None

    def _own(self, by_language: Mapping[str, T]) -> T:
        """What there is in this language, else in another."""
        return by_language.get(self.lexicon.locale) or next(iter(by_language.values()))

    def _way(self, path: str) -> tuple[str, ...]:
        setting, where = self._setting(path), where_of(path)
        if setting and setting.way:
            return self._own(setting.way)
        page = self.vendor.pages.get(where) if self.vendor else None
        return self._own(page.way) if page else (page_name(where, self.lexicon),)

    @cached_property
    def _order(self) -> Sequence[str]:
        return [page.id for page in self._pages.values()]

    @cached_property
    def _pages(self) -> Mapping[tuple[str, ...], SettingsPage]:
        """By the way there, in walking order. What stands apart from its page comes after all pages."""
        found: dict[tuple[str, ...], SettingsPage] = {}
        for name, way, is_assumed in self._known_ways():
            found.setdefault(way, SettingsPage(name, tuple(map(Foreign, way)), is_assumed))
        return found

    def _known_ways(self) -> Iterator[tuple[str, tuple[str, ...], bool]]:
        pages, settings = (self.vendor.pages, self.vendor.settings) if self.vendor else ({}, {})
        for where, page in pages.items():
            yield where, self._own(page.way), self._without_source(page)
        for where in SETTINGS_PAGES:
            if where not in pages:
                yield where, (page_name(where, self.lexicon),), self.vendor is not None
        for pattern, setting in settings.items():
            if setting.way:
                yield pattern, self._own(setting.way), self._without_source(setting)

    def _without_source(self, entry: VendorPage | VendorSetting) -> bool:
        return self.lexicon.locale not in entry.source


def _is_name(field: AnyField) -> bool:
    return isinstance(field, Field) and field.required and isinstance(field.kind, LocalizedText)
