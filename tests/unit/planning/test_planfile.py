"""Plan files, of versions that are no more too, and what a file has only once."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tests.plan_files import file_of, plan_in
from tests.taken_apart import taken_apart
from tests.unit.views.test_comment import change, effect, firm, plan

from portalsync.catalog.guardrails import limits
from portalsync.errors import PlanRefused
from portalsync.lexicon import lexicon_of
from portalsync.model.apart import Apart, apart_of
from portalsync.model.canonical import canonical, digest, short_bytes_digest
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.model.effect import Reading
from portalsync.model.finding import BrokenPromise, PlanFinding, Stopped
from portalsync.model.firm_plan import Change, FirmPlan, HandEdit, Reason, Rename
from portalsync.model.json_value import JSON
from portalsync.model.plan import FILE_VERSION, HeldParts, Plan, part_digest
from portalsync.model.substance import review_digest
from portalsync.model.watch import Items
from portalsync.planning import planfile
from portalsync.planning.guardrails import guarded
from portalsync.planning.lines import Lines
from portalsync.planning.parts import GatheredParts

T = TypeVar("T")
DIGEST = f"sha256:{0:064}"
LIMITS = limits({})
Body = dict[str, Any]
FILES = Path(__file__).parents[2] / "cases" / "planfiles"


def gathered(*firms: FirmPlan) -> Plan:
    parts = GatheredParts(BytesIO())
    for each in firms:
        parts.take(apart_of(each))
    return replace(plan(*firms), firms=parts, clients=sum(each.clients for each in firms))


@pytest.mark.parametrize(("file", "version"), [("v1.json", 1), ("v3.json", 2), ("v3.json", 4)])
def test_a_plan_of_another_version_is_called_that(file: str, version: int) -> None:
    content = re.sub(rb'"format_version":\d', b'"format_version":%d' % version, (FILES / file).read_bytes())
    with pytest.raises(PlanRefused, match=f"has the plan format {version}; this portalsync reads 3"):
        plan_in(content)


def test_what_firms_share_stands_once() -> None:
    """The change, the effect and the claims of two firms; a third firm's own change stands in its part."""
    own = firm(3, changes=(change("https://own.example"),), effects=())
    content = file_of(gathered(firm(1), firm(2), own))
    assert content.count(b"https://new.example") == 1
    assert content.count(b"Message firm") == 1
    assert content.count(b'"shared":{"edit"') == 1
    assert content.count(b'"own":[]') == 2
    assert content.splitlines()[-1].count(b"https://own.example") == 1


def test_while_a_plan_is_read_each_firm_is_counted() -> None:
    """Seen to fail: nothing was told, and the plan of a network takes seconds to read."""
    counted = list[int]()

    def watch(items: Items[T]) -> Iterator[T]:
        for item in items:
            counted.append(len(items))
            yield item

    planfile.read_plan(BytesIO(file_of(gathered(firm(1), firm(2), firm(3)))), "plan.json", BytesIO(), watch)
    assert counted == [3, 3, 3]


def test_a_part_does_not_depend_on_other_firms() -> None:
    """Alone, with a firm that shares all of it, and held in memory, a part has the same digest."""
    [alone] = gathered(firm(1)).firms.digests
    beside = gathered(firm(1), firm(2)).firms.digests[0]
    assert alone == beside
    assert alone.part == part_digest(firm(1))


def test_parts_are_read_as_they_were() -> None:
    """Whatever is shared, and by loops that overlap."""
    cleared = replace(change(), edit=Edit("appointments.url", "https://new.example"))
    stays: dict[str, JSON] = {"profile.phone": "+49 30 5550100", "profile.locales": ["de"]}
    firms = [firm(1), firm(2, changes=(cleared,)), firm(3, effects=(), stays=stays), firm(4, stays=stays)]
    made = gathered(*firms)
    assert [*made.firms] == firms
    assert [*product(plan_in(file_of(made)).firms, repeat=2)] == [*product(firms, repeat=2)]
    assert file_of(made).count(b"+49 30 5550100") == 1


def test_parts_without_effects_have_all_else() -> None:
    """Seen to fail when changes were lost with them."""
    saved = plan_in(file_of(gathered(firm(), firm(id="zell"))))
    whole, sent = [*saved.firms], [*saved.firms.without_effects()]
    assert all(each.effects for each in whole)
    assert sent == [replace(each, effects=()) for each in whole]
    assert [*saved.firms.without_changes()] == [replace(each, changes=()) for each in sent]


