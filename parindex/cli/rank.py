"""`parindex rank`: units within their groups by the exact index."""

from enum import StrEnum
from typing import Annotated, cast

import typer

from parindex.analysis.entrant import Ties, entrant_of
from parindex.analysis.ranking import rank
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
    StageOption,
)
from parindex.cli.printing import Shapes, output_of, write
from parindex.cli.reading import check_stdin, reading_of, results_of
from parindex.cli.words import current, say
from parindex.data.roster import identity, missing_units
from parindex.views.ranking import COLUMNS, FORMAT, ranking_data, ranking_rows, ranking_sheet

app = typer.Typer(add_completion=False)


class TiesName(StrEnum):
    """What equal units share."""

    COMPETITION = "competition"
    DENSE = "dense"
    ORDINAL = "ordinal"


@app.command(
    help=say("Rank units within their groups by the exact index."),
    epilog=say("Example: parindex rank seeds/published/tay-ninh-2023.yaml"),
)
def main(
    files: FilesArgument,
    previous: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help=say("Scorecards of the year before, for moves.")),
    ] = None,
    ties: Annotated[
        TiesName | None,
        typer.Option(
            help=say("Ranks of equals: 1 2 2 4, 1 2 2 3 or 1 2 3 4; by default the scheme's.")
        ),
    ] = None,
    scheme: SchemeOption = None,
    stage: StageOption = None,
    decimal: DecimalOption = None,
    columns: ColumnsOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Rank and render."""
    check_stdin([*files, *(previous or [])])
    reading = reading_of(files, scheme, stage, decimal, columns=columns)
    # Only what ranking needs is kept of each result: thousands take little room.
    now, before = (
        [entrant_of(result) for result in results_of(reading._replace(files=each))]
        for each in (files, previous or [])
    )
    rankings = rank(now, cast("Ties | None", ties and ties.value), before, missing_units, identity)
    shapes = Shapes(
        (ranking_sheet(each, current()) for each in rankings),
        COLUMNS,
        (row for each in rankings for row in ranking_rows(each)),
        FORMAT,
        map(ranking_data, rankings),
        "groups",
    )
    inputs = [*files, *(previous or []), *(scheme or [])]
    write(shapes, output_of(output, form, csv_dialect, inputs))
