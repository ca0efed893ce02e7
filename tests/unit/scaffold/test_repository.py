"""What a new repository holds, for all languages and for names that are hard on YAML."""

import json
import re
import shlex
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from portalsync.catalog.schema import schemas
from portalsync.cli import program
from portalsync.config.discover import discover
from portalsync.config.format import formatted
from portalsync.config.yaml import parse
from portalsync.diagnostics import Diagnostic
from portalsync.pipeline.survey import Question, survey
from portalsync.resources import folder
from portalsync.scaffold.answers import Answers
from portalsync.scaffold.installation import Installation
from portalsync.scaffold.place import place
from portalsync.scaffold.repository import repository
from portalsync.scaffold.site import Site
from portalsync.scaffold.source import Source

TODAY = date(2026, 11, 23)
LANGUAGES = [("de",), ("en",), ("de", "en"), ("en", "de")]
NAMES = [
    "Müller & Söhne",
    "Quote \" and ' and \\",
    "Colon: and #hash",
    "*alias &anchor !tag",
    "{{ firm }} {% raw %}",
    "null",
    "1040",
    "👨‍👩‍👧",
    "!!!",
    "x" * 80,
]


AT_THE_ROOT = Site(Path("/repository"), "", "main")
BELOW = Site(Path("/repository"), "portals/eu west/", "release/2")
LATER = {"portal-config/groups/*.yaml", "portal-config/vendors/*.yaml"}
"""Of what a new repository has no file yet."""
INSTALLED = Installation(Source("portalsync==1.2", from_index=True), {"click": "9"}, {})


def _files(
    name: str = "Müller & Söhne",
    locales: tuple[str, ...] = ("de", "en"),
    site: Site = AT_THE_ROOT,
    *,
    by_hand: bool = False,
) -> dict[str, bytes]:
    return dict(repository(Answers(name, locales, "Europe/Berlin", by_hand), TODAY, site, INSTALLED))


def _findings(files: dict[str, bytes], target: Path) -> list[Diagnostic]:
    place(files, target)
    question = Question(datetime(2036, 1, 1, tzinfo=UTC))
    known = survey(discover(target / "portal-config"), question=question)
    return known.findings(known.firms)


@pytest.mark.parametrize("locales", LANGUAGES, ids="-".join)
def test_it_is_valid_without_a_warning_also_in_ten_years(locales: tuple[str, ...], tmp_path: Path) -> None:
    """Seen to fail when an announcement had an end."""
    assert _findings(_files(locales=locales), tmp_path) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_as_it_was_typed(name: str, tmp_path: Path) -> None:
    """Seen to fail when the name was put between quotes without escaping what is in it."""
    files = _files(name)
    assert _findings(files, tmp_path) == []
    (firm,) = (parse(content, path).data for path, content in files.items() if "/firms/" in path)
    assert isinstance(firm, dict)
    assert isinstance(firm["profile"], dict)
    assert firm["profile"]["name"] == name
    network = parse(files["portal-config/portalsync.yaml"], "portalsync.yaml").data
    assert isinstance(network, dict)
    assert network["name"] == name


def test_ids_are_quoted_only_where_they_have_to_be() -> None:
    """Seen to fail when the firm `Null` had the id null."""
    assert b"\nid: mueller-soehne\n" in _files()["portal-config/firms/mueller-soehne.yaml"]
    assert b'\nid: "null"\n' in _files("Null")["portal-config/firms/null.yaml"]


def test_one_language_leaves_no_trace_of_the_other() -> None:
    german, english = (_configuration((locale,)) for locale in ("de", "en"))
    assert "Mandanten" in german
    assert not re.search(r"\ben: ", german)
    assert "clients" in english
    assert not re.search(r"[äöüß„]|\bde: ", english)


def _configuration(locales: tuple[str, ...]) -> str:
    files = _files("Firm", locales)
    return "".join(content.decode() for path, content in files.items() if path.startswith("portal-config/"))


def test_modelines_lead_to_schemas_of_the_right_kind() -> None:
    files = _files()
    configs = [path for path in files if path.startswith("portal-config/")]
    for path in configs:
        first, *_ = files[path].decode().splitlines()
        target = first.removeprefix("# yaml-language-server: $schema=")
        found = (Path("/") / path).parent.joinpath(target).resolve().relative_to("/").as_posix()
        assert f"kind: {json.loads(files[found])['properties']['kind']['const']}\n" in files[path].decode()


