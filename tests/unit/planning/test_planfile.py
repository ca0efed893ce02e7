"""Plan files of each version that there was, and what a file has only once."""

from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from tests.plan_files import file_of, plan_in
from tests.unit.views.test_comment import change, effect, firm, plan

from portalsync.errors import PlanRefused
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.model.plan import FirmPlan, Plan, part_digest
from portalsync.planning import planfile
from portalsync.planning.parts import GatheredParts

DIGEST = f"sha256:{0:064}"
FILES = Path(__file__).parents[2] / "cases" / "planfiles"


def gathered(*firms: FirmPlan) -> Plan:
    parts = GatheredParts(BytesIO())
    for each in firms:
        parts.add(encode(each))
    return replace(plan(*firms), firms=parts, clients=sum(each.clients for each in firms))


def test_a_plan_of_version_1_is_called_that() -> None:
    content = (FILES / "v1.json").read_bytes()
    with pytest.raises(PlanRefused, match="has the plan format 1; this portalsync reads 2"):
        plan_in(content)


def test_what_firms_share_stands_once() -> None:
    """The change, the effect and the claims of two firms; a third firm's own change stands in its part."""
    own = firm(3, changes=(change("https://own.example"),), effects=())
    content = file_of(gathered(firm(1), firm(2), own))
    assert content.count(b"https://new.example") == 1
    assert content.count(b"Message firm") == 1
    assert content.count(b'"shared":{"edit"') == 1
    assert content.splitlines()[-1].count(b"https://own.example") == 1


def test_a_part_does_not_depend_on_other_firms() -> None:
    """Alone, with a firm that shares all of it, and held in memory, a part has the same digest."""
    [alone] = gathered(firm(1)).firms.digests
    beside = gathered(firm(1), firm(2)).firms.digests[0]
    assert alone == beside
    assert alone.part == part_digest(firm(1))


def test_parts_are_read_as_they_were() -> None:
    """Whatever is shared, and by loops that overlap."""
    firms = [firm(1), firm(2, changes=(change(None, before="https://new.example"),)), firm(3, effects=())]
    made = gathered(*firms)
    assert [*made.firms] == firms
    assert [*product(plan_in(file_of(made)).firms, repeat=2)] == [*product(firms, repeat=2)]


def test_what_several_firms_have_is_one_object() -> None:
    one, other = plan_in(file_of(gathered(firm(1), firm(2)))).firms
    assert one.changes[0] is other.changes[0]
    assert one.effects[0].effect is other.effects[0].effect


@pytest.mark.parametrize("firms", [(firm(2), firm(1)), (firm(1), firm(1))])
def test_firms_out_of_order_are_no_plan(firms: tuple[FirmPlan, ...]) -> None:
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(file_of(gathered(*firms)))


def test_a_head_that_counts_other_clients_is_no_plan() -> None:
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(file_of(replace(gathered(firm(1)), clients=1)))


@pytest.mark.parametrize("named", [(), ("appointments", "chat"), ("chat",)])
def test_a_head_that_names_other_options_than_its_parts_touch_is_no_plan(named: tuple[str, ...]) -> None:
    made = replace(gathered(firm(1)), options=dict.fromkeys(named, DIGEST))
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(file_of(made))


def test_a_setting_that_nobody_knows_is_no_plan() -> None:
    """However well its digest fits."""
    unknown = replace(change(), edit=Edit("chat.no_such_field", after=True))
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(file_of(gathered(firm(1, changes=(unknown,)))))


def test_what_nobody_refers_to_is_no_part_of_a_plan() -> None:
    head, *parts = file_of(gathered(firm(1))).splitlines(keepends=True)
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(b"".join((head, b'{"shared":["chat.clients_can_start"]}\n', *parts)))


def test_a_plan_that_could_not_be_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line as long as can be is written and read; one byte more, and it is neither."""
    made = gathered(firm(1, effects=(effect("x" * 2000),)))
    content = file_of(made)
    longest = max(map(len, content.splitlines(keepends=True)))
    monkeypatch.setattr(planfile, "LONGEST_LINE", longest)
    assert plan_in(file_of(made)) == made
    monkeypatch.setattr(planfile, "LONGEST_LINE", longest - 1)
    with pytest.raises(PlanRefused, match="too long"):
        file_of(made)
    with pytest.raises(PlanRefused, match="is not a plan"):
        plan_in(content)


def test_a_plan_of_this_version_is_read_as_it_was_written() -> None:
    """A form that changes without another version would lose every plan that waits for its turn."""
    content = (FILES / "v2.json").read_bytes()
    read = plan_in(content)
    assert file_of(read) == content
    assert [firm.name for firm in read.firms] == [
        "Harbor Street CPAs",
        "Linden & Partner Steuerberatung",
        "Mill Lane Tax",
        "Quay & Sons Accounting",
    ]
    assert read.blocking
