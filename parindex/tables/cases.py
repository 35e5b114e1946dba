"""What came of cases, for people and programs."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.cases import Checked, Told
from parindex.findings import describe
from parindex.tables.columns import columns
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import plain, terminating
from parindex.values.language import Language

FORMAT: Final = "parindex-test/1"
COLUMNS: Final = ("file", "line", "name", "scheme", "passed", "what", "expected", "found")


def case_record(checked: Checked) -> dict[str, Any]:
    """One case for programs; a figure whose decimals do not end is text like `1/3`."""
    case = checked.case
    return {
        "name": case.name,
        "file": case.place.file,
        "line": case.place.line,
        "scheme": case.scheme.id if case.scheme else None,
        "passed": checked.passed,
        "differences": [
            {"what": each.what, "expected": _figure(each.expected), "found": _figure(each.found)}
            for each in checked.differences
        ],
        "faults": [describe(fault) for fault in checked.faults],
    }


def _figure(value: Told) -> Decimal | str | None:
    if not isinstance(value, Fraction):
        return value
    decimal = terminating(value)
    return plain(value) if decimal is None else decimal


def case_tables(checked: Sequence[Checked], say: Language) -> Iterator[Table]:
    """One line for each case with the count below, then what differs in each that failed."""
    failed = [each for each in checked if not each.passed]
    builder = TableBuilder(columns(say, "result name place:code", name=say("Case")))
    for each in checked:
        result = say("passed") if each.passed else say("FAILED")
        name, place = each.case.name, str(each.case.place)
        builder.add(result=result, name=name, place=place, strong=not each.passed)
    passed = len(checked) - len(failed)
    summary = say("{passed} passed, {failed} failed.", passed=passed, failed=len(failed))
    yield builder.table(say("Cases"), [summary], keep=None)
    yield from (_differences(each, say) for each in failed)


def _differences(checked: Checked, say: Language) -> Table:
    builder = TableBuilder(columns(say, "what:code expected found"))
    for each in checked.differences:
        expected, found = (
            say.number(value) if isinstance(value, Fraction) else value
            for value in (each.expected, each.found)
        )
        builder.add(what=each.what, expected=expected, found=found)
    notes = [describe(fault, say) for fault in checked.faults]
    return builder.table(f"{checked.case.place}: {checked.case.name}", notes, keep=None)
