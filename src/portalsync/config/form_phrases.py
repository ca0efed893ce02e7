"""What is said of a value whose form is wrong: links, time zones, moments, and patterns of their own."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from portalsync.addresses import link_problem
from portalsync.catalog.conform import Fault
from portalsync.catalog.kinds.form import form_of
from portalsync.config.fault_values import cannot_be, flow_of, shown_value
from portalsync.config.meant import meant
from portalsync.diagnostics import Diagnostic, complaint
from portalsync.lexicon import Text, phrase
from portalsync.model.json_value import JSONObject
from portalsync.suggest import suggested

_LIKE_A_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")


def as_format(fault: Fault) -> Fault:
    """The pattern of a format says part of what the format does: one thing is wrong, whichever notices it."""
    name, text = fault.schema.get("format"), str(fault.value)
    is_near = _LIKE_A_MOMENT.fullmatch(text) if name == "portalsync-moment" else text.strip()
    if fault.keyword != "pattern" or not name or not is_near:
        return fault
    return replace(fault, keyword="format", expected=name)


def of_pattern(fault: Fault) -> Diagnostic:
    return complaint(cannot_be(fault), form_of(fault.schema) or "", instead_of(fault))


def of_format(fault: Fault) -> Diagnostic:
    return {"portalsync-link": _link, "portalsync-time-zone": _zone}.get(fault.expected, _moment)(fault)


def instead_of(fault: Fault) -> Text:
    """What to write, where a value that is accepted seems to be meant."""
    better = meant(fault.schema, fault.value)
    return "" if better is None else phrase("findings.type.write", value=flow_of(better))


def _link(fault: Fault) -> Diagnostic:
    address = str(fault.value)
    expected = phrase("findings.link.expected")
    return link_complaint(address, link_problem(address) or "", expected, fault.schema)


def link_complaint(address: str, problem: Text, expected: Text, schema: JSONObject) -> Diagnostic:
    """What is said of an address to which clients are not led, in a field of its own or in a text; `schema`
    is that of such a field.
    """
    message = phrase("findings.link.message", address=shown_value(address), problem=problem)
    return complaint(message, expected, _link_hint(address, schema))


def _link_hint(address: str, schema: JSONObject) -> Text:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    if "@" in address and host:
        return phrase("findings.link.leads-to", host=host)
    better = meant(schema, address)
    return phrase("findings.link.better", address=str(better)) if better else ""


def _zone(fault: Fault) -> Diagnostic:
    return complaint(
        phrase("findings.time-zone.message", zone=shown_value(fault.value)),
        phrase("findings.time-zone.expected"),
        suggested(str(meant(fault.schema, fault.value) or "")),
    )


def _moment(fault: Fault) -> Diagnostic:
    takes_time = fault.schema.get("maxLength")
    return complaint(
        phrase("findings.moment.message", value=shown_value(fault.value)),
        phrase("findings.moment.time" if takes_time else "findings.moment.day"),
    )
