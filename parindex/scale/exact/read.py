"""Many scorecards in one CSV, read and added up by columns; what is unusual by the row reader.

Columns take a unit that reports every leaf of its scheme once, in a way that the leaf's rule
takes, with nothing else said and no guard without points. The lines of all other units go to the
row reader with their numbers, so that its findings have their places. A table of which columns
cannot tell what is a row, or which units there are, goes there whole.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from io import SEEK_END, BytesIO
from typing import Any, NamedTuple

import numpy as np
import polars

from parindex.reading.document import MAX_DOCUMENTS
from parindex.reading.numerals import DecimalMark
from parindex.reading.source import Lines
from parindex.scale.exact.cells import Cells, cells_of
from parindex.scale.exact.columns import Column, reduced, total
from parindex.scale.exact.points import Entries, leaf_points
from parindex.scale.exact.text import NotPlainError, texts_of
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.delimited.columns import COMPUTED, Columns
from parindex.scorecard.delimited.read import read_csv
from parindex.scorecard.delimited.rows import UnitReader
from parindex.scorecard.delimited.table import Table
from parindex.scorecard.delimited.unit import Unit
from parindex.scorecard.duplicate_units import Read
from parindex.scorecard.reckoned import Reckoned
from parindex.scorecard.scorecard import Entry
from parindex.scorecard.scorecard_file import HeadForm, scorecard_from
from parindex.scoring.common_case import CommonCase
from parindex.values.fields import one_name

Sums = Mapping[str, tuple[list[int], list[int]]]
"""Points by code, or by part: those of every unit, as numerators and denominators."""
Told = Callable[[int, Mapping[str, int]], None]
"""Takes how many units were read by columns, and how many by rows for which reason."""


def read_many(
    stream: Lines,
    file: str,
    scheme_of: Callable[[HeadForm], Scheme],
    mark: DecimalMark | None,
    tell: Told | None = None,
) -> Iterator[Read]:
    """The scorecards of a table as `read_csv` gives them, in the same order with the same faults.

    Args:
        stream: the bytes, which can be read from their start again.
        file: its name, for places.
        scheme_of: finds the scheme by what the rows say of the unit.
        mark: which of comma and point is the decimal mark, where the user said so.
        tell: takes how many units went which way.

    Raises:
        InputError: as `read_csv`.
    """
    table = Table(stream, file)
    try:
        read = _Read(table, scheme_of, mark)
    except NotPlainError:
        if tell:
            tell(0, {"table": 1})
        stream.seek(0)
        yield from read_csv(stream, file, scheme_of, mark)
        return
    if tell:
        tell(len(read.found), read.reasons)
    yield from read.in_order()


class _Setting(NamedTuple):
    """Units of one scheme and year, with the numbers of those whose points are known."""

    scheme: Scheme
    year: int
    entries: Entries
    units: list[int]


class _Read:
    """A table whose units were told apart; `found` are the scores of those that columns know."""

    def __init__(
        self, table: Table, scheme_of: Callable[[HeadForm], Scheme], mark: DecimalMark | None
    ) -> None:
        self._table, self._scheme_of, self._mark = table, scheme_of, mark
        table.rewind()
        data = table.stream.read()
        columns = table.columns
        if not data or {*COMPUTED} <= {*columns.at}:
            raise NotPlainError("computed")
        self._data = data
        frame = texts_of(table, data)
        self._reader = UnitReader(table, scheme_of, mark)
        self.units, self._unit_of = self._begun(frame, columns)
        self.reasons: Counter[str] = Counter()
        self.found: dict[int, Reckoned] = {}
        self._codes = frame.to_series(columns.at["code"])
        self._cells = cells_of(frame, columns, mark)
        for setting in self._settings():
            self._score(setting)
        if len(self.found) == len(self.units):
            self._data = b""

    def _begun(self, frame: polars.DataFrame, columns: Columns) -> tuple[list[Unit], Any]:
        """The units in their order, and the number of each row's unit."""
        names = [f"c{columns.at[name]}" for name in columns.unit]
        changes = [polars.col(name) != polars.col(name).shift(1) for name in names]
        is_new = frame.select(polars.any_horizontal(changes).fill_null(value=True)).to_series()
        starts = np.flatnonzero(is_new.to_numpy())
        own = _Names()
        numbers: dict[tuple[str, ...], int] = {}
        written: dict[tuple[str, ...], tuple[str, ...]] = {}
        units: list[Unit] = []
        at = []
        for start, cells in zip(starts.tolist(), frame.select(names)[starts].rows(), strict=True):
            number = numbers.get(cells)
            if number is None:
                name = tuple([own[cell] for cell in cells])
                unit = self._reader.begin(name, self._table.first + start)
                if unit.findings or name in written or len(units) >= MAX_DOCUMENTS:
                    raise NotPlainError("units")
                number = numbers[cells] = len(units)
                written[name] = cells
                units.append(unit)
            at.append(number)
        lengths = np.diff(np.append(starts, frame.height))
        return units, np.repeat(np.array(at), lengths)

    def _settings(self) -> Iterator[_Setting]:
        """The units by scheme and year; without those of whose whole more is said."""
        found: dict[tuple[int, int], _Setting] = {}
        for number, unit in enumerate(self.units):
            head, scheme = unit.head, unit.scheme
            if head is None or scheme is None:
                raise NotPlainError("units")
            if head.profile is not None or head.applicable_max is not None:
                self.reasons["head"] += 1
                continue
            key = (id(scheme), head.year)
            if key not in found:
                trial = Unit(head, scheme, unit.places)
                entries = Entries(self._reader, trial, head.year)
                found[key] = _Setting(scheme, head.year, entries, [])
            found[key].units.append(number)
        yield from found.values()

    def _score(self, setting: _Setting) -> None:
        """Find the points of all leaves and sums in the units of a setting."""
        case = CommonCase(setting.scheme, setting.year)
        if not case.possible:
            self.reasons["scheme"] += len(setting.units)
            return
        leaves = [leaf for _, own in case.areas for _, _, leaf in own]
        at, units = self._rows(setting, leaves)
        points = []
        is_known = np.ones(len(units), bool)
        for number, leaf in enumerate(leaves):
            found = leaf_points(leaf, self._cells, at[:, number], setting.entries, setting.year)
            points.append(found.points)
            is_known &= found.is_known
        self.reasons["cells"] += int(len(units) - is_known.sum())
        sums: dict[str, Column] = {}
        first = 0
        for code, own in case.areas:
            sums[code] = reduced(total(points[first : first + len(own)]))
            first += len(own)
        sums[""] = reduced(total(sums.values()))
        for guard, positions in case.guards:
            sums[guard] = reduced(total(points[each] for each in positions))
            is_shut = is_known & (sums[guard].above <= 0)
            self.reasons["guards"] += int(is_shut.sum())
            is_known &= ~is_shut
        parts = {part: reduced(total(points[at] for at in own)) for part, own in case.parts.items()}
        lists, parted = _lists(sums, len(units)), _lists(parts, len(units))
        numbers = {leaf.code: number for number, leaf in enumerate(leaves)}
        block = _Block(setting, leaves, numbers, points, lists, parted, at, self._cells)
        for place in np.flatnonzero(is_known).tolist():
            self.found[int(units[place])] = _Scores(block, place)

    def _rows(self, setting: _Setting, leaves: Sequence[Criterion]) -> tuple[Any, Any]:
        """Where each leaf is reported, for the units that report each of them once and nothing else."""
        number = {leaf.code: at for at, leaf in enumerate(leaves)}
        code = self._codes.replace_strict(
            [*number], [*number.values()], default=-1, return_dtype=polars.Int32
        ).to_numpy()
        is_good = (code >= 0) & (self._cells.kind >= 0)
        count = np.bincount(self._unit_of, minlength=len(self.units))
        wanted = np.zeros(len(self.units), bool)
        wanted[setting.units] = True
        wanted &= count == len(leaves)
        wanted &= np.bincount(self._unit_of, weights=is_good).astype(np.int64) == count
        rows = np.flatnonzero(wanted[self._unit_of])
        place = np.cumsum(wanted) - 1
        at = np.full((int(wanted.sum()), len(leaves)), -1, np.int64)
        at[place[self._unit_of[rows]], code[rows]] = rows
        whole = (at >= 0).all(axis=1)
        self.reasons["rows"] += len(setting.units) - int(whole.sum())
        return at[whole], np.flatnonzero(wanted)[whole]

    def in_order(self) -> Iterator[Read]:
        """All scorecards in the order of their first rows, and the faults of the row reader."""
        others = self._by_rows() if len(self.found) < len(self.units) else iter(())
        other = next(others, None)
        for number, unit in enumerate(self.units):
            scores = self.found.get(number)
            if scores is None:
                if other is not None:
                    yield other
                    other = next(others, None)
                continue
            if unit.head is not None:
                yield scorecard_from(unit.head, unit.scheme, unit.places, scores), unit.scheme, []
        while other is not None:
            yield other
            other = next(others, None)

    def _by_rows(self) -> Iterator[Read]:
        """What the row reader finds in the lines of the units that columns do not know."""
        is_kept = np.ones(len(self.units), bool)
        is_kept[[*self.found]] = False
        rows = np.flatnonzero(is_kept[self._unit_of]).tolist()
        stream, file = self._table.stream, self._table.file
        stream.seek(0)
        text = BytesIO(stream.read(self._table.start))
        text.seek(0, SEEK_END)
        lines = self._data.split(b"\n")
        text.writelines(lines[row] + b"\n" for row in rows)
        text.seek(0)
        numbers = [self._table.first + row for row in rows]
        yield from read_csv(Lines(text, file), file, self._scheme_of, self._mark, numbers)


