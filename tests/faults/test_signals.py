"""Signals to an apply: a real process, a portal on a port that holds its answers, and nothing is timed."""

import json
import signal
from typing import Any

import pytest
from tests.network import PATIENCE, Network, Process, network, network_planned

from portalsync.model.receipt import Outcome

__all__ = ["network", "network_planned"]  # fixtures

APPLY = ("apply", "plan.json", "--stop-at-first")
SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
COMMITTED, UNKNOWN, NOT_SENT = Outcome.COMMITTED, Outcome.UNKNOWN, Outcome.NOT_SENT


class Second:
    """Where the second commit is done, and its answer is yet to come."""

    def __init__(self) -> None:
        self.commits = 0

    def __call__(self, _number: int, when: str, method: str) -> bool:
        self.commits += (when, method) == ("after", "POST")
        return self.commits == 2


def hear(process: Process, text: str) -> None:
    """Waits until it says so."""
    assert process.stderr is not None
    assert any(text in line for line in process.stderr)


def ended(process: Process) -> tuple[dict[str, Any], str]:
    out, err = process.communicate(timeout=PATIENCE)
    return json.loads(out), err


def outcomes(receipt: dict[str, Any]) -> list[str]:
    return [firm["outcome"] for firm in receipt["firms"]]


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_the_first_waits_for_the_running_request_and_sends_no_other(
    number: signal.Signals, network: Network
) -> None:
    """Seen to fail: "Interrupted.", no receipt, and the second firm changed unseen."""
    with network.held(Second()) as portal:
        process = network.start(*APPLY, "--format=json", "--output-file=markdown=receipt.md")
        assert portal.reached.wait(PATIENCE)
        process.send_signal(number)
        hear(process, "No further request is sent")
        portal.let_go()
        receipt, _ = ended(process)
    assert process.returncode == receipt["exit_code"] == SIGNALS[number]
    assert outcomes(receipt) == [COMMITTED, COMMITTED, NOT_SENT]
    assert receipt["result"] == "in_part"
    assert receipt["firms"][2]["detail"] == "The apply was interrupted before."
    assert network.generations == [2, 2, 1]
    saved = (network.folder / "receipt.md").read_text()
    assert saved.startswith("## Applied in part to `production`")
    assert "not sent. `The apply was interrupted before.`" in saved


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_the_second_ends_at_once_and_names_the_command_that_looks(
    number: signal.Signals, network: Network
) -> None:
    with network.held(Second()) as portal:
        process = network.start(*APPLY, "--env=production", "--format=json", "--output-file=text=receipt.txt")
        assert portal.reached.wait(PATIENCE)
        process.send_signal(number)
        hear(process, "Once more ends at once")
        process.send_signal(number)
        receipt, told = ended(process)
    assert process.returncode == receipt["exit_code"] == SIGNALS[number]
    assert outcomes(receipt) == [COMMITTED, UNKNOWN, NOT_SENT]
    looks = "`portalsync plan --env production` only looks at the portal, and shows what is left to do."
    assert looks in receipt["hint"]
    assert looks in told
    assert looks in " ".join((network.folder / "receipt.txt").read_text().split())
    with network.held(lambda *_: False):
        again, _ = ended(network.start(*APPLY, "--format=json"))
        assert (again["exit_code"], again["result"]) == (0, "applied")
    assert network.generations == [2, 2, 2]


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_before_anything_is_sent_it_ends_at_once(number: signal.Signals, network: Network) -> None:
    with network.held(lambda point, _when, _method: point == 1) as portal:
        process = network.start(*APPLY, "--format=json")
        assert portal.reached.wait(PATIENCE)
        process.send_signal(number)
        receipt, _ = ended(process)
    assert process.returncode == receipt["exit_code"] == SIGNALS[number]
    assert (receipt["result"], receipt["firms"]) == ("nothing_applied", [])
    assert receipt["reason"]
    assert network.generations == [1, 1, 1]


def test_what_the_starter_had_ignored_stays_ignored(network: Network) -> None:
    """As nohup does."""
    with network.held(Second()) as portal:
        process = network.start(*APPLY, "--format=json", ignored=signal.SIGHUP)
        assert portal.reached.wait(PATIENCE)
        process.send_signal(signal.SIGHUP)
        portal.let_go()
        receipt, _ = ended(process)
    assert process.returncode == 0
    assert outcomes(receipt) == [COMMITTED] * 3
