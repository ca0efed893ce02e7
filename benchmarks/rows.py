"""The aims, row by row, and how far the figures are from them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.cases import EXAMPLE_FIRMS, FEW, REVIEWED
from benchmarks.results import Result, kept

FULL, SHORT, LARGEST, SMALL = 10_000, 1_000, 100_000, 1_000
"""Sizes: of the table, of its short form, and the two between which growth is looked at."""

KB, MB, GIB = 1e3, 1e6, 2**30
TITLES = {
    "octodns-doit": "octodns `--doit`",
    "octodns-same": "octodns with nothing to do",
    "limit-read": "reading and hashing the files",
    "limit-compose": "composing the firms' files",
    "limit-insert": "plain batched inserts",
    "help-before": "`--help` before",
    "one-before": "`validate` of one firm before",
    "help": "`--help`",
    "one": "`validate` of one firm",
    "validate": "validate, cold",
    "validate-again": "validate, one file changed",
    "first-plan": "first plan",
    "plan-same": "plan, nothing changed",
    "plan-few": f"plan, {FEW} firms changed",
    "plan-all": "plan, one switch in all firms",
    "example-plan": "first plan of the example",
    "review": "review file",
    "bare-python": "`python -c pass`",
    "preview": "`preview --dir`",
    "preview-limit": "`preview --dir` before",
    "serve": "pages of `serve`",
    "serve-limit": "a constant page of `serve`",
}
"""How people read a case's name; the other programs have theirs."""
STAGES = ("validate", "validate-again", "first-plan", "apply", "plan-same")
_START_UP_SHARE = 0.020


class NotMeasured(Exception):
    """What is missing for a figure: a case that was not run, or failed."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure and its limit, above or below which it has to be. Both raise NotMeasured."""

    text: str
    figure: Callable[[], float]
    limit: Callable[[], float]
    unit: str
    at_least: bool = False

    def verdict(self) -> "Verdict":
        try:
            figure, limit = self.figure(), self.limit()
        except NotMeasured as missing:
            return Verdict(self, None, None, str(missing))
        return Verdict(self, figure, limit, "")


@dataclass(frozen=True, slots=True)
class Verdict:
    aim: Aim
    figure: float | None
    limit: float | None
    missing: str

    @property
    def met(self) -> bool:
        return self.by is not None and self.by >= 1

    @property
    def by(self) -> float | None:
        """How many times as good as it has to be; below one, it falls short."""
        if self.figure is None or self.limit is None:
            return None
        return self.figure / self.limit if self.aim.at_least else self.limit / self.figure


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    work: str
    aims: Sequence[Aim]


def title(case: str) -> str:
    return TITLES.get(case, case)


def full() -> Sequence[Row]:
    """The table of the issue."""
    return (
        Row("validate", f"validate {FULL:,} firms, cold", tuple(_validate(FULL, 45, 3))),
        Row("again", "validate again, one file changed", tuple(_again(FULL, 350, 1, 3))),
        Row(
            "plan",
            f"plan, nothing changed, {FULL:,}, warm",
            (_against("plan-same", "octodns-same", FULL, 400),),
        ),
        Row("few", f"plan, {FEW} of {FULL:,} changed", (_few(FULL),)),
        Row("first", f"first plan of {FULL:,}", tuple(_first(FULL))),
        Row("example", f"plan of the {EXAMPLE_FIRMS}-firm example from nothing", (_example(),)),
        Row("review", f"review file of {REVIEWED} firms' first plan", tuple(_review())),
        Row("apply", f"apply {FULL:,} new firms", tuple(_apply(FULL, 50, 3))),
        Row("memory", "peak memory", tuple(_memory())),
        Row("growth", f"growth from {SMALL:,} to {LARGEST:,} firms", tuple(map(_growth, STAGES))),
        Row("start", "start", tuple(_start())),
        Row("preview", "`preview --dir`, pages a second on one core", (_pages("preview", 3),)),
        Row("serve", "pages served by `serve`, one core", (_pages("serve", 0.5),)),
    )


def short() -> Sequence[Row]:
    """For every change: what holds at a thousand firms too, with room for noise. Nothing in seconds."""
    return (
        Row("validate", f"validate {SHORT:,} firms, cold", tuple(_validate(SHORT, 5, 6))),
        Row("again", "validate again, one file changed", tuple(_again(SHORT, 14, 0.5, 15))),
        Row(
            "plan",
            f"plan, nothing changed, {SHORT:,}, warm",
            (_against("plan-same", "octodns-same", SHORT, 16),),
        ),
        Row("first", f"first plan of {SHORT:,}", (_at_most_times("first-plan", "limit-compose", SHORT, 80),)),
        Row("apply", f"apply {SHORT:,} new firms", tuple(_apply(SHORT, 1.2, 40))),
        Row("start", "start", tuple(_no_slower(1.15))),
    )


def _validate(firms: int, faster: float, slower: float) -> Iterator[Aim]:
    yield _against("validate", "check-jsonschema", firms, faster)
    yield _at_most_times("validate", "sourcemeta-jsonschema", firms, slower)


