"""What somebody changes in the portal of the base configuration, and what its firm's file says of it."""

from datetime import UTC, datetime
from pathlib import Path

from tests.cli.conftest import AT, DATABASE, Cli

from portalsync.commits import Commit, Committed, Conditional
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.server.in_process import open_embedded
from portalsync.wire import Origin

FIRM = Path("portal-config/firms/oak.yaml")
HOURS = "announcements.items.hours.title"
NOTICE = """  announcements:
    items:
      - {id: hours, title: {en: Hours}, body: {en: Nine to five.}}
"""


def say(options: str) -> None:
    """What the firm's file says of its options from now on."""
    above, _, _ = FIRM.read_text().partition("options:\n")
    FIRM.write_text(f"{above}options:\n{options}")


def apply_what_the_files_say(cli: Cli) -> None:
    assert cli("apply", "--yes", AT).code == 0


def by_hand(path: str, actor: str = "Dana Reyes", **values: JSON) -> None:
    edited_by_hand(Edit(path, **values), actor=actor)


def edited_by_hand(*edits: Edit, actor: str = "Dana Reyes") -> None:
    portal = open_embedded(DATABASE, clock=lambda: datetime(2026, 11, 12, 8, 30, tzinfo=UTC))
    generation = portal.state("oak").generation
    commit = Commit(Origin.PORTAL, actor, "", {}, edits, ())
    (answer,) = portal.commit([Conditional("oak", generation, f"by-hand-{generation}", commit)])
    portal.close()
    assert isinstance(answer, Committed), answer


def chat_off() -> None:
    by_hand("chat.clients_can_start", before=True, after=False)


def title_changed() -> None:
    by_hand(HOURS, before={"en": "Hours"}, after={"en": "Opening hours"})
