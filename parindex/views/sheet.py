"""A sheet: a small table with a title and notes, before any format is chosen."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

Cell = str | Decimal | int | None
"""Text, or a number already rounded as it is to be printed; None is an empty cell."""

ColumnKind = Literal["text", "code", "number", "bar"]


class Column(Struct, frozen=True):
    """One column: `key` for programs, `title` for people.

    A `bar` column holds percentages and shows them as bars where there is room.
    """

    key: str
    title: str
    kind: ColumnKind = "text"


class Sheet(Struct, frozen=True):
    """Rows of cells under columns; `strong` are the positions of rows to stand out."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
