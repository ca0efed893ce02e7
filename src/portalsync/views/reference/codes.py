"""How commands end, and what findings are called."""

from collections.abc import Iterator

from portalsync.catalog import SECTIONS
from portalsync.errors import ExitCode
from portalsync.lexicon import Lexicon
from portalsync.views.codes import Explanation, explanations
from portalsync.views.reference.markdown import code, fenced, page, plain, table


def exit_codes(lexicon: Lexicon) -> str:
    rows = [(code(str(each.value)), lexicon.say(each.meaning)) for each in ExitCode]
    head = (lexicon("reference.codes.code"), lexicon("reference.exits.meaning"))
    return page(f"# {lexicon('reference.exits.title')}", lexicon("reference.exits.body"), table(head, rows))


def error_codes(lexicon: Lexicon) -> str:
    known = explanations(lexicon.locale).values()
    index = table(
        (lexicon("reference.codes.code"), lexicon("reference.codes.means")),
        ((f"[{code(each.code)}](#{each.code})", plain(each.title)) for each in known),
    )
    title, intro = f"# {lexicon('reference.codes.title')}", lexicon("reference.codes.body")
    return page(title, intro, index, *(part for each in known for part in _code(each, lexicon)))


def _code(each: Explanation, lexicon: Lexicon) -> Iterator[str]:
    language = "yaml" if each.file else "text"
    yield f"## {each.code}"
    yield plain(each.meaning)
    wrong, right = (lexicon(f"problems.{name}") for name in ("wrong", "right"))
    yield (
        lexicon("reference.codes.in", what=wrong, file=code(each.file))
        if each.file
        else lexicon("reference.codes.plain", what=wrong)
    )
    yield fenced(each.wrong, language)
    yield lexicon("reference.codes.plain", what=right)
    yield fenced(each.right, language)
    yield lexicon("reference.codes.remedy", remedy=plain(each.remedy))
    yield from (
        lexicon("reference.codes.rule", option=f"[{option.key}](options/{option.key}.md#{each.code})")
        for option in SECTIONS
        if each.code in {rule.code for rule in option.rules}
    )
