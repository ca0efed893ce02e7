"""Clients pay in advance; the amount becomes credit that later invoices are settled from."""

from collections.abc import Iterator
from dataclasses import replace

from portalsync.catalog.kinds.basic import Choice, Switch
from portalsync.catalog.option import Block, Field, Hide, Option, Reads, Rule, Violation
from portalsync.catalog.visibility import INVOICES_VISIBLE, invoices_visible
from portalsync.diagnostics import Severity
from portalsync.model.page import (
    MOBILE_HOME,
    MOBILE_INVOICES,
    WEB_HOME,
    WEB_INVOICES,
    Shape,
    Situation,
)

ENABLED = Field(
    "prepayments.enabled",
    Switch(),
    default=False,
    description="Clients can pay in advance. The amount becomes credit; invoices are settled from it.",
    examples=(True, False),
    rejects=("yes", 1),
)

METHOD: Field[str | None] = Field(
    "prepayments.method",
    Choice(
        card="By credit or debit card.",
        bank_debit="By direct debit from the client's bank account.",
        client_choice="The client chooses; only where the payment provider offers both.",
    ),
    default=None,
    description="How clients make a prepayment. Without it, as the payment provider does it.",
    examples=("card", "bank_debit", "client_choice"),
    rejects=("cash", True, ""),
)


def _needs_visible_invoices(case: Situation) -> Iterator[Violation]:
    if case.settings[ENABLED] and not invoices_visible(case):
        hides = case.settings[INVOICES_VISIBLE] is False
        yield Violation(ENABLED.path, among=(ENABLED.path, INVOICES_VISIBLE.path) if hides else ())


def _needs_provider(case: Situation) -> Iterator[Violation]:
    if case.settings[ENABLED] and case.facts.default_provider is None:
        yield Violation(ENABLED.path, missing=("provider", ""))


def _needs_method(case: Situation) -> Iterator[Violation]:
    provider, method = case.facts.default_provider, case.settings[METHOD]
    if not case.settings[ENABLED] or provider is None or method is None:
        return
    needed = {"card", "bank_debit"} if method == "client_choice" else {method}
    if not needed <= set(provider.methods):
        yield Violation(METHOD.path, (("provider", provider.id), ("offers", ", ".join(provider.methods))))


_OFF = (
    Hide("off", lambda view: not view.settings[ENABLED]),
    Hide("invoices_hidden", lambda view: not invoices_visible(view)),
    Hide("no_provider", lambda view: view.facts.default_provider is None),
)

_READS = Reads(facts=("invoices_hidden", "payment_providers"), settings=(INVOICES_VISIBLE,))

OPTION = Option(
    key="prepayments",
    since="0.1.0",
    description="*Make a prepayment*: clients pay in advance.",
    fields=(ENABLED, METHOD),
    where="payments",
    blocks=(
        Block("link", Shape.QUICK_LINK, (WEB_HOME, MOBILE_HOME), hide=_OFF, reads=_READS),
        Block(
            "invoices_link",
            Shape.BUTTON,
            (WEB_INVOICES, MOBILE_INVOICES),
            hide=(*_OFF, Hide("unpaid_invoice", lambda view: view.persona.has_unpaid_invoice)),
            reads=replace(_READS, client=("invoices",)),
        ),
    ),
    rules=(
        Rule("prepayments-invoices-hidden", Severity.ERROR, _needs_visible_invoices),
        Rule("prepayments-no-provider", Severity.ERROR, _needs_provider, finds_missing=True),
        Rule("prepayments-method-missing", Severity.ERROR, _needs_method),
    ),
    icon="card",
)
