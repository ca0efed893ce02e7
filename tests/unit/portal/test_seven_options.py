"""The options, switched on and off: what comes on which page, of the web and of the phone."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from portalsync.lexicon import LOCALES
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import PLACES, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.compose import compose
from portalsync.portal.links import page_file
from portalsync.portal.render import render

FACTS = facts_from_json({
    "currency": "EUR",
    "payment_providers": [{"id": "pay", "connected": True, "default": True, "methods": ["bank_debit"]}],
    "booking_integrations": ["calendly"],
    "organizer_templates": [{"id": "move", "name": {"en": "Moving"}, "questions": 3}],
    "pipelines": [{"id": "tax", "name": {"en": "Tax return"}, "stages": ["intake"]}],
})  # fmt: skip
CLIENT = persona_from_json({
    "id": "ada",
    "title": {"en": "Ada"},
    "client": "Ada",
    "locale": "en",
    "jobs": [{"name": {"en": "Tax return"}, "pipeline": "tax", "stages": ["intake"]}],
})  # fmt: skip
NEWS: Mapping[str, JSON] = {
    "announcements.items.closed.title": {"en": "Closed", "de": "Geschlossen"},
    "announcements.items.closed.body": {"en": "Until Monday.", "de": "Bis Montag."},
}
PROGRESS: Mapping[str, JSON] = {
    "work_in_progress.statuses.checking.name": {"en": "Checking", "de": "In Prüfung"},
    "work_in_progress.pipelines.tax.stages.intake.show": "checking",
}
HOMES = {"web-home.html", "mobile-home.html"}


def _on(**settings: JSON) -> dict[str, JSON]:
    return {name.replace("__", "."): value for name, value in settings.items()}


@pytest.mark.parametrize(
    ("before", "after", "comes"),
    [
        pytest.param(
            {}, _on(prepayments__enabled=True),
            {"prepayments.link": HOMES,
             "prepayments.invoices_link": {"web-invoices.html", "mobile-invoices.html"}},
            id="prepayments by whatever the provider does: both homes, invoices without an unpaid one",
        ),
        pytest.param(
            {}, _on(done_uploading__button=True),
            {"done_uploading.link": HOMES,
             "done_uploading.button": {"web-documents.html", "mobile-documents.html"}},
            id="the button tells the firm from both homes and from the documents",
        ),
        pytest.param(
            {}, _on(done_uploading__dialog_checkbox=True),
            {"done_uploading.checkbox": {"web-documents.html"}},
            id="the checkbox is the upload dialog's, independent of the button",
        ),
        pytest.param(
            _on(appointments__enabled=False), {},
            {"appointments.link": {"web-home.html"}},
            id="booking is there once its service is set up, whoever sets nothing",
        ),
        pytest.param(
            {}, NEWS,
            {"announcements.banner.closed": HOMES,
             "announcements.notice.closed": {"web-login.html", "mobile-login.html"}},
            id="an announcement stands on both homes and is told at each login",
        ),
        pytest.param(
            _on(chat__clients_can_start=False), {},
            {"chat.new_chat": {"web-home.html"}, "chat.new_chat_button": {"web-chats.html"},
             "chat.message_firm": {"mobile-home.html"}, "chat.message_firm_button": {"mobile-chats.html"}},
            id="clients start chats unless that is switched off",
        ),
        pytest.param(
            {}, {"organizers.templates.move.self_service": True},
            {"organizers.new_organizer": {"web-organizers.html"}},
            id="a new organizer, when at least one template is on",
        ),
        pytest.param(
            PROGRESS, {**PROGRESS, "work_in_progress.enabled": True},
            {"work_in_progress.section": HOMES},
            id="the client's jobs with a visible status on both homes",
        ),
        pytest.param({}, _on(document_renaming__enabled=True), {}, id="names of documents: firm side"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("locale", LOCALES)
def test_what_comes_where(
    locale: str, before: Mapping[str, JSON], after: Mapping[str, JSON], comes: Mapping[str, set[str]]
) -> None:
    """Every page is compared; those that differ are those where a block comes, and nothing goes.

    Seen to fail when the chats page of the phone had no *Message firm*.
    """
    found: dict[str, set[str]] = {}
    for place in PLACES:
        old, new = (
            compose(
                situation_of("oak", settings, FACTS, datetime(2026, 12, 1, tzinfo=UTC)), CLIENT, place, locale
            )
            for settings in (before, after)
        )
        keys = [{block.key for block in page.shown} for page in (old, new)]
        assert keys[0] <= keys[1]
        assert (render(old) != render(new)) is (keys[0] != keys[1])
        for key in keys[1] - keys[0]:
            found.setdefault(key, set()).add(page_file(place))
    assert found == comes
