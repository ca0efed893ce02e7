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
from portalsync.server.columns import are_objects, are_texts, is_object, is_text, is_whole, kept
from portalsync.wire import LONGEST_KEY

METADATA = MetaData()

# PostgreSQL would sort by the language of the database; ids are paged in plain byte order.
ID = String(LONGEST_IDENTIFIER).with_variant(String(LONGEST_IDENTIFIER, collation="C"), "postgresql")

VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own, which it makes where it migrates: it says what the tables are the result of."""

PORTAL = Table(
    "portal",
    METADATA,
    Column("single", Integer, CheckConstraint("single = 1", name="portal_single"), primary_key=True),
    kept("portal.id", String(36), is_text, nullable=False),
    # Both are NULL until it is restored for the first time.
    kept("portal.epoch", String(36), is_text),
    kept("portal.restored", String(40), is_text),
)

FIRMS = Table(
    "firms",
    METADATA,
    kept("firms.id", ID, is_text, primary_key=True),
    kept("firms.generation", Integer(), is_whole, nullable=False),
    kept("firms.facts", JSON(), is_object, nullable=False),
    # What follows from the live generation and the trail, written in the transaction that wrote them: whoever
    # lists firms computes nothing. `portalsync audit verify` makes them anew and compares.
    kept("firms.digest", String(80), is_text, nullable=False, server_default=""),
    kept("firms.claims", Integer(), is_whole, nullable=False, server_default="0"),
    kept("firms.audit", String(80), is_text, nullable=False, server_default=""),
    # What the seed called the document that the facts are from; NULL where it called it nothing.
    kept("firms.seeded", Text(), is_text),
)
# A row with its facts is long; a list of firms is read from here alone.
Index("firms_live", *(FIRMS.c[name] for name in ("id", "generation", "digest", "claims", "audit", "seeded")))

GENERATIONS = Table(
    "generations",
    METADATA,
    kept("generations.firm", ID, is_text, ForeignKey("firms.id", name="generations_firm"), primary_key=True),
    kept("generations.generation", Integer(), is_whole, primary_key=True, autoincrement=False),
    kept("generations.at", String(40), is_text, nullable=False),
    kept("generations.origin", String(16), is_text, nullable=False),
    kept("generations.actor", Text(), is_text, nullable=False),
    kept("generations.plan", Text(), is_text, nullable=False),
    kept("generations.settings", JSON(), is_object, nullable=False),
    kept("generations.managed", JSON(), are_texts, nullable=False),
    kept("generations.writes", JSON(), are_objects, nullable=False),
    # The last generation up to this one that a plan made.
    kept("generations.applied", Integer(), is_whole),
)

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    kept("idempotency.firm", ID, is_text, ForeignKey("firms.id", name="idempotency_firm"), primary_key=True),
    kept("idempotency.key", String(LONGEST_KEY), is_text, primary_key=True),
    kept("idempotency.request", String(80), is_text, nullable=False),
    kept("idempotency.status", Integer(), is_whole, nullable=False),
    kept("idempotency.body", JSON(), is_object, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    kept("audit.firm", ID, is_text, ForeignKey("firms.id", name="audit_firm"), primary_key=True),
    kept("audit.seq", Integer(), is_whole, primary_key=True, autoincrement=False),
    kept("audit.at", String(40), is_text, nullable=False),
    kept("audit.actor", Text(), is_text, nullable=False),
    kept("audit.origin", String(16), is_text, nullable=False),
    kept("audit.generation", Integer(), is_whole, nullable=False),
    kept("audit.plan", Text(), is_text, nullable=False),
    kept("audit.writes", String(80), is_text, nullable=False),
    # NULL in rows from before there were guardrails: their seals do not cover it.
    kept("audit.acknowledged", JSON(none_as_null=True), are_texts),
    kept("audit.previous", String(80), is_text, nullable=False),
    kept("audit.hash", String(80), is_text, nullable=False),
)

SAMPLE_CLIENTS = Table(
    "sample_clients",
    METADATA,
    kept("sample_clients.id", ID, is_text, primary_key=True),
    kept("sample_clients.document", JSON(), is_object, nullable=False),
)
