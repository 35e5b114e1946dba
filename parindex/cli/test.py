"""`parindex test`: cases that say what must come of an input, checked without any margin."""

from typing import Annotated

import typer

from parindex.analysis.cases import check_case
from parindex.cli.options import (
    Dialect,
    DialectOption,
    Format,
    FormatOption,
    LangOption,
    OutputOption,
)
from parindex.cli.output import destination, write_data, write_rows, write_sheets
from parindex.cli.words import current, say
from parindex.formats.case_file import read_cases
from parindex.views.cases import COLUMNS, FORMAT, case_data, case_rows, case_sheets

app = typer.Typer(add_completion=False)


@app.command(
    help=say("Check cases: inputs, and what must come of them."),
    epilog=say("Example: parindex test tests/cases"),
)
def main(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE_OR_FOLDER",
            help=say("Cases in YAML, or folders of them; - is standard input."),
        ),
    ],
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Check every case, and exit with 1 where one failed."""
    if files.count("-") > 1:
        raise typer.BadParameter(say("standard input can be read only once"), param_hint="FILE")
    checked = [check_case(case) for case in read_cases(files)]
    with destination(output, files) as stream:
        if form in (Format.TABLE, Format.MARKDOWN):
            write_sheets(case_sheets(checked, current()), form, stream)
        elif form is Format.CSV:
            rows = (row for each in checked for row in case_rows(each))
            write_rows(COLUMNS, rows, csv_dialect, stream)
        else:
            write_data(FORMAT, map(case_data, checked), "cases", form, stream)
    if not all(each.passed for each in checked):
        raise typer.Exit(1)
