"""`parindex simulate`: what if some scores were others."""

from typing import Annotated

import typer
from msgspec.structs import replace

from parindex.analysis.scenario import Change, Simulation, simulate
from parindex.catalog import load_scheme
from parindex.cli.options import (
    ColumnsOption,
    DataOption,
    DecimalOption,
    Dialect,
    DialectOption,
    Format,
    FormatOption,
    LangOption,
    OutputOption,
    SchemeOption,
    StageOption,
)
from parindex.cli.output import destination, write_data, write_rows, write_sheets
from parindex.cli.peers import AmongOption, OneUnitOption, chosen, peers
from parindex.cli.reading import check_stdin, reading_of
from parindex.cli.words import current, say
from parindex.findings import InputError
from parindex.formats.numerals import DecimalMark
from parindex.formats.scenario_file import (
    TYPED,
    Scenario,
    read_changes,
    read_scenario,
    write_scenario,
)
from parindex.model.finding import Finding
from parindex.model.result import Result
from parindex.views.simulation import (
    COLUMNS,
    FORMAT,
    simulation_data,
    simulation_rows,
    simulation_sheet,
)

app = typer.Typer(add_completion=False)


@app.command(
    help=say("What if: change some scores, and see points, index, band and rank move."),
    epilog=say(
        "Example: parindex simulate examples/soc-trang-2018.yaml --set 6=+1.65 --among 2018"
    ),
)
def main(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help=say("Scorecards in YAML, JSON or CSV, or folders of them; - is standard input."),
        ),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="CODE=VALUE",
            help=say(
                "What the criterion's rule takes (97%, 234/543, on_time), a state, or +0.5 points."
            ),
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=say("A scenario in YAML, as --save writes it.")),
    ] = None,
    save: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=say("Write the scenario to this file, to replay it.")),
    ] = None,
    among: AmongOption = None,
    unit: OneUnitOption = None,
    scheme: SchemeOption = None,
    stage: StageOption = None,
    decimal: DecimalOption = None,
    columns: ColumnsOption = None,
    data: DataOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Score as it is and as it would be, and render what moved."""
    read = read_scenario(scenario) if scenario else None
    files, schemes, unit = _based(read, files or [], scheme or [], unit)
    typed = _typed(change or [])
    if not read and not typed:
        raise typer.BadParameter(
            say("expected --set CODE=VALUE, or --scenario"), param_hint="--set"
        )
    reading = reading_of(files, schemes, stage, decimal, columns=columns)
    result, others = chosen(reading, unit)
    found = _simulated(read, typed, result, reading.decimal)
    standing_among = peers(result, others, among or [], reading, data)
    name = read.form.name if read else None
    inputs = [*files, *schemes, *(among or []), *([scenario] if scenario else [])]
    if save:
        given = {**(read.form.set_ if read else {}), **typed}
        base = files[0] if len(files) == 1 and files[0] != "-" else None
        text = write_scenario(given, base, unit, schemes[0] if schemes else None, save)
        with destination(save, inputs) as stream:
            stream.write(text)
    with destination(output, inputs) as stream:
        if form in (Format.TABLE, Format.MARKDOWN):
            sheet = simulation_sheet(found, name, standing_among, current())
            write_sheets([sheet], form, stream)
        elif form is Format.CSV:
            rows = simulation_rows(found, name, standing_among)
            write_rows(COLUMNS, rows, csv_dialect, stream)
        else:
            item = simulation_data(found, name, standing_among)
            write_data(FORMAT, [item], "results", form, stream)


def _based(
    read: Scenario | None, files: list[str], schemes: list[str], unit: str | None
) -> tuple[list[str], list[str], str | None]:
    """Files, schemes and unit: as typed, and else as the scenario says."""
    if read is not None:
        files = files or ([read.form.base] if read.form.base else [])
        schemes = schemes or ([read.form.scheme] if read.form.scheme else [])
        unit = unit or read.form.unit
    if not files:
        raise typer.BadParameter(say("no scorecard is named"), param_hint="FILE")
    check_stdin(files)
    for each in schemes:
        load_scheme(each)
    return files, schemes, unit


def _typed(options: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in options:
        code, equals, value = option.partition("=")
        if not equals or not code.strip():
            raise typer.BadParameter(say("expected CODE=VALUE, like 3.2.1=97%"), param_hint="--set")
        if code.strip() in found:
            raise typer.BadParameter(
                say("{code} stands twice", code=code.strip()), param_hint="--set"
            )
        found[code.strip()] = value.strip()
    return found


def _simulated(
    read: Scenario | None, typed: dict[str, str], result: Result, mark: DecimalMark | None
) -> Simulation:
    """The scenario of the file with what was typed, which wins; all faults at once."""
    changes: dict[str, Change] = {}
    findings: list[Finding] = []
    in_file = {} if read is None else {k: v for k, v in read.form.set_.items() if k not in typed}
    for given, places in ((in_file, read.places if read else TYPED), (typed, TYPED)):
        right, faults = read_changes(given, result.scheme, places, mark)
        changes |= right
        findings += faults
    try:
        found = simulate(result, changes)
    except InputError as error:
        for each in error.findings:
            places = read.places if read and each.where in in_file else TYPED
            place = each.place or places.locate(("set", each.where))
            findings.append(replace(each, place=place))
    if findings:
        raise InputError(findings)
    return found
