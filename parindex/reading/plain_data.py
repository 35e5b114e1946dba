"""Plain data of a program (dicts, lists, frames) as what files give: documents and tables, with places.

Nothing here knows a library of frames: a frame is told by how it gives its rows.
"""

import csv
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from numbers import Real
from struct import pack
from typing import Any, Final

from msgspec import Struct

from parindex.findings import InputError
from parindex.reading.document import MAX_TEXT, Document
from parindex.reading.numerals import DecimalMark
from parindex.reading.read_json import pointer
from parindex.reading.tree_builder import TreeBuilder
from parindex.values.codes import SYNTAX_BROKEN, WRONG_TYPE
from parindex.values.finding import Path, Place, Places
from parindex.values.language import N_

_EXPECTED: Final = N_("text, a number, a date, true or false, a list or a mapping")
_WHOLE: Final = 10**15
"""Below this a binary number without a fraction is written as a whole number."""
_MISSING: Final = frozenset(("NAType", "NaTType"))
"""What frames call cells that are empty, beside None and numbers that are none."""
_LARGE: Final = 400
"""The most digits before or behind the mark that a number is written out with."""
_SEPARATORS: Final = re.compile(r"[,;\s]+")
_SINGLES: Final = ("float32", "float")
"""How frames name binary numbers of 32 bits."""
_LISTS: Final = (list, tuple, set, frozenset)


def document_of(data: object, mark: DecimalMark | None = None, start: Path = ()) -> Document:
    """A mapping, or whatever else is given, as a document; places are JSON pointers into it.

    Numbers become text with all their digits, a binary number the shortest decimal that it stands
    for. The faults are those of `TreeBuilder`, and P110 a value that no file can hold.

    Args:
        data: dicts, lists, texts, numbers, dates, truth values and None.
        mark: which decimal mark texts have, so that numbers are written alike.
        start: the way to it within what was given.
    """
    builder = TreeBuilder("")
    steps = tuple(step for step in start if isinstance(step, int))
    with suppress(InputError):  # too deep or too much: the document says so
        _build(builder, data, mark, start, steps)
    return builder.document()


def _build(
    builder: TreeBuilder, value: Any, mark: DecimalMark | None, path: Path, steps: tuple[int, ...]
) -> None:
    place = Place("", steps=steps, pointer=pointer(path))
    if isinstance(value, Mapping):
        builder.value({}, place)
        for number, (name, inner) in enumerate(value.items()):
            key = builder.sound(name if isinstance(name, str) else str(name), place)
            at = Place("", steps=(*steps, number), pointer=pointer((*path, key)))
            if not isinstance(name, str | int):
                builder.note(SYNTAX_BROKEN, at, found=key, expected="key: value")
            builder.key(key, at)
            _build(builder, inner, mark, (*path, key), at.steps)
        builder.close()
    elif isinstance(value, _LISTS):
        builder.value([], place)
        for number, inner in enumerate(value):
            _build(builder, inner, mark, (*path, number), (*steps, number))
        builder.close()
    else:
        text = None if value is None else text_of_value(value, mark)
        if value is not None and text is None:
            told = type(value).__name__
            builder.note(WRONG_TYPE, place, found=told, expected=_EXPECTED)
        builder.value(None if text is None else builder.sound(text, place), place)


