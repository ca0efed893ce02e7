"""Answers -> every file of a new repository; nothing is written here."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined

from portalsync import __version__
from portalsync.catalog.descriptions import in_language
from portalsync.catalog.files import KINDS
from portalsync.catalog.schema import schema_for, schema_text
from portalsync.config.editors import associations
from portalsync.config.editors.jetbrains import with_mappings
from portalsync.config.yaml.scalar import id_scalar, quoted_scalar
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.resources import folder, readme
from portalsync.scaffold.answers import Answers

_TEMPLATE = ".j2"
_FIRM = "FIRM"
_SCHEMAS, _CONFIG = "schemas", "portal-config"
_JETBRAINS = ".idea/jsonSchemas.xml"


def repository(answers: Answers, today: date) -> Mapping[str, bytes]:
    """Content by name. What ends in `.j2` is filled in, everything else is copied as it is."""
    sources = _sources(folder("templates") / "init")
    jinja = _jinja(sources)
    values = _values(answers, today)
    language = answers.locales[0]
    schemas = {kind.schema_file: in_language(schema_for(kind.name), language) for kind in KINDS}
    files = {f"{_SCHEMAS}/{name}": schema_text(schema).encode() for name, schema in schemas.items()}
    files[_JETBRAINS] = with_mappings(b"", associations(_SCHEMAS, _CONFIG))
    for name, path in sources.items():
        target = name.removesuffix(_TEMPLATE).replace(_FIRM, answers.firm)
        files[target] = (
            jinja.get_template(name).render(values).encode()
            if name.endswith(_TEMPLATE)
            else path.read_bytes()
        )
    for locale in LOCALES:
        others = " · ".join(_link(other, language) for other in LOCALES if other != locale)
        files[_readme(locale, language)] = (
            jinja.from_string(readme(locale)).render(values, others=others).encode()
        )
    return dict(sorted(files.items()))


def _readme(locale: str, first: str) -> str:
    """What forges show is in the repository's own language."""
    return "README.md" if locale == first else f"README.{locale}.md"


def _link(locale: str, first: str) -> str:
    name = lexicon_of(locale).language(locale)
    return f"[{name[:1].upper()}{name[1:]}]({_readme(locale, first)})"


def _sources(root: Path) -> Mapping[str, Path]:
    return {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}


def _jinja(sources: Mapping[str, Path]) -> Environment:
    texts = {
        name: path.read_text(encoding="utf-8") for name, path in sources.items() if name.endswith(_TEMPLATE)
    }
    return Environment(  # noqa: S701 - no HTML: what people wrote goes through `quoted_scalar`
        loader=DictLoader(texts),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _values(answers: Answers, today: date) -> dict[str, object]:
    def own(key: str) -> str:
        """The text in the firm's first language."""
        return lexicon_of(answers.locales[0])(key)

    def text(key: str) -> str:
        """The text in each language of the firm, as YAML."""
        texts = (f"{locale}: {quoted_scalar(lexicon_of(locale)(key))}" for locale in answers.locales)
        return f"{{{', '.join(texts)}}}"

    def lines(key: str, locale: str) -> str:
        """A text of several lines in one language."""
        return lexicon_of(locale)(key)

    return {
        "own": own,
        "text": text,
        "lines": lines,
        "name": quoted_scalar(answers.name),
        "firm": answers.firm,
        "id": id_scalar(answers.firm),
        "locales": answers.locales,
        "time_zone": answers.time_zone,
        "currency": answers.currency,
        "today": today.isoformat(),
        "version": __version__,
    }
