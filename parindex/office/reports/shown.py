"""Pages as a document prints them: the same figures, columns chosen by key, and charts as values."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Final

from parindex.office.pages.page import Chart
from parindex.office.reports.blocks import Chart as Picture
from parindex.office.reports.blocks import Series
from parindex.tables.figures import signed
from parindex.tables.table import At, Cell, Column, Table
from parindex.values.language import Language

_CHANGES: Final = frozenset(("difference", "points_change", "change", "gap", "gap_mean", "added"))
"""Columns of differences, which documents print with their sign."""


def shown(
    page: Table,
    say: Language,
    title: str | None = None,
    *,
    without: Collection[str] = (),
    keep: Collection[str] = (),
    notes: Iterable[str] | None = None,
) -> Table:
    """The table of a page for a document; columns that only its total fills are left out.

    Args:
        page: the page of the workbook.
        say: the language of its numbers.
        title: the caption; by default its short name.
        without: keys of columns that the document leaves out.
        keep: keys of columns that stay, though they are empty.
        notes: what is printed below it; by default the notes of the page.
    """
    above = page.rows[:-1] if len(page.rows) - 1 in page.strong else page.rows
    over = {at: each.title for each in page.over for at in range(each.first, each.last + 1)}
    kept = [
        at
        for at, column in enumerate(page.columns)
        if column.key not in without
        if column.key in keep or any(row[at] not in (None, "") for row in above)
    ]
    columns = tuple(_column(page.columns[at], over.get(at)) for at in kept)
    rows = tuple(
        tuple(_cell(page, At(number, at), say) for at in kept) for number in range(len(page.rows))
    )
    return Table(
        title or page.name or page.title,
        columns,
        rows,
        page.strong,
        page.notes if notes is None else tuple(notes),
    )


def _column(column: Column, over: str | None) -> Column:
    """A column of a document: bars are figures, and a heading names what it is under."""
    title = column.title if over is None else f"{over}: {column.title}"
    return Column(column.key, title, "number" if column.kind == "bar" else column.kind)


def _cell(page: Table, at: At, say: Language) -> Cell:
    """A cell: a lower bound says so, a difference has its sign, and lines follow each other."""
    value = page.rows[at.row][at.column]
    if isinstance(value, Decimal) and at in page.at_least:
        return f"≥ {say.number(value)}"
    if isinstance(value, Decimal) and page.columns[at.column].key in _CHANGES:
        return signed(value, say)
    return value.replace("\n", "; ") if isinstance(value, str) else value


def picture(chart: Chart) -> Picture:
    """A chart of cells as the values that a document draws."""
    page, rows = chart.page, chart.page.rows
    span = range(chart.labels.first.row, chart.labels.last.row + 1)
    codes = [at for at, key in enumerate(page.keys) if key == "code"]
    separator = ". " if chart.kind == "radar" else " "
    labels = tuple(
        separator.join(str(rows[row][at]) for at in (*codes, chart.labels.first.column))
        for row in span
    )
    series = tuple(
        Series(
            line.name,
            tuple(
                value if isinstance(value := rows[row][line.values.first.column], Decimal) else None
                for row in span
            ),
        )
        for line in chart.lines
    )
    return Picture(chart.kind, chart.title, labels, series)
