"""Figures of a whole column as expressions of the column engine, each with what is known of it.

Every expression gives binary numbers of 53 bits. A term is one of these:

| term | what its expressions hold |
|---|---|
| `Constant` | nothing: one number for all rows |
| `Exact` | whole numbers below 2⁵³, so that the figure is exactly `expr` × `unit` |
| `Quotient` | two `Exact` terms, the figure is exactly one over the other, which is above 0 |
| `Near` | the figure up to `error` |
| `Day` | days, which are only compared |

Bounds hold for the rows that are not flagged. The proof of each operation is in `docs/explanation/columns.md`;
ε is 2⁻⁵³, the most by which one operation of binary numbers is off in proportion to its result.
"""

from fractions import Fraction
from math import gcd
from typing import Any, Final, NamedTuple

MOST: Final = 2**53
"""Whole numbers below it are exact in binary."""
EPSILON: Final = Fraction(1, MOST)
_WAY: Final = 4 * EPSILON
"""Of a quotient: two whole numbers divided, times a constant that is rounded itself, and more."""


class NoColumnsError(Exception):
    """Something has no form by columns; the row engine scores it."""


class Constant(NamedTuple):
    """One number for all rows."""

    value: Fraction

    @property
    def low(self) -> Fraction:
        """Itself."""
        return self.value

    @property
    def high(self) -> Fraction:
        """Itself."""
        return self.value


class Exact(NamedTuple):
    """`expr` × `unit`, where `expr` holds whole numbers below 2⁵³."""

    expr: Any
    unit: Fraction
    low: Fraction
    high: Fraction


class Quotient(NamedTuple):
    """One exact figure over another, which is above 0 in every row that is not flagged."""

    above: Exact
    below: Exact
    low: Fraction
    high: Fraction


class Near(NamedTuple):
    """`expr` is off by at most `error`."""

    expr: Any
    error: Fraction
    low: Fraction
    high: Fraction


class Day(NamedTuple):
    """A column of days."""

    expr: Any


Term = Constant | Exact | Quotient | Near
SIGNS: Final = {"<": "lt", "≤": "le", ">": "gt", "≥": "ge", "=": "eq", "≠": "ne"}


def size(term: Term) -> Fraction:
    """The most that a term is away from 0."""
    return max(abs(term.low), abs(term.high))


def within(term: Term, low: Fraction, high: Fraction) -> Term:
    """The same term, of which more is known: it lies from `low` to `high`."""
    if isinstance(term, Constant):
        return term
    low, high = max(term.low, low), min(term.high, high)
    return term._replace(low=low, high=max(low, high))


def common(one: Fraction, other: Fraction) -> Fraction:
    """The largest number of which both are whole multiples."""
    below = one.denominator * other.denominator
    return Fraction(
        gcd(one.numerator * other.denominator, other.numerator * one.denominator), below
    )


def exact(term: Term) -> Exact | None:
    """A term as whole numbers; None where it is none."""
    if isinstance(term, Exact):
        return term
    if isinstance(term, Constant) and abs(term.value.numerator) < MOST:
        unit = Fraction(1, term.value.denominator)
        return Exact(float(term.value.numerator), unit, term.value, term.value)
    return None


def in_units(term: Exact, unit: Fraction) -> Any:
    """The whole numbers of a term in a unit of which its own is a multiple."""
    factor = term.unit / unit
    return term.expr if factor == 1 else term.expr * float(factor)


def pair(one: Term, other: Term, most: Fraction | None = None) -> tuple[Any, Any, Fraction] | None:
    """Two terms as whole numbers of one unit, as far as they, and `most`, stay below 2⁵³."""
    first, second = exact(one), exact(other)
    if first is None or second is None:
        return None
    unit = common(first.unit, second.unit)
    if max(size(one), size(other), most or Fraction(0)) / unit >= MOST:
        return None
    return in_units(first, unit), in_units(second, unit), unit


