"""What checks write: one switch, and entries that no client sees, as portal and portalsync both know them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portalsync.backend.reading import unlike
from portalsync.catalog import FIELDS, SECTIONS
from portalsync.catalog.kinds.basic import Switch
from portalsync.catalog.option import Field, ListField, walk
from portalsync.catalog.stored import value_fault
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Commit
from portalsync.diagnostics import Severity
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.json_value import JSON
from portalsync.model.settings import options_of
from portalsync.wire import FirmState, Origin, PortalInfo

ACTOR = "portalsync backend check"
PLAN = "sha256:portalsync-backend-check"
NAME: JSON = {"en": "Check \u2013 \u00fc\u20ac\U0001f600", "de": "Pr\u00fcfung\u00a0\u00df"}
"""A text in two languages that a portal may spoil: beyond ASCII, beyond 16 bits, a blank that is none."""


@dataclass(frozen=True, slots=True)
class Entries:
    """A list whose entries nobody sees, and what one consists of; the first field cannot be missing."""

    path: str
    values: Mapping[str, JSON]

    @property
    def limit(self) -> int:
        field = FIELDS[self.path]
        assert isinstance(field, ListField)  # noqa: S101 - the lists below are
        return field.limit

    def entry(self, name: str, state: FirmState) -> tuple[Edit, ...]:
        """The writes that make an entry."""
        after = {f"{self.path}.{name}.{key}": value for key, value in self.values.items()}
        return tuple(Edit.between(path, state.settings, after) for path in after)


LISTS = (
    Entries("work_in_progress.statuses", {"name": NAME, "description": NAME}),
    Entries(
        "announcements.items",
        {"title": NAME, "body": NAME, "starts": "2001-01-01T00:00", "ends": "2001-01-02T00:00"},
    ),
)
"""A status that no stage shows, an announcement that has long been over."""


BREAKING = (
    Edit("organizers.templates.portalsync-check.self_service", after=True),
    Edit("work_in_progress.pipelines.portalsync-check.stages.in.show", after="portalsync-check"),
)
"""A template and a status that are not there."""


def agreed(info: PortalInfo) -> set[str]:
    """Keys of the options that portal and portalsync store alike."""
    return vocabulary().keys() - unlike(info)


def switches(options: Iterable[str]) -> Iterator[str]:
    """Paths of switches that no rule restricts, neither of their own option nor of one that reads them."""
    free = [
        option
        for option in SECTIONS
        if option.key in options and not any(rule.severity is Severity.ERROR for rule in option.rules)
    ]
    read = {field.path for option in SECTIONS for block in option.blocks for field in block.reads.settings}
    for option in free:
        for field in option.all_fields:
            if isinstance(field, Field) and isinstance(field.kind, Switch) and field.path not in read:
                yield field.path


def lists(options: Iterable[str]) -> Iterator[Entries]:
    known = {*options}
    return (each for each in LISTS if options_of([each.path]) <= known)


def breaking(options: Iterable[str]) -> Iterator[Edit]:
    known = {*options}
    return (each for each in BREAKING if options_of([each.path]) <= known)


def rejects(options: Iterable[str]) -> Iterator[tuple[str, JSON]]:
    """Paths with values that their fields do not take, as the catalogue has them."""
    for pattern, field in walk(
        field for option in SECTIONS if option.key in options for field in option.all_fields
    ):
        if isinstance(field, Field):
            path = pattern.replace("*", "portalsync-check")
            yield from ((path, value) for value in field.rejects if value_fault(path, value) is not None)


def flip(path: str, state: FirmState) -> Edit:
    """The switch, the other way round."""
    before = state.settings.get(path, ABSENT)
    return Edit(path, before, before is not True)


def planned(
    info: PortalInfo, state: FirmState, *writes: Edit, managed: Iterable[str] | None = None
) -> Commit:
    """A commit as a plan makes it. Without `managed`, what was managed stays so, and what is written too."""
    claims = sorted({*state.managed, *(write.path for write in writes)} if managed is None else {*managed})
    commit = Commit(Origin.PLAN, ACTOR, PLAN, {}, writes, tuple(claims))
    options = {key: info.options.get(key, "") for key in sorted(commit.touched)}
    return Commit(Origin.PLAN, ACTOR, PLAN, options, writes, tuple(claims))


def by_hand(*writes: Edit) -> Commit:
    return Commit(Origin.PORTAL, ACTOR, "", {}, writes, ())
