"""The text of a report as Word's own paragraphs, tables and pictures."""

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any, Final

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Twips

from parindex.formats.report_paper import (
    Pages,
    PaperBlock,
    PaperChart,
    PaperHeading,
    PaperTable,
    PaperText,
)
from parindex.views.report.blocks import Chart

STYLES: Final = ("Body Text", "Heading 1", "Heading 2", "Caption", "Table Text", "Table Note")
"""What the text is formatted with; a template may have its own of these names."""
Draw = Callable[[Chart], bytes]
_CELL_MARGIN: Final = "80"  # twentieths of a point
_SHADE: Final = "EBEBEB"
_ONE_PAGE: Final = 1_500
"""Letters of a row that surely fit on a page, so that the row need not break."""
_LEAST_ROOM: Final = 2_000
_PICTURE: Final = 82
"""Percent of the width of the page that a picture takes."""


class Body:
    """Writes runs of pages into a document, before the paragraph that marks their place."""

    def __init__(self, document: Document, section: Any, draw: Draw) -> None:
        self._document = document
        self._section = section
        self._draw = draw
        self._styles = {name: document.styles[name].style_id for name in STYLES}

    def write(
        self,
        runs: Iterable[Pages],
        before: Any,
        *,
        new_page: bool = False,
        last_stays: bool = False,
    ) -> None:
        """Put the pages in front of an element; wide ones in a section that lies across.

        With `last_stays` the last lines of text stay with what follows, the signature.
        """
        for run in runs:
            across = _turned(self._section) if run.wide else self._section
            if run.wide:
                before.addprevious(self._section_end(deepcopy(self._section)))
            for block in run.blocks:
                for element in self._elements(block, _room(across)):
                    if new_page:
                        element.get_or_add_pPr().get_or_add_pageBreakBefore()
                        new_page = False
                    before.addprevious(element)
            if run.wide:
                before.addprevious(self._section_end(across))
        last = before.getprevious()
        if last_stays and last is not None and last.tag == qn("w:p"):
            last.get_or_add_pPr().get_or_add_keepNext()

    def _section_end(self, section: Any) -> Any:
        """The last paragraph of a section, as small as can be; the next ones go on counting."""
        paragraph = self._paragraph("Table Note", "")
        form = paragraph.get_or_add_pPr()
        form.append(_element("w:spacing", before="0", after="0", line="20", lineRule="exact"))
        form.append(section)
        _go_on(self._section)
        return paragraph

    def _elements(self, block: PaperBlock, room: int) -> list[Any]:
        match block:
            case PaperHeading():
                return [self._paragraph(f"Heading {block.level}", block.text)]
            case PaperText():
                return [self._paragraph("Body Text", block.text)]
            case PaperTable():
                return self._captioned_table(block, room)
            case PaperChart():
                return self._picture(block, room)

    def _paragraph(self, style: str, text: str, *, keep: bool = False) -> Any:
        paragraph = OxmlElement("w:p")
        form = paragraph.get_or_add_pPr()
        form.style = self._styles[style]
        if keep:
            form.append(OxmlElement("w:keepNext"))
        if text:
            paragraph.append(_run(text))
        return paragraph

    def _captioned_table(self, table: PaperTable, room: int) -> list[Any]:
        notes = [self._paragraph("Table Note", note) for note in table.notes or ("",)]
        caption = self._paragraph("Caption", table.caption, keep=True)
        return [caption, self._table(table, room), *notes]

    def _table(self, table: PaperTable, room: int) -> Any:
        full = sum(table.widths)
        widths = [width * room // full for width in table.widths]
        element = OxmlElement("w:tbl")
        element.append(_table_form(table.caption, sum(widths)))
        grid = _element("w:tblGrid")
        for width in widths:
            grid.append(_element("w:gridCol", w=str(width)))
        element.append(grid)
        element.append(self._row(table, table.header, widths, head=True))
        for number, row in enumerate(table.rows):
            bold = number in table.strong
            keep = table.whole and number < len(table.rows) - 1
            element.append(self._row(table, row, widths, bold=bold, keep=keep))
        return element

    def _row(
        self,
        table: PaperTable,
        cells: Sequence[str],
        widths: Sequence[int],
        *,
        head: bool = False,
        bold: bool = False,
        keep: bool = False,
    ) -> Any:
        row, form = _element("w:tr"), _element("w:trPr")
        if max(map(len, cells)) < _ONE_PAGE:
            form.append(_element("w:cantSplit"))
        if head:
            form.append(_element("w:tblHeader"))
        row.append(form)
        for text, width, numeric in zip(cells, widths, table.numeric, strict=True):
            cell, cell_form = _element("w:tc"), _element("w:tcPr")
            cell_form.append(_element("w:tcW", w=str(width), type="dxa"))
            if head:
                cell_form.append(_element("w:shd", val="clear", color="auto", fill=_SHADE))
                cell_form.append(_element("w:vAlign", val="center"))
            paragraph = self._paragraph("Table Text", "", keep=keep or head)
            align = "center" if head else "right" if numeric else "left"
            paragraph.get_or_add_pPr().append(_element("w:jc", val=align))
            if text:
                paragraph.append(_run(text, table.size, bold=bold or head))
            cell.append(cell_form)
            cell.append(paragraph)
            row.append(cell)
        return row

    def _picture(self, chart: PaperChart, room: int) -> list[Any]:
        inline = self._document.part.new_pic_inline(
            BytesIO(self._draw(chart.chart)), width=Twips(room * _PICTURE // 100)
        )
        inline.docPr.set("descr", chart.alt)
        run, drawing = OxmlElement("w:r"), OxmlElement("w:drawing")
        drawing.append(inline)
        run.append(drawing)
        paragraph = self._paragraph("Table Note", "", keep=True)
        paragraph.get_or_add_pPr().append(_element("w:jc", val="center"))
        paragraph.append(run)
        return [paragraph, self._paragraph("Caption", chart.caption)]


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _run(text: str, size: int | None = None, *, bold: bool = False) -> Any:
    run, form = _element("w:r"), _element("w:rPr")
    if bold:
        form.append(_element("w:b"))
    if size is not None:
        form.append(_element("w:sz", val=str(size * 2)))
        form.append(_element("w:szCs", val=str(size * 2)))
    shown = _element("w:t")
    shown.text = text
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if len(form):
        run.append(form)
    run.append(shown)
    return run


def _table_form(caption: str, width: int) -> Any:
    form = _element("w:tblPr")
    form.append(_element("w:tblW", w=str(width), type="dxa"))
    form.append(_element("w:jc", val="center"))
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color="auto"))
    form.append(borders)
    form.append(_element("w:tblLayout", type="fixed"))
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=_CELL_MARGIN, type="dxa"))
    form.append(margins)
    form.append(_element("w:tblCaption", val=caption))
    return form


def _turned(section: Any) -> Any:
    """The section lying across: its binding edge is on top, as a printer turns the sheet."""
    turned = deepcopy(section)
    _go_on(turned)
    form = Section(turned, None)  # type: ignore[arg-type]  # only the headers need the document
    form.orientation = WD_ORIENT.LANDSCAPE
    form.page_width, form.page_height = form.page_height, form.page_width
    edges = form.left_margin, form.bottom_margin, form.right_margin, form.top_margin
    form.top_margin, form.left_margin, form.bottom_margin, form.right_margin = edges
    return turned


def _go_on(section: Any) -> None:
    """A section after the first one begins on a new page and neither first page nor count anew."""
    for tag in ("w:titlePg", "w:type"):
        for element in section.findall(qn(tag)):
            section.remove(element)
    for number in section.findall(qn("w:pgNumType")):
        number.attrib.pop(qn("w:start"), None)


def _room(section: Any) -> int:
    """Twentieths of a point between the margins."""
    form = Section(section, None)  # type: ignore[arg-type]
    width = form.page_width or Mm(210)
    return max((width - (form.left_margin or 0) - (form.right_margin or 0)) // 635, _LEAST_ROOM)
