"""What was read of a printed table, row by row, and the file that it is written to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from parindex.findings.lines import cell_of
from parindex.office.published.importing import About, ImportedTable
from parindex.tables.columns import columns
from parindex.tables.data import row_record
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.tables.written import Written, each_of_them, one
from parindex.values.finding import Place
from parindex.values.language import N_, Language

FORMAT: Final = "parindex-data-import/1"
COLUMNS: Final = (
    *("cell", "unit", "code", "index", "points", "max", "value", "rank", "of", "band"),
    *("published", "state"),
)
STATES: Final = {"new": N_("new"), "known": N_("published with the tool"), "differs": N_("differs")}


def rows(found: ImportedTable) -> Iterator[dict[str, Any]]:
    """The rows of a table, each with what is published of the same."""
    for each in found.rows:
        told = {name: row_record(each.row)[name] for name in COLUMNS[1:-2]}
        yield {"cell": _cell(each.place), **told, "published": each.before, "state": each.state}


def report(found: ImportedTable) -> dict[str, Any]:
    """The same for programs, with the units that the table lacks."""
    return {"rows": [*rows(found)], "missing": found.missing, "passed": found.passed}


def table(found: ImportedTable, say: Language) -> Table:
    """The same for people."""
    titles = {"cell": say("Cell"), "index": say("Index"), "of": say("of")}
    titles |= {"published": say("Published with the tool"), "max": say("Maximum")}
    keys = "cell:text unit code index points max value rank of band published:text state"
    builder = TableBuilder(columns(say, keys, **titles))
    for each in rows(found):
        state = "" if each["state"] == "known" else say(STATES[each["state"]])
        builder.take(each, state=state)
    return builder.table(say("Rows of the table"), _notes(found, say), keep=("unit",))


def _notes(found: ImportedTable, say: Language) -> Iterator[str]:
    units = len({each.row.unit for each in found.rows})
    known = sum(each.state != "new" for each in found.rows)
    differ = sum(each.state == "differs" for each in found.rows)
    yield say("Units: {count}; missing: {missing}.", count=units, missing=len(found.missing))
    if found.missing:
        yield say("Missing: {names}.", names=", ".join(found.missing))
    yield say(
        "Of {count} rows {known} are published with the tool, too; {differ} of them differ.",
        count=len(found.rows),
        known=known,
        differ=differ,
    )
    if found.passed:
        yield say("Passed over: {names}.", names="; ".join(found.passed[:10]))


def _cell(place: Place) -> str:
    """Where a row is in its file: `D17`, a JSON pointer, or line and column."""
    return cell_of(place) or place.pointer or f"{place.line}:{place.column}"


def file_of(output: str, about: About, kind: str) -> str:
    """The file to write: the one named, or in a folder one for the kind, level and year.

    A name that does not end in `.csv` is that of a folder.
    """
    if output.lower().endswith(".csv"):
        return output
    named = (kind, about.level, str(about.year), about.code)
    return str(Path(output) / f"{'-'.join(filter(None, named))}.csv")


WRITTEN: Final = Written(
    FORMAT,
    "tables",
    one(report),
    columns=COLUMNS,
    rows=rows,
    tables=each_of_them(lambda found, say: [table(found, say)]),
)
