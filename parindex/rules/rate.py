"""What the kinds of rules have in common that take a rate or another measured figure."""

from abc import abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from pydantic import Field

from parindex.rules.base import Gain, Ladder, Need, RefusedError, Rule, arrow_text
from parindex.rules.formula import RATE, RESULT, of_number, of_rate
from parindex.rules.input import NUMBER, PERCENT, Input
from parindex.values.codes import (
    OUT_OF_RANGE,
    THRESHOLD_OUT_OF_RANGE,
    WRONG_INPUT_FOR_RULE,
    ZERO_DENOMINATOR,
)
from parindex.values.exact import ZERO, percent, rounded
from parindex.values.facts import Fact, Ratio, Value
from parindex.values.language import Language

HUNDRED: Final = Decimal(100)
OF: Final = "`percent` takes a percentage or a ratio, `value` a plain number of 0 or more"
Figures = Literal["percent", "value"]


class RateRule(Rule):
    """Base of the kinds that take a figure: a percentage or ratio in hundredths, or a number.

    A ratio of 0 to 0 is refused, unless `no_cases` says what it gives where no
    case arose in the year: full points or zero.
    """

    no_cases: Literal["full-points", "zero"] | None = Field(
        default=None,
        description="what 0 of 0 gives, `full-points` or `zero`; without it such a ratio is refused",
    )

    @property
    def figures(self) -> Figures:
        """Whether the rule takes percentages and ratios, or plain numbers: its `of`, if it has one."""
        of: Figures = getattr(self, "of", "percent")
        return of

    @property
    def takes(self) -> Input:
        """A rate, or a plain number."""
        return PERCENT if self.figures == "percent" else NUMBER

    def formula(self, maximum: Fraction) -> str:
        """The points of a figure that is possible."""
        if self.figures == "percent":
            return of_rate(self.formula_at(RATE, HUNDRED), self.no_cases)
        return of_number(self.formula_at(RESULT, Decimal(1)))

    @abstractmethod
    def formula_at(self, figure: str, whole: Decimal) -> str:
        """The formula of the points of such a figure, in which `whole` is written as 1."""

    @abstractmethod
    def points_at(self, figure: Fraction, maximum: Fraction) -> Fraction:
        """The points of a figure that is possible."""

    @abstractmethod
    def working_at(self, figure: Fraction, told: str, maximum: Fraction, say: Language) -> str:
        """The working of such a figure, which is `told` as it was reported."""

    @abstractmethod
    def thresholds(
        self, figure: Fraction | None, now: Fraction, maximum: Fraction
    ) -> list[tuple[Fraction, Decimal, Need]]:
        """Points above `now`, and how to stand to which figure for them."""

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The points of the figure."""
        if self._no_cases(fact):
            return maximum if self.no_cases == "full-points" else ZERO
        return self.points_at(figure_of(fact, self.figures), maximum)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The figure, what is done with it, and the points."""
        if self._no_cases(fact):
            none = say("no case arose")
            return f"0/0 → {none} {arrow_text(self.points(fact, maximum), say)}"
        figure = figure_of(fact, self.figures)
        return self.working_at(figure, figure_text(fact, say), maximum, say)

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """The thresholds that give more points."""
        figure = self._figure(fact)
        reached = now
        for points, edge, need in sorted(self.thresholds(figure, now, maximum)):
            gain = Gain(points, Value(edge, self.figures == "percent"), need)
            if isinstance(fact, Ratio) and figure is not None:
                gain = self._in_counts(fact, gain, edge, maximum)
            if gain.points > reached:
                yield gain
                reached = gain.points

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """The figure for the points, in hundredths rounded to the side that gives more."""
        if not self.any_points:
            return super().reaching(points, maximum, fact)
        exact, need = self.figure_for(points, maximum)
        if self._counted(fact) and isinstance(fact, Ratio):
            return self._in_counts(fact, Gain(points, fact, need), exact, maximum)
        units = ceil(exact * 100) if need == "from" else floor(exact * 100)
        figure = Decimal(f"{units}E-2")
        reached = self.points_at(Fraction(figure), maximum)
        return Gain(reached, Value(figure, self.figures == "percent"), need)

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """Steps, or the points of all figures that can be reported, and the maximum."""
        if not self.any_points:
            yield from super().ladders(now, maximum, fact, least, digits)
            return
        gains = [gain.points for gain in self.gains(now, maximum, fact)]
        if not gains:
            return
        start = gains[0] if len(gains) > 1 else min(now + least, gains[0])
        first = self.reaching(start, maximum, fact)
        if first is not None and first.points < maximum:
            way = self.figure_for(maximum, maximum)[0] - self.figure_for(first.points, maximum)[0]
            step = self._grid(fact) * (maximum - first.points) / abs(way)
            yield Ladder(first.points, step, ceil((maximum - first.points) / step))
        yield Ladder(maximum)

    def _grid(self, fact: Fact | None) -> Fraction:
        """How far apart figures are that can be reported: a case of the same whole, or 0.01."""
        if self._counted(fact) and isinstance(fact, Ratio):
            return Fraction(100, int(fact.whole))
        return Fraction(1, 100)

    def _counted(self, fact: Fact | None) -> bool:
        """Whether needs are told as counts of the same whole."""
        whole = isinstance(fact, Ratio) and fact.whole == int(fact.whole)
        return whole and self._figure(fact) is not None

    def figure_for(self, points: Fraction, maximum: Fraction) -> tuple[Fraction, Need]:
        """The figure that gives so many points, over 0, where a rule gives any points."""
        raise NotImplementedError

    def _no_cases(self, fact: Fact) -> bool:
        empty = isinstance(fact, Ratio) and fact.whole == 0 == fact.part
        return empty and self.no_cases is not None and self.figures == "percent"

    def _figure(self, fact: Fact | None) -> Fraction | None:
        try:
            return None if fact is None else figure_of(fact, self.figures)
        except RefusedError:
            return None

    def _in_counts(
        self, fact: Ratio, gain: Gain, edge: Decimal | Fraction, maximum: Fraction
    ) -> Gain:
        """A need as a count of the same whole, where that is a whole number."""
        if fact.whole != int(fact.whole):
            return gain
        exact = Fraction(edge) * int(fact.whole) / 100
        need: Need = "to" if gain.need in ("to", "below") else "from"
        count = {
            "from": ceil(exact),
            "above": floor(exact) + 1,
            "to": floor(exact),
            "below": ceil(exact) - 1,
        }.get(gain.need, 0)
        reported = Ratio(Decimal(count), fact.whole)
        return Gain(self.points(reported, maximum), reported, need)


