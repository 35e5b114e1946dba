"""Plain data of a program (dicts, lists, frames) as what files give: documents and tables, with places.

Nothing here knows a library of frames: a frame is told by how it gives its rows.
"""

import csv
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from parindex.values.finding import Finding, Path, Place, Places
from parindex.values.language import N_

_EXPECTED: Final = N_("text, a number, a date, true or false, a list or a mapping")
_BYTES: Final = 8
"""How long the binary numbers of Python are."""
_WHOLE: Final = 10**15
"""Below this a binary number without a fraction is written as a whole number."""
_MISSING: Final = frozenset(("NAType", "NaTType"))
"""What frames call cells that are empty, beside None and numbers that are none."""
_LARGE: Final = 400
"""The most digits before or behind the mark that a number is written out with."""
_SEPARATORS: Final = re.compile(r"[,;\s]+")
_SINGLES: Final = {"float32": "f", "float": "f", "float16": "e", "halffloat": "e"}
"""How frames name binary numbers of 32 and of 16 bits, and how they are packed."""
_DIGITS: Final = {"f": range(6, 9), "e": range(3, 5)}
"""How many digits such a number may need less than the most."""
_CODE: Final = N_("a code as text: as a number 1.10 would be 1.1")
_MOST_FAULTS: Final = 10_000
"""Faults of one table that are kept."""
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
            key = builder.sound(_name(name), place)
            at = Place("", steps=(*steps, number), pointer=pointer((*path, key)))
            if is_not_whole(name):
                builder.note(WRONG_TYPE, at, found=key, expected=_CODE)
            elif not isinstance(name, str | Real):
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
    if type(value).__name__ in _MISSING:
        return None
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value) if value.denominator > 1 else _number(Decimal(value.numerator), mark)
    if isinstance(value, Decimal):
        return _number(value, mark)
    if type(value).__module__ == "numpy":
        return text_of_value(_of_numpy(value), mark)
    if isinstance(value, int):  # also whether something is true
        return str(value).lower() if abs(value) < 10**_LARGE else None
    if isinstance(value, Real):
        exact = Decimal(repr(value))
        is_whole = exact.is_finite() and abs(exact) < _WHOLE and exact == int(exact)
        return str(int(exact)) if is_whole else _number(exact, mark)
    return None


def _of_numpy(value: Any) -> object:
    """A number, truth value, text or day of NumPy as one of Python; a binary one of other size than 64 as it prints."""
    kind = value.dtype.kind
    if value.shape or kind not in "biufUM":
        return None
    if kind == "M":  # in nanoseconds it would be a whole number
        return value.astype("datetime64[us]").item()
    plain = value.item()
    return plain if kind != "f" or value.dtype.itemsize == _BYTES else Decimal(str(value))


def is_not_whole(value: object) -> bool:
    """Whether something is a number with a fraction: as a code it has lost its zeros."""
    if isinstance(value, str | int) or not isinstance(value, Real | Decimal):
        return False
    if isinstance(value, Fraction):
        return value.denominator > 1
    number = Decimal(text_of_value(value) or "nan")
    return number.is_finite() and number != number.to_integral_value()


def _name(name: object) -> str:
    """The name of a field or column; a whole number without a fraction."""
    text = name if isinstance(name, str) else isinstance(name, Real) and text_of_value(name)
    return str(text or name)


def single(value: Real, form: str = "f") -> Decimal:
    """The shortest decimal that a binary number of 32 bits prints as; in 64 bits it has other digits.

    Args:
        value: the number.
        form: `f` for one of 32 bits, `e` for one of 16.
    """
    bits = pack(form, value)
    for digits in _DIGITS[form]:
        short = Decimal(f"{value:.{digits}g}")
        if pack(form, short) == bits:
            return short
    return Decimal(f"{value:.{_DIGITS[form].stop}g}")


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


