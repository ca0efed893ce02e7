"""The workbench as HTML: the page around a portal's page, and what changed since the last apply."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from portalsync.diagnostics import Diagnostic, capped
from portalsync.editing.portal import Since
from portalsync.editing.workbench import Looked
from portalsync.lexicon import Foreign, Lexicon, Text, phrase
from portalsync.moments import moment
from portalsync.portal import templates
from portalsync.views.report import LONGEST_QUOTE, cut
from portalsync.views.wording.findings import notes
from portalsync.views.wording.plan import word_plan
from portalsync.visible import visible, visible_lines

SCRIPT = "editing/workbench.js"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding with its words; `before`, `marked` and `after` are its line in the file."""

    finding: Diagnostic
    severity: str
    message: str
    where: str
    line: int
    before: str
    marked: str
    after: str
    notes: Sequence[str]


def workbench_html(looked: Looked, lexicon: Lexicon) -> bytes:
    html = (
        templates.environment()
        .get_template(templates.WORKBENCH)
        .render(
            it=looked,
            t=lexicon,
            here=_problems(looked.here, lexicon),
            elsewhere=_problems(looked.elsewhere, lexicon),
            spoken=_spoken(lexicon),
            style=templates.trusted(templates.style_of(templates.WORKBENCH_STYLE)),
            script=templates.trusted(templates.script_of(SCRIPT)),
            policy=policy(),
        )
    )
    return templates.printable(html).encode()


def since_html(since: Since, lexicon: Lexicon) -> bytes:
    report = word_plan(replace(since.plan, left_out=0), lexicon) if since.plan else None
    html = (
        templates.environment()
        .get_template(templates.SINCE)
        .render(
            t=lexicon,
            report=report,
            is_behind=since.is_behind,
            name=next((each.name for each in since.plan.firms), "") if since.plan else "",
            applied=_applied(since, lexicon) if report else "",
            why=_problems(since.why, lexicon),
            spans=lambda text: [*_spans(text, lexicon)],
            quote=lambda text: cut(text, LONGEST_QUOTE, lexicon),
        )
    )
    return templates.printable(html).encode()


@cache
def policy() -> str:
    """Nothing but this script and this style; pages of this site in its frame, answers of this site."""
    return (
        f"default-src 'none'; script-src {templates.source_of(templates.script_of(SCRIPT))}; "
        f"style-src {templates.source_of(templates.style_of(templates.WORKBENCH_STYLE))}; "
        "connect-src 'self'; frame-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"
    )


def _spoken(lexicon: Lexicon) -> Mapping[str, str]:
    """What the script says."""
    return {
        name: lexicon.messages[f"workbench.{name}"] for name in ("asking", "leads_to", "lost", "no_answer")
    }


def _problems(findings: Sequence[Diagnostic], lexicon: Lexicon) -> Sequence[Problem]:
    return [_problem(each, lexicon) for each in capped(findings)]


def _problem(finding: Diagnostic, lexicon: Lexicon) -> Problem:
    position = finding.position
    end = position.marked + max(1, position.length)
    before, marked = position.source[: position.marked], position.source[position.marked : end]
    return Problem(
        finding,
        lexicon(f"problems.{finding.severity}"),
        visible(lexicon.say(finding.message)),
        visible(str(position)),
        position.line,
        visible_lines(before),
        visible_lines(marked) or " ",
        visible_lines(position.source[end:]),
        [*notes(finding, lexicon)],
    )


def _applied(since: Since, lexicon: Lexicon) -> str:
    if since.applied is None:
        return lexicon("workbench.never_applied")
    at = moment(since.applied.at)
    return visible(lexicon.say(phrase("workbench.applied", at=at, actor=Foreign(since.applied.actor))))


def _spans(text: Text, lexicon: Lexicon) -> Iterator[tuple[str, bool]]:
    """Each piece, and whether somebody else wrote it."""
    for part in lexicon.spans(text):
        if isinstance(part, Foreign):
            yield lexicon.plain(replace(part, text=visible(part.text))), True
        else:
            yield part, False
