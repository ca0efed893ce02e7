"""The files while somebody edits them: right now, or as they were when they were right the last time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from portalsync.cache import Cache
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.config.discover import discover
from portalsync.config.resolve import resolve
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import Diagnostic, Severity, gravest_first
from portalsync.errors import InvalidConfig, PortalsyncError
from portalsync.model.desired import Desired
from portalsync.pipeline.load import config_of, known_as, load_firms
from portalsync.pipeline.survey import Question, survey
from portalsync.pipeline.surveyed import Survey
from portalsync.pipeline.workers import HERE


@dataclass(frozen=True, slots=True)
class EditedFirm:
    """What the files say of one firm. `known` is a survey of it, or of all firms."""

    known: Survey
    config: ValidConfig
    desired: Desired


@dataclass(frozen=True, slots=True)
class _Now:
    """A firm after the latest save. `firm` is older where its files are wrong, as `wrong` says."""

    firm: EditedFirm | None
    wrong: Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class _Checked:
    """All files after a save: `known` where they are right."""

    known: Survey | None = None
    findings: Sequence[Diagnostic] = ()


class EditedFiles:
    """The firm that somebody looks at is read at once, all others behind it: however many there are, its page
    does not wait for them. Threads may ask while another one reads.
    """

    def __init__(self, root: Path, clock: Callable[[], datetime], cache: Cache) -> None:
        self._root, self._clock, self._cache = root, clock, cache
        self._lock = Lock()
        self._saves = self._readings = 0
        self._checked_at = -1
        self._checked = _Checked()
        self._firms: Mapping[str, str] = {}
        self._now: dict[str, _Now] = {}
        self._right: dict[str, EditedFirm] = {}

    @property
    def turn(self) -> int:
        """Another number whenever there may be something else to see."""
        return self._saves + self._readings

    def saved(self) -> None:
        """Somebody saved."""
        with self._lock:
            self._saves += 1
            self._now.clear()

    def check(self) -> None:
        """Which firms there are, and all of them, once somebody saved. What comes of it counts if nobody
        saved meanwhile.
        """
        save, firms = self._saves, self._named()
        if firms and firms != self._firms:
            self._firms = firms
            self._readings += 1
        checked = self._check()
        with self._lock:
            if save == self._saves:
                self._checked, self._checked_at = checked, save
                self._readings += 1

    def firms(self) -> Mapping[str, str]:
        """Each firm under the portal's id, with the id that its file has."""
        self._firms = self._firms or self._named()
        return self._firms

    def firm(self, firm: str) -> EditedFirm | None:
        """None if its files were never right."""
        return self._of(firm).firm

    def is_behind(self, firm: str) -> bool:
        """Whether what is known of the firm is older than its files."""
        return bool(self._of(firm).wrong)

    def whole(self, firm: str) -> EditedFirm | None:
        """The same with a survey of all firms, if that is there."""
        edited, checked = self.firm(firm), self._checked
        if edited is None or checked.known is None or self._checked_at != self._saves:
            return edited
        return EditedFirm(checked.known, edited.config, edited.desired)

    def findings(self, firm: str) -> tuple[Sequence[Diagnostic], Sequence[Diagnostic]]:
        """About the firm and what it shares with others, and about other firms' files; gravest first."""
        wrong, known, own = self._of(firm).wrong, self._checked, self.firms().get(firm, firm)
        elsewhere = [each for each in known.findings if _is_elsewhere(each, own)]
        if wrong:
            here = [each for each in wrong if not _is_elsewhere(each, own)]
        else:  # an error here was mended since
            here = [*self._warnings(known, firm, own)]
        return gravest_first(here), gravest_first(elsewhere)

    def _warnings(self, checked: _Checked, firm: str, own: str) -> Sequence[Diagnostic]:
        if checked.known is not None:
            return checked.known.findings({firm})
        found = (each for each in checked.findings if not _is_elsewhere(each, own))
        return [each for each in found if each.severity is Severity.WARNING]

    def _of(self, firm: str) -> _Now:
        with self._lock:
            save, now = self._saves, self._now.get(firm)
        if now is None:
            now = self._read(firm)
            with self._lock:
                if save == self._saves:
                    self._now[firm] = now
        return now

    def _read(self, firm: str) -> _Now:
        try:
            known = load_firms(self._root, {firm})
            if firm not in known.firms:
                return _Now(None, ())
            config = config_of(known, firm)
            self._right[firm] = EditedFirm(known, config, resolve(config, firm)[0])
        except PortalsyncError as error:
            return _Now(self._right.get(firm), findings_of(error))
        return _Now(self._right[firm], ())

    def _named(self) -> Mapping[str, str]:
        """Nothing where not even that can be read."""
        try:
            return {firm: written for written, firm in known_as(discover(self._root)).items()}
        except PortalsyncError:
            return {}

    def _check(self) -> _Checked:
        try:
            known = survey(discover(self._root), HERE, Question(self._clock()), cache=self._cache)
        except PortalsyncError as error:
            return _Checked(None, findings_of(error))
        about_others = [each for id_ in known.checks for each in known.checks[id_]]
        return _Checked(known, [*known.warnings, *about_others])


def findings_of(error: PortalsyncError) -> Sequence[Diagnostic]:
    return error.diagnostics if isinstance(error, InvalidConfig) else (error.diagnostic,)


def _is_elsewhere(finding: Diagnostic, own: str) -> bool:
    """Whether it is about another firm's file."""
    file = finding.position.file
    folders = (kind.folder for kind in (FIRM, FACTS))
    return file.startswith(tuple(f"{each}/" for each in folders)) and file not in {
        FIRM.file_of(own),
        FACTS.file_of(own),
    }
