"""Whose a row is: the names in the rows, and the units that they mean."""

from collections.abc import Iterable
from typing import NamedTuple

from parindex.published_figures.units import unit_of
from parindex.scale.mapping import Map, UnitMap
from parindex.values.collation import same_unit
from parindex.values.fields import one_name
from parindex.values.fuzzy import fold_whole


class Units(NamedTuple):
    """Units in the order of their numbers, and the number for each name; None where it is unknown."""

    units: list[UnitMap]
    numbers: dict[str, int | None]


def units_of(names: Iterable[str], read: Map) -> Units:
    """The units that names mean: those of the map, provinces by their list, or each name for itself.

    Names of a map and of provinces are looked up without marks and capitals; where there is no
    list, `Hoà` and `Hòa` are one name, but `Hóa` is another.
    """
    if read.form.units:
        return _listed(names, read.form.units)
    if read.form.level == "province" and read.form.unit is None:
        return _provinces(names, read.form.period.to.year)
    found: dict[object, int] = {}
    units: list[UnitMap] = []
    numbers: dict[str, int | None] = {}
    for name in sorted(names):
        if not one_name(name).strip():  # nothing of it can be seen
            numbers[name] = None
            continue
        key = same_unit(one_name(name))
        if key not in found:
            found[key] = len(units)
            units.append(UnitMap(unit=one_name(name)))
        numbers[name] = found[key]
    return Units(units, numbers)


def _listed(names: Iterable[str], units: tuple[UnitMap, ...]) -> Units:
    known: dict[object, int] = {}
    for at, unit in enumerate(units):
        for name in (unit.unit, *unit.names):
            known.setdefault(same_unit(one_name(name)), at)
    bare: dict[str, set[int]] = {}
    for at, unit in enumerate(units):
        for name in (unit.unit, *unit.names):
            bare.setdefault(fold_whole(name), set()).add(at)
    numbers: dict[str, int | None] = {}
    for name in names:
        alike = bare.get(fold_whole(name), set())
        only = next(iter(alike)) if len(alike) == 1 else None
        numbers[name] = known.get(same_unit(one_name(name)), only)
    return Units(list(units), numbers)


def _provinces(names: Iterable[str], year: int) -> Units:
    numbers: dict[str, int | None] = {}
    found: dict[str, int] = {}
    for name in sorted(names):
        unit = unit_of(name, year)
        numbers[name] = found.setdefault(unit.name, len(found)) if unit else None
    return Units([UnitMap(unit=name) for name in found], numbers)
