"""`portalsync explain`: why a setting, a page or a line of a file is as it is; it only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.profile import TIME_ZONE
from portalsync.cli.asked_firm import AskedFirm, asked_firm
from portalsync.cli.asked_line import Place, asked_line, firms_of
from portalsync.cli.inputs import findings_in
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.loaded import read_config
from portalsync.cli.options import (
    at_option,
    config_option,
    environment_option,
    format_option,
    offline_option,
    pager_option,
)
from portalsync.cli.output import tell, tell_diagnostic
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result
from portalsync.cli.selection import firm_completion, persona_completion, setting_argument
from portalsync.cli.usage import WrongUse, choices
from portalsync.cli.values import Choice
from portalsync.cli.workspace import environment_of
from portalsync.errors import BackendError, ExitCode
from portalsync.lexicon import LOCALES, Text, phrase
from portalsync.living.explain.line import LineExplained
from portalsync.living.explain.page import PagesExplained, Reader, looked_at, pages_explained, settings_of
from portalsync.living.explain.setting import SettingsExplained, asked_for, every_path, explained
from portalsync.model.codec import encode
from portalsync.model.page import PLACES, PageName, Surface, situation_of
from portalsync.model.persona import Persona
from portalsync.pipeline.line import Reached, reached_by
from portalsync.suggest import did_you_mean
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.json_text import json_text
from portalsync.views.wording.explained_line import word_line
from portalsync.views.wording.explained_page import word_pages
from portalsync.views.wording.explained_setting import word_settings


@dataclass(frozen=True)
class _Page:
    """Which pages are asked about, and who looks at them."""

    name: str | None
    surface: str | None
    persona: str | None
    locale: str | None
    at: datetime

    def is_asked_for(self) -> bool:
        return any((self.name, self.surface, self.persona, self.locale))


@click.command(cls=Command)
@click.argument("subject", metavar="subject", shell_complete=firm_completion)
@setting_argument
@click.option("--page", type=Choice([each.value for each in PageName]), envvar="PORTALSYNC_EXPLAIN_PAGE")
@click.option("--surface", type=Choice([each.value for each in Surface]), envvar="PORTALSYNC_EXPLAIN_SURFACE")
@click.option("--persona", envvar="PORTALSYNC_EXPLAIN_PERSONA", shell_complete=persona_completion)
@click.option("--locale", type=Choice(LOCALES), envvar="PORTALSYNC_EXPLAIN_LOCALE")
@config_option
@environment_option
@at_option
@offline_option
@format_option(*RESULTS)
@pager_option
def explain(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    subject: str,
    setting: str,
    page: str | None,
    surface: str | None,
    persona: str | None,
    locale: str | None,
    root: Path,
    environment: str | None,
    at: datetime,
    offline: bool,
    form: str,
    no_pager: bool,
) -> int:
    pages = _Page(page, surface, persona, locale, at)
    place = Place.read(subject)
    if (place or pages.is_asked_for()) and (setting or (place and pages.is_asked_for())):
        what = phrase("help.usage.setting-or-page.message")
        raise WrongUse(what, phrase("help.usage.setting-or-page.hint"))
    if place:
        result = _line(root, place, environment, at, offline=offline)
    else:
        asked = asked_firm(root, subject, environment, offline=offline)
        result = _pages(asked, pages) if pages.is_asked_for() else _settings(asked, setting)
    print_result(result, RESULTS[form], paged=not no_pager)
    return ExitCode.DONE


def _line(root: Path, place: Place, environment: str | None, at: datetime, *, offline: bool) -> Result:
    known = read_config(root, place.firms(root))
    line = asked_line(known, root, place)
    name, firms = "", firms_of(known, line.layer)
    reached: Reached | None = None
    if not offline:
        name, settings = environment_of(known.network, environment)
        try:
            with reader_of(known, root, settings) as portal, progress("told.asking") as watch:
                reached = reached_by(known, portal, line, at, str(root), firms, watch)
        except BackendError as error:
            tell_diagnostic(error.diagnostic)
            tell(phrase("told.explained-without-portal"))
    asked = name if reached is not None else None
    if reached is None:
        with findings_in(root), progress("told.composing") as watch:
            reached = reached_by(known, None, line, at, str(root), firms, watch)
    found = LineExplained(
        str(place), line.layer, at.isoformat(), asked, (*line.paths,), reached.firms, reached.unread
    )
    lexicon = spoken_lexicon()
    return Result(lambda: word_line(found, lexicon), lambda: _json(found))


def _settings(asked: AskedFirm, wanted: str) -> Result:
    paths = asked_for(wanted, asked.desired, asked.seen)
    if not paths and wanted:
        raise WrongUse(phrase("help.usage.unknown-setting.message", name=wanted), _hint(asked, wanted))
    found = SettingsExplained(
        firm=asked.id,
        name=asked.name,
        environment=asked.environment,
        generation=asked.generation,
        unread=asked.seen.unread,
        settings=(*explained(asked.layers, asked.seen, paths),),
    )
    lexicon = spoken_lexicon()
    return Result(lambda: word_settings(found, lexicon), lambda: _json(found))


def _hint(asked: AskedFirm, wanted: str) -> Text:
    """What may be meant by what is no setting: a block, as plans name it, or another word."""
    for option in DEFINITIONS:
        for block in option.blocks:
            if f"{wanted}.".startswith(f"{option.key}.{block.name}."):
                return phrase("help.usage.is-a-block", page=str(block.places[0].page))
    near = did_you_mean(wanted, every_path(asked.desired, asked.seen))
    return near or phrase("help.usage.unknown-setting.hint")


def _pages(asked: AskedFirm, pages: _Page) -> Result:
    persona = _persona(asked, pages)
    places = [
        place
        for place in PLACES
        if pages.name in (None, place.page) and pages.surface in (None, place.surface)
    ]
    who = Reader(persona, pages.locale or persona.locale, places)
    live = asked.seen.state.settings if asked.seen.state else {}
    after = situation_of(asked.id, asked.desired.in_force(live), asked.facts, pages.at)
    found = pages_explained(asked.seen, after, who)
    document = PagesExplained(
        firm=asked.id,
        name=asked.name,
        environment=asked.environment,
        generation=asked.generation,
        unread=asked.seen.unread,
        persona=persona.id,
        locale=who.locale,
        at=pages.at.isoformat(),
        time_zone=after.settings[TIME_ZONE],
        pages=found,
        settings=settings_of(found, asked.layers, asked.seen),
        facts=looked_at(found, "facts", asked.facts.raw),
        client=looked_at(found, "client", persona.raw),
    )
    lexicon = spoken_lexicon()
    return Result(lambda: word_pages(document, lexicon), lambda: _json(document))


def _persona(asked: AskedFirm, pages: _Page) -> Persona:
    """The one that is named, or the only one that there is."""
    known = asked.known.shared.personas
    wanted = pages.persona or (next(iter(known)) if len(known) == 1 else "")
    if wanted in known:
        return known[wanted]
    hint: Text = did_you_mean(wanted, known) or choices(known) if known else phrase("help.usage.no-persona")
    key = "unknown-persona" if wanted else "which-persona"
    raise WrongUse(phrase(f"help.usage.{key}", name=wanted), hint)


def _json(document: object) -> Sequence[bytes]:
    return (json_text(encode(document, spoken_lexicon().say)).encode(),)
