"""A workbook: tables as its pages, and charts of their cells."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from parindex.tables.table import Span, Table

ChartKind = Literal["radar", "bars"]


class Line(Struct, frozen=True):
    """One outline or row of bars: the cells of its values."""

    name: str
    values: Span


class Chart(Struct, frozen=True):
    """A chart of cells of one page: `radar` of percentages, or `bars` from the top down.

    `percent` figures have 100 as the end of their axis.
    """

    kind: ChartKind
    title: str
    page: Table
    labels: Span
    lines: tuple[Line, ...]
    percent: bool = True


def chart_of(
    kind: ChartKind,
    title: str,
    page: Table,
    rows: int,
    lines: Sequence[tuple[str, str]],
    *,
    labels: str = "name",
    percent: bool = True,
) -> Chart:
    """The first rows of a table as a chart: `lines` are names and keys of columns."""
    found = tuple(Line(name, page.span(key, rows)) for name, key in lines)
    return Chart(kind, title, page, page.span(labels, rows), found, percent)


class Book(Struct, frozen=True):
    """A whole workbook; its charts stand on a page of their own, after the `pages`."""

    pages: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()


def book_of(tables: Sequence[Table]) -> Book:
    """Any tables as a workbook; each tab is called by what tells its title from the others."""
    titles = [table.title.split(" · ") for table in tables]
    common = set(titles[0]).intersection(*titles[1:]) if titles else set()
    names = [" · ".join(part for part in parts if part not in common) for parts in titles]
    return Book(
        tuple(
            replace(table, name=name or parts[0])
            for name, parts, table in zip(names, titles, tables, strict=True)
        )
    )
