"""Commands and the program, as click runs them: what they say about themselves comes from the words files."""

import click
from click.shell_completion import CompletionItem

from portalsync.cli.language import words
from portalsync.cli.usage import WrongUse
from portalsync.lexicon import phrase
from portalsync.views.command_help import CommandHelp


def help_of(context: click.Context) -> CommandHelp:
    """The words about a command. They are read only when somebody asks for them."""
    return CommandHelp(context, words())


class _Told(click.Command):
    """What `--help` and the shells' completion say, in the reader's language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser leaves it out, and so whose --help is of use
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        told = help_of(ctx)
        formatter.write_usage(ctx.command_path, told.usage, f"{words()('help.page.usage')}: ")
        _write(formatter, told.text)
        for heading, rows in told.sections():
            with formatter.section(heading):
                formatter.write_dl(rows)
        if told.epilog:
            _write(formatter, told.epilog)

    def get_short_help_str(self, limit: int = 0) -> str:
        del limit  # nothing is cut short
        return help_of(click.Context(self)).summary

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        told = help_of(ctx)
        meanings = {name: option for option in told.options for name in option.opts}
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            if item.value in meanings:
                item.help = told.meaning(meanings[item.value])
        return found


def _write(formatter: click.HelpFormatter, text: str) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(text)


class Command(_Told):
    allow_extra_args = True  # so that we say which are too many, and not click

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise WrongUse(
                phrase("help.usage.too-many", command=ctx.command_path, arguments=" ".join(rest)), ctx=ctx
            )
        return rest


class Program(_Told, click.Group):
    """The commands of portalsync."""
