"""The description of the contract says what the portal does."""

import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from starlette.routing import Route

from portalsync.catalog.contract_schemas import facts_schema
from portalsync.catalog.vocabulary import vocabulary
from portalsync.cli.commands.serve import serve
from portalsync.resources import folder
from portalsync.server.app import create_app
from portalsync.server.store import Store

BASE = "https://portalsync.invalid/"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
DESCRIBED: dict[str, Any] = yaml.safe_load((folder("schemas") / "openapi.yaml").read_text(encoding="utf-8"))
DIGEST = "sha256:" + "0" * 64


def faults(pointer: str, value: Any) -> list[str]:
    """What the schema at a place of the description does not accept."""
    registry: Registry[Any] = Registry().with_resources(
        [
            (f"{BASE}openapi.yaml", DRAFT202012.create_resource(DESCRIBED)),
            (f"{BASE}facts.v1.schema.json", DRAFT202012.create_resource(facts_schema())),
        ]
    )
    schema = {"$ref": f"{BASE}openapi.yaml#{pointer}"}
    return [error.message for error in Draft202012Validator(schema, registry=registry).iter_errors(value)]


def pointer(*parts: str) -> str:
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def described_path(path: str) -> str:
    """The template that a path was made from."""
    plain = path.partition("?")[0]
    templates: list[str] = [*DESCRIBED["paths"]]
    return next(each for each in templates if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each), plain))


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_the_golden_exchanges_are_described(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("$PORTAL", "0" * 36)
    text = text.replace('"$OPTIONS"', json.dumps(vocabulary())).replace("$CHAT", DIGEST)
    exchange = json.loads(text)
    request, answer = exchange["request"], exchange["answer"]
    place = ("paths", described_path(request["path"]), request["method"].lower())
    body = ("content", "application/json", "schema")
    if answer["status"] < 400 and "body" in request:
        assert faults(pointer(*place, "requestBody", *body), request["body"]) == []
    if answer["status"] >= 400:
        assert faults(pointer("components", "schemas", "Problem"), answer["body"]) == []
    elif "body" in answer:
        assert faults(pointer(*place, "responses", str(answer["status"]), *body), answer["body"]) == []


def test_every_route_is_described_and_no_other(store: Store) -> None:
    app = create_app(store, lambda: None)  # type: ignore[arg-type, return-value]  # no page is asked for
    served = {
        (route.path, method)
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    described = {
        (path, method.upper())
        for path, item in DESCRIBED["paths"].items()
        for method in item
        if method in ("get", "post")
    }
    assert served - {("/", "GET"), ("/portal/{firm}/", "GET")} == described


def test_a_token_is_up_to_the_portal() -> None:
    """Clients of both sorts of portal find themselves: {} is none, `token` a bearer token."""
    assert DESCRIBED["security"] == [{}, {"token": []}]
    scheme = DESCRIBED["components"]["securitySchemes"]["token"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")


def test_every_reference_leads_somewhere() -> None:
    references = {
        *re.findall(r"\$ref: \"?#/([^\"}\]]+)", (folder("schemas") / "openapi.yaml").read_text("utf-8"))
    }
    assert len(references) > 20
    for reference in references:
        node = DESCRIBED
        for part in reference.split("/"):
            node = node[part]


def test_every_problem_is_documented() -> None:
    """Every type that the code can answer with stands in docs/contract.md."""
    code = "".join(
        file.read_text(encoding="utf-8")
        for file in (Path(folder("schemas")).parent / "src" / "portalsync" / "server").glob("*.py")
    )
    types = {*re.findall(r'(?:Refused|Problem)\(\s*"([a-z-]+)"', code), "not-found", "method-not-allowed"}
    text = (Path(folder("schemas")).parent / "docs" / "contract.md").read_text(encoding="utf-8")
    assert len(types) > 15
    assert [each for each in sorted(types) if f"`{each}`" not in text] == []


def commit(origin: str, plan: str, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"options": {}, "writes": [], "managed": [], "acknowledged": []}
    return {"origin": origin, "actor": "ci", "plan": plan, **empty, **more}


def test_only_a_plan_has_a_digest_and_names_options_and_what_was_accepted() -> None:
    place = pointer("components", "schemas", "Commit")
    assert faults(place, commit("plan", DIGEST, options={"chat": DIGEST}, acknowledged=["new-host:x"])) == []
    assert faults(place, commit("portal", "", managed=["chat.clients_can_start"])) == []
    for wrong in (
        commit("plan", ""),
        commit("portal", DIGEST),
        commit("portal", "", options={"chat": DIGEST}),
        commit("portal", "", acknowledged=["new-host:x"]),
        commit("seed", ""),
        commit("plan", DIGEST, actor=" "),
        commit("plan", DIGEST, more=1),
    ):
        assert faults(place, wrong), wrong
    made = pointer("components", "schemas", "HistoryEntry")
    entry = {"generation": 2, "at": "2026-03-02T09:00:00.000+00:00", "actor": "ci", "writes": []}
    assert faults(made, {**entry, "origin": "plan", "plan": DIGEST, "more": 1}) == []
    assert faults(made, {**entry, "origin": "plan", "plan": ""})
    assert faults(made, {**entry, "origin": "portal", "plan": DIGEST})


def test_it_names_the_address_at_which_the_reference_portal_listens() -> None:
    port = next(option.default for option in serve.params if option.name == "port")
    assert [server["url"] for server in DESCRIBED["servers"]] == [f"http://127.0.0.1:{port}"]


@pytest.mark.parametrize(
    ("at", "fits"),
    [
        ("2026-12-24T08:00:00Z", True),
        ("2200-01-01T00:00:00.5+14:00", True),
        ("1969-12-31T23:59:59Z", False),
        ("2201-01-01T00:00:00Z", False),
        ("2026-12-24T08:00:00", False),
    ],
)
def test_instants_that_pages_can_be_asked_for(at: str, *, fits: bool, raw: httpx2.Client) -> None:
    """As described, so served."""
    assert (faults(pointer("components", "schemas", "PageInstant"), at) == []) is fits
    answer = raw.get("/portal/alder/nobody/en/web-home.html", params={"at": at})
    assert answer.status_code == (404 if fits else 400)
