"""Scorecards from CSV, one row a score: streamed, so that thousands of units need little memory.

The same cells mean the same score, so each is read once and the entry is shared.
Where the rows of each unit stand together, a unit is given on as soon as the
next begins; elsewhere all are kept until the end of the file.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Final, TextIO

from parindex.findings import InputError
from parindex.formats.csv_unit import Unit, UnitReader
from parindex.formats.document import MAX_TEXT, fault, normal
from parindex.formats.entry_file import KINDS
from parindex.formats.numerals import DecimalMark
from parindex.formats.scorecard_file import HeadForm
from parindex.model.fields import short
from parindex.model.finding import Finding, Place
from parindex.model.scheme import Scheme
from parindex.model.scorecard import Scorecard
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
_MOST_FAULTS: Final = 10_000

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
    together = columns.unit_leads and rows_stand_together(stream, delimiter, len(columns.unit))
    stream.seek(0)
    stream.readline()
    rows = csv.reader(stream, delimiter=delimiter, strict=True)
    units = UnitReader(file, columns.at, columns.unit, columns.score, scheme_of, mark)
    try:
        yield from _units(rows, columns, units, together=together)
    except csv.Error as error:
        raise fault("P104", Place(file, rows.line_num + 1, 1), found=str(error)) from error
    except UnicodeDecodeError as error:
        place = Place(file, rows.line_num + 2, 1)
        raise fault("P103", place, found=f"0x{error.object[error.start]:02x}") from error


def _units(  # noqa: C901  # one loop, because a call for every row would cost more than the rest
    rows: Any, columns: Columns, reader: UnitReader, *, together: bool
) -> Iterator[Read]:
    """The units of the rows; the loop that every row goes through."""
    unit_of, cells_of = columns.getter(columns.unit), columns.getter(columns.score)
    code_at, width = columns.at["code"], len(columns.names)
    known: dict[tuple[str, ...], Unit] = {}
    head: tuple[str, ...] | None = None
    entries: dict[str, Any] = {}
    lines: dict[str, int] = {}
    cache = reader.cache
    unit: Unit | None = None
    for row in rows:
        line = rows.line_num + 1
        if len(row) != width:
            if row:
                reader.ragged(line, len(row), width)
            continue
        its_head = unit_of(row)
        if its_head != head or unit is None:
            if together and unit is not None:
                yield unit.finished()
                known.clear()
            head = its_head
            unit = known.get(head)
            if unit is None:
                unit = known[head] = reader.begin(head, line)
            entries, lines = unit.entries, unit.places.lines
        code, cells = row[code_at], cells_of(row)
        entry = cache.get((code, cells))
        if entry is None:
            reader.score(unit, normal(code), cells, line)
        elif code in entries:
            reader.twice(unit, code, line)
        else:
            entries[code] = entry
            lines[code] = line
    for each in known.values():
        yield each.finished()
    if not known and head is None:
        raise fault("P113", Place(reader.file))
    if reader.findings:
        yield None, None, reader.findings


def rows_stand_together(stream: TextIO, delimiter: str, leading: int) -> bool:
    """Whether no unit comes back after another, by the text of the rows' first cells.

    Looks at the start of each line only, which takes a small part of the time
    of reading the cells. A line that is no row of its own can make the answer
    False, never wrongly True.
    """
    seen: set[str] = set()
    start = None
    try:
        for line in stream:
            if start is not None and line.startswith(start):
                continue
            cells = next(csv.reader([line], delimiter=delimiter), [])
            if len(cells) <= leading:
                return False
            start = _first_cells(line, delimiter, leading)
            if start in seen:
                return False
            seen.add(start)
    except (UnicodeDecodeError, csv.Error):
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
