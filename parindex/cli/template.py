"""`parindex template`: an empty scorecard of a scheme, to be filled in."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from parindex.cli.options import DialectOption, LangOption, OutputOption, SchemeArgument, command
from parindex.cli.output import bytes_of, check_office, destination
from parindex.cli.printing import check_name
from parindex.cli.words import _, current
from parindex.reading.document import refused
from parindex.scheme.catalog import load_scheme
from parindex.scheme.scheme import Scheme
from parindex.tables.figures import rows_of
from parindex.tables.template import columns_of, template_records, write_template
from parindex.values.wing import wing

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
    output: OutputOption = None,
    csv_dialect: DialectOption = "standard",
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Write the scorecard of one unit."""
    loaded = load_scheme(scheme)
    if refused(unit):
        raise typer.BadParameter(_("these bytes are no letters"), param_hint="--unit")
    name = unit.strip() or _("name of the unit")
    chosen = _year(loaded, year)
    form = form or _form(output)
    if form == "xlsx":
        _write_workbook(loaded, unit.strip(), chosen, output, scheme)
        return
    with destination(output, [scheme]) as stream:
        if form == "csv":
            from parindex.render.csv_table import write_csv

            records = template_records(loaded, name, chosen)
            keys = columns_of(loaded)
            write_csv(stream, keys, rows_of(records, keys), csv_dialect)
        else:
            stream.write(write_template(loaded, name, chosen, current()))


def _form(output: str | None) -> TemplateFormat:
    """The form that the name of the file tells, else YAML."""
    check_name(output, (".yaml", ".csv", ".xlsx"), others=".yml")
    match Path(output or "").suffix.lower():
        case ".csv":
            return "csv"
        case ".xlsx":
            return "xlsx"
        case _:
            return "yaml"


def _write_workbook(scheme: Scheme, unit: str, year: int, output: str | None, named: str) -> None:
    check_office("xlsxwriter", "--format xlsx")
    if not scheme.criteria:
        told = _(
            "no criteria of this scheme are known, so a workbook would have no rows: take yaml"
        )
        raise typer.BadParameter(told, param_hint="--format xlsx")
    with destination(output, [named]) as stream:
        wing("xlsx.template").write_template(scheme, unit, year, current(), bytes_of(stream))


def _year(scheme: Scheme, year: int | None) -> int:
    if year is None and len(scheme.years) == 1:
        return scheme.years[0]
    if year is None or year not in scheme.years:
        years = ", ".join(map(str, scheme.years))
        told = _("the scheme holds for {years}: name one of them", years=years)
        raise typer.BadParameter(told, param_hint="--year")
    return year
