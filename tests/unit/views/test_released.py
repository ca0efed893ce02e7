"""What stays on the portal when files let go of it, and what would take it away."""

from dataclasses import replace

import pytest
from tests.unit.views.test_comment import firm

from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.json_value import JSON
from portalsync.model.news import NewsFirm
from portalsync.views.wording.released import ReleasedDesk

ITEMS = "announcements.items"
STAYS: dict[str, JSON] = {
    "appointments.audience": {"any": ["business"]},
    "organizers.templates.intake.self_service": True,
    f"{ITEMS}.closed.title": {"en": "Closed"},
    f"{ITEMS}.closed.body": {"en": "Back soon."},
    f"{ITEMS}.moved.title": {"en": "Moved"},
}
CLAIMS = (f"{ITEMS}.*", "appointments.audience", "organizers.templates.intake.self_service", "profile.phone")


def let_go(number: int) -> FirmPlan:
    return replace(firm(number), changes=(), managed=("x",), managed_before=("x", *CLAIMS), stays=STAYS)


def lines_of(*parts: FirmPlan, locale: str = "en") -> list[str]:
    desk, lexicon = ReleasedDesk(), lexicon_of(locale)
    for part in parts:
        desk.take(part, NewsFirm.of(part))
    return [lexicon.say(line) for item in desk.items(lexicon) for line in (item.text, *item.notes)]


NOW_UNMANAGED = {
    "en": "no longer managed here, and still set on the portal. To take it away, write into",
    "de": "nicht mehr hier verwaltet und im Portal weiter gesetzt. Soll es weg, schreiben Sie in",
}
FILES = {
    "en": "their files, or into one of their groups",
    "de": "ihre Dateien oder in eine ihrer Gruppen",
}


def test_each_value_that_stays_stands_with_what_takes_it_away() -> None:
    """A list by its entries; an entry that cannot be without the field goes as a whole."""
    nothing, heading, *lines = lines_of(let_go(1))
    assert nothing == "Firm 1: no longer managed here, the value stays as it is: Firm profile › Telephone"
    assert heading == f"Firm 1: {NOW_UNMANAGED['en']} firms/firm-1.yaml:"
    assert [line.split(" · ") for line in lines] == [
        [
            "Firm announcement › Announcements: closed, moved",
            "options.announcements.items: {unset: true}",
        ],
        [
            "Book appointment › For which clients: any of business",
            "options.appointments.audience: {unset: true}",
        ],
        [
            "Organizers clients can start › template “intake” › Clients can start it: on",
            "options.organizers.templates: [{id: intake, remove: true}]",
        ],
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_what_stays_alike_in_several_firms_is_told_once(locale: str) -> None:
    """A firm in which it has another value has its own lines."""
    heading = f"Firm 1, Firm 2: {NOW_UNMANAGED[locale]} {FILES[locale]}:"
    assert lines_of(let_go(1), let_go(2), locale=locale)[1] == heading
    other = replace(let_go(3), stays={**STAYS, "appointments.audience": {"all": ["business"]}})
    assert len(lines_of(let_go(1), let_go(2), other)) == 2 * len(lines_of(let_go(1)))
