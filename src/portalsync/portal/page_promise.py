"""What a plan promises of a firm's pages: one digest, for which none is rendered."""

from collections.abc import Mapping, Sequence

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Block, Option
from portalsync.model.canonical import digest
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import PLACES
from portalsync.portal.classes import Classes, Clients, blocks_on
from portalsync.portal.links import page_href

_BLOCKS = [(option, block) for option in DEFINITIONS for block in option.blocks]


def page_promise(firm: Classes, clients: Clients, templates: str) -> str:
    """The digest over every page of every persona: its address, the client's name, and the digest of
    each block that is shown, in reading order. `templates` is the digest of what makes HTML of them. Equal
    promises are equal pages, byte for byte.
    """
    return digest({"pages": _pages(firm, clients), "templates": templates})


def _pages(firm: Classes, clients: Clients) -> JSONObject:
    rows = {(option.key, block.name): _row(firm, clients, option, block) for option, block in _BLOCKS}
    pages: JSONObject = {}
    for place in PLACES:
        on_page = [rows[option.key, block.name] for option, block in blocks_on(place)]
        for index, client in enumerate(clients.personas):
            for locale in firm.languages(client):
                blocks: list[JSON] = [each for row in on_page for each in row[index][locale]]
                pages[page_href(firm.situation.firm, client.id, locale, place)] = [client.client, blocks]
    return pages


def _row(
    firm: Classes, clients: Clients, option: Option, block: Block
) -> Sequence[Mapping[str, Sequence[str]]]:
    """For each client, by language: the digests of what they find of a block."""
    answers, at = firm.answers(option), firm.situation.at
    row: list[Mapping[str, Sequence[str]]] = [{}] * len(clients.personas)
    for alike in clients.alike(block, answers.audiences):
        named = [index for index in alike.indexes if index < len(row)]
        if named:
            languages = firm.languages(alike.first)
            found = {locale: answers.digests(block, alike, locale, at) for locale in languages}
            for index in named:
                row[index] = found
    return row
