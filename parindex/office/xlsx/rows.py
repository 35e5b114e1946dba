"""The rows of a table in a sheet: whose code each has, and which are no scores at all.

A row that holds a score is read, or refused with its cell: no row is passed
over because of how its code is typed, where it stands, or what is above it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from pydantic_core import PydanticCustomError

from parindex.office.xlsx.cells import Cell
from parindex.office.xlsx.elsewhere import Elsewhere
from parindex.office.xlsx.headings import COMPUTED, FACTS, META, POINTS, Heading, column_of
from parindex.office.xlsx.row import (
    Row,
    adds_up,
    is_figure,
    is_held,
    pasted_sums,
    refers_to,
    without_unseen,
)
from parindex.office.xlsx.sheet import Sheet
from parindex.office.xlsx.totals import Total, total_kind
from parindex.reading.codes import code_meant
from parindex.reading.numerals import DecimalMark, read_number
from parindex.scheme.scheme import Scheme
from parindex.scorecard.words import folded, state_of
from parindex.values.codes import MISSING_FIELD, WRONG_TYPE
from parindex.values.exact import plain
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.values.language import mark

_CODE: Final = re.compile(r"\w[\w.\-]{0,39}")
_LIKE_A_CODE: Final = re.compile(r"(?=.*[0-9])|[IVXLC]+\b|\w\b")
_NUMBERED: Final = re.compile(r"\(?(?:[0-9]{1,2}|[A-Z])\)?(?:\s*=.*)?")
"""What stands below a heading that numbers its columns, also as `(5) = (3) + (4)`."""
_UNKNOWN_FORMULA: Final = "=…"


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
        self._below = heading.last + 1
        self._loose: list[tuple[Row, str]] = []
        self.totals: list[Total] = []
        self.read: list[Row] = []
        """The rows with a score, once `rows` was asked for."""

    def rows(self, scheme: Scheme) -> list[Row]:
        """The rows whose scores count, in their order."""
        found = [row for row in self._all(scheme) if row.code]
        last = max((row.number for row in found), default=0)
        for row, column in self._loose:
            if row.number < last:
                self._wrong(row, column, MISSING_FIELD, expected=mark("a code"))
        with_rows = {row.code for row in found if row.cells.keys() & set(self._inputs)}
        pasted = pasted_sums(found, scheme) if "key" in self.heading.columns else {}
        for row in found:
            self._without_sums(row, scheme, with_rows)
            for name in pasted.get(row.number, ()):
                row.cells.pop(name, None)
        for row in found:
            self._same_maximum(row, scheme)
            self._stored(row)
        self._spread(found)
        self.read = found
        return found

    def _all(self, scheme: Scheme) -> Iterator[Row]:
        others = Elsewhere(self.sheet, self.heading)
        for number in sorted(self.sheet.rows):
            if self.heading.first <= number <= self.heading.last:
                continue
            cells = {
                self._by_column[column]: without_unseen(cell)
                for column, cell in self.sheet.rows[number].items()
                if column in self._by_column
            }
            cells = {name: cell for name, cell in cells.items() if cell.text or cell.formula}
            row = Row(number, "", "", cells)
            elsewhere = [*others.faults(row, scheme)]
            for fault in elsewhere:
                self._add(fault)
            if not elsewhere and number > self.heading.last and self._is_score(row, scheme):
                yield row

    def _is_score(self, row: Row, scheme: Scheme) -> bool:
        """Whether a row has a score; then its code is known. Notes and headings have none."""
        cells = row.cells
        key = cells.pop("key", None)
        if key is not None and key.text:
            row.code, _, row.item = key.text.partition("|")
            seen = cells.get("code")
            if (
                row.code
                and not row.item
                and (seen is None or code_meant(seen.text, (row.code,)) != row.code)
            ):
                self._wrong(
                    row, "code", WRONG_TYPE, found=seen.text if seen else "", expected=row.code
                )
            return bool(row.code)
        code, name = cells.get("code"), cells.get("name")
        if code is not None and column_of(code.text) == "code":
            self._below = row.number + 1
            return False  # the heading again, on the next page
        said = [
            cell
            for cell in map(cells.get, self._inputs)
            if cell is not None and folded(cell.text) not in COMPUTED
        ]
        if row.number == self._below and all(
            cell.kind in ("text", "number") and _NUMBERED.fullmatch(cell.text) for cell in said
        ):
            below = name is None or _NUMBERED.fullmatch(name.text)
            if code is not None and _NUMBERED.fullmatch(code.text) and name and below:
                return False
        meant = code_meant(code.text, scheme.by_code) if code is not None else ""
        if meant not in scheme.by_code and self._is_total(row):
            return False
        return self._has_code(row, code, meant, said, scheme)

    def _is_total(self, row: Row) -> bool:
        """Whether a row sums up the table, by its code, its name, or what stands before its points."""
        named = [row.cells[name].text for name in ("code", "name") if name in row.cells]
        if not named:
            first = min(self.heading.columns[name] for name in self._inputs)
            cells = sorted(self.sheet.rows[row.number].items())
            named = [cell.text for column, cell in cells if column < first][:1]
        for kind in map(total_kind, named):
            if kind is not None:
                self.totals.append(Total(kind, row.number, row.cells))
                return True
        return False

    def _has_code(
        self, row: Row, code: Cell | None, meant: str, said: list[Cell], scheme: Scheme
    ) -> bool:
        if code is None:
            self._without_code(row, said)
            return False
        is_number = code.kind == "number" and code.text.isdecimal()
        if code.formula and not code.text:
            self._wrong(row, "code", WRONG_TYPE, found=short(code.formula), expected=mark("a code"))
        elif code.kind != "text" and not is_number:
            if "maximum" in row.cells or said:
                expected = mark("a code as text: as a number 1.10 would be 1.1")
                self._wrong(row, "code", WRONG_TYPE, found=code.text, expected=expected)
        elif meant in scheme.by_code:
            row.code = meant
        else:
            self._with_other_code(row, code.text, meant, said)
        return bool(row.code)

    def _with_other_code(self, row: Row, typed: str, meant: str, said: list[Cell]) -> None:
        """A row with a code that the scheme lacks, or a text in its place: refused if it has a score."""
        held = [cell for cell in said if is_held(cell) and not self._adds_up(row, cell)]
        looks_so = bool(_CODE.fullmatch(meant) and _LIKE_A_CODE.match(meant))
        if looks_so and held:
            row.code = meant
        elif any(is_figure(cell) or state_of(cell.text) for cell in held):
            self._wrong(row, "code", WRONG_TYPE, found=short(typed), expected=mark("a code"))

    def _without_code(self, row: Row, said: list[Cell]) -> None:
        """Refuse a score in a row without a code; a signature or a sum of other rows is none."""
        for cell in said:
            column = self._column(row, cell)
            if not is_held(cell) or self._adds_up(row, cell) or _is_ours(cell):
                continue
            if is_figure(cell) or state_of(cell.text):
                self._wrong(row, column, MISSING_FIELD, expected=mark("a code"))
                return
            if column in FACTS and not column_of(cell.text) and re.search(r"\w", cell.text):
                self._loose.append((row, column))  # a signature, unless rows with codes follow
                return

    def _adds_up(self, row: Row, cell: Cell) -> bool:
        return adds_up(cell, row.number, self.heading.columns[self._column(row, cell)])

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
        is_parent = bool(criterion and criterion.children)
        for name in row.scores:
            cell = row.cells[name]
            is_sum = (sums or (own and is_parent)) and (self._adds_up(row, cell) or _is_ours(cell))
            ours = own and not is_parent and name == "self" and self._is_live(row, cell)
            if is_sum or ours or folded(cell.text) in COMPUTED:
                del row.cells[name]

    def _is_live(self, row: Row, cell: Cell) -> bool:
        """Whether a formula works points out from what its own row reports, as those of a template do."""
        columns = self.heading.columns
        facts = (columns[name] for name in FACTS if name in columns)
        return _is_ours(cell) or any(
            refers_to(cell.formula, row.number, column) for column in facts
        )

    def _stored(self, row: Row) -> None:
        """Refuse formulas without a stored value, which libraries leave empty or 0, and errors."""
        for name, cell in [*row.cells.items()]:
            if name not in (*self._inputs, "maximum"):
                continue
            if cell.kind in ("error", "truth"):
                self._wrong(row, name, WRONG_TYPE, found=cell.text, expected="12.5 / 12,5")
            elif cell.kind == "unsaved":
                expected = mark(
                    "a stored value: open the workbook in Excel and save it, or in LibreOffice and "
                    "press Ctrl+Shift+F9 before you save it"
                )
                self._wrong(row, name, WRONG_TYPE, found=short(cell.formula), expected=expected)
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
            self._wrong(row, "maximum", WRONG_TYPE, found=short(cell.text), expected=expected)

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
                self._wrong(row, name, WRONG_TYPE, **told, expected=expected)

    def _wrong(self, row: Row, column: str, code: str, **told: str) -> None:
        place = self.sheet.place(row.number, self.heading.columns[column])
        self._add(Finding(code, row.code or column, told, place=place))

    def total(self, most: Decimal | None) -> tuple[int, str, Decimal] | None:
        """Points of the whole that somebody typed, where there is one column of points."""
        for row, name, cell in self.sums("total"):
            if is_figure(cell):
                try:
                    text_mark = self._mark if cell.kind == "text" else "point"
                    return row, name, read_number(cell.text, text_mark, most)
                except PydanticCustomError as error:
                    told = {k: str(v) for k, v in (error.context or {}).items() if k != "code"}
                    self._wrong(Row(row, "", "", {}), name, error.type, **told)
        return None

    def sums(self, kind: str) -> Iterator[tuple[int, str, Cell]]:
        """What somebody typed below the table: row, column and cell, where there is one column of points."""
        columns = [name for name in POINTS if name in self.heading.columns]
        for total in self.totals if len(columns) == 1 else ():
            cell = total.cells.get(columns[0])
            if total.kind == kind and cell is not None and not cell.formula and cell.text:
                yield total.row, columns[0], cell


def _is_ours(cell: Cell) -> bool:
    """Whether a formula is one of a template: it goes by what the hidden sheet works out."""
    return cell.formula == _UNKNOWN_FORMULA or f"{META}!" in cell.formula
