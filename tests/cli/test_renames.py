"""An entry, or a firm, that only has another id: nothing goes and nothing comes."""

from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli
from tests.held_files import held_file

from portalsync.commits import Commit, Committed, Conditional
from portalsync.config.renames import known_as_unchecked
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSONObject
from portalsync.server.in_process import open_embedded
from portalsync.wire import FirmState, Origin

DATABASE = Path("portal-config/.portalsync/portal.db")
TITLE = "announcements.items.holidays.title"
FIRM = Path("portal-config/firms/oak.yaml")
GROUP = Path("portal-config/groups/north.yaml")
ITEM = "      - {{id: {id}, {more}title: {{en: {title}}}, body: {{en: We are away.}}, starts: 2026-11-01}}\n"


PREPAYMENTS = "  prepayments: {enabled: true, method: card}\n"
"""A sample client was promised those."""


def announcements(*items: str) -> str:
    return "  announcements:\n    items:\n" + "".join(items)


def item(id_: str, previously: str = "", title: str = "Holidays") -> str:
    more = f"previously: {previously}, " if previously else ""
    return ITEM.format(id=id_, more=more, title=title)


def statuses(*said: str, show: str) -> str:
    return (
        "  work_in_progress:\n    enabled: true\n    statuses:\n"
        + "".join(f"      - {each}\n" for each in said)
        + f"    pipelines: [{{id: income-tax, stages: [{{id: intake, show: {show}}}]}}]\n"
    )


def say(options: str) -> None:
    """What the firm's file says of its options from now on."""
    above, _, _ = FIRM.read_text().partition("options:\n")
    FIRM.write_text(f"{above}options:\n{options}{PREPAYMENTS}")


def flat(text: str) -> str:
    return " ".join(text.split())


def live() -> FirmState:
    portal = open_embedded(DATABASE)
    try:
        return portal.state("oak")
    finally:
        portal.close()


@pytest.fixture
def applied(world: Path, cli: Cli) -> Path:
    """The firm has an announcement, under its first id."""
    say(announcements(item("holidays")))
    assert cli("apply", "--yes", AT).code == 0
    return world


def test_a_renamed_announcement_is_told_as_that(applied: Path, cli: Cli) -> None:
    """In the head, with both ids; nobody loses or gets anything, and no settings stand below."""
    say(announcements(item("winter-break", previously="holidays")))
    made = cli("plan", "--out=plan.json", "--output-file=markdown=plan.md", AT)
    assert made.code == 0, made.err
    told = flat(made.out)
    assert "what was holidays is winter-break from now on, at Oak & Partners." in told
    assert "No client will notice anything." in told
    assert "no objection" in told
    assert not any(word in told for word in ("loses", "lose ", "gets", "Title", "not set"))
    assert "holidays" in (applied / "plan.md").read_text()
    assert "Was holidays war, ist von nun an winter-break" in flat(cli("plan", "--lang=de", AT).out)
    assert flat(cli("show", "plan.json").out) == told
    assert "0 changed" in cli("preview", "--plan=plan.json").err


def test_it_is_applied_once_and_says_nothing_any_more(applied: Path, cli: Cli) -> None:
    """The line may stay as long as somebody likes."""
    del applied
    say(announcements(item("winter-break", previously="holidays")))
    assert cli("apply", "--yes", AT).code == 0
    assert {path.split(".")[2] for path in live().settings if path.startswith("announcements.")} == {
        "winter-break"
    }
    again = cli("plan", "--detailed-exitcode", AT)
    assert (again.code, "No changes" in again.out) == (0, True)
    say(announcements(item("winter-break", previously="holidays", title="Back soon")))
    made = cli("plan", AT)
    assert "was holidays" not in made.out
    assert "Holidays” → “Back soon" in flat(made.out)


def test_what_changes_besides_is_told_besides(applied: Path, cli: Cli) -> None:
    """The title of the announcement, not its loss; the review compares the two as well."""
    del applied
    say(announcements(item("winter-break", previously="holidays", title="Back soon")))
    told = flat(cli("plan", "--out=plan.json", AT).out)
    assert "what was holidays is winter-break" in told
    assert "Title (en): “Holidays” → “Back soon”" in told
    assert "disappears" not in told
    assert "Text" not in told.partition("Settings")[2]
    assert cli("preview", "--plan=plan.json").code == 0


