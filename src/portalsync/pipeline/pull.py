"""Portal -> files: what these have to hold so that they want what it has. Nothing is written here."""

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from portalsync.backend.protocol import Reader
from portalsync.catalog.files.document import API_VERSION
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.files.layers import FIRM, GROUP
from portalsync.catalog.kinds.image import data_uri
from portalsync.catalog.normal import differing_values
from portalsync.catalog.stored import IDENTIFIER
from portalsync.config.document import check_file
from portalsync.config.edit.layer import LayerEdit, layer_edited
from portalsync.config.edit.written import document
from portalsync.config.file import HeldFile
from portalsync.config.validate import ValidConfig
from portalsync.config.yaml import parse
from portalsync.errors import BackendError
from portalsync.lexicon import Foreign, phrase
from portalsync.living.facts_copy import copy_again, facts_data, new_copy, records
from portalsync.living.hand_edits import past_of
from portalsync.living.in_common import in_common
from portalsync.living.own_layer import as_in_files
from portalsync.living.pull import OnPortal, Pictures, pulled, wanted
from portalsync.living.reading_order import in_reading_order
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSONObject
from portalsync.model.pulled import PulledFirm
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.load import config_of
from portalsync.pipeline.read import read_now, read_together
from portalsync.pipeline.surveyed import Survey
from portalsync.wire import FirmState

_CHUNK = 10
"""Firms that are read at once."""

Contents = Mapping[str, bytes]
"""Files by their names in the configuration."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be brought in besides facts. `layer`: settings, into firms' own files, and what no layer
    speaks of too if `unmanaged`. `group`: the layer that has what firms without a file have in common. `head`
    stands above what a new file says, by its kind and name.
    """

    head: Callable[[FileKind, str], str]
    layer: bool = True
    unmanaged: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """How many of those that files have a portal has not."""

    gone: int
    of: int


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one firm: what is told of it, and its files that change; what they would lose of their
    settings and of their facts; settings that come out otherwise than files had them, set or not.
    """

    firm: PulledFirm
    contents: Contents
    losses: Sequence[Loss]
    otherwise: Sequence[str] = ()


def pull(
    known: Survey, portal: Reader, chosen: Collection[str], wish: Wish, watch: Watch = unwatched
) -> tuple[Contents, Iterator[Brought]]:
    """Files that firms share, and what comes of each firm, one by one. FirmUnknown for one that the portal
    has not, BackendError for one whose file would be another's.
    """
    _check_files_free(known, chosen)
    shared = _group(known, portal, chosen, wish) if wish.group else {}
    if not shared and wish.group not in known.shared.groups:  # one firm alone shares nothing
        wish = replace(wish, group="")
    read = _read(portal, watch(sorted(chosen)))
    return shared, (_overruling(portal, live, _brought(known, each, wish, shared)) for live, each in read)


def _check_files_free(known: Survey, chosen: Iterable[str]) -> None:
    """A file is of the firm that the portal has under its earlier id, not of one that has its id there."""
    for firm in sorted(chosen):
        if firm not in known.firms and firm in known.known_as:
            owner, file = known.known_as[firm], FIRM.file_of(firm)
            raise BackendError(
                phrase("errors.pull.taken.message", firm=Foreign(firm), file=file, owner=Foreign(owner)),
                phrase("errors.pull.taken.hint", file=file),
            )


def _read(portal: Reader, firms: Iterable[str]) -> Iterator[tuple[FirmState, OnPortal]]:
    rest = iter(firms)
    while some := [*islice(rest, _CHUNK)]:
        read = read_together(portal, some)
        for firm in some:
            live, facts = read.get(firm) or read_now(portal, firm)
            yield live, OnPortal(firm, live.settings, facts)


def _overruling(portal: Reader, live: FirmState, brought: Brought) -> Brought:
    """With what somebody wrote and has not applied yet: where the portal still has what was applied last."""
    if live.applied is None or not brought.otherwise:
        return brought
    past = past_of(portal, live)
    changed = {*differing_values(past.base.settings, live.settings)} if past else {}
    paths = tuple(path for path in brought.otherwise if path not in changed)
    return replace(brought, firm=replace(brought.firm, overruled=paths))


def _brought(known: Survey, firm: OnPortal, wish: Wish, shared: Contents) -> Brought:
    facts, lost = _facts(known, firm, wish)
    if not wish.layer:
        return Brought(_report(firm, known, (), facts), facts, [lost])
    wish = wish if firm.settings else replace(wish, group="")  # a layer would set something
    config = _with_group(config_of(known, firm.id), shared)
    there = ChainMap(_pictures(shared), known.stream.pictures)  # type: ignore[arg-type]  # it is only read
    pictures = Pictures(known.written_as(firm.id), there)
    file = _own_file(known, firm.id, wish)
    before = wanted(config, check_file(file), firm.id, pictures)
    whole = wish.unmanaged or firm.id not in known.firms
    content = pulled(config, file, firm, pictures, whole=whole)
    is_other = content != file.content or firm.id not in known.firms
    layer = {file.name: content, **pictures.contents()} if is_other else {}
    settings = before.settings()
    differing = differing_values(firm.settings, before.in_force(firm.settings))
    came = (path for path in firm.settings if whole and path not in before.managed)
    order = in_reading_order(firm.settings, firm.facts)
    edits = [
        Edit.between(path, settings, firm.settings)
        for path in sorted({*differing, *(came if layer else ())}, key=order)
    ]
    contents = {**layer, **facts}
    gone = [path for path in settings if path not in firm.settings and firm.id in known.firms]
    losses = [Loss(len(gone), len(settings)), lost]
    otherwise = [edit.path for edit in edits if edit.path in before.managed]
    return Brought(_report(firm, known, edits, contents), contents, losses, otherwise)


def _report(firm: OnPortal, known: Survey, edits: Iterable[Edit], contents: Contents) -> PulledFirm:
    return PulledFirm(
        id=firm.id,
        name=str(firm.settings.get("profile.name", firm.id)),
        is_new=firm.id not in known.firms,
        settings=len(firm.settings),
        edits=tuple(edits),
        overruled=(),
        files=(*contents,),
    )


def _own_file(known: Survey, firm: str, wish: Wish) -> HeldFile:
    """The firm's own file as it is; where there is none, as it begins."""
    name = FIRM.file_of(known.written_as(firm))
    if firm in known.firms:
        layer = known.files[known.written_as(firm)].layer
        assert layer is not None  # noqa: S101 - every firm of a survey has one
        return _held(FIRM, name, layer.read())
    if not IDENTIFIER.fullmatch(firm):
        raise BackendError(phrase("errors.pull.no-file-name.message", firm=Foreign(firm)))
    groups: JSONObject = {"groups": [wish.group]} if wish.group else {}
    data: JSONObject = {"apiVersion": API_VERSION, "kind": "Firm", "id": firm, **groups}
    return _held(FIRM, name, f"{wish.head(FIRM, name)}{document(data)}".encode())


