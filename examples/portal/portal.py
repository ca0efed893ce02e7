"""A portal that keeps docs/contract.md, in Flask: one page to read before you write your own.

    python portal.py FACTS_FOLDER STORE.json [PORT]

It has three options, no audit trail and no pages. Its firms are those of which the folder has facts. With
PORTAL_APPLY_TOKEN set, it asks for that token, or for PORTAL_READ_TOKEN where nothing is written.
"""

import hashlib
import hmac
import json
import os
import re
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import yaml
from flask import Flask, Response, request
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from werkzeug.exceptions import HTTPException

Object = dict[str, Any]
SCHEMAS = Path(__file__).parents[2] / "schemas"  # as `portalsync schema --write` writes them
CONTRACT: Object = yaml.safe_load((SCHEMAS / "openapi.yaml").read_text("utf-8"))
STORED: Object = json.loads((SCHEMAS / "settings.v1.schema.json").read_text("utf-8"))["x-stored-forms"]
OPTIONS = ("chat", "done_uploading", "work_in_progress")
IDENTIFIER = "[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
LARGEST_BODY, MOST_IN_PAGE, MOST_IN_BATCH, MOST_TOGETHER = 2 * 1024 * 1024, 500, 100, 50


class Refused(Exception):
    def __init__(self, status: int, kind: str, detail: str = "") -> None:
        self.status = status
        self.problem = {
            "type": f"urn:portalsync:problem:{kind}",
            "title": f"Refused: {kind}.",
            "status": status,
        }
        self.problem |= {"detail": detail[:300]} if detail else {}


# What is stored: digests, paths, values.


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    return "sha256:" + hashlib.sha256(canonical(value).encode()).hexdigest()


DIGESTS = {option: digest(STORED[option]) for option in OPTIONS}
PLACES: Object = {path: form for option in OPTIONS for path, form in STORED[option]["paths"].items()}
FIELDS = {re.compile(re.escape(path).replace(r"\*", IDENTIFIER)): form for path, form in PLACES.items()}


def form_of(path: str) -> Object:
    """A field's schema; of a list its `limit` and what is `required`; nothing for any other path."""
    return next((form for place, form in FIELDS.items() if place.fullmatch(path)), {})


def is_list(path: str) -> bool:
    return "limit" in form_of(path)


def live_digest(settings: Object, managed: list[str]) -> str:
    values = {path: value for path, value in settings.items() if covering(path) & {*managed}}
    return digest({"managed": sorted(managed), "values": values})


def covering(path: str) -> set[str]:
    """The claims that a path can be managed by: its own, and those of the lists that it is in."""
    parts = path.split(".")
    return {path, *(".".join([*parts[:count], "*"]) for count in range(1, len(parts)))}


def pattern(_validator: Any, regex: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    """In JSON Schema `$` is the end; in Python there may be a line break after it."""
    if isinstance(value, str) and not re.search(regex.replace("$", r"\Z"), value, re.ASCII):
        yield ValidationError("another form")


Validator = extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]
commit_form = Validator({**CONTRACT, "$ref": "#/components/schemas/Commit"})


# What a commit may say, and what may become of it.


def check(commit: Object) -> None:
    """Whatever the firm has: step 4 and 5 of the contract."""
    by_plan, writes, claims = commit["origin"] == "plan", commit["writes"], commit["managed"]
    for option, named in sorted(commit["options"].items()) if by_plan else ():
        if DIGESTS.get(option) != named:
            sides = f"the commit has {named}, the portal {DIGESTS.get(option, 'none')}"
            raise Refused(409, "option-mismatch", f"{option}: {sides}")
    paths = [write["path"] for write in writes]
    touched = {path.split(".")[0] for path in (*paths, *claims)}
    unfit = {
        "acknowledged: one line each": not "".join(commit["acknowledged"]).isprintable(),
        "options: those that a plan touches": {*commit["options"]} != (touched if by_plan else set()),
        "writes: fields, each once": not all(form_of(path) and not is_list(path) for path in paths)
        or len({*paths}) < len(paths),
        "managed: fields and whole lists": not all(
            form_of(path := claim.removesuffix(".*")) and is_list(path) == claim.endswith(".*")
            for claim in claims
        ),
    }
    if any(unfit.values()):
        raise Refused(422, "invalid-commit", "; ".join(what for what, is_so in unfit.items() if is_so))
    for write in writes:
        if "after" in write and not Validator(form_of(write["path"])).is_valid(write["after"]):
            raise Refused(422, "invalid-settings", f"value-not-accepted: {write['path']}")


