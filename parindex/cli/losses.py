"""`parindex losses`: where points were lost."""

from enum import StrEnum
from typing import Annotated

import typer

from parindex.analysis.losses import losses
from parindex.cli.options import (
    ColumnsOption,
    DecimalOption,
    Dialect,
    DialectOption,
    FilesArgument,
    FormatOption,
    LangOption,
    OutputOption,
    SchemeOption,
    SheetOption,
    SkipOption,
    StageOption,
    UnitOption,
)
from parindex.cli.printing import output_of, write
from parindex.cli.reading import check_stdin, reading_of, results_of
from parindex.cli.words import _, current
from parindex.render.formats import Shapes
from parindex.tables.figures import rows_of
from parindex.tables.losses import COLUMNS, FORMAT, losses_data, losses_records, losses_sheets

app = typer.Typer(add_completion=False)


class ByName(StrEnum):
    """What lost points are grouped by."""

    LEAF = "leaf"
    CRITERION = "criterion"
    AREA = "area"
    ORIGIN = "origin"
    LEAD = "lead"


@app.command(
    help=_("Lost points: where they were lost, the largest loss first."),
    epilog=_("Example: parindex losses examples/soc-trang-2018.yaml --by area"),
)
def main(
    files: FilesArgument,
    by: Annotated[
        ByName,
        typer.Option(
            help=_("What losses are grouped by; lead also gives each office its own list.")
        ),
    ] = ByName.LEAF,
    scheme: SchemeOption = None,
    stage: StageOption = None,
    decimal: DecimalOption = None,
    columns: ColumnsOption = None,
    sheet: SheetOption = None,
    skip_unreadable: SkipOption = False,
    unit: UnitOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Score, group what was lost, and render."""
    check_stdin(files)
    reading = reading_of(
        files, scheme, stage, decimal, unit, columns, sheet=sheet, skip=skip_unreadable
    )
    found = [losses(result, by.value) for result in results_of(reading)]
    shapes = Shapes(
        (sheet for each in found for sheet in losses_sheets(each, current())),
        COLUMNS,
        rows_of((each for one in found for each in losses_records(one)), COLUMNS),
        FORMAT,
        map(losses_data, found),
        "results",
    )
    write(shapes, output_of(output, form, csv_dialect, [*files, *(scheme or [])]))
