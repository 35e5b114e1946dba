"""A table of thresholds: the points of the step in which the figure lies."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from parindex.rules import arithmetic
from parindex.rules.base import Example, Need, RefusedError, arrow_text, bounds_proof, reach_proof
from parindex.rules.expression_tree import Tree
from parindex.rules.formula import MOST_LEVELS, worth
from parindex.rules.rate import HUNDRED, OF, Figures, RateRule, threshold_proof
from parindex.rules.said_by_unit import SaidByUnit
from parindex.values.codes import (
    LADDER_OUT_OF_ORDER,
    MISSING_FIELD,
    STEPS_END_ABOVE_ZERO,
    STEPS_GAP,
    STEPS_OVERLAP,
    WRONG_TYPE,
)
from parindex.values.edge import Edge
from parindex.values.exact import ZERO, to_text
from parindex.values.fields import Number, Worth, fault
from parindex.values.language import Language


class Step(SaidByUnit, Edge):
    """One row: its lower edge, its points, and its upper edge where the scheme states it.

    A figure equal to `to` is inside, one equal to `below` is not.
    """

    to: Number | None = None
    below: Number | None = None
    points: Worth

    @model_validator(mode="after")
    def _one_edge_a_side(self) -> "Step":
        if (self.from_ is None) == (self.above is None):
            found = "—" if self.edge is None else "from, above"
            raise fault(WRONG_TYPE, found=found, expected="from: 70 | above: 70")
        if self.to is not None and self.below is not None:
            raise fault(WRONG_TYPE, found="to, below", expected="to: 90 | below: 90")
        return self

    @property
    def upper(self) -> tuple[Decimal, bool] | None:
        """The upper edge as the lower edge of a step right above it would stand in `order`."""
        if self.to is not None:
            return self.to, True
        return None if self.below is None else (self.below, False)


class StepsRule(RateRule):
    """`{kind: steps, of: percent, steps: [{above: 90, points: 2}, …, {from: 0, points: 0}]}`.

    `of: percent` takes a percentage or a ratio, `of: value` a plain number of
    0 or more. Steps stand from the highest edge to the lowest, which is 0; each
    ends where the one before begins, and may say so with `to` or `below`. From
    one to the next points fall, or all the way they rise, where a lower figure
    is the better one; neighbours may have the same. Points with a sign, `50%`, are
    that share of the maximum.
    """

    example: ClassVar = Example(
        "{kind: steps, steps: [{above: 90, points: 2}, {from: 70, points: 1}, {from: 0, points: 0}]}",
        2,
        ("value: 90%", "ratio: [91, 100]"),
    )

    kind: Literal["steps"]
    of: Figures = Field(default="percent", description=OF)
    steps: tuple[Step, ...] = Field(
        description="from the highest edge to the lowest: `from` (inside) or `above` (not inside), `points`"
    )

    def formula(self, maximum: Fraction) -> str:
        """As many levels as a spreadsheet has."""
        return super().formula(maximum) if len(self.steps) <= MOST_LEVELS else ""

    def formula_at(self, figure: str, whole: Decimal) -> str:
        """The points of the first step reached."""
        told = ""
        for step in self.steps:
            edge, is_open = step.order
            sign = ">" if is_open else ">="
            told += f"IF({figure}{sign}{to_text(edge / whole)},{worth(step.points)},"
        return f'{told}""{")" * len(self.steps)}'

    def expression_at(self, figure: Tree, whole: Decimal, maximum: Fraction) -> Tree:
        """The points of the first step reached; of no other one than the last."""
        points = [arithmetic.number(step.points.of(maximum)) for step in self.steps]
        edges = [
            arithmetic.compare(figure, ">" if is_open else "≥", Fraction(edge) / Fraction(whole))
            for edge, is_open in (step.order for step in self.steps)
        ]
        return arithmetic.first_of(list(zip(edges, points, strict=True))[:-1], points[-1])

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Steps meet down to 0 without gap or overlap; points stay in 0…max, reach it, and never turn."""
        yield from super().proof(maximum)
        if not self.steps:
            yield RefusedError(MISSING_FIELD, ("steps",), expected="steps")
            return
        for number, (higher, lower) in enumerate(pairwise(self.steps), start=1):
            if lower.order >= higher.order:
                yield RefusedError(STEPS_OVERLAP, ("steps", number), found=f"{lower.edge:f}")
            yield from _meeting(lower, higher.order, number)
        yield from self._top()
        last = self.steps[-1]
        if last.from_ != 0 and last.order[0] >= 0:
            yield RefusedError(
                STEPS_END_ABOVE_ZERO, ("steps", len(self.steps) - 1), found=f"{last.edge:f}"
            )
        for number, step in enumerate(self.steps):
            yield from threshold_proof(step.order[0], self.of, ("steps", number))
        for number, step in enumerate(self.steps):
            where = ("steps", number, "points")
            yield from bounds_proof(step.points.of(maximum), maximum, where, self.lowest)
        points = [step.points.of(maximum) for step in self.steps]
        yield from reach_proof(max(points), maximum, ("steps",))
        yield from self._turn(points)

    def _turn(self, points: Sequence[Fraction]) -> Iterator[RefusedError]:
        """Points fall from step to step, or rise, and do not turn in between."""
        rises = points[0] < points[-1]
        for number, (one, other) in enumerate(pairwise(points), start=1):
            if (other > one and not rises) or (other < one and rises):
                expected = f"{'≥' if rises else '≤'} {to_text(one)}"
                found = to_text(other)
                yield RefusedError(
                    LADDER_OUT_OF_ORDER, ("steps", number), found=found, expected=expected
                )

    def _rises(self, maximum: Fraction) -> bool:
        """Whether lower figures are the better ones."""
        return self.steps[0].points.of(maximum) < self.steps[-1].points.of(maximum)

    def _top(self) -> Iterator[RefusedError]:
        """The highest step has no upper edge, or percentages end at a closed 100."""
        upper = self.steps[0].upper
        if upper is None:
            return
        if self.of == "percent":
            yield from _meeting(self.steps[0], (HUNDRED, True), 0)
        else:
            yield RefusedError(STEPS_GAP, ("steps", 0), found=f"{upper[0]:f}")

    def fewest(self, maximum: Fraction) -> Fraction:
        """Those of the worst step."""
        return min((step.points.of(maximum) for step in self.steps), default=ZERO)

    def points_at(self, figure: Fraction, maximum: Fraction) -> Fraction:
        """The points of the first step reached."""
        return self.steps[self._reached(figure)].points.of(maximum)

    def working_at(self, figure: Fraction, told: str, maximum: Fraction, say: Language) -> str:
        """The figure and the step in which it lies."""
        number = self._reached(figure)
        step = say("step {range}", range=self._range(number, say))
        return f"{told} → {step} {arrow_text(self.steps[number].points.of(maximum), say)}"

    def words_at(self, maximum: Fraction, say: Language) -> str:
        """Every step with its points."""
        told = (
            f"{self._range(number, say)}: {step.points.told(maximum, say)}"
            for number, step in enumerate(self.steps)
        )
        return say("Points of the step in which the figure lies: {steps}.", steps="; ".join(told))

    def thresholds(
        self, figure: Fraction | None, now: Fraction, maximum: Fraction
    ) -> list[tuple[Fraction, Decimal, Need]]:
        """The near edge of what has more points: of several steps with the same, the nearest."""
        found: dict[Fraction, tuple[Fraction, Decimal, Need]] = {}
        rises = self._rises(maximum)
        for number, step in enumerate(self.steps):
            points = step.points.of(maximum)
            if points <= now or (rises and points in found):
                continue
            if rises and number:
                edge = self.steps[number - 1]
                need: Need = "below" if edge.above is None else "to"
            else:
                edge, need = step, "from" if step.above is None else "above"
            found[points] = (points, edge.order[0], need)
        return list(found.values())

    def _reached(self, figure: Fraction) -> int:
        return next(number for number, step in enumerate(self.steps) if step.reached(figure))

    def _range(self, number: int, say: Language) -> str:
        """The figures of a step: `> 90 %`, `70–90 %`, `40–<50 %`, `< 40 %`."""
        unit = say.spelling.percent if self.of == "percent" else ""
        low, is_open = self.steps[number].order
        if number == 0:
            return f"{'>' if is_open else '≥'} {say.number(low)}{unit}"
        high, is_closed = self.steps[number - 1].order
        if low == 0 and not is_open:
            return f"{'≤' if is_closed else '<'} {say.number(high)}{unit}"
        left, right = ">" if is_open else "", "" if is_closed else "<"
        return f"{left}{say.number(low)}–{right}{say.number(high)}{unit}"


def _meeting(lower: Step, edge: tuple[Decimal, bool], number: int) -> Iterator[RefusedError]:
    """The upper edge that a step states is the lower edge of the step above."""
    if lower.upper is None or lower.upper == edge:
        return
    code = STEPS_GAP if lower.upper < edge else STEPS_OVERLAP
    expected = f"{'to' if edge[1] else 'below'}: {edge[0]:f}"
    yield RefusedError(code, ("steps", number), found=f"{lower.upper[0]:f}", expected=expected)
