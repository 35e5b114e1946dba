"""A report as one HTML file: it needs no network, runs no script, and prints on A4.

The page stands in `templates/report.html` and `report.css`. Jinja escapes every
text, and the page itself forbids whatever is not its own style.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from parindex.office.reports.blocks import (
    Block,
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Report,
    TableBlock,
    Traces,
)
from parindex.office.reports.head import head_of
from parindex.office.reports.numbering import numbered
from parindex.render.plain_text import cell_text
from parindex.tables.table import Cell, Column, Table
from parindex.values.escaping import xml_text
from parindex.values.language import Language, language

if TYPE_CHECKING:
    from jinja2 import Template

_CONTENTS: Final = 4
"""Headings from which on a list of them stands at the top."""
_SHORT: Final = 18
"""Letters up to which a text is not broken into lines."""


class Part(Struct, frozen=True):
    """One block for the page: its kind and title, and the one field that this kind has."""

    kind: str
    title: str = ""
    id: str = ""
    level: int = 0
    lines: tuple[str, ...] = ()
    chart: str = ""
    wide: bool = False
    tables: tuple["Grid", ...] = ()


class Grid(Struct, frozen=True):
    """A sheet for the page."""

    title: str
    columns: tuple["Field", ...]
    rows: tuple["Row", ...]
    notes: tuple[str, ...]


class Field(Struct, frozen=True):
    """A header or a cell: its text, how it looks, and how long its bar is, in percent."""

    text: str
    look: str
    tag: str = "td"
    bar: str | None = None


class Row(Struct, frozen=True):
    """Cells of one row."""

    cells: tuple[Field, ...]
    strong: bool


def render_html(report: Report) -> str:
    """The page; the same text for the same report."""
    say = language(report.lang)
    parts = tuple(
        _part(title, block, at, say) for at, (title, block) in enumerate(numbered(report))
    )
    headings = [part for part in parts if part.kind == "heading"]
    return _template().render(
        lang=report.lang,
        head=head_of(report),
        contents=headings if len(headings) >= _CONTENTS else [],
        contents_title=say("Contents"),
        pages=list(_pages(part for part in parts if part.kind != "annex")),
        annexes=[part for part in parts if part.kind == "annex"],
    )


def _pages(parts: Iterable[Part]) -> Iterator[tuple[bool, list[Part]]]:
    """Parts by the direction of their paper: across or not; headings go with what follows."""
    across, run, held = False, list[Part](), list[Part]()
    for part in parts:
        if part.kind == "heading":
            held.append(part)
            continue
        if part.wide != across and run:
            yield across, run
            run = []
        across, run, held = part.wide, [*run, *held, part], []
    yield across, [*run, *held]


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    page = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: xml_text(value) if type(value) is str else value,
    )
    return page.get_template("report.html")


def _part(title: str, block: Block, at: int, say: Language) -> Part:
    own = f"part-{at}"
    match block:
        case Heading():
            return Part("heading", title, own, level=block.level)
        case Paragraph():
            return Part("text", lines=(block.text,))
        case Bullets():
            return Part("bullets", lines=block.items)
        case TableBlock():
            grid = _grid(title, block.sheet, say)
            return Part("table", title, own, wide=block.wide, tables=(grid,))
        case Traces():
            grids = tuple(_grid(sheet.title, sheet, say) for sheet in block.sheets)
            return Part("annex", title, own, tables=grids)
        case Chart():
            return Part("chart", title, own, chart=_drawn(block, own, say))


def _drawn(chart: Chart, name: str, say: Language) -> str:
    from markupsafe import Markup

    from parindex.office.documents.charts import svg

    return Markup(svg(chart, say.code, name=name))  # noqa: S704 - escaped as XML


def _grid(title: str, sheet: Table, say: Language) -> Grid:
    texts = [
        [cell_text(row[at], column, say) for row in sheet.rows]
        for at, column in enumerate(sheet.columns)
    ]
    looks = [_look(column, each) for column, each in zip(sheet.columns, texts, strict=True)]
    named = next((at for at, column in enumerate(sheet.columns) if column.kind == "text"), 0)
    columns = tuple(
        Field(column.title, look, "th") for column, look in zip(sheet.columns, looks, strict=True)
    )
    rows = tuple(
        Row(tuple(_cells(sheet, row, looks, named, say)), number in sheet.strong)
        for number, row in enumerate(sheet.rows)
    )
    return Grid(title, columns, rows, sheet.notes)


def _cells(
    sheet: Table, row: tuple[Cell, ...], looks: list[str], named: int, say: Language
) -> Iterator[Field]:
    for at, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
        if column.kind != "bar":
            tag = "th" if at == named else "td"
            yield Field(cell_text(value, column, say), looks[at], tag)
        elif isinstance(value, Decimal):
            length = min(max(value, Decimal(0)), Decimal(100))
            yield Field(f"{say.number(value)} %", "bar", bar=f"{length:f}")
        else:
            yield Field("", "bar")


def _look(column: Column, texts: list[str]) -> str:
    """The class of a column: long texts get room and break, empty ones room to write in."""
    if column.kind != "text":
        return column.kind
    if not any(texts):
        return "blank"
    return "text" if all(len(text) <= _SHORT for text in texts) else "long"
