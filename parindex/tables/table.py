"""A table: titled columns, rows of cells and notes, before any format is chosen."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from msgspec import Struct

Cell = str | Decimal | int | None
"""Text, or a number already rounded as it is to be printed; None is an empty cell."""

ColumnKind = Literal["text", "code", "number", "bar"]


class Column(Struct, frozen=True):
    """One column: `key` for programs, `title` for people.

    A `bar` column holds percentages and shows them as bars where there is room.
    Most columns come from the vocabulary: `parindex.tables.columns`.
    """

    key: str
    title: str
    kind: ColumnKind = "text"


class At(NamedTuple):
    """A cell, by its row and column in the table, both from 0."""

    row: int
    column: int


class Span(NamedTuple):
    """The cells of a column from the first to the last."""

    first: At
    last: At


Formula = tuple[str | At | Span, ...]
"""An expression as spreadsheets write it, in which places are cells of the same table."""


class Over(NamedTuple):
    """A heading over the headings of several columns."""

    first: int
    last: int
    title: str


class Table(Struct, frozen=True):
    """Rows of cells under columns; every renderer draws it, and `TableBuilder` makes it.

    Cells are as printed. `exact` holds the values of those that were rounded, and
    `formulas` how a cell follows from others: recalculated it shows the same.

    Attributes:
        title: what the table is about, in full.
        columns: the columns from left to right.
        rows: the cells, as many in each row as there are columns.
        strong: the positions of rows to stand out, such as the total.
        notes: lines below the table.
        name: a short name, for the tab of a workbook.
        exact: the exact value of a cell that was rounded.
        formulas: the formula of a cell, for renderers that can calculate.
        depths: how deep a row is in a tree; areas are at 1.
        over: headings over several columns.
        at_least: cells that are lower bounds, because a part is not known.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    name: str = ""
    exact: Mapping[At, Fraction] = {}
    formulas: Mapping[At, Formula] = {}
    depths: Mapping[int, int] = {}
    over: tuple[Over, ...] = ()
    at_least: frozenset[At] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns, from left to right."""
        return tuple(column.key for column in self.columns)

    def span(self, key: str, rows: int) -> Span:
        """The first cells of a column, as many as there are `rows`."""
        at = self.keys.index(key)
        return Span(At(0, at), At(rows - 1, at))

    def cells(self, key: str) -> list[Cell]:
        """What a column holds, row by row."""
        at = self.keys.index(key)
        return [row[at] for row in self.rows]


def filled(
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    varied: Collection[str] = (),
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """The columns that say something, and their cells: those `varied` only if they do vary."""
    kept = []
    for position, column in enumerate(columns):
        cells = {row[position] for row in rows}
        if len(cells) > 1 if column.key in varied else cells - {None, ""}:
            kept.append(position)
    return (
        tuple(columns[position] for position in kept),
        tuple(tuple(row[position] for position in kept) for row in rows),
    )
