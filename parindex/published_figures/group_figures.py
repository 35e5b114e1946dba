"""What is printed of a whole group of units, held against the figures of its units.

Means, the highest and the lowest, and how many units are in a band, above a figure, or rose: each
must lie between the least and the most that the known units allow. A unit that is not known may be
anywhere, and a printed figure may have been rounded, so that nothing right is doubted. The mean of
SIPAS is one of all answers, not of units, and so is not held against them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.consistency import Clash
from parindex.values.codes import (
    COUNT_CONTRADICTS_UNITS,
    EXTREME_CONTRADICTS_UNITS,
    MEAN_CONTRADICTS_UNITS,
    PUBLISHED_RANK_DIFFERS,
    PUBLISHED_RANK_IMPOSSIBLE,
)
from parindex.values.exact import add, decimals, half_unit, rounded, to_text
from parindex.values.fuzzy import fold_whole
from parindex.values.groups import grouped

SizeOf = Callable[[PublishedRow], int | None]
_HIGHEST: Final = Fraction(100)
_DIGITS: Final = 2
"""Decimals that an index is published with."""
_NUMBER: Final = r"[0-9]+(?:_[0-9]+)?"
_MEAN: Final = re.compile(r"average_index(?:_of_area_(?P<area>.+))?")
_EXTREME: Final = re.compile(r"(?P<sipas>sipas_)?(?P<end>highest|lowest)(?:_index)?")
_COUNT: Final = re.compile(
    rf"(?P<sipas>sipas_)?units_(?:(?:over|from)_(?P<over>{_NUMBER}|average)|under_(?P<under>{_NUMBER})"
    rf"|(?P<first>{_NUMBER})_to_(?P<last>{_NUMBER})"
    r"|with_(?P<change>increase|decrease)|rank_(?P<move>up|down))"
)


class Bounds(NamedTuple):
    """The least and the most that a figure can be."""

    least: Fraction
    most: Fraction

    def holds(self, value: Fraction, slack: Fraction = Fraction(0)) -> bool:
        """Whether a value that was rounded by at most `slack` can be the figure."""
        return self.least - slack <= value <= self.most + slack

    @property
    def middle(self) -> "Bounds":
        """The figure itself, where only rounding leaves it open."""
        half = (self.least + self.most) / 2
        return Bounds(half, half)

    def excludes(self, count: Decimal | int) -> bool:
        """Whether a count is not among these; bounds that leave none are of rows that disagree."""
        return self.least <= self.most and not self.holds(Fraction(count))

    def told(self, digits: int) -> str:
        """The figure, or its bounds where they differ in what is printed."""
        least, most = (to_text(rounded(end, digits)) for end in self)
        return least if least == most else f"{least}–{most}"


class Member(NamedTuple):
    """A unit: its figure with what rounding and other sources leave open, its ranks, its rows."""

    figure: Bounds | None
    ranks: frozenset[int]
    rows: Sequence[PublishedRow]


class Race(Struct, frozen=True):
    """The units of one kind, year and group, by name, and how many there are (None: not known)."""

    members: Mapping[str, Member]
    size: int | None

    @property
    def figures(self) -> list[Bounds]:
        """The figures that are known."""
        return [each.figure for each in self.members.values() if each.figure]

    @property
    def own(self) -> PublishedRow | None:
        """A row of a user's own table among those of its units."""
        rows = (row for each in self.members.values() for row in each.rows)
        return next((row for row in rows if row.origin), None)

    def within(self, region: str, size: int | None) -> "Race":
        """The units of a region, without their ranks, which are among all."""
        members = {
            unit: each._replace(ranks=frozenset())
            for unit, each in self.members.items()
            if each.rows[0].region == region
        }
        return Race(members, size)

    def above(self, figure: Bounds) -> Bounds:
        """How many units at the least, and at the most, are above a figure.

        A rank tells of others: where the unit at rank 10 is above, nine more are.
        """
        known = [each for each in self.members.values() if each.figure]
        over = [each for each in known if each.figure and each.figure.least > figure.most]
        under = [each for each in known if each.figure and each.figure.most < figure.least]
        least = max(len(over), *(rank for each in over for rank in each.ranks), 0)
        most = [rank - 1 for each in under for rank in each.ranks]
        if self.size is not None:
            most.append(self.size - len(under))
        return Bounds(Fraction(least), Fraction(min(most, default=_ANY)))

    def between(self, first: Bounds, last: Bounds) -> Bounds:
        """How many units are from one figure to another."""
        one, other = self.above(first), self.above(last)
        inside = sum(first.most < each.least and each.most < last.least for each in self.figures)
        return Bounds(max(Fraction(inside), one.least - other.most), one.most - other.least)


