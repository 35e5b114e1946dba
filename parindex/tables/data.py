"""Published figures: what is known of each unit and year, and of how many units."""

from collections.abc import Sequence
from typing import Any, Final

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.choose import Coverage
from parindex.published_figures.units import Unit
from parindex.tables.columns import columns
from parindex.tables.figures import places, record_of, signed
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import N_, Language

FORMAT: Final = "parindex-published/1"
COVERAGE_FORMAT: Final = "parindex-coverage/1"
SHIPPED: Final = "parindex"
"""The name of the project's own tables, beside the files of a user."""
COLUMNS: Final = (
    *("kind", "year", "level", "province", "region", "group", "unit", "code"),
    *("index", "points", "max", "rank", "of", "band", "change", "move", "count", "value"),
    *("doubt", "source", "confidence", "note", "list", "table"),
)
"""The columns of a table of published figures; `list` and `table` are printed, not read back."""
COVERAGE_COLUMNS: Final = Coverage.__struct_fields__
_MOST_COVERED: Final = 12


def row_record(row: PublishedRow) -> dict[str, Any]:
    """A row with the digits that were printed; as CSV it reads back as the same row."""
    return {**record_of(row, " ".join(COLUMNS[:-1])), "table": row.origin or SHIPPED}


def rows_table(rows: Sequence[PublishedRow], notes: Sequence[str], say: Language) -> Table:
    """Published rows under the columns that say something of them."""
    keys = "year kind level province group unit code index points max rank of band change move"
    titles = {"index": say("Index"), "of": say("of")}
    builder = TableBuilder(columns(say, f"{keys} count value remark source", **titles))
    for row in rows:
        weak = row.confidence if row.confidence == "weak" else None
        remarks = (row.origin, *(say(each) for each in (row.doubt, weak) if each))
        # The site of an address is enough where there is little room.
        sites = (
            source.split("/")[2] if source.startswith(("http://", "https://")) else source
            for source in row.source.split(" | ")
        )
        builder.take(
            row_record(row),
            year=str(row.year),
            kind=say(row.kind),
            level=say(row.level) if row.level else "",
            unit=row.unit or row.region,
            change=signed(row.change, say),
            move=places(row.move),
            remark=", ".join(filter(None, remarks)),
            source=" | ".join(dict.fromkeys(sites)),
        )
    if not rows:
        notes = (say("Nothing is known of it."), *notes)
    keep = () if rows else ("year",)
    return builder.table(say("Published figures"), notes, keep=keep, varied=("kind", "level"))


def coverage_record(each: Coverage) -> dict[str, Any]:
    """How much is known of one kind, group of units and year."""
    return record_of(each, " ".join(COVERAGE_COLUMNS))


def coverage_table(found: Sequence[Coverage], say: Language) -> Table:
    """How much is known: a line for each kind, group of units and year."""
    keys = "kind level province group year index rank of sources:number"
    titles = {"index": say("Figures known"), "rank": say("Ranks known"), "sources": say("Sources")}
    builder = TableBuilder(columns(say, keys, **titles))
    for each in found:
        level = say(each.level) if each.level else ""
        builder.take(coverage_record(each), kind=say(each.kind), level=level, year=str(each.year))
    note = say("What is not known is left out, never filled in.")
    return builder.table(say("Published figures that are known"), [note], keep=None)


def coverage_notes(found: Sequence[Coverage], say: Language) -> list[str]:
    """How much is known of each year in a line, unless that would be longer than what is shown."""
    if len(found) > _MOST_COVERED:
        return [say("How much is known of which year: parindex data list.")]
    notes = []
    for each in found:
        level = say(each.level) if each.level else ""
        parts = filter(None, (say(each.kind), level, each.province, each.group))
        if each.kind in ("band-count", "figure"):
            message = N_("{about}, {year}: {index} figures known")
        elif each.of is None:
            message = N_("{about}, {year}: index known of {index}, rank of {rank}")
        else:
            message = N_("{about}, {year}: index known of {index} of {of}, rank of {rank} of {of}")
        notes.append(say(message, **coverage_record(each), about=", ".join(parts)))
    return notes


def merger_text(unit: Unit, parts: Sequence[Unit], say: Language) -> str:
    """That a unit was made by a merger, and so has no figure of the years before."""
    return say(
        "{unit} was made of {parts}: it has no figure of {year} or before, those are of the units that were merged.",
        unit=unit.name,
        parts=", ".join(part.name for part in parts),
        year=parts[0].last_year,
    )
