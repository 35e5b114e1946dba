"""Pages as a document prints them: the same figures, columns chosen by key, and charts as values."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from msgspec.structs import astuple

from parindex.office.charts.chart import Chart as Picture
from parindex.office.charts.chart import Series
from parindex.office.pages.page import Chart
from parindex.office.reports.blocks import Block, Heading, TableBlock
from parindex.tables.figures import signed
from parindex.tables.table import At, Cell, Column, Table
from parindex.values.language import Language

_CHANGES: Final = frozenset(("difference", "points_change", "change", "gap", "gap_mean", "added"))
"""Columns of differences, which documents print with their sign."""
_UPRIGHT: Final = 8
"""Columns that fit on a page upright."""


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
    over = {at: f"{each.title}: " for each in page.over for at in range(each.first, each.last + 1)}
    kept = [
        at
        for at, column in enumerate(page.columns)
        if column.key not in without
        if column.key in keep or any(row[at] not in (None, "") for row in above)
    ]

    columns = (
        Column(key, f"{over.get(at, '')}{title}", "number" if kind == "bar" else kind)
        for at, (key, title, kind) in ((at, astuple(page.columns[at])) for at in kept)
    )
    return Table(
        title or page.name or page.title,
        tuple(columns),
        tuple(tuple(_cell(page, At(row, at), say) for at in kept) for row in range(len(page.rows))),
        page.strong,
        page.notes if notes is None else tuple(notes),
    )


def _cell(page: Table, at: At, say: Language) -> Cell:
    """A cell: a sum that lacks a part says so, a difference has its sign, and lines follow each other."""
    value = page.rows[at.row][at.column]
    if isinstance(value, Decimal) and at in page.at_least:
        return say("{points} (incomplete)", points=say.number(value))
    if isinstance(value, Decimal) and page.columns[at.column].key in _CHANGES:
        return signed(value, say)
    return value.replace("\n", "; ") if isinstance(value, str) else value


def table(sheet: Table) -> TableBlock:
    """A table as a block, across the page where it has too many columns for a page upright."""
    return TableBlock(sheet, wide=len(sheet.columns) > _UPRIGHT)


def blocks_of(
    page: Table | None,
    say: Language,
    title: str | None = None,
    *,
    heading: str = "",
    chart: Chart | None = None,
    **options: Any,
) -> Iterator[Block]:
    """A page under its heading, with its chart; nothing where there is no page.

    Args:
        page: the page of the workbook.
        say: the language.
        title: the caption; by default its short name.
        heading: the heading of its section, if it has one of its own.
        chart: its chart, if it has one.
        options: what `shown` takes more.
    """
    if page is not None:
        if heading:
            yield Heading(heading)
        yield table(shown(page, say, title, **options))
        if chart is not None:
            yield picture(chart)


def picture(chart: Chart) -> Picture:
    """A chart of cells as the values that a document draws."""
    page, first, last = chart.page, chart.labels.first, chart.labels.last
    rows = page.rows[first.row : last.row + 1]
    codes = [at for at, key in enumerate(page.keys) if key == "code"]
    separator = ". " if chart.kind == "radar" else " "
    labels = (separator.join(str(row[at]) for at in (*codes, first.column)) for row in rows)
    series = (
        Series(
            line.name,
            tuple(
                value if isinstance(value := row[line.values.first.column], Decimal) else None
                for row in rows
            ),
        )
        for line in chart.lines
    )
    return Picture(chart.kind, chart.title, tuple(labels), tuple(series))
