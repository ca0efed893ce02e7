"""What a client notices between two compositions of one page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from portalsync.model.effect import EffectKind
from portalsync.model.json_value import JSONObject
from portalsync.model.page import Composition, Placed
from portalsync.portal.markdown import to_html


def differences(before: Composition, after: Composition) -> Iterator[tuple[EffectKind, str]]:
    """Kind and block key of every difference; none exactly when both render alike."""
    return between(before.shown, after.shown)


def between(before: Iterable[Placed], after: Iterable[Placed]) -> Iterator[tuple[EffectKind, str]]:
    """The same of what is shown there. A block keeps its area, and its place among other definitions' blocks:
    what is noticed of a page is what is noticed of the blocks of each definition.
    """
    earlier = {block.key: block for block in before}
    later = {block.key: block for block in after}
    yield from ((EffectKind.DISAPPEARS, key) for key in earlier if key not in later)
    yield from ((EffectKind.APPEARS, key) for key in later if key not in earlier)
    for key, block in earlier.items():
        if key in later and _seen(block) != _seen(later[key]):
            yield EffectKind.CHANGES, key
    for key in _moved([key for key in earlier if key in later], [key for key in later if key in earlier]):
        yield EffectKind.MOVES, key


def _seen(block: Placed) -> JSONObject:
    """The block as clients see it: Markdown that reads alike is alike, however it was typed."""
    content = block.content
    if content.markdown:
        block = replace(block, content=replace(content, markdown=to_html(content.markdown)))
    return block.to_json()


def _moved(earlier: Sequence[str], later: Sequence[str]) -> Iterator[str]:
    return (key for key, other in zip(later, earlier, strict=True) if key != other)
