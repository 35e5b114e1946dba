"""The exact figures of a group as arrays, and what becomes of them in draws.

A figure of a draw is that of today, rounded once from the exact one, plus what the draw changes:
where nothing moves the change is exactly 0, so that equals stay equals.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from parindex.analysis.stability import Source, figures_without
from parindex.analysis.uncertain import Uncertain
from parindex.analysis.unit_figures import By
from parindex.values.exact import ZERO, percent

Floats = npt.NDArray[np.float64]
Drawn = Mapping[Source, npt.NDArray[Any]]
"""What was drawn of each source: factors of areas, changes of points by unit and area, areas left out."""
_HUNDRED: Final = 100


class _Sums(NamedTuple):
    """The units with one area left out, or none: points and maxima of all areas, and the whole."""

    base: Floats
    points: Floats
    maximum: Floats
    by_area: Floats
    maximum_by_area: Floats


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
        self._sums: dict[int | None, _Sums] = {}

    def figures(self, drawn: Drawn) -> Floats:
        """The figure that ranks, draws × units."""
        left = drawn.get("leave-out")
        if left is None:
            return self._moved(drawn, None)
        figures = np.empty((len(left), self.count))
        for area in range(-1, self.areas):
            [rows] = np.nonzero(left == area)
            if len(rows):
                some: Drawn = {
                    name: each[rows] for name, each in drawn.items() if name != "leave-out"
                }
                out = None if area < 0 else area
                figures[rows] = self._moved(some, out)
        return figures

    def _moved(self, drawn: Drawn, out: int | None) -> Floats:
        """The figures, with one area left out or none, where areas weigh otherwise and points differ."""
        sums, factors, noise = self._of(out), drawn.get("weights"), _noise(drawn)
        if factors is None and noise is None:
            return sums.base[np.newaxis]
        points: Any = np.zeros(1)
        maximum: Any = np.zeros(1)
        for area in range(self.areas):
            if area == out:
                continue
            own = None if noise is None else noise[:, :, area]
            if factors is not None:
                factor = factors[:, area][:, np.newaxis]
                points = points + (factor - 1) * sums.by_area[:, area]
                maximum = maximum + (factor - 1) * sums.maximum_by_area[:, area]
                own = None if own is None else own * factor
            points = points if own is None else points + own
        return self._limited(sums, points, maximum)

    def _limited(self, sums: _Sums, points: Any, maximum: Any) -> Floats:
        """The figures of today and what changes of them, kept within the bounds of the scheme."""
        if self.by == "points":
            figures = sums.base + points
            most: Any = sums.maximum + maximum
        else:
            share = sums.points / sums.maximum
            changed = (points - share * maximum) / (sums.maximum + maximum)
            figures = sums.base + _HUNDRED * changed
            most = _HUNDRED
        figures = np.where(self._clamp & (figures < 0), 0, figures)
        limited: Floats = np.where(self._has_added & (figures > most), most, figures)
        return limited

    def _of(self, out: int | None) -> _Sums:
        if out not in self._sums:
            self._sums[out] = self._summed(out)
        return self._sums[out]

    def _summed(self, out: int | None) -> _Sums:
        totals = []
        for unit in self.units:
            _, maximum = figures_without(unit, out)
            whole = unit.added + unit.rest.points
            whole += sum((a.points for n, a in enumerate(unit.areas) if n != out), ZERO)
            base = whole if self.by == "points" else percent(whole, maximum)
            totals.append((base, whole, maximum))
        figures, points, maxima = (_floats([each[at] for each in totals]) for at in range(3))
        by_area = [[_float(area.points) for area in unit.areas] for unit in self.units]
        maximum_by_area = [[_float(area.maximum) for area in unit.areas] for unit in self.units]
        return _Sums(figures, points, maxima, np.array(by_area), np.array(maximum_by_area))


def _noise(drawn: Drawn) -> Floats | None:
    """What the points of each unit and area have more or less, from all sources together."""
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
