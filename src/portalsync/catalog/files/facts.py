"""`facts/<firm>.yaml`: a copy of what the portal knows and portalsync does not manage."""

from portalsync.catalog.files.document import ID, TAGS, document, localized, many, open_list, record
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.kinds.audience import TAG_PATTERN
from portalsync.catalog.kinds.basic import LANGUAGE, NAME
from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.link import Link
from portalsync.lexicon import LOCALES
from portalsync.model.json_value import JSONObject

_COUNT: JSONObject = {"type": "integer", "minimum": 0, "maximum": 10_000_000}


def _counts(names: str, description: str) -> JSONObject:
    return {
        "type": "object",
        "markdownDescription": description,
        "propertyNames": {"pattern": names},
        "additionalProperties": _COUNT,
        "maxProperties": 500,
    }


_SCHEMA: JSONObject = document(
    "Facts",
    "What the portal knows about a firm and portalsync does not manage: a copy for checks without a "
    "connection, and the seed of the embedded portal.",
    {
        "firm": ID,
        "currency": {
            "type": "string",
            **Form("currency", "^[A-Z]{3}$").schema(),
            "markdownDescription": "Currency, ISO 4217.",
        },
        "invoices_hidden": {
            "type": "boolean",
            "markdownDescription": "Whether clients cannot see invoices where `invoices.visible` is not set.",
        },
        "payment_providers": many(
            record(
                "One provider.",
                {
                    "id": ID,
                    "connected": {"type": "boolean"},
                    "default": {"type": "boolean"},
                    "methods": many(open_list(NAME, ("card", "bank_debit"), "A way to pay."), "Ways to pay."),
                },
                ("id", "connected", "methods"),
            ),
            "Payment providers.",
        ),
        "booking_integrations": many(
            open_list(NAME, ("calendly", "acuity", "custom"), "A booking service."),
            "Booking services that are set up.",
        ),
        "booking_pages": {
            "type": "object",
            "markdownDescription": "Where booking services lead, as they are set up: addresses by service.",
            "propertyNames": {"pattern": NAME.pattern},
            "additionalProperties": Link().schema(),
            "maxProperties": 20,
        },
        "organizer_templates": many(
            record(
                "One template.",
                {"id": ID, "name": localized("Its name."), "questions": {"type": "integer", "minimum": 0}},
                ("id", "name", "questions"),
            ),
            "Organizer templates.",
        ),
        "pipelines": many(
            record(
                "One pipeline.",
                {
                    "id": ID,
                    "name": localized("Its name."),
                    "stages": many(ID, "Its stages, in order."),
                    "job_statuses": many(ID, "The job statuses that the firm itself made for it."),
                },
                ("id", "name", "stages"),
            ),
            "Pipelines.",
        ),
        "segments": many(
            record(
                "Clients with exactly these tags and this language.",
                {
                    "tags": TAGS,
                    "locale": open_list(LANGUAGE, LOCALES, "Their language."),
                    "clients": _COUNT,
                },
                ("locale", "clients"),
            ),
            "How many clients there are, by tags and language.",
            500,
        ),
        "clients": record(
            "How many clients there are, where the portal does not know who has which tags together. Without "
            "`segments` only.",
            {
                "all": {**_COUNT, "markdownDescription": "All of them."},
                "by_tag": _counts(TAG_PATTERN, "How many have each tag; a tag that is left out has nobody."),
                "by_language": _counts(LANGUAGE.pattern, "How many read in each language."),
            },
            ("all",),
        ),
    },
    ("firm", "currency"),
)

FACTS = FileKind("facts", lambda: _SCHEMA, folder="facts", identity="firm")