def test_without_a_word_it_is_a_loss_with_a_hint(applied: Path, cli: Cli) -> None:
    """Seen to fail when the head named only what goes."""
    del applied
    say(announcements(item("winter-break")))
    told = flat(cli("plan", AT).out)
    assert "holidays goes, and winter-break comes with the same in it" in told
    assert "write previously: holidays into the entry winter-break" in told
    say(announcements(item("winter-break", title="Something else")))
    assert "comes with the same in it" not in flat(cli("plan", AT).out)


def test_a_renamed_status_takes_what_refers_to_it_along(applied: Path, cli: Cli) -> None:
    """The stages that show it name another id, and clients read the same."""
    del applied
    say(statuses("{id: in, name: {en: Received}}", show="in"))
    assert cli("apply", "--yes", AT).code == 0
    say(statuses("{id: received, previously: in, name: {en: Received}}", show="received"))
    told = flat(cli("plan", AT).out)
    assert "what was in is received from now on" in told
    assert "No client will notice anything." in told
    assert "Settings" not in told
    assert cli("apply", "--yes", AT).code == 0
    assert live().settings["work_in_progress.pipelines.income-tax.stages.intake.show"] == "received"


def test_a_first_plan_may_rename_what_stands_there(world: Path, cli: Cli) -> None:
    """What somebody set up on the portal by hand gets an id that the firm likes better: nothing is lost."""
    del world
    stands: JSONObject = {"title": {"en": "Holidays"}, "body": {"en": "We are away."}, "starts": "2026-11-01"}
    edits = tuple(Edit(f"announcements.items.a1.{name}", after=value) for name, value in stands.items())
    portal = open_embedded(DATABASE)
    by_hand = Commit(Origin.PORTAL, "Dana Reyes", "", {}, edits, ())
    (answer,) = portal.commit([Conditional("oak", portal.state("oak").generation, "by-hand", by_hand)])
    portal.close()
    assert isinstance(answer, Committed)
    say(announcements(item("holidays", previously="a1")))
    made = cli("plan", AT)
    assert (made.code, "what was a1 is holidays" in flat(made.out)) == (0, True)
    say(announcements(item("holidays")))
    assert cli("plan", AT).code == 6


@pytest.mark.parametrize(
    ("options", "code", "at"),
    [
        (announcements(item("a", previously="a")), "previously-exists", "13:29"),
        (announcements(item("a"), item("b", previously="a")), "previously-exists", "14:29"),
        (announcements(item("a", previously="b"), item("b", previously="a")), "previously-exists", "13:29"),
        (announcements(item("a", previously="c"), item("b", previously="c")), "previously-twice", "14:29"),
    ],
)
def test_what_cannot_be_is_an_error_at_its_line(
    options: str, code: str, at: str, applied: Path, cli: Cli
) -> None:
    """An id that is still there, one's own, a circle; one that two claim."""
    del applied
    say(options)
    found = cli("validate", AT)
    assert found.code == 3
    assert f"error[{code}]" in found.err + found.out
    assert f"oak.yaml:{at}" in found.err + found.out


@pytest.mark.parametrize("wrong", ["{id: b, remove: true, previously: a}", "{id: b, previously: 'A b'}"])
def test_what_no_entry_can_say(wrong: str, applied: Path, cli: Cli) -> None:
    del applied
    say(announcements(f"      - {wrong}\n"))
    assert cli("validate", AT).code == 3


def test_an_id_of_the_portal_has_no_earlier_one(applied: Path, cli: Cli) -> None:
    """Templates and pipelines are the portal's: files cannot rename them."""
    del applied
    say("  organizers:\n    templates: [{id: a, previously: b, self_service: true}]\n")
    assert cli("validate", AT).code == 3


def test_a_misspelt_earlier_id_loses_nothing(applied: Path, cli: Cli) -> None:
    """The firm is stopped, at the line, with the id that may be meant."""
    del applied
    say(announcements(item("winter-break", previously="holydays")))
    made = cli("plan", AT)
    assert made.code == 3
    told = flat(made.out)
    assert "There is no entry holydays on the portal" in told
    assert "Did you mean holidays?" in told
    assert "oak.yaml:13:40" in told
    assert cli("apply", "--yes", AT).code == 3
    assert TITLE in live().settings


def say_in_group(options: str) -> None:
    """What the group says that the firm is in."""
    GROUP.write_text(f"apiVersion: portalsync/v1\nkind: Group\nid: north\noptions:\n{options}")


