"""Each guardrail at its limit and one beyond, and what accepts what it objects to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portalsync.catalog.guardrails import LIMITS, RULES
from portalsync.catalog.guardrails import limits as limits_of
from portalsync.errors import Blocked
from portalsync.lexicon import Text, phrase
from portalsync.model.edit import Edit
from portalsync.model.facts import facts_from_json
from portalsync.model.firm_plan import Change, FirmPlan, Reason
from portalsync.model.guardrails import Acknowledgement, Limits, Verdict, acknowledged_in
from portalsync.model.json_value import JSON
from portalsync.model.page import Situation, situation_of
from portalsync.model.plan import HeldParts, Plan
from portalsync.model.settings import differing
from portalsync.planning.effects import noticed
from portalsync.planning.empty_homes import emptied
from portalsync.planning.guardrails import (
    NoAcknowledgement,
    acknowledgement,
    check_guardrails,
    guarded,
    unused,
)
from portalsync.planning.new_hosts import new_hosts
from portalsync.planning.outlook import outlook

DEFAULTS = limits_of({})
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CHAT = "chat.clients_can_start"


def firm(number: int, **parts: object) -> FirmPlan:
    made = FirmPlan(f"firm-{number}", f"Firm {number}", 1, 10, (), (), (), (), "sha256:0")
    return replace(made, **parts)  # type: ignore[arg-type]


def changing(number: int) -> FirmPlan:
    return firm(number, changes=(Change(Edit(CHAT, after=False), Reason.SET, ""),))


def clearing(number: int, fields: int) -> FirmPlan:
    gone = (Change(Edit(f"announcements.items.a{each}.starts", before="2026-01-01"), Reason.REMOVED, "")
            for each in range(fields))  # fmt: skip
    changes = (*gone, Change(Edit(CHAT, before=True, after=False), Reason.SET, ""))
    return firm(number, changes=changes, managed_before=("announcements.items.*", CHAT))


def plan(*firms: FirmPlan, unchanged: int = 0, limits: Limits = DEFAULTS, given: str = "") -> Plan:
    rest = tuple(f"other-{each}" for each in range(unchanged))
    made = Plan(
        environment="local", portal="p", options={}, config="c", commit="", at=NOW.isoformat(),
        firms=HeldParts(firms), unchanged=rest,
    )  # fmt: skip
    return guarded(made, limits, map(acknowledgement, given.split()))


def objections(made: Plan) -> list[tuple[str, int, int]]:
    return [(f"{each.rule}:{each.subject}", each.limit, each.found) for each in made.guardrails]


def test_an_ordinary_change_passes() -> None:
    made = plan(changing(1), unchanged=1)
    assert made.guardrails == ()
    check_guardrails(made)


@pytest.mark.parametrize(
    ("changed", "unchanged", "expected"),
    [
        (20, 0, []),  # however few there are
        (21, 0, [("changed-firms:21", 20, 21)]),
        (30, 70, []),
        (31, 69, [("changed-firms:31", 30, 31)]),
        (31, 72, [("changed-firms:31", 30, 31)]),  # 30 percent of 103 is less than 31
        (31, 73, []),
    ],
)
def test_changed_firms(changed: int, unchanged: int, expected: list[tuple[str, int, int]]) -> None:
    """Firms that are taken over or released without a change do not count as changed."""
    made = plan(*map(changing, range(changed)), unchanged=unchanged)
    assert objections(made) == expected
    released = plan(*map(changing, range(20)), *map(firm, range(20, 60)))
    assert objections(released) == []


@pytest.mark.parametrize(
    ("affected", "expected"), [((4000, 1000), []), ((4000, 1001), [("affected-clients:5001", 5000, 5001)])]
)
def test_affected_clients(affected: tuple[int, ...], expected: list[tuple[str, int, int]]) -> None:
    made = plan(*(firm(number, affected=each) for number, each in enumerate(affected)), firm(9))
    assert objections(made) == expected
    assert [each.firms for each in made.guardrails] == [("firm-0", "firm-1") for _ in expected]


@pytest.mark.parametrize(("fields", "expected"), [(10, []), (11, [("cleared-fields:21", 20, 21)])])
def test_cleared_fields(fields: int, expected: list[tuple[str, int, int]]) -> None:
    """A value that is set to another, `false` too, is not cleared."""
    assert objections(plan(clearing(1, 10), clearing(2, fields))) == expected


def taking_over(*edits: Edit, before: tuple[str, ...] = ()) -> FirmPlan:
    """A firm that portalsync managed `before`, and all of which it manages from now on."""
    changes = (Change(edit, Reason.SET, "") for edit in edits)
    managed = ("announcements.items.*", CHAT, "profile.email")
    return firm(1, changes=tuple(changes), managed=managed, managed_before=before)


TITLE = "announcements.items.a.title"
GONE, REPLACED, NEW = (
    Edit(TITLE, before={"en": "x"}),
    Edit(CHAT, before=True, after=False),
    Edit(CHAT, after=False),
)


@pytest.mark.parametrize(
    ("made", "lost"),
    [
        (taking_over(GONE, REPLACED), 2),
        (taking_over(REPLACED), 1),
        (taking_over(NEW), 0),  # nobody had set it
        (taking_over(), 0),  # taken over as it is
        (taking_over(GONE, REPLACED, before=("profile.email",)), 1),  # a list is taken over later
        (taking_over(REPLACED, before=("profile.email",)), 0),  # so is a field, by who writes its value
        (taking_over(GONE, REPLACED, before=("announcements.items.*", CHAT)), 0),  # it was ours
    ],
)
def test_what_a_takeover_loses_is_asked_for(made: FirmPlan, lost: int) -> None:
    assert objections(plan(made)) == ([("takeover-removes:firm-1", 0, lost)] if lost else [])


def test_limits_of_the_configuration() -> None:
    limits = limits_of({"changed_firms": 1, "changed_percent": 0, "affected_clients": 0})
    made = plan(changing(1), replace(changing(2), affected=1), limits=limits)
    assert objections(made) == [("changed-firms:2", 1, 2), ("affected-clients:1", 0, 1)]
    assert made.limits["cleared_fields"] == DEFAULTS["cleared_fields"]
    assert loosened(made.limits) == []
    assert loosened(limits_of({"changed_percent": 31, "cleared_fields": 19})) == [
        phrase("guardrails.limits.changed_percent", n=31, default=30)
    ]


def loosened(limits: Limits) -> list[Text]:
    return [looser for limit in LIMITS if (looser := limit.loosened(limits))]


def test_one_host_is_one_objection_however_many_firms() -> None:
    firms = [firm(each, new_hosts=("a.example", "b.example")) for each in (1, 2)]
    made = plan(*firms, limits=limits_of({"known_hosts": ["b.example"]}))
    assert made.guardrails == (Verdict("new-host", "a.example", 0, 2, ("firm-1", "firm-2")),)


def announcement(text: str) -> dict[str, JSON]:
    return {"announcements.items.a.body": {"en": text}}


URL = "appointments.url"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {URL: "https://a.example/x"}, ("a.example",)),
        ({URL: "https://a.example/x"}, {URL: "https://a.example/y"}, ()),
        ({URL: "https://a.example/x"}, {"profile.website": "https://a.example"}, ()),
        ({URL: "https://a.example"}, {URL: "https://www.a.example"}, ("www.a.example",)),
        ({URL: "https://a.example"}, {URL: "https://a.example.evil.example"}, ("a.example.evil.example",)),
        ({URL: "https://a.example"}, {}, ()),
        ({}, {URL: "https://A.Example/x"}, ("a.example",)),
        ({URL: "https://A.EXAMPLE."}, {URL: "https://a.example"}, ()),
        ({}, announcement("[Pay](https://pay.example/a)"), ("pay.example",)),
        ({}, announcement("[Pay][1]\n\n[1]: https://PAY.example"), ("pay.example",)),
        ({}, announcement("<https://pay.example>"), ("pay.example",)),
        ({}, announcement("[Zahlen](https://bücher.example)"), ()),
        ({}, announcement("[Zahlen](https://xn--bcher-kva.example)"), ("xn--bcher-kva.example",)),
        ({}, announcement("[a](https://pay%2eexample) [b](https://p&#97;y.example)"), ("pay.example",)),
        ({}, announcement("[a](https://x@pay.example) [b](https://pay.example:8443)"), ()),
        ({}, announcement("[a](https://pay.example.) [b](http://pay.example)"), ()),
        ({}, announcement("[a](tel:+49305550100) https://pay.example"), ()),
        ({}, announcement("[a](mailto:a@Pay.example)"), ("pay.example",)),
        ({}, announcement("<a@pay.example>"), ("pay.example",)),
        ({}, {"profile.email": "office@pay.example"}, ("pay.example",)),
        ({"profile.email": "a@a.example"}, {"profile.email": "b@a.example"}, ()),
        ({}, {"profile.welcome": {"en": "[Pay](https://pay.example)"}}, ()),  # no Markdown: it leads nowhere
    ],
)  # fmt: skip
def test_new_hosts(before: Mapping[str, JSON], after: Mapping[str, JSON], expected: tuple[str, ...]) -> None:
    """By the full host, wherever the link stands; what is no link on a page is none here."""
    assert new_hosts(before, after) == expected


def test_a_link_that_is_hidden_counts_already() -> None:
    """Else a switch that is turned on later would bring it in unasked."""
    assert new_hosts({}, {"appointments.enabled": False, URL: "https://pay.example"}) == ("pay.example",)


SEGMENTS: list[JSON] = [
    {"tags": ["business"], "locale": "de", "clients": 5},
    {"tags": [], "locale": "en", "clients": 2},
    {"tags": [], "locale": "en", "clients": 2},
]


def situations(*settings: Mapping[str, JSON]) -> list[Situation]:
    facts = facts_from_json({"currency": "EUR", "segments": SEGMENTS})
    return [situation_of("linden", each, facts, NOW) for each in settings]


def emptied_by(before: Mapping[str, JSON], after: Mapping[str, JSON]) -> int:
    one, other = situations(before, after)
    changed = {path.partition(".")[0] for path in differing(before, after)}
    firm = outlook(one, other, ())
    return emptied(firm, noticed(firm, changed).effects)


def shown(**more: JSON) -> dict[str, JSON]:
    fields: dict[str, JSON] = {"title": {"en": "News"}, "body": {"en": "News"}, **more}
    return {f"announcements.items.news.{name}": value for name, value in fields.items()}


CONTACT: dict[str, JSON] = {"profile.email": "office@example.com", "profile.welcome": {"en": "Hello"}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {CHAT: False}, 2),
        ({}, {CHAT: False, "done_uploading.button": True}, 0),
        (CONTACT, {**CONTACT, CHAT: False}, 2),
        ({CHAT: False}, {CHAT: False, **CONTACT}, 0),  # it was empty before
        ({}, {"chat.audience": {"any": ["business"]}}, 1),  # for the others
        ({CHAT: False, **shown()}, {CHAT: False}, 2),
        ({CHAT: False, **shown(starts="2026-07-01")}, {CHAT: False}, 2),  # it would have come
        ({CHAT: False, **shown()}, {CHAT: False, **shown(starts="2026-07-01")}, 2),  # empty until then
        (shown(), {**shown(ends="2026-07-01"), CHAT: False}, 2),  # empty from then on
        ({**shown(), CHAT: True}, {**shown(), CHAT: False}, 0),
    ],
)
def test_emptied_homes(before: Mapping[str, JSON], after: Mapping[str, JSON], expected: int) -> None:
    """Kinds of clients who keep nothing of the firm's own, now or at a coming instant."""
    assert emptied_by(before, after) == expected


