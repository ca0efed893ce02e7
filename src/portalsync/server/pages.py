"""The pages: what clients open, and a directory of what there is to open."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.page import PLACES, Place, situation_of
from portalsync.model.persona import Persona, persona_from_json
from portalsync.portal.classes import Class, Classes
from portalsync.portal.links import page_file
from portalsync.portal.render import page_policy, render
from portalsync.server import bodies, directory, rows
from portalsync.server.columns import read_as
from portalsync.server.headers import page_headers
from portalsync.server.refusal import Refused
from portalsync.server.store import Clock, Store
from portalsync.server.tables import FIRMS, GENERATIONS, SAMPLE_CLIENTS
from portalsync.wire import MOST_IN_PAGE

_MOST_REMEMBERED = 128
"""Firms, and sample clients, of which is remembered what was read last."""
_MOST_PAGES = 512
_ANY_TIME = datetime.min.replace(tzinfo=UTC)
"""Classes are asked for an instant each time."""

FILES: dict[str, Place] = {page_file(place): place for place in PLACES}


class Pages:
    """Composed and rendered by what makes the previews: one way, one result. What follows from the same is
    the same page.
    """

    def __init__(self, store: Store, clock: Clock, locale: str) -> None:
        self._store = store
        self._clock = clock
        self._lexicon = lexicon_of(locale)

    def routes(self) -> Sequence[Route]:
        return (
            Route("/", self.firms),
            Route("/portal/{firm}/", self.firm),
            Route("/portal/{firm}/{persona}/{locale}/{file}", self.page),
        )

    async def page(self, request: Request) -> Response:
        """Not in a thread as the others are: on the way there it would spend as long as it takes."""
        asked = request.path_params
        place, locale = FILES.get(asked["file"]), asked["locale"]
        at = bodies.instant(request, self._clock())
        source = self._store.page_source(asked["firm"], asked["persona"])
        if place is None or source is None or locale not in LOCALES:
            raise _no_page()
        classes = _classes(source.firm, source.settings, source.facts)
        html, policy = _made(_Asked(classes, source.client, place, locale, classes.interval(at), at))
        return _html(html, policy)

    def firms(self, request: Request) -> Response:
        found = self._store.lives(request.query_params.get("after", ""), MOST_IN_PAGE + 1)
        return _html(directory.firms_page(found, self._lexicon).encode(), directory.policy())

    def firm(self, request: Request) -> Response:
        live = self._store.live(request.path_params["firm"])
        page = directory.firm_page(live, self._store.sample_clients(), self._lexicon)
        return _html(page.encode(), directory.policy())


@lru_cache(maxsize=_MOST_REMEMBERED)
def _classes(firm: str, settings: str, facts: str) -> Classes:
    """A firm's pages, found by all that was read of it: whatever has changed, they are others."""
    read = {"facts": read_as(FIRMS.c.facts, facts)}
    known = read_as(GENERATIONS.c.settings, settings)
    return Classes(situation_of(firm, known, rows.facts(read), _ANY_TIME))


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that a page follows from; `at` is one instant of the interval, and equal to any other."""

    classes: Classes
    client: str
    place: Place
    locale: str
    interval: Class
    at: datetime = field(compare=False)


@lru_cache(maxsize=_MOST_PAGES)
def _made(asked: _Asked) -> tuple[bytes, str]:
    """The page, and what it may do."""
    composition = asked.classes.compose(_client(asked.client), asked.place, asked.locale, asked.at)
    return render(composition).encode(), page_policy(composition)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _client(document: str) -> Persona:
    return persona_from_json(read_as(SAMPLE_CLIENTS.c.document, document))


def _no_page() -> Refused:
    return Refused("page-unknown", 404, "There is no such page.")


def _html(page: bytes, policy: str) -> Response:
    return Response(page, 200, page_headers(policy), "text/html; charset=utf-8")
