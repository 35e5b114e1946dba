"""Texts that were typed for the fonts of TCVN3 or VNI: what they look like is not what they hold."""

import re
from typing import Final

from parindex.office.xlsx.sheet import Sheet
from parindex.values.codes import OLD_FONTS
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.values.language import mark

_VIETNAMESE: Final = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
"""Letters that only Unicode has."""
_STRANGE: Final = "¡¢£¤¥¦§¨©ª«¬®µ¶·¸»¼½¾×÷ßðþÐÞÿäåæçëîïñöøûüÄÅÆÇËÎÏÑÖØÛÜ"
_OLD: Final = re.compile(rf"[^\W\d_][{_STRANGE}]|[{_STRANGE}][^\W\d_]")
"""Signs and foreign letters within a word, as which the others appear without their font."""
_ENOUGH: Final = 3
_EXPECTED: Final = mark(
    "texts in Unicode: convert them, for instance with UniKey (Ctrl+Shift+F6), and choose a font "
    "such as Times New Roman"
)


def old_letters(sheet: Sheet) -> Finding | None:
    """The fault of a sheet whose texts are of an old encoding; None where they are Unicode.

    One such text in such a font is enough, else there are several, and more than others.
    """
    found: list[tuple[int, int]] = []
    others = 0
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            if cell.kind != "text" or cell.text.isascii():
                continue
            if _VIETNAMESE.search(cell.text):
                others += 1
            elif _OLD.search(cell.text):
                found.append((row, column))
    in_font = [at for at in found if at in sheet.in_old_font]
    if not in_font and (len(found) < _ENOUGH or len(found) <= others):
        return None
    row, column = min(in_font or found)
    told = {"found": short(sheet.rows[row][column].text), "expected": _EXPECTED}
    return Finding(OLD_FONTS, "", told, place=sheet.place(row, column))
