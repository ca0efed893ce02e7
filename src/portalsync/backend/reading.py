"""What portals answer, checked before anything believes it: for every backend, over HTTP or not.

Keys that are not known are passed over. Settings that are not known are left out: nobody manages them, so
they are neither compared nor planned. WireError says where a value is that the contract does not allow.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import unquote

from portalsync.catalog.conform import Fault, Validator, faults, validator
from portalsync.catalog.contract_schemas import FACTS, SETTINGS, facts_schema
from portalsync.catalog.option import Field
from portalsync.catalog.stored import stored_field, value_fault
from portalsync.catalog.vocabulary import vocabulary
from portalsync.errors import BackendError
from portalsync.json_bodies import WireError, answer_of
from portalsync.lexicon import Foreign, phrase
from portalsync.model.claims import Claims
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.settings import options_of
from portalsync.wire import FirmState, PortalInfo, States

_LONGEST_PLACE = 200


def unlike(info: PortalInfo) -> frozenset[str]:
    """The options that a portal knows in another version than we do, or not at all."""
    return frozenset(key for key, here in vocabulary().items() if info.options.get(key) != here)


def state_of(body: Any, other: frozenset[str] = frozenset()) -> FirmState:
    """A generation. Values of `other` options that do not fit are left out, as what is not known is, unless
    they are managed: then it would be a lie that they are not set.
    """
    state = answer_of(FirmState, body)
    return replace(state, settings=dict(_known(state, other)))


def _known(state: FirmState, other: frozenset[str]) -> Iterator[tuple[str, JSON]]:
    managed = Claims.of(state.managed)
    for path, value in state.settings.items():
        if not isinstance(stored_field(path), Field):
            continue
        fault = value_fault(path, value)
        if fault is None:
            yield path, value
        elif path in managed or not options_of((path,)) <= other:
            raise _misfit(SETTINGS, fault, "settings", path)


def states_of(body: Any, other: frozenset[str] = frozenset()) -> list[tuple[FirmState, Facts]]:
    """Several firms' generations and facts."""
    return [(state_of(each, other), facts_of(each.get("facts"))) for each in answer_of(States, body).firms]


def facts_of(body: Any) -> Facts:
    """A firm's facts."""
    fault = next(faults(_facts(), body), None)
    if fault is not None:
        raise _misfit(FACTS, fault)
    return facts_from_json(body)


@cache
def _facts() -> Validator:
    return validator(facts_schema())


def _misfit(schema: str, fault: Fault, *before: str) -> WireError:
    if fault.keyword == "required":
        expected = phrase("problems.misfit.missing", keys=fault.key)
    else:
        expected = phrase("problems.misfit.schema", schema=f"schemas/{schema}", keyword=fault.keyword)
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in (*before, *fault.path))
    return WireError(expected, "".join(steps).removeprefix("."))


def misread(portal: str, path: str, body: Any, error: WireError) -> BackendError:
    """What to say of an answer to `GET path`: where the value is and of which firm, never what it is."""
    firm = _firm(path, body, error.where)
    return BackendError(
        phrase(
            f"errors.portal.bad-value.{'of-firm' if firm else 'of-none'}",
            portal=portal,
            request=f"GET {path}",
            firm=Foreign(firm),
            place=Foreign(error.where[:_LONGEST_PLACE] or "$"),
            expected=error.expected,
        ),
        phrase("errors.portal.bad-value.hint"),
    )


def _firm(path: str, body: Any, where: str) -> str:
    """The firm that was asked about, or the one in whose entry of a list the value is."""
    of_one = re.fullmatch(r"v1/firms/([^/]+)/.+", path)
    if of_one:
        return unquote(of_one[1])
    entry = re.match(r"firms\[(\d+)\]", where)
    named = body["firms"][int(entry[1])] if entry else {}
    return str(named.get("id", "")) if isinstance(named, dict) else ""
