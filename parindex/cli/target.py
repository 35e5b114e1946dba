"""`parindex target`: the least that must change to reach a band, an index or a rank."""

from typing import Annotated

import typer
from msgspec.structs import replace

from parindex.analysis.goal import Goal
from parindex.analysis.target import plan_target
from parindex.cli.options import DataOption, FilesArgument, Folders, Written, command, figure_of
from parindex.cli.peers import AmongOption, OneUnitOption, chosen, peers
from parindex.cli.printing import write
from parindex.cli.words import _, current
from parindex.render.formats import Shapes
from parindex.tables.target import COLUMNS, FORMAT, target_data, target_records, target_sheets


@command(_("Example: parindex target examples/soc-trang-2018.yaml --band A"))
def main(
    *,
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
    reading: Folders,
    data: DataOption = None,
    out: Written,
) -> None:
    """Score, look for the best plans, and render them."""
    reading = reading.of(files, *(among or []), data)
    goal = goal_of(band, index, rank)
    result, others = chosen(reading, unit)
    standing_among = peers(result, others, among or [], reading, data)
    found = plan_target(result, replace(goal, peers=standing_among))
    shapes = Shapes(
        target_sheets(found, current()),
        COLUMNS,
        target_records(found),
        FORMAT,
        map(target_data, [found]),
        "results",
    )
    write(shapes, out, reading.inputs)


def goal_of(band: str | None, index: str | None, rank: int | None) -> Goal:
    """The goal that options name; just one of them must be there."""
    if sum(each is not None for each in (band, index, rank)) != 1:
        raise typer.BadParameter(
            _("expected one of --band, --index and --rank"), param_hint="--band"
        )
    if index is None:
        return Goal(band=band, rank=rank)
    return Goal(index=figure_of(index, "--index"))
