"""Published figures by Python: what sources print, how much of it is known, and how it went over the years."""

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Literal, overload

from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.files.checking import MOST
from parindex.findings import InputError
from parindex.published_figures import bounds as bounding
from parindex.published_figures import trend as trends
from parindex.published_figures.bounds import BoundedRow
from parindex.published_figures.choose import Coverage, Wanted, choose, coverage, size_of
from parindex.published_figures.published_file import read_table, table_files
from parindex.published_figures.published_tables import (
    clashes,
    in_order,
    known,
    load_published,
    scheme_of,
)
from parindex.published_figures.summary import YearKnown
from parindex.published_figures.summary import summary as by_year
from parindex.published_figures.trend import Trend, shown_of
from parindex.values.arguments import choice, each_of, expect, path_of
from parindex.values.as_data import Several
from parindex.values.finding import Finding, in_file
from parindex.values.groups import grouped
from parindex.values.levels import LevelCode

Years = int | Iterable[int]
Units = str | Iterable[str]
Own = str | PathLike[str]


def wanted_of(
    year: Years | None,
    unit: Units | None,
    level: LevelCode | None,
    region: str | None,
    kind: RowKind | None,
) -> Wanted:
    """Which rows are asked for, with what is asked for looked at."""
    years = [year] if isinstance(year, int) else () if year is None else year
    units = [unit] if isinstance(unit, str) else () if unit is None else unit
    if level is not None:
        choice("level", level, LevelCode)
    if region is not None:
        expect("region", region, str, "the name of a region")
    if kind is not None:
        choice("kind", kind, RowKind)
    return Wanted(
        tuple(each_of("year", years, int, "a year")),
        tuple(each_of("unit", units, str, "the name of a unit")),
        level,
        region,
        kind,
    )


def rows_of(data: Own | None) -> list[PublishedRow]:
    """All published rows, a user's own first."""
    return load_published(None if data is None else path_of("data", data))


@overload
def published(
    year: Years | None = None,
    unit: Units | None = None,
    level: LevelCode | None = None,
    kind: RowKind | None = None,
    data: Own | None = None,
    *,
    region: str | None = None,
    bounds: Literal[False] = False,
) -> Several[PublishedRow]: ...
@overload
def published(
    year: Years | None = None,
    unit: Units | None = None,
    level: LevelCode | None = None,
    kind: RowKind | None = None,
    data: Own | None = None,
    *,
    region: str | None = None,
    bounds: Literal[True],
) -> Several[BoundedRow]: ...
def published(
    year: Years | None = None,
    unit: Units | None = None,
    level: LevelCode | None = None,
    kind: RowKind | None = None,
    data: Own | None = None,
    *,
    region: str | None = None,
    bounds: bool = False,
) -> Several[PublishedRow] | Several[BoundedRow]:
    """What public sources print, as `data show`: one row for each unit, area and year, with its sources.

    >>> [row] = parindex.published(2018, "Sóc Trăng", kind="result")
    >>> row.index
    Decimal('78.35')

    Args:
        year: only this year, or these.
        unit: only this unit, in any spelling, or these.
        level: only units of this level: `province`, `ministry`, `department`,
            `central-agency`, `district` or `commune`.
        kind: only `result`, `area`, `part`, `sipas`, `band-count` or `figure`.
        data: a table of your own, a CSV file or a folder of them, which wins.
        region: only provinces of this region.
        bounds: whether it is told between what an index lies that no source prints; each item
            then has the `row` and its `bounds`.

    Returns:
        Figures with their digits as printed; None is not known. The tables and
        their columns are those of `parindex data`; `data_list` tells how much is known.

    Raises:
        InputError: every fault of `data`; P131, P132 there is no such unit, P133 no such region.
        ValueError: there is no such level or kind.
    """
    wanted = wanted_of(year, unit, level, region, kind)
    expect("bounds", bounds, bool, "whether bounds are told")
    rows = rows_of(data)
    found = sorted(known(choose(rows, wanted)), key=in_order)
    if not bounds:
        return Several(PublishedRow, found)
    return Several(BoundedRow, bounded(rows, found, wanted))


def bounded(
    rows: list[PublishedRow], found: list[PublishedRow], wanted: Wanted
) -> list[BoundedRow]:
    """The rows that are asked for, with bounds from all rows of their years.

    Args:
        rows: all rows.
        found: those that are asked for, one for each unit, year and kind.
        wanted: what is asked for.
    """
    every = choose(rows, Wanted(wanted.years, level=wanted.level))
    shown = {row.subject for row in found}
    spans = {
        span.row.subject: span
        for span in bounding.bounds(known(every), scheme_of)
        if span.row.subject in shown or choose([span.row], wanted)
    }
    more = (span.row for subject, span in spans.items() if subject not in shown)
    return [
        BoundedRow(row, spans.get(row.subject)) for row in sorted([*found, *more], key=in_order)
    ]


