"""The reference in the docs: Markdown pages made from the code, so that they say what it does."""

from collections.abc import Mapping

import click

from portalsync.lexicon import LOCALES, Lexicon
from portalsync.model.json_value import JSONObject
from portalsync.views.reference.checks import checks
from portalsync.views.reference.codes import error_codes, exit_codes
from portalsync.views.reference.commands import commands
from portalsync.views.reference.files import files
from portalsync.views.reference.formats import formats
from portalsync.views.reference.options import options
from portalsync.views.reference.rules import rules

_COMMAND = "portalsync docs --write docs/reference"


def mark(lexicon: Lexicon) -> str:
    """How each page begins that this program wrote."""
    other = "" if lexicon.locale == LOCALES[0] else f"/{lexicon.locale} --lang {lexicon.locale}"
    return f"<!-- {lexicon('reference.mark', command=f'{_COMMAND}{other}')} -->\n\n"


def reference(program: click.Group, results: Mapping[str, JSONObject], lexicon: Lexicon) -> Mapping[str, str]:
    """Every page by its path. `results` are the JSON Schemas of what commands print, by file name. What only
    those read who write programs is there in English alone.
    """
    pages = {
        **options(lexicon),
        "commands.md": commands(program, lexicon),
        "exit-codes.md": exit_codes(lexicon),
        "error-codes.md": error_codes(lexicon),
    }
    if lexicon.locale == LOCALES[0]:
        pages |= {
            "files.md": files(),
            "formats.md": formats(results),
            "rules.md": rules(lexicon),
            "checks.md": checks(lexicon),
        }
    return {path: mark(lexicon) + text for path, text in pages.items()}
