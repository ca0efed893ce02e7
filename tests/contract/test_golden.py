"""The bytes of the contract, written by hand: no code of ours made these files, and none may change them."""

import json
from pathlib import Path
from typing import Any

import httpx2

from portalsync.catalog.vocabulary import vocabulary
from portalsync.server.store import Store

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


def test_every_exchange_as_it_is_written_down(raw: httpx2.Client, store: Store) -> None:
    """In order: each one finds the portal as the one before it left it."""
    names = {
        "$PORTAL": store.portal().portal,
        '"$OPTIONS"': json.dumps(vocabulary()),
        "$CHAT": vocabulary()["chat"],
    }
    assert len(GOLDEN) == 15
    for file in GOLDEN:
        text = file.read_text(encoding="utf-8")
        for name, value in names.items():
            text = text.replace(name, value)
        exchange = json.loads(text)
        assert seen(raw, exchange) == exchange["answer"], file.name


def seen(raw: httpx2.Client, exchange: dict[str, Any]) -> dict[str, Any]:
    """The answer, as far as the file writes it down."""
    request, answer = exchange["request"], exchange["answer"]
    response = raw.request(
        request["method"], request["path"], headers=request.get("headers"), json=request.get("body")
    )
    parts = {
        "status": response.status_code,
        "type": response.headers.get("content-type"),
        "headers": {name: response.headers.get(name) for name in answer.get("headers", ())},
        "body": response.json() if response.content else None,
    }
    return {name: parts[name] for name in answer}
