"""A table of a report as WordprocessingML: written as text, which is much faster than by element."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final, NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from parindex.office.documents.paper import PaperTable

_ONE_PAGE: Final = 1_500
"""Letters of a row that surely fit on a page, so that the row need not break."""
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES
)
_MARGINS: Final = '<w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
_HEAD_CELL: Final = (
    '<w:shd w:val="clear" w:color="auto" w:fill="EBEBEB"/><w:vAlign w:val="center"/>'
)


class _Look(NamedTuple):
    """How the cells of a row look; `keep` is whether the row stays with the next one."""

    head: bool = False
    bold: bool = False
    keep: bool = False


def word_table(table: PaperTable, room: int, style: str) -> Any:
    """The table `room` twentieths of a point wide, its texts in the paragraph style of that id."""
    full = sum(table.widths)
    widths = [width * room // full for width in table.widths]
    rows = [_row(table, table.header, widths, style, _Look(head=True, bold=True, keep=True))]
    for number, row in enumerate(table.rows):
        keep = table.whole and number < len(table.rows) - 1
        look = _Look(bold=number in table.strong, keep=keep)
        rows.append(_row(table, row, widths, style, look))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{_MARGINS}</w:tblCellMar><w:tblCaption w:val="{escape(table.caption)}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    table: PaperTable, cells: Sequence[str], widths: Sequence[int], style: str, look: _Look
) -> str:
    form = "<w:cantSplit/>" if sum(map(len, cells)) < _ONE_PAGE else ""
    form += "<w:tblHeader/>" if look.head else ""
    keep = "<w:keepNext/>" if look.keep else ""
    font = "<w:b/>" if look.bold else ""
    font += f'<w:sz w:val="{2 * table.size}"/><w:szCs w:val="{2 * table.size}"/>'
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_HEAD_CELL if look.head else ""}'
        f'</w:tcPr><w:p><w:pPr><w:pStyle w:val="{escape(style)}"/>{keep}'
        f'<w:jc w:val="{"center" if look.head else "right" if numeric else "left"}"/></w:pPr>'
        f'<w:r><w:rPr>{font}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        "</w:p></w:tc>"
        for text, width, numeric in zip(cells, widths, table.numeric, strict=True)
    )
    return f"<w:tr><w:trPr>{form}</w:trPr>{drawn}</w:tr>"
