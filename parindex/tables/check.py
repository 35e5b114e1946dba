"""What `check` found, as lines, sheet, rows and data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from parindex.findings import message, severity
from parindex.findings.lines import finding_lines, mend_text
from parindex.tables.table import Cell, Column, Table
from parindex.values.finding import Finding, Severity
from parindex.values.language import Language, language, mark

FORMAT: Final = "parindex-check/1"
COLUMNS: Final = (
    *("file", "line", "column", "pointer", "code", "severity"),
    *("where", "message", "found", "expected", "mend"),
)
_SEVERITIES: Final[tuple[tuple[Severity, str], ...]] = (
    ("error", mark("errors: {count}")),
    ("warning", mark("warnings: {count}")),
    ("info", mark("notes: {count}")),
)
# The words of severities that are said through a variable.
_WORDS: Final = (mark("error"), mark("warning"), mark("info"))


def checked_lines(findings: Sequence[Finding], most: int, say: Language) -> Iterator[str]:
    """The first lines of the findings of a file, and how many more findings there are."""
    lines = list(finding_lines(findings, say, mend=True))
    yield from (line for line, _ in lines[:most])
    if len(lines) > most:
        left = sum(count for _, count in lines[most:])
        yield say("… and {count} more findings in this file", count=left)


def summary(findings: Iterable[Finding], files: int, say: Language) -> str:
    """How many findings of each severity, in how many files."""
    counts = Counter(severity(finding) for finding in findings)
    figures = [say(text, count=counts[name]) for name, text in _SEVERITIES if counts[name]]
    if not figures:
        return say("files checked: {files}; nothing found", files=files)
    return say("files checked: {files}; {figures}", files=files, figures=", ".join(figures))


def findings_sheet(findings: Sequence[Finding], note: str, say: Language) -> Table:
    """A row for each finding."""
    columns = (
        Column("place", say("Place")),
        Column("code", say("Code"), "code"),
        Column("severity", say("Severity")),
        Column("where", say("Where")),
        Column("message", say("Finding")),
        Column("mend", say("How to mend")),
    )
    rows = tuple(
        (
            str(finding.place or ""),
            finding.code,
            say(severity(finding)),
            finding.where,
            message(finding, say),
            mend_text([finding], say),
        )
        for finding in findings
    )
    return Table(say("Findings"), columns, rows, notes=(note,))


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as data, in English whatever the language of the run."""
    place, english = finding.place, language("en")
    return {
        "file": place.file if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "pointer": place.pointer or None if place else None,
        "code": finding.code,
        "severity": severity(finding),
        "where": finding.where,
        "message": message(finding, english),
        "mend": mend_text([finding], english),
        "parameters": dict(finding.parameters),
    }


def finding_row(finding: Finding) -> tuple[Cell, ...]:
    """One finding as a row of CSV."""
    data = finding_data(finding)
    given = finding.parameters
    return tuple(data[name] if name in data else given.get(name) for name in COLUMNS)
