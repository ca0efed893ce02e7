"""Personas' `expect`: promises to clients, checked against what they would find."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.option import Block, Option
from portalsync.config.document import Document
from portalsync.config.taking_back import taken_back
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import LOCALES, Phrase, Text, phrase
from portalsync.model.page import PageName, Place, Placed, Situation, Surface
from portalsync.model.persona import Persona
from portalsync.model.promise import Promise
from portalsync.portal.answers import Answers, traits
from portalsync.portal.classes import blocks_on
from portalsync.portal.compose import admitted
from portalsync.suggest import did_you_mean, one_of

EVERY_FIRM = "all"


@dataclass(frozen=True, slots=True)
class _Promise:
    place: Place
    block: str
    seen: bool
    at: tuple[str | int, ...]
    definitions: Sequence[tuple[Option, Block]]
    """What puts a block of that name on the page."""
    alike: str
    """The same for promises about one block of one page to clients who are alike to what puts it there."""


def check_expectations(config: ValidConfig, situation: Situation) -> Iterator[Diagnostic]:
    """Promises that a firm does not keep, at the line of the promise."""
    for _, finding in broken_promises(config, None, situation):
        yield finding


def broken_promises(
    config: ValidConfig, before: Situation | None, after: Situation
) -> Iterator[tuple[str, Diagnostic]]:
    """The same, each with the persona whom it was given; a warning if it was broken `before` as well."""
    firm, pages = config.written_as(after.firm), _Pages(after)
    pages_before = None if before is None else _Pages(before)
    for key, persona in config.personas.items():
        for promise in _promises(config, key, firm):
            reason = pages.why_not(persona, promise)
            if (reason is None) is not promise.seen:
                old = pages_before is not None and not pages_before.keep(persona, promise)
                yield key, _broken(config.persona_documents[key], persona, promise, reason, before=old)


def unknown_names(config: ValidConfig, firms: Collection[str]) -> Iterator[Diagnostic]:
    """Promises about firms and blocks that there are not: nothing could ever break some of them. `firms` are
    all that files are about.
    """
    for key, persona in config.personas.items():
        parsed = config.persona_documents[key].parsed
        for target in persona.expect:
            if target != EVERY_FIRM and target not in firms:
                yield Diagnostic(
                    "expect-firm-unknown",
                    phrase("findings.expect-firm-unknown.message", firm=target),
                    parsed.key_position(("expect", target)),
                    hint=_missing(target, firms),
                )
            for promise in _given(persona, target):
                known = _blocks(promise.place)
                if ".".join(promise.block.split(".")[:2]) not in known:
                    yield Diagnostic(
                        "expect-block-unknown",
                        phrase(
                            "findings.expect-block-unknown.message",
                            block=promise.block,
                            **_named(promise.place),
                        ),
                        parsed.value_position(promise.at),
                        expected=one_of(known),
                        hint=did_you_mean(promise.block, known),
                    )


def _missing(firm: str, firms: Collection[str]) -> Text:
    file = phrase("findings.expect-firm-unknown.hint", file=FIRM.file_of(firm))
    meant = did_you_mean(firm, firms)
    return (meant, " ", file) if meant else file


@cache
def _blocks(place: Place) -> tuple[str, ...]:
    """What can be on a page, for whichever firm and client."""
    return tuple(
        f"{option.key}.{block.name}"
        for option in DEFINITIONS
        for block in option.blocks
        if place in block.places
    )


def _promises(config: ValidConfig, key: str, firm: str) -> Sequence[_Promise]:
    """Those that a persona is given about a firm."""
    known = config.remembered.get(("promises", key))
    if not isinstance(known, _Given):
        persona = config.personas[key]
        known = _Given({target: [*_given(persona, target)] for target in persona.expect})
        config.remembered.keep(("promises", key), known)
    about_all, about_it = (known.about.get(target, ()) for target in (EVERY_FIRM, firm))
    return [*about_all, *about_it] if about_it else about_all


@dataclass(frozen=True, slots=True)
class _Given:
    """A persona's promises, by whom they are about."""

    about: Mapping[str, Sequence[_Promise]]


