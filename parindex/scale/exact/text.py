"""A table in CSV as one frame of texts: strictly, so that what is unusual is left to the row reader."""

import re

import polars

from parindex.scorecard.delimited.table import Table


class NotPlainError(Exception):
    """A table is for the row reader, which tells what there is to be told; with why."""


def texts_of(table: Table, data: bytes) -> polars.DataFrame:
    """The lines below the heading, each one row with a cell for each column.

    Args:
        table: the table, of which the heading was read.
        data: what follows the heading: lines that are `plain`.

    Raises:
        NotPlainError: some line is no such row, or perhaps none.
    """
    return texts_in(data, table.delimiter, len(table.columns.names))


def texts_in(data: bytes, delimiter: str, width: int) -> polars.DataFrame:
    """Lines that are each one row with so many cells; errors as `texts_of`."""
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    apart = data.count(delimiter.encode()) - _quoted(data, delimiter)
    if apart != lines * (width - 1):
        raise NotPlainError("lines")
    try:
        frame = polars.read_csv(
            data,
            has_header=False,
            separator=delimiter,
            quote_char='"' if b'"' in data else None,
            schema={f"c{at}": polars.String for at in range(width)},
            empty_string_is_null=False,
            extra_columns="raise",
        )
    except polars.exceptions.PolarsError as error:
        raise NotPlainError("lines") from error
    if frame.height != lines:
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
