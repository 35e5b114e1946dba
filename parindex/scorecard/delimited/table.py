"""A table in CSV as lines and rows: its separator, its heading, and faults of its letters."""

import csv
import re
from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING, Final

from parindex.findings import InputError
from parindex.reading.broken import broken_row
from parindex.reading.document import MAX_TEXT, fault
from parindex.reading.encoding import not_utf8, refuse_old_letters
from parindex.reading.source import LONGEST_LINE, Lines
from parindex.scorecard.delimited.columns import Columns, delimiter_of
from parindex.values.codes import EMPTY_FILE, NOT_UTF8, SYNTAX_BROKEN
from parindex.values.finding import Place

if TYPE_CHECKING:
    import _csv

_START: Final = 64 * 1024
"""Bytes by which old letters are told."""
_MARK: Final = b"\xef\xbb\xbf"


class Table:
    """A stream of bytes that stands behind the heading of its table.

    A byte-order mark, empty lines above the heading, and the line `sep=;` with
    which some programs name the separator, are passed over. `numbers` are those of the lines
    below the heading, where not all lines of a file are there.

    Raises:
        InputError: P113 there is nothing in it, P103 and P154 it is not Unicode,
            P104 the heading is no row, or every fault of its columns.
    """

    def __init__(self, stream: Lines, file: str, numbers: Iterable[int] | None = None) -> None:
        csv.field_size_limit(MAX_TEXT)
        self.stream = stream
        self.file = file
        refuse_old_letters(stream.read(_START).decode(errors="ignore"), file)
        stream.seek(0)
        number, line = 1, stream.readline().removeprefix(_MARK)
        while line.isspace() or line.startswith(b"sep="):
            number, line = number + 1, stream.readline()
        if not line:
            raise fault(EMPTY_FILE, Place(file))
        self.delimiter = delimiter_of(line.decode("utf-8", "replace"))
        text = self._text(line, number)
        quotes = text.count('"')
        while quotes % 2 and len(text) < LONGEST_LINE and (line := stream.readline()):
            text += self._text(line, number)  # a cell of several lines
            quotes += line.count(b'"')
        try:
            header = next(self.rows([text]))
        except csv.Error as error:
            told = broken_row(text, self.delimiter)
            raise fault(SYNTAX_BROKEN, Place(file, number, 1), **told) from error
        self.columns = Columns(header, file, number)
        self.first = number + max(1, text.count("\n"))
        """The number of the line behind the heading."""
        self.numbers = count(self.first) if numbers is None else numbers
        self.start = stream.tell()
        cell = rf'(?:"[^"\n]*")*[^"{self.delimiter}\n]*{self.delimiter}'
        self.leading = re.compile(rf"(?:{cell}){{{len(self.columns.unit)}}}".encode())
        """What matches the cells about the unit, where they lead a line."""

    def rows(self, lines: Iterable[str]) -> "_csv.Reader":
        """The rows of some lines, as lists of cells."""
        return csv.reader(lines, delimiter=self.delimiter, strict=True, skipinitialspace=True)

    def rewind(self) -> None:
        """Go back to the line behind the heading."""
        self.stream.seek(self.start)

    def text_at(self, number: int) -> str:
        """The text from a line on, as much of it as one cell can hold and a little more."""
        self.rewind()
        for _ in range(self.first, number):
            self.stream.readline()
        return self.stream.read(8 * MAX_TEXT).decode(errors="replace")

    def not_utf8(self) -> InputError:
        """The fault of the first line that is not UTF-8."""
        self.rewind()
        for number, line in enumerate(self.stream, start=self.first):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                return self._wrong_byte(line, number, error)
        return fault(NOT_UTF8, Place(self.file))

    def _text(self, line: bytes, number: int) -> str:
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            raise self._wrong_byte(line, number, error) from error
        if "\0" in text:  # two bytes a letter
            raise fault(NOT_UTF8, Place(self.file, number, 1), found="0x00")
        return text

    def _wrong_byte(self, line: bytes, number: int, error: UnicodeDecodeError) -> InputError:
        cell = line.count(self.delimiter.encode(), 0, error.start) + 1
        self.stream.seek(0)
        start = line + self.stream.read(_START)
        return not_utf8(start, error.start, Place(self.file, number, cell))