_ANY: Final = 10**9
"""More units than any group has."""


def check_groups(rows: Sequence[PublishedRow], size_of: SizeOf) -> Iterator[Clash]:
    """What is printed of groups that the figures of their units contradict, and impossible ranks.

    Args:
        rows: published rows; misprints do not count, figures that contradict each other all do.
        size_of: how many units there are of the year, or of the region, of a row; None if nobody says.
    """
    sound = [row for row in rows if row.doubt != "misprint"]
    of_units = [row for row in sound if row.unit and row.kind not in ("figure", "band-count")]
    races = {key: _race(found, size_of) for key, found in grouped(of_units, _key).items()}
    for race in races.values():
        yield from _ranks(race)
    figures = [row for row in sound if row.kind == "figure" and row.unit is None]
    means = _means(figures)
    for same in grouped(figures, lambda row: (row.subject, row.value)).values():
        row = next((row for row in same if row.origin), same[0])
        yield from _figure(row, means.get((_key(row, "result"), row.region)), races, size_of)
    counts = [row for row in sound if row.kind == "band-count"]
    for race_rows in grouped(counts, lambda row: row.race).values():
        yield from _bands(race_rows, races)


Races = Mapping[tuple[object, ...], Race]


def _key(
    row: PublishedRow, kind: str = "", code: str | None = None, back: int = 0
) -> tuple[object, ...]:
    """The race of a row, or that of another kind, code or year of its group."""
    return (
        *(kind or row.kind, code if kind else row.code),
        *(row.level, row.list, row.province, row.group, row.year - back),
    )


def _race(rows: Sequence[PublishedRow], size_of: SizeOf) -> Race:
    size = size_of(rows[0])
    if size is None:
        size = max((row.of for row in rows if row.of is not None), default=None)
    units = grouped(rows, lambda row: row.unit or "")
    return Race({unit: _member(found) for unit, found in units.items()}, size)


def _member(rows: Sequence[PublishedRow]) -> Member:
    spans = [_span(row, row.figure) for row in rows if row.figure is not None]
    figure = None
    if spans:
        figure = Bounds(min(each.least for each in spans), max(each.most for each in spans))
    return Member(figure, frozenset(row.rank for row in rows if row.rank is not None), rows)


def _span(row: PublishedRow, figure: Fraction) -> Bounds:
    """A printed figure with what its rounding leaves open; one that lost digits may be cut off."""
    if row.index is not None:
        digits = decimals(row.index)
        slack = half_unit(digits) * (2 if digits < _DIGITS else 1)
    else:
        points, most = row.points or Decimal(0), Fraction(row.max or 1)
        slack = half_unit(decimals(points)) * _HIGHEST / most
    return Bounds(figure - slack, figure + slack)


