"""A part's JSON in names and bodies, whatever it says: what `model/apart.py` makes of a part that is one."""

from typing import Any

from portalsync.model.apart import Apart, is_of_own_file, named
from portalsync.model.canonical import canonical


def taken_apart(part: dict[str, Any]) -> Apart:
    bodies: dict[str, bytes] = {}
    naming: dict[str, Any] = {
        **part,
        "changes": [_change(part["id"], each, bodies) for each in part["changes"]],
        "effects": [_reach(each, bodies) for each in part["effects"]],
        **{key: [named(each, bodies) for each in part[key]] for key in ("warnings", "broken") if key in part},
        **{key: named(part[key], bodies) for key in ("managed", "managed_before", "stays") if key in part},
    }
    return Apart(part["id"], canonical(naming), bodies)


def _change(firm: str, change: dict[str, Any], bodies: dict[str, bytes]) -> Any:
    if not is_of_own_file(change["source"], firm):
        return named(change, bodies)
    undoes = [change["undoes"]] if change["undoes"] is not None else []
    return [named(change["edit"], bodies), change["reason"], change["source"], *undoes]


def _reach(reach: dict[str, Any], bodies: dict[str, bytes]) -> Any:
    effect = {**reach["effect"]}
    says = {key: effect.pop(key) for key in ("labels", "readings")}
    at_most = [reach["at_most"]] if "at_most" in reach else []
    return [reach["clients"], named(effect, bodies), named(says, bodies), *at_most]
