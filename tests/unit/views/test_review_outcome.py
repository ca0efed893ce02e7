"""What a review comes to, at a glance: four fields, the large figures, the clock."""

import re
from dataclasses import replace

import pytest
from tests.browser.conftest import FIRM
from tests.browser.reviews import BEFORE, PERSONAS, case, crowded, ordinary, plan_of, reviewed

from portalsync.lexicon import lexicon_of
from portalsync.model.guardrails import Verdict
from portalsync.model.plan import HeldParts, Plan
from portalsync.preview.review import Review, review
from portalsync.views.review.file import review_html
from portalsync.views.review.noted import noted
from portalsync.views.review.outcome import Outcome
from portalsync.views.wording.plan import word_plan

EN = lexicon_of("en")
VERDICT = Verdict("affected-clients", "42", 10, 42, ("lindenhof",))


def outcome(found: Review) -> Outcome:
    return Outcome(found, noted(found.plan, EN), EN)


def fields(found: Review) -> list[tuple[str, str]]:
    """Tone and sentence of each."""
    return [(each.tone, f"{each.number} {each.text}".strip()) for each in outcome(found).fields()]


def of_plan(plan: Plan) -> Review:
    return review("Ankerhaus", (), PERSONAS, plan=plan, promises=())


def empty() -> Plan:
    return replace(plan_of(ordinary()), firms=HeldParts(()), unchanged=("lindenhof",))


def released() -> Plan:
    (part,) = plan_of(case("lindenhof", BEFORE, BEFORE)).firms
    return replace(empty(), firms=HeldParts((replace(part, changes=(), managed=()),)), unchanged=())


def said_here(line: str) -> str:
    """How many firms change is a figure, and settings do not stand in a review."""
    in_place = {"1 firm changes.": "", EN("plan.no_sample_notices"): EN("review.no_sample_notices")}
    return in_place.get(line, line)


def verdict_of(html: str) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", html.partition('id="verdict"')[2].partition("</ul>")[0])


def test_the_verdict_is_what_is_lost_leads_elsewhere_was_promised_and_is_objected_to() -> None:
    """Broken promises came last, below all pages."""
    assert fields(crowded()) == [
        ("gone", "2 blocks are lost"),
        ("leads", "1 link leads elsewhere"),
        ("gone", "1 promise is broken"),
        ("gone", "1 objection of guardrails blocks the plan"),
    ]


def test_what_is_in_order_is_said_too() -> None:
    assert fields(of_plan(plan_of(case("lindenhof", FIRM, FIRM)))) == [
        ("new", "Nothing is lost"),
        ("new", "No link leads elsewhere"),
        ("unchanged", "No promises to look after"),
        ("new", "Guardrails have no objection"),
    ]


def test_of_an_empty_plan_nothing_is_said_that_nobody_looked_at() -> None:
    """Seen to fail: each block in turn, as one that no sample client ever sees, and an empty table."""
    html = review_html(of_plan(empty()), EN).decode()
    assert re.findall(r'<section class="part" id="(\w+)"', html) == ["changes"]


def test_an_objection_that_somebody_accepted_is_told_as_that() -> None:
    accepted = replace(VERDICT, acknowledged="affected-clients:42")
    plan = replace(plan_of(ordinary()), guardrails=(accepted,))
    assert fields(of_plan(plan))[-1] == ("leads", "1 objection of guardrails was accepted")


def test_fields_lead_to_what_says_more() -> None:
    html = review_html(crowded(), EN).decode()
    leads = re.findall(r'<a href="#([\w-]+)"', html.partition('class="fields"')[2].partition("</ul>")[0])
    assert leads == ["change-1", "change-3", "broken", "verdict"]
    for each in leads:
        assert html.count(f'id="{each}"') == 1


def test_broken_promises_stand_above_the_changes_and_each_once() -> None:
    html = review_html(reviewed(ordinary()), EN).decode()
    assert html.index('id="broken"') < html.index('id="changes"') < html.index('id="promises"')
    assert html.count("personas/new.yaml:4 ") + html.count("personas/new.yaml:4<") == 2  # one of them is kept


def test_the_large_figures_are_clients_and_firms_and_variants_are_at_the_foot() -> None:
    found = outcome(crowded())
    large = [(each.number, each.word) for each in found.large()]
    assert large == [("7,002", "clients affected at most"), ("581", "of 582 firms change")]
    assert [each.word for each in found.small()] == ["variants", "distinct pages", "pages changed"]
    html = review_html(crowded(), EN).decode()
    assert "variants" not in html[html.index('class="figures"') : html.index('class="tools"')]
    now = outcome(reviewed(case("lindenhof", None, FIRM)))
    assert [(each.number, each.word) for each in now.large()] == [("3", "sample clients"), ("1", "firm")]


@pytest.mark.parametrize(
    ("zones", "clock"),
    [
        (("Europe/Berlin",), "As on 5 Dec 2026, 10:00 (Berlin); all dates here are on this clock"),
        ((), "As on 5 Dec 2026, 09:00 UTC; all dates here are on this clock"),
        (
            ("Europe/Berlin", "America/New_York"),
            "As on 5 Dec 2026, 09:00 UTC; dates are on the clock of each firm (New York, Berlin)",
        ),
    ],
)
def test_one_clock_and_it_is_named(zones: tuple[str, ...], clock: str) -> None:
    """Seen to fail: "09:00 UTC" above pages and dates of Berlin."""
    found = replace(reviewed(ordinary()), zones={zone: zone for zone in zones})
    assert outcome(found).clock() == clock


@pytest.mark.parametrize(
    "plan",
    [
        empty(),
        replace(empty(), left_out=3),
        replace(plan_of(case("lindenhof", BEFORE, BEFORE)), guardrails=(VERDICT,)),
        replace(plan_of(case("lindenhof", BEFORE, BEFORE)), left_out=1),
        released(),
    ],
    ids=["empty", "part of the network", "only guardrails", "nobody notices", "released"],
)
def test_a_plan_that_nobody_notices_is_told_as_the_plan_tells_it(plan: Plan) -> None:
    """Seen to fail: "no client will notice", of settings that no sample client has to do with."""
    told = verdict_of(review_html(of_plan(plan), EN).decode())
    report = [EN.say(item.text) for item in word_plan(plan, EN).verdict]
    for line in [*map(said_here, report)]:
        assert line.replace("'", "&#39;") in told.replace("  ", " ")


def test_what_comes_by_itself_is_what_the_firm_says_not_what_sample_clients_have_to_do() -> None:
    """Seen to fail: "Your to-do list reads differently", whose invoice was overdue then."""
    (coming,) = reviewed(ordinary()).timeline
    assert [event.labels["en"] for event in coming.events] == ["From February"]
