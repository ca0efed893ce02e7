"""What a plan promises of a firm's pages: one digest, for which none is rendered."""

from collections.abc import Iterable

from portalsync.model.canonical import digest
from portalsync.model.json_value import JSONObject
from portalsync.model.page import Situation
from portalsync.model.persona import Persona
from portalsync.portal.compose import compose
from portalsync.portal.links import page_href
from portalsync.portal.variants import variants


def page_promise(situation: Situation, personas: Iterable[Persona], templates: str) -> str:
    """The digest over the address and the composition of every page of every sample client. `templates`
    is the digest of what makes HTML of them. Equal promises are equal pages, byte for byte.
    """
    pages: JSONObject = {
        page_href(situation.firm, persona.id, locale, place): digest(
            compose(situation, persona, place, locale).to_json()
        )
        for persona, locale, place in variants(situation, personas)
    }
    return digest({"pages": pages, "templates": templates})
