"""Portals with one fault each: what stands before a portal that keeps the contract, and spoils one thing.

Each function is a fault, and is said to be noticed by the checks that `FAULTS` names.
"""

import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import httpx2

GIVEN = "applier-5d80e6b1f4a97c23"
"""The token that may apply, where a fault lets anybody in as if they had it."""


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def is_commit(self) -> bool:
        return self.method == "POST" and self.path.startswith("/v1/firms/")

    @property
    def is_settings(self) -> bool:
        return self.path.endswith("/settings")

    @property
    def firm(self) -> str:
        return self.path.split("/")[3]

    def with_header(self, name: str, value: str) -> "Question":
        return replace(self, headers={**self.headers, name: value})

    def saying(self, **changes: Any) -> "Question":
        return replace(self, body=json.dumps({**self.json, **changes}).encode())


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def saying(self, **changes: Any) -> "Reply":
        return self.of({**self.json, **changes})

    def of(self, body: Any) -> "Reply":
        return replace(self, body=json.dumps(body).encode())

    def without(self, name: str) -> "Reply":
        return replace(self, headers={key: value for key, value in self.headers.items() if key != name})


@dataclass
class Portal:
    """A portal that is right, and what the one before it remembers."""

    transport: httpx2.BaseTransport
    memory: dict[str, Any] = field(default_factory=dict)

    def ask(self, question: Question) -> Reply:
        headers = {name: value for name, value in question.headers.items() if name != "content-length"}
        url = f"http://localhost{question.path}"
        sent = httpx2.Request(question.method, url, headers=headers, content=question.body)
        answer = self.transport.handle_request(sent)
        return Reply(answer.status_code, dict(answer.headers), answer.read())

    def live(self, question: Question) -> Any:
        path = f"/v1/firms/{question.firm}/settings"
        return self.ask(Question("GET", path, _token(question), b"")).json


def _token(question: Question) -> Mapping[str, str]:
    return {name: value for name, value in question.headers.items() if name == "authorization"}


ANY = Reply(200, {}, b"")

ANY = Reply(200, {}, b"")

Fault = Callable[[Portal, Question], Reply]


class Spoilt(httpx2.BaseTransport):
    """The way to a portal with a fault."""

    def __init__(self, transport: httpx2.BaseTransport, fault: Fault) -> None:
        self._portal = Portal(transport)
        self._fault = fault

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.raw_path.decode()
        question = Question(request.method, path, dict(request.headers), request.read())
        reply = self._fault(self._portal, question)
        headers = {name: value for name, value in reply.headers.items() if name != "content-length"}
        return httpx2.Response(reply.status, headers=headers, stream=httpx2.ByteStream(reply.body))


def answering(where: Callable[[Question], bool], spoil: Callable[[Reply], Reply]) -> Fault:
    """Answers to some questions are spoilt, if they are good ones."""

    def fault(portal: Portal, question: Question) -> Reply:
        reply = portal.ask(question)
        is_good = reply.status < 300
        return spoil(reply) if where(question) and is_good else reply

    return fault


def taking(where: Callable[[Question], bool], spoil: Callable[[Question], Question]) -> Fault:
    """Some questions are taken for others."""
    return lambda portal, question: portal.ask(spoil(question) if where(question) else question)


def refusing(problem: str, otherwise: Callable[[Reply], Reply]) -> Fault:
    """A problem is answered in another way."""

    def fault(portal: Portal, question: Question) -> Reply:
        reply = portal.ask(question)
        is_it = reply.status >= 400 and problem in reply.body.decode("utf-8", "replace")
        return otherwise(reply) if is_it else reply

    return fault


def at(*ends: str) -> Callable[[Question], bool]:
    return lambda question: question.path.partition("?")[0].endswith(ends)


def commits(question: Question) -> bool:
    return question.is_commit


def well_formed(question: Question) -> bool:
    """A commit that can be read at all."""
    try:
        return question.is_commit and isinstance(question.json.get("writes"), list)
    except (ValueError, RecursionError, AttributeError):
        return False


def as_html(reply: Reply) -> Reply:
    return replace(reply, headers={"content-type": "text/html"}, body=b"<h1>Oh no</h1>")


