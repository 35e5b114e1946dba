"""A table of thresholds: the points of the first step that the figure reaches."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from pydantic import model_validator

from parindex.language import Language
from parindex.model.edge import Edge
from parindex.model.facts import Fact, Value
from parindex.model.fields import Number, fault, short
from parindex.rules.base import RefusedError, Rule, share_of, share_text


class Step(Edge):
    """One row: its lower edge and its points."""

    points: Number

    @model_validator(mode="after")
    def _one_edge(self) -> "Step":
        if (self.from_ is None) == (self.above is None):
            raise fault("P110", found=short(self._given()), expected="from: 70 | above: 70")
        return self

    def _given(self) -> str:
        return "—" if self.edge is None else "from, above"

    def text(self, say: Language) -> str:
        """The edge in words: `from 70` or `above 90`."""
        word = say("above") if self.from_ is None else say("from")
        return f"{word} {say.number(self.order[0])}"


class StepsRule(Rule):
    """`{kind: steps, of: percent, steps: [{above: 90, points: 2}, …, {from: 0, points: 0}]}`.

    `of: percent` takes a percentage or a ratio, `of: value` a plain number of
    0 or more. Steps stand from the highest edge to the lowest, which is 0.
    """

    kind: Literal["steps"]
    of: Literal["percent", "value"] = "percent"
    steps: tuple[Step, ...]

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Edges fall, the last is a closed 0, points stay in 0…max and the most is the maximum."""
        if not self.steps:
            yield RefusedError("P109", ("steps",), expected="steps")
            return
        for number, (higher, lower) in enumerate(pairwise(self.steps), start=1):
            if lower.order >= higher.order:
                yield RefusedError("P307", ("steps", number), found=f"{lower.edge:f}")
        last = self.steps[-1]
        if last.from_ != 0 and last.order[0] >= 0:
            yield RefusedError("P308", ("steps", len(self.steps) - 1), found=f"{last.edge:f}")
        for number, step in enumerate(self.steps):
            if step.order[0] < 0 or (self.of == "percent" and step.order[0] > 100):  # noqa: PLR2004
                yield RefusedError("P309", ("steps", number), found=f"{step.edge:f}")
        for number, step in enumerate(self.steps):
            if not 0 <= step.points <= maximum:
                where = ("steps", number, "points")
                yield RefusedError("P306", where, found=f"{step.points:f}", expected=f"0…{maximum}")
        if max(step.points for step in self.steps) < maximum:
            most = max(step.points for step in self.steps)
            yield RefusedError("P305", ("steps",), found=f"{most:f}", expected=str(maximum))

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The points of the first step reached."""
        return Fraction(self._step(fact).points)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The figure and the step that it reaches."""
        figure = share_text(fact, say) if self.of == "percent" else self._value_text(fact, say)
        word = say("step")
        return f"{figure} → {word} {self._step(fact).text(say)}"

    def _step(self, fact: Fact) -> Step:
        figure = share_of(fact) * 100 if self.of == "percent" else self._value(fact)
        return next(step for step in self.steps if step.reached(figure))

    def _value(self, fact: Fact) -> Fraction:
        if not isinstance(fact, Value) or fact.is_percent:
            raise RefusedError("P205", expected="value: 12.5")
        if fact.value < 0:
            raise RefusedError("P207", found=f"{fact.value:f}", expected="≥ 0")
        return Fraction(fact.value)

    def _value_text(self, fact: Fact, say: Language) -> str:
        return say.number(fact.value) if isinstance(fact, Value) else ""
