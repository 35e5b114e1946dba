"""A report laid out for paper, before it is Word or PDF: numbered, its tables measured.

Every text in it is what is to be seen, letter by letter, and safe in XML and JSON.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.parts import in_words
from parindex.office.documents.columns import table_columns
from parindex.office.reports.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Report,
    TableBlock,
    Traces,
)
from parindex.office.reports.head import Head, head_of
from parindex.office.reports.numbering import by_direction, numbered
from parindex.render.plain_text import cell_text
from parindex.tables.table import Table
from parindex.values.escaping import xml_text
from parindex.values.language import Language, LanguageCode, language


class PaperHeading(Struct, frozen=True, tag="heading"):
    """A heading with its number."""

    text: str
    level: int


class PaperText(Struct, frozen=True, tag="text"):
    """A paragraph; `bullet` is whether it is one of several short points."""

    text: str
    bullet: bool = False


class PaperTable(Struct, frozen=True, tag="table"):
    """Rows of texts. `widths` are points that fill the page, `size` is that of the letters.

    A `wide` one lies across; a `whole` one is short enough never to break between pages.
    """

    caption: str
    wide: bool
    whole: bool
    size: int
    widths: tuple[int, ...]
    numeric: tuple[bool, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: tuple[int, ...]
    notes: tuple[str, ...]


class PaperChart(Struct, frozen=True, tag="chart"):
    """A picture with its caption; `alt` says in words what it shows."""

    caption: str
    alt: str
    chart: Chart


_LEAST, _LEAST_OF_SHORT = 11, 9
"""Sizes of letters below which a table, and a short one, lies across if it may."""
_SHORT = 15
_FEW_LETTERS = 1_500
_DOTS = 31

PaperBlock = PaperHeading | PaperText | PaperTable | PaperChart


class Pages(Struct, frozen=True):
    """Blocks on pages of one direction; `wide` ones lie across."""

    wide: bool
    blocks: tuple[PaperBlock, ...]


class Paper(Struct, frozen=True):
    """The whole document: `annex` follows the signature."""

    lang: LanguageCode
    head: Head
    body: tuple[Pages, ...]
    annex: tuple[Pages, ...]


def paper(report: Report) -> Paper:
    """The report laid out."""
    say = language(report.lang)
    blocks = list(numbered(report))
    body = [(title, block) for title, block in blocks if not isinstance(block, Traces)]
    annexes = tuple(
        _annex(title, block, say) for title, block in blocks if isinstance(block, Traces)
    )
    return Paper(report.lang, _clean(head_of(report)), tuple(_pages(body, say)), annexes)


def _clean(head: Head) -> Head:
    fields: dict[str, Any] = {
        name: xml_text(value) if isinstance(value, str) else tuple(map(xml_text, value))
        for name, value in msgspec.structs.asdict(head).items()
    }
    return Head(**fields)


def _pages(blocks: Iterable[tuple[str, Block]], say: Language) -> Iterator[Pages]:
    """The blocks by the direction of their page; a heading goes with what follows it."""
    laid_out = [_laid_out(title, block, say) for title, block in blocks]

    def is_heading(drawn: list[PaperBlock]) -> bool:
        return any(isinstance(each, PaperHeading) for each in drawn)

    def is_wide(drawn: list[PaperBlock]) -> bool:
        return any(isinstance(each, PaperTable) and each.wide for each in drawn)

    for wide, run in by_direction(laid_out, is_heading, is_wide):
        yield Pages(wide, tuple(chain.from_iterable(run)))


def _annex(title: str, traces: Traces, say: Language) -> Pages:
    tables = [_table(sheet.title, sheet, say, wide=False) for sheet in traces.sheets]
    return Pages(wide=False, blocks=(PaperHeading(xml_text(title), 1), *tables))


def _laid_out(title: str, block: Block, say: Language) -> list[PaperBlock]:
    match block:
        case Heading():
            return [PaperHeading(xml_text(title), block.level)]
        case Paragraph():
            return [PaperText(_open(xml_text(block.text)))]
        case Bullets():
            return [PaperText(xml_text(f"- {item}"), bullet=True) for item in block.items]
        case TableBlock():
            return [_table(title, block.sheet, say, wide=block.wide)]
        case Chart():
            words = xml_text(f"{block.title}. {in_words(block, say)}")
            return [PaperChart(xml_text(title), words, _drawable(block))]
        case _:
            return []


def _table(caption: str, sheet: Table, say: Language, *, wide: bool) -> PaperTable:
    kept = [at for at, column in enumerate(sheet.columns) if column.kind != "bar"]
    columns = [sheet.columns[at] for at in kept]
    header = tuple(xml_text(column.title) for column in columns)
    rows = tuple(
        tuple(xml_text(cell_text(row[at], sheet.columns[at], say)) for at in kept)
        for row in sheet.rows
    )
    size, widths = table_columns(columns, header, rows, wide=False)
    wide = wide and size < (_LEAST_OF_SHORT if len(rows) <= _SHORT else _LEAST)
    if wide:
        size, widths = table_columns(columns, header, rows, wide=True)
    return PaperTable(
        xml_text(caption),
        wide,
        len(rows) <= _SHORT and sum(map(len, chain(*rows))) <= _FEW_LETTERS,
        size,
        widths,
        tuple(column.kind == "number" for column in columns),
        header,
        rows,
        tuple(sorted(sheet.strong)),
        tuple(map(xml_text, sheet.notes)),
    )


def _open(text: str) -> str:
    """Dots to write on fill one line, however many there are."""
    return text if text.strip("… ") or not text else "…" * _DOTS


def _drawable(chart: Chart) -> Chart:
    series = tuple(Series(xml_text(each.name), each.values) for each in chart.series)
    labels = tuple(map(xml_text, chart.labels))
    return replace(chart, title=xml_text(chart.title), labels=labels, series=series)
