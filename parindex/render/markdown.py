"""Tables as Markdown tables, for reports and issues."""

from decimal import Decimal
from typing import TextIO

from parindex.render.formats import Shapes
from parindex.tables.table import Cell, Table
from parindex.values.escaping import markdown, markdown_line
from parindex.values.language import Language


def write(shapes: Shapes, stream: TextIO, say: Language, _dialect: str) -> None:
    """Write the tables one below another."""
    stream.write("\n".join(render_markdown(table, say) for table in shapes.tables))


def render_markdown(table: Table, say: Language) -> str:
    """A heading, a table if it has rows, and the notes; text from inputs shows letter by letter."""
    columns = [
        (position, column) for position, column in enumerate(table.columns) if column.kind != "bar"
    ]
    lines = [f"## {markdown(table.title)}"]
    if table.rows:
        lines += ["", _line([markdown(column.title) for _, column in columns])]
        lines.append(_line(["---:" if column.kind == "number" else "---" for _, column in columns]))
    for number, row in enumerate(table.rows):
        cells = [_cell(row[position], say) for position, _ in columns]
        if number in table.strong:
            cells = [f"**{cell}**" if cell else "" for cell in cells]
        lines.append(_line(cells))
    notes = [line for note in table.notes for line in ("", markdown_line(note))]
    return "\n".join([*lines, *notes, ""])


def _cell(value: Cell, say: Language) -> str:
    if isinstance(value, Decimal):
        return say.number(value)
    return "" if value is None else markdown(str(value))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
