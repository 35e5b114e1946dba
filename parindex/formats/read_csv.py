"""Scorecards from CSV, one row a score: streamed, so that thousands of units need little memory.

The same cells mean the same score, so each is read once and the entry is shared.
Where the rows of each unit stand together, a unit is given on as soon as the
next begins; elsewhere all are kept until the end of the file.
"""

import csv
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
_MOST_KNOWN: Final = 200_000
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
    start, size, number = "", 0, 1
    unit: Unit | None = None
    try:
        for number, line in enumerate(stream, start=2):
            if unit is None or not line.startswith(start):
                if line.isspace():
                    continue
                if unit is not None:
                    yield unit
                start = _first_cells(line, delimiter, len(columns.unit))
                size = len(start)
                unit = rows.begin(line, number)
            met = known.get(line[size:])
            if met is None or met[0] in unit.entries:
                rows.read(unit, line, size, number)
            else:
                unit.entries[met[0]] = met[1]
                unit.places.lines[met[0]] = number
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
    start = "\n"
    try:
        for line in stream:
            if '"' in line and line.count('"') % 2:
                return False  # a cell that goes on in the next line
            if line.startswith(start) or line.isspace():
                continue
            start = _first_cells(line, delimiter, leading)
            if start in seen:
                return False
            seen.add(start)
    except UnicodeDecodeError:
        return False
    return True


def _first_cells(line: str, delimiter: str, count: int) -> str:
    """The text of the first cells of a line, with the delimiter behind them."""
    quoted = False
    for position, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == delimiter and not quoted:
            count -= 1
            if not count:
                return line[: position + 1]
    return line
