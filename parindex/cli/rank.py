"""`parindex rank`: units within their groups by the exact index."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from parindex.analysis.ranking import Ranking, rank
from parindex.analysis.unit_figures import RankInput, Ties, rank_input_of
from parindex.cli.options import Drawn, FilesArgument, Input, Ranked, command
from parindex.cli.pictures import ENDINGS
from parindex.cli.printing import format_of, write
from parindex.cli.reading import results_of
from parindex.cli.talk import print_doubts
from parindex.cli.words import _, current
from parindex.findings.wing import wing
from parindex.published_figures.units import identity, missing_units
from parindex.render.formats import Format, Shapes
from parindex.scheme.scheme import Scheme
from parindex.tables.ranking import COLUMNS, FORMAT, ranking_data, ranking_records, ranking_sheet
from parindex.values.codes import (
    PUBLISHED_BAND_DIFFERS,
    PUBLISHED_INDEX_WRONG,
    PUBLISHED_RANK_DIFFERS,
    ROW_PASSED_OVER,
)
from parindex.values.finding import Finding

_OF_RANKS: Final = frozenset(
    (PUBLISHED_INDEX_WRONG, PUBLISHED_BAND_DIFFERS, PUBLISHED_RANK_DIFFERS, ROW_PASSED_OVER)
)


@command(_("Example: parindex rank seeds/published/tay-ninh-2023.yaml"))
def main(
    *,
    files: FilesArgument,
    previous: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help=_("Scorecards of the year before, for moves.")),
    ] = None,
    ties: Annotated[
        Ties | None,
        typer.Option(
            help=_("Ranks of equals: 1 2 2 4, 1 2 2 3 or 1 2 3 4; by default the scheme's.")
        ),
    ] = None,
    reading: Ranked,
    out: Drawn,
) -> None:
    """Rank and render."""
    reading = reading.of(files, *(previous or []))
    schemes: dict[str, Scheme] = {}
    now = list(_entrants(reading, schemes, sums=format_of(out, pictures=ENDINGS) is Format.XLSX))
    before = list(_entrants(reading.of(previous or []), {}))
    rankings = rank(now, ties, before, missing_units, identity)
    shapes = Shapes(
        (ranking_sheet(each, current()) for each in rankings),
        COLUMNS,
        (each for one in rankings for each in ranking_records(one)),
        FORMAT,
        map(ranking_data, rankings),
        "groups",
        book=lambda: _book(rankings, schemes),
        charts=lambda: (
            wing("charts.of_ranking").ranking_chart(each, current()) for each in rankings
        ),
    )
    write(shapes, out, reading.inputs)


def _entrants(
    reading: Input, schemes: dict[str, Scheme], *, sums: bool = False
) -> Iterator[RankInput]:
    """Only what ranking needs of each result: thousands take little room.

    What a table prints of ranks and figures, and they do not give, is told at the end.
    """
    doubts: list[Finding] = []
    for result in results_of(reading):
        schemes[result.scheme.id] = result.scheme
        doubts += (each for each in result.findings if each.code in _OF_RANKS)
        yield rank_input_of(result, sums=sums)
    print_doubts(doubts)


def _book(rankings: Sequence[Ranking], schemes: Mapping[str, Scheme]) -> Any:
    return wing("pages.units").rankings_book(rankings, schemes, current())
