"""A sheet of a workbook as cells by their place; formulas are told from values."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from parindex.formats.document import MAX_FAULTS, MAX_TEXT
from parindex.formats.xlsx_cells import (
    MAX_COLUMN,
    MAX_ROW,
    Cell,
    Kind,
    Shown,
    cell_place,
    number_cell,
    position,
    text_cell,
)
from parindex.model.finding import Finding, Place

_MOST_MERGED: Final = 20_000
_WORDS: Final[dict[str, Kind]] = {"b": "truth", "e": "error", "d": "date"}
"""Types of cells whose value is a word, or a day in the strict form of the format."""

Range = tuple[int, int, int, int]
"""First row, first column, last row and last column of merged cells, all included."""


class Sheet(Struct):
    """One sheet: its cells by row and column from 1, those merged, and what was wrong in it."""

    file: str
    name: str
    order: int
    is_hidden: bool
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)

    def place(self, row: int = 0, column: int = 0) -> Place:
        """Where a cell stands, or the whole sheet."""
        return cell_place(self.file, self.name, self.order, row, column)


class Filler:
    """Takes the XML of a sheet and puts its cells where they stand."""

    def __init__(
        self, sheet: Sheet, shared: list[str], shown: list[Shown], since_1904: bool
    ) -> None:
        self.count = 0
        self._sheet = sheet
        self._shared = shared
        self._shown = shown
        self._since_1904 = since_1904
        self._row = self._column = 0
        self._said: Mapping[str, str] = {}
        self._into = ""
        self._texts: dict[str, list[str]] = {}
        self._length = 0

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "row":
            self._row = whole(said.get("r", ""), self._row + 1)
            self._column = 0
        elif name == "c":
            self._said, self._texts, self._into, self._length = said, {}, "", 0
            at = position(said.get("r", ""))
            self._row, self._column = at or (self._row, self._column + 1)
        elif name in ("v", "t", "f") and self._said:
            self._into = name
            self._texts.setdefault(name, [])
        elif name == "rPh":
            self._into = ""
        elif name == "mergeCell" and len(self._sheet.merged) < _MOST_MERGED:
            first, _, last = said.get("ref", "").partition(":")
            one, two = position(first), position(last or first)
            if one and two:
                self._sheet.merged.append((*one, *two))

    def text(self, said: str) -> None:
        """Text between the elements."""
        if self._into:
            self._length += len(said)
            if self._length <= MAX_TEXT:
                self._texts[self._into].append(said)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t", "f"):
            self._into = ""
        elif name == "c":
            self._keep()
            self._said = {}

    def _keep(self) -> None:
        row, column = self._row, self._column
        if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
            self._wrong("P104", 0, 0, found=f"{row}, {column}")
            return
        if self._length > MAX_TEXT:
            self._wrong("P111", row, column, found=str(self._length), expected=f"≤ {MAX_TEXT}")
            return
        cell = self._cell()
        if cell is None:
            return
        cells = self._sheet.rows.setdefault(row, {})
        if column in cells:
            self._wrong("P107", row, column, found=cell.text[:40])
        cells[column] = cell
        self.count += 1

    def _cell(self) -> Cell | None:
        kind = self._said.get("t", "n")
        formula = f"={''.join(self._texts['f'])}" if "f" in self._texts else ""
        stored = "".join(self._texts.get("t" if kind == "inlineStr" else "v", ()))
        if kind == "s":
            index = whole(stored.strip(), -1)
            is_known = 0 <= index < len(self._shared)
            return text_cell(self._shared[index], formula) if is_known else Cell("s", "error")
        if kind in ("inlineStr", "str"):
            return text_cell(stored, formula)
        stored = stored.strip()
        if not stored:
            return Cell("", "text", formula) if formula else None
        if kind in _WORDS:
            said = {"0": "FALSE", "1": "TRUE"}.get(stored, stored) if kind == "b" else stored
            return Cell(said[:40], _WORDS[kind], formula)
        style = whole(self._said.get("s", ""), -1)
        shown = self._shown[style] if 0 <= style < len(self._shown) else "number"
        return number_cell(stored, shown, formula, since_1904=self._since_1904)

    def _wrong(self, code: str, row: int, column: int, **told: str) -> None:
        if len(self._sheet.faults) < MAX_FAULTS:
            place = self._sheet.place(row, column)
            self._sheet.faults.append(Finding(code, "", told, place=place))


def whole(text: str, otherwise: int) -> int:
    """A whole number as XML writes it, or something else where it is none."""
    digits = text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004
    return int(text) if digits else otherwise
