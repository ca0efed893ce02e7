"""A page for each option: where clients meet it, its fields, its rules."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import yaml

from portalsync.catalog import OPTIONS, SECTIONS
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.option import AnyField, Authority, Block, Field, ListField, Option, Rule, walk
from portalsync.catalog.profile import PROFILE
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON
from portalsync.model.page import Place
from portalsync.views.reference.markdown import bullets, code, page, table, value, values
from portalsync.views.reference.takes import is_localized, takes

_INTRO = """\
# Options

Eight things that a firm decides for its clients, and the profile beside them. What no file says stays as it
is on the portal. `null` stops inheriting: a value of a lower layer no longer counts, and the portal stays
as it is. `{unset: true}`, in place of a value, a list or a whole option, means: not set on the portal. What
is there is taken away, and clients find what the portal has while nobody sets it.
"""
_KIND_NAMES = {"AudienceKind": "audience", "Pattern": "short text"}
_AUTHORITY = {
    Authority.AUTHORITATIVE: "An entry that no file names goes from the portal, and what no file says of "
    "an entry does too; `null` is refused there.",
    Authority.ADDITIVE: "An entry that no file names stays as it is on the portal.",
}
_BROKEN = {
    "error": "An error stops validation, the plan and the portal's commit.",
    "warning": "A warning is told and stops nothing.",
}


def options(lexicon: Lexicon) -> Mapping[str, str]:
    """The pages, by their path below the reference."""
    pages = {f"options/{option.key}.md": _option(option, lexicon) for option in SECTIONS}
    return {"options/index.md": _index(lexicon), **pages}


def _index(lexicon: Lexicon) -> str:
    rows = [
        (f"[{lexicon(f'options.{option.key}.title')}]({option.key}.md)", code(option.key), option.description)
        for option in (*OPTIONS, PROFILE)
    ]
    return page(_INTRO.replace("Eight", _number(len(OPTIONS))), table(("option", "key", "what it is"), rows))


def _number(count: int) -> str:
    few = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
    return few[count - 1] if count <= len(few) else str(count)


def _option(option: Option, lexicon: Lexicon) -> str:
    return page(
        f"# {lexicon(f'options.{option.key}.title')}",
        f"{option.description} Since {option.since}.",
        "## What clients see",
        _seen(option, lexicon) or "Clients see nothing of it on their pages.",
        "## In a file",
        "The form, with values that are accepted. Ids and texts are yours.",
        f"```yaml\n{_example(option)}```",
        "## Fields",
        *(part for path, field in walk(option.all_fields) for part in _field(path, field, lexicon)),
        *_rules(option.rules, lexicon),
    )


def _seen(option: Option, lexicon: Lexicon) -> str:
    rows = [
        (f"*{lexicon(f'options.{option.key}.blocks.{block.name}')}*", _places(block.places, lexicon), reasons)
        for block in option.blocks
        for reasons in ["; ".join(_reasons(option, block, lexicon)) or "never"]
    ]
    return table(("clients see", "where", "hidden, when"), rows)


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
    """Entries of a list stand further in than its key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - yaml's
        del indentless
        super().increase_indent(flow, indentless=False)


def _sample(field: AnyField) -> JSON:
    if isinstance(field, Field):
        return field.examples[0]
    return [{"id": "its-id", **{each.name: _sample(each) for each in field.fields}}]


def _field(path: str, field: AnyField, lexicon: Lexicon) -> Iterator[str]:
    yield f"### {path.replace('.*.', '[].')}"
    yield field.description
    yield bullets(_list_facts(field) if isinstance(field, ListField) else _facts(field, lexicon))


def _list_facts(field: ListField) -> Iterator[str]:
    yield f"Kind: a list of at most {field.limit:,} entries, each with an `id`; layers merge entries by it."
    yield _AUTHORITY[field.authority]
    yield "`remove: true` takes an entry away, from lower layers and from the portal."
    if field.authority is Authority.AUTHORITATIVE:
        yield "`previously: <id>` says which id an entry had before, if only that has changed."


def _facts(field: Field[object], lexicon: Lexicon) -> Iterator[str]:
    yield f"Kind: {kind_name(field.kind)}. Takes {takes(field.kind.schema())}."
    yield from _choices(field.kind.schema())
    if field.required:
        yield "An entry cannot be without it."
    else:
        yield f"While nobody sets it, the portal has: {_default(field, lexicon)}."
    yield f"Accepted, for example: {values(field.examples)}."
    yield f"Refused, for example: {values(field.rejects)}."


def _choices(schema: Any) -> Iterator[str]:
    chosen = schema.get("items", schema)
    for word, meaning in zip(chosen.get("enum", ()), chosen.get("markdownEnumDescriptions", ()), strict=True):
        yield f"{code(word)}: {meaning}"
    keys = {} if is_localized(schema) else schema.get("properties", {})
    for key, inner in keys.items():
        yield f"{code(key)}, {takes(inner)}: {inner['markdownDescription']}"


def kind_name(kind: Kind[object]) -> str:
    """`LocalizedText` -> `localized text`."""
    name = type(kind).__name__
    spaced = "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()
    return _KIND_NAMES.get(name, spaced)


def _default(field: Field[Any], lexicon: Lexicon) -> str:
    if field.default in ("", {}, []):
        return "nothing" if field.name != "audience" else lexicon("audience.everyone")
    return value(field.default)


def _rules(rules: Iterable[Rule], lexicon: Lexicon) -> Iterator[str]:
    told = [*rules]
    if told:
        yield "## Rules"
        yield " ".join(
            _BROKEN[severity]
            for severity in ("error", "warning")
            if any(rule.severity == severity for rule in told)
        )
    for rule in told:
        yield f"### {rule.code}"
        yield f"{str(rule.severity).capitalize()}. {_rule_text(lexicon, rule, 'message')}"
        yield f"What to do: {_rule_text(lexicon, rule, 'hint')}"


def _rule_text(lexicon: Lexicon, rule: Rule, part: str) -> str:
    """What a rule says, with its placeholders set off."""
    return re.sub(r"\{(\w+)\}", r"*\1*", lexicon.messages[f"rules.{rule.code}.{part}"])
