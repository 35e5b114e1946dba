"""How sure ranks are: what is drawn, and the chances that draws give.

Ranks and figures of today are exact, as everywhere. What comes of draws (`parindex.scale.stability`)
are chances, with as many digits as so many draws can tell; no score follows from them.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from parindex.analysis.ranking import Ranked, Ranking, rank
from parindex.analysis.uncertain import Uncertain
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.exact import ZERO, add, percent

Source = Literal["weights", "rounding", "survey", "leave-out"]
"""What is not sure: the maxima of areas, digits of points, who was asked, which areas count."""
SOURCES: Final[tuple[Source, ...]] = get_args(Source)
MOST_DRAWS: Final = 1_000_000
MOST_UNITS: Final = 4_000
"""Units of one group: how often each had each rank is a table of units × units."""
MOST_WORK: Final = 1_000_000_000
"""Draws × units."""
MOST_SEED: Final = 2**63 - 1
MOST_WEIGHTS: Final = 100
"""How much weights can move, in percent: an area whose weight may fall below 0 is none."""
MOST_ANSWERS: Final = 10**9


class Choices(Struct, frozen=True):
    """What is drawn, and how often.

    `weights` is how far the maximum of each area moves, in percent; 0 leaves them. With `rounding`
    points lie anywhere within half a unit of their last digit. `survey` is `counts` for answers that
    are reported as counts, or how many people were asked, for points of surveys too. `leave_out`
    leaves no area or one of them out. `top` is how many units count as the first.
    """

    draws: int = 10_000
    seed: int = 1
    weights: Decimal = Decimal(10)
    rounding: bool = False
    survey: int | Literal["counts"] | None = None
    leave_out: Literal["area"] | None = None
    top: int = 10

    @property
    def sources(self) -> tuple[Source, ...]:
        """What is asked for, in a fixed order."""
        asked = (self.weights != 0, self.rounding, self.survey is not None, bool(self.leave_out))
        return tuple(each for each, is_asked in zip(SOURCES, asked, strict=True) if is_asked)

    def check(self) -> None:
        """Refuse numbers out of bounds.

        Raises:
            ValueError: one of them is; names the field, the bounds and what was found.
        """
        asked = self.survey if isinstance(self.survey, int) else 1
        for name, value, low, high in (
            ("draws", self.draws, 1, MOST_DRAWS),
            ("seed", self.seed, 0, MOST_SEED),
            ("weights", self.weights, 0, MOST_WEIGHTS),
            ("survey", asked, 1, MOST_ANSWERS),
            ("top", self.top, 1, MOST_UNITS),
        ):
            is_number = not isinstance(value, Decimal) or value.is_finite()
            if not (is_number and low <= value <= high):
                raise ValueError(f"{name}: expected from {low} to {high}; found {value}")


class Spread(Struct, frozen=True):
    """The ranks of one unit over all draws.

    `median`, `low` and `high` are ranks that occurred: at least 50, 5 and 95 % of the draws are not
    above. `top` and `bands` are shares of the draws, `shift` is the mean of the places between
    the rank of a draw and that of today.
    """

    median: int
    low: int
    high: int
    top: Fraction
    bands: Mapping[str | None, Fraction]
    shift: Fraction


class Share(Struct, frozen=True):
    """Which part of a variance comes from one source, with standard errors; None where nothing varies.

    `first` is the part of the source alone, `total` with all that it does together with others.
    """

    first: Decimal | None = None
    first_error: Decimal | None = None
    total: Decimal | None = None
    total_error: Decimal | None = None


class UnitStability(Struct, frozen=True):
    """How sure the rank of one unit is: all sources together, each alone, each area left out.

    `without` are exact ranks by the code of the area, None where nothing of the unit is left.
    """

    place: Ranked
    together: Spread
    alone: Mapping[Source, Spread] = {}
    shares: Mapping[Source, Share] = {}
    without: Mapping[str, int | None] = {}

    def __repr__(self) -> str:
        low, high = self.together.low, self.together.high
        return brief(self, self.place.rank, f"{low}–{high}", self.place.entrant)


class Stability(AsData, Struct, frozen=True):
    """How sure the ranks of one group are.

    `sources` were drawn, `left` are those that were asked for and could not be, with why. `figures`
    is how many reported figures a source moves. `shift` is the mean over units and draws of the
    places between a draw's rank and today's, `shifts` the same of each source alone, and `shares`
    are those of the variance of that mean over `base` draws in each of the matrices. Without
    `has_bands` no band is told: none is known, or bands ask for more than the index.
    """

    ranking: Ranking
    choices: Choices
    sources: tuple[Source, ...]
    left: Mapping[Source, str]
    figures: Mapping[Source, int]
    units: tuple[UnitStability, ...]
    shift: Fraction
    shifts: Mapping[Source, Fraction]
    shares: Mapping[Source, Share]
    base: int
    bands: tuple[str | None, ...]

    def __repr__(self) -> str:
        named = (str(each) for each in self.ranking.group if each is not None)
        return brief(self, *named, f"{len(self.units)} units", f"{self.choices.draws} draws")


def left_out(ranking: Ranking, units: Sequence[Uncertain], area: int) -> tuple[int | None, ...]:
    """The exact rank of each place of a ranking where one area, by its number, does not count."""
    entrants = []
    for place, unit in zip(ranking.places, units, strict=True):
        points, maximum = figures_without(unit, area)
        share = percent(points, maximum) if maximum else None
        entrants.append(replace(place.entrant, percent=share, points=points))
    [again] = rank(entrants, ranking.ties)
    if again.by != ranking.by:
        return (None,) * len(entrants)
    found = {id(each.entrant): each.rank for each in again.places}
    return tuple(found.get(id(each)) for each in entrants)


def figures_without(unit: Uncertain, area: int | None) -> tuple[Fraction, Fraction]:
    """The points with bonus and penalty, and the maximum, where one area does not count."""
    kept = [each for number, each in enumerate(unit.areas) if number != area]
    points = add(each.points for each in kept) + unit.rest.points
    maximum = add(each.maximum for each in kept) + unit.rest.maximum
    return unit.limited(points + unit.added, maximum), maximum


def none_left(units: Sequence[Uncertain], area: int) -> bool:
    """Whether of some unit nothing is left where one area does not count."""
    return any(figures_without(unit, area)[1] <= ZERO for unit in units)
