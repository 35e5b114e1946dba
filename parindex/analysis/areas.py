"""Areas: the strongest and weakest of a unit, and statistics of each over several units."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

from parindex.scheme.scheme import Criterion
from parindex.scoring.result import Node, Result
from parindex.values.exact import add
from parindex.values.fields import Name

SEVERAL: Final = 2
"""So many units, or more, are compared with one another: nobody is first alone."""


class AreaSpread(Struct, frozen=True):
    """One area over several units, in exact percent of the maximum that applies to each.

    `count` units are known in full; `best` and `worst` are all that share the
    highest and the lowest percentage.
    """

    code: str
    name: Name
    count: int
    mean: Fraction
    highest: Fraction
    lowest: Fraction
    best: tuple[str, ...]
    worst: tuple[str, ...]


def area_spreads(results: Sequence[Result]) -> tuple[AreaSpread, ...]:
    """The areas of several units; none where there are fewer than two, or several schemes."""
    if len(results) < SEVERAL or len({result.scheme.id for result in results}) > 1:
        return ()
    found = (
        area_spread(area, ((each.node(area.code).percent, each.scorecard.unit) for each in results))
        for area in results[0].scheme.criteria
    )
    return tuple(spread for spread in found if spread is not None)


def area_spread(area: Criterion, units: Iterable[tuple[Fraction | None, str]]) -> AreaSpread | None:
    """One area over the percentages and names of units; None where no unit knows it in full."""
    known = [(percent, unit) for percent, unit in units if percent is not None]
    if not known:
        return None
    figures = [percent for percent, _ in known]
    highest, lowest = max(figures), min(figures)
    return AreaSpread(
        area.code,
        area.name,
        len(known),
        add(figures) / len(figures),
        highest,
        lowest,
        tuple(unit for percent, unit in known if percent == highest),
        tuple(unit for percent, unit in known if percent == lowest),
    )


def ends(result: Result) -> tuple[list[Node], list[Node]]:
    """The areas with the highest percentage and those with the lowest; empty if all are equal."""
    known = [(node.percent, node) for _, node in result.walk(1) if node.percent is not None]
    best = max((percent for percent, _ in known), default=None)
    worst = min((percent for percent, _ in known), default=None)
    if best == worst:
        return [], []
    return [n for p, n in known if p == best], [n for p, n in known if p == worst]
