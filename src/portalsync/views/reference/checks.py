"""The checks that hold a portal against the contract, for whoever writes one."""

from collections.abc import Iterator

from portalsync.conformance.checks import CHECKS
from portalsync.lexicon import Lexicon
from portalsync.model.conformance import Weight
from portalsync.views.reference.markdown import code, page, plain, table

_INTRO = """\
# Checks

What `portalsync backend check URL` holds a portal against, in its order. Each check is one demand of
[the contract](../contract.md); one that fails says what was asked, what was expected and what came.

Checks that *write* are made on the firm that `--firm` names, and what stood there is put back. What is
*optional* a portal can do without: then the check is skipped. What is there has to be right.
"""


def checks(lexicon: Lexicon) -> str:
    return page(_INTRO, table(("check", "what the contract demands", "section", ""), _rows(lexicon)))


def _rows(lexicon: Lexicon) -> Iterator[tuple[str, str, str, str]]:
    for check in CHECKS:
        section = f"[{check.section}](../contract.md#{_anchor(check.section)})"
        marks = [
            *(["optional"] if check.weight is Weight.OPTIONAL else []),
            *(["writes"] if check.writes else []),
        ]
        yield code(check.code), plain(lexicon.say(check.demand)), section, ", ".join(marks)


def _anchor(heading: str) -> str:
    return heading.lower().replace("'", "").replace(" ", "-")
