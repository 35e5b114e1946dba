"""The sheets of an OpenDocument workbook (.ods), read from its XML within bounds."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from parindex.office.xlsx.cells import AS_RAISED, MAX_COLUMN, MAX_ROW, Cell, number_cell, text_cell
from parindex.office.xlsx.ooxml_zip import Listener, Package
from parindex.office.xlsx.sheet import Sheet, whole
from parindex.reading.document import fault
from parindex.values.codes import NESTED_TOO_DEEP
from parindex.values.finding import Place

_PART: Final = "content.xml"
_MOST_CELLS: Final = 200_000
_UNSEEN: Final = frozenset(("annotation", "shapes", "tracked-changes", "deletion"))
"""Elements whose text is not that of a cell."""
_HIDDEN: Final = ("collapse", "filter")
_FLOATS: Final = ("float", "currency")


def ods_sheets(data: bytes, file: str) -> list[Sheet]:
    """The sheets of a workbook, with formulas, percentages and days as they are stored.

    Raises:
        InputError: it is no such workbook, broken, or larger than any of scorecards.
    """
    reader = _Reader(file)
    Package(data, file, ".ods").walk(_PART, reader)
    return reader.sheets


class _Style(Struct):
    """What a style says: its sheet is not shown, its letters are raised, struck out or bold."""

    is_hidden: bool = False
    is_raised: bool = False
    is_struck: bool = False
    is_bold: bool = False


class _Open(Struct):
    """A cell while it is read."""

    said: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    lines: int = 0


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
        self._unseen = self._count = 0

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
            self._style = self._styles[told.get("name", "")] = _Style()
        elif name == "table-properties":
            self._style.is_hidden = told.get("display") == "false"
        elif name == "text-properties":
            position = told.get("text-position", "0%").split(" ")[0]
            lines = (told.get(f"text-line-through-{each}", "none") for each in ("style", "type"))
            self._style.is_bold = told.get("font-weight") == "bold"
            self._style.is_raised = position not in ("0%", "0", "")
            self._style.is_struck = any(line != "none" for line in lines)
        elif name == "table":
            style = self._styles.get(told.get("style-name", ""), _Style())
            self.sheets.append(
                Sheet(self._file, told.get("name", ""), len(self.sheets), style.is_hidden)
            )
            self._row = self._rows = self._columns = 0
        elif self.sheets:
            self._start_in_sheet(name, told)

    def _start_in_sheet(self, name: str, told: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        if name == "table-column":
            last = self._columns + max(whole(told.get("number-columns-repeated", ""), 1), 1)
            if told.get("visibility") in _HIDDEN:
                sheet.hidden_columns.append((self._columns + 1, min(last, MAX_COLUMN)))
            self._columns = last
        elif name == "table-row":
            self._row += max(self._rows, 1)
            self._rows = max(whole(told.get("number-rows-repeated", ""), 1), 1)
            self._row_hidden = told.get("visibility") in _HIDDEN
            self._column = 1
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = _Open(told)
        elif self._cell is not None and name in ("p", "h"):
            self._cell.pieces += ["\n"] if self._cell.lines else []
            self._cell.lines += 1
        elif self._cell is not None and name == "s":
            self._cell.pieces.append(" " * min(max(whole(told.get("c", ""), 1), 1), 100))
        elif self._cell is not None and name in ("tab", "line-break"):
            self._cell.pieces.append(" " if name == "tab" else "\n")
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
        self._cell.pieces.append(said)

    def end(self, name: str, /) -> None:
        """An element ends."""
        name = name.rpartition(":")[2]
        if self._unseen:
            self._unseen -= 1
        elif name == "span":
            self._spans.pop()
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _end_cell(self, found: _Open) -> None:
        said = found.said
        columns = max(whole(said.get("number-columns-repeated", ""), 1), 1)
        cell = _cell(said, "".join(found.pieces))
        first, self._column = self._column, self._column + columns
        if cell is None and "number-columns-spanned" not in said:
            return
        if first > MAX_COLUMN or self._row > MAX_ROW:
            return
        sheet = self.sheets[-1]
        across, down = (
            whole(said.get(f"number-{each}-spanned", ""), 1) for each in ("columns", "rows")
        )
        if across > 1 or down > 1:
            last = min(self._row + down - 1, MAX_ROW), min(first + across - 1, MAX_COLUMN)
            sheet.merged.append((self._row, first, *last))
        if cell is None:
            return
        self._count += columns * self._rows
        if self._count > _MOST_CELLS:
            raise fault(NESTED_TOO_DEEP, Place(self._file), expected=f"≤ {_MOST_CELLS}")
        for row in range(self._row, self._row + self._rows):
            sheet.rows.setdefault(row, {}).update(
                dict.fromkeys(range(first, first + columns), cell)
            )
            if self._row_hidden:
                sheet.hidden_rows.add(row)
            if self._styles.get(said.get("style-name", ""), _Style()).is_bold:
                sheet.in_bold.update((row, column) for column in range(first, first + columns))


def _cell(said: Mapping[str, str], text: str) -> Cell | None:
    """The cell of a value, by its type; its formula without the prefix of its language."""
    formula = said.get("formula", "").partition(":")[2]
    kind, value = said.get("value-type", ""), said.get("value", "")
    if kind in _FLOATS:
        return number_cell(value, "number", formula)
    if kind == "percentage":
        return number_cell(value, "percent", formula)
    if kind == "date":
        day, _, clock = said.get("date-value", "").partition("T")
        is_day = not clock.strip("0:.Z")
        return Cell(day, "date", formula) if is_day else Cell(f"{day} {clock}", "time", formula)
    if kind == "time":
        return Cell(text or said.get("time-value", ""), "time", formula)
    if kind == "boolean":
        return Cell(said.get("boolean-value", "").upper(), "truth", formula)
    return text_cell(text, formula)
