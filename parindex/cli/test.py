"""`parindex test`: cases that say what must come of an input, checked without any margin."""

from typing import Annotated

import typer

from parindex.analysis.cases import check_case
from parindex.cli.options import (
    Dialect,
    DialectOption,
    FormatOption,
    LangOption,
    OutputOption,
)
from parindex.cli.printing import output_of, write
from parindex.cli.reading import check_stdin
from parindex.cli.words import _, current
from parindex.files.case_file import read_cases
from parindex.render.formats import Shapes
from parindex.tables.figures import rows_of, unnested
from parindex.tables.verdicts import CASE_COLUMNS, CASE_FORMAT, case_record, case_tables

app = typer.Typer(add_completion=False)


@app.command(
    help=_("Check cases: inputs, and what must come of them."),
    epilog=_("Example: parindex test tests/cases"),
)
def main(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE_OR_FOLDER",
            help=_("Cases in YAML, or folders of them; - is standard input."),
        ),
    ],
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Check every case, and exit with 1 where one failed."""
    check_stdin(files)
    inputs = [*files]
    checked = [check_case(case) for case in read_cases(files, inputs)]
    shapes = Shapes(
        case_tables(checked, current()),
        CASE_COLUMNS,
        rows_of(unnested(map(case_record, checked), "differences"), CASE_COLUMNS),
        CASE_FORMAT,
        map(case_record, checked),
        "cases",
    )
    write(shapes, output_of(output, form, csv_dialect, inputs))
    if not all(each.passed for each in checked):
        raise typer.Exit(1)
