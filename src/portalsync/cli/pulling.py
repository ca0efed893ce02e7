"""What `pull` and `facts` share: which firms, what is refused, and how the files are written."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.files.layers import GROUP
from portalsync.cli.inputs import findings_in
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import tell
from portalsync.cli.portal import reader_of
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result
from portalsync.cli.workspace import environment_of
from portalsync.config.editors.modeline import Schemas
from portalsync.config.file import HeldFile
from portalsync.config.selection import Selection
from portalsync.errors import Blocked, ExitCode
from portalsync.files import write_files
from portalsync.lexicon import Foreign, Text, counted, joined, phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.pulled import Pulled
from portalsync.pipeline.pull import Brought, Loss, Wish, pull
from portalsync.pipeline.surveyed import Survey
from portalsync.views.format import Format, Result
from portalsync.views.wording.pulled import word_pulled

MOST_GONE = 0.3
"""The share of a firm's settings in files, or of its facts, that its portal may lack."""
_FEW = 2
"""So many may go, however few there are."""


@dataclass(frozen=True, slots=True)
class Pulling:
    """One call: of which configuration, from which portal, of which firms, and what is done with it."""

    root: Path
    environment: str | None
    selection: Selection
    check: bool
    form: Format

    def run(self, known: Survey, wish: Wish, may_shrink: Collection[str] = ()) -> int:
        """Writes all files or none, and tells of them."""
        name, settings = environment_of(known.network, self.environment)
        with reader_of(known, self.root, settings) as portal, progress("told.asking") as watch:
            identity = portal.portal().portal
            on_portal = [firm.id for firm in portal.firms()]
            chosen = known.chosen(self.selection, on_portal)
            if self.selection.is_everyone:
                _tell_left(known, chosen - {*on_portal})
                chosen &= {*on_portal}
            with findings_in(self.root):
                shared, firms = pull(known, portal, chosen, wish, watch)
                brought = [*firms]
            if wish.group and not shared and wish.group not in known.shared.groups:
                tell(phrase("pull.nothing-shared", file=GROUP.file_of(wish.group)))
            accepted = known.chosen(Selection(tuple(may_shrink)), on_portal) if may_shrink else ()
        _check_shrinks(brought, accepted)
        contents = {**shared, **{file: each for firm in brought for file, each in firm.contents.items()}}
        if not self.check:
            write_files({self.root / file: content for file, content in contents.items()})
        told = tuple(each.firm for each in brought)
        pulled = Pulled(name, identity, not self.check, told, (*shared,))
        self._print(pulled, facts_only=not wish.layer)
        return ExitCode.ERROR if self.check and contents else ExitCode.DONE

    def _print(self, pulled: Pulled, *, facts_only: bool) -> None:
        body = (canonical(encode(pulled)), b"\n")
        report = partial(word_pulled, pulled, spoken_lexicon(), facts_only=facts_only)
        print_result(Result(report, lambda: body), self.form)


def head_of(root: Path, kind: FileKind, name: str) -> str:
    """What stands above what a new file says: where its schema is, if that is there, and where it is from."""
    folders = [
        folder
        for folder in (root / _SCHEMAS, root.parent / _SCHEMAS)
        if (folder / kind.schema_file).is_file()
    ]
    file = HeldFile("", name, kind.name, b"", content=b"")
    ways = [
        Schemas(folder, root).modeline(file) for folder in folders[:1] if Schemas(folder, root).can_be_named
    ]
    comment = f"# {spoken_lexicon()(f'pull.head.{kind.name}')}"
    return "".join(f"{line}\n" for line in (*ways, comment))


_SCHEMAS = "schemas"


def _tell_left(known: Survey, unknown: Collection[str]) -> None:
    """Which firms of the files the portal does not know."""
    if unknown:
        names = [Foreign(known.written_as(firm)) for firm in sorted(unknown)]
        tell(phrase("pull.left", firms=_some(names)))


def _some(names: Sequence[Foreign]) -> Text:
    return joined([*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])])


_MOST_NAMED = 10


def _check_shrinks(brought: Iterable[Brought], accepted: Collection[str]) -> None:
    """Blocked if a portal lacks so much of what files set that it is hardly the right one."""
    shrunk = [each for each in brought if each.firm.id not in accepted and _shrinks(each)]
    if not shrunk:
        return
    names = [Foreign(each.firm.id) for each in shrunk]
    losses = [loss for each in shrunk for loss in each.losses if _is_much(loss)]
    gone, of = sum(each.gone for each in losses), sum(each.of for each in losses)
    flags = " ".join(f"--may-shrink {each.firm.id}" for each in shrunk[:_MOST_NAMED])
    message = counted("pull.shrinks.message", len(shrunk), gone=gone, of=of, firms=_some(names))
    raise Blocked(message, phrase("pull.shrinks.hint", flags=Foreign(flags)))


def _shrinks(brought: Brought) -> bool:
    return any(map(_is_much, brought.losses))


def _is_much(loss: Loss) -> bool:
    return loss.gone > _FEW and loss.gone > MOST_GONE * loss.of
