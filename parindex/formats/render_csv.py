"""Rows as CSV: comma, point and UTF-8, whatever the locale; safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from parindex.safe import csv_cell, visible
from parindex.views.sheet import Cell


def render_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A header line and the rows, each on a line of its own.

    Numbers stand as they are; text that a spreadsheet would take for a formula
    gets an apostrophe in front.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def _cell(value: Cell) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else csv_cell(visible(str(value)))
