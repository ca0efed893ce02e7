"""One click tells the firm that all documents are in."""

from portalsync.catalog.kinds.basic import Switch
from portalsync.catalog.option import Block, Field, Hide, Option
from portalsync.model.page import MOBILE_DOCUMENTS, MOBILE_HOME, WEB_DOCUMENTS, WEB_HOME, PageName, Shape

BUTTON = Field(
    "done_uploading.button",
    Switch(),
    default=False,
    description="A *Done uploading* button on the home page and on the documents page.",
    examples=(True, False),
    rejects=("on", 0),
)

DIALOG_CHECKBOX = Field(
    "done_uploading.dialog_checkbox",
    Switch(),
    default=False,
    description="An *I am done uploading* checkbox in the upload dialog. Independent of the button.",
    examples=(True, False),
    rejects=("off", 1),
)

_BUTTON_OFF = (Hide("button_off", lambda view: not view.settings[BUTTON]),)

OPTION = Option(
    key="done_uploading",
    since="0.1.0",
    description="*Done uploading*: one click tells the firm that all documents are in.",
    fields=(BUTTON, DIALOG_CHECKBOX),
    where="uploading",
    blocks=(
        Block("link", Shape.QUICK_LINK, (WEB_HOME, MOBILE_HOME), hide=_BUTTON_OFF),
        Block("button", Shape.BUTTON, (WEB_DOCUMENTS, MOBILE_DOCUMENTS), hide=_BUTTON_OFF),
        Block(
            "checkbox",
            Shape.CHECKBOX,
            (WEB_DOCUMENTS,),
            hide=(Hide("checkbox_off", lambda view: not view.settings[DIALOG_CHECKBOX]),),
        ),
    ),
    leads_to=PageName.DOCUMENTS,
    icon="check",
)
