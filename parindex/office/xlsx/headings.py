"""Headings of the official table (Bảng tổng hợp tự đánh giá): its columns, labels above it, totals below."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Literal

from msgspec import Struct

from parindex.findings import InputError
from parindex.office.xlsx.cells import (
    MAX_COLUMN,
    Cell,
    cell_names,
    column_letters,
    column_number,
    number_in,
)
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.codes import code_meant
from parindex.scorecard.scorecard import STAGES
from parindex.scorecard.words import HINT, TONES, folded
from parindex.values.codes import DUPLICATE_KEY, POINT_COLUMNS_NOT_READ
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.values.fuzzy import fold_name
from parindex.values.normal import unseen_removed


def _words() -> Mapping[str, Any]:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with open(os.path.join(os.path.dirname(__file__), "words.yaml"), encoding="utf-8") as stream:  # noqa: PTH118, PTH120, PTH123
        words: Mapping[str, Any] = yaml.load(stream, loader)  # noqa: S506 texts only
    return words


WORDS: Final = _words()
"""What headings, labels, totals and names are called in workbooks."""
COLUMNS: Final[Mapping[str, list[str]]] = WORDS["columns"]
LABELS: Final[Mapping[str, list[str]]] = WORDS["labels"]
COMPUTED: Final = tuple(WORDS["computed"])
_APPLICABLE: Final = frozenset(WORDS["applicable"])
POINTS: Final = (*STAGES, "points")
"""Columns of points."""
FACTS: Final = ("result", "whole", "state")
"""Columns in which anything but points may stand."""
INPUTS: Final = (*FACTS, *POINTS)
"""Columns in which a score may stand."""
TEXTS: Final = ("reason", "evidence", "note", "explanation")
"""Columns of what is said beside a score."""
META: Final = "_parindex"
"""The name of the hidden sheet of a template."""
TEMPLATE: Final = "2"
"""The version of the template; it changes when hashes of schemes are worked out in another way."""
Total = Literal["total", "index", "rank", "band"]
"""What a row below a table sums up."""
_TOTALS: Final[dict[Total, tuple[re.Pattern[str], frozenset[str]]]] = {
    kind: (
        re.compile(rf"(?:{'|'.join(told['begins'])})(?![^ ])"),
        frozenset(" ".join((told["others"], *told["begins"])).split()),
    )
    for kind, told in WORDS["totals"].items()
}
"""How each row begins, and the words of which it may consist."""
_LONGEST: Final = 120
"""Letters of a heading, or of a label."""
_LONGEST_TOTAL: Final = 200
_ENGLISH: Final = frozenset(WORDS["english"].split())
_FOOTNOTE: Final = re.compile(r"(?<=[^\W\d_])[0-9]$|[\s*†‡\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+$")
_YEAR: Final = re.compile(r"[\s,]+(?:(?:của |in |of )?(?:năm|year) )?20[0-9]{2}$")
_WHOSE: Final = re.compile(r"\s+(?:của|by|of) .*$")
_BODIES: Final = rf"(?:(?:cac-)?(?:{'|'.join(WORDS['bodies'])})-){{0,4}}"
_BY_BODY: Final = {
    "self": re.compile(
        rf"(?:ket-qua-)?(?:so-)?(?:diem-)?(?:do-)?{_BODIES}tu-(?:cham|danh-gia)(?:-cham)?(?:-diem)?"
    ),
    "appraised": re.compile(rf"(?:ket-qua-)?(?:so-)?(?:diem-)?(?:do-)?{_BODIES}tham-dinh"),
}
"""Headings that name who gave the points, by the words they are looked up by."""
_LAST_ROW: Final = 60
"""Rows among which the heading is looked for."""
_LAST_COLUMN: Final = 256
"""Columns among which it is looked for."""
_MOST_LINES: Final = 3
_OF_POINTS: Final = re.compile(r"\b(?:điểm|points?|scores?)\b")
_WEAK: Final = frozenset(("tt", "stt", "s.t.t", "số tt", "số thứ tự", "thứ tự", "no.", "no"))
"""Headings of codes, or of mere numbers where another column is headed `Mã`."""


_COLUMN_OF: Final = {fold_name(folded(x)): name for name, words in COLUMNS.items() for x in words}
_LABEL_OF: Final = {fold_name(folded(x)): name for name, words in LABELS.items() for x in words}
"""By words without marks, so that `hoà` is `hòa`."""


@lru_cache(maxsize=2048)
def column_of(heading: str) -> str:
    """What a column with this heading holds; empty where it is none that is known.

    A year, a footnote mark, whose points they are, and a second language are
    no part of the heading.
    """
    if len(heading) > _LONGEST:
        return ""
    for parts in ([heading], *_halves(heading)):
        known = [_plain_column(part) for part in parts]
        if len({*known} - {""}) == 1 and all(map(_is_told, parts, known)):
            return max(known)
    return ""


def _is_told(part: str, column: str) -> bool:
    """Whether a part of a heading is a column, or a translation in words of its own."""
    words = re.findall("[a-z]+", part.casefold())
    return bool(column) or (part.isascii() and bool(words) and _ENGLISH.issuperset(words))


def _plain_column(heading: str) -> str:
    whole = _COLUMN_OF.get(fold_name(unseen_removed(heading).translate(TONES)))
    if whole:
        return whole
    said, before = folded(heading), ""
    while said != before:
        found = _COLUMN_OF.get(fold_name(said))
        if found:
            return found
        before = said
        for behind in (HINT, _YEAR, _FOOTNOTE):
            said = behind.sub("", said).strip(" :;,.-–")
    words = fold_name(said)
    by_body = (name for name, known in _BY_BODY.items() if known.fullmatch(words))
    return _COLUMN_OF.get(fold_name(_WHOSE.sub("", said)), "") or next(by_body, "")


def _halves(heading: str) -> Iterator[list[str]]:
    """A heading in two languages, as its parts."""
    bracket = re.fullmatch(r"(.+?)\s*[(\[](.+)[)\]]\s*", heading, re.DOTALL)
    if bracket:
        yield [bracket[1], bracket[2]]
    for sign in ("/", "\n", "|", " - ", " – ", ";"):
        parts = [part for part in heading.split(sign) if part.strip()]
        if len(parts) > 1:
            yield parts
    words = heading.split()
    for at in range(1, len(words)):
        yield [" ".join(words[:at]), " ".join(words[at:])]


def label_of(text: str) -> str:
    """What stands behind this label; empty where it is none."""
    return _LABEL_OF.get(fold_name(folded(text)), "") if len(text) <= _LONGEST else ""


def total_kind(text: str) -> Total | None:
    """What a row with this name sums up; None where it is a row like another."""
    if len(text) > _LONGEST_TOTAL:
        return None
    bare = re.sub(r"\([^()]*\)|[0-9.,%:*/]+", " ", unseen_removed(text))
    words = fold_name(bare).replace("-", " ")
    for kind, (begins, known) in _TOTALS.items():
        if begins.match(words) and known.issuperset(words.split()):
            return kind
    return None


class Heading(Struct, frozen=True):
    """The columns of a table by what they hold, and its first and last row of headings."""

    columns: Mapping[str, int]
    first: int
    last: int

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns in which scores stand."""
        return tuple(name for name in INPUTS if name in self.columns)


