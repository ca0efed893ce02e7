"""`--executor`: who works on firms."""

from typing import Any

import click

from portalsync.cli.usage import BadValue, choices
from portalsync.lexicon import phrase


class ExecutorName(click.ParamType[str]):
    """An executor as `pipeline/executors.py` takes it."""

    name = "executor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from portalsync.pipeline.executors import (  # noqa: PLC0415 - --help starts no processes
            MOST_PROCESSES,
            is_executor,
        )

        del param, ctx
        text = str(value)
        if text and not is_executor(text):
            numbered = f"processes:N (1 ≤ N ≤ {MOST_PROCESSES})"
            forms = ("here", "processes", numbered, "dask:tcp://HOST:PORT")
            raise BadValue(phrase("help.value.choice", value=text), choices(forms))
        return text


executor_option = click.option(
    "--executor",
    type=ExecutorName(),
    default="",
    envvar="PORTALSYNC_EXECUTOR",
)
