"""The pages that clients open. A portal need not show them to reviewers."""

import re
from urllib.parse import quote

from portalsync.conformance.check import Check
from portalsync.conformance.reply import Reply, Skipped
from portalsync.conformance.trial import Trial
from portalsync.lexicon import phrase
from portalsync.model.conformance import Weight

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def page_headers(trial: Trial) -> None:
    """No script runs, nothing comes from elsewhere, nobody frames it, nothing keeps it."""
    page = _page(trial)
    for name, value in HEADERS.items():
        page.expect_header(name, value)
    policy = page.headers.get("content-security-policy", "")
    for part in ("default-src 'none'", "frame-ancestors 'none'"):
        if part not in policy:
            header = f"Content-Security-Policy: …{part}…"
            page.deviates(phrase("conformance.expected.header", header=header), policy or "-")
    if "script-src" in policy or "unsafe-inline" in policy:
        page.deviates(phrase("conformance.expected.no-scripts"), policy)


def page_instant(trial: Trial) -> None:
    """`at` is an instant with its offset."""
    path = _page(trial).asked.path.partition("?")[0]
    trial.get(f"{path}?at=2026-12-24T08:00:00Z").expect(200)
    for wrong in ("2026-12-24", "noon", ""):
        trial.get(f"{path}?at={wrong}").problem(400, "malformed")


def _page(trial: Trial) -> Reply:
    """A page of the firm, found as people find it: from its directory."""
    there = f"/portal/{quote(trial.firm, safe='')}/"
    directory = trial.optional(there).expect(200)
    found = re.search(rb'href="([\w./-]*web-home\.html)"', directory.body)
    if found is None:
        raise Skipped(phrase("conformance.skipped.no-page"))
    link = found[1].decode("ascii")
    page = trial.get(link if link.startswith("/") else f"{there}{link}").expect(200)
    page.expect_value("Content-Type", "text/html", page.media_type)
    return page


CHECKS = (
    Check(page_headers, "Pages", Weight.OPTIONAL),
    Check(page_instant, "Pages", Weight.OPTIONAL),
)
