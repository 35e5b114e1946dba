"""The picture of `losses`: the points that were lost, the most first, and their running share."""

from typing import Final

from parindex.analysis.losses import Losses
from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.telling import label_of, number_of, source_of_scheme
from parindex.tables.losses import losses_sheets
from parindex.tables.table import Cell
from parindex.values.language import Language

MOST: Final = 20
"""Losses that are drawn; the others are in the table, and in the running share."""


def losses_chart(found: Losses, say: Language) -> Chart:
    """The largest losses in points, from the table that `losses` prints."""
    sheet = next(losses_sheets(found, say))
    cells = {key: sheet.cells(key) for key in sheet.keys}
    every = [at for at in range(len(sheet.rows)) if at not in sheet.strong]
    lost = [at for at in every if (number_of(cells["lost"][at]) or 0) > 0]
    kept = lost[:MOST]
    notes = [*sheet.notes]
    if len(lost) > len(kept):
        notes.insert(
            0, say("Drawn are the {count} largest of {of} losses.", count=MOST, of=len(lost))
        )
    codes: list[Cell] = cells.get("code", [None] * len(sheet.rows))
    return Chart(
        "bars",
        sheet.title,
        tuple(label_of(codes[at], cells["name"][at]) for at in kept),
        (Series(say("Points lost"), tuple(number_of(cells["lost"][at]) for at in kept)),),
        unit=say("Points lost; at the right, their running share of all that was lost (%)"),
        column=say("Running %"),
        beside=tuple(
            "–" if (value := number_of(cells["running"][at])) is None else say.number(value)
            for at in kept
        ),
        source=found.result.scorecard.source or source_of_scheme(found.result, say),
        notes=tuple(notes),
    )
