"""`parindex rank`: units within their groups by the exact index."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, cast

import typer

from parindex.analysis.ranking import Ranking, rank
from parindex.analysis.unit_figures import RankInput, Ties, rank_input_of
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
)
from parindex.cli.printing import output_of, write
from parindex.cli.reading import Reading, check_stdin, reading_of, results_of
from parindex.cli.words import _, current
from parindex.published_figures.units import identity, missing_units
from parindex.render.formats import Format, Shapes
from parindex.scheme.scheme import Scheme
from parindex.tables.figures import rows_of
from parindex.tables.ranking import COLUMNS, FORMAT, ranking_data, ranking_records, ranking_sheet
from parindex.values.wing import wing

app = typer.Typer(add_completion=False)


class TiesName(StrEnum):
    """What equal units share."""

    COMPETITION = "competition"
    DENSE = "dense"
    ORDINAL = "ordinal"


@app.command(
    help=_("Rank units within their groups by the exact index."),
    epilog=_("Example: parindex rank seeds/published/tay-ninh-2023.yaml"),
)
def main(
    files: FilesArgument,
    previous: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help=_("Scorecards of the year before, for moves.")),
    ] = None,
    ties: Annotated[
        TiesName | None,
        typer.Option(
            help=_("Ranks of equals: 1 2 2 4, 1 2 2 3 or 1 2 3 4; by default the scheme's.")
        ),
    ] = None,
    scheme: SchemeOption = None,
    stage: StageOption = None,
    decimal: DecimalOption = None,
    columns: ColumnsOption = None,
    sheet: SheetOption = None,
    skip_unreadable: SkipOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Rank and render."""
    check_stdin([*files, *(previous or [])])
    reading = reading_of(
        files, scheme, stage, decimal, columns=columns, sheet=sheet, skip=skip_unreadable
    )
    out = output_of(output, form, csv_dialect, [*files, *(previous or []), *(scheme or [])])
    schemes: dict[str, Scheme] = {}
    now = list(_entrants(reading, schemes, sums=out.form is Format.XLSX))
    before = list(_entrants(reading._replace(files=previous or []), {}))
    rankings = rank(now, cast("Ties | None", ties and ties.value), before, missing_units, identity)
    shapes = Shapes(
        (ranking_sheet(each, current()) for each in rankings),
        COLUMNS,
        rows_of((each for one in rankings for each in ranking_records(one)), COLUMNS),
        FORMAT,
        map(ranking_data, rankings),
        "groups",
        book=lambda: _book(rankings, schemes),
    )
    write(shapes, out)


def _entrants(
    reading: Reading, schemes: dict[str, Scheme], *, sums: bool = False
) -> Iterator[RankInput]:
    """Only what ranking needs of each result: thousands take little room."""
    for result in results_of(reading):
        schemes[result.scheme.id] = result.scheme
        yield rank_input_of(result, sums=sums)


def _book(rankings: Sequence[Ranking], schemes: Mapping[str, Scheme]) -> Any:
    return wing("pages.units").rankings_book(rankings, schemes, current())
