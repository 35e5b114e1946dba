"""The official table (TT, criteria, maximum, points), or a wide one, as CSV: a workbook's sheet saved as text."""

import csv
import re
from collections.abc import Mapping
from io import StringIO
from typing import Final

from parindex.findings import InputError
from parindex.office.wide.columns import wide_headings
from parindex.office.xlsx.cells import Cell
from parindex.office.xlsx.headings import heading_of
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.document import MAX_TEXT, normal
from parindex.reading.source import LONGEST_LINE, Lines
from parindex.scorecard.delimited.columns import Columns, delimiter_of
from parindex.values.finding import Place

_DELIMITERS: Final = ";\t,"
_START: Final = 64 * 1024
"""Bytes in which the first line is looked for."""
_MOST_BYTES: Final = 8 * 1024 * 1024
_LONG: Final = re.compile(b"[^\n]{%d}" % LONGEST_LINE)
_MOST_CELLS: Final = 200_000
_UNNAMED: Final = "Sheet1"
"""The name of a sheet that nobody named: a unit is not told by it."""


class TextSheet(Sheet):
    """A sheet whose rows are lines of a text."""

    def place(self, row: int = 0, column: int = 0) -> Place:
        """The line and the cell in it, or the whole file."""
        return Place(self.file, row, column) if row else Place(self.file)


def official_table(stream: Lines, file: str, columns: Mapping[str, int]) -> TextSheet | None:
    """The sheet of a text that has the official table or a wide one; None where its first line heads another.

    Args:
        stream: the bytes, from their start.
        file: its name, for places.
        columns: which column holds what, where the user said so.
    """
    data = stream.read(_START)
    if _is_headed(data.decode("utf-8-sig", errors="replace")):
        return None
    data += stream.read(_MOST_BYTES + 1 - len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if len(data) > _MOST_BYTES or "\0" in text or _LONG.search(data):
        return None
    for delimiter in _DELIMITERS:
        sheet = text_sheet(text, delimiter, file)
        try:
            if sheet is None:
                continue
            if heading_of(sheet, columns) is not None or wide_headings([sheet], columns):
                return sheet
        except InputError:  # two columns with one heading: told by whoever reads the table
            return sheet
    return None


def _is_headed(text: str) -> bool:
    """Whether the first line names the columns of scorecards."""
    lines = (line for line in text.split("\n", 20) if line.strip() and not line.startswith("sep="))
    first = next(lines, "")
    names = {Columns.name_of(cell.strip(' "\r')) for cell in first.split(delimiter_of(first))}
    return {"unit", "code"} <= names or {"unit_id", "code"} <= names


def text_sheet(text: str, delimiter: str, file: str) -> TextSheet | None:
    """The cells of a text by its lines; None where it is no CSV, or larger than any table."""
    csv.field_size_limit(MAX_TEXT)
    sheet = TextSheet(file, _UNNAMED, 0, is_hidden=False)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, count = 1, 0
    try:
        for row in rows:
            cells = {
                column: Cell(normal(cell.replace("\xa0", " ")).strip())
                for column, cell in enumerate(row, start=1)
                if cell.strip()
            }
            count += len(cells)
            if count > _MOST_CELLS:
                return None
            if cells:
                sheet.rows[line] = cells
            line = rows.line_num + 1
    except csv.Error:
        return None
    return sheet
