"""Being let into a portal: the token that it may ask for, and what we say where it turns us away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

from portalsync.errors import AccessDenied, PortalsyncError

VARIABLE = "PORTALSYNC_TOKEN"
"""There is no option for it: a command line is seen by others, and kept in histories."""

TURNED_AWAY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

_TEXT = re.compile(r"[!-~]+")
_GIVE = f"Give one in the variable {VARIABLE}: to plan, a token that may read; to apply, one that may apply."
_RENEW = "It may be another portal's, or no longer valid. Ask whoever runs the portal for a new one."


@dataclass(frozen=True, slots=True)
class Token:
    """A secret. Printed, it shows nothing."""

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _TEXT.fullmatch(self.text):
            raise PortalsyncError(
                f"{VARIABLE} holds no token: there are spaces, line breaks or special characters in it.",
                "Put the token alone there, without a word before it.",
            )

    @property
    def header(self) -> str:
        return f"Bearer {self.text}"


def given_token(variables: Mapping[str, str]) -> Token | None:
    """The token among the variables, without the line break at the end of a file of secrets."""
    text = variables.get(VARIABLE, "").strip(" \t\r\n")
    return Token(text) if text else None


class Wish(StrEnum):
    """What was asked of a portal."""

    READ = "read"
    APPLY = "apply"


def denied(portal: str, status: int, wish: Wish, *, with_token: bool) -> AccessDenied:
    """The error for a 401 or 403. What the portal said beside it is not repeated."""
    nothing = "Nothing was written. " if wish is Wish.APPLY else ""
    if not with_token:
        said = "asks for a token" if status == HTTPStatus.UNAUTHORIZED else "turns us away"
        return AccessDenied(f"{portal} {said} ({status}), and no token was given.", nothing + _GIVE)
    if status == HTTPStatus.UNAUTHORIZED:
        return AccessDenied(f"{portal} does not accept the token in {VARIABLE} (401).", nothing + _RENEW)
    return AccessDenied(f"{portal} does not let the token in {VARIABLE} {wish} (403).", nothing + _GIVE)