def columns_told(text: str) -> dict[str, int]:
    """Columns as a user tells them: `code=B,self=E`.

    Raises:
        ValueError: what is wrong with it.
    """
    found: dict[str, int] = {}
    for pair in filter(None, re.split(r"[,\s]+", text)):
        name, _, letters = pair.partition("=")
        number = column_number(letters) if re.fullmatch("[A-Za-z]{1,3}", letters) else 0
        if name not in COLUMNS or not 1 <= number <= MAX_COLUMN:
            raise ValueError(pair)
        found[name] = number
    if "code" not in found or not found.keys() & set(INPUTS):
        raise ValueError(text)
    return found


def heading_of(sheet: Sheet, told: Mapping[str, int]) -> Heading | None:
    """The heading of a sheet's table, or None where there is no table.

    Args:
        sheet: the sheet.
        told: columns that the user told; then the heading only says where they begin.

    Raises:
        InputError: P107 two columns have the same meaning.
    """
    for first in sorted(sheet.rows)[:_LAST_ROW]:
        cells = _upper(sheet, first).items()
        starts = [column for column, cell in cells if column_of(cell.text) == "code"]
        if not starts:
            continue
        last = _last_line(sheet, first, starts)
        columns = told or _columns(sheet, first, last)
        if columns.keys() & set(INPUTS):
            return Heading(columns, first, last)
    if told:
        row = _first_score(sheet, told)
        return Heading(told, row, row - 1)
    return None


def columns_of_row(sheet: Sheet, row: int) -> dict[str, int]:
    """The columns by what one row heads; the first where two are headed the same."""
    found: dict[str, int] = {}
    for column, cell in sorted(_upper(sheet, row).items()):
        found.setdefault(column_of(cell.text), column)
    found.pop("", None)
    return found


