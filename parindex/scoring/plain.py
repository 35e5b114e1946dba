"""The common case, fast: every leaf has a score of its own, and nothing else is said.

Most sheets of a round with thousands of units are so. Their areas are added up
straight from the leaves, and criteria in between only when somebody asks for
them. What is not so plain is left to `tree`, which gives the same figures.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from parindex.exact import ZERO, add, add_ratios
from parindex.model.facts import State
from parindex.model.result import Outcome
from parindex.model.scheme import Criterion, Scheme
from parindex.model.scorecard import Entry, Scorecard
from parindex.rules.base import RefusedError
from parindex.scoring.tree import points_of

_MOST_KNOWN: Final = 5_000
"""Entries of one leaf whose points are kept: readers share entries between units."""

Ratio = tuple[int, int]
Known = dict[int, tuple[Entry, Ratio]]


class Plain:
    """The leaves of a scheme by area, and the points of entries that were met before."""

    def __init__(self, scheme: Scheme) -> None:
        self.areas = [(area.code, _leaves(area)) for area in scheme.criteria]
        self.count = sum(len(leaves) for _, leaves in self.areas)
        self.possible = scheme.complete and scheme.rounding.points is None and bool(self.count)
        self.possible &= all(criterion.complete for _, criterion in scheme.walk())

    def outcomes(self, scorecard: Scorecard) -> tuple[Outcome, Mapping[str, Outcome]] | None:
        """The outcomes of the whole and of the areas, or None where the scorecard is not plain."""
        scores = scorecard.scores
        if not self.possible or len(scores) != self.count or scorecard.profile is not None:
            return None
        outcomes: dict[str, Outcome] = {}
        for code, leaves in self.areas:
            points: list[Ratio] = []
            for leaf, known in leaves:
                entry = scores.get(leaf.code)
                if entry is None:
                    return None
                met = known.get(id(entry))
                value = met[1] if met is not None else _points(leaf, entry, known)
                if value is None:
                    return None
                points.append(value)
            outcomes[code] = _scored(add_ratios(points))
        return _scored(add(outcome.points or ZERO for outcome in outcomes.values())), outcomes


def _scored(points: Fraction) -> Outcome:
    return Outcome("scored" if points else "zero", points)


def _leaves(criterion: Criterion) -> list[tuple[Criterion, Known]]:
    if not criterion.children:
        return [(criterion, {})]
    return [leaf for child in criterion.children for leaf in _leaves(child)]


def _points(leaf: Criterion, entry: Entry, known: Known) -> Ratio | None:
    """The points of an entry that was not met before; None where they are not plain."""
    if isinstance(entry.fact, State):
        return None
    try:
        points = points_of(leaf, entry.fact).as_integer_ratio()
    except RefusedError:
        return None
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known[id(entry)] = (entry, points)  # keeping the entry keeps its id from being used again
    return points