def _held(kind: FileKind, name: str, content: bytes) -> HeldFile:
    return HeldFile("", name, kind.name, b"", content=content)


def _facts(known: Survey, firm: OnPortal, wish: Wish) -> tuple[Contents, Loss]:
    """The copy of the firm's facts, if it becomes another; what it loses."""
    written = known.written_as(firm.id)
    name, data = FACTS.file_of(written), facts_data(firm.facts, written)
    there = known.files[written].facts if written in known.files else None
    if there is None:
        return {name: new_copy(name, data, wish.head(FACTS, name))}, Loss(0, 0)
    before = there.read()
    content = copy_again(there, data)
    listed = records(parse(before, name).data)
    loss = Loss(sum(each not in records(data) for each in listed), len(listed))
    return {name: content} if content != before else {}, loss


def _group(known: Survey, portal: Reader, chosen: Collection[str], wish: Wish) -> Contents:
    """The layer that firms without a file share from now on; nothing where it is there already, or fewer than
    two have anything in common. Whoever has nothing set on the portal is left out.
    """
    new = [firm for firm in chosen if firm not in known.firms]
    if wish.group in known.shared.groups or len(new) < _FEWEST:
        return {}
    firms = [each for _, each in _read(portal, sorted(new)) if each.settings]
    alike = in_common([firm.settings for firm in firms]) if len(firms) >= _FEWEST else {}
    if not alike:
        return {}
    pictures = Pictures(wish.group, known.stream.pictures)
    order = in_reading_order(alike, firms[0].facts)
    edits = [
        LayerEdit(path, as_in_files(path, alike[path], pictures.name)) for path in sorted(alike, key=order)
    ]
    name = GROUP.file_of(wish.group)
    data: JSONObject = {"apiVersion": API_VERSION, "kind": "Group", "id": wish.group}
    content = layer_edited(f"{wish.head(GROUP, name)}{document(data)}".encode(), name, edits)
    return {name: content, **pictures.contents()}


_FEWEST = 2
"""Firms that can have something in common."""


def _with_group(config: ValidConfig, shared: Contents) -> ValidConfig:
    """The configuration with the layer that is to come, and its pictures."""
    if not shared:
        return config
    layers = [check_file(_held(GROUP, name, each)) for name, each in shared.items() if _is_layer(name)]
    assets = _pictures(shared)
    groups = {each.id: each for each in layers}
    return replace(config, groups={**config.groups, **groups}, assets={**config.assets, **assets})


def _pictures(shared: Contents) -> dict[str, str]:
    return {name: data_uri(name, each) for name, each in shared.items() if not _is_layer(name)}


def _is_layer(name: str) -> bool:
    return name.startswith(f"{GROUP.folder}/")
