"""How commands end, and what findings are called."""

from portalsync.catalog import SECTIONS
from portalsync.errors import ExitCode
from portalsync.model.lexicon import Lexicon
from portalsync.views.reference.markdown import code, page, table
from portalsync.views.reference.options import rule_words


def exit_codes() -> str:
    rows = [(code(str(each.value)), each.meaning) for each in ExitCode]
    return page(
        "# Exit codes",
        "How a command ends. The format that it prints in never changes it.",
        table(("code", "meaning"), rows),
    )


def error_codes(words: Lexicon) -> str:
    rows = [
        (
            f"[{code(rule.code)}](options/{option.key}.md#{rule.code})",
            str(rule.severity),
            rule_words(words, rule, "message"),
        )
        for option in SECTIONS
        for rule in option.rules
    ]
    return page("# Error codes", "## Rules of options", table(("code", "severity", "says"), rows))
