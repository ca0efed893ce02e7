"""What a review comes to, at a glance: the verdict in four fields, figures, the clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portalsync.lexicon import Lexicon
from portalsync.model.effect import EffectKind
from portalsync.model.news import LEADS
from portalsync.model.plan import Plan
from portalsync.model.promise import Promise
from portalsync.moments import NO_ZONE, moment, zone_place
from portalsync.preview.review import Review
from portalsync.views.review.noted import Noted

_MOST_ZONES = 4


@dataclass(frozen=True)
class Field:
    """`tone` is its colour, `sign` its picture; `number` is empty where there is nothing to count. `leads` is
    the part of the page that says more, empty if none does.
    """

    tone: str
    sign: str
    number: str
    text: str
    leads: str = ""


@dataclass(frozen=True)
class Figure:
    number: str
    word: str


@dataclass(frozen=True)
class Outcome:
    review: Review
    noted: Noted
    lexicon: Lexicon

    def fields(self) -> Iterator[Field]:
        """What is lost, what leads elsewhere, promises, guardrails: always these, in this order."""
        if (plan := self.review.plan) is not None:
            yield self._of_cards("lost", EffectKind.DISAPPEARS, "gone")
            yield self._of_cards("leads", LEADS, "leads")
        if plan or self.review.promises:
            yield self._promises()
        if plan is not None:
            yield self._guardrails(plan)

    def _of_cards(self, name: str, verb: str, tone: str) -> Field:
        if not (number := self.noted.sums.verbs()[verb]):
            return self._calm(name)
        first = next((card.number for card in self.review.cards if card.verb == verb), 0)
        return self._count(name, number, tone, tone, f"change-{first}" if first else "changes")

    def _promises(self) -> Field:
        kept = sum(promise.kept for promise in self.review.promises)
        if broken := max(len(self.noted.sums.broken), len(self.review.promises) - kept):
            return self._count("broken", broken, "gone", "broken", "broken")
        if kept:
            return self._count("kept", kept, "new", "kept", "promises")
        return self._calm("broken", "unchanged", "unchanged")

    def _guardrails(self, plan: Plan) -> Field:
        if plan.blocking:
            return self._count("blocked", len(plan.blocking), "gone", "broken", "verdict")
        if plan.guardrails:
            return self._count("accepted", len(plan.guardrails), "leads", "broken", "verdict")
        return self._calm("blocked")

    def _count(self, name: str, number: int, tone: str, sign: str, leads: str) -> Field:
        text = self.lexicon.count(f"review.fields.{name}", number)
        return Field(tone, sign, self.lexicon.number(number), text, leads)

    def _calm(self, name: str, tone: str = "new", sign: str = "kept") -> Field:
        return Field(tone, sign, "", self.lexicon(f"review.fields.none.{name}"))

    def large(self) -> Iterator[Figure]:
        """Whom it concerns: clients and firms."""
        review, plan = self.review, self.review.plan
        if plan is None:
            yield self._figure("samples", len(review.personas))
            yield self._figure("firms", len(review.cases) + review.others)
            return
        yield self._figure("clients", self.noted.sums.affected)
        if plan.considered == 1:
            yield self._figure("firms", 1)
        else:
            yield self._figure("firms_change", self.noted.sums.changed, of=plan.considered)

    def small(self) -> Iterator[Figure]:
        """How much was looked at."""
        yield self._figure("variants", len(self.review.variants))
        yield self._figure("distinct", self.review.distinct)
        if self.review.plan:
            yield self._figure("changed", self.review.changed)

    def _figure(self, name: str, number: int, **values: int) -> Figure:
        return Figure(
            self.lexicon.number(number), self.lexicon.count(f"review.figures.{name}", number, **values)
        )

    def clock(self) -> str:
        """The instant of the pages, and the clock that their dates are on."""
        zones = sorted({*self.review.zones.values()})
        at = self.review.at or (self.review.plan.at if self.review.plan else "")
        if not at:
            return ""
        if len(zones) > 1:
            places = [*map(zone_place, zones)]
            shown = ", ".join(places[:_MOST_ZONES]) + (" …" if len(places) > _MOST_ZONES else "")
            return self.lexicon("review.clock.each", at=self.lexicon.say(moment(at)), zones=shown)
        zone = zones[0] if zones else NO_ZONE
        return self.lexicon("review.clock.common", at=self.lexicon.say(moment(at, zone)))


def broken_here(promises: Iterable[Promise], noted: Noted) -> Sequence[Promise]:
    """Promises that are not kept, besides those that the plan itself tells of, by their lines."""
    lines = {source.rpartition(":")[0] for source in noted.sums.broken}
    return [each for each in promises if not each.kept and each.source not in lines]
