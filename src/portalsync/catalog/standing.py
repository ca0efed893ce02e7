"""What every client finds whatever the firm configures: to-dos, credit, and their own records."""

from collections.abc import Sequence
from decimal import Decimal

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
    "billing": WEB_INVOICES,
    "documents": WEB_DOCUMENTS,
    "chats": WEB_CHATS,
    "organizers": WEB_ORGANIZERS,
}
"""Where the to-dos of a group are done."""


def _line(view: View, text: Localized, before: str = "", /, **rest: str) -> Line:
    """A row about `text`, in the language there is."""
    found, lang = localized(text, view.locale, view.settings[LOCALES][0])
    return Line(before + found, lang="" if lang == view.locale else lang, **rest)


def _amount(view: View, amount: Decimal) -> str:
    return f"{amount} {view.facts.currency}"


def _todos(view: View) -> Content:
    groups = list(dict.fromkeys(TODO_GROUPS.values()))
    todos = sorted(view.persona.todos, key=lambda todo: groups.index(TODO_GROUPS[todo.kind]))
    return Content(
        lines=tuple(
            _line(view, todo.subject, text=todo.kind, meta=_terms(view, todo), group=TODO_GROUPS[todo.kind])
            for todo in todos
        )
    )


def _terms(view: View, todo: Todo) -> str:
    """What to pay and until when: `1240.50 EUR · 2026-12-15`, or one of the two, or nothing."""
    amount = "" if todo.amount is None else _amount(view, todo.amount)
    return " · ".join(part for part in (amount, todo.due) if part)


def _credit(view: View) -> Content:
    return Content(text=_amount(view, view.persona.credit))


def _invoices(view: View) -> Content:
    return Content(
        lines=tuple(
            _line(
                view,
                invoice.subject,
                f"{invoice.number} · ",
                text=_amount(view, invoice.amount),
                meta=invoice.due,
                group="paid" if invoice.paid else "unpaid",
            )
            for invoice in sorted(view.persona.invoices, key=lambda invoice: invoice.paid)
        )
    )


def _records(view: View, entries: Sequence[Entry]) -> Content:
    return Content(lines=tuple(_line(view, entry.name, meta=entry.date) for entry in entries))


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
