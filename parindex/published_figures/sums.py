"""Published areas and parts against the index, and against the maxima of their scheme.

For sums the rows of a unit make a scorecard, which is scored: the findings are
those of `score`. A partition or the areas count only where every one is known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from parindex.analysis.published_row import PublishedRow
from parindex.findings import InputError
from parindex.published_figures.consistency import Clash, SchemeOf
from parindex.scheme.scheme import ORIGIN, Scheme
from parindex.scorecard.scorecard import Entry, Published, Scorecard
from parindex.scoring import score
from parindex.values.codes import (
    ABOVE_MAXIMUM,
    MAXIMUM_PRINTED_OTHERWISE,
    PUBLISHED_INDEX_ROUNDED,
    PUBLISHED_INDEX_WRONG,
)
from parindex.values.exact import to_text
from parindex.values.facts import Points
from parindex.values.groups import grouped

_SUMS = (PUBLISHED_INDEX_WRONG, PUBLISHED_INDEX_ROUNDED)
"""More than rounding explains, and what rounding explains."""


def check_sums(rows: Iterable[PublishedRow], scheme_of: SchemeOf) -> Iterator[Clash]:
    """Each published index that its parts, or its areas, do not add up to.

    Args:
        rows: published rows; misprints do not count, figures that contradict each other all do.
        scheme_of: finds the scheme of a row; None where none, or several, are known.
    """
    sound = (
        row
        for row in rows
        if row.kind in ("result", "part", "area") and row.unit and row.doubt != "misprint"
    )
    units = grouped(
        sound, lambda row: (row.level, row.list, row.province, row.group, row.unit, row.year)
    )
    for found in units.values():
        wholes = [row for row in found if row.kind == "result" and row.index is not None]
        below = [row for row in found if row.kind != "result" and row.points is not None]
        scheme = scheme_of(wholes[0]) if wholes and below else None
        if scheme is not None:
            for whole in wholes:
                yield from _unit(whole, below, scheme)


def _unit(whole: PublishedRow, below: Sequence[PublishedRow], scheme: Scheme) -> Iterator[Clash]:
    parts = {part.id for part in scheme.partitions.get(ORIGIN, ())}
    areas = {area.code for area in scheme.criteria}
    for kind, codes in (("part", parts), ("area", areas)):
        rows = [row for row in below if row.kind == kind and row.code in codes]
        points = {row.code or "": row.points for row in reversed(rows) if row.points is not None}
        if points:
            yield from _sum(whole, rows[0], points, scheme)


def _sum(
    whole: PublishedRow, first: PublishedRow, points: Mapping[str, Decimal], scheme: Scheme
) -> Iterator[Clash]:
    by_part = first.kind == "part"
    card = Scorecard(
        whole.unit or "",
        whole.year,
        scores={} if by_part else {code: Entry(Points(each)) for code, each in points.items()},
        level=whole.level,
        parts={ORIGIN: points} if by_part else {},
        published=Published(index=whole.index),
    )
    try:
        result = score(card, scheme)
    except InputError:
        return  # such points do not fit the scheme, so they say nothing about the sum
    for finding in result.findings:
        if finding.code in _SUMS:
            yield Clash(finding.code, whole, first, dict(finding.parameters), "index")


def check_maxima(rows: Iterable[PublishedRow], scheme_of: SchemeOf) -> Iterator[Clash]:
    """Points of an area or part above the maximum that its scheme has, and another maximum.

    Args:
        rows: published rows; misprints do not count.
        scheme_of: as for `check_sums`.
    """
    for row in rows:
        if row.kind not in ("area", "part") or row.points is None or row.doubt == "misprint":
            continue
        scheme = scheme_of(row)
        most = _maximum(row, scheme) if scheme else None
        if scheme is None or most is None:
            continue
        if row.max is not None and row.max != most:
            told = {"found": to_text(row.max), "expected": to_text(most), "scheme": scheme.id}
            yield Clash(MAXIMUM_PRINTED_OTHERWISE, row, None, told, "max")
        elif row.points > most:
            told = {"found": to_text(row.points), "expected": f"0…{to_text(most)}"}
            yield Clash(ABOVE_MAXIMUM, row, None, told, "points")


def _maximum(row: PublishedRow, scheme: Scheme) -> Decimal | None:
    """The maximum of an area or part in its scheme; None where the scheme does not tell it."""
    if row.kind == "area":
        area = scheme.by_code.get(row.code or "")
        return area.max if area else None
    parts = {part.id: part for part in scheme.partitions.get(ORIGIN, ())}
    part = parts.get(row.code or "")
    return part.max if part else None
