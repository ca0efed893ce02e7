"""What every client finds whatever the firm configures: to-dos, credit, and their own records."""

from collections.abc import Sequence

from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.option import Block, Hide, Option
from portalsync.catalog.profile import LOCALES
from portalsync.model.facts import Localized
from portalsync.model.page import (
    MOBILE_HOME,
    WEB_CHATS,
    WEB_DOCUMENTS,
    WEB_HOME,
    WEB_INVOICES,
    WEB_ORGANIZERS,
    Content,
    Line,
    Shape,
    View,
)
from portalsync.model.persona import Entry

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


def _text(view: View, text: Localized) -> str:
    return localized(text, view.locale, view.settings[LOCALES][0])[0]


def _todos(view: View) -> Content:
    groups = list(dict.fromkeys(TODO_GROUPS.values()))
    todos = sorted(view.persona.todos, key=lambda todo: groups.index(TODO_GROUPS[todo.kind]))
    return Content(
        lines=tuple(
            Line(
                _text(view, todo.subject),
                text=todo.kind,
                meta=f"{todo.amount} {view.facts.currency}" if todo.amount is not None else todo.due,
                group=TODO_GROUPS[todo.kind],
            )
            for todo in todos
        )
    )


def _credit(view: View) -> Content:
    return Content(text=f"{view.persona.credit} {view.facts.currency}")


def _invoices(view: View) -> Content:
    return Content(
        lines=tuple(
            Line(
                f"{invoice.number} · {_text(view, invoice.subject)}",
                text=f"{invoice.amount} {view.facts.currency}",
                meta=invoice.due,
                group="paid" if invoice.paid else "unpaid",
            )
            for invoice in view.persona.invoices
        )
    )


def _records(view: View, entries: Sequence[Entry]) -> Content:
    return Content(lines=tuple(Line(_text(view, entry.name), meta=entry.date) for entry in entries))


STANDING = Option(
    key="standing",
    since="0.1.0",
    description="To-dos, credit, documents, chats, organizers and invoices of the client.",
    fields=(),
    blocks=(
        Block("todos", Shape.TODO_LIST, (WEB_HOME, MOBILE_HOME), content=_todos),
        Block(
            "credit",
            Shape.CREDIT,
            (WEB_HOME, MOBILE_HOME),
            hide=(Hide("no_credit", lambda view: not view.persona.credit),),
            content=_credit,
        ),
        Block(
            "documents",
            Shape.RECORDS,
            (WEB_DOCUMENTS,),
            content=lambda view: _records(view, view.persona.documents),
        ),
        Block("chats", Shape.RECORDS, (WEB_CHATS,), content=lambda view: _records(view, view.persona.chats)),
        Block(
            "organizers",
            Shape.RECORDS,
            (WEB_ORGANIZERS,),
            content=lambda view: _records(view, view.persona.organizers),
        ),
        Block(
            "invoices",
            Shape.RECORDS,
            (WEB_INVOICES,),
            hide=(Hide("invoices_hidden", lambda view: view.facts.invoices_hidden),),
            content=_invoices,
        ),
    ),
    has_audience=False,
)
