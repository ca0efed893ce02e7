"""However an apply ends, there is a receipt that says so: with its reason, and with a title that is true."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import AT, Cli, Result
from tests.cli.test_formats import published
from tests.cli.typed import typed

from portalsync.apply import send
from portalsync.cli import receipts
from portalsync.commits import Commit, Conditional
from portalsync.errors import ExitCode
from portalsync.lexicon import LOCALES, Foreign, lexicon_of
from portalsync.model.edit import Edit
from portalsync.model.receipt import Extent, FirmReceipt, Outcome, Receipt
from portalsync.server.in_process import open_embedded
from portalsync.views.formats.markdown import render_markdown
from portalsync.views.wording.receipt import exit_code, word_receipt
from portalsync.wire import Origin

NETWORK = Path("portal-config/portalsync.yaml")
DATABASE = Path("portal-config/.portalsync/portal.db")
NOTHING = {
    "en": ("Nothing applied", "Nothing was applied"),
    "de": ("Nichts übertragen", "Nichts wurde übertragen"),
}


def by_hand() -> None:
    portal = open_embedded(DATABASE, clock=lambda: datetime(2026, 11, 12, 8, 30, tzinfo=UTC))
    write = Edit("chat.clients_can_start", after=False)
    portal.commit([Conditional("oak", 1, "hand", Commit(Origin.PORTAL, "Dana Reyes", "", {}, (write,), ()))])
    portal.close()


def another_portal() -> None:
    DATABASE.unlink()
    portal = open_embedded(DATABASE)
    portal.close()


def nobody_at_home() -> None:
    text = NETWORK.read_text().replace("backend: embedded", "backend: http")
    NETWORK.write_text(text.replace("database: .portalsync/portal.db", "url: http://127.0.0.1:9"))


def strict() -> None:
    with NETWORK.open("a") as file:
        file.write("guardrails: {affected_clients: 1}\n")


def spoilt() -> None:
    NETWORK.write_text("kind: Network\n")


def altered() -> None:
    Path("plan.json").write_text("{}\n")


def untouched() -> None:
    pass


REVIEW = f"review:{0:064}"
ENDS: dict[str, tuple[Callable[[], None], tuple[str, ...], ExitCode, str]] = {
    "stale": (by_hand, ("plan.json",), ExitCode.CONFLICT, "The plan is stale"),
    "another portal": (another_portal, ("plan.json",), ExitCode.CONFLICT, "another portal"),
    "no plan": (altered, ("plan.json",), ExitCode.CONFLICT, "plan.json is not a plan"),
    "another environment": (untouched, ("plan.json", "--env=x"), ExitCode.CONFLICT, "not for x"),
    "nobody answers": (nobody_at_home, ("plan.json",), ExitCode.ERROR, "cannot be reached"),
    "a guardrail": (strict, ("--yes", AT), ExitCode.BLOCKED, "blocked"),
    "not reviewed": (untouched, ("--expect=none", AT), ExitCode.CONFLICT, "Nobody reviewed"),
    "another change": (untouched, (f"--expect={REVIEW}", AT), ExitCode.CONFLICT, "not the change"),
    "invalid files": (spoilt, ("--yes", AT), ExitCode.INVALID, "portal-config/portalsync.yaml:1:1: "),
    "no such environment": (untouched, ("--env=moon", AT), ExitCode.USAGE, "moon"),
    "a wrong call": (untouched, ("plan.json", "--ack=new-host:x.example"), ExitCode.USAGE, "--ack"),
    "nobody to ask": (untouched, (AT,), ExitCode.USAGE, "--yes"),
    "no such firm": (untouched, ("plan.json", "--firm=elm"), ExitCode.USAGE, "elm"),
}


def read(result: Result) -> dict[str, Any]:
    published("receipt", result.out)
    body: dict[str, Any] = json.loads(result.out)
    return body


@pytest.mark.parametrize("name", ENDS)
def test_what_ends_before_anything_is_sent_has_its_reason_as_json(
    name: str, world: Path, cli: Cli, requests: list[str]
) -> None:
    """Seen to fail: nothing on stdout."""
    arrange, arguments, code, why = ENDS[name]
    arrange()
    requests.clear()
    result = cli("apply", *arguments, "--format=json", "--output-file=json=receipt.json")
    body = read(result)
    assert result.code == body["exit_code"] == code
    assert (body["result"], body["firms"]) == ("nothing_applied", [])
    assert why in body["reason"] + body["hint"]
    assert json.loads((world / "receipt.json").read_text()) == body
    assert (body["deviation"] is not None) == (name in ("not reviewed", "another change"))
    assert "POST" not in requests


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("name", ENDS)
def test_and_under_a_title_that_is_true(name: str, language: str, world: Path, cli: Cli) -> None:
    """In Markdown and in files of text; on a terminal, the reason stands on stderr as ever."""
    arrange, arguments, code, _ = ENDS[name]
    arrange()
    result = cli("apply", *arguments, f"--lang={language}", "--format=markdown", "--output-file=text=r.txt")
    assert result.code == code
    for text in (result.out, (world / "r.txt").read_text()):
        assert text.count(NOTHING[language][0]) + text.count(NOTHING[language][1]) == 1
        assert "pplied to" not in text.replace("Nothing applied to", "")
    plain = cli("apply", *arguments, f"--lang={language}")
    assert plain.code == code
    assert plain.err


def test_who_says_no_is_told_so_as_json(world: Path) -> None:
    shown = typed(world, ["apply", AT, "--format=json"], "n\n")
    body = json.loads(re.findall(r"^\{.*\}\r?$", shown, re.MULTILINE)[-1])
    assert (body["exit_code"], body["result"], body["reason"]) == (
        0,
        "nothing_applied",
        "Nothing was applied.",
    )


EXTENTS = {
    (): Extent.NOTHING_TO_APPLY,
    ("committed",): Extent.APPLIED,
    ("committed", "already_applied"): Extent.APPLIED,
    ("already_applied",): Extent.ALREADY_APPLIED,
    ("committed", "refused"): Extent.IN_PART,
    ("already_applied", "not_sent"): Extent.IN_PART,
    ("committed", "differs"): Extent.OTHERWISE,
    ("differs",): Extent.OTHERWISE,
    ("differs", "not_done"): Extent.IN_PART,
    ("committed", "unknown", "not_sent"): Extent.REST_UNKNOWN,
    ("unknown",): Extent.UNKNOWN,
    ("unknown", "not_sent", "refused"): Extent.UNKNOWN,
    ("refused",): Extent.NOTHING_APPLIED,
    ("not_done", "not_sent", "refused"): Extent.NOTHING_APPLIED,
}


@pytest.mark.parametrize("outcomes", EXTENTS, ids=str)
def test_a_receipt_says_how_much_is_on_the_portal(outcomes: tuple[str, ...]) -> None:
    """All, a part, nothing, or nobody knows: by every mixture of what may become of firms."""
    firms = tuple(FirmReceipt(name, name, Outcome(name), 1, 2, "x") for name in outcomes)
    receipt = Receipt("production", f"sha256:{0:064}", firms)
    assert receipt.extent is EXTENTS[outcomes]
    is_whole = receipt.extent in (Extent.APPLIED, Extent.ALREADY_APPLIED, Extent.NOTHING_TO_APPLY)
    assert is_whole == (exit_code(receipt) is ExitCode.DONE)
    titles = {
        language: render_markdown(word_receipt(receipt, lexicon_of(language)), lexicon_of(language))
        for language in LOCALES
    }
    assert all("`production`" in title.partition("\n")[0] for title in titles.values())
    assert titles["en"].startswith("## Nothing") == titles["de"].startswith("## Nichts")
    assert titles["en"].startswith("## Nothing") == (
        receipt.extent in (Extent.NOTHING_APPLIED, Extent.NOTHING_TO_APPLY)
    )


def raising(error: BaseException) -> Callable[..., Any]:
    def broken(*_: object, **__: object) -> Any:
        raise error

    return broken


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize(
    ("error", "code"), [(RuntimeError("hunter2"), 70), (MemoryError(), 70), (KeyboardInterrupt(), 130)]
)
def test_what_breaks_while_firms_are_read_back_leaves_a_receipt(  # noqa: PLR0913, PLR0917 - the case, and what it happens in
    error: BaseException, code: int, form: str, world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen to fail: "A bug in portalsync", and not a word of the firm that was written."""
    with monkeypatch.context() as broken:
        broken.setattr(send, "confirm", raising(error))
        result = cli("apply", "plan.json", f"--format={form}", "--output-file=json=receipt.json")
    assert result.code == code
    assert "Oak & Partners" in result.out
    saved = (world / "receipt.json").read_text()
    published("receipt", saved)
    body = json.loads(saved)
    assert (body["exit_code"], body["result"]) == (code, "unknown")
    assert "hunter2" not in result.out + result.err + saved
    again = cli("apply", "plan.json", "--format=json")
    assert (again.code, read(again)["result"]) == (0, "already_applied")


