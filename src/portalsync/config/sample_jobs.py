"""What the jobs of sample clients name, held against what firms have."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from portalsync.catalog.statuses import HIDDEN, JOB_STATUSES, KNOWN, STAGES, STATUSES
from portalsync.config.validate import ValidConfig
from portalsync.config.yaml import Path
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import phrase
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.persona import Persona
from portalsync.suggest import did_you_mean

_PIPELINE, _STAGE, _JOB_STATUS, _STATUS = _KINDS = "pipeline", "stage", "job-status", "status"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """What a job names: one of the portal's pipelines, one of the stages or job statuses in it, or a status
    for clients, which stands in no pipeline. Without an id: anything of this kind at all.
    """

    kind: str
    id: str = ""
    pipeline: str = ""


def names(config: ValidConfig) -> Sequence[Name]:
    """All that sample clients name, and each kind, sorted."""
    known = config.remembered.get(("names of jobs",))
    if not isinstance(known, list):
        named = (name for persona in config.personas.values() for name, _ in _named(persona))
        known = sorted({*named, *map(Name, _KINDS)})
        config.remembered.keep(("names of jobs",), known)
    return known


def names_of_firm(config: ValidConfig, desired: Desired, facts: Facts | None) -> list[int]:
    """Which of `names` a firm has, by their place among them. Only what is in files is known of it."""
    has = {*_statuses(desired), *_steps(facts)}
    return [place for place, name in enumerate(names(config)) if name in has]


def unknown_jobs(config: ValidConfig, places: Collection[int]) -> Iterator[Diagnostic]:
    """What a sample client names and no firm has: no page shows such a job as it is meant. `places` are those
    of the names that any firm has. A kind of which no firm's files tell is no finding.
    """
    all_names = names(config)
    known = {all_names[place] for place in places}
    for key, persona in config.personas.items():
        parsed = config.persona_documents[key].parsed
        for name, at in _named(persona):
            within = name.pipeline and Name(_PIPELINE, name.pipeline) not in known
            if Name(name.kind) in known and name not in known and not within:
                yield _unknown(name, known, parsed.value_position(at))


def _unknown(name: Name, known: Collection[Name], position: Position) -> Diagnostic:
    ids = [each.id for each in known if (each.kind, each.pipeline) == (name.kind, name.pipeline)]
    hint = "hint-status" if name.kind == _STATUS else "hint"
    return Diagnostic(
        "sample-job-unknown",
        phrase(f"findings.sample-job-unknown.{name.kind}", id=name.id, pipeline=name.pipeline),
        position,
        Severity.WARNING,
        hint=did_you_mean(name.id, ids) or phrase(f"findings.sample-job-unknown.{hint}"),
    )


def _named(persona: Persona) -> Iterator[tuple[Name, Path]]:
    """With where it stands in the persona's file."""
    for index, job in enumerate(persona.jobs):
        at = ("jobs", index)
        yield Name(_PIPELINE, job.pipeline), (*at, "pipeline")
        for place, stage in enumerate(job.stages):
            yield Name(_STAGE, stage, job.pipeline), (*at, "stages", place)
        if job.job_status:
            yield Name(_JOB_STATUS, job.job_status, job.pipeline), (*at, "job_status")
        if job.status not in ("", HIDDEN):
            yield Name(_STATUS, job.status), (*at, "status")


def _statuses(desired: Desired) -> Iterator[Name]:
    before = len(STATUSES.path.split("."))
    for path in desired.values:
        if path.startswith(f"{STATUSES.path}."):
            yield from (Name(_STATUS), Name(_STATUS, path.split(".")[before]))


def _steps(facts: Facts | None) -> Iterator[Name]:
    if facts is None:
        return
    yield from map(Name, (_PIPELINE, _STAGE, _JOB_STATUS))
    for pipeline in facts.pipelines:
        yield Name(_PIPELINE, pipeline.id)
        for kind, of in ((_STAGE, STAGES), (_JOB_STATUS, JOB_STATUSES)):
            yield from (Name(kind, each, pipeline.id) for each in KNOWN[of.name](pipeline))
