"""How much is known of the published figures: of how many units, and of how many there are."""

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow


class Coverage(Struct, frozen=True):
    """One kind of figures of one year and group of units: how many units have which.

    `index` counts units whose index or points are known, or figures that are
    not of one unit each; `rank` counts those with a rank, and `of` the units
    that there are (None where nobody says).
    """

    kind: str
    level: str | None
    province: str | None
    group: str | None
    year: int
    index: int
    rank: int
    of: int | None
    sources: int


def coverage(
    rows: Iterable[PublishedRow], size_of: Callable[[PublishedRow], int | None]
) -> list[Coverage]:
    """What is known, a line for each kind, level, province, group and year, in this order.

    Args:
        rows: published rows, as they stand in the tables.
        size_of: how many units the list of a row's year holds; None where there is no list.
    """
    found: dict[tuple[str, str, str, str, int], list[PublishedRow]] = {}
    for row in rows:
        key = (row.kind, row.level or "", row.province or "", row.group or "", row.year)
        found.setdefault(key, []).append(row)
    return [_coverage(found[key], size_of) for key in sorted(found)]


_LOOSE: Final = ("band-count", "figure")
"""Kinds whose figures are not one of each unit: they are counted, and nobody says of how many."""


def _coverage(rows: list[PublishedRow], size_of: Callable[[PublishedRow], int | None]) -> Coverage:
    first = rows[0]
    size = size_of(first)
    if size is None:
        size = max((row.of for row in rows if row.of is not None), default=None)
    loose = first.kind in _LOOSE
    return Coverage(
        first.kind,
        first.level,
        first.province,
        first.group,
        first.year,
        index=len({row.subject if loose else row.unit for row in rows if _has_figure(row)}),
        rank=len({row.unit for row in rows if row.rank is not None}),
        of=None if loose else size,
        sources=len({row.source for row in rows}),
    )


def _has_figure(row: PublishedRow) -> bool:
    figures = (row.index, row.points, row.count, row.value)
    return row.doubt != "misprint" and any(figure is not None for figure in figures)