def with_status(status: int) -> Callable[[Reply], Reply]:
    return lambda reply: replace(reply, status=status)


def made_up(_reply: Reply) -> Reply:
    """As if it had been done."""
    made = {"id": "alder", "previous": 1, "generation": 2, "digest": "sha256:" + "0" * 64}
    return Reply(201, {"content-type": "application/json", "etag": '"2"'}, json.dumps(made).encode())


# What stands in an answer.


def firms_with(spoil: Callable[[list[Any]], list[Any]]) -> Fault:
    return answering(at("/v1/firms"), lambda reply: reply.saying(firms=spoil(reply.json["firms"])))


def each_at(part: str, spoil: Callable[[Any], Any]) -> Fault:
    return answering(at(part), lambda reply: reply.saying(firms=[*map(spoil, reply.json["firms"])]))


digests_with, states_with = partial(each_at, "/digests"), partial(each_at, "/states")


def some_at(part: str) -> Fault:
    """Only the first few firms count, however many are asked for."""

    def fault(portal: Portal, question: Question) -> Reply:
        if not at(part)(question):
            return portal.ask(question)
        return portal.ask(replace(question, path=",".join(question.path.split(",")[:3])))

    return fault


def facts_of_yesterday(firm: Any) -> Any:
    return {**firm, "facts": {**firm["facts"], "currency": "CHF"}}


def settings_with(**changes: Any) -> Fault:
    return answering(at("/settings"), lambda reply: reply.saying(**changes))


def history_with(spoil: Callable[[list[Any]], list[Any]]) -> Fault:
    return answering(at("/history"), lambda reply: reply.saying(history=spoil(reply.json["history"])))


def past_of_the_day(portal: Portal, question: Question) -> Reply:
    """Once something was committed, what came before is told otherwise."""
    portal.memory["committed"] = portal.memory.get("committed", False) or question.is_commit
    reply = portal.ask(question)
    if not at("/audit")(question) or not portal.memory["committed"] or reply.status >= 300:
        return reply
    return reply.saying(audit=[{**row, "actor": "nobody"} for row in reply.json["audit"]])


def identity_of_the_day(portal: Portal, question: Question) -> Reply:
    reply = portal.ask(question)
    return reply.saying(portal=str(uuid.uuid4())) if question.path == "/v1/portal" else reply


def epoch_of_the_day(portal: Portal, question: Question) -> Reply:
    reply = portal.ask(question)
    epoch = {"id": str(uuid.uuid4()), "since": "2026-03-02T09:00:00+00:00"}
    return reply.saying(epoch=epoch) if question.path == "/v1/portal" else reply


def names_the_firm(portal: Portal, question: Question) -> Reply:
    reply = portal.ask(question)
    return reply.saying(detail=question.path) if reply.status == 404 else reply


def never_unchanged(portal: Portal, question: Question) -> Reply:
    headers = {name: value for name, value in question.headers.items() if name != "if-none-match"}
    return portal.ask(replace(question, headers=headers))


def live_for_past(portal: Portal, question: Question) -> Reply:
    reply = portal.ask(question)
    if "/generations/" not in question.path or reply.status != 200:
        return reply
    return reply.saying(settings=portal.live(question)["settings"])


def the_last_for_unknown(portal: Portal, question: Question) -> Reply:
    reply = portal.ask(question)
    is_unknown = b"generation-unknown" in reply.body
    path = f"/v1/firms/{question.firm}/settings" if is_unknown else ""
    return portal.ask(replace(question, path=path)) if is_unknown else reply


# Who is let in.


def anybody(portal: Portal, question: Question) -> Reply:
    return portal.ask(question.with_header("authorization", f"Bearer {GIVEN}"))


def repeats_the_token(portal: Portal, question: Question) -> Reply:
    reply = portal.ask(question)
    return reply.saying(detail=question.headers.get("authorization", "")) if reply.status == 401 else reply


# Conditions of a commit.


def any_generation(portal: Portal, question: Question) -> Reply:
    """The last one to write wins."""
    if question.is_commit and re.fullmatch('"[0-9]+"', question.headers.get("if-match", "")):
        live = str(portal.live(question).get("generation", 1))
        question = question.with_header("if-match", f'"{live}"')
    return portal.ask(question)


