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
    Format,
    FormatOption,
    LangOption,
    OutputOption,
    SchemeOption,
    StageOption,
    UnitOption,
)
from parindex.cli.output import destination, write_data, write_rows, write_sheets
from parindex.cli.reading import check_stdin, reading_of, results_of
from parindex.cli.words import current, say
from parindex.views.losses import COLUMNS, FORMAT, losses_data, losses_rows, losses_sheets

app = typer.Typer(add_completion=False)


class ByName(StrEnum):
    """What lost points are grouped by."""

    LEAF = "leaf"
    CRITERION = "criterion"
    AREA = "area"
    ORIGIN = "origin"
    LEAD = "lead"


@app.command(
    help=say("Lost points: where they were lost, the largest loss first."),
    epilog=say("Example: parindex losses examples/soc-trang-2018.yaml --by area"),
)
def main(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help=say("Scorecards in YAML, JSON or CSV, or folders of them; - is standard input."),
        ),
    ],
    by: Annotated[
        ByName,
        typer.Option(
            help=say("What losses are grouped by; lead also gives each office its own list.")
        ),
    ] = ByName.LEAF,
    scheme: SchemeOption = None,
    stage: StageOption = None,
    decimal: DecimalOption = None,
    columns: ColumnsOption = None,
    unit: UnitOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Score, group what was lost, and render."""
    check_stdin(files)
    reading = reading_of(files, scheme, stage, decimal, unit, columns)
    found = [losses(result, by.value) for result in results_of(reading)]
    with destination(output, [*files, *(scheme or [])]) as stream:
        if form in (Format.TABLE, Format.MARKDOWN):
            sheets = [sheet for each in found for sheet in losses_sheets(each, current())]
            write_sheets(sheets, form, stream)
        elif form is Format.CSV:
            rows = (row for each in found for row in losses_rows(each))
            write_rows(COLUMNS, rows, csv_dialect, stream)
        else:
            write_data(FORMAT, map(losses_data, found), "results", form, stream)
