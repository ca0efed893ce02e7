"""Two versions of a file in the unified format: for people to read, and as a patch for `git apply`."""

import base64
import hashlib
import string
import zlib
from collections.abc import Iterator, Mapping, Sequence

from portalsync.comparing import BoundedMatcher

_MOST_LOOKS = 3_000_000
"""At lines that are compared: half a second."""
_LENGTHS = string.ascii_uppercase + string.ascii_lowercase
"""A letter for so many bytes, from 1 on."""
_NO_LINE_BREAK = "\n\\ No newline at end of file"
"""As git has it, in every language."""


def patch(files: Mapping[str, tuple[bytes, bytes]]) -> bytes:
    """What leads from the one version of each file to the other, by their names; a new file, of which there
    was nothing, comes as git writes what it cannot show.
    """
    return "".join(
        f"{line}\n"
        for name, (before, after) in files.items()
        for line in (_edited(name, before, after) if before else _new(name, after))
    ).encode()


def _edited(name: str, before: bytes, after: bytes) -> Iterator[str]:
    return unified([*_exactly(before)], [*_exactly(after)], _named("a", name), _named("b", name))


def _new(name: str, content: bytes) -> Iterator[str]:
    """A file that is not there yet, whatever it holds."""
    blob = hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()
    yield from (f"diff --git {_named('a', name)} {_named('b', name)}", "new file mode 100644")
    yield from (f"index {'0' * len(blob)}..{blob}", "GIT binary patch", f"literal {len(content)}")
    yield from _in_letters(zlib.compress(content))
    yield from ("", "literal 0", *_in_letters(zlib.compress(b"")), "")


def _in_letters(packed: bytes) -> Iterator[str]:
    """Lines, each with its length first."""
    most = len(_LENGTHS)
    for start in range(0, len(packed), most):
        piece = packed[start : start + most]
        yield _LENGTHS[len(piece) - 1] + base64.b85encode(piece, pad=True).decode()


def _named(side: str, name: str) -> str:
    """A name with blanks ends with a tab, by which git knows where it ends."""
    return f"{side}/{name}\t" if " " in name else f"{side}/{name}"


def _exactly(content: bytes) -> Iterator[str]:
    text = content.decode()
    *lines, last = text.split("\n")
    yield from lines
    if last:
        yield last + _NO_LINE_BREAK


def unified(before: Sequence[str], after: Sequence[str], old: str, new: str) -> Iterator[str]:
    """The lines that differ, with three around them; from where that takes too long on, all of them."""
    yield from (f"--- {old}", f"+++ {new}")
    for group in BoundedMatcher(before, after, _MOST_LOOKS, frequent_count=False).get_grouped_opcodes():
        (_, old_from, _, new_from, _), (_, _, old_to, _, new_to) = group[0], group[-1]
        yield f"@@ -{_range(old_from, old_to)} +{_range(new_from, new_to)} @@"
        for tag, *at in group:
            yield from _stretch(tag, before[at[0] : at[1]], after[at[2] : at[3]])


def _stretch(tag: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    if tag == "equal":
        yield from (f" {line}" for line in before)
    else:
        yield from (f"-{line}" for line in before)
        yield from (f"+{line}" for line in after)


def _range(first: int, last: int) -> str:
    """As the unified format has it: lines count from 1, and none stand behind the line before."""
    length = last - first
    return str(first + 1) if length == 1 else f"{first + bool(length)},{length}"
