"""What a text has to look like: a pattern, and its words for editors and for findings."""

from dataclasses import dataclass
from functools import cache

from portalsync.lexicon import Lexicon, Phrase, lexicon_of, messages_of, phrase
from portalsync.model.json_value import JSON, JSONObject


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern, worded under `findings.forms.<name>` as it stands behind a colon."""

    name: str
    pattern: str

    def schema(self) -> dict[str, JSON]:
        """Pattern and message. In English; `in_language` has it in others."""
        return {
            "pattern": self.pattern,
            "patternErrorMessage": sentence(phrase(f"findings.forms.{self.name}")),
        }


def form_of(schema: JSONObject) -> Phrase | None:
    """The form that a schema asks for, in words; found by what the schema tells editors."""
    return _forms().get(str(schema.get("patternErrorMessage")))


@cache
def _forms() -> dict[str, Phrase]:
    keys = [f"findings.{rest}" for rest in messages_of("en", "findings") if rest.startswith("forms.")]
    return {sentence(phrase(key)): phrase(key) for key in keys}


def sentence(form: Phrase, lexicon: Lexicon | None = None) -> str:
    """A form as editors tell it, in English where no language is given."""
    text = (lexicon or lexicon_of("en")).say(form)
    return f"{text[0].upper()}{text[1:]}."
