"""One byte form for equal data, with Python's compiled encoder and without."""

import json
import math
from typing import Any

import pytest

from portalsync.model import canonical as module
from portalsync.model.canonical import canonical, digest, items_digest
from portalsync.model.json_value import JSONObject

_AWKWARD: Any = {
    "z": [1, -0.0, 1e16, 1.5e-7, 2**70, True, None, ""],
    "a": {"ü": "\u2028\ud83d\ude00\x00\x7f", "": {}, "B": [[]], "b": '"\\/'},
    "é": "x" * 10_000,
}


@pytest.fixture(params=["compiled", "plain"])
def _encoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "plain":
        monkeypatch.setattr(json.encoder, "c_make_encoder", None)
    monkeypatch.setattr(module, "_pieces", module.make_encoder())


@pytest.mark.usefixtures("_encoder")
class TestCanonical:
    def test_is_what_python_writes_with_sorted_keys_and_without_spaces(self) -> None:
        told = json.dumps(_AWKWARD, sort_keys=True, separators=(",", ":")).encode()
        assert canonical(_AWKWARD) == told
        assert canonical(["ü", 1, None, [], {}]) == b'["\\u00fc",1,null,[],{}]'

    @pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
    def test_has_no_form_for_what_is_no_number(self, number: float) -> None:
        with pytest.raises(ValueError, match="not JSON compliant"):
            canonical([number])

    def test_has_no_form_for_what_is_no_json(self) -> None:
        with pytest.raises(TypeError):
            canonical([object()])  # type: ignore[list-item]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 7])
def test_a_digest_of_items_is_that_of_the_whole(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Seen to fail without what stands between portions."""
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    whole: JSONObject = {f"firms/{each}.yaml": [each, "ü"] for each in range(number)}
    assert items_digest(iter(whole.items())) == digest(whole)
