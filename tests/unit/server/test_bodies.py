"""How much of a request is read, and how its instant is understood."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.requests import Request

from portalsync.server.bodies import json_body
from portalsync.server.refusal import Refused
from portalsync.wire import LARGEST_BODY


def test_a_body_without_an_end_is_not_read_to_its_end() -> None:
    chunk = b" " * (64 * 1024)
    read = 0

    async def endless() -> dict[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": chunk, "more_body": True}

    headers = [(b"content-type", b"application/json")]
    request = Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, endless)
    # On a thread of its own: the browser tests leave a loop running on the main one.
    with ThreadPoolExecutor() as pool, pytest.raises(Refused, match="too-large"):
        pool.submit(asyncio.run, json_body(request)).result()
    assert read == LARGEST_BODY // len(chunk) + 1
