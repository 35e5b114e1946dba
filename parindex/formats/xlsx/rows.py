"""The rows of a table in a sheet: whose code each has, and which are no scores at all."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct
from pydantic_core import PydanticCustomError

from parindex.exact import plain
from parindex.formats.numerals import DecimalMark, read_number
from parindex.formats.xlsx.cells import Cell
from parindex.formats.xlsx.columns import Heading
from parindex.formats.xlsx.sheet import Sheet
from parindex.formats.xlsx.words import COMPUTED, STAGED, column_of, folded, is_total
from parindex.language import mark
from parindex.model.fields import short
from parindex.model.finding import Finding
from parindex.model.scheme import Scheme

_CODE: Final = re.compile(r"\w[\w.\-]{0,39}")
_NUMBERED: Final = re.compile(r"\(?(?:[0-9]{1,2}|[A-Z])\)?")
"""What stands below a heading that numbers its columns."""
_POINTS: Final = (*STAGED, "points")


class Row(Struct):
    """A row with a score: its number, its code, the cell of a list that it is, and its cells."""

    number: int
    code: str
    item: str
    cells: dict[str, Cell]

    @property
    def scores(self) -> list[str]:
        """The columns of points that hold something."""
        return [name for name in _POINTS if name in self.cells]


class Table:
    """The rows of a sheet below its heading; `add` takes every fault."""

    def __init__(
        self, sheet: Sheet, heading: Heading, add: Callable[..., None], *, mark_: DecimalMark | None
    ) -> None:
        self.sheet = sheet
        self.heading = heading
        self._add = add
        self._mark = mark_
        self._inputs = heading.inputs
        self._by_column = {column: name for name, column in heading.columns.items()}
        self.totals: list[Row] = []

    def rows(self, scheme: Scheme) -> list[Row]:
        """The rows whose scores count, in their order."""
        found = [row for row in self._all(scheme) if row.code]
        with_rows = {row.code for row in found if row.cells.keys() & set(self._inputs)}
        for row in found:
            self._without_sums(row, scheme, with_rows)
        for row in found:
            self._same_maximum(row, scheme)
            self._stored(row)
        self._spread(found)
        return found

    def _all(self, scheme: Scheme) -> Iterator[Row]:
        for number in sorted(self.sheet.rows):
            if number <= self.heading.last:
                continue
            cells = {
                self._by_column[column]: cell
                for column, cell in self.sheet.rows[number].items()
                if column in self._by_column
            }
            row = Row(number, "", "", cells)
            if self._is_score(row, scheme):
                yield row

    def _is_score(self, row: Row, scheme: Scheme) -> bool:
        """Whether a row has a score; then its code is known. Notes and headings have none."""
        cells = row.cells
        if "key" in self.heading.columns:
            key = cells.pop("key", None)
            row.code, _, row.item = key.text.partition("|") if key else ("", "", "")
            seen = cells.get("code")
            if row.code and not row.item and (seen is None or seen.text != row.code):
                self._wrong(row, "code", "P110", found=seen.text if seen else "", expected=row.code)
            return bool(row.code)
        code, name = cells.get("code"), cells.get("name")
        first = [cell.text for cell in (code, name) if cell is not None]
        if any(map(is_total, first)):
            self.totals.append(row)
            return False
        said = [cell for cell in map(cells.get, self._inputs) if cell is not None]
        if code is not None and column_of(code.text) == "code":
            return False  # the heading again, on the next page
        if row.number == self.heading.last + 1 and all(
            cell.kind in ("text", "number") and _NUMBERED.fullmatch(cell.text) for cell in said
        ):
            below = name is None or _NUMBERED.fullmatch(name.text)
            if code is not None and _NUMBERED.fullmatch(code.text) and name and below:
                return False
        return self._has_code(row, code, said, scheme)

    def _has_code(self, row: Row, code: Cell | None, said: list[Cell], scheme: Scheme) -> bool:
        figures = [cell for cell in said if cell.kind != "text" or _is_figure(cell.text)]
        typed = [cell for cell in figures if not cell.formula]
        if code is None:
            if typed:
                self._wrong(row, self._column(row, typed[0]), "P109", expected=mark("a code"))
            return False
        if code.formula and not code.text:
            self._wrong(row, "code", "P110", found=short(code.formula), expected=mark("a code"))
            return False
        text = code.text.rstrip(".")
        if code.kind != "text" and not (code.kind == "number" and text.isdecimal()):
            if "maximum" in row.cells or said:
                expected = mark("a code as text: as a number 1.10 would be 1.1")
                self._wrong(row, "code", "P110", found=code.text, expected=expected)
            return False
        if not _CODE.fullmatch(text) or (text not in scheme.by_code and not typed):
            return False
        row.code = text
        return True

    def _column(self, row: Row, cell: Cell) -> str:
        return next(name for name, each in row.cells.items() if each is cell)

    def _without_sums(self, row: Row, scheme: Scheme, with_rows: set[str]) -> None:
        """Leave out what is only worked out from other cells: sums, and what parindex computes."""
        criterion = scheme.by_code.get(row.code)
        below = (
            (each.code for _, each in criterion.walk() if each is not criterion)
            if criterion
            else ()
        )
        sums = not with_rows.isdisjoint(below)
        own = "key" in self.heading.columns
        for name in row.scores:
            cell = row.cells[name]
            ours = own and (name == "self" or bool(criterion and criterion.children))
            if (cell.formula and (sums or ours)) or folded(cell.text) in COMPUTED:
                del row.cells[name]

    def _stored(self, row: Row) -> None:
        """Refuse formulas without a stored value, which libraries leave empty or 0, and errors."""
        for name, cell in [*row.cells.items()]:
            if name not in (*self._inputs, "maximum"):
                continue
            if cell.kind in ("error", "truth"):
                self._wrong(row, name, "P110", found=cell.text, expected="12.5 / 12,5")
            elif cell.kind == "unsaved":
                expected = mark(
                    "a stored value: open the workbook in Excel and save it, or in LibreOffice and "
                    "press Ctrl+Shift+F9 before you save it"
                )
                self._wrong(row, name, "P110", found=short(cell.formula), expected=expected)
            else:
                continue
            del row.cells[name]

    def _same_maximum(self, row: Row, scheme: Scheme) -> None:
        """Refuse a row whose maximum is not that of the scheme: then the code is another one's."""
        cell, criterion = row.cells.get("maximum"), scheme.by_code.get(row.code)
        if cell is None or criterion is None or criterion.max is None or row.item:
            return
        if cell.formula and not cell.text:
            return
        try:
            text_mark = self._mark if cell.kind == "text" else "point"
            is_same = read_number(cell.text, text_mark, criterion.max) == criterion.max
        except PydanticCustomError:
            is_same = False
        if not is_same:
            expected = plain(criterion.max)
            self._wrong(row, "maximum", "P110", found=short(cell.text), expected=expected)

    def _spread(self, rows: list[Row]) -> None:
        """Refuse a score in a cell that is merged over several rows with codes."""
        numbers = {row.number: row for row in rows}
        in_order = sorted(numbers)
        for top, left, bottom, right in self.sheet.merged:
            row = numbers.get(top)
            name = self._by_column.get(left, "")
            if row is None or name not in self._inputs or name not in row.cells:
                continue
            others = bisect_right(in_order, bottom) > bisect_right(in_order, top)
            inputs = [
                each
                for column, each in self._by_column.items()
                if left < column <= right and each in self._inputs
            ]
            if others or inputs:
                told = {"found": short(row.cells.pop(name).text)}
                expected = mark("a cell of its own for each score")
                self._wrong(row, name, "P110", **told, expected=expected)

    def _wrong(self, row: Row, column: str, code: str, **told: str) -> None:
        place = self.sheet.place(row.number, self.heading.columns[column])
        self._add(Finding(code, row.code or column, told, place=place))

    def total(self, most: Decimal | None) -> tuple[Row, str, Decimal] | None:
        """Points of the whole that somebody typed, where there is one column of points."""
        columns = [name for name in _POINTS if name in self.heading.columns]
        for row in self.totals if len(columns) == 1 else ():
            cell = row.cells.get(columns[0])
            if cell is None or cell.formula or not _is_figure(cell.text):
                continue
            try:
                text_mark = self._mark if cell.kind == "text" else "point"
                return row, columns[0], read_number(cell.text, text_mark, most)
            except PydanticCustomError as error:
                told = {k: str(v) for k, v in (error.context or {}).items() if k != "code"}
                self._wrong(row, columns[0], error.type, **told)
        return None


def _is_figure(text: str) -> bool:
    """Whether a text begins as a number does."""
    return bool(re.match(r"[-+]?[.,]?[0-9]", text))
