"""The status of each job, in words for clients, moved by the pipeline."""

from collections.abc import Iterator, Mapping, Sequence

from portalsync.catalog.kinds.audience import audience
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN, LONGEST_IDENTIFIER, Pattern, Switch
from portalsync.catalog.kinds.localized import LocalizedText, localized
from portalsync.catalog.option import (
    Authority,
    Block,
    Field,
    Hide,
    ListField,
    Option,
    Reads,
    Rule,
    Violation,
    audience_field,
)
from portalsync.catalog.profile import LOCALES
from portalsync.diagnostics import Severity
from portalsync.model.page import MOBILE_HOME, WEB_HOME, Audience, Content, Line, Shape, Situation, View
from portalsync.model.persona import Job
from portalsync.model.remembered import Remembered
from portalsync.model.settings import Scope

HIDDEN = "hidden"
LONGEST_NAME = 60
LONGEST_DESCRIPTION = 200

ENABLED = Field(
    "work_in_progress.enabled",
    Switch(),
    default=False,
    description="Clients see how far their jobs are.",
    examples=(True, False),
    rejects=("yes", 2),
)

NAME = Field(
    "name",
    LocalizedText(LONGEST_NAME),
    default={},
    description="What clients read, in each language of the firm.",
    examples=({"en": "In review", "de": "Wird geprüft"},),
    rejects=({}, "In review", {"en": "x" * (LONGEST_NAME + 1)}),
    required=True,
)

DESCRIPTION = Field(
    "description",
    LocalizedText(LONGEST_DESCRIPTION),
    default={},
    description="One sentence of explanation, in each language of the firm.",
    examples=({"en": "A colleague checks the return.", "de": "Die Erklärung wird gegengelesen."},),
    rejects=({"en": "x" * (LONGEST_DESCRIPTION + 1)}, 7),
)

STATUSES = ListField(
    "work_in_progress.statuses",
    description="The statuses that clients can read. The portal's internal ones never reach them.",
    fields=(NAME, DESCRIPTION),
    authority=Authority.AUTHORITATIVE,
    limit=30,
    ids=Pattern("status-id", f"^(?!{HIDDEN}$){IDENTIFIER_PATTERN[1:]}", LONGEST_IDENTIFIER),
)

SHOW = Field(
    "show",
    Pattern("status", IDENTIFIER_PATTERN, LONGEST_IDENTIFIER),
    default="",
    description="The status that clients read from this stage on: the id of a status, or `hidden`.",
    examples=("in-review", "hidden"),
    rejects=("In review", "", True),
    required=True,
    refers_to=STATUSES.path,
)

AUDIENCE = audience_field("audience")

STAGES = ListField(
    "stages",
    description="Stages by their id on the portal. A stage that is not named leaves the last status; one "
    "with an `audience` leaves it for all other clients.",
    fields=(SHOW, AUDIENCE),
    authority=Authority.ADDITIVE,
)

PIPELINES = ListField(
    "work_in_progress.pipelines",
    description="Pipelines by their id on the portal.",
    fields=(STAGES,),
    authority=Authority.ADDITIVE,
)


def status_of(view: View, job: Job) -> str:
    """The id of the status that this client reads for a job; empty when the job is not shown."""
    last = next(_moves(view, job), HIDDEN)
    return "" if last == HIDDEN else last


def _moves(view: View, job: Job) -> Iterator[str]:
    """The statuses to which its stages moved it for this client, the latest first."""
    shows = _shown(view.settings.entries(PIPELINES)).get(job.pipeline, {})
    for status, meant in (shows[stage] for stage in reversed(job.stages) if stage in shows):
        if meant.admits(view.persona.tags):
            yield status


def _shown_of(pipelines: Sequence[Scope]) -> Mapping[str, Mapping[str, tuple[str, Audience]]]:
    """The ids of statuses and whom they are for, by pipeline and stage."""
    return {
        each.id: {stage.id: (stage[SHOW], audience(stage[AUDIENCE])) for stage in each.entries(STAGES)}
        for each in pipelines
    }


def _by_id_of(entries: Sequence[Scope]) -> Mapping[str, Scope]:
    return {each.id: each for each in entries}


_shown, _by_id = Remembered(_shown_of, 20), Remembered(_by_id_of, 20)
"""Of a firm, the same for all of its clients."""


def jobs(case: Situation) -> Iterator[Job]:
    """A job at every stage that has a word for clients, as far as the portal knows the stage."""
    for pipeline in case.settings.entries(PIPELINES):
        known = case.facts.pipeline(pipeline.id)
        for stage in pipeline.entries(STAGES) if known else ():
            if known and stage.id in known.stages:
                yield Job(known.name, known.id, known.stages[: known.stages.index(stage.id) + 1])


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


def _path(pipeline: Scope, stage: Scope) -> str:
    """Where the settings have what a stage shows."""
    return f"{PIPELINES.path}.{pipeline.id}.{STAGES.path}.{stage.id}.{SHOW.path}"


def _status_unknown(case: Situation) -> Iterator[Violation]:
    known = [*(status.id for status in case.settings.entries(STATUSES)), HIDDEN]
    for pipeline in case.settings.entries(PIPELINES):
        for stage in pipeline.entries(STAGES):
            if (status := stage[SHOW]) not in known:
                yield Violation(_path(pipeline, stage), (("id", status), ("known", ", ".join(known))))


def _stage_unknown(case: Situation) -> Iterator[Violation]:
    for pipeline in case.settings.entries(PIPELINES):
        known = case.facts.pipeline(pipeline.id)
        for stage in pipeline.entries(STAGES):
            if known is None:
                pipelines = ", ".join(each.id for each in case.facts.pipelines)
                yield Violation(_path(pipeline, stage), (("id", pipeline.id), ("known", pipelines or "-")))
            elif stage.id not in known.stages:
                named = f"{pipeline.id}/{stage.id}"
                yield Violation(_path(pipeline, stage), (("id", named), ("known", ", ".join(known.stages))))


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
        Rule("stage-unknown", Severity.ERROR, _stage_unknown),
        Rule("work-in-progress-no-status", Severity.ERROR, _no_status),
        Rule("status-reserved", Severity.ERROR, _reserved),
        Rule("status-locale-missing", Severity.WARNING, _locale_missing),
    ),
    jobs=jobs,
)
