"""What a commit may not say. Whatever the refusal, nothing is written."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Problem
from portalsync.conformance.check import Check
from portalsync.conformance.drafts import agreed, by_hand, flip, planned, rejects
from portalsync.conformance.reply import Asked, as_json, shown
from portalsync.conformance.trial import Trial
from portalsync.lexicon import phrase
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT, Edit
from portalsync.wire import LARGEST_BODY, LONGEST_LINE, Origin

NO_JSON = (
    b"",
    b"{",
    b"{} {}",
    b"\xff\xfe{\x00}\x00",
    b'{"commits": NaN}',
    b'{"commits": 1e999}',
    b'{"commits": "\\ud800"}',
    b'{"commits": [], "commits": []}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"9" * 10_000,
)
"""What somebody reads differently from somebody else, or not at all."""

AT_A_TIME = 20
"""Bad values in one batch: some of them are large."""

_COMMIT = (422, "invalid-commit")
_SETTINGS = (422, "invalid-settings")


def option_of_another_version(trial: Trial) -> None:
    commit = trial.flipped(trial.state())
    other = dict.fromkeys(commit.options, "sha256:" + "0" * 64)
    trial.refused(replace(commit, options=other), (409, "option-mismatch"))


def option_that_is_not_there(trial: Trial) -> None:
    state = trial.state()
    commit = planned(trial.info, state, managed=(*state.managed, "portalsync_check.enabled"))
    options = {**commit.options, "portalsync_check": "sha256:" + "0" * 64}
    trial.refused(replace(commit, options=options), (409, "option-mismatch"))


def options_named_exactly(trial: Trial) -> None:
    commit = trial.flipped(trial.state())
    trial.refused(replace(commit, options={}), _COMMIT)
    rest = {key: trial.info.options[key] for key in agreed(trial.info) - commit.touched}
    if rest:
        trial.refused(replace(commit, options={**commit.options, **rest}), _COMMIT)


def unknown_field(trial: Trial) -> None:
    state, path = trial.state(), trial.switch
    option = path.partition(".")[0]
    for wrong in (f"{option}.portalsync_check", option, f"{path}.more"):
        trial.refused(planned(trial.info, state, Edit(wrong, ABSENT, after=True), managed=(path,)), _COMMIT)


def field_named_twice(trial: Trial) -> None:
    state = trial.state()
    edit = flip(trial.switch, state)
    trial.refused(planned(trial.info, state, edit, edit), _COMMIT)


def unknown_claim(trial: Trial) -> None:
    state, path = trial.state(), trial.switch
    for wrong in (f"{path}.*", path.partition(".")[0], f"{path.partition('.')[0]}.*"):
        trial.refused(planned(trial.info, state, managed=(wrong,)), _COMMIT)


def value_of_another_kind(trial: Trial) -> None:
    state, path = trial.state(), trial.switch
    before = state.settings.get(path, ABSENT)
    values: tuple[Any, ...] = ("yes", 1, None, [])
    for wrong in values:
        trial.refused(planned(trial.info, state, Edit(path, before, wrong)), _SETTINGS)


def no_other_values(trial: Trial) -> None:
    """Every field of the options that both know alike refuses what it cannot take."""
    state = trial.state()
    wrong = [
        Edit(path, state.settings.get(path, ABSENT), value) for path, value in rejects(agreed(trial.info))
    ]
    for some in (wrong[start : start + AT_A_TIME] for start in range(0, len(wrong), AT_A_TIME)):
        commits = [planned(trial.info, state, edit) for edit in some]
        reply, results = trial.batch([trial.part(commit, state.generation) for commit in commits])
        for edit, result in zip(some, results, strict=True):
            if not isinstance(result, Problem) or (result.status, result.type) != _SETTINGS:
                expected = phrase("conformance.expected.refused", path=edit.path, value=shown(edit.after))
                reply.deviates(expected, as_json(encode(result)))
        trial.untouched(state, reply)


def text_with_a_line_break(trial: Trial) -> None:
    """A pattern ends where the text ends: `$` in some languages lets one line break pass."""
    state = trial.state()
    first, *rest = trial.entries.entry("portalsync-check-line", state)
    trial.refused(planned(trial.info, state, replace(first, after={"en": "line\n"}), *rest), _SETTINGS)


def before_must_be_so(trial: Trial) -> None:
    """Not set is not false, and 1 is not true."""
    start, path = trial.state(), trial.switch
    trial.committed(trial.flipped(start), start)
    state = trial.state()
    held = state.settings.get(path)
    wrong: tuple[Any, ...] = (ABSENT, not held, int(bool(held)))
    for before in wrong:
        trial.refused(planned(trial.info, state, Edit(path, before, not held)), (422, "before-mismatch"))


def whole_or_nothing(trial: Trial) -> None:
    """A good write beside one that is refused is not made either."""
    state = trial.state()
    good, path = trial.entries.entry("portalsync-check-half", state), trial.switch
    held = state.settings.get(path, ABSENT)
    stale = Edit(path, held is not True, held is True)
    trial.refused(planned(trial.info, state, *good, stale), (422, "before-mismatch"))
    trial.refused(planned(trial.info, state, *good, Edit(path, held, after="yes")), _SETTINGS)


def entry_without_what_it_needs(trial: Trial) -> None:
    state = trial.state()
    first, *rest = trial.entries.entry("portalsync-check-part", state)
    del first
    trial.refused(planned(trial.info, state, *rest), _SETTINGS)


def list_with_too_many(trial: Trial) -> None:
    state, entries = trial.state(), trial.entries
    many = [
        edit
        for number in range(entries.limit + 1)
        for edit in entries.entry(f"portalsync-check-{number}", state)
    ]
    trial.refused(planned(trial.info, state, *many), _SETTINGS)


def rule_newly_broken(trial: Trial) -> None:
    trial.refused(planned(trial.info, trial.state(), trial.breaking), _SETTINGS)


def hand_names_no_plan(trial: Trial) -> None:
    """A change by hand has no plan, no options, no acknowledgements; and nobody but the portal seeds."""
    commit = by_hand(flip(trial.switch, trial.state()))
    option = trial.switch.partition(".")[0]
    trial.refused(replace(commit, plan="sha256:x"), _COMMIT)
    trial.refused(replace(commit, options={option: vocabulary()[option]}), _COMMIT)
    trial.refused(replace(commit, acknowledged=("all",)), _COMMIT)
    trial.refused(replace(commit, origin=Origin.SEED), _COMMIT)


def one_line_of_text(trial: Trial) -> None:
    """Who, and which plan: one line each, of at most 200 characters."""
    commit = trial.flipped(trial.state())
    lines = ("", " ", "a\nb", "a\x1b[31m", "x" * (LONGEST_LINE + 1))
    for line in lines:
        trial.refused(replace(commit, actor=line), _COMMIT)
    trial.refused(replace(commit, plan=""), _COMMIT)
    trial.refused(replace(commit, plan="x" * (LONGEST_LINE + 1)), _COMMIT)


def acknowledged_form(trial: Trial) -> None:
    commit = trial.flipped(trial.state())
    wrong: tuple[Sequence[str], ...] = (("a:b", "a:b"), ("",), ("a\nb",), ("x" * 301,))
    for given in wrong:
        trial.refused(replace(commit, acknowledged=tuple(given)), _COMMIT)


def commit_of_another_form(trial: Trial) -> None:
    body = encode(trial.flipped(trial.state()))
    changes: tuple[dict[str, Any], ...] = (
        {"portalsync_check": 1},
        {"origin": "root"},
        {"writes": {}},
        {"writes": [{}]},
        {"managed": [1]},
        {"actor": None},
    )
    for change in changes:
        trial.refused({**body, **change}, _COMMIT)
    del body["managed"]
    trial.refused(body, _COMMIT)


def body_that_is_no_json(trial: Trial) -> None:
    for body in NO_JSON:
        _refused_body(trial, body, (400, "malformed"))


def body_of_another_type(trial: Trial) -> None:
    others = [{"Content-Type": each} for each in ("text/plain", "application/x-www-form-urlencoded", "")]
    for headers in (*others, {"Content-Encoding": "gzip"}):
        _refused_body(trial, b"{}", (415, "unsupported-media-type"), headers)


def body_too_large(trial: Trial) -> None:
    _refused_body(trial, b" " * (LARGEST_BODY + 1), (413, "too-large"))


def _refused_body(
    trial: Trial, body: bytes, problem: tuple[int, str], headers: dict[str, str] | None = None
) -> None:
    before = trial.state()
    sent = {"Content-Type": "application/json", **(headers or {})}
    reply = trial.probe.ask(Asked("POST", "/v1/commits", sent, body))
    reply.problem(*problem)
    trial.untouched(before, reply)


CHECKS = (
    *(
        Check(run, "Committing", writes=True)
        for run in (
            option_of_another_version,
            option_that_is_not_there,
            options_named_exactly,
            unknown_field,
            field_named_twice,
            unknown_claim,
            value_of_another_kind,
            no_other_values,
            text_with_a_line_break,
            before_must_be_so,
            whole_or_nothing,
            entry_without_what_it_needs,
            list_with_too_many,
            rule_newly_broken,
            hand_names_no_plan,
            one_line_of_text,
            acknowledged_form,
            commit_of_another_form,
        )
    ),
    *(
        Check(run, "Problems", writes=True)
        for run in (body_that_is_no_json, body_of_another_type, body_too_large)
    ),
)