class _Names(dict[str, str]):
    """Names as they distinguish units."""

    def __missing__(self, text: str) -> str:
        found = self[text] = one_name(text)
        return found


def _lists(sums: Mapping[str, Column], count: int) -> Sums:
    """Columns as lists of whole numbers."""
    whole = {code: column.whole(count) for code, column in sums.items()}
    return {code: (each.above.tolist(), each.below.tolist()) for code, each in whole.items()}


class _Block(NamedTuple):
    """What the units of a setting have in common: columns with a row for each."""

    setting: _Setting
    leaves: Sequence[Criterion]
    number: Mapping[str, int]
    points: Sequence[Column]
    sums: Sums
    parts: Sums
    at: Any
    cells: Cells

    def entry(self, place: int, number: int) -> Entry:
        """What a unit reports for a leaf."""
        told = self.cells.told(int(self.at[place, number]))
        entry = self.setting.entries.entry(self.leaves[number], *told)
        if entry is None:
            raise KeyError(self.leaves[number].code)
        return entry


class _Scores(Reckoned):
    """The scores of one unit in a block."""

    def __init__(self, block: _Block, place: int) -> None:
        self.scheme, self.year = block.setting.scheme, block.setting.year
        self._block, self._place = block, place

    def __getitem__(self, code: str) -> Entry:
        return self._block.entry(self._place, self._block.number[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._block.number)

    def __len__(self) -> int:
        return len(self._block.number)

    def sums(self) -> Mapping[str, Fraction]:
        """The exact points of areas, guards, and the whole."""
        return self._of(self._block.sums)

    def parts(self) -> Mapping[str, Fraction]:
        """The exact points of the parts of the partition `origin`."""
        return self._of(self._block.parts)

    def _of(self, sums: Sums) -> dict[str, Fraction]:
        place = self._place
        return {code: Fraction(above[place], below[place]) for code, (above, below) in sums.items()}

    def points(self) -> Sequence[tuple[int, int]]:
        """The exact points of each leaf."""
        return _Points(self._block.points, self._place)


class _Points(Sequence[tuple[int, int]]):
    """The points of a unit by the numbers of its leaves."""

    def __init__(self, columns: Sequence[Column], place: int) -> None:
        self._columns, self._place = columns, place

    def __getitem__(self, number: Any) -> Any:
        above, below = self._columns[number]
        return int(above[self._place]), int(below[self._place])

    def __len__(self) -> int:
        return len(self._columns)
