"""A plan as what people click: each edit in one step, each page opened once, in the vendor's words."""

from itertools import chain, groupby
from typing import Any

import pytest
from tests.unit.views.click_lists import EVERY_FIELD, NEW, clicks_of, inverse, part_of, plan_of
from tests.unit.views.hostile import HOSTILE

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.naming import innermost_entry
from portalsync.catalog.option import ListField
from portalsync.catalog.vendor import Vendor, VendorPage
from portalsync.catalog.where import SETTINGS_PAGES
from portalsync.lexicon import LOCALES, Text, lexicon_of
from portalsync.model.click_list import Action, ClickList, Step
from portalsync.model.edit import ABSENT, Edit, applied_to
from portalsync.model.firm_plan import Rename
from portalsync.model.settings import Settings
from portalsync.views.click_list.checklist import checklist, clicks_issue
from portalsync.views.click_list.listing import click_list
from portalsync.views.click_list.report import word_click_list
from portalsync.views.click_list.vendor_words import VendorWords
from portalsync.views.comment import COMMENT_BUDGET
from portalsync.views.text_report import render_text

EN = lexicon_of("en")
STARTS = Edit("chat.clients_can_start", before=True, after=False)
SEVERAL = [STARTS, Edit("invoices.visible", before=False, after=True), *EVERY_FIELD[:5]]


def one(*edits: Edit, vendor: str = "taxdome", locale: str = "en", renames: tuple[Rename, ...] = ()) -> Step:
    [step] = clicks_of(part_of(edits, renames=renames), vendor=vendor, locale=locale).steps
    return step


def values(step: Step) -> list[tuple[str, str, str]]:
    return [(EN.say(each.name), EN.say(each.before), EN.say(each.after)) for each in step.values]


def way(clicks: ClickList) -> str:
    [page] = clicks.pages
    return EN.say(tuple(chain(*((" > ", each) for each in page.way)))[1:])


def text(clicks: ClickList) -> str:
    return render_text(word_click_list(clicks), EN, color=False, width=200)


@pytest.mark.parametrize("edits", [EVERY_FIELD, inverse(EVERY_FIELD)], ids=["set", "taken away"])
@pytest.mark.parametrize("vendor", ["taxdome", "none"])
def test_each_edit_is_in_one_step(edits: list[Edit], vendor: str) -> None:
    """Seen to fail when entries that go were put with those that come."""
    clicks = clicks_of(part_of(edits), vendor=vendor)
    clicked = [edit.path for step in clicks.steps for edit in step.edits]
    assert sorted(clicked) == sorted(edit.path for edit in edits)
    assert len({step.id for step in clicks.steps}) == len(clicks.steps)


@pytest.mark.parametrize("vendor", ["taxdome", "none"])
def test_nobody_walks_to_a_page_twice(vendor: str) -> None:
    """Seen to fail when steps were in the order of their paths."""
    clicks = clicks_of(part_of(EVERY_FIELD, "elm"), part_of(EVERY_FIELD[::-1], "oak"), vendor=vendor)
    walked = [page for page, _ in groupby((step.firm, step.page) for step in clicks.steps)]
    assert len({*walked}) == len(walked)
    assert [page for firm, page in walked if firm == "oak"] == [page.id for page in clicks.pages]


def test_settings_on_one_page_of_the_vendor_stand_together() -> None:
    """Ours have payments and invoices apart; there they are on one page."""
    clicks = clicks_of(part_of([Edit("prepayments.enabled", after=True), SEVERAL[1]]))
    assert way(clicks) == "Settings > Integrations > Payments > Preferences"


