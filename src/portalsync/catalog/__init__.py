"""What can be configured. The one list that names every option, in the order people read them."""

from collections.abc import Mapping
from functools import lru_cache

from portalsync.catalog.option import AnyField, ListField, Option, walk
from portalsync.catalog.options import (
    announcements,
    appointments,
    chat,
    document_renaming,
    done_uploading,
    invoices,
    organizers,
    prepayments,
    work_in_progress,
)
from portalsync.catalog.profile import PROFILE
from portalsync.catalog.standing import STANDING
from portalsync.model.settings import LONGEST_REMEMBERED

OPTIONS: tuple[Option, ...] = (
    prepayments.OPTION,
    invoices.OPTION,
    done_uploading.OPTION,
    appointments.OPTION,
    announcements.OPTION,
    chat.OPTION,
    organizers.OPTION,
    work_in_progress.OPTION,
    document_renaming.OPTION,
)

SECTIONS: tuple[Option, ...] = (PROFILE, *OPTIONS)
"""Everything that has settings."""

DEFINITIONS: tuple[Option, ...] = (*SECTIONS, STANDING)
"""Everything that puts blocks on pages."""

FIELDS: Mapping[str, AnyField] = {
    path: field for option in SECTIONS for path, field in walk(option.all_fields)
}
"""Every field by the pattern of its settings path; `*` stands for the id of an entry."""


def pattern_of(path: str) -> str:
    """The pattern of a settings path: `announcements.items.x.title` -> `announcements.items.*.title`."""
    return _remembered_pattern(path) if len(path) <= LONGEST_REMEMBERED else _pattern_of(path)


@lru_cache(10_000)
def _remembered_pattern(path: str) -> str:
    return _pattern_of(path)


def _pattern_of(path: str) -> str:
    parts = path.split(".")
    pattern = ".".join(parts[:2])
    rest = parts[2:]
    while rest and isinstance(FIELDS.get(pattern), ListField):
        pattern = ".".join((pattern, "*", *rest[1:2]))
        rest = rest[2:]
    return ".".join((pattern, *rest))


def field_of(path: str) -> AnyField:
    """The definition of a settings path. KeyError if the catalogue has no such field."""
    return FIELDS[pattern_of(path)]
