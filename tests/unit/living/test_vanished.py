"""What a portal has no more although applied settings need it: each kind of thing, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pytest

from portalsync.backend.protocol import Reader
from portalsync.errors import BackendError, BackendUnreachable
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.living.vanished import find_vanished
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.json_value import JSON
from portalsync.views.wording.vanished import vanished_items
from portalsync.wire import FirmState

FACTS: Mapping[str, Any] = {
    "currency": "EUR",
    "payment_providers": [{"id": "cardwell", "connected": True, "default": True, "methods": ["card"]}],
    "booking_integrations": ["calendly"],
    "organizer_templates": [{"id": "individual-2025", "name": {"en": "Individual"}, "questions": 12}],
    "pipelines": [
        {"id": "tax", "name": {"en": "Tax"}, "stages": ["review"], "job_statuses": ["waiting"]},
        {"id": "books", "name": {"en": "Books"}, "stages": ["review"]},
    ],
}
WIP = "work_in_progress"
SETTINGS: Mapping[str, JSON] = {
    "appointments.enabled": True,
    "appointments.provider": "calendly",
    "appointments.url": "https://calendly.com/oak",
    "organizers.templates.individual-2025.self_service": True,
    "prepayments.enabled": True,
    f"{WIP}.enabled": True,
    f"{WIP}.statuses.busy.name": {"en": "Busy"},
    f"{WIP}.pipelines.tax.stages.review.show": "busy",
    f"{WIP}.pipelines.tax.job_statuses.waiting.show": "busy",
    f"{WIP}.pipelines.books.stages.review.show": "busy",
}
TAX, BOOKS = FACTS["pipelines"]


@dataclass
class Portal:
    """As much of one as is asked."""

    facts_now: Mapping[str, Any]
    managed: Sequence[str] = tuple(SETTINGS)
    together: bool = True
    wrong: BackendError | None = None

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        if not self.together:
            raise BackendError("no such question")
        return [(self.state(firm), self.facts(firm)) for firm in firms]

    def state(self, firm: str) -> FirmState:
        if self.wrong:
            raise self.wrong
        return FirmState(firm, 2, "", SETTINGS, tuple(self.managed), 2)

    def facts(self, firm: str) -> Facts:
        return facts_from_json({**self.facts_now, "firm": firm})


def gone_from(portal: Portal, *firms: str, each: bool = True) -> list[tuple[str, str, tuple[str, ...]]]:
    gone = find_vanished(cast("Reader", portal), firms or ("oak",), each=each)
    return [(one.kind, one.id, one.firms) for one in gone]


@pytest.mark.parametrize(
    ("facts", "kind", "id_"),
    [
        ({"organizer_templates": []}, "template", "individual-2025"),
        ({"pipelines": [{**TAX, "stages": ["filed"]}, BOOKS]}, "stage", "tax/review"),
        ({"pipelines": [{**TAX, "job_statuses": []}, BOOKS]}, "job_status", "tax/waiting"),
        ({"pipelines": [TAX]}, "pipeline", "books"),
        ({"booking_integrations": ["acuity"]}, "integration", "calendly"),
        ({"payment_providers": []}, "provider", ""),
    ],
)
def test_each_kind_is_told_in_every_language(facts: Mapping[str, Any], kind: str, id_: str) -> None:
    portal = Portal({**FACTS, **facts})
    assert gone_from(portal, "ash", "oak") == [(kind, id_, ("ash", "oak"))]
    gone = find_vanished(cast("Reader", portal), ["ash", "oak"], each=True)
    for locale in LOCALES:
        (item,) = vanished_items(gone)
        assert id_ in lexicon_of(locale).say(item.text)


def test_nothing_is_missing_where_nothing_went() -> None:
    assert gone_from(Portal(FACTS)) == []


def test_what_nobody_manages_is_the_portals_business() -> None:
    """Seen to fail where all that is live was looked at."""
    assert gone_from(Portal({**FACTS, "organizer_templates": []}, managed=("prepayments.enabled",))) == []


def test_more_firms_than_one_question_takes_are_all_told() -> None:
    firms = [f"firm-{number:03}" for number in range(120)]
    ((_, _, told),) = gone_from(Portal({**FACTS, "organizer_templates": []}), *firms)
    assert [*told] == firms


@pytest.mark.parametrize(("each", "number"), [(True, 1), (False, 0)])
def test_a_portal_that_tells_firms_alone(each: bool, number: int) -> None:  # noqa: FBT001 - a parameter
    portal = Portal({**FACTS, "organizer_templates": []}, together=False)
    assert len(gone_from(portal, "ash", "oak", each=each)) == number


def test_a_firm_that_cannot_be_read_holds_up_nothing() -> None:
    assert gone_from(Portal({**FACTS, "organizer_templates": []}, wrong=BackendError("damaged"))) == []
    with pytest.raises(BackendUnreachable):
        gone_from(Portal(FACTS, wrong=BackendUnreachable("gone")))
