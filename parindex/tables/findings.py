"""Findings: what `check` found, and the page that explains a code."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from parindex.findings import describe, found_text, kinds, message, severity, where_text
from parindex.findings.lines import cell_of, finding_lines, mend_text
from parindex.tables.columns import columns
from parindex.tables.figures import record_of
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.finding import Finding, Place, Severity
from parindex.values.language import N_, Language, language

FORMAT: Final = "parindex-check/1"
COLUMNS: Final = (
    *("file", "line", "column", "pointer", "code", "severity"),
    *("where", "message", "found", "expected", "mend"),
)
PAGE_FORMAT: Final = "parindex-findings/1"
PAGE_COLUMNS: Final = ("code", "item", "text")
_COUNTS: Final[dict[Severity, str]] = {
    "error": N_("errors: {count}"),
    "warning": N_("warnings: {count}"),
    "info": N_("notes: {count}"),
}
_GRAVE: Final = (*_COUNTS,)


def checked_lines(findings: Sequence[Finding], most: int, say: Language) -> Iterator[str]:
    """The first lines of the findings of a file, the gravest first, and how many more findings there are."""
    gravest = sorted(findings, key=lambda each: _GRAVE.index(severity(each)))
    lines = list(finding_lines(gravest, say, mend=True))
    yield from (line for line, _ in lines[:most])
    if len(lines) > most:
        left = sum(count for _, count in lines[most:])
        yield say("… and {count} more findings in this file", count=left)


def summary(findings: Iterable[Finding], files: int, say: Language) -> str:
    """How many findings of each severity, in how many files."""
    counts = Counter(severity(finding) for finding in findings)
    figures = [say(text, count=counts[name]) for name, text in _COUNTS.items() if counts[name]]
    if not figures:
        return say("files checked: {files}; nothing found", files=files)
    return say("files checked: {files}; {figures}", files=files, figures=", ".join(figures))


def finding_record(finding: Finding, say: Language | None = None) -> dict[str, Any]:
    """One finding for programs, in English unless told, whatever the language of the run.

    What a source prints is `found`, what follows from its other figures `expected`.
    """
    say = say or language("en")
    place = record_of(finding.place or Place(""), "file line column pointer")
    told = finding.parameters
    return {
        **{name: value or None for name, value in place.items()},
        "cell": cell_of(finding.place) or None,
        "path": list(finding.path),
        "code": finding.code,
        "severity": severity(finding),
        "where": finding.where,
        "found": found_text(finding, say) or told.get("published"),
        "expected": say(told["expected"]) if "expected" in told else told.get("computed"),
        "message": message(finding, say),
        "mend": mend_text([finding], say),
        "parameters": dict(told),
    }


def talk_record(text: str) -> dict[str, Any]:
    """Talk that is no finding, for programs that read findings: no code, no place, a message."""
    nothing = dict.fromkeys(("file", "line", "column", "pointer", "cell"))
    return {
        **nothing,
        "path": [],
        "code": None,
        "severity": "info",
        "where": "",
        **dict.fromkeys(("found", "expected")),
        "message": text,
        "mend": None,
        "parameters": {},
    }


def findings_table(findings: Sequence[Finding], note: str, say: Language) -> Table:
    """A row for each finding."""
    builder = TableBuilder(columns(say, "place code severity where message mend"))
    for finding in findings:
        builder.take(
            record_of(finding, "code"),
            where=where_text(finding, say),
            place=str(finding.place or ""),
            severity=say(severity(finding)),
            message=message(finding, say),
            mend=mend_text([finding], say),
        )
    return builder.table(say("Findings"), [note], keep=None)


def page_record(code: str) -> dict[str, Any]:
    """What a code means, for programs."""
    kind = kinds()[code]
    more = {"why": kind.why or None, "mend": kind.mend, "example": kind.given or None}
    return {"code": code, **record_of(kind, "severity message"), **more}


def page_rows(code: str, say: Language) -> Iterator[tuple[str, str]]:
    """What a code means: a heading and a text each, those that there are."""
    kind = kinds()[code]
    yield say("What it says"), _with_names(say(kind.message))
    if kind.why:
        yield say("Why"), say(kind.why)
    yield say("How to mend"), say(kind.mend)
    in_workbooks = [*filter(None, (kind.in_workbook,)), *kind.mends.values()]
    if in_workbooks:
        yield (
            say("In a workbook"),
            " ".join(
                _with_names(say(text).replace("{free}", say("a free cell")))
                for text in in_workbooks
            ),
        )
    if kind.given:
        yield say("Example"), kind.given
    if kind.given or kind.parameters:
        yield say("What is told"), describe(Finding(code, kind.where, kind.parameters), say)


def _with_names(text: str) -> str:
    """A text with the names of what is filled in, in brackets of their own."""
    return text.replace("{", "‹").replace("}", "›")


def page_table(code: str, say: Language) -> Table:
    """The page of one code.

    Raises:
        KeyError: no finding has this code.
    """
    title = f"{code} · {say(kinds()[code].severity)}"
    return Table(title, columns(say, "what text", what="", text=""), tuple(page_rows(code, say)))
