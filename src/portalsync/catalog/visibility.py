"""Whether clients see their invoices: an option of its own, at which others look."""

from portalsync.catalog.kinds.basic import Switch
from portalsync.catalog.option import Field
from portalsync.model.page import Situation

INVOICES_VISIBLE: Field[bool | None] = Field(
    "invoices.visible",
    Switch(),
    default=None,
    description="Clients see their invoices. Prepayments need them.",
    examples=(True,),
    rejects=("yes", 1),
)


def invoices_visible(case: Situation) -> bool:
    """As it is set, else as the portal has it by its facts."""
    visible = case.settings[INVOICES_VISIBLE]
    return not case.facts.invoices_hidden if visible is None else visible
