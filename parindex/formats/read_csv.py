"""Scorecards from CSV, one row a score: streamed, so that thousands of units need little memory.

The same cells mean the same score, so each is read once and the entry is shared.
Where the rows of each unit stand together, a unit is given on as soon as the
next begins; elsewhere all are kept until the end of the file.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Final, TextIO

from parindex.findings import InputError
from parindex.formats.csv_unit import Unit, UnitReader
from parindex.formats.document import MAX_TEXT, fault
from parindex.formats.entry_file import KINDS
from parindex.formats.numerals import DecimalMark
from parindex.formats.scorecard_file import HeadForm
from parindex.model.fields import short
from parindex.model.finding import Finding, Place
from parindex.model.scheme import Scheme
from parindex.model.scorecard import Entry, Scorecard
from parindex.near import near

UNIT: Final = (
    "unit_id",
    "province",
    "parent",
    "unit",
    "level",
    "group",
    "year",
    "scheme",
    "profile",
    "applicable_max",
)
"""Columns that say which scorecard a row belongs to, and what holds for all of it."""
SCORE: Final = ("part", "stage", *KINDS, "reason", "note")
"""Columns with the score; of the kinds of input exactly one is filled."""
COMPUTED: Final = frozenset(
    ("name_vi", "maximum", "applicable", "index", "lost", "band", "complete", "low", "high")
)
"""Columns that `score --format csv` adds; they are passed over."""
_MOST_KNOWN: Final = 30_000
"""Texts of scores that are remembered."""

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
    columns = Columns(next(csv.reader([first], delimiter=delimiter)), file)
    grouped = columns.unit_leads and rows_stand_together(stream, delimiter, len(columns.unit))
    stream.seek(0)
    stream.readline()
    units = UnitReader(file, columns.at, columns.unit, columns.score, scheme_of, mark)
    read = _grouped if grouped else _scattered
    empty = True
    for unit in read(stream, delimiter, columns, units):
        empty = False
        yield unit.finished()
    if empty:
        raise fault("P113", Place(file))
    if units.findings:
        yield None, None, units.findings


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


def _grouped(
    stream: TextIO, delimiter: str, columns: Columns, reader: UnitReader
) -> Iterator[Unit]:
    """The units of rows that stand together, each given on as soon as the next begins.

    What stands behind the cells of the unit is mostly a text that was met
    before, with another unit: then its entry is known without reading its cells.
    """
    rows = _Rows(delimiter, columns, reader)
    known = rows.known
    leading = _leading_cells(delimiter, len(columns.unit))
    start, size, number = "", 0, 1
    unit: Unit | None = None
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    try:
        for number, line in enumerate(stream, start=2):
            if unit is None or not line.startswith(start):
                if line.isspace():
                    continue
                if unit is not None:
                    yield unit
                start = _start_of(line, leading)
                size = len(start)
                unit = rows.begin(line, number)
                entries, lines = unit.entries, unit.places.lines
            met = known.get(line[size:])
            if met is None or met[0] in entries:
                rows.read(unit, line, size, number)
            else:
                code = met[0]
                entries[code] = met[1]
                lines[code] = number
    except csv.Error as error:
        raise fault("P104", Place(reader.file, number, 1), found=str(error)) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(reader.file, number + 1, error) from error
    if unit is not None:
        yield unit


class _Rows:
    """Reads lines that are rows; `known` maps what follows the unit's cells to its score."""

    def __init__(self, delimiter: str, columns: Columns, reader: UnitReader) -> None:
        self.known: dict[str, tuple[str, Entry]] = {}
        self._delimiter = delimiter
        self._reader = reader
        self._leading, self._width = len(columns.unit), len(columns.names)
        self._score_of, self._code_at = columns.getter(columns.score), columns.at["code"]

    def begin(self, line: str, number: int) -> Unit:
        """A new unit, from its first line."""
        return self._reader.begin(self._cells(line)[: self._leading], number)

    def read(self, unit: Unit, line: str, size: int, number: int) -> None:
        """A line whose text was not met before; `size` is that of the unit's cells."""
        row = self._cells(line)
        if len(row) != self._width:
            self._reader.ragged(number, len(row), self._width)
            return
        code = row[self._code_at]
        entry = self._reader.score(unit, code, self._score_of(row), number)
        if entry is not None and len(self.known) < _MOST_KNOWN:
            self.known[line[size:]] = (code, entry)

    def _cells(self, line: str) -> list[str]:
        return next(csv.reader([line], delimiter=self._delimiter, strict=True))


def _not_utf8(file: str, line: int, error: UnicodeDecodeError) -> InputError:
    return fault("P103", Place(file, line, 1), found=f"0x{error.object[error.start]:02x}")


def rows_stand_together(stream: TextIO, delimiter: str, leading: int) -> bool:
    """Whether every line is a row, and no unit comes back after another.

    Looks at the start of each line only, which takes a small part of the time
    of reading the cells.
    """
    seen: set[str] = set()
    first_cells = _leading_cells(delimiter, leading)
    start = "\n"
    try:
        for line in stream:
            if '"' in line and line.count('"') % 2:
                return False  # a cell that goes on in the next line
            if line.startswith(start) or line.isspace():
                continue
            start = _start_of(line, first_cells)
            if start in seen:
                return False
            seen.add(start)
    except UnicodeDecodeError:
        return False
    return True


def _leading_cells(delimiter: str, count: int) -> "re.Pattern[str]":
    """What matches the first cells of a line, with the delimiter behind each."""
    return re.compile(rf'(?:(?:"[^"]*")*[^"{delimiter}\n]*{delimiter}){{{count}}}')


def _start_of(line: str, leading: "re.Pattern[str]") -> str:
    """The text of the first cells of a line; the whole line where it has fewer."""
    found = leading.match(line)
    return found[0] if found else line
