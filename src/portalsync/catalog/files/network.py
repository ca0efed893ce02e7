"""`portalsync.yaml`: where the portals of the network are, and how careful to be."""

from portalsync.addresses import SERVICE_PATTERN
from portalsync.catalog.files.document import ID, document, line, record
from portalsync.catalog.files.ignore import IGNORED
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.guardrails import LIMITS
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN, NAME
from portalsync.catalog.kinds.form import Form
from portalsync.lexicon import LOCALES
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

EMBEDDED, HTTP, MANUAL = "embedded", "http", "manual"
OWN_BACKENDS = (EMBEDDED, HTTP, MANUAL)
"""Those that come with portalsync. What a package brings is named like its entry point."""

RECORD, USUAL_RECORD = "record", "portal-record"
"""The folder in which a portal that is set by hand is recorded."""

PROXY = Form("proxy", r"^https?://[A-Za-z0-9.:\[\]-]+/?$")

_SERVICE: JSONObject = {"type": "string", **Form("service", SERVICE_PATTERN).schema()}

_WAY: JSONObject = {
    "proxy": {
        **line(
            "The proxy on the way there, as http://proxy.example:3128. Without it HTTPS_PROXY and NO_PROXY "
            "count. A password belongs only there.",
            300,
        ),
        **PROXY.schema(),
    },
    "ca_file": line(
        "The certificates that are believed, a PEM file, relative to this folder. Without it SSL_CERT_FILE "
        "counts, else the machine's own.",
        200,
    ),
}
"""To a service that is asked over https."""

_BACKEND: JSONObject = {
    "type": "string",
    **NAME.schema(),
    "examples": [*OWN_BACKENDS],
    "markdownDescription": "`embedded`: a portal in a file on this machine. `http`: a portal that speaks "
    "portalsync's contract. `manual`: a portal without an API, which people set by hand and record. Any "
    "other name: a backend that an installed package brings.",
}


USED = {
    EMBEDDED: {"backend", "database"},
    HTTP: {"backend", "url", *_WAY},
    MANUAL: {"backend", RECORD, "vendor"},
}
"""The settings that each of ours goes by."""


def _needs(backend: str, key: str, form: JSONObject | None = None) -> JSONObject:
    """The key that a backend cannot do without, and what its value looks like."""
    is_one: JSONObject = {"properties": {"backend": {"const": backend}}}
    wanted: JSONObject = {"required": [key], **({"properties": {key: form}} if form else {})}
    return {"if": is_one, "then": wanted}


_SCHEMA: JSONObject = document(
    "Network",
    "The network of firms: where its portals are, and how careful to be.",
    {
        "name": line("The network's name.", 80),
        "language": {
            "enum": [*LOCALES],
            "markdownDescription": "The language in which commands talk to people, where neither `--lang` "
            "nor `PORTALSYNC_LANG` names one. Without it: that of the machine. Clients read their own.",
        },
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
                        "backend": _BACKEND,
                        "database": line("embedded: the file, relative to this folder.", 200),
                        "url": line("http: the address of the portal's API.", 300),
                        RECORD: line(
                            "manual: the folder in which git sees what the portal has, relative to this "
                            f"folder. Without it: `{USUAL_RECORD}`.",
                            200,
                        ),
                        **_WAY,
                        "vendor": {
                            **ID,
                            "markdownDescription": "In whose words click lists are: a file of `vendors/`, or "
                            "`taxdome`, which portalsync knows. Without it, in those of portalsync.",
                        },
                    },
                    ("backend",),
                ),
                **_needs("http", "url", _SERVICE),
                "else": _needs("embedded", "database"),
            },
        },
        "forge": record("GitHub, for pull requests' comments and issues: the way there.", _WAY),
        "guardrails": _GUARDRAILS,
        **IGNORED,
    },
    ("name", "default_environment", "environments"),
)

_OF_CONFIG = (".yaml", ".yml", ".png", ".svg")


def ends_like_config(database: str) -> bool:
    """Whether a portal's database would be called like a file of the configuration. One that is read would
    be moved aside by a restore.
    """
    return database.rstrip("/.").lower().endswith(_OF_CONFIG)


NETWORK = FileKind("network", lambda: _SCHEMA, file="portalsync.yaml")
