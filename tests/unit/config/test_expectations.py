"""Promises to sample clients: what several of them are promised alike is asked for once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portalsync.catalog import DEFINITIONS
from portalsync.config.expectations import promises
from portalsync.config.resolve import resolve
from portalsync.config.validate import ValidConfig
from portalsync.model.page import situation_of
from portalsync.model.persona import Persona
from portalsync.model.promise import Promise
from portalsync.model.remembered import Memory
from portalsync.pipeline.load import config_of, load

EXAMPLE = Path(__file__).parents[3] / "portal-config"
SOON = datetime(2026, 11, 2, 9, tzinfo=UTC)


def promised() -> Mapping[str, Any]:
    """Every block on each of its pages, to be seen."""
    expect: dict[str, dict[str, dict[str, list[str]]]] = {}
    for option in DEFINITIONS:
        for block in option.blocks:
            for place in block.places:
                pages = expect.setdefault(str(place.surface), {})
                pages.setdefault(str(place.page), {"see": []})["see"].append(f"{option.key}.{block.name}")
    return {"all": expect}


def kept(config: ValidConfig, firm: str, personas: Mapping[str, Persona]) -> list[Promise]:
    config = replace(config, personas=personas, remembered=Memory())
    desired, _ = resolve(config, firm)
    return [*promises(config, situation_of(firm, desired.settings(), config.facts[firm], SOON))]


def test_what_a_client_is_promised_does_not_depend_on_who_else_is() -> None:
    """Seen to fail where clients counted as alike whatever blocks look at of them."""
    known, expect = load(EXAMPLE), promised()
    told: set[bool] = set()
    for firm in known.firms:
        config = config_of(known, firm)
        personas = {key: replace(each, expect=expect) for key, each in config.personas.items()}
        among_all = kept(config, firm, personas)
        assert among_all == [
            promise for key, each in personas.items() for promise in kept(config, firm, {key: each})
        ]
        told |= {each.kept for each in among_all if each.block == "work_in_progress.section"}
    assert told == {True, False}
