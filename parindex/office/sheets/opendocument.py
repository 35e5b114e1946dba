"""The sheets of an OpenDocument workbook (.ods), read from its XML within bounds."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from parindex.office.xlsx.cells import (
    AS_RAISED,
    MAX_COLUMN,
    MAX_ROW,
    Cell,
    Shown,
    number_cell,
    text_cell,
)
from parindex.office.xlsx.ooxml_zip import Listener, Package
from parindex.office.xlsx.sheet import Budget, Sheet, whole
from parindex.reading.document import MAX_TEXT, fault
from parindex.values.codes import SYNTAX_BROKEN, TOO_LONG
from parindex.values.finding import Place
from parindex.values.language import N_

_PART: Final = "content.xml"
_UNSEEN: Final = frozenset(("annotation", "shapes", "tracked-changes", "deletion"))
"""Elements whose text is not that of a cell."""
_HIDDEN: Final = ("collapse", "filter")
_NUMBERS: Final = frozenset(("float", "currency", "percentage", "date", "time"))
_OLD_FONTS: Final = (".vn", "vni")
_MOST_MERGED: Final = 20_000
_MOST_STYLES: Final = 70_000
_MOST_SHEETS: Final = 1000
_FORMULA: Final = 240
_LONGEST: Final = 2000
"""Letters of a formula that are looked at, before and after it is written as Excel writes it."""
_REFERENCE: Final = re.compile(r"\[\$?([^\[\]]{0,200}?)\.([^\[\]]{0,40})\]")
"""A cell in a formula: its sheet, if that is another one, and its place."""
_PREFIX: Final = re.compile("[a-z]{1,20}:(?=[={])")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK: Final = re.compile(r"(-?)PT0*([0-9]+)H([0-9]{2})M([0-9]{2})(?:[.,][0-9]*)?S")
_DIGIT: Final = re.compile("[0-9]")
_SHOWN: Final = 40
_INNER: Final = N_("no table within a cell")


def ods_sheets(data: bytes, file: str) -> list[Sheet]:
    """The sheets of a workbook, with formulas, percentages and days as they are stored.

    Raises:
        InputError: it is no such workbook, broken, or larger than any of scorecards.
    """
    reader = _Reader(file)
    Package(data, file, ".ods").walk(_PART, reader)
    return reader.own_sheets()


class _Style(Struct):
    """What a style says: its sheet is not shown; its letters are raised, struck out, bold, of an old font."""

    is_hidden: bool = False
    is_raised: bool = False
    is_struck: bool = False
    is_old: bool = False
    is_bold: bool = False


class _Open(Struct):
    """A cell while it is read."""

    said: dict[str, str]
    is_old: bool
    is_error: bool = False
    pieces: list[str] = field(default_factory=list)
    lines: int = 0
    letters: int = 0


class _Reader(Listener):
    """Takes the elements of the workbook's content one after another."""

    def __init__(self, file: str) -> None:
        self.sheets: list[Sheet] = []
        self._file = file
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._spans: list[_Style] = []
        self._row = self._column = self._rows = self._columns = 0
        self._row_hidden = False
        self._cell: _Open | None = None
        self._unseen = 0
        self._budget = Budget(file)
        self._defaults: list[tuple[int, str]] = []
        self._of_others: set[int] = set()

    def own_sheets(self) -> list[Sheet]:
        """The sheets, without what is kept in the file of workbooks to which formulas lead."""
        return [each for each in self.sheets if each.order not in self._of_others]

    def start(self, name: str, said: Mapping[str, str], /) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        if self._unseen or name in _UNSEEN:
            self._unseen += 1
            return
        told = {
            key.rpartition(":")[2]: value
            for key, value in said.items()
            if not key.startswith("calcext:")
        }
        if name == "style":
            if len(self._styles) > _MOST_STYLES:
                raise self._budget.too_much()
            self._style = self._styles[told.get("name", "")] = _Style()
        elif name == "table-properties":
            self._style.is_hidden = told.get("display") == "false"
        elif name == "text-properties":
            self._style_letters(told)
        elif name == "table":
            self._start_sheet(told)
        elif name == "table-source":
            self._of_others.add(len(self.sheets) - 1)
        elif self.sheets:
            is_error = said.get("calcext:value-type") == "error"
            self._start_in_sheet(name, told, is_error=is_error)

    def _style_letters(self, told: Mapping[str, str]) -> None:
        position = told.get("text-position", "0%").split(" ")[0]
        lines = (told.get(f"text-line-through-{each}", "none") for each in ("style", "type"))
        self._style.is_raised = position not in ("0%", "0", "")
        self._style.is_struck = any(line != "none" for line in lines)
        self._style.is_bold = told.get("font-weight") == "bold"
        self._style.is_old = told.get("font-name", "").casefold().startswith(_OLD_FONTS)

    def _start_sheet(self, told: Mapping[str, str]) -> None:
        if self._cell is not None:
            what = {"found": "table:table", "cause": _INNER, "expected": ".ods"}
            raise fault(SYNTAX_BROKEN, Place(self._file), **what)
        if len(self.sheets) >= _MOST_SHEETS:
            raise self._budget.too_much()
        style = self._styles.get(told.get("style-name", ""), _Style())
        name = told.get("name", "")
        self.sheets.append(Sheet(self._file, name, len(self.sheets), style.is_hidden))
        self._row = self._rows = self._columns = 0
        self._defaults = []

    def _start_column(self, told: Mapping[str, str]) -> None:
        last = self._columns + max(whole(told.get("number-columns-repeated", ""), 1), 1)
        if told.get("visibility") in _HIDDEN and self._columns < MAX_COLUMN:
            hidden = self._columns + 1, min(last, MAX_COLUMN)
            self.sheets[-1].hidden_columns.append(hidden)
        if self._columns < MAX_COLUMN:
            self._defaults.append((last, told.get("default-cell-style-name", "")))
        self._columns = last

    def _style_of(self, told: Mapping[str, str]) -> _Style:
        """The style of a cell, which is that of its column where it has none of its own."""
        name = told.get("style-name") or next(
            (name for last, name in self._defaults if self._column <= last), ""
        )
        return self._styles.get(name, _Style())

    def _start_in_sheet(self, name: str, told: dict[str, str], *, is_error: bool) -> None:
        if name == "table-column":
            self._start_column(told)
        elif name == "table-row":
            self._row += max(self._rows, 1)
            self._rows = max(whole(told.get("number-rows-repeated", ""), 1), 1)
            self._row_hidden = told.get("visibility") in _HIDDEN
            self._column = 1
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = _Open(told, self._style_of(told).is_old, is_error)
        elif self._cell is not None and name in ("p", "h"):
            self._add("\n" if self._cell.lines else "")
            self._cell.lines += 1
        elif self._cell is not None and name == "s":
            self._add(" " * min(max(whole(told.get("c", ""), 1), 1), MAX_TEXT))
        elif self._cell is not None and name in ("tab", "line-break"):
            self._add(" " if name == "tab" else "\n")
        elif name == "span":
            self._spans.append(self._styles.get(told.get("style-name", ""), _Style()))

    def text(self, said: str, /) -> None:
        """Text between elements."""
        if self._cell is None or self._unseen or not self._cell.lines:
            return
        if any(style.is_raised for style in self._spans):
            said = said.lower().translate(AS_RAISED)
        if any(style.is_struck for style in self._spans):
            said = "".join(f"{letter}\u0336" for letter in said)
        self._cell.is_old |= any(style.is_old for style in self._spans)
        self._add(said)

    def _add(self, said: str) -> None:
        """Add a text to the cell that is read, if there is one."""
        if self._cell is not None:
            self._budget.spend(letters=len(said))
            self._cell.letters += len(said)
            self._cell.pieces.append(said)

    def end(self, name: str, /) -> None:
        """An element ends."""
        name = name.rpartition(":")[2]
        if self._unseen:
            self._unseen -= 1
        elif name == "span" and self._spans:
            self._spans.pop()
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _end_cell(self, found: _Open) -> None:
        said = found.said
        columns = max(whole(said.get("number-columns-repeated", ""), 1), 1)
        first, self._column = self._column, self._column + columns
        if first > MAX_COLUMN or self._row > MAX_ROW:
            return
        sheet, at = self.sheets[-1], (self._row, first)
        self._merge(sheet, at, said)
        if found.letters > MAX_TEXT:
            told = {"found": str(found.letters), "expected": f"≤ {MAX_TEXT}"}
            sheet.faults.append(sheet.finding(TOO_LONG, at=at, **told))
            return
        text = "".join(found.pieces)
        cell = _cell(said, text, found)
        if cell is None:
            return
        self._budget.spend(cells=columns * self._rows)
        places = [
            (row, column)
            for row in range(self._row, self._row + self._rows)
            for column in range(first, first + columns)
        ]
        for row, column in places:
            sheet.rows.setdefault(row, {})[column] = cell
        sheet.hidden_rows.update(row for row, _ in places if self._row_hidden)
        sheet.unseen.update(places if _is_unseen(cell, found, text) else ())
        sheet.in_old_font.update(places if found.is_old else ())
        style = self._styles.get(said.get("style-name", ""), _Style())
        sheet.in_bold.update(places if style.is_bold else ())

    @staticmethod
    def _merge(sheet: Sheet, at: tuple[int, int], said: Mapping[str, str]) -> None:
        across, down = (
            whole(said.get(f"number-{each}-spanned", ""), 1) for each in ("columns", "rows")
        )
        if (across > 1 or down > 1) and len(sheet.merged) < _MOST_MERGED:
            last = min(at[0] + down - 1, MAX_ROW), min(at[1] + across - 1, MAX_COLUMN)
            sheet.merged.append((*at, *last))


