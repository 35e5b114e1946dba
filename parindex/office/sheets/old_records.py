"""The records of an old Excel workbook (.xls), walked before a library builds cells of them.

They tell which cells are formulas, which the library does not, and what it would
build: a record of a few bytes may stand for a row, or for links in a whole sheet.
"""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

from parindex.reading.document import fault
from parindex.values.codes import NESTED_TOO_DEEP
from parindex.values.finding import Place

MOST_CELLS: Final = 200_000
_MOST_RECORDS: Final = 400_000
_MOST_OTHERS: Final = 50_000
"""Records that are no cells or rows: a library makes much of some, as of styles."""
_BEGINS: Final = frozenset((0x809, 0x409, 0x209, 0x009))
_END: Final = 0x0A
_SHEET: Final = 0x85
_ROW: Final = 0x208
_LINK: Final = 0x1B8
_FORMULAS: Final = frozenset((0x06, 0x206, 0x406))
_MANY: Final = frozenset((0xBD, 0xBE))
_CELLS: Final = _FORMULAS | _MANY | {0x201, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6}

Formulas = frozenset[tuple[int, int]]
"""Rows and columns of the cells that are formulas, from 0."""


def formulas_of(stream: bytes, file: str) -> list[Formulas]:
    """The formulas of each sheet of cells, in the order of the sheets.

    Raises:
        InputError: P106 it holds more than any workbook of scorecards.
        struct.error: a record is cut off.
    """
    return _Scan(memoryview(stream), file).sheets()


class _Scan:
    """Walks the records as the library will, and counts what it will build of them."""

    def __init__(self, stream: memoryview, file: str) -> None:
        self._stream = stream
        self._file = file
        self._records, self._others, self._cells = _MOST_RECORDS, _MOST_OTHERS, MOST_CELLS

    def sheets(self) -> list[Formulas]:
        starts = []
        for code, at, _ in self._walk(0, nested=False):
            if code == _SHEET:
                start, _, kind = unpack_from("<iBB", self._stream, at)
                starts += [] if kind else [start]
        return [self._sheet(start) for start in starts]

    def _sheet(self, start: int) -> Formulas:
        formulas, widths = set[tuple[int, int]](), dict[int, int]()
        for code, at, length in self._walk(start, nested=True):
            if code == _LINK:
                top, bottom, left, right = unpack_from("<4H", self._stream, at)
                self._spend(cells=max(bottom - top + 1, 0) * max(right - left + 1, 0))
            elif code in _CELLS:
                row, column = unpack_from("<2H", self._stream, at)
                if code in _FORMULAS:
                    formulas.add((row, column))
                elif code in _MANY:
                    column = unpack_from("<H", self._stream, at + length - 2)[0]
                width = widths.get(row, 0)
                if column >= width:
                    self._spend(cells=column + 1 - width)
                    widths[row] = column + 1
        return frozenset(formulas)

    def _walk(self, at: int, *, nested: bool) -> Iterator[tuple[int, int, int]]:
        """The records up to the end of a part: code, where its data stands, and its length."""
        is_first, is_within = True, False
        while at + 4 <= len(self._stream):
            code, length = unpack_from("<2H", self._stream, at)
            self._spend(records=1, others=code not in _CELLS and code != _ROW)
            if code == _END and not is_within:
                return
            if nested and not is_first and code in _BEGINS:
                is_within = True  # a chart in the sheet
            elif code == _END:
                is_within = False
            elif not is_within:
                yield code, at + 4, length
            at, is_first = at + 4 + length, False

    def _spend(self, cells: int = 0, records: int = 0, others: int = 0) -> None:
        self._cells -= cells
        self._records -= records
        self._others -= others
        if min(self._cells, self._records, self._others) < 0:
            raise fault(NESTED_TOO_DEEP, Place(self._file), expected=f"≤ {MOST_CELLS}")
