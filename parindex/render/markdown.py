"""Sheets as Markdown tables, for reports and issues."""

from decimal import Decimal

from parindex.tables.sheet import Cell, Sheet
from parindex.values.escaping import markdown
from parindex.values.language import Language


def render_markdown(sheet: Sheet, say: Language) -> str:
    """A heading, a table and the notes; text from inputs shows letter by letter."""
    columns = [
        (position, column) for position, column in enumerate(sheet.columns) if column.kind != "bar"
    ]
    lines = [f"## {markdown(sheet.title)}", ""]
    lines.append(_line([markdown(column.title) for _, column in columns]))
    lines.append(_line(["---:" if column.kind == "number" else "---" for _, column in columns]))
    for number, row in enumerate(sheet.rows):
        cells = [_cell(row[position], say) for position, _ in columns]
        if number in sheet.strong:
            cells = [f"**{cell}**" if cell else "" for cell in cells]
        lines.append(_line(cells))
    notes = [line for note in sheet.notes for line in ("", markdown(note))]
    return "\n".join([*lines, *notes, ""])


def _cell(value: Cell, say: Language) -> str:
    if isinstance(value, Decimal):
        return say.number(value)
    return "" if value is None else markdown(str(value))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
