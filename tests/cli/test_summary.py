"""`--summary`: what must not be missed, and a line that sums up."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli

from portalsync.lexicon import lexicon_of

pytestmark = pytest.mark.usefixtures("world")


def verdict(text: str) -> list[str]:
    """Title and verdict of a plan: all that stands before its second empty line."""
    lines = text.splitlines()
    return lines[: lines.index("", lines.index("") + 1)]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_summary_is_the_verdict_and_the_last_line(language: str, cli: Cli) -> None:
    """Seen to fail when the summary had its own verdict, and when sections followed it."""
    whole = cli("plan", AT, f"--lang={language}").out
    short = cli("plan", AT, f"--lang={language}", "--summary").out
    assert short.splitlines() == [*verdict(whole), "", whole.splitlines()[-1]]
    assert lexicon_of(language)("plan.effects") in whole
    assert len(short.splitlines()) < len(whole.splitlines())
    firm = lexicon_of(language).count("told.firms", 1)
    assert short.splitlines()[-1].startswith(f"{firm}: ")


@pytest.mark.parametrize(
    ("language", "head", "last"),
    [
        (
            "en",
            [
                "· 1 of 2 firms changes.",
                "! Ash is released: it has no file any more, its portal stays as it is.",
            ],
            "2 firms: ",
        ),
        (
            "de",
            [
                "· 1 von 2 Kanzleien ändert sich.",
                (
                    "! Ash wird nicht mehr hier verwaltet: "
                    "Es gibt keine Datei mehr, das Portal bleibt, wie es ist."
                ),
            ],
            "2 Kanzleien: ",
        ),
    ],
)
def test_it_counts_the_same_firms_at_both_ends(
    language: str, head: list[str], last: str, world: Path, cli: Cli
) -> None:
    """One firm changes, and one is released. Seen to fail when the head named the first alone."""
    firms = world / "portal-config" / "firms"
    gone, oak = firms / "ash.yaml", firms / "oak.yaml"
    gone.write_text(oak.read_text().replace("id: oak", "id: ash").replace("Oak & Partners", "Ash"))
    facts = world / "portal-config" / "facts"
    (facts / "ash.yaml").write_text((facts / "oak.yaml").read_text().replace("firm: oak", "firm: ash"))
    assert cli("apply", AT, "--yes").code == 0
    gone.unlink()
    oak.write_text(oak.read_text().replace("Oak & Partners", "Oak & Elm"))
    short = cli("plan", AT, "--summary", f"--lang={language}").out.splitlines()
    assert short[2:4] == [f"  {each}" for each in head]
    assert short[-1].startswith(last)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "1 firm changes."), ("de", "1 Kanzlei ändert sich.")]
)
def test_the_only_firm_is_not_one_of_one(language: str, sentence: str, cli: Cli) -> None:
    assert cli("plan", AT, "--summary", f"--lang={language}").out.splitlines()[2] == f"  · {sentence}"


def test_guardrails_stand_in_it(world: Path, cli: Cli) -> None:
    with (world / "portal-config" / "portalsync.yaml").open("a") as file:
        file.write("guardrails: {affected_clients: 1}\n")
    short = cli("plan", AT, "--summary")
    assert short.code == 6
    assert "--ack affected-clients:40" in " ".join(short.out.split())


def test_a_saved_plan_has_the_same_summary(cli: Cli) -> None:
    made = cli("plan", AT, "--summary", "--out=plan.json")
    assert cli("show", "plan.json", "--summary").out == made.out
    markdown = cli("show", "plan.json", "--summary", "--format=markdown").out
    assert markdown.splitlines()[-1].startswith("<sub>1 firm: ")
    assert "###" not in markdown


def test_json_and_files_stay_whole(cli: Cli) -> None:
    whole = cli("plan", AT, "--format=json", "--output-file=text=whole.txt").out
    short = cli("plan", AT, "--format=json", "--summary", "--output-file=text=short.txt").out
    assert json.loads(short) == json.loads(whole)
    assert Path("short.txt").read_text() == Path("whole.txt").read_text()


def test_apply_sums_up_what_it_plans_and_what_it_did(cli: Cli) -> None:
    plan = cli("plan", AT, "--summary").out
    done = cli("apply", AT, "--yes", "--summary", "--output-file=text=receipt.txt")
    assert done.out == plan + "Applied to local\n\n  \u2713 1 firm is as planned.\n"
    assert "Oak & Partners" in Path("receipt.txt").read_text()


def test_without_changes_there_is_nothing_to_sum_up(cli: Cli) -> None:
    assert cli("apply", AT, "--yes").code == 0
    assert cli("plan", AT, "--summary").out == cli("plan", AT).out
