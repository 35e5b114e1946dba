"""What stands around one result: the year before, means, neighbours, and other years."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from parindex.analysis.areas import AreaSpread
from parindex.analysis.comparison import Comparison, Pair
from parindex.analysis.means import Mean
from parindex.analysis.standing import Standing
from parindex.scoring.result import Result

EACH: Final = 3
"""How many neighbours are told on each side."""
RankOrigin = Literal["published", "computed"]


class Around(Struct, frozen=True):
    """One result with what is known around it; what is not known is empty or None.

    `found` compares it with the year before and holds its areas. `means` are
    those of all units and of its region, and `area_means` percentages of areas
    by region (None for all units) and code. `years` and `sipas` are published
    figures of the unit, by year. `near` are its neighbours with itself among
    them, of the `known` others whose index is known. `areas` are those of the
    units that it was read with. `table` is where all units stand, by rank, the unit itself
    among them.
    """

    result: Result
    found: Comparison
    means: tuple[Mean, ...] = ()
    area_means: Mapping[tuple[str | None, str], Fraction] = {}
    regions: Mapping[str, str] = {}
    years: tuple[Standing, ...] = ()
    sipas: tuple[Standing, ...] = ()
    near: tuple[Standing, ...] = ()
    known: int = 0
    areas: tuple[AreaSpread, ...] = ()
    ranked: RankOrigin | None = None
    table: tuple[Standing, ...] = ()

    @property
    def pair(self) -> Pair:
        """The unit, now and before."""
        [pair] = self.found.pairs
        return pair

    @property
    def now(self) -> Standing:
        """Where the unit stands."""
        return self.pair.either


def neighbours(own: Standing, others: Iterable[Standing]) -> tuple[Standing, ...]:
    """The units right above and below a unit by their exact index, itself among them.

    Empty where its own index is not known, or that of no other.
    """
    index = own.percent
    if index is None:
        return ()
    placed = [(other.percent, other) for other in others if other.percent is not None]
    placed.sort(key=lambda pair: (-pair[0], pair[1].rank or 0, pair[1].unit))
    above = [other for percent, other in placed if percent > index]
    below = [other for percent, other in placed if percent <= index]
    return (*above[-EACH:], own, *below[:EACH]) if placed else ()
