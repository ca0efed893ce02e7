"""German has one word for one thing, as docs/glossary.md says: what an editor struck out stays away."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portalsync.lexicon import lexicon_of
from portalsync.resources import readme

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "de"
STRUCK_OUT = {
    r"Kanzlei(en)? (würden? )?freigegeben|freizugeben": "aus der Verwaltung nehmen, of firms",
    r"[Üü]bernehmen (Sie )?(den Plan|genau das)": "übertragen, of plans; übernehmen, of firms",
    r"Schutzregel|Guardrail": "Leitplanke",
    r"\bStufen?\b": "Schritt, of a pipeline; Ebene, of what is indented",
    r"(andere|dieser?|welche) Ebene|Ebenen:|Ebene (der Konf|entsch)": "Schicht, of layers",
    r"\bTags\b|Schlagw[oö]rt": "Merkmale",
    r"[Ee]ingebaut": "eingebettet",
    r"\bStände|\bStandes\b|\bStand\b(?!:? (\{at\}|\d+\. [A-Z]))": "Fassung; Stand, of dates",
    r"Portalfunktion|Features?\b": "Funktion",
    r"Zahlungs(weg|methode|mittel)": "Zahlungsart",
    r"Zahlungsdienst": "Zahlungsanbieter",
    r"Termin(service|dienst|anbieter)": "Buchungsdienst",
    r"Benachrichtigung|bei der Anmeldung|Login": "Hinweise nach der Anmeldung",
    r"(auf|an) (dem|Ihrem) Portal\b|\bam Portal (?!vorbei)": "im Portal",
    r"Pull Request|Pull-request|Pullrequest": "Pull-Request",
    r"wer den Rechner eingerichtet hat, um": "die Person, die den Rechner eingerichtet hat",
    r"\b(ist|sind) an[,.;]": "ist eingeschaltet",
    r"schwachen Augen": "Menschen mit Sehschwäche",
    r"dürfen es:": "erlaubt sind {limit}",
    r"von hundert": "{n} % der Kanzleien",
    r"Einspr[uü]ch|[Zz]ulassen, wogegen": "Einwand; annehmen",
    r"losgelassen|\bBlöcke\b": "aus der Verwaltung genommen; Baustein",
    r"Standard: Sie\b": "[Standard: Ihr Benutzername]",
    r"Ganz lesen|Mehr lesen": "Weiterlesen",
    r"\b(aus)?[Cc]hecken|[Dd]eploy|[Dd]ownload|[Uu]pdate[nt]|[Aa]pply(en|t)|gemanag": "German",
    r"gemergt|[Mm]ergen": "zusammenführen",
}


@pytest.mark.parametrize("struck_out", STRUCK_OUT)
def test_no_text_says_what_an_editor_struck_out(struck_out: str) -> None:
    """Seen to fail for each: all of them stood there."""
    meant = STRUCK_OUT[struck_out]
    assert [f"{where}: {text}" for where, text in _texts() if re.search(struck_out, text)] == [], meant


def test_a_released_firm_is_no_longer_managed() -> None:
    said = lexicon_of("de").messages
    released = [
        text
        for key, text in said.items()
        if key.startswith(("plan.released_firms", "findings.all-released."))
    ]
    assert released
    assert [text for text in released if not re.search("verwalt", text, re.IGNORECASE)] == []


def test_a_section_is_in_arbeit_and_a_job_may_be_in_bearbeitung() -> None:
    said = lexicon_of("de").messages
    assert said["options.work_in_progress.blocks.section"] == "In Arbeit"
    named = [key for key, text in said.items() if "In Bearbeitung" in text]
    assert [key for key in named if not key.startswith("init.")] == []


def test_the_page_after_the_login_has_one_name() -> None:
    said = lexicon_of("de").messages
    names = {
        key: said[key]
        for key in ("portal.pages.login", "gallery.pages.login", "places.login", "findings.pages.login")
    }
    assert {name.removeprefix("Seite ") for name in names.values()} == {"Hinweise nach der Anmeldung"}


def _texts() -> Iterator[tuple[str, str]]:
    yield from lexicon_of("de").messages.items()
    yield "README.md.j2", readme("de")
    for path in (*sorted(GUIDE.glob("*.md")), GUIDE.parents[1] / "texts.de.md"):
        yield path.name, path.read_text(encoding="utf-8")
