"""Whether clients find their invoices in the portal."""

from portalsync.catalog.option import Block, Hide, Option
from portalsync.catalog.rows import amount, day_of, due, of_client, row
from portalsync.catalog.visibility import INVOICES_VISIBLE, invoices_visible
from portalsync.model.page import MOBILE_INVOICES, WEB_INVOICES, Content, Line, Shape, View
from portalsync.model.persona import Invoice


def _invoices(view: View) -> Content:
    invoices = sorted(view.persona.invoices, key=lambda invoice: (invoice.paid, invoice.due))
    return Content(lines=tuple(_invoice(view, invoice) for invoice in invoices))


def _invoice(view: View, invoice: Invoice) -> Line:
    return row(
        view,
        invoice.subject,
        f"{invoice.number} · ",
        money=amount(view, invoice.amount),
        **({"day": day_of(view, invoice.due)} if invoice.paid else due(view, invoice.due)),
        group="paid" if invoice.paid else "unpaid",
    )


OPTION = Option(
    key="invoices",
    since="0.1.0",
    description="*Invoices*: whether clients find theirs in the portal. For all clients alike.",
    fields=(INVOICES_VISIBLE,),
    where="payments",
    blocks=(
        Block(
            "records",
            Shape.RECORDS,
            (WEB_INVOICES, MOBILE_INVOICES),
            hide=(Hide("not_visible", lambda view: not invoices_visible(view)),),
            content=_invoices,
            reads=of_client("invoices", "currency", "invoices_hidden", day=True),
        ),
    ),
    icon="invoices",
    has_audience=False,
)