def test_what_is_still_shown_elsewhere_is_deleted_last() -> None:
    """A portal deletes no status that a stage shows. Seen to fail in the order of the vendor's pages."""
    status = Edit("work_in_progress.statuses.old.name", before={"en": "Old"})
    stage = Edit("work_in_progress.pipelines.p.stages.s.show", "old", "hidden")
    new = Edit("work_in_progress.statuses.new.name", after={"en": "New"})
    other = Edit("work_in_progress.pipelines.p.stages.t.show", after="new")
    assert [step.page for step in clicks_of(part_of([status, stage])).steps] == ["pipelines", "statuses"]
    assert [step.page for step in clicks_of(part_of([new, other])).steps] == ["statuses", "pipelines"]
    both = clicks_of(part_of([status, stage, new, other]))
    assert [step.page for step in both.steps] == ["statuses", "statuses", "pipelines", "pipelines"]


def test_what_is_recorded_already_is_ticked() -> None:
    """Somebody did a part of the plan. Seen to fail for a step of which only one edit is so."""
    edits = [
        STARTS,
        Edit(f"{NEW}.title", after={"en": "Closed"}),
        Edit(f"{NEW}.body", after={"en": "Back soon."}),
    ]
    clicks = clicks_of(part_of(edits), live={STARTS.path: False, f"{NEW}.title": {"en": "Closed"}})
    assert {step.id: step.is_recorded for step in clicks.steps} == {
        "oak:chat.clients_can_start": True,
        f"oak:{NEW}": False,
    }
    assert checklist(clicks, EN).count("- [x] ") == 1


def test_two_pages_with_one_way_are_one_page() -> None:
    """Whatever the map calls them: there, all is on one page."""
    way = {"en": ("Portal",)}
    pages = {name: VendorPage(way) for name in SETTINGS_PAGES}
    clicks = click_list(plan_of(part_of(EVERY_FIELD)), Vendor("one", "One", pages, {}), EN)
    assert [EN.say(page.way) for page in clicks.pages] == ["Portal"]


def test_a_choice_has_the_names_that_people_read() -> None:
    """Seen to fail with the ids of the files."""
    settings: Settings = {"work_in_progress.statuses.received.name": {"en": "Documents received"}}
    words = VendorWords(None, lexicon_of("en"), settings)
    assert words.choices("work_in_progress.pipelines.income-tax.stages.intake.show") == {
        "Documents received": "received",
        "not shown to clients": "hidden",
    }
    assert words.choices("profile.name") == {}


def test_a_switch_is_told_where_it_is_and_why() -> None:
    clicks = clicks_of(part_of([STARTS]))
    step = one(STARTS)
    assert way(clicks) == "Settings > Firm settings > Chats"
    assert step.id == "oak:chat.clients_can_start"
    assert (EN.say(step.setting), step.is_assumed, step.source) == (
        "Let clients create new chat threads", False, "firms/oak.yaml:1:5",
    )  # fmt: skip
    assert values(step) == [("", "on", "off")]
    assert "Let clients create new chat threads: on → off  firms/oak.yaml:1:5" in text(clicks)


def test_where_the_vendor_turns_it_round_so_does_the_step() -> None:
    """Clients see invoices where *Hide invoices* is off. Seen to fail without `inverted`."""
    step = one(Edit("invoices.visible", before=False, after=True))
    assert EN.say(step.setting) == "Hide invoices from clients"
    assert values(step) == [("", "on", "off")]
    assert values(one(Edit("invoices.visible", before=False, after=True), vendor="none")) == [
        ("", "off", "on")
    ]


def test_a_switch_that_is_no_longer_set_is_put_as_the_portal_has_it() -> None:
    step = one(Edit("prepayments.enabled", before=True))
    assert step.action is Action.CLEAR
    assert values(step) == [("", "on", "off (as the portal has it by itself)")]


def test_a_name_that_nobody_read_is_assumed() -> None:
    step = one(Edit("document_renaming.enabled", after=True))
    assert step.is_assumed
    assert not one(Edit("document_renaming.enabled", after=True), vendor="none").is_assumed
    german = one(STARTS, locale="de")
    assert (german.setting, german.is_assumed) != (one(STARTS).setting, False)


def test_what_the_vendor_is_not_known_to_have_is_said() -> None:
    notes: Text = one(Edit("profile.accent_color", after="#123456")).notes
    assert "TaxDome is not known to have: Firm profile › Colour." in EN.say(notes)


