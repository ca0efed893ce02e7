"""What a portal has no more -> items: what is gone, and which firms need it."""

from collections.abc import Iterable, Iterator

from portalsync.lexicon import Foreign, counted, phrase
from portalsync.model.vanished import Vanished
from portalsync.views.report import Item, Tone
from portalsync.views.wording.names import first_names


def vanished_items(vanished: Iterable[Vanished]) -> Iterator[Item]:
    for each in vanished:
        yield Item(
            Tone.WARN,
            counted(f"vanished.{each.kind}", len(each.firms), id=Foreign(each.id)),
            notes=(
                first_names(each.firms),
                phrase("vanished.hint", typed=f"portalsync explain {each.firms[0]} {each.setting}"),
            ),
        )
