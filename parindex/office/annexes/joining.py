"""Tables that an annex is cut into, and those beside it that are annexes of their own."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from parindex.office.annexes.annex import Annex
from parindex.office.annexes.columns import Head, find_head
from parindex.office.annexes.numbering import leading_number, read_number
from parindex.office.annexes.printed import points_of
from parindex.office.xlsx.sheet import Sheet

_FIRST: Final = ((1,), (1, 1), (1, 1, 1))
"""Numbers with which an annex begins."""


def joined(first: Sheet, head: Head, others: Sequence[Sheet]) -> tuple[Sheet, list[Sheet]]:
    """A table of a document with those that continue it, and the tables left over.

    A table continues the one before where it is as wide and has no heading, or
    the same heading and a number that is none to begin with.
    """
    whole, rest = first, []
    for sheet in others:
        if _continues(first, head, sheet):
            whole = _below(whole, sheet)
        else:
            rest.append(sheet)
    return whole, rest


def annexes_in(sheets: Sequence[Sheet], taken: Annex) -> list[str]:
    """The names of other sheets or tables that have the headings of an annex."""
    return [each.name for each in sheets if each.name != taken.sheet.name and find_head(each, {})]


def _continues(first: Sheet, head: Head, sheet: Sheet) -> bool:
    again = find_head(sheet, {})
    if again is not None:
        numbers = [path for row, path in _numbers(sheet, again) if row > again.last]
        is_same = again.columns == head.columns and _texts(sheet, again) == _texts(first, head)
        return is_same and numbers[:1] != [] and numbers[0] not in _FIRST
    maximum = head.columns["maximum"]
    has_points = any(
        maximum in cells and points_of(cells[maximum].text) is not None
        for row, cells in sheet.rows.items()
        if row > 0
    )
    return _width(sheet) == _width(first) and (has_points or any(_numbers(sheet, head)))


def _numbers(sheet: Sheet, head: Head) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The numbers of rows, in their own column or at the head of the name."""
    code, name = head.columns.get("code", 0), head.columns["name"]
    for row in sorted(row for row in sheet.rows if row > 0):
        cells = sheet.rows[row]
        own = cells[code].text if code in cells else ""
        inner = leading_number(cells[name].text)[0] if name in cells else ""
        number = read_number(own) or read_number(inner)
        if number is not None:
            yield row, number.path


def _texts(sheet: Sheet, head: Head) -> list[str]:
    return [cell.text for _, cell in sorted(sheet.rows.get(head.first, {}).items())]


def _width(sheet: Sheet) -> int:
    columns = [max(cells) for row, cells in sheet.rows.items() if row > 0]
    merged = [right for _, _, _, right in sheet.merged]
    return max([0, *columns, *merged])


def _below(sheet: Sheet, more: Sheet) -> Sheet:
    """A table with the rows of another one below its own; they count on."""
    down = max([0, *sheet.rows])
    return replace(
        sheet,
        rows=sheet.rows | {row + down: cells for row, cells in more.rows.items() if row > 0},
        merged=sheet.merged
        + [(top + down, left, end + down, right) for top, left, end, right in more.merged],
        hidden_rows=sheet.hidden_rows | {row + down for row in more.hidden_rows},
        in_bold=sheet.in_bold | {(row + down, column) for row, column in more.in_bold},
    )
