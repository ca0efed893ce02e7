"""What every client finds whatever the firm configures: to-dos, credit, and their own records."""

from collections.abc import Sequence
from datetime import date

from portalsync.catalog.option import Block, Hide, Option, Reads
from portalsync.catalog.profile import TIME_ZONE
from portalsync.catalog.rows import amount, day_of, due, of_client, row
from portalsync.model.page import (
    MOBILE_CHATS,
    MOBILE_DOCUMENTS,
    MOBILE_HOME,
    MOBILE_ORGANIZERS,
    WEB_CHATS,
    WEB_DOCUMENTS,
    WEB_HOME,
    WEB_ORGANIZERS,
    Content,
    Line,
    PageName,
    Shape,
    View,
)
from portalsync.model.persona import Entry, Todo

TODO_GROUPS = {
    "pay_invoice": "billing",
    "approve_document": "documents",
    "esign_document": "documents",
    "chat_task": "chats",
    "complete_organizer": "organizers",
    "resume_organizer": "organizers",
    "esign_proposal": "proposals",
}
"""Kind of to-do: group, in the order of the groups on the phone."""

TODO_PAGES = {
    "billing": PageName.INVOICES,
    "documents": PageName.DOCUMENTS,
    "chats": PageName.CHATS,
    "organizers": PageName.ORGANIZERS,
}
"""Where the to-dos of a group are done."""


def _todos(view: View) -> Content:
    """What is due first stands first; what has no day, last and as it comes on the phone."""
    kinds = [*TODO_GROUPS]
    todos = sorted(view.persona.todos, key=lambda todo: (todo.due or date.max, kinds.index(todo.kind)))
    return Content(lines=tuple(_todo(view, todo) for todo in todos))


def _todo(view: View, todo: Todo) -> Line:
    money = "" if todo.amount is None else amount(view, todo.amount)
    days, group = due(view, todo.due), TODO_GROUPS[todo.kind]
    return row(view, todo.subject, text=todo.kind, money=money, group=group, **days)


def _credit(view: View) -> Content:
    return Content(money=amount(view, view.persona.credit))


def _records(view: View, entries: Sequence[Entry]) -> Content:
    return Content(lines=tuple(row(view, entry.name, day=day_of(view, entry.date)) for entry in entries))


STANDING = Option(
    key="standing",
    since="0.1.0",
    description="To-dos, credit, documents, chats, organizers and invoices of the client.",
    fields=(),
    blocks=(
        Block(
            "todos",
            Shape.TODO_LIST,
            (WEB_HOME, MOBILE_HOME),
            content=_todos,
            reads=of_client("todos", "currency", day=True),
        ),
        Block(
            "credit",
            Shape.CREDIT,
            (WEB_HOME, MOBILE_HOME),
            hide=(Hide("no_credit", lambda view: not view.persona.credit),),
            content=_credit,
            reads=Reads(client=("credit",), facts=("currency",), settings=(TIME_ZONE,)),
        ),
        Block(
            "documents",
            Shape.RECORDS,
            (WEB_DOCUMENTS, MOBILE_DOCUMENTS),
            content=lambda view: _records(view, view.persona.documents),
            reads=of_client("documents"),
        ),
        Block(
            "chats",
            Shape.RECORDS,
            (WEB_CHATS, MOBILE_CHATS),
            content=lambda view: _records(view, view.persona.chats),
            reads=of_client("chats"),
        ),
        Block(
            "organizers",
            Shape.RECORDS,
            (WEB_ORGANIZERS, MOBILE_ORGANIZERS),
            content=lambda view: _records(view, view.persona.organizers),
            reads=of_client("organizers"),
        ),
    ),
    has_audience=False,
)
