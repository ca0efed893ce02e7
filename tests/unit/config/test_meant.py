"""A value that is refused is told with the one that may have been meant, as people write days, ids, hosts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.catalog import FIELDS
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.files import KINDS
from portalsync.catalog.files.layers import nullable
from portalsync.catalog.kinds.audience import TAG
from portalsync.catalog.kinds.basic import EMAIL, IDENTIFIER, PHONE, TimeZone
from portalsync.catalog.kinds.link import HOST, Link
from portalsync.catalog.kinds.moment import Moment
from portalsync.catalog.option import Field
from portalsync.catalog.unset import or_unset
from portalsync.config.explain_fault import explain
from portalsync.config.fault_values import flow_of
from portalsync.config.meant import meant
from portalsync.config.yaml import parse
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.lexicon import Phrase
from portalsync.model.json_value import JSON, JSONObject

SUGGESTED = {
    "findings.type.write": "value",
    "findings.type.unquoted": "value",
    "findings.type.quoted": "value",
    "findings.link.better": "address",
    "problems.did_you_mean": "word",
}
"""Where a message has what is to be written."""
VALUES: dict[str, tuple[JSONObject, dict[str, JSON]]] = {
    "moment": (
        Moment().schema(),
        {
            "24.12.2026": "2026-12-24",
            "24.12.26": "2026-12-24",
            "24. 12. 2026": "2026-12-24",
            "12/24/2026": "2026-12-24",
            "24/12/2026": "2026-12-24",
            "2026/12/24": "2026-12-24",
            "2026-1-5": "2026-01-05",
            "24. Dezember 2026": "2026-12-24",
            "24. Dez. 2026": "2026-12-24",
            "5. Jänner 2027": "2027-01-05",
            "December 24, 2026": "2026-12-24",
            "24th Dec 2026": "2026-12-24",
            "24.12.2026, 18 Uhr": "2026-12-24T18:00",
            "24.12.2026 um 18.30 Uhr": "2026-12-24T18:30",
            "2026-12-24 18:00": "2026-12-24T18:00",
            "2026-12-24T18:00:00": "2026-12-24T18:00",
            "12/24/2026 6 pm": "2026-12-24T18:00",
            "12/24/2026 12 am": "2026-12-24T00:00",
            # Either may be meant, no day, another zone: nothing is guessed.
            "05/06/2026": None,
            "31.02.2026": None,
            "24.12.1926": None,
            "2026-12-24T18:00Z": None,
            "24.12.2026 25:00": None,
        },
    ),
    "id": (
        IDENTIFIER.schema(),
        {
            "begrüßung": "begruessung",
            "Übermut & Söhne": "uebermut-soehne",
            "u\u0308ber-kanzlei": "ueber-kanzlei",
            "café_crème": "cafe-creme",
            "ÆØ": "aeoe",
            "我": None,
        },
    ),
    "tag": (TAG, {"Geschäft": "geschaeft", "US 1040": "us-1040"}),
    "host": (
        HOST,
        {
            "müller.de": "xn--mller-kva.de",
            "straße.de": "xn--strae-oqa.de",
            "Calendly.com": "calendly.com",
            "https://www.calendly.com/oak": "www.calendly.com",
            "calendly .com": "calendly.com",
        },
    ),
    "link": (
        Link().schema(),
        {
            "www.müller.de": "https://www.xn--mller-kva.de",
            "https://www.example.com/über uns": "https://www.example.com/%C3%BCber%20uns",
            "https://www. example.com/x": "https://www.example.com/x",
            "http://www.example.com/?a=ö": "https://www.example.com/?a=%C3%B6",
            "https://www.example.com/50%25": None,  # fine already
            "https://user@example.com": None,
            "https://example.com:8443/x": None,
            "javascript://example.com": None,
        },
    ),
    "zone": (
        TimeZone().schema(),
        {
            "GMT+1": "Europe/Berlin",
            "UTC+1": "Europe/Berlin",
            "+01:00": "Europe/Berlin",
            "Etc/GMT-1": "Europe/Berlin",
            "Etc/GMT+5": "America/New_York",
            "UTC-5": "America/New_York",
            "CET": "Europe/Berlin",
            "MEZ": "Europe/Berlin",
            "EST": "America/New_York",
            "Wien": "Europe/Vienna",
            "vienna": "Europe/Vienna",
            "new york": "America/New_York",
            "Europe/Belrin": "Europe/Berlin",
            "UTC+5:30": None,
        },
    ),
    "phone": (
        PHONE.schema(),
        {
            "Tel. 030 5550100": "030 5550100",
            "+49 30.555.0100": "+49 30 555 0100",
            "+49 30 555–0100": "+49 30 555-0100",
        },
    ),
    "email": (
        EMAIL.schema(),
        {
            "office @ example.com": "office@example.com",
            "mailto:office@example.com": "office@example.com",
            "office(at)müller.de": "office@xn--mller-kva.de",
            "büro@example.com": None,
        },
    ),
    "color": (
        FIELDS["profile.accent_color"].kind.schema(),  # type: ignore[union-attr]  # a field
        {"1f5f5b": "#1f5f5b", "#fff": "#ffffff", "fff": "#ffffff", "red": None},
    ),
    "languages": (
        FIELDS["profile.locales"].kind.schema(),  # type: ignore[union-attr]  # a field
        {"de, en": ["de", "en"], "Deutsch und Englisch": ["de", "en"], "de_DE": ["de"], "fr": None},
    ),
}
ROWS = [
    pytest.param(schema, wrong, right, id=f"{name}-{wrong}")
    for name, (schema, rows) in VALUES.items()
    for wrong, right in rows.items()
]


@pytest.mark.parametrize(("schema", "wrong", "right"), ROWS)
def test_what_people_write_is_told_with_what_they_mean(schema: JSONObject, wrong: str, right: JSON) -> None:
    assert meant(schema, wrong) == right


ALL = {
    path: or_unset({**nullable(field.kind.schema()), "examples": [*field.examples]})
    for path, field in FIELDS.items()
    if isinstance(field, Field)
}


def _parts(schema: Any) -> list[JSONObject]:
    """All schemas of single values that are in one."""
    if isinstance(schema, list):
        return [each for part in schema for each in _parts(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if isinstance(schema.get("type"), str | list) else []
    return own + [each for part in schema.values() for each in _parts(part)]


EVERY = [*ALL.values(), *(each for kind in KINDS for each in _parts(kind.schema()))]
WRITTEN = [wrong for _, rows in VALUES.values() for wrong in rows]
TEXTS = st.one_of(
    st.sampled_from(
        [*WRITTEN, "ja", "off", "yes", "Nein", "true", "1.000", "1.240,50", "12,5 %", "€", "de_AT", "Ünit"]
    ),
    st.text(st.sampled_from("aÄß0195.:/-+#@ ,_GMTé\u00a0"), max_size=12),
    st.integers(-5, 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)


@given(st.sampled_from(EVERY), TEXTS)
def test_whatever_a_message_tells_to_write_is_accepted(schema: JSONObject, value: Any) -> None:
    """By the schema, once it stands there instead: the same is not said again. Seen to fail: `GMT+1` was told
    as `Etc/GMT+1`, which is refused, and of the wrong sign.
    """
    for finding in _findings(schema, flow_of(value)):
        if (written := _suggestion(finding)) is not None:
            again = [str(each.message) for each in _findings(schema, written)]
            assert again == [], written


def _findings(schema: JSONObject, written: str) -> list[Diagnostic]:
    whole: JSONObject = {"type": "object", "properties": {"a": schema}}
    try:
        parsed = parse(f"a: {written}\n".encode(), "f")
    except InvalidConfig:
        return []
    return explain(faults(validator(whole), parsed.data), parsed, whole)


def _suggestion(finding: Diagnostic) -> str | None:
    hint = finding.hint
    if not isinstance(hint, Phrase) or hint.key not in SUGGESTED:
        return None
    return str(dict(hint.values)[SUGGESTED[hint.key]])
