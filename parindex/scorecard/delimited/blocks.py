"""The lines of a table unit by unit, found by comparing bytes instead of reading cells.

Where the cells about the unit lead each row, the rows of a unit begin with the
same bytes. So where a unit ends is found by a search, and what stands behind
those bytes by a split, in a small part of the time that reading cells takes.
"""

import csv
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from parindex.reading.document import MAX_TEXT
from parindex.scorecard.delimited.table import Table
from parindex.values.fields import one_name

_CHUNK: Final = 64 * 1024


class Block(NamedTuple):
    """Lines of which the last, at least, begins as the first: with the cells of a unit."""

    start: bytes
    lines: bytes

    def rests(self) -> list[bytes]:
        """What stands behind the cells of the unit in each line."""
        return self.lines[len(self.start) : -1].split(b"\n" + self.start)


def blocks_of(table: Table) -> Iterator[Block]:
    """The table in blocks, from the line behind its heading.

    A line without the cells of a unit is a block whose start is empty.
    """
    table.rewind()
    leading = _leading_cells(table.delimiter, len(table.columns.unit))
    text, size, more = b"", _CHUNK, b"\n"
    length = 0  # of the block before: the next one is mostly as long
    while more:
        more = table.stream.read(size)
        text += more
        if not more and text and not text.endswith(b"\n"):
            text += b"\n"
        at = 0
        while at < len(text):
            found = leading.match(text, at)
            start = found[0] if found else b""
            end = _end_of_block(text, at, start, length)
            if not end or (more and _may_go_on(text, end, start)):
                break
            yield Block(start, text[at:end])
            at, length = end, end - at
        size = _CHUNK if at else 2 * size
        text = text[at:]


def _end_of_block(text: bytes, at: int, start: bytes, length: int) -> int:
    """Where the last line ends that begins with `start`; 0 where the text breaks off."""
    if not start:
        return text.find(b"\n", at) + 1
    end = at
    while True:
        reach = end + length + 2 * len(start)
        last = text.rfind(b"\n" + start, end, reach) + 1
        end = text.find(b"\n", last or end) + 1
        if not end or not text.startswith(start, end):
            return end
        length = 2 * (end - at)


def _may_go_on(text: bytes, end: int, start: bytes) -> bool:
    """Whether the text breaks off within what may be another line of the unit."""
    return len(text) - end < len(start) and start.startswith(text[end:])


def stands_together(table: Table) -> bool:
    """Whether the rows of each unit follow one another, each on a line of its own."""
    seen: set[tuple[str, ...]] = set()
    for start, lines in blocks_of(table):
        count = lines.count(b"\n")
        if lines.isspace():
            continue
        if not start or lines.count(b"\n" + start) + 1 != count:
            return False
        if b"\r" in lines and lines.count(b"\r") != lines.count(b"\r\n"):
            return False
        if b'"' in lines and any(line.count(b'"') % 2 for line in lines.split(b"\n")):
            return False  # a cell of several lines
        try:
            unit = unit_cells(table, start)
        except (UnicodeDecodeError, csv.Error):
            return False  # told with its place by whoever reads the rows
        if unit in seen or not any(unit):
            return False
        seen.add(unit)
    return True


def unit_cells(table: Table, start: bytes) -> tuple[str, ...]:
    """What the first cells of a line say, however they are quoted."""
    text = start.decode()
    odd = '"' in text or len(text) > MAX_TEXT
    cells = next(table.rows([text])) if odd else text.split(table.delimiter)
    return tuple([one_name(cell) for cell in cells[:-1]])


def _leading_cells(delimiter: str, count: int) -> "re.Pattern[bytes]":
    """What matches the first cells of a line, with the delimiter behind each."""
    cell = rf'(?:"[^"\n]*")*[^"{delimiter}\n]*{delimiter}'
    return re.compile(rf"(?:{cell}){{{count}}}".encode())
