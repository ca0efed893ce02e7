"""Commands and the program, as click runs them: what they say about themselves comes from the words files."""

import re
from textwrap import wrap
from typing import Any

import click
from click.shell_completion import CompletionItem

from portalsync.cli.language import VARIABLE, speak, spoken, spoken_lexicon
from portalsync.cli.usage import WrongUse
from portalsync.cli.values import Choice
from portalsync.lexicon import LOCALES, phrase
from portalsync.views.command_help import CommandHelp

_WIDEST_NAME = 30
_COPIED = re.compile(r"`[^`]+`|\[\w+: \S+")


def help_of(context: click.Context) -> CommandHelp:
    """The words about a command. They are read only when somebody asks for them."""
    return CommandHelp(context, spoken_lexicon())


class _Helped(click.Command):
    """What `--help` and the shells' completion say, in the reader's language."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """The same for every context: click keeps the first help option that it makes."""
        del ctx
        return ["-h", "--help"]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser leaves it out, and so whose --help is of use
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        told = help_of(ctx)
        formatter.write_usage(ctx.command_path, told.usage, f"{spoken_lexicon()('help.page.usage')}: ")
        _write(formatter, told.text)
        for heading, rows in told.sections():
            with formatter.section(heading):
                formatter.write(_columns(rows, formatter.width))
        if told.epilog:
            _write(formatter, told.epilog)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        told = help_of(ctx)
        meanings = {name: option for option in told.options for name in option.opts}
        found = click.Command.shell_complete(self, ctx, incomplete)
        for item in found:
            if item.value in meanings:
                item.help = told.meaning(meanings[item.value])
        return found


def _write(formatter: click.HelpFormatter, text: str) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(text)


def _columns(rows: list[tuple[str, str]], width: int) -> str:
    """Names and meanings side by side. What people copy (a default, a call) stays in one piece."""
    first = 2 + min(max(len(name) for name, _ in rows), _WIDEST_NAME)
    return "".join(_row(name, meaning, first, width) for name, meaning in rows)


def _row(name: str, meaning: str, first: int, width: int) -> str:
    whole = _COPIED.sub(lambda found: found[0].replace(" ", "\xa0"), meaning)
    lines = [*wrap(whole, width - first - 2, break_on_hyphens=False)]
    beside = [f"  {name:{first}}{lines.pop(0)}"] if len(name) <= first - 2 else [f"  {name}"]
    text = "\n".join([*beside, *(f"{'':{first + 2}}{line}" for line in lines)])
    return text.replace("\xa0", " ") + "\n"


def _spoken(_context: click.Context, _parameter: click.Parameter, language: str) -> None:
    speak(language)


class Command(_Helped):
    """One command. All take `--lang`."""

    allow_extra_args = True  # so that we say which are too many, and not click

    def __init__(self, *names: Any, **settings: Any) -> None:
        super().__init__(*names, **settings)
        language = click.Option(
            ["--lang"],
            type=Choice(LOCALES),
            default=spoken,
            callback=_spoken,
            expose_value=False,
            envvar=VARIABLE,
        )
        self.params.append(language)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise WrongUse(
                phrase("help.usage.too-many", command=ctx.command_path, arguments=" ".join(rest)), ctx=ctx
            )
        return rest


class Program(_Helped, click.Group):
    """The commands of portalsync."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands by their summaries: click would read every file."""
        commands = [
            CompletionItem(name, help=summary)
            for name, summary in help_of(ctx).summaries
            if name.startswith(incomplete)
        ]
        return [*commands, *super().shell_complete(ctx, incomplete)]