def test_editors_know_each_kind_of_file() -> None:
    files = _files()
    named = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
    assert {path.removeprefix("./") for path in named} == {
        f"schemas/{kind}.schema.json" for kind in schemas()
    }
    for pattern in named.values():
        assert pattern in LATER or any(Path(path).match(pattern) for path in files)


def test_workflows_and_other_files_are_copied_as_they_are() -> None:
    root, files = folder("templates") / "init", _files()
    for path in (path for path in root.rglob("*") if path.is_file() and path.suffix != ".j2"):
        assert files[path.relative_to(root).as_posix()] == path.read_bytes()


def test_no_template_is_left_and_no_name_unfilled() -> None:
    for path, content in _files().items():
        assert "FIRM" not in path
        assert not path.endswith(".j2")
        if not path.startswith(".github/workflows/"):
            assert b"{{" not in content


def test_workflows_install_what_made_the_repository() -> None:
    note, *lines = _files(locales=("en",))[".github/requirements.txt"].decode().split("\nportalsync==")
    assert note.startswith("# What the workflows install")
    assert lines == ["1.2\nclick==9\n"]


def _workflows(site: Site) -> dict[str, dict[Any, Any]]:
    files = _files(site=site)
    names = [name for name in files if name.startswith(".github/workflows/")]
    assert len(names) > 2
    return {name: yaml.safe_load(files[name]) for name in names}


@pytest.mark.parametrize("branch", ["trunk", "release/2", "1.0", "null"])
def test_workflows_apply_what_reaches_the_branch_that_others_merge_into(branch: str) -> None:
    """Seen to fail: with another branch than main nothing was ever applied, and nobody was told."""
    apply = _workflows(replace(AT_THE_ROOT, branch=branch))[".github/workflows/portal-apply.yml"]
    assert apply[True]["push"]["branches"] == [branch]  # YAML takes `on` for true
    conditions = "".join(str(job.get("if")) for job in apply["jobs"].values())
    assert f"github.ref == 'refs/heads/{branch}'" in conditions
    text = _files(site=replace(AT_THE_ROOT, branch=branch))[".github/workflows/portal-apply.yml"].decode()
    assert not re.search(r"\bmain\b", text)


def test_in_a_larger_repository_files_of_the_forge_are_at_its_root_and_the_others_below() -> None:
    """Seen to fail: `.github` was below, where GitHub never looks."""
    files = _files(site=BELOW)
    at_the_root = {name for name in files if not name.startswith(BELOW.within)}
    assert at_the_root == {
        name for name in _files() if name.startswith(".github/") or name == ".pre-commit-config.yaml"
    }
    for workflow in _workflows(BELOW).values():
        assert workflow["env"]["PORTALSYNC_CONFIG"] == "portals/eu west/portal-config"
        named = re.findall(r"\S*portal-config\S*", str(workflow["jobs"]))
        assert {*named} <= {'"newest/${PORTALSYNC_CONFIG:-portal-config}"'}
    assert all("PORTALSYNC_CONFIG" not in each.get("env", {}) for each in _workflows(AT_THE_ROOT).values())
    assert b"pip install -r ../../.github/requirements.txt\n" in files["portals/eu west/README.md"]
    assert b"# /portals/eu west/portal-config/ " in files[".github/CODEOWNERS"]


def test_in_a_larger_repository_each_step_finds_the_configuration_of_the_newest_commit_too() -> None:
    """Seen to fail: where others had merged meanwhile, an apply ended at a folder that is not there."""
    steps = "".join(
        step.get("run", "")
        for workflow in _workflows(BELOW).values()
        for job in workflow["jobs"].values()
        for step in job["steps"]
    )
    assert '"newest/${PORTALSYNC_CONFIG:-portal-config}"' in steps
    assert "portal-config" not in steps.replace("${PORTALSYNC_CONFIG:-portal-config}", "")


