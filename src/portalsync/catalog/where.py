"""On which page of a portal's settings people click a setting, in words of no vendor."""

from collections.abc import Iterator

from portalsync.catalog import FIELDS, SECTIONS, pattern_of
from portalsync.catalog.option import AnyField, ListField, walk
from portalsync.lexicon import Lexicon
from portalsync.model.settings import parents

_OF_OPTIONS = {option.key: option.where for option in SECTIONS}


def _pages() -> Iterator[str]:
    for option in SECTIONS:
        yield option.where
        yield from filter(None, (_own(field) for _, field in walk(option.all_fields)))


def _own(field: AnyField) -> str:
    return field.where if isinstance(field, ListField) else ""


SETTINGS_PAGES: tuple[str, ...] = tuple(dict.fromkeys(_pages()))
"""All of them, in the order in which people read what stands on them; worded under `clicks.pages`."""


def where_of(path: str) -> str:
    """The page of a settings path: as the list says that it is in, else its option."""
    pattern = pattern_of(path)
    around = (_own(FIELDS[each]) for each in (pattern, *parents(pattern)) if each in FIELDS)
    return next(filter(None, around), _OF_OPTIONS[pattern.partition(".")[0]])


def page_name(page: str, lexicon: Lexicon) -> str:
    """What we call a settings page that no vendor names."""
    return lexicon(f"clicks.pages.{page}")
