"""Statistics of exact figures."""

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from parindex.values.exact import add


class Statistics(Struct, frozen=True):
    """Statistics of some figures, exact; `above` counts those above their mean."""

    mean: Fraction
    median: Fraction
    highest: Fraction
    lowest: Fraction
    above: int


def statistics(figures: Iterable[Fraction]) -> Statistics | None:
    """The statistics of figures; None where there are none."""
    rising = sorted(figures)
    if not rising:
        return None
    count = len(rising)
    mean = add(rising) / count
    median = add((rising[(count - 1) // 2], rising[count // 2])) / 2
    return Statistics(mean, median, rising[-1], rising[0], sum(each > mean for each in rising))
