"""A sheet of a workbook as cells by their place; formulas are told from values."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from msgspec import Struct, field

from parindex.office.xlsx.cells import (
    MAX_COLUMN,
    Cell,
    Kind,
    Shown,
    cell_place,
    number_cell,
    position,
    text_cell,
)
from parindex.reading.document import MAX_FAULTS
from parindex.values.codes import DUPLICATE_KEY
from parindex.values.finding import Finding, Place

_MOST_MERGED: Final = 20_000
_WORDS: Final[dict[str, Kind]] = {"b": "truth", "e": "error", "d": "date"}
"""Types of cells whose value is a word, or a day in the strict form of the format."""

_SHOWN: Final = 40
"""Letters of what is wrong that a message repeats."""
_FORMULA: Final = 240
"""Letters of a formula by which it is told what it works with."""
_MIDNIGHT: Final = re.compile(r"T00:00(?::00(?:\.0+)?)?Z?")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ZERO: Final = re.compile(r"\s*(?:0*\.?0*)\s*")

Range = tuple[int, int, int, int]
"""First row, first column, last row and last column of merged cells, all included."""


class Sheet(Struct):
    """One sheet: its cells by row and column from 1, those merged, and what was wrong in it.

    `hidden_rows` are numbers, `hidden_columns` the first and last of each range;
    `unseen` are cells whose number format shows nothing, and those `in_old_font`
    have a font of TCVN3 or VNI.
    """

    file: str
    name: str
    order: int
    is_hidden: bool
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    is_very_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    in_old_font: set[tuple[int, int]] = field(default_factory=set)

    def hides_column(self, column: int) -> bool:
        """Whether a column is hidden, or has no width."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def place(self, row: int = 0, column: int = 0) -> Place:
        """Where a cell stands, or the whole sheet."""
        return cell_place(self.file, self.name, self.order, row, column)


class Known(NamedTuple):
    """What the cells of all sheets share: texts, what styles make of numbers, the first day.

    Texts and styles are told by their numbers, as XML writes them. A workbook that
    `is_recalculated` when it is opened comes from a library: then a formula's 0, or
    its empty text, only fills the place of a value.
    """

    shared: Mapping[str, Cell | None]
    shown: Mapping[str, Shown]
    since_1904: bool
    unseen: frozenset[str] = frozenset()
    old_fonts: frozenset[str] = frozenset()
    is_recalculated: bool = False


class Cells:
    """Puts cells where they stand in a sheet, whichever way its XML is read."""

    def __init__(
        self, sheet: Sheet, known: Known, most: tuple[int, int], too_much: Callable[[], Exception]
    ) -> None:
        self.count = self.letters = 0
        self._sheet = sheet
        self._known = known
        self._most, self._most_letters = most
        self._too_much = too_much

    def add_letters(self, number: int) -> None:
        """Count letters that cells hold.

        Raises:
            InputError: P106 there are more than any workbook needs.
        """
        self.letters += number
        if self.letters > self._most_letters:
            raise self._too_much()

    def put(
        self, at: tuple[int, int], kind: str, style: str, stored: str | None, formula: str | None
    ) -> None:
        """A cell that holds something, as the XML says it; its formula may stand elsewhere.

        `stored` is None where there is no value at all.

        Raises:
            InputError: P106 there are more cells, or faults, than any sheet needs.
        """
        row, column = at
        cell = self._cell(kind, style, stored, formula)
        if cell is None:
            return
        cells = self._sheet.rows.setdefault(row, {})
        if column in cells:
            self.wrong(DUPLICATE_KEY, row, column, found=cell.text[:_SHOWN])
        cells[column] = cell
        if style in self._known.unseen:
            self._sheet.unseen.add(at)
        if style in self._known.old_fonts:
            self._sheet.in_old_font.add(at)
        self.count += 1
        if self.count > self._most:
            raise self._too_much()

    def _cell(self, kind: str, style: str, stored: str | None, formula: str | None) -> Cell | None:
        # A formula that cells share stands in the first of them only.
        told = "" if formula is None else f"={formula[:_FORMULA] or '…'}"
        if told and (stored is None or (self._known.is_recalculated and _ZERO.fullmatch(stored))):
            return Cell("", "unsaved", told)
        if not stored:
            return None
        return self._filled(kind, style, stored, told)

    def _filled(self, kind: str, style: str, stored: str, told: str) -> Cell | None:
        if kind == "s":
            return self._shared(stored, told)
        if kind in ("inlineStr", "str"):
            return text_cell(stored, told)
        stored = stored.strip()
        if not stored:
            return None
        if kind in _WORDS:
            said = {"0": "FALSE", "1": "TRUE"}.get(stored, stored) if kind == "b" else stored
            said = _MIDNIGHT.sub("", said) if kind == "d" else said
            is_time = kind == "d" and not _DAY.fullmatch(said)
            return Cell(said[:_SHOWN], "time" if is_time else _WORDS[kind], told)
        shown = self._known.shown.get(style, "number")
        return number_cell(stored, shown, told, since_1904=self._known.since_1904)

    def _shared(self, stored: str, told: str) -> Cell | None:
        if stored not in self._known.shared:
            return Cell(f"#{stored[:_SHOWN]}", "error", told)
        cell = self._known.shared[stored]
        return text_cell(cell.text if cell else "", told) if told else cell

    def wrong(self, code: str, row: int, column: int, **told: str) -> None:
        """A fault of a cell.

        Raises:
            InputError: P106 there are more than anyone reads.
        """
        if len(self._sheet.faults) >= MAX_FAULTS:
            raise self._too_much()
        place = self._sheet.place(row, column)
        self._sheet.faults.append(Finding(code, "", told, place=place))

    def text(self, kind: str, stored: str) -> str:
        """What a cell of this type says by its value, as text."""
        shared = self._known.shared.get(stored.strip()) if kind == "s" else None
        return shared.text if shared else stored.strip()

    def hide_row(self, row: int) -> None:
        """A row with cells that nobody sees."""
        self._sheet.hidden_rows.add(row)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that nobody sees."""
        if len(self._sheet.hidden_columns) < MAX_COLUMN:
            self._sheet.hidden_columns.append((first, last))

    def merge(self, ref: str) -> None:
        """Cells that are merged, as `B3:B9`."""
        first, _, last = ref.partition(":")
        one, two = position(first), position(last or first)
        if one and two and len(self._sheet.merged) < _MOST_MERGED:
            self._sheet.merged.append((*one, *two))