def test_a_receipt_that_cannot_be_shown_is_saved(
    world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where showing it fails as nothing should."""
    monkeypatch.setattr(receipts, "print_result", raising(RuntimeError("hunter2")))
    result = cli("apply", "plan.json", "--output-file=json=receipt.json")
    assert result.code == ExitCode.BUG
    assert json.loads((world / "receipt.json").read_text())["result"] == "applied"


def test_a_signal_while_the_receipt_is_shown_names_the_command_that_looks(
    world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen to fail: "Interrupted.", and not a word of what was sent."""
    monkeypatch.setattr(receipts, "print_result", raising(KeyboardInterrupt()))
    result = cli("apply", "plan.json", "--output-file=json=receipt.json")
    assert result.code == ExitCode.INTERRUPTED
    assert "`portalsync plan` only looks at the portal, and shows what is left to do." in result.err
    assert json.loads((world / "receipt.json").read_text())["result"] == "applied"


@pytest.mark.parametrize("language", LOCALES)
def test_what_went_wrong_alike_is_told_once_with_every_firm(language: str) -> None:
    """Seen to fail: the same three lines for each of 900 firms."""
    silent = [FirmReceipt(each, each.title(), Outcome.NOT_SENT, 1, 0, "Silence.") for each in ("ash", "elm")]
    others = [
        FirmReceipt("fir", "Fir", Outcome.NOT_SENT, 1, 0, "Something else."),
        *(FirmReceipt(each, each.title(), Outcome.DIFFERS, 1, 2) for each in ("oak", "yew")),
    ]
    receipt = Receipt("local", "sha256:0", tuple(silent + others))
    (section,) = word_receipt(receipt, lexicon_of(language)).sections
    items = [
        (lexicon_of(language).say(item.text), [each.text for each in item.notes if isinstance(each, Foreign)])
        for item in section.items
    ]
    firms = {"en": "2 firms: not sent. Silence.", "de": "2 Kanzleien: nicht gesendet. Silence."}
    assert items[0] == (firms[language], ["Ash", "Elm"])
    assert [notes for _, notes in items[1:]] == [[], [], []]
    assert [text.split(":")[0] for text, _ in items[1:]] == ["Fir", "Oak", "Yew"]


@pytest.mark.parametrize(
    ("language", "last"), [("en", "Firm 8 and 12 more"), ("de", "Firm 8 und 12 weitere")]
)
def test_a_summary_names_the_first_of_many_firms_that_were_not_sent(language: str, last: str) -> None:
    """Seen to fail: whoever interrupted an apply of 2,000 firms read 2,000 names below `--summary`."""
    lexicon = lexicon_of(language)
    firms = [FirmReceipt(f"f{n}", f"Firm {n}", Outcome.NOT_SENT, 1, 0, "Silence.") for n in range(1, 21)]
    receipt = Receipt("local", "sha256:0", tuple(firms))

    def named(*, summary: bool) -> list[str]:
        (section,) = word_receipt(receipt, lexicon, summary=summary).sections
        (item,) = section.items
        return [lexicon.say(each) for each in item.notes]

    assert named(summary=True) == [*(firm.name for firm in firms[:7]), last]
    assert named(summary=False) == [firm.name for firm in firms], "all of them, without it"


def test_a_plan_that_has_nothing_for_the_chosen_firms(world: Path, cli: Cli) -> None:
    assert cli("apply", "plan.json").code == 0
    result = cli("apply", "--yes", "--format=json", AT)
    assert (result.code, read(result)["result"]) == (0, "nothing_to_apply")
    assert "Nothing to apply to local" in cli("apply", "--yes", AT).out
    assert world.exists()
