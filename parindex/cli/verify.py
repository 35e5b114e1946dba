"""`parindex verify`: whether a result that was handed on still comes out of its scorecard."""

from typing import Annotated

import typer

from parindex.analysis.verification import recomputed_for
from parindex.api.checking import verified
from parindex.cli.options import Scorecards, Written, command
from parindex.cli.printing import write
from parindex.cli.reading import results_of
from parindex.cli.words import _, current
from parindex.files.result_file import read_results
from parindex.render.formats import Shapes
from parindex.tables.figures import unnested
from parindex.tables.score_data import TOOL
from parindex.tables.verdicts import (
    VERIFY_COLUMNS,
    VERIFY_FORMAT,
    verify_record,
    verify_tables,
)


@command(_("Example: parindex verify result.json examples/soc-trang-2018.yaml"))
def main(
    *,
    handed_on: Annotated[
        str,
        typer.Argument(
            metavar="RESULT", help=_("JSON or NDJSON of `parindex score`; - is standard input.")
        ),
    ],
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help=_("The scorecards, or folders of them.")),
    ],
    reading: Scorecards,
    out: Written,
) -> None:
    """Compare every result, and exit with 1 where one differs."""
    reading = reading.of(files, handed_on)
    given = read_results(handed_on)
    results = list(results_of(reading))
    matched = recomputed_for([each.result for each in given], results)
    checked = [verified(*each) for each in zip(given, matched, strict=True)]
    left = len(results) - sum(result is not None for result in matched)
    shapes = Shapes(
        verify_tables(checked, left, current()),
        VERIFY_COLUMNS,
        unnested(map(verify_record, checked), "differences"),
        VERIFY_FORMAT,
        map(verify_record, checked),
        "results",
        TOOL,
    )
    write(shapes, out, reading.inputs)
    if not all(each.agrees for each in checked):
        raise typer.Exit(1)
