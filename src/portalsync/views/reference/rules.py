"""The rules that hold over a firm's settings and facts, for whoever writes a portal."""

from collections.abc import Iterator

from portalsync.catalog import SECTIONS
from portalsync.diagnostics import Severity
from portalsync.lexicon import Lexicon
from portalsync.views.codes import explanations
from portalsync.views.reference.markdown import code, page, plain, table

_INTRO = """\
# Rules

What holds over a firm's settings in force and its facts, beyond what each value may be. An *error* stops a
plan, and a portal refuses the commit that newly breaks the rule
(step 7 of [the contract](../contract.md#committing)): 422 `invalid-settings`, with `<code>: <path>` in
`detail`. A *warning* is told and stops nothing; a portal need not know it.

For each rule there is a file of golden cases, `schemas/golden/rules/<code>.json`: settings, facts and an
instant, and all the rules that they break, with the path that is to blame. Run them as tests of your portal.
"""


def rules(lexicon: Lexicon) -> str:
    return page(_INTRO, table(("code", "option", "severity", "what it says"), _rows(lexicon)))


def _rows(lexicon: Lexicon) -> Iterator[tuple[str, str, str, str]]:
    meanings = explanations(lexicon.locale)
    for option in SECTIONS:
        for rule in sorted(option.rules, key=lambda rule: rule.severity is not Severity.ERROR):
            name = f"[{code(rule.code)}](error-codes.md#{rule.code})"
            link = f"[{code(option.key)}](options/{option.key}.md)"
            yield name, link, lexicon(f"problems.{rule.severity}"), plain(meanings[rule.code].meaning)
