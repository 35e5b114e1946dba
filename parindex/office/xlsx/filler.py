"""The XML of a sheet, element by element, as its cells and as what is hidden of them."""

import re
from collections.abc import Mapping
from typing import Final

from parindex.office.xlsx.cells import MAX_COLUMN, MAX_ROW, position
from parindex.office.xlsx.rich import RichText, without_marks
from parindex.office.xlsx.sheet import Cells
from parindex.reading.document import MAX_TEXT
from parindex.values.codes import SYNTAX_BROKEN, TOO_LONG, WRONG_TYPE
from parindex.values.fields import short
from parindex.values.language import mark

_MOST_TOLD: Final = 3
_TRUE: Final = ("1", "true")


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
        self._is_hidden = False

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
        elif name == "dataValidations":
            self.is_done = True  # by the order of the format: all cells, then all that is merged

    def _start_in_cell(self, name: str) -> None:
        if name in ("v", "t"):
            self._into = []
            self._values.append(self._into)
        elif name == "f":
            self._into = self._formula = []
        elif name == "is":
            self._is_rich = True

    def _look_at_row(self, said: Mapping[str, str]) -> None:
        self._is_hidden = said.get("hidden") in _TRUE or _is_nothing(said.get("ht", ""))

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
            self._cells.wrong(SYNTAX_BROKEN, 0, 0, found=short(reference or f"{at}"))
            return
        row, column = self._row, self._column = at
        if self._is_hidden:
            self._cells.hide_row(row)
        if self._length > MAX_TEXT:
            most = f"≤ {MAX_TEXT}"
            self._cells.wrong(TOO_LONG, row, column, found=str(self._length), expected=most)
            return
        formula = None if self._formula is None else "".join(self._formula)
        kind, style = said.get("t", "n"), said.get("s", "")
        *values, inline = texts
        told = {text: None for value in values if (text := self._cells.text(kind, value))}
        if inline.strip():
            told[without_marks(inline.strip())] = None
        if len(told) > 1:
            found = " | ".join(map(short, [*told][:_MOST_TOLD]))
            self._cells.wrong(WRONG_TYPE, row, column, found=found, expected=mark("one value"))
        elif inline and not any(values):
            self._cells.put(at, "inlineStr", style, inline, formula)
        else:
            stored = next(filter(None, values), "" if values else None)
            self._cells.put(at, kind, style, stored, formula)


def _is_nothing(size: str) -> bool:
    """Whether a width or height, as XML writes it, is too small for a letter to be seen."""
    return bool(re.fullmatch(r"0+(\.[0-9]*)?", size))


def whole(text: str, otherwise: int) -> int:
    """A whole number as XML writes it, or something else where it is none."""
    digits = text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004
    return int(text) if digits else otherwise