def test_a_plan_that_was_saved_is_the_same_change() -> None:
    """Seen to fail when bodies that only one part has were looked for among the shared ones."""
    firms = (firm(1), firm(2, effects=(effect("Only here"),), managed_before=()), firm(3))
    made = gathered(*firms)
    assert review_digest(plan_in(file_of(made))) == review_digest(replace(made, firms=HeldParts(firms)))


def test_what_several_firms_have_is_one_object() -> None:
    one, other = plan_in(file_of(gathered(firm(1), firm(2)))).firms
    assert one.changes[0] is other.changes[0]
    assert one.effects[0].effect is other.effects[0].effect


def test_a_file_that_was_cut_anywhere_is_told_as_that() -> None:
    """Seen to fail: it was "altered", which sounds as if somebody had meant harm."""
    whole = file_of(gathered(firm(1), firm(2), firm(3)))
    for end in range(len(b'{"at":'), len(whole)):
        with pytest.raises(PlanRefused) as refused:
            plan_in(whole[:end])
        assert "is not whole" in lexicon_of("en").say(refused.value.diagnostic.message), end


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


def lines_of(*firms: FirmPlan) -> list[Body]:
    return [json.loads(line) for line in file_of(gathered(*firms)).splitlines()]


def as_file(lines: list[Body]) -> bytes:
    return b"".join(canonical(line) + b"\n" for line in lines)


def test_what_one_firm_has_alone_stands_in_its_line_once() -> None:
    """However many of its effects say it: no other firm is the larger for it."""
    said = tuple(effect("Hello.", block=f"chat.{name}") for name in ("link", "button"))
    [head, line] = lines_of(firm(1, effects=said))
    assert canonical(line).count(b"Hello.") == 1
    [[_, first, says], [_, second, also]] = line["part"]["effects"]
    assert (says, first == second) == (also, False)
    assert head["format_version"] == 3


def reused(lines: list[Body]) -> None:
    """A body that the second part has with the first stands in its own line once more."""
    *_, last = lines
    last["own"].append(next(line["shared"] for line in lines if "shared" in line))
    last["part"]["managed"] = -len(last["own"])


def shared_alone(lines: list[Body]) -> None:
    """What one part has alone stands in a line for several."""
    *_, last = lines
    lines.insert(-1, {"shared": last["own"].pop()})
    number = sum("shared" in line for line in lines) - 1
    last["part"]["changes"] = [[number, *last["part"]["changes"][0][1:]]]


def beyond(lines: list[Body]) -> None:
    lines[-1]["part"]["managed"] = 99


def beyond_its_own(lines: list[Body]) -> None:
    lines[-1]["part"]["managed"] = -99


def unread(lines: list[Body]) -> None:
    lines[-1]["own"].append(["chat.clients_can_start"])


def by_digest(lines: list[Body]) -> None:
    lines[-1]["part"]["managed"] = "x" * 43


def of_two_kinds(lines: list[Body]) -> None:
    """The claims are named where a change should be."""
    lines[-1]["part"]["changes"] = [lines[-1]["part"]["managed"]]


def more_in_a_line(lines: list[Body]) -> None:
    lines[-1]["more"] = 1


@pytest.mark.parametrize(
    "alter",
    [reused, shared_alone, beyond, beyond_its_own, unread, by_digest, of_two_kinds, more_in_a_line],
    ids=lambda alter: alter.__name__,
)
def test_lines_that_nobody_writes_are_no_plan(alter: Callable[[list[Body]], None]) -> None:
    """Their content and its digests may fit all the same."""
    own = replace(change("https://own.example"), source="firms/firm-2.yaml:3:5")
    lines = lines_of(firm(1), firm(2, changes=(own,)))
    assert plan_in(as_file(lines)).clients
    alter(lines)
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(as_file(lines))


def test_a_change_that_is_taken_apart_otherwise_is_no_plan() -> None:
    """Of the firm's own file, only the edit is a body: two forms of one part would have two digests."""
    own = replace(change("https://own.example"), source="firms/firm-1.yaml:3:5")
    whole = apart_of(firm(1, changes=(replace(own, source="defaults.yaml:1:1"),)))
    body = next(name for name, text in whole.bodies.items() if b"defaults.yaml" in text)
    text = whole.bodies[body].replace(b"defaults.yaml:1:1", own.source.encode())
    naming = whole.naming.replace(body.encode(), short_bytes_digest(text).encode())
    parts = GatheredParts(BytesIO())
    parts.take(Apart(whole.id, naming, {**whole.bodies, short_bytes_digest(text): text}))
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(file_of(replace(gathered(firm(1, changes=(own,))), firms=parts)))


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