def _is_unseen(cell: Cell, found: _Open, text: str) -> bool:
    """Whether a number is there and nothing of it is shown, or always the same word."""
    if found.said.get("value-type") not in _NUMBERS or not found.lines:
        return False
    is_word = cell.kind in ("number", "percent") and not _DIGIT.search(text)
    return not text.strip() or (is_word and cell.text.rstrip("%") != "0")


def _cell(said: Mapping[str, str], text: str, found: _Open) -> Cell | None:
    """The cell of a value, by its type."""
    formula = _formula(said.get("formula", ""))
    kind = said.get("value-type", "")
    if found.is_error:
        return Cell(text[:_SHOWN] or "#", "error", formula)
    if formula and not kind:
        return Cell("", "unsaved", formula)
    if kind in _NUMBERS:
        return _number(kind, said, formula)
    if kind == "boolean":
        return Cell(said.get("boolean-value", "").upper()[:_SHOWN], "truth", formula)
    text = text if found.lines else said.get("string-value", "")
    return text_cell(text, formula) if text else None


def _number(kind: str, said: Mapping[str, str], formula: str) -> Cell:
    if kind == "date":
        return _day(said.get("date-value", ""), formula)
    if kind == "time":
        clock = _CLOCK.sub(r"\1\2:\3:\4", said.get("time-value", ""))
        return Cell(clock[:_SHOWN], "time", formula)
    shown: Shown = "percent" if kind == "percentage" else "number"
    return number_cell(said.get("value", ""), shown, formula)


def _day(stored: str, formula: str) -> Cell:
    """The cell of a day, or of a time of one; anything else is an error."""
    day, _, clock = stored.partition("T")
    if not _DAY.fullmatch(day):
        return Cell(stored[:_SHOWN] or "#", "error", formula)
    if clock.strip("0:.Z"):
        return Cell(f"{day} {clock.removeprefix('0')}"[:_SHOWN], "time", formula)
    return Cell(day, "date", formula)


def _formula(stored: str) -> str:
    """A formula as Excel writes it: without the prefix of its language and signs around cells."""
    if not stored:
        return ""
    return _REFERENCE.sub(_reference, _PREFIX.sub("", stored[:_LONGEST], count=1))[:_FORMULA]


def _reference(found: re.Match[str]) -> str:
    at = found[2].replace(".", "")
    return f"{found[1]}!{at}" if found[1] else at
