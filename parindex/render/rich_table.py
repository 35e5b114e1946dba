"""Tables on a terminal, as Rich tables that fit its width."""

import os
from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from parindex.render.plain_text import BAR, cell_text, filled, width
from parindex.tables.table import Cell, Column, Table
from parindex.values.escaping import visible
from parindex.values.language import Language

_ROOM_FOR_BARS = 80
"""Terminal columns from which on a bar is shown beside each percentage."""
_ROOM_FOR_TEXT = 12
"""Terminal columns that a column of text needs to be read."""


def draw_tables(tables: Sequence[Table], stream: TextIO, say: Language) -> None:
    """Print tables on a terminal, with a line between them."""
    plain = "NO_COLOR" in os.environ
    screen = Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None if plain else "auto",
    )
    for number, table in enumerate(tables):
        if number:
            screen.print()
        render_table(table, screen, say)


def render_table(table: Table, console: Console, say: Language) -> None:
    """Print a table: with colours and lines, or plain where the user wants no colour.

    Codes and numbers are never cut off: where they do not fit, each row
    becomes some lines of its own.
    """
    drawn = console.color_system is not None
    shown = [
        position
        for position, column in enumerate(table.columns)
        if column.kind != "bar" or console.width >= _ROOM_FOR_BARS
    ]
    console.print(Text(visible(table.title), style="bold"))
    if table.rows and _needed(table, shown, say) > console.width:
        _print_stacked(table, console, say)
    elif table.rows:
        console.print(_grid(table, shown, say, drawn=drawn))
    for note in table.notes:
        console.print(Text(visible(note)))


def _needed(table: Table, shown: Sequence[int], say: Language) -> int:
    """The terminal columns that the table needs at least."""
    needed = 2 * len(shown)
    for position in shown:
        column = table.columns[position]
        if column.kind == "text":
            needed += _ROOM_FOR_TEXT
        else:
            cells = [cell_text(row[position], column, say) for row in table.rows]
            needed += max(map(width, [column.title, *cells]))
    return needed


def _grid(table: Table, shown: Sequence[int], say: Language, *, drawn: bool) -> Grid:
    look = box.SIMPLE_HEAD if drawn else None
    grid = Grid(box=look, pad_edge=False, header_style="bold")
    for position in shown:
        column = table.columns[position]
        grid.add_column(
            Text(visible(column.title)),
            justify="right" if column.kind == "number" else "left",
            no_wrap=column.kind != "text",
            overflow="fold",
        )
    for number, row in enumerate(table.rows):
        cells = [_cell(row[i], table.columns[i], say, drawn=drawn) for i in shown]
        strong = number in table.strong
        if strong and drawn:
            grid.add_section()
        grid.add_row(*cells, style="bold" if strong else None)
    return grid


def _cell(value: Cell, column: Column, say: Language, *, drawn: bool) -> Text:
    full = filled(value) if column.kind == "bar" else None
    if drawn and full is not None:
        return Text("█" * full, style="green") + Text("░" * (BAR - full), style="dim")
    return Text(cell_text(value, column, say))


def _print_stacked(table: Table, console: Console, say: Language) -> None:
    """Each row as a heading of its code and texts, and a line for each figure."""
    for row in table.rows:
        told = [
            (column, cell_text(value, column, say))
            for value, column in zip(row, table.columns, strict=True)
            if column.kind != "bar"
        ]
        heading = "  ".join(text for column, text in told if column.kind != "number" and text)
        console.print(Text(heading, style="bold"))
        for column, text in told:
            if column.kind == "number":
                console.print(Text(f"  {visible(column.title)}: {text}"))
