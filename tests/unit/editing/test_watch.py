"""Told of each save, however it is made."""

import shutil
from pathlib import Path
from threading import Event

from portalsync.editing.watch import watching

LONGEST = 300
"""Seconds until a test that waits in vain fails."""


class Saves:
    """Waits for what the watcher tells."""

    def __init__(self) -> None:
        self._event = Event()

    def __call__(self) -> None:
        self._event.set()

    def wait(self) -> None:
        assert self._event.wait(LONGEST)
        self._event.clear()


def test_it_tells_of_saves_replaced_files_and_a_folder_that_comes_back(tmp_path: Path) -> None:
    folder, saves = tmp_path / "config", Saves()
    (folder / "firms").mkdir(parents=True)
    file = folder / "firms" / "oak.yaml"
    with watching(folder, saves):
        saves.wait()
        saves.wait()  # what was saved before anybody watched
        file.write_text("a")
        saves.wait()
        (folder / "new").write_text("b")
        (folder / "new").replace(file)
        saves.wait()
        shutil.move(folder, tmp_path / "gone")
        saves.wait()
        shutil.move(tmp_path / "gone", folder)
        saves.wait()
