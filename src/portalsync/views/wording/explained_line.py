"""An explained line -> report: what it says, where it decides, whom that reaches, who overrules it."""

from collections.abc import Iterator, Sequence

from portalsync.catalog import pattern_of
from portalsync.catalog.naming import settings_name
from portalsync.lexicon import Foreign, Lexicon, Text, counted, how_many, joined, phrase, quoted
from portalsync.living.explain.layers import is_setting
from portalsync.living.explain.line import FirmReached, LineExplained
from portalsync.moments import moment
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.explained_setting import layer_wording
from portalsync.views.wording.names import first_names

_MOST_OVERRULING = 20
"""Lines that are told to overrule one; the JSON has all."""


def word_line(explained: LineExplained, lexicon: Lexicon) -> Report:
    """What it comes to, then block by block and firm by firm."""
    return Report(
        title=phrase("explain.line", line=Foreign(explained.line), layer=Foreign(explained.layer)),
        verdict=(*_verdict(explained, lexicon),),
        sections=tuple(each for each in _sections(explained, lexicon) if each.items),
    )


def _verdict(explained: LineExplained, lexicon: Lexicon) -> Iterator[Item]:
    yield Item(Tone.NOTE, joined([_about(path, lexicon) for path in explained.settings]))
    deciding = [firm for firm in explained.firms if firm.decides]
    in_vain = len(explained.firms) - len(deciding)
    if explained.unread:
        yield Item(Tone.WARN, phrase("explain.unread-firms", firms=first_names(explained.unread)))
    if not explained.firms and not explained.unread:
        yield Item(Tone.WARN, phrase("explain.no-firm"))
    if deciding:
        yield Item(Tone.GOOD, _reach(deciding))
    if in_vain:
        yield Item(Tone.REMOVE, counted("explain.in-vain", in_vain))


def _about(path: str, lexicon: Lexicon) -> Text:
    """A setting, or what has some."""
    if not path:
        return phrase("explain.all-options")
    return (settings_name(path, lexicon), " (", Foreign(path), ")")


def _reach(firms: Sequence[FirmReached]) -> Text:
    variants, of = sum(each.variants for each in firms), sum(each.of_variants for each in firms)
    return counted("explain.decides", len(firms), variants=variants, of=of, clients=_clients(firms))


def _clients(firms: Sequence[FirmReached]) -> Text:
    number = sum(each.clients for each in firms)
    some = "at-most" if any(each.at_most for each in firms) else "clients-reached"
    return counted(f"explain.{some}", number)


def _sections(explained: LineExplained, lexicon: Lexicon) -> Iterator[Section]:
    yield Section(phrase("explain.blocks"), (*_blocks(explained, lexicon),))
    yield Section(phrase("explain.firms"), (*_firms(explained),))
    yield Section(phrase("explain.overruled-by"), (*_overruled(explained, lexicon),))


def _blocks(explained: LineExplained, lexicon: Lexicon) -> Iterator[Item]:
    """Each with the firms in which it is as it is by the line."""
    found: dict[str, list[str]] = {}
    for firm in explained.firms:
        for block in firm.blocks:
            found.setdefault(block.key, []).append(firm.name)
    deciding = sum(1 for firm in explained.firms if firm.decides)
    for key, firms in found.items():
        option, name = key.split(".")[:2]
        label = lexicon(f"options.{option}.blocks.{name}")
        of = phrase("explain.in-all") if len(firms) == deciding > 1 else first_names(firms)
        yield Item(Tone.NOTE, (quoted(label), " (", Foreign(key), "): ", of))


def _firms(explained: LineExplained) -> Iterator[Item]:
    """Those that it reaches, the most clients first."""
    reached = sorted((each for each in explained.firms if each.decides), key=lambda each: -each.clients)
    for each in reached:
        text = phrase(
            "explain.firm",
            firm=Foreign(each.name),
            variants=each.variants,
            of=each.of_variants,
            clients=_clients([each]),
        )
        since = (phrase("explain.since", at=moment(each.since, each.time_zone)),) if each.since else ()
        yield Item(Tone.GOOD if each.variants else Tone.NOTE, text, notes=since)


def _overruled(explained: LineExplained, lexicon: Lexicon) -> Iterator[Item]:
    """By what each other layer says instead, with the firms."""
    found: dict[tuple[str, str], tuple[Text, list[str]]] = {}
    for firm in explained.firms:
        for each in firm.overruled:
            path = each.path
            says = layer_wording(path, each.by, lexicon) if is_setting(path) else Foreign(each.by.layer)
            text: Text = (settings_name(path, lexicon), ": ", says)
            found.setdefault((pattern_of(path) + path, each.by.source), (text, []))[1].append(firm.name)
    rows = [*found.items()]
    most = how_many(len(rows), _MOST_OVERRULING)
    for (_, source), (text, firms) in rows[:most]:
        yield Item(Tone.REMOVE, text, source=source, notes=(first_names(firms),))
    if len(rows) > most:
        yield Item(Tone.NOTE, counted("explain.more-lines", len(rows) - most))
