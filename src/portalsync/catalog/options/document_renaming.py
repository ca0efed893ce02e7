"""Automatic names for recognised forms. Nothing that a client sees as a function."""

from portalsync.catalog.kinds.basic import Switch
from portalsync.catalog.option import Field, Option

ENABLED = Field(
    "document_renaming.enabled",
    Switch(),
    default=False,
    description="Recognised forms are named by the pattern `[YEAR_FORM_NAME]` when they arrive.",
    examples=(True, False),
    rejects=("off", 1),
)

OPTION = Option(
    key="document_renaming",
    since="0.1.0",
    description="*Automatic document names* for recognised forms, on the firm's side.",
    fields=(ENABLED,),
    where="documents",
)