def written(settings: Object, writes: list[Object], facts: Object) -> Object:
    """The settings after the writes: step 6 and 7."""
    after = dict(settings)
    for write in writes:
        held = {"before": after.pop(write["path"])} if write["path"] in after else {}
        if canonical(held) != canonical({key: write[key] for key in write if key == "before"}):
            raise Refused(422, "before-mismatch", write["path"])
        after |= {write["path"]: write["after"]} if "after" in write else {}
    new = [fault for fault in faults(after, facts) if fault not in {*faults(settings, facts)}]
    if new:
        raise Refused(422, "invalid-settings", new[0])
    return after


def faults(settings: Object, facts: Object) -> Iterator[str]:
    """Lists that are too long, entries that lack something, rules of severity error: `code: path`."""
    for place, form in FIELDS.items():
        if "limit" in form:
            entry = re.compile(rf"(({place.pattern})\.{IDENTIFIER})\..*")
            entries = {found.groups()[:2] for found in map(entry.fullmatch, settings) if found}
            for path in {path for _, path in entries}:
                if sum(each == path for _, each in entries) > form["limit"]:
                    yield f"too-many-entries: {path}"
            needed = (f"{path}.{name}" for path, _ in sorted(entries) for name in form["required"])
            yield from (f"required: {path}" for path in needed if path not in settings)
    stages = {(each["id"], stage) for each in facts.get("pipelines", []) for stage in each["stages"]}
    statuses = {path.split(".")[2] for path in settings if path.startswith("work_in_progress.statuses.")}
    for path, value in settings.items():
        if path.startswith("work_in_progress.pipelines."):
            parts = path.split(".")
            yield from [f"status-unknown: {path}"] * (value not in {"hidden", *statuses})
            yield from [f"stage-unknown: {path}"] * ((parts[2], parts[4]) not in stages)
    if settings.get("work_in_progress.enabled") and not statuses:
        yield "work-in-progress-no-status: work_in_progress.enabled"
    if "hidden" in statuses:
        yield "status-reserved: work_in_progress.statuses.hidden.name"


class Store:
    """Firms by id: facts, generations, and the answers that were given. A file holds all of it."""

    def __init__(self, facts: list[Object], path: Path) -> None:
        self.path, self.lock, self.facts = path, threading.Lock(), {each["firm"]: each for each in facts}
        first = {"generation": 1, "settings": {}, "managed": [], "applied": None}
        first |= {"at": now(), "origin": "seed", "actor": "", "plan": "", "writes": []}
        self.data: Object = {"portal": str(uuid.uuid4()), "firms": {}}
        self.data |= json.loads(path.read_text("utf-8")) if path.exists() else {}
        for firm in self.facts:
            self.data["firms"].setdefault(firm, {"generations": [first], "answers": {}})

    def generations(self, firm: str) -> list[Object]:
        if firm not in self.facts:
            raise Refused(404, "firm-unknown")
        return list(self.data["firms"][firm]["generations"])

    def commit(self, firm: str, generation: Any, key: Any, commit: Any) -> Object:
        if not isinstance(key, str) or not re.fullmatch("[ -~]{1,200}", key):
            raise Refused(400, "malformed", "Idempotency-Key")
        if not commit_form.is_valid(commit):
            raise Refused(422, "invalid-commit", "not of the form that openapi.yaml describes")
        with self.lock:
            live, request = self.generations(firm)[-1], canonical([generation, commit])
            answered = self.data["firms"][firm]["answers"].get(key, {})
            if answered.get("request", request) != request:
                raise Refused(422, "idempotency-reuse")
            if answered:
                return dict(answered["answer"])
            if generation != live["generation"]:
                raise Refused(412, "stale-generation", f"its live generation is {live['generation']}")
            made = self.next(firm, live, commit)
            answer = {"id": firm, "previous": generation, "generation": made["generation"]}
            answer |= {"digest": live_digest(made["settings"], made["managed"])}
            self.write(firm, made, {key: {"request": request, "answer": answer}})
            return answer

    def next(self, firm: str, live: Object, commit: Object) -> Object:
        check(commit)
        made = {key: commit[key] for key in ("origin", "actor", "plan", "writes")}
        made |= {"generation": live["generation"] + 1, "at": now()}
        made |= {"settings": written(live["settings"], commit["writes"], self.facts[firm])}
        if commit["origin"] == "plan":
            return {**made, "managed": sorted({*commit["managed"]}), "applied": made["generation"]}
        return {**made, "managed": live["managed"], "applied": live["applied"]}

    def write(self, firm: str, made: Object, answered: Object) -> None:
        """The file is whole, old or new; what is in memory follows it."""
        held = self.data["firms"][firm]
        generations, answers = [*held["generations"], made], {**held["answers"], **answered}
        firms = {**self.data["firms"], firm: {"generations": generations, "answers": answers}}
        beside, data = self.path.with_suffix(".new"), {**self.data, "firms": firms}
        beside.write_text(json.dumps(data), "utf-8")
        beside.replace(self.path)
        self.data = data


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


