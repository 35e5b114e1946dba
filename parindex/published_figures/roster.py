"""Who the units of a ranking are: provinces by their list, all others by what is said of them."""

from collections.abc import Sequence

from parindex.analysis.rank_input import Entrant, who
from parindex.analysis.ranking import Group
from parindex.published_figures.units import lasting, units_named, units_of


def missing_units(group: Group, names: Sequence[str]) -> Sequence[str] | None:
    """The provinces of a year that are not among the names; None for levels that have no list."""
    if group.level != "province":
        return None
    met = {unit for name in names for unit in units_named(name)}
    return [unit.name for unit in units_of(group.year) if unit not in met]


def identity(entrant: Entrant) -> tuple[object, ...]:
    """Who a unit is in any year: a province in any spelling, but no merged one of before."""
    if entrant.level == "province":
        for unit in units_named(entrant.unit):
            if unit in units_of(entrant.year):
                return lasting(unit)
    return who(entrant)
