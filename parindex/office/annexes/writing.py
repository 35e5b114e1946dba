"""An annex as a file: a workbook, a Word document, or Markdown."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any, Final

from parindex.findings import InputError
from parindex.office.annexes.information import HEAD, TITLE
from parindex.office.annexes.layout import Layout, lay_out
from parindex.office.xlsx.output import AREA_COLOUR, Output, print_whole, put
from parindex.scheme.scheme import Scheme
from parindex.values.codes import TOO_LONG
from parindex.values.escaping import markdown, markdown_line
from parindex.values.finding import Finding, Place
from parindex.values.language import N_, Language

_ANNEX: Final = N_("Annex of criteria")
_WIDTHS: Final = (11, 42, 10, 46, 34, 22, 26, 12, 7)
"""Letters that a column of the table is wide."""
_INFORMATION: Final = (14, 48, 70)
_LONGEST: Final = 32_767
"""Letters that a cell of a workbook holds."""
_DIGITS: Final = 15
_LINE: Final = 16
"""Height of a line in points."""
_MOST_LINES: Final = 25
_MARGIN: Final = 850
_PAGE: Final = (16_838, 11_906)
"""A4 across, in twentieths of a point."""
Cells = Sequence[str | Decimal | None]


def annex_file(scheme: Scheme, ending: str, say: Language) -> str | bytes:
    """The annex of a scheme in the format of a file's ending.

    Raises:
        InputError: P106 a text is longer than a cell of a workbook can be.
    """
    laid_out = lay_out(scheme, say)
    if ending == ".md":
        return _markdown(laid_out, say)
    return _workbook(laid_out, say) if ending == ".xlsx" else _document(laid_out, say)


def _texts(cells: Cells, say: Language) -> list[str]:
    return [say.number(each) if isinstance(each, Decimal) else each or "" for each in cells]


# Workbooks


def _workbook(laid_out: Layout, say: Language) -> bytes:
    book = Output()
    sheet = book.file.add_worksheet(book.tab(say(_ANNEX)))
    last = len(laid_out.head) - 1
    for number, line in enumerate(laid_out.lines):
        look = book.look(bold=not number, italic=bool(number), align="center", text_wrap=True)
        sheet.merge_range(number, 0, number, last, "", look)
        put(sheet, number, 0, _fitting(line), look)
    first = len(laid_out.lines) + 1
    _grid(
        book,
        sheet,
        first,
        laid_out.head,
        _WIDTHS,
        [(row.cells, row.strong) for row in laid_out.rows],
    )
    sheet.set_row(0, 36)
    sheet.freeze_panes(first + 1, 2)
    print_whole(sheet, first, first)
    more = book.file.add_worksheet(book.tab(say(TITLE)))
    _grid(
        book,
        more,
        0,
        [*map(say, HEAD)],
        _INFORMATION,
        [(row, False) for row in laid_out.information],
    )
    more.freeze_panes(1, 0)
    print_whole(more, 0, 0)
    return book.data()


def _grid(
    book: Output,
    sheet: Any,
    first: int,
    head: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[tuple[Cells, bool]],
) -> None:
    look = {"border": 1, "valign": "top", "text_wrap": True}
    titled = book.look(
        **{**look, "valign": "vcenter"}, bold=True, align="center", bg_color=AREA_COLOUR
    )
    for at, title in enumerate(head):
        sheet.set_column(at, at, widths[at])
        put(sheet, first, at, title, titled)
    for number, (cells, strong) in enumerate(rows, first + 1):
        sheet.set_row(number, _LINE * min(_lines_of(cells, widths), _MOST_LINES))
        for at, value in enumerate(cells):
            put(sheet, number, at, _fitting(value), book.look(**look, bold=strong))


def _lines_of(cells: Cells, widths: Sequence[int]) -> int:
    """How many lines the highest cell of a row takes: not every program finds it out itself."""
    texts = [each.split("\n") if isinstance(each, str) else [""] for each in cells]
    return max(
        sum(len(line) // width + 1 for line in lines)
        for lines, width in zip(texts, widths, strict=False)
    )


def _fitting(value: str | Decimal | None) -> str | Decimal | None:
    """What a cell can hold: a number of more digits than a spreadsheet keeps is text."""
    if isinstance(value, Decimal):
        return value if len(value.as_tuple().digits) <= _DIGITS else f"{value:f}"
    if value and len(value) > _LONGEST:
        told = {"found": str(len(value)), "expected": f"≤ {_LONGEST}"}
        raise InputError([Finding(TOO_LONG, "", told, place=Place(".xlsx"))])
    return value or None


# Markdown


def _markdown(laid_out: Layout, say: Language) -> str:
    title, *rest = laid_out.lines
    rows = [(row.cells, row.strong) for row in laid_out.rows]
    parts = [f"# {markdown(title)}", *map(markdown_line, rest)]
    parts.append("\n".join(_lines(laid_out.head, rows, say)))
    told = [(row, False) for row in laid_out.information]
    parts += [f"## {markdown(say(TITLE))}", "\n".join(_lines([*map(say, HEAD)], told, say))]
    return "\n\n".join(parts) + "\n"


def _lines(head: Sequence[str], rows: Sequence[tuple[Cells, bool]], say: Language) -> list[str]:
    def line(texts: Sequence[str], mark: str = "") -> str:
        cells = ("<br>".join(map(markdown, text.split("\n"))) for text in texts)
        return f"| {' | '.join(f'{mark}{cell}{mark}' if cell else '' for cell in cells)} |"

    told = (line(_texts(cells, say), "**" if strong else "") for cells, strong in rows)
    return [line(head), line(["---"] * len(head)).replace("\\", ""), *told]


# Word documents


def _document(laid_out: Layout, say: Language) -> bytes:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, Twips

    from parindex.office.documents.docx import packed

    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(11)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Twips, _PAGE)
    section.left_margin = section.right_margin = Twips(_MARGIN)
    for number, text in enumerate([*laid_out.lines, ""]):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.italic = not number, bool(number)
    rows = [(_texts(row.cells, say), row.strong) for row in laid_out.rows]
    _put_table(paragraph, laid_out.head, _WIDTHS, rows)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.page_break_before = True
    paragraph.add_run(say(TITLE)).bold = True
    after = document.add_paragraph()
    told = [(list(row), False) for row in laid_out.information]
    _put_table(after, [*map(say, HEAD)], _INFORMATION, told)
    document.core_properties.title = laid_out.title[:255]
    return packed(document)


def _put_table(
    before: Any,
    head: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[tuple[Sequence[str], bool]],
) -> None:
    """A table in front of a paragraph; written as text, which is much faster than by element."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    whole = sum(widths[: len(head)])
    room = _PAGE[0] - 2 * _MARGIN
    columns = [width * room // whole for width in widths[: len(head)]]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    drawn = [_row(head, columns, "<w:b/>", "<w:trPr><w:tblHeader/></w:trPr>")]
    drawn += [_row(cells, columns, "<w:b/>" if strong else "") for cells, strong in rows]
    before._p.addprevious(  # noqa: SLF001 - python-docx puts tables at the end only
        parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(drawn)}</w:tbl>"
        )
    )


def _row(cells: Sequence[str], widths: Sequence[int], font: str, form: str = "") -> str:
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>'
        f'<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:rPr>{font}</w:rPr>'
        f"{'<w:br/>'.join(map(_text, text.split(chr(10))))}</w:r></w:p></w:tc>"
        for text, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{form}{drawn}</w:tr>"


def _text(line: str) -> str:
    return f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>'
