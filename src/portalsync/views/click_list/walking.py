"""In which order people walk through the settings pages of a firm."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from portalsync.catalog import field_of
from portalsync.catalog.naming import order_of
from portalsync.catalog.option import Field
from portalsync.model.click_list import Action
from portalsync.model.edit import Edit
from portalsync.views.click_list.units import Unit
from portalsync.views.click_list.vendor_words import VendorWords


def in_walking_order(done: Iterable[Unit], words: VendorWords) -> Sequence[Unit]:
    """Page by page as the vendor has them; on a page as people read its settings in files. A page on which
    entries only go comes last if something that is still shown elsewhere refers to them: no portal deletes
    what it needs.
    """

    def place(unit: Unit) -> tuple[int, tuple[int, str]]:
        return words.rank(words.page(unit.path).id), order_of(unit.edits[0].path)

    pages: dict[str, list[Unit]] = {}
    for unit in sorted(done, key=place):
        pages.setdefault(words.page(unit.path).id, []).append(unit)
    walk = sorted(pages, key=lambda page: _waits(page, pages))
    return [unit for page in walk for unit in pages[page]]


def _waits(page: str, pages: Mapping[str, Sequence[Unit]]) -> bool:
    gone = {unit.path for unit in pages[page] if unit.action is Action.REMOVE}
    others = (unit for name, units in pages.items() if name != page for unit in units)
    is_only_going = len(gone) == len(pages[page])
    return is_only_going and any(_needs(edit, gone) for unit in others for edit in unit.edits)


def _needs(edit: Edit, entries: Collection[str]) -> bool:
    """Whether it refers to one of them up to now."""
    field = field_of(edit.path)
    return isinstance(field, Field) and f"{field.refers_to}.{edit.before}" in entries
