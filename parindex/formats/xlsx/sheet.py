"""A sheet of a workbook as cells by their place; formulas are told from values."""

import re
from collections.abc import Callable, Mapping
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
from parindex.formats.xlsx.rich import RichText, without_marks
from parindex.language import mark
from parindex.model.fields import short
from parindex.model.finding import Finding, Place

_MOST_MERGED: Final = 20_000
_WORDS: Final[dict[str, Kind]] = {"b": "truth", "e": "error", "d": "date"}
"""Types of cells whose value is a word, or a day in the strict form of the format."""

_SHOWN: Final = 40
"""Letters of a formula, or of what is wrong, that a message repeats."""
_MIDNIGHT: Final = re.compile(r"T00:00(?::00(?:\.0+)?)?Z?")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_TOLD: Final = 3
_ZERO: Final = re.compile(r"\s*(?:0*\.?0*)\s*")
_TRUE: Final = ("1", "true")

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
            self.wrong("P107", row, column, found=cell.text[:_SHOWN])
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
        told = "" if formula is None else f"={formula[:_SHOWN] or '…'}"
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


class Filler:
    """Takes the XML of a sheet, element by element."""

    def __init__(self, cells: Cells) -> None:
        self.is_done = False
        self._cells = cells
        self._row = self._column = 0
        self._before: str | None = None
        self._said: Mapping[str, str] | None = None
        self._into: list[str] | None = None
        self._values: list[list[str]] = []
        self._formula: list[str] | None = None
        self._length = 0
        self._rich = RichText(self._is_counted)
        self._is_rich = False
        self._hides_rows = self._is_hidden = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        if self._is_rich:
            self._rich.start(name, said)
        elif name == "c":
            self._said = said
        elif self._said is not None:
            self._start_in_cell(name)
        elif name == "row":
            self._row = whole(said.get("r", ""), self._row + 1)
            self._column, self._before = 0, None
            self._look_at_row(said)
        elif name == "mergeCell":
            self._cells.merge(said.get("ref", ""))
        elif name == "col":
            if said.get("hidden") in _TRUE or _is_nothing(said.get("width", "")):
                first = whole(said.get("min", ""), 0)
                self._cells.hide_columns(first, whole(said.get("max", ""), first))
        elif name == "sheetFormatPr":
            self._hides_rows = said.get("zeroHeight") in _TRUE
        elif name == "dataValidations":
            self.is_done = True  # by the order of the format: all cells, then all that is merged

    def _start_in_cell(self, name: str) -> None:
        if name == "v":
            self._into = []
            self._values.append(self._into)
        elif name == "f":
            self._into = self._formula = []
        elif name == "is":
            self._is_rich = True

    def _look_at_row(self, said: Mapping[str, str]) -> None:
        height, hidden = said.get("ht", ""), said.get("hidden", "")
        by_default = self._hides_rows and not (height or hidden)
        self._is_hidden = hidden in _TRUE or _is_nothing(height) or by_default

    def text(self, said: str) -> None:
        """Text between the elements."""
        if self._is_rich:
            self._rich.text(said)
        elif self._into is not None and self._is_counted(len(said)):
            self._into.append(said)

    def _is_counted(self, letters: int) -> bool:
        """Whether a cell may hold so many more letters; what is longer is refused at its end."""
        self._length += letters
        is_kept = self._length <= MAX_TEXT
        if is_kept:
            self._cells.add_letters(letters)
        return is_kept

    def end(self, name: str) -> None:
        """An element ends."""
        self._into = None
        if name == "is":
            self._is_rich = False
        elif self._is_rich:
            self._rich.end(name)
        elif name == "c" and self._said is not None:
            texts = [*map("".join, self._values), self._rich.take()]
            if any(texts) or self._formula is not None:
                self._keep(self._said, texts)
            else:
                self._pass(self._said)
            self._values, self._formula = [], None
            self._length = 0
            self._said = None

    def _pass(self, said: Mapping[str, str]) -> None:
        """An empty cell only tells where the next one stands that does not say it itself."""
        reference = said.get("r")
        if reference is None:
            self._row, self._column = self._next()
        self._before = reference

    def _next(self) -> tuple[int, int]:
        """Where a cell stands that does not say it: after the one before."""
        before = position(self._before) or (0, 0) if self._before else (self._row, self._column)
        return before[0], before[1] + 1

    def _keep(self, said: Mapping[str, str], texts: list[str]) -> None:
        reference = said.get("r")
        at = self._next() if reference is None else position(reference)
        self._before = None
        if at is None or not (1 <= at[0] <= MAX_ROW and at[1] <= MAX_COLUMN):
            self._cells.wrong("P104", 0, 0, found=short(reference or f"{at}"))
            return
        row, column = self._row, self._column = at
        if self._is_hidden:
            self._cells.hide_row(row)
        if self._length > MAX_TEXT:
            most = f"≤ {MAX_TEXT}"
            self._cells.wrong("P111", row, column, found=str(self._length), expected=most)
            return
        formula = None if self._formula is None else "".join(self._formula)
        kind, style = said.get("t", "n"), said.get("s", "")
        *values, inline = texts
        told = {text: None for value in values if (text := self._cells.text(kind, value))}
        if inline.strip():
            told[without_marks(inline.strip())] = None
        if len(told) > 1:
            found = " | ".join(map(short, [*told][:_MOST_TOLD]))
            self._cells.wrong("P110", row, column, found=found, expected=mark("one value"))
        elif inline and not any(values):
            self._cells.put(at, "inlineStr", style, inline, formula)
        else:
            stored = next(filter(None, values), "" if values else None)
            self._cells.put(at, kind, style, stored, formula)


def _is_nothing(size: str) -> bool:
    """Whether a width or height is 0, as XML writes it."""
    return bool(re.fullmatch(r"0+(\.0*)?", size))


def whole(text: str, otherwise: int) -> int:
    """A whole number as XML writes it, or something else where it is none."""
    digits = text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004
    return int(text) if digits else otherwise
