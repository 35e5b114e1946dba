"""Full points, less something for each case that went wrong."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from pydantic import Field

from parindex.rules.base import (
    Example,
    Gain,
    Ladder,
    RefusedError,
    Rule,
    arrow_text,
    count_of,
    fineness_proof,
    result_text,
)
from parindex.rules.formula import MAX, RESULT, of_count
from parindex.rules.input import COUNT, Input
from parindex.values.codes import POINTS_OUTSIDE_MAXIMUM
from parindex.values.exact import to_text
from parindex.values.facts import Count, Fact
from parindex.values.fields import AmountField
from parindex.values.language import Language


class DeductRule(Rule):
    """`{kind: deduct, step: 0.25}`: maximum − step × count, not below 0, or the `min` of the leaf.

    A step with a sign, `25%`, is that share of the maximum.
    """

    takes: ClassVar[Input] = COUNT
    example: ClassVar = Example("{kind: deduct, step: 0.25}", 1, ("count: 3", "count: 9"))

    kind: Literal["deduct"]
    step: AmountField = Field(
        description="what each case takes off, in points or as a share of the maximum (`25%`)"
    )

    def formula(self, maximum: Fraction) -> str:
        """What is left, not below the fewest."""
        least = to_text(self.lowest)
        return of_count(f"MAX({least},{MAX}-{RESULT}*{to_text(self.step.of(maximum))})")

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """A step is above 0, takes no more than the maximum and at least a hundred-thousandth of it."""
        step = self.step.of(maximum)
        if not 0 < step <= maximum:
            told = {"found": to_text(step), "expected": f"0…{to_text(maximum)}"}
            yield RefusedError(POINTS_OUTSIDE_MAXIMUM, ("step",), **told)
        yield from fineness_proof(step, maximum, ("step",))

    def fewest(self, maximum: Fraction) -> Fraction:
        """What the leaf allows: enough cases take everything off."""
        return self.lowest

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """What is left."""
        return max(self.lowest, maximum - self.step.of(maximum) * count_of(fact))

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The subtraction."""
        count, step = count_of(fact), self.step.of(maximum)
        told = f"{say.number(maximum)} − {count} × {say.number(step)}"
        points = self.points(fact, maximum)
        if maximum - step * count < self.lowest:
            return f"{told} < {say.number(self.lowest)} {arrow_text(points, say)}"
        return f"{told} {result_text(points, say)}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """The start and the step."""
        return say(
            "{maximum}, less {step} for each case, not below {lowest}.",
            maximum=say.number(maximum),
            step=say.number(self.step.of(maximum)),
            lowest=say.number(self.lowest),
        )

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """One case less, and so on down to none."""
        step = self.step.of(maximum)
        fewer = ceil((maximum - now) / step) - 1
        for count in range(fewer, -1, -1):
            yield Gain(maximum - step * count, Count(count), "to")

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """From one case less to none."""
        step = self.step.of(maximum)
        fewer = ceil((maximum - now) / step) - 1
        if fewer >= 0:
            yield Ladder(maximum - step * fewer, step, fewer + 1)

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """As many cases as leave so many points."""
        if points > maximum:
            return None
        step = self.step.of(maximum)
        count = floor((maximum - points) / step)
        return Gain(maximum - step * count, Count(count), "to")
