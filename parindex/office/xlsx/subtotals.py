"""Sums between the rows of a table: what one says is what stands above it, or it is refused."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from parindex.office.xlsx.cells import Cell, number_in, percent_in
from parindex.scheme.scheme import Criterion, Scheme

_BOUND: Final = Decimal("0.005")
"""What a printed sum, or a percentage, may be off."""
Rows = Mapping[str, Mapping[str, Cell]]
"""The cells of each row of a table, by its code."""


def points_below(criterion: Criterion, column: str, rows: Rows) -> Decimal | None:
    """The points of a criterion in a column, its own or the sum of those below it; None if not known."""
    given = number_in(rows.get(criterion.code, {}).get(column))
    if given is not None or not criterion.children:
        return given
    parts = [points_below(child, column, rows) for child in criterion.children]
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def is_of_filled(points: Decimal, column: str, rows: Rows, scheme: Scheme) -> bool:
    """Whether points are the sum of all that stands in a column for the criteria of a scheme."""
    parts = [*_standing(scheme.criteria, column, rows)]
    return bool(parts) and abs(sum(parts, Decimal(0)) - points) <= _BOUND


def _standing(criteria: Iterable[Criterion], column: str, rows: Rows) -> Iterator[Decimal]:
    """The points of criteria, or of those below where they have none of their own."""
    for each in criteria:
        given = number_in(rows.get(each.code, {}).get(column))
        if given is None:
            yield from _standing(each.children, column, rows)
        else:
            yield given


def is_subtotal(
    kind: str, cell: Cell, column: str, before: str, rows: Rows, scheme: Scheme
) -> bool:
    """Whether a figure is the sum, or the percentage, of what stands above.

    Args:
        kind: what the row is named as, between the rows of the table.
        cell: the figure.
        column: its column of points.
        before: the code of the row above it.
        rows: the rows of the table by code.
        scheme: the scheme.
    """
    said = percent_in(cell) if kind == "index" else number_in(cell)
    lineage = scheme.lineage(before) if before in scheme.by_code else ()
    parts = [(points_below(each, column, rows), each.max) for each in lineage]
    known = [x for area in scheme.criteria if (x := points_below(area, column, rows)) is not None]
    parts.append((sum(known, Decimal(0)) if known else None, scheme.max))
    sums = [(points, most) for points, most in parts if points is not None]
    if said is None or not sums:
        return kind == "total"
    if kind == "index":
        return any(most and abs(points * 100 / most - said) <= _BOUND for points, most in sums)
    return kind == "total" and any(abs(points - said) <= _BOUND for points, _ in sums)
