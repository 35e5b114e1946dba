"""The rows of a wide table: units with their groups, the row of maxima, and what is passed over."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct, field
from pydantic_core import PydanticCustomError

from parindex.office.wide.areas import Maxima
from parindex.office.wide.columns import WideHeading, same_heading
from parindex.office.xlsx.cells import Cell, mark_of, name_without_marks, number_in
from parindex.office.xlsx.entries import told_of
from parindex.office.xlsx.headings import column_of, total_kind
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.numerals import DecimalMark, read_number
from parindex.scorecard.words import folded
from parindex.values.codes import (
    MISSING_FIELD,
    ROW_PASSED_OVER,
    WRONG_TYPE,
)
from parindex.values.exact import to_text
from parindex.values.fields import one_name, short
from parindex.values.finding import Finding
from parindex.values.fuzzy import fold_name
from parindex.values.language import LANGUAGES, language

_MEAN: Final = re.compile(
    r"(?:diem-|gia-tri-|chi-so-)?(?:trung-binh|binh-quan|trung-vi|cao-nhat|thap-nhat|lon-nhat|nho-nhat"
    r"|mean|average|median|highest|lowest|max|min)"
    r"(?:-(?:cua|chung|cong|toan|tinh|cac|so|ban|nganh|don-vi|khoi|diem|chi-so|nam|huyen|xa|nhom|cap"
    r"|cong-chung|[0-9]+))*"
)
_GROUP: Final = re.compile(r"\s*(?:[IVXLC]{1,6}|[A-HĐ])\s*[.)/:\-–]\s*(?=\S)")
"""A number before a group, as `I.` or `B)`."""
_GROUP_NUMBER: Final = re.compile(r"\s*(?:[IVXLC]{1,6}|[A-HĐ])\s*[.)]?\s*")
_GROUP_WORD: Final = re.compile(r"(?:khoi|nhom|cum|cap|cac|group|block)(?:-|$)")


_NOTE: Final = re.compile(
    r"(?:ghi-chu|nguon|noi-nhan|nguoi|ngay|luu-y|chu-thich|note|source)(?:-|$)"
)


_UNRANKED: Final = {language(each)("Assessed but not ranked") for each in LANGUAGES}
_UNKNOWN: Final = {language(each)("Not known in full, so not ranked") for each in LANGUAGES}
"""What heads those who are not ranked in a table that `rank` wrote."""


class UnitRow(Struct):
    """A unit: its row, name and group, its cells by column, and why it is not ranked, if it is not."""

    row: int
    name: str
    group: str | None
    cells: Mapping[int, Cell]
    unranked: str = ""


class Rows(Struct):
    """What the rows below a heading are; `passed` are doubts about rows that count for nothing."""

    units: list[UnitRow] = field(default_factory=list)
    maxima: Maxima = field(default_factory=Maxima)
    passed: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)


class RowReader:
    """Tells the rows of a table by what stands in them.

    Args:
        sheet: the sheet.
        heading: the heading of its wide table.
        mark: the decimal mark of numbers that are text, where the user said so.
    """

    def __init__(self, sheet: Sheet, heading: WideHeading, mark: DecimalMark | None) -> None:
        self._sheet, self._heading, self._mark = sheet, heading, mark
        self._unit, self._number = heading.columns["unit"], heading.columns.get("number", 0)
        self._points = frozenset(heading.points)
        self._found = Rows()
        self._group: str | None = None
        self._reason = ""

    def read(self) -> Rows:
        """All rows below the heading."""
        numbers = [row for row in sorted(self._sheet.rows) if row > self._heading.last]
        last = max((row for row in numbers if self._is_given(row)), default=0)
        for row in numbers:
            cells = self._sheet.given(row)
            if not cells or same_heading(self._sheet, row, self._heading):
                continue
            if row > last and self._is_note(row, cells):
                continue
            self._read(row, cells)
        return self._found

    def _is_given(self, row: int) -> bool:
        """Whether a row has something in a column of points."""
        cells = self._sheet.given(row)
        return any(at in cells for at in self._points)

    def _is_numbered(self, cells: Mapping[int, Cell]) -> bool:
        """Whether a row has a number of its own, and a name, as those of units have."""
        return number_in(cells.get(self._number)) is not None and self._unit in cells

    def _is_note(self, row: int, cells: Mapping[int, Cell]) -> bool:
        """Whether a row below the last figure is no unit that waits for its own: notes, who signs."""
        if self._is_numbered(cells) or (
            len(cells) > 1 and self._unit in cells and not self._number
        ):
            return False
        is_merged = any(top == row and right > left for top, left, _, right in self._sheet.merged)
        name = self._name(cells)
        return bool(self._number or is_merged or not name or _NOTE.match(fold_name(name)))

    def _read(self, row: int, cells: Mapping[int, Cell]) -> None:
        name, words = self._name(cells), self._words(cells)
        if words and words[0] in _UNRANKED | _UNKNOWN:
            self._reason = words[0] if words[0] in _UNRANKED else ""
            return
        is_given = any(at in cells for at in self._points)
        if any(column_of(text) == "maximum" for text in words):
            self._maxima(row, cells)
        elif any(map(_is_total, words)):
            self._pass(row, cells, words[0])
        elif not words:
            if is_given:
                at = (row, self._unit)
                fault = self._sheet.finding(MISSING_FIELD, "", at, expected="unit")
                self._found.faults.append(fault)
        elif self._is_group(row, cells, name, is_given=is_given):
            title = _GROUP.sub("", name or words[0], count=1)
            self._group = one_name(name_without_marks(title)) or None
            self._pass(row, cells, words[0])
        elif name:
            self._found.units.append(UnitRow(row, one_name(name), self._group, cells, self._reason))
        elif is_given:
            self._pass(row, cells, words[0])

    def _name(self, cells: Mapping[int, Cell]) -> str:
        return cells[self._unit].text if self._unit in cells else ""

    def _words(self, cells: Mapping[int, Cell]) -> list[str]:
        """The texts of a row beside its points: the name first, then what may stand in its place."""
        first = min(self._points, default=self._unit + 1)
        before = (at for at in range(1, first) if at in cells and at != self._unit)
        others = [cells[at].text for at in before]
        told = [text for text in others if re.search(r"[^\W\d_]{2}", text)]
        return [*filter(None, [self._name(cells)]), *told]

    def _is_group(self, row: int, cells: Mapping[int, Cell], name: str, *, is_given: bool) -> bool:
        """Whether a row heads the units below it: by its number, alone in its row, or merged."""
        number = cells[self._number].text if self._number in cells else ""
        if number_in(cells.get(self._number)) is not None:
            return False
        if _GROUP_NUMBER.fullmatch(number) or _GROUP.match(name or number):
            return True
        if is_given:
            return False
        is_merged = any(top == row and right > left for top, left, _, right in self._sheet.merged)
        is_worded = bool(_GROUP_WORD.match(fold_name(name)))
        return is_merged or self._unit not in cells or is_worded or self._is_counted

    @property
    def _is_counted(self) -> bool:
        """Whether the table numbers its units, so that a name without a number is none."""
        rows = (cells for row, cells in self._sheet.rows.items() if row > self._heading.last)
        return bool(self._number) and any(map(self._is_numbered, rows))

    def _pass(self, row: int, cells: Mapping[int, Cell], name: str) -> None:
        """Tell of a row that is no unit and has figures."""
        given = [
            at for at in sorted(cells) if at in self._points and number_in(cells[at]) is not None
        ]
        if given:
            told = {"found": short(name)}
            self._found.passed.append(
                self._sheet.finding(ROW_PASSED_OVER, "", (row, given[0]), **told)
            )

    def _maxima(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Keep a row of maxima; a second one must be the same."""
        points: dict[int, Decimal] = {}
        columns = {self._heading.columns.get(name) for name in ("index", "rank", "band")}
        for at in sorted(self._points - columns & cells.keys()):
            cell = cells[at]
            try:
                points[at] = read_number(cell.text, mark_of(cell, self._mark))
            except PydanticCustomError as error:
                fault = self._sheet.finding(error.type, "", (row, at), **told_of(error))
                self._found.faults.append(fault)
        if not self._found.maxima.row:
            self._found.maxima = Maxima(row, points)
            return
        for at, printed in points.items():
            before = self._found.maxima.points.get(at)
            if before != printed:
                told = {"found": to_text(printed), "expected": to_text(before or Decimal(0))}
                fault = self._sheet.finding(WRONG_TYPE, "", (row, at), **told)
                self._found.faults.append(fault)


def _is_total(text: str) -> bool:
    """Whether a row is named as a sum or a mean of the others."""
    return total_kind(text) == "total" or bool(_MEAN.fullmatch(fold_name(folded(text))))
