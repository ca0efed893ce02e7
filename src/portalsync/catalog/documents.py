"""Schemas of the documents that are not layers: the network, personas, facts."""

from collections.abc import Sequence
from typing import cast

from portalsync.catalog.kinds.audience import TAG
from portalsync.catalog.kinds.basic import IDENTIFIER, IDENTIFIER_PATTERN, LINE
from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.link import HOST
from portalsync.catalog.kinds.localized import LOCALES, LocalizedText
from portalsync.catalog.standing import TODO_GROUPS
from portalsync.model.guardrails import DEFAULTS
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import PageName, Surface

API_VERSION = "portalsync/v1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document(kind: str, description: str, properties: JSONObject, required: Sequence[str]) -> JSONObject:
    """A whole file: `apiVersion`, `kind`, an ignored `$schema`, and its own content.

    Editors name a new file after what stands behind the last slash of `$id`.
    """
    schema: JSONObject = {
        "$schema": DIALECT,
        "$id": f"urn:portalsync:v1/{kind.lower()}",
        "type": "object",
        "description": description,
        "markdownDescription": description,
        "properties": {
            "$schema": {"type": "string", "doNotSuggest": True},
            "apiVersion": {
                "const": API_VERSION,
                "markdownDescription": f"The version of this format: `{API_VERSION}`.",
            },
            "kind": {"const": kind, "markdownDescription": f"What this file is: `{kind}`."},
            **properties,
        },
        "required": ["apiVersion", "kind", *required],
        "additionalProperties": False,
    }
    return {key: _described(value) for key, value in schema.items()}


def plain(markdown: str) -> str:
    """The same text for editors that show `description` as it stands."""
    return markdown.replace("*", "").replace("`", "")


def _described(value: JSON) -> JSON:
    """The same, with a plain `description` beside each `markdownDescription`."""
    if isinstance(value, list):
        return [_described(each) for each in value]
    if not isinstance(value, dict):
        return value
    told = value.get("markdownDescription")
    described: JSONObject = {"description": plain(told)} if isinstance(told, str) else {}
    return {**described, **{key: _described(each) for key, each in value.items()}}


def _record(description: str, properties: JSONObject, required: Sequence[str] = ()) -> JSONObject:
    return {
        "type": "object",
        "markdownDescription": description,
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }


def _many(items: JSONObject, description: str, most: int = 100) -> JSONObject:
    return {"type": "array", "items": items, "maxItems": most, "markdownDescription": description}


def _line(description: str, limit: int = 120) -> JSONObject:
    return {
        "type": "string",
        "maxLength": limit,
        **LINE.schema(),
        "markdownDescription": description,
    }


def _localized(description: str) -> JSONObject:
    return {**LocalizedText(160).schema(), "markdownDescription": description}


def _one_of(values: Sequence[str], description: str) -> JSONObject:
    return {"type": "string", "enum": cast("list[JSON]", [*values]), "markdownDescription": description}


_ID = IDENTIFIER.schema()
_TAGS = _many(TAG, "Tags that the portal has for clients.", 20)
_DAY: JSONObject = {
    "type": "string",
    "format": "portalsync-moment",
    **Form("day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$").schema(),
    "markdownDescription": "A day as `2027-01-15`.",
}
_AMOUNT: JSONObject = {
    "type": ["string", "number"],
    "minimum": 0,
    "maximum": 9999999,
    **Form("amount", "^[0-9]{1,7}(\\.[0-9]{2})?$").schema(),
    "markdownDescription": "An amount in the firm's currency, as `1240.50`.",
}
_ENTRIES = _many(
    _record("One of them.", {"name": _localized("Its name."), "date": _DAY}, ("name", "date")),
    "What the client's list holds.",
)
_BLOCK_LIST = _many(
    {
        "type": "string",
        **Form("block", "^[a-z_]+(\\.[a-z0-9_-]+){1,2}$").schema(),
    },
    "Blocks by key, for example `chat.new_chat`.",
)
_PAGE_EXPECTATION = _record(
    "What this client must find on the page, and what not.", {"see": _BLOCK_LIST, "not_see": _BLOCK_LIST}
)

PERSONA: JSONObject = document(
    "Persona",
    "A sample client: reviewers look through it, `expect` makes promises to clients testable.",
    {
        "id": _ID,
        "title": _localized("What kind of client this is, for reviewers."),
        "client": _line("The client's name as the portal shows it.", 80),
        "locale": _one_of(LOCALES, "The language that the client reads."),
        "tags": _TAGS,
        "todos": _many(
            _record(
                "One open to-do.",
                {
                    "kind": _one_of([*TODO_GROUPS], "What there is to do."),
                    "subject": _localized("What it is about."),
                    "amount": _AMOUNT,
                    "due": _DAY,
                },
                ("kind", "subject"),
            ),
            "What the client has to do.",
        ),
        "jobs": _many(
            _record(
                "One job.",
                {
                    "name": _localized("Its name."),
                    "pipeline": _ID,
                    "stages": _many(_ID, "The stages it has passed, in order; the last is where it stands."),
                },
                ("name", "pipeline", "stages"),
            ),
            "The client's jobs. A job of a pipeline that a firm does not have is not shown there.",
        ),
        "credit": _AMOUNT,
        "invoices": _many(
            _record(
                "One invoice.",
                {
                    "number": _line("Its number.", 30),
                    "subject": _localized("What it is for."),
                    "amount": _AMOUNT,
                    "due": _DAY,
                    "paid": {"type": "boolean", "markdownDescription": "Whether it is paid."},
                },
                ("number", "subject", "amount", "due", "paid"),
            ),
            "The client's invoices.",
        ),
        "documents": _ENTRIES,
        "chats": _ENTRIES,
        "organizers": _ENTRIES,
        "expect": {
            "type": "object",
            "markdownDescription": "Promises, by firm (`all` for every firm), then by surface and page.",
            "propertyNames": {"pattern": IDENTIFIER_PATTERN},
            "additionalProperties": _record(
                "Promises by surface.",
                {
                    str(surface): _record(
                        "Promises by page.", {str(page): _PAGE_EXPECTATION for page in PageName}
                    )
                    for surface in Surface
                },
            ),
        },
    },
    ("id", "title", "client", "locale"),
)

