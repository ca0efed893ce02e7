"""Lines of progress in what a program printed: where a machine is slow, more of them; results are without."""

import re

from portalsync.lexicon import LOCALES, lexicon_of

_WORK = ("reading", "reading-plan", "checking", "comparing", "asking", "verifying", "sending", "composing")
_TOLD = "|".join(re.escape(lexicon_of(locale)(f"told.{work}")) for locale in LOCALES for work in _WORK)
_LINE = re.compile(rf"^(?:{_TOLD}) \.\.\.(?: [\d.,]+ \w+ [\d.,]+(?:, [^\n]*)?)?\n", re.MULTILINE)


def without_progress(printed: str) -> str:
    return _LINE.sub("", printed)
