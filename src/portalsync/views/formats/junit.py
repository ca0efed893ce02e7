"""Findings, and checks of a portal, as JUnit's XML, for servers that show test results."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from portalsync.diagnostics import Diagnostic, Severity, gravest_first, numbers
from portalsync.lexicon import Lexicon
from portalsync.model.conformance import Conformance, Grade, Graded
from portalsync.views.format import Format
from portalsync.views.screen import Screen
from portalsync.views.wording.findings import sentences
from portalsync.visible import visible

_SUITE = "portalsync validate"


def render_junit(diagnostics: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    """A test case for each file with a finding, and one for the whole that is always there.

    An error fails its file's case; warnings alone do not.
    """
    files: dict[str, list[Diagnostic]] = {}
    for each in gravest_first(diagnostics):
        files.setdefault(each.position.file, []).append(each)
    failed = sum(map(_has_error, files.values()))
    root = Element("testsuites")
    suite = SubElement(root, "testsuite", name=_SUITE)
    _case(suite, "configuration", gravest_first(diagnostics), lexicon, whole=True)
    for file, found in sorted(files.items()):
        _case(suite, file, found, lexicon)
    for element in (root, suite):
        element.set("tests", str(len(files) + 1))
        element.set("failures", str(failed + (failed > 0)))
        element.set("errors", "0")
    return _text_of(root)


def _has_error(found: Sequence[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in found)


def _case(
    suite: Element, name: str, found: Sequence[Diagnostic], lexicon: Lexicon, *, whole: bool = False
) -> None:
    case = SubElement(suite, "testcase", name=visible(name), classname="portalsync")
    errors = [each for each in found if each.severity is Severity.ERROR]
    warnings = [each for each in found if each.severity is Severity.WARNING]
    if errors:
        message = lexicon.count("problems.errors", numbers(errors)[Severity.ERROR])
        failure = SubElement(case, "failure", message=message, type=errors[0].code)
        failure.text = message if whole else _text(errors, lexicon)
    if warnings and not whole:
        SubElement(case, "system-out").text = _text(warnings, lexicon)


def _text(found: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    return "\n".join(line for each in found for line in _lines(each, lexicon))


def _lines(diagnostic: Diagnostic, lexicon: Lexicon) -> Iterator[str]:
    severity = lexicon(f"problems.{diagnostic.severity}")
    yield f"{severity}[{diagnostic.code}] {visible(str(diagnostic.position))}"
    yield from (f"  {line}" for line in sentences(diagnostic, lexicon))


def _checks(conformance: Conformance, lexicon: Lexicon, _screen: Screen) -> tuple[str]:
    """A test case for each check, in its section of the contract."""
    root = Element("testsuites")
    suite = SubElement(root, "testsuite", name="portalsync backend check")
    for graded in conformance.checks:
        _checked(suite, graded, lexicon)
    for element in (root, suite):
        element.set("tests", str(len(conformance.checks)))
        element.set("failures", str(len(conformance.having(Grade.FAILED))))
        element.set("errors", "0")
    suite.set("skipped", str(len(conformance.having(Grade.SKIPPED))))
    return (_text_of(root),)


def _checked(suite: Element, graded: Graded, lexicon: Lexicon) -> None:
    case = SubElement(suite, "testcase", name=graded.code, classname=graded.section)
    if graded.grade is Grade.FAILED:
        failure = SubElement(case, "failure", message=lexicon.say(graded.demand), type=graded.weight)
        told = {"asked": graded.request, "expected": lexicon.say(graded.expected), "came": graded.came}
        rows = (f"{lexicon(f'conformance.labels.{name}')}: {visible(text)}" for name, text in told.items())
        failure.text = "\n".join(rows)
    if graded.grade is Grade.SKIPPED:
        SubElement(case, "skipped", message=visible(lexicon.say(graded.reason)))


def _text_of(root: Element) -> str:
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


FORMAT = Format(
    name="junit",
    description="JUnit's XML, for servers that show the results of tests.",
    findings=lambda findings, lexicon, _screen: render_junit(findings, lexicon),
    checks=_checks,
    is_from_the_top=True,
)
