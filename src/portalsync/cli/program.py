"""The list of commands in --help, with whole sentences."""

import click


class Program(click.Group):
    """A group whose help goes on in the next line where click would cut a sentence short."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        shown = {name: command for name, command in self.commands.items() if not command.hidden}
        with formatter.section("Commands"):
            formatter.write_dl([(name, shown[name].get_short_help_str(limit=1000)) for name in sorted(shown)])
