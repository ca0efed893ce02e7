"""With a cache, without, and with a damaged one: the same bytes: law 16."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random

import pytest
from tests.base_firms import network_of
from tests.cli.conftest import Result, call

from portalsync.cache import Cache
from portalsync.model.json_value import JSONObject
from portalsync.pipeline.firm_files import FirmFiles, Pictures, files_json

CONFIG, CACHE, OTHER = Path("portal-config"), Path("cache"), Path("other")
FIRMS = ("ash", "elm", "oak", "yew")
INSTANTS = ("2026-11-30T22:59", "2026-11-30T23:00", "2026-12-09T22:59", "2026-12-09T23:00", "2027-03-01")
"""Before and after an announcement begins, and before and after it ends, on clocks in Berlin."""

COMMANDS = (
    ("validate",),
    ("validate", "--format=json"),
    ("validate", "--format=json", "--firm=oak"),
    ("validate", "--format=json", "--group=north"),
    ("plan", "--out=plan.json"),
    ("plan", "--format=json", "--summary"),
)
NEWS = """
  announcements:
    items:
      - {id: holidays, title: {en: Closed}, body: {en: We are away.}, starts: 2026-12-01, ends: 2026-12-09}
"""
EXPECTED = "        see: [prepayments.link]\n"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four firms: one with news, one without facts, one under an earlier id."""
    network_of(tmp_path / CONFIG, [firm for firm in FIRMS if firm != "oak"])
    monkeypatch.chdir(tmp_path)
    (CONFIG / "facts" / "yew.yaml").unlink()
    path = CONFIG / "firms" / "ash.yaml"
    path.write_text(path.read_text().rstrip("\n") + NEWS)
    path = CONFIG / "firms" / "elm.yaml"
    path.write_text(path.read_text().replace("id: elm\n", "id: elm\npreviously: alder\n"))
    return tmp_path


Change = Callable[[Random], None]


def _replace(file: str, *words: str) -> Change:
    """The first of these words that is in a file by the next one, the last by the first."""

    def change(_chance: Random) -> None:
        path = CONFIG / file
        text = path.read_text() if path.exists() else ""
        for at in [index for index, each in enumerate(words) if each and each in text][:1]:
            path.write_text(text.replace(words[at], words[(at + 1) % len(words)]))

    return change


def _of_a_firm(kind: str, *words: str) -> Change:
    return lambda chance: _replace(f"{kind}/{chance.choice(FIRMS[:3])}.yaml", *words)(chance)


def _picture(chance: Random) -> None:
    """Another one under the same name, or none."""
    path = CONFIG / "assets" / "oak.svg"
    path.unlink(missing_ok=True)
    if chance.randrange(4):
        path.write_text(f"<svg xmlns='http://www.w3.org/2000/svg' width='{chance.randrange(3)}'/>")


def _facts(_chance: Random) -> None:
    """A firm's copy goes, or comes back."""
    path, aside = CONFIG / "facts" / "oak.yaml", Path("aside.yaml")
    (path if path.exists() else aside).rename(aside if path.exists() else path)


CHANGES = (
    _of_a_firm("firms", "card", "bank_debit"),
    _of_a_firm("firms", "groups: [north]", "groups: [south]", "groups: []"),
    _of_a_firm("firms", "Partners", "Sons"),
    _of_a_firm("firms", "  prepayments:", "  nothing_known:"),
    _of_a_firm("facts", "connected: true", "connected: false"),
    _of_a_firm("facts", "tags: [individual]", "tags: [business]", "tags: []"),
    _replace("firms/ash.yaml", "2026-12-09}", "2026-12-09, audience: {any: [business]}}"),
    _replace("firms/ash.yaml", "starts: 2026-12-01", "starts: 2026-12-20"),
    _replace("firms/elm.yaml", "previously: alder\n", "previously: oak\n", ""),
    _replace("firms/ash.yaml", "id: ash\n", "id: ash\npreviously: alder\n"),
    _replace("groups/north.yaml", "button: true", "button: false"),
    _replace("defaults.yaml", "Europe/Berlin", "America/New_York"),
    _replace("personas/ada.yaml", EXPECTED, EXPECTED.replace("see", "not_see"), ""),
    _replace("personas/ada.yaml", "tags: [individual]", "tags: [business]"),
    _picture,
    _facts,
)


