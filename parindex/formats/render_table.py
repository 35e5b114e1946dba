"""Sheets on a terminal, as Rich tables that fit its width."""

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from parindex.formats.render_text import BAR, cell_text, filled
from parindex.language import Language
from parindex.safe import visible
from parindex.views.sheet import Cell, Column, Sheet

_ROOM_FOR_BARS = 80
"""Terminal columns from which on a bar is shown beside each percentage."""


def render_table(sheet: Sheet, console: Console, say: Language) -> None:
    """Print a sheet: with colours and lines, or plain where the user wants no colour."""
    drawn = console.color_system is not None
    shown = [
        (position, column)
        for position, column in enumerate(sheet.columns)
        if column.kind != "bar" or console.width >= _ROOM_FOR_BARS
    ]
    table = Table(box=box.SIMPLE_HEAD if drawn else None, pad_edge=False, header_style="bold")
    for _, column in shown:
        table.add_column(
            Text(visible(column.title)),
            justify="right" if column.kind == "number" else "left",
            no_wrap=column.kind != "text",
            overflow="fold",
        )
    for number, row in enumerate(sheet.rows):
        cells = [_cell(row[position], column, say, drawn=drawn) for position, column in shown]
        strong = number in sheet.strong
        if strong and drawn:
            table.add_section()
        table.add_row(*cells, style="bold" if strong else None)
    console.print(Text(visible(sheet.title), style="bold"))
    console.print(table)
    for note in sheet.notes:
        console.print(Text(visible(note)))


def _cell(value: Cell, column: Column, say: Language, *, drawn: bool) -> Text:
    full = filled(value) if column.kind == "bar" else None
    if drawn and full is not None:
        return Text("█" * full, style="green") + Text("░" * (BAR - full), style="dim")
    return Text(cell_text(value, column, say))