def _upper(sheet: Sheet, row: int) -> dict[int, Cell]:
    """The cells of a row in which headings are looked for."""
    cells = sheet.rows.get(row, {})
    return {column: cell for column, cell in cells.items() if column <= _LAST_COLUMN}


def _first_score(sheet: Sheet, told: Mapping[str, int]) -> int:
    """The first row with a code and something beside it in the columns that the user told."""
    inputs = sorted(column for name, column in told.items() if name in INPUTS)
    for number, cells in sorted(sheet.rows.items()):
        given = [cells[column].text for column in inputs if column in cells]
        code = cells[told["code"]].text if told["code"] in cells else " "
        if given and re.match("[0-9]", given[0]) and " " not in code_meant(code, ()):
            return number
    return 1


def _last_line(sheet: Sheet, first: int, starts: list[int]) -> int:
    """The last row of a heading: those below it have codes of their own, or are numbered."""
    last = first
    for top, left, bottom, right in sheet.merged:
        if top == first and any(left <= start <= right for start in starts):
            last = max(last, min(bottom, first + _MOST_LINES - 1))
    for row in range(last + 1, first + _MOST_LINES):
        cells = _upper(sheet, row)
        if not cells.keys().isdisjoint(starts):
            break
        if not any(column_of(cell.text) in INPUTS for cell in cells.values()):
            break
        last = row
    return last


def _columns(sheet: Sheet, first: int, last: int) -> dict[str, int]:
    """The columns of a heading, by the text of each alone and with what stands above it."""
    found: dict[str, list[int]] = {}
    headed = heading_texts(sheet, first, last)
    for column, texts in headed.items():
        tries = (" ".join(texts), *reversed(texts))
        name = next(filter(None, map(column_of, tries)), "")
        if name:
            found.setdefault(name, []).append(column)
    codes = found.get("code", [])
    strong = [c for c in codes if folded(headed[c][-1]) not in _WEAK]
    found["code"] = strong if strong and len(codes) > 1 else codes
    twice = [(name, column) for name, columns in found.items() for column in columns[1:]]
    faults = []
    for name, column in twice:
        if name in ("code", "maximum", *INPUTS):
            letters = [column_letters(each) for each in found[name]]
            told = {"found": ", ".join(letters), "expected": f"--columns {name}={letters[0]},…"}
            faults.append(sheet.finding(DUPLICATE_KEY, name, (last, column), **told))
    if faults:
        raise InputError(faults)
    return {name: columns[0] for name, columns in found.items() if columns}


def heading_texts(sheet: Sheet, first: int, last: int) -> dict[int, list[str]]:
    """The texts of a heading by column, the uppermost first; a merged cell heads all it covers."""
    found: dict[int, list[str]] = {}
    for row in range(first, last + 1):
        spread = _upper(sheet, row)
        for top, left, _, right in sheet.merged:
            if top == row and left in spread and right - left < MAX_COLUMN:
                width = min(right, left + len(COLUMNS))
                spread |= dict.fromkeys(range(left, width + 1), spread[left])
        for column, cell in sorted(spread.items()):
            found.setdefault(column, []).append(cell.text)
    return found


def points_not_known(sheet: Sheet) -> tuple[int, int] | None:
    """The cell of a heading of points in words that are not known, beside one of codes; None without."""
    for row in sorted(sheet.rows)[:_LAST_ROW]:
        texts = {column: cell.text for column, cell in sheet.rows[row].items()}
        known = {column: column_of(text) for column, text in texts.items()}
        if "code" in known.values():
            unknown = [at for at, name in known.items() if not name and _is_of_points(texts[at])]
            return (row, max(unknown)) if unknown else None
    return None


def _is_of_points(text: str) -> bool:
    return bool(_OF_POINTS.search(folded(text)))


def columns_not_read(sheet: Sheet, heading: Heading, rows: Iterable[int]) -> Iterator[Finding]:
    """The doubt about columns that are headed as points in words that are not known, and hold figures."""
    known = set(heading.columns.values())
    numbers = list(rows)
    found = [
        (column, texts[-1])
        for column, texts in heading_texts(sheet, heading.first, heading.last).items()
        if column not in known
        if any(map(_is_of_points, texts)) and folded(texts[-1]) not in _APPLICABLE
        if any(number_in(sheet.rows[row].get(column)) is not None for row in numbers)
    ]
    if found:
        column, text = found[0]
        cells = cell_names([(heading.last, each) for each, _ in found], len(found))
        told = {"count": str(len(found)), "cells": cells, "found": short(text)}
        yield sheet.finding(POINT_COLUMNS_NOT_READ, "", (heading.last, column), **told)
