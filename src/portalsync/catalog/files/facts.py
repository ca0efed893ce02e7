"""`facts/<firm>.yaml`: a copy of what the portal knows and portalsync does not manage."""

from portalsync.catalog.files.document import ID, TAGS, document, localized, many, one_of, record
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.kinds.form import Form
from portalsync.lexicon import LOCALES
from portalsync.model.json_value import JSONObject

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
        "invoices_hidden": {"type": "boolean", "markdownDescription": "Whether clients cannot see invoices."},
        "payment_providers": many(
            record(
                "One provider.",
                {
                    "id": ID,
                    "connected": {"type": "boolean"},
                    "default": {"type": "boolean"},
                    "methods": many(one_of(("card", "bank_debit"), "A way to pay."), "Ways to pay."),
                },
                ("id", "connected", "methods"),
            ),
            "Payment providers.",
        ),
        "booking_integrations": many(
            one_of(("calendly", "acuity", "custom"), "A booking service."),
            "Booking services that are set up.",
        ),
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
                {"id": ID, "name": localized("Its name."), "stages": many(ID, "Its stages, in order.")},
                ("id", "name", "stages"),
            ),
            "Pipelines.",
        ),
        "segments": many(
            record(
                "Clients with exactly these tags and this language.",
                {
                    "tags": TAGS,
                    "locale": one_of(LOCALES, "Their language."),
                    "clients": {"type": "integer", "minimum": 0, "maximum": 10_000_000},
                },
                ("locale", "clients"),
            ),
            "How many clients there are, by tags and language.",
            500,
        ),
    },
    ("firm", "currency"),
)

FACTS = FileKind("facts", lambda: _SCHEMA, folder="facts", identity="firm")
