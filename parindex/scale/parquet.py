"""A table in Parquet as the text of the same table in CSV, so that one reader takes both.

Columns have types: decimals and whole numbers give all their digits, binary numbers the shortest
decimal that they stand for, days are year-month-day, and what is null is an empty cell.
"""

import csv
import os
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import accumulate
from tempfile import SpooledTemporaryFile
from typing import IO, Final

import polars

from parindex.findings import InputError
from parindex.reading.numerals import DecimalMark
from parindex.reading.plain_data import FileRows, headings, text_of_value
from parindex.reading.source import MOST_BYTES
from parindex.scale.parquet_footer import unpacked_bytes
from parindex.scorecard.delimited.columns import Columns
from parindex.values.codes import EMPTY_FILE, FILE_TOO_LARGE, SYNTAX_BROKEN, WRONG_TYPE
from parindex.values.fields import short
from parindex.values.finding import Finding, Place
from parindex.values.language import N_

_BROKEN: Final = (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError)
_CELLS: Final = 2_000_000
"""Cells of the rows that are turned into text at once."""
_CELL: Final = 2
"""The bytes of a number or day with what separates it from the next, at the least."""
_IN_MEMORY: Final = 64 * 1024 * 1024
_MOST_COLUMNS: Final = 4096
_TYPES: Final = N_("a column of texts, numbers, days, or lists of texts")
_CODE: Final = N_("a code as text: as a number 1.10 would be 1.1")
_PLAIN: Final = r"^-?[0-9]+(?:\.[0-9]+)?$"


def text_of(data: bytes, file: str, mark: DecimalMark | None) -> tuple[IO[bytes], FileRows]:
    """The text of a CSV with the rows of a file, and where they stand in it.

    Args:
        data: the bytes of the file.
        file: its name, for places.
        mark: which decimal mark texts have, so that numbers are written alike.

    Raises:
        InputError: P104 it is no Parquet, P113 it has no columns, P102 it holds more than is read,
            P110 columns of types that no table has.
    """
    out = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 the caller closes it
    try:
        with _quiet():
            return out, _written(data, file, mark, out)
    except _BROKEN as error:
        out.close()
        raise InputError([Finding(SYNTAX_BROKEN, "", place=Place(file))]) from error
    except BaseException:
        out.close()
        raise


