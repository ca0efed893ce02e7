"""What the fleet's firms share: network, defaults, groups, sample clients, logos."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleet.firm import LOGOS, firm_id, has_own_logo, template
from benchmarks.fleet.places import COUNTRIES, EXAMPLE_COUNTRIES
from benchmarks.fleet.words import ACCENTS, PRACTICES

EXAMPLE = Path(__file__).resolve().parents[2] / "portal-config"

_NETWORK = """\
# yaml-language-server: $schema=../schemas/network.schema.json
apiVersion: portalsync/v1
kind: Network
name: Fleet of Made-up Firms
default_environment: local
environments:
  local:
    backend: embedded
    database: .portalsync/portal.db
guardrails:
  changed_percent: 100
  affected_clients: 10000000
  cleared_fields: 10000000
  known_hosts: [{hosts}]
"""

_PROMISES = """\
expect:
  all:
    web:
      home: {see: [profile.contact]}
"""

_OF_A_FIRM = """\
  {firm}:
    mobile:
      home: {{see: [profile.brand, profile.contact]}}
"""

_LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="{name}">
  <rect width="64" height="64" rx="{radius}" fill="{color}"/>
  {strokes}
</svg>
"""


def write_shared(folder: Path, count: int) -> None:
    """Everything besides `firms/` and `facts/`."""
    for name in ("groups", "personas", "assets"):
        (folder / name).mkdir(parents=True)
    write_defaults(folder)
    _write(folder / "portalsync.yaml", _NETWORK.format(hosts=", ".join(_hosts())))
    for name, text in _groups():
        _write(folder / "groups" / f"{name}.yaml", text)
    for number, path in enumerate(sorted((EXAMPLE / "personas").glob("*.yaml"))):
        firm = firm_id(number % count)
        _write(folder / "personas" / path.name, _persona(path.read_text(encoding="utf-8"), firm))
    for name, text in _logos(count):
        _write(folder / "assets" / f"{name}.svg", text)


def write_defaults(folder: Path) -> None:
    shutil.copy(EXAMPLE / "defaults.yaml", folder)


def _hosts() -> Iterator[str]:
    yield "calendly.com"
    for country in COUNTRIES:
        yield from (country.host, country.booking_host)


def _groups() -> Iterator[tuple[str, str]]:
    for name in (*EXAMPLE_COUNTRIES, "small-practices", "payroll-houses"):
        yield name, (EXAMPLE / "groups" / f"{name}.yaml").read_text(encoding="utf-8")
    for country in COUNTRIES:
        if country.id not in EXAMPLE_COUNTRIES:
            place = country.id.title()
            yield (
                country.id,
                template("country.yaml").substitute(id=country.id, time_zone=country.time_zone, place=place),
            )
    for name, (topic_de, topic_en) in PRACTICES.items():
        yield name, template("practice.yaml").substitute(id=name, topic_de=topic_de, topic_en=topic_en)


def _persona(text: str, firm: str) -> str:
    """A sample client of the example with promises that every firm here keeps, and one of a single firm."""
    client, _, _ = text.partition("\nexpect:\n")
    return f"{client}\n{_PROMISES}{_OF_A_FIRM.format(firm=firm)}"


def _logos(count: int) -> Iterator[tuple[str, str]]:
    for country in COUNTRIES:
        for number in range(LOGOS):
            yield f"{country.id}-{number}", _logo(country.id, number)
    for number in range(count):
        if has_own_logo(number):
            yield firm_id(number), _logo(firm_id(number), number)


def _logo(name: str, number: int) -> str:
    """A kilobyte of strokes, as logos have them."""
    strokes = "\n  ".join(
        f'<path d="M{4 + each} {(number * 7 + each * 5) % 60}v{3 + each % 9}h{1 + number % 20}"/>'
        for each in range(0, 54, 3)
    )
    color = ACCENTS[number % len(ACCENTS)]
    return _LOGO.format(name=name, radius=number % 33, color=color, strokes=strokes)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
