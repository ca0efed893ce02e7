"""Answers -> every file of a new configuration; nothing is written here."""

import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined

from portalsync.catalog.descriptions import in_language
from portalsync.catalog.files import KINDS
from portalsync.catalog.schema import schema_for, schema_text
from portalsync.config.editors import associations
from portalsync.config.editors.jetbrains import with_mappings
from portalsync.config.yaml.scalar import id_scalar, quoted_scalar
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.resources import folder, readme
from portalsync.scaffold.answers import Answers
from portalsync.scaffold.installation import Installation
from portalsync.scaffold.site import Site

_TEMPLATE = ".j2"
_FIRM = "FIRM"
SCHEMAS, CONFIG = "schemas", "portal-config"
VS_CODE, JETBRAINS = ".vscode/settings.json", ".idea/jsonSchemas.xml"
REQUIREMENTS = ".github/requirements.txt"
_OF_THE_ROOT = (".github/", ".pre-commit-config.yaml")
_WORKFLOWS = ".github/workflows/"
_WITH_AN_API = {f"{_WORKFLOWS}portal-apply.yml", f"{_WORKFLOWS}portal-drift.yml"}
_SAMPLES = tuple(f"{CONFIG}/{each}" for each in ("defaults.yaml", f"facts/{_FIRM}", f"firms/{_FIRM}"))
"""What is made up, and what would change firms that are there."""
_MAIN_OF = {"branches: [main]": "branches: [{}]", "'refs/heads/main'": "'refs/heads/{}'"}
"""How workflows name the branch that is applied, and how they are to name it."""
_SETTINGS = "\ndefaults:\n"


def repository(answers: Answers, today: date, site: Site, installed: Installation) -> Mapping[str, bytes]:
    """Content by name, as seen from the root of the repository. What ends in `.j2` is filled in, everything
    else is copied as it is, but for the workflows: they name the branch, and a configuration that is not at
    the root.
    """
    files = {_target(name, site): content for name, content in _named(answers, today, site, installed)}
    return dict(sorted(files.items()))


def _target(name: str, site: Site) -> str:
    return name if name.startswith(_OF_THE_ROOT) else f"{site.within}{name}"


def _named(answers: Answers, today: date, site: Site, installed: Installation) -> Iterator[tuple[str, bytes]]:
    sources = _sources_of(answers)
    jinja = _jinja(sources)
    values = _values(answers, today, site, installed)
    language = answers.locales[0]
    for kind in KINDS:
        yield (
            f"{SCHEMAS}/{kind.schema_file}",
            schema_text(in_language(schema_for(kind.name), language)).encode(),
        )
    yield JETBRAINS, with_mappings(b"", associations(SCHEMAS, CONFIG))
    for name, path in sources.items():
        target = name.removesuffix(_TEMPLATE).replace(_FIRM, answers.firm)
        if name.endswith(_TEMPLATE):
            yield target, jinja.get_template(name).render(values).encode()
        else:
            yield target, _workflow(path, site) if name.startswith(_WORKFLOWS) else path.read_bytes()
    for locale in LOCALES:
        others = " · ".join(_link(other, language, site) for other in LOCALES if other != locale)
        text = jinja.from_string(readme(locale)).render(values, others=others)
        yield _readme(locale, language, site), text.encode()


def _workflow(path: Path, site: Site) -> bytes:
    """Run at the root, where the forge looks for files that messages name."""
    text = path.read_text(encoding="utf-8")
    for usual, any_branch in _MAIN_OF.items():
        text = text.replace(usual, any_branch.format(id_scalar(site.branch) if "[" in usual else site.branch))
    if site.within:
        config = quoted_scalar(f"{site.within}{CONFIG}")
        text = text.replace(_SETTINGS, f"\nenv:\n  PORTALSYNC_CONFIG: {config}\n{_SETTINGS}")
    return text.encode()


def _readme(locale: str, first: str, site: Site) -> str:
    """What forges show is in the repository's own language."""
    return f"{site.readme}.md" if locale == first else f"{site.readme}.{locale}.md"


def _link(locale: str, first: str, site: Site) -> str:
    name = lexicon_of(locale).language(locale)
    return f"[{name[:1].upper()}{name[1:]}]({_readme(locale, first, site)})"


def _sources_of(answers: Answers) -> Mapping[str, Path]:
    """No workflow applies to a portal without an API, or asks it for drift: an issue says what to click. A
    portal that is there has firms of its own.
    """
    usual = _sources(folder("templates") / "init")
    if answers.portal:
        return {name: path for name, path in usual.items() if not name.startswith(_SAMPLES)}
    if not answers.by_hand:
        return usual
    kept = {name: path for name, path in usual.items() if name not in _WITH_AN_API}
    return {**kept, **_sources(folder("templates") / "init-by-hand")}


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


def _values(answers: Answers, today: date, site: Site, installed: Installation) -> dict[str, object]:
    def own(key: str, **values: str) -> str:
        """The text in the firm's first language."""
        return lexicon_of(answers.locales[0])(key, **values)

    def text(key: str) -> str:
        """The text in each language of the firm, as YAML."""
        texts = (f"{locale}: {quoted_scalar(lexicon_of(locale)(key))}" for locale in answers.locales)
        return f"{{{', '.join(texts)}}}"

    def lines(key: str, locale: str) -> str:
        """A text of several lines in one language."""
        return lexicon_of(locale)(key)

    def pattern(rest: str) -> str:
        """Of files of the configuration, as pre-commit sees them."""
        return quoted_scalar(f"^{re.escape(site.within)}{CONFIG}/{rest}")

    named = ("--config", f"{site.within}{CONFIG}") if site.within else ()
    return {
        "own": own,
        "text": text,
        "lines": lines,
        "name": quoted_scalar(answers.name),
        "firm": answers.firm,
        "id": id_scalar(answers.firm),
        "locales": answers.locales,
        "by_hand": answers.by_hand,
        "portal": answers.portal and quoted_scalar(answers.portal),
        "time_zone": answers.time_zone,
        "currency": answers.currency,
        "today": today.isoformat(),
        "upward": site.upward,
        "within": site.within,
        "branch": site.branch,
        "pattern": pattern,
        "validate": quoted_scalar(shlex.join(["portalsync", "validate", *named])),
        "requirements": installed.requirements(lambda name: own(f"init.requirements.{name}")),
    }
