"""Who the units of a ranking are: provinces by their list, all others by what is said of them."""

from collections.abc import Sequence

from parindex.analysis.entrant import Entrant, who
from parindex.analysis.ranking import Group
from parindex.collation import same_name
from parindex.data.units import lasting, units_named, units_of
from parindex.model.published_row import PublishedRow


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


def row_identity(row: PublishedRow) -> tuple[object, ...]:
    """The same of a published row."""
    if row.level == "province" and row.unit is not None:
        for unit in units_named(row.unit):
            if unit.list == row.list:
                return lasting(unit)
    names = (row.province, row.group, row.unit)
    return (row.level, *(None if name is None else same_name(name) for name in names))
