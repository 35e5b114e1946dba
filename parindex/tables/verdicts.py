"""Verdicts: whether cases passed, and whether saved results agree with recomputed ones."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.cases import Checked, Told
from parindex.analysis.verification import HASH, Verified
from parindex.findings import describe
from parindex.tables.columns import columns
from parindex.tables.figures import record_of
from parindex.tables.table import Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import to_decimal_or_none, to_text
from parindex.values.language import Language
from parindex.version import __version__

CASE_FORMAT: Final = "parindex-test/1"
CASE_COLUMNS: Final = ("file", "line", "name", "scheme", "passed", "what", "expected", "found")
VERIFY_FORMAT: Final = "parindex-verify/1"
VERIFY_COLUMNS: Final = (
    *("unit", "year", "scheme", "version", "agrees", "path", "handed_on", "recomputed"),
)


def case_record(checked: Checked) -> dict[str, Any]:
    """One case for programs; a figure whose decimals do not end is text like `1/3`."""
    case = checked.case

    def figure(value: Told) -> Decimal | str | None:
        decimal = to_decimal_or_none(value) if isinstance(value, Fraction) else value
        return to_text(value) if decimal is None and isinstance(value, Fraction) else decimal

    return {
        "name": case.name,
        **record_of(case.place, "file line"),
        "scheme": case.scheme.id if case.scheme else None,
        "passed": checked.passed,
        "differences": [
            {"what": each.what, "expected": figure(each.expected), "found": figure(each.found)}
            for each in checked.differences
        ],
        "faults": [describe(fault) for fault in checked.faults],
    }


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
    shown = columns(say, "what:code expected found")
    for each in failed:
        title = f"{each.case.place}: {each.case.name}"
        notes = [describe(fault, say) for fault in each.faults]
        yield _differences(title, case_record(each), shown, notes)


def verify_record(verified: Verified) -> dict[str, Any]:
    """One saved result for programs, with what differs in it."""
    return {
        **record_of(verified, "unit year scheme version agrees"),
        "has_scorecard": not verified.missing,
        "compared": verified.cells,
        "differences": [
            {**record_of(each, "path handed_on recomputed"), "counts": not each.extra}
            for each in verified.differences
        ],
    }


def verify_tables(verified: Sequence[Verified], left: int, say: Language) -> Iterator[Table]:
    """One line for each result, then what differs in each; `left` scorecards have no result."""
    keys = "result unit year scheme compared:number differ"
    builder = TableBuilder(columns(say, keys, compared=say("Compared")))
    for each in verified:
        agrees = say("agrees") if each.agrees else say("DIFFERS")
        builder.take(
            verify_record(each),
            result=say("NO SCORECARD") if each.missing else agrees,
            differ=sum(not difference.extra for difference in each.differences),
            strong=not each.agrees,
        )
    title = say("Recomputed by parindex {version}", version=__version__)
    yield builder.table(title, _notes(verified, left, say), keep=None)
    titles = {"path": say("What"), "handed_on": say("Handed on"), "recomputed": say("Recomputed")}
    shown = columns(say, "path:code handed_on:number recomputed:number", **titles)
    for each in filter(lambda each: each.differences, verified):
        extra = any(difference.extra for difference in each.differences)
        notes = [say("What results do not have is not compared.")] if extra else []
        yield _differences(f"{each.unit} · {each.year}", verify_record(each), shown, notes)


def _notes(verified: Sequence[Verified], left: int, say: Language) -> Iterator[str]:
    agree = sum(each.agrees for each in verified)
    yield say("{agree} of {all} results agree.", agree=agree, all=len(verified))
    compared = [each for each in verified if not each.missing]
    if any(each.path == HASH for one in compared for each in one.differences):
        yield say("The scheme is not the same any more: its hash differs.")
    elif compared:
        yield say("The hash of the scheme agrees.")
    versions = {each.version or "" for each in verified}
    if versions == {__version__}:
        yield say("Handed on by the same version.")
    for version in sorted(versions - {__version__}):
        if version:
            yield say("Handed on by version {version}: words were not compared.", version=version)
        else:
            yield say("The results do not say by which version: words were not compared.")
    if left:
        yield say("{count} scorecards have no result in the file.", count=left)


def _differences(
    title: str, record: Mapping[str, Any], shown: Sequence[Column], notes: Sequence[str]
) -> Table:
    """What differs in a case or result."""
    builder = TableBuilder(shown)
    for each in record["differences"]:
        builder.take(each)
    return builder.table(title, notes, keep=None)
