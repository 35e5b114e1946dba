"""Pages as a document prints them: the same figures, columns chosen by key, and charts as values."""

from collections.abc import Collection
from decimal import Decimal
from typing import Final

from parindex.office.pages.page import At, Chart, Page
from parindex.office.reports.blocks import Chart as Picture
from parindex.office.reports.blocks import Series
from parindex.tables.sheet import Cell, Column, Sheet
from parindex.values.language import Language

_CHANGES: Final = frozenset(("difference", "points_change", "change", "gap", "gap_mean", "added"))
"""Columns of differences, which documents print with their sign."""


def shown(
    page: Page,
    say: Language,
    title: str | None = None,
    *,
    without: Collection[str] = (),
    blank: bool = False,
    notes: bool = True,
) -> Sheet:
    """The table of a page for a document.

    Args:
        page: the page of the workbook.
        say: the language of its numbers.
        title: the caption; by default the title of the page.
        without: keys of columns that the document leaves out.
        blank: whether columns that people fill in stay, though they are empty.
        notes: whether its notes are printed.
    """
    sheet = page.sheet
    over = {at: each.title for each in page.over for at in range(each.first, each.last + 1)}
    kept = [
        at
        for at, column in enumerate(sheet.columns)
        if column.key not in without
        if blank or any(row[at] not in (None, "") for row in sheet.rows)
    ]
    columns = tuple(_column(sheet.columns[at], over.get(at)) for at in kept)
    rows = tuple(
        tuple(_cell(page, At(number, at), say) for at in kept) for number in range(len(sheet.rows))
    )
    return Sheet(title or sheet.title, columns, rows, sheet.strong, sheet.notes if notes else ())


def _column(column: Column, over: str | None) -> Column:
    """A column of a document: bars are figures, and a heading names what it is under."""
    title = column.title if over is None else f"{over}: {column.title}"
    return Column(column.key, title, "number" if column.kind == "bar" else column.kind)


def _cell(page: Page, at: At, say: Language) -> Cell:
    """A cell: a lower bound says so, a difference has its sign, and lines follow each other."""
    value = page.sheet.rows[at.row][at.column]
    if isinstance(value, Decimal) and at in page.at_least:
        return f"≥ {say.number(value)}"
    if isinstance(value, Decimal) and page.sheet.columns[at.column].key in _CHANGES:
        return say.figures(f"{value:+f}" if value else f"{value:f}")
    return value.replace("\n", "; ") if isinstance(value, str) else value


def picture(chart: Chart) -> Picture:
    """A chart of cells as the values that a document draws."""
    rows = chart.page.sheet.rows
    span = range(chart.labels.first.row, chart.labels.last.row + 1)
    codes = [at for at, each in enumerate(chart.page.sheet.columns) if each.key == "code"]
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
