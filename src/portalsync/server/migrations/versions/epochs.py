"""A portal that was restored says since when it goes on from there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("portal", sa.Column("epoch", sa.String(36)))
    op.add_column("portal", sa.Column("restored", sa.String(40)))
