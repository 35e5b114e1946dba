"""Scorecards from CSV, one row a score: streamed, so that thousands of units need little memory.

The same cells mean the same score, so each is read once and the entry is shared.
Where the rows of each unit stand together, a unit is given on as soon as the
next begins; elsewhere all are kept until the end of the file.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final, TextIO

from parindex.findings import InputError
from parindex.formats.csv_columns import COMPUTED, UNIT
from parindex.formats.csv_unit import Unit, UnitReader
from parindex.formats.document import MAX_TEXT, fault, normal
from parindex.formats.entry_file import KINDS
from parindex.formats.numerals import DecimalMark
from parindex.formats.scorecard_file import HeadForm
from parindex.model.fields import short
from parindex.model.finding import Finding, Place
from parindex.model.scheme import Scheme
from parindex.model.scorecard import Entry, Scorecard
from parindex.near import near

SCORE: Final = ("part", "stage", *KINDS, "reason", "note")
"""Columns with the score; of the kinds of input exactly one is filled."""
_MOST_KNOWN: Final = 30_000
"""Texts of scores that are remembered."""

_TWO_READINGS: Final = re.compile("[0-9],[0-9]{3}(?![0-9])")

Read = tuple[Scorecard | None, Scheme | None, list[Finding]]


class Columns:
    """The columns of a table, by name."""

    def __init__(self, header: Sequence[str], file: str) -> None:
        self.names = [name.strip().removeprefix("\ufeff") for name in header]
        self.at = {name: position for position, name in enumerate(self.names)}
        known = [*UNIT, "code", *SCORE]
        faults: list[Finding] = []
        for position, name in enumerate(self.names):
            place = Place(file, 1, position + 1)
            if name not in known and name not in COMPUTED:
                told = {"found": short(name), "near": near(name, known)}
                faults.append(Finding("P108", "", told, place=place))
            elif self.names.index(name) != position:
                faults.append(Finding("P107", name, {"found": name}, place=place))
        faults += [
            Finding("P109", "", {"expected": name}, place=Place(file, 1))
            for name in ("unit", "year", "code")
            if name not in self.at
        ]
        if faults:
            raise InputError(faults)
        self.unit = [name for name in UNIT if name in self.at]
        self.score = [name for name in SCORE if name in self.at]
        self.unit_leads = self.names[: len(self.unit)] == self.unit

    def getter(self, names: Sequence[str]) -> Callable[[list[str]], tuple[str, ...]]:
        """What takes the cells of some columns out of a row, fast."""
        positions = [self.at[name] for name in names]
        if len(positions) == 1:
            [only] = positions
            return lambda row: (row[only],)
        return itemgetter(*positions) if positions else lambda _: ()


def delimiter_of(line: str) -> str:
    """Which of comma, semicolon and tab separates the cells of a heading."""
    return max(",;\t", key=line.count)


def read_csv(
    stream: TextIO,
    file: str,
    scheme_of: Callable[[HeadForm], Scheme],
    mark: DecimalMark | None,
) -> Iterator[Read]:
    """The scorecards of a table, each with its scheme and the faults of its rows.

    Args:
        stream: the text, which can be read from its start again.
        file: its name, for places; a column in a place is the number of the cell.
        scheme_of: finds the scheme by what the rows say of the unit.
        mark: which of comma and point is the decimal mark, where the user said so.

    Raises:
        InputError: the heading is wrong, or the text is no CSV.
    """
    csv.field_size_limit(MAX_TEXT)
    first = stream.readline()
    if not first.strip():
        raise fault("P113", Place(file))
    delimiter = delimiter_of(first)
    try:
        header = next(csv.reader([first], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise fault("P104", Place(file, 1, 1), found=str(error)) from error
    columns = Columns(header, file)
    counts = rows_of_units(stream, delimiter, len(columns.unit)) if columns.unit_leads else None
    stream.seek(0)
    stream.readline()
    reader = UnitReader(file, columns.at, columns.unit, columns.score, scheme_of, mark)
    if counts is None:
        units = _scattered(stream, delimiter, columns, reader)
    else:
        units = _grouped(stream, counts, _Rows(delimiter, columns, reader))
    empty = True
    for unit in units:
        empty = False
        yield unit.finished()
    if empty:
        raise fault("P113", Place(file))
    if reader.findings:
        yield None, None, reader.findings


def _scattered(
    stream: TextIO, delimiter: str, columns: Columns, reader: UnitReader
) -> Iterator[Unit]:
    """The units of rows in any order, kept until the end of the file."""
    rows = csv.reader(stream, delimiter=delimiter, strict=True)
    unit_of, score_of = columns.getter(columns.unit), columns.getter(columns.score)
    code_at, width = columns.at["code"], len(columns.names)
    known: dict[tuple[str, ...], Unit] = {}
    try:
        for row in rows:
            line = rows.line_num + 1
            if len(row) != width:
                if row:
                    reader.ragged(line, len(row), width)
                continue
            head = unit_of(row)
            unit = known.get(head)
            if unit is None:
                unit = known[head] = reader.begin(head, line)
            reader.score(unit, row[code_at], score_of(row), line)
    except csv.Error as error:
        raise fault("P104", Place(reader.file, rows.line_num + 1, 1), found=str(error)) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(reader.file, rows.line_num + 2, error) from error
    yield from known.values()


def _grouped(stream: TextIO, counts: Iterable[int], rows: "_Rows") -> Iterator[Unit]:
    """The units of rows that stand together, each given on as soon as it has been read.

    What stands behind the cells of the unit is mostly a text that was met
    before, with another unit: then its entry is known without reading its cells.
    """
    known = rows.known
    number = 2
    for count in counts:
        block = list(islice(stream, count))
        size = rows.size(block[0])
        unit = rows.begin(block[0], number)
        entries: dict[str, Entry] = {}
        if rows.learn(unit, block, size, number):
            entries = dict([known[line[size:]] for line in block])
        if len(entries) == count:
            unit.entries = entries
            unit.places.follow(entries)
        else:
            for position, line in enumerate(block):
                rows.read(unit, line, size, number + position)
        number += count
        yield unit


class _Rows:
    """Reads lines that are rows; `known` maps what follows the unit's cells to its score."""

    def __init__(self, delimiter: str, columns: Columns, reader: UnitReader) -> None:
        self.known: dict[str, tuple[str, Entry]] = {}
        self._delimiter = delimiter
        self._reader = reader
        self._leading, self._width = len(columns.unit), len(columns.names)
        self._start = _leading_cells(delimiter, self._leading)
        self._score_of, self._code_at = columns.getter(columns.score), columns.at["code"]

    def size(self, line: str) -> int:
        """How much of a line is the cells of the unit."""
        return len(_start_of(line, self._start))

    def begin(self, line: str, number: int) -> Unit:
        """A new unit, from its first line."""
        return self._reader.begin(self._cells(line, number)[: self._leading], number)

    def learn(self, unit: Unit, block: Sequence[str], size: int, number: int) -> bool:
        """Read what was not met before; False where a line is not simply a score."""
        new = [position for position, line in enumerate(block) if line[size:] not in self.known]
        told = len(self._reader.findings)
        aside = unit.aside()
        for position in new:
            self.read(aside, block[position], size, number + position)
            if block[position][size:] not in self.known:
                del self._reader.findings[told:]  # to be found again, by all lines in order
                return False
        return True

    def read(self, unit: Unit, line: str, size: int, number: int) -> None:
        """The score of one line; `size` is that of the unit's cells."""
        met = self.known.get(line[size:])
        if met is not None and met[0] not in unit.entries and met[0] not in unit.staged:
            code, unit.entries[code] = met[0], met[1]
            unit.places.lines[code] = number
            return
        row = self._cells(line, number)
        if len(row) != self._width:
            self._reader.ragged(number, len(row), self._width)
            return
        code = row[self._code_at]
        entry = self._reader.score(unit, code, self._score_of(row), number)
        if entry is None or _TWO_READINGS.search(line, size):
            return  # another criterion's maximum may decide otherwise
        if len(self.known) < _MOST_KNOWN:
            self.known[line[size:]] = (code, entry)

    def _cells(self, line: str, number: int) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            raise fault("P104", Place(self._reader.file, number, 1), found=str(error)) from error


