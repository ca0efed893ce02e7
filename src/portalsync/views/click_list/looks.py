"""What a person looks at who checks a portal without an API: page by page, what is recorded of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from portalsync.catalog.naming import order_of
from portalsync.lexicon import Foreign, Text, counted, phrase
from portalsync.model.claims import Claims
from portalsync.model.click_list import SettingsPage
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings
from portalsync.moments import moment
from portalsync.record.firm_record import FirmRecord, Recorded
from portalsync.views.click_list.report import way_there
from portalsync.views.click_list.vendor_words import VendorWords
from portalsync.views.report import Item, Report, Section, Tone


@dataclass(frozen=True, slots=True)
class Look:
    """One setting with the value that it is recorded to have; where none is `recorded`, that of the files."""

    path: str
    name: Text
    shown: Text
    value: JSON
    recorded: Recorded | None
    choices: Mapping[str, JSON]
    """What else can be chosen there, by what people read for it; nothing where it is written freely."""


@dataclass(frozen=True, slots=True)
class PageToSee:
    """A settings page of one firm."""

    firm: str
    firm_name: str
    page: SettingsPage
    looks: tuple[Look, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything on it was recorded before."""
        return any(look.recorded for look in self.looks)


def pages_to_see(
    records: Iterable[FirmRecord], wanted: Mapping[str, Settings], words: VendorWords
) -> Sequence[PageToSee]:
    """Firm by firm, in the order in which people walk through the settings; each page of a firm once. Of a
    firm that is not managed yet, what the files want is looked for.
    """
    return [page for record in records for page in _of_firm(record, wanted.get(record.firm, {}), words)]


def _of_firm(record: FirmRecord, wanted: Settings, words: VendorWords) -> Iterator[PageToSee]:
    def walked(path: str) -> tuple[int, tuple[int, str]]:
        return words.rank(words.page(path).id), order_of(path)

    managed = Claims.of((*record.managed, *wanted)).part_of(record.state().settings)
    values = {**wanted, **managed}
    name = str(values.get("profile.name", record.firm))
    own = replace(words, settings=values)
    for _, on_page in groupby(sorted(values, key=walked), key=lambda path: words.page(path).id):
        looks = tuple(_look(path, values[path], record, own) for path in on_page)
        yield PageToSee(record.firm, name, words.page(looks[0].path), looks)


def _look(path: str, value: JSON, record: FirmRecord, words: VendorWords) -> Look:
    known = record.settings.get(path)
    return Look(path, words.name(path), words.value(path, value), value, known, words.choices(path))


def word_looks(pages: Sequence[PageToSee], environment: str) -> Report:
    return Report(
        title=phrase("looks.title", environment=Foreign(environment)),
        verdict=(Item(Tone.NOTE, what_to_see(pages)),),
        sections=tuple(_sections(pages)),
    )


def what_to_see(pages: Sequence[PageToSee]) -> Text:
    if not pages:
        return phrase("looks.nothing")
    is_known = any(page.is_known for page in pages)
    return counted("looks.pages" if is_known else "looks.pages-first", len(pages))


def _sections(pages: Sequence[PageToSee]) -> Iterator[Section]:
    for name, own in groupby(pages, key=lambda page: page.firm_name):
        yield Section(Foreign(name), ())
        for page in own:
            yield Section(way_there(page.page), tuple(map(_item, page.looks)), level=2)


def _item(look: Look) -> Item:
    if look.recorded is None:
        return Item(Tone.NOTE, look_line(look), notes=(phrase("looks.as-in-files"),))
    at, by = moment(look.recorded.at), Foreign(look.recorded.by)
    return Item(Tone.NOTE, look_line(look), notes=(phrase("looks.recorded", at=at, by=by),))


def look_line(look: Look) -> Text:
    return (look.name, ": ", look.shown)
