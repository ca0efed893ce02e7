"""What the backend knows about a firm and portalsync does not manage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from portalsync.model.json_value import JSON

Localized: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PaymentProvider:
    id: str
    connected: bool
    default: bool
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganizerTemplate:
    id: str
    name: Localized
    questions: int


@dataclass(frozen=True, slots=True)
class Pipeline:
    id: str
    name: Localized
    stages: tuple[str, ...]
    job_statuses: tuple[str, ...] = ()
    """The firm's own. What every portal has, as active or archived, is none of them."""


@dataclass(frozen=True, slots=True)
class Segment:
    """How many clients have exactly these tags and read the portal in this language."""

    tags: frozenset[str]
    locale: str
    clients: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many clients there are, how many have each tag, how many read in each language: for portals that do
    not know who has which tags together. No languages: the portal does not tell.
    """

    everyone: int
    tags: Mapping[str, int]
    locales: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """One firm's facts. Money on its pages is in `currency` (ISO 4217). Clients are counted by `segments`, or
    by tag in `counts`. What is set up on the portal leads to `booking_pages`, by booking service, and hides
    invoices where no setting shows them.
    """

    currency: str
    invoices_hidden: bool
    payment_providers: tuple[PaymentProvider, ...]
    booking_integrations: tuple[str, ...]
    booking_pages: Mapping[str, str]
    organizer_templates: tuple[OrganizerTemplate, ...]
    pipelines: tuple[Pipeline, ...]
    segments: tuple[Segment, ...]
    raw: Mapping[str, JSON]
    counts: Counts | None = None

    @property
    def default_provider(self) -> PaymentProvider | None:
        """The provider that takes payments: connected and the default one."""
        return next((each for each in self.payment_providers if each.connected and each.default), None)

    def template(self, template_id: str) -> OrganizerTemplate | None:
        return next((each for each in self.organizer_templates if each.id == template_id), None)

    def pipeline(self, pipeline_id: str) -> Pipeline | None:
        return next((each for each in self.pipelines if each.id == pipeline_id), None)

    def clients(self) -> int:
        return self.counts.everyone if self.counts else sum(segment.clients for segment in self.segments)

    @property
    def tags(self) -> Iterable[str]:
        """Those that clients have."""
        return sorted(
            self.counts.tags if self.counts else {tag for each in self.segments for tag in each.tags}
        )

    @property
    def knows_clients(self) -> bool:
        return bool(self.segments or self.counts)


def facts_from_json(data: Mapping[str, Any]) -> Facts:
    """Facts from a document that its schema has accepted."""
    return Facts(
        currency=data["currency"],
        invoices_hidden=data.get("invoices_hidden", False),
        payment_providers=tuple(
            PaymentProvider(each["id"], each["connected"], each.get("default", False), tuple(each["methods"]))
            for each in data.get("payment_providers", ())
        ),
        booking_integrations=tuple(data.get("booking_integrations", ())),
        booking_pages=data.get("booking_pages", {}),
        organizer_templates=tuple(
            OrganizerTemplate(each["id"], each["name"], each["questions"])
            for each in data.get("organizer_templates", ())
        ),
        pipelines=tuple(
            Pipeline(each["id"], each["name"], tuple(each["stages"]), tuple(each.get("job_statuses", ())))
            for each in data.get("pipelines", ())
        ),
        segments=tuple(
            Segment(frozenset(each.get("tags", ())), each["locale"], each["clients"])
            for each in data.get("segments", ())
        ),
        raw=data,
        counts=_counts(data),
    )


def _counts(data: Mapping[str, Any]) -> Counts | None:
    """Exact sets of tags say more: where a portal has them, they count."""
    told = None if data.get("segments") else data.get("clients")
    return Counts(told["all"], told.get("by_tag", {}), told.get("by_language", {})) if told else None
