"""What the rows of a table report, as whole numbers: cells of plain figures in one pass a column."""

from typing import Any, Final, NamedTuple

import numpy as np
import polars

from parindex.reading.numerals import DecimalMark
from parindex.scorecard.delimited.columns import READ, Columns
from parindex.scorecard.entry_file import KINDS

ODD, POINTS, PERCENT, SHARE, NUMBER, RATIO = range(6)
"""How a row reports: in a way that is looked up cell by cell, or as a plain figure."""
UNIT: Final = 10_000
"""Figures have four decimals at the most."""
_MARKS: Final = {None: "[.,]", "point": "[.]", "comma": "[,]"}
_DIGITS: Final = r"([0-9]{1,9})(?:%s([0-9]{1,2}|[0-9]{4}))?"
"""Three decimals may be thousands, which is left to the row reader's code."""


class Cells(NamedTuple):
    """The cells of scores, row by row.

    `way` says how a row reports, `above` and `below` its figure, and `kind` in which column
    of `columns`, -1 where it is not exactly one, or more is said.
    """

    columns: list[polars.Series]
    names: list[str]
    kind: Any
    way: Any
    above: Any
    below: Any

    def told(self, row: int) -> tuple[str, str]:
        """The name of the column in which a row reports, and the cell."""
        number = int(self.kind[row])
        return self.names[number], self.columns[number][row]


def cells_of(frame: polars.DataFrame, columns: Columns, mark: DecimalMark | None) -> Cells:
    """What each row of a table reports."""
    names = [name for name in KINDS if name in columns.at and name != "state"]
    found = [frame.to_series(columns.at[name]) for name in names]
    count = frame.height
    kind, filled = np.full(count, -1, np.int8), np.zeros(count, np.int8)
    way = np.zeros(count, np.int8)
    above, below = np.zeros(count, np.int64), np.ones(count, np.int64)
    cells = Cells(found, names, kind, way, above, below)
    for number, (name, texts) in enumerate(zip(names, found, strict=True)):
        rows = np.flatnonzero((texts != "").to_numpy())
        if len(rows):
            kind[rows] = number
            filled[rows] += 1
            _read(cells, name, texts if len(rows) == count else texts.gather(rows), rows, mark)
    kind[filled != 1] = -1
    for name in READ:
        if name in columns.at and name not in names:
            kind[(frame.to_series(columns.at[name]) != "").to_numpy()] = -1
    return cells


def _read(
    cells: Cells, name: str, texts: polars.Series, rows: Any, mark: DecimalMark | None
) -> None:
    """The plain figures of one column."""
    digits = _DIGITS % _MARKS[mark]
    match name:
        case "points":
            _figures(cells, texts, rows, rf"^{digits}$", POINTS)
        case "percent":
            _figures(cells, texts, rows, rf"^{digits}%?$", PERCENT)
        case "value":
            _figures(cells, texts, rows, rf"^{digits}%$", SHARE)
            _figures(cells, texts, rows, rf"^{digits}$", NUMBER)
        case "ratio":
            found = texts.str.extract_groups("^([0-9]{1,9})/([0-9]{1,9})$").struct.unnest()
            _put(cells, rows, found.to_series(0), found.to_series(1), RATIO)


def _figures(cells: Cells, texts: polars.Series, rows: Any, pattern: str, way: int) -> None:
    found = texts.str.extract_groups(pattern).struct.unnest()
    if found.to_series(0).null_count() == len(texts):
        return
    whole, rest = found.to_series(0), found.to_series(1)
    decimals = rest.fill_null("").str.pad_end(4, "0").cast(polars.Int64)
    unit = UNIT * 100 if way in (PERCENT, SHARE) else UNIT
    _put(cells, rows, whole.cast(polars.Int64) * UNIT + decimals, None, way, unit)


def _put(
    cells: Cells,
    rows: Any,
    above: polars.Series,
    below: polars.Series | None,
    way: int,
    unit: int = 1,
) -> None:
    is_read = above.is_not_null().to_numpy()
    taken = rows[is_read]
    cells.way[taken] = way
    cells.above[taken] = above.drop_nulls().cast(polars.Int64).to_numpy()
    cells.below[taken] = unit if below is None else below.drop_nulls().cast(polars.Int64).to_numpy()
