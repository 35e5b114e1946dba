"""What one of several figures can give alone, while the others stay as they were reported."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Final

from msgspec import Struct

from parindex.rules.figures import FigureKind
from parindex.values.exact import to_decimal_or_none
from parindex.values.facts import Figure, Ratio, Value

FINENESS: Final[dict[FigureKind, Fraction]] = {
    "percent": Fraction(1, 10_000),
    "count": Fraction(1),
    "number": Fraction(1, 100),
}
"""How far apart the values are that are looked at: 0.01 %, 1, 0.01."""


class Scale(Struct, frozen=True):
    """The values that a figure can have: 0, `unit`, 2 × `unit`, …; parts of a `whole`, if it has one."""

    kind: FigureKind
    unit: Fraction
    whole: Decimal | None = None

    def figure(self, value: Fraction) -> Figure:
        """A value as it would be reported."""
        if self.whole is not None:
            return Ratio(_digits(value * Fraction(self.whole)), self.whole)
        is_percent = self.kind == "percent"
        return Value(_digits(value * 100 if is_percent else value), is_percent)


def scale_of(kind: FigureKind, figure: Figure | None) -> Scale:
    """The values of a kind; of a ratio the parts of the same whole, if that is a whole number."""
    if isinstance(figure, Ratio) and figure.whole and figure.whole == int(figure.whole):
        return Scale(kind, Fraction(1, int(figure.whole)), figure.whole)
    return Scale(kind, FINENESS[kind])


def _digits(value: Fraction) -> Decimal:
    """A number of which the scales give no other than such with an end."""
    return to_decimal_or_none(value) or Decimal(0)


class OneFigure:
    """The points for each value of one figure, numbered from 0 to `last` along its scale.

    `at` is where the reported figure lies between them. `slope` says which way
    points go from number `first` on, None where that is not proved; `tries` how many
    values are looked at where it is not.
    """

    def __init__(
        self,
        name: str,
        scale: Scale,
        reported: Fraction,
        last: int,
        points: Callable[[Fraction], Fraction | None],
        slope: Callable[[int], int | None],
        tries: int,
    ) -> None:
        self.name = name
        self.scale = scale
        self.at = reported / scale.unit
        self.last = last
        self._points = points
        self._known: dict[int, Fraction | None] = {}
        self.tries = tries
        self.slope = slope(0)
        self.first = 0
        if self.slope is None:  # at 0 something may be divided by 0
            self.slope, self.first = slope(1), 1

    def points(self, number: int) -> Fraction | None:
        """The points of one of the values; None where it gives none."""
        if number not in self._known:
            self._known[number] = self._points(number * self.scale.unit)
        return self._known[number]

    def figure(self, number: int) -> Figure:
        """One of the values as it would be reported."""
        return self.scale.figure(number * self.scale.unit)

    def nearest_above(self, points: Fraction) -> tuple[Fraction, int] | None:
        """The value nearest to what was reported that gives more: its points and number."""
        return self._nearest(lambda found: found > points)

    def nearest_from(self, points: Fraction) -> tuple[Fraction, int] | None:
        """The value nearest to what was reported that gives as many or more: its points and number."""
        return self._nearest(lambda found: found >= points)

    def fewest_from(self, points: Fraction) -> tuple[Fraction, int] | None:
        """The value that gives the fewest points of as many or more: its points and number."""
        found = self._enough(lambda each: each >= points)
        if self.slope is None:
            found += self.numbers
        told = ((self.points(number), abs(number - self.at), number) for number in found)
        right = [(each, apart, n) for each, apart, n in told if each is not None and each >= points]
        least = min(right, default=None)
        return None if least is None else (least[0], least[2])

    def _nearest(self, enough: Callable[[Fraction], bool]) -> tuple[Fraction, int] | None:
        found = min(self._enough(enough), key=lambda each: abs(each - self.at), default=None)
        points = None if found is None else self.points(found)
        return None if found is None or points is None else (points, found)

    def _enough(self, enough: Callable[[Fraction], bool]) -> list[int]:
        """The nearest value that gives enough, and 0 if it does and the slope says nothing of it."""

        def is_enough(number: int) -> bool:
            points = self.points(number)
            return points is not None and enough(points)

        found = self._scanned(is_enough) if self.slope is None else self._bisected(is_enough)
        return [
            *([] if found is None else [found]),
            *([0] if self.first and is_enough(0) else []),
        ]

    def _bisected(self, is_enough: Callable[[int], bool]) -> int | None:
        """The first that is enough on the side on which points rise."""
        if self.slope == 1:
            near, far = max(self.first, floor(self.at) + 1) - 1, self.last
        else:
            near, far = max(self.first, ceil(self.at)), self.first
            if self.at < self.first and is_enough(far):
                return far
        if self.slope == 0 or near == far or not is_enough(far):
            return None
        return _edge(near, far, is_enough)

    def _scanned(self, is_enough: Callable[[int], bool]) -> int | None:
        """The nearest of those looked at that is enough, and then between it and the one before."""
        numbers = self.numbers
        for number in sorted(numbers, key=lambda each: abs(each - self.at)):
            if not is_enough(number):
                continue
            if number > self.at:
                near = max((each for each in numbers if each < number), default=number - 1)
                near = max(near, floor(self.at))
            else:
                near = min((each for each in numbers if each > number), default=number + 1)
                near = min(near, ceil(self.at))
            return _edge(near, number, is_enough)
        return None

    @cached_property
    def numbers(self) -> list[int]:
        """The values that are looked at one by one: all, or some evenly apart."""
        step = -(-self.last // self.tries) or 1
        around = (floor(self.at), floor(self.at) + 1)
        some = {*range(0, self.last + 1, step), self.last, *around}
        return sorted(each for each in some if 0 <= each <= self.last)

    @property
    def is_listed(self) -> bool:
        """Whether these are all."""
        return len(self.numbers) > self.last

    @property
    def most(self) -> Fraction:
        """The most that any of these gives; 0 where none gives any."""
        return max(self.listed(), default=Fraction(0))

    def listed(self) -> Iterator[Fraction]:
        """The points of the values that are looked at."""
        for number in self.numbers:
            points = self.points(number)
            if points is not None:
                yield points


def _edge(near: int, far: int, is_enough: Callable[[int], bool]) -> int:
    """Between one that is not enough and one that is: where enough begins."""
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if is_enough(middle):
            far = middle
        else:
            near = middle
    return far
