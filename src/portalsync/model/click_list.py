"""What a person clicks on a portal without an API, and what became of each step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from portalsync.lexicon import Text
from portalsync.model.annotations import VERSION_DOC, Digest, Doc, Instant, NotEmpty, Omitted, OneLine
from portalsync.model.edit import Edit

LONGEST_NAME = 100
LONGEST_NOTE = 300

_ACTIONS = (
    "set: it gets the values. clear: it is left empty. add: an entry of a list is made, with its values. "
    "remove: the entry goes. keep: nothing is clicked, only the files call an entry otherwise."
)
_OUTCOMES = (
    "done: the portal has it now. could_not: it was tried, and the portal is as it was. later: nobody has "
    "tried yet."
)


class Action(StrEnum):
    SET = "set"
    CLEAR = "clear"
    ADD = "add"
    REMOVE = "remove"
    KEEP = "keep"


class StepOutcome(StrEnum):
    DONE = "done"
    COULD_NOT = "could_not"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A page of the vendor's settings."""

    id: Annotated[str, Doc("What steps call it.")]
    way: Annotated[tuple[Text, ...], Doc("What is opened one after the other to get there.")]
    is_assumed: Annotated[
        bool,
        Doc("Whether no help page of the vendor says so: it may be called otherwise, or stand elsewhere."),
    ]


@dataclass(frozen=True, slots=True)
class StepValue:
    """One value of a step: of a setting all of it, of a text in several languages each of them."""

    name: Annotated[Text, Doc("Which value, where a step has several; else empty.")]
    before: Annotated[Text, Doc("What the portal has before, shortened.")]
    after: Annotated[Text, Doc("What it is to have afterwards, shortened.")]
    copied: Annotated[
        str, Omitted(), Doc("The text to be copied into the field, whole; missing if none is.")
    ] = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done without leaving a page: one setting, or one entry of a list that comes or goes."""

    id: Annotated[
        str, Doc("The firm and the settings path: the same in every list that is made of the plan.")
    ]
    firm: Annotated[str, Doc("The firm's id.")]
    page: Annotated[str, Doc("The id of the settings page on which it is done.")]
    setting: Annotated[Text, Doc("What the page calls it.")]
    is_assumed: Annotated[bool, Doc("Whether that name is assumed: no help page was read that has it.")]
    action: Annotated[Action, Doc(_ACTIONS)]
    values: Annotated[tuple[StepValue, ...], Doc("What it is set to; empty where an entry goes.")]
    source: Annotated[str, Doc("Why: the line that says so, `file:line:column`; empty if none does.")]
    check: Annotated[Text, Doc("How to see that it is done.")]
    edits: Annotated[
        tuple[Edit, ...], Doc("What is so once it is done: those of the plan, each in one step.")
    ]
    notes: Annotated[tuple[Text, ...], Omitted(), Doc("What whoever does it has to know.")] = ()
    is_recorded: Annotated[bool, Omitted(), Doc("Whether it is done already, as it is recorded.")] = False


@dataclass(frozen=True, slots=True)
class ListedFirm:
    """A firm of which something is clicked."""

    id: Annotated[str, Doc("The firm's id.")]
    name: Annotated[str, Doc("The firm's name.")]


@dataclass(frozen=True, kw_only=True)
class ClickList:
    """A plan as what people click: firm by firm, settings page by settings page, so that nobody opens a page
    of a firm twice.
    """

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    plan: Annotated[Digest, Doc("The digest of the plan.")]
    environment: Annotated[str, Doc("The environment that the plan was made for.")]
    portal: Annotated[str, Doc("The identity of the portal.")]
    at: Annotated[str, Doc("The instant that the plan was made for (ISO 8601, UTC).")]
    vendor: Annotated[str, Doc("Whose portal it is; empty where nobody said, and pages are named by ours.")]
    firms: tuple[ListedFirm, ...]
    pages: tuple[SettingsPage, ...]
    steps: tuple[Step, ...]
    stopped: Annotated[
        tuple[str, ...],
        Omitted(),
        Doc("Firms of which nothing is clicked because something is wrong with them, by id."),
    ] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.steps}


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of one step."""

    step: Annotated[str, NotEmpty(), Doc("The step's id.")]
    outcome: Annotated[StepOutcome, Doc(_OUTCOMES)]
    by: Annotated[str, NotEmpty(), OneLine(LONGEST_NAME), Doc("Who says so.")]
    at: Annotated[str, Instant(), Doc("Since when: an instant (ISO 8601).")]
    note: Annotated[str, OneLine(LONGEST_NOTE), Omitted(), Doc("What is to be said of it.")] = ""


@dataclass(frozen=True, kw_only=True)
class RunbookResult:
    """What a runbook saves: which steps of a click list are done, by whom and when. A step that it does not
    name is one for later.
    """

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    plan: Annotated[Digest, Doc("The digest of the plan that the click list was made of.")]
    steps: tuple[StepResult, ...]