def test_a_part_is_taken_apart_as_its_json_says() -> None:
    """Whatever of it was taken apart before, for another firm."""
    for part in (*plan_in((FILES / f"v{FILE_VERSION}.json").read_bytes()).firms, part_of_twins()):
        assert apart_of(part) == taken_apart(encode(part))


def part_of_twins() -> FirmPlan:
    """One object at several places beside others: effects called alike that read differently, or read
    alike and are called differently; changes from its own file that undo something, or nothing.
    """
    book = effect("Book", readings={"en": (Reading("label", "Call", "Book"),)})
    otherwise: list[dict[str, Any]] = [
        {"labels": {"en": "Meet"}},
        {"readings": {"en": (Reading("label", "Meet", "Book"),)}},
        {"since": "2026-03-02T00:00:00Z"},
    ]
    effects = (book, *(replace(book, effect=replace(book.effect, **each)) for each in otherwise))
    own = change(source="firms/firm-1.yaml:3:4")
    return firm(1, changes=(own, replace(own, undoes=HandEdit(**HAND_EDIT))), effects=effects)


def test_a_plan_of_before_is_read_as_it_was_written() -> None:
    """A form that changes without another version would lose every plan that waits for its turn."""
    content = (FILES / f"v{FILE_VERSION}.json").read_bytes()
    read = plan_in(content)
    assert file_of(read) == content
    assert [firm.name for firm in read.firms] == [
        "Harbor Street CPAs",
        "Linden & Partner Steuerberatung",
        "Mill Lane Tax",
        "Quay & Sons Accounting",
    ]
    assert read.blocking


def refitted(head: Body, *parts: Body) -> bytes:
    """A plan file of what anybody may claim, with digests that fit."""
    given = GatheredParts(BytesIO())
    for part in parts:
        given.take(taken_apart(part))
    firms = [{"id": each.id, "part": each.part} for each in given.digests]
    named = {**head, "firms": firms, "format_version": FILE_VERSION}
    whole = canonical({**named, "digest": digest(named)})
    return b"".join(line + b"\n" for line in (whole, *Lines(given).written()))


HAND_EDIT = {"actor": "Rosa", "at": "2026-11-01T00:00:00+00:00"}
READING = {"what": "colours", "before": "", "after": "green"}
BODIES: tuple[Body, Body] = (
    encode(gathered(firm(1)).head),
    encode(firm(1, changes=(replace(change("https://own.example"), undoes=HandEdit(**HAND_EDIT)),))),
)


def test_a_plan_with_refitted_digests_is_read_if_it_says_what_a_plan_can_say() -> None:
    assert plan_in(refitted(*BODIES)).clients == BODIES[0]["clients"]


def finding(message: str = "It is over.") -> PlanFinding:
    return PlanFinding("announcement-expired", {"en": message}, {}, "defaults.yaml:3:5", before=False)


def test_findings_that_firms_share_stand_once_and_come_back() -> None:
    broken = (BrokenPromise("ada", finding("Ada finds no chat.")),)
    firms = [firm(number, warnings=(finding(),), broken=broken) for number in (1, 2)]
    silent = firm(3)
    made = guarded(
        replace(gathered(*firms, silent), stopped=(Stopped(finding("No such stage."), ("x",)),)), LIMITS, ()
    )
    content = file_of(made)
    assert content.count(b"It is over.") == content.count(b"Ada finds no chat.") == 1
    assert b'"warnings"' not in content.splitlines()[-1]
    read = plan_in(content)
    assert [*read.firms] == [*firms, silent]
    assert read.stopped_firms == ("x",)
    assert [(each.rule, each.found) for each in read.guardrails] == [("broken-promise", 2)]


@pytest.mark.parametrize("also", ["firm-1", "other"])
def test_a_firm_that_is_stopped_and_planned_is_no_plan(also: str) -> None:
    made = replace(gathered(firm(1)), stopped=(Stopped(finding(), (also,)),))
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(file_of(made))


def test_a_broken_promise_that_no_guardrail_speaks_of_is_no_plan() -> None:
    made = gathered(firm(1, broken=(BrokenPromise("ada", finding()),)))
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(file_of(made))


