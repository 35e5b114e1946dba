"""`parindex verify`: whether a result that was handed on still comes out of its scorecard."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from parindex.analysis.verification import Verified, compare, depth_of, recomputed_for
from parindex.cli.options import Scorecards, Written, command
from parindex.cli.printing import write
from parindex.cli.reading import results_of
from parindex.cli.words import _, current
from parindex.files.result_file import HandedOn, read_results
from parindex.render.formats import Shapes
from parindex.scoring.result import Result
from parindex.tables.figures import unnested
from parindex.tables.score_data import TOOL, score_data
from parindex.tables.verdicts import (
    VERIFY_COLUMNS,
    VERIFY_FORMAT,
    verify_record,
    verify_tables,
)
from parindex.values.fields import short
from parindex.version import __version__


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
    verified = list(_verified(given, matched))
    left = len(results) - sum(result is not None for result in matched)
    shapes = Shapes(
        verify_tables(verified, left, current()),
        VERIFY_COLUMNS,
        unnested(map(verify_record, verified), "differences"),
        VERIFY_FORMAT,
        map(verify_record, verified),
        "results",
        TOOL,
    )
    write(shapes, out, reading.inputs)
    if not all(each.agrees for each in verified):
        raise typer.Exit(1)


def _verified(given: Sequence[HandedOn], matched: Sequence[Result | None]) -> Iterator[Verified]:
    for (tree, version, _place), result in zip(given, matched, strict=True):
        unit, year = short(tree["unit"] or "–"), short(tree["year"] or "–")
        if result is None:
            yield Verified(unit, year, "", version, 0, (), missing=True)
            continue
        data = score_data(result, depth_of(tree))
        cells, differences = compare(tree, data, same_version=version == __version__)
        yield Verified(unit, year, result.scheme.id, version, cells, differences)
