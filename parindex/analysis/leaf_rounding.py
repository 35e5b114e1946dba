"""What a leaf can have where the scheme rounds points of leaves on the way."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Final

from parindex.rules.base import Ladder
from parindex.scheme.scheme import Criterion
from parindex.scoring.result import Result
from parindex.values.exact import least_rounded, rounded

MOST_LISTED: Final = 2000
"""Points of one leaf that are listed where rounding on the way makes them uneven."""


def round_leaf(result: Result, criterion: Criterion, points: Fraction) -> Fraction:
    """Points of a leaf as the scheme rounds them on the way, if it does; not over the maximum."""
    rounding = result.scheme.rounding
    if rounding.points is None or rounding.points.at != "leaf":
        return points
    printed = Fraction(rounded(points, rounding.points.digits, rounding.mode))
    return printed if criterion.maximum is None else min(printed, criterion.maximum)


def before_rounding(result: Result, points: Fraction) -> Fraction:
    """The least that is surely rounded to the points of a leaf, or to more."""
    rounding = result.scheme.rounding
    if rounding.points is None or rounding.points.at != "leaf":
        return points
    least, is_open = least_rounded(points, rounding.points.digits, rounding.mode)
    return points if is_open else min(least, points)


def rounded_on_the_way(
    result: Result,
    criterion: Criterion,
    now: Fraction,
    full: Fraction,
    ladders: Iterator[Ladder],
) -> Iterator[Ladder]:
    """The ladders with points as they count where the scheme rounds those of leaves."""
    rounding = result.scheme.rounding.points
    if rounding is None or rounding.at != "leaf" or criterion.children:
        yield from ladders
        return
    unit = Fraction(1, 10**rounding.digits)
    for each in ladders:
        first = round_leaf(result, criterion, each.start)
        last = each.start + each.step * (each.count - 1)
        if each.count > 1 and each.step <= unit:
            top = round_leaf(result, criterion, last)
            low = max(first, (floor(now / unit) + 1) * unit)
            high = floor(top / unit) * unit
            if low <= high:
                yield Ladder(low, unit, int((high - low) / unit) + 1, each.whole)
            points = {top}
        else:
            jump = -(-each.count // MOST_LISTED)
            steps = range(0, each.count, jump)
            points = {round_leaf(result, criterion, each.start + each.step * n) for n in steps}
            points.add(round_leaf(result, criterion, last))
        whole = each.whole and (each.step <= unit or each.count <= MOST_LISTED)
        yield from (Ladder(one, whole=whole) for one in sorted(points) if now < one <= full)
