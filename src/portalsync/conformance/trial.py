"""What checks are made on: one portal, one of its firms, and what can be asked about it."""

import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, TypeAlias, TypeVar
from urllib.parse import quote

from portalsync.commits import Commit, Committed, Conditional, Problem, Results
from portalsync.conformance.drafts import Entries, agreed, breaking, flip, lists, planned, switches
from portalsync.conformance.probe import Probe
from portalsync.conformance.reply import Asked, Reply, Skipped
from portalsync.json_bodies import WireError
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSONObject
from portalsync.wire import AuditPage, FirmsPage, FirmState, FirmSummary, PortalInfo

T = TypeVar("T")

NOBODY = "portalsync-check-no-such-firm"
MOST_PAGES = 1000
"""Pages of firms that are turned; a portal that never ends is not waited for."""

Body: TypeAlias = Commit | Mapping[str, Any]


class Trial:
    """`named` is the firm that is looked at, and written to if it was named for that; empty if there is
    none. `reader` is a token that may only read, or empty.
    """

    def __init__(self, probe: Probe, named: str, reader: str = "") -> None:
        self.probe = probe
        self.named = named
        self.reader = reader

    @property
    def firm(self) -> str:
        if not self.named:
            raise Skipped(phrase("conformance.skipped.no-firm"))
        return self.named

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        return self.probe.ask(Asked("GET", path, headers or {}))

    def read(self, path: str, kind: type[T]) -> T:
        return self.get(path).read(kind)

    def of_firm(self, part: str, firm: str = "") -> str:
        return f"/v1/firms/{quote(firm or self.firm, safe='')}/{part}"

    def optional(self, path: str) -> Reply:
        """The answer of a part that a portal can do without. Skipped if it does."""
        reply = self.get(path)
        if reply.answer.is_not_offered:
            raise Skipped(phrase("conformance.skipped.not-there", path=path))
        return reply

    def audit(self) -> Iterator[tuple[Reply, AuditPage]]:
        """The pages of the firm's audit trail, one after the other."""
        after = 0
        for _ in range(MOST_PAGES):
            reply = self.get(self.of_firm("audit" + f"?after={after}" * bool(after)))
            page = reply.read(AuditPage)
            yield reply, page
            if page.next is None:
                return
            after = page.next

    def portal(self) -> PortalInfo:
        return self.read("/v1/portal", PortalInfo)

    def state(self, firm: str = "") -> FirmState:
        return self.read(self.of_firm("settings", firm), FirmState)

    def firms(self, limit: int | None = None) -> Iterator[tuple[Reply, FirmsPage]]:
        """The pages of the list, one after the other; each is only read when it is asked for."""
        size = [] if limit is None else [f"limit={limit}"]
        after: str | None = ""
        for _ in range(MOST_PAGES):
            queries = [*([f"after={quote(after, safe='')}"] if after else []), *size]
            reply = self.get("/v1/firms" + "?" * bool(queries) + "&".join(queries))
            page = reply.read(FirmsPage)
            yield reply, page
            if page.next is None:
                return
            after = page.next

    def some_firms(self) -> list[FirmSummary]:
        return [firm for _, page in islice(self.firms(), 1) for firm in page.firms]

    @cached_property
    def info(self) -> PortalInfo:
        """What the portal said of itself first; `portal()` asks again."""
        return self.portal()

    @property
    def switch(self) -> str:
        """A path that can be written to see what becomes of it."""
        return self._known(next(switches(agreed(self.info)), None))

    @property
    def entries(self) -> Entries:
        return self._known(next(lists(agreed(self.info)), None))

    @property
    def breaking(self) -> Edit:
        """What breaks a rule, whatever the facts are."""
        return self._known(next(breaking(agreed(self.info)), None))

    def _known(self, known: T | None) -> T:
        if known is None:
            raise Skipped(phrase("conformance.skipped.no-option"))
        return known

    def flipped(self, state: FirmState) -> Commit:
        """A plan's commit that turns the switch."""
        return planned(self.info, state, flip(self.switch, state))

    def writing(self, state: FirmState, *writes: Edit) -> Commit:
        return planned(self.info, state, *writes)

    def send(
        self, commit: Body, headers: Mapping[str, str], firm: str = "", token: str | None = None
    ) -> Reply:
        """A commit for one firm, with these conditions: alone, or in a batch where that is not possible."""
        if self.takes_commits_alone:
            return self.probe.ask(_post(self.of_firm("commits", firm), commit, headers), token)
        part = {"firm": firm or self.firm, "commit": encode(commit) if isinstance(commit, Commit) else commit}
        batch = _post("/v1/commits", {"commits": [{**part, **self._conditions_of(headers)}]}, {})
        return self.probe.ask(batch, token).alone()

    @cached_property
    def takes_commits_alone(self) -> bool:
        """Whether there is `POST /v1/firms/{firm}/commits`, which a portal can do without."""
        return not self.probe.ask(_post(self.of_firm("commits"), {}, {})).answer.is_not_offered

    def only_alone(self) -> None:
        """Skipped unless commits can be sent alone."""
        if not self.takes_commits_alone:
            raise Skipped(phrase("conformance.skipped.not-there", path=self.of_firm("commits")))

    def _conditions_of(self, headers: Mapping[str, str]) -> JSONObject:
        """Headers as a batch has them. Skipped if it has no such thing."""
        expected = re.fullmatch('"([0-9]+)"', headers.get("If-Match", ""))
        if expected is None or "Idempotency-Key" not in headers:
            self.only_alone()
        return {"generation": int(expected[1]) if expected else 0, "key": headers.get("Idempotency-Key", "")}

    def post(self, path: str, body: Body) -> Reply:
        return self.probe.ask(_post(path, body, {}))

    def batch(self, parts: Sequence[JSONObject]) -> tuple[Reply, list[Committed | Problem]]:
        """The answer to a batch, and what it says of each part."""
        reply = self.post("/v1/commits", {"commits": [*parts]})
        results = reply.read(Results).results
        reply.expect_value("results", len(parts), len(results))
        try:
            return reply, [result.answer for result in results]
        except WireError as error:
            return reply.deviates(phrase("conformance.expected.form", place=str(error)))

    def part(self, commit: Commit, generation: int, key: str = "", firm: str = "") -> JSONObject:
        """One firm's part of a batch."""
        return encode(Conditional(firm or self.firm, generation, key or new_key(), commit))

    def committed(self, commit: Commit, state: FirmState, key: str = "") -> Committed:
        """What the portal answers to a commit that it has to take."""
        return self.send(commit, conditions(state.generation, key)).created()

    def refused(
        self,
        commit: Body,
        problem: tuple[int, str],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """The commit is answered with this problem, and the firm stays as it is."""
        before = self.state()
        reply = self.send(commit, conditions(before.generation) if headers is None else headers)
        reply.problem(*problem)
        self.untouched(before, reply)

    def untouched(self, before: FirmState, reply: Reply) -> None:
        """Nothing was written, whatever the reply said."""
        after = self.state()
        if canonical(encode(after)) != canonical(encode(before)):
            came = f"{before.generation} → {after.generation}"
            reply.deviates(phrase("conformance.expected.untouched"), came)


def _post(path: str, body: Body, headers: Mapping[str, str]) -> Asked:
    """The keys of objects stand in the order in which they were made: a portal sorts them for itself."""
    value = encode(body) if isinstance(body, Commit) else body
    return Asked("POST", path, {"Content-Type": "application/json", **headers}, json.dumps(value).encode())


def conditions(generation: int, key: str = "") -> Mapping[str, str]:
    """The headers of a commit that is made for a generation; the key is a new one unless it is given."""
    return {"If-Match": f'"{generation}"', "Idempotency-Key": key or new_key()}


def new_key() -> str:
    return f"portalsync-check-{uuid.uuid4().hex}"
