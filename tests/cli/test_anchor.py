"""An anchor that is kept elsewhere: it tells what was done to a trail whose seals were all made anew."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import AT, DATABASE, Cli
from tests.cli.test_only_reading import traces

from portalsync.backend.http_reader import HttpReader
from portalsync.backend.protocol import Seed
from portalsync.living.audit import Anchor, verified_over_contract
from portalsync.model.canonical import canonical
from portalsync.model.trail import seal_of
from portalsync.model.verification import Broken, Flaw
from portalsync.server.in_process import read_embedded

FIRM = Path("portal-config/firms/oak.yaml")


@pytest.fixture
def lived(world: Path, cli: Cli) -> Path:
    """Three generations, and the trail of then in a file."""
    assert cli("apply", "plan.json").code == 0
    FIRM.write_text(FIRM.read_text() + "  chat: {clients_can_start: false}\n")
    assert cli("apply", "--yes", AT).code == 0
    assert cli("audit", "export", "--out=kept.jsonl").code == 0
    return world


def resealed(change: str) -> None:
    """Somebody who may write to the database does it well: the trail holds by itself afterwards."""
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.row_factory = sqlite3.Row
        connection.execute(change)
        rows = [dict(row) for row in connection.execute("select * from audit order by seq")]
        connection.execute("delete from audit")
        previous = ""
        for number, row in enumerate(rows, 1):
            plain = {
                **row,
                "seq": number,
                "previous": previous,
                "acknowledged": json.loads(row["acknowledged"]),
            }
            previous = plain["hash"] = seal_of(plain)
            values = {**plain, "acknowledged": row["acknowledged"]}
            names = ", ".join(f":{name}" for name in values)
            connection.execute(f"insert into audit ({', '.join(values)}) values ({names})", values)  # noqa: S608 - names of columns
        connection.execute("update firms set audit = ?", (previous,))


def flaws(cli: Cli, *arguments: str) -> list[tuple[int, str]]:
    done = cli("audit", "verify", *arguments, "--format=json")
    found = json.loads(done.out)["broken"]
    assert done.code == (1 if found else 0), done.err
    return [(each["generation"], each["flaw"]) for each in found]


def test_what_is_exported_is_what_the_portal_has(lived: Path, cli: Cli) -> None:
    """Each row on a line, sealed; only the last of each firm with --heads. It only reads."""
    del lived
    before = traces(Path("portal-config"))
    rows = [json.loads(line) for line in cli("audit", "export").out.splitlines()]
    assert [row["seq"] for row in rows] == [1, 2, 3]
    assert all(row["hash"] == seal_of(row) for row in rows)
    assert Path("kept.jsonl").read_text() == cli("audit", "export", "--firm=oak").out
    assert [json.loads(line) for line in cli("audit", "export", "--heads").out.splitlines()] == rows[-1:]
    assert traces(Path("portal-config")) == before
    assert cli("audit", "export", "--firm=oka").code == 64


def test_a_trail_that_goes_on_holds(lived: Path, cli: Cli) -> None:
    del lived
    assert cli("rollback", "oak", "--to=2", "--yes", AT).code == 0
    done = cli("audit", "verify", "--anchor=kept.jsonl")
    assert (done.code, "All 3 rows of the anchor stand as they were kept." in done.out) == (0, True)
    alone = " ".join(cli("audit", "verify").out.split())
    assert "who can write to the portal can seal a whole trail anew" in alone


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    ("change", "flaw", "says"),
    [
        ("update audit set actor = 'nobody' where seq = 2", (2, "replaced"), "says something else"),
        (
            "update audit set at = '2026-11-12T00:00:00+00:00' where seq = 1",
            (1, "replaced"),
            "something else",
        ),
    ],
)
def test_an_edit_under_new_seals_is_named(change: str, flaw: tuple[int, str], says: str, cli: Cli) -> None:
    """The portal's own look finds nothing. Seen to be so."""
    resealed(change)
    assert flaws(cli) == []
    assert flaws(cli, "--anchor=kept.jsonl") == [flaw]
    assert says in " ".join(cli("audit", "verify", "--anchor=kept.jsonl").out.split())
    Path("head.jsonl").write_text(Path("kept.jsonl").read_text().splitlines()[-1] + "\n")
    assert flaws(cli, "--anchor=head.jsonl") == [(3, "rewritten")]
    german = " ".join(cli("audit", "verify", "--anchor=kept.jsonl", "--lang=de").out.split())
    assert "sagt etwas anderes als im Anker" in german


