"""The portal as one ASGI app, served on a port or called in-process: the same app."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from portalsync.lexicon import LOCALES
from portalsync.server.api import Api
from portalsync.server.hosts import LoopbackHosts
from portalsync.server.pages import Pages
from portalsync.server.problems import HANDLERS
from portalsync.server.store import Clock, Store


def create_app(store: Store, clock: Clock, locale: str = LOCALES[0]) -> Starlette:
    """The app over a store. `clock` says what "now" is on the pages; `locale` is its reviewers' language."""
    return Starlette(
        routes=[*Pages(store, clock, locale).routes(), *Api(store).routes()],
        middleware=[Middleware(LoopbackHosts)],
        exception_handlers=dict(HANDLERS),
    )
