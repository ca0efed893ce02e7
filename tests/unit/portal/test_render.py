import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from jinja2 import TemplateNotFound

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Block, Option
from portalsync.lexicon import lexicon_of
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import (
    MOBILE_DOCUMENTS,
    MOBILE_HOME,
    MOBILE_LOGIN,
    PLACES,
    WEB_CHATS,
    WEB_DOCUMENTS,
    WEB_HOME,
    WEB_INVOICES,
    WEB_LOGIN,
    WEB_ORGANIZERS,
    Composition,
    Content,
    Line,
    PageName,
    Place,
    Placed,
    Shape,
    Surface,
    situation_of,
)
from portalsync.model.persona import Persona, persona_from_json
from portalsync.portal import templates
from portalsync.portal.compose import compose
from portalsync.portal.layout import areas
from portalsync.portal.links import page_file
from portalsync.portal.render import page_policy, render
from portalsync.resources import folder

FACTS = facts_from_json(
    {
        "currency": "EUR",
        "payment_providers": [{"id": "stripe", "connected": True, "default": True, "methods": ["card"]}],
        "booking_integrations": ["calendly"],
        "organizer_templates": [{"id": "return", "name": {"en": "Tax return"}, "questions": 12}],
    }
)
SETTINGS: Mapping[str, JSON] = {
    "profile.name": "Example & Partner",
    "profile.locales": ["en", "de"],
    "profile.accent_color": "#1F5F5B",
    "profile.phone": "(555) 010-0100",
    "profile.address": "12 Linden Street\nSpringfield",
    "prepayments.enabled": True,
    "done_uploading.button": True,
    "done_uploading.dialog_checkbox": True,
    "appointments.enabled": True,
    "appointments.provider": "calendly",
    "appointments.url": "https://calendly.com/example/first-talk",
    "organizers.templates.return.self_service": True,
    "announcements.items.closed.title": {"en": "Closed"},
    "announcements.items.closed.body": {"en": "We are back in **January**. " * 10},
}
BUSY: dict[str, JSON] = {
    "id": "busy",
    "title": {"en": "Busy client"},
    "client": "Sample Ltd",
    "locale": "en",
    "credit": "150.00",
    "todos": [
        {"kind": "esign_proposal", "subject": {"en": "Engagement letter"}},
        {"kind": "pay_invoice", "subject": {"en": "Accounts"}, "amount": "1240.50", "due": "2026-12-15"},
    ],
    "invoices": [
        {"number": "1", "subject": {"en": "May"}, "amount": "10", "due": "2026-06-01", "paid": True},
        {"number": "2", "subject": {"en": "June"}, "amount": "20", "due": "2026-07-01", "paid": False},
    ],
    "documents": [{"name": {"de": "Jahresabschluss.pdf"}, "date": "2026-11-12"}],
}
NEW: dict[str, JSON] = {"id": "new", "title": {"en": "New"}, "client": "Anna Sample", "locale": "en"}


def composed(
    place: Place = WEB_HOME,
    locale: str = "en",
    persona: dict[str, JSON] = BUSY,
    definitions: tuple[Option, ...] = DEFINITIONS,
    **settings: JSON,
) -> Composition:
    values = {**SETTINGS, **{path.replace("__", "."): value for path, value in settings.items()}}
    situation = situation_of("example", values, FACTS, datetime(2026, 12, 5, tzinfo=UTC))
    return compose(situation, client(persona), place, locale, definitions)


def client(data: dict[str, JSON]) -> Persona:
    return persona_from_json(data)


