"""A firm's row says from which document its facts were taken."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LIVE = ("id", "generation", "digest", "claims", "audit")


def upgrade() -> None:
    op.add_column("firms", sa.Column("seeded", sa.Text))
    op.drop_index("firms_live", "firms")
    op.create_index("firms_live", "firms", [*_LIVE, "seeded"])
