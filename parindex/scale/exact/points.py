"""The points of a leaf in many units: plain figures by the rule's expression, other cells one by one."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final, NamedTuple

import numpy as np

from parindex.rules import arithmetic as names
from parindex.rules.base import RefusedError, Rule
from parindex.rules.input import NUMBER as TAKES_NUMBER
from parindex.rules.input import PERCENT as TAKES_PERCENT
from parindex.rules.setting import Setting
from parindex.scale.exact.cells import NUMBER, ODD, PERCENT, POINTS, UNIT, Cells
from parindex.scale.exact.columns import MOST, Arithmetic, Column, constant, multiply
from parindex.scheme.scheme import Criterion
from parindex.scorecard.delimited.rows import UnitReader
from parindex.scorecard.delimited.unit import Unit
from parindex.scorecard.scorecard import Entry
from parindex.scoring.common_case import entry_points
from parindex.values.facts import State

_MOST_KNOWN: Final = 100_000
Read = tuple[Entry | None, Fraction | Decimal | None]


class Reported(NamedTuple):
    """The points of a leaf, and of which rows they are known."""

    points: Column
    is_known: Any


class Entries:
    """The entries of cells, as the row reader makes them; each text of a leaf is read once."""

    def __init__(self, reader: UnitReader, unit: Unit, year: int) -> None:
        self._reader = reader
        self._unit = unit
        self._year = year
        self._known: dict[tuple[str, str, str], Read] = {}

    def entry(self, leaf: Criterion, name: str, text: str) -> Entry | None:
        """The entry of a cell; None where it has a fault."""
        return self._read(leaf, name, text)[0]

    def points(self, leaf: Criterion, name: str, text: str) -> Fraction | Decimal | None:
        """The exact points of a cell; None where the row engine must say what is wrong with it."""
        return self._read(leaf, name, text)[1]

    def _read(self, leaf: Criterion, name: str, text: str) -> Read:
        key = (leaf.code, name, text)
        found = self._known.get(key)
        if found is None:
            found = self._made(leaf, name, text)
            if len(self._known) < _MOST_KNOWN:
                self._known[key] = found
        return found

    def _made(self, leaf: Criterion, name: str, text: str) -> Read:
        if text[0].isspace():
            return None, None
        entry = self._reader.entry(self._unit, leaf.code, {name: text}, 0)
        if entry is None or self._unit.findings or isinstance(entry.fact, State):
            self._unit.findings.clear()
            return None, None
        try:
            return entry, entry_points(leaf, entry, self._year)
        except RefusedError:
            return entry, None


def leaf_points(leaf: Criterion, cells: Cells, rows: Any, entries: Entries, year: int) -> Reported:
    """The points of a leaf in the rows that report it."""
    ways = cells.way[rows]
    above, below = np.zeros(len(rows), np.int64), np.ones(len(rows), np.int64)
    is_known = np.zeros(len(rows), bool)
    rule = leaf.scored_by.for_unit(Setting(year))
    for way in np.flatnonzero(np.bincount(ways, minlength=6)):
        at = np.flatnonzero(ways == way)
        own = rows[at]
        figure = Column(cells.above[own], cells.below[own])
        found = None if way == ODD else _by_columns(leaf, rule, int(way), figure)
        if found is not None:
            points = found.points.whole(len(at))
            above, below = _kept(above, points.above), _kept(below, points.below)
            above[at], below[at], is_known[at] = *points, found.is_known
            at, own = at[~found.is_known], own[~found.is_known]
        one_by_one = [entries.points(leaf, *told) for told in map(cells.told, own.tolist())]
        for place, fraction in zip(at, one_by_one, strict=True):
            above[place], below[place] = 0, 1
            if fraction is not None:
                top, bottom = fraction.as_integer_ratio()
                above, below = _kept(above, top), _kept(below, bottom)
                above[place], below[place], is_known[place] = top, bottom, True
    return Reported(Column(above, below), is_known)


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
    return Reported(points, is_known & ~arithmetic.impossible)


def _given(leaf: Criterion, way: int, figure: Column, most: Fraction) -> Reported:
    """Points as given, or as a share of the most."""
    if way == PERCENT:
        is_known = (figure.above <= figure.below) & (leaf.lowest <= 0)
        return Reported(multiply(figure, constant(most)), is_known)
    is_known = (figure.above >= ceil(leaf.lowest * UNIT)) & (figure.above <= floor(most * UNIT))
    return Reported(figure, is_known)
