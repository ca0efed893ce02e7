"""A review as one self-contained HTML file: cards, matrix, timeline in plain HTML, pages in a viewer."""

from collections.abc import Mapping

from portalsync.lexicon import LOCALES, Lexicon
from portalsync.model.effect import EffectKind
from portalsync.portal import templates
from portalsync.preview.review import Review
from portalsync.views.review.noted import noted
from portalsync.views.review.outcome import Outcome, broken_here
from portalsync.views.review.payload import pack
from portalsync.views.review.sides import address, is_brief, sides
from portalsync.views.review.telling import Telling

SCRIPTS = ("gallery/inside.js", "gallery/viewer.js")
"""One after the other: what the viewer does inside its frames, and the viewer."""
_VIEWER_WORDS = (
    "card_of",
    "found",
    "gone",
    "hidden",
    "leads_to",
    "new",
    "no_hits",
    "no_hits_of",
    "no_pages_of",
    "no_settings",
    "not_packed",
    "page_of",
    "pages_with",
    "pause",
    "play",
    "settings",
    "shown",
    "shown_cards",
    "told_after",
    "told_before",
    "unchanged",
    "unpack_failed",
)
"""What `viewer.js` says."""


def review_html(review: Review, lexicon: Lexicon) -> bytes:
    """The file; equal reviews give equal bytes."""
    script, style = templates.script_of(*SCRIPTS), templates.style_of(templates.REVIEW_STYLE)
    packed = pack(review, lexicon)
    noticed = noted(review.plan, lexicon)
    html = (
        templates.environment()
        .get_template(templates.REVIEW)
        .render(
            review=review,
            t=lexicon,
            tell=Telling(review, lexicon),
            noted=noticed,
            outcome=Outcome(review, noticed, lexicon),
            broken=broken_here(review.promises, noticed),
            sides=sides,
            is_brief=is_brief,
            address_parts=address,
            style=templates.trusted(style),
            script=templates.trusted(script),
            policy=templates.script_policy(script, (style, *packed.styles)),
            spoken=_spoken(lexicon),
            payload=packed.text,
        )
    )
    return templates.printable(html).encode()


def _spoken(lexicon: Lexicon) -> Mapping[str, str]:
    names = [f"surfaces.{name}" for name in ("web", "mobile")]
    names += [f"pages.{page}" for page in ("home", "documents", "chats", "organizers", "invoices", "login")]
    return {
        **{name: lexicon.messages[f"review.viewer.{name}"] for name in _VIEWER_WORDS},
        **{name: lexicon(f"gallery.{name}") for name in names},
        **{f"languages.{locale}": lexicon.language(locale) for locale in LOCALES},
        **{f"kinds.{kind}": lexicon(f"review.verbs.{kind}") for kind in EffectKind},
    }
