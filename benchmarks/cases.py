"""What is measured, in groups whose commands run in turns: a ratio is of figures of the same minutes."""

import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import peers
from benchmarks.fleet.network import restore, switch_all, switch_firms
from benchmarks.fleet.shared import EXAMPLE
from benchmarks.ground import (
    AT,
    FOLDER,
    PORTALSYNC,
    at_home,
    before,
    fleet,
    is_current,
    limit,
    mark_current,
    ours,
    saved,
)
from benchmarks.pages import previewing, serving
from benchmarks.results import is_kept, keep
from benchmarks.timing import Command, Failed, in_turns, measured

FEW = 10
EXAMPLE_FIRMS = 14
REVIEWED = 500
_STARTS = 21
_NOT_OF_THE_LARGEST = (*peers.CASES, "plan-all")
_MANY = 10_000
_MINUTES, _HOURS = 900, 7_200
"""After so many seconds a command is stopped: up to ten thousand firms, and above."""
_ROUNDS = ((99, 7), (9_999, 5), (99_999, 3), (sys.maxsize, 1))
_ROUNDS_OF_PEERS = ((999, 3), (9_999, 2), (10_000, 1))
"""Up to so many firms, so many rounds."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that belong together, and how they are measured with so many firms."""

    name: str
    cases: Sequence[str]
    measure: Callable[[int], None]
    firms: int = 0
    """The only size, where there is but one."""


def rounds(firms: int) -> int:
    """Of our own commands: fewer where one takes long."""
    return next(count for most, count in _ROUNDS if firms <= most)


def rounds_of_peers(firms: int) -> int:
    """None where they would take hours."""
    return next((count for most, count in _ROUNDS_OF_PEERS if firms <= most), 0)


def _bound(firms: int) -> float:
    return _MINUTES if firms <= _MANY else _HOURS


def run_group(group: Group, firms: int, *, again: bool) -> None:
    """Measure and keep, unless all of it was measured with this code."""
    cases = [case for case in group.cases if rounds_of_peers(firms) or case not in _NOT_OF_THE_LARGEST]
    if again or not all(is_kept(case, firms) for case in cases):
        sys.stderr.write(f"{group.name}, {firms:,} firms: {', '.join(cases)}\n")
        try:
            group.measure(firms)
        except Failed as error:
            sys.stderr.write(f"{error}\n")
            for case in cases:
                keep(case, firms, [], failure=f"{group.name} cannot be measured: {error}")


def _keep(
    firms: int,
    commands: Sequence[Command],
    extra: Mapping[str, Callable[[], Mapping[str, float]]] | None = None,
) -> None:
    """Of each command its runs, and what is to be counted once they are over."""
    for name, outcome in in_turns(commands, _bound(firms)).items():
        counted = (extra or {}).get(name)
        keep(name, firms, outcome.runs, counted() if counted and outcome.runs else {}, outcome.failure)
        sys.stderr.write(
            f"  {name}: {outcome.failure or ', '.join(f'{run.wall:.2f} s' for run in outcome.runs)}\n"
        )


def _validating(firms: int) -> None:
    config = fleet(firms)
    count, of_peers = rounds(firms), rounds_of_peers(firms)
    _forget_portal(config)
    changed = lambda: _change(config, 1)  # noqa: E731 - what each round puts in place
    commands = [
        ours("validate", config, "validate", home="validate", rounds=count),
        ours("validate-again", config, "validate", home="again", rounds=count, warm=True, prepare=changed),
        limit("limit-read", config, count),
        limit("limit-compose", config / "firms", count),
    ]
    if of_peers:
        commands += [peers.check_jsonschema(config, of_peers), peers.sourcemeta(config, of_peers)]
    _keep(firms, commands)
    restore(config, 1)


def _first_plans(firms: int) -> None:
    config = fleet(firms)
    plan = saved(config, "plan.json")
    _forget_portal(config)
    command = _first_plan("first-plan", config, 1 if firms >= _MANY else 2)
    _keep(firms, [command], {"first-plan": lambda: {"bytes": plan.stat().st_size}})
    mark_current(plan)


def _first_plan(name: str, config: Path, count: int) -> Command:
    plan = str(saved(config, "plan.json"))
    return ours(name, config, "plan", "--out", plan, home="first", rounds=count)


def _applying(firms: int) -> None:
    config = fleet(firms)
    count = min(rounds(firms), 3 if firms < _MANY else 2)
    _save_plan(config, firms)
    plan = str(saved(config, "plan.json"))
    gone = lambda: _forget_portal(config)  # noqa: E731 - what each round puts in place
    apply = ours("apply", config, "apply", plan, home="apply", rounds=count, prepare=gone, at=False)
    _keep(firms, [apply, *_octodns("octodns-doit", firms)])
    mark_current(_portal(config))
    _keep(firms, [limit("limit-insert", _portal(config), count)])


