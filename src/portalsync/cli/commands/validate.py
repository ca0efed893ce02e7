"""`portalsync validate`: the files, without a connection."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from portalsync.cache import Cache
from portalsync.catalog.files.network import MANUAL
from portalsync.cli.cache_options import cache_options
from portalsync.cli.executor import executor_option
from portalsync.cli.inputs import in_folder
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.nearest import from_the_top
from portalsync.cli.options import (
    at_option,
    config_option,
    format_option,
)
from portalsync.cli.output import show, show_commands, tell, tell_findings
from portalsync.cli.outputs import output_file_option
from portalsync.cli.program import Command
from portalsync.cli.results import save
from portalsync.cli.selection import selection_options
from portalsync.cli.terminal import Terminal
from portalsync.cli.values import Target
from portalsync.cli.workspace import read_survey, working
from portalsync.config.selection import Selection
from portalsync.diagnostics import Diagnostic, Position, has_errors
from portalsync.errors import ExitCode, InvalidConfig, UnreadableInput
from portalsync.pipeline.survey import Question
from portalsync.pipeline.surveyed import Survey
from portalsync.views.format import Format
from portalsync.views.formats import FINDINGS
from portalsync.views.screen import Screen


@click.command(cls=Command)
@config_option
@selection_options
@executor_option
@cache_options
@at_option
@format_option(*FINDINGS)
@output_file_option(*FINDINGS)
def validate(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    selection: Selection,
    executor: str,
    cache: Cache,
    at: datetime,
    form: str,
    targets: tuple[Target, ...],
) -> int:
    checked = _check(root, executor, cache, Question(at, selection))
    save(targets, lambda each: _rendered(checked.findings, FINDINGS[each], Screen()))
    if checked.unreadable and FINDINGS[form].is_for_terminals:
        raise checked.unreadable
    _print(checked.findings, FINDINGS[form])
    if checked.known is not None and not has_errors(checked.findings):
        tell(_verdict(checked.known, checked.chosen))
    return ExitCode.INVALID if has_errors(checked.findings) else ExitCode.DONE


@dataclass(frozen=True)
class _Checked:
    """`known` if it could be; `unreadable` if there was nothing to check."""

    findings: Sequence[Diagnostic]
    known: Survey | None = None
    chosen: frozenset[str] = frozenset()
    unreadable: UnreadableInput | None = None


def _check(root: Path, executor: str, cache: Cache, question: Question) -> _Checked:
    try:
        with working(root, executor) as (folder, workers):
            known = read_survey(root, folder, workers, question, cache)
        chosen = known.chosen(question.selection)
        found = [*known.findings(chosen), *_damaged_records(known.network, root)]
        return _Checked([in_folder(each, root) for each in found], known, chosen)
    except InvalidConfig as error:
        return _Checked(error.diagnostics)
    except UnreadableInput as error:
        finding = replace(error.diagnostic, code="config-unreadable", position=Position(str(root)))
        return _Checked([finding], unreadable=error)


def _damaged_records(network: Mapping[str, Any], root: Path) -> Iterator[Diagnostic]:
    """Of portals that are set by hand: a merge may have torn what is recorded of them."""
    by_hand = [each for each in network["environments"].values() if each["backend"] == MANUAL]
    if by_hand:
        from portalsync.record.damage import damaged_records  # noqa: PLC0415 - most portals have an API

        for settings in by_hand:
            yield from damaged_records(settings, root)


def _print(findings: Sequence[Diagnostic], form: Format) -> None:
    """Where a format is commands to a runner, which shows some findings only, the log gets them all."""
    if form.is_commands and findings:
        tell_findings(findings)
    if form.is_for_terminals and not findings:
        return
    terminal = Terminal.of(sys.stdout)
    text = _rendered(findings, form, terminal)
    if form.is_commands:
        show_commands(text)
    else:
        show(text, color=terminal.color)


def _rendered(findings: Sequence[Diagnostic], form: Format, screen: Screen) -> str:
    named = _from_the_top(findings) if form.is_from_the_top else findings
    return form.of_findings(named, spoken_lexicon(), screen)


def _from_the_top(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings that name their files from the top of the repository, wherever the command runs."""
    name = from_the_top()
    places = (each.position for each in findings)
    named = (replace(each, file=name(each.file)) for each in places)
    return [replace(each, position=position) for each, position in zip(findings, named, strict=True)]


def _verdict(known: Survey, chosen: frozenset[str]) -> str:
    firms, clients = len(chosen), len(known.shared.personas)
    unchecked = sum(1 for firm in chosen if not known.firms[firm].has_facts)
    spoken = spoken_lexicon()
    valid = spoken(
        "told.valid",
        firms=spoken.count("told.firms", firms),
        clients=spoken.count("told.sample_clients", clients),
    )
    return f"{valid} {spoken.count('told.unchecked', unchecked)}" if unchecked else valid
