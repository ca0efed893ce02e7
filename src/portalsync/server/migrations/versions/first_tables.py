"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "portal",
        sa.Column(
            "single", sa.Integer, sa.CheckConstraint("single = 1", name="portal_single"), primary_key=True
        ),
        sa.Column("id", sa.String(36), nullable=False),
    )
    op.create_table(
        "firms",
        sa.Column("id", ID, primary_key=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
    )
    _generations()
    op.create_table(
        "idempotency",
        sa.Column("firm", ID, sa.ForeignKey("firms.id", name="idempotency_firm"), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("request", sa.String(80), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    _audit()
    op.create_table(
        "sample_clients",
        sa.Column("id", ID, primary_key=True),
        sa.Column("document", sa.JSON, nullable=False),
    )


def _generations() -> None:
    op.create_table(
        "generations",
        sa.Column("firm", ID, sa.ForeignKey("firms.id", name="generations_firm"), primary_key=True),
        sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("managed", sa.JSON, nullable=False),
        sa.Column("writes", sa.JSON, nullable=False),
        sa.Column("applied", sa.Integer),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("firm", ID, sa.ForeignKey("firms.id", name="audit_firm"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("writes", sa.String(80), nullable=False),
        sa.Column("previous", sa.String(80), nullable=False),
        sa.Column("hash", sa.String(80), nullable=False),
    )
