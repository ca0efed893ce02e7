"""Whether a commit may become a firm's next generation. Pure: nothing here reads or writes a database."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime

from portalsync.catalog.broken_rules import broken_rules, lists_in
from portalsync.catalog.option import Field, ListField
from portalsync.catalog.stored import stored_field, value_fault
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import LONGEST_ACKNOWLEDGEMENT, MOST_ACKNOWLEDGEMENTS, Commit
from portalsync.diagnostics import Severity
from portalsync.model.edit import ABSENT, Edit, applied_to
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSON
from portalsync.model.page import Situation, situation_of
from portalsync.model.settings import Settings
from portalsync.server.refusal import Refused
from portalsync.wire import LONGEST_LINE, Origin


def refusal(commit: Commit) -> Refused | None:
    """What is wrong with a commit whatever the firm's state; None if nothing is."""
    try:
        _check_header(commit)
        _check_writes(commit.writes)
        _check_claims(commit.managed)
        _check_named(commit)
        _check_acknowledged(commit)
    except Refused as refused:
        return refused
    return None


def written(settings: Settings, writes: Sequence[Edit]) -> dict[str, JSON]:
    """The settings after the writes. Refused unless each `before` is what the settings say."""
    for write in writes:
        if not write.starts_from(settings):
            raise Refused("before-mismatch", 422, "A field is not what the commit expects.", write.path)
    return applied_to(settings, writes)


def check_result(firm: str, before: Settings, after: Settings, facts: Facts, at: datetime) -> None:
    """Refused if lists grow too long, entries lack what they need, or a rule is newly broken."""
    touched = before.keys() ^ after.keys()
    for path, entry_list, ids in lists_in(touched, after):
        if len(ids) > entry_list.limit:
            raise _invalid("too-many-entries", path, f"{len(ids)} of at most {entry_list.limit}")
        _check_entries(path, entry_list, ids, after)
    broken = [*_violations(situation_of(firm, after, facts, at))]
    if broken:
        _check_old(broken, set(_violations(situation_of(firm, before, facts, at))))


def _check_old(broken: Iterable[tuple[str, str]], before: Container[tuple[str, str]]) -> None:
    """A rule that was broken before stops nothing else."""
    for code, path in broken:
        if (code, path) not in before:
            raise _invalid(code, path)


def _check_header(commit: Commit) -> None:
    if commit.origin is Origin.SEED:
        raise _malformed("origin: only the portal itself seeds")
    if not _plain(commit.actor) or not commit.actor.strip():
        raise _malformed("actor: one line of text is needed")
    if not _plain(commit.plan) or bool(commit.plan) != (commit.origin is Origin.PLAN):
        raise _malformed("plan: the digest of the plan, and empty only for a change by hand")
    if commit.origin is Origin.PLAN:
        _check_options(commit)


def _check_options(commit: Commit) -> None:
    """Those that it names must be what the portal knows by that name."""
    known = vocabulary()
    for option, named in sorted(commit.options.items()):
        if known.get(option) != named:
            sides = f"the commit has {_short(named)}, the portal {known.get(option, 'none')}"
            detail = f"{_short(option)}: {sides}"
            raise Refused("option-mismatch", 409, "The portal knows the option in another version.", detail)


def _plain(text: str) -> bool:
    return len(text) <= LONGEST_LINE and text.isprintable()


def _check_writes(writes: Iterable[Edit]) -> None:
    seen = set()
    for write in writes:
        field = stored_field(write.path)
        if not isinstance(field, Field):
            raise _malformed(f"writes: {_short(write.path)} is no field")
        if write.path in seen:
            raise _malformed(f"writes: {_short(write.path)} is there twice")
        seen.add(write.path)
        if write.after is not ABSENT:
            _check_value(write.path, write.after)


def _check_value(path: str, value: JSON) -> None:
    fault = value_fault(path, value)
    if fault is not None:
        raise _invalid("value-not-accepted", path, fault.keyword)


def _check_claims(claims: Iterable[str]) -> None:
    for claim in claims:
        field = stored_field(claim.removesuffix(".*"))
        if field is None or isinstance(field, ListField) != claim.endswith(".*"):
            raise _malformed(f"managed: {_short(claim)} is neither a field nor a whole list")


def _check_named(commit: Commit) -> None:
    if commit.options.keys() != (commit.touched if commit.origin is Origin.PLAN else set()):
        raise _malformed("options: those that a plan writes or manages, and no others")


def _check_acknowledged(commit: Commit) -> None:
    """What they mean is portalsync's to say; here they only have to fit into the trail."""
    given = commit.acknowledged
    plain = all(0 < len(each) <= LONGEST_ACKNOWLEDGEMENT and each.isprintable() for each in given)
    if not plain or len(given) > MOST_ACKNOWLEDGEMENTS or len(set(given)) != len(given):
        raise _malformed("acknowledged: each one line of text, and none twice")
    if given and commit.origin is not Origin.PLAN:
        raise _malformed("acknowledged: nothing is acknowledged by a change by hand")


def _check_entries(path: str, entry_list: ListField, ids: Iterable[str], settings: Settings) -> None:
    for entry in sorted(ids):
        for name in entry_list.required:
            if f"{path}.{entry}.{name}" not in settings:
                raise _invalid("required", f"{path}.{entry}.{name}")


def _violations(case: Situation) -> Iterator[tuple[str, str]]:
    for rule, violation in broken_rules(case):
        if rule.severity is Severity.ERROR:
            yield rule.code, violation.path


def _invalid(code: str, path: str, more: str = "") -> Refused:
    detail = f"{code}: {_short(path)}" + (f" ({more})" if more else "")
    return Refused("invalid-settings", 422, "The settings would not be valid.", detail)


def _malformed(detail: str) -> Refused:
    return Refused("invalid-commit", 422, "The commit is not what the contract says.", detail)


def _short(path: str) -> str:
    return path if len(path) <= LONGEST_LINE else path[:LONGEST_LINE] + "…"
