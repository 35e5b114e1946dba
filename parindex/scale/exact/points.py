"""The points of a leaf in many units: plain figures by the rule's expression, other cells one by one."""

from fractions import Fraction
from math import ceil, floor
from typing import Any, Final, NamedTuple

import numpy as np

from parindex.rules import arithmetic as names
from parindex.rules.base import RefusedError, Rule
from parindex.rules.input import NUMBER as TAKES_NUMBER
from parindex.rules.input import PERCENT as TAKES_PERCENT
from parindex.rules.setting import Setting
from parindex.scale.exact.cells import NUMBER, ODD, PERCENT, POINTS, STATE, UNIT, Cells
from parindex.scale.exact.columns import MOST, Arithmetic, Column, constant, multiply
from parindex.scale.exact.states import CODES, REPORTED, UNKNOWN, UNREAD
from parindex.scheme.scheme import Criterion
from parindex.scorecard.delimited.rows import UnitReader
from parindex.scorecard.delimited.unit import Unit
from parindex.scorecard.scorecard import Entry
from parindex.scoring.reported import points_of
from parindex.values.facts import State

_MOST_KNOWN: Final = 100_000
Told = tuple[tuple[str, str], ...]


class Reported(NamedTuple):
    """The points of a leaf row by row, 0 where it has none, and its states."""

    points: Column
    states: Any

    def of(self, rows: Any) -> "Reported":
        """Those of some rows alone."""
        return Reported(Column(*(each[rows] for each in self.points)), self.states[rows])


class Entries:
    """The entries of cells, as the row reader makes them; each text of a leaf is read once."""

    def __init__(self, reader: UnitReader, unit: Unit, setting: Setting) -> None:
        self._reader = reader
        self._unit = unit
        self.setting = setting
        self._known: dict[tuple[str, Told], Fraction | int] = {}

    def points(self, leaf: Criterion, told: Told) -> Fraction | int:
        """The exact points of a row, or the number of its state, `UNREAD` where something is wrong."""
        key = (leaf.code, told)
        found = self._known.get(key)
        if found is None:
            found = self._points(leaf, self.entry(leaf, told))
            if len(self._known) < _MOST_KNOWN:
                self._known[key] = found
        return found

    def entry(self, leaf: Criterion, told: Told) -> Entry | None:
        """The entry of a row; None where it has a fault."""
        if any(text[0].isspace() for _, text in told):
            return None
        entry = self._reader.entry(self._unit, leaf.code, dict(told), 0)
        is_sound = not self._unit.findings
        self._unit.findings.clear()
        return entry if is_sound else None

    def _points(self, leaf: Criterion, entry: Entry | None) -> Fraction | int:
        if entry is None:
            return UNREAD
        if isinstance(entry.fact, State):
            return UNREAD if leaf.scored_by.has_standard else CODES[entry.fact.state]
        try:
            return points_of(leaf, leaf.scored_by.for_unit(self.setting), entry.fact)
        except RefusedError:
            return UNREAD


def leaf_points(leaf: Criterion, cells: Cells, rows: Any, entries: Entries) -> Reported:
    """The points and states of a leaf in the rows that report it; -1 stands for no row."""
    ways = np.where(rows < 0, STATE, cells.way[rows])
    above, below = np.zeros(len(rows), np.int64), np.ones(len(rows), np.int64)
    states = np.full(len(rows), UNREAD, np.int8)
    rule = leaf.scored_by.for_unit(entries.setting)
    for way in np.flatnonzero(np.bincount(ways, minlength=STATE + 1)):
        at = np.flatnonzero(ways == way)
        own = rows[at]
        if way == STATE:
            if not leaf.scored_by.has_standard:
                states[at] = np.where(own < 0, UNKNOWN, cells.above[own])
            continue
        figure = Column(cells.above[own], cells.below[own])
        found = None if way == ODD else _by_columns(leaf, rule, int(way), figure)
        if found is not None:
            points, is_known = found.points.whole(len(at)), found.states == REPORTED
            points = Column(
                np.where(is_known, points.above, 0), np.where(is_known, points.below, 1)
            )
            above, below = _kept(above, points.above), _kept(below, points.below)
            above[at], below[at], states[at] = *points, found.states
            at, own = at[~is_known], own[~is_known]
        for place, row in zip(at.tolist(), own.tolist(), strict=True):
            points_ = entries.points(leaf, cells.told(row))
            if isinstance(points_, int):
                states[place] = points_
                continue
            top, bottom = points_.as_integer_ratio()
            above, below = _kept(above, top), _kept(below, bottom)
            above[place], below[place], states[place] = top, bottom, REPORTED
    return Reported(Column(above, below), states)


def _kept(column: Any, more: Any) -> Any:
    """A column that holds such figures, too: those of more than 64 bits as Python has them."""
    is_long = more >= MOST or more <= -MOST if isinstance(more, int) else more.dtype.hasobject
    return column.astype(object) if is_long else column


def _by_columns(leaf: Criterion, rule: Rule, way: int, figure: Column) -> Reported | None:
    """The points of plain figures; None where the rule does not take them, or not by arithmetic."""
    most = leaf.maximum
    if most is None:
        return None
    if way in (POINTS, PERCENT):
        return None if rule.has_standard else _given(leaf, way, figure, most)
    takes = TAKES_NUMBER if way == NUMBER else TAKES_PERCENT
    tree, fits = rule.expression(most), rule.fits(most)
    if rule.takes is not takes or tree is None:
        return None
    is_known: Any = np.ones(len(figure.above), bool)
    if way != NUMBER:
        is_known = (figure.above <= figure.below) & (figure.below > 0)
        figure = Column(figure.above, np.where(is_known, figure.below, 1))
    arithmetic = Arithmetic({names.VALUE if way == NUMBER else names.RATE: figure})
    try:
        points = arithmetic.column(tree)
        if fits is not None:
            is_known = is_known & arithmetic.condition(fits)
    except KeyError:  # a rule that takes a rate and asks for more
        return None
    return _known(points, is_known & ~arithmetic.impossible)


def _given(leaf: Criterion, way: int, figure: Column, most: Fraction) -> Reported:
    """Points as given, or as a share of the most."""
    if way == PERCENT:
        is_known = (figure.above <= figure.below) & (leaf.lowest <= 0)
        return _known(multiply(figure, constant(most)), is_known)
    is_known = (figure.above >= ceil(leaf.lowest * UNIT)) & (figure.above <= floor(most * UNIT))
    return _known(figure, is_known)


def _known(points: Column, is_known: Any) -> Reported:
    return Reported(points, np.where(is_known, REPORTED, UNREAD))
