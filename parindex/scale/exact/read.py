"""Many scorecards in one CSV, read and added up by columns; what is unusual by the row reader.

Columns take a unit of whose leaves and items each is reported once at most, in a way that its rule
takes or by a state. The lines of all other units go to the row reader with their numbers, so that
its findings have their places. A table of which columns
cannot tell what is a row, or which units there are, goes there whole.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import SEEK_END, BytesIO
from typing import Any, NamedTuple

import numpy as np
import polars

from parindex.reading.document import MAX_DOCUMENTS
from parindex.reading.numerals import DecimalMark
from parindex.reading.source import Lines
from parindex.rules.setting import Setting
from parindex.scale.exact.cells import Cells, cells_of
from parindex.scale.exact.plan import Plan
from parindex.scale.exact.points import Entries, Reported, leaf_points
from parindex.scale.exact.states import NOT_APPLICABLE, UNKNOWN, UNREAD
from parindex.scale.exact.sums import Detail, Outcomes
from parindex.scale.exact.text import NotPlainError, texts_of
from parindex.scheme.scheme import Scheme
from parindex.scorecard.delimited.columns import COMPUTED, Columns
from parindex.scorecard.delimited.read import read_csv
from parindex.scorecard.delimited.rows import UnitReader
from parindex.scorecard.delimited.table import Table
from parindex.scorecard.delimited.unit import Unit
from parindex.scorecard.duplicate_units import Read
from parindex.scorecard.scorecard import Entry
from parindex.scorecard.scorecard_file import HeadForm, scorecard_from
from parindex.scoring.outcome import Outcome
from parindex.scoring.reckoned import Reckoned, Taken
from parindex.values.fields import one_name

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
    read = None
    with suppress(NotPlainError):  # what was read is forgotten before it is read by rows
        read = _Read(table, scheme_of, mark)
    if read is None:
        if tell:
            tell(0, {"table": 1})
        stream.seek(0)
        yield from read_csv(stream, file, scheme_of, mark)
        return
    if tell:
        tell(len(read.found), read.reasons)
    yield from read.in_order()


class SettingUnits(NamedTuple):
    """Units of one scheme whose rules stand alike, by their numbers."""

    plan: Plan
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
        self.found: dict[int, Scores] = {}
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
        begun = frame.select(names)[starts]
        if begun.n_unique() > MAX_DOCUMENTS:
            raise NotPlainError("units")  # counted before any unit takes memory
        own = _Names()
        numbers: dict[tuple[str, ...], int] = {}
        written: dict[tuple[str, ...], tuple[str, ...]] = {}
        units: list[Unit] = []
        at = []
        for start, cells in zip(starts.tolist(), begun.rows(), strict=True):
            number = numbers.get(cells)
            if number is None:
                name = tuple([own[cell] for cell in cells])
                unit = self._reader.begin(name, self._table.first + start)
                if unit.findings or name in written:
                    raise NotPlainError("units")
                number = numbers[cells] = len(units)
                written[name] = cells
                units.append(unit)
            at.append(number)
        lengths = np.diff(np.append(starts, frame.height))
        return units, np.repeat(np.array(at), lengths)

    def _settings(self) -> Iterator[SettingUnits]:
        """The units by scheme and by what its rules go by; without those of whose whole more is said."""
        plans: dict[int, Plan] = {}
        found: dict[tuple[object, ...], SettingUnits] = {}
        for number, unit in enumerate(self.units):
            head, scheme = unit.head, unit.scheme
            if head is None or scheme is None:
                raise NotPlainError("units")
            if head.applicable_max is not None or head.profile not in (None, *scheme.profiles):
                self.reasons["head"] += 1
                continue
            plan = plans.get(id(scheme)) or plans.setdefault(id(scheme), Plan(scheme))
            own = (head.level or scheme.level, head.group) if scheme.units else (None, None)
            key = (id(scheme), head.year, *own, head.profile)
            if key not in found:
                setting = Setting(head.year, *own, profile=head.profile)
                trial = Unit(head, scheme, unit.places)
                found[key] = SettingUnits(plan, Entries(self._reader, trial, setting), [])
            found[key].units.append(number)
        yield from found.values()

    def _score(self, setting: SettingUnits) -> None:
        """Find the outcomes of the units of a setting."""
        plan, entries = setting.plan, setting.entries
        if not (plan.is_possible and plan.is_plain(entries.setting)):
            self.reasons["scheme"] += len(setting.units)
            return
        at, units = self._rows(setting)
        found, is_known = reported(plan, entries, self._cells, at)
        self.reasons["cells"] += int(len(units) - is_known.sum())
        if not is_known.all():
            at, units, found = at[is_known], units[is_known], [each.of(is_known) for each in found]
        outcomes = Outcomes(plan, found)
        more = np.bincount(self._unit_of, weights=self._cells.has_more, minlength=len(self.units))
        is_plain = outcomes.is_plain & (more[units] == 0)
        block = Block(setting, outcomes, is_plain, at, self._cells)
        for place, unit in enumerate(units.tolist()):
            self.found[unit] = Scores(block, place)

    def _rows(self, setting: SettingUnits) -> tuple[Any, Any]:
        """Where leaves are reported, -1 for nowhere, for the units that report each at most once."""
        number = setting.plan.at
        code = self._codes.replace_strict(
            [*number], [*number.values()], default=-1, return_dtype=polars.Int32
        ).to_numpy()
        is_bad = (code < 0) | ~self._cells.is_taken
        count = np.bincount(self._unit_of, minlength=len(self.units))
        wanted = np.zeros(len(self.units), bool)
        wanted[setting.units] = True
        wanted[self._unit_of[is_bad]] = False
        rows = np.flatnonzero(wanted[self._unit_of])
        place = np.cumsum(wanted) - 1
        at = np.full((int(wanted.sum()), len(number)), -1, np.int64)
        at[place[self._unit_of[rows]], code[rows]] = rows
        units = np.flatnonzero(wanted)
        is_once = (at >= 0).sum(axis=1) == count[units]
        self.reasons["rows"] += len(setting.units) - int(is_once.sum())
        return at[is_once], units[is_once]

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
                for code in [each.code for each in scores.taken()]:
                    unit.places.lines[code] = self._table.first + scores.row(code)
                    unit.entries[code] = scores[code]
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


def reported(plan: Plan, entries: Entries, cells: Cells, at: Any) -> tuple[list[Reported], Any]:
    """What is reported of each leaf, and in which units columns know all of it.

    Args:
        plan: the scheme.
        entries: the setting, and what reads a cell that is no plain figure.
        cells: the cells.
        at: the row that reports a leaf, unit by unit, -1 for none.
    """
    off = plan.off(entries.setting.profile)
    found = [
        leaf_points(leaf, cells, at[:, number], entries) for number, leaf in enumerate(plan.leaves)
    ]
    is_known = np.ones(len(at), bool)
    for number, (leaf, each) in enumerate(zip(plan.leaves, found, strict=True)):
        states = each.states
        if number in off:
            is_known &= (states == NOT_APPLICABLE) | (states == UNKNOWN)
            states[:] = NOT_APPLICABLE
        if number >= plan.count:
            states[at[:, number] < 0] = NOT_APPLICABLE
        is_known &= states != UNREAD
        if leaf.moves_to:
            is_known &= states != NOT_APPLICABLE
        if leaf.lowest:
            is_known &= states != UNKNOWN
    return found, is_known


class _Names(dict[str, str]):
    """Names as they distinguish units."""

    def __missing__(self, text: str) -> str:
        found = self[text] = one_name(text)
        return found


class Block(NamedTuple):
    """What the units of a setting have in common: columns with a row for each."""

    setting: SettingUnits
    outcomes: Outcomes
    is_plain: Any
    at: Any
    cells: Cells


class Scores(Reckoned):
    """The scores of one unit in a block."""

    def __init__(self, block: Block, place: int) -> None:
        self.scheme = block.setting.plan.scheme
        self.year = block.setting.entries.setting.year
        self._block, self._place = block, place

    def row(self, code: str) -> int:
        """The row of the table that reports a leaf, counted from 0.

        Raises:
            KeyError: none does.
        """
        row = int(self._block.at[self._place, self._block.setting.plan.at[code]])
        if row < 0:
            raise KeyError(code)
        return row

    def __getitem__(self, code: str) -> Entry:
        told = self._block.cells.told(self.row(code))
        entry = self._block.setting.entries.entry(self.scheme.by_code[code], told)
        if entry is None:
            raise KeyError(code)
        return entry

    def __contains__(self, code: object) -> bool:
        number = self._block.setting.plan.at.get(code) if isinstance(code, str) else None
        return number is not None and bool(self._block.at[self._place, number] >= 0)

    def __iter__(self) -> Iterator[str]:
        rows = self._block.at[self._place]
        numbers = np.flatnonzero(rows >= 0)
        leaves = self._block.setting.plan.leaves
        return (leaves[number].code for number in numbers[np.argsort(rows[numbers])])

    def __len__(self) -> int:
        return int((self._block.at[self._place] >= 0).sum())

    @property
    def is_plain(self) -> bool:
        """Whether every leaf has points, and nothing more is said."""
        return bool(self._block.is_plain[self._place])

    def outcome(self) -> Outcome:
        """That of the whole."""
        return self._block.outcomes.whole(self._place)

    def sums(self) -> Mapping[str, Outcome]:
        """Those of areas and guards by code."""
        return self._block.outcomes.sums(self._place)

    def detail(self) -> Mapping[str, Outcome]:
        """Those of all criteria and items by code."""
        return Detail(self._block.outcomes, self._place, self.scheme.by_code)

    def parts(self) -> Mapping[str, Outcome]:
        """Those of the parts of the partition `origin`."""
        return self._block.outcomes.parts(self._place)

    def taken(self) -> Iterator[Taken]:
        """The points that do not count."""
        return self._block.outcomes.taken(self._place)
