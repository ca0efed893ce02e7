"""Hosts to which a firm's links lead after a change, and did not before."""

from collections.abc import Iterator

from portalsync.addresses import host_of
from portalsync.catalog import field_of
from portalsync.catalog.option import Field
from portalsync.model.settings import Settings
from portalsync.portal.markdown import links


def new_hosts(before: Settings, after: Settings) -> tuple[str, ...]:
    """Sorted. A link counts from the moment it is set, whether or not a client can see it yet: else a
    switch that is turned on later would bring it in unasked.
    """
    return tuple(sorted({*_hosts(after)} - {*_hosts(before)}))


def _hosts(settings: Settings) -> Iterator[str]:
    """Web hosts; addresses of mail and telephone have none."""
    return filter(None, map(host_of, _addresses(settings)))


def _addresses(settings: Settings) -> Iterator[str]:
    for path, value in settings.items():
        field = field_of(path)
        if isinstance(field, Field):
            yield from field.kind.links(value)
            for text in field.kind.markdown_texts(value).values():
                yield from links(text)
