"""Published rows by what a user asks for, and how much is known of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.findings import InputError
from parindex.published_figures.sources import is_copy
from parindex.published_figures.units import (
    Unit,
    find_unit,
    parts_of,
    region_ids,
    units,
    units_named,
    units_of,
    without_kind,
)
from parindex.values.as_data import AsData
from parindex.values.codes import UNKNOWN_REGION, UNKNOWN_UNIT
from parindex.values.finding import Finding
from parindex.values.fuzzy import fold_whole, suggest
from parindex.values.groups import grouped


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
    names = {fold_whole(name) for name in wanted.units}
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
    return fold_whole(row.unit) in names


def _unknown(name: str, rows: Iterable[PublishedRow], wanted: Wanted) -> Sequence[Finding]:
    """The faults of a name: nobody has it, or no unit of the years that are asked for."""
    others = {
        fold_whole(row.unit): row.unit for row in rows if row.unit and row.level != "province"
    }
    if fold_whole(name) in others:
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
        bare = {without_kind(each): each for each in others.values()}
        alike = [bare[each] for each in suggest(without_kind(name), bare).split(", ") if each]
        values = findings[0].parameters["near"].split(", ")
        return [
            Finding(
                UNKNOWN_UNIT, "", {"found": name, "near": ", ".join(filter(None, values + alike))}
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


class Coverage(AsData, Struct, frozen=True):
    """One kind of figures of one year and group of units: how many units have which.

    `index` counts units whose index or points are known, or figures that are
    not of one unit each; `rank` counts those with a rank, and `of` the units
    that there are (None where nobody says). `copies` is how many rows nobody
    would cite.
    """

    kind: str
    level: str | None
    province: str | None
    group: str | None
    year: int
    index: int
    rank: int
    of: int | None
    sources: int
    copies: int


def coverage(
    rows: Iterable[PublishedRow], size_of: Callable[[PublishedRow], int | None]
) -> list[Coverage]:
    """What is known, a line for each kind, level, province, group and year, in this order.

    Args:
        rows: published rows, as they are in the tables.
        size_of: how many units the list of a row's year holds; None where there is no list.
    """
    found = grouped(
        rows,
        lambda row: (row.kind, row.level or "", row.province or "", row.group or "", row.year),
    )
    return [_coverage(found[key], size_of) for key in sorted(found)]


_LOOSE: Final = ("band-count", "figure")
"""Kinds whose figures are not one of each unit: they are counted, and nobody says of how many."""


def _coverage(rows: list[PublishedRow], size_of: Callable[[PublishedRow], int | None]) -> Coverage:
    first = rows[0]
    size = size_of(first)
    if size is None:
        size = max((row.of for row in rows if row.of is not None), default=None)
    loose = first.kind in _LOOSE
    return Coverage(
        first.kind,
        first.level,
        first.province,
        first.group,
        first.year,
        index=len({row.subject if loose else row.unit for row in rows if _has_figure(row)}),
        rank=len({row.unit for row in rows if row.rank is not None}),
        of=None if loose else size,
        sources=len({row.source for row in rows}),
        copies=sum(is_copy(row.source) for row in rows),
    )


def _has_figure(row: PublishedRow) -> bool:
    figures = (row.index, row.points, row.count, row.value)
    return row.doubt != "misprint" and any(figure is not None for figure in figures)
