"""Tables for people: drawn on a terminal, as plain text in pipes and files."""

from collections.abc import Sequence
from typing import TextIO

from parindex.render.formats import Shapes
from parindex.tables.table import Table
from parindex.values.language import Language


def write(shapes: Shapes, stream: TextIO, say: Language, _dialect: str) -> None:
    """Write the tables of a command."""
    write_tables(list(shapes.tables), stream, say)


def write_tables(tables: Sequence[Table], stream: TextIO, say: Language) -> None:
    """Write tables one below another: drawn on a terminal, as plain text elsewhere."""
    if stream.isatty():
        from parindex.render.rich_table import draw_tables

        draw_tables(tables, stream, say)
    else:
        from parindex.render.plain_text import render_text

        stream.write("\n".join(render_text(table, say) for table in tables))
