import re

import pytest

from portalsync.portal.unbroken import kept_whole


def _kept(text: str) -> list[str]:
    html = kept_whole(f"<p>{text}</p>")
    assert re.sub("</?span[^>]*>", "", html) == f"<p>{text}</p>"
    return re.findall('<span class="whole">(.*?)</span>', html)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Die E-Rechnung kommt", ["E-R"]),
        ("per E-Mail, z. B. eine E-Bilanz", ["E-M", "E-B"]),
        ("Es sind 486,50 € offen", ["486,50 €"]),
        ("12.480,75\xa0€ und 1’240.50 CHF", ["12.480,75\xa0€", "1’240.50 CHF"]),
        ("EUR\xa012'486.50, 1&#39;240.50 CHF", ["EUR\xa012'486.50", "1&#39;240.50 CHF"]),
        ("EUR 12.000, € 5 oder US$12,486.50.", ["EUR 12.000", "€ 5", "US$12,486.50"]),
        ("19 % nach § 14 oder §§ 3 bis 5", ["19 %", "§ 14", "§§ 3"]),
        ("bis 1. Dezember 2026, ab 24. Dez.", ["1. Dezember 2026", "24. Dez"]),
        ("Ab 2. Jänner", ["2. Jänner"]),
        ("from 1 December 2026 or December 24, 2026", ["1 December 2026", "December 24, 2026"]),
        ("from 9 am to 5 pm, 9 bis 17 Uhr", ["9 am", "5 pm", "17 Uhr"]),
        ("a Mai-Tai, 9 amounts, Vor-Ort-Termin, 2026. Dezember", []),
        ("&amp;-x &#39;E-Bilanz&#39;", ["E-B"]),
    ],
)
def test_what_belongs_together_is_on_one_line_and_every_text_stays_what_it_is(
    text: str, together: list[str]
) -> None:
    assert _kept(text) == together


def test_addresses_are_no_text() -> None:
    link = '<a href="https://e-rechnung.example/5 €">here</a>'
    assert kept_whole(link) == link


def test_an_endless_number_is_looked_at_once() -> None:
    text = "1." * 100_000
    assert kept_whole(f"<p>{text}</p>") == f"<p>{text}</p>"