def losers_try_again(portal: Portal, question: Question) -> Reply:
    reply = portal.ask(question)
    return any_generation(portal, question) if reply.status == 412 else reply


def no_condition_needed(portal: Portal, question: Question) -> Reply:
    if question.is_commit and "if-match" not in question.headers:
        question = question.with_header("if-match", f'"{portal.live(question)["generation"]}"')
    return portal.ask(question)


def any_condition(portal: Portal, question: Question) -> Reply:
    """`*` is taken, as a web server would."""
    if question.is_commit and question.headers.get("if-match") == "*":
        question = question.with_header("if-match", f'"{portal.live(question)["generation"]}"')
    return portal.ask(question)


def no_key_needed(portal: Portal, question: Question) -> Reply:
    has_key = "idempotency-key" in question.headers or "if-match" not in question.headers
    return portal.ask(question if has_key else question.with_header("idempotency-key", "none"))


def key_forgotten(portal: Portal, question: Question) -> Reply:
    is_new = "portalsync" in question.headers.get("idempotency-key", "")
    return portal.ask(question.with_header("idempotency-key", uuid.uuid4().hex) if is_new else question)


def refused_key_is_used(portal: Portal, question: Question) -> Reply:
    key = question.headers.get("idempotency-key", "")
    if question.is_commit and key in portal.memory:
        known: Reply = portal.memory[key]
        return known
    reply = portal.ask(question)
    if question.is_commit and key and reply.status == 422:
        portal.memory[key] = reply
    return reply


def keys_of_batches_apart(portal: Portal, question: Question) -> Reply:
    if question.path == "/v1/commits" and isinstance(question.json.get("commits"), list):
        parts = [
            {**part, "key": f"b-{part['key']}"} if "key" in part else part
            for part in question.json["commits"]
        ]
        question = question.saying(commits=parts)
    return portal.ask(question)


def first_bytes_count(portal: Portal, question: Question) -> Reply:
    """The same commit is one of the same bytes."""
    reply = portal.ask(question)
    if question.is_commit and reply.status == 201:
        key = question.headers["idempotency-key"]
        if portal.memory.setdefault(key, question.body) != question.body:
            problem = {"type": "urn:portalsync:problem:idempotency-reuse", "title": "Used.", "status": 422}
            return Reply(422, {"content-type": "application/problem+json"}, json.dumps(problem).encode())
    return reply


def keys_of_all_firms(portal: Portal, question: Question) -> Reply:
    """Whoever knows a key gets its answer, at whatever address."""
    reply = portal.ask(question)
    key = question.headers.get("idempotency-key", "")
    if question.is_commit and reply.status == 201:
        portal.memory[key] = reply
    return portal.memory.get(key, reply) if reply.status == 404 else reply


def done_twice(portal: Portal, question: Question) -> Reply:
    """A generation more than was asked for."""
    reply = portal.ask(question)
    if question.is_commit and reply.status == 201:
        again = {**question.json, "writes": [], "acknowledged": []}
        body = json.dumps(again).encode()
        headers = {**question.headers, "if-match": reply.headers["etag"], "idempotency-key": uuid.uuid4().hex}
        portal.ask(replace(question, body=body, headers=headers))
    return reply


def never_bumped(portal: Portal, question: Question) -> Reply:
    """Every generation is called the first."""
    reply = any_generation(portal, question)
    if question.is_settings and reply.status == 200:
        return replace(reply.saying(generation=1), headers={**reply.headers, "etag": '"1"'})
    return reply


def batches_alone(portal: Portal, question: Question) -> Reply:
    """No fault: a portal need not take a commit alone."""
    if question.is_commit:
        return Reply(404, {"content-type": "text/html"}, b"<h1>Not here</h1>")
    return portal.ask(question)


# What a commit says.


def heard_as(spoil: Callable[[Any], Any]) -> Fault:
    """Commits are taken for others; `spoil` changes the body."""

    def changed(question: Question) -> Question:
        return replace(question, body=json.dumps(spoil(question.json)).encode())

    return taking(well_formed, changed)


