"""`portalsync init`: a new config repository that works at once."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import click

from portalsync.cli.ask import ask
from portalsync.cli.language import spoken, spoken_lexicon
from portalsync.cli.options import yes_option
from portalsync.cli.output import tell
from portalsync.cli.program import Command
from portalsync.cli.usage import BadValue, WrongUse
from portalsync.cli.values import FOLDER, PATH
from portalsync.errors import ExitCode
from portalsync.lexicon import Phrase, counted, lexicon_of, phrase
from portalsync.scaffold import answers
from portalsync.scaffold.answers import Answers, branch_name
from portalsync.scaffold.arrangement import Arrangement, arranged
from portalsync.scaffold.installation import Installation, installation
from portalsync.scaffold.pins import hashes_of
from portalsync.scaffold.place import check_free, in_the_way
from portalsync.scaffold.place import place as write
from portalsync.scaffold.repository import REQUIREMENTS, repository
from portalsync.scaffold.site import Site, default_branch, repository_around, site

T = TypeVar("T")

_NEXT = {
    "portalsync validate": phrase("told.init.validate"),
    "portalsync plan --out plan.json": phrase("told.init.plan"),
    "portalsync preview --plan plan.json": phrase("told.init.preview"),
    "portalsync apply plan.json": phrase("told.init.apply"),
}
_NEXT_OF_A_PORTAL = {
    "portalsync pull": phrase("told.init.pull"),
    "portalsync validate": phrase("told.init.validate"),
    "portalsync plan": phrase("told.init.plan-nothing"),
}


class Answer(click.ParamType[T], Generic[T]):
    """An answer to one question, typed or as an option, checked before anything is written."""

    def __init__(self, name: str, read: str) -> None:
        self.name = name
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> T:
        del param, ctx  # click tells them to the error
        if not isinstance(value, str):
            return value  # type: ignore[no-any-return]  # converted before
        read: Callable[[str], T] = getattr(answers, self._read)
        try:
            return read(value)
        except answers.UnsuitableAnswer as problem:
            raise BadValue(problem.diagnostic.message, problem.diagnostic.hint) from None


NAME = Answer[str]("name", "firm_name")
LANGUAGES = Answer[tuple[str, ...]]("languages", "languages")
ZONE = Answer[str]("zone", "time_zone")
BRANCH = Answer[str]("branch", "branch_name")
PORTAL = Answer[str]("url", "portal_address")
ROOT = Answer[Path]("path", "root_folder")


@click.command(cls=Command)
@click.argument("folder", required=False, default=".", type=PATH, metavar="dir")
@click.option(
    "--name",
    type=NAME,
    envvar="PORTALSYNC_FIRM_NAME",
)
@click.option(
    "--locale",
    "locales",
    type=LANGUAGES,
    envvar="PORTALSYNC_LOCALE",
)
@click.option(
    "--time-zone",
    "zone",
    type=ZONE,
    envvar="PORTALSYNC_TIME_ZONE",
)
@click.option(
    "--branch",
    type=BRANCH,
    envvar="PORTALSYNC_BRANCH",
)
@click.option(
    "--repository",
    type=FOLDER,
    envvar="PORTALSYNC_REPOSITORY",
)
@click.option(
    "--by-hand",
    is_flag=True,
    envvar="PORTALSYNC_BY_HAND",
)
@click.option(
    "--portal",
    type=PORTAL,
    envvar="PORTALSYNC_PORTAL",
)
@yes_option
def init(  # noqa: PLR0913 - one per question
    *,
    folder: Path,
    name: str | None,
    locales: tuple[str, ...] | None,
    zone: str | None,
    branch: str | None,
    repository: Path | None,
    by_hand: bool,
    portal: str | None,
    yes: bool,
) -> int:
    if by_hand and portal:
        raise WrongUse(phrase("help.usage.portal-by-hand.message"), phrase("help.usage.portal-by-hand.hint"))
    around = repository or repository_around(folder)
    check_free(folder, around or folder, in_repository=around is not None)
    if not yes and None in (name, locales, zone) and not sys.stdin.isatty():
        raise WrongUse(phrase("help.usage.nobody-answers.message"), phrase("help.usage.nobody-answers.hint"))
    answer = _usual if yes else _asked
    name = name or answer(phrase("told.init.name"), NAME, _usual_name(folder))
    locales = locales or answer(phrase("told.init.locales"), LANGUAGES, spoken())
    zone = zone or answer(phrase("told.init.zone"), ZONE, _usual_zone(locales[0]))
    root = repository or _root(folder, around, ask=not yes and sys.stdin.isatty())
    with _suitable():
        place = site(folder, root, branch or branch_name(default_branch(root)))
    return _make(folder, Answers(name, locales, zone, by_hand, portal or ""), place)


def _root(folder: Path, around: Path | None, *, ask: bool) -> Path:
    """Asked only where a larger repository would get files outside of the folder."""
    if around is None or around == folder.resolve():
        return folder
    return (_asked if ask else _usual)(phrase("told.init.repository"), ROOT, str(around))


def _make(folder: Path, answers: Answers, place: Site) -> int:
    installed = installation(_asking)
    files = repository(answers, datetime.now(UTC).date(), place, installed)
    arrangement = arranged(files, place.root, place.within)
    if arrangement.in_the_way:
        raise in_the_way([*arrangement.in_the_way])
    write(arrangement.files, place.root)
    _tell_made(len(arrangement.files), folder, answers)
    _tell_placed(arrangement, place, installed, by_hand=answers.by_hand)
    _tell_next(place, _NEXT_OF_A_PORTAL if answers.portal else _NEXT)
    return ExitCode.DONE


@contextmanager
def _suitable() -> Iterator[None]:
    try:
        yield
    except answers.UnsuitableAnswer as problem:
        raise BadValue(problem.diagnostic.message, problem.diagnostic.hint) from None


def _asking(pins: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    tell(phrase("told.init.hashes"))
    return hashes_of(pins)


def _tell_made(files: int, folder: Path, answers: Answers) -> None:
    made = counted("told.init.files", files, folder=str(folder) if folder.name else folder.resolve().name)
    sample = "" if answers.portal else phrase("told.init.firm", firm=answers.firm)
    tell(f"{spoken_lexicon().say(made)} {spoken_lexicon().say(sample)}".rstrip())


def _tell_placed(arrangement: Arrangement, place: Site, installed: Installation, *, by_hand: bool) -> None:
    workflows = "by-hand" if by_hand else "workflows"
    tell(phrase(f"told.init.{workflows}", root=str(place.root), branch=place.branch))
    if arrangement.added_to:
        tell(phrase("told.init.added", files=", ".join(arrangement.added_to)))
    if arrangement.kept:
        tell(phrase("told.init.kept", files=", ".join(arrangement.kept)))
    if not installed.source.requirement:
        tell(phrase("told.init.nowhere", file=REQUIREMENTS))
    elif installed.source.can_be_held and not installed.hashes:
        tell(phrase("told.init.no-hashes", file=REQUIREMENTS))


def _tell_next(place: Site, steps: Mapping[str, Phrase]) -> None:
    tell("")
    tell(phrase("told.init.next"))
    for command, purpose in steps.items():
        tell(f"  {command:<35}  # {spoken_lexicon().say(purpose)}")
    tell(phrase("told.init.readme", file=f"{place.readme}.md"))


def _asked(question: Phrase, answer: Answer[T], default: str) -> T:
    return ask(question, lambda text: answer.convert(text, None, None), default)


def _usual(question: Phrase, answer: Answer[T], default: str) -> T:
    del question
    return answer.convert(default, None, None)


def _usual_name(folder: Path) -> str:
    """The folder's name as people would write it: `kanzlei-muster` -> `Kanzlei Muster`."""
    words = folder.resolve().name.replace("_", "-").split("-")
    name = " ".join(word[:1].upper() + word[1:] for word in words if word)
    try:
        return NAME.convert(name, None, None)
    except click.BadParameter:
        return "Example & Partner"


def _usual_zone(language: str) -> str:
    """That of the machine, if it is a place; else a guess from the language."""
    local = os.environ.get("TZ") or os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    try:
        zone = ZONE.convert(local, None, None)
    except click.BadParameter:
        zone = ""
    is_place = "/" in zone and not zone.startswith("Etc/")
    return zone if is_place else lexicon_of(language)("init.guess.time-zone")
