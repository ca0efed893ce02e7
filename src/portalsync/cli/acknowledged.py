"""`--ack`: what a guardrail objects to, accepted by name."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from portalsync.cli.usage import BadValue
from portalsync.lexicon import phrase
from portalsync.model.guardrails import Acknowledgement
from portalsync.planning.guardrails import NoAcknowledgement, acknowledgement

F = TypeVar("F", bound=Callable[..., Any])


class Acknowledged(click.ParamType["Acknowledgement"]):
    """`RULE:SUBJECT`, such as `new-host:pay.example.com`."""

    name = "rule-subject"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Acknowledgement:

        del param, ctx
        try:
            return acknowledgement(str(value))
        except NoAcknowledgement as error:
            raise BadValue(phrase("help.value.acknowledgement", value=str(value)), error.hint) from None


def acknowledgement_option(command: F) -> F:
    return click.option(
        "--ack",
        "acknowledged",
        type=Acknowledged(),
        multiple=True,
        envvar="PORTALSYNC_ACK",
    )(command)
