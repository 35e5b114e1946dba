"""Scorecards from CSV, one row a score: streamed, so that thousands of units need little memory.

Where the rows of each unit stand together, a unit is given on as soon as the
next begins; elsewhere all are kept until the end of the file. What stands
behind the cells of the unit is mostly a text that was met before, with another
unit: then its entry is known without reading its cells.
"""

import csv
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from parindex.findings import InputError
from parindex.reading.broken import broken_row
from parindex.reading.document import MAX_TEXT, fault, normal
from parindex.reading.numerals import DecimalMark
from parindex.scheme.scheme import Scheme
from parindex.scorecard.delimited.blocks import blocks_of, stands_together, unit_cells
from parindex.scorecard.delimited.rows import UnitReader
from parindex.scorecard.delimited.table import Table
from parindex.scorecard.delimited.unit import Unit
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scorecard.scorecard_file import HeadForm
from parindex.values.codes import EMPTY_FILE, SYNTAX_BROKEN
from parindex.values.fields import one_name
from parindex.values.finding import Finding, Place

_MOST_KNOWN: Final = 30_000
"""Texts of scores that are remembered."""
_TWO_READINGS: Final = re.compile(b"[0-9],[0-9]{3}(?![0-9])")

Read = tuple[Scorecard | None, Scheme | None, list[Finding]]


def read_csv(
    stream: BinaryIO,
    file: str,
    scheme_of: Callable[[HeadForm], Scheme],
    mark: DecimalMark | None,
) -> Iterator[Read]:
    """The scorecards of a table, each with its scheme and the faults of its rows.

    Args:
        stream: the bytes, which can be read from their start again.
        file: its name, for places; a column in a place is the number of the cell.
        scheme_of: finds the scheme by what the rows say of the unit.
        mark: which of comma and point is the decimal mark, where the user said so.

    Raises:
        InputError: the heading is wrong, or the text is no CSV.
    """
    table = Table(stream, file)
    reader = UnitReader(table, scheme_of, mark)
    grouped = table.columns.unit_leads and stands_together(table)
    empty = True
    for unit in _Grouped(table, reader).units() if grouped else _scattered(table, reader):
        empty = False
        if unit.is_said or unit.findings:
            yield reader.finish(unit).finished()
    if reader.findings:
        yield None, None, reader.findings
    elif empty:
        raise fault(EMPTY_FILE, Place(file))


def _scattered(table: Table, reader: UnitReader) -> Iterator[Unit]:
    """The units of rows in any order, kept until the end of the file."""
    columns = table.columns
    unit_of, score_of = columns.getter(columns.unit), columns.getter(columns.score)
    code_at, width = columns.at["code"], len(columns.names)
    known: dict[tuple[str, ...], Unit] = {}
    broken: list[Finding] = []
    table.rewind()
    rows = table.rows(line.decode() for line in table.stream)
    line = table.first
    try:
        for row in rows:
            if "".join(row).strip():
                _cut(row, width)
                if len(row) != width:
                    reader.ragged(line, len(row), width)
                else:
                    head = tuple([one_name(cell) for cell in unit_of(row)])
                    unit = known.get(head)
                    if unit is None:
                        unit = known[head] = reader.begin(head, line)
                    reader.score(unit, row[code_at], score_of(row), line)
            line = table.first + rows.line_num
    except csv.Error:
        told_of_row = broken_row(table.text_at(line), table.delimiter)
        broken = [Finding(SYNTAX_BROKEN, "", told_of_row, place=Place(table.file, line, 1))]
    except UnicodeDecodeError:
        broken = list(table.not_utf8().findings)
    if broken:
        told = [finding for unit in known.values() for finding in unit.findings]
        raise InputError([*reader.findings, *told, *broken])
    yield from known.values()


def _cut(row: list[str], width: int) -> None:
    """Take off the empty cells behind the last column: separators at the end of a line."""
    while len(row) > width and not row[-1].strip():
        row.pop()


class _Grouped:
    """Reads units of rows that stand together; `known` maps the rest of a row to its score."""

    def __init__(self, table: Table, reader: UnitReader) -> None:
        self._table = table
        self._reader = reader
        columns, leading = table.columns, len(table.columns.unit)
        self._width = len(columns.names) - leading
        self._skipped = leading
        self._score_of = columns.getter(columns.score, leading)
        self._code_at = columns.at["code"] - leading
        self._known: dict[bytes, tuple[str, Entry]] = {}

    def units(self) -> Iterator[Unit]:
        """The units, each as soon as its rows have been read."""
        known = self._known
        number = self._table.first
        for block in blocks_of(self._table):
            if not block.start:
                number += 1  # an empty line
                continue
            rests = block.rests()
            unit = self._reader.begin(unit_cells(self._table, block.start), number)
            scores = [known.get(rest) or self._simple(unit, rest) for rest in rests]
            entries = dict(filter(None, scores))
            if len(entries) == len(rests):
                unit.follow(entries)
            else:  # a row is not simply a score, or a code stands twice
                for line, rest in enumerate(rests, start=number):
                    self._read(unit, rest, line)
            number += len(rests)
            yield unit

    def _simple(self, unit: Unit, rest: bytes) -> tuple[str, Entry] | None:
        """The code and entry of a line that holds no more than these; None for others."""
        if b'"' in rest or b"\0" in rest or len(rest) > MAX_TEXT:
            return None
        try:
            row = rest.decode().rstrip("\r").split(self._table.delimiter)
        except UnicodeDecodeError:
            return None
        _cut(row, self._width)
        if len(row) != self._width:
            return None
        code = normal(row[self._code_at].strip())
        entry = self._reader.simple(unit, code, self._score_of(row))
        if entry is None:
            return None
        if len(self._known) < _MOST_KNOWN and not _TWO_READINGS.search(rest):
            self._known[rest] = (code, entry)  # else another criterion's maximum may decide
        return code, entry

    def _read(self, unit: Unit, rest: bytes, line: int) -> None:
        """The score of one line, by what stands behind the cells of the unit."""
        try:
            row = next(self._table.rows([rest.decode()]))
        except csv.Error:
            self._reader.broken(line, broken_row(rest.decode(), self._table.delimiter))
            return
        except UnicodeDecodeError as error:
            raise self._table.not_utf8() from error
        _cut(row, self._width)
        if len(row) != self._width:
            self._reader.ragged(line, self._skipped + len(row), self._skipped + self._width)
            return
        self._reader.score(unit, row[self._code_at], self._score_of(row), line)
