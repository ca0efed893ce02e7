"""Which files a configuration consists of."""

import errno
import os
import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.unit.config.german import only_english, untranslated

from portalsync.config.discover import discover
from portalsync.config.file import leaves
from portalsync.diagnostics import Severity
from portalsync.errors import InvalidConfig, UnreadableInput


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "portalsync.yaml").write_text("a: b\n")
    (tmp_path / "firms").mkdir()
    return tmp_path


def test_reads_what_belongs_there(config: Path) -> None:
    """Files by their folders, sorted; hidden ones and other folders are none of ours."""
    for name in ("firms/oak.yaml", "firms/elm-2.yaml", "firms/.oak.yaml.swp", "defaults.yaml"):
        (config / name).write_text("a: b\n")
    for name in ("notes", ".git", ".portalsync"):
        (config / name).mkdir()
        (config / name / "x.yaml").write_text("\tnot yaml")
    (config / "README.md").write_text("Hello\n")
    found = discover(config)
    assert [(file.name, file.kind, file.stem) for file in found.files] == [
        ("portalsync.yaml", "network", "portalsync"),
        ("defaults.yaml", "defaults", "defaults"),
        ("firms/elm-2.yaml", "firm", "elm-2"),
        ("firms/oak.yaml", "firm", "oak"),
    ]


def test_links_inside_are_followed(config: Path) -> None:
    """A link that stays inside the folder is read like a file, also where the folder itself is a link."""
    (config / "oak.txt").write_text("a: b\n")
    (config / "firms" / "oak.yaml").symlink_to(config / "oak.txt")
    (config.parent / "link").unlink(missing_ok=True)
    (config.parent / "link").symlink_to(config)
    assert len(discover(config.parent / "link").files) == 2


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("Oak Partners.yml", "Rename it to oak-partners.yaml, or"),
        ("oak_1.yaml", "Rename it to oak-1.yaml, or"),
        ("oak-.yaml", "Rename it to oak.yaml, or"),
        ("öl.yaml", "Rename it to oel.yaml, or"),
        ("über-kanzlei.yaml", "Rename it to ueber-kanzlei.yaml, or"),
        ("u\u0308ber-kanzlei.yaml", "Rename it to ueber-kanzlei.yaml, or"),
        ("--.yaml", "Rename it, or"),
        ("OAK.YAML", "Rename it to oak.yaml, or"),
        ("oak.yaml ", "Rename it, or"),
        ("oak.ymal", "Rename it, or"),
        ("oak.json", "Rename it, or"),
        ("oak", "Rename it, or"),
    ],
)
def test_names(config: Path, name: str, new: str) -> None:
    """A name that cannot be an id is refused, with one that can."""
    (config / "firms" / name).write_text("a: b\n")
    with pytest.raises(InvalidConfig) as refused:
        discover(config)
    (found,) = refused.value.diagnostics
    assert found.code == "file-name"
    assert str(found.hint).startswith(new)


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("defaults.yml", "Rename it to defaults.yaml, or"),
        ("Defaults.yaml", "Rename it to defaults.yaml, or"),
        ("portalsync.YML", "Rename it, or"),
        ("defaults", "Rename it, or"),
    ],
)
@pytest.mark.parametrize("is_beside", [True, False])
def test_a_file_of_the_network_has_its_very_name(
    config: Path, name: str, new: str, *, is_beside: bool
) -> None:
    """Seen to be passed over without a word: what the defaults say, every firm let go. No name that another
    file has is told as the better one.
    """
    (config / name).write_text("a: b\n")
    if is_beside:
        (config / "defaults.yaml").write_text("a: b\n")
    with pytest.raises(InvalidConfig) as refused:
        discover(config)
    (found,) = refused.value.diagnostics
    assert (found.code, found.position.file) == ("file-name", name)
    assert str(found.hint).startswith("Rename it, or" if is_beside else new)


@pytest.mark.parametrize("name", ["defaults.yaml~", "defaults.md", "notes.yml", "README"])
def test_what_else_lies_beside_them_is_nobodys_business(config: Path, name: str) -> None:
    (config / name).write_text("")
    (config / "portalsync").mkdir()
    assert discover(config).warnings == ()


@pytest.mark.parametrize("folder", ["firms", "groups", "personas", "facts", "assets"])
@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "oak.yaml~",
        "oak.yaml.orig",
        "oak.yaml.bak",
        "#oak.yaml#",
        "oak.yaml.swp",
        "oak.svg~",
        "Thumbs.db",
    ],
)
def test_a_note_or_an_editors_copy_is_not_read_and_stops_nothing(
    config: Path, folder: str, name: str
) -> None:
    """Seen to stop every command. Not opened either: a link to nowhere is passed over alike."""
    (config / folder).mkdir(exist_ok=True)
    (config / "firms" / "oak.yaml").write_text("a: b\n")
    (config / folder / name).symlink_to("/nowhere")
    found = discover(config)
    assert [file.name for file in found.files] == ["portalsync.yaml", "firms/oak.yaml"]
    (warning,) = found.warnings
    assert (warning.code, warning.severity) == ("file-ignored", Severity.WARNING)
    assert warning.position.file == f"{folder}/{name}"
    assert untranslated([warning.message, warning.hint]) == []


@pytest.mark.parametrize("name", [".DS_Store", ".oak.yaml.swp", ".#oak.yaml"])
def test_what_is_hidden_is_passed_over_without_a_word(config: Path, name: str) -> None:
    (config / "firms" / name).write_text("")
    assert discover(config).warnings == ()