@overload
def data_list(
    year: Years | None = None,
    unit: Units | None = None,
    level: LevelCode | None = None,
    region: str | None = None,
    kind: RowKind | None = None,
    data: Own | None = None,
    *,
    summary: Literal[False] = False,
) -> Several[Coverage]: ...
@overload
def data_list(
    year: Years | None = None,
    unit: Units | None = None,
    level: LevelCode | None = None,
    region: str | None = None,
    kind: RowKind | None = None,
    data: Own | None = None,
    *,
    summary: Literal[True],
) -> Several[YearKnown]: ...
def data_list(
    year: Years | None = None,
    unit: Units | None = None,
    level: LevelCode | None = None,
    region: str | None = None,
    kind: RowKind | None = None,
    data: Own | None = None,
    *,
    summary: bool = False,
) -> Several[Coverage] | Several[YearKnown]:
    """How much is known of each kind, level and year, as `data list`.

    >>> [line] = parindex.data_list(2018, level="province", kind="result")
    >>> line.index, line.of
    (14, 63)

    Args:
        year: only this year, or these.
        unit: only this unit, in any spelling, or these.
        level: only units of this level, as for `published`.
        region: only provinces of this region.
        kind: only figures of this kind, as for `published`.
        data: a table of your own, a CSV file or a folder of them.
        summary: one item for each year instead: provinces, SIPAS, ministries.

    Raises:
        InputError: every fault of `data`; P131, P132 there is no such unit, P133 no such region.
        ValueError: there is no such level or kind.
    """
    wanted = wanted_of(year, unit, level, region, kind)
    expect("summary", summary, bool, "whether a year is one item")
    rows = choose(rows_of(data), wanted)
    if summary:
        return Several(YearKnown, by_year(rows, region))
    return Several(Coverage, coverage(rows, size_of(region)))


def data_check(own: Own | Iterable[Own]) -> Several[Finding]:
    """What is wrong in tables of your own, or against what is published, as `data check`; raises none of it.

    >>> found = parindex.data_check("examples/own-data/mean.csv")
    >>> [each.code for each in found]
    []

    Args:
        own: tables in the form that `data` of `published` reads, or folders of them.

    Returns:
        The findings of each file in its order; none where all is well.
    """
    given = [own] if isinstance(own, str | PathLike) else own
    names = [path_of("own", each) for each in each_of("own", given, str | PathLike, "a path")]
    return Several(Finding, (each for _, found in checked_tables(names) for each in found))


def checked_tables(own: Iterable[str]) -> Iterator[tuple[str, list[Finding]]]:
    """What is wrong in each table: in its form, and against the others and what is published."""
    rows: list[PublishedRow] = []
    faults: dict[str, list[Finding]] = {}
    for given in own:
        try:
            files = table_files(given)
        except InputError as error:
            faults[given] = [*error.findings]
            continue
        for file in files:
            if file not in faults:
                read, faults[file] = read_table(file)
                rows += read
    doubts = [each.finding for each in clashes([*rows, *load_published()]) if each.own]
    of_file = grouped(doubts, lambda doubt: doubt.place.file if doubt.place else "")
    for file, found in faults.items():
        yield file, sorted([*found, *of_file.get(file, [])], key=in_file)[:MOST]


def trend(
    units: str | Iterable[str] = (),
    kind: str = "index",
    *,
    first: int | None = None,
    last: int | None = None,
    level: LevelCode | None = None,
    region: str | None = None,
    data: Own | None = None,
) -> Trend:
    """The published figures of units over years: what is not known is a gap, never filled in.

    >>> [line] = parindex.trend("Hòa Bình", first=2023).lines
    >>> [(point.year, point.change) for point in line.points]
    [(2023, None), (2024, Fraction(71, 50))]

    Args:
        units: names in any spelling; `mean` is the published mean of all; without any, all units.
        kind: `index` or `sipas` in percent, `rank`, or `area:3` for an area in percent.
        first: the first year.
        last: the last year.
        level: only units of this level; without it and without names, provinces.
        region: only provinces of this region.
        data: a table of your own, a CSV file or a folder of them, which wins.

    Returns:
        A line for each unit with a figure, which has a point for each year. `new_scheme` marks
        the years whose scheme is another than before. A province that was merged is another unit.

    Raises:
        InputError: every fault of `data`; P131 there is no such unit, P133 no such region.
        ValueError: there is no such level or kind, or `first` is after `last`.
    """
    names = [units] if isinstance(units, str) else units
    found = tuple(each_of("units", names, str, "the name of a unit"))
    expect("kind", kind, str, "index, rank, sipas or area:3")
    try:
        shown = shown_of(kind)
    except ValueError:
        raise ValueError(f"kind: expected index, rank, sipas or area:3; found {kind!r}") from None
    for name, year in (("first", first), ("last", last)):
        if year is not None:
            expect(name, year, int, "a year")
    if first is not None and last is not None and first > last:
        raise ValueError(f"first: expected a year not after {last}; found {first}")
    if level is not None:
        choice("level", level, LevelCode)
    if region is not None:
        expect("region", region, str, "the name of a region")
    rows = rows_of(data)
    return trends.trend(rows, shown, trends.TrendWanted(found, level, region, first, last))