@pytest.mark.parametrize("shared", [GROUP, GROUP.parents[1] / "defaults.yaml"])
def test_a_shared_file_may_rename_what_a_firm_never_had(shared: Path, applied: Path, cli: Cli) -> None:
    """Another announcement of the firm goes in the same plan, under quite another id: that is not the one."""
    del applied
    text = shared.read_text().replace(
        "options:\n", f"options:\n{announcements(item('winter-break', previously='christmas'))}"
    )
    shared.write_text(text)
    say("")
    made = cli("plan", AT)
    assert made.code == 0, made.out
    assert "holidays goes, and winter-break comes" in flat(made.out)
    assert cli("apply", "--yes", AT).code == 0
    assert "announcements.items.winter-break.title" in live().settings
    assert TITLE not in live().settings


def test_an_earlier_id_that_is_misspelt_in_a_shared_file_loses_nothing(applied: Path, cli: Cli) -> None:
    """An id that is spelt alike goes: the firm is stopped, at the line in the group's file."""
    del applied
    say_in_group(announcements(item("winter-break", previously="holydays")))
    say("")
    made = cli("plan", AT)
    assert made.code == 3
    assert "Did you mean holidays?" in flat(made.out)
    assert "north.yaml:7:40" in made.out


def test_an_earlier_id_in_the_firms_own_file_may_be_quite_another(applied: Path, cli: Cli) -> None:
    """Whoever says of this firm that an entry was renamed means one that it has."""
    del applied
    say(announcements(item("winter-break", previously="christmas")))
    made = cli("plan", AT)
    assert made.code == 3
    assert "These go: holidays." in flat(made.out)


def test_an_earlier_id_that_a_portal_never_had_is_no_error(world: Path, cli: Cli) -> None:
    """One file is for several portals, and a new one has not seen the old id."""
    del world
    say(announcements(item("winter-break", previously="holidays")))
    assert cli("apply", "--yes", AT).code == 0


FACTS = Path("portal-config/facts/oak.yaml")


def rename_firm(previously: str = "oak") -> None:
    """The firm's files are called otherwise, and say so."""
    text = FIRM.read_text().replace(
        "id: oak\n", f"id: elm\npreviously: {previously}\n" if previously else "id: elm\n"
    )
    FIRM.with_name("elm.yaml").write_text(text)
    FIRM.unlink()
    FACTS.with_name("elm.yaml").write_text(FACTS.read_text().replace("firm: oak", "firm: elm"))
    FACTS.unlink()
    for persona in Path("portal-config/personas").iterdir():
        persona.write_text(persona.read_text().replace("  oak:", "  elm:"))


def firms_of_the_portal() -> list[str]:
    portal = open_embedded(DATABASE)
    try:
        return [firm.id for firm in portal.firms()]
    finally:
        portal.close()


def test_a_renamed_firm_is_the_same_firm(applied: Path, cli: Cli) -> None:
    """The portal goes on knowing it under its own id: no second firm, nothing to do, nothing lost."""
    del applied
    generation = live().generation
    rename_firm()
    assert cli("validate", AT).code == 0
    made = cli("plan", "--detailed-exitcode", AT)
    assert (made.code, "No changes" in made.out) == (0, True), made.err
    assert cli("apply", "--yes", AT).code == 0
    assert firms_of_the_portal() == ["oak"]
    assert live().generation == generation
    assert cli("drift", "--detailed-exitcode").code == 0


def test_a_renamed_firm_is_worked_with_under_the_id_of_its_file(applied: Path, cli: Cli) -> None:
    """What is selected, promised and previewed; on the portal it changes the firm that was there."""
    rename_firm()
    file = applied / FIRM.with_name("elm.yaml")
    file.write_text(file.read_text().replace("Holidays", "Back soon"))
    for command in ("validate", "plan", "preview"):
        done = cli(command, AT, "--firm=elm")
        assert done.code == 0, done.err
    assert cli("plan", AT, "--firm=ash").code == 64
    assert cli("plan", AT, "--out=plan.json").code == 0
    assert cli("preview", "--plan=plan.json").code == 0
    assert cli("apply", "plan.json", "--firm=elm").code == 0
    assert live().settings[TITLE] == {"en": "Back soon"}


