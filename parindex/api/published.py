"""Published figures by Python: what sources print, and how it went over the years."""

from collections.abc import Iterable
from os import PathLike

from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.published_figures import trend as trends
from parindex.published_figures.choose import Wanted, choose
from parindex.published_figures.published_tables import in_order, known, load_published
from parindex.published_figures.trend import Trend, shown_of
from parindex.values.arguments import choice, each_of, expect, path_of
from parindex.values.levels import LevelCode


def published(
    year: int | None = None,
    unit: str | None = None,
    level: LevelCode | None = None,
    kind: RowKind | None = None,
    data: str | PathLike[str] | None = None,
) -> list[PublishedRow]:
    """What public sources print: one row for each unit, area and year, with its sources.

    >>> [row] = parindex.published(2018, "Sóc Trăng", kind="result")
    >>> row.index
    Decimal('78.35')

    Args:
        year: only this year.
        unit: only this unit, in any spelling.
        level: only units of this level: `province`, `ministry`, `department`,
            `central-agency`, `district` or `commune`.
        kind: only `result`, `area`, `part`, `sipas`, `band-count` or `figure`.
        data: a table of your own, a CSV file or a folder of them, which wins.

    Returns:
        Figures with their digits as printed; None is not known. The tables and
        their columns are those of `parindex data`, which reports how much is known.

    Raises:
        InputError: every fault of `data`; P131, P132 there is no such unit.
        ValueError: there is no such level or kind.
    """
    if year is not None:
        expect("year", year, int, "a year")
    if unit is not None:
        expect("unit", unit, str, "the name of a unit")
    if level is not None:
        choice("level", level, LevelCode)
    if kind is not None:
        choice("kind", kind, RowKind)
    rows = load_published(None if data is None else path_of("data", data))
    years, units = () if year is None else (year,), () if unit is None else (unit,)
    return sorted(known(choose(rows, Wanted(years, units, level, None, kind))), key=in_order)


def trend(
    units: str | Iterable[str] = (),
    kind: str = "index",
    *,
    first: int | None = None,
    last: int | None = None,
    level: LevelCode | None = None,
    region: str | None = None,
    data: str | PathLike[str] | None = None,
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
    rows = load_published(None if data is None else path_of("data", data))
    return trends.trend(rows, shown, trends.TrendWanted(found, level, region, first, last))
