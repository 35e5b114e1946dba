"""The rows of a table in a sheet: whose code each has, and which are no scores at all.

A row that holds a score is read, or refused with its cell: no row is passed
over because of how its code is typed, where it is, or what is above it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from parindex.office.xlsx.cells import Cell, column_number, is_figure, number_in
from parindex.office.xlsx.headings import (
    COMPUTED,
    FACTS,
    INPUTS,
    META,
    POINTS,
    Heading,
    column_of,
    columns_of_row,
    total_kind,
)
from parindex.office.xlsx.sheet import Sheet
from parindex.office.xlsx.subtotals import is_subtotal
from parindex.reading.codes import code_meant
from parindex.reading.numerals import DecimalMark
from parindex.rules import PointsRule, Rule
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.words import folded, state_of
from parindex.values.codes import MISSING_FIELD, WRONG_TYPE
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.values.language import N_
from parindex.values.normal import unseen_removed

_CODE: Final = re.compile(r"\w[\w.\-]{0,39}")
_LIKE_A_CODE: Final = re.compile(r"(?=.*[0-9])|[IVXLC]+\b|\w\b")
_SEVERAL: Final = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_NUMBERED: Final = re.compile(r"\(?(?:[0-9]{1,2}|[A-Z]|[IVX]{2,4})\)?(?:\s*=.*)?")
"""What stands below a heading that numbers its columns, also as `(5) = (3) + (4)`."""
_UNKNOWN_FORMULA: Final = "=…"
STORED: Final = N_(
    "a stored value: open the workbook in Excel and save it, or in LibreOffice and "
    "press Ctrl+Shift+F9 before you save it"
)
POINTS_CELL: Final = N_("a number such as 12.5 / 12,5, or an empty cell for what is not known yet")
_SHORT: Final = 40
"""Letters of a heading of codes."""
_REFERENCE: Final = re.compile(r"(?<![A-Za-z0-9!'\".])\$?([A-Z]{1,3})\$?([0-9]{1,7})(?![0-9(])")
_NOISE: Final = Decimal("0.000000001")
"""What sums of binary floats may be off."""


class Row(Struct):
    """A row with a score: its number, cells, code and criterion, and the cell of a list that it is."""

    number: int
    cells: dict[str, Cell]
    code: str = ""
    item: str = ""
    criterion: Criterion | None = None

    @property
    def rule(self) -> Rule:
        """The rule of its criterion; points of what the scheme does not have, which is a fault of its own."""
        return self.criterion.scored_by if self.criterion else PointsRule()

    @property
    def scores(self) -> list[str]:
        """The columns of points that hold something."""
        return [name for name in POINTS if name in self.cells]


class Table:
    """The `rows` of a sheet whose scores count, in their order, and the `totals` below them by kind.

    Args:
        sheet: the sheet.
        heading: the heading of its table.
        scheme: the scheme whose criteria the rows are.
        add: takes every fault.
        mark: the decimal mark of numbers that are text, where the user said so.
    """

    def __init__(
        self,
        sheet: Sheet,
        heading: Heading,
        scheme: Scheme,
        add: Callable[[Finding], None],
        mark: DecimalMark | None,
    ) -> None:
        self.sheet, self.heading, self.scheme = sheet, heading, scheme
        self.columns = heading.columns
        self.add = add
        self.mark = mark
        self._named: list[tuple[str, Row]] = []
        self._is_template = "key" in heading.columns
        self._below = heading.last + 1
        self._by_column = {column: name for name, column in heading.columns.items()}
        self._loose: list[tuple[Row, str]] = []
        self._other: dict[str, int] = {}
        self._filled: dict[str, set[str]] = {}
        self.rows = [*_without_notes(row for row in self._all() if row.code)]
        self.by_code = {row.code: row for row in self.rows if not row.item}
        self.totals = [*self._totals_below()]
        self._check()

    def wrong(self, row: Row, column: str, code: str, **told: str) -> None:
        """Add a fault of a cell."""
        at = (row.number, self.columns[column])
        self.add(self.sheet.finding(code, row.code or column, at, **told))

    def _check(self) -> None:
        """Leave out what is worked out from other cells, and refuse what has no score to read."""
        last = max((row.number for row in self.rows), default=0)
        for row, column in self._loose:
            if row.number < last:
                self.wrong(row, column, MISSING_FIELD, case="code", expected=N_("a code"))
        with_rows = {row.code for row in self.rows if row.cells.keys() & set(INPUTS)}
        for name in POINTS:
            filling = {name, *(FACTS if name in ("self", "points") else ("state",))}
            self._filled[name] = {row.code for row in self.rows if row.cells.keys() & filling}
        typed = [*self._typed_sums()]
        for row in self.rows:
            self._without_sums(row, with_rows)
        for row, name in typed:
            row.cells.pop(name, None)
        for row in self.rows:
            self._stored(row)
        self._spread()

    def _all(self) -> Iterator[Row]:
        for number in sorted(self.sheet.rows):
            if self.heading.first <= number <= self.heading.last:
                continue
            given = self.sheet.rows[number].items()
            cells = {self._by_column.get(at, ""): _without_unseen(cell) for at, cell in given}
            cells.pop("", None)
            row = Row(number, {name: x for name, x in cells.items() if x.text or x.formula})
            elsewhere = [*self._elsewhere(number)]
            for fault in elsewhere:
                self.add(fault)
            if not elsewhere and number > self.heading.last and self._is_score(row):
                row.criterion = self.scheme.by_code.get(row.code)
                yield row

    def _elsewhere(self, row: int) -> Iterator[Finding]:
        """A fault for each score of a row that is above the heading, or below another one."""
        if row < self.heading.first:
            columns = {name: self.columns[name] for name in (*self.heading.inputs, "code")}
            expected = N_("a row below the heading of the table")
        else:
            self._look_for_heading(row)
            columns = self._other
            expected = N_("the columns of the first heading, or a sheet of its own")
        cells = self.sheet.rows[row]
        code = cells.get(columns.get("code", 0))
        if code is None or code_meant(code.text, self.scheme.by_code) not in self.scheme.by_code:
            return
        for name, column in columns.items():
            cell = cells.get(column)
            if name != "code" and cell is not None and cell.text and is_figure(cell):
                told = {"found": short(cell.text), "expected": expected}
                yield self.sheet.finding(WRONG_TYPE, code.text, (row, column), **told)

    def _look_for_heading(self, row: int) -> None:
        """Learn the columns of another heading, as far as they are not those of the first."""
        texts = (cell.text for cell in self.sheet.rows[row].values())
        if not any(len(text) <= _SHORT and column_of(text) == "code" for text in texts):
            return
        columns = columns_of_row(self.sheet, row)
        moved = columns["code"] != self.columns["code"]
        found = {x: at for x, at in columns.items() if moved or self.columns.get(x) != at}
        inputs = {name: at for name, at in found.items() if name in INPUTS}
        self._other = {**inputs, "code": columns["code"]} if inputs else {}

    def _is_score(self, row: Row) -> bool:
        """Whether a row has a score; then its code is known. Notes and headings have none."""
        key = row.cells.pop("key", None)
        code, name = row.cells.get("code"), row.cells.get("name")
        if key is not None and key.text:
            row.code, _, row.item = key.text.partition("|")
            is_own = code is not None and code_meant(code.text, (row.code,)) == row.code
            if row.code and not row.item and not is_own:
                found = code.text if code else ""
                told = {"found": found, "expected": row.code}
                self.wrong(row, "code", WRONG_TYPE, case="code-changed", **told)
            return bool(row.code)
        if code is not None and column_of(code.text) == "code":
            self._below = row.number + 1
            return False  # the heading again, on the next page
        given = {name: row.cells[name] for name in self.heading.inputs if name in row.cells}
        said = {name: cell for name, cell in given.items() if folded(cell.text) not in COMPUTED}
        is_below = row.number == self._below
        if is_below and all(_is_numbered(cell) for cell in (code, name, *said.values())):
            return False  # the numbers of the columns
        meant = code_meant(code.text, self.scheme.by_code) if code is not None else ""
        if meant not in self.scheme.by_code and self._is_total(row):
            return False
        held = {x: c for x, c in said.items() if _is_held(c) and not self._adds_up(row, x)}
        if code is None:
            self._without_code(row, held)
        else:
            self._find_code(row, code, meant, is_score=bool(said), held=held)
        return bool(row.code)

    def _totals_below(self) -> Iterator[tuple[str, Row]]:
        """The sums of the whole table; points in a row so named between the others are a sum, or refused."""
        cells = {code: row.cells for code, row in self.by_code.items()}
        numbers = [row.number for row in self.rows]
        last = max((row.number for kind, row in self._named if kind == "total"), default=0)
        for kind, row in self._named:
            at = bisect_right(numbers, row.number)
            is_below = at == len(numbers)
            if not at or (is_below and (kind != "total" or row.number == last)):
                yield kind, row
                continue
            before = self.rows[at - 1].code
            others = [
                name
                for name, cell in ((name, row.cells.get(name)) for name in self.heading.inputs)
                if cell is not None
                if _is_held(cell) and is_figure(cell) and not self._adds_up(row, name)
                if not is_subtotal(kind, cell, name, before, cells, self.scheme)
            ]
            if is_below and others:
                yield kind, row
            for name in () if is_below else others:
                self.wrong(row, name, MISSING_FIELD, case="code", expected=N_("a code"))

    def _is_total(self, row: Row) -> bool:
        """Whether a row sums up the table, by its code, its name, or what stands before its points.

        A sum has no code with several numbers: that of `2.3` is one that the scheme lacks.
        """
        code = row.cells.get("code")
        if code is not None and _SEVERAL.fullmatch(code_meant(code.text, ())):
            return False
        named = [row.cells[name].text for name in ("code", "name") if name in row.cells]
        if not named:
            first = min(self.columns[name] for name in self.heading.inputs)
            cells = sorted(self.sheet.rows[row.number].items())
            named = [cell.text for column, cell in cells if column < first][:1]
        kind = next(filter(None, map(total_kind, named)), None)
        if kind is not None:
            self._named.append((kind, row))
        return kind is not None

    def _find_code(
        self, row: Row, code: Cell, meant: str, *, is_score: bool, held: Mapping[str, Cell]
    ) -> None:
        """The code of a row; a text in its place, or one that the scheme lacks, beside a score is a fault."""
        is_number = code.kind == "number" and code.text.isdecimal()
        if code.formula and not code.text:
            self._no_code(row, short(code.formula), N_("a code"))
        elif code.kind != "text" and not is_number:
            if "maximum" in row.cells or is_score:
                expected = N_("a code as text: as a number 1.10 would be 1.1")
                self._no_code(row, code.text, expected)
        elif meant in self.scheme.by_code or (
            held and _CODE.fullmatch(meant) and _LIKE_A_CODE.match(meant)
        ):
            row.code = meant
        elif any(is_figure(cell) or state_of(cell.text) for cell in held.values()):
            self._no_code(row, short(code.text), N_("a code"))

    def _no_code(self, row: Row, found: str, expected: str) -> None:
        """Refuse what stands in place of a code."""
        self.wrong(row, "code", WRONG_TYPE, case="code", found=found, expected=expected)

    def _without_code(self, row: Row, held: Mapping[str, Cell]) -> None:
        """Refuse a score in a row without a code; a signature or a sum of other rows is none."""
        for column, cell in held.items():
            if _is_ours(cell):
                continue
            if is_figure(cell) or state_of(cell.text):
                self.wrong(row, column, MISSING_FIELD, case="code", expected=N_("a code"))
                return
            if column in FACTS and not column_of(cell.text) and re.search(r"\w", cell.text):
                self._loose.append((row, column))  # a signature, unless rows with codes follow
                return

    def has_blank(self, criteria: Iterable[Criterion], column: str) -> bool:
        """Whether some of these criteria, or of those below them, have nothing yet for a column of points.

        What a unit reports beside its own points stands for these, a state for those of every stage.
        """
        return any(_is_blank(each, self._filled[column]) for each in criteria)

    def _typed_sums(self) -> Iterator[tuple[Row, str]]:
        """The rows that hold the sum of the rows below them, as a value, and in which column.

        Such a sum is no score where a row below is empty: it would count what is not yet
        known as 0. Nor is it in a template, after "paste values": its sums leave out what
        parindex computes.
        """
        for row in self.by_code.values():
            children = row.criterion.children if row.criterion else ()
            below = [self.by_code[each.code] for each in children if each.code in self.by_code]
            for name in row.scores:
                if not self._is_template and not self.has_blank(children, name):
                    continue
                parts = [number_in(each.cells.get(name)) for each in below]
                given = [part for part in parts if part is not None]
                whole = number_in(row.cells[name])
                if given and whole is not None and abs(sum(given) - whole) < _NOISE:
                    yield row, name

    def _without_sums(self, row: Row, with_rows: set[str]) -> None:
        """Leave out what is only worked out from other cells: sums, and what parindex computes."""
        criterion = row.criterion
        is_parent = bool(criterion and criterion.children)
        below = [each.code for _, each in criterion.walk()][1:] if criterion else []
        sums = not with_rows.isdisjoint(below) or (self._is_template and is_parent)
        is_live = self._is_template and not is_parent
        for name in row.scores:
            cell = row.cells[name]
            is_sum = sums and (self._adds_up(row, name) or _is_ours(cell))
            used = ((at in FACTS and number == row.number) for at, number in self._used(row, name))
            ours = is_live and name == "self" and (_is_ours(cell) or any(used))
            if is_sum or ours or folded(cell.text) in COMPUTED:
                del row.cells[name]

    def _adds_up(self, row: Row, column: str) -> bool:
        """Whether a cell is worked out from others of its own column."""
        return any(at == column and number != row.number for at, number in self._used(row, column))

    def _used(self, row: Row, column: str) -> Iterator[tuple[str, int]]:
        """The cells that a formula works with, each by what its column holds and its row."""
        for letters, number in _REFERENCE.findall(row.cells[column].formula):
            yield self._by_column.get(column_number(letters), ""), int(number)

    def _stored(self, row: Row) -> None:
        """Refuse formulas without a stored value, which libraries leave empty or 0, and errors."""
        for name, cell in [*row.cells.items()]:
            if name not in (*INPUTS, "maximum"):
                continue
            if cell.kind in ("error", "truth"):
                self.wrong(row, name, WRONG_TYPE, found=cell.text, expected=POINTS_CELL)
                del row.cells[name]
            elif cell.kind == "unsaved":
                told = {"found": short(cell.formula), "expected": STORED}
                self.wrong(row, name, WRONG_TYPE, case="formula", **told)
                del row.cells[name]

    def _spread(self) -> None:
        """Refuse a score in a cell that is merged over several rows with codes, or over other scores."""
        numbers = {row.number: row for row in self.rows}
        in_order = [*numbers]
        inputs = {self.columns[name]: name for name in self.heading.inputs}
        for top, left, bottom, right in self.sheet.merged:
            row, name = numbers.get(top), inputs.get(left, "")
            if row is None or name not in row.cells:
                continue
            others = bisect_right(in_order, bottom) > bisect_right(in_order, top)
            if others or any(left < column <= right for column in inputs):
                found = short(row.cells.pop(name).text)
                expected = N_("a cell of its own for each score")
                self.wrong(row, name, WRONG_TYPE, found=found, expected=expected)


def _is_blank(criterion: Criterion, filled: set[str]) -> bool:
    below = {each.code for _, each in criterion.walk()} - {criterion.code}
    if filled.isdisjoint(below):
        return criterion.code not in filled
    return any(_is_blank(each, filled) for each in criterion.children)


def _without_notes(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows but for notes below the table, as `(1) Theo …`, and headings that are said again."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        again = (row.code, row.item) in seen
        seen.add((row.code, row.item))
        if not again or row.cells.keys() - {"code", "name"}:
            yield row


def _is_held(cell: Cell) -> bool:
    """Whether a cell holds something: also a formula whose value no program has stored."""
    return bool(cell.text) or cell.kind == "unsaved"


def _without_unseen(cell: Cell) -> Cell:
    """The cell without letters that nobody sees; what else is in a text stays as it is."""
    text = cell.text if cell.text.isascii() else unseen_removed(cell.text)
    return cell if text == cell.text else replace(cell, text=text.strip())


def _is_numbered(cell: Cell | None) -> bool:
    """Whether a cell holds what numbers a column below its heading."""
    if cell is None or cell.kind not in ("text", "number"):
        return False
    return bool(_NUMBERED.fullmatch(cell.text))


def _is_ours(cell: Cell) -> bool:
    """Whether a formula is one of a template: it goes by what the hidden sheet works out."""
    return cell.formula == _UNKNOWN_FORMULA or f"{META}!" in cell.formula
