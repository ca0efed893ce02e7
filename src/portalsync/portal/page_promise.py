"""What a plan promises of a firm's pages: one digest, for which none is rendered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Block, Option
from portalsync.model.canonical import bytes_digest, canonical
from portalsync.model.page import PLACES
from portalsync.portal.answers import Alike, Answers, Row
from portalsync.portal.classes import Classes, Clients, OnePage, blocks_on
from portalsync.portal.links import page_href

_BLOCKS = [(option, block) for option in DEFINITIONS for block in option.blocks]


def page_promise(firm: Classes, clients: Clients, templates: str) -> str:
    """The digest over every page of every persona: its address, the client's name, and the digest of
    each block that is shown, in reading order. `templates` is the digest of what makes HTML of them. Equal
    promises are equal pages, byte for byte.

        {"pages":{"almtal/ida/de/web-home.html":["Ida Moser",["8J…",…]],…},"templates":"sha256:…"}
    """
    pages = ",".join(_pages(firm, clients)).encode()
    return bytes_digest(b'{"pages":{%b},"templates":%b}' % (pages, canonical(templates)))


def _pages(firm: Classes, clients: Clients) -> Iterator[str]:
    """In canonical JSON, sorted by their addresses."""
    rows = {(option.key, block.name): _row(firm, clients, option, block) for option, block in _BLOCKS}
    on_page = {
        place: [rows[option.key, block.name] for option, block in blocks_on(place)] for place in PLACES
    }
    begins = canonical(firm.situation.firm)[:-1].decode()
    for page in _of_personas(firm, clients):
        found = [blocks for row in on_page[page.place] if (blocks := row[page.index][page.locale])]
        yield f"{begins}{page.head}[{','.join(found)}]]"


def _of_personas(firm: Classes, clients: Clients) -> Sequence[OnePage]:
    """Those of all personas, of whatever firm that writes in these languages."""
    found = clients.common.pages.get(firm.written)
    if found is None:
        found = [*_sorted(firm, clients)]
        clients.common.pages.keep(firm.written, found)
    return found


def _sorted(firm: Classes, clients: Clients) -> Iterator[OnePage]:
    """By their addresses."""
    pages = {
        page_href("", client.id, locale, place): (index, locale, place)
        for index, client in enumerate(clients.personas)
        for locale in firm.languages(client)
        for place in PLACES
    }
    for href in sorted(pages):
        index, locale, place = pages[href]
        client = canonical(clients.personas[index].client).decode()
        yield OnePage(place, index, locale, f"{canonical(href)[1:].decode()}:[{client},")


def _row(firm: Classes, clients: Clients, option: Option, block: Block) -> Row:
    """For each persona, by language: the digests of what they find of a block."""
    answers, at = firm.answers(option), firm.situation.at
    alike = clients.alike(block, answers.audiences)
    key = block.name, alike.told_apart, firm.written, answers.interval(at), firm.day(block, at)
    row = answers.rows.get(key)
    if row is None:
        row = _digests(firm, clients, block, answers, alike.classes)
        answers.rows.keep(key, row, len(alike.classes))
    return row


def _digests(
    firm: Classes, clients: Clients, block: Block, answers: Answers, classes: Iterable[Alike]
) -> Row:
    row: list[Mapping[str, str]] = [{}] * len(clients.personas)
    at = firm.situation.at
    day = firm.day(block, at)
    for alike in classes:
        named = [index for index in alike.indexes if index < len(row)]
        if named:
            languages = firm.languages(alike.first)
            found = {each: answers.digests(block, alike, each, at, day) for each in languages}
            for index in named:
                row[index] = found
    return row
