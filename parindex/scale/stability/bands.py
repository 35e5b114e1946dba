"""Where the bands of printed figures begin, for figures that are not printed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parindex.analysis.unit_figures import By
from parindex.scale.stability.model import Floats
from parindex.scheme.band import BandSet
from parindex.values.exact import RoundingMode, rounded


class Cuts(NamedTuple):
    """The bands of some units by percent or points: names from the lowest up, and where each but the first begins."""

    units: npt.NDArray[np.int64]
    by: By
    edges: Floats
    names: tuple[str | None, ...]

    def met(self, figures: Floats) -> npt.NDArray[np.int64]:
        """How often each unit's figure is in each band, units × names."""
        own = figures[:, self.units]
        reached = [len(own) * np.ones(len(self.units), dtype=np.int64)]
        reached += [np.count_nonzero(own >= edge, axis=0) for edge in self.edges]
        above = [*reached[1:], np.zeros(len(self.units), dtype=np.int64)]
        return np.stack([one - two for one, two in zip(reached, above, strict=True)], axis=1)


def tells_bands(bands: BandSet | None) -> bool:
    """Whether a figure alone decides the band."""
    return bands is not None and not bands.worst_of and not any(s.where for s in bands.steps)


def cuts_of(units: Sequence[int], bands: BandSet, digits: int, mode: RoundingMode) -> Cuts:
    """The bands as figures reach them that would be printed with these digits."""
    unit = Fraction(1, 10**digits)
    starts = sorted(set(_starts(bands, unit)))
    lowest = (starts[0] if starts else Fraction(0)) - unit
    names = tuple(_name(bands, printed, digits) for printed in (lowest, *starts))
    edges = [_edge(start, unit, digits, mode) for start in starts]
    return Cuts(np.array(units, dtype=np.int64), bands.by, np.array(edges), names)


def _starts(bands: BandSet, unit: Fraction) -> Iterator[Fraction]:
    """The printed figures from which on the band may be another."""
    for step in bands.steps:
        for edge, is_open in (
            (step.edge, step.above is not None),
            (step.to, True),
            (step.below, False),
        ):
            if edge is not None:
                places = Fraction(edge) / unit
                yield (floor(places) + 1 if is_open else ceil(places)) * unit


def _name(bands: BandSet, printed: Fraction, digits: int) -> str | None:
    found = bands.of(rounded(printed, digits))
    return found[0] if len(found) == 1 else None


def _edge(start: Fraction, unit: Fraction, digits: int, mode: RoundingMode) -> float:
    """The least figure that is printed as `start` or more."""
    least = start if mode == "down" else start - unit / 2
    if Fraction(rounded(least, digits, mode)) >= start:
        return float(least)
    return float(np.nextafter(float(least), float(Decimal("inf"))))