def _flip(path: Path, chance: Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 20)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _cut(path: Path, chance: Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def _swap(path: Path, chance: Random) -> None:
    """What is kept of one firm, under another's key."""
    lines = path.read_bytes().split(b"\n")
    one, two = (chance.randrange(1, len(lines) - 1) for _ in range(2))
    if one != two:
        lines[one], lines[two] = lines[one][:64] + lines[two][64:], lines[two][:64] + lines[one][64:]
    path.write_bytes(b"\n".join(lines))


def _of_others(path: Path, chance: Random) -> None:
    """What is kept for other files, under this name."""
    shutil.copy(chance.choice([*path.parent.iterdir()]), path.with_name("other"))
    path.with_name("other").replace(path)


DAMAGE = (_flip, _cut, _swap, _of_others)


def outcome(command: tuple[str, ...], at: str, *how: str) -> tuple[Result, bytes]:
    """What is printed, and the plan."""
    Path("plan.json").unlink(missing_ok=True)
    done = call(*command, f"--at={at}", *how)
    plan = Path("plan.json")
    return done, plan.read_bytes() if plan.exists() else b""


def check(at: str, *of: object, commands: Sequence[tuple[str, ...]] = COMMANDS) -> int:
    """These commands, with the cache as it is and without. How the first one ended."""
    codes = []
    for command in commands:
        expected = outcome(command, at, "--no-cache")
        assert outcome(command, at, f"--cache-dir={CACHE}") == expected, (command, at, *of)
        codes.append(expected[0].code)
    return codes[0]


def steps() -> Iterator[tuple[int, Random]]:
    return ((number, Random(number)) for number in range(32))  # noqa: S311 - repeatable, not secret


def test_whatever_was_kept_before(world: Path) -> None:
    """One cache over many changes, at instants forth and back. Seen to fail without the interval in which
    results hold; with a key without the facts, without what firms share, or without the picture.
    """
    del world
    right, codes = shutil.copytree(CONFIG, "right"), set()
    for number, chance in steps():
        CHANGES[number % len(CHANGES)](chance)
        commands = COMMANDS if number % 6 == 0 else (COMMANDS[1], COMMANDS[4])
        codes.add(code := check(chance.choice(INSTANTS), number, commands=commands))
        if code:
            shutil.rmtree(CONFIG)
            shutil.copytree(right, CONFIG)
    assert codes == {0, 3}


@pytest.mark.parametrize("change", CHANGES)
def test_after_each_change(world: Path, change: Change) -> None:
    del world
    check(INSTANTS[1], commands=COMMANDS[1:2])
    for number, chance in [*steps()][:3]:
        change(chance)
        check(INSTANTS[1], number, commands=COMMANDS[1:2])


@pytest.mark.parametrize("damage", DAMAGE)
def test_whatever_became_of_it(world: Path, damage: Callable[[Path, Random], None]) -> None:
    """Seen to fail where a shelf was believed without its digest, or under the name of another."""
    del world
    for number, chance in [*steps()][:8]:
        _replace("personas/ada.yaml", EXPECTED, EXPECTED.replace("see", "not_see"))(chance)  # two shelves
        check(INSTANTS[number % 4], number, commands=COMMANDS[1:2])
        for path in [*CACHE.glob("*.shelf")]:
            damage(path, chance)
        check(INSTANTS[number % 4], number, commands=(COMMANDS[1], COMMANDS[4]))


def test_runs_beside_each_other_may_share_one(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One has read it when the other writes, and writes it then."""
    del world
    save, numbers = Cache.shelf, count()

    def beside(self: Cache, name: str) -> object:
        shelf = save(self, name)
        if self.folder is not None and not next(numbers) % 3:
            assert call("validate", f"--at={INSTANTS[4]}", f"--cache-dir={CACHE}").code in {0, 3}
        return shelf

    monkeypatch.setattr(Cache, "shelf", beside)
    for _, chance in [*steps()][:6]:
        chance.choice(CHANGES)(chance)
        check(chance.choice(INSTANTS))


def test_nothing_is_computed_that_is_known(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the other laws say nothing. Only the firm whose file changed is looked at again."""
    del world
    check(INSTANTS[0])
    asked: list[str] = []

    def counted(files: FirmFiles, pictures: Pictures) -> JSONObject:
        asked.append(files.id)
        return files_json(files, pictures)

    monkeypatch.setattr("portalsync.pipeline.survey.files_json", counted)
    call("validate", f"--at={INSTANTS[0]}", f"--cache-dir={CACHE}")
    assert asked == []
    _replace("firms/oak.yaml", "Partners", "Sons")(Random(1))  # noqa: S311 - repeatable, not secret
    call("validate", f"--at={INSTANTS[0]}", f"--cache-dir={CACHE}")
    assert asked == ["oak"]
