"""Pages as files on disk, opened in the chromium that is installed."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import PLACES, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.compose import compose
from portalsync.portal.links import page_file
from portalsync.portal.render import render

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
FACTS = facts_from_json(
    {
        "currency": "EUR",
        "payment_providers": [{"id": "stripe", "connected": True, "default": True, "methods": ["card"]}],
        "booking_integrations": ["calendly"],
        "organizer_templates": [
            {"id": "return", "name": {"en": "Tax return", "de": "Einkommensteuererklärung"}, "questions": 12},
            {
                "id": "address",
                "name": {"en": "Change of address", "de": "Neue Anschrift oder Bankverbindung melden"},
                "questions": 3,
            },
        ],
        "pipelines": [{"id": "accounts", "name": {"en": "Accounts"}, "stages": ["docs", "review"]}],
    }
)
FIRM: Mapping[str, JSON] = {
    "profile.name": "Lindenhof Steuerberatungsgesellschaft",
    "profile.locales": ["de", "en"],
    "profile.welcome": {"de": "Schön, dass Sie da sind.", "en": "Good to see you."},
    "profile.address": "Lindenstraße 12\n10969 Berlin",
    "profile.phone": "+49 30 5550100",
    "profile.email": "kanzlei@lindenhof.example",
    "profile.website": "https://www.lindenhof.example/",
    "profile.office_hours": {"de": "Mo bis Do 9 bis 17 Uhr", "en": "Mon to Thu 9 am to 5 pm"},
    "profile.imprint": {"de": "https://www.lindenhof.example/impressum"},
    "profile.privacy": {"de": "https://www.lindenhof.example/datenschutz"},
    "prepayments.enabled": True,
    "done_uploading.button": True,
    "done_uploading.dialog_checkbox": True,
    "appointments.enabled": True,
    "appointments.provider": "calendly",
    "appointments.url": "https://calendly.com/lindenhof/erstgespraech",
    "organizers.templates.return.self_service": True,
    "organizers.templates.address.self_service": True,
    "work_in_progress.enabled": True,
    "work_in_progress.statuses.review.name": {"de": "Wird geprüft", "en": "In review"},
    "work_in_progress.statuses.review.description": {"de": "Eine Kollegin liest gegen."},
    "work_in_progress.pipelines.accounts.stages.review.show": "review",
    "announcements.items.closed.title": {"de": "Über Weihnachten geschlossen"},
    "announcements.items.closed.body": {
        "de": "### Wann\n\nVom **24. Dezember** bis 3. Januar.\n\n# Notfälle\n\n"
        "- [E-Mail](mailto:a@lindenhof.example)\n- `Kanzlei`\n\n> Ruhige Feiertage! "
        + "Wir sind bald wieder für Sie da. "
        * 8
    },
}
HOSTILE: Mapping[str, JSON] = {
    **FIRM,
    "profile.name": "<script>document.title='owned'</script> \u202eamriF",
    "profile.logo": PIXEL,
    "profile.welcome": {"en": "</style><img src=https://tracker.example/x.png>"},
    "profile.address": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtenweg 1\n<b>x</b>",
    "profile.imprint": {"en": f"https://{'w' * 60}.example/{'w' * 400}"},
    "profile.privacy": {"en": "javascript:document.title='owned'"},
    "work_in_progress.statuses.review.name": {"en": "W" * 60},
    "announcements.items.closed.title": {"en": "<h1>" + "W" * 110},
    "announcements.items.closed.body": {
        "en": "<script>document.title='owned'</script>\n\n![i](https://tracker.example/x.png)\n\n"
        f"[link](https://ok.example/{'a' * 300})\n\n```\n{'y' * 400}\n```\n\n{'x' * 600}"
    },
}
BUSY: Mapping[str, JSON] = {
    "id": "busy",
    "title": {"en": "Busy client"},
    "client": "Musterbetrieb GmbH",
    "locale": "de",
    "credit": "150.00",
    "todos": [
        {
            "kind": "pay_invoice",
            "subject": {"de": "Finanzbuchführung"},
            "amount": "1240.5",
            "due": "2026-12-15",
        },
        {"kind": "approve_document", "subject": {"de": "Jahresabschluss 2025"}},
        {"kind": "chat_task", "subject": {"de": "Belege zur Dienstreise"}, "due": "2026-11-30"},
        {"kind": "complete_organizer", "subject": {"de": "Fragebogen zum Jahresende"}},
        {"kind": "esign_proposal", "subject": {"de": "Auftragsvereinbarung 2027"}},
    ],
    "jobs": [{"name": {"de": "Jahresabschluss 2025"}, "pipeline": "accounts", "stages": ["docs", "review"]}],
    "invoices": [
        {
            "number": "2026-1",
            "subject": {"de": "Oktober"},
            "amount": "1240.5",
            "due": "2026-12-15",
            "paid": False,
        },
        {
            "number": "2026-0",
            "subject": {"de": "September"},
            "amount": "99",
            "due": "2026-10-15",
            "paid": True,
        },
    ],
    "documents": [{"name": {"de": "Umsatzsteuervoranmeldung.pdf"}, "date": "2026-10-09"}],
    "chats": [{"name": {"de": "Neuer Firmenwagen"}, "date": "2026-10-02"}],
    "organizers": [{"name": {"de": "Fragebogen zum Jahresende"}, "date": "2026-11-15"}],
}
NEW: Mapping[str, JSON] = {"id": "new", "title": {"en": "New"}, "client": "Anna Neu", "locale": "de"}
LOUD: Mapping[str, JSON] = {**BUSY, "client": "\u202e<i>Kunde</i> " + "Lang" * 30}
SAMPLES = {"busy": (FIRM, BUSY), "new": (FIRM, NEW), "bare": ({}, NEW), "hostile": (HOSTILE, LOUD)}

Scheme: TypeAlias = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (320, 360, 390, 768, 1280)


@dataclass
class Opened:
    """A page, what it complained about, and what it asked the network for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        self.complaints.append(message.text)

    def ask(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.requests.append(request.url)


class Visit(Protocol):
    def __call__(self, file: Path, width: int = 1280, scheme: Scheme = "light") -> Opened: ...


class Write(Protocol):
    def __call__(self, sample: str, **settings: JSON) -> Path: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*ARGUMENTS])
        yield found
        found.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page of every sample, `<sample>/<locale>/<file>`."""
    folder = tmp_path_factory.mktemp("pages")
    for sample in SAMPLES:
        write_pages(folder, sample)
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the pages of one sample with other settings; the folder they are in."""

    def write_sample(sample: str, **settings: JSON) -> Path:
        write_pages(tmp_path, sample, **settings)
        return tmp_path

    return write_sample


