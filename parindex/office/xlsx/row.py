"""A row of a table, and what its cells hold: figures, sums of other rows, or sums that were pasted."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from parindex.office.xlsx.cells import Cell, column_letters, number_in
from parindex.office.xlsx.headings import POINTS
from parindex.reading.codes import unseen_removed
from parindex.scheme.scheme import Scheme

_REFERENCE: Final = re.compile(r"(?<![A-Za-z0-9!'\".])\$?([A-Z]{1,3})\$?([0-9]{1,7})(?![0-9(])")
_NOISE: Final = Decimal("0.000000001")
"""What sums of binary floats may be off."""


class Row(Struct):
    """A row with a score: its number, its code, the cell of a list that it is, and its cells."""

    number: int
    code: str
    item: str
    cells: dict[str, Cell]

    @property
    def scores(self) -> list[str]:
        """The columns of points that hold something."""
        return [name for name in POINTS if name in self.cells]


def without_unseen(cell: Cell) -> Cell:
    """The cell without letters that nobody sees; what else is in a text stays as it is."""
    if cell.text.isascii():
        return cell
    text = unseen_removed(cell.text)
    return cell if text == cell.text else replace(cell, text=text.strip())


def is_held(cell: Cell) -> bool:
    """Whether a cell holds something: also a formula whose value no program has stored."""
    return bool(cell.text) or cell.kind == "unsaved"


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, or a text that begins as one does."""
    return cell.kind != "text" or bool(re.match(r"[-+]?[.,]?[0-9]", cell.text))


def adds_up(cell: Cell, row: int, column: int) -> bool:
    """Whether a cell is worked out from others of its own column."""
    letters = column_letters(column)
    return any(
        name == letters and int(number) != row for name, number in _REFERENCE.findall(cell.formula)
    )


def refers_to(formula: str, row: int, column: int) -> bool:
    """Whether a formula works with this cell of its own sheet."""
    return (column_letters(column), str(row)) in _REFERENCE.findall(formula)


def pasted_sums(rows: Iterable[Row], scheme: Scheme) -> dict[int, list[str]]:
    """The columns in which a row of a template holds the sum of the rows below it, as a value.

    So it is after "paste values": the template's sums leave out what parindex
    computes, and are no scores.
    """
    by_code = {row.code: row for row in rows if not row.item}
    found: dict[int, list[str]] = {}
    for row in by_code.values():
        criterion = scheme.by_code.get(row.code)
        children = criterion.children if criterion else ()
        for name in row.scores if children else ():
            below = [by_code.get(child.code) for child in children]
            parts = [number_in(each.cells.get(name)) for each in below if each]
            given = [part for part in parts if part is not None]
            whole = number_in(row.cells[name])
            if given and whole is not None and abs(sum(given) - whole) < _NOISE:
                found.setdefault(row.number, []).append(name)
    return found
