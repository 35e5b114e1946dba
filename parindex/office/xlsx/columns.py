"""Where the table begins in a sheet, and which column holds what."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from parindex.findings import InputError
from parindex.office.xlsx.cells import MAX_COLUMN, Cell, column_letters, column_number
from parindex.office.xlsx.headings import COLUMNS, INPUTS, column_of
from parindex.office.xlsx.row import number_in
from parindex.office.xlsx.sheet import Sheet
from parindex.office.xlsx.years import years_in
from parindex.reading.codes import code_meant
from parindex.scorecard.words import folded
from parindex.values.codes import DUPLICATE_KEY, POINT_COLUMNS_NOT_READ, WRONG_TYPE
from parindex.values.fields import short
from parindex.values.finding import Finding

LAST_ROW: Final = 60
"""Rows among which the heading is looked for."""
_LAST_COLUMN: Final = 256
"""Columns among which it is looked for."""
_MOST_LINES: Final = 3
OF_POINTS: Final = re.compile(r"\b(?:điểm|points?|scores?)\b")
_WEAK: Final = frozenset(("tt", "stt", "s.t.t", "số tt", "số thứ tự", "thứ tự", "no.", "no"))
"""Headings of codes, or of mere numbers where another column is headed `Mã`."""


class Heading(Struct, frozen=True):
    """The columns of a table by what they hold, and its first and last row of headings."""

    columns: Mapping[str, int]
    first: int
    last: int

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns in which scores stand."""
        return tuple(name for name in INPUTS if name in self.columns)


def columns_told(text: str) -> dict[str, int]:
    """Columns as a user tells them: `code=B,self=E`.

    Raises:
        ValueError: what is wrong with it.
    """
    found: dict[str, int] = {}
    for pair in filter(None, re.split(r"[,\s]+", text)):
        name, _, letters = pair.partition("=")
        number = column_number(letters) if re.fullmatch("[A-Za-z]{1,3}", letters) else 0
        if name not in COLUMNS or not 1 <= number <= MAX_COLUMN:
            raise ValueError(pair)
        found[name] = number
    if "code" not in found or not found.keys() & set(INPUTS):
        raise ValueError(text)
    return found


def heading_of(sheet: Sheet, told: Mapping[str, int]) -> Heading | None:
    """The heading of a sheet's table, or None where there is no table.

    Args:
        sheet: the sheet.
        told: columns that the user told; then the heading only says where they begin.

    Raises:
        InputError: P107 two columns have the same meaning.
    """
    for first in sorted(sheet.rows)[:LAST_ROW]:
        cells = _upper(sheet, first).items()
        starts = [column for column, cell in cells if column_of(cell.text) == "code"]
        if not starts:
            continue
        last = _last_line(sheet, first, starts)
        columns = told or _columns(sheet, first, last)
        if columns.keys() & set(INPUTS):
            return Heading(columns, first, last)
    if told:
        row = _first_score(sheet, told)
        return Heading(told, row, row - 1)
    return None


def columns_of_row(sheet: Sheet, row: int) -> dict[str, int]:
    """The columns by what one row heads; the first where two are headed the same."""
    found: dict[str, int] = {}
    for column, cell in sorted(_upper(sheet, row).items()):
        name = column_of(cell.text)
        if name:
            found.setdefault(name, column)
    return found


def _upper(sheet: Sheet, row: int) -> dict[int, Cell]:
    """The cells of a row in which headings are looked for."""
    cells = sheet.rows.get(row, {})
    return {column: cell for column, cell in cells.items() if column <= _LAST_COLUMN}


def _first_score(sheet: Sheet, told: Mapping[str, int]) -> int:
    """The first row with a code and something beside it in the columns that the user told."""
    inputs = {column for name, column in told.items() if name in INPUTS}
    rows = (
        number
        for number, cells in sorted(sheet.rows.items())
        if told["code"] in cells and " " not in code_meant(cells[told["code"]].text, ())
        if cells.keys() & inputs
        if re.match("[0-9]", next(cells[c].text for c in sorted(inputs) if c in cells))
    )
    return next(rows, 1)


