"""A page for each option: where clients meet it, its fields, its rules."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import yaml

from portalsync.catalog import OPTIONS, SECTIONS
from portalsync.catalog.descriptions import described
from portalsync.catalog.naming import unset_key
from portalsync.catalog.option import AnyField, Authority, Block, Field, ListField, Option, Rule, walk
from portalsync.catalog.profile import PROFILE
from portalsync.catalog.where import page_name
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON
from portalsync.model.page import Place
from portalsync.views.reference.markdown import bullets, code, page, table, value, values
from portalsync.views.reference.takes import is_localized, takes


def options(lexicon: Lexicon) -> Mapping[str, str]:
    """The pages, by their path below the reference."""
    pages = {f"options/{option.key}.md": _option(option, lexicon) for option in SECTIONS}
    return {"options/index.md": _index(lexicon), **pages}


def _index(lexicon: Lexicon) -> str:
    rows = [
        (f"[{_title(option, lexicon)}]({option.key}.md)", code(option.key), _what(option, lexicon))
        for option in (*OPTIONS, PROFILE)
    ]
    head = tuple(lexicon(f"reference.options.{name}") for name in ("option", "key", "what"))
    intro = lexicon("reference.options.body", spelling="`{unset: true}`")
    return page(f"# {lexicon('reference.options.title')}", intro, table(head, rows))


def _title(option: Option, lexicon: Lexicon) -> str:
    return lexicon(f"options.{option.key}.title")


def _what(defined: Option | AnyField, lexicon: Lexicon) -> str:
    return described(defined.description, lexicon.locale)


def _option(option: Option, lexicon: Lexicon) -> str:
    return page(
        f"# {_title(option, lexicon)}",
        lexicon("reference.options.since", what=_what(option, lexicon), version=option.since),
        f"## {lexicon('reference.options.seen')}",
        _seen(option, lexicon) or lexicon("reference.options.unseen"),
        lexicon("reference.options.clicked", page=page_name(option.where, lexicon)),
        f"## {lexicon('reference.options.file')}",
        lexicon("reference.options.form"),
        f"```yaml\n{_example(option)}```",
        f"## {lexicon('reference.options.fields')}",
        *(part for path, field in walk(option.all_fields) for part in _field(path, field, lexicon)),
        *_rules(option.rules, lexicon),
    )


def _seen(option: Option, lexicon: Lexicon) -> str:
    rows = [
        (f"*{lexicon(f'options.{option.key}.blocks.{block.name}')}*", _places(block.places, lexicon), reasons)
        for block in option.blocks
        for reasons in ["; ".join(_reasons(option, block, lexicon)) or lexicon("reference.options.never")]
    ]
    head = tuple(lexicon(f"reference.options.{name}") for name in ("block", "where", "hidden"))
    return table(head, rows)


def _places(places: Sequence[Place], lexicon: Lexicon) -> str:
    told = []
    for surface, group in groupby(places, key=lambda place: place.surface):
        pages = ", ".join(lexicon(f"places.{place.page}") for place in group)
        told.append(f"{lexicon(f'places.{surface}')}: {pages}")
    return "; ".join(told)


def _reasons(option: Option, block: Block, lexicon: Lexicon) -> Iterator[str]:
    for hide in block.hide:
        yield lexicon(f"options.{option.key}.hidden.{hide.reason}")
    if option.has_audience:
        yield lexicon("audience.hidden")


def _example(option: Option) -> str:
    tree: JSON = {option.key: {field.name: _sample(field) for field in option.fields}}
    content = tree if option is PROFILE else {"options": tree}
    return yaml.dump(content, Dumper=_Indented, sort_keys=False, allow_unicode=True, width=1000)


class _Indented(yaml.SafeDumper):
    """Entries of a list stand further in than its key, as people write them; what is alike stands in full."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - yaml's
        del indentless
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def _sample(field: AnyField) -> JSON:
    if isinstance(field, Field):
        return field.examples[0]
    return [{"id": "its-id", **{each.name: _sample(each) for each in field.fields}}]


def _field(path: str, field: AnyField, lexicon: Lexicon) -> Iterator[str]:
    yield f"### {path.replace('.*.', '[].')}"
    yield _what(field, lexicon)
    facts = _list_facts(field, lexicon) if isinstance(field, ListField) else _facts(path, field, lexicon)
    yield bullets(facts)


def _list_facts(field: ListField, lexicon: Lexicon) -> Iterator[str]:
    is_whole = field.authority is Authority.AUTHORITATIVE
    yield lexicon("reference.options.entries", n=field.limit)
    yield lexicon("reference.options.authoritative" if is_whole else "reference.options.additive")
    yield lexicon("reference.options.remove")
    if field.where:
        yield lexicon("reference.options.clicked", page=page_name(field.where, lexicon))
    if is_whole:
        yield lexicon("reference.options.previously")


def _facts(path: str, field: Field[object], lexicon: Lexicon) -> Iterator[str]:
    kind = lexicon(f"reference.kinds.{type(field.kind).__name__}")
    yield lexicon("reference.options.kind", kind=kind, takes=takes(field.kind.schema(), lexicon))
    yield from _choices(field.kind.schema(), lexicon)
    if field.required:
        yield lexicon("reference.options.required")
    else:
        yield lexicon("reference.options.unset", value=_default(path, field, lexicon))
    yield lexicon("reference.options.accepted", values=values(field.examples, lexicon))
    yield lexicon("reference.options.refused", values=values(field.rejects, lexicon))


def _choices(schema: Any, lexicon: Lexicon) -> Iterator[str]:
    chosen = schema.get("items", schema)
    for word, meaning in zip(chosen.get("enum", ()), chosen.get("markdownEnumDescriptions", ()), strict=True):
        yield f"{code(word)}: {described(meaning, lexicon.locale)}"
    keys = {} if is_localized(schema) else schema.get("properties", {})
    for key, inner in keys.items():
        told = described(inner["markdownDescription"], lexicon.locale)
        yield f"{code(key)}, {takes(inner, lexicon)}: {told}"


def _default(path: str, field: Field[Any], lexicon: Lexicon) -> str:
    if field.default is None:
        return lexicon(unset_key(path.partition(".")[0], field.name))
    if field.default in ("", {}, []):
        return (
            lexicon("reference.options.nothing") if field.name != "audience" else lexicon("audience.everyone")
        )
    return value(field.default, lexicon)


def _rules(rules: Iterable[Rule], lexicon: Lexicon) -> Iterator[str]:
    told = [*rules]
    if told:
        yield f"## {lexicon('reference.options.rules')}"
        yield " ".join(
            lexicon(f"reference.options.{severity}")
            for severity in ("error", "warning")
            if any(rule.severity == severity for rule in told)
        )
    for rule in told:
        yield f"### {rule.code}"
        yield f"{lexicon(f'problems.{rule.severity}').capitalize()}. {_rule_text(lexicon, rule, 'message')}"
        yield lexicon("reference.codes.remedy", remedy=_rule_text(lexicon, rule, "hint"))


def _rule_text(lexicon: Lexicon, rule: Rule, part: str) -> str:
    """What a rule says, with its placeholders set off."""
    return re.sub(r"\{(\w+)\}", r"*\1*", lexicon.messages[f"rules.{rule.code}.{part}"])