def _planning(firms: int) -> None:
    config = fleet(firms)
    _apply_once(config, firms)
    count = rounds(firms)
    same = lambda: restore(config, FEW)  # noqa: E731 - what each round puts in place
    few = lambda: _change(config, FEW)  # noqa: E731
    commands = [
        ours("plan-same", config, "plan", home="plan", rounds=count, warm=True, prepare=same),
        ours("plan-few", config, "plan", home="plan", rounds=count, warm=True, prepare=few),
        *_octodns("octodns-same", firms),
    ]
    _keep(firms, commands)
    if rounds_of_peers(firms):
        _switched(config, firms)


def _switched(config: Path, firms: int) -> None:
    """One switch in all firms: the size of that plan."""
    plan = saved(config, "switched.json")
    restore(config, FEW)
    switch_all(config)
    command = ours("plan-all", config, "plan", "--out", str(plan), home="all")
    _keep(firms, [command], {"plan-all": lambda: {"bytes": plan.stat().st_size}})
    restore(config, FEW)


def _example(firms: int) -> None:
    config = FOLDER / "fleets" / "example"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(EXAMPLE, config, ignore=shutil.ignore_patterns(".portalsync"))
    _keep(firms, [_first_plan("example-plan", config, 5)])


def _reviewing(firms: int) -> None:
    config = fleet(firms)
    _forget_portal(config)
    _save_plan(config, firms)
    review = saved(config, "review.html")
    arguments = ("preview", "--plan", str(saved(config, "plan.json")), "--out", str(review))
    command = ours("review", config, *arguments, home="review", rounds=2, at=False)
    _keep(firms, [command], {"review": lambda: {"bytes": review.stat().st_size}})


def _starting(firms: int) -> None:
    """Now and then, in turns: the same script with other sources before its own, and an empty cache."""
    config, home = fleet(firms), FOLDER / "homes" / "start"
    variables = at_home(home) | {"PORTALSYNC_CONFIG": str(config)}
    cold = partial(shutil.rmtree, home, ignore_errors=True)
    commands = [Command("bare-python", [sys.executable, "-c", "pass"], config, _STARTS)]
    for name, source in (("", FOLDER.parents[1]), ("-before", before())):
        if source:
            path = {**variables, "PYTHONPATH": str(source / "src")}
            asked = {"help": ["--help"], "one": ["validate", "--at", AT]}
            commands += [
                Command(f"{case}{name}", [PORTALSYNC, *arguments], config, _STARTS, path, prepare=cold)
                for case, arguments in asked.items()
            ]
    _keep(firms, commands)


def _change(config: Path, count: int) -> None:
    """Never twice the same bytes: what a round wrote, the cache would know in the next."""
    restore(config, count)
    switch_firms(config, count, f"changed at {time.time_ns()}")


def _forget_portal(config: Path) -> None:
    shutil.rmtree(config / ".portalsync", ignore_errors=True)


def _portal(config: Path) -> Path:
    return config / ".portalsync" / "portal.db"


def _save_plan(config: Path, firms: int) -> None:
    if not is_current(saved(config, "plan.json")):
        _forget_portal(config)
        _once(_first_plan("first-plan", config, 1), firms)
        mark_current(saved(config, "plan.json"))


def _apply_once(config: Path, firms: int) -> None:
    if not is_current(_portal(config)):
        _save_plan(config, firms)
        _forget_portal(config)
        plan = str(saved(config, "plan.json"))
        _once(ours("apply", config, "apply", plan, home="apply", at=False), firms)
        mark_current(_portal(config))


def _octodns(name: str, firms: int) -> Sequence[Command]:
    """With as many zones, and nothing where that would take an hour."""
    count = rounds_of_peers(firms)
    if not count:
        return []
    zones = peers.write_zones(FOLDER / "zones" / str(firms), firms)
    if name == "octodns-same" and not any((zones / "target").iterdir()):
        _once(peers.octodns("octodns-doit", zones, 1), firms)
    return [peers.octodns(name, zones, count)]


def _once(command: Command, firms: int) -> None:
    """Not to measure it, but for what it leaves. Raises Failed."""
    command.prepare()
    measured(command, _bound(firms))


GROUPS = (
    Group("start", ("bare-python", "help", "one"), _starting, firms=1),
    Group("example", ("example-plan",), _example, firms=EXAMPLE_FIRMS),
    Group("review", ("review",), _reviewing, firms=REVIEWED),
    Group("preview", ("preview", "preview-limit"), previewing, firms=1),
    Group("serve", ("serve", "serve-limit"), serving, firms=1),
    Group(
        "validate",
        (
            "validate",
            "validate-again",
            "limit-read",
            "limit-compose",
            "check-jsonschema",
            "sourcemeta-jsonschema",
        ),
        _validating,
    ),
    Group("first", ("first-plan",), _first_plans),
    Group("apply", ("apply", "octodns-doit", "limit-insert"), _applying),
    Group("plan", ("plan-same", "plan-few", "octodns-same", "plan-all"), _planning),
)
