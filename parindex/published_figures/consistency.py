"""Published figures against each other: ranks, bands, changes, sources, sums of parts and areas.

For sums the rows of a unit make a scorecard, which is scored: the findings are
those of `score`. A partition or the areas count only where every one is known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.findings import InputError
from parindex.scheme.band import BandSet
from parindex.scheme.scheme import ORIGIN, Scheme
from parindex.scorecard.scorecard import Entry, Published, Scorecard
from parindex.scoring import score
from parindex.values.codes import (
    PUBLISHED_BAND_DIFFERS,
    PUBLISHED_CHANGE_WRONG,
    PUBLISHED_INDEX_ROUNDED,
    PUBLISHED_INDEX_WRONG,
    RANK_TWICE,
    RANKS_CONTRADICT_FIGURES,
    SOURCES_DISAGREE,
)
from parindex.values.exact import decimals, half_unit, rounded, to_text
from parindex.values.facts import Points
from parindex.values.finding import Finding, Place
from parindex.values.groups import grouped

BandsOf = Callable[[PublishedRow], BandSet | None]
SchemeOf = Callable[[PublishedRow], Scheme | None]
_PRINTED: Final = 2
"""Decimals that an index is published with; one with fewer was shortened by who repeats it."""


class Clash(Struct, frozen=True):
    """A row that does not fit another, or its year's bands: the code of the finding and its words."""

    code: str
    row: PublishedRow
    other: PublishedRow | None
    parameters: dict[str, str]

    @property
    def subject(self) -> str:
        """The unit that it is about, for a figure of a region its id, and else the code."""
        row = self.row
        return row.unit or row.region or row.code or row.group or row.band or ""

    @property
    def own(self) -> PublishedRow | None:
        """The row of a user's own table that is concerned, if one is."""
        return next((row for row in (self.row, self.other) if row and row.origin), None)

    @property
    def finding(self) -> Finding:
        """The same as a finding, placed at the user's own row."""
        where = f"{self.subject} {self.row.year}"
        place = Place(self.own.origin, self.own.line, 1) if self.own else None
        return Finding(self.code, where, self.parameters, place=place)


def check_rows(rows: Sequence[PublishedRow], bands_of: BandsOf) -> Iterator[Clash]:
    """Everything that does not fit together, of rows that are not marked as misprints.

    Ranks against one another and against the index, bands against the
    thresholds of the year, changes against both years, and sources against
    each other where they are not marked as contradicted.
    """
    sound = [row for row in rows if row.doubt != "misprint"]
    for race in grouped(sound, lambda row: row.race).values():
        yield from _ranks(race)
        yield from _order(race)
    for row in sound:
        yield from _band(row, bands_of)
    for series in grouped(sound, lambda row: (*row.series, row.unit, row.region)).values():
        yield from _changes(series)
    for subject in grouped(sound, lambda row: row.subject).values():
        yield from _disagreeing(subject)


def _ranks(race: Sequence[PublishedRow]) -> Iterator[Clash]:
    """Two units at one rank, unless the same figure is printed for both."""
    holder: dict[int, PublishedRow] = {}
    values: set[tuple[int, str | None]] = set()
    for row in race:
        if row.rank is None:
            continue
        first = holder.setdefault(row.rank, row)
        tied = first.figure is not None and first.figure == row.figure
        if first.unit == row.unit or tied or (row.rank, row.unit) in values:
            continue
        values.add((row.rank, row.unit))
        names = {"rank": str(row.rank), "unit": first.unit or "", "other": row.unit or ""}
        yield Clash(RANK_TWICE, row, first, names)


def _order(race: Sequence[PublishedRow]) -> Iterator[Clash]:
    """A better rank with a surely lower index."""
    placed = [row for row in race if row.rank is not None and row.figure is not None]
    lowest: PublishedRow | None = None
    by_rank = grouped(sorted(placed, key=lambda row: row.rank or 0), lambda row: row.rank)
    for ranked in by_rank.values():
        for row in ranked:
            if (
                lowest is not None
                and highest_of(lowest) < lowest_of(row)
                and lowest.unit != row.unit
            ):
                values = {
                    "unit": lowest.unit or "",
                    "rank": str(lowest.rank),
                    "index": shown(lowest),
                    "other": row.unit or "",
                    "other_rank": str(row.rank),
                    "other_index": shown(row),
                }
                yield Clash(RANKS_CONTRADICT_FIGURES, lowest, row, values)
        lowest = min([*([lowest] if lowest else []), *ranked], key=highest_of)


