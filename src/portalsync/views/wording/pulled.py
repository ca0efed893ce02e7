"""Pulled -> report: which files change, and what the portal has that they did not want."""

from collections.abc import Iterator

from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM, GROUP
from portalsync.lexicon import Foreign, Lexicon, Phrase, Text, counted, phrase
from portalsync.model.pulled import Pulled, PulledFirm
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.edits import edits_wording


def word_pulled(pulled: Pulled, lexicon: Lexicon) -> Report:
    """What came, firm by firm."""
    return Report(
        title=phrase("pull.title", environment=Foreign(pulled.environment)),
        verdict=(_verdict(pulled),),
        sections=tuple(_firm(firm, lexicon) for firm in pulled.changed),
        foot=tuple(_next(pulled)),
    )


def _verdict(pulled: Pulled) -> Item:
    if not pulled.firms:
        return Item(Tone.NOTE, phrase("pull.verdict.nobody"))
    if not pulled.files:
        return Item(Tone.GOOD, counted("pull.verdict.nothing", len(pulled.firms)))
    key = "files" if pulled.written else "would"
    return Item(Tone.CHANGE, counted(f"pull.verdict.{key}", len(pulled.files)))


def _next(pulled: Pulled) -> Iterator[Text]:
    for name in pulled.shared:
        yield phrase(
            "pull.group" if name.startswith(f"{GROUP.folder}/") else "pull.picture", file=Foreign(name)
        )
    if pulled.files and pulled.written:
        yield phrase("pull.next")


def _firm(firm: PulledFirm, lexicon: Lexicon) -> Section:
    title = phrase("pull.firm", firm=Foreign(firm.name), id=Foreign(firm.id))
    return Section(title, (*_settings(firm, lexicon), *map(_other_file, _others(firm))))


def _settings(firm: PulledFirm, lexicon: Lexicon) -> Iterator[Item]:
    own = next((name for name in firm.files if name.startswith(f"{FIRM.folder}/")), "")
    if firm.is_new and own:
        yield Item(Tone.ADD, counted("pull.new", firm.settings, file=Foreign(own)))
        return
    for edit in firm.edits:
        heading, lines = edits_wording([edit], lexicon, key="pull.change")
        yield Item(Tone.CHANGE, heading, notes=lines)


def _others(firm: PulledFirm) -> list[str]:
    return [name for name in firm.files if not name.startswith(f"{FIRM.folder}/")]


def _other_file(name: str) -> Item:
    key = "facts" if name.startswith(f"{FACTS.folder}/") else "picture"
    text: Phrase = phrase(f"pull.{key}", file=Foreign(name))
    return Item(Tone.CHANGE, text)