NOT_TO_BELIEVE = {
    "a warning that is a text": ("0.warnings", [1]),
    "a warning with a code that is none": ("0.warnings", [{**encode(finding()), "code": "--ack x"}]),
    "a warning that says a number": ("0.warnings", [{**encode(finding()), "message": {"en": 1}}]),
    "a promise without its finding": ("0.broken", [{"persona": "ada"}]),
    "firms that are stopped by nothing": ("stopped", ["x"]),
    "an environment that is a number": ("environment", 1),
    "clients that are a text": ("0.clients", "x"),
    "more clients than there can be": ("left_out", 10**30),
    "effects on more than that": ("0.effects.0.clients", 10**30),
    "a number that is true": ("left_out", True),
    "a number with a fraction": ("0.generation", 1.0),
    "an instant before the calendar": ("at", "0001-01-01T00:00:00+14:00"),
    "an instant after it": ("at", "9999-12-31T23:59:00-14:00"),
    "an instant without its offset": ("at", "2026-12-01"),
    "an edit by hand after the calendar": ("0.changes.0.undoes.at", "9999-12-31T23:59:00-14:00"),
    "an effect after the calendar": ("0.effects.0.effect.since", "9999-12-31T23:59:00-14:00"),
    "a time zone without end": ("0.time_zone", "x" * 200_000),
    "a folder of time zones": ("0.time_zone", "Europe"),
    "a time zone elsewhere": ("0.time_zone", "../../etc/passwd"),
    "a value of another type": ("0.changes.0.edit.after", ["https://own.example"]),
    "a value before of another type": ("0.changes.0.edit.before", 1),
    "a value that stays of another type": ("0.stays", {"profile.phone": 1}),
    "a setting that nobody knows, and stays": ("0.stays", {"profile.shoe_size": "43"}),
    "a path that is a list": ("0.changes.0.edit.path", "announcements.items"),
    "a path that nobody has": ("0.changes.0.edit.path", "appointments.urls"),
    "a part that no block has": ("0.effects.0.effect.readings", {"en": [READING]}),
    "a limit that nobody knows": ("limits.own", 1),
    "a limit beyond its own": ("limits.changed_percent", 101),
    "a limit of another type": ("limits.known_hosts", "own.example"),
}


@pytest.mark.parametrize("name", NOT_TO_BELIEVE)
def test_what_no_plan_says_is_not_believed_whatever_its_digests(name: str) -> None:
    place, value = NOT_TO_BELIEVE[name]
    head, part = deepcopy(BODIES)
    *way, last = (int(each) if each.isdigit() else each for each in place.split("."))
    body: Any = part if way[:1] == [0] else head
    for step in way[1:] if way[:1] == [0] else way:
        body = body[step]
    body[last] = value
    with pytest.raises(PlanRefused, match="altered"):
        plan_in(refitted(head, part))


ITEMS = "announcements.items"
TEXT: JSON = {"en": "Holidays"}
RENAMED = [
    Edit(f"{ITEMS}.{id_}.title", **side) for id_, side in (("a", {"before": TEXT}), ("b", {"after": TEXT}))
]


@pytest.mark.parametrize(
    ("was", "now", "believed"),
    [
        ("a", "b", True),
        ("a", "c", False),
        ("c", "b", False),
        ("b", "a", False),
        ("a", "a", False),
        ("a.title", "b.title", False),
    ],
)
def test_a_plan_cannot_call_a_loss_a_rename(was: str, now: str, believed: bool) -> None:  # noqa: FBT001 - a row of the table
    """Whoever reads it would be told nothing of what goes, or of what comes."""
    changes = tuple(Change(edit, Reason.SET, "") for edit in RENAMED)
    part = firm(1, changes=changes, effects=(), renames=(Rename(f"{ITEMS}.{was}", f"{ITEMS}.{now}"),))
    head = encode(replace(gathered(part), options=dict.fromkeys(part.options, DIGEST)).head)
    if believed:
        assert plan_in(refitted(head, encode(part))).is_empty is False
    else:
        with pytest.raises(PlanRefused, match="altered"):
            plan_in(refitted(head, encode(part)))


def laid_out(content: bytes) -> bytes:
    return b"".join(json.dumps(json.loads(line), indent=2).encode() + b"\n" for line in content.splitlines())


def with_blanks(content: bytes) -> bytes:
    return b"".join(json.dumps(json.loads(line)).encode() + b"\n" for line in content.splitlines())


SAVED_ANEW: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "with CR LF": (lambda content: content.replace(b"\n", b"\r\n"), "lines end with CR LF"),
    "with a byte order mark": (lambda content: codecs.BOM_UTF8 + content, "a byte order mark"),
    "in UTF-16": (lambda content: content.decode().encode("utf-16"), "a byte order mark"),
    "with blanks": (with_blanks, "laid out anew"),
    "with line breaks": (laid_out, "laid out anew"),
}


@pytest.mark.parametrize("name", SAVED_ANEW)
def test_a_plan_that_a_program_saved_anew_is_called_that(name: str) -> None:
    save, says = SAVED_ANEW[name]
    with pytest.raises(PlanRefused, match=says):
        plan_in(save(file_of(gathered(firm(1)))))
