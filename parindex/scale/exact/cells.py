"""What the rows of a table report, as whole numbers: cells of plain figures in one pass a column."""

from typing import Any, Final, NamedTuple

import numpy as np
import polars

from parindex.reading.numerals import DecimalMark
from parindex.scale.exact.states import CODES
from parindex.scorecard.delimited.columns import READ, Columns
from parindex.scorecard.entry_file import KINDS
from parindex.scorecard.words import state_of

ODD, POINTS, PERCENT, SHARE, NUMBER, RATIO, STATE = range(7)
"""How a row reports: in a way that is looked up cell by cell, as a plain figure, or by a state."""
UNIT: Final = 10_000
"""Figures have four decimals at the most."""
_MARKS: Final = {None: "[.,]", "point": "[.]", "comma": "[,]"}
_DIGITS: Final = r"([0-9]{1,9})(?:%s([0-9]{1,2}|[0-9]{4}))?"
"""Three decimals may be thousands, which is left to the row reader's code."""
_SAID: Final[tuple[str, ...]] = ("reason", "note")
"""What may be said beside a score."""


class Cells(NamedTuple):
    """The cells of scores, row by row.

    `way` says how a row reports, `above` and `below` its figure or state, and `kind` in which of
    the `columns`, -1 for none. `is_taken` is whether it does so in one way alone, at no stage;
    `more` are columns with what is said beside it, and `has_more` is whether anything is.
    """

    columns: list[polars.Series]
    names: list[str]
    more: dict[str, polars.Series]
    kind: Any
    way: Any
    above: Any
    below: Any
    is_taken: Any
    has_more: Any

    def told(self, row: int) -> tuple[tuple[str, str], ...]:
        """The name of the column in which a row reports, with the cell, and what more is said."""
        number = int(self.kind[row])
        told = () if number < 0 else ((self.names[number], self.columns[number][row]),)
        if not self.has_more[row]:
            return told
        return told + tuple([(name, each[row]) for name, each in self.more.items() if each[row]])


def cells_of(frame: polars.DataFrame, columns: Columns, mark: DecimalMark | None) -> Cells:
    """What each row of a table reports."""
    at = {name: frame.to_series(columns.at[name]) for name in READ if name in columns.at}
    names = [name for name in KINDS if name in at]
    more = {name: at[name] for name in _SAID if name in at}
    count = frame.height
    kind, filled = np.full(count, -1, np.int8), np.zeros(count, np.int8)
    way = np.full(count, STATE, np.int8)
    above, below = np.full(count, CODES["unknown"], np.int64), np.ones(count, np.int64)
    is_taken, has_more = np.ones(count, bool), np.zeros(count, bool)
    found = [at[name] for name in names]
    cells = Cells(found, names, more, kind, way, above, below, is_taken, has_more)
    for number, name in enumerate(names):
        rows = np.flatnonzero(_is_filled(at[name]))
        if len(rows):
            kind[rows], way[rows] = number, ODD
            filled[rows] += 1
            _read(
                cells, name, at[name] if len(rows) == count else at[name].gather(rows), rows, mark
            )
    is_taken[filled > 1] = False
    for name, texts in at.items():
        if name in more:
            has_more |= _is_filled(texts)
        elif name not in names:
            is_taken[_is_filled(texts)] = False
    way[has_more] = ODD
    return cells


def _is_filled(texts: polars.Series) -> Any:
    return (texts != "").to_numpy()


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
        case "state":
            for text in texts.unique():
                state = state_of(text) if text == text.strip() else None
                if state is not None:
                    own = rows[(texts == text).to_numpy()]
                    cells.way[own], cells.above[own] = STATE, CODES[state]
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
