"""One firm's two files, from its number alone."""

import random
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from benchmarks.fleet.places import COUNTRIES, EXAMPLE_COUNTRIES, Country
from benchmarks.fleet.words import (
    ACCENTS,
    ANNOUNCEMENTS,
    DELIVERED,
    HOURS,
    PRACTICES,
    RECEIVED,
    REVIEW,
    SIGN,
    WELCOMES,
)

SEED = 20_261_201
LOGOS = 5
"""Logos that firms of a country share; each fiftieth firm has its own."""
_OWN_LOGO = 50
_PAYROLL, _PRACTICE, _SMALL = 0.15, 0.4, 0.3
_INITIALS = "ABÇDEFGHIİJKŁMNOÖPRSŞTUÜVWYZ"
_INDENT = " " * 12
_PAYERS = ("business", "business, freelancer", "individual, landlord, business")
_CHATTERS = ("individual, business, freelancer", "business, payroll, employee", "expat, individual")
_READERS = ("individual, landlord", "freelancer, business", "individual")


def firm_id(number: int) -> str:
    return f"firm-{number:06}"


def has_own_logo(number: int) -> bool:
    return number % _OWN_LOGO == 1


def firm_file(number: int) -> str:
    """The firm's layer: 100 lines, 3 kB."""
    choice = _choice(number)
    country = _country(choice)
    return template("firm.yaml").substitute(
        _profile(number, country, choice)
        | _options(number, country, choice)
        | _announcements(country, choice)
    )


def facts_file(number: int) -> str:
    """The copy of what the portal knows about the firm. It has all that groups and the firm refer to."""
    choice = _choice(number)
    country = _country(choice)
    return template("facts.yaml").substitute(
        id=firm_id(number),
        currency=country.currency,
        pays_with=f"{country.id}-pay",
        locale=country.locale,
        other="en" if country.locale == "de" else "de",
        questions=choice.randint(12, 40),
        **{kind: choice.randint(1, most) for kind, most in _CLIENTS.items()},
    )


_CLIENTS = {
    "individuals": 60,
    "landlords": 25,
    "freelancers": 30,
    "businesses": 25,
    "employers": 15,
    "nonprofits": 4,
    "expats": 6,
}
"""Few clients a firm: 100,000 firms stay below the highest number that `affected_clients` takes."""


def groups_of(country: Country, choice: random.Random) -> Sequence[str]:
    """The country first. Austria's holidays leave no room for one more announcement of a small practice."""
    groups = [country.id]
    if country.id in EXAMPLE_COUNTRIES and choice.random() < _PAYROLL:
        groups.append("payroll-houses")
    elif choice.random() < _PRACTICE:
        groups.append(choice.choice([*PRACTICES]))
    if country.id != "austria" and choice.random() < _SMALL:
        groups.append("small-practices")
    return groups


def _profile(number: int, country: Country, choice: random.Random) -> dict[str, Any]:
    name = _name(country, choice)
    code, city = choice.choice(country.towns)
    welcome_de, welcome_en = choice.choice(WELCOMES)
    hours_de, hours_en = choice.choice(HOURS)
    return {
        "remark": f"{name}: looked at each {choice.choice(['Monday', 'month', 'quarter'])}.",
        "id": firm_id(number),
        "groups": ", ".join(groups_of(country, choice)),
        "name": name,
        "locales": choice.choice([country.locale, "de, en", "en, de"]),
        "zone": "  time_zone: America/Los_Angeles\n" if city == "San Francisco" else "",
        "logo": _logo(number, country, choice),
        "accent": choice.choice(ACCENTS),
        "welcome_de": welcome_de.format(name),
        "welcome_en": welcome_en.format(name),
        "street": choice.choice(country.streets),
        "house": choice.randint(1, 180),
        "code": code,
        "city": city,
        "phone": f"{country.dial}{choice.randint(1000, 9999)}",
        "mailbox": choice.choice(["office", "kanzlei", "mail"]),
        "host": country.host,
        "hours_de": hours_de,
        "hours_en": hours_en,
    }


