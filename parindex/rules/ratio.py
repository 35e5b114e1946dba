"""A share of the maximum in proportion to a rate, with a floor or a target."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import Example, Need, RefusedError, arrow_text, result_text
from parindex.rules.expression_tree import Tree
from parindex.rules.formula import MAX, share
from parindex.rules.rate import HUNDRED, Figures, RateRule
from parindex.rules.worked_out import ExpressionText
from parindex.values.codes import PARAMETERS_EXCLUDE, THRESHOLD_OUT_OF_RANGE
from parindex.values.exact import ZERO, to_decimal_or_none
from parindex.values.fields import Share
from parindex.values.language import Language


class RatioRule(RateRule):
    """`{kind: ratio}`: rate × maximum.

    `floor: 80%` gives 0 below the floor and the full proportion from it on, a
    jump and not a ramp. `target: 90%` gives rate ÷ target of the maximum, and
    the maximum from the target on. With `inverted: true` what is reported is
    what went wrong, and the rate is 100 % less that.
    """

    example: ClassVar = Example(
        "{kind: ratio, target: 90%}", 3, ("ratio: [234, 543]", "value: 97.2%")
    )

    kind: Literal["ratio"]
    floor: Share | None = Field(default=None, description="below this rate 0 points")
    target: Share | None = Field(default=None, description="from this rate on the maximum")
    inverted: bool = Field(default=False, description="what is reported is what went wrong")
    of: ExpressionText | None = Field(
        default=None, description="of figures by name, what `part` is a part of"
    )
    else_: ExpressionText | None = Field(
        default=None, alias="else", description="what it is a part of where `of` is 0"
    )

    @property
    def figures(self) -> Figures:
        """Always a rate."""
        return "percent"

    @property
    def wholes(self) -> tuple[str, ...]:
        """Both, as far as they are there."""
        return tuple(each for each in (self.of, self.else_) if each is not None)

    def formula_at(self, figure: str, whole: Decimal) -> str:
        """Rate × maximum, by floor or target."""
        rate = f"ROUND(1-{figure},12)" if self.inverted else figure
        if self.floor is not None:
            return f"IF({rate}<{share(self.floor)},0,{rate}*{MAX})"
        if self.target is not None:
            return f"MIN(1,{rate}/{share(self.target)})*{MAX}"
        return f"{rate}*{MAX}"

    def expression_at(self, figure: Tree, whole: Decimal, maximum: Fraction) -> Tree:
        """Rate × maximum, by floor or target."""
        rate = arithmetic.less(arithmetic.number(1), figure) if self.inverted else figure
        if self.target is not None:
            points = arithmetic.times(rate, 100 * maximum / Fraction(self.target))
            return arithmetic.at_most(points, maximum)
        points = arithmetic.times(rate, maximum)
        if self.floor is None:
            return points
        below = arithmetic.compare(rate, "<", Fraction(self.floor) / 100)
        return arithmetic.first_of([(below, arithmetic.number(0))], points)

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """A floor and a target lie over 0 and not over 100 %; not both are given."""
        yield from super().proof(maximum)
        if self.floor is not None and self.target is not None:
            yield RefusedError(
                PARAMETERS_EXCLUDE, ("target",), found="floor, target", expected="floor / target"
            )
        for field, rate in (("floor", self.floor), ("target", self.target)):
            if rate is not None and not 0 < rate <= HUNDRED:
                yield RefusedError(THRESHOLD_OUT_OF_RANGE, (field,), found=f"{rate:f}%")

    def points_at(self, figure: Fraction, maximum: Fraction) -> Fraction:
        """Rate × maximum, by floor or target."""
        rate = self._rate(figure)
        if self.floor is not None and rate < self.floor:
            return ZERO
        if self.target is not None:
            return min(Fraction(1), rate / Fraction(self.target)) * maximum
        return rate * maximum / 100

    def working_at(self, figure: Fraction, told: str, maximum: Fraction, say: Language) -> str:
        """The rate, and what it is multiplied with or measured against."""
        if self.inverted:
            told = f"100 % − {told}" if " = " not in told else f"100 % − ({told})"
        points, rate = self.points_at(figure, maximum), self._rate(figure)
        if self.floor is not None and rate < self.floor:
            return f"{told} < {say.percent(self.floor)} {arrow_text(points, say)}"
        most = say.number(maximum)
        if self.target is None:
            whole = f"({told})" if self.inverted else told
            return f"{whole} × {most} {result_text(points, say)}"
        if rate >= self.target:
            return f"{told} ≥ {say.percent(self.target)} {arrow_text(points, say)}"
        whole = f"({told})" if self.inverted else told
        return f"{whole} ÷ {say.percent(self.target)} × {most} {result_text(points, say)}"

    def words_at(self, maximum: Fraction, say: Language) -> str:
        """What the rate is multiplied with, and from where on."""
        most = say.number(maximum)
        if self.floor is not None:
            floor = say.number(self.floor)
            told = say(
                "Rate × {maximum} from {floor} % on; below that 0.", maximum=most, floor=floor
            )
        elif self.target is not None:
            target = say.number(self.target)
            told = say(
                "Rate ÷ {target} % × {maximum}, at most {maximum}.", maximum=most, target=target
            )
        else:
            told = say("Rate × {maximum}.", maximum=most)
        if self.inverted:
            inverted = say("The rate is 100 % less what is reported.")
            return f"{told} {inverted}"
        return told

    def thresholds(
        self, figure: Fraction | None, now: Fraction, maximum: Fraction
    ) -> list[tuple[Fraction, Decimal, Need]]:
        """The floor, and where full points begin."""
        rates = [self.floor] if self.floor is not None else []
        rates.append(HUNDRED if self.target is None else self.target)
        need: Need = "to" if self.inverted else "from"
        edges = [_less(rate) if self.inverted else rate for rate in rates]
        return [(self.points_at(Fraction(edge), maximum), edge, need) for edge in edges]

    @property
    def any_points(self) -> bool:
        """Any from the floor on."""
        return True

    def figure_for(self, points: Fraction, maximum: Fraction) -> tuple[Fraction, Need]:
        """The rate, of the target if there is one, and not below the floor."""
        rate = max(points / maximum * Fraction(self.target or HUNDRED), Fraction(self.floor or 0))
        return (100 - rate, "to") if self.inverted else (rate, "from")

    def _rate(self, figure: Fraction) -> Fraction:
        return 100 - figure if self.inverted else figure


def _less(rate: Decimal) -> Decimal:
    """100 % less a rate, with all its digits."""
    return to_decimal_or_none(100 - Fraction(rate)) or Decimal(0)
