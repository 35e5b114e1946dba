"""The tables of a web page as sheets: a page that was saved, or a table that was copied from one."""

from html.parser import HTMLParser
from typing import Final

from msgspec import Struct, field

from parindex.office.xlsx.cells import text_cell
from parindex.office.xlsx.sheet import Budget, Sheet
from parindex.reading.encoding import decoded

_MOST_COLUMNS: Final = 200
_MOST_ROWS: Final = 1_000
"""How far a cell may reach; browsers have such limits, too."""
_UNREAD: Final = ("script", "style", "template", "noscript")
_BREAKS: Final = ("br", "p", "div", "li")


def page_tables(data: bytes, file: str) -> list[Sheet]:
    """The tables of a page in their order; one that only lays out others has cells of its own text.

    Raises:
        InputError: P103 it is no UTF-8, P106 it is larger than any of tables.
    """
    reader = _Reader(file)
    reader.feed(decoded(data, file))
    reader.close()
    while reader.open:
        reader.handle_endtag("table")
    return reader.sheets


class _Table(Struct):
    """A table while it is read: where it is, its cell that is open, and what is reached from above."""

    sheet: Sheet
    row: int = 0
    column: int = 0
    span: tuple[int, int] = (1, 1)
    pieces: list[str] | None = None
    taken: set[tuple[int, int]] = field(default_factory=set)


class _Reader(HTMLParser):
    """Takes the tags of a page one after another; tags that nobody closed end with what is around."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[Sheet] = []
        self.open: list[_Table] = []
        self._file, self._budget, self._unread = file, Budget(file), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row, cell or line begins."""
        if tag in _UNREAD:
            self._unread += 1
        elif tag == "table":
            order = len(self.sheets)
            sheet = Sheet(self._file, f"Bảng {order + 1}", order, is_hidden=False)
            self.sheets.append(sheet)
            self.open.append(_Table(sheet))
        elif self.open and tag == "tr":
            self._end_cell()
            self.open[-1].row += 1
            self.open[-1].column = 0
        elif self.open and tag in ("td", "th"):
            self._end_cell()
            self._start_cell(self.open[-1], dict(attrs))
        elif tag in _BREAKS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """A table, row or cell ends."""
        if tag in _UNREAD:
            self._unread = max(self._unread - 1, 0)
        elif self.open and tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag == "table":
                self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text; it belongs to the cell of the innermost table."""
        if self.open and self.open[-1].pieces is not None and not self._unread:
            self._budget.spend(letters=len(data))
            self.open[-1].pieces.append(data)

    def _start_cell(self, table: _Table, said: dict[str, str | None]) -> None:
        table.row = max(table.row, 1)
        table.column += 1
        while (table.row, table.column) in table.taken:
            table.column += 1
        rows = _reach(said.get("rowspan"), _MOST_ROWS)
        columns = _reach(said.get("colspan"), _MOST_COLUMNS)
        table.span, table.pieces = (rows, columns), []
        if (rows, columns) != (1, 1):
            self._budget.spend(cells=rows * columns)
            last = table.row + rows - 1, table.column + columns - 1
            table.sheet.merged.append((table.row, table.column, *last))
            table.taken |= {
                (table.row + r, table.column + c) for r in range(rows) for c in range(columns)
            }

    def _end_cell(self) -> None:
        table = self.open[-1]
        if table.pieces is None:
            return
        lines = (" ".join(line.split()) for line in "".join(table.pieces).split("\n"))
        cell = text_cell("\n".join(filter(None, lines)))
        table.pieces = None
        if cell is not None and self._budget.spend(cells=1):
            table.sheet.rows.setdefault(table.row, {})[table.column] = cell
        table.column += table.span[1] - 1


def _reach(text: str | None, most: int) -> int:
    number = (text or "").strip()
    return max(1, min(int(number[:6]), most)) if number.isascii() and number.isdigit() else 1
