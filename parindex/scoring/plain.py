"""The common case, fast: every leaf has a score of its own, and nothing else is said.

Most sheets of a round with thousands of units are so. Their areas are added up
straight from the leaves, and criteria in between only when somebody asks for
them. What is not so plain is left to `tree`, which gives the same figures.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from parindex.exact import ZERO, add, add_ratios
from parindex.model.facts import State
from parindex.model.result import Outcome
from parindex.model.scheme import Criterion, Scheme
from parindex.model.scorecard import Entry, Scorecard
from parindex.rules.base import RefusedError
from parindex.scoring.tree import points_of

_MOST_KNOWN: Final = 500
"""Entries of one leaf whose points are kept: readers share entries between units."""
_COMMON: Final = 10_000
"""A denominator that most points share; equal denominators are added up fastest."""

Ratio = tuple[int, int]
Known = dict[int, tuple[Entry, Ratio]]
Leaf = tuple[str, Known, Criterion]


class Plain:
    """The leaves of a scheme by area, and the points of entries that were met in a year."""

    def __init__(self, scheme: Scheme, year: int) -> None:
        self.year = year
        self.areas = [(area.code, _leaves(area)) for area in scheme.criteria]
        self.count = sum(len(leaves) for _, leaves in self.areas)
        self.possible = scheme.complete and scheme.rounding.points is None and bool(self.count)
        self.possible &= not scheme.guarded
        # A figure that is only watched is never a zero.
        self.possible &= all(area.children or area.maximum != 0 for area in scheme.criteria)
        self.possible &= all(criterion.complete for _, criterion in scheme.walk())

    def outcomes(self, scorecard: Scorecard) -> tuple[Outcome, Mapping[str, Outcome]] | None:
        """The outcomes of the whole and of the areas, or None where the scorecard is not plain."""
        scores = scorecard.scores
        if not self.possible or len(scores) != self.count or scorecard.profile is not None:
            return None
        outcomes: dict[str, Outcome] = {}
        for code, leaves in self.areas:
            try:
                points = [known[id(scores[leaf])][1] for leaf, known, _ in leaves]
            except KeyError:
                if not _learn(leaves, scores, self.year):
                    return None
                points = [known[id(scores[leaf])][1] for leaf, known, _ in leaves]
            outcomes[code] = _scored(add_ratios(points))
        return _scored(add(outcome.points or ZERO for outcome in outcomes.values())), outcomes


def _scored(points: Fraction) -> Outcome:
    return Outcome("scored" if points else "zero", points)


def _leaves(criterion: Criterion) -> list[Leaf]:
    if not criterion.children:
        return [(criterion.code, {}, criterion)]
    return [leaf for child in criterion.children for leaf in _leaves(child)]


def _learn(leaves: Sequence[Leaf], scores: Mapping[str, Entry], year: int) -> bool:
    """Compute the points of entries that were not met before; False where one is not plain."""
    for code, known, leaf in leaves:
        entry = scores.get(code)
        if entry is None or isinstance(entry.fact, State):
            return False
        if id(entry) in known:
            continue
        try:
            for other in entry.stages.values():
                if not isinstance(other.fact, State):
                    points_of(leaf, other.fact, year)
            above, below = points_of(leaf, entry.fact, year).as_integer_ratio()
        except RefusedError:
            return False
        if len(known) >= _MOST_KNOWN:
            known.clear()
        scale = 1 if _COMMON % below else _COMMON // below
        points = (above * scale, below * scale)
        known[id(entry)] = (entry, points)  # keeping the entry keeps its id from being used again
    return True
