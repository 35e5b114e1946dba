"""Columns of exact fractions: whole numbers over whole numbers, in 64 bits as long as they fit.

Before every operation the largest figures of both columns tell whether the result stays below
2⁶²; where it does not, the columns are reduced, and at last become columns of Python's own whole
numbers, which have no end. So every figure is exact, whatever the scheme computes.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import add as plus
from operator import mul
from typing import Any, Final, NamedTuple

import numpy as np

from parindex.rules.expression_tree import (
    Compare,
    Condition,
    Extreme,
    If,
    Logic,
    Named,
    Negative,
    Not,
    Number,
    Sum,
    Tree,
)

MOST: Final = 2**62
"""Whole numbers below it are kept in 64 bits."""
_SIGNS: Final = {
    "<": np.less,
    "≤": np.less_equal,
    ">": np.greater,
    "≥": np.greater_equal,
    "=": np.equal,
    "≠": np.not_equal,
}


class Column(NamedTuple):
    """Fractions row by row: `above` over `below`, which is above 0; a single number is for all rows."""

    above: Any
    below: Any

    def whole(self, count: int) -> "Column":
        """The same with a figure for each of so many rows."""
        return Column(*(each if np.ndim(each) else np.full(count, each) for each in self))


def constant(value: Fraction) -> Column:
    """The same figure in all rows."""
    return Column(*(_held(each) for each in value.as_integer_ratio()))


def _held(number: int) -> Any:
    return np.int64(number) if -MOST < number < MOST else np.array(number, dtype=object)


def _size(values: Any) -> int:
    if not np.ndim(values):
        return abs(int(values))
    return max(abs(int(values.max())), abs(int(values.min()))) if len(values) else 0


def _safe(function: Any, one: Any, other: Any) -> Any:
    """A sum or product, in Python's whole numbers where 64 bits do not hold it."""
    if function(_size(one), _size(other)) >= MOST:
        one, other = (np.asarray(each, dtype=object) for each in (one, other))
    return function(one, other)


def reduced(column: Column) -> Column:
    """The same fractions in lowest terms, and in 64 bits where they fit."""
    divisor = np.gcd(column.above, column.below)
    found = (column.above // divisor, column.below // divisor)
    if max(map(_size, found)) < MOST:
        return Column(*(np.asarray(each, dtype=np.int64) for each in found))
    return Column(*found)


def _narrow(one: Column, other: Column) -> tuple[Column, Column]:
    """Two columns, in lowest terms where their products would not fit."""
    if max(map(_size, one)) * max(map(_size, other)) < MOST // 2:
        return one, other
    return reduced(one), reduced(other)


def multiply(one: Column, other: Column) -> Column:
    """The products."""
    one, other = _narrow(one, other)
    return Column(*(_safe(mul, a, b) for a, b in zip(one, other, strict=True)))


def add(one: Column, other: Column) -> Column:
    """The sums, over the least common denominator."""
    if not np.ndim(one.below) and not np.ndim(other.below) and one.below == other.below:
        return Column(_safe(plus, one.above, other.above), one.below)
    one, other = _narrow(one, other)
    divisor = np.gcd(one.below, other.below)
    mine, its = other.below // divisor, one.below // divisor
    above = _safe(plus, _safe(mul, one.above, mine), _safe(mul, other.above, its))
    return Column(above, _safe(mul, one.below, mine))


def total(columns: Iterable[Column]) -> Column:
    """The sum of columns: those of one denominator for all rows first, which is fastest."""
    found = constant(Fraction(0))
    for each in sorted(columns, key=lambda each: (np.ndim(each.below), _size(each.below))):
        found = add(found, each)
    return found


def _negative(column: Column) -> Column:
    return Column(-column.above, column.below)


def _inverse(column: Column) -> Column:
    """One over a column without 0."""
    sign = np.where(column.above < 0, -1, 1)
    return Column(sign * column.below, sign * column.above)


def compare(one: Column, sign: str, other: Column) -> Any:
    """Row by row, whether one stands so to the other."""
    one, other = _narrow(one, other)
    found = _SIGNS[sign](_safe(mul, one.above, other.below), _safe(mul, other.above, one.below))
    return np.asarray(found, dtype=bool)


def _where(holds: Any, then: Column, other: Column) -> Column:
    return Column(*(np.where(holds, a, b) for a, b in zip(then, other, strict=True)))


class Arithmetic:
    """Works out expressions of rules; `names` are the columns of their figures.

    Rows in which something would be divided by 0 are marked in `impossible`.
    """

    def __init__(self, names: Mapping[str, Column]) -> None:
        self.names = names
        self.impossible: Any = np.bool_(0)

    def column(self, tree: Tree) -> Column:
        """The figures of an expression.

        Raises:
            KeyError: it asks for a figure that is not there.
        """
        match tree:
            case Number(value):
                return constant(value)
            case Named(name):
                return self.names[name]
            case Negative(of):
                return _negative(self.column(of))
            case Extreme(function, of):
                return self._extreme(function, [self.column(each) for each in of])
            case If(condition, then, other):
                return self._if(condition, then, other)
        found = self.column(tree.first)
        for sign, each in tree.rest:
            more = self.column(each)
            if isinstance(tree, Sum):
                found = add(found, more if sign == "+" else _negative(more))
            else:
                found = multiply(found, self._factor(sign, more))
        return found

    def _factor(self, sign: str, column: Column) -> Column:
        if sign == "×":
            return column
        is_zero = np.equal(column.above, 0)
        self.impossible = self.impossible | is_zero
        return _inverse(Column(np.where(is_zero, 1, column.above), column.below))

    def _if(self, condition: Condition, then: Tree, other: Tree) -> Column:
        """One of two; what is impossible on the side that does not count is none."""
        holds, before = self.condition(condition), self.impossible
        self.impossible = np.bool_(0)
        one, found = self.column(then), self.impossible & holds
        self.impossible = np.bool_(0)
        two = self.column(other)
        self.impossible = before | found | (self.impossible & ~holds)
        return _where(holds, one, two)

    @staticmethod
    def _extreme(function: str, columns: list[Column]) -> Column:
        found, *rest = columns
        for each in rest:
            is_better = compare(each, "<" if function == "min" else ">", found)
            found = _where(is_better, each, found)
        return found

    def condition(self, condition: Condition) -> Any:
        """Row by row, whether a condition holds."""
        match condition:
            case Compare(left, sign, right):
                return compare(self.column(left), sign, self.column(right))
            case Not(of):
                return ~self.condition(of)
            case Logic(word, of):
                found = self.condition(of[0])
                for each in of[1:]:
                    more = self.condition(each)
                    found = found & more if word == "and" else found | more
                return found
