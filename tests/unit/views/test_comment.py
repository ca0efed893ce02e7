"""The comment: what it says, what it hides, what it leaves out and says so, and that nothing in it acts."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portalsync.forge.marks import Made, PlanMark
from portalsync.lexicon import lexicon_of
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.effect import Effect, EffectKind, Reach, Reading
from portalsync.model.finding import BrokenPromise, PlanFinding, Stopped
from portalsync.model.firm_plan import Change, FirmPlan, Reason
from portalsync.model.json_value import JSON
from portalsync.model.page import MOBILE_HOME
from portalsync.model.plan import HeldParts, Plan
from portalsync.model.substance import review_digest
from portalsync.views.comment import (
    COMMENT_BUDGET,
    SUMMARY_BUDGET,
    plan_comment,
    plan_summary,
)

EN = lexicon_of("en")
HOSTILE = [
    "@octocat and @org/team",
    "![x](https://evil.example/pixel.png)",
    "<img src=x onerror=alert(1)>",
    "--> <script>alert(1)</script> <!--",
    "</details></summary></sub>",
    "`` ` ``` `code` ``",
    "`",
    "[click](javascript:alert(1))",
    "https://evil.example/",
    "#1 GH-1 owner/repo#1",
    "line\n## heading\n- item\n\n> quote",
    "a | b\n--- | ---",
    "$x$ $$y$$",
    "\u202eright to left",
    "\x1b[31mred\x07",
    "&lt;b&gt; &#x3c;",
    "\\` \\\\`",
    "~~~\ncode\n~~~",
    "*bold* _it_ ~~no~~ **b**",
    ":rocket:",
    "[^1] [x]: https://evil.example",
    "   ",
    "",
]


def effect(label: str = "Message firm", clients: int = 412, **parts: object) -> Reach:
    made = Effect(
        kind=EffectKind.DISAPPEARS,
        block="chat.start",
        place=MOBILE_HOME,
        labels={"en": label},
        readings={},
        personas=("ada",),
        everyone=True,
    )
    return Reach(replace(made, **parts), clients)  # type: ignore[arg-type]


def change(after: JSON = "https://new.example", before: JSON | Absent = ABSENT, **parts: object) -> Change:
    edit = Edit("appointments.url", before, after)
    made = Change(edit, Reason.SET, "firms/oak.yaml:3:4")
    return replace(made, **parts)  # type: ignore[arg-type]


def firm(number: int = 0, **parts: object) -> FirmPlan:
    made = FirmPlan(
        id=f"firm-{number}",
        name=f"Firm {number}",
        generation=3,
        clients=412,
        changes=(change(),),
        effects=(effect(),),
        managed=("appointments.url",),
        managed_before=("appointments.url",),
        digest_after=f"sha256:{0:064}",
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def plan(*firms: FirmPlan, **parts: object) -> Plan:
    made = Plan(
        environment="production",
        portal="p",
        options={"appointments": f"sha256:{1:064}"},
        config=f"sha256:{2:064}",
        commit="c" * 40,
        at="2026-12-01T00:00:00+00:00",
        firms=HeldParts(firms),
        unchanged=("other",),
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def test_it_begins_with_people() -> None:
    body = plan_comment(
        plan(firm()), EN, "https://github.com/a/b/actions/runs/1/artifacts/2", Made("e5" * 20, "77", "1")
    )
    mark, title, _, *verdict = body.splitlines()
    assert PlanMark.read(body) == PlanMark.of(plan(firm()), Made("e5" * 20, "77", "1"))
    assert review_digest(plan(firm())) in mark
    assert title == "## Plan for `production`, as of 1 Dec 2026, 00:00 UTC"
    assert "412 clients lose `Message firm` on the phone." in "\n".join(verdict[:2])
    assert "(https://github.com/a/b/actions/runs/1/artifacts/2)" in body


def test_the_same_in_many_firms_stands_once() -> None:
    body = plan_comment(plan(*(firm(number) for number in range(180))), EN)
    assert body.count("disappears for all 74,160 clients") == 1
    assert "same in 180 firms" in body


def test_settings_open_with_a_click() -> None:
    body = plan_comment(plan(firm()), EN)
    before, _, inside = body.partition("<details>")
    assert "firms/oak.yaml:3:4" in inside.partition("</details>")[0]
    assert "firms/oak.yaml" not in before


@pytest.mark.parametrize("locale", ["en", "de"])
def test_nothing_changes_is_one_line(locale: str) -> None:
    mark, line = plan_comment(plan(), lexicon_of(locale)).splitlines()
    assert PlanMark.read(mark)
    assert line.startswith("✅")


def many(number: int, text: str = "") -> Plan:
    return plan(
        *(
            firm(
                each, effects=(effect(f"Label {each} {text}"),), changes=(change(f"https://{each}.example"),)
            )
            for each in range(number)
        )
    )


@pytest.mark.parametrize("text", ["", "ä" * 500, "😀" * 3000])
def test_it_is_cut_by_whole_changes_and_says_so(text: str) -> None:
    """Within the budget in bytes, whole entries, totals as without the cut, and the number left out."""
    body = plan_comment(many(600, text), EN, "https://github.com/p")
    assert len(body.encode()) <= COMMENT_BUDGET
    assert "600 of 601 firms change." in body
    found = re.search(r"Only the first ([\d,]+) of ([\d,]+) entries fit here\.", body)
    assert found
    shown = int(found[1].replace(",", ""))
    assert body.count("\n- ") == shown
    assert body.count("<details>") == body.count("</details>")
    assert body.rstrip().endswith("</sub>")
    assert review_digest(many(600, text)) in body.splitlines()[0]


def test_what_fits_is_whole() -> None:
    assert "Only the first" not in plan_comment(many(30), EN)
    summary = plan_summary(many(900), EN)
    assert "Only the first" not in summary
    assert not summary.startswith("<!--")
    assert len(plan_summary(many(3500), EN).encode()) <= SUMMARY_BUDGET


def test_what_a_thousand_firms_say_in_their_own_way_leaves_room_for_the_rest() -> None:
    """Its lines alone would take the whole budget: then nothing else stood there."""
    readings = [{"en": (Reading("text", f"Own {number} {'x' * 60}", ""),)} for number in range(1000)]
    said = [
        (effect("News", readings=each), effect(f"Label {number}")) for number, each in enumerate(readings)
    ]
    body = plan_comment(plan(*(firm(number, effects=each) for number, each in enumerate(said))), EN)
    assert len(body.encode()) <= COMMENT_BUDGET
    assert "Own 0 " in body
    assert "Own 999 " not in body
    assert "  - … (+978)\n" in body
    assert body.count("Label ") > 100


def test_one_change_larger_than_the_budget() -> None:
    body = plan_comment(plan(firm(effects=(effect("x" * 100_000),))), EN)
    assert len(body.encode()) <= COMMENT_BUDGET
    assert "Only the first 0 of" in body


def finding(text: str, *, before: bool = False, source: str = "defaults.yaml:3:5") -> PlanFinding:
    return PlanFinding("announcement-expired", {"en": text}, {"en": text}, source, before)


def test_a_warning_of_many_firms_stands_once_within_the_budget() -> None:
    """And how many there are stands above, however much is cut off below."""
    over = finding("The announcement is over.", before=True)
    made = plan(*(firm(each, warnings=(over, finding(f"Its own, {each}."))) for each in range(60)))
    body = plan_comment(made, EN)
    assert body.count("⚠️ `The announcement is over.`") == 1
    assert "60 firms: `Firm 0`" in body
    assert "It was so before" in body
    assert body.index("Its own, 59.") < body.index("The announcement is over."), "what is new stands first"
    assert "61 warnings." in plan_comment(plan(*made.firms, *many(600).firms), EN)


def test_a_warning_whose_line_differs_from_firm_to_firm_names_the_first_and_how_many_more() -> None:
    """As settings do. It named none, and who wanted to mend it had to look for it in each file."""
    made = plan(
        *(firm(each, warnings=(finding("Over.", source=f"firms/{each}.yaml:1:1"),)) for each in (1, 2))
    )
    body = plan_comment(made, EN)
    assert body.count("`Over.`") == 2, "what is wrong, and the hint"
    assert "`firms/1.yaml:1:1 (+1)`" in body


def test_a_plan_in_which_all_are_stopped_is_not_silent() -> None:
    """Nothing changes, but that is not as the files have it."""
    body = plan_comment(plan(stopped=(Stopped(finding("No such stage."), ("oak",)),)), EN)
    assert "1 firm is stopped, because something is wrong with it: `oak`." in body
    assert "No such stage." in body
    assert "✅" not in body


def hostile_plan(text: str) -> Plan:
    reading = (Reading("title", text, text + "!"), Reading("href", text, text))
    return plan(
        firm(
            name=text,
            effects=(effect(text, kind=EffectKind.CHANGES, readings={"en": reading}),),
            changes=(change(text, source=f"{text}:1:1", before=text),),
            warnings=(finding(text),),
            broken=(BrokenPromise("ada", finding(text)),),
        ),
        stopped=(Stopped(finding(text), (text,)),),
        environment=text,
        unmanaged=(text,),
        commit=text,
    )


def inert(body: str) -> None:
    """Outside of code there is nothing but our own words: no link, image, mention or HTML of theirs."""
    first, rest = body.split("\n", 1)
    assert first.startswith("<!-- portalsync-plan {")
    assert first.endswith("} -->")
    assert not re.search(r"<|>|--", first[4:-3])
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(rest)
    assert {token.content.strip() for token in tokens if token.type == "html_block"} <= {
        "<details>\n<summary>Settings behind it</summary>",
        "</details>",
    }
    for inline in (child for token in tokens for child in token.children or []):
        assert inline.type not in ("image", "link_open"), inline
        if inline.type == "html_inline":
            assert inline.content in ("<sub>", "</sub>")
        if inline.type == "text":
            assert not re.search(r"[@`$]|<\w|https?:|\bGH-|#\d|:\w+:$", inline.content), inline.content
    assert not any(map(_is_dangerous, tokens))


def _is_dangerous(token: Token) -> bool:
    return token.type in ("fence", "code_block", "table_open", "blockquote_open")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_value_acts(text: str) -> None:
    body = plan_comment(hostile_plan(text), EN)
    inert(body)
    mark = PlanMark.read(body)
    assert mark is not None
    assert mark.environment == text


@settings(deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(HOSTILE).map(lambda text: text * 2)
)
def test_no_text_acts(text: str) -> None:
    inert(plan_comment(hostile_plan(text), EN))
