"""Nothing of one firm is in any answer for another one."""

from collections.abc import Callable
from datetime import datetime

import httpx2

from portalsync.backend.http import HttpBackend
from portalsync.commits import Commit, Conditional
from portalsync.model.codec import encode
from portalsync.model.page import PLACES
from portalsync.portal.links import page_file

Commits = Callable[..., Commit]


def test_no_canary_of_another_firm(
    backend: HttpBackend, raw: httpx2.Client, commit: Commits, now: datetime
) -> None:
    firms = ("alder", "birch", "cedar")
    for firm in firms:
        item = f"announcements.items.news-canary-{firm}"
        told = {f"{item}.{name}": {"en": f"canary-{firm}"} for name in ("title", "body")}
        backend.commit([Conditional(firm, 1, f"canary-{firm}", commit(told))])
    for firm in firms:
        answers = [
            raw.get(f"/v1/firms/{firm}/{part}").text
            for part in ("settings", "facts", "history", "audit", "generations/1", "generations/2")
        ]
        answers += [
            backend.page(firm, "ada", locale, page_file(place), now).decode()
            for place in PLACES
            for locale in ("en", "de")
        ]
        answers.append(raw.get(f"/portal/{firm}/").text)
        assert any(f"canary-{firm}" in answer for answer in answers)
        for other in {*firms} - {firm}:
            assert not [answer for answer in answers if f"canary-{other}" in answer]


def test_another_firms_key_opens_nothing(raw: httpx2.Client, commit: Commits) -> None:
    body = encode(commit({"chat.clients_can_start": False}))
    headers = {"If-Match": '"1"', "Idempotency-Key": "shared"}
    first = raw.post("/v1/firms/alder/commits", json=body, headers=headers)
    other = raw.post("/v1/firms/birch/commits", json=body, headers=headers)
    nobody = raw.post("/v1/firms/nobody/commits", json=body, headers=headers)
    assert first.json()["id"] == "alder"
    assert other.json()["id"] == "birch"
    assert nobody.status_code == 404
    assert "alder" not in other.text + nobody.text


def test_a_firm_that_is_not_there_is_answered_in_the_same_words(raw: httpx2.Client) -> None:
    answers = {
        raw.get(f"/v1/firms/{firm}/{part}").text
        for firm in ("nobody", "alder2", "%27 or 1=1 --", "x" * 300)
        for part in ("settings", "facts", "history", "audit", "generations/1")
    }
    assert len(answers) == 1