def test_each_client_counts_once() -> None:
    """Four blocks go: for everyone of them. Two segments that are alike are two.

    Seen to fail when the numbers of the effects were added up.
    """
    one, other = situations({}, {CHAT: False})
    found = noticed(outlook(one, other, ()), {"chat"})
    assert len(found.effects) == 4
    assert found.clients == 9


@pytest.mark.parametrize(
    ("given", "blocking"),
    [
        ("", ["new-host:a.example", "empty-home:firm-1", "affected-clients:6000"]),
        ("new-host:a.example empty-home:firm-1 affected-clients:6000", []),
        ("new-host:a.example empty-home:firm-1 affected-clients:7000", []),
        ("new-host:a.example empty-home:firm-1 affected-clients:5999", ["affected-clients:6000"]),
        ("new-host:www.a.example empty-home:firm-2 changed-firms:9000 cleared-fields:9000",
         ["new-host:a.example", "empty-home:firm-1", "affected-clients:6000"]),
    ],
)  # fmt: skip
def test_only_what_is_named_is_accepted(given: str, blocking: list[str]) -> None:
    made = plan(firm(1, new_hosts=("a.example",), emptied=2, affected=6000), given=given)
    assert [str(each.acknowledgement) for each in made.blocking] == blocking


def test_the_narrowest_acknowledgement_is_the_one_that_stands_in_the_plan() -> None:
    made = plan(firm(1, affected=6000), given="affected-clients:90000 affected-clients:7000")
    assert [each.acknowledged for each in made.guardrails] == ["affected-clients:7000"]