def writes_with(spoil: Callable[[list[Any]], list[Any]]) -> Fault:
    return heard_as(lambda body: {**body, "writes": spoil(body["writes"])})


def right_options(portal: Portal, question: Question) -> Reply:
    """The portal fills in what a commit should have named."""
    if well_formed(question):
        body = question.json
        paths = [*(each.get("path", "") for each in body["writes"]), *body.get("managed", [])]
        known = portal.ask(Question("GET", "/v1/portal", _token(question), b"")).json["options"]
        touched = {str(path).partition(".")[0] for path in paths} & known.keys()
        if body.get("origin") == "plan":
            question = question.saying(options={key: known[key] for key in touched})
    return portal.ask(question)


def right_before(portal: Portal, question: Question) -> Reply:
    if well_formed(question):
        held = portal.live(question).get("settings", {})
        edits = [{key: each[key] for key in each if key != "before"} for each in question.json["writes"]]
        found = [
            each | ({"before": held[each["path"]]} if each.get("path") in held else {}) for each in edits
        ]
        question = question.saying(writes=found)
    return portal.ask(question)


def half(portal: Portal, question: Question) -> Reply:
    """What is good of a refused commit is written all the same."""
    reply = portal.ask(question)
    if well_formed(question) and reply.status == 422 and len(question.json["writes"]) > 1:
        headers = {**question.headers, "idempotency-key": uuid.uuid4().hex}
        good = question.json["writes"][:-1]
        touched = {each["path"].partition(".")[0] for each in good}
        options = {key: value for key, value in question.json["options"].items() if key in touched}
        body = {
            **question.json,
            "writes": good,
            "managed": [each["path"] for each in good],
            "options": options,
        }
        portal.ask(replace(question, headers=headers, body=json.dumps(body).encode()))
    return reply


def ignores_claims_alone(portal: Portal, question: Question) -> Reply:
    is_empty = well_formed(question) and not question.json["writes"]
    return made_up(portal.ask(replace(question, method="GET"))) if is_empty else portal.ask(question)


def hand_releases(portal: Portal, question: Question) -> Reply:
    reply = portal.ask(question)
    if well_formed(question) and reply.status == 201:
        portal.memory["origin"] = question.json["origin"]
    if question.is_settings and portal.memory.get("origin") == "portal":
        return reply.saying(managed=[])
    return reply


def coerced(value: Any) -> Any:
    return bool(value) if value in ("yes", 1) else value


def once(writes: list[Any]) -> list[Any]:
    return [*{each.get("path"): each for each in writes}.values()]


# Batches, bodies, other firms.


def results_with(spoil: Callable[[list[Any]], list[Any]]) -> Fault:
    return answering(at("/v1/commits"), lambda reply: reply.saying(results=spoil(reply.json["results"])))


def other_words_in_batches(result: Any) -> Any:
    problem = result.get("problem", {})
    return {"problem": {**problem, "type": "urn:portalsync:problem:conflict"}} if problem else result


def batch_of_the_first(portal: Portal, question: Question) -> Reply:
    if question.path == "/v1/commits" and len(question.json.get("commits", [])) > 100:
        question = question.saying(commits=question.json["commits"][:100])
    return portal.ask(question)


def leaks(portal: Portal, question: Question) -> Reply:
    """The last commit of any firm is told to all."""
    reply = portal.ask(question)
    if well_formed(question) and reply.status == 201:
        portal.memory["last"] = question.json
    if question.path.endswith("/facts") and reply.status == 200:
        return reply.saying(last=portal.memory.get("last"))
    return reply


def without(*names: str) -> Callable[[list[Any]], list[Any]]:
    return lambda writes: [each for each in writes if not any(name in str(each) for name in names)]


PORTAL, FIRMS, SETTINGS = at("/v1/portal"), at("/v1/firms"), at("/settings")
OTHER = "sha256:" + "0" * 64