FACTS: JSONObject = document(
    "Facts",
    "What the portal knows about a firm and portalsync does not manage: a copy for checks without a "
    "connection, and the seed of the embedded portal.",
    {
        "firm": _ID,
        "currency": {
            "type": "string",
            **Form("currency", "^[A-Z]{3}$").schema(),
            "markdownDescription": "Currency, ISO 4217.",
        },
        "invoices_hidden": {"type": "boolean", "markdownDescription": "Whether clients cannot see invoices."},
        "payment_providers": _many(
            _record(
                "One provider.",
                {
                    "id": _ID,
                    "connected": {"type": "boolean"},
                    "default": {"type": "boolean"},
                    "methods": _many(_one_of(("card", "bank_debit"), "A way to pay."), "Ways to pay."),
                },
                ("id", "connected", "methods"),
            ),
            "Payment providers.",
        ),
        "booking_integrations": _many(
            _one_of(("calendly", "acuity", "custom"), "A booking service."),
            "Booking services that are set up.",
        ),
        "organizer_templates": _many(
            _record(
                "One template.",
                {"id": _ID, "name": _localized("Its name."), "questions": {"type": "integer", "minimum": 0}},
                ("id", "name", "questions"),
            ),
            "Organizer templates.",
        ),
        "pipelines": _many(
            _record(
                "One pipeline.",
                {"id": _ID, "name": _localized("Its name."), "stages": _many(_ID, "Its stages, in order.")},
                ("id", "name", "stages"),
            ),
            "Pipelines.",
        ),
        "segments": _many(
            _record(
                "Clients with exactly these tags and this language.",
                {
                    "tags": _TAGS,
                    "locale": _one_of(LOCALES, "Their language."),
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


def _number(description: str, default: int, most: int = 10_000_000) -> JSONObject:
    return {
        "type": "integer",
        "minimum": 0,
        "maximum": most,
        "default": default,
        "markdownDescription": f"{description} Without it: `{default}`.",
        "examples": [default],
    }


_KNOWN_HOSTS: JSONObject = {
    **_many(
        HOST,
        "Hosts that links of every firm may lead to without asking, by their full name. A plan that leads "
        "clients of a firm to any other host for the first time asks.",
        1000,
    ),
    "uniqueItems": True,
    "examples": [["calendly.com", "www.example.com"]],
}
_GUARDRAILS: JSONObject = {
    **_record(
        "What a plan may do without asking. Beyond it, plan and apply end with exit code 6 until somebody "
        "accepts exactly that with `--ack`. Plans tell where this file lets more pass than the defaults.",
        {
            "known_hosts": _KNOWN_HOSTS,
            "changed_firms": _number(
                "So many firms may change in one plan, however few there are.", DEFAULTS.changed_firms
            ),
            "changed_percent": _number(
                "Of many firms, so many in a hundred may change in one plan.", DEFAULTS.changed_percent, 100
            ),
            "affected_clients": _number(
                "So many clients may notice something of one plan, over all firms, each client once.",
                DEFAULTS.affected_clients,
            ),
            "cleared_fields": _number(
                "So many settings may be taken away in one plan: set before, and not set afterwards.",
                DEFAULTS.cleared_fields,
            ),
        },
    ),
    "defaultSnippets": [
        {"label": "guardrails: known hosts", "body": {"known_hosts": ["${1:www.example.com}"]}}
    ],
}

NETWORK: JSONObject = document(
    "Network",
    "The network of firms: where its portals are, and how careful to be.",
    {
        "name": _line("The network's name.", 80),
        "default_environment": _ID,
        "environments": {
            "type": "object",
            "markdownDescription": "Portals to plan against and apply to, by name.",
            "minProperties": 1,
            "propertyNames": {"pattern": IDENTIFIER_PATTERN},
            "additionalProperties": {
                **_record(
                    "One portal.",
                    {
                        "backend": _one_of(
                            ("embedded", "http"),
                            "`embedded`: a portal in a file on this machine. `http`: a portal that "
                            "speaks portalsync's contract.",
                        ),
                        "database": _line("embedded: the file, relative to this folder.", 200),
                        "url": _line("http: the address of the portal's API.", 300),
                    },
                    ("backend",),
                ),
                "if": {"properties": {"backend": {"const": "http"}}},
                "then": {"required": ["url"]},
                "else": {"required": ["database"]},
            },
        },
        "guardrails": _GUARDRAILS,
    },
    ("name", "default_environment", "environments"),
)
