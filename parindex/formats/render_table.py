"""Sheets for a terminal: a Rich table, or plain columns where it is not one."""

from decimal import Decimal
from fractions import Fraction

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from parindex.exact import rounded
from parindex.language import Language
from parindex.safe import visible
from parindex.views.sheet import Cell, Column, Sheet

_BAR = 10
_ROOM_FOR_BARS = 80
"""Terminal columns from which on a bar is shown beside each percentage."""


def render_table(sheet: Sheet, console: Console, say: Language) -> None:
    """Print a sheet: colours and lines on a terminal, plain text elsewhere."""
    drawn = console.is_terminal and not console.no_color
    shown = [
        (position, column)
        for position, column in enumerate(sheet.columns)
        if column.kind != "bar" or console.width >= _ROOM_FOR_BARS
    ]
    table = Table(box=box.ROUNDED if drawn else None, pad_edge=drawn, header_style="bold")
    for _, column in shown:
        right = column.kind == "number"
        table.add_column(
            Text(visible(column.title)),
            justify="right" if right else "left",
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
    if column.kind == "bar":
        return _bar(value, drawn=drawn)
    if isinstance(value, Decimal):
        return Text(say.number(value))
    if value is None:
        return Text("–" if column.kind == "number" else "")
    return Text(visible(str(value)))


def _bar(value: Cell, *, drawn: bool) -> Text:
    if not isinstance(value, Decimal):
        return Text("")
    full = int(rounded(Fraction(value) * _BAR / 100, 0))
    if not drawn:
        return Text("#" * full + "." * (_BAR - full))
    return Text("█" * full, style="green") + Text("░" * (_BAR - full), style="dim")
