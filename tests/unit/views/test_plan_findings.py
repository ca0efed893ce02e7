"""Of very many findings a plan lists as many as somebody reads, and counts the others."""

from dataclasses import replace

from tests.unit.views.test_comment import firm

from portalsync.diagnostics import MOST_IN_FILE
from portalsync.lexicon import lexicon_of
from portalsync.model.finding import PlanFinding
from portalsync.model.news import NewsFirm
from portalsync.views.wording.plan_findings import FindingsDesk


def warned(number: int) -> FindingsDesk:
    """A firm's part with so many warnings."""
    texts = ({"en": f"Warning {each}", "de": f"Warnung {each}"} for each in range(number))
    found = tuple(PlanFinding("value-empty", text, {}, "firms/oak.yaml:1:1", before=False) for text in texts)
    part, desk = replace(firm(1), warnings=found), FindingsDesk()
    desk.take(part, NewsFirm.of(part))
    return desk


def test_what_is_not_listed_is_counted() -> None:
    (few,) = warned(MOST_IN_FILE).warnings_section(lexicon_of("en"))
    assert len([*few.items]) == MOST_IN_FILE
    (many,) = warned(5_000).warnings_section(lexicon_of("en"))
    *listed, more = many.items
    assert len(listed) == MOST_IN_FILE
    assert str(more.text) == "There are 4,900 more."
    assert lexicon_of("de").say(more.text) == "Dazu kommen 4.900 weitere Befunde."
