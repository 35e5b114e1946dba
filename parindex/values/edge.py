"""A lower edge: where a band, or a step of a rule, begins."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from pydantic import Field

from parindex.values.fields import Frozen, Number


class Edge(Frozen):
    """A threshold: a figure equal to `from` is inside, one equal to `above` is not."""

    from_: Number | None = Field(default=None, alias="from")
    above: Number | None = None

    @property
    def edge(self) -> Decimal | None:
        """The threshold, or None where it is not known."""
        return self.above if self.from_ is None else self.from_

    @property
    def order(self) -> tuple[Decimal, bool]:
        """For sorting: an open edge lies just above a closed one of the same figure."""
        return self.edge or Decimal(0), self.above is not None

    def reached(self, value: Decimal | Fraction) -> bool:
        """Whether a figure is on or over the edge; False where the edge is not known."""
        edge = self._exact
        if edge is None:
            return False
        return value > edge if self.above is not None else value >= edge

    @cached_property
    def _exact(self) -> Fraction | None:
        return None if self.edge is None else Fraction(self.edge)
