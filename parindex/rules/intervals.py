"""What an expression can give, where of each figure only the least and the most are known.

bounds(tree, {"rate": between(0, 1)})   it lies within these, though it need not reach them
zero_divisors(tree, …)                  what it divides by and is 0 whatever is reported
slope(tree, "rate", …)                  1 where it never falls as the figure rises, -1 where
                                        it never rises, 0 where neither, None if not proved
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from msgspec import Struct

from parindex.rules.expression_tree import (
    COMPARISONS,
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
    walk,
)

End = tuple[int, Fraction]
"""An end of an interval: (0, number), or (-1, 0) and (1, 0) for no end at all. They sort."""
_ZERO: Final[End] = (0, Fraction(0))
_LOWEST: Final[End] = (-1, Fraction(0))
_HIGHEST: Final[End] = (1, Fraction(0))


class Interval(Struct, frozen=True):
    """Everything from a least to a most."""

    low: End
    high: End

    @property
    def most(self) -> Fraction | None:
        """The most; None where there is none."""
        return None if self.high[0] else self.high[1]

    @property
    def least(self) -> Fraction | None:
        """The least; None where there is none."""
        return None if self.low[0] else self.low[1]

    @property
    def sign(self) -> int | None:
        """1 if nothing in it is below 0, -1 if nothing is above, 0 if only 0; None for both sides."""
        if self.low == self.high == _ZERO:
            return 0
        if self.low >= _ZERO:
            return 1
        return -1 if self.high <= _ZERO else None


Intervals = Mapping[str, Interval]


def between(least: Fraction | int | None, most: Fraction | int | None) -> Interval:
    """From a least to a most, where None is no end."""
    return Interval(
        _LOWEST if least is None else (0, Fraction(least)),
        _HIGHEST if most is None else (0, Fraction(most)),
    )


EVERYTHING: Final = between(None, None)


def bounds(tree: Tree, figures: Intervals) -> Interval:  # noqa: PLR0911
    """Between what the value lies; division by 0 gives no value, so that nothing is said of it."""
    match tree:
        case Number(value):
            return between(value, value)
        case Named(name):
            return figures[name]
        case Negative(of):
            return _negative(bounds(of, figures))
        case Sum(first, rest):
            found = bounds(first, figures)
            for sign, each in rest:
                more = bounds(each, figures)
                found = _plus(found, more if sign == "+" else _negative(more))
            return found
        case Product(first, rest):
            found = bounds(first, figures)
            for sign, each in rest:
                by = bounds(each, figures)
                found = _times(found, by if sign == "×" else _inverse(by))
            return found
        case Extreme(function, of):
            each_ = [bounds(one, figures) for one in of]
            pick = min if function == "min" else max
            return Interval(pick(one.low for one in each_), pick(one.high for one in each_))
        case If(condition, then, other):
            return _if(truth(condition, figures), then, other, figures)


def _if(holds: bool | None, then: Tree, other: Tree, figures: Intervals) -> Interval:
    if holds is not None:
        return bounds(then if holds else other, figures)
    one, two = bounds(then, figures), bounds(other, figures)
    return Interval(min(one.low, two.low), max(one.high, two.high))


def truth(condition: Condition, figures: Intervals) -> bool | None:
    """Whether a condition always holds, or never; None where it may."""
    match condition:
        case Compare(left, sign, right):
            return _compared(bounds(left, figures), sign, bounds(right, figures))
        case Logic(word, of):
            each = [truth(one, figures) for one in of]
            decisive = word == "or"
            if decisive in each:
                return decisive
            return None if None in each else not decisive
        case Not(of):
            held = truth(of, figures)
            return None if held is None else not held


def _compared(left: Interval, sign: str, right: Interval) -> bool | None:
    ends = (left.low, left.high, right.low, right.high)
    if left.low == left.high and right.low == right.high and not any(end for end, _ in ends):
        return COMPARISONS[sign](left.low[1], right.low[1])
    if sign in "=≠":
        apart = left.high < right.low or right.high < left.low
        return (sign == "≠") if apart else None
    if sign in ">≥":
        left, right, sign = right, left, "<" if sign == ">" else "≤"
    if sign == "<":
        always, never = left.high < right.low, left.low >= right.high and left.low[0] == 0
    else:
        always, never = left.high <= right.low and left.high[0] == 0, left.low > right.high
    return True if always else False if never else None


def _negative(one: Interval) -> Interval:
    return Interval((-one.high[0], -one.high[1]), (-one.low[0], -one.low[1]))


def _plus(one: Interval, other: Interval) -> Interval:
    return Interval(_ends_plus(one.low, other.low), _ends_plus(one.high, other.high))


def _ends_plus(one: End, other: End) -> End:
    return (one if one[0] else other) if one[0] or other[0] else (0, one[1] + other[1])


def _times(one: Interval, other: Interval) -> Interval:
    ends = [_ends_times(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return Interval(min(ends), max(ends))


def _ends_times(one: End, other: End) -> End:
    if _ZERO in (one, other):
        return _ZERO
    if not one[0] and not other[0]:
        return (0, one[1] * other[1])
    rises = (one > _ZERO) == (other > _ZERO)
    return _HIGHEST if rises else _LOWEST


def _inverse(one: Interval) -> Interval:
    """1 divided by it, of which 0 itself has none."""
    if one.sign == 1:
        high = _HIGHEST if one.low == _ZERO else _end_inverse(one.low)
        return Interval(_end_inverse(one.high), high)
    if one.sign == -1:
        return _negative(_inverse(_negative(one)))
    return EVERYTHING


def _end_inverse(end: End) -> End:
    return _ZERO if end[0] else (0, 1 / end[1])


def zero_divisors(tree: Tree, figures: Intervals) -> Iterator[Tree]:
    """What an expression divides by and is 0 whatever is reported."""
    for part in walk(tree):
        if isinstance(part, Product):
            for sign, each in part.rest:
                if sign == "÷" and bounds(each, figures).sign == 0:
                    yield each


def slope(tree: Tree, name: str, figures: Intervals) -> int | None:  # noqa: PLR0911
    """Which way an expression goes as one figure rises and all others stay."""
    match tree:
        case Named(other):
            return 1 if other == name else 0
        case Number():
            return 0
        case Negative(of):
            down = slope(of, name, figures)
            return None if down is None else -down
        case Sum(first, rest):
            slopes = [slope(first, name, figures)]
            for sign, each in rest:
                way = slope(each, name, figures)
                slopes.append(-way if way is not None and sign == "−" else way)
            return _joined(slopes)
        case Product(first, rest):
            return _product_slope(first, rest, name, figures)
        case Extreme(_, of):
            return _joined([slope(each, name, figures) for each in of])
        case If(condition, then, other_):
            holds = truth(condition, figures)
            if holds is None:
                return None
            return slope(then if holds else other_, name, figures)


def _product_slope(
    first: Tree, rest: tuple[tuple[str, Tree], ...], name: str, figures: Intervals
) -> int | None:
    way, found = slope(first, name, figures), bounds(first, figures)
    for sign, each in rest:
        more, by = slope(each, name, figures), bounds(each, figures)
        if sign == "÷":
            if by.low <= _ZERO <= by.high:
                return None
            more, by = None if more is None else -more, _inverse(by)
        way = _joined([_scaled(way, by.sign), _scaled(more, found.sign)])
        found = _times(found, by)
    return way


def _scaled(way: int | None, sign: int | None) -> int | None:
    """The slope of something times what has a sign."""
    if way == 0:
        return 0
    return None if way is None or sign is None else way * sign


def _joined(slopes: list[int | None]) -> int | None:
    """The slope of what goes as several do; None where they go both ways."""
    found = set(slopes) - {0}
    if not found:
        return 0
    return found.pop() if len(found) == 1 else None
