"""A table in the making: rows by the keys of columns, and the formulas of their cells."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from parindex.tables.table import At, Cell, Column, Formula, Over, Span, Table

_EMPTY = (None, "")


class TableBuilder:
    """Collects rows of cells by the keys of their columns.

    Args:
        columns: all columns that the table may have.
        printed: rounds an exact number as it is to be printed; needed only for cells
            that are given as `Fraction`.

    >>> builder = TableBuilder([Column("name", "Area"), Column("note", "Note")])
    >>> builder.add(name="Reform of institutions")
    0
    >>> builder.table("Areas").keys
    ('name',)
    """

    def __init__(
        self,
        columns: Iterable[Column],
        printed: Callable[[Fraction], Decimal] | None = None,
    ) -> None:
        self._columns = tuple(columns)
        self._places = {column.key: at for at, column in enumerate(self._columns)}
        self._printed = printed
        self._rows: list[list[Cell]] = []
        self._strong: set[int] = set()
        self._depths: dict[int, int] = {}
        self._exact: dict[At, Fraction] = {}
        self._formulas: dict[At, Formula] = {}
        self._at_least: set[At] = set()

    @property
    def next(self) -> int:
        """The number of the row that is added next."""
        return len(self._rows)

    def add(
        self,
        cells: Mapping[str, Cell | Fraction] | None = None,
        /,
        *,
        depth: int = 0,
        strong: bool = False,
        **more: Cell | Fraction,
    ) -> int:
        """Add a row and return its number; exact numbers are printed, and kept behind it.

        Args:
            cells: what the row holds, by the keys of columns; the others are empty.
            depth: how deep the row is in a tree; areas are at 1.
            strong: whether the row stands out, as a total does.
            more: more cells, by the keys of columns.
        """
        row = len(self._rows)
        self._rows.append([None] * len(self._columns))
        for key, value in {**(cells or {}), **more}.items():
            self.put(row, key, value)
        if strong:
            self._strong.add(row)
        if depth:
            self._depths[row] = depth
        return row

    def take(
        self,
        record: Mapping[str, Any],
        /,
        *,
        strong: bool = False,
        **shown: Cell | Fraction,
    ) -> int:
        """Add a row of what a record holds under these columns; `shown` is printed instead."""
        cells = {key: record[key] for key in self._places if key in record}
        return self.add({**cells, **shown}, strong=strong)

    def put(
        self, row: int, key: str, value: Cell | Fraction, formula: Formula | None = None
    ) -> None:
        """Set what a cell holds, and how it follows from others."""
        at = self.at(row, key)
        if isinstance(value, Fraction):
            if self._printed is None:
                raise TypeError(key)
            printed = self._printed(value)
            if printed != value:
                self._exact[at] = value
            value = printed
        self._rows[row][at.column] = value
        if formula is not None:
            self._formulas[at] = formula

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, also those that will not be shown."""
        return tuple(self._columns)

    def cell(self, row: int, key: str) -> Cell:
        """What a cell holds."""
        return self._rows[row][self._places[key]]

    def at_least(self, row: int, key: str) -> None:
        """Mark a figure as a lower bound: a part of it is not yet known."""
        self._at_least.add(self.at(row, key))

    def at(self, row: int, key: str) -> At:
        """The cell of a row under a column."""
        return At(row, self._places[key])

    def table(
        self,
        title: str,
        notes: Iterable[str] = (),
        *,
        name: str = "",
        keep: Collection[str] | None = (),
        varied: Collection[str] = (),
        over: Iterable[tuple[str, str, str]] = (),
    ) -> Table:
        """The table with those columns that say something.

        Args:
            title: what the table is about.
            notes: lines below it.
            name: a short name, for the tab of a workbook.
            keep: keys of columns that stay although they are empty; None keeps all.
            varied: keys of columns that stay only if not all their cells are the same.
            over: headings over columns: the keys of the first and the last, and the title.
        """
        kept = [at for at, column in enumerate(self._columns) if self._says(at, keep, varied)]
        place = {old: new for new, old in enumerate(kept)}

        def moved(at: At) -> At:
            return At(at.row, place[at.column])

        def term(part: str | At | Span) -> str | At | Span:
            if isinstance(part, Span):
                return Span(moved(part.first), moved(part.last))
            return moved(part) if isinstance(part, At) else part

        return Table(
            title,
            tuple(self._columns[at] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in self._rows),
            frozenset(self._strong),
            tuple(notes),
            name,
            {moved(at): value for at, value in self._exact.items() if at.column in place},
            {
                moved(at): tuple(map(term, parts))
                for at, parts in self._formulas.items()
                if all(column in place for column in _columns_of((at, *parts)))
            },
            self._depths,
            tuple(
                Over(place[self._places[first]], place[self._places[last]], words)
                for first, last, words in over
            ),
            frozenset(moved(at) for at in self._at_least if at.column in place),
        )

    def _says(self, at: int, keep: Collection[str] | None, varied: Collection[str]) -> bool:
        """Whether a column stays in the table."""
        key, cells = self._columns[at].key, {row[at] for row in self._rows}
        if keep is None or key in keep:
            return True
        return len(cells) > 1 if key in varied else bool(cells.difference(_EMPTY))


def _columns_of(parts: Formula) -> Iterator[int]:
    """The columns that an expression needs; one that is not shown leaves the figure without it."""
    for part in parts:
        if isinstance(part, At):
            yield part.column
        elif isinstance(part, Span):
            yield from (part.first.column, part.last.column)
