"""A table in CSV as one frame of texts: strictly, so that what is unusual is left to the row reader."""

import re
from typing import Final

import polars

from parindex.scorecard.delimited.table import Table

LONGEST: Final = 16_384
"""Bytes of a line: less than any cell may have."""
MOST_BYTES: Final = 256 * 1024 * 1024


class NotPlainError(Exception):
    """A table is for the row reader, which tells what there is to be told; with why."""


def texts_of(table: Table, data: bytes) -> polars.DataFrame:
    """The lines below the heading, each one row with a cell for each column.

    Args:
        table: the table, of which the heading was read.
        data: what follows the heading.

    Raises:
        NotPlainError: some line is no such row, or perhaps none.
    """
    width = len(table.columns.names)
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        raise NotPlainError("letters")
    apart = data.count(table.delimiter.encode()) - _quoted(data, table.delimiter)
    if apart != lines * (width - 1):
        raise NotPlainError("lines")
    try:
        frame = polars.read_csv(
            data,
            has_header=False,
            separator=table.delimiter,
            quote_char='"' if b'"' in data else None,
            schema={f"c{at}": polars.String for at in range(width)},
            empty_string_is_null=False,
            extra_columns="raise",
        )
    except polars.exceptions.PolarsError as error:
        raise NotPlainError("lines") from error
    if frame.height != lines or _longest(data) > LONGEST:
        raise NotPlainError("lines")
    return frame


def _quoted(data: bytes, delimiter: str) -> int:
    """How many delimiters stand within quotes.

    Raises:
        NotPlainError: not every quote is of a cell that begins and ends with one, on one line.
    """
    quotes = data.count(b'"')
    if not quotes:
        return 0
    mark = re.escape(delimiter.encode())
    cell = re.compile(rb'(?:^|(?<=[%b\n]))"[^"\n]*+(?:""[^"\n]*+)*+"(?=[%b\r\n]|$)' % (mark, mark))
    found = [each[0] for each in cell.finditer(data)]
    if sum(each.count(b'"') for each in found) != quotes:
        raise NotPlainError("quotes")
    return sum(each.count(delimiter.encode()) for each in found)


def _longest(data: bytes) -> int:
    """Bytes of the longest line; of a table with ordinary lines no line is looked at."""
    at = longest = 0
    while at < len(data):
        end = data.rfind(b"\n", at, at + LONGEST)
        if end < at:
            return LONGEST + 1 if len(data) - at > LONGEST else longest
        at = end + 1
    return longest