def test_an_entry_that_comes_is_one_step_with_all_that_is_in_it() -> None:
    title, body = {"en": "Closed", "de": "Zu"}, {"en": "Until **Monday**."}
    step = one(
        Edit(f"{NEW}.body", after={**body}),
        Edit(f"{NEW}.starts", after="2026-12-24"),
        Edit(f"{NEW}.title", after={**title}),
    )
    assert (step.id, step.action) == (f"oak:{NEW}", Action.ADD)
    assert EN.say(step.setting) == "Firm announcement “Closed”"
    assert values(step) == [
        ("Title, English", "empty", "“Closed”"),
        ("Title, German", "empty", "“Zu”"),
        ("Text, English", "empty", "“Until **Monday**.”"),
        ("From", "not set", "2026-12-24"),
    ]
    assert [each.copied for each in step.values] == ["Closed", "Zu", "Until **Monday**.", ""]


def test_an_entry_that_goes_is_known_by_what_it_says() -> None:
    step = one(
        Edit(f"{NEW}.title", before={"en": "Closed"}),
        Edit(f"{NEW}.body", before={"en": "Until Monday."}),
        Edit(f"{NEW}.ends", before="2027-01-03"),
    )
    assert step.action is Action.REMOVE
    assert values(step) == [
        ("Title, English", "“Closed”", ""),
        ("Text, English", "“Until Monday.”", ""),
    ]


def test_an_entry_that_stays_has_a_step_for_each_change() -> None:
    clicks = clicks_of(
        part_of([
            Edit(f"{NEW}.title", {"en": "a", "de": "b"}, {"en": "a", "de": "c"}),
            Edit(f"{NEW}.ends", after="2027-01-03"),
        ])
    )  # fmt: skip
    assert [(EN.say(step.setting), values(step)) for step in clicks.steps] == [
        ("Firm announcement “a” › Title", [("German", "“b”", "“c”")]),
        ("Firm announcement “a” › Until", [("", "not set", "2027-01-03")]),
    ]


@pytest.mark.parametrize(
    ("live", "vendor", "name"),
    [
        ({f"{NEW}.title": {"de": "Zu", "en": "Closed"}}, "taxdome", "Firm announcement “Closed” › Until"),
        ({f"{NEW}.title": {"de": "Zu"}}, "none", "announcement “Zu” › Until"),
        ({f"{NEW}.title": "no texts"}, "taxdome", "Firm announcement “closed” › Until"),
        ({}, "none", "announcement “closed” › Until"),
    ],
)
def test_an_entry_is_called_as_people_find_it_there(live: Settings, vendor: str, name: str) -> None:
    """Of which the files alone know the id. Seen to fail without what is live."""
    ends = part_of([Edit(f"{NEW}.ends", after="2027-01-03")])
    [step] = clicks_of(ends, vendor=vendor, live=live).steps
    assert EN.say(step.setting) == name
    stage = part_of([Edit("work_in_progress.pipelines.p.stages.s.show", after="in-review")])
    [moves] = clicks_of(stage, live={"work_in_progress.statuses.in-review.name": {"en": "In review"}}).steps
    assert values(moves) == [("", "not set", "“In review”")]


def test_what_is_the_portals_own_is_never_made_or_deleted() -> None:
    stage = "work_in_progress.pipelines.us-1040.stages.review"
    step = one(Edit(f"{stage}.show", "review", "hidden"))
    assert EN.say(step.setting) == (
        "Pipeline “us-1040” › Stage “review” › “Update client-facing status” automation"
    )
    assert values(step) == [("", "review", "not shown to clients")]
    both = one(Edit(f"{stage}.show", before="review"), Edit(f"{stage}.audience", before={"any": ["x"]}))
    assert (both.id, both.action) == (f"oak:{stage}", Action.CLEAR)


