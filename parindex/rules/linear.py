"""Points in proportion between a figure that gives nothing and one that gives all."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from parindex.rules import arithmetic
from parindex.rules.base import Example, Need, RefusedError, arrow_text, result_text
from parindex.rules.expression_tree import Tree
from parindex.rules.formula import MAX
from parindex.rules.rate import OF, Figures, RateRule, threshold_proof
from parindex.values.codes import PARAMETERS_EXCLUDE
from parindex.values.exact import to_text
from parindex.values.fields import Number
from parindex.values.language import Language


class LinearRule(RateRule):
    """`{kind: linear, zero_at: 30, full_at: 5}`: 0 at 30 and worse, full points at 5 and better.

    Either may be the higher. `of: value` takes a plain number of 0 or more,
    `of: percent` a percentage or a ratio.
    """

    example: ClassVar = Example(
        "{kind: linear, zero_at: 30, full_at: 5}", 2, ("value: 30", "value: 10")
    )

    kind: Literal["linear"]
    of: Figures = Field(default="value", description=OF)
    zero_at: Number = Field(description="the figure that gives 0 points, in the unit of `of`")
    full_at: Number = Field(description="the figure that gives the maximum, in the unit of `of`")

    def formula_at(self, figure: str, whole: Decimal) -> str:
        """How much of the way from `zero_at` to `full_at`, of the maximum."""
        zero, full = self.zero_at / whole, self.full_at / whole
        way = f"({figure}-{to_text(zero)})" if zero < full else f"({to_text(zero)}-{figure})"
        return f"MAX(0,MIN(1,{way}/{to_text(abs(full - zero))}))*{MAX}"

    def expression_at(self, figure: Tree, whole: Decimal, maximum: Fraction) -> Tree:
        """How much of the way from `zero_at` to `full_at`, of the maximum."""
        zero, full = (
            Fraction(self.zero_at) / Fraction(whole),
            Fraction(self.full_at) / Fraction(whole),
        )
        way = arithmetic.less(figure, arithmetic.number(zero))
        points = arithmetic.times(way, maximum / (full - zero))
        return arithmetic.at_most(arithmetic.at_least(points, 0), maximum)

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """The two figures differ, and are possible."""
        yield from super().proof(maximum)
        for field, figure in (("zero_at", self.zero_at), ("full_at", self.full_at)):
            yield from threshold_proof(figure, self.of, (field,))
        if self.zero_at == self.full_at:
            found = f"{self.zero_at:f}, {self.full_at:f}"
            yield RefusedError(
                PARAMETERS_EXCLUDE, ("full_at",), found=found, expected="zero_at ≠ full_at"
            )

    def points_at(self, figure: Fraction, maximum: Fraction) -> Fraction:
        """How much of the way from `zero_at` to `full_at`, of the maximum."""
        zero, full = Fraction(self.zero_at), Fraction(self.full_at)
        return min(Fraction(1), max(Fraction(0), (figure - zero) / (full - zero))) * maximum

    def working_at(self, figure: Fraction, told: str, maximum: Fraction, say: Language) -> str:
        """The way made over the whole way, or the end that is reached."""
        points = self.points_at(figure, maximum)
        zero, full = say.number(self.zero_at), say.number(self.full_at)
        rising = self.zero_at < self.full_at
        if points in (0, maximum):
            sign = "≥" if rising == (points == maximum) else "≤"
            end = full if points == maximum else zero
            return f"{told} {sign} {end} {arrow_text(points, say)}"
        way, whole = (
            (f"({told} − {zero})", f"({full} − {zero})")
            if rising
            else (f"({zero} − {told})", f"({zero} − {full})")
        )
        return f"{way} ÷ {whole} × {say.number(maximum)} {result_text(points, say)}"

    def words_at(self, maximum: Fraction, say: Language) -> str:
        """Both ends."""
        unit = say.spelling.percent if self.of == "percent" else ""
        return say(
            "0 at {zero}, {maximum} at {full}, and in proportion between.",
            zero=f"{say.number(self.zero_at)}{unit}",
            full=f"{say.number(self.full_at)}{unit}",
            maximum=say.number(maximum),
        )

    def thresholds(
        self, figure: Fraction | None, now: Fraction, maximum: Fraction
    ) -> list[tuple[Fraction, Decimal, Need]]:
        """Where full points begin."""
        need: Need = "from" if self.zero_at < self.full_at else "to"
        return [(maximum, self.full_at, need)]

    @property
    def any_points(self) -> bool:
        """Any between the two figures."""
        return True

    def figure_for(self, points: Fraction, maximum: Fraction) -> tuple[Fraction, Need]:
        """So far on the way from `zero_at` to `full_at`."""
        zero, full = Fraction(self.zero_at), Fraction(self.full_at)
        need: Need = "from" if zero < full else "to"
        return zero + points / maximum * (full - zero), need
