"""Published figures: what is known of each unit and year, and of how many units."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.bounds import Bounds
from parindex.published_figures.choose import Coverage
from parindex.published_figures.sources import is_copy
from parindex.published_figures.summary import YearKnown
from parindex.published_figures.units import Unit
from parindex.tables.columns import columns
from parindex.tables.figures import exact_number, first_of, places, record_of, signed
from parindex.tables.published_names import code_name, note_text, region_name
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import N_, Language

FORMAT: Final = "parindex-published/1"
COVERAGE_FORMAT: Final = "parindex-coverage/1"
SUMMARY_FORMAT: Final = "parindex-coverage-by-year/1"
BOUNDS_FORMAT: Final = "parindex-bounds/1"
SHIPPED: Final = "parindex"
"""The name of the project's own tables, beside the files of a user."""
COLUMNS: Final = (
    *("kind", "year", "level", "province", "region", "group", "unit", "code"),
    *("index", "points", "max", "rank", "of", "band", "change", "move", "count", "value"),
    *("doubt", "source", "confidence", "note", "list", "table"),
)
"""The columns of a table of published figures; `list` and `table` are printed, not read back."""
COVERAGE_COLUMNS: Final = Coverage.__struct_fields__
SUMMARY_COLUMNS: Final = YearKnown.__struct_fields__
BOUNDS_COLUMNS: Final = (*COLUMNS, "at_least", "at_most", "bounded_by")
"""Those of a row, and between what its index lies where nobody prints it."""
_MOST_COVERED: Final = 12
_MOST_NOTED: Final = 12
"""As many rows have their notes printed below a table; more are told where to find them."""


def row_record(row: PublishedRow) -> dict[str, Any]:
    """A row with the digits that were printed; as CSV it reads back as the same row."""
    return {**record_of(row, " ".join(COLUMNS[:-1])), "table": row.origin or SHIPPED}


def bounded_record(row: PublishedRow, span: Bounds | None) -> dict[str, Any]:
    """A row, and between what its index lies where nobody prints it."""
    return {
        **row_record(row),
        "at_least": exact_number(span.low) if span else None,
        "at_most": exact_number(span.high) if span else None,
        "bounded_by": "; ".join(span.why) if span else None,
    }


def rows_table(
    rows: Sequence[PublishedRow],
    notes: Sequence[str],
    say: Language,
    spans: Sequence[Bounds] = (),
) -> Table:
    """Published rows under the columns that say something of them.

    Args:
        rows: one row for each line.
        notes: lines below the table.
        say: the language of the reader.
        spans: between what those indices lie that nobody prints.
    """
    keys = (
        "year kind level province unit group what index lowest highest points max rank of band"
        " change move count value remark source"
    )
    titles = {
        "index": _index_title(rows, say),
        "of": say("of"),
        "lowest": say("At least"),
        "highest": say("At most"),
    }
    builder = TableBuilder(columns(say, keys, **titles))
    between = {span.row.subject: span for span in spans}
    for row in rows:
        span = between.get(row.subject)
        builder.take(
            row_record(row),
            year=str(row.year),
            kind=say(row.kind),
            level=say(row.level) if row.level else "",
            unit=row.unit or region_name(row, say),
            what=code_name(row, say),
            change=signed(row.change, say),
            move=places(row.move),
            lowest=exact_number(span.low) if span else None,
            highest=exact_number(span.high) if span else None,
            remark=", ".join(_remarks(row, say)),
            source=" | ".join(dict.fromkeys(map(_site, row.source.split(" | ")))),
        )
    if not rows:
        notes = (say("Nothing is known of it."), *notes)
    keep = () if rows else ("year",)
    lines = (*_addresses(rows, say), *_spans(spans, say), *_doubts(rows, say), *notes)
    return builder.table(say("Published figures"), lines, keep=keep, varied=("kind", "level"))


_SHARES: Final = ("area", "part")
"""Kinds of rows whose percentage is of an area or a part, and no index of a unit."""


def _index_title(rows: Iterable[PublishedRow], say: Language) -> str:
    """What the percentages are: indices of units, of areas and parts, or both."""
    shares = {row.kind in _SHARES for row in rows if row.index is not None}
    if shares == {True}:
        return say("Percent")
    return say("Index or percent") if True in shares else say("Index")


def _remarks(row: PublishedRow, say: Language) -> Iterator[str]:
    """The user's own table, and every reason not to take a figure as it stands."""
    if row.origin:
        yield row.origin
    yield from reasons(row, say)