def text_of_value(value: object, mark: DecimalMark | None = None) -> str | None:  # noqa: PLR0911
    """A text, number, date or truth value as a file writes it; None for anything else."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value) if value.denominator > 1 else _number(Decimal(value.numerator), mark)
    item = getattr(value, "item", None)  # the numbers of NumPy
    if callable(item) and not isinstance(value, int) and "numpy" in type(value).__module__:
        value = single(item()) if type(value).__name__ == "float32" else item()
    if isinstance(value, Decimal):
        return _number(value, mark)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_LARGE else None
    if isinstance(value, Real):
        exact = Decimal(repr(value))
        is_whole = exact.is_finite() and abs(exact) < _WHOLE and exact == int(exact)
        return str(int(exact)) if is_whole else _number(exact, mark)
    return None


def single(value: Real) -> Decimal:
    """The shortest decimal that a binary number of 32 bits prints as; in 64 bits it has other digits."""
    bits = pack("f", value)
    for digits in range(6, 9):
        short = Decimal(f"{value:.{digits}g}")
        if pack("f", short) == bits:
            return short
    return Decimal(f"{value:.9g}")


def _number(number: Decimal, mark: DecimalMark | None) -> str:
    """All digits of a number, with the decimal mark that texts have."""
    if (
        not number.is_finite()
        or abs(number.adjusted()) > _LARGE
        or len(number.as_tuple().digits) > _LARGE
    ):
        return str(number)
    text = f"{number:f}"
    return text.replace(".", ",") if mark == "comma" else text


class Rows(Struct, frozen=True):
    """Where the rows of a table in memory stand in the text that is made of it.

    `starts` are the lines on which they begin, that of the heading first.
    """

    names: tuple[str, ...]
    starts: Sequence[int]

    def placed(self, place: Place) -> Place:
        """The place of a line and cell of the text as a row from 1, a column and a pointer from 0."""
        if place.pointer or not place.line:
            return place
        row = bisect_right(self.starts, place.line) - 1
        at = place.column - 1
        steps = (max(row - 1, 0), *((self.names[at],) if 0 <= at < len(self.names) else ()))
        return Place("", row, place.column, pointer=pointer(steps))


class FileRows(Rows, frozen=True):
    """The same of a file that holds rows and columns, and no lines: a place is a row and the name of a column."""

    file: str

    def placed(self, place: Place) -> Place:
        """The place of a line and cell of the text as the number of a row and the name of a column."""
        if not place.line:
            return place
        row, at = bisect_right(self.starts, place.line) - 1, place.column - 1
        told = [str(row)] if row > 0 else []
        told += [self.names[at]] if 0 <= at < len(self.names) else []
        return Place(self.file, max(row, 0), place.column, pointer=":".join(told))


class RowPlaces(Struct, frozen=True):
    """The places of a scorecard of a table in memory."""

    text: Places
    rows: Rows

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """The place of a value: its row, column and pointer."""
        return self.rows.placed(self.text.locate(path, key=key))


def table_of(given: Any, mark: DecimalMark | None = None) -> tuple[bytes, Rows] | None:
    """Rows or a frame as the text of a CSV, and where its rows stand; None where it is neither.

    Args:
        given: a list of dicts with the same keys, a list of lists of which the first has the
            headings, or a frame of pandas, Polars or PyArrow.
        mark: which decimal mark texts have, so that numbers are written alike.
    """
    found = _rows_of(given)
    if found is None:
        return None
    names, rows = found
    out = StringIO(newline="")
    write = csv.writer(out, lineterminator="\n").writerow
    write(headings(names))
    starts, line = [1], 2
    for row in rows:
        cells = [_cell(value, mark) for value in row]
        write(cells)
        starts.append(line)
        line += 1 + sum(cell.count("\n") for cell in cells)
    return out.getvalue().encode("utf-8", "surrogatepass"), Rows(tuple(names), tuple(starts))


def headings(names: Iterable[str]) -> list[str]:
    """The names of columns as the heading of a text has them: without what separates cells."""
    return [_SEPARATORS.sub(" ", name).strip() for name in names]


def _rows_of(given: Any) -> tuple[list[str], Iterable[Sequence[Any]]] | None:
    """The headings and rows of a table, however they are given."""
    if isinstance(given, list | tuple):
        if all(isinstance(row, Mapping) for row in given):
            keys = {str(name): name for row in given for name in row}
            return [*keys], ([row.get(key) for key in keys.values()] for row in given)
        if all(isinstance(row, list | tuple) for row in given):
            first, *rows = given
            return [_cell(name, None) for name in first], rows
        return None
    if not is_frame(given):
        return None
    if hasattr(given, "itertuples"):
        if any(name is not None for name in given.index.names):  # it holds what was a column
            given = given.reset_index()
        names, listed = given.columns, given.itertuples(index=False, name=None)
    elif hasattr(given, "iter_rows"):
        names, listed = given.columns, given.iter_rows()
    else:
        names, listed = given.column_names, ([*row.values()] for row in given.to_pylist())
    return [*map(str, names)], _with_singles(listed, given)


def is_frame(value: object) -> bool:
    """Whether something gives columns and rows, as frames of pandas, Polars and PyArrow do."""
    ways = (("columns", "iter_rows"), ("columns", "itertuples"), ("column_names", "to_pylist"))
    return any(all(hasattr(type(value), each) for each in way) for way in ways)


def _with_singles(rows: Iterable[Sequence[Any]], frame: Any) -> Iterator[Sequence[Any]]:
    """The rows of a frame; numbers of 32 bits, which Python gets with digits that they do not have, as they print."""
    kinds = getattr(frame, "dtypes", None)  # else a schema has them, by name or in a list
    if kinds is None:
        kinds = frame.schema.types if hasattr(frame.schema, "types") else frame.schema.values()
    singles = {at for at, kind in enumerate(kinds) if str(kind).lower() in _SINGLES}
    for row in rows:
        yield (
            [
                single(cell) if at in singles and isinstance(cell, Real) else cell
                for at, cell in enumerate(row)
            ]
            if singles
            else row
        )


def _cell(value: Any, mark: DecimalMark | None) -> str:
    """A value as a cell holds it; empty where there is none."""
    if value is None or type(value).__name__ in _MISSING:
        return ""
    if isinstance(value, Mapping):
        return "|".join(f"{key}={_cell(each, mark)}" for key, each in value.items())
    if isinstance(value, _LISTS):
        return "|".join(_cell(each, mark) for each in value)
    text = text_of_value(value, mark)
    if text is None:
        return f"<{type(value).__name__}>"
    if not isinstance(value, str) and text.lower() == "nan":
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")[: MAX_TEXT + 1]


def each_document(given: Sequence[object], mark: DecimalMark | None) -> Iterator[Document]:
    """The documents of a list."""
    return (document_of(each, mark, (number,)) for number, each in enumerate(given))