def _written(data: bytes, file: str, mark: DecimalMark | None, out: IO[bytes]) -> FileRows:
    try:
        is_large = unpacked_bytes(data) > MOST_BYTES
    except OverflowError:
        is_large = True
    if is_large:
        raise _too_large(file)
    frame = polars.scan_parquet(BytesIO(data))
    types = dict(frame.collect_schema())
    if not types:
        raise InputError([Finding(EMPTY_FILE, "", place=Place(file))])
    count = frame.select(polars.len()).collect().item()
    if count * len(types) > MOST_BYTES or len(types) > _MOST_COLUMNS:
        raise _too_large(file)  # each cell has at least what separates it from the next
    faults = [*_wrong(types, file)]
    if faults:
        raise InputError(faults)
    head = StringIO()
    csv.writer(head, lineterminator="\n").writerow(headings(types))
    out.write(head.getvalue().encode())
    size, ends = 0, array("q")
    texts = [_text(name, type_, mark) for name, type_ in types.items()]
    for batch in frame.collect_batches(chunk_size=max(1, _CELLS // len(types))):
        size += sum(map(_size, batch))
        if size > MOST_BYTES:
            raise _too_large(
                file
            )  # before a text that stands once in the file is written for each row
        floats = [_float(each, mark) for each in batch.select(polars.selectors.float())]
        rows = batch.with_columns(floats).select(texts)
        _keep_ends(rows, ends)
        rows.write_csv(out, include_header=False)
    out.seek(0)
    starts: Sequence[int] = range(1, count + 2)
    if any(ends):
        starts = array("q", accumulate((1 + each for each in ends), initial=2))
        starts.insert(0, 1)
    return FileRows(tuple(types), starts, file)


def _wrong(types: Mapping[str, polars.DataType], file: str) -> Iterator[Finding]:
    """The columns whose types no table of scores has."""
    for at, (name, type_) in enumerate(types.items(), start=1):
        place = Place(file, 0, at, pointer=name)
        is_code = Columns.name_of(name) == "code"
        if is_code and (type_.is_float() or type_.is_decimal()):
            told = {"found": short(str(type_)), "expected": _CODE}
        elif not _is_taken(type_):
            told = {"found": short(str(type_)), "expected": _TYPES}
        else:
            continue
        yield Finding(WRONG_TYPE, short(name), told, place=place)


def _is_taken(type_: polars.DataType) -> bool:
    if isinstance(type_, polars.List):
        return type_.inner == polars.String
    others = (polars.Binary, polars.Duration, polars.Object)
    return not type_.is_nested() and not isinstance(type_, others)


def _text(name: str, type_: polars.DataType, mark: DecimalMark | None) -> polars.Expr:
    """The cells of a column as texts, null where they are empty."""
    column = polars.col(name)
    if isinstance(type_, polars.List):
        column = column.list.join("|", ignore_nulls=True)
    elif isinstance(type_, polars.Datetime):
        day = column.dt.date().cast(polars.String)
        is_day = column.dt.time() == polars.time(0)
        column = polars.when(is_day).then(day).otherwise(column.cast(polars.String))
    elif not type_.is_float():
        column = column.cast(polars.String)
    if type_.is_decimal() and type_.scale:  # type: ignore[attr-defined]  # those of decimals
        column = column.str.strip_chars_end("0").str.strip_chars_end(".")
    if mark == "comma" and type_.is_decimal():
        column = column.str.replace(".", ",", literal=True)
    column = column.str.replace_all(r"\r\n?", "\n")
    return polars.when(column != "").then(column).alias(name)


def _float(series: polars.Series, mark: DecimalMark | None) -> polars.Series:
    """Binary numbers as the shortest decimals that they stand for; null where they are none."""
    texts = series.cast(polars.String).str.strip_suffix(".0")
    odd = texts.filter(~texts.str.contains(_PLAIN)).unique().drop_nulls()
    told = [None if each == "NaN" else text_of_value(Decimal(each)) for each in odd]
    if len(odd):
        texts = texts.replace(odd, polars.Series(told, dtype=polars.String))
    return texts.str.replace(".", ",", literal=True) if mark == "comma" else texts


def _size(column: polars.Series) -> int:
    """About the bytes that a column has as text, told without making it."""
    if isinstance(column.dtype, polars.List):
        column = column.explode()
    if isinstance(column.dtype, polars.String):
        return int(column.str.len_bytes().sum()) + len(column)
    if not isinstance(column.dtype, polars.Categorical | polars.Enum):
        return _CELL * len(column)
    codes = polars.DataFrame({"code": column.to_physical(), "text": column})
    met = codes.group_by("code").agg(polars.len(), polars.col("text").first())
    lengths = met.get_column("text").cast(polars.String).str.len_bytes().cast(polars.Int64)
    return int((lengths * met.get_column("len")).sum()) + len(column)


def _keep_ends(rows: polars.DataFrame, ends: "array[int]") -> None:
    """Keep how many ends of lines the cells of each row have."""
    found = rows.select(polars.sum_horizontal(polars.all().str.count_matches("\n", literal=True)))
    ends.extend(found.to_series().fill_null(0).to_list())


def _too_large(file: str) -> InputError:
    told = {"expected": f"≤ {MOST_BYTES // 1024 // 1024} MB"}
    return InputError([Finding(FILE_TOO_LARGE, "", told, place=Place(file))])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep standard error from what the engine itself writes there about a broken file."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)
