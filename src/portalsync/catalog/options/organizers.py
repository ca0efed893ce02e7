"""Which organizers (questionnaires) clients may start themselves."""

from collections.abc import Iterator, Sequence

from portalsync.catalog.kinds.basic import Switch
from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.option import (
    Authority,
    Block,
    Field,
    Hide,
    ListField,
    Option,
    Reads,
    Rule,
    Violation,
)
from portalsync.diagnostics import Severity
from portalsync.model.facts import OrganizerTemplate
from portalsync.model.page import WEB_ORGANIZERS, Content, Line, PageName, Shape, Situation, View

SELF_SERVICE = Field(
    "self_service",
    Switch(),
    default=False,
    description="Clients can start this organizer themselves.",
    examples=(True, False),
    rejects=("on", 1),
    required=True,
)

TEMPLATES = ListField(
    "organizers.templates",
    description="Organizer templates by their id on the portal. A template that is not named stays as it is.",
    fields=(SELF_SERVICE,),
    authority=Authority.ADDITIVE,
)


def offered(case: Situation) -> Sequence[OrganizerTemplate]:
    """The templates that clients can start: switched on, known, and with a question in them."""
    switched_on = [entry.id for entry in case.settings.entries(TEMPLATES) if entry[SELF_SERVICE]]
    known = [case.facts.template(template) for template in switched_on]
    return [template for template in known if template is not None and template.questions]


def _content(view: View) -> Content:
    names = (localized(template.name, view.locale, "en") for template in offered(view))
    return Content(lines=tuple(Line(name, lang="" if lang == view.locale else lang) for name, lang in names))


def _template_unknown(case: Situation) -> Iterator[Violation]:
    known = ", ".join(template.id for template in case.facts.organizer_templates)
    for entry in case.settings.entries(TEMPLATES):
        if case.facts.template(entry.id) is None:
            path = f"{TEMPLATES.path}.{entry.id}.{SELF_SERVICE.path}"
            missing = ("template", entry.id) if entry[SELF_SERVICE] else ("", "")
            yield Violation(path, (("id", entry.id), ("known", known or "-")), missing=missing)


def _template_empty(case: Situation) -> Iterator[Violation]:
    for entry in case.settings.entries(TEMPLATES):
        template = case.facts.template(entry.id)
        if entry[SELF_SERVICE] and template is not None and not template.questions:
            yield Violation(f"{TEMPLATES.path}.{entry.id}.{SELF_SERVICE.path}", (("id", entry.id),))


OPTION = Option(
    key="organizers",
    since="0.1.0",
    description="*New organizer*: clients may start an organizer themselves, template by template.",
    fields=(TEMPLATES,),
    where="organizers",
    blocks=(
        Block(
            "new_organizer",
            Shape.BUTTON,
            (WEB_ORGANIZERS,),
            hide=(Hide("none_offered", lambda view: not offered(view)),),
            content=_content,
            reads=Reads(facts=("organizer_templates",)),
        ),
    ),
    rules=(
        Rule("organizer-template-unknown", Severity.ERROR, _template_unknown, finds_missing=True),
        Rule("organizer-template-empty", Severity.ERROR, _template_empty),
    ),
    leads_to=PageName.ORGANIZERS,
    icon="organizers",
)
