"""The picture of `losses`: what was lost, the largest first, and the running share."""

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
    """The largest losses in percent of all that was lost, from the table that `losses` prints."""
    sheet = next(losses_sheets(found, say))
    cells = {key: sheet.cells(key) for key in sheet.keys}
    every = [at for at in range(len(sheet.rows)) if at not in sheet.strong]
    lost = [at for at in every if number_of(cells["bar"][at]) is not None]
    kept = lost[:MOST]
    notes = [*sheet.notes]
    if len(lost) > len(kept):
        notes.insert(
            0, say("Drawn are the {count} largest of {of} losses.", count=MOST, of=len(lost))
        )
    codes: list[Cell] = cells.get("code", [None] * len(sheet.rows))
    return Chart(
        "shares",
        sheet.title,
        tuple(label_of(codes[at], cells["name"][at]) for at in kept),
        tuple(
            Series(say(name), tuple(number_of(cells[key][at]) for at in kept))
            for name, key in (("% of what was lost", "bar"), ("Running %", "running"))
        ),
        unit=say("Points lost, and their share of all that was lost (%)"),
        texts=tuple(
            "–" if (value := number_of(cells["lost"][at])) is None else say.number(value)
            for at in kept
        ),
        running=True,
        source=found.result.scorecard.source or source_of_scheme(found.result, say),
        notes=tuple(notes),
    )
