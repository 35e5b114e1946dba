"""`parindex data list`, `show` and `export`: the published figures that are known."""

from typing import Annotated, NamedTuple

import typer

from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.cli.options import DataOption, Options, UnitOption, Written, with_options
from parindex.cli.output import print_faults
from parindex.cli.printing import write
from parindex.cli.words import _, current
from parindex.published_figures.choose import Wanted, choose, coverage, merged, size_of
from parindex.published_figures.published_tables import clashes, in_order, known, load_published
from parindex.render.formats import Format, Shapes
from parindex.scheme.scheme import LevelCode
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

main = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=_("Published results: what is known, by year, unit, level, region and kind."),
)


YearOption = Annotated[
    list[int] | None,
    typer.Option("--year", min=1000, max=2999, help=_("Only this year; may be repeated.")),
]
LevelOption = Annotated[LevelCode | None, typer.Option("--level", help=_("Only this level."))]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", metavar="NAME", help=_("Only provinces of this region.")),
]
KindOption = Annotated[RowKind | None, typer.Option("--kind", help=_("Only this kind."))]


def loaded(own: str | None) -> list[PublishedRow]:
    """All published rows; says on stderr what in the user's own does not fit."""
    rows = load_published(own)
    if own:
        print_faults([clash.finding for clash in clashes(rows) if clash.own])
    return rows


class Asked(NamedTuple):
    """Which published rows are asked for, as the options of these names say."""

    year: YearOption = None
    unit: UnitOption = None
    level: LevelOption = None
    region: RegionOption = None
    kind: KindOption = None
    data: DataOption = None

    def rows(self) -> list[PublishedRow]:
        """The rows."""
        years, units = tuple(self.year or ()), tuple(self.unit or ())
        return choose(loaded(self.data), Wanted(years, units, self.level, self.region, self.kind))

    @property
    def inputs(self) -> list[str]:
        """The file or folder of the user's own."""
        return [self.data] if self.data else []


Rows = Annotated[Asked, Options("year unit level region kind data")]


@main.command(
    "list",
    help=_("List what is known: kinds, levels and years, and of how many units."),
    epilog=_("Example: parindex data list --level province"),
)
@with_options
def list_known(asked: Rows, out: Written) -> None:
    """Every kind, group of units and year on a line."""
    found = coverage(asked.rows(), size_of(asked.region))
    shapes = Shapes(
        (coverage_table(each, current()) for each in [found]),
        COVERAGE_COLUMNS,
        map(coverage_record, found),
        COVERAGE_FORMAT,
        map(coverage_record, found),
        "coverage",
    )
    write(shapes, out, asked.inputs)


@main.command(
    help=_("Show what is known of each unit and year: one row of all that sources print."),
    epilog=_("Example: parindex data show --year 2018 --kind result --level province"),
)
@with_options
def show(asked: Rows, out: Written) -> None:
    """One row for each unit and year; for people also how much is known."""
    rows = asked.rows()
    notes = [merger_text(*each, current()) for each in merged(asked.unit or [], asked.year or [])]
    if not asked.unit:
        notes += coverage_notes(coverage(rows, size_of(asked.region)), current())
    write(_rows(sorted(known(rows), key=in_order), notes), out, asked.inputs)


@main.command(
    help=_("Write every row with its source, in the form that --data reads."),
    epilog=_("Example: parindex data export --kind result -o results.csv"),
)
@with_options
def export(asked: Rows, out: Written) -> None:
    """The rows as they stand in the tables, contradictions and misprints too."""
    write(_rows(asked.rows(), []), out, asked.inputs, Format.CSV)


def _rows(rows: list[PublishedRow], notes: list[str]) -> Shapes:
    return Shapes(
        (rows_table(each, notes, current()) for each in [rows]),
        COLUMNS,
        map(row_record, rows),
        FORMAT,
        map(row_record, rows),
        "rows",
    )