def figure_of(fact: Fact, figures: Figures) -> Fraction:
    """The figure that a rule goes by: hundredths from 0 to 100, or a number of 0 or more.

    Raises:
        RefusedError: P205 another kind of input, P206 a whole of 0, P207 a figure
            outside what is possible.
    """
    if figures == "percent":
        return _percent_of(fact)
    if not isinstance(fact, Value) or fact.is_percent:
        raise RefusedError(WRONG_INPUT_FOR_RULE, expected="value: 12.5")
    if fact.value < 0:
        raise RefusedError(OUT_OF_RANGE, found=f"{fact.value:f}", expected="≥ 0")
    return Fraction(fact.value)


def _percent_of(fact: Fact) -> Fraction:
    if isinstance(fact, Ratio):
        found = f"{fact.part:f}/{fact.whole:f}"
        if fact.whole == 0:
            raise RefusedError(ZERO_DENOMINATOR, found=found)
        figure = percent(Fraction(fact.part), Fraction(fact.whole))
    elif isinstance(fact, Value) and fact.is_percent:
        found = f"{fact.value:f}%"
        figure = Fraction(fact.value)
    else:
        raise RefusedError(WRONG_INPUT_FOR_RULE, expected="value: 97.2%, ratio: [234, 543]")
    if not 0 <= figure <= HUNDRED:
        raise RefusedError(OUT_OF_RANGE, found=found, expected="0–100 %")
    return figure


def figure_text(fact: Fact, say: Language, digits: int = 2) -> str:
    """A figure as typed, or a ratio with its quotient: `234/543 = 43.09 %`."""
    if isinstance(fact, Ratio):
        quotient = rounded(percent(Fraction(fact.part), Fraction(fact.whole)), digits)
        return f"{say.number(fact.part)}/{say.number(fact.whole)} = {say.percent(quotient)}"
    if not isinstance(fact, Value):
        return ""
    return say.percent(fact.value) if fact.is_percent else say.number(fact.value)


def threshold_proof(
    figure: Decimal, figures: Figures, path: tuple[str | int, ...]
) -> Iterator[RefusedError]:
    """A threshold is 0 or more, and of percentages not over 100."""
    if figure < 0 or (figures == "percent" and figure > HUNDRED):
        yield RefusedError(THRESHOLD_OUT_OF_RANGE, path, found=f"{figure:f}")
