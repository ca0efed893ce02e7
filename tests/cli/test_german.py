"""A German reader's errors, narration and questions: not a word of English but names and commands."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli, everything
from tests.cli.test_bad_input import another_portal, at_address, edited_by_hand, plan_with, rewritten
from tests.cli.typed import typed

from portalsync.backend.exchange import Lost
from portalsync.lexicon import lexicon_of, phrase

ENGLISH = re.compile(r"\b(the|is|are|were|not|and|with|cannot|could|this|that|there|help)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALSYNC_LANG", "de")


def nothing() -> None:
    pass


def nowhere() -> None:
    at_address(Path.cwd(), "http://127.0.0.1:1")


def foreign_folder() -> None:
    Path("photos").mkdir()
    Path("photos/cat.png").write_bytes(b"meow")


def foreign_database() -> None:
    for left in Path("portal-config/.portalsync").iterdir():
        left.unlink()
    Path("portal-config/.portalsync/portal.db").write_bytes(b"meow" * 1000)


FAILURES: dict[str, tuple[Callable[[], object], list[str], str]] = {
    "no plan": (rewritten(lambda _: b"{}"), ["show", "plan.json"], "plan.json ist kein Plan."),
    "no JSON": (rewritten(lambda _: b""), ["show", "plan.json"], "lässt sich nicht als JSON lesen."),
    "altered": (
        rewritten(lambda plan: plan + b" "),
        ["apply", "plan.json"],
        "plan.json wurde nachträglich verändert: Prüfsumme und Inhalt passen nicht zusammen.",
    ),
    "format": (
        rewritten(lambda _: plan_with(format_version=4)),
        ["apply", "plan.json"],
        "plan.json hat das Planformat 4; dieses portalsync liest 3.",
    ),
    "another portal": (another_portal, ["apply", "plan.json"], "für ein anderes Portal erstellt."),
    "stale": (
        edited_by_hand,
        ["apply", "plan.json"],
        "Fehler: Der Plan ist überholt: oak geplant bei Fassung 1, im Portal jetzt 2.\n  = Hilfe: Seitdem ",
    ),
    "environment": (
        nothing,
        ["apply", "plan.json", "--env=production"],
        "plan.json wurde für local erstellt, nicht für production.",
    ),
    "not reviewed": (nothing, ["apply", "--expect=none", AT], "Diese Änderung hat niemand geprüft."),
    "unreachable": (
        nowhere,
        ["plan", AT],
        "Das Portal unter http://127.0.0.1:1 ist nicht zu erreichen: dort nimmt niemand Verbindungen an.",
    ),
    "a database of its own": (foreign_database, ["plan", AT], "ist nicht zu gebrauchen: "),
    "elsewhere": (nowhere, ["serve"], "Das Portal der Umgebung local läuft woanders: http://127.0.0.1:1."),
    "a host": (nothing, ["serve", "--host=0.0.0.0"], "Unter 0.0.0.0 bietet sich das Portal nicht an."),
    "a port": (nothing, ["serve", "--port=99999"], "nicht zu gebrauchen: diesen Port gibt es nicht."),
    "a folder": (foreign_folder, ["preview", "--dir=photos", AT], "photos gibt es schon, und es ist keine"),
    "not empty": (nothing, ["init", "--yes"], ". ist nicht leer: plan.json, portal-config."),
    "a token": (nothing, ["comment", "--plan=plan.json", "--pr=7", "--repository=a/b"], "Es fehlt ein Token"),
    "stale pages": (nothing, ["docs", "--check=portal-config"], "in portal-config sind nicht aktuell: "),
}


@pytest.mark.parametrize("name", FAILURES)
def test_errors(name: str, world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What went wrong and what to do. Seen to fail for a sentence that was still English."""
    for variable in ("GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    del world
    arrange, arguments, says = FAILURES[name]
    arrange()
    if name == "another portal":
        cli("plan", AT)
    shown = cli(*arguments)
    assert shown.code not in (0, 64, 70)
    assert says in shown.err
    told = shown.err.removeprefix(f"{lexicon_of('de')('told.nobody-listens', seconds=60)}\n")
    assert told.startswith("Fehler: ")
    if name != "a database of its own":  # SQLite gives its reason in English
        assert not ENGLISH.search(shown.err), shown.err


def test_a_bug(world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    del world

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the portal's secret is hunter2")

    monkeypatch.setattr("portalsync.cli.workspace.survey", broken)
    shown = cli("plan", AT)
    assert shown.code == 70
    assert shown.err.startswith("Fehler: Ein Fehler in portalsync selbst (RuntimeError).")
    assert "\n  = Hilfe: " in shown.err


def test_an_unknown_outcome(world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The receipt for programs is worded in the language that was asked for too."""
    del world

    def lost(*_: object) -> None:
        raise Lost(phrase("errors.portal.outcome-unknown.broken-off", reason="ReadTimeout"))

    monkeypatch.setattr("portalsync.backend.exchange.Exchange.post", lost)
    told = json.loads(cli("apply", "plan.json", "--format=json").out)["firms"][0]["detail"]
    assert told.startswith("An das Portal unter http://localhost wurden Änderungen gesendet")
    assert told.endswith("Die Verbindung ist abgebrochen: ReadTimeout.")


def test_programs_read_the_same_in_every_language(world: Path, cli: Cli) -> None:
    """Sentences are for people, also in JSON; all else is what programs look at."""
    german, english = (cli("plan", AT, "--format=json", f"--lang={each}").out for each in ("de", "en"))
    assert german == english
    firm = world / "portal-config" / "firms" / "oak.yaml"
    firm.write_text(firm.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    found = [json.loads(cli("validate", "--format=json", f"--lang={each}").out) for each in ("de", "en")]
    assert _for_programs(found[0]) == _for_programs(found[1])
    assert found[0] != found[1]


def _for_programs(found: object) -> object:
    if isinstance(found, dict):
        kept = found.keys() - {"message", "expected", "hint", "text"}
        return {key: _for_programs(found[key]) for key in kept}
    return [*map(_for_programs, found)] if isinstance(found, list) else found


def test_narration(world: Path, cli: Cli) -> None:
    assert cli("schema", "--write=schemas", "--no-modelines").err == "7 Schemas in schemas.\n"
    assert re.fullmatch(r"0 von \d Dateien geändert\.\n", cli("migrate").err)
    assert re.fullmatch(r"\d+ Seiten in reference\.\n", cli("docs", "--write=reference").err)
    made = cli("init", "--yes", "--name=Eiche", str(world / "new")).err
    assert "Die Beispielkanzlei ist eiche." in made
    assert "  portalsync validate                  # Dateien prüfen\n" in made
    assert not ENGLISH.search(made), made


def test_the_demo(tmp_path: Path, cli: Cli) -> None:
    shown = cli("demo", f"--dir={tmp_path / 'demo'}")
    assert shown.code == 0
    assert not ENGLISH.search(re.sub(r"\S*/\S*", "", shown.err)), shown.err


@pytest.mark.parametrize(
    ("language", "question", "answer", "applied"),
    [
        ("de", "Jetzt übertragen? [j/N]:", "j", True),
        ("de", "Jetzt übertragen? [j/N]:", "Ja", True),
        ("de", "Jetzt übertragen? [j/N]:", "y", True),
        ("de", "Jetzt übertragen? [j/N]:", "nein", False),
        ("de", "Jetzt übertragen? [j/N]:", "", False),
        ("en", "Apply this? [y/N]:", "yes", True),
        ("en", "Apply this? [y/N]:", "n", False),
    ],
)
def test_yes_and_no(language: str, question: str, answer: str, applied: bool, world: Path) -> None:  # noqa: FBT001 - a row of the table
    """The question of `apply`, and the answers that a German hand types."""
    before = everything(world)
    told = typed(world, ["apply", AT, f"--lang={language}"], f"{answer}\n")
    assert question in told
    assert (everything(world) != before) == applied


def test_an_answer_that_is_neither_is_asked_again(world: Path) -> None:
    told = typed(world, ["apply", AT], "vielleicht\n", "n\n", language="de")
    assert "Bitte antworten Sie mit j für ja oder n für nein." in told
    assert "Nichts wurde übertragen." in told


def test_ctrl_c_at_the_question(world: Path) -> None:
    before = everything(world)
    assert "Abgebrochen." in typed(world, ["apply", AT], "\x03", code=130, language="de")
    assert everything(world) == before


def test_the_questions_of_init(tmp_path: Path) -> None:
    folder = tmp_path / "kanzlei-am-markt"
    folder.mkdir()
    told = typed(folder, ["init"], "\n", "de\n", "Europe/Vienna\n", language="de")
    for question in ("Name der Kanzlei [", "Sprachen ihrer Mandanten (de, en oder de,en) [", "Zeitzone ["):
        assert question in told
    assert (folder / "portal-config" / "firms" / "kanzlei-am-markt.yaml").exists()