def near(term: Term, most: Fraction | None = None) -> Near:
    """A term as binary numbers; of a quotient only up to `most` where more does not count.

    A constant is rounded once, whole numbers are multiplied with a rounded unit: 2 ε. A
    quotient is divided, and multiplied with a rounded unit: 4 ε are more than enough.
    """
    match term:
        case Near():
            return term
        case Constant(value):
            number = float(value)
            return Near(number, abs(Fraction(number) - value), value, value)
        case Exact(expr, unit, low, high):
            factor = float(unit)
            told = expr if factor == 1 else expr * factor
            error = Fraction(0) if unit == 1 else 2 * EPSILON * size(term)
            return Near(told, error, low, high)
        case Quotient(above, below, low, high):
            factor = float(above.unit / below.unit)
            told = above.expr / below.expr
            told = told if factor == 1 else told * factor
            far = size(term) if most is None else max(abs(low), min(abs(high), abs(most)))
            return Near(told, _WAY * far, low, high)


def add(one: Term, other: Term) -> Term:
    """The sum: exact while both are and it stays below 2⁵³, else off by both errors and 2 ε."""
    low, high = one.low + other.low, one.high + other.high
    if isinstance(one, Constant) and isinstance(other, Constant):
        return Constant(low)
    if isinstance(other, Quotient) and not isinstance(one, Quotient):
        one, other = other, one
    found = pair(one, other, size(one) + size(other))
    if found is not None:
        return Exact(found[0] + found[1], found[2], low, high)
    if isinstance(one, Quotient) and not isinstance(other, Near | Quotient):
        above = add(one.above, multiply(other, one.below))
        if isinstance(above, Exact):
            return Quotient(above, one.below, low, high)
    first, second = near(one), near(other)
    error = first.error + second.error
    error += 2 * EPSILON * (size(one) + size(other) + error)
    return Near(first.expr + second.expr, error, low, high)


def negative(term: Term) -> Term:
    """0 less the term, as near as the term is."""
    return multiply(term, Constant(Fraction(-1)))


def multiply(one: Term, other: Term) -> Term:  # noqa: C901, PLR0911  # one case for each pair
    """The product: exact while both are and it stays below 2⁵³, else by the rule of errors and 2 ε."""
    if isinstance(one, Constant):
        one, other = other, one
    ends = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    low, high = min(ends), max(ends)
    match one, other:
        case Constant(value), Constant(by):
            return Constant(value * by)
        case _, Constant(by) if not by:
            return Constant(Fraction(0))
        case Exact(expr, unit), Constant(by):
            told = expr if by > 0 else expr * -1.0
            return Exact(told, unit * abs(by), low, high)
        case Exact(expr, unit), Exact(by_expr, by_unit) if size(one) * size(other) < (
            MOST * unit * by_unit
        ):
            return Exact(expr * by_expr, unit * by_unit, low, high)
        case Quotient(above, below), Constant() | Exact():
            product = multiply(above, other)
            if isinstance(product, Exact):
                return Quotient(product, below, low, high)
        case Exact(), Quotient():
            return multiply(other, one)
        case Quotient(), Quotient():
            up, down = multiply(one.above, other.above), multiply(one.below, other.below)
            if isinstance(up, Exact) and isinstance(down, Exact):
                return Quotient(up, down, low, high)
    first, second = near(one), near(other)
    error = size(one) * second.error + size(other) * first.error + first.error * second.error
    error += 2 * EPSILON * (size(one) * size(other) + error)
    return Near(first.expr * second.expr, error, low, high)


def divide(one: Term, other: Term) -> tuple[Term, Any]:
    """One over the other, and where that is not above 0: there the row is flagged (None for nowhere).

    Raises:
        NoColumnsError: what it is divided by is not exact.
    """
    match other:
        case Constant(value):
            if not value:
                raise NoColumnsError
            return multiply(one, Constant(1 / value)), None
        case Exact():
            return _over(one, other), None if other.low > 0 else other.expr <= 0
        case Quotient(above, below):
            flag = None if above.low > 0 else above.expr <= 0
            return _over(multiply(one, below), above), flag
        case _:
            raise NoColumnsError


def _over(one: Term, below: Exact) -> Term:
    """One over exact figures above 0, which are a unit at the least."""
    least = max(below.low, below.unit)
    ends = [end / by for end in (one.low, one.high) for by in (least, max(least, below.high))]
    low, high = min(ends), max(ends)
    if isinstance(one, Quotient):
        product = multiply(one.below, below)
        if isinstance(product, Exact):
            return Quotient(one.above, product, low, high)
    above = exact(one)
    if above is not None:
        return Quotient(above, below, low, high)
    first, by = near(one), near(below)
    error = first.error / least + _WAY * size(one) / least
    return Near(first.expr / by.expr, 2 * error, low, high)
