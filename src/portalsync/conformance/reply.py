"""A request as a check words it, and what comes back: held against what the contract says."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar

from portalsync.backend.answer import Answer
from portalsync.commits import Committed, Problem, Results
from portalsync.json_bodies import WireError, answer_of, parsed
from portalsync.lexicon import Phrase, Text, joined, phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode

T = TypeVar("T")

SHOWN = 400
"""Characters of a body that are shown."""


class NotKept(Exception):
    """The portal does something else than the contract says."""

    def __init__(self, request: str, expected: Text, came: str) -> None:
        super().__init__(request, str(expected), came)
        self.request = request
        self.expected = expected
        self.came = came


class Skipped(Exception):
    """The check cannot be made. `reason` is a sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, without its token."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __str__(self) -> str:
        headers = (f"{name}: {value}" for name, value in self.headers.items())
        return " | ".join(
            [f"{self.method} {self.path}", *headers, *([_text(self.body)] if self.body else [])]
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, read whole. A status of 0: no answer, `body` says why."""

    asked: Asked
    status: int
    headers: Mapping[str, str]
    body: bytes
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What is shown to nobody, even if the portal repeats it."""

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def alone(self) -> "Reply":
        """The answer to a batch of one, as it is to that commit alone; any other as it is."""
        if self.status != HTTPStatus.OK:
            return self
        (result,) = self.form(Results).results[:1] or (None,)
        if result is None:
            self.deviates(phrase("conformance.expected.value", name="results", value="1"))
        if isinstance(result.problem, Problem):
            headers = {**self.headers, "content-type": "application/problem+json"}
            return replace(self, status=result.problem.status, headers=headers, body=_part(result.problem))
        if isinstance(result.committed, Committed):
            return replace(self, status=HTTPStatus.CREATED, body=_part(result.committed))
        return self

    @property
    def answer(self) -> Answer:
        """The same as those see it who apply."""
        return Answer(self.status, self.media_type, self.body, self.headers.get("retry-after", ""))

    def deviates(self, expected: Text, came: str = "") -> NoReturn:
        """Secrets go before anything is cut: half of one is one too many."""
        seen = came or (self._seen() if self.status else f"({_text(self.body)})")
        request, came = (_short(self._unsaid(text)) for text in (str(self.asked), seen))
        raise NotKept(request, self._without_secrets(expected), came)

    def _seen(self) -> str:
        return " ".join(filter(None, (str(self.status), self.media_type, _text(self.body))))

    def expect(self, status: int) -> "Reply":
        """The same, if it has the status."""
        if self.status != status:
            self.deviates(phrase("conformance.expected.status", status=str(status)))
        return self

    def expect_header(self, name: str, value: str) -> "Reply":
        if self.headers.get(name.lower()) != value:
            came = self.headers.get(name.lower(), "")
            self.deviates(phrase("conformance.expected.header", header=f"{name}: {value}"), f"{name}: {came}")
        return self

    def expect_value(self, name: str, value: object, came: object) -> None:
        """Types count: `1` and `true` are two values."""
        due, there = as_json(value), as_json(came)
        if due != there:
            value_due = _short(self._unsaid(due))
            self.deviates(phrase("conformance.expected.value", name=name, value=value_due), there)

    def json(self) -> Any:
        """The body, as everyone reads it."""
        if self.media_type not in ("application/json", "application/problem+json"):
            self.deviates(phrase("conformance.expected.json"))
        try:
            return parsed(self.body)
        except WireError:
            return self.deviates(phrase("conformance.expected.json"))

    def read(self, kind: type[T]) -> T:
        """What the body of a good answer says."""
        return self.expect(200).form(kind)

    def created(self) -> Committed:
        """What the answer to a commit says that was taken."""
        return self.expect(201).form(Committed)

    def form(self, kind: type[T]) -> T:
        """The body as one of the contract's."""
        return self.believed(partial(answer_of, kind))

    def believed(self, read: Callable[[Any], T]) -> T:
        """What `read` makes of the body, which raises WireError for another than the contract's."""
        try:
            return read(self.json())
        except WireError as error:
            return self.deviates(phrase("conformance.expected.form", place=str(error)))

    def problem(self, status: int, kind: str) -> Problem:
        """The problem, if it is this one, well formed, and under its own status."""
        expected = phrase("conformance.expected.problem", status=str(status), type=kind)
        if self.status != status or self.media_type != "application/problem+json":
            self.deviates(expected)
        try:
            problem = answer_of(Problem, self.json())
        except WireError as error:
            self.deviates(joined((expected, str(error)), ": "))
        if (problem.status, problem.type) != (status, kind) or not problem.title.strip():
            self.deviates(expected)
        return problem

    def _without_secrets(self, text: Text) -> Text:
        match text:
            case Phrase():
                values = tuple((name, self._without_secrets(value)) for name, value in text.values)
                return replace(text, values=values)
            case tuple():
                return tuple(map(self._without_secrets, text))
            case str():
                return self._unsaid(text)
        return text

    def _unsaid(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, "[…]")
        return text


def _part(answer: Committed | Problem) -> bytes:
    return canonical(encode(answer))


def _text(body: bytes) -> str:
    """The beginning, more of it than is ever shown."""
    return body[: 100 * SHOWN].decode("utf-8", "backslashreplace")


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def shown(value: object) -> str:
    """As JSON, cut short."""
    return _short(as_json(value))


def as_json(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)