def _ranks(race: Race) -> Iterator[Clash]:
    """Ranks that there are no units for, and those that leave no room for units without a rank.

    Ranks against the figures of others that are ranked are the business of `check_rows`.
    """
    members = race.members.values()
    loose = [each.figure for each in members if each.figure and not each.ranks]
    least, most = sorted(each.least for each in loose), sorted(each.most for each in loose)
    ranks = sorted(min(each.ranks) for each in members if each.ranks)
    for member in members:
        row = next((row for row in member.rows if row.rank is not None), None)
        if row is None or row.rank is None:
            continue
        if race.size is not None and row.rank > race.size:
            told = {"published": str(row.rank), "of": str(race.size)}
            yield Clash(PUBLISHED_RANK_IMPOSSIBLE, row, None, told, "rank")
        elif member.figure is not None and len(member.ranks) == 1:
            over = len(least) - bisect_right(least, member.figure.most)
            under = bisect_left(most, member.figure.least)
            first = bisect_left(ranks, row.rank) + over + 1
            last = (race.size or _ANY) - (len(ranks) - bisect_right(ranks, row.rank)) - under
            if (over and row.rank < first) or (under and row.rank > last):
                computed = f"≥ {first}" if row.rank < first else f"≤ {last}"
                told = {"published": str(row.rank), "computed": computed}
                yield Clash(PUBLISHED_RANK_DIFFERS, row, race.own, told, "rank", row)


def _figure(
    row: PublishedRow, average: Bounds | None, races: Races, size_of: SizeOf
) -> Iterator[Clash]:
    """A mean, an end of the range or a count of all units, or of those of a region."""
    code = row.code or ""
    if found := _MEAN.fullmatch(code):
        kind = "area" if found["area"] else "result"
        race = _race_of(row, races, size_of, kind, found["area"])
        yield from _mean(row, race) if race else ()
    elif found := _EXTREME.fullmatch(code):
        race = _race_of(row, races, size_of, "sipas" if found["sipas"] else "result")
        yield from _extreme(row, race, found["end"]) if race else ()
    elif found := _COUNT.fullmatch(code):
        kind = "sipas" if found["sipas"] else "result"
        race = _race_of(row, races, size_of, kind)
        if race is None:
            return
        before = _race_of(row, races, size_of, kind, back=1) or Race({}, race.size)
        bounds = _counted(found, race, before, average)
        if bounds and row.value is not None and bounds.excludes(row.value):
            yield _count(row, race, to_text(row.value), bounds)


def _race_of(
    row: PublishedRow,
    races: Races,
    size_of: SizeOf,
    kind: str,
    code: str | None = None,
    back: int = 0,
) -> Race | None:
    race = races.get(_key(row, kind, code, back))
    return race.within(row.region, size_of(row)) if race and row.region else race


def _mean(row: PublishedRow, race: Race) -> Iterator[Clash]:
    known = race.figures
    if not race.size or row.value is None or len(known) > race.size:
        return
    rest = _HIGHEST * (race.size - len(known))
    sums = add(each.least for each in known), add(each.most for each in known) + rest
    mean = Bounds(sums[0] / race.size, sums[1] / race.size)
    if not mean.holds(Fraction(row.value), half_unit(decimals(row.value))):
        told = {
            "published": to_text(row.value),
            "computed": (mean if rest else mean.middle).told(_DIGITS),
        }
        told |= {"count": str(len(known)), "of": str(race.size)}
        yield Clash(MEAN_CONTRADICTS_UNITS, row, race.own, told, "value")


def _extreme(row: PublishedRow, race: Race, end: str) -> Iterator[Clash]:
    """A unit beyond the printed end, or the one at the end with another figure."""
    if row.value is None:
        return
    sign = 1 if end == "highest" else -1
    value, slack = Fraction(row.value), half_unit(decimals(row.value))
    place = 1 if end == "highest" else race.size
    for unit, member in race.members.items():
        if member.figure is None or member.figure.holds(value, slack):
            continue
        near = member.figure.least if sign > 0 else member.figure.most
        if sign * (near - value) > slack or place in member.ranks:
            line = next(each for each in member.rows if each.figure is not None)
            told = {"published": to_text(row.value), "unit": unit}
            told["computed"] = to_text(rounded(line.figure or Fraction(0), _DIGITS))
            own = line if line.origin else None
            yield Clash(EXTREME_CONTRADICTS_UNITS, row, own, told, "value", own)


