"""The one template environment: sandboxed, escaping, strict, and closed to other templates."""

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from portalsync import __version__
from portalsync.addresses import host_of, link_problem, target_problem
from portalsync.catalog.standing import TODO_GROUPS
from portalsync.lexicon import LOCALES, messages_of, words_there
from portalsync.model.canonical import bytes_digest, digest
from portalsync.model.json_value import JSONObject
from portalsync.model.page import Line, PageName, Place, Placed, Shape, Surface
from portalsync.portal import links, markdown
from portalsync.resources import folder
from portalsync.visible import visible_lines

TOKENS = "pages/tokens.css.j2"
STYLE = "pages/portal.css.j2"
WEB = "pages/web.html.j2"
MOBILE = "pages/mobile.html.j2"
AREA = "pages/area.html.j2"
GALLERY = "gallery/index.html.j2"
GALLERY_CLIENT = "gallery/client.html.j2"
REVIEW = "gallery/review.html.j2"
REVIEW_STYLE = "gallery/review.css.j2"
RUNBOOK = "runbook/runbook.html.j2"
RUNBOOK_STYLE = "runbook/runbook.css.j2"
STATUS = "gallery/status.html.j2"
WORKBENCH = "editing/workbench.html.j2"
WORKBENCH_STYLE = "editing/workbench.css.j2"
SINCE = "editing/since.html.j2"

_OF_PAGES = ("pages/", "blocks/")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

NAMES = frozenset(
    {
        TOKENS,
        STYLE,
        WEB,
        MOBILE,
        AREA,
        GALLERY,
        GALLERY_CLIENT,
        REVIEW,
        REVIEW_STYLE,
        RUNBOOK,
        RUNBOOK_STYLE,
        STATUS,
        WORKBENCH,
        WORKBENCH_STYLE,
        SINCE,
        "editing/problem.html.j2",
        "gallery/signs.html.j2",
        "gallery/viewer.html.j2",
        "pages/base.html.j2",
        "pages/home.html.j2",
        "pages/icons.html.j2",
        "pages/login.html.j2",
        "pages/records.html.j2",
        *(f"blocks/{shape}.html.j2" for shape in Shape),
    }
)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters.update(
        markdown=_markdown,
        plain=markdown.to_plain,
        grouped=grouped,
        initials=initials,
        host=host_of,
        anchor=anchor,
        dialled=dialled,
        unbroken=unbroken,
        visible=visible_lines,
        file=links.page_file,
        icon_name=links.icon,
        style_policy=style_policy,
        target=links.target,
        todo_target=links.todo_target,
    )
    made.tests.update(
        web_link=_is_web_link, link_target=_is_link_target, color=is_color, starting_with=str.startswith
    )
    made.globals.update(
        MENU=links.MENU,
        TODO_GROUPS=[*dict.fromkeys(TODO_GROUPS.values())],
        LOGIN={surface: Place(surface, PageName.LOGIN) for surface in Surface},
        HOME={surface: Place(surface, PageName.HOME) for surface in Surface},
    )
    return made


@cache
def templates_digest() -> str:
    """The digest of what makes the HTML of a page of its composition: templates and style, the words that
    stand in them, and this version of portalsync.
    """
    sources: JSONObject = {
        name: bytes_digest(_text(name).encode()) for name in NAMES if name.startswith(_OF_PAGES)
    }
    words: JSONObject = {locale: dict(messages_of(locale, "portal")) for locale in LOCALES}
    words |= {tag: dict(others) for tag, others in words_there().items()}
    return digest({"templates": sources, "words": words, "portalsync": __version__})


def _text(name: str) -> str:
    return (folder("templates") / name).read_text(encoding="utf-8")


def _source(name: str) -> str | None:
    return _text(name) if name in NAMES else None


def _markdown(text: str) -> Markup:
    return Markup(markdown.to_html(text))  # noqa: S704 - nh3 has cleaned it


def _is_web_link(text: str) -> bool:
    return bool(text) and not link_problem(text)


def _is_link_target(text: str) -> bool:
    return not target_problem(text)


def trusted(text: str) -> Markup:
    """Text of our own that goes into a page as it is."""
    return Markup(text)  # noqa: S704 - our own


def printable(html: str) -> str:
    """The page with what no document may hold, but a firm's text can, replaced."""
    return _UNPRINTABLE.sub("\ufffd", html)


@cache
def style_of(name: str) -> str:
    """The style sheet that a page carries in itself."""
    return environment().get_template(name).render()


@cache
def script_of(*names: str) -> str:
    """The script that a page carries in itself, of one file or of several, one after the other."""
    return "\n".join(map(_text, names))


def style_policy(style: str) -> str:
    """The content security policy of a page with this one style and nothing else."""
    allowed = source_of(style)
    return f"default-src 'none'; img-src data:; style-src {allowed}; form-action 'none'; base-uri 'none'"


def script_policy(script: str, styles: Iterable[str]) -> str:
    """That of a page with this one script and these styles, which its frames inherit."""
    allowed = " ".join(dict.fromkeys(map(source_of, styles)))
    return (
        f"default-src 'none'; script-src {source_of(script)}; style-src {allowed}; img-src data:; "
        "form-action 'none'; base-uri 'none'"
    )


def source_of(text: str) -> str:
    """A script or a style, as a policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def is_color(text: str) -> bool:
    return _COLOR.fullmatch(text) is not None


def grouped(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Lines by their group, groups in the order of their first line."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    return [*groups.items()]


def initials(name: str) -> str:
    """At most two letters that stand for a firm without a logo."""
    words = ["".join(char for char in word if char.isalnum()) for word in name.split()]
    return "".join(word[0] for word in words if word)[:2].upper()


def anchor(block: Placed) -> str:
    """The id of a block's heading."""
    return block.key.replace(".", "-")


def unbroken(number: str) -> str:
    """A telephone number that no line breaks."""
    return number.replace(" ", "\u00a0").replace("-", "\u2011")


def dialled(number: str) -> str:
    """A telephone number as `tel:` wants it."""
    return "".join(char for char in number if char in "+0123456789")
