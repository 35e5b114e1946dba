"""A table in CSV before its rows: separator, heading, and where its columns stand."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO, Final

from parindex.findings import InputError
from parindex.reading.broken import broken_row
from parindex.reading.document import MAX_TEXT, fault, normal
from parindex.reading.encoding import not_utf8, refuse_old_letters
from parindex.scorecard.delimited.columns import COMPUTED, SCORE, UNIT, VIETNAMESE
from parindex.values.codes import (
    DUPLICATE_KEY,
    EMPTY_FILE,
    MISSING_FIELD,
    NOT_UTF8,
    SYNTAX_BROKEN,
    UNKNOWN_FIELD,
)
from parindex.values.fields import short
from parindex.values.finding import Finding, Place
from parindex.values.fuzzy import key, near

if TYPE_CHECKING:
    import _csv

MOST_FAULTS: Final = 10_000
"""Faults of one table that are kept; what is told is bounded further on."""
_START: Final = 64 * 1024
"""Bytes by which old letters are told."""
_MARK: Final = b"\xef\xbb\xbf"
_NAMES: Final = {
    key(word): name
    for name, words in {
        **{name: (name,) for name in (*UNIT, "code", *SCORE, *COMPUTED)},
        **{name: (name, *words) for name, words in VIETNAMESE.items()},
    }.items()
    for word in words
}
_REQUIRED: Final = ("unit", "year", "code")


def delimiter_of(line: str) -> str:
    """Which of comma, semicolon and tab separates the cells of a heading."""
    return max(",;\t", key=line.count)


class Columns:
    """The columns of a table, by name."""

    def __init__(self, header: Sequence[str], file: str, line: int) -> None:
        self.names = [self.name_of(name) for name in header]
        while self.names and not self.names[-1]:
            self.names.pop()  # separators at the ends of lines
        self.at: dict[str, int] = {}
        for position, name in enumerate(self.names):
            self.at.setdefault(name, position)
        faults = [*islice(self._wrong(file, line), MOST_FAULTS)]
        faults += [
            Finding(MISSING_FIELD, "", {"expected": name}, place=Place(file, line, 1))
            for name in _REQUIRED
            if name not in self.at
        ]
        if faults:
            raise InputError(faults)
        self.unit = [name for name in UNIT if name in self.at]
        self.score = [name for name in SCORE if name in self.at]
        self.unit_leads = self.names[: len(self.unit)] == self.unit

    @staticmethod
    def name_of(heading: str) -> str:
        """What a column is called here: headings go by English and Vietnamese names, in any capitals."""
        said = normal(heading.strip())
        return _NAMES.get(key(said), said)

    def _wrong(self, file: str, line: int) -> Iterator[Finding]:
        known = [*UNIT, "code", *SCORE]
        for position, name in enumerate(self.names):
            place = Place(file, line, position + 1)
            if name not in known and name not in COMPUTED:
                told = {"found": short(name), "near": near(name, known)}
                yield Finding(UNKNOWN_FIELD, "", told, place=place)
            elif self.at[name] != position:
                yield Finding(DUPLICATE_KEY, name, {"found": name}, place=place)

    def getter(
        self, names: Sequence[str], skipped: int = 0
    ) -> Callable[[list[str]], Sequence[str]]:
        """What takes the cells of some columns out of a row of which some first are left out."""
        positions = [self.at[name] - skipped for name in names]
        if len(positions) == 1:
            [only] = positions
            return lambda row: (row[only],)
        return itemgetter(*positions) if positions else lambda _: ()


class Table:
    """A stream of bytes that stands behind the heading of its table.

    A byte-order mark, empty lines above the heading, and the line `sep=;` with
    which some programs name the separator, are passed over.

    Raises:
        InputError: P113 there is nothing in it, P103 and P154 it is not Unicode,
            P104 the heading is no row, or every fault of its columns.
    """

    def __init__(self, stream: BinaryIO, file: str) -> None:
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
        while text.count('"') % 2 and (line := stream.readline()):
            text += self._text(line, number)  # a cell of several lines
        try:
            header = next(self.rows([text]))
        except csv.Error as error:
            told = broken_row(text, self.delimiter)
            raise fault(SYNTAX_BROKEN, Place(file, number, 1), **told) from error
        self.columns = Columns(header, file, number)
        self.first = number + max(1, text.count("\n"))
        """The number of the line behind the heading."""
        self.start = stream.tell()

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
        near = line + self.stream.read(_START)
        return not_utf8(near, error.start, Place(self.file, number, cell))
