"""Until when what clients notice lasts, on the clocks of the firms."""

import pytest

from portalsync.lexicon import lexicon_of
from portalsync.model.effect import EffectKind, Happening
from portalsync.model.news import NewsFirm, there
from portalsync.model.page import WEB_HOME
from portalsync.views.wording.firms import period, shared_moment

BERLIN, LONDON = "Europe/Berlin", "Europe/London"
CHRISTMAS, NEW_YEAR = "2026-12-23T23:00:00+00:00", "2027-01-02T23:00:00+00:00"


def _happens(since: str, until: str) -> Happening:
    return Happening(
        EffectKind.APPEARS, "chat.new_chat", WEB_HOME, (), everyone=True, since=since, until=until
    )


def _firms(*zones: str) -> list[NewsFirm]:
    return [NewsFirm(zone, zone, 1, zone) for zone in zones]


@pytest.mark.parametrize(
    ("since", "until", "english", "german"),
    [
        ("", "", "", ""),
        (CHRISTMAS, "", "", ""),
        ("", "2026-12-20T23:00:00+00:00", "until 20 Dec 2026", "bis 20. Dezember 2026"),
        (
            CHRISTMAS,
            NEW_YEAR,
            "from 24 Dec 2026 to 2 Jan 2027",
            "vom 24. Dezember 2026 bis 2. Januar 2027",
        ),
        (CHRISTMAS, "2026-12-24T23:00:00+00:00", "on 24 Dec 2026", "am 24. Dezember 2026"),
        (
            "",
            "2026-12-20T17:00:00+00:00",
            "until 20 Dec 2026, 18:00 (Berlin)",
            "bis 20. Dezember 2026, 18:00 Uhr (Berlin)",
        ),
    ],
)
def test_a_stretch_of_time_is_told_by_its_first_and_its_last_day(
    since: str, until: str, english: str, german: str
) -> None:
    found = period(_happens(since, until), _firms(BERLIN))
    assert (lexicon_of("en").say(found), lexicon_of("de").say(found)) == (english, german)


def test_a_day_is_one_day_in_all_time_zones() -> None:
    """Midnights are several instants; the first firm's stands for them."""
    found = period(_happens(CHRISTMAS, NEW_YEAR), _firms(BERLIN, LONDON))
    assert lexicon_of("en").say(found) == "from 24 Dec 2026 to 2 Jan 2027"
    assert there(CHRISTMAS, BERLIN) == there("2026-12-24T00:00:00+00:00", LONDON) == "2026-12-24"


def test_an_hour_in_several_time_zones_says_whose() -> None:
    told = lexicon_of("en").say(shared_moment("2026-12-24T08:00:00+00:00", _firms(BERLIN, LONDON)))
    assert told == "24 Dec 2026, 08:00 UTC"