def test_in_a_larger_repository_hooks_check_the_configuration_where_it_is() -> None:
    validate, fmt = yaml.safe_load(_files(site=BELOW)[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert shlex.split(validate["entry"])[2:] == ["--config", "portals/eu west/portal-config"]
    for hook in (validate, fmt):
        assert re.search(hook["files"], "portals/eu west/portal-config/firms/oak.yaml")
        assert not re.search(hook["files"], "portal-config/firms/oak.yaml")


def test_the_files_have_the_one_look() -> None:
    for path, content in _files().items():
        if path.startswith("portal-config/"):
            assert formatted(content, path) == content


def test_commands_that_the_files_name_exist() -> None:
    """Of the readmes and hooks."""
    files = _files()
    told = b"\n".join(
        files[path] for path in ("README.md", "README.en.md", ".pre-commit-config.yaml")
    ).decode()
    named = set(re.findall(r"(?:`|entry: |^ *)portalsync ([a-z]+)", told, re.MULTILINE))
    assert named >= {"validate", "plan", "preview", "apply", "serve", "schema"}
    assert named <= set(program.commands)


def test_editors_and_forges_speak_the_firms_first_language() -> None:
    """What they show first: the hover texts of the schemas, and README.md."""
    german, english = _files(), _files(locales=("en",))
    assert b"Eine Kanzlei: ein Portal." in german["schemas/firm.schema.json"]
    assert b"One accounting firm: one portal." in english["schemas/firm.schema.json"]
    assert german["README.md"].startswith(b"# Das Mandantenportal als Textdateien")
    assert english["README.md"].startswith(b"# Client portal as code")


def test_no_note_in_a_file_is_in_another_language_than_the_firms_first() -> None:
    """Seen to fail: .gitignore, CODEOWNERS and the hooks were explained in English, as workflows are."""
    german, english = _files(), _files(locales=("en",))
    noted = re.compile(rb"# ([A-Z].+)")
    for path in {*german} & {*english} - {name for name in german if name.startswith(".github/workflows/")}:
        if not path.endswith(".md"):
            assert {*noted.findall(german[path])} & {*noted.findall(english[path])} == set(), path


@pytest.mark.parametrize("site", [AT_THE_ROOT, BELOW], ids=["at the root", "below"])
def test_the_readme_installs_into_an_environment_that_git_passes_over(site: Site) -> None:
    """Seen to fail: Debian's Python lets pip install nowhere else."""
    files = _files(site=site)
    for name in ("README.md", "README.en.md"):
        make, enter, install = re.findall(
            r"^(python3 -m venv .*|\. .*|pip .*)$", files[f"{site.within}{name}"].decode(), re.MULTILINE
        )
        assert (make, enter) == ("python3 -m venv .venv", ". .venv/bin/activate")
        assert install == f"pip install -r {site.upward}.github/requirements.txt"
    assert "/.venv/" in files[f"{site.within}.gitignore"].decode().splitlines()


@pytest.mark.parametrize("by_hand", [False, True], ids=["by an API", "by hand"])
def test_both_readmes_say_the_same(by_hand: bool) -> None:  # noqa: FBT001 - which repository
    files = _files(by_hand=by_hand)
    german, english = files["README.md"].decode(), files["README.en.md"].decode()
    for pattern in ("^#+ ", "^\\| ", "^```", "^ *[0-9]\\. "):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(
            re.findall(pattern, german, re.MULTILINE)
        )
    assert not re.search(r"\b(du|dein|deine|dir|dich)\b", german, re.IGNORECASE)


def test_by_hand_nothing_applies_and_an_issue_says_what_to_click(tmp_path: Path) -> None:
    """Seen to fail while the workflow was copied beside those that apply."""
    files = _files(by_hand=True)
    workflows = {name for name in files if name.startswith(".github/workflows/")}
    assert workflows == {".github/workflows/portal-check.yml", ".github/workflows/portal-clicks.yml"}
    network = yaml.safe_load(files["portal-config/portalsync.yaml"])
    assert network["environments"]["production"] == {"backend": "manual"}
    assert b"/runbook.json\n" in files[".gitignore"]
    assert _findings(files, tmp_path) == []
    usual = {name: content for name, content in _files().items() if name not in files}
    assert {*usual} == {".github/workflows/portal-apply.yml", ".github/workflows/portal-drift.yml"}
