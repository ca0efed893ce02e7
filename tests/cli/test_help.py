"""`--help` and wrong use, in both languages: everything has words, and none of click's English is left."""

import re
from collections.abc import Iterator

import click
import pytest
from tests.cli.conftest import AT, Cli

from portalsync.cli import program
from portalsync.errors import ExitCode
from portalsync.lexicon import LOCALES, lexicon_of, messages_of
from portalsync.resources import words_file
from portalsync.views.command_help import CommandHelp

ALIKE = {"branch", "code", "name", "plan", "text"}
"""What stands for a value and is the same word in German."""
OF_CLICK = re.compile(
    r"\b(Usage|Options|Commands|Arguments|default|required|Show|Try|Invalid|No such|Missing|Got unexpected|"
    r"is not|does not|requires|Did you mean|Possible|Choose|Error|error|help)\b(?!_)"
)


def helps_in(locale: str) -> list[CommandHelp]:
    root = CommandHelp(click.Context(program, info_name="portalsync"), lexicon_of(locale))
    return [root, *_below(root)]


def _below(group: CommandHelp) -> Iterator[CommandHelp]:
    for each in group.commands:
        yield each
        yield from _below(each)


def key_of(each: CommandHelp) -> str:
    """Its words: by the words that people type, without the program's name."""
    return f"help.commands.{'-'.join(each.context.command_path.split()[1:]) or 'portalsync'}"


def parameters(each: CommandHelp) -> list[click.Parameter]:
    return each.context.command.params


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_has_its_words_and_nothing_else_has(locale: str) -> None:
    """Seen to fail without the words of an option, and with those of one that is gone."""
    needed = {key for each in helps_in(locale) for key in _needed(each)} | {"help.options.help"}
    keys = {*lexicon_of(locale).keys()}
    found = {key for key in keys if key.startswith(("help.commands.", "help.options.", "help.takes."))}
    optional = {f"{key_of(each)}.more" for each in helps_in(locale)}
    assert needed - found == set(), f"add them to words/{locale}/help.toml"
    assert found - needed - optional == set(), (
        f"no command has them; remove them from words/{locale}/help.toml"
    )


def _needed(each: CommandHelp) -> Iterator[str]:
    key = key_of(each)
    yield from (f"{key}.summary", "help.takes.options", "help.takes.command")
    yield from (
        f"{key}.examples.{name}" for name in re.findall(r"\{(\w+)\}", each.context.command.epilog or "")
    )
    for parameter in parameters(each):
        if isinstance(parameter, click.Option):
            name = max(parameter.opts, key=len).removeprefix("--")
            own = f"{key}.options.{name}"
            yield own if own in each.lexicon else f"help.options.{name}"
        else:
            yield f"{key}.arguments.{parameter.name}"
        if not isinstance(parameter.type, click.Choice) and not getattr(parameter, "is_flag", False):
            yield f"help.takes.{parameter.metavar or parameter.type.name}"


def test_german_is_not_english() -> None:
    english, german = lexicon_of("en"), lexicon_of("de").messages
    keys = [key for key in english.keys() if key.startswith("help.")]  # noqa: SIM118 - a lexicon is no mapping
    same = {key for key in keys if english.messages[key] == german[key]}
    assert same == {f"help.takes.{name}" for name in ALIKE}