def test_only_what_concerns_a_firm_is_said_of_it() -> None:
    made = plan(
        firm(1, new_hosts=("a.example",)),
        firm(2, affected=6000),
        given="new-host:a.example affected-clients:6000",
    )
    assert acknowledged_in(made.guardrails) == {
        "firm-1": ("new-host:a.example",),
        "firm-2": ("affected-clients:6000",),
    }


def test_what_nothing_asked_for_is_known() -> None:
    given = [acknowledgement(each) for each in ("new-host:b.example", "affected-clients:1", "empty-home:oak")]
    made = plan(firm(1, affected=6000))
    assert [str(each) for each in unused(made, given)] == ["new-host:b.example", "empty-home:oak"]


def test_it_says_the_numbers_and_what_to_type() -> None:
    with pytest.raises(Blocked) as caught:
        check_guardrails(plan(firm(1, new_hosts=("a.example",), emptied=2, affected=6000)))
    assert str(caught.value.diagnostic.message) == (
        "The plan is blocked: new-host a.example at firm-1; "
        "empty-home at firm-1, for 2 of its sample clients; affected-clients is 6,000, the limit is 5,000."
    )
    assert str(caught.value.diagnostic.hint) == (
        "If that is meant, plan again and add: "
        "--ack new-host:a.example --ack empty-home:firm-1 --ack affected-clients:6000"
    )


