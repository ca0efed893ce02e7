"""`vendors/<name>.yaml`: where the settings of a vendor's portal are, for those who click them by hand."""

from portalsync.catalog import FIELDS
from portalsync.catalog.files.document import ID, document, line, localized, record
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.kinds.basic import LINE
from portalsync.catalog.kinds.localized import by_language
from portalsync.catalog.kinds.localized_link import LocalizedLink
from portalsync.catalog.where import SETTINGS_PAGES
from portalsync.model.json_value import JSONObject

_LONGEST_WAY = 8
_WAY: JSONObject = {
    **by_language(
        {
            "type": "array",
            "items": {"type": "string", "maxLength": 80, **LINE.schema()},
            "minItems": 1,
            "maxItems": _LONGEST_WAY,
        },
        "The way in",
    ),
    "markdownDescription": "What is opened one after the other, as the portal calls it: "
    "`[Settings, Firm settings, Chats]`.",
}
_SOURCE: JSONObject = {
    **LocalizedLink().schema(),
    "markdownDescription": "The vendor's help page that says so, by language. Where a language has none, it "
    "is assumed, and click lists say that.",
}

_PAGE = record("One page of the settings.", {"way": _WAY, "source": _SOURCE}, ("way",))

_SETTING = record(
    "One setting.",
    {
        "label": localized("What the portal calls it."),
        "way": {**_WAY, "markdownDescription": "The way to it, if it is not on the page of the others."},
        "source": _SOURCE,
        "inverted": {
            "type": "boolean",
            "markdownDescription": "Whether the portal's switch is on where ours is off, as one that hides "
            "what ours shows.",
        },
        "values": {
            "type": "object",
            "markdownDescription": "What the portal calls the values to choose from, by ours.",
            "additionalProperties": localized("What the portal calls this value."),
            "maxProperties": 20,
        },
        "note": localized("What whoever clicks it has to know."),
    },
    ("label",),
)

_SCHEMA: JSONObject = document(
    "Vendor",
    "Where the settings of a vendor's portal are and what it calls them: click lists are in these words.",
    {
        "id": ID,
        "name": line("The name of the portal.", 80),
        "pages": {
            "type": "object",
            "markdownDescription": "The pages of its settings, in the order in which they are walked "
            "through. One that is not named is called as portalsync calls it.",
            "propertyNames": {"enum": [*SETTINGS_PAGES]},
            "additionalProperties": _PAGE,
        },
        "settings": {
            "type": "object",
            "markdownDescription": "What it calls the settings, by their paths; `*` stands for the id of an "
            "entry.",
            "propertyNames": {"enum": [*FIELDS]},
            "additionalProperties": _SETTING,
        },
        "missing": {
            "type": "array",
            "items": {"type": "string", "enum": [*FIELDS]},
            "uniqueItems": True,
            "markdownDescription": "Settings that its portal is not known to have.",
        },
    },
    ("id", "name", "pages", "settings"),
)

VENDOR = FileKind("vendor", lambda: _SCHEMA, folder="vendors")
