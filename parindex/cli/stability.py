"""`parindex stability`: how sure is a rank."""

import re
from decimal import Decimal
from typing import Annotated, Literal

import typer

from parindex.analysis.stability import (
    MOST_DRAWS,
    MOST_SEED,
    MOST_UNITS,
    MOST_WEIGHTS,
    MOST_WORK,
    Choices,
    Stability,
)
from parindex.analysis.unit_figures import Ties
from parindex.cli.options import Drawn, FilesArgument, Folders, Input, command
from parindex.cli.pictures import ENDINGS, picture_of
from parindex.cli.printing import format_of, write
from parindex.cli.reading import results_of
from parindex.cli.words import _, current
from parindex.findings.wing import scale, wing
from parindex.published_figures.units import identity, missing_units
from parindex.render.formats import Shapes
from parindex.tables.stability import (
    COLUMNS,
    FORMAT,
    stability_data,
    stability_head,
    stability_records,
    stability_tables,
)


@command(
    _(
        "Example: parindex stability examples/departments-areas-2024.csv --scheme examples/schemes/departments-2024.yaml"
    )
)
def main(
    *,
    files: FilesArgument,
    draws: Annotated[
        int, typer.Option(min=1, max=MOST_DRAWS, help=_("How many draws are made."))
    ] = 10_000,
    seed: Annotated[
        int,
        typer.Option(
            min=0,
            max=MOST_SEED,
            help=_("The number that draws begin from: the same number gives the same result."),
        ),
    ] = 1,
    weights: Annotated[
        str,
        typer.Option(
            metavar="N%",
            help=_("By how much the maximum of each area may vary, up and down; 0% keeps it."),
        ),
    ] = "10%",
    rounding: Annotated[
        bool,
        typer.Option(
            "--rounding", help=_("Draw points anew within half a unit of their last printed digit.")
        ),
    ] = False,
    survey: Annotated[
        str | None,
        typer.Option(
            metavar="counts|n=N",
            help=_(
                "Draw the answers to surveys anew: those given as counts, or with n=N all, as if N "
                "people had answered."
            ),
        ),
    ] = None,
    leave_out: Annotated[
        Literal["area"] | None,
        typer.Option(help=_("Leave one area out at a time.")),
    ] = None,
    top: Annotated[
        int,
        typer.Option(
            min=1, max=MOST_UNITS, help=_("Show the chance of each unit to be among the first N.")
        ),
    ] = 10,
    ties: Annotated[
        Ties | None,
        typer.Option(
            help=_("Ranks of equals: 1 2 2 4, 1 2 2 3 or 1 2 3 4; by default the scheme's.")
        ),
    ] = None,
    reading: Folders,
    out: Drawn,
) -> None:
    """Rank, draw, and render."""
    scale("stability.run")  # what is missing is told before anything is read
    reading = reading.of(files)
    format_of(out, pictures=ENDINGS)
    picture_of(out)
    choices = Choices(draws, seed, _weights(weights), rounding, _survey(survey), leave_out, top)
    found = _drawn(reading, choices, ties)
    shapes = Shapes(
        (table for each in found for table in stability_tables(each, current())),
        COLUMNS,
        (record for each in found for record in stability_records(each)),
        FORMAT,
        map(stability_data, found),
        "groups",
        stability_head(choices),
        charts=lambda: (
            wing("charts.of_ranking").ranges_chart(each, current()) for each in found if each.units
        ),
    )
    write(shapes, out, reading.inputs)


def _drawn(reading: Input, choices: Choices, ties: Ties | None) -> list[Stability]:
    """How sure the ranks of each group are."""
    run = scale("stability.run")
    entrants = [run.entrant_of(result, choices) for result in results_of(reading)]
    try:
        found: list[Stability] = run.stability(entrants, choices, ties, missing_units, identity)
    except ValueError:
        told = _(
            "at most {units} units in a group, and {work} draws × units",
            units=MOST_UNITS,
            work=MOST_WORK,
        )
        raise typer.BadParameter(told, param_hint="--draws") from None
    return found


def _weights(told: str) -> Decimal:
    """A share of at most 100 %."""
    found = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?) ?%?", told)
    share = Decimal(found[1].replace(",", ".")) if found else None
    if share is None or share > MOST_WEIGHTS:
        raise typer.BadParameter(_("expected from 0% to 100%, like 10%"), param_hint="--weights")
    return share


def _survey(told: str | None) -> int | Literal["counts"] | None:
    """`counts`, or how many were asked."""
    if told is None:
        return None
    if told == "counts":
        return "counts"
    found = re.fullmatch(r"n=([1-9][0-9]{0,8})", told)
    if found is None:
        raise typer.BadParameter(
            _("expected counts, or how many were asked, like n=500"), param_hint="--survey"
        )
    return int(found[1])