FAULTS: tuple[tuple[str, str, Fault], ...] = (
    ("portal-form", "md5", answering(PORTAL, lambda reply: reply.saying(options={"chat": "md5:0"}))),
    ("portal-form", "no identity", answering(PORTAL, lambda reply: reply.of({"api": "v1", "options": {}}))),
    ("portal-identity", "another each time", identity_of_the_day),
    ("portal-identity", "another epoch each time", epoch_of_the_day),
    ("portal-identity", "no UUID", answering(PORTAL, lambda reply: reply.saying(portal="acme"))),
    ("some-option-agrees", "none", answering(PORTAL, lambda reply: reply.saying(options={"chat": OTHER}))),
    ("firms-sorted", "newest first", firms_with(lambda firms: firms[::-1])),
    ("firms-paged", "next is a number", answering(FIRMS, lambda reply: reply.saying(next="2"))),
    ("firms-in-small-pages", "one page", answering(FIRMS, lambda reply: reply.saying(next=None))),
    ("firms-in-small-pages", "limit ignored", taking(FIRMS, lambda asked: replace(asked, path="/v1/firms"))),
    ("firms-beyond-the-last", "after ignored", taking(FIRMS, lambda asked: replace(asked, path="/v1/firms"))),
    ("limit-refused", "taken as usual", refusing("malformed", with_status(200))),
    (
        "firm-listed",
        "a digest of yesterday",
        firms_with(lambda firms: [{**each, "digest": OTHER} for each in firms]),
    ),
    ("firm-listed", "not there", firms_with(lambda firms: firms[1:])),
    (
        "digests-together",
        "a digest of yesterday",
        digests_with(lambda firm: {**firm, "digest": OTHER}),
    ),
    ("digests-together", "an older generation", digests_with(lambda firm: {**firm, "generation": 99})),
    ("digests-of-too-many", "all are told", some_at("/digests")),
    ("states-together", "an older generation", states_with(lambda firm: {**firm, "generation": 99})),
    ("states-together", "settings of yesterday", states_with(lambda firm: {**firm, "settings": {}})),
    ("states-together", "facts of yesterday", states_with(facts_of_yesterday)),
    ("states-together", "no facts", states_with(lambda firm: {**firm, "facts": None})),
    ("states-of-too-many", "all are told", some_at("/states")),
    ("unknown-firm", "403", refusing("firm-unknown", with_status(403))),
    ("unknown-firm", "says which", names_the_firm),
    ("settings-form", "no ETag", answering(SETTINGS, lambda reply: reply.without("etag"))),
    ("settings-form", "a generation as text", settings_with(generation="1")),
    ("settings-digest", "always the same", settings_with(digest=OTHER)),
    ("settings-values", "yes for true", settings_with(settings={"chat.clients_can_start": "yes"})),
    ("settings-unchanged", "If-None-Match ignored", never_unchanged),
    ("facts-form", "another firm's", answering(at("/facts"), lambda reply: reply.saying(firm="birch"))),
    ("facts-form", "no currency", answering(at("/facts"), lambda reply: reply.saying(currency=None))),
    (
        "plain-answers",
        "packed",
        answering(FIRMS, lambda reply: replace(reply, headers={**reply.headers, "content-encoding": "gzip"})),
    ),
    (
        "plain-answers",
        "a redirect",
        answering(SETTINGS, lambda reply: replace(reply, status=307, headers={"location": "/"})),
    ),
    (
        "plain-answers",
        "as text",
        answering(SETTINGS, lambda reply: replace(reply, headers={"content-type": "text/plain"})),
    ),
    ("unknown-route", "a page", refusing("not-found", as_html)),
    ("wrong-method", "no Allow", refusing("method-not-allowed", lambda reply: reply.without("allow"))),
    ("token-required", "anybody", anybody),
    (
        "token-required",
        "no WWW-Authenticate",
        refusing("unauthorized", lambda reply: reply.without("www-authenticate")),
    ),
    ("token-unknown", "repeated", repeats_the_token),
    ("reader-writes-nothing", "anybody", anybody),
    (
        "reader-writes-nothing",
        "done before it is refused",
        lambda portal, asked: (anybody(portal, asked), portal.ask(asked))[1],
    ),
    (
        "live-generation",
        "other settings",
        answering(at("/generations/2"), lambda reply: reply.saying(settings={}, managed=["x"])),
    ),
    ("generation-unknown", "the last one", the_last_for_unknown),
    ("past-generation", "the live one", live_for_past),
    ("history-form", "oldest first", history_with(lambda rows: rows[::-1])),
    (
        "history-form",
        "no time zone",
        history_with(lambda rows: [{**row, "at": "2026-03-02T09:00"} for row in rows]),
    ),
    (
        "history-limited",
        "limit ignored",
        taking(at("/history"), lambda asked: replace(asked, path=asked.path.partition("?")[0])),
    ),
    (
        "history-before",
        "one too few",
        answering(
            lambda asked: "history?before=" in asked.path,
            lambda reply: reply.saying(history=reply.json["history"][1:]),
        ),
    ),
    ("history-names-the-plan", "another one in a state", settings_with(plan="sha256:another")),
    ("history-names-the-plan", "no plan", history_with(lambda rows: [{**row, "plan": ""} for row in rows])),
    (
        "history-names-the-plan",
        "no writes",
        history_with(lambda rows: [{**row, "writes": []} for row in rows]),
    ),
    ("if-match-required", "not needed", no_condition_needed),
    ("if-match-required", "412", refusing("precondition-required", with_status(412))),
    ("if-match-form", "a star", any_condition),
    ("key-required", "not needed", no_key_needed),
    (
        "key-form",
        "cut",
        taking(
            commits,
            lambda asked: asked.with_header(
                "idempotency-key", asked.headers.get("idempotency-key", "")[:200]
            ),
        ),
    ),
    ("generation-of-the-past", "the last writer wins", any_generation),
    ("generation-to-come", "the last writer wins", any_generation),
    ("generation-to-come", "409", refusing("stale-generation", with_status(409))),
    ("same-key-same-answer", "forgotten", key_forgotten),
    ("same-commit-other-bytes", "of the same bytes", first_bytes_count),
    ("same-key-other-commit", "the first answer", refusing("idempotency-reuse", made_up)),
    ("refused-key-stays-free", "used", refused_key_is_used),
    ("same-key-in-a-batch", "another list", keys_of_batches_apart),
    ("one-writer-wins", "losers try again", losers_try_again),
    ("one-commit-one-effect", "forgotten", key_forgotten),
    ("commit-for-nobody", "403", refusing("firm-unknown", with_status(403))),
    ("commit-answer", "200", answering(commits, with_status(200))),
    ("commit-answer", "no Location", answering(commits, lambda reply: reply.without("location"))),
    (
        "commit-answer",
        "not bumped",
        answering(commits, lambda reply: reply.saying(generation=reply.json["previous"])),
    ),
    ("commit-makes-the-next-generation", "two", done_twice),
    ("commit-makes-the-next-generation", "not bumped", never_bumped),
    ("commit-makes-the-next-generation", "nothing applied", settings_with(applied=None)),
    ("commit-digest", "always the same", answering(commits, lambda reply: reply.saying(digest=OTHER))),
    (
        "absent-after-clears",
        "stays",
        writes_with(lambda writes: [each for each in writes if "after" in each]),
    ),
    ("claims-alone", "not done", ignores_claims_alone),
    ("hand-keeps-claims", "released", hand_releases),
    (
        "stored-as-sent",
        "a plain blank",
        writes_with(lambda writes: json.loads(json.dumps(writes).replace("\\u00a0", " "))),
    ),
    (
        "acknowledged-taken",
        "refused",
        heard_as(lambda body: {**body, "acknowledged": body["acknowledged"] and [1]}),
    ),
    ("option-of-another-version", "filled in", right_options),
    ("option-that-is-not-there", "422", refusing("option-mismatch", with_status(422))),
    ("options-named-exactly", "filled in", right_options),
    (
        "unknown-field",
        "left out",
        heard_as(lambda body: {**body, "writes": without("portalsync_check")(body["writes"])}),
    ),
    ("field-named-twice", "the last counts", writes_with(once)),
    (
        "unknown-claim",
        "passed over",
        heard_as(
            lambda body: {
                **body,
                "managed": [each for each in body["managed"] if each[-2:] != ".*"],
                "options": {} if body["managed"] and body["managed"][0][-2:] == ".*" else body["options"],
            }
        ),
    ),
    (
        "value-of-another-kind",
        "yes is true",
        writes_with(lambda writes: [{**each, "after": coerced(each.get("after"))} for each in writes]),
    ),
    (
        "no-other-values",
        "one is taken",
        results_with(lambda results: [{"committed": made_up(ANY).json}, *results[1:]]),
    ),
    (
        "no-other-values",
        "one is taken",
        results_with(lambda results: [{"committed": made_up(ANY).json}, *results[1:]]),
    ),
    (
        "text-with-a-line-break",
        "cut",
        writes_with(lambda writes: json.loads(json.dumps(writes).replace("\\n", ""))),
    ),
    ("before-must-be-so", "not looked at", right_before),
    ("whole-or-nothing", "half", half),
    (
        "entry-without-what-it-needs",
        "passed over",
        heard_as(lambda body: {**body, "writes": [], "managed": [], "options": {}}),
    ),
    ("list-with-too-many", "cut", writes_with(lambda writes: writes[:20])),
    (
        "rule-newly-broken",
        "passed over",
        heard_as(lambda body: {**body, "writes": [], "managed": [], "options": {}}),
    ),
    (
        "hand-names-no-plan",
        "passed over",
        heard_as(
            lambda body: (
                body if body["origin"] == "plan" else {**body, "plan": "", "options": {}, "acknowledged": []}
            )
        ),
    ),
    (
        "one-line-of-text",
        "cut",
        heard_as(lambda body: {**body, "actor": body["actor"][:200].strip() or "nobody"}),
    ),
    (
        "acknowledged-form",
        "once",
        heard_as(lambda body: {**body, "acknowledged": [*dict.fromkeys(body["acknowledged"])]}),
    ),
    (
        "commit-of-another-form",
        "passed over",
        heard_as(lambda body: {key: body[key] for key in body if key != "portalsync_check"}),
    ),
    ("body-that-is-no-json", "500", refusing("malformed", with_status(500))),
    (
        "body-of-another-type",
        "guessed",
        taking(at("/commits"), lambda asked: asked.with_header("content-type", "application/json")),
    ),
    ("body-too-large", "400", refusing("too-large", with_status(400))),
    ("batch-answers-in-order", "the other way round", results_with(lambda results: results[::-1])),
    (
        "batch-answers-in-order",
        "without the refused",
        results_with(lambda results: [each for each in results if "committed" in each]),
    ),
    (
        "batch-problems-well-formed",
        "of its own",
        results_with(lambda results: [*map(other_words_in_batches, results)]),
    ),
    (
        "batch-of-one-is-a-commit",
        "not bumped",
        results_with(lambda results: [{"committed": {**results[0]["committed"], "generation": 1}}]),
    ),
    ("batch-of-another-form", "400", refusing("invalid-commit", with_status(400))),
    ("batch-too-large", "the first hundred", batch_of_the_first),
    ("other-firms-stay-apart", "told to all", leaks),
    ("keys-stay-apart", "of all firms", keys_of_all_firms),
)
"""The check that notices, what is wrong, and the fault. These portals have no audit trail and no pages."""

OF_A_TRAIL: tuple[tuple[str, str, Fault], ...] = (
    (
        "audit-chain",
        "a row rewritten",
        answering(
            at("/audit"),
            lambda reply: reply.saying(audit=[{**row, "actor": "nobody"} for row in reply.json["audit"]]),
        ),
    ),
    (
        "audit-chain",
        "cut off",
        answering(at("/audit"), lambda reply: reply.saying(audit=reply.json["audit"][:-1])),
    ),
    ("audit-only-grows", "told otherwise", past_of_the_day),
    ("audit-after-a-commit", "not acknowledged", heard_as(lambda body: {**body, "acknowledged": []})),
    ("commit-moves-the-audit-head", "always the same", settings_with(audit=OTHER)),
    (
        "page-headers",
        "scripts",
        answering(
            at(".html"),
            lambda reply: replace(
                reply,
                headers={
                    **reply.headers,
                    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; script-src *",
                },
            ),
        ),
    ),
    ("page-headers", "kept", answering(at(".html"), lambda reply: reply.without("cache-control"))),
    (
        "page-instant",
        "passed over",
        taking(at(".html"), lambda asked: replace(asked, path=asked.path.partition("?")[0])),
    ),
)
"""The same of the reference portal, which has both."""