@pytest.mark.parametrize("name", ["archive", "archive.old"])
def test_a_folder_among_the_files_is_refused(config: Path, name: str) -> None:
    """The firms in it would be let go without a word."""
    (config / "firms" / name).mkdir()
    with pytest.raises(InvalidConfig, match="1 error"):
        discover(config)


@pytest.mark.parametrize(
    ("name", "content", "good"),
    [
        ("oak.png", b"\x89PNG\r\n\x1a\nrest", True),
        ("oak.svg", b"<?xml version='1.0'?>\n<svg/>", True),
        ("oak.png", b"<svg/>", False),
        ("oak.svg", b"\x89PNG\r\n\x1a\n", False),
        ("oak.svg", b"<html>", False),
        ("oak.png", b"", False),
    ],
)
def test_pictures(config: Path, name: str, content: bytes, good: bool) -> None:  # noqa: FBT001 - a parameter
    """A picture is what its name says, or it is refused."""
    (config / "assets").mkdir()
    (config / "assets" / name).write_bytes(content)
    if good:
        assert [asset.name for asset in discover(config).assets] == [f"assets/{name}"]
    else:
        with pytest.raises(InvalidConfig):
            discover(config)


def test_all_faults_at_once(config: Path) -> None:
    """Nothing is half read: all that is wrong is told together, sorted."""
    (config / "firms" / "B.yaml").write_text("")
    os.mkfifo(config / "firms" / "a.yaml")
    (config / "groups").write_text("")
    with pytest.raises(InvalidConfig) as refused:
        discover(config)
    codes = [finding.code for finding in refused.value.diagnostics]
    assert codes == ["file-name", "not-a-file", "not-a-folder"]


def test_faults_are_told_in_german_too(config: Path) -> None:
    (config / "assets").mkdir()
    (config / "assets" / "oak.png").write_bytes(b"<svg/>")
    (config / "assets" / "oak.jpg").write_bytes(b"")
    (config / "firms" / "Oak.yaml").write_text("")
    (config / "firms" / "?.yaml").write_text("")
    (config / "firms" / "out.yaml").symlink_to("/etc/hostname")
    (config / "firms" / "large.yaml").write_bytes(b"#" * 2_000_000)
    (config / "firms" / "folder.yaml").mkdir()
    (config / "groups").write_text("")
    with pytest.raises(InvalidConfig) as refused:
        discover(config)
    found = refused.value.diagnostics
    assert len(found) == 8
    assert only_english(found) == []


def test_a_folder_that_is_none_is_told_in_german_too(config: Path) -> None:
    (config / "portalsync.yaml").rename(config / "other.yaml")
    (config / "loop").symlink_to("loop")
    for folder, says in {
        config / "missing": f"There is no folder {config}/missing.",
        config / "loop": f"The folder {config}/loop cannot be read: a link there leads nowhere.",
        config / "other.yaml": f"{config}/other.yaml is a file, not a folder.",
        config: f"The folder {config} holds no portalsync.yaml.",
    }.items():
        with pytest.raises(UnreadableInput) as refused:
            discover(folder)
        assert str(refused.value) == says
        assert untranslated([refused.value.diagnostic.message, refused.value.diagnostic.hint]) == []


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen to end as a bug, where names that are almost right are looked for."""
    (tmp_path / "portalsync.yaml").touch()

    def refuse(_folder: Path) -> Iterator[Path]:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(UnreadableInput, match=f"{tmp_path}.*the disk has a fault"):
        discover(tmp_path)


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (lambda path: path.write_text("a: c\n"), "file-changed"),
        (lambda path: path.write_bytes(b"#" * 2_000_000), "file-size"),
        (lambda _: None, "not-a-file"),
        (lambda path: path.symlink_to("/etc/hostname"), "file-outside"),
        (os.mkfifo, "not-a-file"),
    ],
)
def test_what_is_read_again_must_be_what_was_found(
    config: Path, happens: Callable[[Path], object], code: str
) -> None:
    """So that a run is about one state of the files. Seen to fail without the comparison of digests."""
    path = config / "firms" / "oak.yaml"
    path.write_text("a: b\n")
    (file,) = (each for each in discover(config).files if each.kind == "firm")
    assert file.read() == b"a: b\n"
    path.unlink()
    happens(path)
    with pytest.raises(InvalidConfig) as refused:
        file.read()
    (finding,) = refused.value.diagnostics
    assert (finding.code, finding.position.file) == (code, "firms/oak.yaml")
    assert untranslated([finding.message, finding.hint]) == []


def test_a_file_of_many_pieces_is_read_whole(config: Path) -> None:
    content = b"".join(b"k%d: %d\n" % (number, number) for number in range(60_000))
    (config / "firms" / "oak.yaml").write_bytes(content)
    (file,) = (each for each in discover(config).files if each.kind == "firm")
    assert file.sha256 == sha256(content).digest()
    assert file.read() == content


def test_what_is_held_of_a_file_is_small(config: Path) -> None:
    """Whatever the files hold. Seen to fail when their content was."""
    for number in range(50):
        (config / "firms" / f"oak-{number}.yaml").write_bytes(b"#" * 500_000)
    tracemalloc.start()
    try:
        found = discover(config)
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found.files) == 51
    assert held < 100_000
    assert most < 3_000_000


def test_the_content_of_a_file_may_lie_in_the_root_of_the_system(tmp_path: Path) -> None:
    """Where `/` itself is the folder, everything lies inside."""
    assert leaves("", tmp_path.name) is False
    assert leaves(str(tmp_path), "../elsewhere") is True
