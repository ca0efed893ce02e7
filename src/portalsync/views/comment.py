"""A plan as one comment in its pull request, and the same for the summary of a job."""

from collections.abc import Iterator
from itertools import chain

from portalsync.forge.marks import NOWHERE, Made, PlanMark
from portalsync.lexicon import Foreign, Lexicon, phrase
from portalsync.model.plan import Plan
from portalsync.model.substance import review_digest
from portalsync.views.fitting import Cut, Portion, entries_of, fitted
from portalsync.views.formats.markdown import code_block, markdown_item, markdown_text
from portalsync.views.report import Item, Report, Section
from portalsync.views.wording.plan import word_plan
from portalsync.visible import visible_lines

COMMENT_BUDGET = 60_000
SUMMARY_BUDGET = 900_000
"""Bytes. GitHub takes 65,536 characters for a comment and 1 MiB for a summary, and drops what is more."""

_LONGEST_HEAD = 2000


_MOST_LINES = 10
_LONGEST_REASON = 8000
TRAILER = "Portalsync-Ack"
"""What begins a line of a commit's message that accepts what a guardrail objects to."""


def plan_comment(plan: Plan, lexicon: Lexicon, preview: str = "", made: Made = NOWHERE) -> str:
    """The whole body. One line is to be seen of it when nothing changes."""
    mark = PlanMark.of(plan, made)
    line = f"{mark.line()}\n"
    if plan.is_quiet:
        return f"{line}✅ {_nothing(plan, lexicon)}\n"
    return line + _body(plan, mark.digest, lexicon, preview, COMMENT_BUDGET - len(line.encode()))


def failure_comment(environment: str, reason: str, lexicon: Lexicon, made: Made) -> str:
    """The body where a commit has no plan: what an earlier comment said holds no longer. `reason` is what the
    failed command wrote; its end is shown.
    """
    mark = PlanMark.without_plan(environment, made)
    which = "title" if environment else "nowhere"
    title = phrase(f"comment.failed.{which}", environment=Foreign(environment), commit=Foreign(made.head))
    lines = [mark.line(), f"## ⚠️ {markdown_text(title, lexicon)}", "", lexicon("comment.failed.what"), ""]
    end = visible_lines(reason.strip())[-_LONGEST_REASON:]
    return "\n".join([*lines, *code_block(end.splitlines())]) + "\n"


def plan_summary(plan: Plan, lexicon: Lexicon, preview: str = "") -> str:
    """The same without its mark, and with more room."""
    return _body(plan, review_digest(plan), lexicon, preview, SUMMARY_BUDGET)


def _body(plan: Plan, review: str, lexicon: Lexicon, preview: str, budget: int) -> str:
    report = word_plan(plan, lexicon)
    # How many firms change, how many are stopped, and that a guardrail objects.
    always = 1 + bool(plan.stopped) + bool(plan.guardrails)
    first, others = report.verdict[:always], report.verdict[always:]
    lines = [
        f"## {markdown_text(report.title, lexicon)}",
        "",
        *(_bold(item, lexicon) for item in first),
    ]
    rest = [_bold(item, lexicon) for item in others]
    too_long = sum(len(line.encode()) for line in rest) > _LONGEST_HEAD
    lines += [] if too_long else rest
    lines += _way_through(plan, lexicon)
    lines += ["", f"**[{lexicon('comment.preview')}]({preview})**"] if preview else []
    first_entries = entries_of((Section("", others),), lexicon) if too_long else ()
    entries = chain(first_entries, _entries(report, lexicon))
    return fitted("\n".join(lines), entries, _foot(review, lexicon), budget, cut_sentence(lexicon))


def _way_through(plan: Plan, lexicon: Lexicon) -> list[str]:
    """What to write into a commit's message where a guardrail objects."""
    lines = [f"{TRAILER}: {each.acknowledgement}" for each in plan.blocking[:_MOST_LINES]]
    return ["", lexicon("comment.acknowledge"), "", *code_block(lines)] if lines else []


def _bold(item: Item, lexicon: Lexicon) -> str:
    return "**" + "\n".join(markdown_item(item, lexicon)).removeprefix("- ") + "**  "


def _entries(report: Report, lexicon: Lexicon) -> Iterator[Portion]:
    """What clients notice stands open; the settings behind it open with a click."""
    settings = phrase("plan.changes")
    behind = False
    for section in report.sections:
        if section.title == settings:
            behind = True
        elif section.level == 1:
            behind = False
        yield from entries_of((section,), lexicon, lexicon("comment.settings") if behind else "")


def cut_sentence(lexicon: Lexicon) -> Cut:
    def sentence(shown: int, of: int) -> str:
        how_many = lexicon.count("comment.cut", shown, of=of)
        return f"\n> ✂️ **{how_many}** {lexicon('comment.cut_rest')}\n"

    return sentence


def _foot(review: str, lexicon: Lexicon) -> str:
    reviewed = phrase("comment.reviewed", digest=Foreign(review))
    return f"<sub>{markdown_text(reviewed, lexicon)}</sub>"


def _nothing(plan: Plan, lexicon: Lexicon) -> str:
    return markdown_text(phrase("comment.nothing", environment=Foreign(plan.environment)), lexicon)
