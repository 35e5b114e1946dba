"""`parindex simulate`: what if some scores were others."""

import os
from typing import Annotated

import typer
from msgspec.structs import replace

from parindex.analysis.scenario import Change, Simulation, simulate
from parindex.cli.options import (
    DataOption,
    FilesOrNoneArgument,
    Folders,
    Input,
    Written,
    command,
)
from parindex.cli.output import destination
from parindex.cli.peers import AmongOption, OneUnitOption, chosen, peers
from parindex.cli.printing import check_name, format_of, write
from parindex.cli.words import _, current
from parindex.files.scenario_file import FORMAT as SCENARIO
from parindex.files.scenario_file import (
    TYPED,
    Scenario,
    ScenarioForm,
    read_changes,
    read_scenario,
    write_scenario,
)
from parindex.findings import InputError
from parindex.reading.document import refused
from parindex.reading.numerals import DecimalMark
from parindex.render.formats import Shapes
from parindex.scheme.catalog import load_scheme
from parindex.scoring.result import Result
from parindex.tables.simulation import (
    COLUMNS,
    FORMAT,
    simulation_data,
    simulation_records,
    simulation_sheet,
)
from parindex.values.finding import Finding


@command(_("Example: parindex simulate examples/soc-trang-2018.yaml --set 6=+1.65 --among 2018"))
def main(
    *,
    files: FilesOrNoneArgument = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="CODE=VALUE",
            help=_(
                "What the criterion's rule takes (97%, 234/543, on_time), a state, or +0.5 points."
            ),
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=_("A scenario in YAML, as --save writes it.")),
    ] = None,
    save: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=_("Write the scenario to this file, to replay it.")),
    ] = None,
    among: AmongOption = None,
    unit: OneUnitOption = None,
    reading: Folders,
    data: DataOption = None,
    out: Written,
) -> None:
    """Score as it is and as it would be, and render what moved."""
    check_name(save, (".yaml", ".yml"), "--save")
    read = read_scenario(scenario) if scenario else None
    reading, unit = _based(read, reading.of(files or [], *(among or []), scenario, data), unit)
    typed = _typed(change or [])
    if not read and not typed:
        raise typer.BadParameter(_("expected --set CODE=VALUE, or --scenario"), param_hint="--set")
    result, others = chosen(reading, unit)
    found = _simulated(read, typed, result, reading.decimal)
    standing_among = peers(result, others, among or [], reading, data)
    name = read.form.name if read else None
    if save and out.output and os.path.realpath(save) == os.path.realpath(out.output):
        raise typer.BadParameter(_("--save names this file, too"), param_hint="-o")
    format_of(out)  # a name that is refused is told before anything is written
    if save:
        text = write_scenario(_kept(read, reading, unit, typed), save)
        with destination(save, reading.inputs) as stream:
            stream.write(text)
    told = [(found, name, standing_among)]
    shapes = Shapes(
        (simulation_sheet(*each, current()) for each in told),
        COLUMNS,
        (each for one in told for each in simulation_records(*one)),
        FORMAT,
        (simulation_data(*each) for each in told),
        "results",
    )
    write(shapes, out, reading.inputs)


def _based(read: Scenario | None, asked: Input, unit: str | None) -> tuple[Input, str | None]:
    """What to read and which unit is meant: as typed, and else as the scenario says."""
    if read is not None:
        form = read.form
        asked = asked.of(asked.files or read.named("base"), *asked.beside)
        asked = asked._replace(
            scheme=asked.scheme or read.named("scheme"),
            stage=asked.stage or form.stage,
            decimal=asked.decimal or form.decimal,
        )
        unit = unit or form.unit
    if not asked.files:
        raise typer.BadParameter(_("no scorecard is named"), param_hint=_("FILE"))
    for each in asked.scheme or ():
        load_scheme(each)
    return asked, unit


def _kept(
    read: Scenario | None, reading: Input, unit: str | None, typed: dict[str, str]
) -> ScenarioForm:
    """The scenario to be replayed: what was read of it, with what was typed."""
    files, form = reading.files, read.form if read else None
    if any(map(refused, [*files, *(reading.scheme or ()), unit or ""])):
        raise typer.BadParameter(_("these bytes are no letters"), param_hint="--save")
    return ScenarioForm(
        format=SCENARIO,
        name=form.name if form else None,
        base=files[0] if len(files) == 1 and files[0] != "-" else None,
        unit=unit,
        scheme=reading.scheme[0] if reading.scheme else None,
        stage=reading.stage,
        decimal=reading.decimal,
        set={**(form.set_ if form else {}), **typed},
    )


def _typed(options: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in options:
        code, equals, value = option.partition("=")
        if not equals or not code.strip():
            raise typer.BadParameter(_("expected CODE=VALUE, like 3.2.1=97%"), param_hint="--set")
        if code.strip() in found:
            raise typer.BadParameter(
                _("{code} stands twice", code=code.strip()), param_hint="--set"
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
