"""The programs that others use for such work, from PyPI in an environment of their own: never in ours."""

import json
import shutil
import subprocess
import venv
from pathlib import Path

from benchmarks import ROOT
from benchmarks.timing import Command

FOLDER = ROOT / "build" / "bench" / "peers"
SCHEMA = ROOT / "schemas" / "firm.schema.json"
PACKAGES = ("check-jsonschema==0.39.0", "sourcemeta-jsonschema==17.3.0", "octodns==1.22.0")
CASES = ("check-jsonschema", "sourcemeta-jsonschema", "octodns-doit", "octodns-same")
_RECORDS = 20
_CONFIG = """\
manager:
  max_workers: 2
providers:
  source: {class: octodns.provider.yaml.YamlProvider, directory: ./source, default_ttl: 3600}
  target: {class: octodns.provider.yaml.YamlProvider, directory: ./target, default_ttl: 3600}
zones:
"""


def install() -> None:
    """Pinned, so that ratios of different days are of the same programs."""
    stamp = FOLDER / "installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == str(PACKAGES):
        return
    venv.create(FOLDER, with_pip=True, clear=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
    subprocess.run([FOLDER / "bin" / "python", *install], check=True)
    stamp.write_text(str(PACKAGES), encoding="utf-8")


def check_jsonschema(fleet: Path, rounds: int) -> Command:
    """With its own checks of formats, as it comes."""
    files = sorted(path.name for path in (fleet / "firms").iterdir())
    arguments = [str(FOLDER / "bin" / "check-jsonschema"), "--schemafile", str(SCHEMA), *files]
    return Command("check-jsonschema", arguments, fleet / "firms", rounds)


def sourcemeta(fleet: Path, rounds: int) -> Command:
    """In the mode that tells positions. By its module: `jsonschema` may be the script of another package."""
    module = [str(FOLDER / "bin" / "python"), "-m", "sourcemeta_jsonschema"]
    arguments = [*module, "validate", str(SCHEMA), "firms", "--extension", ".yaml"]
    return Command("sourcemeta-jsonschema", arguments, fleet, rounds)


def octodns(name: str, zones: Path, rounds: int) -> Command:
    """`octodns-doit`: zones that are all new. `octodns-same`: a plan when nothing is to be done."""
    arguments = [str(FOLDER / "bin" / "octodns-sync"), "--config-file", "config.yaml", "--quiet"]
    doit = ["--doit"] if name == "octodns-doit" else []
    emptied = (lambda: None) if name == "octodns-same" else lambda: _empty(zones / "target")
    return Command(name, [*arguments, *doit], zones, rounds, prepare=emptied)


def write_zones(folder: Path, count: int) -> Path:
    """So many zones of twenty records: 106 lines, 1.5 kB, half of a firm's file."""
    stamp = folder / "whole"
    if stamp.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "source").mkdir(parents=True)
    (folder / "target").mkdir()
    zones = [f"firm-{number:06}.example." for number in range(count)]
    for number, zone in enumerate(zones):
        (folder / "source" / f"{zone}yaml").write_text(_zone(number, zone), encoding="utf-8")
    lines = (f"  {json.dumps(zone)}: {{sources: [source], targets: [target]}}\n" for zone in zones)
    (folder / "config.yaml").write_text(_CONFIG + "".join(lines), encoding="utf-8")
    stamp.touch()
    return folder


def _zone(number: int, zone: str) -> str:
    return "---\n" + "".join(f"r{record:02}:\n{_record(number, record, zone)}" for record in range(_RECORDS))


def _record(number: int, record: int, zone: str) -> str:
    host = (number + record) % 250 + 1
    kinds = (
        f"  ttl: 300\n  type: A\n  values:\n  - 192.0.2.{host}\n  - 198.51.100.{host}\n",
        f"  ttl: 600\n  type: CNAME\n  value: www.{zone}\n",
        f"  type: TXT\n  values:\n  - portal {number} record {record}\n  - second value\n",
        f"  ttl: 3600\n  type: MX\n  values:\n  - exchange: mx1.{zone}\n    preference: 10\n",
    )
    return kinds[record % len(kinds)]


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
