"""Being let into a portal: the token that it may ask for, and what we say where it turns us away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

from portalsync.errors import AccessDenied, PortalsyncError
from portalsync.lexicon import phrase

VARIABLE = "PORTALSYNC_TOKEN"
"""There is no option for it: a command line is seen by others, and kept in histories."""
READER = "PORTALSYNC_READER_TOKEN"
"""One that may only read, so that it can be checked that it does nothing else."""
VARIABLES = (VARIABLE, READER)

TURNED_AWAY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

_TEXT = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A secret. Printed, it shows nothing."""

    text: str = field(repr=False)
    variable: str = VARIABLE
    """Where it stood."""

    def __post_init__(self) -> None:
        if not _TEXT.fullmatch(self.text):
            raise PortalsyncError(
                phrase("errors.access.no-token.message", variable=self.variable),
                phrase("errors.access.no-token.hint"),
            )

    @property
    def header(self) -> str:
        return f"Bearer {self.text}"


def given_token(variables: Mapping[str, str], variable: str = VARIABLE) -> Token | None:
    """The token among the variables, without the line break at the end of a file of secrets."""
    text = variables.get(variable, "").strip(" \t\r\n")
    return Token(text, variable) if text else None


class Wish(StrEnum):
    """What was asked of a portal."""

    READ = "read"
    APPLY = "apply"


def denied(portal: str, status: int, wish: Wish, *, with_token: bool) -> AccessDenied:
    """The error for a 401 or 403. What the portal said beside it is not repeated."""
    case = _case(status, wish, with_token=with_token)
    message = phrase(f"errors.access.{case}", portal=portal, variable=VARIABLE)
    advice = phrase(f"errors.access.{'renew' if case == 'not-accepted' else 'give'}", variable=VARIABLE)
    hint = phrase("errors.access.nothing-written", advice=advice) if wish is Wish.APPLY else advice
    return AccessDenied(message, hint)


def _case(status: int, wish: Wish, *, with_token: bool) -> str:
    is_unknown = status == HTTPStatus.UNAUTHORIZED
    if not with_token:
        return "asked" if is_unknown else "turned-away"
    return "not-accepted" if is_unknown else f"may-not-{wish}"
