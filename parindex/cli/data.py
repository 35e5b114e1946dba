"""`parindex data list`, `show`, `export`, `check`, `import` and `site`: the published figures that are known."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.api.published import bounded
from parindex.cli.data_check import check
from parindex.cli.data_export import OutputOption, is_data_set, write_data_set
from parindex.cli.options import (
    DataOption,
    Drawn,
    LangOption,
    Options,
    Output,
    SheetOption,
    UnitOption,
    Written,
    figure_of,
    group,
    with_options,
)
from parindex.cli.output import destination
from parindex.cli.printing import format_of, write
from parindex.cli.progress import progress
from parindex.cli.talk import print_doubts, say_written
from parindex.cli.words import _, current
from parindex.findings.wing import wing
from parindex.published_figures.choose import Wanted, choose, coverage, merged, size_of
from parindex.published_figures.published_file import read_published
from parindex.published_figures.published_tables import (
    clashes,
    in_order,
    known,
    load_published,
)
from parindex.published_figures.summary import summary
from parindex.render.csv_table import write_csv
from parindex.render.formats import Format, Shapes
from parindex.tables.data import (
    BOUNDS_COLUMNS,
    BOUNDS_FORMAT,
    COLUMNS,
    COVERAGE_COLUMNS,
    COVERAGE_FORMAT,
    FORMAT,
    SUMMARY_COLUMNS,
    SUMMARY_FORMAT,
    bounded_record,
    coverage_notes,
    coverage_record,
    coverage_table,
    merger_text,
    row_record,
    rows_table,
    summary_record,
    summary_table,
)
from parindex.values.levels import LevelCode

main = group(
    _("Published results: what is known, by year, unit, level, region and kind."),
    _("Example: parindex data show --year 2018"),
)


YearOption = Annotated[
    list[int] | None,
    typer.Option("--year", min=1000, max=2999, help=_("Only this year; may be repeated.")),
]
LevelOption = Annotated[
    LevelCode | None, typer.Option("--level", help=_("Only units of this level."))
]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", metavar="NAME", help=_("Only provinces of this region.")),
]
KindOption = Annotated[RowKind | None, typer.Option("--kind", help=_("Only figures of this kind."))]


def loaded(own: str | None) -> list[PublishedRow]:
    """All published rows; says on stderr what in the user's own does not fit."""
    rows = load_published(own)
    if own:
        print_doubts([clash.finding for clash in clashes(rows) if clash.own])
    return rows


class Asked(NamedTuple):
    """Which published rows are asked for, as the options of these names say."""

    year: YearOption = None
    unit: UnitOption = None
    level: LevelOption = None
    region: RegionOption = None
    kind: KindOption = None
    data: DataOption = None

    @property
    def wanted(self) -> Wanted:
        """Which rows, as `choose` takes it."""
        years, units = tuple(self.year or ()), tuple(self.unit or ())
        return Wanted(years, units, self.level, self.region, self.kind)

    def rows(self) -> list[PublishedRow]:
        """The rows."""
        return choose(loaded(self.data), self.wanted)

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
def list_known(
    *,
    asked: Rows,
    by_year: Annotated[
        bool,
        typer.Option("--summary", help=_("A line for each year: provinces, SIPAS, ministries.")),
    ] = False,
    out: Written,
) -> None:
    """Every kind, group of units and year on a line."""
    if by_year:
        years = summary(asked.rows(), asked.region)
        shapes = Shapes(
            (summary_table(each, current()) for each in [years]),
            SUMMARY_COLUMNS,
            map(summary_record, years),
            SUMMARY_FORMAT,
            map(summary_record, years),
            "years",
        )
        write(shapes, out, asked.inputs)
        return
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
def show(
    *,
    asked: Rows,
    between: Annotated[
        bool,
        typer.Option(
            "--bounds",
            help=_("Also the bounds of an index that no source prints, and what they rest on."),
        ),
    ] = False,
    out: Drawn,
) -> None:
    """One row for each unit and year; for people also how much is known."""
    rows = asked.rows()
    notes = [merger_text(*each, current()) for each in merged(asked.unit or [], asked.year or [])]
    if not asked.unit:
        notes += coverage_notes(coverage(rows, size_of(asked.region)), current())
    found = sorted(known(rows), key=in_order)
    shapes = _bounded(asked, found, notes) if between else _rows(found, notes)
    shapes = shapes._replace(
        charts=lambda: wing("charts.of_published").published_charts(found, notes, current())
    )
    write(shapes, out, asked.inputs)


@main.command(
    help=_(
        "Write every row with its source: as a table in the form that --data reads, as a database"
        " (.sqlite), or as a Data Package (a folder)."
    ),
    epilog=_("Example: parindex data export -o par-index.sqlite"),
)
@with_options
def export(
    *,
    asked: Rows,
    output: OutputOption = None,
    out: Annotated[Output, Options("form output csv_dialect lang")],
) -> None:
    """The rows as they stand in the tables, contradictions and misprints too."""
    out = out._replace(output=output)
    if is_data_set(out):
        write_data_set(asked.rows(), out, asked.inputs)
        return
    rows = asked.rows()
    shapes = _rows(rows, [])
    if format_of(out, Format.CSV) is Format.JSON:
        shapes = shapes._replace(
            head={"about": wing("published.data_package").about(rows, current())}
        )
    write(shapes, out, asked.inputs, Format.CSV)


