"""Each setting has a settings page, and each map of a vendor that comes along says where it is there."""

from functools import cache
from pathlib import Path

import pytest

from portalsync.catalog import FIELDS, SECTIONS
from portalsync.catalog.kinds.basic import Choice, Switch
from portalsync.catalog.option import Field, Option
from portalsync.catalog.vendor import Vendor, VendorPage, VendorSetting
from portalsync.catalog.where import SETTINGS_PAGES, page_name, where_of
from portalsync.config.vendors import known_vendors, read_vendor
from portalsync.lexicon import LOCALES, lexicon_of

NOWHERE = Path("there-is-no-such-folder")
VENDORS = known_vendors(NOWHERE)
ALL = {*LOCALES}


@cache
def vendor(name: str) -> Vendor:
    found = read_vendor(NOWHERE, name)
    assert found is not None
    return found


@pytest.mark.parametrize("option", SECTIONS, ids=lambda option: option.key)
def test_people_know_where_to_click_each_option(option: Option) -> None:
    assert option.where, f"say on which settings page {option.key} is clicked"


def test_what_is_in_a_list_stands_where_the_list_does() -> None:
    assert where_of("work_in_progress.statuses.in-review.name") == "statuses"
    assert where_of("work_in_progress.pipelines.us-1040.stages.review.show") == "pipelines"
    assert where_of("chat.audience") == "chats"
    assert {where_of(pattern) for pattern in FIELDS} == {*SETTINGS_PAGES}


@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_vendor_pages_are_called_by_names_of_ours(locale: str) -> None:
    names = [page_name(page, lexicon_of(locale)) for page in SETTINGS_PAGES]
    assert len({*names}) == len(names)


@pytest.mark.parametrize("name", VENDORS)
def test_a_map_says_of_each_setting_where_it_is_or_that_nobody_knows(name: str) -> None:
    """Seen to fail for a setting that stood in neither list."""
    found = vendor(name)
    assert found.id == name
    assert {*found.settings} | {*found.missing} == {*FIELDS}
    assert {*found.settings} & {*found.missing} == set()
    assert {*found.pages} == {*SETTINGS_PAGES}


@pytest.mark.parametrize("name", VENDORS)
def test_a_map_speaks_every_language(name: str) -> None:
    found = vendor(name)
    worded = [setting.label for setting in found.settings.values()]
    worded += [value for setting in found.settings.values() for value in setting.values.values()]
    worded += [setting.note for setting in found.settings.values() if setting.note]
    assert [each for each in worded if {*each} != ALL] == []
    entries: list[VendorPage | VendorSetting] = [*found.pages.values(), *found.settings.values()]
    assert [each for each in entries if each.way and {*each.way} != ALL] == []
    assert any(each.source for each in entries)


@pytest.mark.parametrize("name", VENDORS)
def test_a_map_fits_the_kinds_of_the_settings(name: str) -> None:
    for pattern, setting in vendor(name).settings.items():
        field = FIELDS[pattern]
        kind = field.kind if isinstance(field, Field) else None
        assert not setting.inverted or isinstance(kind, Switch), pattern
        if setting.values:
            assert isinstance(kind, Choice), pattern
            assert {*setting.values} == {*kind.values}, pattern
