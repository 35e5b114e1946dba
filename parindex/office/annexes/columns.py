"""Where the table of an annex is, and what its columns hold, by their headings."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from parindex.office.xlsx.cells import column_letters
from parindex.office.xlsx.sheet import Sheet
from parindex.values.fuzzy import fold_name

COLUMNS: Final = {
    "code": r"(so-)?(stt|s-t-t|tt|thu-tu)|so-thu-tu|ma(-so|-tieu-chi)?|muc|no|code",
    "name": r"(ten-)?(cac-)?(linh-vuc|tieu-chi|noi-dung|chi-so|chi-tieu|danh-muc|area|criteri).*",
    "maximum": r"(muc-|so-)?diem-(toi-da|chuan|quy-dinh).*|thang-diem.*|toi-da|(so-)?diem|max.*",
    "options": r"thang-diem.*|(muc-|khung-)diem.*|diem-(thanh-phan|chi-tiet|tung-muc)|options?",
    "guidance": r".*(huong-dan|cach-(tinh|cham|danh-gia|thuc)|phuong-(phap|thuc)|guidance|scored).*"
    r"|noi-dung-(cham|danh-gia).*|(cac-)?muc-(do-)?(danh-gia|dat).*",
    "documents": r".*(tai-lieu|minh-chung|kiem-chung|evidence|documents).*",
    "lead": r".*(chu-tri|phu-trach|lead).*",
    "survey": r".*(xhh|xa-hoi-hoc|khao-sat|survey).*",
    "note": r"ghi-chu|notes?",
    "own_code": r"ma-tieu-chi|own-code",
    "depth": r"cap|depth",
}
"""What a heading looks like, folded; the first column that fits holds it."""
_SURE: Final = re.compile(r"(muc-|so-)?diem-(toi-da|chuan|quy-dinh).*|toi-da|max.*")
"""A heading of maxima that goes before others: `Thang điểm` beside it holds the options."""
_INNER: Final = re.compile(r"(ten-)?(cac-)?(tieu-chi|linh-vuc|chi-so-thanh-phan)(?!.*(diem|dat))")
_MOST_ROWS: Final = 200
_MOST_HEAD: Final = 4
_LAST_COLUMN: Final = 40


class Head(NamedTuple):
    """The columns of a table by what they hold, and the rows of its heading.

    `unread` are the headings of columns that hold none of it. A maximum that
    `is_split` is the sum of its column and that of the survey. `inner` are columns
    of criteria within those of the name, as in Lĩnh vực | Tiêu chí.
    """

    columns: Mapping[str, int]
    first: int
    last: int
    unread: Mapping[int, str] = {}
    is_split: bool = False
    inner: tuple[int, ...] = ()


def find_head(sheet: Sheet, told: Mapping[str, int]) -> Head | None:
    """The heading of an annex: a row, or some merged ones, that name the criteria and their maximum.

    Args:
        sheet: where it is looked for, in the first rows.
        told: columns that the user named, which go before the headings.
    """
    rows = sorted(sheet.rows)[:_MOST_ROWS]
    for first in rows:
        upper = _texts(sheet, first)
        if told:
            if _columns(upper):
                return Head(told, first, first)
            continue
        last = _last_row(sheet, first)
        texts = upper if last == first else _deepest(sheet, first, last)
        found = _columns(texts)
        over = _columns({at: text for at, text in upper.items() if at not in found.values()})
        is_split = last > first and "maximum" not in found and "maximum" in over
        if is_split:
            found["maximum"] = over["maximum"]
        if {"name", "maximum"} <= found.keys() and (not is_split or "survey" in found):
            unread = {at: text for at, text in texts.items() if at not in found.values()}
            inner = [
                at
                for at, text in unread.items()
                if at > found["name"] and _INNER.match(fold_name(text))
            ]
            unread = {at: text for at, text in unread.items() if at not in inner}
            return Head(found, first, last, unread, is_split, tuple(inner))
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


def _last_row(sheet: Sheet, first: int) -> int:
    """The last row of a heading: as deep as its merged cells, or a second row without a number or a name."""
    last = max((bottom for top, _, bottom, _ in sheet.merged if top == first), default=first)
    if last > first:
        return min(last, first + _MOST_HEAD - 1)
    below = _texts(sheet, first + 1)
    upper = _columns(_texts(sheet, first))
    is_second = (
        bool(below)
        and "name" in upper
        and not below.keys()
        & {
            upper["name"],
            upper.get("code", 0),
        }
    )
    return first + 1 if is_second and "maximum" in _columns(below) else first


def _deepest(sheet: Sheet, first: int, last: int) -> dict[int, str]:
    """The lowest text of each column within the rows of a heading."""
    found: dict[int, str] = {}
    for row in range(first, last + 1):
        found |= _texts(sheet, row)
    return found


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    cells = sheet.rows.get(row, {})
    return {at: cell.text for at, cell in sorted(cells.items()) if at <= _LAST_COLUMN}


def _columns(texts: Mapping[int, str]) -> dict[str, int]:
    folded = {
        at: fold_name(re.sub(r"\(.{0,80}?\)", " ", text[:300]))[:80]
        for at, text in sorted(texts.items())
    }
    sure = next((at for at, text in folded.items() if _SURE.fullmatch(text)), None)
    found = {} if sure is None else {"maximum": sure}
    for column, text in folded.items():
        for name, pattern in COLUMNS.items():
            if name not in found and column != sure and re.fullmatch(pattern, text):
                found[name] = column
                break
    if "maximum" not in found and "options" in found:
        found["maximum"] = found.pop("options")
    return found
