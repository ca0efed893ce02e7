"""Copies of facts: what the portal has, in the file as people keep it."""

import pytest
from tests.held_files import held_file

from portalsync.config.yaml import parse
from portalsync.errors import InvalidConfig
from portalsync.living.facts_copy import copy_again, facts_data, new_copy
from portalsync.model.facts import facts_from_json

NAME = "facts/oak.yaml"
KEPT = """# Ours.
apiVersion: portalsync/v1
kind: Facts
firm: oak
currency: EUR   # since 2002
organizer_templates:
  # our own
  - {id: rental, name: {de: Miete, en: Rent}, questions: 12}
  - {id: empty, name: {en: Empty}, questions: 0}

segments:
- {tags: [business], locale: de, clients: 12}   # grows
"""
FACTS = {
    "firm": "oak-on-the-portal",
    "currency": "EUR",
    "organizer_templates": [
        {"id": "empty", "name": {"en": "Empty"}, "questions": 0},
        {"id": "rental", "name": {"de": "Miete", "en": "Rent"}, "questions": 13, "color": "red"},
    ],
    "segments": [{"clients": 12, "locale": "de", "tags": ["business"]}],
    "weather": {"is": "fine"},
}


def test_only_what_differs_changes_and_the_order_of_records_is_no_difference() -> None:
    data = facts_data(facts_from_json(FACTS), "oak")
    after = copy_again(held_file(NAME, "facts", KEPT.encode()), data)
    assert after.decode() == KEPT.replace("questions: 12", "questions: 13")
    assert copy_again(held_file(NAME, "facts", after), data) == after


def test_a_new_copy_holds_what_its_schema_knows_and_reads_well() -> None:
    data = facts_data(facts_from_json(FACTS), "oak")
    text = new_copy(NAME, data, "# New.\n").decode()
    assert (
        text
        == """# New.
apiVersion: portalsync/v1
kind: Facts
firm: oak
currency: EUR

organizer_templates:
  - id: empty
    name: {en: Empty}
    questions: 0
  - id: rental
    name: {de: Miete, en: Rent}
    questions: 13

segments:
  - {tags: [business], locale: de, clients: 12}
"""
    )
    assert parse(text.encode(), NAME).data == data


def test_what_a_portal_says_of_schemas_and_in_other_languages_stays_out() -> None:
    """Editors would ask for the one; the other could not be read again."""
    name = {"fr": "Loyer", "en": "Rent"}
    pipeline = {"id": "p", "name": name, "stages": []}
    said = {**FACTS, "$schema": "https://portal.example/s.json", "pipelines": [pipeline]}
    data = facts_data(facts_from_json(said), "oak")
    assert ("$schema" in data, data["pipelines"]) == (False, [{**pipeline, "name": {"en": "Rent"}}])
    kept = KEPT.replace("firm: oak\n", "firm: oak\n$schema: ours.json\n")
    assert "$schema: ours.json\n" in copy_again(held_file(NAME, "facts", kept.encode()), data).decode()


def test_a_name_that_the_portal_has_in_neither_of_our_languages_is_kept_as_it_is() -> None:
    """A copy without it could not be read again, and would stop every next command."""
    template = {"id": "loyer", "name": {"fr": "Loyer", "it": "Affitto"}, "questions": 3}
    data = facts_data(facts_from_json({**FACTS, "organizer_templates": [template]}), "oak")
    assert data["organizer_templates"] == [{**template, "name": {"en": "Loyer"}}]
    assert new_copy(NAME, data, "")


def test_what_no_file_can_say_is_refused_before_it_is_written() -> None:
    template = {"id": "empty", "name": {"en": "Empty"}, "questions": 10**30}
    data = facts_data(facts_from_json({**FACTS, "organizer_templates": [template]}), "oak")
    with pytest.raises(InvalidConfig):
        new_copy(NAME, data, "")
    with pytest.raises(InvalidConfig):
        copy_again(held_file(NAME, "facts", KEPT.encode()), data)
