"""Whatever the library gives as a table of HTML, as notebooks show it: all text escaped, no script."""

import os
from collections.abc import Callable, Iterable
from decimal import Decimal
from html import escape
from itertools import islice
from typing import Any, Final

from parindex.analysis.comparison import Comparison
from parindex.analysis.losses import Losses
from parindex.analysis.ranking import Ranking
from parindex.analysis.scenario import Simulation
from parindex.analysis.stability import Stability
from parindex.analysis.target import Target
from parindex.published_figures.trend import Trend
from parindex.scoring.result import Result
from parindex.tables import (
    compare,
    explain,
    losses,
    ranking,
    score,
    simulation,
    stability,
    target,
    trend,
)
from parindex.tables.explanation import Explanation
from parindex.tables.table import Cell, Column, Table
from parindex.values.escaping import xml_text
from parindex.values.language import Language, code_from_environment, language

_MOST: Final = 200
"""Rows of a table that a notebook shows."""
_STRONG: Final = ' style="font-weight:bold"'
_TABLES: Final[dict[type[Any], Callable[[Any, Language], Iterable[Table]]]] = {
    Result: lambda it, say: [score.score_sheet(it, 1, say)],
    Ranking: lambda it, say: [ranking.ranking_sheet(it, say)],
    Losses: losses.losses_sheets,
    Simulation: lambda it, say: [simulation.simulation_sheet(it, it.name, it.peers, say)],
    Target: target.target_sheets,
    Stability: stability.stability_tables,
    Comparison: lambda it, say: compare.comparison_tables(
        compare.Compared(it, it.means, it.of, it.ties, {}, merged=False),
        say,
        detail=len(it.pairs) == 1,
    ),
    Trend: lambda it, say: [trend.trend_table(it, [], say)],
    Explanation: lambda it, say: [explain.explanation_table(it.subject, it.code, say)],
}


def shown(thing: object) -> str | None:
    """The tables that the command prints of a thing, as HTML; None where it has none.

    They are in the language of `PARINDEX_LANG` or else of the system.
    """
    tables = _TABLES.get(type(thing))
    if tables is None:
        return None
    say = language(code_from_environment(os.environ))
    return "\n".join(html_of(table, say) for table in tables(thing, say))


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
