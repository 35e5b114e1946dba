"""A report as one HTML file: it needs no network, runs no script, and prints on A4.

The page stands in `templates/report.html` and `report.css`. Jinja escapes every
text, and the page itself forbids whatever is not its own style.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from parindex.office.charts.chart import Chart
from parindex.office.documents.joined import joined
from parindex.office.documents.size import check_size
from parindex.office.reports.blocks import Block, Report, TableBlock, Traces
from parindex.office.reports.head import head_of
from parindex.office.reports.numbering import by_direction, numbered
from parindex.render.plain_text import cell_text
from parindex.tables.table import Cell, Column, Table
from parindex.values.language import Language, language

if TYPE_CHECKING:
    from jinja2 import Template

_CONTENTS: Final = 4
"""Headings from which on a list of them stands at the top."""
_SHORT: Final = 18
"""Letters up to which a text is not broken into lines."""


def render_html(report: Report) -> str:
    """The page; the same text for the same report."""
    check_size(report, "html")
    say = language(report.lang)
    parts = tuple(
        _part(title, block, at, say) for at, (title, block) in enumerate(numbered(report))
    )
    headings = [part for part in parts if part["kind"] == "Heading"]
    body = [part for part in parts if part["kind"] != "Traces"]
    return template("report.html").render(
        lang=report.lang,
        names=report.names,
        head=head_of(report),
        contents=headings if len(headings) >= _CONTENTS else [],
        contents_title=say("Contents"),
        pages=list(
            by_direction(body, lambda part: part["kind"] == "Heading", lambda part: part["wide"])
        ),
        annexes=[part for part in parts if part["kind"] == "Traces"],
    )


@cache
def template(name: str) -> "Template":
    """A page of `templates`, which escapes every text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context

    page = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=pass_context(_joined),
    )
    return page.get_template(name)


def _joined(context: Mapping[str, Any], value: object) -> object:
    """A text of the page with its spaces at which no line may end; anything else as it is."""
    return joined(value, context.get("names", ())) if type(value) is str else value


def _part(title: str, block: Block, at: int, say: Language) -> dict[str, Any]:
    """One block for the page: its kind, its title, and its tables or chart as they are drawn."""
    own = f"part-{at}"
    drawn: Any = None
    match block:
        case TableBlock():
            drawn = grid(title, block.sheet, say)
        case Traces():
            drawn = [grid(sheet.title, sheet, say) for sheet in block.sheets]
        case Chart():
            from markupsafe import Markup

            from parindex.office.charts.drawing import svg

            drawn = Markup(svg(block, say.code, name=own))  # noqa: S704 - escaped as XML
    return {
        "kind": type(block).__name__,
        "title": title,
        "id": own,
        "block": block,
        "drawn": drawn,
        "wide": isinstance(block, TableBlock) and block.wide,
    }


def grid(title: str, sheet: Table, say: Language) -> dict[str, Any]:
    """A table for a page: texts, how they look, and how long a bar is, in percent."""
    texts = [
        [cell_text(row[at], column, say) for row in sheet.rows]
        for at, column in enumerate(sheet.columns)
    ]
    looks = [_look(column, each) for column, each in zip(sheet.columns, texts, strict=True)]
    named = next((at for at, column in enumerate(sheet.columns) if column.kind == "text"), 0)
    titles = [column.title for column in sheet.columns]
    return {
        "title": title,
        "columns": [{"text": t, "look": look} for t, look in zip(titles, looks, strict=True)],
        "rows": [
            {
                "strong": number in sheet.strong,
                "cells": [
                    {
                        "text": texts[at][number],
                        "look": looks[at],
                        "is_name": at == named,
                        "bar": _bar(row[at], say) if column.kind == "bar" else None,
                    }
                    for at, column in enumerate(sheet.columns)
                ],
            }
            for number, row in enumerate(sheet.rows)
        ],
        "notes": sheet.notes,
    }


def _bar(value: Cell, say: Language) -> tuple[str, str]:
    """The figure of a bar, and its length in percent; both empty where it is not known."""
    if not isinstance(value, Decimal):
        return "", ""
    return say.percent(value), f"{min(max(value, Decimal(0)), Decimal(100)):f}"


def _look(column: Column, texts: list[str]) -> str:
    """The class of a column: long texts get room and break, empty ones room to write in."""
    if column.kind != "text":
        return column.kind
    if not any(texts):
        return "blank"
    return "text" if all(len(text) <= _SHORT for text in texts) else "long"
