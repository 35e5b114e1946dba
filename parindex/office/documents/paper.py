"""A report laid out for paper, before it is Word or PDF: numbered, its tables measured.

Every text in it is what is to be seen, letter by letter, and safe in XML and JSON.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeGuard

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
from parindex.office.reports.numbering import annex_titles, numbered
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
_NAME_OF_COLUMN = 14
"""Letters of a name that stays in one line of a heading, which is narrow."""

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
    say, names = language(report.lang), report.names
    traces = [block for block in report.blocks if isinstance(block, Traces)]
    laid_out = list(
        chain.from_iterable(
            _laid_out(title, block, say, names) for title, block in numbered(report)
        )
    )
    across = tuple(each for each in laid_out if _is_across(each))
    numbers = iter(annex_titles(len(traces) + bool(across), say))
    annexes = []
    if across:
        name = next(numbers)
        heading = PaperHeading(_titled(name, say("Tables"), say), 1)
        annexes.append(Pages(wide=True, blocks=(heading, *across)))
    annexes += [_annex(next(numbers), block, say, names) for block in traces]
    upright = tuple(
        PaperText(say("{title}: see {annex}.", title=each.caption, annex=name))
        if _is_across(each)
        else each
        for each in laid_out
    )
    head = _clean(head_of(report), names)
    return Paper(report.lang, head, (Pages(wide=False, blocks=upright),), tuple(annexes))


def _is_across(block: PaperBlock) -> TypeGuard[PaperTable]:
    return isinstance(block, PaperTable) and block.wide


def _clean(head: Head, names: Sequence[str]) -> Head:
    def kept(text: str) -> str:
        return joined(text, names)

    fields: dict[str, Any] = {
        name: kept(value) if isinstance(value, str) else tuple(map(kept, value))
        for name, value in msgspec.structs.asdict(head).items()
    }
    return Head(**fields)


def _titled(annex: str, title: str, say: Language) -> str:
    return joined(say("{annex}. {title}", annex=annex, title=title))


def _annex(name: str, traces: Traces, say: Language, names: Sequence[str]) -> Pages:
    tables = [_table(sheet.title, sheet, say, names, wide=False) for sheet in traces.sheets]
    notes = (PaperText(joined(note)) for note in traces.notes)
    heading = PaperHeading(_titled(name, traces.title, say), 1)
    return Pages(wide=False, blocks=(heading, *notes, *tables))


def _laid_out(title: str, block: Block, say: Language, names: Sequence[str]) -> list[PaperBlock]:
    match block:
        case Heading():
            return [PaperHeading(joined(title, names), block.level)]
        case Paragraph():
            return [PaperText(_open(joined(block.text, names)))]
        case Bullets():
            return [PaperText(joined(f"- {item}", names), bullet=True) for item in block.items]
        case TableBlock():
            return [_table(title, block.sheet, say, names, wide=block.wide)]
        case Chart():
            words = joined(f"{block.title}. {in_words(block, say)}")
            return [PaperChart(joined(title, names), words, _drawable(block))]
        case _:
            return []


def _table(
    caption: str, sheet: Table, say: Language, names: Sequence[str], *, wide: bool
) -> PaperTable:
    kept = [at for at, column in enumerate(sheet.columns) if column.kind != "bar"]
    columns = [sheet.columns[at] for at in kept]
    short = [name for name in names if len(name) <= _NAME_OF_COLUMN]
    header = tuple(joined(column.title, short) for column in columns)
    rows = tuple(
        tuple(joined(cell_text(row[at], sheet.columns[at], say)) for at in kept)
        for row in sheet.rows
    )
    size, widths = table_columns(columns, header, rows, wide=False)
    wide = wide and size < (_LEAST_OF_SHORT if len(rows) <= _SHORT else _LEAST)
    if wide:
        size, widths = table_columns(columns, header, rows, wide=True)
    return PaperTable(
        joined(caption, names),
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
