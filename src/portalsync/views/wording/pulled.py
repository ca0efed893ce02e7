"""Pulled -> report: which files change, and what the portal has that they did not want."""

from collections.abc import Iterator, Sequence

from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM, GROUP
from portalsync.lexicon import Foreign, Lexicon, Text, counted, joined, phrase
from portalsync.model.edit import Edit
from portalsync.model.pulled import Pulled, PulledFirm
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.edits import edits_wording

_MOST_NAMED = 5
"""Files of one kind that are named; more are counted."""


def word_pulled(pulled: Pulled, lexicon: Lexicon, *, facts_only: bool = False) -> Report:
    """New firms in a line each, what came of others setting by setting, and all other files."""
    known = (firm for firm in pulled.changed if firm.edits and not firm.is_new)
    return Report(
        title=phrase("pull.title", environment=Foreign(pulled.environment)),
        verdict=(_verdict(pulled, facts_only=facts_only), *_overruled(pulled)),
        sections=(*_new(pulled), *(_edited(firm, lexicon) for firm in known), *_others(pulled)),
        foot=(phrase("pull.next", environment=Foreign(pulled.environment)),)
        if pulled.files and pulled.written
        else (),
    )


def _verdict(pulled: Pulled, *, facts_only: bool) -> Item:
    if not pulled.firms:
        return Item(Tone.NOTE, phrase("pull.verdict.nobody"))
    if not pulled.files:
        key = "nothing-of-facts" if facts_only else "nothing"
        return Item(Tone.GOOD, counted(f"pull.verdict.{key}", len(pulled.firms)))
    key = "files" if pulled.written else "would"
    return Item(Tone.CHANGE, counted(f"pull.verdict.{key}", len(pulled.files)))


def _overruled(pulled: Pulled) -> Iterator[Item]:
    if number := sum(len(firm.overruled) for firm in pulled.firms):
        yield Item(Tone.WARN, counted("pull.overruled", number))


def _new(pulled: Pulled) -> Iterator[Section]:
    items = [
        Item(Tone.ADD, counted("pull.new", firm.settings, firm=Foreign(firm.name), file=Foreign(name)))
        for firm in pulled.changed
        for name in _files(firm.files, FIRM.folder)
        if firm.is_new
    ]
    if items:
        yield Section(phrase("pull.new-firms"), items)


def _edited(firm: PulledFirm, lexicon: Lexicon) -> Section:
    title = phrase("pull.firm", firm=Foreign(firm.name), id=Foreign(firm.id))
    return Section(
        title, [_edit(edit, lexicon, overrules=edit.path in firm.overruled) for edit in firm.edits]
    )


def _edit(edit: Edit, lexicon: Lexicon, *, overrules: bool) -> Item:
    heading, lines = edits_wording([edit], lexicon, key="pull.change")
    more = (phrase("pull.not-applied"),) if overrules else ()
    return Item(Tone.WARN if overrules else Tone.CHANGE, heading, notes=(*lines, *more))


def _others(pulled: Pulled) -> Iterator[Section]:
    """Layers that firms share, pictures, facts."""
    kinds = (("group", GROUP.folder), ("picture", _PICTURES), ("facts", FACTS.folder))
    found = [(key, _files(pulled.files, folder)) for key, folder in kinds]
    items = [Item(Tone.CHANGE, _named(key, names)) for key, names in found if names]
    if items:
        yield Section(phrase("pull.besides"), items)


_PICTURES = "assets"


def _named(key: str, names: Sequence[str]) -> Text:
    if len(names) > _MOST_NAMED:
        return counted(f"pull.many.{key}", len(names))
    return phrase(f"pull.{key}", files=joined(map(Foreign, names)))


def _files(names: Sequence[str], folder: str) -> list[str]:
    return [name for name in names if name.startswith(f"{folder}/")]
