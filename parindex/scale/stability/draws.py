"""Seeded draws of what is not sure.

Each source has generators of its own, so that one draws the same whatever else is drawn. Weights,
digits and areas left out come of uniform and whole numbers only, whose bits no release of NumPy changed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from parindex.analysis.stability import SOURCES, Choices, Source
from parindex.analysis.uncertain import Figure, Uncertain
from parindex.scale.stability.model import Floats

_HUNDRED: Final = 100
_PARTS: Final = 2**16


class Draws:
    """What one side of the design draws, some rows at a time.

    Args:
        choices: what is drawn.
        unsure: what of the units can be.
        side: 0 or 1: draws that have nothing to do with each other.
    """

    def __init__(self, choices: Choices, unsure: "Unsure", side: int) -> None:
        units, sources = unsure.units, unsure.sources
        self._random = {
            source: np.random.default_rng([choices.seed, SOURCES.index(source), side])
            for source in sources
        }
        self._areas = len(units[0].areas)
        self._shape = self._areas, len(units)
        self._reach = _float(Fraction(choices.weights) / _HUNDRED)
        self._weights = np.array([_float(Fraction(each or 0)) for each in units[0].weights])
        self._rounded, self._asked = unsure.rounded, unsure.asked

    def next(self, rows: int) -> dict[Source, npt.NDArray[Any]]:
        """The next draws of every source."""
        make = {
            "weights": self._factors,
            "rounding": self._digits,
            "survey": self._answers,
            "leave-out": self._left_out,
        }
        return {source: make[source](random, rows) for source, random in self._random.items()}

    def _factors(self, random: np.random.Generator, rows: int) -> Floats:
        """By what each area's weight is multiplied, so that all together weigh as before."""
        factors = random.random((rows, self._areas))
        factors = 1 + self._reach * (2 * factors - 1)
        whole = np.zeros(rows)
        for area in range(self._areas):
            whole += factors[:, area] * self._weights[area]
        scaled: Floats = factors * (self._weights.sum() / whole)[:, np.newaxis]
        return scaled

    def _digits(self, random: np.random.Generator, rows: int) -> Floats:
        found = (
            self._rounded.draw(random, rows) if self._rounded else np.zeros((rows, *self._shape))
        )
        return found.reshape(rows, *self._shape)

    def _answers(self, random: np.random.Generator, rows: int) -> Floats:
        found = self._asked.draw(random, rows) if self._asked else np.zeros((rows, *self._shape))
        return found.reshape(rows, *self._shape)

    def _left_out(self, random: np.random.Generator, rows: int) -> npt.NDArray[np.int64]:
        """The number of the area that is left out, -1 for none; each as likely."""
        found: npt.NDArray[np.int64] = (random.random(rows) * (self._areas + 1)).astype(
            np.int64
        ) - 1
        return found


class Unsure:
    """What of some units is not sure, made once for both sides.

    Args:
        choices: what is asked for.
        sources: which of them can be drawn.
        units: the units, in their order.
    """

    def __init__(
        self, choices: Choices, sources: Sequence[Source], units: Sequence[Uncertain]
    ) -> None:
        self.sources, self.units = sources, units
        self.rounded = _Rounded(units) if "rounding" in sources else None
        self.asked = _Asked(units, choices.survey) if "survey" in sources else None


