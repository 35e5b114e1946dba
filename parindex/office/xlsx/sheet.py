"""A sheet of a workbook: its cells by their place and what is hidden, read from its XML."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from parindex.findings import InputError
from parindex.office.xlsx.cells import (
    AS_RAISED,
    MAX_COLUMN,
    MAX_ROW,
    Cell,
    Kind,
    Shown,
    Style,
    cell_place,
    number_cell,
    position,
    text_cell,
    without_marks,
)
from parindex.office.xlsx.ooxml_zip import Listener
from parindex.reading.document import MAX_FAULTS, MAX_TEXT, fault
from parindex.values.codes import (
    DUPLICATE_KEY,
    NESTED_TOO_DEEP,
    SYNTAX_BROKEN,
    TOO_LONG,
    WRONG_TYPE,
)
from parindex.values.fields import short
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_MOST_CELLS: Final = 200_000
_MOST_LETTERS: Final = 8 * 1024 * 1024
_MOST_MERGED: Final = 20_000
_WORDS: Final[dict[str, Kind]] = {"b": "truth", "e": "error", "d": "date"}
"""Types of cells whose value is a word, or a day in the strict form of the format."""
_PLAIN: Final = Style()
_SHOWN: Final = 40
"""Letters of what is wrong that a message repeats."""
_FORMULA: Final = 240
"""Letters of a formula by which it is told what it works with."""
_MIDNIGHT: Final = re.compile(r"T00:00(?::00(?:\.0+)?)?Z?")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ZERO: Final = re.compile(r"\s*(?:0*\.?0*)\s*")
_MOST_TOLD: Final = 3
_FALSE: Final = ("0", "false", "off")
_STRUCK: Final = re.compile(r"\S")

Range = tuple[int, int, int, int]
"""First row, first column, last row and last column of merged cells, all included."""


class Sheet(Struct):
    """One sheet: its cells by row and column from 1, those merged, and what was wrong in it.

    `hidden_rows` are numbers, `hidden_columns` the first and last of each range;
    `unseen` are cells whose number format shows nothing, those `in_old_font`
    have a font of TCVN3 or VNI, and those `in_bold` are bold from end to end. Of a table
    whose heading was found `headed` are the texts of its columns, from the row `heading` on.
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
    in_bold: set[tuple[int, int]] = field(default_factory=set)
    headed: Mapping[int, str] = {}
    heading: int = 0

    def given(self, row: int) -> Mapping[int, Cell]:
        """The cells of a row with something in them."""
        cells = self.rows[row].items()
        return {at: cell for at, cell in cells if cell.text or cell.formula}

    def letters(self) -> dict[tuple[int, int], str]:
        """The texts that have other letters than those of ASCII, by row and column."""
        return {
            (row, column): cell.text
            for row, cells in self.rows.items()
            for column, cell in cells.items()
            if cell.kind == "text" and not cell.text.isascii()
        }

    @property
    def hides_something(self) -> bool:
        """Whether there are cells that nobody sees."""
        return bool(self.is_hidden or self.hidden_columns or self.hidden_rows or self.unseen)

    def hides_column(self, column: int) -> bool:
        """Whether a column is hidden, or has no width."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def place(self, row: int = 0, column: int = 0) -> Place:
        """The place of a cell, or of the whole sheet."""
        place = cell_place(self.file, self.name, self.order, row, column)
        return replace(place, heading=self.headed_at(row, column))

    def headed_at(self, row: int, column: int) -> str:
        """What the column of a cell is headed; empty where it is not, and above the heading."""
        return self.headed.get(column, "") if row >= self.heading else ""

    def finding(
        self, code: str, where: str = "", at: tuple[int, int] = (0, 0), **told: str
    ) -> Finding:
        """A finding about a cell, or about the whole sheet."""
        return Finding(code, where, told, place=self.place(*at))


class Known(NamedTuple):
    """What the cells of all sheets share: texts and styles by their numbers, and the first day.

    Numbers are as XML writes them. A workbook that `is_recalculated` when it is
    opened comes from a library: then a formula's 0, or its empty text, only fills
    the place of a value.
    """

    shared: Mapping[str, Cell | None]
    styles: Mapping[str, Style]
    since_1904: bool
    is_recalculated: bool = False


class Budget:
    """What a workbook may still hold: cells with something in them, and letters."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._cells, self._letters = _MOST_CELLS, _MOST_LETTERS

    def spend(self, cells: int = 0, letters: int = 0) -> bool:
        """Count some more.

        Raises:
            InputError: P106 it is more than a workbook of scorecards holds.
        """
        self._cells -= cells
        self._letters -= letters
        if self._cells < 0 or self._letters < 0:
            raise self.too_much()
        return True

    def too_much(self) -> InputError:
        """The error of a workbook that is too large."""
        return fault(NESTED_TOO_DEEP, Place(self._file), expected=f"≤ {_MOST_CELLS}")


