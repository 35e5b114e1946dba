"""What of a change came from the unit and what from the maxima, exactly.

A criterion adds w·s to the index, its weight w = maximum ÷ the maximum of the
whole times the share s = points ÷ maximum. The change of a product of two is
split symmetrically, so that neither year is preferred and nothing is left over:

    Δ(w·s) = w̄·Δs + s̄·Δw

with w̄ and s̄ the means of both years. w̄·Δs came from the unit, which reached
another share, and s̄·Δw from the maxima, which the scheme changed. (The method is
that of Shapley for two factors; it is this tool's own, no decision prescribes it.)
"""

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from parindex.analysis.unit_figures import UnitFigures
from parindex.values.exact import add


class Split(Struct, frozen=True):
    """A change of the index in two parts that add up to it, in percent, exact."""

    unit: Fraction
    maxima: Fraction

    @property
    def change(self) -> Fraction:
        """Both parts together."""
        return self.unit + self.maxima


def split(
    before: UnitFigures, after: UnitFigures, whole_before: UnitFigures, whole_after: UnitFigures
) -> Split | None:
    """The change of what a criterion adds to the index; None where a maximum or points are unknown.

    Args:
        before: the criterion in the first year.
        after: the same criterion in the second.
        whole_before: the whole in the first year, whose maximum weighs it.
        whole_after: the whole in the second.
    """
    one, other = _factors(before, whole_before), _factors(after, whole_after)
    if one is None or other is None:
        return None
    (weight, share), (weight_, share_) = one, other
    return Split(
        50 * (weight + weight_) * (share_ - share), 50 * (share + share_) * (weight_ - weight)
    )


def _factors(criterion: UnitFigures, whole: UnitFigures) -> tuple[Fraction, Fraction] | None:
    """Weight and share of a criterion."""
    if criterion.points is None or not criterion.max or not whole.max:
        return None
    return criterion.max / whole.max, criterion.points / criterion.max


class WholeSplit(Struct, frozen=True):
    """The change of an index: from the unit, from the maxima, and the rest of it.

    `rest` came from criteria that are not comparable or not known, and from
    bonus and penalty. The three add up to the change of the index.
    """

    unit: Fraction
    maxima: Fraction
    rest: Fraction


def split_whole(change: Fraction | None, parts: Iterable[Split | None]) -> WholeSplit | None:
    """The change of an index by those of its areas; None where no area is known in both years."""
    known = [part for part in parts if part is not None]
    if change is None or not known:
        return None
    unit, maxima = add(part.unit for part in known), add(part.maxima for part in known)
    return WholeSplit(unit, maxima, change - unit - maxima)
