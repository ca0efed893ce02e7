"""The workflows of this repository: those that `init` writes, and one version of each action."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from tests.workflows.steps import BY_HAND, OWN, ROOT, TEMPLATES

RELEASE = "--requirement .github/requirements.txt\n"
CHECKOUT = ".\n"
MEND = "Change templates/init/.github/workflows; then run pytest tests/workflows/test_own.py --update-cases"


def own(template: Path) -> str:
    """A workflow of `init`, with portalsync from the checkout instead of a release."""
    text = template.read_text(encoding="utf-8")
    assert RELEASE in text
    return text.replace(RELEASE, CHECKOUT)


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.yml")), ids=lambda path: path.name)
def test_they_are_those_of_init(template: Path, request: pytest.FixtureRequest) -> None:
    """Seen to fail: a step was changed here and not in the template."""
    here = OWN / template.name
    if request.config.getoption("--update-cases"):
        here.write_text(own(template), encoding="utf-8")
    assert here.read_text(encoding="utf-8") == own(template), MEND


def test_one_version_of_each_action() -> None:
    """Seen to fail: ci.yml stayed two versions behind the other workflows."""
    files = [ROOT / "action.yml", *OWN.glob("*.yml"), *TEMPLATES.glob("*.yml"), *BY_HAND.glob("*.yml")]
    versions: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        for action, version in re.findall(r"uses: ([^@\s]+)@(.+)", file.read_text(encoding="utf-8")):
            versions[action][version].append(str(file.relative_to(ROOT)))
    assert len(versions) > 5
    assert {action: dict(used) for action, used in versions.items() if len(used) > 1} == {}
