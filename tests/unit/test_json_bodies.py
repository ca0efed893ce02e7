"""Bodies of JSON are read as everyone reads them, or not at all."""

import pytest

from portalsync.json_bodies import WireError, parsed


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b"NaN",
        b"[-Infinity]",
        b"[1e999]",
        b"[-1e999]",
        b'"\\ud800"',
        b'"\\uDc00 \\ud83d\\ude00"',
        b'{"\\uDFFF":1}',
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b"[" * 100_000,
    ],
)
def test_what_others_would_read_otherwise(body: bytes) -> None:
    """Seen to fail for each of them without its look."""
    with pytest.raises(WireError):
        parsed(body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b' {"b": 1, "a": [true, null, 1.5, -0]}', {"b": 1, "a": [True, None, 1.5, 0]}),
        (b'"\\ud83d\\ude00 \xf0\x9f\x98\x80"', "\N{GRINNING FACE} \N{GRINNING FACE}"),
        (b'"\\\\ud800 is no escape"', "\\ud800 is no escape"),
    ],
)
def test_what_everyone_reads(body: bytes, value: object) -> None:
    assert parsed(body) == value
