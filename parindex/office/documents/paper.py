"""A report laid out for paper, before it is Word or PDF: numbered, its tables measured.

Every text in it is what is to be seen, letter by letter, and safe in XML and JSON.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.parts import in_words
from parindex.office.documents.columns import table_columns
from parindex.office.documents.joined import joined
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
from parindex.office.reports.numbering import numbered
from parindex.render.plain_text import cell_text
from parindex.tables.table import Table
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
_WHOLE, _FEW_LETTERS = 10, 900
"""Rows and letters up to which a table stays whole: more would leave too much of a page empty."""
_DOTS = 31

PaperBlock = PaperHeading | PaperText | PaperTable | PaperChart


class Pages(Struct, frozen=True):
    """Blocks on pages of one direction; `wide` ones lie across."""

    wide: bool
    blocks: tuple[PaperBlock, ...]


class Paper(Struct, frozen=True):
    """The whole document: `annex` follows the signature, first the tables that lie across.

    Among upright pages those would leave one half empty before them and another behind.
    """

    lang: LanguageCode
    head: Head
    body: tuple[Pages, ...]
    annex: tuple[Pages, ...]


def paper(report: Report) -> Paper:
    """The report laid out."""
    say = language(report.lang)
    blocks = list(numbered(report))
    body = [(title, block) for title, block in blocks if not isinstance(block, Traces)]
    upright, across = _parted(body, say)
    annexes = [_annex(title, block, say) for title, block in blocks if isinstance(block, Traces)]
    if across:
        annexes.insert(0, Pages(wide=True, blocks=across))
    head = _clean(head_of(report))
    return Paper(report.lang, head, (Pages(wide=False, blocks=upright),), tuple(annexes))


def _clean(head: Head) -> Head:
    fields: dict[str, Any] = {
        name: joined(value) if isinstance(value, str) else tuple(map(joined, value))
        for name, value in msgspec.structs.asdict(head).items()
    }
    return Head(**fields)


def _parted(
    blocks: Iterable[tuple[str, Block]], say: Language
) -> tuple[tuple[PaperBlock, ...], tuple[PaperBlock, ...]]:
    """The blocks on upright pages, and the tables that lie across, to which a line points."""
    upright: list[PaperBlock] = []
    across: list[PaperBlock] = []
    for each in chain.from_iterable(_laid_out(title, block, say) for title, block in blocks):
        if isinstance(each, PaperTable) and each.wide:
            across.append(each)
            upright.append(PaperText(say("{title}: after the signature.", title=each.caption)))
        else:
            upright.append(each)
    return tuple(upright), tuple(across)


def _annex(title: str, traces: Traces, say: Language) -> Pages:
    tables = [_table(sheet.title, sheet, say, wide=False) for sheet in traces.sheets]
    notes = (PaperText(joined(note)) for note in traces.notes)
    return Pages(wide=False, blocks=(PaperHeading(joined(title), 1), *notes, *tables))


def _laid_out(title: str, block: Block, say: Language) -> list[PaperBlock]:
    match block:
        case Heading():
            return [PaperHeading(joined(title), block.level)]
        case Paragraph():
            return [PaperText(_open(joined(block.text)))]
        case Bullets():
            return [PaperText(joined(f"- {item}"), bullet=True) for item in block.items]
        case TableBlock():
            return [_table(title, block.sheet, say, wide=block.wide)]
        case Chart():
            words = joined(f"{block.title}. {in_words(block, say)}")
            return [PaperChart(joined(title), words, _drawable(block))]
        case _:
            return []


def _table(caption: str, sheet: Table, say: Language, *, wide: bool) -> PaperTable:
    kept = [at for at, column in enumerate(sheet.columns) if column.kind != "bar"]
    columns = [sheet.columns[at] for at in kept]
    header = tuple(joined(column.title) for column in columns)
    rows = tuple(
        tuple(joined(cell_text(row[at], sheet.columns[at], say)) for at in kept)
        for row in sheet.rows
    )
    size, widths = table_columns(columns, header, rows, wide=False)
    wide = wide and size < (_LEAST_OF_SHORT if len(rows) <= _SHORT else _LEAST)
    if wide:
        size, widths = table_columns(columns, header, rows, wide=True)
    return PaperTable(
        joined(caption),
        wide,
        len(rows) <= _WHOLE and sum(map(len, chain(*rows))) <= _FEW_LETTERS,
        size,
        widths,
        tuple(column.kind == "number" for column in columns),
        header,
        rows,
        tuple(sorted(sheet.strong)),
        tuple(map(joined, sheet.notes)),
    )


def _open(text: str) -> str:
    """Dots to write on fill one line, however many there are."""
    return text if text.strip("… ") or not text else "…" * _DOTS


def _drawable(chart: Chart) -> Chart:
    series = tuple(Series(joined(each.name), each.values) for each in chart.series)
    labels = tuple(map(joined, chart.labels))
    return replace(chart, title=joined(chart.title), labels=labels, series=series)
