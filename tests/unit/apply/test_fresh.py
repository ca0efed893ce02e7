"""Which plans are for the portal as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from tests.unit.views.test_comment import change, firm, plan

from portalsync.apply.fresh import check_fresh
from portalsync.catalog.vocabulary import vocabulary
from portalsync.errors import PlanRefused
from portalsync.model.edit import Edit
from portalsync.model.plan import Plan
from portalsync.model.watch import Items
from portalsync.wire import FirmSummary, PortalInfo

T = TypeVar("T")
OTHER = f"sha256:{'f' * 64}"
BOOKS = firm(1)
CHATS = firm(2, changes=(change(edit=Edit("chat.clients_can_start", after=True)),), managed=())


class Portal:
    def __init__(self, options: Mapping[str, str], audit: str = "") -> None:
        self._info = PortalInfo(PLAN.portal, options)
        self._audit = audit

    def portal(self) -> PortalInfo:
        return self._info

    def firms(self) -> list[FirmSummary]:
        audit = self._audit
        return [
            FirmSummary(each.id, each.generation, "", managed=True, audit=audit) for each in (BOOKS, CHATS)
        ]


def made() -> Plan:
    touched = BOOKS.options | CHATS.options
    assert touched == {"appointments", "chat"}
    return replace(plan(BOOKS, CHATS), options={key: vocabulary()[key] for key in touched})


PLAN = made()


def check(options: Mapping[str, str], *chosen: str, audit: str = "") -> list[str]:
    portal: Any = Portal(options, audit)
    return [each.id for each in check_fresh(PLAN, portal, frozenset(chosen) or None)]


def test_options_that_no_firm_touches_may_be_others() -> None:
    assert check({**vocabulary(), "prepayments": OTHER, "surveys": OTHER}) == [BOOKS.id, CHATS.id]


@pytest.mark.parametrize(
    "options", [{**vocabulary(), "chat": OTHER}, {"appointments": vocabulary()["appointments"]}]
)
def test_only_options_of_chosen_firms_are_asked_for(options: Mapping[str, str]) -> None:
    """The refusal names the one that differs, and no other."""
    assert check(options, BOOKS.id) == [BOOKS.id]
    for chosen in ((), (CHATS.id,)):
        with pytest.raises(PlanRefused) as refused:
            check(options, *chosen)
        assert "chat (planned" in str(refused.value)
        assert "appointments" not in str(refused.value)


def test_another_history_at_the_same_generation_is_stale() -> None:
    with pytest.raises(PlanRefused, match="came there another way"):
        check(vocabulary(), audit="sha256:other")


def test_of_many_firms_that_moved_on_the_first_are_named_and_how_many_more_there_are() -> None:
    """Seen to fail: of seven, two were kept quiet."""
    seven = replace(plan(*map(firm, range(1, 8))), options={"appointments": vocabulary()["appointments"]})
    nobody: Any = Portal(vocabulary())
    nobody.firms = list
    with pytest.raises(PlanRefused, match=r"firm-5 was planned .*, no such firm any more and 2 more\.$"):
        check_fresh(seven, nobody)


def test_while_the_portal_is_asked_each_firm_is_counted() -> None:
    """Seen to fail: for the firms of a network that were applied before, a line stood still for seconds."""
    portal: Any = Portal(vocabulary())
    counted = list[int]()

    def watch(items: Items[T]) -> Iterator[T]:
        for item in items:
            counted.append(len(items))
            yield item

    check_fresh(PLAN, portal, watch=watch)
    assert counted == [2, 2]
