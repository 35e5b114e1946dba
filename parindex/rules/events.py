"""Cases of several kinds, each with its step: what `deduct` takes off for them, and `count` adds."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm
from typing import Final

from msgspec import Struct
from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import (
    Gain,
    Ladder,
    RefusedError,
    Rule,
    arrow_text,
    called,
    fineness_proof,
    names_proof,
    result_text,
)
from parindex.rules.expression_tree import Named, Tree
from parindex.rules.figures import FigureKind, FigureName, exact_figures
from parindex.rules.input import COUNT, FIGURES, Input
from parindex.values.codes import MISSING_FIELD, PARAMETERS_EXCLUDE, POINTS_OUTSIDE_MAXIMUM
from parindex.values.exact import ZERO, add, to_text
from parindex.values.facts import Fact, Figures, Value
from parindex.values.fields import Name, Worth
from parindex.values.language import Language

_MOST_SUMS: Final = 500
"""Sums of cases that are listed for a plan."""
_MOST_KEPT: Final = 2_000
"""Sums that are kept on the way; of more some are left out, and the plan says that it is not proved."""
_MOST_TRIED: Final = 20_000


class Reachable(Struct, frozen=True):
    """Points that other counts give, the fewest first, each with these counts.

    `whole` is False where there are too many to look at.
    """

    counts: Mapping[Fraction, tuple[int, ...]]
    whole: bool


class EventRule(Rule):
    """Base of the kinds that go by cases: of one kind, or with `events` of several."""

    events: dict[FigureName, Worth] = Field(
        default_factory=dict,
        description="in place of one step: for each kind of case its step, in points or as a share of the maximum (`50%`)",
    )
    names: dict[FigureName, Name] = Field(
        default_factory=dict, description="what the kinds of cases are called, `{vi: …, en: …}`"
    )

    @property
    def takes(self) -> Input:
        """A count, or one of each kind of case."""
        return FIGURES if self.events else COUNT

    @property
    def inputs(self) -> Mapping[str, FigureKind]:
        """The kinds of cases, of which counts are taken."""
        return dict.fromkeys(self.events, "count")

    def named(self, say: Language) -> Mapping[str, str]:
        """The kinds of cases."""
        return {event: called(event, self.names, say) for event in self.events}

    @abstractmethod
    def of_sum(self, sum_: Fraction, maximum: Fraction) -> Fraction:
        """The points, not yet within their bounds, where all cases together take or give so much."""

    def _steps(self, maximum: Fraction) -> dict[str, Fraction]:
        return {event: step.of(maximum) for event, step in self.events.items()}

    def _counts(self, fact: Fact) -> dict[str, int]:
        found = exact_figures(fact, self.inputs)
        return {event: int(count) for event, count in found.items()}

    def events_sum(self, maximum: Fraction) -> Tree:
        """What all cases together take or give, as arithmetic."""
        steps = self._steps(maximum).items()
        return arithmetic.total(arithmetic.times(Named(event), step) for event, step in steps)

    def events_proof(self, maximum: Fraction, field: str, given: object) -> Iterator[RefusedError]:
        """Steps are above 0 and not over all there is; `field` excludes them, and one is needed."""
        if self.events and given is not None:
            found = f"{field}, events"
            told = {"found": found, "expected": f"{field} / events"}
            yield RefusedError(PARAMETERS_EXCLUDE, ("events",), **told)
        if not self.events and given is None:
            yield RefusedError(MISSING_FIELD, (), expected=f"{field} / events")
        yield from names_proof(self.names, self.events)
        most = maximum - self.lowest
        for event, step in self._steps(maximum).items():
            if not 0 < step <= most:
                told = {"found": to_text(step), "expected": f"0…{to_text(most)}"}
                yield RefusedError(POINTS_OUTSIDE_MAXIMUM, ("events", event), **told)
            yield from fineness_proof(step, maximum, ("events", event))

    def events_points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """What all cases together take or give, within the bounds."""
        return min(maximum, max(self.lowest, self._unbounded(self._counts(fact), maximum)))

    def _unbounded(self, counts: Mapping[str, int], maximum: Fraction) -> Fraction:
        steps = self._steps(maximum)
        return self.of_sum(add(steps[event] * n for event, n in counts.items()), maximum)

    def events_working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The cases that there were, each kind times its step."""
        counts, points = self._counts(fact), self.events_points(fact, maximum)
        start = self.of_sum(ZERO, maximum)
        told = [
            f"{n} × {self.events[event].told(maximum, say)} ({called(event, self.names, say)})"
            for event, n in counts.items()
            if n
        ]
        if not told:
            none = say("no case arose")
            return f"{none} {arrow_text(points, say)}"
        words = " + ".join(told) if not start else " − ".join([say.number(start), *told])
        exact = self._unbounded(counts, maximum)
        if exact != points:
            sign = "<" if exact < points else ">"
            return f"{words} {sign} {say.number(points)} {arrow_text(points, say)}"
        return f"{words} {result_text(points, say)}"

    def events_told(self, maximum: Fraction, say: Language) -> str:
        """Every kind of case with its step."""
        names = self.named(say)
        return "; ".join(
            f"{names[event]} {step.told(maximum, say)}" for event, step in self.events.items()
        )

    def events_gains(self, now: Fraction, maximum: Fraction, fact: Fact | None) -> Iterator[Gain]:
        """The points of other counts, the fewest first."""
        for points, counts in self.reachable(now, maximum, fact).counts.items():
            yield self._gain(points, counts, maximum)

    def _gain(self, points: Fraction, counts: tuple[int, ...], maximum: Fraction) -> Gain:
        told = {event: Value(Decimal(n)) for event, n in zip(self.events, counts, strict=True)}
        fewer = self.of_sum(ZERO, maximum) == maximum
        return Gain(points, Figures(told), "to" if fewer else "from")

    def events_ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None
    ) -> Iterator[Ladder]:
        """All points of other counts, or where there are too many some of them and the maximum."""
        found = self.reachable(now, maximum, fact)
        points = [*found.counts]
        jump = -(-len(points) // _MOST_SUMS) or 1
        whole = found.whole and jump == 1
        kept = dict.fromkeys([*points[::jump], *points[-1:]])
        yield from (Ladder(each, whole=whole) for each in kept)

    def events_reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None
    ) -> Gain | None:
        """The counts with the least points that are enough."""
        found = self.reachable(points, maximum, fact, strictly=False).counts
        return next((self._gain(each, counts, maximum) for each, counts in found.items()), None)

    def reachable(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, *, strictly: bool = True
    ) -> Reachable:
        """The points over `now` of fewer cases that cost points, or of more that give some.

        Args:
            now: the bound.
            maximum: the most points.
            fact: the present counts, of which those that cost are not exceeded and those
                that give are kept.
            strictly: whether points must be more than the bound, or that many do.
        """
        try:
            present = None if fact is None else tuple(self._counts(fact).values())
        except RefusedError:
            present = None
        steps = self._steps(maximum)
        common = lcm(maximum.denominator, *(step.denominator for step in steps.values()))
        whole = [int(step * common) for step in steps.values()]
        if self.of_sum(ZERO, maximum) == maximum:
            span = (maximum - now) * common
            limits = present or (None,) * len(whole)
            most = ceil(span) - 1 if strictly else span.__floor__()
            sums, complete = _sums(whole, limits, most, passing=False)
            points = {maximum - Fraction(sum_, common): counts for sum_, counts in sums.items()}
        else:
            kept = present or (0,) * len(whole)
            own = sum(n * step for n, step in zip(kept, whole, strict=True))
            most = int(maximum * common) - own
            sums, complete = _sums(whole, (None,) * len(whole), most, passing=True)
            points = {}
            for sum_, counts in sorted(sums.items(), key=lambda each: (sum(each[1]), each[0])):
                all_ = tuple(n + more for n, more in zip(kept, counts, strict=True))
                points.setdefault(min(maximum, Fraction(own + sum_, common)), all_)
        right = {
            each: counts
            for each, counts in sorted(points.items())
            if each > now or (each == now and not strictly)
        }
        return Reachable(right, complete)


