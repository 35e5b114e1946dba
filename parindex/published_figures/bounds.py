"""Where an index must lie that nobody prints: between its neighbours by rank, and by its areas."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.consistency import SchemeOf, highest_of, lowest_of, shown
from parindex.scheme.scheme import Scheme
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.exact import to_text
from parindex.values.groups import grouped

_IMPACT: Final = "8"
"""The area of provinces that SIPAS is a part of."""
_KINDS: Final = ("result", "sipas")


class Bounds(Struct, frozen=True):
    """Between which figures the index of a row lies, both of them possible.

    `row` has no index, and no figure at all where only its areas are known.
    `low` or `high` is None where nothing bounds it. `why` names the figures that
    do, as `25 Hòa Bình 87.06` (rank, unit, index) or `areas 66.12`.
    """

    row: PublishedRow
    low: Fraction | None
    high: Fraction | None
    why: tuple[str, ...]


class BoundedRow(AsData, Struct, frozen=True):
    """A published row, and between what its index lies; None where it is printed or nothing bounds it."""

    row: PublishedRow
    bounds: Bounds | None = None

    def __repr__(self) -> str:
        span = self.bounds
        ends = (
            [
                f"{name} {to_text(x)}"
                for name, x in (("≥", span.low), ("≤", span.high))
                if x is not None
            ]
            if span
            else ()
        )
        return brief(self, self.row.unit, self.row.year, *ends)


def bounds(rows: Sequence[PublishedRow], scheme_of: SchemeOf) -> list[Bounds]:
    """What bounds the index of each unit whose index is not known.

    Ranks bound it by the nearest units above and below whose index is known and
    not contradicted; a figure that lost digits bounds it less closely. Areas
    bound it by the points that are known, and by the maxima of the others.

    Args:
        rows: one row for each unit, year and kind: see `known`.
        scheme_of: finds the scheme of a row; None where none, or several, are known.
    """
    by_rank = {
        found.row.subject: found
        for race in grouped((row for row in rows if row.kind in _KINDS), lambda row: row.race)
        .values()
        for found in _by_rank(race)
    }  # fmt: skip
    by_areas = {found.row.subject: found for found in _by_areas(rows, scheme_of)}
    subjects = dict.fromkeys([*by_rank, *by_areas])
    return [_both(by_rank.get(each), by_areas.get(each)) for each in subjects]


def _both(ranked: Bounds | None, summed: Bounds | None) -> Bounds:
    """The narrower of two bounds on each side."""
    found = [each for each in (ranked, summed) if each is not None]
    lows = [each.low for each in found if each.low is not None]
    highs = [each.high for each in found if each.high is not None]
    why = tuple(text for each in found for text in each.why)
    return Bounds(found[0].row, max(lows, default=None), min(highs, default=None), why)


def _by_rank(race: Sequence[PublishedRow]) -> Iterator[Bounds]:
    anchors = sorted(
        (row for row in race if row.rank and row.figure is not None and row.doubt is None),
        key=lambda row: row.rank or 0,
    )
    for row in race:
        if row.rank is None or row.figure is not None or row.doubt is not None:
            continue
        above = min((a for a in anchors if (a.rank or 0) < row.rank), key=highest_of, default=None)
        below = max((a for a in anchors if (a.rank or 0) > row.rank), key=lowest_of, default=None)
        if above or below:
            yield Bounds(
                row,
                lowest_of(below) if below else None,
                highest_of(above) if above else None,
                tuple(f"{a.rank} {a.unit} {shown(a)}" for a in (above, below) if a),
            )


def _by_areas(rows: Iterable[PublishedRow], scheme_of: SchemeOf) -> Iterator[Bounds]:
    units = grouped(
        (row for row in rows if row.unit and row.kind in ("result", "area", "part")),
        lambda row: (row.level, row.list, row.province, row.group, row.unit, row.year),
    )
    for found in units.values():
        points = {r.code: r for r in found if r.kind == "area" and r.points is not None}
        whole = next((row for row in found if row.kind == "result"), None)
        scheme = scheme_of(found[0]) if points else None
        if scheme is not None and (whole is None or whole.index is None):
            sipas = next((r for r in found if r.kind == "part" and r.code == "sipas"), None)
            if (span := _span(points, sipas, scheme)) is not None:
                row = whole or _empty(list(points.values()))
                known = to_text(sum((Fraction(r.points or 0) for r in points.values()), Fraction()))
                part = (f"sipas {sipas.points}/{sipas.max}",) if sipas and sipas.max else ()
                yield Bounds(row, *span, (f"areas {known}", *part))


def _span(
    points: Mapping[str | None, PublishedRow], sipas: PublishedRow | None, scheme: Scheme
) -> tuple[Fraction, Fraction] | None:
    """The least and the most that the areas can add to, of 100; None where a maximum is not known."""
    low = high = Fraction()
    for area in scheme.criteria:
        row = points.get(area.code)
        if row is not None:
            low += Fraction(row.points or 0)
            high += Fraction(row.points or 0)
            continue
        if area.maximum is None:
            return None
        high += area.maximum
        if area.code == _IMPACT and sipas and sipas.points is not None and sipas.max is not None:
            low += Fraction(sipas.points)
            high -= Fraction(sipas.max - sipas.points)
    return low, high


def _empty(areas: Sequence[PublishedRow]) -> PublishedRow:
    """A row of a unit of which only areas are known."""
    first = areas[0]
    sources = dict.fromkeys(row.source for row in areas)
    return PublishedRow(
        "result",
        first.year,
        " | ".join(sources),
        **{
            name: getattr(first, name)
            for name in ("unit", "level", "province", "region", "group", "list")
        },
        confidence="derived",
    )
