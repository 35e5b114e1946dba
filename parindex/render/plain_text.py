"""Tables as plain text for pipes and files: columns in line, one line a row, nothing drawn.

A terminal has a width to fit and may have colours; that is Rich's work, in
`rich_table`. A pipe has neither, and does without the time to import it.
"""

from decimal import Decimal
from fractions import Fraction
from unicodedata import combining, east_asian_width

from parindex.tables.table import Cell, Column, Table
from parindex.values.escaping import visible
from parindex.values.exact import rounded
from parindex.values.language import Language

BAR = 10
"""Letters in a full bar: one for ten percent."""


def render_text(table: Table, say: Language) -> str:
    """Title, columns and notes; no line ends with spaces. Without rows there are no headings."""
    columns = table.columns
    grid = [[visible(column.title) for column in columns]]
    grid += [[cell_text(row[i], columns[i], say) for i in range(len(row))] for row in table.rows]
    widths = [max(map(width, cells)) for cells in zip(*grid, strict=True)]
    lines = [visible(table.title)]
    for cells in grid if table.rows else ():
        padded = (
            _padded(cell, room, right=column.kind == "number")
            for cell, room, column in zip(cells, widths, columns, strict=True)
        )
        lines.append("  ".join(padded).rstrip())
    return "\n".join([*lines, *map(visible, table.notes), ""])


def cell_text(value: Cell, column: Column, say: Language) -> str:
    """A cell in words: numbers with the language's decimal mark, a dash for a missing one."""
    if column.kind == "bar":
        full = filled(value)
        return "" if full is None else "#" * full + "." * (BAR - full)
    if isinstance(value, Decimal):
        return say.number(value)
    if value is None:
        return "–" if column.kind == "number" else ""
    return visible(str(value))


def filled(value: Cell) -> int | None:
    """How many letters of a bar stand for a percentage, from none to all; None for a missing one."""
    if not isinstance(value, Decimal):
        return None
    return max(0, min(BAR, int(rounded(Fraction(value) * BAR / 100, 0))))


def width(text: str) -> int:
    """Columns that a text takes on a screen: marks take none, East Asian wide letters two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text
    )


def _padded(text: str, room: int, *, right: bool) -> str:
    space = " " * (room - width(text))
    return space + text if right else text + space
