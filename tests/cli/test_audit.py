"""What somebody changed past the portal is named by firm and generation, and nothing is written."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import DATABASE, Cli
from tests.cli.test_only_reading import traces

CONFIG = Path("portal-config")


def behind_its_back(*statements: str) -> None:
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.usefixtures("world")
def test_a_portal_that_holds(cli: Cli) -> None:
    assert cli("apply", "plan.json").code == 0
    before = traces(CONFIG)
    done = cli("audit", "verify")
    assert done.code == 0
    assert "The firm holds" in done.out
    assert traces(CONFIG) == before


@pytest.mark.usefixtures("world")
def test_a_portal_without_firms(cli: Cli) -> None:
    """Seen to say that all of its 0 firms hold."""
    tables = ("audit", "generations", "firms")
    behind_its_back(*(f"delete from {table}" for table in tables))  # noqa: S608 - names of tables
    done = cli("audit", "verify")
    assert (done.code, "there is nothing to verify" in done.out) == (0, True), done


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("statement", "generation", "flaw", "says"),
    [
        ("update firms set digest = 'sha256:0'", 2, "digest", "the digest that is kept of it"),
        ("update firms set claims = 0", 2, "claims", "the number of managed settings"),
        ("update firms set audit = ''", 2, "head", "the head of the audit trail"),
        ("update audit set actor = 'nobody' where seq = 1", 1, "changed", "was changed afterwards"),
        ("delete from audit where seq = 1", 1, "missing", "is missing"),
        (
            "update generations set settings = '{}' where generation = 2",
            2,
            "settings",
            "its settings are others",
        ),
        ("update generations set managed = '7' where generation = 2", 0, "damaged", "was never written"),
        ("update firms set generation = 1", 0, "end", "does not end at the live generation"),
    ],
)
def test_what_does_not_hold(statement: str, generation: int, flaw: str, says: str, cli: Cli) -> None:
    """In each format, with one exit code. Seen to fail for each of them without its look."""
    assert cli("apply", "plan.json").code == 0
    behind_its_back(statement)
    text, body = cli("audit", "verify"), cli("audit", "verify", "--format=json")
    assert (text.code, body.code) == (1, 1)
    assert says in " ".join(text.out.split())
    assert "oak" in text.out
    assert generation == 0 or f"generation {generation}: " in text.out
    found = json.loads(body.out)
    assert {"firm": "oak", "generation": generation, "flaw": flaw} in found["broken"]
    assert (found["format_version"], found["firms"]) == (1, 1)


@pytest.mark.usefixtures("world")
def test_a_plan_does_nothing_wrong_with_a_digest_that_is_not_so(cli: Cli) -> None:
    """It looks at the firm, and finds that it has what the files say."""
    assert cli("apply", "plan.json").code == 0
    behind_its_back("update firms set digest = 'sha256:0', audit = 'sha256:0', claims = 0")
    planned = cli("plan", "--detailed-exitcode")
    assert (planned.code, "No changes" in planned.out) == (0, True), planned.out + planned.err


@pytest.mark.usefixtures("world")
def test_in_german(cli: Cli) -> None:
    behind_its_back("update firms set digest = 'sha256:0'")
    done = cli("audit", "verify", "--lang=de")
    assert "Fassung 1: die gespeicherte Prüfsumme" in " ".join(done.out.split())


@pytest.mark.usefixtures("world")
def test_where_there_is_none(cli: Cli) -> None:
    DATABASE.unlink()
    done = cli("audit", "verify")
    assert done.code == 1
    assert f"There is no portal in {DATABASE}" in " ".join(done.err.split())
