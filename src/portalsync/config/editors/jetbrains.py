"""How JetBrains' editors learn the schemas: `.idea/jsonSchemas.xml`, with what else it says."""

import posixpath
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, indent, tostring
from xml.parsers.expat import ExpatError, ParserCreate

_COMPONENT = "JsonSchemaMappingsProjectConfiguration"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DEEPEST = 50


def with_mappings(before: bytes, found: Mapping[str, str]) -> bytes:
    """The file with these associations, in place of any others for the same files; the rest stays.

    ValueError for a file that cannot be written back as it is, such as one with comments.
    """
    project = _read(before) if before.strip() else Element("project", version="4")
    if project.tag != "project":
        raise ValueError(project.tag)
    component = _component(project)
    mappings = _within(_within(component, "state"), "map")
    ours = [*_entries(found)]
    names, files = {each.get("key") for each in ours}, [_files(each) for each in ours]
    others = [each for each in mappings if each.get("key") not in names and _files(each) not in files]
    mappings[:] = sorted([*others, *ours], key=lambda entry: entry.get("key", ""))
    indent(component, level=1)
    return (_HEAD + tostring(project, encoding="unicode") + "\n").encode()


def _component(project: Element) -> Element:
    for component in project.iterfind("component"):
        if component.get("name") == _COMPONENT:
            return component
    if len(project):
        project[-1].tail = "\n  "
    else:
        project.text = "\n  "
    component = SubElement(project, "component", name=_COMPONENT)
    component.tail = "\n"
    return component


def _within(parent: Element, name: str) -> Element:
    found = parent.find(name)
    return SubElement(parent, name) if found is None else found


def _entries(found: Mapping[str, str]) -> Iterator[Element]:
    """As these editors write them. The version of a schema stands in the schema."""
    for schema, files in found.items():
        path = posixpath.normpath(schema)
        name = f"portalsync {posixpath.basename(path).partition('.')[0]}"
        entry = Element("entry", key=name)
        information = SubElement(SubElement(entry, "value"), "SchemaInfo")
        _option(information, "name", name)
        _option(information, "relativePathToSchema", path)
        patterns = SubElement(information, "option", name="patterns")
        _add_files(SubElement(SubElement(patterns, "list"), "Item"), files)
        yield entry


def _add_files(item: Element, files: str) -> None:
    is_pattern = "*" in files
    if is_pattern:
        _option(item, "pattern", "true")
    _option(item, "path", files)
    if is_pattern:
        _option(item, "mappingKind", "Pattern")


def _option(parent: Element, name: str, value: str) -> None:
    SubElement(parent, "option", name=name, value=value)


def _files(entry: Element) -> set[str | None]:
    """Which files an entry is for."""
    return {each.get("value") for each in entry.iterfind(".//Item/option[@name='path']")}


def _read(content: bytes) -> Element:
    """Only elements, attributes and text: no DTD, no entities, and no comments that would be lost."""
    builder = TreeBuilder()
    parser = ParserCreate()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise ValueError(tag)
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.CommentHandler = _refuse
    parser.ProcessingInstructionHandler = _refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - its only form: this is all of it
    except ExpatError as error:
        raise ValueError(str(error)) from error
    return builder.close()


def _refuse(*found: object) -> None:
    raise ValueError(found)
