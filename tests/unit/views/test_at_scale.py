"""A plan of many firms: what is alike stands once, nobody is left out."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.unit.views.test_json import everything

from portalsync.lexicon import lexicon_of
from portalsync.model.edit import Edit
from portalsync.model.effect import EffectKind, Reach, Reading
from portalsync.model.firm_plan import FirmPlan, Reason
from portalsync.model.guardrails import Verdict
from portalsync.model.page import MOBILE_HOME, MOBILE_LOGIN, WEB_HOME, WEB_LOGIN
from portalsync.model.plan import HeldParts, PartDigest, Parts, Plan
from portalsync.views.text_report import render_text
from portalsync.views.wording.plan import word_plan

EN = lexicon_of("en")


def plan_of(*firms: FirmPlan) -> Plan:
    return replace(everything(Reason.SET), firms=HeldParts(firms), unmanaged=(), unchanged=())


def numbered(number: int, **parts: object) -> FirmPlan:
    (firm,) = everything(Reason.SET).firms
    effects = tuple(Reach(replace(each.effect, readings={}), each.clients) for each in firm.effects)
    made = replace(firm, id=f"firm-{number}", name=f"Firm number {number}", effects=effects)
    return replace(made, **{"managed": ("a",), "managed_before": ("a",), **parts})  # type: ignore[arg-type]


def announced(number: int, text: str, since: str = "") -> FirmPlan:
    """A banner and a notice that say the same, on both surfaces."""
    (firm,) = everything(Reason.SET, EffectKind.APPEARS).firms
    effect = replace(firm.effects[0].effect, labels={"en": "News"}, since=since)
    reaches = tuple(
        Reach(
            replace(
                effect,
                block=f"announcements.{block}.news",
                place=place,
                readings={"en": (Reading("label", "", block), Reading("markdown", "", text))},
            ),
            40,
        )
        for block, places in (("banner", (WEB_HOME, MOBILE_HOME)), ("notice", (WEB_LOGIN, MOBILE_LOGIN)))
        for place in places
    )
    return numbered(number, effects=reaches, changes=())


def text_of(plan: Plan, *, summary: bool = False) -> str:
    return render_text(word_plan(plan, EN, summary=summary), EN, color=False, width=200)


@pytest.mark.parametrize("firms", [1, 8, 9, 14, 60])
def test_every_firm_is_named(firms: int) -> None:
    """Seen to fail when lists ended with `and 6 more`."""
    text = " ".join(text_of(plan_of(*(numbered(number) for number in range(firms)))).split())
    assert [number for number in range(firms) if f"Firm number {number}" not in text] == []


def test_what_is_alike_in_all_firms_takes_no_more_room_for_more_firms() -> None:
    few = text_of(plan_of(*(numbered(number) for number in range(10))))
    many = text_of(plan_of(*(numbered(number) for number in range(60))))
    assert len(many.splitlines()) - len(few.splitlines()) < 8  # the names of 51 firms
    assert "same in 60 firms: all of them" in many


def test_of_almost_all_firms_the_others_are_named() -> None:
    other = numbered(99, changes=())
    text = text_of(plan_of(*(numbered(number) for number in range(20)), other))
    assert "same in 20 firms: all but Firm number 99" in text


def test_one_announcement_is_one_piece_of_news_wherever_it_stands() -> None:
    text = text_of(plan_of(announced(1, "We move."), announced(2, "We move.")))
    assert text.count("“News” appears") == 1
    assert "On the web and on the phone, home page and notification at login: “News” appears" in text
    assert text.splitlines()[-1] == "2 firms: 1 block comes."


def test_what_firms_say_in_their_own_way_stands_below_one_line() -> None:
    text = text_of(plan_of(announced(1, "We move."), announced(2, "We stay."), announced(3, "We move.")))
    assert text.count("“News” appears") == 1
    lines = [line.strip() for line in text.splitlines()]
    start = lines.index("in 3 firms, in each in its own way:")
    assert lines[start + 1 : start + 3] == [
        "Firm number 1, Firm number 3: Text: We move.",
        "Firm number 2: Text: We stay.",
    ]


def test_the_same_day_in_two_time_zones_is_one_day() -> None:
    berlin = replace(announced(1, "x", "2027-01-31T23:00:00+00:00"), time_zone="Europe/Berlin")
    chicago = replace(announced(2, "x", "2027-02-01T06:00:00+00:00"), time_zone="America/Chicago")
    text = text_of(plan_of(berlin, chicago))
    assert text.count("From 1 Feb 2027") == 1


def test_the_same_change_from_several_files_is_one_change() -> None:
    def sourced(number: int) -> FirmPlan:
        (change, *_) = numbered(number).changes
        edit = Edit("profile.phone", before="1", after="2")
        moved = replace(change, edit=edit, source=f"firms/f{number}.yaml:3:5")
        return numbered(number, changes=(moved,), effects=())

    text = text_of(plan_of(*map(sourced, range(3))))
    assert text.count("Telephone: 1 → 2  firms/f0.yaml:3:5 (+2)") == 1


def objected(rule: str, subjects: list[str], firms: list[str]) -> str:
    verdicts = [
        Verdict(rule, subject, 0, 1 + number % 7, (firm,))
        for number, (subject, firm) in enumerate(zip(subjects, firms, strict=True))
    ]
    made = plan_of(*(numbered(number) for number in range(len(firms))))
    return " ".join(text_of(replace(made, guardrails=tuple(verdicts))).split())


def test_a_rule_that_objects_to_hundreds_of_firms_names_those_with_the_most() -> None:
    firms = [f"firm-{number}" for number in range(300)]
    text = objected("takeover-removes", firms, firms)
    typed = [int(each) for each in re.findall(r"--ack takeover-removes:firm-(\d+)", text)]
    assert typed == [6 + 7 * number for number in range(8)]  # those with seven settings
    assert "And takeover-removes objects to 292 more" in text


def test_every_host_is_named_however_many_there_are() -> None:
    """Seen to fail when the fold was for every rule: a robber's host would hide behind others."""
    firms = [f"firm-{number}" for number in range(30)]
    text = objected("new-host", [f"host-{number}.example" for number in range(30)], firms)
    assert all(f"--ack new-host:host-{number}.example" in text for number in range(30))


class CountingParts(HeldParts):
    """Parts that say how often they were read."""

    read = 0

    def __iter__(self) -> Iterator[FirmPlan]:
        type(self).read += 1
        return super().__iter__()

    @property
    def digests(self) -> tuple[PartDigest, ...]:
        return ()


def test_each_part_is_read_once() -> None:
    """They may stand in a file, and be as many as there are firms."""
    parts: Parts = CountingParts([numbered(number) for number in range(3)])
    word_plan(replace(plan_of(), firms=parts), EN)
    assert CountingParts.read == 1
