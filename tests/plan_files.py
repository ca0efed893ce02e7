"""Plans as files and back, in memory."""

from io import BytesIO

from portalsync.model.plan import Plan
from portalsync.planning.planfile import read_plan, write_plan


def file_of(plan: Plan) -> bytes:
    return b"".join(write_plan(plan))


def plan_in(content: bytes, name: str = "plan.json") -> Plan:
    return read_plan(BytesIO(content), name, BytesIO())
