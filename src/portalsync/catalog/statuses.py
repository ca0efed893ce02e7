"""What clients read of jobs: statuses, and the steps of pipelines that move to them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from portalsync.catalog.kinds.audience import audience
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN, LONGEST_IDENTIFIER, Pattern
from portalsync.catalog.kinds.localized import LocalizedText
from portalsync.catalog.option import Authority, Field, ListField, audience_field
from portalsync.model.facts import Pipeline
from portalsync.model.page import Audience, Situation, View
from portalsync.model.persona import Job
from portalsync.model.remembered import Remembered
from portalsync.model.settings import Scope

HIDDEN = "hidden"
LONGEST_NAME = 60
LONGEST_DESCRIPTION = 200

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

JOB_STATUSES = ListField(
    "job_statuses",
    description="The firm's own job statuses by their id on the portal: what clients read once a job is "
    "given one, whatever its stage shows.",
    fields=(SHOW, AUDIENCE),
    authority=Authority.ADDITIVE,
)

PIPELINES = ListField(
    "work_in_progress.pipelines",
    description="Pipelines by their id on the portal.",
    fields=(STAGES, JOB_STATUSES),
    authority=Authority.ADDITIVE,
    where="pipelines",
)


Step: TypeAlias = tuple[str, str]
"""A stage or a job status: the name of its list, and its id. Both may be called alike."""


def status_of(view: View, job: Job) -> str:
    """The id of the status that this client reads for a job; empty when the job is not shown. What was done
    last counts: where the job stands, somebody set one by hand, or gave it a job status.
    """
    last = job.status or next(_moves(view, job), HIDDEN)
    return "" if last == HIDDEN else last


def _moves(view: View, job: Job) -> Iterator[str]:
    """The statuses to which its pipeline moved it for this client, the latest first."""
    shows = _shown(view.settings.entries(PIPELINES)).get(job.pipeline, {})
    steps = [(JOB_STATUSES.name, job.job_status), *((STAGES.name, stage) for stage in reversed(job.stages))]
    for status, meant in (shows[step] for step in steps if step in shows):
        if meant.admits(view.persona.tags):
            yield status


def steps_of(pipeline: Scope) -> Iterator[tuple[Step, Scope]]:
    for each in (STAGES, JOB_STATUSES):
        yield from (((each.name, entry.id), entry) for entry in pipeline.entries(each))


def _shown_of(pipelines: Sequence[Scope]) -> Mapping[str, Mapping[Step, tuple[str, Audience]]]:
    """The ids of statuses and whom they are for, by pipeline and step."""
    return {
        each.id: {step: (entry[SHOW], audience(entry[AUDIENCE])) for step, entry in steps_of(each)}
        for each in pipelines
    }


_shown = Remembered(_shown_of, 20)
"""Of a firm, the same for all of its clients."""


def jobs(case: Situation) -> Iterator[Job]:
    """A job at every stage and with every job status that has a word for clients, as far as the portal knows
    them. For each status that no pipeline shows to everyone, one for which somebody set it by hand.
    """
    shown = set()
    for pipeline in case.settings.entries(PIPELINES):
        known = case.facts.pipeline(pipeline.id)
        for (of, name), entry in steps_of(pipeline) if known else ():
            if known and name in KNOWN[of](known):
                yield _job(known, of, name)
                shown |= set() if entry[AUDIENCE] else {entry[SHOW]}
    for any_of in case.facts.pipelines[:1]:
        by_hand = (each.id for each in case.settings.entries(STATUSES) if each.id not in shown)
        yield from (Job(any_of.name, any_of.id, (), status=status) for status in by_hand)


def _job(pipeline: Pipeline, of: str, name: str) -> Job:
    if of == JOB_STATUSES.name:
        return Job(pipeline.name, pipeline.id, (), job_status=name)
    return Job(pipeline.name, pipeline.id, pipeline.stages[: pipeline.stages.index(name) + 1])


KNOWN: Mapping[str, Callable[[Pipeline], Sequence[str]]] = {
    STAGES.name: lambda pipeline: pipeline.stages,
    JOB_STATUSES.name: lambda pipeline: pipeline.job_statuses,
}
"""What the portal knows of a pipeline, by the list that speaks of it."""
