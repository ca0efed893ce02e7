"""What is said about a command and its parameters. `--help`, the manual page and the reference lay it out.

Commands are defined without words; these are in `words/*/help.toml`, by the names of commands and options.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import click

from portalsync.lexicon import Lexicon

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class CommandHelp:
    """In the words of one language. The context is that of the command, whether it runs or not."""

    context: click.Context
    lexicon: Lexicon

    @property
    def usage(self) -> str:
        """What comes after the command."""
        pieces = [self.lexicon("help.takes.options"), *map(self.takes, self.arguments)]
        if isinstance(self.context.command, click.Group):
            pieces.append(self.lexicon("help.takes.command"))
        return " ".join(pieces)

    @property
    def summary(self) -> str:
        return self.lexicon(f"{self._key}.summary")

    @property
    def text(self) -> str:
        """The summary, and more if there is more to be said."""
        more = f"{self._key}.more"
        return f"{self.summary}\n\n{self.lexicon(more)}" if more in self.lexicon else self.summary

    @property
    def epilog(self) -> str:
        r"""Lines for the command line, their words filled in; `\b` keeps them as they are."""
        lines = (self.context.command.epilog or "").rstrip("\n")
        return _PLACEHOLDER.sub(lambda found: self.lexicon(f"{self._key}.examples.{found[1]}"), lines)

    @property
    def arguments(self) -> list[click.Argument]:
        return [each for each in self.context.command.params if isinstance(each, click.Argument)]

    @property
    def own_options(self) -> list[click.Option]:
        """Without `--help`."""
        return [each for each in self.context.command.params if isinstance(each, click.Option)]

    @property
    def options(self) -> list[click.Option]:
        """With `--help`, which every command has."""
        common = self.context.command.get_help_option(self.context)
        return [*self.own_options, *([common] if common else [])]

    @property
    def commands(self) -> "list[CommandHelp]":
        command = self.context.command
        found = command.commands.items() if isinstance(command, click.Group) else ()
        return [self._of(name, each) for name, each in found]

    def _of(self, name: str, command: click.Command) -> "CommandHelp":
        return CommandHelp(click.Context(command, info_name=name, parent=self.context), self.lexicon)

    @property
    def summaries(self) -> list[tuple[str, str]]:
        """What each command of a group is for, by name: for that alone no command is to be loaded."""
        command = self.context.command
        names = sorted(command.commands) if isinstance(command, click.Group) else []
        return [(name, self.lexicon(f"{_key((*self._path, name))}.summary")) for name in names]

    def sections(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Headings, each with names and what they mean."""
        tables = {
            "arguments": [(self.takes(each), self.meaning(each)) for each in self.arguments],
            "options": [(self.names(each), self.described(each)) for each in self.options],
            "commands": self.summaries,
        }
        for name, rows in tables.items():
            if rows:
                yield self.lexicon(f"help.page.{name}"), rows

    def names(self, parameter: click.Parameter) -> str:
        """The names of an option, the short one first, and what it takes; of an argument only that."""
        if not isinstance(parameter, click.Option):
            return self.takes(parameter)
        names = ", ".join(sorted(parameter.opts, key=len))
        return names if parameter.is_flag else f"{names} {self.takes(parameter)}"

    def takes(self, parameter: click.Parameter) -> str:
        """What stands for a value; choices stand for themselves."""
        if isinstance(parameter.type, click.Choice):
            return parameter.make_metavar(self.context)
        value = self.lexicon(f"help.takes.{parameter.metavar or parameter.type.name}")
        if isinstance(parameter, click.Option):
            return value
        return f"{value if parameter.required else f'[{value}]'}{'' if parameter.nargs == 1 else '...'}"

    def meaning(self, parameter: click.Parameter) -> str:
        """What the command itself says about it, else what all commands say."""
        kind, name = _address(parameter)
        own, shared = f"{self._key}.{kind}.{name}", f"help.options.{name}"
        choices: tuple[str, ...] = getattr(parameter.type, "choices", ())
        return self.lexicon(own if own in self.lexicon else shared, choices=", ".join(choices))

    def described(self, option: click.Option) -> str:
        """Its meaning, and what is taken if it is not given."""
        extra = option.get_help_extra(self.context)
        notes = [
            *([self.lexicon("help.page.default", value=extra["default"])] if "default" in extra else []),
            *([extra["range"]] if "range" in extra else []),
            *([self.lexicon("help.page.required")] if "required" in extra else []),
        ]
        meaning = self.meaning(option)
        return f"{meaning}  [{'; '.join(notes)}]" if notes else meaning

    @property
    def _key(self) -> str:
        return _key(self._path or (self.context.command.name or "",))

    @property
    def _path(self) -> tuple[str, ...]:
        """The command and the groups that it is in, without the program itself."""
        context, names = self.context, list[str]()
        while context.parent is not None:
            names.insert(0, context.command.name or "")
            context = context.parent
        return tuple(names)


def _key(path: tuple[str, ...]) -> str:
    return f"help.commands.{'-'.join(path)}"


def _address(parameter: click.Parameter) -> tuple[str, str]:
    """Where its words are: options by the name that people type, arguments by that of the code."""
    if isinstance(parameter, click.Argument):
        return "arguments", parameter.name or ""
    return "options", max(parameter.opts, key=len).removeprefix("--")
