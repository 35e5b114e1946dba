"""`parindex losses`: where points were lost."""

from typing import Annotated

import typer

from parindex.analysis.losses import LossesBy, losses
from parindex.cli.options import Drawn, FilesArgument, Input, Options, command
from parindex.cli.printing import write
from parindex.cli.reading import results_of
from parindex.cli.words import _, current
from parindex.findings.wing import wing
from parindex.render.formats import Shapes
from parindex.tables.losses import COLUMNS, FORMAT, losses_data, losses_records, losses_sheets


@command(_("Example: parindex losses examples/soc-trang-2018.yaml --by area"))
def main(
    *,
    files: FilesArgument,
    by: Annotated[
        LossesBy,
        typer.Option(
            help=_("What losses are grouped by; lead also gives each office its own list.")
        ),
    ] = "leaf",
    reading: Annotated[
        Input, Options("scheme stage decimal columns sheet skip_unreadable unit engine")
    ],
    out: Drawn,
) -> None:
    """Score, group what was lost, and render."""
    reading = reading.of(files)
    found = [losses(result, by) for result in results_of(reading)]
    shapes = Shapes(
        (sheet for each in found for sheet in losses_sheets(each, current())),
        COLUMNS,
        (each for one in found for each in losses_records(one)),
        FORMAT,
        map(losses_data, found),
        "results",
        charts=lambda: (wing("charts.of_losses").losses_chart(each, current()) for each in found),
    )
    write(shapes, out, reading.inputs)
