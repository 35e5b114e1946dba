"""`parindex score`: scorecards in, points, percentages, index and band out."""

import re
import sys
from decimal import Decimal
from typing import Annotated

import typer

from parindex.analysis.gates import Gate, check_gates
from parindex.catalog import find_scheme, load_scheme
from parindex.cli.options import (
    DepthOption,
    Format,
    FormatOption,
    LangOption,
    OutputOption,
    SchemeOption,
)
from parindex.cli.output import destination, print_faults, write_data, write_rows, write_sheets
from parindex.cli.words import current, say
from parindex.findings import InputError
from parindex.formats.scorecards import read_scorecards
from parindex.model.finding import Finding
from parindex.model.result import Result
from parindex.scoring import score
from parindex.views.score import score_sheet
from parindex.views.score_data import FORMAT, score_data
from parindex.views.score_rows import COLUMNS, score_rows

app = typer.Typer(add_completion=False)


@app.command(
    help=say("Score scorecards: points, percentages, index and band."),
    epilog=say("Example: parindex score examples/soc-trang-2018.yaml --format json"),
)
def main(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help=say("Scorecards in YAML; - reads standard input.")),
    ],
    scheme: SchemeOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    depth: DepthOption = 1,
    lang: LangOption = None,  # noqa: ARG001
    fail_under: Annotated[
        str | None,
        typer.Option(metavar="N", help=say("Exit with 1 if an index is below N percent.")),
    ] = None,
    fail_under_area: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE=N",
            help=say("Exit with 1 if a criterion is below N percent; may be repeated."),
        ),
    ] = None,
) -> None:
    """Score, render, and exit with 1 where a gate failed."""
    if files.count("-") > 1:
        raise typer.BadParameter(say("standard input can be read only once"), param_hint="FILE")
    inputs = files if scheme is None else [*files, scheme]
    gates = _gates(fail_under, fail_under_area or [])
    results = score_files(files, scheme)
    failed = [finding for result in results for finding in check_gates(result, gates)]
    with destination(output, inputs) as stream:
        if form in (Format.TABLE, Format.MARKDOWN):
            write_sheets([score_sheet(r, depth, current()) for r in results], form, stream)
        elif form is Format.CSV:
            rows = (row for result in results for row in score_rows(result, depth))
            write_rows(COLUMNS, rows, stream)
        else:
            data = [score_data(result, depth) for result in results]
            write_data(FORMAT, data, "results", form, stream)
    if failed:
        sys.stdout.flush()
        print_faults(failed)
        raise typer.Exit(1)


def score_files(files: list[str], scheme_name: str | None) -> list[Result]:
    """The results of every scorecard in the files.

    Raises:
        InputError: every fault of every file.
    """
    scheme = load_scheme(scheme_name) if scheme_name is not None else None
    results: list[Result] = []
    findings: list[Finding] = []
    for file in files:
        try:
            for card in read_scorecards(file, scheme):
                try:
                    used = scheme or find_scheme(card.scheme, card.level, card.year)
                    results.append(score(card, used))
                except InputError as error:
                    findings += error.findings
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(findings)
    return results


def _gates(index: str | None, areas: list[str]) -> list[Gate]:
    gates = [] if index is None else [Gate("", _threshold(index, "--fail-under"))]
    for area in areas:
        code, equals, value = area.partition("=")
        if not equals or not code:
            raise typer.BadParameter(
                say("expected CODE=N, like 6=60"), param_hint="--fail-under-area"
            )
        gates.append(Gate(code, _threshold(value, "--fail-under-area")))
    return gates


def _threshold(text: str, option: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,6})?", text):
        raise typer.BadParameter(say("expected a number from 0 to 100"), param_hint=option)
    number = Decimal(text.replace(",", "."))
    if number > 100:  # noqa: PLR2004
        raise typer.BadParameter(say("expected a number from 0 to 100"), param_hint=option)
    return number
