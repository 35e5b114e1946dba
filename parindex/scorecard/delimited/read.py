"""Scorecards from CSV, one row a score: streamed, so that thousands of units need little memory.

Where the rows of each unit follow one another, a unit is yielded as soon as the
next begins; elsewhere all units are kept until the end of the file.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from parindex.findings import InputError
from parindex.reading.broken import broken_row
from parindex.reading.document import MAX_DOCUMENTS, fault
from parindex.reading.numerals import DecimalMark
from parindex.reading.source import LONGEST_LINE, Lines
from parindex.scheme.scheme import Scheme
from parindex.scorecard.delimited.rows import UnitReader
from parindex.scorecard.delimited.table import Table
from parindex.scorecard.delimited.unit import Unit
from parindex.scorecard.duplicate_units import Read
from parindex.scorecard.scorecard_file import HeadForm
from parindex.values.codes import EMPTY_FILE, NESTED_TOO_DEEP
from parindex.values.fields import one_name
from parindex.values.finding import Place

_NO_START: Final = b"\n\n"
"""What no line begins with."""


def read_csv(
    stream: Lines,
    file: str,
    scheme_of: Callable[[HeadForm], Scheme],
    mark: DecimalMark | None,
    numbers: Iterable[int] | None = None,
) -> Iterator[Read]:
    """The scorecards of a table, each with its scheme and the faults of its rows.

    Args:
        stream: the bytes, which can be read from their start again.
        file: its name, for places; a column in a place is the number of the cell.
        scheme_of: finds the scheme by what the rows say of the unit.
        mark: which of comma and point is the decimal mark, where the user said so.
        numbers: those of the lines, where some are left out.

    Raises:
        InputError: the heading is wrong, or the text is no CSV.
    """
    table = Table(stream, file, numbers)
    reader = UnitReader(table, scheme_of, mark)
    empty = True
    for unit in _Units(table, reader).read():
        empty = False
        if unit.is_said or unit.findings:
            yield reader.finished(unit)
    if reader.findings:
        yield None, None, reader.findings
    elif empty:
        raise fault(EMPTY_FILE, Place(file))


class _Units:
    """Reads the units of a table."""

    def __init__(self, table: Table, reader: UnitReader) -> None:
        self._table = table
        self._reader = reader
        self._together = _stand_together(table)
        self._open: dict[tuple[str, ...], Unit] = {}
        self._line = b""
        self._number = table.first - 1
        self._first = table.first
        """The number of the first line of the row that is read."""
        self._units = self._size = 0
        """How many units there were, and bytes of this row."""

    def read(self) -> Iterator[Unit]:
        """The units, each with the scores and faults of all its rows."""
        columns = self._table.columns
        unit_of, score_of = columns.getter(columns.unit), columns.getter(("code", *columns.score))
        last, unit = None, None
        for row in self._rows():
            cells = unit_of(row)
            if unit is None or cells != last:
                last, name = cells, tuple([one_name(cell) for cell in cells])
                unit = self._open.get(name)
                if unit is None:
                    if self._together:
                        yield from self._open.values()
                        self._open.clear()
                    self._count(self._first)
                    unit = self._open[name] = self._reader.begin(name, self._first)
            self._reader.score(unit, score_of(row), self._first)
        yield from self._open.values()

    def _count(self, line: int) -> None:
        """Count one more unit, and refuse more than any table has."""
        self._units += 1
        if self._units > MAX_DOCUMENTS:
            raise _too_many(self._table.file, line)

    def _lines(self) -> Iterator[str]:
        """The lines that must be parsed; those of one row are not without end."""
        for number, line in zip(self._table.numbers, self._table.stream, strict=False):
            self._number = number
            self._line = line
            if self._together or not self._size:
                self._first = self._number
            self._size += len(line)
            if not self._together and self._size > LONGEST_LINE:
                raise csv.Error
            yield line.decode()

    def _rows(self) -> Iterator[list[str]]:
        """The rows as wide as the heading; others are faults.

        A line that is no row ends the reading, unless each row is a line.
        """
        table, reader, width = self._table, self._reader, len(self._table.columns.names)
        table.rewind()
        rows = table.rows(self._lines())
        while True:
            try:
                for row in rows:
                    self._size = 0
                    if self._is_wide(row, width):
                        yield row
            except csv.Error:
                text = self._line.decode() if self._together else table.text_at(self._first)
                reader.broken(self._first, broken_row(text, table.delimiter))
                if self._together:
                    continue
            except UnicodeDecodeError as error:
                if self._together:
                    raise table.not_utf8() from error
                reader.findings += table.not_utf8().findings
            else:
                return
            told = [finding for unit in self._open.values() for finding in unit.findings]
            raise InputError([*told, *reader.findings])

    def _is_wide(self, row: list[str], width: int) -> bool:
        """Whether a row has a cell for each column; what it has not is a fault, unless it is empty."""
        while len(row) > width and not row[-1].strip():
            row.pop()  # separators at the end of a line
        if not "".join(row).strip():
            return False
        if len(row) != width:
            self._reader.ragged(self._first, len(row), width)
        return len(row) == width


def _stand_together(table: Table) -> bool:
    """Whether the rows of each unit follow one another, each on a line of its own.

    Lines that begin with the same bytes are of one unit, so few of them are read as cells.
    """
    if not table.columns.unit_leads:
        return False
    seen: set[tuple[str, ...]] = set()
    start, last = _NO_START, None
    table.rewind()
    for line in table.stream:
        if line.count(b'"') % 2:
            return False  # a cell of several lines
        if line.startswith(start) or line.isspace():
            continue
        found = table.leading.match(line)
        if found is None:
            return False
        start = found[0]
        try:
            cells = next(table.rows([start.decode()]))[:-1]
        except (UnicodeDecodeError, csv.Error):
            return False
        unit = tuple([one_name(cell) for cell in cells])
        if unit != last and (unit in seen or not any(unit)):
            return False
        seen.add(unit)
        if len(seen) > MAX_DOCUMENTS:
            raise _too_many(table.file)
        last = unit
    return True


def _too_many(file: str, line: int = 0) -> InputError:
    return fault(NESTED_TOO_DEEP, Place(file, line), expected=f"≤ {MAX_DOCUMENTS}")
