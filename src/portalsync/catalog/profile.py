"""The firm's profile: what is beside the options and on every page."""

from collections.abc import Iterator

from portalsync.catalog.contrast import LEAST_CONTRAST, contrast
from portalsync.catalog.kinds.basic import COLOR, EMAIL, PHONE, Text, TimeZone
from portalsync.catalog.kinds.image import LARGEST_IMAGE, Image
from portalsync.catalog.kinds.link import Link
from portalsync.catalog.kinds.localized import Languages, LocalizedText, localized
from portalsync.catalog.legal import BOUND, IMPRINT, PRIVACY, links_at_the_foot, links_missing
from portalsync.catalog.option import Block, Field, Hide, Option, Rule, Violation
from portalsync.cldr import country_of, written_in
from portalsync.diagnostics import Severity
from portalsync.model.facts import Localized
from portalsync.model.page import MOBILE_HOME, PLACES, WEB_HOME, Content, Line, Shape, Situation, View

LONGEST_NAME = 80

NAME = Field(
    "profile.name",
    Text(LONGEST_NAME),
    default="",
    description="The firm's name as clients know it.",
    examples=("Example & Partner Steuerberatung",),
    rejects=("", "two\nlines", "a\x1b[31m", 4),
)

LOCALES = Field(
    "profile.locales",
    Languages(),
    default=["en"],
    description="The languages that the firm writes in. The first one stands in for a missing one.",
    examples=(["de"], ["de", "en"]),
    rejects=([], ["qaa"], ["de", "de"], "de"),
)

TIME_ZONE = Field(
    "profile.time_zone",
    TimeZone(),
    default="UTC",
    description="The time zone in which the firm's dates are meant. Its country is the firm's: "
    "amounts, days and some words are written as they are there (`1. Jänner 2027` in `Europe/Vienna`).",
    examples=("Europe/Berlin", "Europe/Vienna", "America/New_York"),
    rejects=("Berlin", "Mars/Olympus", "", 1),
)

LOGO = Field(
    "profile.logo",
    Image(),
    default="",
    description=f"The firm's logo: a PNG or SVG file below `assets/`, at most {LARGEST_IMAGE // 1024} KiB. "
    "Without it, the firm's initials.",
    examples=("assets/logo.svg",),
    rejects=("https://example.com/logo.png", "../logo.svg", "assets/logo.gif"),
)

ACCENT_COLOR = Field(
    "profile.accent_color",
    COLOR,
    default="#2f5d8a",
    description="The firm's colour. It must be readable under white text.",
    examples=("#1f5f5b", "#7A2E3A"),
    rejects=("1f5f5b", "#1f5f5b\n", "#fff", "red"),
)

WELCOME = Field(
    "profile.welcome",
    LocalizedText(160),
    default={},
    description="One line of welcome on the home page.",
    examples=({"en": "Good to see you.", "de": "Schön, dass Sie da sind."},),
    rejects=({"en": " "}, "Welcome"),
)

ADDRESS = Field(
    "profile.address",
    Text(200, lines=4),
    default="",
    description="The postal address, line by line.",
    examples=("Lindenstraße 12\n10969 Berlin",),
    rejects=("", "Lindenstraße 12\x07", 7),
)

PHONE_NUMBER = Field(
    "profile.phone",
    PHONE,
    default="",
    description="The telephone number.",
    examples=("+49 30 5550100", "+1 212 555-0142"),
    rejects=("call us", "+49 30 5550100\n", ""),
)

EMAIL_ADDRESS = Field(
    "profile.email",
    EMAIL,
    default="",
    description="The e-mail address.",
    examples=("office@example.com",),
    rejects=(
        "office",
        "a@b",
        "x@example.com\n",
        "a%2Cb@example.com",
        "a@-b.com",
        "a@192.0.2.7",
        "a@bücher.de",
    ),
)

WEBSITE = Field(
    "profile.website",
    Link(),
    default="",
    description="The firm's website.",
    examples=("https://www.example.com/",),
    rejects=("www.example.com", "http://example.com", "mailto:office@example.com"),
)

OFFICE_HOURS = Field(
    "profile.office_hours",
    LocalizedText(160),
    default={},
    description="When the firm can be reached.",
    examples=({"en": "Mon to Thu 9 am to 5 pm", "de": "Mo bis Do 9 bis 17 Uhr"},),
    rejects=({"en": ""}, "9-17"),
)


