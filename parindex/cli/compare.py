"""`parindex compare`: two years of published results."""

from typing import Annotated

import typer

from parindex.analysis.comparison import Pair, compare, compare_areas
from parindex.analysis.published_rows import check_rows, known
from parindex.catalog import find_scheme
from parindex.cli.options import (
    DataOption,
    Dialect,
    DialectOption,
    Format,
    FormatOption,
    LangOption,
    LevelName,
    OutputOption,
    UnitOption,
)
from parindex.cli.output import destination, print_faults, write_data, write_rows, write_sheets
from parindex.cli.words import current, say
from parindex.data.choose import Wanted, choose, size_of
from parindex.data.published import bands_of, load_published
from parindex.data.roster import row_identity
from parindex.data.units import list_of
from parindex.findings import InputError
from parindex.model.published_row import PublishedRow
from parindex.model.scheme import Scheme
from parindex.views.compare import (
    COLUMNS,
    FORMAT,
    areas_sheet,
    comparison_data,
    comparison_sheet,
    pair_cells,
)

app = typer.Typer(add_completion=False)
Year = Annotated[int, typer.Argument(metavar="YEAR", min=1000, max=2999, help=say("A year."))]


@app.command(
    help=say("Compare two years of published results: changes, moves, who went up and down."),
    epilog=say("Example: parindex compare 2017 2018"),
)
def main(
    before: Year,
    after: Year,
    unit: UnitOption = None,
    level: Annotated[
        LevelName, typer.Option("--level", help=say("Only this level."))
    ] = LevelName.PROVINCE,
    region: Annotated[
        str | None,
        typer.Option("--region", metavar="NAME", help=say("Only provinces of this region.")),
    ] = None,
    data: DataOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Units known in both years, or with --unit all that is known of it, area by area."""
    if before >= after:
        raise typer.BadParameter(say("the first year must be before the second"))
    rows = load_published(data)
    if data:
        print_faults([clash.finding for clash in check_rows(rows, bands_of) if clash.own])
    wanted = Wanted((before, after), tuple(unit or ()), level.value, region)
    rows = known(choose(rows, wanted))
    found = compare(rows, before, after, row_identity, whole=not unit)
    schemes = [_scheme(level.value, year) for year in (before, after)]
    ids = [each.id if each else None for each in schemes]
    areas = {pair: _areas(pair, rows, schemes) for pair in found.pairs} if unit else {}
    results = [row for row in rows if row.kind == "result" and row.year == after]
    of = size_of(region)(results[0]) if results and not unit else None
    with destination(output, [data] if data else []) as stream:
        if form in (Format.TABLE, Format.MARKDOWN):
            merged = level is LevelName.PROVINCE and list_of(before) != list_of(after)
            sheets = [comparison_sheet(found, of, ids, current(), merged=merged)]
            for pair, each in areas.items():
                name = (pair.after or pair.before or rows[0]).unit or ""
                sheets += [areas_sheet(each, name, found, current())] if each else []
            write_sheets(sheets, form, stream)
            return
        flat = [pair for each in areas.values() for pair in each]
        if form is Format.CSV:
            cells = (pair_cells(pair, found) for pair in [*found.pairs, *flat])
            write_rows(COLUMNS, cells, csv_dialect, stream)
        else:
            told = [comparison_data(found, flat, of, ids)]
            write_data(FORMAT, told, "comparisons", form, stream)


def _scheme(level: str, year: int) -> Scheme | None:
    """The scheme of a year, where the catalog has exactly one."""
    try:
        return find_scheme(None, level, year)
    except InputError:
        return None


def _areas(pair: Pair, rows: list[PublishedRow], schemes: list[Scheme | None]) -> list[Pair]:
    """The areas of a unit in both years, as far as they are known."""
    one, other = (
        [
            row
            for row in rows
            if each and row.kind == "area" and row.year == each.year
            if row_identity(row) == row_identity(each)
        ]
        for each in (pair.before, pair.after)
    )
    return compare_areas(one, other, *schemes)
