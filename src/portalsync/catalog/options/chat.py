"""Whether clients may start chats themselves."""

from portalsync.catalog.kinds.basic import Switch
from portalsync.catalog.option import Block, Field, Hide, Option
from portalsync.model.page import MOBILE_CHATS, MOBILE_HOME, WEB_CHATS, WEB_HOME, PageName, Shape

CLIENTS_CAN_START = Field(
    "chat.clients_can_start",
    Switch(),
    default=True,
    description="Clients can start a chat themselves. Off: existing chats can still be answered.",
    examples=(True, False),
    rejects=("no", 0),
)

_OFF = (Hide("off", lambda view: not view.settings[CLIENTS_CAN_START]),)

OPTION = Option(
    key="chat",
    since="0.1.0",
    description="*New chat*: clients may start a chat with the firm.",
    fields=(CLIENTS_CAN_START,),
    where="chats",
    blocks=(
        Block("new_chat", Shape.QUICK_LINK, (WEB_HOME,), hide=_OFF),
        Block("new_chat_button", Shape.BUTTON, (WEB_CHATS,), hide=_OFF),
        Block("message_firm", Shape.QUICK_LINK, (MOBILE_HOME,), hide=_OFF),
        Block("message_firm_button", Shape.BUTTON, (MOBILE_CHATS,), hide=_OFF),
    ),
    leads_to=PageName.CHATS,
    icon="chats",
)
