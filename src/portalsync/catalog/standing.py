"""What every client finds whatever the firm configures: to-dos, credit, and their own records."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.option import Block, Hide, Option, Reads
from portalsync.catalog.profile import LOCALES, TIME_ZONE, written
from portalsync.cldr import cldr_of
from portalsync.model.facts import Localized
from portalsync.model.page import (
    MOBILE_CHATS,
    MOBILE_DOCUMENTS,
    MOBILE_HOME,
    MOBILE_INVOICES,
    MOBILE_ORGANIZERS,
    WEB_CHATS,
    WEB_DOCUMENTS,
    WEB_HOME,
    WEB_INVOICES,
    WEB_ORGANIZERS,
    Content,
    Line,
    PageName,
    Shape,
    View,
)
from portalsync.model.persona import Entry, Invoice, Todo

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


def _line(view: View, text: Localized, before: str = "", /, **rest: Any) -> Line:
    """A row about `text`, in the language there is."""
    found, lang = localized(text, view.locale, view.settings[LOCALES][0])
    return Line(before + found, lang="" if lang == view.locale else lang, **rest)


def _money(view: View, amount: Decimal) -> str:
    return cldr_of(written(view)).amount(amount, view.facts.currency)


def _day(view: View, day: date | None) -> str:
    return "" if day is None else cldr_of(written(view)).day(day, "long")


def _due(view: View, day: date | None) -> Mapping[str, str]:
    return {"day": _day(view, day), "due": "" if day is None else day.isoformat()}


def _todos(view: View) -> Content:
    """What is due first stands first; what has no day, last and as it comes on the phone."""
    kinds = [*TODO_GROUPS]
    todos = sorted(view.persona.todos, key=lambda todo: (todo.due or date.max, kinds.index(todo.kind)))
    return Content(lines=tuple(_todo(view, todo) for todo in todos))


def _todo(view: View, todo: Todo) -> Line:
    money = "" if todo.amount is None else _money(view, todo.amount)
    days, group = _due(view, todo.due), TODO_GROUPS[todo.kind]
    return _line(view, todo.subject, text=todo.kind, money=money, group=group, **days)


def _credit(view: View) -> Content:
    return Content(money=_money(view, view.persona.credit))


def _invoices(view: View) -> Content:
    invoices = sorted(view.persona.invoices, key=lambda invoice: (invoice.paid, invoice.due))
    return Content(lines=tuple(_invoice(view, invoice) for invoice in invoices))


def _invoice(view: View, invoice: Invoice) -> Line:
    return _line(
        view,
        invoice.subject,
        f"{invoice.number} · ",
        money=_money(view, invoice.amount),
        **({"day": _day(view, invoice.due)} if invoice.paid else _due(view, invoice.due)),
        group="paid" if invoice.paid else "unpaid",
    )


def _records(view: View, entries: Sequence[Entry]) -> Content:
    return Content(lines=tuple(_line(view, entry.name, day=_day(view, entry.date)) for entry in entries))


def _of_client(name: str, *facts: str, day: bool = False) -> Reads:
    """Entries that are told in a language that there is, with amounts and days as they are written there."""
    return Reads(client=(name,), facts=facts, profile=(LOCALES, TIME_ZONE), day=day)


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
            reads=_of_client("todos", "currency", day=True),
        ),
        Block(
            "credit",
            Shape.CREDIT,
            (WEB_HOME, MOBILE_HOME),
            hide=(Hide("no_credit", lambda view: not view.persona.credit),),
            content=_credit,
            reads=Reads(client=("credit",), facts=("currency",), profile=(TIME_ZONE,)),
        ),
        Block(
            "documents",
            Shape.RECORDS,
            (WEB_DOCUMENTS, MOBILE_DOCUMENTS),
            content=lambda view: _records(view, view.persona.documents),
            reads=_of_client("documents"),
        ),
        Block(
            "chats",
            Shape.RECORDS,
            (WEB_CHATS, MOBILE_CHATS),
            content=lambda view: _records(view, view.persona.chats),
            reads=_of_client("chats"),
        ),
        Block(
            "organizers",
            Shape.RECORDS,
            (WEB_ORGANIZERS, MOBILE_ORGANIZERS),
            content=lambda view: _records(view, view.persona.organizers),
            reads=_of_client("organizers"),
        ),
        Block(
            "invoices",
            Shape.RECORDS,
            (WEB_INVOICES, MOBILE_INVOICES),
            hide=(Hide("invoices_hidden", lambda view: view.facts.invoices_hidden),),
            content=_invoices,
            reads=_of_client("invoices", "currency", "invoices_hidden", day=True),
        ),
    ),
    has_audience=False,
)
