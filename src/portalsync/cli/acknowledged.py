"""`--ack`: what a guardrail objects to, accepted by name."""

from typing import Any

import click

from portalsync.cli.usage import BadValue
from portalsync.lexicon import phrase
from portalsync.model.guardrails import Acknowledgement
from portalsync.planning.guardrails import NoAcknowledgement, acknowledgement


class Acknowledged(click.ParamType[Acknowledgement]):
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


acknowledgement_option = click.option(
    "--ack",
    "acknowledged",
    type=Acknowledged(),
    multiple=True,
    envvar="PORTALSYNC_ACK",
)