# What is asked and answered.

app = Flask(__name__)
app.url_map.merge_slashes = False


def store() -> Store:
    held: Store = app.config["STORE"]
    return held


def answer(body: Object, status: int = 200, **headers: str) -> Response:
    kind = "problem+json" if "title" in body else "json"
    return Response(canonical(body), status, headers, mimetype=f"application/{kind}")


@app.errorhandler(Refused)
def refused(error: Refused) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if error.status == HTTPStatus.UNAUTHORIZED else {}
    return answer(error.problem, error.status, **headers)


@app.errorhandler(HTTPException)
def not_there(error: HTTPException) -> Response:
    status = error.code or 500
    kind = {404: "not-found", 405: "method-not-allowed"}.get(status, "internal")
    allow = {name: value for name, value in error.get_headers() if name == "Allow"}
    return answer(Refused(status, kind).problem, status, **allow)


@app.before_request
def let_in() -> None:
    apply, read = (os.environ.get(f"PORTAL_{name}_TOKEN", "") for name in ("APPLY", "READ"))
    given = request.headers.get("Authorization", "").encode()
    may_apply, may_read = (hmac.compare_digest(given, f"Bearer {each}".encode()) for each in (apply, read))
    if apply and not may_apply and not (read and may_read):
        raise Refused(401, "unauthorized")
    if apply and not may_apply and request.method != "GET":
        raise Refused(403, "forbidden")


def number(text: str, name: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,9}", text):
        raise Refused(400, "malformed", f"{name} is a whole number above zero")
    return int(text)


def limit(usual: int) -> int:
    return min(number(request.args.get("limit", str(usual)), "limit"), MOST_IN_PAGE)


def body() -> Any:
    if request.mimetype != "application/json" or "Content-Encoding" in request.headers:
        raise Refused(415, "unsupported-media-type")
    content = request.stream.read(LARGEST_BODY + 1)
    if len(content) > LARGEST_BODY:
        raise Refused(413, "too-large")
    try:
        value = json.loads(content.decode(), object_pairs_hook=no_key_twice, parse_constant=int)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # no half characters, no 1e999
    except (ValueError, RecursionError):
        raise Refused(400, "malformed", "the body is no JSON that everyone reads alike") from None
    return value


def no_key_twice(pairs: list[tuple[str, Any]]) -> Object:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def state(firm: str, row: Object) -> Object:
    shown = {key: row[key] for key in ("generation", "settings", "managed", "applied")}
    return {"id": firm, "digest": live_digest(row["settings"], row["managed"]), **shown}


