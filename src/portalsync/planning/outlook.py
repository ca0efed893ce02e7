"""A firm before and after a change, and whose pages are looked at, when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Option
from portalsync.catalog.profile import LOCALES
from portalsync.model.page import Situation
from portalsync.model.persona import NOBODY, Job, Persona
from portalsync.planning.compared import Compared, compared
from portalsync.planning.reach import Readers
from portalsync.portal.answers import Answers, Itself, tags_in
from portalsync.portal.classes import Classes, Clients, Common
from portalsync.portal.variants import MOST_INSTANTS, coming


@dataclass(eq=False)
class Outlook:
    before: Classes
    after: Classes
    personas: tuple[Persona, ...]

    _compared: dict[str, Compared] = field(default_factory=dict)

    def compared(self, option: Option) -> Compared:
        if option.key not in self._compared:
            self._compared[option.key] = compared(self.before.answers(option), self.after.answers(option))
        return self._compared[option.key]

    @cached_property
    def readers(self) -> Readers:
        situation = self.after.situation
        return Readers(situation.facts, situation.settings[LOCALES][0])

    @cached_property
    def coming(self) -> Sequence[datetime]:
        """All instants ahead at which pages change by themselves."""
        return coming(self.before.situation.at, (*self.before.instants(), *self.after.instants()))

    @cached_property
    def instants(self) -> Sequence[datetime]:
        """Now, and those that are looked at."""
        return [self.before.situation.at, *self.coming[:MOST_INSTANTS]]

    @cached_property
    def samples(self) -> Clients:
        """The personas, and bare clients: those of whom only language and tags are known, for clients that
        are like no persona. Only those tags make a difference that an audience names. Each has a twin
        with every job that an option tells clients of, wherever that job may stand; another one with those
        whose status was set by hand, who would hide from the first one what the pipelines do.
        """
        sides = [side.answers(option) for side in (self.before, self.after) for option in DEFINITIONS]
        kinds = self.readers.kinds(tags_in(each for side in sides for each in side.audiences))
        bare = [_bare(frozenset(tags), locale) for tags, locale in kinds]
        jobs = _jobs(tuple(side for side in sides if side.jobs))
        twins = [
            replace(each, id=f"{each.id}+{name}", jobs=some) for name, some in jobs.items() for each in bare
        ]
        common = _common(tuple(map(Itself, self.personas)), tuple(kinds), len(twins))
        return Clients(self.personas, (*bare, *twins), common)


def outlook(before: Situation, after: Situation, personas: Iterable[Persona]) -> Outlook:
    return Outlook(Classes(before), Classes(after), tuple(personas))


def _kind(job: Job) -> tuple[object, ...]:
    """All but the name."""
    return job.pipeline, job.stages, job.job_status, job.status


@lru_cache
def _jobs(sides: Sequence[Answers]) -> Mapping[str, tuple[Job, ...]]:
    """For each sort of twin."""
    found: dict[str, dict[object, Job]] = {"jobs": {}, "by-hand": {}}
    for job in (job for side in sides for job in side.jobs):
        found["by-hand" if job.status else "jobs"][_kind(job)] = job
    return {name: tuple(jobs.values()) for name, jobs in found.items() if jobs}


@lru_cache
def _common(personas: Sequence[Itself], kinds: Sequence[object], twins: int) -> Common:
    """What is the same for firms in which these are looked at; other firms share nothing with them."""
    del personas, kinds, twins
    return Common()


@lru_cache(1024)
def _bare(tags: frozenset[str], locale: str) -> Persona:
    name = f"({'+'.join(sorted(tags)) or '-'}, {locale})"
    return replace(NOBODY, id=name, tags=tags, locale=locale)
