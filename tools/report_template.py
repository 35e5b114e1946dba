"""Build the Word template of reports: `python tools/report_template.py`.

It is the text block of Decree 30/2020 with placeholders; the same bytes each time.
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from parindex.office.documents.docx import packed
from parindex.office.documents.docx_package import allowed

FILE = (
    Path(__file__).parent.parent / "parindex" / "office" / "documents" / "templates" / "report.docx"
)
FONT = "Times New Roman"
CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT_MM, RIGHT_MM = 63, 102
KEPT = ("Normal Table", "No List")


def build() -> bytes:
    """The template."""
    document = Document()
    _page(document)
    _styles(document)
    _letterhead(document)
    _subject(document)
    _line(document.add_paragraph(), "{{p body }}")
    _signature(document)
    _line(document.add_paragraph(), "{{p annex }}")
    _forget_where_from(document)
    return packed(document)


def _page(document: Doc) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "2"), ("end", "")):
        run = number.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 - python-docx knows no fields
        elif text == "PAGE":
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)  # noqa: SLF001
        else:
            run.text = text


def _styles(document: Doc) -> None:
    for style in list(document.styles):
        if style.type in (WD_STYLE_TYPE.TABLE, WD_STYLE_TYPE.LIST) and style.name not in KEPT:
            style.delete()
    for spacing in list(document.styles.element.iter(qn("w:pPrDefault"))):
        spacing.getparent().remove(spacing)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "vi-VN")
    normal = _style(document, "Normal", 14)
    normal.paragraph_format.space_after = Pt(0)
    body = _style(document, "Body Text", 14)
    body.paragraph_format.alignment = JUSTIFY
    body.paragraph_format.first_line_indent = Mm(10)
    body.paragraph_format.space_after = Pt(6)
    body.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    body.paragraph_format.line_spacing = 1.1
    for level in (1, 2):
        heading = _style(document, f"Heading {level}", 14, bold=True)
        heading.paragraph_format.space_before = Pt(12 if level == 1 else 9)
        heading.paragraph_format.space_after = Pt(6)
        heading.paragraph_format.keep_with_next = True
    caption = _style(document, "Caption", 13, bold=True)
    caption.paragraph_format.alignment = CENTER
    caption.paragraph_format.space_before = Pt(12)
    caption.paragraph_format.space_after = Pt(6)
    cell = _style(document, "Table Text", 11, new=True)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
    note = _style(document, "Table Note", 11, new=True, italic=True)
    note.paragraph_format.space_before = note.paragraph_format.space_after = Pt(4)


def _style(
    document: Doc,
    name: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    new: bool = False,
) -> Any:
    styles = document.styles
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if new else styles[name]
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name_ in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name_}"), None)
    for name_ in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name_}"), FONT)
    if new:
        style.base_style = styles["Normal"]
    return style


def _letterhead(document: Doc) -> None:
    table = document.add_table(2, 2)
    _widths(table.columns, (LEFT_MM, RIGHT_MM))
    left, right = table.rows[0].cells
    _widths((left, right), (LEFT_MM, RIGHT_MM))
    _control(left, "{%p if superior %}")
    _line(_next(left), "{{ superior }}", 13)
    _control(left, "{%p endif %}")
    _line(_next(left), "{{ issuer }}", 13, bold=True)
    _rule(_next(left), LEFT_MM, 24)
    _line(_next(right), "{{ country }}", 13, bold=True)
    _line(_next(right), "{{ motto }}", 14, bold=True)
    _rule(_next(right), RIGHT_MM, 70)
    left, right = table.rows[1].cells
    _widths((left, right), (LEFT_MM, RIGHT_MM))
    _line(_next(left), "{{ number }}", 13)
    _line(_next(right), "{{ dated }}", 14, italic=True)


def _subject(document: Doc) -> None:
    document.add_paragraph()
    _line(document.add_paragraph(), "{{ name }}", 14, bold=True).runs[0].font.all_caps = True
    _line(document.add_paragraph(), "{{ title }}", 14, bold=True)
    _rule(document.add_paragraph(), 165, 40)
    document.add_paragraph()


def _signature(document: Doc) -> None:
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    half = (82, 83)
    _widths(table.columns, half)
    _widths((left, right), half)
    row = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    row.append(OxmlElement("w:cantSplit"))
    _line(_next(left), "{{ recipients_title }}", 12, bold=True, italic=True, center=False)
    _control(left, "{%p for recipient in recipients %}")
    _line(_next(left), "{{ recipient }}", 11, center=False)
    _control(left, "{%p endfor %}")
    _control(right, "{%p if authority %}")
    _line(_next(right), "{{ authority }}", 14, bold=True)
    _control(right, "{%p endif %}")
    signer = _line(_next(right), "{{ signer_title }}", 14, bold=True)
    signer.runs[0].font.all_caps = True
    signer.paragraph_format.space_after = Pt(64)
    _line(_next(right), "{{ signer }}", 14, bold=True)


def _control(cell: _Cell, text: str) -> None:
    _line(_next(cell), text, center=False)


def _next(cell: _Cell) -> Paragraph:
    """The next paragraph to write in a cell: it has one from the beginning."""
    first: Paragraph = cell.paragraphs[0]
    if len(cell.paragraphs) == 1 and not first.runs:
        return first
    added: Paragraph = cell.add_paragraph()
    return added


def _line(
    paragraph: Paragraph,
    text: str,
    size: int = 14,
    *,
    bold: bool = False,
    italic: bool = False,
    center: bool = True,
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if center:
        paragraph.alignment = CENTER
    return paragraph


def _rule(paragraph: Paragraph, room: int, length: int) -> None:
    """A line of `length` millimetres in the middle of the room."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((room - length) // 2)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(6)
    form.space_before = Pt(3)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        borders, "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _widths(cells: object, widths: tuple[int, ...]) -> None:
    for cell, width in zip(cells, widths, strict=True):  # type: ignore[call-overload]
        cell.width = Mm(width)


def _forget_where_from(document: Doc) -> None:
    """No title, author or date of python-docx's own template, and no part that a letter does without."""
    properties = document.core_properties
    for name in ("author", "comments", "keywords", "last_modified_by", "subject", "title"):
        setattr(properties, name, "")
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype in allowed().left:
                del relations[name]


if __name__ == "__main__":
    FILE.write_bytes(build())
