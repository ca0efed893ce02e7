"""`portalsync preview`: the pages as clients will find them, before they find them."""

from collections.abc import Container, Sequence
from datetime import datetime
from pathlib import Path

import click

from portalsync.apply.fresh import check_portal
from portalsync.cli.inputs import findings_in
from portalsync.cli.language import spoken, spoken_lexicon
from portalsync.cli.loaded import load_config
from portalsync.cli.options import (
    at_option,
    config_option,
    environment_option,
    offline_option,
)
from portalsync.cli.output import tell
from portalsync.cli.outputs import OUTPUT_FILE, OUTPUT_FOLDER
from portalsync.cli.plans import read_saved_plan
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.selection import selection_options
from portalsync.cli.usage import WrongUse
from portalsync.cli.values import PATH
from portalsync.cli.workspace import environment_of
from portalsync.config.selection import Selection
from portalsync.errors import ExitCode
from portalsync.files import write_file
from portalsync.lexicon import counted, phrase
from portalsync.model.news import NewsFirm
from portalsync.model.persona import Persona
from portalsync.model.plan import Plan
from portalsync.model.watch import Watch
from portalsync.pipeline.cases import cases_as_desired, cases_of_plan, promises_of
from portalsync.pipeline.surveyed import Survey
from portalsync.portal.variants import unseen_instants
from portalsync.preview.build import build
from portalsync.preview.looked_at import first_looked_at, looked_at
from portalsync.preview.review import review
from portalsync.preview.variants import FirmCase
from portalsync.preview.write import PAGES
from portalsync.views.review.file import review_html
from portalsync.views.review.telling import remarks
from portalsync.views.wording.moments import unseen_moments


def _in_place_of_a_folder(
    context: click.Context, parameter: click.Parameter, out: Path | None
) -> Path | None:
    """What is written if neither a file nor a folder is named."""
    if out is None and context.params.get("folder") is None:
        return OUTPUT_FILE.convert("preview.html", parameter, context)
    return out


@click.command(cls=Command)
@config_option
@environment_option
@at_option
@click.option(
    "--plan",
    "plan_file",
    type=PATH,
    envvar="PORTALSYNC_PREVIEW_PLAN",
)
@click.option(
    "--out",
    type=OUTPUT_FILE,
    callback=_in_place_of_a_folder,
    envvar="PORTALSYNC_PREVIEW_OUT",
)
@click.option(
    "--dir",
    "folder",
    type=OUTPUT_FOLDER,
    is_eager=True,  # `--out` asks for it
    envvar="PORTALSYNC_PREVIEW_DIR",
)
@selection_options
@click.option(
    "--all",
    "everything",
    is_flag=True,
    envvar="PORTALSYNC_PREVIEW_ALL",
)
@offline_option
def preview(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    at: datetime,
    plan_file: Path | None,
    out: Path | None,
    folder: Path | None,
    selection: Selection,
    everything: bool,
    offline: bool,
) -> int:
    if plan_file and offline:
        raise WrongUse(phrase("help.usage.plan-offline.message"), phrase("help.usage.plan-offline.hint"))
    saved = read_saved_plan(plan_file, environment) if plan_file else None
    known = load_config(root, _needed(saved, selection))
    chosen = known.chosen(selection)
    looked = looked_at(saved, chosen, everything=everything) if saved else None
    named = saved.environment if saved else environment
    with findings_in(root), progress("told.asking") as watch:
        is_bounded = folder is None and not everything
        shown = looked.firms if looked else first_looked_at(chosen) if is_bounded else chosen
        cases = _cases(known, root, saved, named, at, shown, watch, offline=offline)
    if unseen := [each for case in cases if (each := unseen_instants(*case.situations))]:
        tell(unseen_moments(unseen))
    if folder is not None:
        _write_folder(folder, known, cases, at)
    if out is not None:
        left_out = looked.left_out if looked else ()
        others = 0 if looked else len(chosen) - len(shown)
        _write_review(out, known, cases, saved, left_out, others, everything=everything)
    return ExitCode.DONE


def _needed(plan: Plan | None, selection: Selection) -> Container[str] | None:
    """The firms to load: those of a plan, and those that are named; all, if a group is to be known."""
    if plan is None or selection.groups:
        return None
    return {*selection.firms, *(each.id for each in plan.firms.digests)}


def _cases(  # noqa: PLR0913, PLR0917 - what the command line says
    known: Survey,
    root: Path,
    plan: Plan | None,
    environment: str | None,
    at: datetime,
    chosen: Container[str],
    watch: Watch,
    *,
    offline: bool,
) -> Sequence[FirmCase]:
    if offline:
        return list(cases_as_desired(known, None, at, chosen, watch))
    _, settings = environment_of(known.network, environment)
    with reader_of(known, root, settings) as portal:
        if plan is None:
            return list(cases_as_desired(known, portal, at, chosen, watch))
        check_portal(plan, portal.portal())
        return list(cases_of_plan(known, portal, plan, chosen, watch))


def _write_folder(folder: Path, known: Survey, cases: Sequence[FirmCase], at: datetime) -> None:
    firms, personas = [case.after for case in cases], _personas(known)
    with progress("told.composing") as watch:
        made = build(known.name, firms, personas, at=at, locale=spoken(), watch=watch)
        PAGES.write(folder, made.names, made.files)
    pages, of = counted("told.pages", made.pages), counted("told.firms", len(cases))
    tell(phrase("told.folder", pages=pages, firms=of, file=str(folder / "index.html")))


def _write_review(  # noqa: PLR0913, PLR0917 - what the command line says
    out: Path,
    known: Survey,
    cases: Sequence[FirmCase],
    plan: Plan | None,
    left_out: Sequence[NewsFirm],
    others: int,
    *,
    everything: bool,
) -> None:
    lexicon = spoken_lexicon()
    with progress("told.composing") as watch:
        made = review(
            known.name,
            cases,
            _personas(known),
            plan=plan,
            promises=promises_of(known, cases),
            left_out=left_out,
            others=others,
            everything=everything,
            watch=watch,
        )
    write_file(out, review_html(made, lexicon))
    variants = counted("told.variants", len(made.variants))
    distinct = counted("told.distinct", made.distinct)
    for line in remarks(made, lexicon):
        tell(line)
    if left_out:
        tell(phrase("told.looked_at", n=len(cases), of=len(cases) + len(left_out)))
    if others:
        tell(phrase("told.first_firms", n=len(cases), of=len(cases) + others))
    tell(phrase("told.review", variants=variants, distinct=distinct, changed=made.changed, file=str(out)))


def _personas(known: Survey) -> tuple[Persona, ...]:
    return tuple(known.shared.personas.values())
