"""Published figures against each other: ranks, bands, changes and sources."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.scheme.band import BandSet
from parindex.scheme.scheme import Scheme
from parindex.values.codes import (
    PUBLISHED_BAND_DIFFERS,
    PUBLISHED_CHANGE_WRONG,
    RANK_TWICE,
    RANKS_CONTRADICT_FIGURES,
    SOURCES_DISAGREE,
)
from parindex.values.exact import decimals, half_unit, rounded, to_text
from parindex.values.finding import Finding
from parindex.values.groups import grouped

BandsOf = Callable[[PublishedRow], BandSet | None]
SchemeOf = Callable[[PublishedRow], Scheme | None]
_PRINTED: Final = 2
"""Decimals that an index is published with; one with fewer was shortened by who repeats it."""


class Clash(Struct, frozen=True):
    """A row that does not fit another, or its year's bands: the code of the finding and its words.

    `column` is that of the figure, and `blamed` the one of the two rows that more speaks against.
    """

    code: str
    row: PublishedRow
    other: PublishedRow | None
    parameters: dict[str, str]
    column: str = ""
    blamed: PublishedRow | None = None

    @property
    def subject(self) -> str:
        """The unit that it is about, for a figure of a region its id, and else the code."""
        row = self.row
        return row.unit or row.region or row.code or row.group or row.band or ""

    @property
    def own(self) -> PublishedRow | None:
        """The row of a user's own table that is concerned, if one is."""
        rows = (self.blamed, self.row, self.other)
        return next((row for row in rows if row and row.origin), None)

    @property
    def finding(self) -> Finding:
        """The same as a finding, placed at the user's own row."""
        where = f"{self.subject} {self.row.year}"
        place = self.own.place(self.column) if self.own else None
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
        yield Clash(RANK_TWICE, row, first, names, "rank")


def _order(race: Sequence[PublishedRow]) -> Iterator[Clash]:
    """A better rank with a surely lower index, once for each row that fits no others."""
    placed = [row for row in race if row.rank is not None and row.figure is not None]
    placed.sort(key=lambda row: (row.rank or 0, -(row.figure or 0)))
    fitting = _falling([row.figure or Fraction(0) for row in placed])
    for at, row in enumerate(placed):
        if at in fitting:
            continue
        pairs = ((row, other) if at < k else (other, row) for k, other in enumerate(placed))
        wrong = (pair for pair in pairs if _is_out_of_order(*pair))
        first = next(wrong, None)
        if first is not None:
            yield _out_of_order(*first, row)


def _falling(figures: Sequence[Fraction]) -> set[int]:
    """The places of the most figures that do not rise: those between them are out of order."""
    ends: list[Fraction] = []
    last: list[int] = []
    before: list[int | None] = []
    for at, figure in enumerate(figures):
        length = bisect_right(ends, -figure)
        ends[length : length + 1] = [-figure]
        last[length : length + 1] = [at]
        before.append(last[length - 1] if length else None)
    found: set[int] = set()
    at_: int | None = last[-1] if last else None
    while at_ is not None:
        found.add(at_)
        at_ = before[at_]
    return found


def _is_out_of_order(better: PublishedRow, worse: PublishedRow) -> bool:
    """Whether the row of the better rank surely has the lower figure."""
    is_ranked_so = (better.rank or 0) < (worse.rank or 0) and better.unit != worse.unit
    return is_ranked_so and highest_of(better) < lowest_of(worse)


def _out_of_order(better: PublishedRow, worse: PublishedRow, blamed: PublishedRow) -> Clash:
    values = {
        "unit": better.unit or "",
        "rank": str(better.rank),
        "index": shown(better),
        "other": worse.unit or "",
        "other_rank": str(worse.rank),
        "other_index": shown(worse),
    }
    return Clash(RANKS_CONTRADICT_FIGURES, better, worse, values, "rank", blamed)


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
        yield Clash(PUBLISHED_BAND_DIFFERS, row, None, _told(row.band, computed), "band")


def _changes(rows: Sequence[PublishedRow]) -> Iterator[Clash]:
    """Moves and changes that the figures of both years contradict."""
    by_year = grouped(rows, lambda row: row.year)
    for row in rows:
        before, now = by_year.get(row.year - 1, []), by_year[row.year]
        ranks = [(b, n) for b in before for n in now if b.rank is not None and n.rank is not None]
        moves = [(b.rank or 0) - (n.rank or 0) for b, n in ranks]
        if row.move is not None and moves and row.move not in moves:
            told = _told(f"{row.move:+}", f"{moves[0]:+}")
            yield Clash(PUBLISHED_CHANGE_WRONG, row, ranks[0][0], told, "move")
        pairs = [(b, n) for b in before for n in now if _level(b) and _level(n)]
        if row.change is not None and pairs and not any(_rises(row.change, *p) for p in pairs):
            (first, last) = pairs[0]
            computed = (_level(last) or Decimal(0)) - (_level(first) or Decimal(0))
            told = _told(f"{row.change:+f}", f"{computed:+f}")
            yield Clash(PUBLISHED_CHANGE_WRONG, row, first, told, "change")


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
                yield Clash(SOURCES_DISAGREE, said[0], row, values, name)


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
