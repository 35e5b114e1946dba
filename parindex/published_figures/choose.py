"""Published rows by what a user asks for: years, units, level, region, kind."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.findings import InputError
from parindex.published_figures.province import Unit
from parindex.published_figures.units import (
    find_unit,
    parts_of,
    region_ids,
    units,
    units_named,
    units_of,
)
from parindex.values.codes import UNKNOWN_REGION, UNKNOWN_UNIT
from parindex.values.finding import Finding
from parindex.values.fuzzy import folded, near


class Wanted(Struct, frozen=True):
    """Which rows are asked for; what is empty or None does not matter."""

    years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    level: str | None = None
    region: str | None = None
    kind: str | None = None


def choose(rows: Sequence[PublishedRow], wanted: Wanted) -> list[PublishedRow]:
    """The rows that are asked for.

    Raises:
        InputError: P131 no unit has such a name, P132 it is no unit of the
            years, P133 no region has such a name; all of them at once.
    """
    findings = [finding for name in wanted.units for finding in _unknown(name, rows, wanted)]
    regions = region_ids(wanted.region) if wanted.region else frozenset()
    if wanted.region and not regions:
        findings.append(Finding(UNKNOWN_REGION, "", {"found": wanted.region}))
    if findings:
        raise InputError(findings)
    provinces = {(u.list, u.name) for name in wanted.units for u in units_named(name)}
    names = {folded(name) for name in wanted.units}
    return [
        row
        for row in rows
        if (not wanted.years or row.year in wanted.years)
        and wanted.level in (None, row.level)
        and wanted.kind in (None, row.kind)
        and (not regions or (units_of(row.year)[0].list, row.region) in regions)
        and (not names or _is_named(row, provinces, names))
    ]


def province_count(year: int, region: str | None) -> int:
    """How many provinces a year has, or a region of it."""
    regions = region_ids(region or "")
    return sum(not regions or (unit.list, unit.region) in regions for unit in units_of(year))


def size_of(region: str | None) -> Callable[[PublishedRow], int | None]:
    """How many units there are: of provinces those of the row's year, or of a region of it."""

    def size(row: PublishedRow) -> int | None:
        return province_count(row.year, region) if row.level == "province" else None

    return size


def _is_named(row: PublishedRow, provinces: set[tuple[str, str]], names: set[str]) -> bool:
    if row.unit is None:
        return False
    if row.level == "province":
        return (row.list or "", row.unit) in provinces
    return folded(row.unit) in names


def _unknown(name: str, rows: Iterable[PublishedRow], wanted: Wanted) -> Sequence[Finding]:
    """The faults of a name: nobody has it, or no unit of the years that are asked for."""
    others = {folded(row.unit): row.unit for row in rows if row.unit and row.level != "province"}
    if folded(name) in others:
        return ()
    if units_named(name) and not wanted.years:
        return ()
    findings: list[Finding] = []
    for year in wanted.years or (units()[0].last_year or 0,):
        try:
            find_unit(name, year)
        except InputError as error:
            findings += error.findings
    if findings and findings[0].code == UNKNOWN_UNIT:
        alike = [others[each] for each in near(folded(name), others).split(", ") if each]
        told = findings[0].parameters["near"].split(", ")
        return [
            Finding(
                UNKNOWN_UNIT, "", {"found": name, "near": ", ".join(filter(None, told + alike))}
            )
        ]
    return findings if len(findings) == len(wanted.years) else ()


def merged(names: Sequence[str], years: Sequence[int]) -> list[tuple[Unit, tuple[Unit, ...]]]:
    """The units among those named that were made by a merger, each with what it was made of.

    Of the years that are asked for, where they are.
    """
    found = []
    for name in names:
        for unit in units_named(name):
            parts = parts_of(unit)
            asked = not years or any(unit in units_of(year) for year in years)
            if unit.last_year is None and len(parts) > 1 and asked:
                found.append((unit, parts))
    return found
