"""Status as one self-contained HTML file without scripts, in the style of reviews."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from portalsync.lexicon import Lexicon
from portalsync.living.drift import Drift
from portalsync.model.plan import Plan
from portalsync.model.status import GroupStatus, Status
from portalsync.model.timeline import Timeline
from portalsync.moments import common_zone, moment
from portalsync.portal import templates
from portalsync.views.review.noted import Notes, sections_of
from portalsync.views.review.outcome import Field, Figure
from portalsync.views.wording.status import CONCERNS, applied_wording, group_wording, matter_sections
from portalsync.views.wording.timeline import coming_sections, warning_sections
from portalsync.visible import visible_lines

WEEK = 7

_LOOKS = {
    "drifted": ("leads", "broken"),
    "pending": ("changed", "changed"),
    "stopped": ("gone", "gone"),
    "unmanaged": ("unchanged", "unchanged"),
}
"""Tone and picture of what may be the matter."""
COLUMNS = "firms", "managed", "unmanaged", "drifted", "pending", "stopped"


def status_html(  # noqa: PLR0913, PLR0917 - all that the page is made of
    network: str, status: Status, drift: Drift, plan: Plan, timeline: Timeline, lexicon: Lexicon
) -> bytes:
    """The file; equal statuses give equal bytes. `network` is its name."""
    style = templates.style_of(templates.REVIEW_STYLE)
    page = _Page(network, status, drift, plan, timeline, lexicon)
    template = templates.environment().get_template(templates.STATUS)
    html = template.render(
        page=page,
        t=lexicon,
        columns=COLUMNS,
        style=templates.trusted(style),
        policy=templates.style_policy(style),
    )
    return templates.printable(html).encode()


@dataclass(frozen=True)
class Row:
    """A group in the table; `numbers` are by column."""

    name: str
    numbers: dict[str, int]
    last_apply: str


@dataclass(frozen=True)
class _Page:
    network: str
    status: Status
    drift: Drift
    plan: Plan
    timeline: Timeline
    lexicon: Lexicon

    @property
    def title(self) -> str:
        return visible_lines(self.network)

    @cached_property
    def zone(self) -> str:
        zones = (firm.time_zone for firm in self.timeline.firms)
        return common_zone(datetime.fromisoformat(self.status.at), zones)

    @property
    def clock(self) -> str:
        return self.lexicon.say(moment(self.status.at, self.zone))

    @property
    def last_apply(self) -> str:
        return visible_lines(self.lexicon.say(applied_wording(self.status.network, self.zone)))

    def fields(self) -> Iterator[Field]:
        """Changes by hand, what waits, what is stopped, who is not managed: always these, in this order."""
        for name, _, _ in CONCERNS:
            tone, sign = _LOOKS[name]
            if number := self._number(self.status.network, name):
                text = self.lexicon.count(f"status.fields.{name}", number)
                yield Field(tone, sign, self.lexicon.number(number), text, name)
            else:
                yield Field("new", "kept", "", self.lexicon(f"status.fields.none.{name}"))

    def figures(self) -> Iterator[Figure]:
        counts = {
            "firms": self.status.network.firms,
            "clients": sum(each.clients for each in self.timeline.firms),
        }
        for name, number in counts.items():
            yield Figure(self.lexicon.number(number), self.lexicon.count(f"status.figures.{name}", number))

    def rows(self) -> Iterator[Row]:
        for group in self.status.groups:
            numbers = {name: self._number(group, name) for name in COLUMNS}
            name = visible_lines(self.lexicon.say(group_wording(group)))
            yield Row(name, numbers, self._when(group))

    def matters(self) -> Iterator[tuple[str, Notes]]:
        for name, section in matter_sections(self.status, self.drift, self.plan, self.lexicon):
            (notes,) = sections_of([section], self.lexicon)
            if notes.notes:
                yield name, notes

    def week(self) -> tuple[Notes, ...]:
        """What comes by itself until then."""
        return sections_of(coming_sections(self.timeline.within(WEEK), self.lexicon), self.lexicon)

    def forgotten(self) -> tuple[Notes, ...]:
        """Gaps, clashes and leftovers."""
        return sections_of(warning_sections(self.timeline, self.lexicon), self.lexicon)

    @staticmethod
    def tone(column: str) -> str:
        """Of its numbers above none; empty where any number is well."""
        return _LOOKS[column][0] if column in _LOOKS else ""

    @staticmethod
    def _number(group: GroupStatus, name: str) -> int:
        return int(getattr(group, name))

    def _when(self, group: GroupStatus) -> str:
        """Of its last apply, and by whom; a dash if there was none."""
        last = group.last_apply
        return visible_lines(f"{self.lexicon.say(moment(last.at, self.zone))}, {last.actor}") if last else "–"
