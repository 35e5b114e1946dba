"""What the kinds of rules have in common that take a rate or another measured figure."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Final, Literal, Self

from pydantic import Field, PrivateAttr

from parindex.rules import arithmetic
from parindex.rules.base import (
    NAMES,
    Gain,
    Ladder,
    Need,
    RefusedError,
    Rule,
    UndecidedError,
    arrow_text,
    called,
    names_proof,
    outside_share,
)
from parindex.rules.expression_tree import Condition, Named, Tree
from parindex.rules.figures import FigureKind, FigureName, figures_of
from parindex.rules.formula import RATE, RESULT, of_number, of_rate
from parindex.rules.input import FIGURES, NUMBER, PERCENT, Input
from parindex.rules.setting import Setting
from parindex.rules.worked_out import ExpressionText, WorkedOut
from parindex.values import facts
from parindex.values.codes import (
    MISSING_FIELD,
    OUT_OF_RANGE,
    PARAMETERS_EXCLUDE,
    RATE_UNKNOWN,
    THRESHOLD_OUT_OF_RANGE,
    WRONG_INPUT_FOR_RULE,
    ZERO_DENOMINATOR,
)
from parindex.values.exact import ZERO, percent, rounded, to_text
from parindex.values.facts import UNKNOWN, Fact, Ratio, Value
from parindex.values.fields import Code, Name
from parindex.values.language import Language

_DIGITS: Final = 2
HUNDRED: Final = Decimal(100)
OF: Final = "`percent` takes a percentage or a ratio, `value` a plain number of 0 or more"
Figures = Literal["percent", "value"]


class RateRule(Rule):
    """Base of the kinds that take a figure: a percentage or ratio in hundredths, or a number.

    A ratio of 0 to 0 is refused, unless `no_cases` says what it gives where no
    case arose in the year: full points or zero. With `part` the figure is worked out
    of figures by name; a percentage or a ratio may still be reported as it is. With
    `times` it is multiplied with the rate of another leaf.
    """

    no_cases: Literal["full-points", "zero"] | None = Field(
        default=None,
        description="what 0 of 0 gives, `full-points` or `zero`; without it such a ratio is refused",
    )
    times: Code | None = Field(
        default=None,
        description="the code of another leaf whose rate this one is multiplied with; a chain has at most 20 leaves",
    )
    part: ExpressionText | None = Field(
        default=None,
        description="the figure worked out of figures by name, like `on_time / received`",
    )
    inputs: dict[FigureName, FigureKind] = Field(
        default_factory=dict,
        description="of the figures by name: `percent`, `number`, or `count`, which need not be said",
    )
    names: dict[FigureName, Name] = Field(default_factory=dict, description=NAMES)
    _factor: Fraction | None = PrivateAttr(None)
    _months: int | None = PrivateAttr(None)

    @property
    def figures(self) -> Figures:
        """Whether the rule takes percentages and ratios, or plain numbers: its `of`, if it has one."""
        of: Figures = getattr(self, "of", "percent")
        return of

    @property
    def wholes(self) -> tuple[str, ...]:
        """What `part` is a part of: the first that is not 0; without any `part` is the figure itself."""
        return ()

    @property
    def takes(self) -> Input:
        """A rate, a plain number, or figures by name."""
        if self.part is not None:
            return FIGURES
        return PERCENT if self.figures == "percent" else NUMBER

    @cached_property
    def _worked_out(self) -> WorkedOut | None:
        """How the figure is worked out of those by name; None where it is reported itself."""
        return None if self.part is None else WorkedOut(self.part, self.wholes, self.inputs)

    def named(self, say: Language) -> Mapping[str, str]:
        """The figures by name."""
        names = self._worked_out.kinds if self._worked_out else ()
        return {name: called(name, self.names, say) for name in names}

    @property
    def is_plain(self) -> bool:
        """Not with the rate of another leaf, or figures, of which some hang on the period."""
        return self.times is None and self.part is None

    @property
    def needs(self) -> tuple[str, ...]:
        """The other leaf."""
        return () if self.times is None else (self.times,)

    @property
    def gives_rate(self) -> bool:
        """Whether it is a percentage."""
        return self.figures == "percent"

    def for_unit(self, setting: Setting) -> Self:
        """The rule with the rate of the other leaf, and the months of the period."""
        if self.is_plain:
            return self
        copy = self.model_copy()
        copy._months = setting.months  # noqa: SLF001
        copy._factor = setting.rates.get(self.times or "")  # noqa: SLF001
        return copy

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """What it is worked out of is sound; only a rate is multiplied with another."""
        if self._worked_out is not None:
            yield from self._worked_out.proof(self.inputs)
            yield from names_proof(self.names, self._worked_out.kinds)
        elif self.wholes or self.inputs or self.names:
            yield RefusedError(MISSING_FIELD, expected="part")
        inverted = getattr(self, "inverted", False)
        if self.times is not None and (self.figures != "percent" or inverted):
            found = "times, inverted" if inverted else "times, of: value"
            yield RefusedError(
                PARAMETERS_EXCLUDE, ("times",), found=found, expected="times / " + found[7:]
            )

    def formula(self, maximum: Fraction) -> str:
        """The points of a figure that is possible, where it is reported itself."""
        if not self.is_plain:
            return ""
        if self.figures == "percent":
            return of_rate(self.formula_at(RATE, HUNDRED), self.no_cases)
        return of_number(self.formula_at(RESULT, Decimal(1)))

    def expression(self, maximum: Fraction) -> Tree | None:
        """The points of the figure, worked out and multiplied as the rule says."""
        figure = self._figure_tree()
        if figure is None:
            return None
        if self.times is not None:
            figure = arithmetic.product(figure, Named(arithmetic.RATE_OF + self.times))
        whole = HUNDRED if self.figures == "percent" else Decimal(1)
        return self.expression_at(figure, whole, maximum)

    def expression_at(self, figure: Tree, whole: Decimal, maximum: Fraction) -> Tree | None:
        """The points of such a figure, in which `whole` is 1."""
        return None

    def fits(self, maximum: Fraction) -> Condition | None:
        """What is worked out is a possible figure."""
        figure = self._figure_tree()
        if self._worked_out is None or figure is None:
            return None
        least = arithmetic.compare(figure, "≥", 0)
        if self.figures != "percent":
            return least
        return arithmetic.both(least, arithmetic.compare(figure, "≤", 1))

    def _figure_tree(self) -> Tree | None:
        """The figure before it is multiplied; None where it hangs on months that are not known."""
        if self._worked_out is None:
            return Named(arithmetic.RATE if self.figures == "percent" else arithmetic.VALUE)
        return self._worked_out.tree(self._months)

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
        figure = self._goes_by(fact)
        if figure is None:
            return maximum if self.no_cases == "full-points" else ZERO
        return self.points_at(figure, maximum)

    def rate(self, fact: Fact) -> Fraction | None:
        """The figure by which it goes; that of no case is 0 or 100 %, as its points are."""
        if not self.gives_rate:
            return None
        try:
            figure = self._goes_by(fact)
        except UndecidedError:
            return None
        if figure is None:
            return Fraction(HUNDRED) if self.no_cases == "full-points" else ZERO
        return figure

    def _goes_by(self, fact: Fact) -> Fraction | None:
        """The figure by which the points go; None where no case arose, and the rule says what that gives."""
        if self._no_cases(fact):
            return None
        figure = self._reported(fact)
        if figure is None or self.times is None:
            return figure
        if self._factor is None:
            raise UndecidedError(RATE_UNKNOWN, found=self.times)
        return figure * self._factor / 100

    def _reported(self, fact: Fact) -> Fraction | None:
        """The figure before it is multiplied; None as above.

        Raises:
            RefusedError: as `figure_of`, and what is wrong with figures by name.
        """
        if self._worked_out is None or isinstance(fact, Ratio | Value):
            return figure_of(fact, self.figures)
        if not isinstance(fact, facts.Figures):
            figures_of(fact, self._worked_out.kinds)  # which says what to report
            return None
        figure = self._worked_out.value(fact, self._months)
        if figure is None:
            if self.no_cases is not None:
                return None
            raise RefusedError(ZERO_DENOMINATOR, found=self.part or "")
        figure = figure * 100 if self.figures == "percent" else figure
        if figure < 0 or (self.figures == "percent" and figure > HUNDRED):
            expected = "0–100 %" if self.figures == "percent" else "≥ 0"
            found = f"{self.part}: {to_text(rounded(figure, _DIGITS))}"
            raise RefusedError(OUT_OF_RANGE, found=found, expected=expected)
        return figure

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The figure, what is done with it, and the points."""
        figure = self._goes_by(fact)
        if figure is None:
            none = say("no case arose")
            empty = "0/0" if isinstance(fact, Ratio) else self._told(fact, say)
            return f"{empty} → {none} {arrow_text(self.points(fact, maximum), say)}"
        return self.working_at(figure, self._with_factor(fact, figure, say), maximum, say)

    def _told(self, fact: Fact, say: Language) -> str:
        """What was reported, or how the figure is worked out."""
        if self._worked_out is None or not isinstance(fact, facts.Figures):
            return figure_text(fact, say)
        told = self._worked_out.words(fact, self._months, say)
        figure = self._reported(fact)
        return told if figure is None else f"{told} = {self._spelt(figure, say)}"

    def _with_factor(self, fact: Fact, figure: Fraction, say: Language) -> str:
        """The same, multiplied with the rate of the other leaf."""
        if self._factor is None:
            return self._told(fact, say)
        own = self._spelt(self._reported(fact) or ZERO, say)
        told = self._told(fact, say)
        if isinstance(fact, Ratio):
            told = f"{say.number(fact.part)}/{say.number(fact.whole)}"
        elif isinstance(fact, facts.Figures):
            told = own
        factor = self._spelt(self._factor, say)
        return f"{told} × {factor} ({self.times}) = {self._spelt(figure, say)}"

    def _spelt(self, figure: Fraction, say: Language) -> str:
        shown = rounded(figure, _DIGITS)
        return say.percent(shown) if self.figures == "percent" else say.number(shown)

    @abstractmethod
    def words_at(self, maximum: Fraction, say: Language) -> str:
        """What becomes of a figure, in a sentence or two."""

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """The same, and how the figure comes about."""
        told = [self.words_at(maximum, say)]
        if self._worked_out is not None:
            way = self._worked_out.in_words(self.named(say), say)
            told.append(say("Worked out of figures: {way}.", way=way))
        if self.times is not None:
            told.append(say("Multiplied with the rate of {code}.", code=self.times))
        return " ".join(told)

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """The thresholds that give more points."""
        if not self._can_tell(fact):
            return
        figure = self._figure(fact)
        reached = now
        for points, edge, need in sorted(self.thresholds(figure, now, maximum)):
            gain = self._needed(fact, Gain(points, UNKNOWN, need), edge, maximum)
            if gain.points > reached:
                yield gain
                reached = gain.points

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """The figure for the points, in hundredths rounded to the side that gives more."""
        if not self.any_points:
            return super().reaching(points, maximum, fact)
        if not self._can_tell(fact):
            return None
        exact, need = self.figure_for(points, maximum)
        return self._needed(fact, Gain(points, UNKNOWN, need), exact, maximum, on_grid=True)

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """Steps, or the points of all figures that can be reported, and the most of them."""
        if not self.any_points:
            yield from super().ladders(now, maximum, fact, least, digits)
            return
        gains = [gain.points for gain in self.gains(now, maximum, fact)]
        if not gains:
            return
        most = gains[-1]
        start = gains[0] if len(gains) > 1 else min(now + least, gains[0])
        first = self.reaching(start, maximum, fact)
        if first is not None and first.points < most:
            way = self.figure_for(most, maximum)[0] - self.figure_for(first.points, maximum)[0]
            step = self._grid(fact) * (most - first.points) / abs(way)
            yield Ladder(first.points, step, ceil((most - first.points) / step))
        yield Ladder(most)

    @property
    def _scale(self) -> Fraction:
        """What the figure is multiplied with."""
        return Fraction(1) if self._factor is None else self._factor / 100

    def _can_tell(self, fact: Fact | None) -> bool:
        """Whether a figure can be told that gives more points."""
        if self.times is not None and not self._factor:
            return False
        if self.part is None or isinstance(fact, Ratio | Value):
            return True
        return isinstance(fact, facts.Figures) and self._whole(fact) is not None

    def _grid(self, fact: Fact | None) -> Fraction:
        """How far apart figures are that can be reported: a case of the same whole, or 0.01."""
        whole = self._whole(fact)
        return (Fraction(1, 100) if whole is None else 100 / whole) * self._scale

    def _whole(self, fact: Fact | None) -> Fraction | None:
        """The whole of which needs are told as counts; None where they are told as figures."""
        if self._figure(fact) is None:
            return None
        if isinstance(fact, Ratio):
            return Fraction(fact.whole) if fact.whole == int(fact.whole) else None
        if isinstance(fact, facts.Figures) and self._worked_out and self._worked_out.counted:
            return self._worked_out.whole(fact, self._months)
        return None

    def figure_for(self, points: Fraction, maximum: Fraction) -> tuple[Fraction, Need]:
        """The figure that gives so many points, over 0, where a rule gives any points."""
        raise NotImplementedError

    def _no_cases(self, fact: Fact) -> bool:
        empty = isinstance(fact, Ratio) and fact.whole == 0 == fact.part
        return empty and self.no_cases is not None and self.figures == "percent"

    def _figure(self, fact: Fact | None) -> Fraction | None:
        try:
            return None if fact is None else self._goes_by(fact)
        except RefusedError:
            return None

    def _needed(
        self,
        fact: Fact | None,
        gain: Gain,
        edge: Fraction | Decimal,
        maximum: Fraction,
        *,
        on_grid: bool = False,
    ) -> Gain:
        """A gain with what must be reported for it, in the form of what was reported."""
        exact = edge if self._factor is None else Fraction(edge) / self._scale
        whole = self._whole(fact)
        if whole is not None:
            count = min(_count(Fraction(exact) * whole / 100, gain.need), floor(whole))
            reported = self._with_part(fact, count)
            need: Need = "to" if gain.need in ("to", "below") else "from"
            need = "is" if isinstance(fact, facts.Figures) else need
            return Gain(self.points(reported, maximum), reported, need)
        is_percent = self.figures == "percent"
        if isinstance(exact, Decimal) and not on_grid:
            return Gain(gain.points, Value(exact, is_percent), gain.need)
        need = gain.need
        if is_percent and (exact > HUNDRED or (exact == HUNDRED and need == "above")):
            exact, need = HUNDRED, "from"
        up = need in ("from", "above")
        decimal = Decimal(f"{(ceil if up else floor)(exact * 100)}E-2")
        strict = need in ("above", "below")
        points = self.points_at(Fraction(decimal) * self._scale, maximum)
        return Gain(gain.points if strict else points, Value(decimal, is_percent), need)

    def _with_part(self, fact: Fact | None, count: int) -> Fact:
        """What was reported, with another part of the same whole."""
        if isinstance(fact, facts.Figures):
            part = Value(Decimal(count))
            return facts.Figures({**fact.figures, (self.part or "").strip(): part})
        return Ratio(Decimal(count), fact.whole if isinstance(fact, Ratio) else Decimal(1))


def _count(exact: Fraction, need: Need) -> int:
    """The whole number that stands to a figure as is needed."""
    return {
        "from": ceil(exact),
        "above": floor(exact) + 1,
        "to": floor(exact),
        "below": ceil(exact) - 1,
    }.get(need, 0)


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
        raise outside_share(found, fact)
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
