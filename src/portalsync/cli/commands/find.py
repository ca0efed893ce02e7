"""`portalsync find`: which firms have what, and which layer says so; it only reads."""

from pathlib import Path

import click

from portalsync.cache import Cache
from portalsync.catalog import FIELDS
from portalsync.catalog.files.ignore import is_known
from portalsync.catalog.files.layers import GROUP
from portalsync.cli.cache_options import cache_options
from portalsync.cli.executor import executor_option
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import (
    config_option,
    environment_option,
    format_option,
    offline_option,
    pager_option,
)
from portalsync.cli.output import tell, tell_diagnostic
from portalsync.cli.outputs import output_file_option
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result, save_result
from portalsync.cli.selection import selection_options, setting_argument
from portalsync.cli.usage import WrongUse
from portalsync.cli.values import Target
from portalsync.cli.workspace import environment_of, surveyed
from portalsync.config.selection import Selection
from portalsync.errors import BackendError, ExitCode
from portalsync.lexicon import phrase
from portalsync.living.explain.layers import layer_of
from portalsync.living.search import Query
from portalsync.model.codec import encode
from portalsync.pipeline.search import Search
from portalsync.pipeline.surveyed import Survey
from portalsync.suggest import did_you_mean
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.json_text import json_text
from portalsync.views.wording.search import word_found


@click.command(cls=Command)
@setting_argument
@click.option("--value", default="", envvar="PORTALSYNC_FIND_VALUE")
@click.option("--contains", default="", envvar="PORTALSYNC_FIND_CONTAINS")
@click.option("--layer", default="", envvar="PORTALSYNC_FIND_LAYER")
@click.option("--unset", is_flag=True, envvar="PORTALSYNC_FIND_UNSET")
@click.option("--unmanaged", is_flag=True, envvar="PORTALSYNC_FIND_UNMANAGED")
@config_option
@environment_option
@selection_options
@executor_option
@cache_options
@offline_option
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@pager_option
def find(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    setting: str,
    value: str,
    contains: str,
    layer: str,
    unset: bool,
    unmanaged: bool,
    root: Path,
    environment: str | None,
    selection: Selection,
    executor: str,
    cache: Cache,
    offline: bool,
    form: str,
    targets: tuple[Target, ...],
    no_pager: bool,
) -> int:
    path = setting.removeprefix("options.")
    _check(path, any((path, value, contains, layer, unset, unmanaged)))
    with surveyed(root, executor, cache) as known:
        wanted = _layer(known, layer) if layer else ""
        query = Query(path, value, contains, wanted, unset=unset, unmanaged=unmanaged)
        search, chosen = Search(known, query, str(root)), known.chosen(selection)
        with progress("told.searching") as watch:
            search.in_files([each for each in known.firms if each in chosen], watch)
        asked = None if offline else _ask(search, known, root, environment)
    found, lexicon = search.result(asked, len(chosen)), spoken_lexicon()
    body = (json_text(encode(found, lexicon.say)).encode(),)
    result = Result(lambda: word_found(found, search.names, lexicon), lambda: body)
    save_result(targets, result)
    print_result(result, RESULTS[form], paged=not no_pager)
    return ExitCode.DONE


def _check(path: str, is_asked: object) -> None:
    """WrongUse for a setting that there cannot be, and where nothing is looked for."""
    if not is_asked:
        raise WrongUse(phrase("help.usage.find-what.message"), phrase("help.usage.find-what.hint"))
    if path and not is_known(path):
        hint = did_you_mean(path, FIELDS) or phrase("help.usage.unknown-setting.hint")
        raise WrongUse(phrase("help.usage.unknown-setting.message", name=path), hint)


def _layer(known: Survey, layer: str) -> str:
    """A layer's name, by that of its file too; or a kind of layers. WrongUse if there is none."""
    name = layer_of(layer) or layer.replace(":", " ")
    groups = (f"group {file.stem}" for file in known.folder.files if file.kind == GROUP.name)
    firms = (f"firm {each.written_as}" for each in known.firms.values())
    layers = ["defaults", "group", "firm", *groups, *firms]
    if name not in layers:
        hint = did_you_mean(name, layers) or phrase("help.usage.unknown-layer.hint")
        raise WrongUse(phrase("help.usage.unknown-layer.message", name=layer), hint)
    return name


def _ask(search: Search, known: Survey, root: Path, environment: str | None) -> str | None:
    """The portal, where no file decides. The environment, if its portal did not have to be left out."""
    name, settings = environment_of(known.network, environment)
    if not search.undecided:
        return name
    try:
        with reader_of(known, root, settings) as portal, progress("told.asking") as watch:
            search.on_portal(portal, watch)
    except BackendError as error:
        tell_diagnostic(error.diagnostic)
        tell(phrase("told.found-without-portal"))
        return None
    return name
