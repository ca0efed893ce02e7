"""The status of each job, in words for clients, moved by the pipeline."""

from collections.abc import Iterator, Mapping, Sequence

from portalsync.catalog.kinds.basic import Switch
from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.option import Block, Field, Hide, ListField, Option, Reads, Rule, Violation
from portalsync.catalog.profile import LOCALES
from portalsync.catalog.statuses import (
    DESCRIPTION,
    HIDDEN,
    JOB_STATUSES,
    KNOWN,
    NAME,
    PIPELINES,
    SHOW,
    STAGES,
    STATUSES,
    Step,
    jobs,
    status_of,
    steps_of,
)
from portalsync.diagnostics import Severity
from portalsync.model.page import MOBILE_HOME, WEB_HOME, Content, Line, Shape, Situation, View
from portalsync.model.persona import Job
from portalsync.model.remembered import Remembered
from portalsync.model.settings import Scope

ENABLED = Field(
    "work_in_progress.enabled",
    Switch(),
    default=False,
    description="Clients see how far their jobs are.",
    examples=(True, False),
    rejects=("yes", 2),
)


def _by_id_of(entries: Sequence[Scope]) -> Mapping[str, Scope]:
    return {each.id: each for each in entries}


_by_id = Remembered(_by_id_of, 20)
"""Of a firm, the same for all of its clients."""


_KINDS = {STAGES.name: "stage", JOB_STATUSES.name: "job_status"}
"""What there is in a pipeline."""


def _visible(view: View) -> list[tuple[Job, Scope]]:
    statuses = _by_id(view.settings.entries(STATUSES))
    jobs = [(job, status_of(view, job)) for job in view.persona.jobs if view.facts.pipeline(job.pipeline)]
    return [(job, statuses[status]) for job, status in jobs if status in statuses]


def _content(view: View) -> Content:
    fallback = view.settings[LOCALES][0]
    lines = []
    for job, status in _visible(view):
        name, lang = localized(status[NAME], view.locale, fallback)
        text, _ = localized(status[DESCRIPTION], view.locale, fallback)
        title, _ = localized(job.name, view.locale, fallback)
        lines.append(Line(title, text=text, meta=name, lang="" if lang == view.locale else lang))
    return Content(lines=tuple(lines))


def _path(pipeline: Scope, step: Step) -> str:
    """Where the settings have what a step shows."""
    return ".".join((PIPELINES.path, pipeline.id, *step, SHOW.path))


def _status_unknown(case: Situation) -> Iterator[Violation]:
    known = [*(status.id for status in case.settings.entries(STATUSES)), HIDDEN]
    for pipeline in case.settings.entries(PIPELINES):
        for step, entry in steps_of(pipeline):
            if (status := entry[SHOW]) not in known:
                yield Violation(_path(pipeline, step), (("id", status), ("known", ", ".join(known))))


def _stage_unknown(case: Situation) -> Iterator[Violation]:
    return _unknown(case, STAGES)


def _job_status_unknown(case: Situation) -> Iterator[Violation]:
    return _unknown(case, JOB_STATUSES)


def _unknown(case: Situation, of: ListField) -> Iterator[Violation]:
    for pipeline in case.settings.entries(PIPELINES):
        known = case.facts.pipeline(pipeline.id)
        names = [each.id for each in case.facts.pipelines] if known is None else KNOWN[of.name](known)
        for entry in pipeline.entries(of):
            if known is None or entry.id not in names:
                named = pipeline.id if known is None else f"{pipeline.id}/{entry.id}"
                path, what = _path(pipeline, (of.name, entry.id)), _KINDS[of.name]
                missing = ("pipeline" if known is None else what, named)
                yield Violation(path, (("id", named), ("known", ", ".join(names) or "-")), missing=missing)


def _no_status(case: Situation) -> Iterator[Violation]:
    if case.settings[ENABLED] and not case.settings.entries(STATUSES):
        yield Violation(ENABLED.path)


def _reserved(case: Situation) -> Iterator[Violation]:
    if any(status.id == HIDDEN for status in case.settings.entries(STATUSES)):
        yield Violation(f"{STATUSES.path}.{HIDDEN}.{NAME.path}")


def _locale_missing(case: Situation) -> Iterator[Violation]:
    for status in case.settings.entries(STATUSES):
        for locale in case.settings[LOCALES]:
            if locale not in status[NAME]:
                path = f"{STATUSES.path}.{status.id}.{NAME.path}"
                yield Violation(path, (("id", status.id), ("locale", locale)))


OPTION = Option(
    key="work_in_progress",
    since="0.1.0",
    description="*Work in progress*: clients see how far their jobs are.",
    fields=(ENABLED, STATUSES, PIPELINES),
    where="statuses",
    blocks=(
        Block(
            "section",
            Shape.SECTION,
            (WEB_HOME, MOBILE_HOME),
            hide=(
                Hide("off", lambda view: not view.settings[ENABLED]),
                Hide("no_jobs", lambda view: not _visible(view)),
            ),
            content=_content,
            reads=Reads(client=("jobs", "tags"), facts=("pipelines",), settings=(LOCALES,)),
        ),
    ),
    rules=(
        Rule("status-unknown", Severity.ERROR, _status_unknown),
        Rule("stage-unknown", Severity.ERROR, _stage_unknown, finds_missing=True),
        Rule("job-status-unknown", Severity.ERROR, _job_status_unknown, finds_missing=True),
        Rule("work-in-progress-no-status", Severity.ERROR, _no_status),
        Rule("status-reserved", Severity.ERROR, _reserved),
        Rule("status-locale-missing", Severity.WARNING, _locale_missing),
    ),
    jobs=jobs,
)
