"""`--executor`: who works on firms."""

from typing import Any

import click

from portalsync.cli.usage import BadValue, choices
from portalsync.lexicon import phrase

FORMS = ("here", "processes", "processes:N (1 ≤ N ≤ 999)", "dask:tcp://HOST:PORT")


class ExecutorName(click.ParamType[str]):
    """An executor as `pipeline/executors.py` takes it."""

    name = "executor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from portalsync.pipeline.executors import EXECUTOR  # noqa: PLC0415 - --help starts no processes

        del param, ctx
        text = str(value)
        if text and not EXECUTOR.fullmatch(text):
            raise BadValue(phrase("help.value.choice", value=text), choices(FORMS))
        return text


executor_option = click.option(
    "--executor",
    type=ExecutorName(),
    default="",
    envvar="PORTALSYNC_EXECUTOR",
)
