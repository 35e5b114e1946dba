"""Rows as CSV: comma, point and UTF-8, whatever the locale; safe to open in a spreadsheet."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, TextIO

from parindex.render.formats import Shapes
from parindex.tables.figures import rows_of
from parindex.tables.table import Cell
from parindex.values.escaping import csv_cell, visible
from parindex.values.language import Language

_MOST_TEXTS: Final = 65_536
_APART: Final = re.compile('[",;\t\r\n]')
"""What parts cells in some spreadsheet, whichever of them this table has."""


def write(shapes: Shapes, stream: TextIO, _say: Language, dialect: str) -> None:
    """Write the rows of a command."""
    if shapes.lines is not None:
        stream.writelines(shapes.lines(dialect))
        return
    write_csv(stream, shapes.columns, rows_of(shapes.rows, shapes.columns), dialect)


def write_csv(
    stream: TextIO,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    dialect: str = "standard",
) -> None:
    """Write a header and the rows, each on a line of its own, as they come.

    Numbers stand as they are; text that a spreadsheet would take for a formula
    gets an apostrophe in front, and quotes where any spreadsheet would part it. The dialect `excel-vi` is what a Vietnamese Excel opens
    right: semicolons, decimal commas, a byte-order mark.
    """
    text = CsvText(dialect)
    stream.write(text.start + text.line(header))
    stream.writelines(map(text.line, rows))


class CsvText:
    """Rows as lines in one dialect; cells of text that came before are not made again.

    `start` is what a file begins with, `separator` and `mark` part cells and decimals.
    """

    def __init__(self, dialect: str = "standard") -> None:
        excel = dialect == "excel-vi"
        self.start = "\ufeff" if excel else ""
        self.separator, self.mark = (";", ",") if excel else (",", ".")
        self._number, self._text = _comma if excel else _point, _Texts()

    def line(self, row: Sequence[Cell]) -> str:
        """One row."""
        text, number = self._text, self._number
        return (
            self.separator.join(
                [
                    ""
                    if value is None
                    else text[value]
                    if isinstance(value, str)
                    else number(value)
                    for value in row
                ]
            )
            + "\n"
        )


class _Texts(dict[str, str]):
    """Cells of text, made once: the same ones come back in row after row."""

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_TEXTS:
            self.clear()
        cell = csv_cell(visible(text))
        if _APART.search(cell):
            cell = '"' + cell.replace('"', '""') + '"'
        self[text] = cell
        return cell


def _point(value: Decimal | int) -> str:
    text = str(value)
    return f"{value:f}" if "E" in text else text


def _comma(value: Decimal | int) -> str:
    return _point(value).replace(".", ",")
