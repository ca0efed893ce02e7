"""Parts put together again from names and bodies, as `model/apart.py` takes them apart."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from portalsync.model.annotations import Count
from portalsync.model.apart import Naming, is_of_own_file
from portalsync.model.codec import converter_of, decode
from portalsync.model.edit import Edit
from portalsync.model.effect import Effect, Happening, Reach, Saying
from portalsync.model.finding import BrokenPromise, PlanFinding
from portalsync.model.firm_plan import Change, FirmPlan, HandEdit, Reason
from portalsync.model.json_value import JSON

Bodies: TypeAlias = Mapping[str, JSON]
"""Of one part, by their names."""
Fresh: TypeAlias = Callable[[Any], None]
"""Is handed each body that is decoded: of what several parts have, each once."""

_COUNT, _REASON, _TEXT = converter_of(Count), converter_of(Reason), converter_of(str)

_KEPT = 8_000
"""So many of the things that several parts have are kept decoded: those that were asked for last."""
_WHOLE: Mapping[str, Any] = {
    "managed": tuple[str, ...],
    "managed_before": tuple[str, ...],
    "stays": Mapping[str, JSON],
}
_LISTED: Mapping[str, Any] = {"warnings": PlanFinding, "broken": BrokenPromise}
_EMPTY: Mapping[str, JSON] = {"managed": [], "managed_before": [], "stays": {}, "changes": [], "effects": []}


def unheeded(_body: object) -> None:
    """What is decoded is of no interest by itself."""


class Assembly:
    """For one loop over parts. What several of them have is one object, as long as it is kept."""

    def __init__(self, shared: Mapping[str, bytes], fresh: Fresh = unheeded) -> None:
        self.shared = shared
        self._fresh = fresh
        self.alike = lru_cache(_KEPT)(self._alike)
        self.alike_effect = lru_cache(_KEPT)(self._alike_effect)

    def part(self, naming: Naming, bodies: Bodies) -> FirmPlan:
        """ValueError, TypeError or LookupError for what `apart_of` does not make."""
        own = _Own(self, bodies)
        left_out = {key: empty for key, empty in _EMPTY.items() if key in naming}
        left_out |= {key: [] for key in _LISTED if key in naming}
        bare = decode(FirmPlan, {**naming, **left_out})
        read: dict[str, Any] = {
            **{key: own.read(kind, naming[key]) for key, kind in _WHOLE.items() if key in naming},
            **{key: own.all(kind, naming[key]) for key, kind in _LISTED.items() if key in naming},
        }
        changes = tuple(own.change(each, bare.id) for each in naming["changes"])
        effects = tuple(own.reach(*each) for each in naming["effects"])
        return replace(bare, changes=changes, effects=effects, **read)

    def decoded(self, kind: Any, body: Any) -> Any:
        value = decode(kind, body)
        self._fresh(value)
        return value

    def _alike(self, kind: Any, name: str) -> Any:
        return self.decoded(kind, json.loads(self.shared[name]))

    def _alike_effect(self, happening: str, saying: str) -> Effect:
        happens: Happening = self.alike(Happening, happening)
        return happens.saying(self.alike(Saying, saying))


class _Own:
    """What one part has, alone or with others."""

    def __init__(self, assembly: Assembly, bodies: Bodies) -> None:
        self._assembly = assembly
        self._bodies = bodies
        self._known: dict[tuple[Any, str], Any] = {}

    def read(self, kind: Any, name: str) -> Any:
        if name in self._assembly.shared:
            return self._assembly.alike(kind, name)
        if (kind, name) not in self._known:
            self._known[kind, name] = self._assembly.decoded(kind, self._bodies[name])
        return self._known[kind, name]

    def all(self, kind: Any, names: list[str]) -> tuple[Any, ...]:
        return tuple(self.read(kind, each) for each in names)

    def change(self, named: Any, firm: str) -> Change:
        change: Change = self._of_own_file(*named) if isinstance(named, list) else self.read(Change, named)
        if is_of_own_file(change.source, firm) is not isinstance(named, list):
            raise ValueError("a change that is taken apart otherwise")
        return change

    def _of_own_file(self, edit: str, reason: str, source: str, *undoes: JSON) -> Change:
        if len(undoes) > 1:
            raise ValueError("a change that undoes two")
        by_hand = decode(HandEdit, undoes[0]) if undoes else None
        return Change(self.read(Edit, edit), _REASON.read(reason), _TEXT.read(source), by_hand)

    def reach(self, clients: int, happening: str, saying: str, *at_most: bool) -> Reach:
        if len(at_most) > 1 or any(each is not True for each in at_most):  # 1 would do as true
            raise ValueError("an effect that is taken apart otherwise")
        return Reach(self._effect(happening, saying), _COUNT.read(clients), bool(at_most))

    def _effect(self, happening: str, saying: str) -> Effect:
        shared = self._assembly.shared
        if happening in shared and saying in shared:
            return self._assembly.alike_effect(happening, saying)
        happens: Happening = self.read(Happening, happening)
        return happens.saying(self.read(Saying, saying))
