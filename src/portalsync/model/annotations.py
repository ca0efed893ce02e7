"""What the type of a field cannot say: `Annotated[int, AtLeast(0), Doc("Clients of the firm.")]`."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeAlias

from portalsync.lexicon import Text, phrase
from portalsync.model.json_value import JSONObject


@dataclass(frozen=True, slots=True)
class Doc:
    """What readers of the published schema are told of a field."""

    text: str


@dataclass(frozen=True, slots=True)
class Omitted:
    """No key where the field has its default: what was written before there was the field is read, and
    written again byte for byte.
    """


@dataclass(frozen=True, slots=True)
class Matching:
    """A text that fits as a whole. `regex` means the same to Python and to ECMA-262."""

    regex: str

    @property
    def expected(self) -> Text:
        return phrase("problems.misfit.pattern", pattern=self.regex)

    def accepts(self, value: Any) -> bool:
        return re.fullmatch(self.regex, value) is not None

    def schema(self) -> JSONObject:
        return {"pattern": f"^{self.regex}$"}


@dataclass(frozen=True, slots=True)
class AtLeast:
    least: int

    @property
    def expected(self) -> Text:
        return phrase("problems.misfit.least", least=str(self.least))

    def accepts(self, value: Any) -> bool:
        return bool(value >= self.least)

    def schema(self) -> JSONObject:
        return {"minimum": self.least}


@dataclass(frozen=True, slots=True)
class AtMost:
    most: int

    @property
    def expected(self) -> Text:
        return phrase("problems.misfit.most", most=str(self.most))

    def accepts(self, value: Any) -> bool:
        return bool(value <= self.most)

    def schema(self) -> JSONObject:
        return {"maximum": self.most}


@dataclass(frozen=True, slots=True)
class OneLine:
    """A text without control characters, short enough to be shown whole."""

    most: int

    @property
    def expected(self) -> Text:
        return phrase("problems.misfit.line", most=str(self.most))

    def accepts(self, value: Any) -> bool:
        return len(value) <= self.most and value.isprintable()

    def schema(self) -> JSONObject:
        return {"maxLength": self.most}


@dataclass(frozen=True, slots=True)
class Instant:
    """ISO 8601 with an offset, in a year that every time zone can tell."""

    expected = phrase("problems.misfit.instant")

    def accepts(self, value: Any) -> bool:
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            return False
        return instant.tzinfo is not None and FIRST_YEAR <= instant.year <= LAST_YEAR

    def schema(self) -> JSONObject:
        return {"format": "date-time"}


@dataclass(frozen=True, slots=True)
class NotEmpty:
    expected = phrase("problems.misfit.letters")

    def accepts(self, value: Any) -> bool:
        return bool(value)

    def schema(self) -> JSONObject:
        return {"minLength": 1}


@dataclass(frozen=True, slots=True)
class Prefixed:
    """In JSON, the text has something in front that nobody needs to see in code."""

    prefix: str


FIRST_YEAR, LAST_YEAR = 1970, 2999
DIGEST = "sha256:[0-9a-f]{64}"
VERSION_DOC = Doc("Raised when a program that reads this could misread it; more keys alone do not raise it.")
Count: TypeAlias = Annotated[int, AtLeast(0)]
Digest: TypeAlias = Annotated[str, Matching(DIGEST)]