@pytest.mark.parametrize("width", ["80", "200"])
@pytest.mark.parametrize("command", ["", *program.commands])
def test_help_is_german_throughout(
    command: str, width: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    call = [*filter(None, [command]), "--help"]
    monkeypatch.setenv("PORTALSYNC_LANG", "de")
    german = cli(*call)
    assert german.code == 0
    assert german.out.startswith(" ".join(["Aufruf: portalsync", *call[:-1], "[OPTIONEN]"]))
    names = re.compile(r"--[\w-]+|explain-error")
    assert OF_CLICK.findall(names.sub("", german.out)) == []
    lines = [line for line in german.out.splitlines() if not line.lstrip().startswith("portalsync ")]
    assert max(map(len, lines)) <= min(int(width), 100)


SPEAKING = [name for name, each in program.commands.items() if any(p.name == "lang" for p in each.params)]


@pytest.mark.parametrize("command", SPEAKING)
def test_lang_counts_wherever_it_stands(command: str, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = cli(command, "--lang", "de", "--help"), cli(command, "--help", "--lang=de")
    english = cli(command, "--help")
    monkeypatch.setenv("PORTALSYNC_LANG", "de")
    assert before == after == cli(command, "--help") != english


WRONG = {
    "no command": (["--"], "Es ist kein Befehl genannt.", "`portalsync --help` zeigt"),
    "unknown command": (["plam"], "Den Befehl plam gibt es nicht.", "Meinten Sie plan?"),
    "unknown option": (["plan", "--formt=x"], "--formt", "Meinten Sie --format?"),
    "unknown short option": (["plan", "-x"], "-x", "`portalsync plan --help` zeigt"),
    "option before its command": (["--env=local", "plan"], "--env", "Optionen stehen hinter dem Befehl."),
    "option without a value": (["plan", "--out"], "--out braucht einen Wert.", "`portalsync plan --help`"),
    "value for a switch": (["apply", "--yes=3"], "--yes nimmt keinen Wert.", "`portalsync apply --help`"),
    "missing option": (
        ["reviewed"],
        "portalsync reviewed braucht --commit TEXT.",
        "`portalsync reviewed --help`",
    ),
    "missing argument": (["runbook"], "portalsync runbook braucht DATEI.", "`portalsync runbook --help`"),
    "too many arguments": (["show", "a", "b", "c"], "portalsync show: b c.", "`portalsync show --help`"),
    "choice": (["plan", "--format=xml"], "„xml“ steht nicht zur Wahl.", "text, markdown, json."),
    "choice of an argument": (["completion", "tcsh"], "„tcsh“ steht nicht zur Wahl.", "bash, zsh, fish."),
    "folder for a file": (["plan", "--out=."], ". ist ein Ordner.", "`portalsync plan --help`"),
    "no number": (["serve", "--port=x"], "„x“ ist keine ganze Zahl.", "`portalsync serve --help`"),
    "small number": (
        ["comment", "--pr=0", "--plan=p"],
        "0 ist kleiner als 1.",
        "`portalsync comment --help`",
    ),
    "no instant": (["plan", "--at=bald"], "„bald“ ist kein Zeitpunkt.", "Schreiben Sie ihn wie"),
    "no format": (
        ["plan", "--output-file=a"],
        "„a“ beginnt nicht mit einem Format.",
        "text, markdown, json.",
    ),
    "no file": (["plan", "--output-file=json="], "„json=“ nennt keine Datei.", "json=PFAD."),
    "no digest": (["apply", "--expect=x"], "64 hexadezimalen Ziffern", "`portalsync apply --help`"),
    "no language": (["init", "--yes", "--locale=qaa"], "Diese Sprachen", "Zur Wahl stehen en, de,"),
    "a rule of the command": (
        ["docs"],
        "Die Referenz wird entweder",
        "Geben Sie entweder --write oder --check an.",
    ),
}


@pytest.mark.parametrize("width", ["80", "200"])
@pytest.mark.parametrize("name", WRONG)
def test_wrong_use_is_told_like_any_error(
    name: str, width: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong, then what is possible. Seen to fail when click's own message came through."""
    monkeypatch.setenv("COLUMNS", width)
    arguments, what, hint = WRONG[name]
    assert re.fullmatch(r"error: .+\n  = help: .+\n", cli(*arguments).err)
    monkeypatch.setenv("PORTALSYNC_LANG", "de")
    german = cli(*arguments)
    assert (german.code, german.out) == (ExitCode.USAGE, "")
    found = re.fullmatch(r"Fehler: (.+)\n  = Hilfe: (.+)\n", german.err)
    assert found is not None, german.err
    assert what in found[1]
    assert hint in found[2]
    assert OF_CLICK.findall(re.sub(r"--[\w-]+", "", german.err)) == []


def test_a_variable_is_named_where_it_is_wrong(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALSYNC_YES", "vielleicht")
    found = cli("apply", "--lang=de")
    assert found.code == ExitCode.USAGE
    assert "PORTALSYNC_YES: „vielleicht“ heißt weder ja noch nein.\n  = Hilfe: Schreiben Sie 1" in found.err


@pytest.mark.usefixtures("world")
def test_a_run_that_nobody_asks_for_help_reads_none(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(locale: str, name: str) -> str:
        read.append(name)
        return words_file(locale, name)

    monkeypatch.setattr("portalsync.lexicon.words_file", noted)
    lexicon_of.cache_clear()
    messages_of.cache_clear()
    assert cli("plan", AT).code == 0
    assert "plan" in read
    assert "help" not in read


def test_help_is_the_same_whoever_looked_at_it_before(cli: Cli) -> None:
    """Seen to fail: once a context had been made by hand, `-h` was an unknown option."""
    for command in (program, *program.commands.values()):
        command.get_help_option(click.Context(command))
    assert cli("-h").code == cli("plan", "-h").code == 0
