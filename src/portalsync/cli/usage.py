"""Wrong uses of the command line, in words: what is wrong, what is possible, which help to read."""

import os
from collections.abc import Iterable
from dataclasses import replace

import click
from click.core import ParameterSource

from portalsync.cli.language import spoken_lexicon
from portalsync.diagnostics import Diagnostic, complaint
from portalsync.lexicon import Phrase, Text, phrase
from portalsync.suggest import did_you_mean
from portalsync.views.command_help import CommandHelp


class WrongUse(click.UsageError):
    """A call that cannot be. Without a hint, the command's help is named."""

    def __init__(self, what: Phrase, hint: Text = "", ctx: click.Context | None = None) -> None:
        super().__init__(spoken_lexicon().say(what), ctx)
        self.diagnostic = complaint(what, hint=hint)


class BadValue(click.BadParameter):
    """A value that an option or argument cannot take. The message is for prompts, which ask again."""

    def __init__(self, what: Text, hint: Text = "") -> None:
        super().__init__(" ".join(filter(None, map(spoken_lexicon().say, (what, hint)))))
        self.diagnostic = complaint(what, hint=hint)


def choices(known: Iterable[str]) -> Text:
    """A hint that names what is possible."""
    found = [*known]
    key = "help.usage.choice" if len(found) == 1 else "help.usage.choices"
    return phrase(key, choices=", ".join(found))


def in_words(error: click.UsageError) -> Diagnostic:
    """What a person reads about it."""
    if isinstance(error, WrongUse) and error.diagnostic.hint:
        return error.diagnostic
    command = error.ctx.command_path if error.ctx else "portalsync"
    wrong = _explained(error, command)
    if wrong.hint:
        return replace(wrong, hint=phrase("help.usage.hint-and-see", hint=wrong.hint, command=command))
    return replace(wrong, hint=phrase("help.usage.see", command=command))


def _explained(error: click.UsageError, command: str) -> Diagnostic:
    """What is wrong, and what may be meant."""
    match error:
        case WrongUse():
            return error.diagnostic
        case click.NoSuchOption(option_name=word) | click.NoSuchCommand(command_name=word):
            meant = did_you_mean(word, error.possibilities or ())
            return complaint(_unknown(error, command), hint=meant or _where_options_stand(error))
        case click.BadOptionUsage(option_name=name):
            key = "help.usage.takes-no-value" if _is_flag(error) else "help.usage.needs-value"
            return complaint(phrase(key, option=name))
        case click.MissingParameter(param=click.Parameter() as parameter, ctx=click.Context() as context):
            return complaint(phrase("help.usage.missing", command=command, name=_name(parameter, context)))
        case click.BadParameter():
            wrong = _problem(error)
            return replace(
                wrong, message=phrase("help.usage.value", name=_given(error), problem=wrong.message)
            )
    return complaint(_other(error))


def _unknown(error: click.NoSuchOption | click.NoSuchCommand, command: str) -> Phrase:
    if isinstance(error, click.NoSuchCommand):
        return phrase("help.usage.unknown-command", name=error.command_name)
    return phrase("help.usage.unknown-option", command=command, option=error.option_name)


def _where_options_stand(error: click.UsageError) -> Text:
    """Whoever writes one before its command is right about the option."""
    if not isinstance(error, click.NoSuchOption) or error.ctx is None:
        return ""
    return phrase("help.usage.options-follow") if isinstance(error.ctx.command, click.Group) else ""


def _is_flag(error: click.BadOptionUsage) -> bool:
    known = error.ctx.command.get_params(error.ctx) if error.ctx else []
    named = [each for each in known if error.option_name in each.opts]
    return any(isinstance(each, click.Option) and each.is_flag for each in named)


def _other(error: click.UsageError) -> Phrase:
    """Of the program itself, click says only this in no other way."""
    if error.ctx and isinstance(error.ctx.command, click.Group):
        return phrase("help.usage.no-command")
    return phrase("help.usage.not-possible", detail=error.message)


def _name(parameter: click.Parameter, context: click.Context) -> str:
    return CommandHelp(context, spoken_lexicon()).names(parameter)


def _problem(error: click.BadParameter) -> Diagnostic:
    """Our own types say what is wrong with a value; a switch is wrong only as a variable."""
    if isinstance(error, BadValue):
        return error.diagnostic
    if isinstance(error.param, click.Option) and error.param.is_flag:
        what = phrase("help.value.variable.message", value=os.environ.get(_given(error), ""))
        return complaint(what, hint=phrase("help.value.variable.hint"))
    return complaint(error.message)


def _given(error: click.BadParameter) -> str:
    """The option, argument or variable that had the value."""
    parameter, context = error.param, error.ctx
    if parameter is None or context is None:
        return ""
    if isinstance(parameter, click.Argument):
        return _name(parameter, context)
    is_variable = context.get_parameter_source(parameter.name or "") is ParameterSource.ENVIRONMENT
    return str(parameter.envvar) if is_variable else parameter.opts[0]
