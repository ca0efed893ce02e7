"""Personas' `expect`: promises to clients, checked against what they would find."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalsync.config.explain_fault import did_you_mean
from portalsync.config.validate import Document, ValidConfig
from portalsync.diagnostics import Diagnostic
from portalsync.model.page import PageName, Place, Situation, Surface
from portalsync.model.persona import Persona
from portalsync.portal.compose import compose
from portalsync.portal.words import lexicon

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


def unknown_firms(config: ValidConfig) -> Iterator[Diagnostic]:
    """Promises for firms that there are not."""
    for key, persona in config.personas.items():
        for firm in persona.expect:
            if firm != EVERY_FIRM and firm not in config.firms:
                yield Diagnostic(
                    "expect-firm-unknown",
                    f"There is no firm {firm}.",
                    config.persona_documents[key].parsed.key_location(("expect", firm)),
                    hint=did_you_mean(firm, config.firms) or "Remove the promise.",
                )


def _promises(persona: Persona, firm: str) -> Iterator[_Promise]:
    for target in (EVERY_FIRM, firm):
        for surface, pages in persona.expect.get(target, {}).items():
            for page, lists in pages.items():
                for verb, blocks in lists.items():
                    for index, block in enumerate(blocks):
                        at = ("expect", target, surface, page, verb, index)
                        yield _Promise(Place(Surface(surface), PageName(page)), block, verb == "see", at)


def _check(
    document: Document, persona: Persona, promise: _Promise, situation: Situation
) -> Iterator[Diagnostic]:
    composition = compose(situation, persona, promise.place, persona.locale)
    named = [block for block in composition.blocks if block.key == promise.block]
    if any(block.shown for block in named) is promise.seen:
        return
    where = f"{promise.place.surface} {promise.place.page} page of {situation.firm}"
    if promise.seen:
        known = [block.key for block in composition.blocks]
        reasons = "; ".join(lexicon("en")(block.reason) for block in named) or "there is no such block"
        message = f"{persona.client} does not find {promise.block} on the {where}: {reasons}."
        hint = "" if named else did_you_mean(promise.block, known)
    else:
        message = f"{persona.client} finds {promise.block} on the {where}, and must not."
        hint = ""
    yield Diagnostic(
        "expect-broken",
        message,
        document.parsed.value_location(promise.at),
        hint=hint or "Change the configuration, or the promise.",
    )