def _given(persona: Persona, target: str) -> Iterator[_Promise]:
    for surface, pages in persona.expect.get(target, {}).items():
        for page, lists in pages.items():
            for verb, blocks in lists.items():
                for index, block in enumerate(blocks):
                    at = ("expect", target, surface, page, verb, index)
                    place = Place(Surface(surface), PageName(page))
                    definitions = _definitions(place, block)
                    looked_at = [traits(persona, each, persona.tags) for _, each in definitions]
                    alike = repr((place, block, looked_at))
                    yield _Promise(place, block, verb == "see", at, definitions, alike)


def promises(config: ValidConfig, situation: Situation) -> Iterator[Promise]:
    """Every promise about a firm, with whether it is kept."""
    pages = _Pages(situation)
    for key, persona in config.personas.items():
        document = config.persona_documents[key]
        for promise in _promises(config, key, config.written_as(situation.firm)):
            reason = pages.why_not(persona, promise)
            position = document.parsed.value_position(promise.at)
            yield Promise(
                persona=key,
                firm=situation.firm,
                place=promise.place,
                block=promise.block,
                must_see=promise.seen,
                kept=(reason is None) is promise.seen,
                reason=reason,
                source=f"{position.file}:{position.line}",
            )


@dataclass(frozen=True, slots=True)
class _Pages:
    """A firm's pages. What several clients find alike is asked for once."""

    situation: Situation
    _answers: dict[str, Answers] = field(default_factory=dict)
    _known: dict[str, Sequence[Placed]] = field(default_factory=dict)

    def keep(self, persona: Persona, promise: _Promise) -> bool:
        return (self.why_not(persona, promise) is None) is promise.seen

    def why_not(self, persona: Persona, promise: _Promise) -> Phrase | None:
        """Why the client does not find the block; nothing if it does."""
        reasons = [admitted(each, persona.tags).reason for each in self._named(persona, promise)]
        if "" in reasons:
            return None
        return phrase(reasons[0]) if reasons else phrase("findings.expect-broken.no-block")

    def _named(self, persona: Persona, promise: _Promise) -> Sequence[Placed]:
        known = self._known.get(promise.alike)
        if known is None:
            known = self._known[promise.alike] = [*self._placed(persona, promise)]
        return known

    def _placed(self, persona: Persona, promise: _Promise) -> Iterator[Placed]:
        """What stands on the page by the name that the promise gives; in one language for all clients, as
        none has a part in whether it is hidden.
        """
        at = self.situation.at
        for option, block in promise.definitions:
            placed = self._answers_of(option).placed(block, persona, LOCALES[0], at)
            yield from (each for each in placed if each.key == promise.block)

    def _answers_of(self, option: Option) -> Answers:
        if option.key not in self._answers:
            self._answers[option.key] = Answers(option, self.situation, b"")
        return self._answers[option.key]


def _definitions(place: Place, named: str) -> Sequence[tuple[Option, Block]]:
    key, _, rest = named.partition(".")
    name = rest.partition(".")[0]
    return [(option, block) for option, block in blocks_on(place) if (option.key, block.name) == (key, name)]


def _broken(
    document: Document, persona: Persona, promise: _Promise, reason: Phrase | None, *, before: bool
) -> Diagnostic:
    key = "findings.expect-broken.not-found" if reason else "findings.expect-broken.found"
    return Diagnostic(
        "expect-broken",
        phrase(
            key,
            client=persona.client,
            block=promise.block,
            label=_label(promise),
            reason=reason or "",
            **_named(promise.place),
        ),
        document.parsed.value_position(promise.at),
        Severity.WARNING if before else Severity.ERROR,
        hint=taken_back(document.parsed, promise.at),
        before=before,
    )


def _label(promise: _Promise) -> Text:
    """What clients read there."""
    labels = [f"options.{option.key}.blocks.{block.name}" for option, block in promise.definitions]
    return phrase("values.quoted", text=phrase(labels[0])) if labels else "–"


def _named(place: Place) -> dict[str, Phrase]:
    return {
        "surface": phrase(f"findings.surfaces.{place.surface}"),
        "page": phrase(f"findings.pages.{place.page}"),
    }
