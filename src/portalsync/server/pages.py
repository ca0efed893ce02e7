"""The pages: what clients open, and a directory of what there is to open."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portalsync.lexicon import LOCALES
from portalsync.model.facts import facts_from_json
from portalsync.model.page import PLACES, Place, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.compose import compose
from portalsync.portal.links import page_file
from portalsync.portal.render import page_policy, render
from portalsync.server import bodies, directory
from portalsync.server.headers import page_headers
from portalsync.server.refusal import Refused
from portalsync.server.store import Clock, Store
from portalsync.wire import MOST_IN_PAGE

FILES: dict[str, Place] = {page_file(place): place for place in PLACES}


class Pages:
    """Composed and rendered by what makes the previews: one way, one result."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def routes(self) -> Sequence[Route]:
        return (
            Route("/", self.firms),
            Route("/portal/{firm}/", self.firm),
            Route("/portal/{firm}/{persona}/{locale}/{file}", self.page),
        )

    def page(self, request: Request) -> Response:
        asked = request.path_params
        place, locale = FILES.get(asked["file"]), asked["locale"]
        at = bodies.instant(request, self._clock())
        client = self._store.sample_client(asked["persona"])
        if place is None or client is None or locale not in LOCALES:
            raise _no_page()
        live = self._store.live(asked["firm"])
        situation = situation_of(live.firm, live.settings, facts_from_json(live.facts), at)
        composition = compose(situation, persona_from_json(client), place, locale)
        return _html(render(composition), page_policy(composition))

    def firms(self, request: Request) -> Response:
        found = self._store.lives(request.query_params.get("after", ""), MOST_IN_PAGE + 1)
        return _html(directory.firms_page(found), directory.policy())

    def firm(self, request: Request) -> Response:
        live = self._store.live(request.path_params["firm"])
        return _html(directory.firm_page(live, self._store.sample_clients()), directory.policy())


def _no_page() -> Refused:
    return Refused("page-unknown", 404, "There is no such page.")


def _html(text: str, policy: str) -> Response:
    return Response(text.encode(), 200, page_headers(policy), "text/html; charset=utf-8")