@pytest.mark.parametrize("edits", [EVERY_FIELD, inverse(EVERY_FIELD)], ids=["set", "taken away"])
def test_any_step_alone_leaves_entries_with_all_that_they_need(edits: list[Edit]) -> None:
    """Seen to fail when each field of an entry that comes was a step of its own."""
    before = {edit.path: edit.before for edit in edits if edit.before is not ABSENT}
    for step in clicks_of(part_of(edits)).steps:
        after = applied_to(before, step.edits)
        entries = {entry for path in after if (entry := innermost_entry(path))}
        for entry in entries:
            around = FIELDS[pattern_of(entry).removesuffix(".*")]
            assert isinstance(around, ListField)
            assert {f"{entry}.{name}" for name in around.required} <= after.keys(), step.id


def test_where_only_the_id_changes_nothing_is_clicked() -> None:
    was, now = "work_in_progress.statuses.old", "work_in_progress.statuses.new"
    stage = "work_in_progress.pipelines.us-1040.stages.review.show"
    edits = (
        Edit(f"{was}.name", before={"en": "In review"}),
        Edit(f"{now}.name", after={"en": "In review"}),
        Edit(stage, "old", "new"),
    )
    step = one(*edits, renames=(Rename(was, now),))
    assert (step.action, step.values) == (Action.KEEP, ())
    assert {edit.path for edit in step.edits} == {edit.path for edit in edits}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_step_is_worded_in_every_language(locale: str) -> None:
    lexicon = lexicon_of(locale)
    clicks = clicks_of(part_of(EVERY_FIELD), locale=locale)
    for step in clicks.steps:
        worded = [step.setting, step.check, *step.notes, *(each.after for each in step.values)]
        assert all(lexicon.say(each) for each in worded), step.id


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_in_it_acts(hostile: str) -> None:
    """Of a text that is copied, all is there, and it stands in a block that it cannot end."""
    clicks = clicks_of(part_of([Edit("profile.address", before="a", after=f"```\n{hostile}")]))
    [step] = clicks.steps
    assert step.values[0].copied == f"```\n{hostile}"
    markdown = checklist(clicks, EN).splitlines()
    fence = next(line.strip() for line in markdown if line.strip().endswith("text"))
    assert fence == "````text"
    assert all("\x1b" not in line and "\u202e" not in line for line in markdown)
    assert "\x1b" not in text(clicks)


def test_a_checklist_has_a_box_for_each_step() -> None:
    clicks = clicks_of(part_of(SEVERAL))
    boxes = [line for line in checklist(clicks, EN).splitlines() if line.startswith("- [ ] ")]
    assert len(boxes) == len(clicks.steps)
    assert any("`Hide invoices from clients`: `on` → `off` (`firms/oak.yaml:2:5`)" in box for box in boxes)


def test_an_issue_that_would_be_too_long_leaves_out_texts_and_then_steps() -> None:
    """Seen to fail when a text to copy was cut inside its block."""
    bodies = [
        Edit(f"announcements.items.n{number}.body", before={}, after={"en": "x" * 2000})
        for number in range(40)
    ]
    _, body = clicks_issue(clicks_of(part_of(bodies)), "", EN)
    assert "```" not in body
    assert body.count("- [ ] ") == len(bodies)
    _, body = clicks_issue(clicks_of(*(part_of(bodies, f"f{number}") for number in range(20))), "", EN)
    assert len(body.encode()) <= COMMENT_BUDGET
    assert f"{body.count('- [ ] ')} of 800 steps are shown" in body


def test_an_issue_leads_to_its_runbook() -> None:
    title, body = clicks_issue(clicks_of(part_of(SEVERAL)), "https://ci.example/runbook.html", EN)
    assert title == "What to click: hand"
    assert body.startswith("<!-- portalsync-clicks ")
    assert "**[The runbook, with ticks and texts to copy](https://ci.example/runbook.html)**" in body
    assert "runbook.html" not in clicks_issue(clicks_of(), "https://ci.example/runbook.html", EN)[1]


def test_where_nothing_changes_there_is_nothing_to_click() -> None:
    clicks: Any = clicks_of()
    assert (clicks.steps, clicks.pages, clicks.firms) == ((), (), ())
    assert "There is nothing to click." in text(clicks)