@app.get("/v1/portal")
def portal() -> Response:
    return answer({"api": "v1", "portal": store().data["portal"], "options": DIGESTS})


@app.get("/v1/firms")
def firms() -> Response:
    most, after = limit(MOST_IN_PAGE), request.args.get("after", "")
    ids = sorted(firm for firm in store().facts if firm > after)
    return answer({"firms": [*map(line, ids[:most])], "next": ids[most - 1] if len(ids) > most else None})


def line(firm: str) -> Object:
    live = state(firm, store().generations(firm)[-1])
    return {key: live[key] for key in ("id", "generation", "digest")} | {"managed": bool(live["managed"])}


def asked_for() -> list[str]:
    ids = request.args.get("firms", "").split(",")
    if "" in ids or len(ids) > MOST_TOGETHER:
        raise Refused(400, "malformed", "firms")
    return sorted(store().facts.keys() & {*ids})


@app.get("/v1/digests")
def digests() -> Response:
    return answer({"firms": [*map(line, asked_for())]})


@app.get("/v1/states")
def states() -> Response:
    return answer({"firms": [*map(whole, asked_for())]})


def whole(firm: str) -> Object:
    return {**state(firm, store().generations(firm)[-1]), "facts": store().facts[firm]}


@app.get("/v1/firms/<firm>/settings")
def settings(firm: str) -> Response:
    live = store().generations(firm)[-1]
    etag = f'"{live["generation"]}"'
    if request.if_none_match.contains_weak(etag.strip('"')):
        return Response(status=304, headers={"ETag": etag})
    return answer(state(firm, live), ETag=etag)


@app.get("/v1/firms/<firm>/facts")
def facts(firm: str) -> Response:
    store().generations(firm)
    return answer(store().facts[firm])


@app.get("/v1/firms/<firm>/generations/<asked>")
def generation(firm: str, asked: str) -> Response:
    rows = store().generations(firm)
    if number(asked, "generation") > len(rows):
        raise Refused(404, "generation-unknown")
    return answer(state(firm, rows[int(asked) - 1]))


@app.get("/v1/firms/<firm>/history")
def history(firm: str) -> Response:
    keys = ("generation", "at", "origin", "actor", "plan", "writes")
    made = store().generations(firm)
    before = number(request.args.get("before", str(len(made) + 1)), "before")
    rows = [{key: row[key] for key in keys} for row in reversed(made[: before - 1])]
    return answer({"history": rows[: limit(100)]})


@app.post("/v1/firms/<firm>/commits")
def commit(firm: str) -> Response:
    conditions, key = request.headers.getlist("If-Match"), request.headers.get("Idempotency-Key")
    if not conditions:
        raise Refused(428, "precondition-required")
    expected = re.fullmatch('"([1-9][0-9]{0,9})"', ", ".join(conditions))
    if expected is None:
        raise Refused(400, "malformed", "If-Match")
    if key is None:
        raise Refused(400, "key-required")
    made = store().commit(firm, int(expected[1]), key, body())
    number = made["generation"]
    return answer(made, 201, ETag=f'"{number}"', Location=f"/v1/firms/{firm}/generations/{number}")


@app.post("/v1/commits")
def commits() -> Response:
    asked = body()
    parts = asked.get("commits") if isinstance(asked, dict) and len(asked) == 1 else None
    keys = {"firm", "generation", "key", "commit"}
    if not isinstance(parts, list) or not all(isinstance(part, dict) and {*part} == keys for part in parts):
        raise Refused(422, "invalid-commit", "commits")
    if len(parts) > MOST_IN_BATCH:
        raise Refused(422, "batch-too-large")
    return answer({"results": [result(part) for part in parts]})


def result(part: Object) -> Object:
    try:
        return {"committed": store().commit(**part)}
    except Refused as refused:
        return {"problem": refused.problem}


if __name__ == "__main__":
    folder, path, *port = sys.argv[1:]
    documents = [yaml.safe_load(each.read_text("utf-8")) for each in sorted(Path(folder).glob("*.yaml"))]
    app.config["STORE"] = Store(documents, Path(path))
    app.run(port=int(port[0]) if port else 8766)
