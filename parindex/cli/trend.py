"""`parindex trend`: published figures of units over the years."""

from typing import Annotated, NamedTuple

import typer

from parindex.cli.data import LevelOption, RegionOption, loaded
from parindex.cli.options import DataOption, Drawn, Options, command
from parindex.cli.printing import write
from parindex.cli.words import _, current
from parindex.findings.wing import wing
from parindex.published_figures.choose import merged
from parindex.published_figures.trend import Shown, TrendWanted, shown_of, trend
from parindex.render.formats import Shapes
from parindex.tables.trend import (
    COLUMNS,
    FORMAT,
    line_record,
    trend_head,
    trend_records,
    trend_table,
)

UnitsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="UNIT",
        help=_("Units in any spelling, and `mean` for the published mean; without any, all."),
    ),
]


class Asked(NamedTuple):
    """What to follow, as the options of these names say."""

    kind: Annotated[
        str,
        typer.Option(
            metavar="index|rank|sipas|area:3", help=_("Which figure; of an area, its number.")
        ),
    ] = "index"
    first: Annotated[
        int | None, typer.Option("--from", min=1000, max=2999, help=_("The first year."))
    ] = None
    last: Annotated[
        int | None, typer.Option("--to", min=1000, max=2999, help=_("The last year."))
    ] = None
    level: LevelOption = None
    region: RegionOption = None
    data: DataOption = None

    @property
    def shown(self) -> Shown:
        """The figure."""
        try:
            return shown_of(self.kind)
        except ValueError:
            told = _("expected index, rank, sipas, or area: with its number, as in area:3")
            raise typer.BadParameter(told, param_hint="--kind") from None


@command(_("Example: parindex trend 'Quảng Ninh' 'Đà Nẵng' mean --from 2012 --to 2024"))
def main(
    *,
    units: UnitsArgument = None,
    asked: Annotated[Asked, Options("kind first last level region data")],
    out: Drawn,
) -> None:
    """A line for each unit; of a single one a line for each year."""
    if asked.first and asked.last and asked.first > asked.last:
        told = _("the first year must not be after the last")
        raise typer.BadParameter(told, param_hint="--from")
    names = tuple(units or ())
    wanted = TrendWanted(names, asked.level, asked.region, asked.first, asked.last)
    found = trend(loaded(asked.data), asked.shown, wanted)
    mergers = merged(names, found.years)
    shapes = Shapes(
        (trend_table(each, mergers, current()) for each in [found]),
        COLUMNS,
        trend_records(found),
        FORMAT,
        map(line_record, found.lines),
        "lines",
        trend_head(found),
        charts=lambda: (wing("charts.of_trend").trend_chart(each, current()) for each in [found]),
    )
    write(shapes, out, [asked.data] if asked.data else [])
