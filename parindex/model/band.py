"""Bands: the grades into which an index falls, by thresholds of one scheme and some years."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from parindex.model.fields import Frozen, Number, Text, Year


class BandStep(Frozen):
    """One band with its lower edge: `from` belongs to the band, `above` does not.

    With neither, the edge is not known: a figure below the band before may be
    in this band or in the next.
    """

    name: Text
    from_: Number | None = Field(default=None, alias="from")
    above: Number | None = None

    @property
    def edge(self) -> Decimal | None:
        """The threshold, or None where it is not known."""
        return self.above if self.from_ is None else self.from_

    def reached(self, value: Decimal) -> bool:
        """Whether a figure is on or over the lower edge; False where the edge is not known."""
        if self.above is not None:
            return value > self.above
        return self.from_ is not None and value >= self.from_


class BandSet(Frozen):
    """The bands of some years, the highest first, on the index in percent or on points."""

    years: tuple[Year, ...]
    by: Literal["percent", "points"] = "percent"
    steps: tuple[BandStep, ...]
    source: Text | None = None

    def of(self, value: Decimal) -> tuple[str | None, ...]:
        """The band of a printed figure; several where an unknown edge lies between them.

        None stands for a band that is not known, below the last known edge.
        """
        return self.between(value, value)

    def between(self, low: Decimal, high: Decimal) -> tuple[str | None, ...]:
        """The bands that figures from `low` to `high` reach, the highest first."""
        names: list[str | None] = []
        for step in self.steps:
            if step.edge is None or step.reached(high):
                names.append(step.name)
            if step.reached(low):
                return tuple(names)
        if not self.steps or self.steps[-1].edge is not None:
            names.append(None)
        return tuple(names)