class RichText(Listener):
    """Puts together a text from its runs; how a word is pronounced is no part of it.

    `is_counted` counts letters, and says whether they are kept. Raised or lowered
    letters become raised ones, so that they never join the figure beside them;
    letters that are struck out stay so, and make no number.
    """

    def __init__(self, is_counted: Callable[[int], bool]) -> None:
        self._is_counted = is_counted
        self._pieces: list[str] = []
        self._is_text = self._is_spoken = self._is_raised = self._is_struck = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "t":
            self._is_text = not self._is_spoken
        elif name == "r":
            self._is_raised = self._is_struck = False
        elif name == "strike":
            self._is_struck = said.get("val", "1") not in _FALSE
        elif name == "vertAlign":
            self._is_raised = said.get("val") in ("superscript", "subscript")
        elif name == "rPh":
            self._is_spoken = True

    def text(self, said: str) -> None:
        """Text between the elements."""
        if self._is_text and self._is_counted(len(said)):
            said = said.translate(AS_RAISED) if self._is_raised else said
            self._pieces.append(_STRUCK.sub("\\g<0>\u0336", said) if self._is_struck else said)

    def end(self, name: str) -> None:
        """An element ends."""
        self._is_text = False
        if name == "r":
            self._is_raised = self._is_struck = False
        elif name == "rPh":
            self._is_spoken = False

    def take(self) -> str:
        """What was read since the last call."""
        said = "".join(self._pieces)
        self._pieces.clear()
        self._is_raised = self._is_spoken = self._is_struck = False
        return said


