"""The text of a report as Word's own paragraphs, tables and pictures."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from io import BytesIO
from typing import Any, Final

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Twips

from parindex.office.charts.chart import Chart
from parindex.office.charts.drawing import on_paper
from parindex.office.charts.look import WIDE
from parindex.office.documents.docx_table import word_table
from parindex.office.documents.paper import (
    Pages,
    PaperBlock,
    PaperChart,
    PaperHeading,
    PaperTable,
    PaperText,
)

STYLES: Final = ("Body Text", "Heading 1", "Heading 2", "Caption", "Table Text", "Table Note")
"""What the text is formatted with; a template may have its own of these names."""
Draw = Callable[[Chart], bytes]
_LEAST_ROOM: Final = 2_000
_PICTURE: Final = 82
"""Percent of the width of the page that a picture takes."""
_LAST_LINES: Final = 3
_SHORT_LINE: Final = 200
_ROWS: Final = 96
"""The same of a picture of rows, whose letters are small."""
_HIGHEST: Final = Mm(85)
"""How high a picture is at most: one that does not fit leaves so much of a page empty."""


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

        With `last_stays` the last lines of text, up to three, stay with what follows, the signature.
        """
        runs = list(runs)
        for run in runs:
            across = _turned(self._section) if run.wide else self._section
            if run.wide:
                self._end_section(before, deepcopy(self._section))
            for block in run.blocks:
                for element in self._elements(block, _room(across)):
                    if new_page:
                        element.get_or_add_pPr().get_or_add_pageBreakBefore()
                        new_page = False
                    before.addprevious(element)
            if run.wide and run is runs[-1] and self._ends(before):
                self._section[:] = across[:]
            elif run.wide:
                self._end_section(before, across)
        if last_stays:
            self._stay(before)

    def _stay(self, before: Any) -> None:
        """Keep the last lines of text with what follows: one, and two more where these are short."""
        text = {self._styles[name] for name in ("Body Text", "Heading 1", "Heading 2")}
        last = before.getprevious()
        for at in range(_LAST_LINES):
            if last is None or last.tag != qn("w:p") or last.style not in text:
                return
            if at and sum(len(each) for each in last.itertext()) > _SHORT_LINE:
                return
            last.get_or_add_pPr().get_or_add_keepNext()
            last = last.getprevious()

    def _ends(self, before: Any) -> bool:
        """Whether nothing is left of the document, for which a page would be turned back."""
        following = [each for each in before.itersiblings() if each is not self._section]
        empty = all(each.tag == qn("w:p") and each.find(qn("w:r")) is None for each in following)
        return empty and self._section is self._document.element.body.sectPr

    def _end_section(self, before: Any, section: Any) -> None:
        """End the section with what was written last; the next ones go on counting.

        A paragraph of its own, were the page full, would stand alone on an empty one.
        """
        last = before.getprevious()
        own = last is None or last.tag != qn("w:p") or last.find(f".//{qn('w:sectPr')}") is not None
        if own:
            last = self._paragraph("Table Note", "")
            before.addprevious(last)
        if last.find(qn("w:r")) is None:  # where the page is full, nothing may need another one
            least = _element("w:spacing", before="0", after="0", line="20", lineRule="exact")
            last.get_or_add_pPr().append(least)
        last.get_or_add_pPr().append(section)
        _go_on(self._section)

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
        return [caption, word_table(table, room, self._styles["Table Text"]), *notes]

    def _picture(self, chart: PaperChart, room: int) -> list[Any]:
        share = _ROWS if on_paper(chart.chart) is WIDE else _PICTURE
        inline = self._document.part.new_pic_inline(
            BytesIO(self._draw(chart.chart)), width=Twips(room * share // 100)
        )
        inline.docPr.set("descr", chart.alt)
        _bound(inline)
        run, drawing = OxmlElement("w:r"), OxmlElement("w:drawing")
        drawing.append(inline)
        run.append(drawing)
        paragraph = self._paragraph("Table Note", "", keep=True)
        paragraph.get_or_add_pPr().append(_element("w:jc", val="center"))
        paragraph.append(run)
        return [paragraph, self._paragraph("Caption", chart.caption)]


def _bound(inline: Any) -> None:
    """Make a picture smaller that is too high."""
    if inline.extent.cy <= _HIGHEST:
        return
    width = inline.extent.cx * _HIGHEST // inline.extent.cy
    inline.extent.cx, inline.extent.cy = width, _HIGHEST
    size = inline.graphic.graphicData.pic.spPr
    size.cx, size.cy = width, _HIGHEST


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _run(text: str) -> Any:
    run, shown = OxmlElement("w:r"), OxmlElement("w:t")
    shown.text = text
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(shown)
    return run


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