class _Rounded:
    """Points as they were before they were rounded: anywhere within half a unit of the last digit."""

    def __init__(self, units: Sequence[Uncertain]) -> None:
        ends = defaultdict(list)
        digits = digits_of(units)
        for number, unit in enumerate(units):
            for figure in unit.figures:
                if figure.unit is not None:
                    low, high = _interval(figure, digits[figure.code])
                    ends[figure.area * len(units) + number].append((low, high - low))
        self._cells = np.array(sorted(ends), dtype=np.int64)
        told = np.array([each for cell in sorted(ends) for each in ends[cell]])
        sizes = [len(ends[cell]) for cell in sorted(ends)]
        self._starts = np.cumsum([0, *sizes[:-1]])
        part = told[:, 1] / _PARTS
        self._lows = np.add.reduceat(told[:, 0] + part / 2, self._starts)
        self._widths = part.astype(np.float32)
        self._count = len(units) * len(units[0].areas)

    def draw(self, random: np.random.Generator, rows: int) -> Floats:
        """What each area of each unit has more or less, rows × (areas × units).

        The middles of 65,536 equal parts are fine enough for what lies within half a unit of a digit.
        """
        parts = random.integers(0, _PARTS, size=(rows, len(self._widths)), dtype=np.uint16)
        drawn = np.multiply(parts, self._widths, dtype=np.float32)
        sums = np.add.reduceat(drawn, self._starts, axis=1)
        found = np.zeros((rows, self._count))
        found[:, self._cells] = sums + self._lows
        return found


class _Asked:
    """Points of surveys, had others been asked: answers drawn again, or a normal error of a mean."""

    def __init__(self, units: Sequence[Uncertain], asked: object) -> None:
        size = len(units[0].areas)
        self._count = len(units) * size
        self._by_counts: list[tuple[int, int, Floats, Floats, float]] = []
        self._normal: list[tuple[int, float, float, float]] = []
        for number, unit in enumerate(units):
            for figure in unit.figures:
                cell = figure.area * len(units) + number
                if figure.counts:
                    self._by_counts.append((cell, *_chances(figure)))
                elif figure.is_survey and isinstance(asked, int):
                    bounds = _float(figure.low - figure.points), _float(figure.high - figure.points)
                    self._normal.append((cell, _deviation(figure, asked), *bounds))

    def draw(self, random: np.random.Generator, rows: int) -> Floats:
        """As `_Rounded.draw`."""
        found = np.zeros((rows, self._count))
        for cell, asked, chances, worths, points in self._by_counts:
            counts = random.multinomial(asked, chances, size=rows)
            mean = np.zeros(rows)
            for answer, worth in enumerate(worths):
                mean += counts[:, answer] * worth
            found[:, cell] += mean / asked - points
        for cell, deviation, low, high in self._normal:
            error = random.standard_normal(rows) * deviation
            found[:, cell] += np.clip(error, low, high)
        return found


def digits_of(units: Sequence[Uncertain]) -> Mapping[str, int]:
    """The decimals of each code: the most of any unit, because tables leave closing zeros out."""
    digits: dict[str, int] = {}
    for unit in units:
        for figure in unit.figures:
            if figure.unit is not None:
                digits[figure.code] = max(figure.digits, digits.get(figure.code, 0))
    return digits


def _interval(figure: Figure, digits: int) -> tuple[float, float]:
    """From where to where points lie that were given so, less the points; within their bounds."""
    half = _float((figure.unit or Fraction(0)) / (2 * 10**digits))
    points = _float(figure.points)
    return max(-half, _float(figure.low) - points), min(half, _float(figure.high) - points)


def _chances(figure: Figure) -> tuple[int, Floats, Floats, float]:
    """How many answered, the share of each answer and its worth, and the points."""
    asked = sum(count for count, _ in figure.counts)
    chances = np.array([_float(Fraction(count, asked)) for count, _ in figure.counts])
    worths = np.array([_float(worth) for _, worth in figure.counts])
    return asked, chances / chances.sum(), worths, _float(figure.points)


def _deviation(figure: Figure, asked: int) -> float:
    """The largest standard error that a mean of so many answers between two bounds can have.

    √((points − low) × (high − points) ÷ n), which for 0…maximum is maximum × √(s × (1 − s) ÷ n).
    """
    spread = (figure.points - figure.low) * (figure.high - figure.points)
    return sqrt(_float(max(spread, Fraction(0)) / asked))


def _float(value: Fraction) -> float:
    return float(value)
