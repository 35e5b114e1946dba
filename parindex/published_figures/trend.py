"""Published figures of units over years: what is not known is a gap, and schemes change.

A line is of one unit: a province that was merged is another one, whatever its name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from parindex.analysis.means import MEAN_CODES
from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.published_figures.choose import Wanted, choose
from parindex.published_figures.published_tables import known
from parindex.published_figures.units import identity, units_named
from parindex.scheme.catalog import load_scheme, scheme_id
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.collation import name_key
from parindex.values.exact import difference
from parindex.values.fields import Name
from parindex.values.fuzzy import fold_whole
from parindex.values.groups import grouped

TrendKind = Literal["index", "rank", "sipas", "area"]
MEAN: Final = "mean"
_MEANS: Final = (MEAN, "trung-binh")
"""What the published mean of all units is asked for by, folded."""
_RANK_ONLY: Final[dict[str, Any]] = dict.fromkeys(
    ("index", "points", "max", "band", "change", "count", "value")
)


class Shown(NamedTuple):
    """Which figures are followed over the years; `code` is that of an area.

    >>> shown_of("area:3")
    Shown(kind='area', code='3')
    """

    kind: TrendKind
    code: str | None = None

    @property
    def rows(self) -> RowKind:
        """The kind of rows that have the figures."""
        kinds: dict[TrendKind, RowKind] = {"area": "area", "sipas": "sipas"}
        return kinds.get(self.kind, "result")

    @property
    def mean_code(self) -> str | None:
        """The code of the published means of these figures; None where there are none."""
        if self.kind == "area":
            return f"{MEAN_CODES['result']}_of_area_{self.code}"
        return None if self.kind == "rank" else MEAN_CODES[self.rows]


def shown_of(text: str) -> Shown:
    """What `index`, `rank`, `sipas` or `area:3` means.

    Raises:
        ValueError: it is none of them.
    """
    if found := re.fullmatch(r"area:([0-9]{1,3}(?:\.[0-9]{1,3}){0,3})", text):
        return Shown("area", found[1])
    kinds: dict[str, TrendKind] = {"index": "index", "rank": "rank", "sipas": "sipas"}
    if text not in kinds:
        raise ValueError(text)
    return Shown(kinds[text])


class Point(Struct, frozen=True):
    """The figure of a year.

    `value` is in percent and exact, or the rank; None is not known. `change` is the difference
    from the year right before, up is positive, None without both figures. `row` is what sources
    print. `scheme` is the id of the scheme, where one is known; `new_scheme` says that it is
    another than before. `name` is that of an area in the scheme of the year, and
    `joined` is false where it is not known to be the area of the figure before.
    """

    year: int
    value: Fraction | None = None
    change: Fraction | None = None
    row: PublishedRow | None = None
    scheme: str | None = None
    new_scheme: bool = False
    name: Name | None = None
    joined: bool = True


class Line(Struct, frozen=True):
    """The figures of one unit over the years, a point for each year; `mean` is the mean of all units.

    `list` says which list of provinces the unit is of, and is None for one whose territory
    stayed the same in all.
    """

    unit: str | None
    level: str | None
    points: tuple[Point, ...]
    province: str | None = None
    group: str | None = None
    list: str | None = None
    mean: bool = False

    @property
    def known(self) -> tuple[Point, ...]:
        """The points whose figure is known."""
        return tuple(point for point in self.points if point.value is not None)

    def __repr__(self) -> str:
        years = f"{self.points[0].year}–{self.points[-1].year}" if self.points else None
        return brief(self, self.unit or MEAN, years, f"{len(self.known)} figures")


class Trend(AsData, Struct, frozen=True):
    """Lines of several units over the same years, the first to the last that is shown.

    `unknown` are names that were asked for of which no figure is known.
    """

    shown: Shown
    lines: tuple[Line, ...]
    years: range
    unknown: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(self, self.shown.kind, f"{len(self.lines)} lines")


class TrendWanted(NamedTuple):
    """Which units and years are asked for; what is empty or None does not matter."""

    units: tuple[str, ...] = ()
    level: str | None = None
    region: str | None = None
    first: int | None = None
    last: int | None = None


def trend(rows: Sequence[PublishedRow], shown: Shown, wanted: TrendWanted) -> Trend:
    """The published figures of units over years.

    Args:
        rows: published rows, a user's own first.
        shown: which figures.
        wanted: the units, in any spelling, and `mean`; without any all provinces, or all units
            of the level or region. Years that nobody has a figure of are left out at both ends.

    Raises:
        InputError: P131 no unit has such a name, P133 no region has such a name.
    """
    means = any(fold_whole(name) in _MEANS for name in wanted.units)
    names = tuple(name for name in wanted.units if fold_whole(name) not in _MEANS)
    level = wanted.level or (None if wanted.units else "province")
    found: list[PublishedRow] = []
    if names or not means:
        found = choose(rows, Wanted((), names, level, wanted.region))
    units = grouped(_figures(found, shown), identity)
    groups = sorted(units.values(), key=_order(names))
    levels = {row.level: None for row in found if row.unit} or {wanted.level or "province": None}
    if means:
        groups += [_mean_rows(rows, shown, level) for level in levels]
    years = _years(groups, rows, shown, wanted)
    kept = [[row for row in group if row.year in years] for group in groups]
    lines = tuple(_line(group, years, shown) for group in kept if group)
    return Trend(shown, lines, years, tuple(_unknown(wanted.units, kept)))


def _unknown(names: Iterable[str], groups: Sequence[Sequence[PublishedRow]]) -> Iterator[str]:
    """The names of which there is no figure."""
    last = [group[-1] for group in groups if group]
    for name in names:
        mean = fold_whole(name) in _MEANS
        match = _matches(name)
        if not any(row.unit is None if mean else row.unit and match(row) for row in last):
            yield name


def _figures(rows: Iterable[PublishedRow], shown: Shown) -> list[PublishedRow]:
    """What is known of the figures of units, one row for each unit and year."""
    of_kind = [row for row in rows if row.kind == shown.rows and row.code == shown.code]
    if shown.kind == "rank":
        # A row counts for its rank alone, so that a doubt about another figure is none of it.
        of_kind = [replace(row, **_RANK_ONLY) for row in of_kind if row.rank is not None]
    return [row for row in known(of_kind) if row.unit and _value(row, shown) is not None]


def _value(row: PublishedRow, shown: Shown) -> Fraction | None:
    if row.kind == "figure":
        return None if row.value is None else Fraction(row.value)
    if shown.kind == "rank":
        return None if row.rank is None else Fraction(row.rank)
    return row.figure


def _mean_rows(rows: Iterable[PublishedRow], shown: Shown, level: str | None) -> list[PublishedRow]:
    """The published means of all units of a level."""
    code = shown.mean_code
    found = (
        row
        for row in rows
        if row.kind == "figure" and code is not None and row.code == code
        if row.level == level and row.unit is None and row.region is None
    )
    return known(found)


def _matches(name: str) -> Callable[[PublishedRow], bool]:
    """Whether a row is of the unit of a name."""
    provinces = {(unit.list, unit.name) for unit in units_named(name)}
    folded = fold_whole(name)

    def match(row: PublishedRow) -> bool:
        if row.level == "province":
            return (row.list, row.unit) in provinces
        return fold_whole(row.unit or "") == folded

    return match


def _order(names: Sequence[str]) -> Callable[[list[PublishedRow]], tuple[Any, ...]]:
    """Sorts lines as units were named; where none was, the latest and best first."""
    matches = [_matches(name) for name in names]

    def key(rows: list[PublishedRow]) -> tuple[Any, ...]:
        last = max(rows, key=lambda row: row.year)
        at = next((at for at, match in enumerate(matches) if match(last)), len(names))
        best = last.rank if last.rank is not None else 10**9
        latest = last.year if names else -last.year
        return at, latest, best, -(last.figure or 0), name_key(last.unit or "")

    return key


def _years(
    groups: Sequence[Sequence[PublishedRow]],
    rows: Iterable[PublishedRow],
    shown: Shown,
    wanted: TrendWanted,
) -> range:
    """The years of the axis: those asked for, as far as anybody has a figure, else those of the lines."""
    first, last = wanted.first or 0, wanted.last or 9999
    mine = [row.year for group in groups for row in group if first <= row.year <= last]
    if not mine:
        return range(0)
    all_ = [row.year for row in rows if row.kind == shown.rows]
    begin = min(mine) if wanted.first is None else max(wanted.first, min(all_ + mine))
    end = max(mine) if wanted.last is None else min(wanted.last, max(all_ + mine))
    return range(begin, end + 1)


def _line(rows: Sequence[PublishedRow], years: range, shown: Shown) -> Line:
    first = rows[-1]
    mean = first.unit is None
    territory = None if mean or first.level != "province" else identity(first)[0]
    return Line(
        first.unit,
        first.level,
        tuple(_points(rows, years, shown)),
        first.province,
        first.group,
        str(territory) if territory else None,
        mean=mean,
    )


def _points(rows: Sequence[PublishedRow], years: range, shown: Shown) -> Iterator[Point]:
    by_year = {row.year: row for row in rows}
    first, last = rows[0], Point(0)
    name: Name | None = None
    schemes = [None] * len(years) if shown.kind == "sipas" else [_scheme(first, y) for y in years]
    for year, now, new in zip(years, schemes, changes(schemes), strict=True):
        row = by_year.get(year)
        value = None if row is None else _value(row, shown)
        here = _area_name(now, shown) if value is not None else None
        joined = shown.kind != "area" or value is None or not last.year or _same(name, here)
        change = difference(value, last.value) if last.year == year - 1 and joined else None
        if change is not None and shown.kind == "rank":
            change = -change
        yield (point := Point(year, value, change, row, now, new, here, joined))
        if value is not None:
            last, name = point, here


def changes(schemes: Iterable[str | None]) -> Iterator[bool]:
    """Whether each year has another scheme than the last year before it of which the scheme is known.

    >>> [*changes(["a", None, "b", "b"])]
    [False, False, True, False]
    """
    before: str | None = None
    for scheme in schemes:
        yield None not in (before, scheme) and before != scheme
        before = scheme or before


def _same(one: Name | None, other: Name | None) -> bool:
    """Whether two areas are known to be the same: a number means another area elsewhere."""
    return one is not None and other is not None and one.vi == other.vi


def _scheme(row: PublishedRow, year: int) -> str | None:
    return scheme_id(row.level, year, row.province, row.group) if row.level else None


def _area_name(scheme: str | None, shown: Shown) -> Name | None:
    if scheme is None or shown.code is None:
        return None
    area = load_scheme(scheme).by_code.get(shown.code)
    return area.name if area else None
