"""The audit trail names what was accepted although a guardrail objected."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("acknowledged", sa.JSON(none_as_null=True)))
