"""A sheet: a small table with a title and notes, before any format is chosen."""

from collections.abc import Collection, Sequence
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


def filled(
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    varied: Collection[str] = (),
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """The columns that say something, and their cells: those `varied` only if they do vary."""
    kept = []
    for position, column in enumerate(columns):
        cells = {row[position] for row in rows}
        if len(cells) > 1 if column.key in varied else cells - {None, ""}:
            kept.append(position)
    return (
        tuple(columns[position] for position in kept),
        tuple(tuple(row[position] for position in kept) for row in rows),
    )


def places(move: int | None) -> str | None:
    """A move in places with its sign; up is positive."""
    return None if move is None else f"{move:+}" if move else "0"
