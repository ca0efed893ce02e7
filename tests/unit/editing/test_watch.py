"""Told of each save, however it is made."""

import shutil
from pathlib import Path
from threading import Condition, Event

from portalsync.editing.watch import watching

LONGEST = 300
"""Seconds until a test that waits in vain fails."""


class Calls:
    """Counts calls, and waits for them."""

    def __init__(self) -> None:
        self._changed, self.number = Condition(), 0

    def __call__(self) -> None:
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def wait_for(self, number: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.number >= number, LONGEST)


def test_it_tells_of_saves_replaced_files_and_a_folder_that_comes_back(tmp_path: Path) -> None:
    """At once, and of what was saved before anybody watched."""
    folder, saves = tmp_path / "config", Calls()
    (folder / "firms").mkdir(parents=True)
    file = folder / "firms" / "oak.yaml"
    with watching(folder, saves, lambda: None):
        saves.wait_for(2)
        before = saves.number
        file.write_text("a")
        saves.wait_for(before + 1)
        before = saves.number
        (folder / "new").write_text("b")
        (folder / "new").replace(file)
        saves.wait_for(before + 1)
        before = saves.number
        shutil.move(folder, tmp_path / "gone")
        saves.wait_for(before + 1)
        before = saves.number
        shutil.move(tmp_path / "gone", folder)
        saves.wait_for(before + 1)


def test_what_takes_long_holds_up_no_save(tmp_path: Path) -> None:
    """Seen to fail where both were done in one thread."""
    saves, begun, may_end = Calls(), Calls(), Event()

    def long() -> None:
        begun()
        assert may_end.wait(LONGEST)

    try:
        with watching(tmp_path, saves, long):
            begun.wait_for(1)
            saves.wait_for(2)
            before = saves.number
            (tmp_path / "one").write_text("a")
            saves.wait_for(before + 1)
            may_end.set()
            begun.wait_for(2)  # once more, for what was saved meanwhile
    finally:
        may_end.set()
