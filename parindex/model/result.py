"""A result: what a scorecard gives under a scheme, with everything that led to it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct

from parindex.exact import percent, rounded
from parindex.model.band import BandSet
from parindex.model.facts import Points
from parindex.model.fields import Name
from parindex.model.finding import Finding
from parindex.model.scheme import Criterion, Scheme
from parindex.model.scorecard import Entry, Scorecard

NodeState = Literal[
    "scored", "zero", "partial", "not_applicable", "no_evidence", "unknown", "included"
]
"""`partial`: some of what is below is not yet known. `included`: no score of its
own, but the points are part of those given for a criterion above."""


class Outcome(NamedTuple):
    """What scoring found out about one criterion, in exact points.

    `points` is None where nothing is known. `excluded` is the part of the
    maximum that does not apply and `unassessed` the part not yet known; each is
    None where its size is not known. What is left of the maximum is assessed.
    """

    state: NodeState
    points: Fraction | None
    excluded: Fraction | None = Fraction(0)
    unassessed: Fraction | None = Fraction(0)


class Node(Struct, frozen=True):
    """One criterion of a result, or with an empty code the whole: points and how they came.

    All figures are exact; points in points, percentages in hundredths.
    """

    code: str
    name: Name
    max: Fraction | None
    outcome: Outcome
    criterion: Criterion | None = None
    entry: Entry | None = None

    @property
    def state(self) -> NodeState:
        """Whether it is scored, zero, not applicable, without evidence, unknown or in part so."""
        return self.outcome.state

    @property
    def complete(self) -> bool:
        """Whether nothing that applies is left unknown."""
        return self.outcome.unassessed == 0 and self.state not in ("unknown", "included")

    @property
    def points(self) -> Fraction | None:
        """The points known so far; None where nothing is known or nothing applies."""
        return self.outcome.points

    @property
    def applicable_max(self) -> Fraction | None:
        """The maximum of what applies to the unit."""
        if self.max is None or self.outcome.excluded is None:
            return None
        return self.max - self.outcome.excluded

    @property
    def assessed_max(self) -> Fraction | None:
        """The maximum of what applies and is known: what `points` stands for."""
        if self.applicable_max is None or self.outcome.unassessed is None:
            return None
        return self.applicable_max - self.outcome.unassessed

    @property
    def lost(self) -> Fraction | None:
        """Assessed maximum − points: what is not yet known is neither reached nor lost."""
        if self.assessed_max is None or self.points is None:
            return None
        return self.assessed_max - self.points

    @property
    def percent(self) -> Fraction | None:
        """Points ÷ applicable maximum × 100; None where a part is unknown or nothing applies."""
        return self.low if self.complete else None

    @property
    def low(self) -> Fraction | None:
        """The lowest possible percentage: what is unknown counts 0."""
        if not self.applicable_max or self.state == "included":
            return None
        return percent(self.points or Fraction(0), self.applicable_max)

    @property
    def high(self) -> Fraction | None:
        """The highest possible percentage: what is unknown counts its maximum."""
        if not self.applicable_max or self.outcome.unassessed is None or self.state == "included":
            return None
        reachable = (self.points or Fraction(0)) + self.outcome.unassessed
        return percent(reachable, self.applicable_max)


class Result(Struct, frozen=True, dict=True):
    """The score of one unit in one year, with its scheme, its inputs and every point's origin."""

    scheme: Scheme
    scorecard: Scorecard
    outcome: Outcome
    outcomes: Mapping[str, Outcome]
    findings: tuple[Finding, ...] = ()

    @cached_property
    def total(self) -> Node:
        """The whole scheme as one node, with an empty code."""
        return Node("", self.scheme.title, self.scheme.maximum, self.outcome)

    def node(self, code: str) -> Node:
        """One criterion of the result.

        Raises:
            KeyError: the scheme has no such code.
        """
        criterion = self.scheme.by_code[code]
        return Node(
            code,
            criterion.name,
            criterion.maximum,
            self.outcomes[code],
            criterion,
            self.scorecard.scores.get(code),
        )

    def walk(self, depth: int = 1) -> Iterator[tuple[int, Node]]:
        """The nodes down to a depth (1 = areas) in the scheme's order, each with its depth."""
        for level, criterion in self.scheme.walk():
            if level <= depth:
                yield level, self.node(criterion.code)

    def printed(self, value: Fraction) -> Decimal:
        """A percentage as the scheme prints it."""
        return rounded(value, self.scheme.rounding.index, self.scheme.rounding.mode)

    @property
    def index(self) -> Decimal | None:
        """The index as printed, in hundredths; None where a part is unknown."""
        exact = self.total.percent
        return None if exact is None else self.printed(exact)

    @cached_property
    def band_set(self) -> BandSet | None:
        """The bands of the scorecard's year, or None where they are not known."""
        return self.scheme.bands_of(self.scorecard.year)

    @cached_property
    def bands(self) -> tuple[str | None, ...]:
        """Every band that the printed index can reach; None stands for one that is not known."""
        low, high = self._banded(self.total.low), self._banded(self.total.high)
        if self.band_set is None or low is None or high is None:
            return ()
        return self.band_set.between(low, high)

    @property
    def band(self) -> str | None:
        """The band, where exactly one is possible."""
        return self.bands[0] if len(self.bands) == 1 else None

    def _banded(self, value: Fraction | None) -> Decimal | None:
        if value is None or self.band_set is None:
            return None
        if self.band_set.by == "points" and self.total.applicable_max is not None:
            value = value * self.total.applicable_max / 100
        return self.printed(value)

    @property
    def given_points(self) -> int:
        """How many of the scores are points that somebody gave, and may have rounded."""
        return sum(isinstance(entry.fact, Points) for entry in self.scorecard.scores.values())
