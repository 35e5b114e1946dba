"""The tables of a Word document as sheets, each with the lines of text above it."""

from collections import deque
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from parindex.office.sheets.word_numbering import Lists
from parindex.office.xlsx.cells import AS_RAISED, MAX_COLUMN, text_cell
from parindex.office.xlsx.ooxml_zip import Listener, Package
from parindex.office.xlsx.sheet import Budget, Sheet, whole
from parindex.reading.document import MAX_TEXT
from parindex.values.codes import TOO_LONG

_PART: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_NUMBERING: Final = "word/numbering.xml"
_LINES: Final = 40
"""Lines of text above a table that may say what it is."""
_UNSEEN: Final = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange")
)
"""Elements with text that nobody reads: deleted, moved away, or there for old programs."""
_RUN: Final = {
    "b": "is_bold",
    "vertAlign": "is_raised",
    "vanish": "is_hidden",
    "strike": "is_struck",
    "dstrike": "is_struck",
}
"""What a run says of its letters."""
_ROW: Final = ("del", "hidden")
_ENDS: Final = {"p": "\n", "br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}


def word_tables(data: bytes, file: str) -> list[Sheet]:
    """The tables of a document, in their order.

    Rows and columns count from 1 in each table; the lines of text above it, and
    the tables around which lines of a letterhead are laid out, stand in the rows
    up to 0. A table within a table is read as the text of its cell.

    Raises:
        InputError: it is no Word document, broken, or larger than any of tables.
    """
    package = Package(data, file, ".docx")
    lists = Lists()
    for part in (_STYLES, _NUMBERING):
        if package.has(part):
            package.walk(part, lists)
    reader = _Reader(file, lists)
    package.walk(_PART, reader)
    return reader.sheets


class _Cell(Struct):
    """A cell while it is read: where it begins, how many columns it spans, its text."""

    column: int
    span: int = 1
    continues: bool = False
    pieces: list[str] = field(default_factory=list)
    is_bold: bool = True


class _Run(Struct):
    """How the letters of a run look."""

    is_bold: bool = False
    is_raised: bool = False
    is_hidden: bool = False
    is_struck: bool = False


class _Reader(Listener):
    """Takes the elements of a document one after another."""

    def __init__(self, file: str, lists: Lists) -> None:
        self._lists = lists
        self._run = _Run()
        self.sheets: list[Sheet] = []
        self._file = file
        self._budget = Budget(file)
        self._lines: deque[str] = deque(maxlen=_LINES)
        self._pieces: list[str] = []
        self._cell: _Cell | None = None
        self._row = self._column = 0
        self._tables = self._unseen = 0
        self._is_text = self._in_row_head = False
        self._deleted = 0
        self._tops: dict[int, int] = {}
        self._merged: dict[tuple[int, int], tuple[int, int]] = {}

    def start(self, name: str, said: Mapping[str, str], /) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        value = next((each for key, each in said.items() if key.endswith("val")), "")
        if name in _ROW and self._in_row_head:
            self._end_row_as(name)
        if self._unseen or name in _UNSEEN:
            self._unseen += 1
        elif name == "trPr":
            self._in_row_head = self._tables == 1
        elif name == "tbl":
            self._start_table()
        elif name in ("p", "pStyle", "numPr", "ilvl", "numId", "r") or name in _RUN:
            self._start_text(name, value)
        elif name == "t":
            self._start_words()
        elif self._tables == 1:
            self._start_in_table(name, value)

    def _end_row_as(self, name: str) -> None:
        """A row that says of itself that it was deleted, or that nobody sees it."""
        if name == "hidden":
            self.sheets[-1].hidden_rows.add(self._row)
        else:
            self._deleted = self._row

    def _start_in_table(self, name: str, value: str) -> None:
        """A row or a cell begins, or says how far it reaches."""
        if name == "tr":
            self._row += 1
            self._column = 1
        elif name == "tc":
            self._cell = _Cell(self._column)
        elif name == "gridBefore":
            self._column += min(whole(value, 0), MAX_COLUMN)
        elif name == "gridSpan" and self._cell:
            self._cell.span = min(max(whole(value, 1), 1), MAX_COLUMN)
        elif name == "vMerge" and self._cell:
            self._cell.continues = value != "restart"

    def _start_text(self, name: str, value: str) -> None:
        """A paragraph or a run begins, or says how it looks."""
        if name == "r":
            self._run = _Run()
        elif name in _RUN:
            is_on = value not in ("0", "false", "off", "baseline")
            setattr(self._run, _RUN[name], is_on)
        else:
            self._lists.paragraph(name, value)

    def _start_words(self) -> None:
        """The words of a run begin; those of a list have their number before them."""
        self._is_text = not self._run.is_hidden
        if self._is_text and (number := self._lists.take_number()):
            self.add(f"{number} ")

    def end(self, name: str, /) -> None:
        """An element ends."""
        name = name.rpartition(":")[2]
        if self._unseen:
            self._unseen -= 1
            return
        self._is_text = False
        if name == "trPr":
            self._in_row_head = False
        if name in _ENDS:
            if name == "p" and (number := self._lists.take_number()) and self._cell:
                self.add(number)
            self.add(_ENDS[name])
            if name == "p" and not self._tables:
                self._end_line()
        elif name == "tc" and self._tables == 1 and self._cell:
            self._end_cell(self._cell)
        elif name == "tbl":
            self._tables -= 1
            if not self._tables:
                self.sheets[-1].merged = [(*top, *end) for top, end in self._merged.items()]

    def text(self, said: str, /) -> None:
        """Text between elements."""
        if self._is_text and not self._unseen:
            if self._cell and said.strip():
                self._cell.is_bold = self._cell.is_bold and self._run.is_bold
            said = said.lower().translate(AS_RAISED) if self._run.is_raised else said
            self.add("".join(f"{each}\u0336" for each in said) if self._run.is_struck else said)

    def add(self, said: str) -> None:
        """Text that a reader sees."""
        self._budget.spend(letters=len(said))
        (self._cell.pieces if self._cell else self._pieces).append(said)

    def _end_line(self) -> None:
        if line := "".join(self._pieces).strip():
            self._lines.append(line)
        self._pieces.clear()

    def _start_table(self) -> None:
        self._tables += 1
        if self._tables > 1:
            return
        order = len(self.sheets)
        sheet = Sheet(self._file, f"Bảng {order + 1}", order, is_hidden=False)
        first = 1 - len(self._lines)
        for row, line in enumerate(self._lines, first):
            if cell := text_cell(line):
                sheet.rows[row] = {1: cell}
        self.sheets.append(sheet)
        self._row, self._tops, self._merged, self._deleted = 0, {}, {}, 0

    def _end_cell(self, found: _Cell) -> None:
        sheet = self.sheets[-1]
        last = found.column + found.span - 1
        self._column, self._cell = last + 1, None
        if last > MAX_COLUMN or self._row == self._deleted:
            return
        if found.continues and found.column in self._tops:
            self._merged[self._tops[found.column], found.column] = (self._row, last)
            return
        self._tops[found.column] = self._row
        if found.span > 1:
            self._merged[self._row, found.column] = (self._row, last)
        text = "".join(found.pieces)
        if len(text) > MAX_TEXT:
            told = {"found": str(len(text)), "expected": f"≤ {MAX_TEXT}"}
            sheet.faults.append(sheet.finding(TOO_LONG, at=(self._row, found.column), **told))
        elif cell := text_cell(text):
            self._budget.spend(cells=1)
            sheet.rows.setdefault(self._row, {})[found.column] = cell
            if found.is_bold:
                sheet.in_bold.add((self._row, found.column))
