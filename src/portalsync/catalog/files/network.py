"""`portalsync.yaml`: where the portals of the network are, and how careful to be."""

from portalsync.catalog.files.document import ID, document, line, many, one_of, record
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.kinds.link import HOST
from portalsync.model.guardrails import DEFAULTS
from portalsync.model.json_value import JSONObject


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
    **many(
        HOST,
        "Hosts that links of every firm may lead to without asking, by their full name. A plan that leads "
        "clients of a firm to any other host for the first time asks.",
        1000,
    ),
    "uniqueItems": True,
    "examples": [["calendly.com", "www.example.com"]],
}
_GUARDRAILS: JSONObject = {
    **record(
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
