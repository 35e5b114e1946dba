"""Bands: the grades into which an index falls, by thresholds of one scheme and some years."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from parindex.values.edge import Edge
from parindex.values.fields import AmountField, Code, Confidence, Frozen, Number, Text, Year


class BandStep(Edge):
    """One band with its lower edge, and what else is asked for.

    Without an edge it is not known: a figure below the band before may be in
    this band or in the next. Where the decision states the upper edge, `to`
    (inside) or `below` (not inside), figures from there to the band before are in none.
    `where` are the fewest points of criteria by code, or with a sign (`60%`) their
    percentages; who misses one is in the next band that asks for no more.
    """

    name: Text
    to: Number | None = None
    below: Number | None = None
    where: dict[Code, AmountField] = Field(default_factory=dict)

    @property
    def upper(self) -> tuple[Decimal, bool] | None:
        """The upper edge as the lower edge of a band right above would stand in `order`."""
        if self.to is not None:
            return self.to, True
        return None if self.below is None else (self.below, False)

    def passed(self, value: Decimal) -> bool:
        """Whether a figure lies over the upper edge that is stated."""
        if self.to is not None:
            return value > self.to
        return self.below is not None and value >= self.below


Holds = Callable[[BandStep], bool | None]
"""Whether what a band asks for beside its edge is true; None where it is not known."""


def _unknown(step: BandStep) -> bool | None:
    return None if step.where else True


class BandSet(Frozen):
    """The bands of some years, the highest first, on the index in percent or on points.

    Without years they hold for all of the scheme. With `worst_of` the figure is the
    lowest percentage, or the fewest points, of the criteria that it names.
    """

    years: tuple[Year, ...] = ()
    by: Literal["percent", "points"] = "percent"
    worst_of: tuple[Code, ...] = ()
    steps: tuple[BandStep, ...]
    source: Text | None = None
    confidence: Confidence | None = None

    def of(self, value: Decimal, holds: Holds = _unknown) -> tuple[str | None, ...]:
        """The band of a printed figure; several where it is not sure which.

        None stands for a band that is not known: below the last known edge, over an
        upper edge, or where no band asks for so little.
        """
        return self.between(value, value, holds)

    def between(
        self, low: Decimal, high: Decimal, holds: Holds = _unknown
    ) -> tuple[str | None, ...]:
        """The bands that figures from `low` to `high` reach, the highest first, None last."""
        found = {
            number
            for place in self._places(low, high)
            for number in self._reached(place, low, high, holds)
        }
        names = [step.name for number, step in enumerate(self.steps) if number in found]
        return (*names, None) if len(self.steps) in found else tuple(names)

    def _places(self, low: Decimal, high: Decimal) -> list[int]:
        """The bands in whose edges figures lie, and their number for below all."""
        places: list[int] = []
        for number, step in enumerate(self.steps):
            if step.edge is None or step.reached(high):
                places.append(number)
            else:  # even the highest figure is below this edge, and so below all before
                places.clear()
            if step.reached(low):
                return places
        return [*places, len(self.steps)]

    def _reached(self, place: int, low: Decimal, high: Decimal, holds: Holds) -> Iterator[int]:
        """The bands of figures within the edges of one: itself, or what it falls to."""
        none = len(self.steps)
        if place < none and self.steps[place].passed(high) and self._has_gap(place):
            yield none
        if place < none and self.steps[place].passed(low):
            return
        for number in range(place, none):
            is_held = holds(self.steps[number])
            if is_held is not False:
                yield number
            if is_held:
                return
        yield none

    def _has_gap(self, place: int) -> bool:
        """Whether figures lie between a stated upper edge and the band before."""
        upper, above = self.steps[place].upper, self.steps[place - 1] if place else None
        if upper is None or above is None or above.edge is None:
            return upper is not None
        return upper < above.order
