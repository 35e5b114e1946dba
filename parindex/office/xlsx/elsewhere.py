"""Scores that stand where no heading says what they are: above the table, or in a second one."""

from collections.abc import Iterator
from typing import Final

from parindex.office.xlsx.headings import INPUTS, Heading, column_of, columns_of_row
from parindex.office.xlsx.row import Row, is_figure
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.codes import code_meant
from parindex.scheme.scheme import Scheme
from parindex.values.codes import WRONG_TYPE
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.values.language import mark

_SHORT: Final = 40
"""Letters of a heading of codes."""


class Elsewhere:
    """Finds the scores of a sheet, row by row from the top, that are in no column of its table."""

    def __init__(self, sheet: Sheet, heading: Heading) -> None:
        self._sheet = sheet
        self._heading = heading
        self._columns: dict[str, int] = {}

    def faults(self, row: Row, scheme: Scheme) -> Iterator[Finding]:
        """A fault for each score of a row that is above the heading, or below another one."""
        if row.number < self._heading.first:
            columns = {name: self._heading.columns[name] for name in self._heading.inputs}
            columns["code"] = self._heading.columns["code"]
            expected = mark("a row below the heading of the table")
        else:
            self._look_for_heading(row.number)
            columns = self._columns
            expected = mark("the columns of the first heading, or a sheet of its own")
        cells = self._sheet.rows[row.number]
        code = cells.get(columns.get("code", 0))
        if code is None or code_meant(code.text, scheme.by_code) not in scheme.by_code:
            return
        for name, column in columns.items():
            cell = cells.get(column)
            if name != "code" and cell is not None and cell.text and is_figure(cell):
                told = {"found": short(cell.text), "expected": expected}
                place = self._sheet.place(row.number, column)
                yield Finding(WRONG_TYPE, code.text, told, place=place)

    def _look_for_heading(self, row: int) -> None:
        """Learn the columns of another heading, as far as they are not those of the first."""
        texts = (cell.text for cell in self._sheet.rows[row].values())
        if not any(len(text) <= _SHORT and column_of(text) == "code" for text in texts):
            return
        columns, known = columns_of_row(self._sheet, row), self._heading.columns
        moved = columns["code"] != known["code"]
        inputs = {
            name: at
            for name, at in columns.items()
            if name in INPUTS and (moved or known.get(name) != at)
        }
        self._columns = {**inputs, "code": columns["code"]} if inputs else {}
