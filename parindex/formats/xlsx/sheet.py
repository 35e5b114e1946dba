"""A sheet of a workbook as cells by their place; formulas are told from values."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import Struct, field

from parindex.formats.document import MAX_FAULTS, MAX_TEXT
from parindex.formats.xlsx.cells import (
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
from parindex.model.fields import short
from parindex.model.finding import Finding, Place

_MOST_MERGED: Final = 20_000
_WORDS: Final[dict[str, Kind]] = {"b": "truth", "e": "error", "d": "date"}
"""Types of cells whose value is a word, or a day in the strict form of the format."""

_SHOWN: Final = 60
"""Letters of a formula that a message repeats."""

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


class Known(NamedTuple):
    """What the cells of all sheets share: texts, what styles make of numbers, the first day."""

    shared: Sequence[Cell | None]
    shown: Sequence[Shown]
    since_1904: bool


class Filler:
    """Takes the XML of a sheet and puts its cells where they stand.

    Most of the time that a workbook takes is spent here, element by element.
    """

    def __init__(
        self, sheet: Sheet, known: Known, most: tuple[int, int], too_much: Callable[[], Exception]
    ) -> None:
        self.count = self.letters = 0
        self.is_done = False
        self._sheet = sheet
        self._shared, self._shown, self._since_1904 = known
        self._most, self._most_letters = most
        self._too_much = too_much
        self._row = self._column = 0
        self._before: str | None = None
        self._said: Mapping[str, str] | None = None
        self._into: list[str] | None = None
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._length = 0
        self._is_spoken = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._said = said
        elif name in ("v", "t"):
            if self._said is not None and not self._is_spoken:
                self._into = self._value
        elif name == "f":
            if self._said is not None:
                self._into = self._formula = []
        elif name == "row":
            self._row = whole(said.get("r", ""), self._row + 1)
            self._column, self._before = 0, None
        elif name == "rPh":
            self._is_spoken = True
        elif name == "mergeCell":
            self._merge(said.get("ref", ""))
        elif name == "dataValidations":
            self.is_done = True  # by the order of the format: all cells, then all that is merged

    def text(self, said: str) -> None:
        """Text between the elements."""
        if self._into is not None:
            self._length += len(said)
            if self._length <= MAX_TEXT:
                self._into.append(said)
                self.letters += len(said)
                if self.letters > self._most_letters:
                    raise self._too_much()

    def end(self, name: str) -> None:
        """An element ends."""
        self._into = None
        if name == "c" and self._said is not None:
            if self._value or self._formula is not None:
                self._keep(self._said)
                self._value, self._formula = [], None
                self._length = 0
            else:
                self._pass(self._said)
            self._said = None
        elif name == "rPh":
            self._is_spoken = False

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        one, two = position(first), position(last or first)
        if one and two and len(self._sheet.merged) < _MOST_MERGED:
            self._sheet.merged.append((*one, *two))

    def _pass(self, said: Mapping[str, str]) -> None:
        """An empty cell only tells where the next one stands that does not say it itself."""
        reference = said.get("r")
        if reference is None:
            self._row, self._column = self._next()
        self._before = reference

    def _next(self) -> tuple[int, int]:
        """Where a cell stands that does not say it: after the one before."""
        row, column = (
            (position(self._before) or (0, 0)) if self._before else (self._row, self._column)
        )
        return row, column + 1

    def _keep(self, said: Mapping[str, str]) -> None:
        reference = said.get("r")
        at = self._next() if reference is None else position(reference)
        self._before = None
        if at is None or not (1 <= at[0] <= MAX_ROW and at[1] <= MAX_COLUMN):
            self._wrong("P104", 0, 0, found=short(reference or f"{at}"))
            return
        row, column = self._row, self._column = at
        if self._length > MAX_TEXT:
            self._wrong("P111", row, column, found=str(self._length), expected=f"≤ {MAX_TEXT}")
            return
        cell = self._cell(said)
        if cell is None:
            return
        cells = self._sheet.rows.setdefault(row, {})
        if column in cells:
            self._wrong("P107", row, column, found=cell.text[:40])
        cells[column] = cell
        self.count += 1
        if self.count > self._most:
            raise self._too_much()

    def _cell(self, said: Mapping[str, str]) -> Cell | None:
        kind = said.get("t", "n")
        # A formula that cells share stands in the first of them only.
        formula = ""
        if self._formula is not None:
            formula = f"={''.join(self._formula)[:_SHOWN] or '…'}"
        stored = "".join(self._value)
        if kind == "s":
            index = whole(stored.strip(), -1)
            if not 0 <= index < len(self._shared):
                return Cell("s", "error")
            cell = self._shared[index]
            return text_cell(cell.text if cell else "", formula) if formula else cell
        if kind in ("inlineStr", "str"):
            return text_cell(stored, formula)
        stored = stored.strip()
        if not stored:
            return Cell("", "text", formula) if formula else None
        if kind in _WORDS:
            told = {"0": "FALSE", "1": "TRUE"}.get(stored, stored) if kind == "b" else stored
            told = told.removesuffix("T00:00:00") if kind == "d" else told
            return Cell(told[:40], _WORDS[kind], formula)
        style = whole(said.get("s", ""), -1)
        shown = self._shown[style] if 0 <= style < len(self._shown) else "number"
        return number_cell(stored, shown, formula, since_1904=self._since_1904)

    def _wrong(self, code: str, row: int, column: int, **told: str) -> None:
        if len(self._sheet.faults) >= MAX_FAULTS:
            raise self._too_much()
        place = self._sheet.place(row, column)
        self._sheet.faults.append(Finding(code, "", told, place=place))


def whole(text: str, otherwise: int) -> int:
    """A whole number as XML writes it, or something else where it is none."""
    digits = text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004
    return int(text) if digits else otherwise
