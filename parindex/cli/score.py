"""`parindex score`: scorecards in, points, percentages, index and band out."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parindex.analysis.gates import Gate, check_gates
from parindex.cli.options import (
    DepthOption,
    FilesArgument,
    Input,
    Options,
    Output,
    command,
    figure_of,
)
from parindex.cli.pictures import ENDINGS
from parindex.cli.printing import format_of, write
from parindex.cli.reading import results_of
from parindex.cli.talk import print_faults
from parindex.cli.words import _, current
from parindex.findings import severity
from parindex.findings.wing import wing
from parindex.render.formats import Format, Shapes
from parindex.scoring.result import Result
from parindex.tables.score import score_sheet
from parindex.tables.score_data import FORMAT, TOOL, score_data
from parindex.tables.score_rows import COLUMNS, score_records
from parindex.values.finding import Finding

if TYPE_CHECKING:
    from parindex.analysis.gates import Baseline


@command(_("Example: parindex score examples/soc-trang-2018.yaml -o result.json"))
def main(
    *,
    files: FilesArgument,
    reading: Annotated[Input, Options("scheme stage stages decimal columns sheet unit engine")],
    stages: Annotated[
        bool,
        typer.Option(
            "--stages", help=_("Show the stages of each score side by side, and their means.")
        ),
    ] = False,
    out: Annotated[Output, Options("form output spec size dark csv_dialect depth lang")],
    depth: DepthOption = 1,
    fail_under: Annotated[
        str | None,
        typer.Option(metavar="N", help=_("Exit with 1 if an index is below N percent.")),
    ] = None,
    fail_under_area: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE=N",
            help=_("Exit with 1 if a criterion is below N percent; may be repeated."),
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            metavar="RESULT.json",
            help=_("Exit with 1 if an index or an area fell below that of an earlier result."),
        ),
    ] = None,
) -> None:
    """Score, render, and exit with 1 where a gate failed."""
    reading = reading.of(files, baseline)
    if stages and reading.stage:
        raise typer.BadParameter(_("--stages shows all of them"), param_hint="--stage")
    gates = _gates(fail_under, fail_under_area or [])
    failed: list[Finding] = []
    earlier = _baseline(baseline)
    form = format_of(out, pictures=() if stages else ENDINGS)
    streams = form in (Format.CSV, Format.NDJSON) and any(map(_may_be_table, files))
    streams = streams and out.spec is None
    results = _gated(results_of(reading, quiet=streams), gates, earlier, failed)
    if not streams:
        results = list(results)
    write(_by_stage(results, depth) if stages else _scores(results, depth), out, reading.inputs)
    if failed:
        print_faults(failed, mends=False)  # a gate is to fail: nothing is broken
        if any(severity(finding) == "error" for finding in failed):
            raise typer.Exit(1)


def _scores(results: Iterable[Result], depth: int) -> Shapes:
    return Shapes(
        (score_sheet(result, depth, current()) for result in results),
        COLUMNS,
        (each for one in results for each in score_records(one, depth)),
        FORMAT,
        (score_data(result, depth) for result in results),
        "results",
        TOOL,
        lambda: _book(list(results)),
        lambda dialect: _lines(results, depth, dialect),
        lambda: (wing("charts.of_score").score_chart(result, current()) for result in results),
    )


def _lines(results: Iterable[Result], depth: int, dialect: str) -> Iterable[str]:
    from parindex.render.score_lines import score_lines

    return score_lines(results, depth, dialect)


def _book(results: list[Result]) -> Any:
    """All layouts of one unit, or several units side by side and one by one."""
    from parindex.published_figures.context import published_context
    from parindex.published_figures.published_tables import load_published

    if len(results) == 1:
        [result] = results
        return wing("pages.results").unit_book(
            result, published_context(result, (), (), load_published(), current()), current()
        )
    return wing("pages.results").units_book(results, current())


def _by_stage(results: Iterable[Result], depth: int) -> Shapes:
    """Each unit with its stages side by side, then the means of many."""
    from parindex.analysis.stages import by_stage, stage_means
    from parindex.tables import stages as view

    units = [by_stage(result) for result in results]
    means = list(stage_means(units, depth))
    items = [
        *((view.stages_data(unit, depth), unit.result.scheme) for unit in units),
        *((view.means_data(each), each.scheme) for each in means),
    ]
    return Shapes(
        chain(
            (view.stages_sheet(unit, depth, current()) for unit in units),
            (view.means_sheet(each, current()) for each in means),
        ),
        view.COLUMNS,
        (each for item in items for each in view.stage_records(*item)),
        view.FORMAT,
        [data for data, _scheme in items],
        "results",
    )


def _gated(
    results: Iterable[Result],
    gates: Sequence[Gate],
    baseline: "Baseline | None",
    failed: list[Finding],
) -> Iterable[Result]:
    """The results as they come; what fails a gate, or cannot be judged, is added to `failed`."""
    for result in results:
        failed += check_gates(result, gates)
        if baseline is not None:
            failed += baseline.check(result)
        yield result
    if baseline is not None:
        failed += baseline.end()


def _baseline(file: str | None) -> "Baseline | None":
    if file is None:
        return None
    from parindex.analysis.gates import Baseline
    from parindex.files.result_file import read_baseline

    return Baseline(read_baseline(file))


def _may_be_table(file: str) -> bool:
    """Whether a file may hold thousands of units, so that results are written as they come."""
    return file == "-" or file.lower().endswith((".csv", ".tsv", ".parquet"))


def _gates(index: str | None, areas: list[str]) -> list[Gate]:
    gates = [] if index is None else [Gate("", _threshold(index, "--fail-under"))]
    for area in areas:
        code, equals, value = area.partition("=")
        if not equals or not code:
            raise typer.BadParameter(
                _("expected CODE=N, like 6=60"), param_hint="--fail-under-area"
            )
        gates.append(Gate(code, _threshold(value, "--fail-under-area")))
    return gates


def _threshold(text: str, option: str) -> Decimal:
    number = figure_of(text, option)
    if number > 100:  # noqa: PLR2004
        raise typer.BadParameter(_("expected a number from 0 to 100"), param_hint=option)
    return number
