"""The maxima beside the codes of a table: those of the scheme, or what it leaves for them."""

from collections.abc import Iterator
from decimal import Decimal

from pydantic_core import PydanticCustomError

from parindex.office.xlsx.cells import mark_of
from parindex.office.xlsx.rows import Row, Table
from parindex.reading.numerals import read_number
from parindex.scheme.scheme import Criterion
from parindex.values.codes import MAXIMUM_NOT_OF_SCHEME
from parindex.values.exact import to_text
from parindex.values.fields import short
from parindex.values.finding import Finding


def maxima_checked(table: Table) -> Iterator[Finding]:
    """A fault for each maximum that is not the scheme's: then the code is another one's.

    Of criteria without a maximum in the scheme, together at most what those
    beside them leave of the one above.
    """
    scheme = table.scheme
    for row in table.rows:
        most = row.criterion.max if row.criterion else None
        if most is not None and _says(row) and _given(row, table) != most:
            yield _fault(row, table, to_text(most))
    yield from _left(table, scheme.max, scheme.criteria)
    for _, criterion in scheme.walk():
        yield from _left(table, criterion.max, criterion.children)


def _left(table: Table, whole: Decimal | None, inside: tuple[Criterion, ...]) -> Iterator[Finding]:
    """The fault of the first row with which the maxima are more than what the scheme leaves."""
    open_ = [each.code for each in inside if each.max is None]
    if whole is None or not open_:
        return
    left = whole - sum((each.max for each in inside if each.max is not None), Decimal(0))
    taken = Decimal(0)
    for row in (table.by_code[code] for code in open_ if code in table.by_code):
        given = _given(row, table) if _says(row) else None
        taken += given or 0
        if given is not None and taken > left:
            yield _fault(row, table, f"≤ {to_text(left)}", together=", ".join(open_))
            return


def _says(row: Row) -> bool:
    """Whether a row has a maximum that is known."""
    cell = row.cells.get("maximum")
    return cell is not None and not row.item and bool(cell.text or not cell.formula)


def _given(row: Row, table: Table) -> Decimal | None:
    """The maximum that a row has; None for what is no number."""
    cell, most = row.cells["maximum"], row.criterion.max if row.criterion else None
    try:
        return read_number(cell.text, mark_of(cell, table.mark), most)
    except PydanticCustomError:
        return None


def _fault(row: Row, table: Table, expected: str, **more: str) -> Finding:
    at = (row.number, table.columns["maximum"])
    told = {"found": short(row.cells["maximum"].text), "expected": expected, **more}
    return table.sheet.finding(MAXIMUM_NOT_OF_SCHEME, row.code, at, **told)
