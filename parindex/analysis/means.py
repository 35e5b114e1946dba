"""The means that a unit is held against: of the nation, of its region, of those compared."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from parindex.analysis.comparison import Comparison, Pair
from parindex.analysis.published_row import PublishedRow
from parindex.values.exact import add, difference

MEAN_CODES: Final = {"result": "average_index", "sipas": "sipas"}
"""The code of a published mean, by the kind of rows that it is the mean of."""

Origin = Literal["published", "computed"]


class Mean(Struct, frozen=True):
    """A mean on both sides, in percent: of a region, or without one of all units.

    `published` means are as a source prints them; `computed` are exact, over the
    `count` units whose figure is known on both sides. None is not known.
    """

    region: str | None
    before: Fraction | None
    after: Fraction | None
    origin: Origin
    count: int | None = None

    @property
    def change(self) -> Fraction | None:
        """By how many percentage points the mean rose."""
        return difference(self.after, self.before)


def published_means(
    rows: Iterable[PublishedRow], kind: str, level: str, before: int, after: int
) -> list[Mean]:
    """The printed means of two years: of the nation first, then of the regions.

    Args:
        rows: what is known, one row for each figure and year.
        kind: `result` or `sipas`.
        level: of which units.
        before: the first year.
        after: the second year.
    """
    found: dict[str | None, dict[int, Fraction]] = {None: {}}
    for row in rows:
        mean = row.kind == "figure" and row.code == MEAN_CODES.get(kind) and row.unit is None
        if mean and row.level == level and row.year in (before, after) and row.value is not None:
            found.setdefault(row.region, {})[row.year] = Fraction(row.value)
    return [
        Mean(region, years.get(before), years.get(after), "published")
        for region, years in found.items()
        if years
    ]


def computed_means(found: Comparison, sizes: Mapping[str, int]) -> list[Mean]:
    """The mean of all units compared, where there are several, and of each region known in full.

    Args:
        found: the comparison.
        sizes: how many units each region has.
    """
    known = [pair for pair in found.pairs if pair.change is not None]
    means = [_mean(None, known)] if len(known) > 1 else []
    for region, size in sizes.items():
        members = [pair for pair in known if pair.either.region == region]
        if len(members) == size:
            means.append(_mean(region, members))
    return means


def _mean(region: str | None, pairs: Sequence[Pair]) -> Mean:
    count = len(pairs)
    before, after = (
        add(each.percent for each in side if each and each.percent is not None) / count
        for side in ([pair.before for pair in pairs], [pair.after for pair in pairs])
    )
    return Mean(region, before, after, "computed", count)


def means_of_unit(unit: Pair, means: Iterable[Mean]) -> list[Mean]:
    """The means that concern a unit: of all, and of its region if that is the same on both sides."""
    regions = {each.region for each in (unit.before, unit.after) if each}
    region = regions.pop() if len(regions) == 1 else None
    return [mean for mean in means if mean.region in (None, region)]


def against_the_trend(unit: Pair) -> bool:
    """Whether index and rank moved in opposite directions."""
    change, move = unit.change, unit.move
    return change is not None and move is not None and change * move < 0
