"""The words of one language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Lexicon:
    """Messages by dotted key. Placeholders are `{name}`; values are put in as they are, never parsed."""

    locale: str
    messages: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The message, its placeholders filled. An unknown key or a missing value is our bug."""
        message = self.messages[key]
        if "{" not in message:
            return message
        return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), message)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The message for a number: `<key>.one` or `<key>.other`; `{n}` is the formatted number."""
        form = "one" if number == 1 else "other"
        return self(f"{key}.{form}", n=self.number(number), **values)

    def number(self, number: int) -> str:
        separator = {"de": "."}.get(self.locale, ",")
        return f"{number:,}".replace(",", separator)

    def __contains__(self, key: object) -> bool:
        return key in self.messages

    def keys(self) -> Iterator[str]:
        return iter(self.messages)
