"""A figure against the best figure of the unit's group."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal, Self

from pydantic import Field, PrivateAttr

from parindex.rules.base import (
    Example,
    Gain,
    Ladder,
    Need,
    RefusedError,
    UndecidedError,
    arrow_text,
    result_text,
)
from parindex.rules.rate import HUNDRED, OF, Figures, RateRule
from parindex.rules.setting import Best, Setting
from parindex.values.codes import (
    MISSING_FIELD,
    REFERENCE_UNKNOWN,
    THRESHOLD_OUT_OF_RANGE,
    WRONG_TYPE,
    ZERO_DENOMINATOR,
)
from parindex.values.exact import ZERO, rounded, to_decimal_or_none
from parindex.values.facts import UNKNOWN, Fact
from parindex.values.fields import AmountField, Share
from parindex.values.language import N_, Language

_WANTED = N_("all units of the group scored together, or reference: 95%")
_LACKS = N_("its figure is not known")
_HUNDREDTH = Fraction(1, 100)


class RelativeRule(RateRule):
    """`{kind: relative}`: own rate ÷ best rate of the group × maximum.

    The best is the highest, with `lower_is_better: true` the lowest: then it is
    best ÷ own. With `target: 80%, at_target: 50%, below: zero` the target gives half of the
    maximum, and the rest is given by the own excess over it ÷ the best excess; `below` says what
    is given for less than the target: nothing, or that share `proportional` to the rate.

    The best is that of all units of the group that are scored together, or what
    stands as `reference:` beside the value. Where it is not known, the points are
    not. Where the best is 0 and the own figure too, `no_cases` says what that gives.
    Whoever is better than the best that is given or held, as in a scenario, gets all.
    """

    example: ClassVar = Example(
        "{kind: relative}",
        2,
        ("{value: 80%, reference: 95%}", "{ratio: [95, 100], reference: 95%}"),
    )

    kind: Literal["relative"]
    of: Figures = Field(default="percent", description=OF)
    lower_is_better: bool = Field(default=False, description="the lowest figure is the best")
    target: AmountField | None = Field(
        default=None, description="the figure that gives `at_target`, in the unit of `of`"
    )
    at_target: Share | None = Field(
        default=None, description="the share of the maximum that the target gives"
    )
    below: Literal["zero", "proportional"] | None = Field(
        default=None,
        description="what is given for less than the target; needed where there is one",
    )
    _best: Best | None = PrivateAttr(None)

    @property
    def is_plain(self) -> bool:
        """Never: the points hang on other units."""
        return False

    @property
    def is_relative(self) -> bool:
        """Always."""
        return True

    def for_unit(self, setting: Setting) -> Self:
        """The rule with the best figure of the unit's group."""
        copy = super().for_unit(setting)
        copy._best = setting.best  # noqa: SLF001
        return copy

    def compared(self, fact: Fact) -> Fraction | None:
        """The rate or figure; None where no case arose."""
        return self._goes_by(fact)

    def best_of(self, figures: Iterable[Fraction]) -> Fraction:
        """The highest, or the lowest."""
        return min(figures) if self.lower_is_better else max(figures)

    def formula(self, maximum: Fraction) -> str:
        """None: a workbook does not know the others."""
        return ""

    def formula_at(self, figure: str, whole: Decimal) -> str:
        """None."""
        return ""

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """A target, 0 < target < 100 %, goes with its share, 0 ≤ share < 100 %, and what is given below it."""
        yield from super().proof(maximum)
        if self.target is None:
            for name in ("at_target", "below"):
                if getattr(self, name) is not None:
                    yield RefusedError(MISSING_FIELD, (name,), expected="target")
            return
        if self.at_target is None:
            yield RefusedError(MISSING_FIELD, ("at_target",), expected="at_target")
        elif not 0 <= self.at_target < HUNDRED:
            yield RefusedError(THRESHOLD_OUT_OF_RANGE, ("at_target",), found=f"{self.at_target:f}%")
        if self.below is None:
            yield RefusedError(MISSING_FIELD, ("below",), expected="below: zero / proportional")
        found = f"{self.target.value:f}{'%' if self.target.is_share else ''}"
        if self.target.is_share != (self.of == "percent"):
            expected = "80%" if self.of == "percent" else "12.5"
            yield RefusedError(WRONG_TYPE, ("target",), found=found, expected=expected)
        elif self.target.value <= 0 or (self.target.is_share and self.target.value >= HUNDRED):
            yield RefusedError(THRESHOLD_OUT_OF_RANGE, ("target",), found=found)

    def points_at(self, figure: Fraction, maximum: Fraction) -> Fraction:
        """The share of the best, or what the target gives and the share of the excess."""
        known = self._known()
        best = self.best_of((figure, known))
        if self.target is None:
            if not known == figure == 0:
                return maximum if figure == best else self._share(figure, best) * maximum
            if self.no_cases is None:
                raise RefusedError(ZERO_DENOMINATOR, found="0/0")
            return maximum if self.no_cases == "full-points" else ZERO
        target, middle = Fraction(self.target.value), self._middle(maximum)
        if figure == target or self._is_better(figure, target):
            excess = (figure - target) / (best - target) if figure != target else ZERO
            return middle + excess * (maximum - middle)
        return ZERO if self.below == "zero" else self._share(figure, target) * middle

    def working_at(self, figure: Fraction, told: str, maximum: Fraction, say: Language) -> str:
        """The best figure of the group, what is done with both, and the points."""
        points, best = self.points_at(figure, maximum), self.best_of((figure, self._known()))
        words = self._text(best, say)
        said = say("best of the group: {best}", best=words)
        most = say.number(maximum)
        if self.target is None:
            pair = (words, told) if self.lower_is_better else (told, words)
            return f"{said}; {' ÷ '.join(pair)} × {most} {result_text(points, say)}"
        middle, target = self._middle(maximum), Fraction(self.target.value)
        edge, half = self._text(target, say), say.number(middle)
        if figure == target:
            return f"{said}; {told} = {edge} {arrow_text(points, say)}"
        if not self._is_better(figure, target):
            if self.below == "zero":
                sign = ">" if self.lower_is_better else "<"
                return f"{said}; {told} {sign} {edge} {arrow_text(points, say)}"
            pair = (edge, told) if self.lower_is_better else (told, edge)
            return f"{said}; {' ÷ '.join(pair)} × {half} {result_text(points, say)}"
        own, whole = (
            ((edge, told), (edge, words)) if self.lower_is_better else ((told, edge), (words, edge))
        )
        share = f"({' − '.join(own)}) ÷ ({' − '.join(whole)})"
        rest = say.number(maximum - middle)
        return f"{said}; {half} + {share} × {rest} {result_text(points, say)}"

    def words_at(self, maximum: Fraction, say: Language) -> str:
        """What is divided by what, and what the target gives."""
        most = say.number(maximum)
        if self.target is None:
            words = (
                N_("Lowest figure of the group ÷ own figure × {maximum}.")
                if self.lower_is_better
                else N_("Own figure ÷ highest figure of the group × {maximum}.")
            )
            return say(words, maximum=most)
        middle = self._middle(maximum)
        told = say(
            "{points} at {target}, and {rest} × own excess over it ÷ best excess of the group.",
            points=say.number(middle),
            target=self._text(Fraction(self.target.value), say),
            rest=say.number(maximum - middle),
        )
        worse = (
            N_("What does not reach it gives 0.")
            if self.below == "zero"
            else N_("What does not reach it gives {points} in proportion.")
        )
        return f"{told} {say(worse, points=say.number(middle))}"

    def thresholds(
        self, figure: Fraction | None, now: Fraction, maximum: Fraction
    ) -> list[tuple[Fraction, Decimal, Need]]:
        """The target, where less than it gives nothing, and the best figure of the group."""
        if not isinstance(self._best, Fraction) or self._nothing:
            return []
        middle = self._middle(maximum)
        steps = [middle] if self.target is not None and self._jumps and middle else []
        found = []
        for points in (*steps, maximum):
            exact, need = self.figure_for(points, maximum)
            found.append((points, self._reportable(exact, need), need))
        return found

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """The same; counts by the exact figures."""
        reached = now
        for points, edge, need in self.thresholds(None, now, maximum):
            exact = edge if self._whole(fact) is None else self.figure_for(points, maximum)[0]
            gain = self._needed(fact, Gain(points, UNKNOWN, need), exact, maximum)
            if gain.points > reached:
                yield gain
                reached = gain.points

    @property
    def any_points(self) -> bool:
        """Any, unless nobody in the group is over the target: whoever is gets all."""
        known = isinstance(self._best, Fraction)
        return known and not self._nothing and not self._nobody_over

    @property
    def _nothing(self) -> bool:
        """Whether the best is 0, of which nothing can be a share."""
        return self.target is None and self._best == 0

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """Even steps where points are in proportion to the figure; elsewhere points that it is over."""
        is_even = self.target is None and not self.lower_is_better
        gains = [gain.points for gain in self.gains(now, maximum, fact)]
        if not self.any_points or is_even or not gains:
            yield from super().ladders(now, maximum, fact, least, digits)
            return
        start = gains[0] if len(gains) > 1 else min(now + least, gains[0])
        step = Fraction(1, 10**digits)
        if start < maximum:
            yield Ladder(start, step, ceil((maximum - start) / step), whole=False)
        yield Ladder(maximum)

    def figure_for(self, points: Fraction, maximum: Fraction) -> tuple[Fraction, Need]:
        """The figure by which the points are that share of the maximum, or of what the target leaves."""
        need: Need = "to" if self.lower_is_better else "from"
        best, middle = self._known(), self._middle(maximum)
        if self.target is None:
            return self._figure_of_share(points / maximum, best), need
        target = Fraction(self.target.value)
        if points <= middle:
            share = 1 if self.below == "zero" else points / middle
            return self._figure_of_share(Fraction(share), target), need
        if self._nobody_over:
            beyond = target - _HUNDREDTH if self.lower_is_better else target + _HUNDREDTH
            most = HUNDRED if self.of == "percent" else beyond
            return max(ZERO, min(Fraction(most), beyond)), need
        return target + (points - middle) / (maximum - middle) * (best - target), need

    def _known(self) -> Fraction:
        """The best figure of the group.

        Raises:
            UndecidedError: P422 it is not known.
        """
        if isinstance(self._best, Fraction):
            return self._best
        if self._best is None:
            raise UndecidedError(REFERENCE_UNKNOWN, expected=_WANTED)
        raise UndecidedError(REFERENCE_UNKNOWN, found=self._best, cause=_LACKS)

    def _is_better(self, one: Fraction, other: Fraction) -> bool:
        return one < other if self.lower_is_better else one > other

    def _share(self, figure: Fraction, best: Fraction) -> Fraction:
        """How much a figure is of a better one."""
        return best / figure if self.lower_is_better else figure / best

    def _figure_of_share(self, share: Fraction, best: Fraction) -> Fraction:
        return best / share if self.lower_is_better else best * share

    def _middle(self, maximum: Fraction) -> Fraction:
        """The points at the target."""
        return Fraction(self.at_target or 0) * maximum / 100

    @property
    def _jumps(self) -> bool:
        return self.below == "zero" or self._nobody_over

    @property
    def _nobody_over(self) -> bool:
        """Whether there is a target that nobody in the group is over."""
        if self.target is None or not isinstance(self._best, Fraction):
            return False
        return not self._is_better(self._best, Fraction(self.target.value))

    def _text(self, figure: Fraction, say: Language) -> str:
        number = to_decimal_or_none(figure)
        number = rounded(figure, 4) if number is None else number
        return say.percent(number) if self.of == "percent" else say.number(number)

    @staticmethod
    def _reportable(figure: Fraction, need: Need) -> Decimal:
        """A figure as it can be reported, not worse than it is exactly."""
        units = ceil(figure * 100) if need == "from" else floor(figure * 100)
        exact = to_decimal_or_none(figure)
        return Decimal(f"{units}E-2") if exact is None else exact
