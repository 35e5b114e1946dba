"""A page of a workbook: a sheet of which some figures follow from others of it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from msgspec import Struct

from parindex.tables.sheet import Cell, Sheet

ChartKind = Literal["radar", "bars"]


class At(NamedTuple):
    """A cell, by its row and column in the sheet, both from 0."""

    row: int
    column: int


class Span(NamedTuple):
    """The cells of a column from the first to the last."""

    first: At
    last: At


Formula = tuple[str | At | Span, ...]
"""An expression as spreadsheets write it, in which places stand for cells of the same page."""


class Over(NamedTuple):
    """A heading over the headings of several columns."""

    first: int
    last: int
    title: str


class Page(Struct, frozen=True):
    """One page, `name` for its tab.

    The cells of `sheet` are as printed; `exact` is what is behind those that
    were rounded, and `formulas` how a cell follows from others: recalculated it
    shows the same. `depths` says how deep a row stands in a tree (areas at 1); figures
    `at_least` are lower bounds, of what is not known in full, and shown as such.
    """

    name: str
    sheet: Sheet
    exact: Mapping[At, Fraction] = {}
    formulas: Mapping[At, Formula] = {}
    depths: Mapping[int, int] = {}
    over: tuple[Over, ...] = ()
    at_least: frozenset[At] = frozenset()

    def has(self, key: str) -> bool:
        """Whether a column of that key is shown."""
        return any(column.key == key for column in self.sheet.columns)

    def span(self, key: str, last: int) -> Span:
        """The cells of a column from the first row to another."""
        at = next(at for at, column in enumerate(self.sheet.columns) if column.key == key)
        return Span(At(0, at), At(last, at))

    def cells(self, key: str, last: int) -> list[Cell]:
        """What stands there."""
        at = self.span(key, last).first.column
        return [row[at] for row in self.sheet.rows[: last + 1]]


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
    page: Page
    labels: Span
    lines: tuple[Line, ...]
    percent: bool = True


def chart_of(
    kind: ChartKind,
    title: str,
    page: Page,
    last: int,
    lines: Sequence[tuple[str, str]],
    *,
    labels: str = "name",
    percent: bool = True,
) -> Chart:
    """The rows of a page down to `last` as a chart: `lines` are names and keys of columns."""
    found = tuple(Line(name, page.span(key, last)) for name, key in lines)
    return Chart(kind, title, page, page.span(labels, last), found, percent)


class Book(Struct, frozen=True):
    """A whole workbook; its charts stand on a page of their own, after the `pages`."""

    pages: tuple[Page, ...]
    charts: tuple[Chart, ...] = ()


def book_of(sheets: Sequence[Sheet]) -> Book:
    """Any sheets as a workbook; each tab is called by what tells its title from the others."""
    titles = [sheet.title.split(" · ") for sheet in sheets]
    common = set(titles[0]).intersection(*titles[1:]) if titles else set()
    names = [" · ".join(part for part in parts if part not in common) for parts in titles]
    return Book(
        tuple(
            Page(name or parts[0], sheet)
            for name, parts, sheet in zip(names, titles, sheets, strict=True)
        )
    )