def test_what_was_cut_off_with_its_generations_is_named(lived: Path, cli: Cli) -> None:
    """Trail, generations and firm agree that nothing was ever applied."""
    del lived
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.execute("delete from audit where seq = 3")
        connection.execute("delete from generations where generation = 3")
        (head,) = connection.execute("select hash from audit where seq = 2").fetchone()
        kept = ("generation", "audit")
        connection.execute(f"update firms set {' = ?, '.join(kept)} = ?", (2, head))  # noqa: S608 - names of columns
    assert (3, "truncated") in flaws(cli, "--anchor=kept.jsonl")


def test_a_firm_that_is_gone_is_named(lived: Path, cli: Cli) -> None:
    del lived
    row = json.loads(Path("kept.jsonl").read_text().splitlines()[0])
    other = {**row, "firm": "elm"}
    Path("elm.jsonl").write_bytes(canonical({**other, "hash": seal_of(other)}))
    assert flaws(cli, "--anchor=elm.jsonl", "--anchor=kept.jsonl") == [(0, "gone")]


def git(*arguments: str) -> None:
    name = ("-c", "user.name=Robin", "-c", "user.email=robin@oak.example")
    subprocess.run(["git", *name, *arguments], check=True, capture_output=True)


def test_a_note_of_git_is_an_anchor(lived: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the commit that it was kept at, and found from the commits after it."""
    del lived
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Robin")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "robin@oak.example")
    assert "The note could not be kept or found" in cli("audit", "export", "--note").err
    git("init", "-q")
    git("add", "portal-config/firms")
    git("commit", "-qm", "first")
    assert "No commit here has a note" in cli("audit", "verify", "--note").err
    assert cli("audit", "export", "--note").code == 0
    git("commit", "-q", "--allow-empty", "-m", "second")
    assert flaws(cli, "--note") == []
    resealed("update audit set actor = 'nobody' where seq = 3")
    assert flaws(cli, "--note") == [(3, "replaced")]
    assert cli("audit", "export", "--note", "--out=x.jsonl").code == 64


@pytest.mark.parametrize("line", ["", "7", "{}", "[1]", "{", '{"firm":"oak"}', "SEALED"])
def test_what_is_no_anchor_is_named_by_its_line(line: str, lived: Path, cli: Cli) -> None:
    del lived
    first, *_ = Path("kept.jsonl").read_text().splitlines()
    changed = first.replace('"actor":"', '"actor":"no ') if line == "SEALED" else line
    Path("bad.jsonl").write_text(f"{first}\n\n{changed}\n" if line else "\n")
    done = cli("audit", "verify", "--anchor=bad.jsonl")
    assert (done.code, f"bad.jsonl:{3 if line else 1}" in done.err) == (3, True), done


@pytest.fixture
def reader(lived: Path) -> Iterator[HttpReader]:
    del lived
    portal = read_embedded(DATABASE, Seed())
    assert isinstance(portal, HttpReader)
    yield portal
    portal.close()


def changed(tell: str) -> None:
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.execute(tell)


@pytest.mark.parametrize(
    ("tell", "flaw"),
    [
        ("update audit set actor = 'nobody' where seq = 2", Broken("oak", 2, Flaw.CHANGED)),
        ("delete from audit where seq = 2", Broken("oak", 2, Flaw.MISSING)),
        ("delete from audit where seq = 3", Broken("oak", 0, Flaw.END)),
        ("update firms set audit = 'sha256:0'", Broken("oak", 3, Flaw.HEAD)),
        ("update generations set writes = '[]' where generation = 2", Broken("oak", 2, Flaw.WRITES)),
    ],
)
def test_any_portal_is_verified_by_its_answers(tell: str, flaw: Broken, reader: HttpReader) -> None:
    """Only by what the contract has, and only read."""
    assert verified_over_contract(reader, "local", Anchor()).broken == ()
    reader.close()
    changed(tell)
    portal = read_embedded(DATABASE, Seed())
    assert flaw in verified_over_contract(portal, "local", Anchor()).broken
    portal.close()
