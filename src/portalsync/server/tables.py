"""The tables of a portal. Every row but the portal's own and the sample clients belongs to one firm."""

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, MetaData, String, Table, Text

from portalsync.catalog.kinds.basic import LONGEST_IDENTIFIER
from portalsync.wire import LONGEST_KEY

HEAD = "0002"
"""The migration that these tables are the result of."""

METADATA = MetaData()

# PostgreSQL would sort by the language of the database; ids are paged in plain byte order.
ID = String(LONGEST_IDENTIFIER).with_variant(String(LONGEST_IDENTIFIER, collation="C"), "postgresql")

PORTAL = Table(
    "portal",
    METADATA,
    Column("single", Integer, CheckConstraint("single = 1", name="portal_single"), primary_key=True),
    Column("id", String(36), nullable=False),
)

FIRMS = Table(
    "firms",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
)

GENERATIONS = Table(
    "generations",
    METADATA,
    Column("firm", ID, ForeignKey("firms.id", name="generations_firm"), primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("actor", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("managed", JSON, nullable=False),
    Column("writes", JSON, nullable=False),
    # The last generation up to this one that a plan made.
    Column("applied", Integer),
)

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("firm", ID, ForeignKey("firms.id", name="idempotency_firm"), primary_key=True),
    Column("key", String(LONGEST_KEY), primary_key=True),
    Column("request", String(80), nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", JSON, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("firm", ID, ForeignKey("firms.id", name="audit_firm"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("plan", Text, nullable=False),
    Column("writes", String(80), nullable=False),
    # NULL in rows from before there were guardrails: their seals do not cover it.
    Column("acknowledged", JSON(none_as_null=True)),
    Column("previous", String(80), nullable=False),
    Column("hash", String(80), nullable=False),
)

SAMPLE_CLIENTS = Table(
    "sample_clients",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("document", JSON, nullable=False),
)
