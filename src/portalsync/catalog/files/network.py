"""`portalsync.yaml`: where the portals of the network are, and how careful to be."""

from portalsync.catalog.files.document import ID, document, line, one_of, record
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.guardrails import LIMITS
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.model.json_value import JSONObject

_GUARDRAILS: JSONObject = {
    **record(
        "What a plan may do without asking. Beyond it, plan and apply end with exit code 6 until somebody "
        "accepts exactly that with `--ack`. Plans tell where this file lets more pass than the defaults.",
        {limit.name: limit.schema() for limit in LIMITS},
    ),
    "defaultSnippets": [
        {"label": f"guardrails: {limit.name.replace('_', ' ')}", "body": {limit.name: limit.snippet()}}
        for limit in LIMITS
        if limit.snippet()
    ],
}

_SCHEMA: JSONObject = document(
    "Network",
    "The network of firms: where its portals are, and how careful to be.",
    {
        "name": line("The network's name.", 80),
        "default_environment": ID,
        "environments": {
            "type": "object",
            "markdownDescription": "Portals to plan against and apply to, by name.",
            "minProperties": 1,
            "propertyNames": {"pattern": IDENTIFIER_PATTERN},
            "additionalProperties": {
                **record(
                    "One portal.",
                    {
                        "backend": one_of(
                            ("embedded", "http"),
                            "`embedded`: a portal in a file on this machine. `http`: a portal that "
                            "speaks portalsync's contract.",
                        ),
                        "database": line("embedded: the file, relative to this folder.", 200),
                        "url": line("http: the address of the portal's API.", 300),
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

NETWORK = FileKind("network", lambda: _SCHEMA, file="portalsync.yaml")