def reasons(row: PublishedRow, say: Language) -> Iterator[str]:
    """Every reason not to take a figure as it stands."""
    if row.doubt:
        yield say(row.doubt)
    if row.confidence != "read":
        yield say(row.confidence)
    if any(map(is_copy, row.source.split(" | "))):
        yield say("copy")


def doubts_told(rows: Iterable[tuple[str, PublishedRow]], say: Language) -> Iterator[str]:
    """Which figures another source contradicts, and which are weak: each by its name and year."""
    named = [(f"{name} {row.year}", row) for name, row in rows]
    if names := [name for name, row in named if row.doubt]:
        yield say("Another source says otherwise of: {names}.", names=first_of(names))
    if names := [name for name, row in named if row.confidence != "read"]:
        yield say("Weak source, or worked out from other figures: {names}.", names=first_of(names))


def _site(source: str) -> str:
    """The site of an address, which is enough where there is little room."""
    return source.split("/")[2] if source.startswith(("http://", "https://")) else source


def _addresses(rows: Sequence[PublishedRow], say: Language) -> Iterator[str]:
    """Where the addresses stand in full of which the table has only the sites."""
    if any(_site(each) != each for row in rows for each in row.source.split(" | ")):
        yield say("Full addresses of the sources: column source of CSV or JSON (-f csv).")


def _doubts(rows: Sequence[PublishedRow], say: Language) -> Iterator[str]:
    """What is noted of the rows that are not simply read: the arithmetic, or why they are doubted."""
    noted = [row for row in rows if row.note and (row.doubt or row.confidence != "read")]
    if len(noted) > _MOST_NOTED:
        yield say(
            "How each of them was worked out, or why it is doubted: column note of CSV or JSON."
        )
        return
    for row in noted:
        about = row.unit or region_name(row, say) or code_name(row, say) or row.band or ""
        yield f"{about} {row.year}: {note_text(row.note or '', say)}"


def _spans(spans: Sequence[Bounds], say: Language) -> Iterator[str]:
    """What the bounds are, and what they rest on."""
    if not spans:
        return
    yield say(
        "At least and at most: bounds that follow from ranks, or from areas; no source prints them."
    )
    if len(spans) <= _MOST_NOTED:
        for span in spans:
            why = say.figures("; ".join(span.why))
            yield say("{unit} {year}: from {why}.", unit=span.row.unit, year=span.row.year, why=why)


def coverage_record(each: Coverage) -> dict[str, Any]:
    """How much is known of one kind, group of units and year."""
    return record_of(each, " ".join(COVERAGE_COLUMNS))


def coverage_table(found: Sequence[Coverage], say: Language) -> Table:
    """How much is known: a line for each kind, group of units and year."""
    keys = "kind level province group year index rank of sources:number copies:number"
    titles = {
        "index": say("Figures known"),
        "rank": say("Ranks known"),
        "sources": say("Sources"),
        "copies": say("From copies"),
    }
    builder = TableBuilder(columns(say, keys, **titles))
    for each in found:
        level = say(each.level) if each.level else ""
        builder.take(coverage_record(each), kind=say(each.kind), level=level, year=str(each.year))
    notes = [say("What is not known is left out, never filled in."), *_copied(found, say)]
    return builder.table(say("Published figures that are known"), notes, keep=None)


def _copied(found: Sequence[Coverage | YearKnown], say: Language) -> Iterator[str]:
    """How many rows rest on what nobody would cite."""
    if copies := sum(each.copies for each in found):
        yield say(
            "{copies} rows rest on a copy that nobody would cite, because no other source of them is known.",
            copies=copies,
        )


def summary_record(each: YearKnown) -> dict[str, Any]:
    """How much is known of one year."""
    return record_of(each, " ".join(SUMMARY_COLUMNS))


def summary_table(found: Sequence[YearKnown], say: Language) -> Table:
    """How much is known of each year: provinces, their SIPAS, and ministries."""
    titles = {
        "index": say("Index"),
        "rank": say("Rank"),
        "any": say("Any"),
        "of": say("of"),
        "sipas": say("SIPAS"),
        "sipas_rank": say("SIPAS rank"),
        "ministries": say("Ministries"),
        "ministries_rank": say("Their ranks"),
        "ministries_of": say("of"),
        "derived": say("Worked out"),
        "copies": say("From copies"),
    }
    keys = " ".join(("year", *(f"{key}:number" for key in titles)))
    builder = TableBuilder(columns(say, keys, **titles))
    for each in found:
        builder.take(summary_record(each), year=str(each.year))
    notes = (
        say("Index, rank, or any of both: of how many provinces; then SIPAS, then ministries."),
        say("What is not known is left out, never filled in."),
        *_copied(found, say),
    )
    return builder.table(say("Published figures that are known, by year"), notes, keep=None)


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
