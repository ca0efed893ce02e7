"""Firm by firm, what the files say and what the portal has: for whoever works on it, and read again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from portalsync.backend.protocol import Reader
from portalsync.catalog.files.layers import FIRM
from portalsync.config.document import Document, check_file
from portalsync.config.resolve import layers_of, resolve
from portalsync.config.validate import ValidConfig, picture_of
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.settings import Settings
from portalsync.pipeline.check import one_firm
from portalsync.pipeline.firm_files import Shared, files_of
from portalsync.pipeline.load import facts_missing
from portalsync.pipeline.read import Now, read_now, read_together
from portalsync.pipeline.surveyed import Survey


def bodies(known: Survey, portal: Reader | None, firms: Iterable[str], together: int) -> Iterator[JSONObject]:
    """For `read_firm`, of each: without a portal, the files alone with the copy of the facts. `together` are
    read in one question. FirmUnknown for one that the portal has not, InvalidConfig for one without a copy.
    """
    rest = iter(firms)
    while some := [*islice(rest, together)]:
        read = read_together(portal, some) if portal else {}
        for firm in some:
            yield _copied(known, firm) if portal is None else _read(known, portal, firm, read.get(firm))


def bodies_of_files(known: Survey, firms: Iterable[str]) -> Iterator[JSONObject]:
    """The same of the files alone, whether there is a copy of the facts or not."""
    return map(known.body, firms)


def _copied(known: Survey, firm: str) -> JSONObject:
    if not known.firms[firm].has_facts:
        raise facts_missing(known, firm)
    return known.body(firm)


def _read(known: Survey, portal: Reader, firm: str, now: Now | None) -> JSONObject:
    live, facts = now or read_now(portal, firm)
    return {**known.body(firm), "live": {**live.settings}, "facts": {**facts.raw}}


@dataclass(frozen=True)
class ReadFirm:
    """One firm. `live` is None where no portal was asked."""

    config: ValidConfig
    desired: Desired
    copied_or_read: Facts | None
    live: Settings | None

    @property
    def facts(self) -> Facts:
        """The portal's; without one, the copy of them that `bodies` asked for."""
        assert self.copied_or_read is not None  # noqa: S101 - whoever needs them asked for them
        return self.copied_or_read

    @property
    def layers(self) -> Mapping[str, Document]:
        """Those that the firm takes, by their names."""
        return layers_of(self.config, self.desired.firm)

    @property
    def in_force(self) -> dict[str, JSON]:
        """What it has once the files are applied."""
        return self.desired.in_force(self.live or {})


def read_firm(shared: Shared, body: Mapping[str, Any]) -> ReadFirm | str:
    """The firm of a body; the name of a picture without which it cannot be read."""
    assert shared.config is not None  # noqa: S101 - the files are valid
    own = {file.kind: check_file(file) for file in files_of(body)}
    picture = picture_of(own[FIRM.name])
    if picture is not None and picture not in body["pictures"]:
        return picture
    config = one_firm(shared.config, own, body["pictures"])
    desired, _ = resolve(config, *config.firms)
    live = body.get("live")
    facts = config.facts.get(desired.firm) if live is None else facts_from_json(body["facts"])
    return ReadFirm(config, desired, facts, live)