def _band(row: PublishedRow, bands_of: BandsOf) -> Iterator[Clash]:
    if row.kind != "result" or row.band is None:
        return
    bands = bands_of(row)
    figure = row.figure
    if bands is not None and bands.by == "points":
        figure = None if row.points is None else Fraction(row.points)
    if bands is None or figure is None or bands.worst_of:
        return
    possible = bands.of(row.index or rounded(figure, _PRINTED))
    if row.band not in possible:
        computed = ", ".join(name or "?" for name in possible)
        yield Clash(
            PUBLISHED_BAND_DIFFERS, row, None, {"published": row.band, "computed": computed}
        )


def _changes(rows: Sequence[PublishedRow]) -> Iterator[Clash]:
    """Moves and changes that the figures of both years contradict."""
    by_year = grouped(rows, lambda row: row.year)
    for row in rows:
        before, now = by_year.get(row.year - 1, []), by_year[row.year]
        ranks = [(b, n) for b in before for n in now if b.rank is not None and n.rank is not None]
        moves = [(b.rank or 0) - (n.rank or 0) for b, n in ranks]
        if row.move is not None and moves and row.move not in moves:
            yield Clash(
                PUBLISHED_CHANGE_WRONG, row, ranks[0][0], _told(f"{row.move:+}", f"{moves[0]:+}")
            )
        pairs = [(b, n) for b in before for n in now if _level(b) and _level(n)]
        if row.change is not None and pairs and not any(_rises(row.change, *p) for p in pairs):
            (first, last) = pairs[0]
            computed = (_level(last) or Decimal(0)) - (_level(first) or Decimal(0))
            yield Clash(
                PUBLISHED_CHANGE_WRONG, row, first, _told(f"{row.change:+f}", f"{computed:+f}")
            )


def _level(row: PublishedRow) -> Decimal | None:
    return row.value if row.kind == "figure" else row.index


def _rises(change: Decimal, before: PublishedRow, now: PublishedRow) -> bool:
    """Whether a printed change is that of two printed figures, within their rounding."""
    first, last = _level(before) or Decimal(0), _level(now) or Decimal(0)
    slack = sum(half_unit(decimals(each)) for each in (change, first, last))
    return abs(Fraction(last) - Fraction(first) - Fraction(change)) <= slack


def _disagreeing(rows: Sequence[PublishedRow]) -> Iterator[Clash]:
    """Rows about the same that print different figures, the first of them against the others."""
    for name in ("index", "points", "rank", "band", "count", "value"):
        said = [row for row in rows if getattr(row, name) is not None and not row.doubt]
        for row in said[1:]:
            one, other = getattr(row, name), getattr(said[0], name)
            same = _agree(one, other) if isinstance(one, Decimal) else one == other
            if not same:
                values = _told(str(other), str(one)) | {"source": row.source}
                yield Clash(SOURCES_DISAGREE, said[0], row, values)


def _agree(one: Decimal, other: Decimal) -> bool:
    """Whether two figures are the same but for the digits that one of them lacks."""
    digits = min(decimals(one), decimals(other))
    return any(
        rounded(one, digits, mode) == rounded(other, digits, mode) for mode in ("half-up", "down")
    )


def shown(row: PublishedRow) -> str:
    """The index as printed, or what points and maximum give, with two decimals."""
    return to_text(row.index if row.index is not None else rounded(row.figure or Fraction(0), 2))


def _blur(row: PublishedRow) -> Fraction:
    """By how much a figure may be off that lost digits: whether rounded or cut off is not known."""
    if row.index is None or decimals(row.index) >= _PRINTED:
        return Fraction(0)
    return 2 * half_unit(decimals(row.index))


def highest_of(row: PublishedRow) -> Fraction:
    """The most that an index can be which was printed with the digits of a row."""
    return (row.figure or Fraction(0)) + _blur(row)


def lowest_of(row: PublishedRow) -> Fraction:
    """The least that an index can be which was printed with the digits of a row."""
    return (row.figure or Fraction(0)) - _blur(row)


def _told(published: str, computed: str) -> dict[str, str]:
    return {"published": published, "computed": computed}


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
            yield Clash(finding.code, whole, first, dict(finding.parameters))
