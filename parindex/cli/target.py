"""`parindex target`: the least that must change to reach a band, an index or a rank."""

import re
from decimal import Decimal
from typing import Annotated

import typer
from msgspec.structs import replace

from parindex.analysis.goal import Goal
from parindex.analysis.target import plan_target
from parindex.cli.options import (
    ColumnsOption,
    DataOption,
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
from parindex.cli.peers import AmongOption, OneUnitOption, chosen, peers
from parindex.cli.printing import output_of, write
from parindex.cli.reading import check_stdin, reading_of
from parindex.cli.words import _, current
from parindex.render.formats import Shapes
from parindex.tables.figures import rows_of
from parindex.tables.target import COLUMNS, FORMAT, target_data, target_records, target_sheets

app = typer.Typer(add_completion=False)


@app.command(
    help=_("The least that must change to reach a band, an index or a rank."),
    epilog=_("Example: parindex target examples/soc-trang-2018.yaml --band A"),
)
def main(
    files: FilesArgument,
    band: Annotated[str | None, typer.Option(metavar="NAME", help=_("The band to reach."))] = None,
    index: Annotated[
        str | None, typer.Option(metavar="N", help=_("The index to reach, as printed."))
    ] = None,
    rank: Annotated[
        int | None,
        typer.Option(metavar="N", help=_("The rank to reach, while others stay as they are.")),
    ] = None,
    among: AmongOption = None,
    unit: OneUnitOption = None,
    scheme: SchemeOption = None,
    stage: StageOption = None,
    decimal: DecimalOption = None,
    columns: ColumnsOption = None,
    sheet: SheetOption = None,
    skip_unreadable: SkipOption = False,
    data: DataOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    lang: LangOption = None,  # noqa: ARG001
) -> None:
    """Score, look for the best plans, and render them."""
    check_stdin(files)
    goal = goal_of(band, index, rank)
    reading = reading_of(
        files, scheme, stage, decimal, columns=columns, sheet=sheet, skip=skip_unreadable
    )
    result, others = chosen(reading, unit)
    found = plan_target(
        result, replace(goal, peers=peers(result, others, among or [], reading, data))
    )
    shapes = Shapes(
        target_sheets(found, current()),
        COLUMNS,
        rows_of(target_records(found), COLUMNS),
        FORMAT,
        map(target_data, [found]),
        "results",
    )
    inputs = [*files, *(scheme or []), *(among or []), *([data] if data else [])]
    write(shapes, output_of(output, form, csv_dialect, inputs))


def goal_of(band: str | None, index: str | None, rank: int | None) -> Goal:
    """The goal that options name; just one of them must be there."""
    if sum(each is not None for each in (band, index, rank)) != 1:
        raise typer.BadParameter(
            _("expected one of --band, --index and --rank"), param_hint="--band"
        )
    if index is None:
        return Goal(band=band, rank=rank)
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,6})?", index):
        raise typer.BadParameter(_("expected a number from 0 to 100"), param_hint="--index")
    return Goal(index=Decimal(index.replace(",", ".")))
