"""The workbench as an ASGI app: it answers, and nobody can write to it."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portalsync.editing.chosen import Asked, read_moment
from portalsync.editing.html import policy, since_html, workbench_html
from portalsync.editing.own_site import OwnSite
from portalsync.editing.workbench import Workbench
from portalsync.lexicon import LOCALES, Lexicon
from portalsync.portal.render import page_policy, render
from portalsync.server.headers import page_headers
from portalsync.server.hosts import LoopbackHosts
from portalsync.server.pages import FILES
from portalsync.server.problems import HANDLERS
from portalsync.server.refusal import Refused


def create_app(workbench: Workbench, lexicon: Lexicon) -> Starlette:
    it = _Routes(workbench, lexicon)
    return Starlette(
        routes=[
            Route("/", it.look),
            Route("/version", it.version),
            Route("/since", it.since),
            Route("/pages/{side}/{at}/{firm}/{client}/{locale}/{file}", it.page),
        ],
        middleware=[Middleware(LoopbackHosts), Middleware(OwnSite)],
        exception_handlers=dict(HANDLERS),
    )


class _Routes:
    """Plain functions run in worker threads: nobody waits for another one's look at the portal."""

    def __init__(self, workbench: Workbench, lexicon: Lexicon) -> None:
        self._workbench, self._lexicon = workbench, lexicon

    def look(self, request: Request) -> Response:
        asked = Asked.of(request.query_params, self._workbench.firms)
        looked = self._workbench.look(asked)
        return _html(workbench_html(looked, self._lexicon), policy())

    def version(self, _request: Request) -> Response:
        return Response(self._workbench.version, 200, page_headers("default-src 'none'"), "text/plain")

    def since(self, request: Request) -> Response:
        query = request.query_params
        asked = Asked.of(query, self._workbench.firms)
        since = self._workbench.since(asked.firm, read_moment(query.get("at", "")))
        return _html(since_html(since, self._lexicon), policy())

    def page(self, request: Request) -> Response:
        asked = request.path_params
        place, locale = FILES.get(asked["file"]), asked["locale"]
        composition = None
        if place is not None and locale in LOCALES:
            named = Asked.of({**asked, "page": asked["file"].removesuffix(".html")}, self._workbench.firms)
            composition = self._workbench.composition(named) if named.firm == asked["firm"] else None
        if composition is None:
            raise Refused("page-unknown", 404, "There is no such page.")
        return _html(render(composition).encode(), page_policy(composition), "'self'")


def _html(page: bytes, policy: str, framed_by: str = "'none'") -> Response:
    return Response(page, 200, page_headers(policy, framed_by), "text/html; charset=utf-8")
