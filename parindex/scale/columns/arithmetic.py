"""Expressions of rules (`rules/expression_tree.py`) as expressions of the column engine."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final

import narwhals as nw

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
    Product,
    Sum,
    Tree,
)
from parindex.scale.columns.terms import (
    SIGNS,
    Constant,
    Day,
    Exact,
    Near,
    NoColumnsError,
    Quotient,
    Term,
    add,
    divide,
    exact,
    multiply,
    near,
    negative,
    pair,
    size,
    within,
)

Bounds = Mapping[Tree, tuple[Fraction | None, Fraction | None]]
Flag = Any
"""A condition for rows that columns cannot decide; None for no row."""
_NO: Final = None


def either(*flags: Flag) -> Flag:
    """Whether any of the flags stands; nothing where there is none."""
    found = [each for each in flags if each is not None]
    if len(found) <= 1:
        return found[0] if found else None
    return nw.any_horizontal(*found, ignore_nulls=True)


class Arithmetic:
    """Works out expressions over columns.

    `columns` are the terms of names, `bounds` what is known of parts of the expression in rows
    that are not flagged: from which to which figure they lie.
    """

    def __init__(self, columns: Mapping[str, Term | Day], bounds: Bounds | None = None) -> None:
        self.columns = columns
        self.bounds = bounds or {}

    def term(self, tree: Tree) -> tuple[Term, Flag]:
        """The term of an expression, and where it cannot be told.

        Raises:
            NoColumnsError: the expression has no form by columns.
        """
        found, flag = self._term(tree)
        low, high = self.bounds.get(tree, (None, None))
        return within(found, *_ends(found, low, high)), flag

    def _term(self, tree: Tree) -> tuple[Term, Flag]:  # noqa: PLR0911
        match tree:
            case Number(value):
                return Constant(value), _NO
            case Named(name):
                found = self.columns.get(name)
                if found is None or isinstance(found, Day):
                    raise NoColumnsError
                return found, _NO
            case Negative(of):
                term, flag = self.term(of)
                return negative(term), flag
            case Sum(first, rest):
                return self._sum(first, rest)
            case Product(first, rest):
                return self._product(first, rest)
            case Extreme(function, of):
                terms, flags = zip(*map(self.term, of), strict=True)
                return extreme(function, terms), either(*flags)
            case If():
                return self._if(tree)

    def _sum(self, first: Tree, rest: tuple[tuple[str, Tree], ...]) -> tuple[Term, Flag]:
        term, flag = self.term(first)
        flags = [flag]
        for sign, each in rest:
            more, flag = self.term(each)
            term = add(term, more if sign == "+" else negative(more))
            flags.append(flag)
        return term, either(*flags)

    def _product(self, first: Tree, rest: tuple[tuple[str, Tree], ...]) -> tuple[Term, Flag]:
        term, flag = self.term(first)
        flags = [flag]
        for sign, each in rest:
            by, flag = self.term(each)
            flags.append(flag)
            if sign == "×":
                term = multiply(term, by)
            else:
                term, flag = divide(term, by)
                flags.append(flag)
        return term, either(*flags)

    def _if(self, tree: If) -> tuple[Term, Flag]:
        """One of two; a flag of the side that does not count is none."""
        inside = Arithmetic(self.columns, self.bounds | _also(tree, self.bounds))
        holds, flag = self.condition(tree.condition)
        then, then_flag = inside.term(tree.then)
        other, other_flag = inside.term(tree.other)
        if isinstance(holds, bool):
            return (then, then_flag) if holds else (other, other_flag)
        low, high = min(then.low, other.low), max(then.high, other.high)
        found = pair(then, other)
        term: Term
        if found is not None:
            term = Exact(_when(holds, found[0], found[1]), found[2], low, high)
        else:
            first, second = near(then), near(other)
            error = max(first.error, second.error)
            term = Near(_when(holds, first.expr, second.expr), error, low, high)
        sides = [
            side if each is None else side & each
            for side, each in ((holds, then_flag), (~holds, other_flag))
            if each is not None
        ]
        return term, either(flag, *sides)

    def condition(self, condition: Condition) -> tuple[Any, Flag]:
        """Whether a condition holds (a bool where it does in all rows or in none), and where that cannot be told."""
        match condition:
            case Compare(left, sign, right):
                return self._compare(left, sign, right)
            case Not(of):
                holds, flag = self.condition(of)
                return (not holds if isinstance(holds, bool) else ~holds), flag
            case Logic(word, of):
                found = [self.condition(each) for each in of]
                return _joined(word, [each for each, _ in found]), either(*(f for _, f in found))

    def _compare(self, left: Tree, sign: str, right: Tree) -> tuple[Any, Flag]:
        if isinstance(left, Named) and isinstance(self.columns.get(left.name), Day):
            return self._day(left.name, sign, right), _NO
        (one, flag), (other, other_flag) = self.term(left), self.term(right)
        holds, close = compare(one, sign, other)
        return holds, either(flag, other_flag, close)

    def _day(self, name: str, sign: str, right: Tree) -> Any:
        import datetime

        day = self.columns[name]
        if not isinstance(right, Number) or right.value.denominator != 1:
            raise NoColumnsError
        last = datetime.date.max.toordinal()
        ordinal = min(last, max(1, right.value.numerator))
        if ordinal != right.value.numerator:
            raise NoColumnsError
        return _held(day.expr, sign, datetime.date.fromordinal(ordinal))


def _also(tree: If, bounds: Bounds) -> Bounds:
    """What is known of the whole holds for the side that counts."""
    known = bounds.get(tree)
    return {} if known is None else {tree.then: known, tree.other: known}


def _ends(term: Term, low: Fraction | None, high: Fraction | None) -> tuple[Fraction, Fraction]:
    return (term.low if low is None else low, term.high if high is None else high)


def _joined(word: str, conditions: list[Any]) -> Any:
    """Conditions joined by `and` or `or`, of which some may be known."""
    absorbs = word == "or"
    if any(each is absorbs for each in conditions):
        return absorbs
    found = [each for each in conditions if not isinstance(each, bool)]
    if not found:
        return not absorbs
    joined = found[0]
    for each in found[1:]:
        joined = joined | each if absorbs else joined & each
    return joined


def compare(one: Term, sign: str, other: Term) -> tuple[Any, Flag]:
    """How one term stands to another, and where both are too close for binary numbers to tell.

    Whole numbers are compared exactly; a quotient by what it is divided by, which is above 0.
    """
    if isinstance(one, Constant) and isinstance(other, Constant):
        return bool(getattr(one.value, f"__{SIGNS[sign]}__")(other.value)), _NO
    if isinstance(one, Exact) and isinstance(other, Constant):
        return _with_number(one.expr, sign, other.value / one.unit), _NO
    for q, r, turned in ((one, other, False), (other, one, True)):
        if isinstance(q, Quotient) and not isinstance(r, Near):
            if isinstance(r, Quotient):
                sides = (multiply(q.above, r.below), multiply(r.above, q.below))
            else:
                sides = (q.above, multiply(r, q.below))
            found = pair(*(sides[::-1] if turned else sides))
            if found is not None:
                return _held(found[0], sign, found[1]), _NO
            break
    found = pair(one, other)
    if found is not None:
        return _held(found[0], sign, found[1]), _NO
    first, second = near(one), near(other)
    apart = first.expr - second.expr
    error = first.error + second.error
    error += 2 * EPSILON_OF * (size(one) + size(other) + error)
    return _held(apart, sign, 0.0), apart.abs() <= above(error)


EPSILON_OF: Final = Fraction(1, 2**53)


def above(error: Fraction) -> float:
    """A binary number that is not below an error."""
    return float(error * (1 + Fraction(1, 2**50)))


def _with_number(expr: Any, sign: str, edge: Fraction) -> Any:
    """Whole numbers against an edge that need not be whole."""
    if edge.denominator == 1:
        return _held(expr, sign, float(edge))
    if sign in "=≠":
        return sign == "≠"
    up = sign in "≥<"
    return _held(expr, sign, float(ceil(edge) if up else floor(edge)))


def _held(one: Any, sign: str, other: Any) -> Any:
    if not isinstance(one, nw.Expr):
        one = nw.lit(one)
    return getattr(one, f"__{SIGNS[sign]}__")(other)


def _when(holds: Any, then: Any, other: Any) -> Any:
    return nw.when(holds).then(_lit(then)).otherwise(_lit(other))


def _lit(value: Any) -> Any:
    return value if isinstance(value, nw.Expr) else nw.lit(value)


def extreme(function: str, terms: Iterable[Term]) -> Term:
    """The least or the most, as near as the worst of the terms.

    What is over the least of the upper ends is not the least, so that a quotient counts only
    up to there.
    """
    found, *rest = terms
    for each in rest:
        found = _two(function, found, each)
    return found


def _two(function: str, one: Term, other: Term) -> Term:
    of = min if function == "min" else max
    low, high = of(one.low, other.low), of(one.high, other.high)
    if isinstance(one, Constant) and isinstance(other, Constant):
        return Constant(low)
    if one.high <= other.low or other.high <= one.low:
        is_one = (one.high <= other.low) == (function == "min")
        return one if is_one else other
    horizontal = nw.min_horizontal if function == "min" else nw.max_horizontal
    found = pair(one, other)
    if found is not None:
        return Exact(horizontal(_lit(found[0]), _lit(found[1])), found[2], low, high)
    cap = high if function == "min" else None
    first, second = near(one, cap), near(other, cap)
    error = max(first.error, second.error)
    return Near(horizontal(_lit(first.expr), _lit(second.expr)), error, low, high)


__all__ = ["Arithmetic", "NoColumnsError", "above", "compare", "either", "exact", "extreme"]
