"""Where the table of an annex is, and what its columns hold, by their headings."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.sheet import Sheet
from parindex.values.fuzzy import fold_name

COLUMNS: Final = {
    "code": r"(so-)?(stt|s-t-t|tt|thu-tu)|so-thu-tu|ma(-so|-tieu-chi)?|muc|no|code",
    "name": r"(ten-)?(linh-vuc|tieu-chi|noi-dung|chi-so|chi-tieu|danh-muc|area|criteri).*",
    "maximum": r"(so-)?diem-(toi-da|chuan|quy-dinh).*|thang-diem.*|toi-da|diem|max.*",
    "guidance": r".*(huong-dan|cach-(tinh|cham|danh-gia|thuc)|phuong-(phap|thuc)|guidance|scored).*",
    "documents": r".*(tai-lieu|minh-chung|kiem-chung|evidence|documents).*",
    "lead": r".*(chu-tri|phu-trach|lead).*",
    "note": r"ghi-chu|notes?",
    "own_code": r"ma-tieu-chi|own-code",
    "depth": r"cap|depth",
}
"""What a heading looks like, folded; the first column that fits holds it."""
_MOST_ROWS: Final = 200
_LAST_COLUMN: Final = 40


class Head(NamedTuple):
    """The columns of a table by what they hold, and the rows of its heading."""

    columns: Mapping[str, int]
    first: int
    last: int


def find_head(sheet: Sheet, told: Mapping[str, int]) -> Head | None:
    """The heading of an annex: a row, or two, that name the criteria and their maximum.

    Args:
        sheet: where it is looked for, in the first rows.
        told: columns that the user named, which go before the headings.
    """
    rows = sorted(sheet.rows)[:_MOST_ROWS]
    for first, second in zip(rows, [*rows[1:], None], strict=True):
        upper = _texts(sheet, first)
        found = dict(told) or _columns(upper)
        if {"name", "maximum"} <= found.keys() and (not told or _columns(upper)):
            return Head(found, first, first)
        is_merged = any(top == first < bottom for top, _, bottom, _ in sheet.merged)
        if second is not None and is_merged and not told:
            found = _columns({**_texts(sheet, second), **_whole(sheet, first, upper)})
            if {"name", "maximum"} <= found.keys():
                return Head(found, first, second)
    return Head(told, rows[0], rows[0] - 1) if told and rows else None


def columns_in(sheet: Sheet, row: int) -> Mapping[str, int]:
    """The columns whose headings stand in a row, by what they hold."""
    return _columns(_texts(sheet, row))


def columns_told(text: str) -> dict[str, int]:
    """The columns that a user names as `code=A,name=B,maximum=C`.

    Raises:
        ValueError: it is not of this form, or a column is unknown.
    """
    found: dict[str, int] = {}
    for pair in text.split(","):
        name, _, letters = (part.strip() for part in pair.partition("="))
        number = next(
            (at for at in range(1, _LAST_COLUMN) if column_letters(at) == letters.upper()), 0
        )
        if name not in COLUMNS or not number:
            raise ValueError(pair)
        found[name] = number
    return found


def _whole(sheet: Sheet, first: int, upper: Mapping[int, str]) -> dict[int, str]:
    """Headings of the first row that reach down to the second."""
    down = {left for top, left, bottom, _ in sheet.merged if top == first < bottom}
    return {column: text for column, text in upper.items() if column in down}


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    cells = sheet.rows.get(row, {})
    return {at: cell.text for at, cell in sorted(cells.items()) if at <= _LAST_COLUMN}


def _columns(texts: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, text in sorted(texts.items()):
        folded = fold_name(re.sub(r"\(.*?\)", " ", text))[:80]
        for name, pattern in COLUMNS.items():
            if name not in found and re.fullmatch(pattern, folded):
                found[name] = column
                break
    return found
