"""`parindex data list`, `show` and `export`: the published figures that are known."""

from enum import StrEnum
from typing import Annotated

import typer

from parindex.analysis.published_row import PublishedRow
from parindex.cli.options import (
    DataOption,
    Dialect,
    DialectOption,
    FormatOption,
    LangOption,
    LevelName,
    OutputOption,
    UnitOption,
)
from parindex.cli.output import print_faults
from parindex.cli.printing import output_of, write
from parindex.cli.words import _, current
from parindex.published_figures.choose import Wanted, choose, coverage, merged, size_of
from parindex.published_figures.published_tables import clashes, in_order, known, load_published
from parindex.render.formats import Format, Shapes
from parindex.tables.data import (
    COLUMNS,
    COVERAGE_COLUMNS,
    COVERAGE_FORMAT,
    FORMAT,
    coverage_notes,
    coverage_record,
    coverage_table,
    merger_text,
    row_record,
    rows_table,
)
from parindex.tables.figures import rows_of

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=_("Published results: what is known, by year, unit, level, region and kind."),
)


class KindName(StrEnum):
    """The kinds of published rows."""

    RESULT = "result"
    AREA = "area"
    PART = "part"
    SIPAS = "sipas"
    BAND_COUNT = "band-count"
    FIGURE = "figure"


YearOption = Annotated[
    list[int] | None,
    typer.Option("--year", min=1000, max=2999, help=_("Only this year; may be repeated.")),
]
LevelOption = Annotated[LevelName | None, typer.Option("--level", help=_("Only this level."))]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", metavar="NAME", help=_("Only provinces of this region.")),
]
KindOption = Annotated[KindName | None, typer.Option("--kind", help=_("Only this kind."))]


@app.command(
    "list",
    help=_("List what is known: kinds, levels and years, and of how many units."),
    epilog=_("Example: parindex data list --level province"),
)
def list_known(
    year: YearOption = None,
    unit: UnitOption = None,
    level: LevelOption = None,
    region: RegionOption = None,
    kind: KindOption = None,
    data: DataOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Every kind, group of units and year on a line."""
    found = coverage(_chosen(data, _wanted(year, unit, level, region, kind)), size_of(region))
    shapes = Shapes(
        (coverage_table(each, current()) for each in [found]),
        COVERAGE_COLUMNS,
        rows_of(map(coverage_record, found), COVERAGE_COLUMNS),
        COVERAGE_FORMAT,
        map(coverage_record, found),
        "coverage",
    )
    write(shapes, output_of(output, form, csv_dialect, [data] if data else []))


@app.command(
    help=_("Show what is known of each unit and year: one row of all that sources print."),
    epilog=_("Example: parindex data show --year 2018 --kind result --level province"),
)
def show(
    year: YearOption = None,
    unit: UnitOption = None,
    level: LevelOption = None,
    region: RegionOption = None,
    kind: KindOption = None,
    data: DataOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """One row for each unit and year; for people also how much is known."""
    rows = _chosen(data, _wanted(year, unit, level, region, kind))
    notes = [merger_text(*each, current()) for each in merged(unit or [], year or [])]
    if not unit:
        notes += coverage_notes(coverage(rows, size_of(region)), current())
    out = output_of(output, form, csv_dialect, [data] if data else [])
    write(_rows(sorted(known(rows), key=in_order), notes), out)


@app.command(
    help=_("Write every row with its source, in the form that --data reads."),
    epilog=_("Example: parindex data export --kind result -o results.csv"),
)
def export(
    year: YearOption = None,
    unit: UnitOption = None,
    level: LevelOption = None,
    region: RegionOption = None,
    kind: KindOption = None,
    data: DataOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """The rows as they stand in the tables, contradictions and misprints too."""
    rows = _chosen(data, _wanted(year, unit, level, region, kind))
    out = output_of(output, form, csv_dialect, [data] if data else [], Format.CSV)
    write(_rows(rows, []), out)


def _wanted(
    year: list[int] | None,
    unit: list[str] | None,
    level: LevelName | None,
    region: str | None,
    kind: KindName | None,
) -> Wanted:
    return Wanted(
        tuple(year or ()),
        tuple(unit or ()),
        level and level.value,
        region,
        kind and kind.value,
    )


def _chosen(own: str | None, wanted: Wanted) -> list[PublishedRow]:
    """The rows that are asked for; says on stderr what in the user's own does not fit."""
    rows = load_published(own)
    if own:
        print_faults([clash.finding for clash in clashes(rows) if clash.own])
    return choose(rows, wanted)


def _rows(rows: list[PublishedRow], notes: list[str]) -> Shapes:
    return Shapes(
        (rows_table(each, notes, current()) for each in [rows]),
        COLUMNS,
        rows_of(map(row_record, rows), COLUMNS),
        FORMAT,
        map(row_record, rows),
        "rows",
    )