main.command(
    "check",
    help=_(
        "Check your own rows against all that is published and against each other: ranks, sums,"
        " means, counts, changes."
    ),
    epilog=_("Example: parindex data check own-data/"),
)(check)


@main.command(
    "import",
    help=_(
        "Turn a table copied from a decision, a newspaper or a portal into rows that --data "
        "reads. The table is CSV, .xlsx, .xls, .ods, .docx, a saved web page, or the JSON of the "
        "portal's reports."
    ),
    epilog=_("Example: parindex data import table.csv --year 2018 --source 'QĐ …' -o own-data/"),
)
@with_options
def import_rows(
    *,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=_("The file with the table."))],
    year: Annotated[int, typer.Option(min=1990, max=2100, help=_("The year of the figures."))],
    source: Annotated[str, typer.Option(metavar="TEXT", help=_("Where the table is printed."))],
    kind: Annotated[RowKind, typer.Option(help=_("What the figures are of."))] = "result",
    level: Annotated[LevelCode, typer.Option(help=_("The level of the units."))] = "province",
    province: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("The province whose units they are."))
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("The group of units, where there are some.")),
    ] = None,
    code: Annotated[
        str | None, typer.Option(metavar="CODE", help=_("The code of the area, part or figure."))
    ] = None,
    most: Annotated[
        str | None, typer.Option("--max", metavar="POINTS", help=_("The maximum of the points."))
    ] = None,
    sheet: SheetOption = None,
    number: Annotated[
        int | None, typer.Option("--table", min=1, metavar="N", help=_("The table of a document."))
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="unit=B,index=C,…",
            help=_("Which column holds what, where headings do not say it."),
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help=_(
                "The folder of your own data, or a .csv file; without it the rows are only shown."
            ),
        ),
    ] = None,
    out: Annotated[Output, Options("form csv_dialect lang")],
) -> None:
    """Read a printed table, check it, tell each row, and add them to the user's own data."""
    if not source.strip():
        raise typer.BadParameter(_("say where the table is printed"), param_hint="--source")
    if kind in ("area", "part", "figure") and not code:
        told = _("name the code that the figures are of")
        raise typer.BadParameter(told, param_hint="--code")
    importing, report = wing("published.importing"), wing("published.report")
    maximum = None if most is None else figure_of(most, "--max")
    about = importing.About(year, source.strip(), kind, level, province, group, code, maximum)
    told_columns = _columns_told(columns) if columns else None
    found = importing.import_table(table, about, sheet=sheet or "", table=number, told=told_columns)
    print_doubts(found.findings)
    if output:
        _write_rows(found, report.file_of(output, about, found.rows[0].row.kind), table)
    shapes = Shapes(
        (report.table(each, current()) for each in [found]),
        report.COLUMNS,
        report.rows(found),
        report.FORMAT,
        map(report.report, [found]),
        "tables",
    )
    write(shapes, out)


@main.command(
    "site",
    help=_(
        "Write a site of the published figures: a page for each unit, year and region, in every"
        " language, that needs no network."
    ),
    epilog=_("Example: parindex data site -o site/"),
)
@with_options
def make_site(
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help=_("The folder; a site that was written there before is replaced."),
        ),
    ],
    data: DataOption = None,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """All pages, or none; says where to begin."""
    if not output:
        raise typer.BadParameter(_("name a folder"), param_hint="-o")

    def counted(pages: Iterable[Any]) -> Iterable[Any]:
        return progress(pages, _("Writing pages"))

    count = wing("site.folder").write_site(loaded(data), output, data, counted)
    start = Path(output) / "index.html"
    say_written(_("Wrote {count} files; open {file}", count=count, file=start))


def _columns_told(text: str) -> Any:
    try:
        return wing("published.printed_table").columns_told(text)
    except ValueError as error:
        wrong = _(
            "expected unit=B and columns of figures, like index=C; found: {found}", found=error
        )
        raise typer.BadParameter(wrong, param_hint="--columns") from None


def _write_rows(found: Any, file: str, table: str) -> None:
    """Add rows to a file of the user's own; rows about the same are replaced, and that is told."""
    importing = wing("published.importing")
    before = read_published(file) if Path(file).exists() else []
    rows, told = importing.put_together(before, found, file)
    print_doubts(told)
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    with destination(file, [table]) as stream:
        write_csv(stream, importing.FILE_COLUMNS, importing.file_rows(rows))


def _bounded(asked: Asked, found: list[PublishedRow], notes: list[str]) -> Shapes:
    """The rows that are asked for, with bounds from all rows of their years."""
    between = bounded(loaded(asked.data), found, asked.wanted)
    rows, spans = [each.row for each in between], [each.bounds for each in between if each.bounds]
    records = [bounded_record(each.row, each.bounds) for each in between]
    return Shapes(
        (rows_table(each, notes, current(), spans) for each in [rows]),
        BOUNDS_COLUMNS,
        records,
        BOUNDS_FORMAT,
        records,
        "rows",
    )


def _rows(rows: list[PublishedRow], notes: list[str]) -> Shapes:
    return Shapes(
        (rows_table(each, notes, current()) for each in [rows]),
        COLUMNS,
        map(row_record, rows),
        FORMAT,
        map(row_record, rows),
        "rows",
    )
