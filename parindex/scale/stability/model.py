"""The exact figures of a group as arrays, and what becomes of them in draws.

A figure of a draw is that of today, rounded once from the exact one, plus what the draw changes:
where nothing moves the change is exactly 0, so that equals stay equals.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from parindex.analysis.stability import Source
from parindex.analysis.uncertain import Uncertain
from parindex.analysis.unit_figures import By
from parindex.values.exact import ZERO, add

Floats = npt.NDArray[np.float64]
Drawn = Mapping[Source, npt.NDArray[Any]]
"""What was drawn of each source: factors of areas, changes of points by area and unit, areas left out."""
_HUNDRED: Final = 100


class Model:
    """The units of one group.

    Args:
        units: what is known of each, in the order of their ranks.
        by: what ranks them, percent or points.
    """

    def __init__(self, units: Sequence[Uncertain], by: By) -> None:
        self.units, self.by = units, by
        self.count, self.areas = len(units), len(units[0].areas)
        self._clamp = np.array([unit.clamp for unit in units])
        self._has_added = np.array([unit.clamp and bool(unit.added) for unit in units])
        self._points = np.array([[_float(area.points) for area in unit.areas] for unit in units])
        self._maxima = np.array([[_float(area.maximum) for area in unit.areas] for unit in units])
        self._sums: dict[int, _Sums] = {}

    def figures(self, drawn: Drawn, rows: int) -> Floats:
        """The figure that ranks, draws × units."""
        left, factors, noise = drawn.get("leave-out"), drawn.get("weights"), _noise(drawn)
        sums = self._sums_of(left)
        if factors is None and noise is None:
            return np.broadcast_to(sums.base, (rows, self.count))
        points, maximum = np.zeros((rows, self.count)), np.zeros((rows, self.count))
        for area in range(self.areas):
            factor = np.ones(rows) if factors is None else factors[:, area]
            if left is not None:
                factor = np.where(left == area, 1, factor)
            more = (factor - 1)[:, np.newaxis]
            if factors is not None:
                points += more * self._points[:, area]
                maximum += more * self._maxima[:, area]
            if noise is not None:
                counts = factor if left is None else np.where(left == area, 0, factor)
                points += noise[:, area] * counts[:, np.newaxis]
        return self._limited(sums, points, maximum)

    def _limited(self, sums: "_Sums", points: Floats, maximum: Floats) -> Floats:
        """The figures of today and what changes of them, kept within the bounds of the scheme."""
        maximum_now: Any = sums.maximum + maximum
        if self.by == "points":
            figures, most = sums.base + points, maximum_now
        else:
            points -= sums.share * maximum
            figures = sums.base + _HUNDRED * (points / maximum_now)
            most = _HUNDRED
        if self._clamp.any():
            figures = np.where(self._clamp & (figures < 0), 0, figures)
        if self._has_added.any():
            figures = np.where(self._has_added & (figures > most), most, figures)
        return figures

    def _sums_of(self, left: npt.NDArray[Any] | None) -> "_Sums":
        """The sums of today, with the area of each draw left out."""
        if left is None:
            return self._of(-1)
        every = [self._of(area) for area in range(-1, self.areas)]
        return _Sums(*(np.stack(each)[left + 1] for each in zip(*every, strict=True)))

    def _of(self, out: int) -> "_Sums":
        if out not in self._sums:
            found = [self._summed(unit, out) for unit in self.units]
            self._sums[out] = _Sums(*(_floats(each) for each in zip(*found, strict=True)))
        return self._sums[out]

    def _summed(self, unit: Uncertain, out: int) -> tuple[Fraction, Fraction, Fraction]:
        """The figure of one unit before it is limited, its share of the maximum, and that."""
        kept = [area for number, area in enumerate(unit.areas) if number != out]
        points = add(area.points for area in kept) + unit.rest.points + unit.added
        maximum = add(area.maximum for area in kept) + unit.rest.maximum
        share = points / maximum if maximum else ZERO
        return points if self.by == "points" else share * _HUNDRED, share, maximum


class _Sums(NamedTuple):
    """Figures, shares of the maximum, and maxima: of units, or of draws × units."""

    base: Floats
    share: Floats
    maximum: Floats


def _noise(drawn: Drawn) -> Floats | None:
    """What the points of each area and unit have more or less, from all sources together."""
    one, other = drawn.get("rounding"), drawn.get("survey")
    if one is None or other is None:
        return other if one is None else one
    both: Floats = one + other
    return both


def _floats(values: Sequence[Fraction]) -> Floats:
    return np.array([_float(each) for each in values])


def _float(value: Fraction) -> float:
    """The nearest binary number: draws are no scores."""
    return float(value)
