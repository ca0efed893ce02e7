"""One firm's way to its part of a plan: read, check, plan. What is wrong with it stops no other firm. A
function of bytes: whoever runs it needs nothing else.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from portalsync.catalog.files.layers import FIRM
from portalsync.config.document import check_file
from portalsync.config.expectations import broken_promises
from portalsync.config.resolve import resolve
from portalsync.config.rules import check_rules
from portalsync.config.shared import in_firm
from portalsync.config.tags import unknown_tags
from portalsync.config.validate import ValidConfig, picture_of
from portalsync.diagnostics import Diagnostic, Severity, has_errors
from portalsync.errors import BackendError
from portalsync.lexicon import phrase
from portalsync.model.apart import Apart, apart_of
from portalsync.model.canonical import canonical
from portalsync.model.codec import decode, encode
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.finding import BrokenPromise, PlanFinding
from portalsync.model.firm_plan import FirmPlan, HandEdit
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import situation_of
from portalsync.model.plan_name import origins_in
from portalsync.pipeline.check import one_firm
from portalsync.pipeline.findings import finding_json, finding_of
from portalsync.pipeline.firm_files import Shared, files_of, shared_of
from portalsync.planning.narrowed import narrowed
from portalsync.planning.plan_firm import Portal, plan_firm, release_firm
from portalsync.planning.renames import unknown_entries
from portalsync.planning.sendable import is_sendable
from portalsync.planning.spelt import as_spelt_on_portal
from portalsync.wire import FirmState


@dataclass(frozen=True, slots=True)
class FirmResult:
    """What became of one firm. `part` is None where there is nothing to do, or where `findings`, all of them
    errors, stop the firm.
    """

    firm: str
    part: Apart | None = None
    clients: int = 0
    """Those of the firm, if it has a part."""
    options: frozenset[str] = frozenset()
    """Those that the part edits or claims."""
    findings: Sequence[Diagnostic] = ()
    unread: BackendError | None = None
    """Why nothing can be known of it, if that is so."""


def result_of(firm: str, body: Mapping[str, Any], known: dict[str, bytes]) -> FirmResult:
    """What `plan_firms` answers about a firm; `known` are bodies of earlier parts of that answer, none if it
    is about this firm alone. ValueError for another firm's part.
    """
    findings = tuple(map(finding_of, body.get("findings", ())))
    if "part" not in body:
        return FirmResult(firm, findings=findings)
    if body.get("first"):
        known.clear()
    part = Apart.from_json(body["part"], known if "first" in body else {})
    if part.id != firm:
        raise ValueError("a part of another firm")
    return FirmResult(firm, part, body["clients"], frozenset(body["options"]), findings)


def released(firm: str, live: FirmState, facts: Facts) -> FirmResult:
    """A firm that no file names any more."""
    part = release_firm(live, facts)
    return FirmResult(firm, apart_of(part), part.clients, frozenset(part.options))


def portal_json(read: Portal) -> JSONObject:
    """What was read of a firm, for `plan_firms`."""
    edits: JSONObject = {path: encode(edit) for path, edit in read.hand_edits.items()}
    state, facts = encode(read.live), {**read.facts.raw}
    return {"state": state, "facts": facts, "edits": edits}


def plan_firms(shared: bytes, asked: bytes, firms: bytes) -> bytes:
    """The results of firms, in order, for `result_of`."""
    question, known = json.loads(asked), shared_of(shared)
    results = [{"id": firm["id"], **_planned(known, question, firm)} for firm in json.loads(firms)]
    return canonical(_once(results) if len(results) > 1 else [*results])


def _once(results: list[JSONObject]) -> list[JSON]:
    """The same, each body with the first part that has it: most are those of all ten firms."""
    sent = set[str]()
    for result in results:
        if "part" in result:
            bodies = cast("JSONObject", cast("JSONObject", result["part"])["bodies"])
            result["first"] = not sent
            bodies.update(dict.fromkeys(bodies.keys() & sent))
            sent |= bodies.keys()
    return [*results]


def _planned(shared: Shared, asked: Mapping[str, Any], firm: Mapping[str, Any]) -> JSONObject:
    assert shared.config is not None  # noqa: S101 - plans are made of what is valid
    own = {file.kind: check_file(file) for file in files_of(firm) if file.kind == FIRM.name}
    if (picture := picture_of(own[FIRM.name])) is not None and picture not in firm["pictures"]:
        return {"picture": picture}
    config = one_firm(shared.config, own, firm["pictures"])
    config = replace(config, other_tags=frozenset(asked["tags"]))
    desired, _ = resolve(config, *config.firms)
    read = _portal(firm)
    spelt = as_spelt_on_portal(desired, read.live.settings)
    if "only" in firm:
        spelt = narrowed(spelt, read.live, frozenset(firm["only"]))
    if read.live.digest == spelt.digest:  # whatever the list said of it
        return {}
    return _compared(config, spelt, read, datetime.fromisoformat(asked["at"]), narrowed="only" in firm)


def _portal(firm: Mapping[str, Any]) -> Portal:
    edits = {path: decode(HandEdit, edit) for path, edit in firm["edits"].items()}
    return Portal(decode(FirmState, firm["state"]), facts_from_json(firm["facts"]), edits)


def _compared(
    config: ValidConfig, desired: Desired, read: Portal, at: datetime, *, narrowed: bool
) -> JSONObject:
    rules = check_rules(desired, read.live.settings, read.facts, at)
    tags = unknown_tags(config, desired, read.live.settings, read.facts)
    entries = unknown_entries(desired, read.live)
    findings = [*in_firm(desired.firm, (*rules, *tags, *entries))]
    if has_errors(findings):
        return {"findings": [finding_json(each) for each in findings if has_errors([each])]}
    from portalsync.portal.templates import templates_digest  # noqa: PLC0415 - 15 ms, and most firms are as planned

    part = plan_firm(desired, read, tuple(config.personas.values()), at, templates_digest())
    return _part_json(config, desired, read, at, replace(part, narrowed=narrowed), findings)


def _part_json(  # noqa: PLR0913, PLR0917 - what a part is made of
    config: ValidConfig,
    desired: Desired,
    read: Portal,
    at: datetime,
    part: FirmPlan,
    findings: Sequence[Diagnostic],
) -> JSONObject:
    promises = _promises(config, desired, read, at) if part.changes else []
    new = (BrokenPromise(persona, PlanFinding.of(each)) for persona, each in promises if not each.before)
    old = (each for _, each in promises if each.before)
    back = _after_rollback(config, desired, read) if part.changes else ()
    warnings = tuple(map(PlanFinding.of, (*findings, *old, *back)))
    whole = replace(part, warnings=warnings, broken=tuple(new))
    options: list[JSON] = [*sorted(whole.options)]
    apart = apart_of(whole)
    if not is_sendable(whole, apart):
        return {"findings": [finding_json(_too_large(config, desired.firm))]}
    return {"part": apart.to_json(), "clients": whole.clients, "options": options}


def _after_rollback(config: ValidConfig, desired: Desired, read: Portal) -> Iterator[Diagnostic]:
    """Somebody took the firm back, and nothing was applied since: files may still ask for what was wrong."""
    if back := origins_in(read.live.plan).back_to:
        yield Diagnostic(
            "after-rollback",
            phrase("findings.after-rollback.message", back=back),
            config.firms[desired.firm].parsed.key_position(("id",)),
            Severity.WARNING,
            hint=phrase("findings.after-rollback.hint"),
        )


def _promises(
    config: ValidConfig, desired: Desired, read: Portal, at: datetime
) -> list[tuple[str, Diagnostic]]:
    """What the firm's clients were promised and will not find. Before portalsync managed the firm, nothing
    was promised to them.
    """
    live = read.live
    before = situation_of(desired.firm, live.settings, read.facts, at) if live.managed else None
    after = situation_of(desired.firm, desired.in_force(live.settings), read.facts, at)
    return [*broken_promises(config, before, after)]


def _too_large(config: ValidConfig, firm: str) -> Diagnostic:
    return Diagnostic(
        "firm-too-large",
        phrase("errors.portal.commit-too-large.message", firm=firm),
        config.firms[firm].parsed.key_position(("id",)),
        hint=phrase("errors.portal.commit-too-large.hint"),
    )
