"""The guide for vendors, taken literally: a portal that has what its first steps name, and nothing else."""

import hashlib
import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.conftest import AT, BASE, call

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide" / "connect.md").read_text(encoding="utf-8")
VOCABULARY = (ROOT / "schemas" / "vocabulary.txt").read_text(encoding="utf-8")
NETWORK = """\
apiVersion: portalsync/v1
kind: Network
name: Hedgerow Tax
default_environment: live
environments:
  live: {{backend: http, url: "http://127.0.0.1:{port}"}}
"""


def named(*steps: int) -> list[re.Pattern[str]]:
    """The requests that these rows of the guide's table name."""
    rows = (re.search(rf"^\| {step} \| (.*?) \|", GUIDE, re.MULTILINE) for step in steps)
    requests = [each for row in rows if row for each in re.findall(r"`((?:GET|POST) /[^`]+)`", row[1])]
    return [re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(each))) for each in requests]


@dataclass
class Firm:
    """All that a portal has to keep of one; `rows` are its generations."""

    facts: Any
    rows: list[dict[str, Any]] = field(
        default_factory=lambda: [{"settings": {}, "managed": [], "applied": None}]
    )

    def state(self, generation: int) -> dict[str, Any]:
        row = self.rows[generation - 1]
        lists = tuple(claim[:-1] for claim in row["managed"] if claim.endswith(".*"))
        values = {
            path: value
            for path, value in row["settings"].items()
            if path in row["managed"] or path.startswith(lists)
        }
        whole = {"managed": sorted(row["managed"]), "values": values}
        text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
        digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        return {"id": self.facts["firm"], "generation": generation, "digest": digest, **row}

    def commit(self, commit: Any) -> dict[str, Any]:
        settings = dict(self.rows[-1]["settings"])
        for write in commit["writes"]:
            settings.pop(write["path"], None)
            if "after" in write:
                settings[write["path"]] = write["after"]
        number = len(self.rows) + 1
        self.rows.append({"settings": settings, "managed": commit["managed"], "applied": number})
        state = self.state(number)
        return {**{key: state[key] for key in ("id", "generation", "digest")}, "previous": number - 1}

    def by_hand(self, path: str, value: Any) -> None:
        row = self.rows[-1]
        self.rows.append({**row, "settings": {**row["settings"], path: value}})


class TinyPortal(BaseHTTPRequestHandler):
    """It answers what the guide's steps name; whatever else is asked for is not there."""

    offers: list[re.Pattern[str]]
    firm: Firm

    def do_GET(self) -> None:
        state = self.firm.state(len(self.firm.rows))
        match self.path.split("/")[2:]:
            case _ if not self._is_offered():
                self.send_error(404)
            case ["portal"]:
                options = dict(line.split() for line in VOCABULARY.splitlines())
                self._answer(
                    {"api": "v1", "portal": "6b1ff8a6-6c2f-4b0e-8a55-3f1f6f0a52a1", "options": options}
                )
            case ["firms"]:
                summary = {key: state[key] for key in ("id", "generation", "digest")}
                self._answer({"firms": [{**summary, "managed": bool(state["managed"])}], "next": None})
            case ["firms", "oak", "settings"]:
                self._answer(state)
            case ["firms", "oak", "generations", number]:
                self._answer(self.firm.state(int(number)))
            case ["firms", "oak", "facts"]:
                self._answer(self.firm.facts)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._is_offered():
            self._answer(
                {"results": [{"committed": self.firm.commit(part["commit"])} for part in body["commits"]]}
            )
        else:
            self.send_error(404)

    def _is_offered(self) -> bool:
        return any(each.fullmatch(f"{self.command} {self.path}") for each in self.offers)

    def _answer(self, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[TinyPortal]]:
    class Own(TinyPortal):
        offers = named(1)
        firm = Firm(yaml.safe_load((BASE / "facts" / "oak.yaml").read_text(encoding="utf-8")))

    shutil.copytree(BASE, tmp_path / "portal-config")
    monkeypatch.chdir(tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), Own) as server:
        Path("portal-config/portalsync.yaml").write_text(NETWORK.format(port=server.server_port))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Own
        server.shutdown()
        thread.join()


def test_the_first_step_suffices_to_plan(portal: type[TinyPortal]) -> None:
    assert len(portal.offers) == 4
    planned = call("plan", AT, "--detailed-exitcode")
    assert planned.code == 2, planned.err
    assert "Oak & Partners" in planned.out
    drift = call("drift", "--detailed-exitcode")
    assert (drift.code, drift.err) == (0, "")


def test_the_second_suffices_to_apply_and_to_find_drift(portal: type[TinyPortal]) -> None:
    """Without a history nobody is named; that is no error."""
    portal.offers = named(1, 2)
    assert len(portal.offers) == 6
    assert call("plan", AT, "--out=plan.json").code == 0
    applied = call("apply", "plan.json")
    assert applied.code == 0, applied.out + applied.err
    assert call("plan", AT, "--detailed-exitcode").code == 0
    portal.firm.by_hand("chat.clients_can_start", value=False)
    drift = call("drift", "--detailed-exitcode")
    assert (drift.code, drift.err) == (2, "")
    assert "nobody knows who changed it, or when" in drift.out
    again = call("plan", AT, "--detailed-exitcode")
    assert (again.code, again.err) == (2, "")
