"""One digest stands for all that makes the HTML of a page, and changes with each part of it."""

import re
from collections.abc import Mapping

import pytest

from portalsync.lexicon import messages_of
from portalsync.portal import templates
from portalsync.resources import folder

OF_PAGES = [name for name in sorted(templates.NAMES) if name.startswith(("pages/", "blocks/"))]
MESSAGE = re.compile(r"""\bt\(["']([\w.]+)""")


@pytest.fixture
def digest() -> str:
    return templates.templates_digest()


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The texts of the templates, to change."""
    texts = {name: (folder("templates") / name).read_text(encoding="utf-8") for name in templates.NAMES}
    monkeypatch.setattr(templates, "_text", texts.__getitem__)
    return texts


@pytest.mark.parametrize("name", OF_PAGES)
def test_another_template_is_another_digest(name: str, digest: str, sources: dict[str, str]) -> None:
    assert _digest() == digest
    sources[name] += " "
    assert _digest() != digest


def test_the_gallery_is_no_part_of_it(digest: str, sources: dict[str, str]) -> None:
    sources[templates.GALLERY] += " "
    assert _digest() == digest


@pytest.mark.parametrize("locale", ["de", "en"])
def test_another_word_is_another_digest(locale: str, digest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def reworded(asked: str, name: str) -> Mapping[str, str]:
        known = messages_of(asked, name)
        return {**known, "greeting": "Hi"} if (asked, name) == (locale, "portal") else known

    monkeypatch.setattr(templates, "messages_of", reworded)
    assert _digest() != digest


def test_another_portalsync_is_another_digest(digest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "__version__", "9.9.9")
    assert _digest() != digest


@pytest.mark.parametrize("name", OF_PAGES)
def test_a_page_says_only_words_of_the_portal(name: str, sources: dict[str, str]) -> None:
    """The digest covers those; what options say is in the composition."""
    assert all(key.startswith("portal.") for key in MESSAGE.findall(sources[name]))


def _digest() -> str:
    return templates.templates_digest.__wrapped__()
