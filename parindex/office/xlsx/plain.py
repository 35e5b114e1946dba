"""The cells of a sheet that is written plainly, as spreadsheet programs write it, read fast.

What is not exactly so is left to the XML parser, which reads everything and
refuses what is no XML: the result is the same.
"""

import re
from functools import lru_cache
from itertools import chain
from typing import Final

from parindex.office.xlsx.cells import column_number
from parindex.office.xlsx.sheet import Cells
from parindex.reading.document import MAX_TEXT

_OPEN: Final = "<sheetData>"
_CLOSED: Final = "</sheetData>"
_START: Final = re.compile(
    '(<\\?xml version="1.0"( encoding="(UTF|utf)-8")?( standalone="yes")?\\?>)?\\s*<worksheet'
)
_SAYS: Final = '(?: [A-Za-z:]+="[^"<&]*")*'
_CELL: Final = re.compile(
    '<c r="([A-Z]{1,2})([1-9][0-9]{0,5})"(?: s="([0-9]{1,9})")?(?: t="([A-Za-z]{1,9})")?'
    f"(?:/>|>(?:(<f){_SAYS}(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>)?</c>)"
)
_PARTS: Final = 1 + _CELL.groups
"""What splitting by cells gives for each of them: what stands before, and the groups."""
_ROWS: Final = re.compile(
    '(?:<row r="[0-9]{1,9}"(?: (?!r=)[A-Za-z0-9:]+="[^"<&]*")*(?:/>|></row>))*'
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_REFERENCE: Final = re.compile("&(?!amp;|lt;|gt;|quot;|apos;)")
_NAMED: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_HIDDEN: Final = re.compile(' (?:hidden="(?:1|true)"|ht="0)')
_LONGEST: Final = 1500
"""Letters of a formula as XML writes it, of which the first are kept."""

_column = lru_cache(maxsize=1024)(column_number)


def take_plain(data: bytes, cells: Cells) -> bytes | None:
    """Put the cells of a sheet where they stand, if all of them are written plainly.

    Returns:
        The XML without its cells, still to be read; None where nothing was taken.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    before, begins, rest = text.partition(_OPEN)
    rows, ends, after = rest.rpartition(_CLOSED)
    if not (begins and ends and _START.match(text)) or "<!" in text or _is_strange(rows):
        return None
    if _HIDDEN.search(rows):
        return None  # where a cell stands in a hidden row only the whole XML tells
    parts = _CELL.split(rows.replace("<v/>", "<v></v>"))
    if not _ROWS.fullmatch("".join(parts[::_PARTS])):
        return None
    # What a group does not find is None.
    columns, numbers, styles, kinds, has_formula, formulas, values = (
        parts[number::_PARTS] for number in range(1, _PARTS)
    )
    lengths = [len(said) for said in chain(formulas, values) if said]
    if max(lengths, default=0) > MAX_TEXT // 2:
        return None
    cells.add_letters(sum(lengths))
    for column, number, style, kind, begun, formula, value in zip(
        columns, numbers, styles, kinds, has_formula, formulas, values, strict=True
    ):
        if value or begun:
            told = _read((formula or "")[:_LONGEST]) if begun else None
            at = (int(number), _column(column))
            stored = None if value is None else _read(value)
            cells.put(at, kind or "n", style or "", stored, told)
    return f"{before}{begins}{ends}{after}".encode()


def _is_strange(rows: str) -> bool:
    """Whether there are letters that XML forbids, or has other ways for."""
    return "]]>" in rows or bool(_CONTROL.search(rows)) or bool(_REFERENCE.search(rows))


def _read(text: str) -> str:
    if "&" in text:
        for name, letter in _NAMED:
            text = text.replace(name, letter)
    return text
