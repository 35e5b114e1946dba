"""What came of verifying results, for people and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from parindex.analysis.verification import HASH, Verified
from parindex.tables.table import Cell, Column, Table
from parindex.values.language import Language
from parindex.version import __version__

FORMAT = "parindex-verify/1"
COLUMNS = ("unit", "year", "scheme", "version", "agrees", "path", "handed_on", "recomputed")


def verify_sheets(verified: Sequence[Verified], left: int, say: Language) -> list[Table]:
    """One line for each result, then what differs in each; `left` scorecards have no result."""
    rows = tuple(
        (
            _verdict(each, say),
            each.unit,
            each.year,
            each.scheme,
            each.cells,
            sum(not difference.extra for difference in each.differences),
        )
        for each in verified
    )
    columns = (
        Column("verdict", say("Result")),
        Column("unit", say("Unit")),
        Column("year", say("Year"), "code"),
        Column("scheme", say("Scheme"), "code"),
        Column("cells", say("Compared"), "number"),
        Column("differ", say("Differ"), "number"),
    )
    strong = frozenset(number for number, each in enumerate(verified) if not each.agrees)
    notes = tuple(_notes(verified, left, say))
    whole = Table(
        say("Recomputed by parindex {version}", version=__version__), columns, rows, strong, notes
    )
    return [whole, *(_cells(each, say) for each in verified if each.differences)]


def _verdict(verified: Verified, say: Language) -> str:
    if verified.missing:
        return say("NO SCORECARD")
    return say("agrees") if verified.agrees else say("DIFFERS")


def _notes(verified: Sequence[Verified], left: int, say: Language) -> Iterator[str]:
    agree = sum(each.agrees for each in verified)
    yield say("{agree} of {all} results agree.", agree=agree, all=len(verified))
    compared = [each for each in verified if not each.missing]
    if any(each.path == HASH for one in compared for each in one.differences):
        yield say("The scheme is not the same any more: its hash differs.")
    elif compared:
        yield say("The hash of the scheme agrees.")
    if {each.version for each in verified} == {__version__}:
        yield say("Handed on by the same version.")
    for version in sorted({each.version or "" for each in verified} - {__version__}):
        if version:
            yield say("Handed on by version {version}: words were not compared.", version=version)
        else:
            yield say("The results do not say by which version: words were not compared.")
    if left:
        yield say("{count} scorecards have no result in the file.", count=left)


def _cells(verified: Verified, say: Language) -> Table:
    columns = (
        Column("path", say("What"), "code"),
        Column("handed_on", say("Handed on"), "number"),
        Column("recomputed", say("Recomputed"), "number"),
    )
    rows = tuple((each.path, each.handed_on, each.recomputed) for each in verified.differences)
    extra = any(each.extra for each in verified.differences)
    notes = (say("What results do not have is not compared."),) if extra else ()
    return Table(f"{verified.unit} · {verified.year}", columns, rows, notes=notes)


def verify_data(verified: Verified) -> dict[str, Any]:
    """One result's verification as data."""
    return {
        "unit": verified.unit,
        "year": verified.year,
        "scheme": verified.scheme,
        "version": verified.version,
        "agrees": verified.agrees,
        "has_scorecard": not verified.missing,
        "compared": verified.cells,
        "differences": [
            {
                "path": each.path,
                "handed_on": each.handed_on,
                "recomputed": each.recomputed,
                "counts": not each.extra,
            }
            for each in verified.differences
        ],
    }


def verify_rows(verified: Verified) -> Iterator[tuple[Cell, ...]]:
    """One result as rows of CSV: one for each cell that differs, or one where none does."""
    agrees = "true" if verified.agrees else "false"
    head = (verified.unit, verified.year, verified.scheme, verified.version, agrees)
    if not verified.differences:
        yield (*head, None, None, None)
    for each in verified.differences:
        yield (*head, each.path, each.handed_on, each.recomputed)
