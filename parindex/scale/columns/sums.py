"""Sums of points by columns, and the figures that are printed: exact, or flagged.

A printed figure is a whole number of its last digit. Of exact sums it is worked out in whole
numbers below 2⁵³; of others the row is flagged where the figure lies within the error of an edge
at which the printed digit would be another.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import groupby
from math import ceil, floor
from typing import Any, Final, NamedTuple

import narwhals as nw

from parindex.scale.columns.arithmetic import above, either
from parindex.scale.columns.compile import Compiled, Leaf
from parindex.scale.columns.terms import (
    EPSILON,
    MOST,
    Constant,
    Exact,
    Near,
    NoColumnsError,
    Term,
    add,
    common,
    exact,
    multiply,
    near,
    size,
)
from parindex.scheme.band import BandSet
from parindex.values.exact import POINTS_DIGITS, RoundingMode

MOST_DIGITS: Final = 6
"""Decimals of figures that are printed from columns."""
_HALF: Final = Fraction(1, 2)


class Printed(NamedTuple):
    """A figure as printed: a whole number of its last digit, and where columns cannot tell it."""

    expr: Any
    digits: int
    flag: Any

    @property
    def decimal(self) -> Any:
        """The figure as an exact decimal."""
        number = self.expr / float(10**self.digits)
        return number.cast(nw.Decimal(38, self.digits))


class Figures(NamedTuple):
    """What columns know of a unit: the exact or near total, and its figures as printed."""

    total: Term
    points: Printed
    index: Printed
    band: Any
    flag: Any


def total_of(leaves: Iterable[Leaf]) -> Term:
    """The sum of the points of leaves: whole numbers of one unit, and the others, each in one sum."""
    terms = [leaf.points for leaf in leaves]
    whole = [each for each in map(exact, terms) if each is not None]
    others = [each for each in terms if exact(each) is None]
    total: Term = Constant(Fraction(0))
    if whole:
        total = _whole_sum(whole)
    return add(total, _near_sum(others)) if others else total


def _whole_sum(terms: Sequence[Exact]) -> Term:
    """The exact sum of exact terms, those of one unit together; near where it is too large."""
    unit = reduce(common, (each.unit for each in terms))
    low, high = (
        sum((each.low for each in terms), Fraction(0)),
        sum((each.high for each in terms), Fraction(0)),
    )
    if sum((size(each) for each in terms), Fraction(0)) / unit >= MOST:
        return _near_sum(terms)
    told = []
    ordered = sorted(terms, key=lambda each: each.unit)
    for own, same in groupby(ordered, key=lambda each: each.unit):
        part = _sum([each.expr for each in same])
        told.append(part if own == unit else part * float(own / unit))
    return Exact(_sum(told), unit, low, high)


def _near_sum(terms: Sequence[Term]) -> Near:
    """The sum of terms in any order: each addition is off by ε of all that was added."""
    found = [near(each) for each in terms]
    sizes = sum((size(each) + each.error for each in found), Fraction(0))
    error = sum((each.error for each in found), Fraction(0)) + 2 * len(found) * EPSILON * sizes
    low, high = (
        sum((each.low for each in found), Fraction(0)),
        sum((each.high for each in found), Fraction(0)),
    )
    return Near(_sum([each.expr for each in found]), error, low, high)


def _sum(exprs: Sequence[Any]) -> Any:
    told = [each if isinstance(each, nw.Expr) else nw.lit(float(each)) for each in exprs]
    return told[0] if len(told) == 1 else nw.sum_horizontal(*told)


def printed(term: Term, factor: Fraction, digits: int, mode: RoundingMode) -> Printed:
    """`factor` times a term, rounded to digits; flagged below 0.

    Raises:
        NoColumnsError: more digits are asked for than columns have.
    """
    if digits > MOST_DIGITS:
        raise NoColumnsError
    scaled = multiply(term, Constant(factor * 10**digits))
    whole = exact(scaled)
    below = None if term.low >= 0 else _expr(near(term).expr) < 0.0
    if whole is not None:
        found = _rounded_exactly(whole, mode)
        if found is not None:
            return Printed(found, digits, below)
    number, flag = _rounded_nearly(near(scaled), mode)
    return Printed(number, digits, either(flag, below))


def _expr(value: Any) -> Any:
    return value if isinstance(value, nw.Expr) else nw.lit(float(value))


def _rounded_exactly(term: Exact, mode: RoundingMode) -> Any:
    """Whole numbers × p ÷ q rounded, in whole numbers below 2⁵³; None where they are larger.

    A half up is the floor of (2 p n + q) ÷ 2 q. The quotient in binary is off by less than 1, so
    that its floor is right or one beside it, which the rest tells.
    """
    above_, below = term.unit.as_integer_ratio()
    expr = _expr(term.expr)
    if mode != "down":
        above_, below = 2 * above_, 2 * below
    most = size(term) / term.unit * above_ + 2 * below
    if most >= MOST:
        return None
    told = expr * float(above_) if above_ != 1 else expr
    told = told if mode == "down" else told + float(below // 2)
    first = (told * (1 / below)).floor() if below != 1 else told
    rest = told - first * float(below)
    found = first + (rest >= float(below)).cast(nw.Float64) - (rest < 0.0).cast(nw.Float64)
    if mode != "half-even":
        return found
    is_tie = (rest == 0.0) | (rest == float(below))
    is_odd = (found * 0.5).floor() * 2.0 != found
    return found - (is_tie & is_odd).cast(nw.Float64)


def _rounded_nearly(term: Near, mode: RoundingMode) -> tuple[Any, Any]:
    """The rounded figure, and where an edge lies within the error."""
    expr = _expr(term.expr)
    shifted = expr if mode == "down" else expr + 0.5
    error = term.error + 2 * EPSILON * (size(term) + 1)
    return shifted.floor(), (shifted - shifted.round(0)).abs() <= above(error)


def band_of(figure: Printed, bands: BandSet | None) -> Any:
    """The band of a printed figure, where it is one; its edges are asked one by one.

    Raises:
        NoColumnsError: bands ask for more than the figure.
    """
    if bands is None:
        return nw.lit(None, dtype=nw.String)
    if bands.worst_of or any(step.where for step in bands.steps):
        raise NoColumnsError
    scale = 10**figure.digits
    edges = set()
    for step in bands.steps:
        if step.edge is not None:
            exact_ = Fraction(step.edge) * scale
            edges.add(floor(exact_) + 1 if step.above is not None else ceil(exact_))
        if step.upper is not None:
            upper, is_inside = Fraction(step.upper[0]) * scale, step.upper[1]
            edges.add(floor(upper) + 1 if is_inside else ceil(upper))
    marks = sorted(edges)
    lowest = min(marks, default=0) - 1
    told = nw.lit(_band(bands, lowest, figure.digits), dtype=nw.String)
    for mark in marks:
        band = nw.lit(_band(bands, mark, figure.digits), dtype=nw.String)
        told = nw.when(figure.expr >= float(mark)).then(band).otherwise(told)
    return told


def _band(bands: BandSet, number: int, digits: int) -> str | None:
    found = bands.of(Decimal(number).scaleb(-digits))
    return found[0] if len(found) == 1 else None


def figures_of(compiled: Compiled) -> Figures:
    """The total of a scheme with its index, points and band, and the rows that are for the row engine."""
    scheme = compiled.scheme
    maximum = scheme.maximum
    if maximum is None:
        raise NoColumnsError
    rounding = scheme.rounding
    total = total_of(compiled.leaves)
    index = printed(total, 100 / maximum, rounding.index, rounding.mode)
    digits = max(rounding.index, POINTS_DIGITS)
    points = printed(total, Fraction(1), digits, rounding.mode)
    bands = scheme.bands_of(compiled.setting.year)
    by_points = bands is not None and bands.by == "points"
    band = band_of(points if by_points else index, bands)
    flag = either(compiled.flag, index.flag, points.flag)
    return Figures(total, points, index, band, flag)
