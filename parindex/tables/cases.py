"""What came of cases, for people and as data."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from parindex.analysis.cases import Checked, Told
from parindex.findings import describe
from parindex.tables.table import Cell, Column, Table
from parindex.values.exact import plain, terminating
from parindex.values.language import Language

FORMAT = "parindex-test/1"
COLUMNS = ("file", "line", "name", "scheme", "passed", "what", "expected", "found")


def case_sheets(checked: Sequence[Checked], say: Language) -> list[Table]:
    """One line for each case with the count below, then what differs in each that failed."""
    failed = [each for each in checked if not each.passed]
    rows = tuple(
        (say("passed") if each.passed else say("FAILED"), each.case.name, str(each.case.place))
        for each in checked
    )
    columns = (
        Column("result", say("Result")),
        Column("name", say("Case")),
        Column("place", say("Place"), "code"),
    )
    passed = len(checked) - len(failed)
    summary = say("{passed} passed, {failed} failed.", passed=passed, failed=len(failed))
    strong = frozenset(number for number, each in enumerate(checked) if not each.passed)
    whole = Table(say("Cases"), columns, rows, strong, (summary,))
    return [whole, *(_failed(each, say) for each in failed)]


def _failed(checked: Checked, say: Language) -> Table:
    columns = (
        Column("what", say("What"), "code"),
        Column("expected", say("Expected"), "number"),
        Column("found", say("Found"), "number"),
    )
    rows = tuple(
        (each.what, _shown(each.expected, say), _shown(each.found, say))
        for each in checked.differences
    )
    notes = tuple(describe(fault, say) for fault in checked.faults)
    return Table(f"{checked.case.place}: {checked.case.name}", columns, rows, notes=notes)


def _shown(value: Told, say: Language) -> str | None:
    return say.number(value) if isinstance(value, Fraction) else value


def case_data(checked: Checked) -> dict[str, Any]:
    """One case as data; a figure whose decimals do not end is text like `1/3`."""
    case = checked.case
    return {
        "name": case.name,
        "file": case.place.file,
        "line": case.place.line,
        "scheme": case.scheme.id if case.scheme else None,
        "passed": checked.passed,
        "differences": [
            {
                "what": each.what,
                "expected": _figure(each.expected),
                "found": _figure(each.found),
            }
            for each in checked.differences
        ],
        "faults": [describe(fault) for fault in checked.faults],
    }


def case_rows(checked: Checked) -> Iterator[tuple[Cell, ...]]:
    """One case as rows of CSV: one for each difference, or one where there is none."""
    case = checked.case
    scheme = case.scheme.id if case.scheme else None
    head = (case.place.file, case.place.line, case.name, scheme)
    if checked.passed:
        yield (*head, "true", None, None, None)
    for each in checked.differences:
        yield (*head, "false", each.what, _figure(each.expected), _figure(each.found))


def _figure(value: Told) -> Decimal | str | None:
    if not isinstance(value, Fraction):
        return value
    decimal = terminating(value)
    return plain(value) if decimal is None else decimal