def _last_line(sheet: Sheet, first: int, starts: list[int]) -> int:
    """The last row of a heading: those below it have codes of their own, or are numbered."""
    last = first
    for top, left, bottom, right in sheet.merged:
        if top == first and any(left <= start <= right for start in starts):
            last = max(last, min(bottom, first + _MOST_LINES - 1))
    for row in range(last + 1, first + _MOST_LINES):
        cells = _upper(sheet, row)
        if any(start in cells for start in starts) or not any(
            column_of(cell.text) in INPUTS for cell in cells.values()
        ):
            break
        last = row
    return last


def _columns(sheet: Sheet, first: int, last: int) -> dict[str, int]:
    """The columns of a heading, by the text of each alone and with what stands above it."""
    found: dict[str, list[int]] = {}
    headed = _texts(sheet, first, last)
    for column, texts in headed.items():
        tries = (" ".join(texts), *reversed(texts))
        name = next(filter(None, map(column_of, tries)), "")
        if name:
            found.setdefault(name, []).append(column)
    codes = found.get("code", [])
    strong = [c for c in codes if folded(headed[c][-1]) not in _WEAK]
    found["code"] = strong if strong and len(codes) > 1 else codes
    twice = [*_twice(sheet, found, last)]
    if twice:
        raise InputError(twice)
    return {name: columns[0] for name, columns in found.items() if columns}


def _twice(sheet: Sheet, found: Mapping[str, list[int]], last: int) -> Iterator[Finding]:
    for name, columns in found.items():
        if name not in ("code", "maximum", *INPUTS):
            continue
        for column in columns[1:]:
            told = {
                "found": ", ".join(map(column_letters, columns)),
                "expected": f"--columns {name}={column_letters(columns[0])},…",
            }
            yield Finding(DUPLICATE_KEY, name, told, place=sheet.place(last, column))


def _texts(sheet: Sheet, first: int, last: int) -> dict[int, list[str]]:
    """The texts of a heading by column, the uppermost first; a merged cell heads all it covers."""
    found: dict[int, list[str]] = {}
    for row in range(first, last + 1):
        spread = _upper(sheet, row)
        for top, left, _, right in sheet.merged:
            if top == row and left in spread and right - left < MAX_COLUMN:
                width = min(right, left + len(COLUMNS))
                spread |= dict.fromkeys(range(left, width + 1), spread[left])
        for column, cell in sorted(spread.items()):
            found.setdefault(column, []).append(cell.text)
    return found


def years_of_columns(sheet: Sheet, heading: Heading, year: int) -> Iterator[Finding]:
    """Refuse columns of scores whose own heading names another year than the table's."""
    texts = _texts(sheet, heading.first, heading.last)
    for name in heading.inputs:
        column = heading.columns[name]
        found = {each for text in texts.get(column, ()) for each in years_in(text)}
        if found and str(year) not in found:
            told = {"found": ", ".join(sorted(found)), "expected": str(year)}
            yield Finding(WRONG_TYPE, name, told, place=sheet.place(heading.last, column))


def columns_not_read(sheet: Sheet, heading: Heading, rows: Iterable[int]) -> Iterator[Finding]:
    """The doubt about columns that are headed as points in words that are not known, and hold figures."""
    known = set(heading.columns.values())
    numbers = list(rows)
    found = [
        (column, texts[-1])
        for column, texts in _texts(sheet, heading.first, heading.last).items()
        if column not in known
        if any(OF_POINTS.search(folded(text)) for text in texts)
        if any(_holds_figure(sheet, row, column) for row in numbers)
    ]
    if found:
        column, text = found[0]
        cells = ", ".join(f"{column_letters(each)}{heading.last}" for each, _ in found)
        told = {"count": str(len(found)), "cells": cells, "found": short(text)}
        yield Finding(POINT_COLUMNS_NOT_READ, "", told, place=sheet.place(heading.last, column))


def _holds_figure(sheet: Sheet, row: int, column: int) -> bool:
    return number_in(sheet.rows[row].get(column)) is not None
