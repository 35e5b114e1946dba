"""The official table (TT, criteria, maximum, points), or a wide one, as CSV: a workbook's sheet saved as text."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain
from typing import Any, Final

from parindex.findings import InputError
from parindex.findings.wing import scale
from parindex.office.wide.columns import wide_heading, wide_headings
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
        if not row:
            return Place(self.file)
        return Place(self.file, row, column, heading=self.headed_at(row, column))


class _LargeRow(Mapping[int, Cell]):
    """The cells of one row of columns that hold texts, made where somebody asks for them."""

    def __init__(self, columns: Sequence[Sequence[str]], row: int) -> None:
        self._columns, self._row = columns, row

    def _text(self, at: object) -> str:
        is_there = isinstance(at, int) and 0 < at <= len(self._columns)
        return self._columns[at - 1][self._row] if is_there else ""  # type: ignore[operator]  # it is int

    def __contains__(self, at: object) -> bool:
        return self._text(at) != ""

    def __getitem__(self, at: int) -> Cell:
        text = self._text(at)
        if not text:
            raise KeyError(at)
        return Cell(text)

    def __iter__(self) -> Iterator[int]:
        return (at for at in range(1, len(self._columns) + 1) if self._text(at))

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _LargeRows(Mapping[int, Mapping[int, Cell]]):
    """The rows of a heading, and those below it."""

    def __init__(
        self, head: Mapping[int, dict[int, Cell]], columns: Sequence[Sequence[str]], first: int
    ) -> None:
        self._head, self._columns, self._first = head, columns, first
        self._end = first + len(columns[0])

    def __getitem__(self, row: int) -> Mapping[int, Cell]:
        if self._first <= row < self._end:
            return _LargeRow(self._columns, row - self._first)
        return self._head[row]

    def __iter__(self) -> Iterator[int]:
        return chain(self._head, range(self._first, self._end))

    def __len__(self) -> int:
        return len(self._head) + self._end - self._first


class LargeSheet(TextSheet):
    """A wide table of many units: what stands below its heading is held by columns.

    `columns` are the texts of all rows from `first` on, cleaned as cells are, empty where
    there is nothing.
    """

    columns: Sequence[Sequence[str]] = ()
    first: int = 0

    def given(self, row: int) -> Mapping[int, Cell]:
        """The cells of a row with something in them: no others are there."""
        return self.rows[row]

    def letters(self) -> dict[tuple[int, int], str]:
        """The texts that have other letters than those of ASCII, by row and column."""
        found = {
            (row, column): cell.text
            for row in self.rows if row < self.first
            for column, cell in self.rows[row].items() if not cell.text.isascii()
        }  # fmt: skip
        return found | {
            (self.first + row, at): text
            for at, column in enumerate(self.columns, start=1)
            for row, text in enumerate(column)
            if not text.isascii()
        }


def large_table(stream: Lines, file: str) -> LargeSheet | None:
    """The sheet of a text of many lines that has a wide table; None where it has another, or none.

    Args:
        stream: the bytes, from their start.
        file: its name, for places.

    Raises:
        InputError: P106 it has more rows than there are units.
    """
    data = stream.read(_START)
    start = data[: data.rfind(b"\n") + 1].decode("utf-8-sig", errors="replace")
    if _is_headed(start):
        return None
    for delimiter in _DELIMITERS:
        sheet = text_sheet(start, delimiter, file)
        try:
            heading = wide_heading(sheet) if sheet is not None else None
        except InputError:
            return None
        if heading is None or sheet is None:
            continue
        head = {row: cells for row, cells in sheet.rows.items() if row <= heading.last}
        stream.seek(0)
        lines = [stream.readline() for _ in range(heading.last)]
        width = len(next(csv.reader([lines[-1].decode("utf-8", "replace")], delimiter=delimiter)))
        columns = scale("exact.wide").columns_of(stream.read(), delimiter, width, file)
        if columns is None or not len(columns[0]):
            return None
        areas = {area.column for area in heading.areas}
        made = [
            column if at in areas else column.to_list()
            for at, column in enumerate(columns, start=1)
        ]
        rows: Any = _LargeRows(head, made, heading.last + 1)
        large = LargeSheet(file, _UNNAMED, 0, is_hidden=False, rows=rows)
        large.columns, large.first = made, heading.last + 1
        return large
    return None


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
