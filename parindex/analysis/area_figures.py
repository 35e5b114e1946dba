"""How the units of a group did in each area: mean, best and worst."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from parindex.analysis.rank_input import Entrant
from parindex.values.exact import add


class AreaFigures(NamedTuple):
    """One area, in exact percent of what applies, over the `units` that know it in full."""

    mean: Fraction
    highest: Fraction
    best: tuple[str, ...]
    lowest: Fraction
    worst: tuple[str, ...]
    units: int


def area_figures(entrants: Sequence[Entrant], area: int) -> AreaFigures | None:
    """The figures of an area, by its place in the scheme; None where no unit knows it."""
    found = [
        (share, each.unit)
        for each in entrants
        if each.sums and (share := each.sums.percents[area]) is not None
    ]
    if not found:
        return None
    shares = [share for share, _ in found]
    highest, lowest = max(shares), min(shares)
    return AreaFigures(
        add(shares) / len(shares),
        highest,
        tuple(unit for share, unit in found if share == highest),
        lowest,
        tuple(unit for share, unit in found if share == lowest),
        len(shares),
    )
