"""Sheets on a terminal, as Rich tables that fit its width."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from parindex.render.plain_text import BAR, cell_text, filled, width
from parindex.tables.sheet import Cell, Column, Sheet
from parindex.values.escaping import visible
from parindex.values.language import Language

_ROOM_FOR_BARS = 80
"""Terminal columns from which on a bar is shown beside each percentage."""
_ROOM_FOR_TEXT = 12
"""Terminal columns that a column of text needs to be read."""


def render_table(sheet: Sheet, console: Console, say: Language) -> None:
    """Print a sheet: with colours and lines, or plain where the user wants no colour.

    Codes and numbers are never cut off: where they do not fit, each row
    becomes some lines of its own.
    """
    drawn = console.color_system is not None
    shown = [
        position
        for position, column in enumerate(sheet.columns)
        if column.kind != "bar" or console.width >= _ROOM_FOR_BARS
    ]
    console.print(Text(visible(sheet.title), style="bold"))
    if _needed(sheet, shown, say) > console.width:
        _print_stacked(sheet, console, say)
    else:
        console.print(_table(sheet, shown, say, drawn=drawn))
    for note in sheet.notes:
        console.print(Text(visible(note)))


def _needed(sheet: Sheet, shown: Sequence[int], say: Language) -> int:
    """The terminal columns that the table needs at least."""
    needed = 2 * len(shown)
    for position in shown:
        column = sheet.columns[position]
        if column.kind == "text":
            needed += _ROOM_FOR_TEXT
        else:
            cells = [cell_text(row[position], column, say) for row in sheet.rows]
            needed += max(map(width, [column.title, *cells]))
    return needed


def _table(sheet: Sheet, shown: Sequence[int], say: Language, *, drawn: bool) -> Table:
    look = box.SIMPLE_HEAD if drawn else None
    table = Table(box=look, pad_edge=False, header_style="bold")
    for position in shown:
        column = sheet.columns[position]
        table.add_column(
            Text(visible(column.title)),
            justify="right" if column.kind == "number" else "left",
            no_wrap=column.kind != "text",
            overflow="fold",
        )
    for number, row in enumerate(sheet.rows):
        cells = [_cell(row[i], sheet.columns[i], say, drawn=drawn) for i in shown]
        strong = number in sheet.strong
        if strong and drawn:
            table.add_section()
        table.add_row(*cells, style="bold" if strong else None)
    return table


def _cell(value: Cell, column: Column, say: Language, *, drawn: bool) -> Text:
    full = filled(value) if column.kind == "bar" else None
    if drawn and full is not None:
        return Text("█" * full, style="green") + Text("░" * (BAR - full), style="dim")
    return Text(cell_text(value, column, say))


def _print_stacked(sheet: Sheet, console: Console, say: Language) -> None:
    """Each row as a heading of its code and texts, and a line for each figure."""
    for row in sheet.rows:
        told = [
            (column, cell_text(value, column, say))
            for value, column in zip(row, sheet.columns, strict=True)
            if column.kind != "bar"
        ]
        heading = "  ".join(text for column, text in told if column.kind != "number" and text)
        console.print(Text(heading, style="bold"))
        for column, text in told:
            if column.kind == "number":
                console.print(Text(f"  {visible(column.title)}: {text}"))