def region(case: Situation) -> str:
    """The country of the firm (`AT`): the one in which its time zone lies. Empty if that is in none."""
    return country_of(case.settings[TIME_ZONE])


def written(view: View) -> str:
    """The tag of the language as it is written where the firm is: `de-AT`."""
    return written_in(view.locale, region(view))


def _accent_unreadable(case: Situation) -> Iterator[Violation]:
    color = case.settings[ACCENT_COLOR]
    ratio = contrast(color, "#ffffff")
    if ratio < LEAST_CONTRAST:
        yield Violation(ACCENT_COLOR.path, (("color", color), ("ratio", f"{ratio:.1f}")))


def _locale_missing(case: Situation) -> Iterator[Violation]:
    for field in (WELCOME, OFFICE_HOURS):
        for locale in case.settings[LOCALES]:
            if case.settings[field] and locale not in case.settings[field]:
                yield Violation(field.path, (("field", field.name), ("locale", locale)))


def _legal_links_missing(case: Situation) -> Iterator[Violation]:
    """Not of a firm of which not even the name is known: only a part of its profile is."""
    missing = [*links_missing(case)]
    if case.settings[NAME] and region(case) in BOUND and missing:
        fields = ", ".join(field.name for field in missing)
        lines = ", ".join(f"{field.name}: {{{case.settings[LOCALES][0]}: https://...}}" for field in missing)
        paths = tuple(field.path for field in missing)
        yield Violation(NAME.path, (("fields", fields), ("lines", lines)), lacks=paths)


def _own(view: View, field: Field[Localized]) -> tuple[str, str]:
    text, lang = localized(view.settings[field], view.locale, view.settings[LOCALES][0])
    return text, "" if lang == view.locale else lang


def _brand(view: View) -> Content:
    tag = written(view)
    return Content(
        title=view.settings[NAME],
        image=view.settings[LOGO],
        color=view.settings[ACCENT_COLOR].lower(),
        written="" if tag == view.locale else tag,
    )


def _welcome(view: View) -> Content:
    text, lang = _own(view, WELCOME)
    return Content(text=text, lang=lang)


def _contact(view: View) -> Content:
    hours, lang = _own(view, OFFICE_HOURS)
    rows = [
        Line(view.settings[ADDRESS], group="address"),
        Line(view.settings[PHONE_NUMBER], group="phone"),
        Line(view.settings[EMAIL_ADDRESS], group="email"),
        Line(view.settings[WEBSITE], group="website"),
        Line(hours, group="office_hours", lang=lang),
    ]
    return Content(title=view.settings[NAME], lines=tuple(row for row in rows if row.title))


def _legal(view: View) -> Content:
    return links_at_the_foot(view, view.settings[LOCALES][0])


PROFILE = Option(
    key="profile",
    since="0.1.0",
    description="The firm's name, look, languages, contact, imprint and privacy page.",
    fields=(
        NAME,
        LOCALES,
        TIME_ZONE,
        LOGO,
        ACCENT_COLOR,
        WELCOME,
        ADDRESS,
        PHONE_NUMBER,
        EMAIL_ADDRESS,
        WEBSITE,
        OFFICE_HOURS,
        IMPRINT,
        PRIVACY,
    ),
    where="profile",
    blocks=(
        Block("brand", Shape.BRAND, PLACES, content=_brand),
        Block("welcome", Shape.WELCOME, (WEB_HOME, MOBILE_HOME), content=_welcome),
        Block(
            "contact",
            Shape.CONTACT,
            (WEB_HOME, MOBILE_HOME),
            hide=(Hide("nothing_given", lambda view: not _contact(view).lines),),
            content=_contact,
        ),
        Block(
            "legal",
            Shape.FOOTER,
            PLACES,
            hide=(Hide("no_links", lambda view: not _legal(view).lines),),
            content=_legal,
        ),
    ),
    rules=(
        Rule("accent-unreadable", Severity.ERROR, _accent_unreadable),
        Rule("profile-locale-missing", Severity.WARNING, _locale_missing),
        Rule("legal-links-missing", Severity.WARNING, _legal_links_missing),
    ),
    has_audience=False,
)