def _means(rows: Sequence[PublishedRow]) -> Mapping[object, Bounds]:
    """The printed means of the index, by the group and region that they are of."""
    found: dict[object, Bounds] = {}
    for row in rows:
        if row.code == "average_index" and row.value is not None:
            mean, slack = Fraction(row.value), half_unit(decimals(row.value))
            about = (_key(row, "result"), row.region)
            known = found.get(about, Bounds(mean, mean))
            ends = min(known.least, mean - slack), max(known.most, mean + slack)
            found[about] = Bounds(*ends)
    return found


def _counted(
    found: "re.Match[str]", race: Race, before: Race, average: Bounds | None
) -> Bounds | None:
    """How many units there can be of those that a code counts."""
    if found["over"]:
        figure = average if found["over"] == "average" else _edge(found["over"])
        return race.above(figure) if figure else None
    if found["under"]:
        above = race.above(_edge(found["under"]))
        size = Fraction(race.size or _ANY)
        return Bounds(size - above.most, size - above.least) if race.size else None
    if found["first"]:
        return race.between(_edge(found["first"]), _edge(found["last"]))
    what, up = ("change", "increase") if found["change"] else ("move", "up")
    signs = [
        _direction(each, before.members.get(unit), what) for unit, each in race.members.items()
    ]
    sign = 1 if found[what] == up else -1
    most = (race.size or _ANY) - sum(each is not None and each != sign for each in signs)
    return Bounds(Fraction(signs.count(sign)), Fraction(most))


def _edge(text: str) -> Bounds:
    figure = Fraction(text.replace("_", "."))
    return Bounds(figure, figure)


def _direction(now: Member, before: Member | None, what: str) -> int | None:
    """1 where a unit surely rose, -1 where it fell, 0 where it stayed; None where nobody knows."""
    printed = {getattr(row, what) for row in now.rows if getattr(row, what) is not None}
    signs = {(each > 0) - (each < 0) for each in printed}
    if not signs and before is not None:
        if what == "move":
            moves = {old - new for old in before.ranks for new in now.ranks}
            signs = {(each > 0) - (each < 0) for each in moves}
        elif now.figure and before.figure:
            rose = now.figure.least > before.figure.most
            fell = now.figure.most < before.figure.least
            signs = {rose - fell} if rose or fell else set()
    return signs.pop() if len(signs) == 1 else None


def _bands(rows: Sequence[PublishedRow], races: Races) -> Iterator[Clash]:
    """Counts of bands against the printed bands of units, and their sum against the units."""
    race = races.get(_key(rows[0], "result")) or Race({}, None)
    said = [
        {fold_whole(row.band) for row in each.rows if row.band} for each in race.members.values()
    ]
    for row in rows:
        band = {fold_whole(row.band or "")}
        size = row.of or race.size or _ANY
        others = sum(bool(each) and not each & band for each in said)
        bounds = Bounds(Fraction(said.count(band)), Fraction(size - others))
        if row.count is not None and bounds.excludes(row.count):
            yield _count(row, race, str(row.count), bounds)
    bands = {fold_whole(row.band or ""): row for row in rows}.values()
    counts = [row.count for row in bands if row.count is not None]
    of = max((row.of for row in rows if row.of is not None), default=race.size)
    if of is not None and sum(counts) > of:
        own = next((row for row in rows if row.origin), rows[-1])
        told = f"{' + '.join(map(str, counts))} = {sum(counts)}"
        yield _count(own, race, told, Bounds(Fraction(0), Fraction(of)))


def _count(row: PublishedRow, race: Race, told: str, bounds: Bounds) -> Clash:
    computed = f"≥ {bounds.least}" if bounds.most >= _ANY // 2 else bounds.told(0)
    column = "count" if row.kind == "band-count" else "value"
    words = {"published": told, "computed": computed}
    return Clash(COUNT_CONTRADICTS_UNITS, row, race.own, words, column)
