"""How commands end, and what findings are called."""

from collections.abc import Iterator

from portalsync.catalog import SECTIONS
from portalsync.errors import ExitCode
from portalsync.views.codes import Explanation, explanations
from portalsync.views.reference.markdown import code, fenced, page, plain, table

_INTRO = """\
# Error codes

The code of a finding stands in its brackets: `error[schema-type]`. `portalsync explain-error` says the same
as this page.
"""


def exit_codes() -> str:
    rows = [(code(str(each.value)), str(each.meaning)) for each in ExitCode]
    return page(
        "# Exit codes",
        "How a command ends. The format that it prints in never changes it.",
        table(("code", "meaning"), rows),
    )


def error_codes() -> str:
    known = explanations("en").values()
    index = table(
        ("code", "means"), ((f"[{code(each.code)}](#{each.code})", plain(each.title)) for each in known)
    )
    return page(_INTRO, index, *(part for each in known for part in _code(each)))


def _code(each: Explanation) -> Iterator[str]:
    place = f", in {code(each.file)}" if each.file else ""
    language = "yaml" if each.file else "text"
    yield f"## {each.code}"
    yield plain(each.meaning)
    yield f"Wrong{place}:"
    yield fenced(each.wrong, language)
    yield "Right:"
    yield fenced(each.right, language)
    yield f"What to do: {plain(each.remedy)}"
    yield from (
        f"A rule of [{option.key}](options/{option.key}.md#{each.code})."
        for option in SECTIONS
        if each.code in {rule.code for rule in option.rules}
    )
