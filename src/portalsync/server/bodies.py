"""Reading what a request says, strictly: its body, its conditions, its query."""

import re
from datetime import datetime
from typing import Any

from starlette.requests import Request

from portalsync.commits import LONGEST_KEY
from portalsync.json_bodies import WireError, parsed
from portalsync.server.refusal import Refused
from portalsync.wire import HIGHEST_GENERATION, LARGEST_BODY, MOST_IN_PAGE, MOST_TOGETHER

YEARS = range(1970, 2201)
"""Instants that pages can be asked for; every time zone can tell them."""

_ETAG = re.compile(r'"([1-9][0-9]{0,9})"')
_NUMBER = re.compile(r"[1-9][0-9]{0,9}")


async def json_body(request: Request) -> Any:
    """The body as JSON. Refused: another type, too large, or not JSON as everyone reads it."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" or "content-encoding" in request.headers:
        raise Refused("unsupported-media-type", 415, "The body must be plain application/json.")
    try:
        return parsed(await _limited(request))
    except WireError as error:
        raise Refused("malformed", 400, "The body is not valid JSON.") from error


async def _limited(request: Request) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            raise Refused("too-large", 413, f"A body has at most {LARGEST_BODY} bytes.")
        chunks.append(chunk)
    return b"".join(chunks)


def if_match(request: Request) -> int:
    """The generation that a commit is made for."""
    given = request.headers.getlist("if-match")
    if not given:
        raise Refused("precondition-required", 428, 'A commit needs If-Match: "<generation>".')
    match = _ETAG.fullmatch(given[0]) if len(given) == 1 else None
    if match is None:
        raise Refused("malformed", 400, 'If-Match must be one "<generation>".')
    return int(match[1])


def idempotency_key(request: Request) -> str:
    given = request.headers.getlist("idempotency-key")
    if len(given) != 1:
        raise Refused("key-required", 400, "A commit needs one Idempotency-Key.")
    return checked_key(given[0])


def checked_key(key: str) -> str:
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Refused(
            "malformed", 400, f"An Idempotency-Key is 1 to {LONGEST_KEY} printable ASCII characters."
        )
    return key


def unchanged(request: Request, etag: str) -> bool:
    """Whether the asker already has what `etag` names."""
    given = ",".join(request.headers.getlist("if-none-match"))
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag in tags or "*" in tags


def limit(request: Request, usual: int) -> int:
    """How many entries the asker wants; more than a page holds gives a full page."""
    given = request.query_params.get("limit")
    return usual if given is None else min(number(given, "limit"), MOST_IN_PAGE)


def firms(request: Request) -> list[str]:
    """Which firms the asker wants to know of."""
    ids = request.query_params.get("firms", "").split(",")
    if not 0 < len(ids) <= MOST_TOGETHER or "" in ids:
        raise Refused("malformed", 400, f"firms must be 1 to {MOST_TOGETHER} ids with commas between them.")
    return ids


def optional_number(request: Request, name: str) -> int | None:
    """A number of the query; None where it names none."""
    given = request.query_params.get(name)
    return None if given is None else number(given, name)


def number(text: str, name: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) > HIGHEST_GENERATION:
        raise Refused("malformed", 400, f"{name} must be a whole number above zero.")
    return int(text)


def instant(request: Request, now: datetime) -> datetime:
    """The instant that a page is asked for; `now` if the query names none."""
    given = request.query_params.get("at")
    if given is None:
        return now
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or at.year not in YEARS:
        raise Refused(
            "malformed", 400, "at must be an instant with its offset, such as 2026-12-24T08:00:00Z."
        )
    return at
