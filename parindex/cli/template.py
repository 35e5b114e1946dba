"""`parindex template`: an empty scorecard of a scheme, to be filled in."""

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from parindex.cli.options import DialectOption, LangOption, OutputOption, SchemeArgument, command
from parindex.cli.output import bytes_of, check_office, destination
from parindex.cli.printing import check_name
from parindex.cli.talk import say_written
from parindex.cli.words import _, current
from parindex.findings.wing import wing
from parindex.reading.document import refused
from parindex.scheme.catalog import load_scheme
from parindex.scheme.scheme import Scheme
from parindex.tables.figures import rows_of
from parindex.tables.template import columns_of, template_records, write_template

_ENDINGS: Final = (".yaml", ".csv", ".xlsx")
TemplateFormat = Literal["yaml", "csv", "xlsx"]


@command(_("Example: parindex template vn-province-2018 --unit 'Sóc Trăng' -o soc-trang.yaml"))
def main(
    scheme: SchemeArgument,
    form: Annotated[
        TemplateFormat | None,
        typer.Option(
            "--format",
            "-f",
            help=_(
                "YAML with comments, rows of a table, or a workbook with lists and formulas; "
                "by default as the name of the file after -o ends, else YAML."
            ),
        ),
    ] = None,
    unit: Annotated[
        str, typer.Option("--unit", metavar="NAME", help=_("The name of the unit."))
    ] = "",
    year: Annotated[
        int | None,
        typer.Option("--year", help=_("The year, where the scheme holds for several.")),
    ] = None,
    units: Annotated[
        str | None,
        typer.Option(
            "--units",
            metavar="LIST",
            help=_(
                "A list of units (.csv, .xlsx or .txt: names, or the columns unit, unit_id, group, "
                "province, parent): an empty workbook for each, in the folder after -o."
            ),
        ),
    ] = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = "standard",
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Write the scorecard of one unit, or a workbook for each unit of a list."""
    loaded = load_scheme(scheme)
    if refused(unit):
        raise typer.BadParameter(_("these bytes are no letters"), param_hint="--unit")
    if units is not None:
        _write_all(loaded, year, units, output, form, unit)
        return
    name = unit.strip()
    chosen = _year(loaded, year)
    form = form or _form(output)
    if form == "xlsx":
        _write_workbook(loaded, unit.strip(), chosen, output, scheme)
        return
    with destination(output, [scheme], keeps=True) as stream:
        if form == "csv":
            from parindex.render.csv_table import write_csv

            records = template_records(loaded, name, chosen)
            keys = columns_of(loaded)
            write_csv(stream, keys, rows_of(records, keys), csv_dialect)
        else:
            stream.write(write_template(loaded, name, chosen, current()))


def _write_all(
    scheme: Scheme,
    year: int | None,
    units: str,
    output: str | None,
    form: TemplateFormat | None,
    unit: str,
) -> None:
    from parindex.cli.unit_templates import write_templates

    if unit or form not in (None, "xlsx"):
        option = "--unit" if unit else "--format"
        told = _("the list names the units, each has a workbook: leave out {option}", option=option)
        raise typer.BadParameter(told, param_hint="--units")
    if not output or output == "-" or Path(output).suffix.lower() in _ENDINGS:
        raise typer.BadParameter(_("name a folder for the workbooks"), param_hint="-o")
    _check_rows(scheme)
    names = write_templates(scheme, _year(scheme, year), units, output)
    say_written(_("Wrote {count} workbooks into {folder}", count=len(names), folder=output))


def _check_rows(scheme: Scheme) -> None:
    if not scheme.criteria:
        told = _(
            "no criteria of this scheme are known, so a workbook would have no rows: take yaml"
        )
        raise typer.BadParameter(told, param_hint="--format xlsx")


def _form(output: str | None) -> TemplateFormat:
    """The form that the name of the file tells, else YAML."""
    check_name(output, _ENDINGS, others=".yml")
    match Path(output or "").suffix.lower():
        case ".csv":
            return "csv"
        case ".xlsx":
            return "xlsx"
        case _:
            return "yaml"


def _write_workbook(scheme: Scheme, unit: str, year: int, output: str | None, named: str) -> None:
    check_office("xlsxwriter", "--format xlsx")
    _check_rows(scheme)
    with destination(output, [named], keeps=True) as stream:
        wing("xlsx.template").write_template(scheme, unit, year, current(), bytes_of(stream))


def _year(scheme: Scheme, year: int | None) -> int:
    if year is None and len(scheme.years) == 1:
        return scheme.years[0]
    if year is None or year not in scheme.years:
        years = ", ".join(map(str, scheme.years))
        told = _("the scheme holds for {years}: name one of them", years=years)
        raise typer.BadParameter(told, param_hint="--year")
    return year
