"""The tables of a portal. Every row but the portal's own and the sample clients belongs to one firm."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from portalsync.catalog.kinds.basic import LONGEST_IDENTIFIER
from portalsync.commits import LONGEST_KEY
from portalsync.server.columns import are_objects, are_texts, column, is_object, is_text, is_whole

METADATA = MetaData()

# PostgreSQL would sort by the language of the database; ids are paged in plain byte order.
ID = String(LONGEST_IDENTIFIER).with_variant(String(LONGEST_IDENTIFIER, collation="C"), "postgresql")

VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own, which it makes where it migrates: it says what the tables are the result of."""

PORTAL = Table(
    "portal",
    METADATA,
    Column("single", Integer, CheckConstraint("single = 1", name="portal_single"), primary_key=True),
    column("portal.id", String(36), is_text, nullable=False),
    # Both are NULL until it is restored for the first time.
    column("portal.epoch", String(36), is_text),
    column("portal.restored", String(40), is_text),
)

FIRMS = Table(
    "firms",
    METADATA,
    column("firms.id", ID, is_text, primary_key=True),
    column("firms.generation", Integer(), is_whole, nullable=False),
    column("firms.facts", JSON(), is_object, nullable=False),
    # What follows from the live generation and the trail, written in the transaction that wrote them: whoever
    # lists firms computes nothing. `portalsync audit verify` makes them anew and compares.
    column("firms.digest", String(80), is_text, nullable=False, server_default=""),
    column("firms.claims", Integer(), is_whole, nullable=False, server_default="0"),
    column("firms.audit", String(80), is_text, nullable=False, server_default=""),
    # What the seed called the document that the facts are from; NULL where it called it nothing.
    column("firms.seeded", Text(), is_text),
)
# A row with its facts is long; a list of firms is read from here alone.
Index("firms_live", *(FIRMS.c[name] for name in ("id", "generation", "digest", "claims", "audit", "seeded")))

GENERATIONS = Table(
    "generations",
    METADATA,
    column(
        "generations.firm", ID, is_text, ForeignKey("firms.id", name="generations_firm"), primary_key=True
    ),
    column("generations.generation", Integer(), is_whole, primary_key=True, autoincrement=False),
    column("generations.at", String(40), is_text, nullable=False),
    column("generations.origin", String(16), is_text, nullable=False),
    column("generations.actor", Text(), is_text, nullable=False),
    column("generations.plan", Text(), is_text, nullable=False),
    column("generations.settings", JSON(), is_object, nullable=False),
    column("generations.managed", JSON(), are_texts, nullable=False),
    column("generations.writes", JSON(), are_objects, nullable=False),
    # The last generation up to this one that a plan made.
    column("generations.applied", Integer(), is_whole),
)

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    column(
        "idempotency.firm", ID, is_text, ForeignKey("firms.id", name="idempotency_firm"), primary_key=True
    ),
    column("idempotency.key", String(LONGEST_KEY), is_text, primary_key=True),
    column("idempotency.request", String(80), is_text, nullable=False),
    column("idempotency.status", Integer(), is_whole, nullable=False),
    column("idempotency.body", JSON(), is_object, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    column("audit.firm", ID, is_text, ForeignKey("firms.id", name="audit_firm"), primary_key=True),
    column("audit.seq", Integer(), is_whole, primary_key=True, autoincrement=False),
    column("audit.at", String(40), is_text, nullable=False),
    column("audit.actor", Text(), is_text, nullable=False),
    column("audit.origin", String(16), is_text, nullable=False),
    column("audit.generation", Integer(), is_whole, nullable=False),
    column("audit.plan", Text(), is_text, nullable=False),
    column("audit.writes", String(80), is_text, nullable=False),
    # NULL in rows from before there were guardrails: their seals do not cover it.
    column("audit.acknowledged", JSON(none_as_null=True), are_texts),
    column("audit.previous", String(80), is_text, nullable=False),
    column("audit.hash", String(80), is_text, nullable=False),
)

SAMPLE_CLIENTS = Table(
    "sample_clients",
    METADATA,
    column("sample_clients.id", ID, is_text, primary_key=True),
    column("sample_clients.document", JSON(), is_object, nullable=False),
)
