"""Rows below a table that give its sum, index, band or rank: no scores, but figures to check."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from pydantic_core import PydanticCustomError

from parindex.office.xlsx.cells import Cell, is_figure, mark_of, number_in, percent_in
from parindex.office.xlsx.entries import told_of
from parindex.office.xlsx.head import Places
from parindex.office.xlsx.headings import POINTS
from parindex.office.xlsx.rows import Row, Table
from parindex.office.xlsx.subtotals import is_of_filled, points_below
from parindex.reading.numerals import read_number
from parindex.scorecard.scorecard import Published
from parindex.values.codes import PUBLISHED_INDEX_WRONG, WRONG_TYPE
from parindex.values.exact import half_unit, to_text
from parindex.values.fields import short
from parindex.values.finding import Finding

_RANK: Final = re.compile(
    r"\D{0,10}?([0-9]{1,4})(?:\s*(?:/|trên|of)\s*([0-9]{1,4}))?", re.IGNORECASE
)
_BAND: Final = re.compile(r"^(?:xếp\s+)?(?:loại|nhóm|hạng|mức)\s+", re.IGNORECASE)


def total_of(table: Table, places: Places) -> Decimal | None:
    """Points of the whole that somebody typed; their place is learnt.

    The sum of what is filled in is none where a row is empty: what is not yet known would be 0.
    """
    rows = {code: row.cells for code, row in table.by_code.items()}
    for row, column in _sums(table, "total"):
        cell = row.cells[column]
        if not is_figure(cell):
            continue
        try:
            points = read_number(cell.text, mark_of(cell, table.mark), table.scheme.max)
        except PydanticCustomError as error:
            table.wrong(Row(row.number, {}), column, error.type, **told_of(error))
        else:
            is_sum = is_of_filled(points, column, rows, table.scheme)
            if is_sum and table.has_blank(table.scheme.criteria, column):
                return None
            places.cells["total",] = (row.number, table.columns[column])
            return points
    return None


def published_of(table: Table, places: Places) -> Published | None:
    """The index, band and rank that somebody typed; their places are learnt."""
    found: dict[str, Any] = {}
    for kind, (read, expected) in READERS.items():
        for row, column in _sums(table, kind):
            text, at = row.cells[column].text, (row.number, table.columns[column])
            value = read(row.cells[column])
            if value:
                found[kind] = value
                places.cells["published", kind] = at
            elif re.search(r"\w", text):
                told = {"found": short(text), "expected": expected}
                table.add(table.sheet.finding(WRONG_TYPE, kind, at, **told))
    if "rank" in found:
        found["rank"], found["of"] = found["rank"]
    return Published(**found) if found else None


def _sums(table: Table, kind: str) -> Iterator[tuple[Row, str]]:
    """What somebody typed below a table with one column of points: the row, and that column."""
    columns = [name for name in POINTS if name in table.columns]
    for each, row in table.totals if len(columns) == 1 else ():
        cell = row.cells.get(columns[0])
        if each == kind and cell is not None and not cell.formula and cell.text:
            yield row, columns[0]


def sums_of_columns(table: Table) -> Iterator[Finding]:
    """The doubt about a total in one of several columns of points that is not the sum of the areas.

    The sums of a template leave out what parindex computes.
    """
    scheme = table.scheme
    stages = [name for name in POINTS if name in table.columns]
    rows = {code: row.cells for code, row in table.by_code.items()}
    for kind, total in table.totals if len(stages) > 1 and "key" not in table.columns else ():
        for name in stages if kind == "total" else ():
            cell = total.cells.get(name)
            parts = [points_below(area, name, rows) for area in scheme.criteria]
            given = [part for part in parts if part is not None]
            printed = None if cell is None or cell.formula else number_in(cell)
            bound = half_unit(scheme.rounding.index) * (len(given) + 1)
            difference = (printed or 0) - sum(given, Decimal(0))
            if printed is None or len(given) < len(scheme.criteria) or abs(difference) <= bound:
                continue
            told = {
                "published": to_text(printed),
                "computed": to_text(printed - difference),
                "difference": to_text(difference),
                "bound": to_text(bound),
            }
            at = (total.number, table.columns[name])
            yield table.sheet.finding(PUBLISHED_INDEX_WRONG, name, at, **told)


def _rank(cell: Cell) -> tuple[int, int | None] | None:
    """The place that a cell names, and of how many: `24`, `24/63`, `thứ 24`."""
    match = _RANK.fullmatch(cell.text)
    return (int(match[1]), int(match[2]) if match[2] else None) if match else None


READERS: Final[dict[str, tuple[Callable[[Cell], Any], str]]] = {
    "index": (percent_in, "78,35 %"),
    "rank": (_rank, "24/63"),
    "band": (lambda cell: _BAND.sub("", cell.text), "B"),
}
"""How each figure is read, and an example of it."""
