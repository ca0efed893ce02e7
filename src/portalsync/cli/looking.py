"""Checking a portal without an API: whoever sits at the terminal looks at each settings page, and says what
is still as recorded.
"""

import sys
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from portalsync.backend.protocol import Reader
from portalsync.catalog.stored import can_be_stored
from portalsync.cli.ask import ask, choose
from portalsync.cli.by_hand import tell_recorded
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.loaded import read_config
from portalsync.cli.output import show, tell_lines
from portalsync.cli.results import print_result
from portalsync.cli.usage import BadValue
from portalsync.cli.vendor import vendor_of
from portalsync.config.yaml import parse
from portalsync.errors import InvalidConfig
from portalsync.lexicon import Foreign, Text, phrase
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings
from portalsync.pipeline.load import desired_of
from portalsync.record.by_hand import ByHand
from portalsync.record.firm_record import Sighting
from portalsync.views.click_list.looks import (
    Look,
    PageToSee,
    look_line,
    pages_to_see,
    what_to_see,
    word_looks,
)
from portalsync.views.click_list.report import way_there
from portalsync.views.click_list.vendor_words import VendorWords
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS, TERMINAL

_READ_BY_PEOPLE = (TERMINAL, "markdown")
_YES, _NO, _LATER, _STOP = "yes", "no", "later", "stop"
_ANSWERS = {name: f"looks.answers.{name}" for name in (_YES, _NO, _LATER, _STOP)}
_AROUND = " \"'“”„‚‘’"
"""What is left off around a name: it is told in quotation marks."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What somebody saw on one page."""

    confirmed: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    is_last: bool = False


def check_record(  # noqa: PLR0913, PLR0917 - whose, in whose words, and how
    portal: Reader, asked: Container[str], root: Path, environment: str, form: str, actor: str
) -> None:
    """What is recorded of the firms that are asked for is checked by whoever sits at the terminal; and of
    those that are not managed yet, whether what the files want is there already. Where nobody sits, it is
    listed, in formats that people read.
    """
    assert isinstance(portal, ByHand)  # noqa: S101 - the environment's backend says so
    words = VendorWords(vendor_of(root, environment), spoken_lexicon())
    firms = [each for each in portal.firms() if each.id in asked]
    wanted = _wanted([each.id for each in firms if not each.managed], root)
    records = [portal.record(each.id) for each in firms if each.managed or each.id in wanted]
    pages = pages_to_see(records, wanted, words)
    if form == TERMINAL and pages and sys.stdin.isatty():
        look_around(pages, portal, actor)
    elif form in _READ_BY_PEOPLE:
        print_result(Result(lambda: word_looks(pages, environment), lambda: ()), RESULTS[form])
        show("\n")


def _wanted(firms: Sequence[str], root: Path) -> Mapping[str, Settings]:
    """What the files say of these firms; nothing where they cannot be read."""
    try:
        known = read_config(root, {*firms})
    except InvalidConfig:
        return {}
    return {firm: desired_of(known, firm).settings() for firm in known.firms if firm in firms}


def look_around(pages: Sequence[PageToSee], portal: ByHand, actor: str) -> None:
    """Each page is recorded before the next one is asked for; whoever stops has left the rest as it was."""
    tell_lines(what_to_see(pages))
    found, recorded = set[str](), False
    try:
        for number, page in enumerate(pages, 1):
            seen = _looked_at(page, f"{number}", f"{len(pages)}")
            if seen.edits or seen.confirmed:
                _record(page.firm, seen, portal, actor, goes_on=page.firm in found)
                recorded = True
            found |= {page.firm} if seen.edits else set()
            if seen.is_last:
                return
    finally:
        if recorded:
            tell_recorded(portal)


def _looked_at(page: PageToSee, number: str, of: str) -> _Seen:
    tell_lines(("\n", phrase("looks.page", number=number, of=of, place=_place(page))))
    for look in page.looks:
        tell_lines(("  ", look_line(look)))
    question = phrase("looks.ask" if page.is_known else "looks.ask-first")
    answer = choose(question, _ANSWERS, phrase("looks.again"))
    return _Seen(is_last=answer == _STOP) if answer in {_LATER, _STOP} else _seen(page, answer)


def _place(page: PageToSee) -> Text:
    return (Foreign(page.firm_name), ": ", way_there(page.page))


def _seen(page: PageToSee, answer: str) -> _Seen:
    """Whoever stops within a page has answered for the settings above."""
    confirmed, edits, said = list[str](), list[Edit](), answer
    for look in page.looks:
        said = answer if answer == _YES else _still(look, is_alone=len(page.looks) == 1)
        if said == _STOP:
            break
        before = look.recorded.value if look.recorded else ABSENT
        now = _instead(look) if said == _NO else look.value if said == _YES else before
        if now != before:
            edits.append(Edit(look.path, before, now))
        elif said == _YES:
            confirmed.append(look.path)
    return _Seen(tuple(confirmed), tuple(edits), is_last=said == _STOP)


def _still(look: Look, *, is_alone: bool) -> str:
    """Of what stands alone on its page, it is known already."""
    if is_alone:
        return _NO
    question = phrase("looks.ask-one" if look.recorded else "looks.ask-one-first", what=look_line(look))
    return choose(question, _ANSWERS, phrase("looks.again"))


def _instead(look: Look) -> JSON | Absent:
    """What the portal has there by now. A switch that is not on is off; texts are asked for by language."""
    value = look.value
    if isinstance(value, bool):
        return not value
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return _in_each_language(look, value)
    return ask(phrase("looks.instead", what=look.name), partial(_read, look), "")


def _in_each_language(look: Look, value: dict[str, JSON]) -> JSON | Absent:
    lexicon = spoken_lexicon()
    seen: dict[str, JSON] = {}
    for tag, recorded in value.items():
        what = (look.name, ", ", lexicon.language(tag))
        question = "looks.instead-text" if look.recorded else "looks.instead-text-first"
        text = ask(phrase(question, what=what, recorded=Foreign(str(recorded))), str, "")
        if text != "-":
            seen[tag] = text or recorded
    return seen if can_be_stored(look.path, seen) else ABSENT


def _read(look: Look, text: str) -> JSON | Absent:
    """What is chosen as people read it; else as a text, else as it would stand in a file."""
    if not text.strip():
        return ABSENT
    named = {name.casefold(): value for name, value in look.choices.items()}
    for value in (named.get(text.strip(_AROUND).casefold()), text, _as_in_a_file(text)):
        if value is not None and can_be_stored(look.path, value):
            return value
    if look.choices:
        raise BadValue(phrase("looks.choose", choices=Foreign("; ".join(look.choices))))
    raise BadValue(phrase("looks.cannot-be"))


def _as_in_a_file(text: str) -> JSON:
    try:
        return parse(text.encode(), "").data
    except InvalidConfig:
        return None


def _record(firm: str, seen: _Seen, portal: ByHand, actor: str, *, goes_on: bool) -> None:
    before, now = portal.record(firm), datetime.now(UTC).isoformat(timespec="milliseconds")
    by = Sighting(actor, now)
    portal.keep(before.with_seen(seen.edits, seen.confirmed, by, goes_on=goes_on), before)
