"""Layers, lowest first: later ones win, field by field and entry by entry."""

from portalsync.config.document import Document
from portalsync.config.resolve import resolve
from portalsync.config.validate import ValidConfig
from portalsync.config.yaml import parse
from portalsync.diagnostics import Diagnostic
from portalsync.model.desired import Desired


def document(kind: str, key: str, text: str) -> Document:
    parsed = parse(text.encode(), f"{key}.yaml")
    assert isinstance(parsed.data, dict)
    return Document(kind, key, f"{key}.yaml", parsed, parsed.data)


def resolved(defaults: str, group: str, firm: str) -> tuple[Desired, list[Diagnostic]]:
    network = document("network", "portalsync", "name: n\n")
    config = ValidConfig(
        network,
        document("defaults", "defaults", defaults),
        {"north": document("group", "north", group)},
        {"oak": document("firm", "oak", f"groups: [north]\n{firm}")},
        {},
        {},
        {},
        {"assets/oak.svg": "data:oak"},
    )
    return resolve(config, "oak")


def options(text: str) -> str:
    return f"options: {{{text}}}\n"


def test_later_layers_win_field_by_field() -> None:
    """Each value is that of the last layer which sets it, and keeps where it came from."""
    desired, found = resolved(
        options("prepayments: {enabled: false, method: card}"),
        options("prepayments: {method: bank_debit}"),
        options("prepayments: {enabled: true}"),
    )
    assert not found
    assert desired.settings() == {"prepayments.enabled": True, "prepayments.method": "bank_debit"}
    assert [each.layer for each in desired.values.values()] == ["firm oak", "group north"]
    assert desired.values["prepayments.enabled"].position.file == "oak.yaml"
    assert {*desired.claims} == {*desired.values}


def test_null_stops_inheriting() -> None:
    """A field, an option or all options become unmanaged again, and can be set anew above."""
    lower = options("prepayments: {enabled: true, method: card}, chat: {clients_can_start: false}")
    for text, left in (
        (options("prepayments: {method: null}"), {"prepayments.enabled", "chat.clients_can_start"}),
        (options("prepayments: null"), {"chat.clients_can_start"}),
        ("options: null\n", set()),
    ):
        desired, _ = resolved(lower, text, "id: oak\n")
        assert {*desired.values} == {*desired.claims} == left
    desired, _ = resolved(lower, "options: null\n", options("chat: {clients_can_start: true}"))
    assert desired.settings() == {"chat.clients_can_start": True}


UNSET = "{unset: true}"


def test_unset_takes_a_value_away() -> None:
    """A field of any layer, a list or an option is managed then and has no value; each knows the line."""
    lower = options("prepayments: {enabled: true, method: card}, appointments: {audience: {any: [business]}}")
    desired, _ = resolved(lower, options(f"prepayments: {{method: {UNSET}}}"), "id: oak\n")
    assert desired.settings() == {
        "prepayments.enabled": True,
        "appointments.audience": {"any": ["business"]},
    }
    assert {*desired.claims} == {*desired.settings(), "prepayments.method"}
    statement = desired.values["prepayments.method"]
    assert (statement.layer, statement.position.file) == ("group north", "north.yaml")
    desired, _ = resolved(lower, "id: north\n", options(f"prepayments: {UNSET}, appointments: {UNSET}"))
    assert desired.settings() == {}
    of_both = {"prepayments.enabled", "prepayments.method", "appointments.url", "appointments.audience"}
    assert of_both <= {*desired.claims}


def test_the_later_of_a_value_and_unset_wins() -> None:
    """And null, which leaves the field to the portal, wins over both where it is later."""
    on, nothing, left = (options(f"prepayments: {{enabled: {said}}}") for said in ("true", UNSET, "null"))
    for said, settings, managed in (
        ((on, nothing, "id: oak\n"), {}, True),
        ((nothing, on, "id: oak\n"), {"prepayments.enabled": True}, True),
        ((nothing, left, "id: oak\n"), {}, False),
        ((on, left, nothing), {}, True),
    ):
        desired, _ = resolved(*said)
        assert desired.settings() == settings
        assert ("prepayments.enabled" in desired.managed) is managed


def templates(text: str) -> str:
    return options(f"organizers: {{templates: {text}}}")


def test_a_list_that_is_unset_has_no_entries_but_those_that_come_after() -> None:
    """Whether the list says what else there is, or leaves it to the portal."""
    intake = templates("[{id: intake, self_service: true}]")
    desired, _ = resolved(intake, templates(UNSET), templates("[{id: year-end, self_service: true}]"))
    assert desired.settings() == {"organizers.templates.year-end.self_service": True}
    assert {*desired.claims} == {"organizers.templates.*"}
    closed = entry("closed", "title: {en: Closed}, body: {en: Back soon.}")
    desired, _ = resolved(closed, options(f"announcements: {{items: {UNSET}}}"), "id: oak\n")
    assert (desired.settings(), {*desired.claims}) == ({}, {"announcements.items.*"})


