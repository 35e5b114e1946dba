"""Points for each thing done, up to the maximum."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Final, Literal

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
from parindex.rules.formula import MAX, RESULT, of_count, worth
from parindex.values.codes import (
    PARAMETERS_EXCLUDE,
    POINTS_OUTSIDE_MAXIMUM,
    THRESHOLD_OUT_OF_RANGE,
)
from parindex.values.exact import ZERO, to_text
from parindex.values.facts import Count, Fact
from parindex.values.fields import Number, Worth
from parindex.values.language import Language

_NONE: Final = Decimal(0)


class CountRule(EventRule):
    """`{kind: count, each: 0.5, above: 0}`: 0.5 for each over `above`, at most the maximum.

    With a sign, `25%`, it is that share of the maximum. Where several kinds of things give
    differently, `events: {conference: 0.5, training: 25%}` says for each kind what each one
    gives, and all their numbers are reported: `figures: {conference: 1, training: 2}`.
    """

    example: ClassVar = Example("{kind: count, each: 0.5}", 2, ("count: 3", "count: 9"))

    kind: Literal["count"]
    each: Worth | None = Field(
        default=None, description="points for each, or a share of the maximum (`25%`)"
    )
    above: Number = Field(default=_NONE, description="how many there must be before they count")

    def of_sum(self, sum_: Fraction, maximum: Fraction) -> Fraction:
        """What all of them give together."""
        return sum_

    def _each(self, maximum: Fraction) -> Fraction:
        return ZERO if self.each is None else self.each.of(maximum)

    def formula(self, maximum: Fraction) -> str:
        """So many times `each`, at most the maximum."""
        if self.each is None:
            return ""
        over = f"MAX(0,{RESULT}-{to_text(self.above)})*{worth(self.each)}"
        return of_count(f"MIN({MAX},{over})")

    def expression(self, maximum: Fraction) -> Tree:
        """So many times `each`, at most the maximum."""
        if self.events:
            return arithmetic.at_most(self.events_sum(maximum), maximum)
        more = arithmetic.less(Named(arithmetic.COUNT), arithmetic.number(self.above))
        each = arithmetic.times(arithmetic.at_least(more, 0), self._each(maximum))
        return arithmetic.at_most(each, maximum)

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Each gives at least a hundred-thousandth of the maximum and not over it; `above` is a whole number."""
        yield from self.events_proof(maximum, "each", self.each)
        if self.events and self.above:
            told = {"found": "above, events", "expected": "above / events"}
            yield RefusedError(PARAMETERS_EXCLUDE, ("above",), **told)
        if self.each is None:
            return
        each = self._each(maximum)
        if not 0 < each <= maximum:
            told = {"found": to_text(each), "expected": f"0…{to_text(maximum)}"}
            yield RefusedError(POINTS_OUTSIDE_MAXIMUM, ("each",), **told)
        yield from fineness_proof(each, maximum, ("each",))
        if self.above < 0 or self.above != int(self.above):
            yield RefusedError(
                THRESHOLD_OUT_OF_RANGE, ("above",), found=f"{self.above:f}", expected="0, 1, 2, …"
            )

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """So many times `each`, at most the maximum."""
        if self.events:
            return self.events_points(fact, maximum)
        return min(maximum, self._uncapped(fact, maximum))

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The multiplication, and the maximum where it is passed."""
        if self.events:
            return self.events_working(fact, maximum, say)
        count, points = count_of(fact), self.points(fact, maximum)
        if count <= self.above:
            return f"{count} ≤ {say.number(self.above)} {arrow_text(points, say)}"
        times = f"({count} − {say.number(self.above)})" if self.above else str(count)
        told = f"{times} × {self._each_told(maximum, say)}"
        if self._uncapped(fact, maximum) > maximum:
            return f"{told} > {say.number(maximum)} {arrow_text(points, say)}"
        return f"{told} {result_text(points, say)}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """What each gives, and the most."""
        each, most = self._each_told(maximum, say), say.number(maximum)
        if self.events:
            told = self.events_told(maximum, say)
            return say("For each: {events}; at most {maximum}.", events=told, maximum=most)
        if not self.above:
            return say("{each} for each, at most {maximum}.", each=each, maximum=most)
        return say(
            "{each} for each over {above}, at most {maximum}.",
            each=each,
            above=say.number(self.above),
            maximum=most,
        )

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """One more, and so on up to the maximum."""
        if self.events:
            yield from self.events_gains(now, maximum, fact)
            return
        each = self._each(maximum)
        times, reached = floor(now / each), now
        while reached < maximum:
            times += 1
            reached = min(maximum, each * times)
            yield Gain(reached, Count(int(self.above) + times), "from")

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """So many times `each`, and the maximum."""
        if self.events:
            yield from self.events_ladders(now, maximum, fact)
            return
        each = self._each(maximum)
        first, end = floor(now / each) + 1, ceil(maximum / each)
        if first < end:
            yield Ladder(each * first, each, end - first)
        if now < maximum:
            yield Ladder(maximum)

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """As many as give so many points."""
        if self.events:
            return self.events_reaching(points, maximum, fact)
        if points > maximum:
            return None
        each = self._each(maximum)
        times = ceil(points / each)
        return Gain(min(maximum, each * times), Count(int(self.above) + times), "from")

    def _each_told(self, maximum: Fraction, say: Language) -> str:
        return "" if self.each is None else self.each.told(maximum, say)

    def _uncapped(self, fact: Fact, maximum: Fraction) -> Fraction:
        return self._each(maximum) * max(0, count_of(fact) - int(self.above))
