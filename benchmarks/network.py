"""A network of firms that is made up, and the same each time: the example's firms under other ids."""

import random
import shutil
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[1] / "portal-config"
SEED = 20_261_201

_ONE = """\
apiVersion: portalsync/v1
kind: Firm
id: {firm}
profile:
  name: {name}
  time_zone: Europe/Berlin
options:
  chat:
    clients_can_start: true
"""


def example(target: Path) -> Path:
    """A copy of the worked example, without a portal."""
    shutil.copytree(EXAMPLE, target, ignore=shutil.ignore_patterns(".portalsync"))
    return target


def one_firm(target: Path) -> Path:
    """A configuration of one small firm: the least that `validate` can be asked for."""
    target.mkdir()
    shutil.copy(EXAMPLE / "portalsync.yaml", target)
    (target / "firms").mkdir()
    (target / "firms" / "one-firm.yaml").write_text(_ONE.format(firm="one-firm", name="One Firm"))
    return target


def many_firms(target: Path, count: int) -> Path:
    """`count` firms, each a firm of the example that a seeded choice picked, renamed."""
    example(target)
    choice = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    originals = sorted(path.stem for path in (target / "firms").iterdir())
    for number in range(count - len(originals)):
        _rename(target, choice.choice(originals), f"firm-{number:05d}")
    return target


def turn_chat_off(target: Path, firm: str) -> None:
    """Change one switch of one firm of the example."""
    path = target / "firms" / f"{firm}.yaml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("\noptions:\n", "\noptions:\n  chat:\n    clients_can_start: false\n")
    if changed == text or "  chat:" in text:
        raise SystemExit(f"{path.name} has changed: choose another firm for the switch.")
    path.write_text(changed, encoding="utf-8")


def _rename(target: Path, original: str, firm: str) -> None:
    for folder, key in (("firms", "id"), ("facts", "firm")):
        text = (target / folder / f"{original}.yaml").read_text(encoding="utf-8")
        renamed = text.replace(f"\n{key}: {original}\n", f"\n{key}: {firm}\n")
        (target / folder / f"{firm}.yaml").write_text(renamed, encoding="utf-8")
