"""Sample clients: what a reviewer looks through, and what the reference portal serves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portalsync.model.facts import Localized
from portalsync.model.json_value import JSON
from portalsync.model.remembered import Remembered


@dataclass(frozen=True, slots=True)
class Todo:
    kind: str
    subject: Localized
    amount: Decimal | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job and the stages it has passed, in order; the last one is where it stands. There it was given a
    `job_status` of the firm's own, and somebody set by hand the `status` that clients read: where neither
    was done, they are empty.
    """

    name: Localized
    pipeline: str
    stages: tuple[str, ...]
    job_status: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    number: str
    subject: Localized
    amount: Decimal
    due: date
    paid: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, chat or organizer in the client's lists."""

    name: Localized
    date: date


@dataclass(frozen=True, slots=True)
class Persona:
    """One sample client. Amounts are in the currency of the firm that shows them."""

    id: str
    title: Localized
    client: str
    tags: frozenset[str]
    locale: str
    todos: tuple[Todo, ...]
    jobs: tuple[Job, ...]
    credit: Decimal
    invoices: tuple[Invoice, ...]
    documents: tuple[Entry, ...]
    chats: tuple[Entry, ...]
    organizers: tuple[Entry, ...]
    expect: Mapping[str, Any]
    raw: Mapping[str, JSON]

    def spelt(self, name: str) -> str:
        """A field as text: the same only for what is alike in everything, types and order too."""
        return _spelling(getattr(self, name))

    @property
    def has_unpaid_invoice(self) -> bool:
        return any(not invoice.paid for invoice in self.invoices)


_spelling = Remembered[object, str](repr, 200)
"""Many a client has the same jobs as another: the very same object."""

NOBODY = Persona(
    id="", title={}, client="", tags=frozenset(), locale="", todos=(), jobs=(), credit=Decimal(0),
    invoices=(), documents=(), chats=(), organizers=(), expect={}, raw={},
)  # fmt: skip
"""A client of whom nothing is known."""


def persona_from_json(data: Mapping[str, Any]) -> Persona:
    """A persona from a document that its schema has accepted."""
    return Persona(
        id=data["id"],
        title=data["title"],
        client=data["client"],
        tags=frozenset(data.get("tags", ())),
        locale=data["locale"],
        todos=tuple(_todo(each) for each in data.get("todos", ())),
        jobs=tuple(_job(each) for each in data.get("jobs", ())),
        credit=_amount(data.get("credit", 0)),
        invoices=tuple(_invoice(each) for each in data.get("invoices", ())),
        documents=_entries(data, "documents"),
        chats=_entries(data, "chats"),
        organizers=_entries(data, "organizers"),
        expect=data.get("expect", {}),
        raw=data,
    )


def _todo(data: Mapping[str, Any]) -> Todo:
    amount = _amount(data["amount"]) if "amount" in data else None
    return Todo(data["kind"], data["subject"], amount, _day(data["due"]) if "due" in data else None)


def _job(data: Mapping[str, Any]) -> Job:
    by_hand = (data.get(name, "") for name in ("job_status", "status"))
    return Job(data["name"], data["pipeline"], tuple(data["stages"]), *by_hand)


def _invoice(data: Mapping[str, Any]) -> Invoice:
    return Invoice(data["number"], data["subject"], _amount(data["amount"]), _day(data["due"]), data["paid"])


def _entries(data: Mapping[str, Any], key: str) -> tuple[Entry, ...]:
    return tuple(Entry(each["name"], _day(each["date"])) for each in data.get(key, ()))


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _amount(value: str | float) -> Decimal:
    return Decimal(str(value)) + 0  # no -0: it is equal to 0 and reads differently
