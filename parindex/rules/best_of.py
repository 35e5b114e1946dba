"""The best of several rules, of which not all need to be reported."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, Literal, Self

from pydantic import Field

from parindex.rules.any_rule import AnyRule
from parindex.rules.base import Example, Gain, Ladder, RefusedError, Rule, UndecidedError
from parindex.rules.composite import CompositeRule, Faults, Found, Part, placed, points_text
from parindex.rules.expression_tree import Extreme, Tree
from parindex.rules.figures import FigureName
from parindex.values.codes import FIGURE_MISSING, MAXIMUM_OUT_OF_REACH
from parindex.values.exact import to_text
from parindex.values.facts import Fact
from parindex.values.language import Language


class BestOfRule(CompositeRule):
    """`{kind: best-of, rules: {own: {kind: ratio}, shared: {kind: choice, options: {yes: 1, no: 0}}}}`: the most points of any.

    Each rule gives points from 0 to the maximum of the criterion, and one at least can reach it.
    A rule whose figures are not reported is left out, but not all of them. A rule that takes one
    figure has it under its own name, `figures: {own: 93%, shared: no}`; one that takes figures by
    name has those. Rules that take lists of items or answers cannot stand here; rules
    in rules go three deep.
    """

    field: ClassVar = "rules"
    example: ClassVar = Example(
        "{kind: best-of, rules: {own: {kind: ratio, target: 80%}, shared: {kind: choice, options: {yes: 1, no: 0}}}}",
        2,
        ("figures: {own: 60%, shared: no}", "figures: {own: 60%}"),
    )

    kind: Literal["best-of"]
    rules: dict[FigureName, AnyRule] = Field(description="the rules by name")

    @property
    def inner(self) -> Mapping[str, Rule]:
        """The alternatives."""
        return self.rules

    def parts(self, maximum: Fraction) -> tuple[Part, ...]:
        """Each has the maximum of the whole."""
        return tuple(
            Part(name, rule, maximum, ("rules", name)) for name, rule in self.rules.items()
        )

    def changed(self, change: Callable[[Rule], Rule]) -> Self:
        """The same of changed rules."""
        rules = {name: change(rule) for name, rule in self.rules.items()}
        return self.model_copy(update={"rules": rules})

    def expression(self, maximum: Fraction) -> Tree | None:
        """The most of all rules, where all are reported."""
        found = self.expressions(maximum)
        return Extreme("max", found) if found else None

    def combined(self, maximum: Fraction, faults: Faults) -> Iterator[RefusedError]:
        """One of the rules reaches the maximum."""
        short: dict[str, str] = {}
        for part, found in faults:
            for refused in found:
                if refused.code == MAXIMUM_OUT_OF_REACH:
                    short[part.name] = f"{part.name}: {refused.parameters.get('found', '')}"
                else:
                    yield placed(part, refused)
        if len(short) == len(faults):
            told = {"found": ", ".join(short.values()), "expected": to_text(maximum)}
            yield RefusedError(MAXIMUM_OUT_OF_REACH, ("rules",), **told)

    def fewest(self, maximum: Fraction) -> Fraction:
        """The fewest of any: it may be the only one that is reported."""
        return min(part.rule.fewest(part.maximum) for part in self.parts(maximum))

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """The most of those that are reported.

        A rule that cannot tell its points leaves the whole undecided, unless another gives all.
        """
        figures = self.figures(fact, maximum)
        found, undecided = [], None
        for part in self._reported(figures, maximum):
            try:
                found.append(part.points(figures))
            except UndecidedError as error:
                undecided = error
        if undecided is not None and maximum not in found:
            raise undecided
        return max(found)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The working of each that is reported, and the best."""
        figures = self.figures(fact, maximum)
        told, found = [], []
        for part in self._reported(figures, maximum):
            told.append(f"{self.label(part.name, say)}: {part.working(figures, say)}")
            found.append(points_text(part.points(figures), say))
        best = points_text(self.points(fact, maximum), say)
        return f"{'; '.join(told)}; max({'; '.join(found)}) → {best}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """Every rule in words."""
        return say("The best of these: {rules}.", rules=self.parts_in_words(maximum, say))

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """What gives more by one of the rules, the others as they are."""
        figures = self.figures_if(fact, maximum)
        found = (
            self.gain_of([(part, gain)], gain.points, figures, maximum)
            for part in self.parts(maximum)
            for gain in part.rule.gains(now, maximum, part.fact_if(figures))
        )
        reached = now
        for gain in sorted(filter(None, found), key=lambda gain: gain.points):
            if gain.points > reached:
                reached = gain.points
                yield gain

    def ladders(
        self, now: Fraction, maximum: Fraction, fact: Fact | None, least: Fraction, digits: int
    ) -> Iterator[Ladder]:
        """Those of all rules."""
        figures = self.figures_if(fact, maximum)
        for part in self.parts(maximum):
            if self._hangs(part, figures, maximum):
                yield from [Ladder(maximum)] if now < maximum else []
            else:
                yield from part.rule.ladders(now, maximum, part.fact_if(figures), least, digits)

    def reaching(
        self, points: Fraction, maximum: Fraction, fact: Fact | None = None
    ) -> Gain | None:
        """The rule that gives the least points that are enough."""
        figures = self.figures_if(fact, maximum)
        found = [
            (
                part,
                part.rule.reaching(
                    maximum if self._hangs(part, figures, maximum) else points,
                    maximum,
                    part.fact_if(figures),
                ),
            )
            for part in self.parts(maximum)
        ]
        gains = [(part, gain) for part, gain in found if gain is not None]
        if not gains:
            return None
        part, gain = min(gains, key=lambda each: each[1].points)
        return self.gain_of([(part, gain)], gain.points, figures, maximum)

    def _hangs(self, part: Part, figures: Found, maximum: Fraction) -> bool:
        """Whether another rule cannot tell its points, so that nothing less than all counts."""
        return any(
            each.name != part.name and each.is_undecided(figures) for each in self.parts(maximum)
        )

    def _reported(self, figures: Found, maximum: Fraction) -> list[Part]:
        """The rules of which anything was reported."""
        parts = self.parts(maximum)
        found = [part for part in parts if part.is_in(figures)]
        if not found:
            names = [part.name for part in parts]
            raise RefusedError(FIGURE_MISSING, found=", ".join(names), expected=" / ".join(names))
        return found