def _again(firms: int, faster: float, ahead: float, slower: float) -> Iterator[Aim]:
    yield _against("validate-again", "check-jsonschema", firms, faster)
    yield _against("validate-again", "sourcemeta-jsonschema", firms, ahead)
    yield _at_most_times("validate-again", "limit-read", firms, slower)


def _few(firms: int) -> Aim:
    def allowed() -> float:
        return 1.3 * _result("plan-same", firms).wall + _START_UP_SHARE * FEW

    text = f"at most 1.3 times the plan without changes, plus {1000 * _START_UP_SHARE:.0f} ms a changed firm"
    return Aim(text, lambda: _result("plan-few", firms).wall, allowed, "s")


def _first(firms: int) -> Iterator[Aim]:
    yield Aim(
        "at most 8 ms a firm", lambda: 1000 * _result("first-plan", firms).wall / firms, lambda: 8, "ms"
    )
    yield Aim(
        "at most 12 kB a firm on disk", lambda: _bytes("first-plan", firms) / firms / KB, lambda: 12, "kB"
    )
    yield Aim(
        "one switch in all firms: at most 1 kB a firm",
        lambda: _bytes("plan-all", firms) / firms / KB,
        lambda: 1,
        "kB",
    )


def _example() -> Aim:
    return Aim("under 1 s", lambda: _result("example-plan", EXAMPLE_FIRMS).wall, lambda: 1, "s")


def _review() -> Iterator[Aim]:
    yield Aim("under 60 s", lambda: _result("review", REVIEWED).wall, lambda: 60, "s")
    yield Aim("under 8 MB", lambda: _bytes("review", REVIEWED) / MB, lambda: 8, "MB")


def _apply(firms: int, faster: float, slower: float) -> Iterator[Aim]:
    yield _against("apply", "octodns-doit", firms, faster)
    yield _at_most_times("apply", "limit-insert", firms, slower)


def _memory() -> Iterator[Aim]:
    yield _peak("no change", "plan-same", FULL, 60 * MB, "60 MB")
    yield _peak("first plan", "first-plan", FULL, 300 * MB, "300 MB")
    yield _peak("first plan", "first-plan", LARGEST, GIB, "1 GiB")


def _peak(what: str, case: str, firms: int, most: float, worded: str) -> Aim:
    text = f"{what} of {firms:,}: at most {worded}"
    return Aim(text, lambda: _result(case, firms).memory / MB, lambda: most / MB, "MB")


def _growth(case: str) -> Aim:
    def times() -> float:
        return _result(case, LARGEST).wall / LARGEST / (_result(case, SMALL).wall / SMALL)

    return Aim(f"{title(case)}: a firm costs at most 1.2 times as much", times, lambda: 1.2, "x")


def _start() -> Iterator[Aim]:
    yield Aim("`--help`: at most 100 ms", lambda: 1000 * _result("help", 1).wall, lambda: 100, "ms")
    yield Aim(
        "`validate` of one firm: at most 250 ms", lambda: 1000 * _result("one", 1).wall, lambda: 250, "ms"
    )
    yield from _no_slower(1.05)


def _no_slower(times: float) -> Iterator[Aim]:
    for case, name in (("help", "`--help`"), ("one", "`validate` of one firm")):
        text = f"{name}: no slower than before, give or take {100 * (times - 1):.0f} %"
        yield _at_most_times(case, f"{case}-before", 1, times, text)


def _pages(case: str, times: float) -> Aim:
    text = {
        "preview": f"at least {times} times as many as before",
        "serve": f"at least {times} of a constant page",
    }
    return Aim(text[case], lambda: _rate(case) / _rate(f"{case}-limit"), lambda: times, "x", at_least=True)


def _against(case: str, peer: str, firms: int, times: float) -> Aim:
    text = f"at least {times:g} x {title(peer)}" if times != 1 else f"ahead of {title(peer)}"
    return Aim(text, lambda: _ratio(peer, case, firms), lambda: times, "x", at_least=True)


def _at_most_times(case: str, limit: str, firms: int, times: float, text: str = "") -> Aim:
    worded = text or f"at most {times:g} x {title(limit)}"
    return Aim(worded, lambda: _ratio(case, limit, firms), lambda: times, "x")


def _ratio(slow: str, fast: str, firms: int) -> float:
    """Of each turn where both were run as often, else of the medians."""
    one, other = _result(slow, firms), _result(fast, firms)
    if len(one.runs) == len(other.runs):
        return median(a.wall / b.wall for a, b in zip(one.runs, other.runs, strict=True))
    return one.wall / other.wall


def _rate(case: str) -> float:
    return _extra(case, 1, "pages_a_second")


def _bytes(case: str, firms: int) -> float:
    return _extra(case, firms, "bytes")


def _extra(case: str, firms: int, key: str) -> float:
    return _result(case, firms).extra[key]


def _result(case: str, firms: int) -> Result:
    result = kept(case, firms)
    if result is None:
        raise NotMeasured(f"{title(case)}, {firms:,}: not run")
    if result.failure or not result.runs:
        raise NotMeasured(result.failure or f"{title(case)}, {firms:,}: not run")
    return result