def _sums(
    steps: list[int], limits: tuple[int | None, ...], most: int, *, passing: bool
) -> tuple[dict[int, tuple[int, ...]], bool]:
    """The sums of so many of each step up to `most`, each with its counts; whether these are all.

    With `passing` the first sum of each row that passes the most is one too, and of several
    ways to a sum the one with the fewest steps counts; else the one with the most.
    """
    sums: dict[int, tuple[int, ...]] = {0: ()} if most >= 0 or passing else {}
    whole = True
    for step, limit in zip(steps, limits, strict=True):
        found: dict[int, tuple[int, ...]] = {}
        for sum_, counts in sums.items():
            room = max(0, most - sum_)
            times = -(-room // step) if passing else room // step
            times = times if limit is None else min(times, limit)
            jump = -(-(times + 1) * len(sums) // _MOST_TRIED)
            whole &= jump == 1
            for n in dict.fromkeys([*range(0, times + 1, jump), times]):
                at, way = sum_ + n * step, (*counts, n)
                known = found.get(at)
                if known is None or (sum(way) < sum(known)) == passing:
                    found[at] = way
        if len(found) > _MOST_KEPT:
            order = sorted(found)
            kept = dict.fromkeys([*order[:: -(-len(order) // _MOST_KEPT)], order[-1]])
            found, whole = {each: found[each] for each in kept}, False
        sums = found
    return sums, whole