def test_many_objections_are_counted() -> None:
    hosts = tuple(f"a{each:02}.example" for each in range(13))
    with pytest.raises(Blocked, match=r"a09\.example at firm-1; and 3 more, which the plan lists"):
        check_guardrails(plan(firm(1, new_hosts=hosts)))


@pytest.mark.parametrize(
    "text",
    [
        "", ":", "force", "new-host", "new-host:", "all:1", "new-hosts:a.example", " new-host:a.example",
        "new-host:https://a.example", "new-host:A.example", "new-host:a.example.", "new-host:a.example:443",
        "new-host:x@a.example", "new-host:bücher.example", "new-host:*", "new-host:*.example",
        "new-host:a.example\n", "new-host:" + "a." * 130 + "example", "empty-home:Oak", "empty-home:*",
        "changed-firms:", "changed-firms:0", "changed-firms:-1", "changed-firms:1e9", "changed-firms:1,000",
        "changed-firms:٣", "changed-firms:all", "cleared-fields:99999999999",
    ],
)  # fmt: skip
def test_what_is_no_acknowledgement(text: str) -> None:
    """There is no way to accept everything."""
    with pytest.raises(NoAcknowledgement):
        acknowledgement(text)


@pytest.mark.parametrize("rule", RULES)
def test_an_acknowledgement_is_read_as_it_is_written(rule: str) -> None:
    subject = {"new-host": "xn--bcher-kva.example", "empty-home": "oak-1", "takeover-removes": "oak-1"}.get(
        rule, "12000"
    )
    assert acknowledgement(f"{rule}:{subject}") == Acknowledgement(rule, subject)
