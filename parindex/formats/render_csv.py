"""Rows as CSV: comma, point and UTF-8, whatever the locale; safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TextIO

from parindex.safe import csv_cell, visible
from parindex.views.sheet import Cell

CsvDialect = Literal["standard", "excel-vi"]
"""`excel-vi` is what a Vietnamese Excel opens right: semicolons, decimal commas, a byte-order mark."""


def write_csv(
    stream: TextIO,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    dialect: CsvDialect = "standard",
) -> None:
    """Write a header and the rows, each on a line of its own, as they come.

    Numbers stand as they are; text that a spreadsheet would take for a formula
    gets an apostrophe in front.
    """
    excel = dialect == "excel-vi"
    if excel:
        stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\n", delimiter=";" if excel else ",")
    writer.writerow(header)
    comma = "," if excel else "."
    writer.writerows([_cell(value, comma) for value in row] for row in rows)


def _cell(value: Cell, comma: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text if comma == "." else text.replace(".", comma)
    return _text(str(value))


@lru_cache(maxsize=65_536)
def _text(text: str) -> str:
    """A cell of text; the same ones come back in row after row."""
    return csv_cell(visible(text))