@pytest.mark.parametrize("said", ["previously:\n  oak", '"previo\\x75sly": oak', "previously: 'oak' # once"])
def test_an_earlier_id_is_read_however_it_is_written(said: str, applied: Path, cli: Cli) -> None:
    """Also where only some files are read: to preview a plan, and to fill an embedded portal for one."""
    rename_firm()
    file = applied / FIRM.with_name("elm.yaml")
    file.write_text(file.read_text().replace("previously: oak", said).replace("Holidays", "Back soon"))
    reviewed_and_applied_anew(cli)


def test_an_earlier_id_is_read_in_flow_style(applied: Path, cli: Cli) -> None:
    rename_firm()
    file = applied / FIRM.with_name("elm.yaml")
    file.write_text(
        "{apiVersion: portalsync/v1, kind: Firm, id: elm, groups: [north], previously: oak,\n"
        " profile: {name: Elm, logo: assets/oak.svg},\n"
        " options: {prepayments: {enabled: true, method: card}}}\n"
    )
    reviewed_and_applied_anew(cli)


def reviewed_and_applied_anew(cli: Cli) -> None:
    """A plan is previewed, and applied to a portal that is filled for it: it has the firm under one id."""
    DATABASE.unlink()
    assert cli("plan", AT, "--out=plan.json").code == 0
    reviewed = cli("preview", "--plan=plan.json")
    assert (reviewed.code, "0 changed" in reviewed.err) == (0, False), reviewed
    assert cli("apply", "plan.json", "--yes").code == 0
    assert firms_of_the_portal() == ["oak"]


@pytest.mark.parametrize("said", ["previously: [oak]", "previously: Oak & Co", "previously: oak\n  - ]"])
def test_a_file_that_gives_no_id_is_known_by_its_name(said: str) -> None:
    file = held_file("firms/elm.yaml", "firm", said.encode())
    assert known_as_unchecked(file) == "elm"


def test_what_somebody_changed_there_is_held_against_its_file(applied: Path, cli: Cli) -> None:
    """Drift goes by the portal's firms, and finds the file of each."""
    del applied
    rename_firm()
    portal = open_embedded(DATABASE)
    edit = Edit("announcements.items.holidays.starts", "2026-11-01", "2026-11-02")
    by_hand = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (edit,), ())
    portal.commit([Conditional("oak", portal.state("oak").generation, "by-hand", by_hand)])
    portal.close()
    assert cli("drift", "--detailed-exitcode").code == 2
    file = FIRM.with_name("elm.yaml")
    file.write_text(file.read_text().replace("2026-11-01", "2026-11-02"))
    assert cli("drift", "--detailed-exitcode").code == 0


def test_a_firm_that_is_renamed_without_a_word_is_two_with_a_hint(applied: Path, cli: Cli) -> None:
    """The embedded portal makes the second, any other says that it does not know it."""
    del applied
    rename_firm(previously="")
    told = flat(cli("plan", AT).out)
    assert "Oak & Partners has no file any more as oak, and a file as elm." in told
    assert "write previously: oak into the new one" in told


@pytest.mark.parametrize(
    ("previously", "code"),
    [("elm", "previously-exists"), ("ash", "previously-exists"), ("birch", "previously-twice")],
)
def test_what_cannot_be_of_a_firm_is_an_error_at_its_line(
    previously: str, code: str, applied: Path, cli: Cli
) -> None:
    """Its own id, one that has a file, one that another file names too; a circle is two of the second."""
    rename_firm(previously)
    for id_, more in (("ash", ""), ("yew", "previously: birch\n")):
        text = f"apiVersion: portalsync/v1\nkind: Firm\nid: {id_}\n{more}profile: {{name: {id_}}}\n"
        (applied / "portal-config" / "firms" / f"{id_}.yaml").write_text(text)
    found = cli("validate", AT)
    assert found.code == 3
    assert f"error[{code}]" in found.out
    assert ":4:13" in found.out


def test_a_firm_that_the_portal_does_not_know_is_named_at_its_line(applied: Path, cli: Cli) -> None:
    """A misspelt id; or the portal calls it as its file does by now, and the line has done its work."""
    rename_firm("oka")
    (applied / FACTS.with_name("elm.yaml")).unlink()
    made = cli("plan", AT)
    assert made.code == 3
    assert "error[previously-unknown]: The portal has no firm oka" in made.err
    assert "elm.yaml:4:13" in made.err
