"""A portal for each example, and the round: load, plan, apply, look."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.laws.layers import FIRM, Layers, folder, resolved
from tests.laws.worlds import World, fitting

from portalsync.apply.fresh import check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.protocol import Backend, Seed
from portalsync.commits import Commit, Committed, Conditional
from portalsync.living.back import to_generation
from portalsync.model.edit import Edit
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import PLACES
from portalsync.model.plan import Plan
from portalsync.model.receipt import Outcome
from portalsync.model.settings import Settings, differing
from portalsync.pipeline.rollback import Backwards, plan_rollback
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.survey import survey
from portalsync.pipeline.surveyed import Survey
from portalsync.portal.links import page_file
from portalsync.server.in_process import open_embedded
from portalsync.wire import Origin

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""What the portal's clock says; pages and plans are asked for at the world's own instant."""


@contextmanager
def portal(world: World) -> Iterator[Backend]:
    """A portal on which the world's past has happened."""
    with empty_portal(world) as backend:
        _live_through(world, backend)
        yield backend


@contextmanager
def portal_with_other_facts(world: World, known: JSONObject) -> Iterator[Backend]:
    """The same, but afterwards the portal's facts became others."""
    with _empty_database() as database:
        with _opened(world, database) as backend:
            _live_through(world, backend)
        with _opened(replace(world, facts=known), database) as backend:
            yield backend


def _live_through(world: World, backend: Backend) -> None:
    if world.before is not None:
        apply(made_plan(world, world.before, backend), backend)
    if world.edits is not None:
        edit(world.edits, backend)


@contextmanager
def empty_portal(world: World) -> Iterator[Backend]:
    with _empty_database() as database, _opened(world, database) as backend:
        yield backend


@contextmanager
def _empty_database() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        database = Path(folder) / "portal.db"
        shutil.copy(_migrated(), database)
        yield database


@contextmanager
def _opened(world: World, database: Path) -> Iterator[Backend]:
    clients = {str(each["id"]): each for each in world.personas}
    backend = open_embedded(database, Seed({FIRM: world.facts}, clients), lambda: NOW)
    try:
        yield backend
    finally:
        backend.close()


@cache
def _kept() -> "TemporaryDirectory[str]":
    return TemporaryDirectory()


@cache
def _migrated() -> Path:
    """An empty portal's database, to copy: migrating one takes longer than everything else."""
    path = Path(_kept().name) / "empty.db"
    open_embedded(path).close()
    return path


def edit(layers: Layers, backend: Backend) -> None:
    """Somebody sets by hand what the layers say, as far as the portal lets them."""
    live = backend.state(FIRM)
    desired, _ = resolved(layers)
    for section in sorted({path.partition(".")[0] for path in desired.values}):
        wanted = {path: value for path, value in desired.settings().items() if path.startswith(f"{section}.")}
        writes = tuple(Edit.between(path, live.settings, wanted) for path in wanted)
        commit = Commit(Origin.PORTAL, "somebody", "", {}, writes, ())
        backend.commit([Conditional(FIRM, live.generation, f"edit {section}", commit)])
        live = backend.state(FIRM)


def respell(backend: Backend) -> None:
    """Somebody saves everything in the portal as it is, and the portal has its own way of writing it."""
    live = backend.state(FIRM)
    settings = {path: _respelt(path, value) for path, value in live.settings.items()}
    writes = tuple(Edit.between(path, live.settings, settings) for path in differing(live.settings, settings))
    commit = Commit(Origin.PORTAL, "somebody", "", {}, writes, ())
    answers = backend.commit([Conditional(FIRM, live.generation, "respell", commit)]) if writes else ()
    assert all(isinstance(answer, Committed) for answer in answers), answers


def _respelt(path: str, value: JSON) -> JSON:
    if path.endswith(".audience") and isinstance(value, dict):
        return {key: [*reversed(tags)] for key, tags in value.items() if isinstance(tags, list)}
    if path.endswith(".body") and isinstance(value, dict):
        # As long as before: the longest texts stay within their limit.
        return {key: str(text).replace(" \n", "\r\n") for key, text in value.items()}
    return value.upper() if path == "profile.accent_color" and isinstance(value, str) else value


def loaded(files: Mapping[str, JSON]) -> Survey:
    return survey(folder(files))


def made_plan(world: World, layers: Layers, backend: Backend) -> Plan:
    """The plan for what of the layers can be applied."""
    wanted = fitting(layers, world.facts, backend.state(FIRM).settings, world.at)
    return make_plan(loaded(world.files(wanted)), backend, "local", world.at)


def apply(plan: Plan, backend: Backend) -> None:
    receipt = apply_plan(check_fresh(plan, backend), backend, "tester")
    assert [firm.outcome for firm in receipt.firms] == [Outcome.COMMITTED for _ in plan.firms], receipt


def part_of(plan: Plan) -> FirmPlan | None:
    """The firm's part of the plan, if it is in it."""
    return next((firm for firm in plan.firms if firm.id == FIRM), None)


def rollback(world: World, backend: Backend, generation: int) -> Plan:
    """The plan that takes the firm back to a generation; no file says anything of it."""
    backwards = Backwards([FIRM], 1, to_generation(generation))
    return plan_rollback(loaded(world.files(Layers())), backend, "local", world.at, backwards)


@dataclass(frozen=True)
class Seen:
    """Everything of a portal that anyone can see at an instant."""

    settings: Settings
    pages: Mapping[tuple[str, str, str], bytes]


def look(world: World, backend: Backend) -> Seen:
    pages = {
        (str(each["id"]), locale, page_file(place)): backend.page(
            FIRM, str(each["id"]), locale, page_file(place), world.at
        )
        for each in world.personas
        for locale in ("en", "de")
        for place in PLACES
    }
    return Seen(backend.state(FIRM).settings, pages)
