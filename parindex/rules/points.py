"""Points as given: somebody scored the criterion, the rule only keeps the bounds."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Final, Literal

from parindex.rules.base import Example, Gain, Ladder, RefusedError, Rule
from parindex.rules.input import POINTS, Input
from parindex.values.codes import WRONG_INPUT_FOR_RULE
from parindex.values.exact import to_decimal_or_none
from parindex.values.facts import Fact, Points
from parindex.values.language import Language

_DIGITS: Final = 4


class PointsRule(Rule):
    """`{kind: points}`: points from 0, or the `min`, to the maximum, as given. The rule of a leaf without one."""

    takes: ClassVar[Input] = POINTS
    example: ClassVar = Example("{kind: points}", 2, ("points: 1.5", "points: 0"))

    kind: Literal["points"] = "points"

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Always sound: every number of points from 0 to the maximum can be given."""
        yield from ()

    def fewest(self, maximum: Fraction) -> Fraction:
        """Whatever the leaf allows."""
        return self.lowest

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """Refuses everything: given points never reach a rule, and there is nothing to compute."""
        raise RefusedError(WRONG_INPUT_FOR_RULE, expected="points: 0.5, percent: 80%")

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The name of the rule."""
        return say("points as given")

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """The bounds."""
        return say(
            "Points as given, from {lowest} to {maximum}.",
            lowest=say.number(self.lowest),
            maximum=say.number(maximum),
        )

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """Full points: what they ask for is not known."""
        most = to_decimal_or_none(maximum)
        if now < maximum and most is not None:
            yield Gain(maximum, Points(most))

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """Every decimal number of so many digits, and the maximum."""
        if now >= maximum:
            return
        unit = Fraction(1, 10**digits)
        first = ceil((now + min(least, maximum - now)) / unit)
        last = floor(maximum / unit)
        if first <= last:
            yield Ladder(first * unit, unit, last - first + 1)
        if last * unit < maximum:
            yield Ladder(maximum)

    @property
    def any_points(self) -> bool:
        """Any can be given."""
        return True

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """The points themselves, with some more digits where theirs do not end."""
        exact = to_decimal_or_none(points)
        if exact is None:
            exact = Decimal(ceil(points * 10**_DIGITS)).scaleb(-_DIGITS)
        return Gain(Fraction(exact), Points(exact), "from")