def test_a_removed_entry_goes_from_the_portal_whatever_the_list_says_of_others() -> None:
    """Also one that no layer has any more; null for what it cannot be without leaves it to the portal."""
    intake = templates("[{id: intake, self_service: true}]")
    path = "organizers.templates.intake.self_service"
    for lower in (intake, "id: x\n"):
        desired, found = resolved(lower, "id: north\n", templates("[{id: intake, remove: true}]"))
        assert (desired.settings(), {*desired.claims}, found) == ({}, {path}, [])
        assert desired.claims[path].key.file == "oak.yaml"
    desired, found = resolved(intake, "id: north\n", templates("[{id: intake, self_service: null}]"))
    assert (desired.settings(), {*desired.claims}, found) == ({}, set(), [])
    _, found = resolved("id: x\n", "id: north\n", templates("[{id: intake}]"))
    assert [each.code for each in found] == ["entry-incomplete"]


def test_profile_is_not_one_of_the_options() -> None:
    """Letting go of all options keeps the profile."""
    desired, _ = resolved("profile: {name: Oak}\n", "options: null\n", "id: oak\n")
    assert desired.settings() == {"profile.name": "Oak"}


def entry(key: str, rest: str) -> str:
    return options(f"announcements: {{items: [{{id: {key}, {rest}}}]}}")


def test_entries_merge_by_id() -> None:
    """A layer changes some fields of an entry and leaves the rest as it was."""
    desired, found = resolved(
        entry("closed", "title: {en: Closed}, body: {en: Back soon.}"),
        entry("news", "title: {en: News}, body: {en: Read.}"),
        entry("closed", "body: {en: Back in May.}"),
    )
    assert not found
    assert desired.settings() == {
        "announcements.items.closed.title": {"en": "Closed"},
        "announcements.items.closed.body": {"en": "Back in May."},
        "announcements.items.news.title": {"en": "News"},
        "announcements.items.news.body": {"en": "Read."},
    }
    assert {*desired.claims} == {"announcements.items.*"}


def test_removed_entry_is_gone_and_the_list_stays_managed() -> None:
    """An entry that a layer removes is not desired; the list is still the whole truth."""
    desired, found = resolved(
        entry("closed", "title: {en: Closed}, body: {en: Back soon.}"),
        "id: north\n",
        entry("closed", "remove: true"),
    )
    assert not found
    assert not desired.values
    assert {*desired.claims} == {"announcements.items.*"}


def test_removing_nothing_is_a_warning() -> None:
    """An id that no layer below has is told, with the one that was probably meant."""
    _, found = resolved(
        entry("closed", "title: {en: Closed}, body: {en: Back soon.}"),
        "id: north\n",
        entry("closd", "remove: true"),
    )
    assert [(each.code, str(each.hint)) for each in found] == [
        ("entry-nothing-to-remove", "Did you mean closed?")
    ]


def test_entry_without_what_it_needs() -> None:
    """A field that no layer gives is told once, at the entry."""
    _, found = resolved(
        "id: x\n", entry("closed", "title: {en: Closed}"), entry("closed", "ends: 2027-01-01")
    )
    assert [(each.code, str(each.message)) for each in found] == [
        ("entry-incomplete", "The entry closed has no body.")
    ]
    assert found[0].position.file == "oak.yaml"


def test_a_list_that_only_its_layers_together_make_too_long() -> None:
    """Seen to fail: planned and reviewed, and refused by the portal in the middle of an apply."""

    def items(name: str, number: int) -> str:
        one = "title: {en: T}, body: {en: B}"
        listed = ", ".join(f"{{id: {name}-{each}, {one}}}" for each in range(number))
        return options(f"announcements: {{items: [{listed}]}}")

    _, found = resolved(items("a", 30), items("b", 20), "id: oak\n")
    assert not found
    _, found = resolved(items("a", 30), items("b", 20), items("c", 1))
    assert [(each.code, each.position.file) for each in found] == [("schema-maxitems", "oak.yaml")]


def test_pictures_travel_as_data() -> None:
    """A picture's name becomes its content."""
    desired, _ = resolved("profile: {logo: assets/oak.svg}\n", "id: north\n", "id: oak\n")
    assert desired.settings() == {"profile.logo": "data:oak"}


def test_what_is_ignored_need_not_be_complete() -> None:
    """Seen to fail: what a firm leaves to others lacked the text that it had given."""
    items = "announcements: {items: [{id: news, title: {en: News}}]}"
    desired, found = resolved("id: d\n", options(items), "ignore: [announcements.items.news]\n")
    assert found == []
    assert "announcements.items.news.title" not in desired.values
    assert "announcements.items.*" in desired.claims


def test_what_an_entry_cannot_be_without_may_be_left_to_others() -> None:
    """In a list that leaves other entries as they are. Seen to fail: the entry lacked it."""
    said = "organizers: {templates: [{id: tax, self_service: true}]}"
    ignored = "ignore: [organizers.templates.tax.self_service]\n"
    desired, found = resolved("id: d\n", options(said), ignored)
    assert (found, {*desired.claims}) == ([], set())
