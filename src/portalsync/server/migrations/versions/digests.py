"""A firm's row says what follows from its live generation and its trail, so that lists compute nothing."""

import sqlalchemy as sa
from alembic import op

from portalsync.server import rows, trail
from portalsync.server.tables import GENERATIONS

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEPT = sa.text("update firms set digest = :digest, claims = :claims, audit = :audit where id = :id")


def upgrade() -> None:
    op.add_column("firms", sa.Column("digest", sa.String(80), nullable=False, server_default=""))
    op.add_column("firms", sa.Column("claims", sa.Integer, nullable=False, server_default="0"))
    op.add_column("firms", sa.Column("audit", sa.String(80), nullable=False, server_default=""))
    op.create_index("firms_live", "firms", ["id", "generation", "digest", "claims", "audit"])
    _compute(op.get_bind())


def _compute(connection: sa.Connection) -> None:
    """For firms that are there, each once; a firm whose live generation is missing keeps nothing."""
    live = rows.live_firms(GENERATIONS.c.settings, GENERATIONS.c.managed, trail.HEAD)
    for some in connection.execute(live).mappings().partitions(500):
        kept = [{"id": row["id"], **rows.kept(row["settings"], row["managed"], row["audit"])} for row in some]
        connection.execute(_KEPT, kept)
