"""The reference in the docs: Markdown pages made from the code, so that they say what it does."""

from collections.abc import Mapping

import click

from portalsync.lexicon import lexicon_of
from portalsync.model.json_value import JSONObject
from portalsync.views.reference.checks import checks
from portalsync.views.reference.codes import error_codes, exit_codes
from portalsync.views.reference.commands import commands
from portalsync.views.reference.files import files
from portalsync.views.reference.formats import formats
from portalsync.views.reference.options import options
from portalsync.views.reference.rules import rules

MARK = "<!-- Written by `portalsync docs --write docs/reference`. Change the code, not this page. -->\n\n"


def reference(program: click.Group, results: Mapping[str, JSONObject]) -> Mapping[str, str]:
    """Every page by its path. `results` are the JSON Schemas of what commands print, by file name."""
    lexicon = lexicon_of("en")
    pages = {
        **options(lexicon),
        "files.md": files(),
        "commands.md": commands(program, lexicon),
        "exit-codes.md": exit_codes(),
        "error-codes.md": error_codes(),
        "formats.md": formats(results),
        "rules.md": rules(lexicon),
        "checks.md": checks(lexicon),
    }
    return {path: MARK + text for path, text in pages.items()}
