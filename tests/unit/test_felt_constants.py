"""Numbers that users feel: how long, how often, how much. Whoever changes one changes it here too, knowingly.

Lengths and numbers of what a file may hold stand in `schemas/`, which are held to the catalogue; what the
contract and the codes of findings say of limits is held in `tests/unit/docs/test_limits.py`.
"""

from importlib import import_module

import httpx2
import pytest

from portalsync.backend import client
from portalsync.backend.retries import Patience
from portalsync.conformance.probe import PATIENCE as PATIENCE_OF_CHECKS
from portalsync.forge import github
from portalsync.views.comment import COMMENT_BUDGET, SUMMARY_BUDGET

KB, MB = 1024, 1024 * 1024


@pytest.mark.parametrize(
    ("constant", "value"),
    [
        ("addresses.LONGEST_HOST", 253),
        ("apply.deadline.GRACE", 120.0),
        ("apply.deadline.USUAL_MINUTES", 60),
        ("backend.exchange.LARGEST_ANSWER", 32 * MB),
        ("backend.client.CONNECTIONS", 8),
        ("cache.LARGEST_SHELF", 64 * MB),
        ("cache.MOST_BYTES", 256 * MB),
        ("catalog.contrast.LEAST_CONTRAST", 4.5),
        ("catalog.files.personas.MOST_PERSONAS", 50),
        ("catalog.kinds.basic.LONGEST_IDENTIFIER", 64),
        ("catalog.kinds.image.LARGEST_IMAGE", 64 * KB),
        ("catalog.options.announcements.MOST_AT_ONCE", 5),
        ("cli.portal._LONGEST_GIT", 10),
        ("cli.progress._LOG_PAUSE", 10.0),
        ("cli.progress._PATIENCE", 1.0),
        ("commits.LONGEST_ACKNOWLEDGEMENT", 300),
        ("commits.LONGEST_KEY", 200),
        ("commits.MOST_ACKNOWLEDGEMENTS", 1000),
        ("commits.MOST_IN_BATCH", 100),
        ("conformance.checks.conditions.AT_ONCE", 4),
        ("conformance.reply.SHOWN", 400),
        ("conformance.put_back.TRIES", 4),
        ("conformance.trial.MOST_PAGES", 1000),
        ("config.yaml.events.MAX_EVENTS", 50_000),
        ("config.yaml.events.MAX_FINDINGS", 100),
        ("config.yaml.events.MAX_SCALAR", 64 * KB),
        ("config.yaml.syntax.MAX_DEPTH", 64),
        ("config.yaml.text.MAX_BYTES", MB),
        ("config.yaml.text._MAX_FINDINGS", 20),
        ("diagnostics.MOST_IN_FILE", 100),
        ("diagnostics.MOST_IN_RUN", 1000),
        ("editing.portal.PATIENCE", 1.0),
        ("editing.watch.TOGETHER", 300),
        ("forge.github.LARGEST_ANSWER", 16 * MB),
        ("forge.github.MOST_PAGES", 100),
        ("forge.github.TRIES", 4),
        ("model.headlines.MOST_HEADLINES", 3),
        ("pipeline.run.MOST_LOOKED_AT", 200),
        ("planning.guardrails._MOST_TOLD", 10),
        ("planning.planfile.LONGEST_LINE", 64 * MB),
        ("portal.variants.MOST_INSTANTS", 40),
        ("preview.build.MOST_TOGETHER", 24),
        ("preview.lint.LONGEST_ON_PHONE", 900),
        ("preview.lint.LONGEST_TITLE", 90),
        ("scaffold.answers.LONGEST_NAME", 80),
        ("server.database.BUSY_SECONDS", 10),
        ("server.serve.GRACE_SECONDS", 5),
        ("views.comment.COMMENT_BUDGET", 60_000),
        ("views.comment.SUMMARY_BUDGET", 900_000),
        ("views.comment._LONGEST_HEAD", 2000),
        ("views.formats.github.SHOWN", 10),
        ("views.report.LONGEST_QUOTE", 300),
        ("views.review.sides._LONG", 280),
        ("views.review.telling._MOST_MOMENTS", 10),
        ("views.review.telling._MOST_OPEN", 1),
        ("views.wording.edits._LONGEST", 160),
        ("views.wording.effects._SHORT", 90),
        ("views.wording.names.SHOWN_FIRMS", 8),
        ("wire.HIGHEST_GENERATION", 2**31 - 1),
        ("wire.LARGEST_BODY", 2 * MB),
        ("wire.LONGEST_LINE", 200),
        ("wire.MOST_IN_PAGE", 500),
        ("wire.USUAL_HISTORY", 100),
    ],
)
def test_it_is_as_it_was(constant: str, value: float) -> None:
    module, _, name = constant.rpartition(".")
    assert getattr(import_module(f"portalsync.{module}"), name) == value


def test_how_often_and_how_long_others_are_waited_for() -> None:
    assert Patience() == Patience(deadline=60.0, shortest_wait=0.5, longest_wait=5.0)
    assert Patience(deadline=30.0) == PATIENCE_OF_CHECKS
    assert httpx2.Timeout(60.0, connect=5.0) == client.TIMEOUT
    assert httpx2.Timeout(30.0, connect=10.0) == github.TIMEOUT


def test_comments_and_summaries_fit_where_they_go() -> None:
    """GitHub takes 65,536 characters of a comment, and a mebibyte of a step's summary."""
    assert COMMENT_BUDGET < 65_536
    assert SUMMARY_BUDGET < MB
