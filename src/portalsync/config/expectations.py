"""Personas' `expect`: promises to clients, checked against what they would find."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from portalsync.catalog import DEFINITIONS
from portalsync.config.explain_fault import did_you_mean, one_of
from portalsync.config.validate import Document, ValidConfig
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import lexicon
from portalsync.model.page import PageName, Place, Situation, Surface
from portalsync.model.persona import Persona
from portalsync.model.promise import Promise
from portalsync.portal.compose import compose

EVERY_FIRM = "all"


@dataclass(frozen=True, slots=True)
class _Promise:
    place: Place
    block: str
    seen: bool
    at: tuple[str | int, ...]


def check_expectations(config: ValidConfig, situation: Situation) -> Iterator[Diagnostic]:
    """Promises that a firm does not keep, at the line of the promise."""
    for key, persona in config.personas.items():
        document = config.persona_documents[key]
        for promise in _promises(persona, situation.firm):
            yield from _check(document, persona, promise, situation)


def unknown_names(config: ValidConfig) -> Iterator[Diagnostic]:
    """Promises about firms and blocks that there are not: nothing could ever break some of them."""
    for key, persona in config.personas.items():
        parsed = config.persona_documents[key].parsed
        for target in persona.expect:
            if target != EVERY_FIRM and target not in config.firms:
                yield Diagnostic(
                    "expect-firm-unknown",
                    f"There is no firm {target}.",
                    parsed.key_location(("expect", target)),
                    hint=did_you_mean(target, config.firms) or "Remove the promise.",
                )
            for promise in _promises_for(persona, target):
                place, known = promise.place, _blocks(promise.place)
                if ".".join(promise.block.split(".")[:2]) not in known:
                    yield Diagnostic(
                        "expect-block-unknown",
                        f"The {place.surface} {place.page} page has no block {promise.block}.",
                        parsed.value_location(promise.at),
                        expected=one_of(known),
                        hint=did_you_mean(promise.block, known),
                    )


@cache
def _blocks(place: Place) -> tuple[str, ...]:
    """What can be on a page, for whichever firm and client."""
    return tuple(
        f"{option.key}.{block.name}"
        for option in DEFINITIONS
        for block in option.blocks
        if place in block.places
    )


def _promises(persona: Persona, firm: str) -> Iterator[_Promise]:
    for target in (EVERY_FIRM, firm):
        yield from _promises_for(persona, target)


def _promises_for(persona: Persona, target: str) -> Iterator[_Promise]:
    for surface, pages in persona.expect.get(target, {}).items():
        for page, lists in pages.items():
            for verb, blocks in lists.items():
                for index, block in enumerate(blocks):
                    at = ("expect", target, surface, page, verb, index)
                    yield _Promise(Place(Surface(surface), PageName(page)), block, verb == "see", at)


def promises(config: ValidConfig, situation: Situation) -> Iterator[Promise]:
    """Every promise about a firm, with whether it is kept."""
    for key, persona in config.personas.items():
        document = config.persona_documents[key]
        for promise in _promises(persona, situation.firm):
            shown, reason = _find(persona, promise, situation)
            place = document.parsed.value_location(promise.at)
            yield Promise(
                persona=key,
                firm=situation.firm,
                place=promise.place,
                block=promise.block,
                must_see=promise.seen,
                kept=shown is promise.seen,
                reason="" if shown else reason,
                source=f"{place.file}:{place.line}",
            )


def _find(persona: Persona, promise: _Promise, situation: Situation) -> tuple[bool, str]:
    """Whether the client finds the block, and the reasons why not."""
    composition = compose(situation, persona, promise.place, persona.locale)
    named = [block for block in composition.blocks if block.key == promise.block]
    reasons = "; ".join(lexicon("en")(block.reason) for block in named if block.reason)
    return any(block.shown for block in named), reasons or "there is no such block"


def _check(
    document: Document, persona: Persona, promise: _Promise, situation: Situation
) -> Iterator[Diagnostic]:
    shown, reason = _find(persona, promise, situation)
    if shown is promise.seen:
        return
    where = f"{promise.place.surface} {promise.place.page} page of {situation.firm}"
    message = (
        f"{persona.client} does not find {promise.block} on the {where}: {reason}."
        if promise.seen
        else f"{persona.client} finds {promise.block} on the {where}, and must not."
    )
    yield Diagnostic(
        "expect-broken",
        message,
        document.parsed.value_location(promise.at),
        hint="Change the configuration, or the promise.",
    )
