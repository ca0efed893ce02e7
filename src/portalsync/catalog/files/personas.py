"""`personas/<persona>.yaml`: sample clients, and what they are promised."""

from portalsync.catalog.files.document import ID, TAGS, document, line, localized, many, one_of, record
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.moment import DAY
from portalsync.catalog.standing import TODO_GROUPS
from portalsync.lexicon import LOCALES
from portalsync.model.json_value import JSONObject
from portalsync.model.page import PageName, Surface

MOST_PERSONAS = 50
"""In one configuration; 100 of them, with 50 announcements, took a plan a minute for one firm."""

_DAY: JSONObject = {
    "type": "string",
    "format": "portalsync-moment",
    **DAY.schema(),
    "markdownDescription": "A day as `2027-01-15`.",
}
_AMOUNT: JSONObject = {
    "type": ["string", "number"],
    "minimum": 0,
    "maximum": 9999999,
    **Form("amount", "^[0-9]{1,7}(\\.[0-9]{2})?$").schema(),
    "markdownDescription": "An amount in the firm's currency, as `1240.50`.",
}
_ENTRIES = many(
    record("One of them.", {"name": localized("Its name."), "date": _DAY}, ("name", "date")),
    "What the client's list holds.",
)
_BLOCK_LIST = many(
    {
        "type": "string",
        **Form("block", "^[a-z_]+(\\.[a-z0-9_-]+){1,2}$").schema(),
    },
    "Blocks by key, for example `chat.new_chat`.",
)
_PAGE_EXPECTATION = record(
    "What this client must find on the page, and what not.", {"see": _BLOCK_LIST, "not_see": _BLOCK_LIST}
)

_SCHEMA: JSONObject = document(
    "Persona",
    "A sample client: reviewers look through it, `expect` makes promises to clients testable.",
    {
        "id": ID,
        "title": localized("What kind of client this is, for reviewers."),
        "client": line("The client's name as the portal shows it.", 80),
        "locale": one_of(LOCALES, "The language that the client reads."),
        "tags": TAGS,
        "todos": many(
            record(
                "One open to-do.",
                {
                    "kind": one_of([*TODO_GROUPS], "What there is to do."),
                    "subject": localized("What it is about."),
                    "amount": _AMOUNT,
                    "due": _DAY,
                },
                ("kind", "subject"),
            ),
            "What the client has to do.",
        ),
        "jobs": many(
            record(
                "One job.",
                {
                    "name": localized("Its name."),
                    "pipeline": ID,
                    "stages": many(ID, "The stages it has passed, in order; the last is where it stands."),
                    "job_status": {
                        **ID,
                        "markdownDescription": "The job status of the firm's own that it was given there, "
                        "by its id.",
                    },
                    "status": {
                        **ID,
                        "markdownDescription": "The status that somebody set by hand there, by its id, or "
                        "`hidden`: clients read it, whatever the pipeline shows.",
                    },
                },
                ("name", "pipeline", "stages"),
            ),
            "The client's jobs. A job of a pipeline that a firm does not have is not shown there.",
        ),
        "credit": _AMOUNT,
        "invoices": many(
            record(
                "One invoice.",
                {
                    "number": line("Its number.", 30),
                    "subject": localized("What it is for."),
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
            "additionalProperties": record(
                "Promises by surface.",
                {
                    str(surface): record(
                        "Promises by page.", {str(page): _PAGE_EXPECTATION for page in PageName}
                    )
                    for surface in Surface
                },
            ),
        },
    },
    ("id", "title", "client", "locale"),
)

PERSONA = FileKind("persona", lambda: _SCHEMA, folder="personas")
