"""`parindex test`: cases that say what must come of an input, checked without any margin."""

from typing import Annotated

import typer

from parindex.analysis.cases import check_case
from parindex.cli.options import Input, Written, command
from parindex.cli.printing import write
from parindex.cli.words import _, current
from parindex.files.case_file import read_cases
from parindex.render.formats import Shapes
from parindex.tables.figures import unnested
from parindex.tables.verdicts import CASE_COLUMNS, CASE_FORMAT, case_record, case_tables


@command(_("Example: parindex test tests/cases"))
def main(
    *,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE_OR_FOLDER",
            help=_("Cases in YAML, or folders of them; - is standard input."),
        ),
    ],
    out: Written,
) -> None:
    """Check every case, and exit with 1 where one failed."""
    given = Input().of(files)
    inputs = [*given.inputs]
    checked = [check_case(case) for case in read_cases(given.files, inputs)]
    shapes = Shapes(
        case_tables(checked, current()),
        CASE_COLUMNS,
        unnested(map(case_record, checked), "differences"),
        CASE_FORMAT,
        map(case_record, checked),
        "cases",
    )
    write(shapes, out, inputs)
    if not all(each.passed for each in checked):
        raise typer.Exit(1)