def table_of(
    given: Any, mark: DecimalMark | None, is_code: Callable[[str], bool]
) -> tuple[bytes, Rows] | None:
    """Rows or a frame as the text of a CSV, and where its rows stand; None where it is neither.

    Args:
        given: a list of dicts with the same keys, a list of lists of which the first has the
            headings, or a frame of pandas, Polars or PyArrow.
        mark: which decimal mark texts have, so that numbers are written alike.
        is_code: whether a heading is that of codes, which as numbers would have lost their zeros.

    Raises:
        InputError: P110 codes, in a column or as headings, are numbers with a fraction.
    """
    found = _rows_of(given)
    if found is None:
        return None
    names, rows = found
    faults = [
        _number_as_code(name, 0, at, name) for at, name in enumerate(names) if is_not_whole(name)
    ]
    names = [*map(_name, names)]
    codes = [at for at, name in enumerate(names) if is_code(name)]
    out = StringIO(newline="")
    write = csv.writer(out, lineterminator="\n").writerow
    write(headings(names))
    starts, line = [1], 2
    for number, row in enumerate(rows):
        cells = [_cell(value, mark) for value in row]
        for at in codes:
            value = row[at] if at < len(row) else None
            if is_not_whole(value) and len(faults) < _MOST_FAULTS:
                faults.append(_number_as_code(value, number, at, names[at]))
            elif isinstance(value, Decimal) and value.is_finite():
                cells[at] = str(int(value))
        write(cells)
        starts.append(line)
        line += 1 + sum(cell.count("\n") for cell in cells)
    if faults:
        raise InputError(faults)
    return out.getvalue().encode("utf-8", "surrogatepass"), Rows(tuple(names), tuple(starts))


def _number_as_code(value: object, number: int, at: int, name: object) -> Finding:
    """The fault of a code that is a number with a fraction, in a row of a table or above it."""
    told = {"found": str(value), "expected": _CODE}
    pointed = pointer((number, _name(name)))
    row = 0 if value is name else number + 1
    return Finding(WRONG_TYPE, "code", told, place=Place("", row, at + 1, pointer=pointed))


def headings(names: Iterable[str]) -> list[str]:
    """The names of columns as the heading of a text has them: without what separates cells."""
    return [_SEPARATORS.sub(" ", name).strip() for name in names]


def _rows_of(given: Any) -> tuple[list[Any], Iterable[Sequence[Any]]] | None:
    """The headings, as they are given, and rows of a table, however they are given."""
    if isinstance(given, list | tuple):
        if all(isinstance(row, Mapping) for row in given):
            return _of_mappings(given)
        if all(isinstance(row, list | tuple) for row in given):
            first, *rows = given
            return ["" if name is None else name for name in first], rows
        return None
    if not is_frame(given):
        return None
    if hasattr(given, "itertuples"):
        if any(name is not None for name in given.index.names):  # it holds what was a column
            given = given.reset_index(allow_duplicates=True)
        names, listed = given.columns, given.itertuples(index=False, name=None)
    elif hasattr(given, "iter_rows"):
        names, listed = given.columns, given.iter_rows()
    else:
        columns = [column.to_pylist() for column in given.columns]
        names, listed = given.column_names, zip(*columns, strict=True)
    return [*names], _with_singles(listed, given)


def _of_mappings(given: Sequence[Mapping[Any, Any]]) -> tuple[list[Any], Iterable[Sequence[Any]]]:
    """The headings and rows of mappings: 1 and "1" head one column, or two where one row has both."""
    keys = dict.fromkeys(name for row in given for name in row)
    if len({*map(_name, keys)}) == len(keys):
        return [*keys], ([row.get(key) for key in keys] for row in given)
    texts = [{_name(name): value for name, value in row.items()} for row in given]
    if any(len(text) < len(row) for text, row in zip(texts, given, strict=True)):
        return [*keys], ([row.get(key) for key in keys] for row in given)
    names = {_name(name): name for name in keys}
    return [*names.values()], ([text.get(name) for name in names] for text in texts)


def is_frame(value: object) -> bool:
    """Whether something gives columns and rows, as frames of pandas, Polars and PyArrow do."""
    ways = (("columns", "iter_rows"), ("columns", "itertuples"), ("column_names", "to_pylist"))
    return any(all(hasattr(type(value), each) for each in way) for way in ways)


def _with_singles(rows: Iterable[Sequence[Any]], frame: Any) -> Iterator[Sequence[Any]]:
    """The rows of a frame; numbers of 32 or 16 bits, which Python gets with digits that they do not have, as they print."""
    kinds = getattr(frame, "dtypes", None)  # else a schema has them, by name or in a list
    if kinds is None:
        kinds = frame.schema.types if hasattr(frame.schema, "types") else frame.schema.values()
    told = (str(kind).lower().removesuffix("[pyarrow]") for kind in kinds)
    singles = {at: _SINGLES[kind] for at, kind in enumerate(told) if kind in _SINGLES}
    for row in rows:
        yield (
            [
                single(cell, singles[at]) if at in singles and isinstance(cell, Real) else cell
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
