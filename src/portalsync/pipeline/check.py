"""One firm's files, checked: against their schemas, what they refer to, its layers, its rules and promises.
A function of bytes: whoever runs it needs nothing else.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM, SAMPLE
from portalsync.config.document import Document, accepted
from portalsync.config.expectations import check_expectations
from portalsync.config.identities import identities
from portalsync.config.resolve import resolve
from portalsync.config.rules import check_rules
from portalsync.config.sample_jobs import names_of_firm
from portalsync.config.shared import in_firm
from portalsync.config.tags import tags_beyond, unknown_tags
from portalsync.config.validate import ValidConfig, findings_in, picture_of, with_firms
from portalsync.diagnostics import Diagnostic, has_errors
from portalsync.model.canonical import canonical
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import situation_of
from portalsync.pipeline.findings import finding_json, identity_json
from portalsync.pipeline.firm_files import Shared, files_of, shared_of
from portalsync.portal.variants import interval


def check_firms(shared: bytes, asked: bytes, firms: bytes) -> bytes:
    """The results of firms, in order, for `survey`."""
    question, known = json.loads(asked), shared_of(shared)
    return canonical([_checked(known, question, firm) for firm in json.loads(firms)])


def _checked(shared: Shared, asked: Mapping[str, Any], firm: Mapping[str, Any]) -> JSONObject:
    documents, in_files = accepted(files_of(firm))
    own = {each.kind: each for each in documents}
    layer = own.get(FIRM.name)
    in_files += [each for document in documents for each in findings_in(document, shared.groups)]
    result: JSONObject = {
        "id": firm["id"],
        "accepted": [*own],
        "identities": [identity_json(each) for one in documents for each in identities(one)],
        "in_files": _all_json(in_files),
        "tags": [*facts_from_json(own[FACTS.name].data).tags] if FACTS.name in own else [],
    }
    if layer is None or has_errors(in_files) or shared.config is None:
        return result
    if (picture := picture_of(layer)) is not None and picture not in firm["pictures"]:
        return {**result, "picture": picture}
    return {**result, **_resolved(one_firm(shared.config, own, firm["pictures"]), asked)}


def one_firm(shared: ValidConfig, own: Mapping[str, Document], pictures: Mapping[str, str]) -> ValidConfig:
    """What is shared, and one firm."""
    firms, facts = ({own[kind].id: own[kind]} if kind in own else {} for kind in (FIRM.name, FACTS.name))
    return with_firms(replace(shared, assets={**shared.assets, **pictures}), firms, facts)


def _resolved(config: ValidConfig, asked: Mapping[str, Any]) -> JSONObject:
    ((firm, document),) = config.firms.items()
    desired, found = resolve(config, firm)
    facts = config.facts.get(firm)
    groups = document.data.get("groups", ())
    result: JSONObject = {
        "firm": firm,
        "groups": [*groups],
        "sample": SAMPLE in document.data,
        "in_layers": _all_json(in_firm(firm, found)),
        "picture_named": picture_of(document),
    }
    if has_errors(found):
        return result
    result["digest"] = desired.digest
    result["jobs"] = [*names_of_firm(config, desired, facts)]
    if not _is_asked_for(asked, {firm, document.id}, groups):
        return result
    if facts is None:
        return {**result, "holds": [None, None]}
    return {**result, **_held_against(config, desired, facts, asked)}


def _is_asked_for(asked: Mapping[str, Any], names: set[str], groups: Iterable[str]) -> bool:
    """Whether the firm is to be held against its facts: it may be among those that the command is about."""
    if "at" not in asked:
        return False
    everyone = not asked["firms"] and not asked["groups"]
    return everyone or not names.isdisjoint(asked["firms"]) or not {*groups}.isdisjoint(asked["groups"])


def _held_against(
    config: ValidConfig, desired: Desired, facts: Facts, asked: Mapping[str, Any]
) -> JSONObject:
    """Findings about the firm and its clients, and from when until when they hold. Which tags other firms'
    clients have is only known once all firms are: until it is asked with them, tags beyond one's own are told
    instead.
    """
    everyone, at = asked.get("tags"), datetime.fromisoformat(asked["at"])
    known = config if everyone is None else replace(config, other_tags=frozenset(everyone))
    in_force = situation_of(desired.firm, desired.in_force({}), facts, at)
    found = [
        *check_rules(desired, {}, facts, at, in_force),
        *(() if everyone is None else unknown_tags(known, desired, {}, facts)),
        *check_expectations(config, in_force),
    ]
    beyond = sorted(tags_beyond(config, desired, facts)) if everyone is None else ()
    holds: list[JSON] = [each.isoformat() if each else None for each in interval(in_force)]
    return {"checks": _all_json(in_firm(desired.firm, found)), "beyond": [*beyond], "holds": holds}


def _all_json(findings: Iterable[Diagnostic]) -> list[JSON]:
    return [finding_json(each) for each in findings]