def write_pages(folder: Path, sample: str, **settings: JSON) -> None:
    firm, persona = SAMPLES[sample]
    values = {**firm, **{path.replace("__", "."): value for path, value in settings.items()}}
    situation = situation_of("lindenhof", values, FACTS, datetime(2026, 12, 5, tzinfo=UTC))
    for locale in ("de", "en"):
        below = folder / sample / locale
        below.mkdir(parents=True, exist_ok=True)
        for place in PLACES:
            html = render(compose(situation, persona_from_json(persona), place, locale))
            (below / page_file(place)).write_text(html, encoding="utf-8")


@pytest.fixture(scope="session")
def windows(browser: Browser) -> dict[tuple[int, Scheme], Opened]:
    """Windows are slow to open; each is opened once and then shows one file after the other."""
    found = {}
    for width in WIDTHS:
        for scheme in SCHEMES:
            page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
            found[width, scheme] = opened = Opened(page)
            page.on("console", opened.note)
            page.on("request", opened.ask)
    return found


@pytest.fixture
def visit(windows: dict[tuple[int, Scheme], Opened]) -> Visit:
    """Open a file: `visit(path, 390, "dark")`."""

    def visit_file(file: Path, width: int = 1280, scheme: Scheme = "light") -> Opened:
        opened = windows[width, scheme]
        opened.complaints.clear()
        opened.requests.clear()
        opened.page.goto(file.as_uri())
        return opened

    return visit_file
