"""Points as given: somebody scored the criterion, the rule only keeps the bounds."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from parindex.language import Language
from parindex.model.facts import Fact
from parindex.rules.base import RefusedError, Rule


class PointsRule(Rule):
    """`{kind: points}`: points from 0 to the maximum, as given. The rule of a leaf without one."""

    kind: Literal["points"] = "points"

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Always sound: every number of points from 0 to the maximum can be given."""
        yield from ()

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """Refuses everything: given points never reach a rule, and there is nothing to compute."""
        raise RefusedError("P205", expected="points: 0.5, percent: 80%")

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The name of the rule."""
        return say("points as given")