class SheetReader(Listener):
    """Takes the XML of a sheet, element by element, and puts its cells in their places.

    Args:
        sheet: the sheet to fill.
        known: what the cells of all sheets share.
        budget: what the workbook may still hold.
    """

    def __init__(self, sheet: Sheet, known: Known, budget: Budget) -> None:
        self._sheet = sheet
        self._known = known
        self._budget = budget
        self._row = self._column = 0
        self._before: str | None = None
        self._rich = RichText(self._is_counted)
        self._is_hidden = False
        self._said: Mapping[str, str] | None = None
        self._clear()

    def _clear(self) -> None:
        """Forget the last cell."""
        self._into: list[str] | None = None
        self._values: list[list[str]] = []
        self._formula: list[str] | None = None
        self._length = 0
        self._is_rich = self._has_rich = False

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
            self._is_hidden = _is_hidden(said, "ht")
        elif name == "mergeCell":
            first, _, last = said.get("ref", "").partition(":")
            one, two = position(first), position(last or first)
            if one and two and len(self._sheet.merged) < _MOST_MERGED:
                self._sheet.merged.append((*one, *two))
        elif name == "col":
            if _is_hidden(said, "width") and len(self._sheet.hidden_columns) < MAX_COLUMN:
                column = whole(said.get("min", ""), 0)
                until = whole(said.get("max", ""), column)
                self._sheet.hidden_columns.append((column, until))
        elif name == "dataValidations":
            self.is_done = True  # by the order of the format: all cells, then all that is merged

    def _start_in_cell(self, name: str) -> None:
        if name in ("v", "t"):
            self._into = []
            self._values.append(self._into)
        elif name == "f":
            self._into = self._formula = []
        elif name == "is":
            self._is_rich = self._has_rich = True

    def text(self, said: str) -> None:
        """Text between the elements."""
        if self._is_rich:
            self._rich.text(said)
        elif self._into is not None and self._is_counted(len(said)):
            self._into.append(said)

    def _is_counted(self, letters: int) -> bool:
        """Whether a cell may hold so many more letters; what is longer is refused at its end."""
        self._length += letters
        return self._length <= MAX_TEXT and self._budget.spend(letters=letters)

    def end(self, name: str) -> None:
        """An element ends."""
        self._into = None
        if name == "is":
            self._is_rich = False
        elif self._is_rich:
            self._rich.end(name)
        elif name == "c" and self._said is not None:
            said, self._said = self._said, None
            if any(self._values) or self._formula is not None or self._has_rich:
                self._keep(said)
            else:  # an empty cell is only what the next one may go by
                self._before = said.get("r")
                if self._before is None:
                    self._row, self._column = self._next()
            self._clear()

    def _next(self) -> tuple[int, int]:
        """The place of a cell that does not say it: after the one before."""
        before = position(self._before) or (0, 0) if self._before else (self._row, self._column)
        return before[0], before[1] + 1

    def _keep(self, said: Mapping[str, str]) -> None:
        """Keep a cell that holds something, as its value, formula and text in it say."""
        values = [*map("".join, self._values)]
        inline = self._rich.take() if self._has_rich else ""
        reference = said.get("r")
        at = self._next() if reference is None else position(reference)
        self._before = None
        if at is None or not (1 <= at[0] <= MAX_ROW and at[1] <= MAX_COLUMN):
            self._wrong(SYNTAX_BROKEN, (0, 0), found=short(reference or f"{at}"))
            return
        self._row, self._column = at
        if self._is_hidden:
            self._sheet.hidden_rows.add(self._row)
        if self._length > MAX_TEXT:
            self._wrong(TOO_LONG, at, found=str(self._length), expected=f"≤ {MAX_TEXT}")
            return
        kind, style = said.get("t", "n"), self._known.styles.get(said.get("s", ""), _PLAIN)
        seen = self._different([*values, inline], kind) if len(values) + bool(inline) > 1 else []
        if len(seen) > 1:
            found = " | ".join(map(short, seen[:_MOST_TOLD]))
            self._wrong(WRONG_TYPE, at, found=found, expected=N_("one value"))
            return
        stored = next(filter(None, values), "" if values else None)
        if inline and not stored:
            kind, stored = "inlineStr", inline
        # A formula that cells share stands in the first of them only.
        told = None if self._formula is None else "".join(self._formula)[:_FORMULA]
        cell = self._cell(kind, style.shown, stored, "" if told is None else f"={told or '…'}")
        if cell is not None:
            self._put(at, cell, style)

    def _different(self, values: list[str], kind: str) -> list[str]:
        """The texts of several values in one cell, each once; the last is what stands in the cell itself."""
        *stored, inline = map(str.strip, values)
        cells = [(self._known.shared.get(each) if kind == "s" else None, each) for each in stored]
        texts = [cell.text if cell else text for cell, text in cells]
        return [*dict.fromkeys(filter(None, [*texts, without_marks(inline)]))]

    def _put(self, at: tuple[int, int], cell: Cell, style: Style) -> None:
        row, column = at
        cells = self._sheet.rows.setdefault(row, {})
        if column in cells:
            self._wrong(DUPLICATE_KEY, at, found=cell.text[:_SHOWN])
        cells[column] = cell
        if style.is_unseen:
            self._sheet.unseen.add(at)
        if style.is_in_old_font:
            self._sheet.in_old_font.add(at)
        if style.is_bold:
            self._sheet.in_bold.add(at)
        self._budget.spend(cells=1)

    def _cell(self, kind: str, shown: Shown, stored: str | None, formula: str) -> Cell | None:
        """The cell of what is stored, None where that is no value at all."""
        is_recalculated = self._known.is_recalculated
        if formula and (stored is None or (is_recalculated and _ZERO.fullmatch(stored))):
            return Cell("", "unsaved", formula)
        return self._filled(kind, shown, stored, formula) if stored else None

    def _filled(self, kind: str, shown: Shown, stored: str, formula: str) -> Cell | None:
        if kind == "s":
            if stored not in self._known.shared:
                return Cell(f"#{stored[:_SHOWN]}", "error", formula)
            cell = self._known.shared[stored]
            return text_cell(cell.text if cell else "", formula) if formula else cell
        if kind in ("inlineStr", "str"):
            return text_cell(stored, formula)
        stored = stored.strip()
        if not stored:
            return None
        if kind in _WORDS:
            said = {"0": "FALSE", "1": "TRUE"}.get(stored, stored) if kind == "b" else stored
            said = _MIDNIGHT.sub("", said) if kind == "d" else said
            is_time = kind == "d" and not _DAY.fullmatch(said)
            return Cell(said[:_SHOWN], "time" if is_time else _WORDS[kind], formula)
        return number_cell(stored, shown, formula, since_1904=self._known.since_1904)

    def _wrong(self, code: str, at: tuple[int, int], **told: str) -> None:
        """Note a fault of a cell, unless there are more than anyone reads."""
        if len(self._sheet.faults) >= MAX_FAULTS:
            raise self._budget.too_much()
        self._sheet.faults.append(self._sheet.finding(code, at=at, **told))


def _is_hidden(said: Mapping[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or its height or width too small for a letter to be seen."""
    return said.get("hidden") in ("1", "true") or bool(
        re.fullmatch(r"0+(\.[0-9]*)?", said.get(size, ""))
    )


def whole(text: str, otherwise: int) -> int:
    """A whole number as XML writes it, or something else where it is none."""
    digits = text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004
    return int(text) if digits else otherwise
