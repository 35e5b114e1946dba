"""Bands: the grades into which an index falls, by thresholds of one scheme and some years."""

from decimal import Decimal
from typing import Literal

from parindex.values.edge import Edge
from parindex.values.fields import Confidence, Frozen, Text, Year


class BandStep(Edge):
    """One band with its lower edge.

    Without one the edge is not known: a figure below the band before may be
    in this band or in the next.
    """

    name: Text


class BandSet(Frozen):
    """The bands of some years, the highest first, on the index in percent or on points.

    Without years they hold for all of the scheme.
    """

    years: tuple[Year, ...] = ()
    by: Literal["percent", "points"] = "percent"
    steps: tuple[BandStep, ...]
    source: Text | None = None
    confidence: Confidence | None = None

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
            else:  # even the highest figure is below this edge, and so below all before
                names.clear()
            if step.reached(low):
                return tuple(names)
        return (*names, None)