def _not_utf8(file: str, line: int, error: UnicodeDecodeError) -> InputError:
    return fault("P103", Place(file, line, 1), found=f"0x{error.object[error.start]:02x}")


def rows_of_units(stream: TextIO, delimiter: str, leading: int) -> list[int] | None:
    """How many rows each unit has, one after another.

    None where a unit comes back after another, or a line is no row of its own.
    Looks at the start of each line only, which takes a small part of the time
    of reading the cells.
    """
    seen: set[tuple[str, ...]] = set()
    counts: list[int] = []
    first_cells = _leading_cells(delimiter, leading)
    start = "\n"
    blank = False
    try:
        for line in stream:
            if (
                counts
                and line.startswith(start)
                and not blank
                and not ('"' in line and line.count('"') % 2)
            ):
                counts[-1] += 1
            elif line.isspace():
                blank = True
            else:
                start = _start_of(line, first_cells)
                unit = _cells_of(start, delimiter)
                if blank or not start or unit in seen or line.count('"') % 2:
                    return None  # a unit again, a line between, or a cell of several lines
                seen.add(unit)
                counts.append(1)
    except (UnicodeDecodeError, csv.Error):
        return None  # told with its place by whoever reads the cells
    return counts


def _leading_cells(delimiter: str, count: int) -> "re.Pattern[str]":
    """What matches the first cells of a line, with the delimiter behind each."""
    return re.compile(rf'(?:(?:"[^"]*")*[^"{delimiter}\n]*{delimiter}){{{count}}}')


def _start_of(line: str, leading: "re.Pattern[str]") -> str:
    """The text of the first cells of a line; empty where it has fewer, or odd quotes."""
    found = leading.match(line)
    return found[0] if found else ""


def _cells_of(start: str, delimiter: str) -> tuple[str, ...]:
    """What the first cells of a line say, however they are quoted."""
    return tuple(normal(cell) for cell in next(csv.reader([start], delimiter=delimiter), ()))