class Outline(HTMLParser):
    """What a browser would see: tags with their attributes, text, headings, ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("persona", [BUSY, NEW], ids=["busy", "new"])
def test_every_page_is_whole(place: Place, locale: str, persona: dict[str, JSON]) -> None:
    html = render(composed(place, locale, persona))
    seen = Outline(html)
    assert html.startswith(f'<!DOCTYPE html>\n<html lang="{locale}">')
    assert html.endswith("</html>")
    assert len(seen.all("h1")) == 1
    ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not seen.all("script")
    assert not any("style" in attributes for _, attributes in seen.tags)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_composition_is_the_same_text(place: Place) -> None:
    assert render(composed(place)) == render(composed(place))


def test_what_is_hidden_leaves_no_trace() -> None:
    shown = composed(chat__clients_can_start=False)
    without = replace(shown, blocks=shown.shown)
    assert len(without.blocks) < len(shown.blocks)
    assert render(without) == render(shown)


@pytest.mark.parametrize("place", PLACES)
def test_links_lead_to_pages_that_are_there_or_away_safely(place: Place) -> None:
    files = {page_file(each) for each in PLACES}
    for attributes in Outline(render(composed(place))).all("a"):
        href = attributes["href"] or ""
        if href.startswith("https://"):
            assert {"noopener", "noreferrer"} <= set((attributes["rel"] or "").split())
        else:
            assert href in files | {"#content"} or href.startswith(("mailto:", "tel:"))


def test_names_of_files() -> None:
    assert page_file(WEB_HOME) == "web-home.html"
    assert page_file(Place(Surface.MOBILE, PageName.LOGIN)) == "mobile-login.html"


@pytest.mark.parametrize("color", ["#1f5f5b", "#000000", "", "red;}body{display:none", "#1f5f5b\n"])
def test_the_policy_fits_the_one_style(color: str) -> None:
    composition = composed()
    brand = next(block for block in composition.blocks if block.shape is Shape.BRAND)
    recolored = replace(brand, content=replace(brand.content, color=color))
    composition = replace(
        composition, blocks=tuple(recolored if block is brand else block for block in composition.blocks)
    )
    html = render(composition)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = page_policy(composition)
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert policy == Outline(html).all("meta")[1]["content"]
    assert "display:none}" not in style.partition("--solid")[0]


def test_the_firms_colour_is_in_the_style() -> None:
    assert "--accent:#1f5f5b;" in render(composed())


def test_amounts_and_days_read_as_the_locale_writes_them() -> None:
    german, english = (Outline(render(composed(locale=locale))).text for locale in ("de", "en"))
    assert "1.240,50 €" in german
    assert "fällig am 15. Dezember 2026" in german
    assert "150,00 €" in german
    assert "€1,240.50" in english
    assert "due December 15, 2026" in english


def test_nothing_owed_is_written_in_one_way() -> None:
    """What has been remembered of one amount is shown for all that are equal to it."""
    for zero in ("-0.0", "0"):
        invoice: dict[str, JSON] = {"number": "1", "subject": {"en": "May"}, "amount": zero}
        invoice |= {"due": "2026-06-01", "paid": True}
        html = render(composed(WEB_INVOICES, persona={**NEW, "invoices": [invoice]}))
        assert ">€0.00<" in html


def test_a_foreign_text_says_its_language() -> None:
    html = render(composed(WEB_DOCUMENTS))
    assert '<bdi class="subject" lang="de">Jahresabschluss.pdf</bdi>' in html


def test_open_invoices_stand_before_paid_ones() -> None:
    text = Outline(render(composed(WEB_INVOICES))).text
    assert text.index("Open 1") < text.index("2 · June") < text.index("Paid 1") < text.index("1 · May")


def test_empty_lists_say_so() -> None:
    t = lexicon_of("en")
    for place in (WEB_HOME, MOBILE_HOME):
        assert t("portal.empty.todos") in Outline(render(composed(place, persona=NEW))).text
    for place in (WEB_DOCUMENTS, WEB_CHATS, WEB_ORGANIZERS, WEB_INVOICES):
        assert t(f"portal.empty.{place.page}") in Outline(render(composed(place, persona=NEW))).text
    nothing = composed(WEB_LOGIN, announcements__items__closed__ends="2026-12-01")
    assert t("portal.empty.login") in Outline(render(nothing)).text


def test_the_phone_has_five_groups_and_the_web_one_list() -> None:
    def headings(place: Place) -> int:
        return len(Outline(render(composed(place))).all("h3"))

    assert headings(MOBILE_HOME) - headings(WEB_HOME) == 2


def test_long_announcements_are_folded_on_the_phone_only() -> None:
    assert not Outline(render(composed())).all("details")
    assert Outline(render(composed(MOBILE_HOME))).all("details")
    short = composed(MOBILE_HOME, announcements__items__closed__body={"en": "Short."})
    assert not Outline(render(short)).all("details")


def test_actions_lead_to_the_page_where_they_happen() -> None:
    links = Outline(render(composed())).links
    assert {"web-invoices.html", "web-documents.html", "web-chats.html"} <= set(links)
    assert "https://calendly.com/example/first-talk" in links


def test_an_action_on_its_own_page_is_a_button() -> None:
    assert '<button class="button primary" type="button" popovertarget="inert">' in render(
        composed(WEB_DOCUMENTS)
    )
    assert '<button class="action" type="button" popovertarget="inert">' in render(composed(MOBILE_HOME))
    assert '<button class="button primary" type="button" popovertarget="inert">' in render(
        composed(MOBILE_DOCUMENTS)
    )


def test_links_stay_on_the_surface() -> None:
    links = [each for each in Outline(render(composed(MOBILE_HOME))).links if each.endswith(".html")]
    assert {"mobile-invoices.html", "mobile-documents.html", "mobile-chats.html"} <= set(links)
    assert all(each.startswith("mobile-") for each in links)


@pytest.mark.parametrize("place", [WEB_HOME, MOBILE_HOME, WEB_LOGIN, MOBILE_LOGIN], ids=page_file)
def test_the_bell_says_where_a_client_arrives_that_something_is_new(place: Place) -> None:
    news = composed(place)
    calm = replace(news, blocks=tuple(each for each in news.blocks if each.option != "announcements"))
    assert ["there is something new" in render(each) for each in (news, calm)] == [True, False]


def test_the_offered_organizers_are_a_menu() -> None:
    seen = Outline(render(composed(WEB_ORGANIZERS)))
    assert seen.all("details")
    assert "Tax return" in seen.text


def test_the_checkbox_stands_in_the_upload_dialog() -> None:
    box = {"type": "checkbox"}
    assert box in Outline(render(composed(WEB_DOCUMENTS))).all("input")
    assert not Outline(render(composed(WEB_DOCUMENTS, done_uploading__dialog_checkbox=False))).all("input")


def test_contact_says_the_name_of_the_firm_once() -> None:
    def names(address: str) -> int:
        contact = Outline(render(composed(profile__address=address))).text.rpartition("Contact us")[2]
        return contact.count("Example & Partner")

    assert names("12 Linden Street") == 1
    assert names("Example & Partner LLP\n12 Linden Street") == 1


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><h1>x</h1>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202e\u2067reversed",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", HOSTILE)
def test_firm_text_is_text(place: Place, text: str) -> None:
    plain = composed(place, profile__name="m" * max(map(len, text.split())))
    hostile = composed(
        place,
        profile__name=text,
        profile__address=f"12 Linden Street\n{text}",
        profile__welcome={"en": text},
        announcements__items__closed__title={"en": text},
        persona={**BUSY, "client": text},
    )
    clean, seen = Outline(render(plain)), Outline(render(hostile))
    assert text in "".join(seen.words)
    welcome = [("p", {"class": "lead", "dir": "auto"})] if place in (WEB_HOME, MOBILE_HOME) else []
    assert [tag for tag in seen.tags if tag not in welcome] == clean.tags


def test_what_no_document_may_hold_is_replaced() -> None:
    html = render(composed(profile__address="a\x00b\x1bc\ud800d\re"))
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in html
    html.encode()


def test_an_address_that_no_field_would_take_is_no_link() -> None:
    composition = composed(
        appointments__url="javascript:alert(1)",
        profile__website="http://example.com/",
        profile__email="office@example.com?bcc=thief@evil.example",
        profile__phone="*21*0305550100#",
    )
    links = Outline(render(composition)).links
    assert not any(link.startswith(("javascript", "http:", "mailto:", "tel:")) for link in links)


NEW_OPTION = Option(
    key="chat",  # its words must exist
    since="0.2.0",
    description="",
    fields=(),
    blocks=(
        Block("new_chat", Shape.QUICK_LINK, (WEB_HOME, MOBILE_HOME)),
        Block("new_chat_button", Shape.BUTTON, (WEB_CHATS,)),
    ),
    has_audience=False,
)


@pytest.mark.parametrize("place", [WEB_HOME, MOBILE_HOME, WEB_CHATS])
def test_an_option_that_leads_to_no_page_gets_a_button(place: Place) -> None:
    composition = composed(place, definitions=(NEW_OPTION,))
    unnamed = replace(
        composition, blocks=tuple(replace(each, key="document_renaming.chat") for each in composition.blocks)
    )
    (button,) = Outline(render(unnamed)).all("button")
    assert button["type"] == "button"
    assert lexicon_of("en")("options.chat.blocks.new_chat") in Outline(render(unnamed)).text


def alone(shape: Shape, client: str = "Sample Ltd", name: str = "", place: Place = WEB_HOME) -> Composition:
    """A page with one block besides its brand, in an area that each page has."""
    line = Line("Row", text="pay_invoice" if shape is Shape.TODO_LIST else "x", group="billing")
    if shape is Shape.CONTACT:
        line = replace(line, group="email")
    if shape is Shape.RECORDS:
        line = replace(line, group="paid")
    if shape is Shape.FOOTER:
        line = Line("https://www.example.com/", group="imprint")
    area = next(each for each in ("records", "notice", "welcome") if each in areas(place))
    block = Placed("document_renaming.block", shape, area, "Label", Content(title="T", lines=(line,)))
    brand = Placed("profile.brand", Shape.BRAND, "brand", "Brand", Content(title=name))
    return Composition(place, "en", client, (brand, block))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", Shape)
def test_every_shape_can_stand_anywhere(shape: Shape, place: Place) -> None:
    """A partial asks for nothing but its block, and the names that it is known to say."""
    page = alone(shape, place=place)
    assert render(page) != render(replace(page, blocks=page.blocks[:1]))


@pytest.mark.parametrize("shape", Shape)
def test_what_is_remembered_of_one_client_is_on_no_page_of_another(shape: Shape) -> None:
    """Blocks alike are made once, however many pages they stand on; whose page it is stays apart."""
    for client, name in (("First Ltd", "Firm One"), ("Second Ltd", "Firm One"), ("Second Ltd", "Firm Two")):
        html = render(alone(shape, client, name))
        said = {each for each in ("First Ltd", "Second Ltd", "Firm One", "Firm Two") if each in html}
        assert said == {client, name}


def test_there_is_one_partial_for_each_shape() -> None:
    partials = {path.name for path in (folder("templates") / "blocks").iterdir()}
    assert partials == {f"{shape}.html.j2" for shape in Shape}


def test_no_other_template_can_be_named() -> None:
    with pytest.raises(TemplateNotFound):
        templates.environment().get_template("../pyproject.toml")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Example & Partner Steuerberatung", "EP"),
        ("kanzlei", "K"),
        ("  ", ""),
        ("4 Ever Tax", "4E"),
        ("“Quoted” Firm", "QF"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert templates.initials(name) == letters
