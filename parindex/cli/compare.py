"""`parindex compare`: two years of published results, or two scorecards, leaf by leaf."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, NamedTuple

import typer
from msgspec.structs import replace

from parindex.analysis.comparison import Comparison
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.unit_figures import UnitFigures
from parindex.cli.data import LevelOption, RegionOption, loaded
from parindex.cli.options import (
    DataOption,
    Drawn,
    Folders,
    Input,
    Options,
    UnitOfFilesOption,
    command,
)
from parindex.cli.printing import write
from parindex.cli.reading import results_of
from parindex.cli.words import _, current
from parindex.findings import InputError
from parindex.findings.wing import wing
from parindex.published_figures.choose import Wanted, choose
from parindex.published_figures.published_tables import known
from parindex.published_figures.sides import (
    Side,
    by_group,
    compare_sides,
    means_of,
    merged,
    ranked,
    region_names,
    result_side,
    row_side,
    size_of_sides,
)
from parindex.published_figures.units import identity, region_ids
from parindex.render.formats import Shapes
from parindex.scheme.scheme import MAX_DEPTH
from parindex.tables.compare import (
    COLUMNS,
    FORMAT,
    Compared,
    comparison_record,
    comparison_tables,
    lacking,
    pair_records,
)
from parindex.values.codes import UNKNOWN_REGION
from parindex.values.collation import same_name
from parindex.values.finding import Finding


class Asked(NamedTuple):
    """What to compare, as the options of these names say, and how files are read."""

    unit: UnitOfFilesOption = None
    level: LevelOption = None
    region: RegionOption = None
    kind: Annotated[
        Literal["result", "sipas"],
        typer.Option("--kind", help=_("Published results, or the SIPAS index.")),
    ] = "result"
    depth: Annotated[
        int,
        typer.Option(min=0, max=40, help=_("Levels of criteria to compare; 0 is none.")),
    ] = MAX_DEPTH
    data: DataOption = None
    sources: tuple[str, str] = ("", "")
    reading: Input = Input()


def _year(source: str) -> int | None:
    """The year that an argument means; None for a file, which may be called `./2018` too."""
    return int(source) if re.fullmatch(r"[12][0-9]{3}", source) else None


SideArgument = Annotated[
    str,
    typer.Argument(
        metavar="YEAR|FILE",
        help=_("A year of published results, or scorecards: a file, a folder, or -."),
    ),
]


@command(_("Example: parindex compare 2017 2018"))
def main(
    *,
    before: SideArgument,
    after: SideArgument,
    asked: Annotated[Asked, Options("unit level region kind depth data")],
    reading: Folders,
    out: Drawn,
) -> None:
    """Units known on both sides; with --unit, or for two scorecards, all that is known of it."""
    years = _year(before), _year(after)
    if years[0] and years[1] and years[0] >= years[1]:
        raise typer.BadParameter(_("the first year must be before the second"))
    files = [each for each in (before, after) if not _year(each)]
    reading = reading.of(files, asked.data)
    asked = asked._replace(
        sources=(before, after), reading=reading._replace(unit=asked.unit or None)
    )
    rows = _rows(asked)
    write(_compared(asked, rows, _sides(asked, rows)), out, reading.inputs)


def _rows(asked: Asked) -> list[PublishedRow]:
    """The published rows of the years that are compared; none where both sides are files."""
    years = tuple(year for year in map(_year, asked.sources) if year)
    return loaded(asked.data) if years or asked.data else []


def _sides(asked: Asked, rows: list[PublishedRow]) -> tuple[Side, Side]:
    """Both sides; beside a file only those units of a year that the file has."""
    if asked.region and not region_ids(asked.region):
        raise InputError([Finding(UNKNOWN_REGION, "", {"found": asked.region})])
    years = tuple(year for year in map(_year, asked.sources) if year)
    wanted = Wanted(years, tuple(asked.unit or ()), asked.level or "province", asked.region)
    chosen = known(choose(rows, wanted)) if years else []
    one, other = (_side(asked, source, chosen) for source in asked.sources)
    return _only(one, other), _only(other, one)


def _side(asked: Asked, source: str, rows: list[PublishedRow]) -> Side:
    year = _year(source)
    if year:
        return row_side(source, [row for row in rows if row.year == year], asked.kind)
    regions_ = region_ids(asked.region) if asked.region else None

    def wanted(unit: UnitFigures) -> bool:
        return asked.level in (None, unit.level) and (
            regions_ is None or (unit.list, unit.region) in regions_
        )

    results = results_of(asked.reading._replace(files=[source]))
    return result_side(source, results, wanted, keep=bool(asked.unit))


def _only(side: Side, other: Side) -> Side:
    """A year beside a file: only the units of the file."""
    if not side.entrants and other.entrants:
        met = {identity(unit) for unit in other.units}
        units = tuple(unit for unit in side.units if identity(unit) in met)
        return Side(side.name, units, areas=side.areas)
    return side


def _absent(
    asked: Asked, rows: list[PublishedRow], sides: tuple[Side, Side], found: Comparison
) -> tuple[tuple[str, str], ...]:
    """Units of which a year has no figure, with the year: those asked for, else those of the file.

    Files refuse a unit that they lack.
    """
    one, other = map(_year, asked.sources)
    names = (found.before, found.after)
    if one and other:
        wanted = Wanted((one, other), (), asked.level or "province", asked.region, asked.kind)
        lost = (n for n in asked.unit or () if not choose(rows, replace(wanted, units=(n,))))
        return tuple((unit, side) for unit in lost for side in names)
    if found.pairs or not (one or other):
        return ()
    file, year = (sides[1], names[0]) if one else (sides[0], names[1])
    return tuple((unit.unit, year) for unit in file.units)


def _years(
    units: Iterable[str], rows: list[PublishedRow], asked: Asked
) -> Mapping[str, tuple[int, ...]]:
    """The years that have published figures of units."""
    level = asked.level or "province"
    wanted = {same_name(unit): unit for unit in units}
    found: dict[str, set[int]] = {}
    for row in rows if wanted else ():
        if row.kind == asked.kind and row.level == level and row.unit:
            unit = wanted.get(same_name(row.unit))
            if unit is not None:
                found.setdefault(unit, set()).add(row.year)
    return {unit: tuple(sorted(years)) for unit, years in found.items()}


def _compared(asked: Asked, rows: list[PublishedRow], sides: tuple[Side, Side]) -> Shapes:
    single = all(len(side.units) == 1 for side in sides) and any(side.results for side in sides)
    detail = bool(asked.unit) or single
    tell = current()
    depth = asked.depth if detail else None
    names = region_names(sides, tell)
    told: list[Compared] = []
    for pair in (ranked(*each) for each in by_group(*sides)):
        found = compare_sides(*pair, whole=not detail, depth=depth)
        means = tuple(means_of(pair, found, rows, asked.kind, asked.region))
        of = None if detail else size_of_sides(pair, asked.region)
        ties = pair[1].ties if pair[0].ties else None
        told.append(Compared(found, means, of, ties, names, merged(pair), asked.kind))
    told = [each for each in told if each.found.pairs] or told[:1]
    if told:
        told[0] = replace(told[0], absent=_absent(asked, rows, sides, told[0].found))
    gone = {unit for each in told for unit, _ in (*each.absent, *lacking(each.found))}
    years = _years(gone, rows, asked)
    told = [replace(each, years=years) for each in told]
    return Shapes(
        (table for each in told for table in comparison_tables(each, tell, detail=detail)),
        COLUMNS,
        (record for each in told for record in pair_records(each.found)),
        FORMAT,
        map(comparison_record, told),
        "comparisons",
        charts=lambda: (
            chart
            for each in told
            for chart in wing("charts.of_comparison").comparison_charts(each, tell, detail=detail)
        ),
    )