def _name(country: Country, choice: random.Random) -> str:
    """Few firms have the same, as in life."""
    partner = "-".join(choice.sample(country.seconds, choice.randint(1, 2)))
    given = f"{choice.choice(country.given)} {choice.choice(_INITIALS)}."
    return choice.choice(country.forms).format(choice.choice(country.names), partner, given)


def _options(number: int, country: Country, choice: random.Random) -> dict[str, Any]:
    provider = choice.choice(["calendly", "custom", "custom"])
    host = "calendly.com" if provider == "calendly" else country.booking_host
    sign_de, sign_en = choice.choice(SIGN)
    return {
        "prepays": _switch(choice, 0.6),
        "method": choice.choice(["card", "bank_debit", "client_choice"]),
        "payers": choice.choice(_PAYERS),
        "button": _switch(choice, 0.8),
        "checkbox": _switch(choice, 0.5),
        "books": _switch(choice, 0.7),
        "provider": provider,
        "booking": f"https://{host}/{firm_id(number)}/first-talk",
        "chatters": choice.choice(_CHATTERS),
        "rental": _switch(choice, 0.6),
        "newcomers": _switch(choice, 0.6),
        "inheritance": _switch(choice, 0.2),
        "progress": _switch(choice, 0.7),
        **_pair("received", choice.choice(RECEIVED)),
        **_pair("review", choice.choice(REVIEW)),
        **_pair("delivered", choice.choice(DELIVERED)),
        "sign_de": sign_de,
        "sign_en": sign_en,
        "shown": choice.choice(["in-review", "received", "hidden"]),
        "renames": _switch(choice, 0.3),
    }


def _announcements(country: Country, choice: random.Random) -> dict[str, Any]:
    """One is on in December, one comes in January: with those of the groups never more than five."""
    blanks = {
        "day": choice.randint(7, 12),
        "years": choice.randint(11, 99),
        "floor": choice.randint(2, 9),
        "booking": country.booking_host,
    }
    readers = {"readers": choice.choice(_READERS)}
    first = _announcement("first", choice.choice(ANNOUNCEMENTS["first"]), blanks)
    second = _announcement("second", choice.choice(ANNOUNCEMENTS["second"]), blanks)
    return (
        first
        | second
        | readers
        | {
            "first_id": choice.choice(["news-of-december", "office", "dezember"]),
            "first_starts": choice.choice(["2026-12-01", "2026-12-02T12:00", "2026-11-25"]),
            "first_ends": choice.choice(["2026-12-12", "2026-12-13T18:00"]),
            "second_id": choice.choice(["january", "season-2027"]),
            "second_starts": "2027-01-18",
            "second_ends": choice.choice(["2027-01-31", "2027-01-30T12:00"]),
        }
    )


def _announcement(which: str, texts: Mapping[str, str], blanks: Mapping[str, Any]) -> dict[str, str]:
    return {f"{which}_{name}": _indented(text.format(**blanks)) for name, text in texts.items()}


def _indented(text: str) -> str:
    return text.replace("\n", f"\n{_INDENT}").replace(f"\n{_INDENT}\n", "\n\n")


def _logo(number: int, country: Country, choice: random.Random) -> str:
    own = firm_id(number) if has_own_logo(number) else f"{country.id}-{choice.randrange(LOGOS)}"
    return f"assets/{own}.svg"


def _pair(name: str, texts: tuple[str, str]) -> Mapping[str, str]:
    return {f"{name}_de": texts[0], f"{name}_en": texts[1]}


def _switch(choice: random.Random, share: float) -> str:
    return "true" if choice.random() < share else "false"


def _choice(number: int) -> random.Random:
    return random.Random(SEED + number)  # noqa: S311 - repeatable, not secret


def _country(choice: random.Random) -> Country:
    return choice.choices(COUNTRIES, [country.share for country in COUNTRIES])[0]


@cache
def template(name: str) -> Template:
    return Template((Path(__file__).with_name("templates") / f"{name}.template").read_text(encoding="utf-8"))
