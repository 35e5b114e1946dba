"""A report laid out for paper, before it is Word or PDF: numbered, its tables measured.

Every text in it is what is to be seen, letter by letter, and safe in XML and JSON.
"""

from collections.abc import Iterable, Iterator
from itertools import count

from msgspec import Struct

from parindex.formats.report_columns import table_columns
from parindex.formats.render_text import cell_text
from parindex.language import Language, LanguageCode, language
from parindex.safe import xml_text
from parindex.views.report.blocks import (
    Block,
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Report,
    Table,
    Traces,
)
from parindex.views.report.head import Head, head_of
from parindex.views.sheet import Sheet


class PaperHeading(Struct, frozen=True, tag="heading"):
    """A heading with its number."""

    text: str
    level: int


class PaperText(Struct, frozen=True, tag="text"):
    """A paragraph; `bullet` is whether it is one of several short points."""

    text: str
    bullet: bool = False


class PaperTable(Struct, frozen=True, tag="table"):
    """Rows of texts. `widths` are points that fill the page, `size` is that of the letters."""

    caption: str
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
    main = [block for block in report.blocks if not isinstance(block, Traces)]
    traces = [block for block in report.blocks if isinstance(block, Traces)]
    layout = _Layout(language(report.lang))
    return Paper(
        report.lang,
        _clean(head_of(report)),
        tuple(layout.pages(main)),
        tuple(layout.annex(traces)),
    )


def _clean(head: Head) -> Head:
    fields = {name: getattr(head, name) for name in Head.__struct_fields__}
    return Head(
        **{
            name: xml_text(value) if isinstance(value, str) else tuple(map(xml_text, value))
            for name, value in fields.items()
        }
    )


class _Layout:
    """Counts the headings, tables and charts of one document as they come."""

    def __init__(self, say: Language) -> None:
        self.say = say
        self._sections, self._parts = count(1), count(1)
        self._tables, self._charts = count(1), count(1)

    def pages(self, blocks: Iterable[Block]) -> Iterator[Pages]:
        """The blocks by the direction of their page; a heading goes with what follows it."""
        wide, run, held = False, list[PaperBlock](), list[PaperBlock]()
        for block in blocks:
            if isinstance(block, Heading):
                held.append(self._heading(block))
                continue
            across = isinstance(block, Table) and block.wide
            if across != wide:
                if run:
                    yield Pages(wide, tuple(run))
                wide, run = across, []
            run += [*held, *self._laid_out(block, wide=wide)]
            held = []
        if run or held:
            yield Pages(wide, (*run, *held))

    def annex(self, traces: Iterable[Traces]) -> Iterator[Pages]:
        """Annexes, each with a heading of its own and tables without numbers."""
        for each in traces:
            title = self.say("Annex. {title}", title=each.title)
            tables = [self._table(sheet, sheet.title, wide=False) for sheet in each.sheets]
            yield Pages(wide=False, blocks=(PaperHeading(xml_text(title), 1), *tables))

    def _heading(self, heading: Heading) -> PaperHeading:
        if heading.level == 1:
            self._parts = count(1)
            number = _roman(next(self._sections))
        else:
            number = str(next(self._parts))
        return PaperHeading(xml_text(f"{number}. {heading.text}"), heading.level)

    def _laid_out(self, block: Block, *, wide: bool) -> list[PaperBlock]:
        match block:
            case Paragraph():
                return [PaperText(xml_text(block.text))]
            case Bullets():
                return [PaperText(xml_text(f"- {item}"), bullet=True) for item in block.items]
            case Table():
                number = next(self._tables)
                caption = self.say(
                    "Table {number}. {title}", number=number, title=block.sheet.title
                )
                return [self._table(block.sheet, caption, wide=wide)]
            case Chart():
                return [self._chart(block)]
            case _:
                return []

    def _table(self, sheet: Sheet, caption: str, *, wide: bool) -> PaperTable:
        kept = [at for at, column in enumerate(sheet.columns) if column.kind != "bar"]
        columns = [sheet.columns[at] for at in kept]
        header = tuple(xml_text(column.title) for column in columns)
        rows = tuple(
            tuple(xml_text(cell_text(row[at], sheet.columns[at], self.say)) for at in kept)
            for row in sheet.rows
        )
        size, widths = table_columns(columns, header, rows, wide=wide)
        return PaperTable(
            xml_text(caption),
            size,
            widths,
            tuple(column.kind == "number" for column in columns),
            header,
            rows,
            tuple(sorted(sheet.strong)),
            tuple(map(xml_text, sheet.notes)),
        )

    def _chart(self, chart: Chart) -> PaperChart:
        number = next(self._charts)
        caption = self.say("Chart {number}. {title}", number=number, title=chart.title)
        lines = "; ".join(
            f"{series.name}: "
            + ", ".join(
                f"{label} {'–' if value is None else self.say.number(value)}"
                for label, value in zip(chart.labels, series.values, strict=False)
            )
            for series in chart.series
        )
        return PaperChart(xml_text(caption), xml_text(f"{chart.title}. {lines}"), chart)


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text
