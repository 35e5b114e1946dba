"""Full points, less something for each case that went wrong."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import (
    Example,
    Gain,
    Ladder,
    RefusedError,
    arrow_text,
    count_of,
    fineness_proof,
    result_text,
)
from parindex.rules.events import EventRule
from parindex.rules.expression_tree import Named, Tree
from parindex.rules.formula import MAX, RESULT, of_count
from parindex.values.codes import POINTS_OUTSIDE_MAXIMUM
from parindex.values.exact import ZERO, to_text
from parindex.values.facts import Count, Fact
from parindex.values.fields import AmountField
from parindex.values.language import Language


class DeductRule(EventRule):
    """`{kind: deduct, step: 0.25}`: maximum − step × count, not below 0, or the `min` of the leaf.

    A step with a sign, `25%`, is that share of the maximum. Where cases of several kinds cost
    differently, `events: {late: 0.25, missing: 50%}` has a step for each kind, and all their
    numbers are reported: `figures: {late: 1, missing: 0}`.
    """

    example: ClassVar = Example("{kind: deduct, step: 0.25}", 1, ("count: 3", "count: 9"))

    kind: Literal["deduct"]
    step: AmountField | None = Field(
        default=None,
        description="what each case takes off, in points or as a share of the maximum (`25%`)",
    )

    def of_sum(self, sum_: Fraction, maximum: Fraction) -> Fraction:
        """What is left of the maximum."""
        return maximum - sum_

    def _step(self, maximum: Fraction) -> Fraction:
        return ZERO if self.step is None else self.step.of(maximum)

    def formula(self, maximum: Fraction) -> str:
        """What is left, not below the fewest."""
        if self.events:
            return ""
        least, step = to_text(self.lowest), to_text(self._step(maximum))
        return of_count(f"MAX({least},{MAX}-{RESULT}*{step})")

    def expression(self, maximum: Fraction) -> Tree:
        """What is left, not below the least."""
        one = arithmetic.times(Named(arithmetic.COUNT), self._step(maximum))
        off = self.events_sum(maximum) if self.events else one
        left = arithmetic.less(arithmetic.number(maximum), off)
        return arithmetic.at_least(left, self.lowest)

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """A step is above 0, takes no more than the maximum and at least a hundred-thousandth of it."""
        yield from self.events_proof(maximum, "step", self.step)
        if self.step is None:
            return
        step = self._step(maximum)
        if not 0 < step <= maximum:
            told = {"found": to_text(step), "expected": f"0…{to_text(maximum)}"}
            yield RefusedError(POINTS_OUTSIDE_MAXIMUM, ("step",), **told)
        yield from fineness_proof(step, maximum, ("step",))

    def fewest(self, maximum: Fraction) -> Fraction:
        """What the leaf allows: enough cases take everything off."""
        return self.lowest

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """What is left."""
        if self.events:
            return self.events_points(fact, maximum)
        return max(self.lowest, maximum - self._step(maximum) * count_of(fact))

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The subtraction."""
        if self.events:
            return self.events_working(fact, maximum, say)
        count, step = count_of(fact), self._step(maximum)
        told = f"{say.number(maximum)} − {count} × {say.number(step)}"
        points = self.points(fact, maximum)
        if maximum - step * count < self.lowest:
            return f"{told} < {say.number(self.lowest)} {arrow_text(points, say)}"
        return f"{told} {result_text(points, say)}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """The start and the step."""
        if self.events:
            return say(
                "{maximum}, less for each case: {events}; not below {lowest}.",
                maximum=say.number(maximum),
                events=self.events_told(maximum, say),
                lowest=say.number(self.lowest),
            )
        return say(
            "{maximum}, less {step} for each case, not below {lowest}.",
            maximum=say.number(maximum),
            step=say.number(self._step(maximum)),
            lowest=say.number(self.lowest),
        )

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """One case less, and so on down to none."""
        if self.events:
            yield from self.events_gains(now, maximum, fact)
            return
        step = self._step(maximum)
        fewer = ceil((maximum - now) / step) - 1
        for count in range(fewer, -1, -1):
            yield Gain(maximum - step * count, Count(count), "to")

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """From one case less to none."""
        if self.events:
            yield from self.events_ladders(now, maximum, fact)
            return
        step = self._step(maximum)
        fewer = ceil((maximum - now) / step) - 1
        if fewer >= 0:
            yield Ladder(maximum - step * fewer, step, fewer + 1)

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """As many cases as leave so many points."""
        if self.events:
            return self.events_reaching(points, maximum, fact)
        if points > maximum:
            return None
        step = self._step(maximum)
        count = floor((maximum - points) / step)
        return Gain(maximum - step * count, Count(count), "to")
