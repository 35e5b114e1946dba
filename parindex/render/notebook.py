"""Whatever the library gives as a table of HTML, as notebooks show it: all text escaped, no script."""

import os
from decimal import Decimal
from html import escape
from itertools import islice
from typing import Any, Final

from parindex.tables.table import Cell, Column, Table
from parindex.tables.written import kind_of, written
from parindex.values.as_data import Several
from parindex.values.escaping import xml_text
from parindex.values.language import Language, code_from_environment, language

_MOST: Final = 200
"""Rows of a table that a notebook shows."""
_MOST_TABLES: Final = 20
"""Tables of several things that a notebook shows."""
_STRONG: Final = ' style="font-weight:bold"'


def shown(thing: Any) -> str | None:
    """The tables that the command prints of a thing or of several, as HTML; None where it has none.

    They are in the language of `PARINDEX_LANG` or else of the system.
    """
    form = written(kind_of(thing))
    if form is None:
        return None
    say = language(code_from_environment(os.environ))
    things = thing if isinstance(thing, Several) else [thing]
    tables = iter(form.tables(things, say))
    found = [html_of(table, say) for table in islice(tables, _MOST_TABLES)]
    left = sum(1 for _ in tables)
    return "\n".join([*found, *([f"<p>… {left}</p>"] if left else [])]) or None


def html_of(table: Table, say: Language) -> str:
    """One table, with its title above and its notes below."""
    heads = "".join(f"<th>{_text(column.title)}</th>" for column in table.columns)
    rows = [
        "".join(_cell(cell, column, say) for cell, column in zip(row, table.columns, strict=True))
        for row in islice(table.rows, _MOST)
    ]
    strong = table.strong
    body = "".join(
        f"<tr{_STRONG if at in strong else ''}>{row}</tr>" for at, row in enumerate(rows)
    )
    left = len(table.rows) - len(rows)
    notes = [*table.notes, *([f"… {left}"] if left else [])]
    return (
        f"<table><caption>{_text(table.title)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table>" + "".join(f"<p>{_text(note)}</p>" for note in notes)
    )


def _cell(cell: Cell, column: Column, say: Language) -> str:
    number = isinstance(cell, Decimal | int)
    if isinstance(cell, Decimal | int) and column.kind == "bar":
        width = f"{max(Decimal(0), min(Decimal(100), Decimal(cell))):f}"
        return f'<td><div style="width:{width}px;height:0.7em;background:#5b7fa6"></div></td>'
    text = (
        say.figures(f"{cell:f}") if isinstance(cell, Decimal) else "" if cell is None else str(cell)
    )
    align = ' style="text-align:right"' if number or column.kind in ("number", "bar") else ""
    return f"<td{align}>{_text(text)}</td>"


def _text(text: str) -> str:
    return escape(xml_text(text))
