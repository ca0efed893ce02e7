"""Where a vendor's portal has its settings, and what it calls them: what `vendors/<name>.yaml` says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

from portalsync.model.annotations import Omitted

ByLanguage: TypeAlias = Mapping[str, str]
Way: TypeAlias = Mapping[str, tuple[str, ...]]
"""By language: what is opened, one after the other."""


@dataclass(frozen=True)
class VendorPage:
    """In a language without a `source` that tells so, it is assumed."""

    way: Way
    source: Annotated[ByLanguage, Omitted()] = field(default_factory=dict)


@dataclass(frozen=True)
class VendorSetting:
    """What a setting is called. One with a `way` stands apart from the others of its page."""

    label: ByLanguage
    way: Annotated[Way, Omitted()] = field(default_factory=dict)
    source: Annotated[ByLanguage, Omitted()] = field(default_factory=dict)
    inverted: Annotated[bool, Omitted()] = False
    """Whether the vendor's switch is on where ours is off: *Hide invoices from clients*."""
    values: Annotated[Mapping[str, ByLanguage], Omitted()] = field(default_factory=dict)
    note: Annotated[ByLanguage, Omitted()] = field(default_factory=dict)


@dataclass(frozen=True)
class Vendor:
    """`pages` by the words of `catalog/where.py`, in the order in which people walk through them; `settings`
    by their patterns; `missing` are patterns of what its portal is not known to have.
    """

    id: str
    name: str
    pages: Mapping[str, VendorPage]
    settings: Mapping[str, VendorSetting]
    missing: Annotated[tuple[str, ...], Omitted()] = ()
