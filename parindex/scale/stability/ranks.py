"""Ranks of drawn figures, and how often each unit had each."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from parindex.analysis.stability import Spread
from parindex.analysis.unit_figures import By, Ties
from parindex.scale.stability.bands import Cuts
from parindex.scale.stability.model import Floats

Ranks = npt.NDArray[np.int32]
_MEDIAN: Final = Fraction(1, 2)
_LOW: Final = Fraction(5, 100)
_HIGH: Final = Fraction(95, 100)


def ranks_of(figures: Floats, ties: Ties) -> Ranks:
    """The ranks of each row of figures, the highest first.

    Equals share ranks as `ties` says; with `ordinal` they stand in the order of the columns.
    """
    order = np.argsort(-figures, axis=1, kind="stable")
    places = np.broadcast_to(np.arange(1, figures.shape[1] + 1, dtype=np.int32), figures.shape)
    if ties != "ordinal":
        falling = np.take_along_axis(figures, order, axis=1)
        is_new = falling[:, 1:] != falling[:, :-1]
        if not is_new.all():
            places = _shared(is_new, places, ties)
    ranks = np.empty(figures.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, places, axis=1)
    return ranks


def _shared(is_new: npt.NDArray[np.bool_], places: Ranks, ties: Ties) -> Ranks:
    shared = np.ones(places.shape, dtype=np.int32)
    if ties == "dense":
        shared[:, 1:] += np.cumsum(is_new, axis=1, dtype=np.int32)
    else:
        shared[:, 1:] = np.where(is_new, places[:, 1:], 1)
        np.maximum.accumulate(shared, axis=1, out=shared)
    return shared


class Tally:
    """How often each unit had each rank and each band.

    Args:
        now: the ranks of today.
        cuts: where bands begin, for the units that have the same ones.
    """

    def __init__(self, now: Ranks, cuts: Sequence[Cuts]) -> None:
        self._now, self._cuts = now, cuts
        self._units = len(now)
        self._ranks = np.zeros(self._units * (self._units + 1), dtype=np.int32)
        self._offsets = np.arange(self._units, dtype=np.int64) * (self._units + 1)
        self._bands = [np.zeros((len(cut.units), len(cut.names)), dtype=np.int64) for cut in cuts]
        self.draws = 0

    def add(self, ranks: Ranks, figures: Mapping[By, Floats]) -> None:
        """Count the ranks of some draws, and the bands of the figures of today's kind and others."""
        self.draws += len(ranks)
        met = (ranks + self._offsets).ravel()
        if len(met) < len(self._ranks):
            np.add.at(self._ranks, met, 1)
        else:
            self._ranks += np.bincount(met, minlength=len(self._ranks)).astype(np.int32)
        for at, cut in enumerate(self._cuts):
            self._bands[at] += cut.met(figures[cut.by])

    def shifts(self, ranks: Ranks) -> Floats:
        """The mean of the places between the ranks of each draw and those of today."""
        found: Floats = np.abs(ranks - self._now).mean(axis=1)
        return found

    def spreads(self, top: int) -> list[Spread]:
        """The ranks of every unit; `top` is how many are the first."""
        table = self._ranks.reshape(self._units, self._units + 1)
        bands = [self._bands_of(number) for number in range(self._units)]
        return [self._spread(row, unit, top, bands[unit]) for unit, row in enumerate(table)]

    def _spread(
        self,
        row: Ranks,
        unit: int,
        top: int,
        bands: Mapping[str | None, Fraction],
    ) -> Spread:
        running = np.cumsum(row, dtype=np.int64)
        median, low, high = (self._reached(running, part) for part in (_MEDIAN, _LOW, _HIGH))
        away = np.abs(np.arange(self._units + 1) - self._now[unit])
        shift = Fraction(int((away * row).sum()), self.draws)
        first = Fraction(int(running[min(top, self._units)]), self.draws)
        return Spread(median, low, high, first, bands, shift)

    def _reached(self, running: npt.NDArray[np.int64], part: Fraction) -> int:
        """The least rank that so many of the draws do not pass."""
        needed = -(-part.numerator * self.draws // part.denominator)
        return int(np.searchsorted(running, needed))

    def _bands_of(self, unit: int) -> dict[str | None, Fraction]:
        found: dict[str | None, Fraction] = {}
        for counts, cut in zip(self._bands, self._cuts, strict=True):
            [rows] = np.nonzero(cut.units == unit)
            for row in rows:
                for name, count in zip(cut.names, counts[row], strict=True):
                    if count:
                        found[name] = found.get(name, Fraction(0)) + Fraction(
                            int(count), self.draws
                        )
        return found


def int32(values: Sequence[int]) -> Ranks:
    """Ranks as an array."""
    found: Any = np.array(values, dtype=np.int32)
    ranks: Ranks = found
    return ranks
