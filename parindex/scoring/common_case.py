"""The common case, fast: every leaf has a score of its own, and nothing else is said.

Most sheets of a round with thousands of units are so. Their areas are added up
straight from the leaves, and criteria in between only when somebody asks for
them. What is not so plain is left to `tree`, which gives the same figures.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from parindex.rules.base import RefusedError
from parindex.rules.setting import Setting
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.reckoned import Reckoned
from parindex.scorecard.scorecard import Entry, Scorecard
from parindex.scoring.reported import given_points, points_of
from parindex.scoring.result import Outcome
from parindex.scoring.sums import leaves_by_origin
from parindex.values.exact import ZERO, add, add_ratios
from parindex.values.facts import Points, State

_MOST_KNOWN: Final = 500
"""Entries of one leaf whose points are kept: readers share entries between units."""
_COMMON: Final = 10_000
"""A denominator that most points share; equal denominators are added up fastest."""

Ratio = tuple[int, int]
Leaf = tuple[str, dict[int, tuple[Entry, Ratio]], Criterion]


class Known(NamedTuple):
    """What is known of a plain scorecard: the whole, areas and guards, and the points of each leaf.

    `parts` gives those of the partition `origin`, where somebody has added them up.
    """

    total: Outcome
    outcomes: Mapping[str, Outcome]
    points: Sequence[Ratio]
    parts: Callable[[], Mapping[str, Fraction]] | None = None


class CommonCase:
    """The leaves of a scheme by area, and the points of entries that were met in a year."""

    def __init__(self, scheme: Scheme, year: int) -> None:
        self.scheme = scheme  # which keeps its id from being used again
        self.year = year
        self.areas: list[tuple[str, list[Leaf]]] = [
            (area.code, [(leaf.code, {}, leaf) for leaf in area.leaves()])
            for area in scheme.criteria
        ]
        leaves = (leaf for area in scheme.criteria for leaf in area.leaves())
        at = {leaf.code: number for number, leaf in enumerate(leaves)}
        guards = {guarded.requires or "" for guarded in scheme.guarded}
        self.guards = [
            (guard, [at[leaf.code] for leaf in scheme.by_code[guard].leaves()]) for guard in guards
        ]
        self.parts = {
            part: [at[code] for code in codes] for part, codes in leaves_by_origin(scheme)
        }
        self.count = len(at)
        self.possible = scheme.complete and scheme.rounding.points is None and bool(at)
        # What is only watched, or met or not, is never a zero.
        self.possible &= all(area.maximum != 0 for area in scheme.criteria)
        self.possible &= all(criterion.complete for _, criterion in scheme.walk())
        # What has no maximum may pass that of the whole.
        self.possible &= all(criterion.max is not None for _, criterion in scheme.walk())
        self.possible &= all(leaf.scored_by.is_plain for leaf in scheme.leaves)
        self.has_detail = not scheme.adjustments
        self.has_detail &= all(criterion.maximum != 0 for _, criterion in scheme.walk())
        """Whether the points of all criteria follow from those of the leaves alone."""

    def outcomes(self, scorecard: Scorecard) -> Known | None:
        """The outcomes of a scorecard, or None where it is not plain."""
        scores = scorecard.scores
        if isinstance(scores, Reckoned) and scores.scheme is self.scheme:
            if scores.year != self.year or scorecard.profile is not None:
                return None
            sums = {code: _scored(points) for code, points in scores.sums().items()}
            return Known(sums.pop(""), sums, scores.points(), scores.parts)
        if not self.possible or len(scores) != self.count or scorecard.profile is not None:
            return None
        outcomes: dict[str, Outcome] = {}
        all_points: list[Ratio] = []
        for code, leaves in self.areas:
            try:
                points = [known[id(scores[leaf])][1] for leaf, known, _ in leaves]
            except KeyError:
                if not _learn(leaves, scores, self.year):
                    return None
                points = [known[id(scores[leaf])][1] for leaf, known, _ in leaves]
            outcomes[code] = _scored(add_ratios(points))
            all_points += points
        total = add(outcome.points or ZERO for outcome in outcomes.values())
        for guard, positions in self.guards:
            outcomes[guard] = _scored(add_ratios([all_points[leaf] for leaf in positions]))
            if (outcomes[guard].points or ZERO) <= 0:
                return None  # what is behind this guard gets nothing
        return Known(_scored(total), outcomes, all_points)

    def detail(self, known: Known) -> dict[str, Outcome]:
        """The outcomes of all criteria."""
        points = known.points
        outcomes: dict[str, Outcome] = {}
        number = 0

        def of(criterion: Criterion) -> Outcome:
            nonlocal number
            if criterion.children:
                below = [of(child).points or ZERO for child in criterion.children]
                outcome = known.outcomes.get(criterion.code) or _scored(add(below))
            else:
                outcome = _scored(Fraction(*points[number]))
                number += 1
            outcomes[criterion.code] = outcome
            return outcome

        for area in self.scheme.criteria:
            of(area)
        return outcomes

    def origins(self, known: Known) -> dict[str, Outcome]:
        """The parts of the partition `origin`."""
        if known.parts is not None:
            return {part: _scored(points) for part, points in known.parts().items()}
        points = known.points
        return {
            part: _scored(add_ratios([points[leaf] for leaf in leaves]))
            for part, leaves in self.parts.items()
        }


def _scored(points: Fraction) -> Outcome:
    return Outcome("scored" if points else "zero", points)


def entry_points(leaf: Criterion, entry: Entry, year: int) -> Decimal | Fraction:
    """The exact points of what is reported for a leaf.

    Raises:
        RefusedError: the rule cannot take it, or the points lie outside what is possible.
    """
    fact = entry.fact
    if isinstance(fact, Points) and not leaf.scored_by.has_standard:
        return given_points(leaf, fact)
    return points_of(leaf, leaf.scored_by.for_unit(Setting(year)), fact)


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
                    points_of(leaf, leaf.scored_by.for_unit(Setting(year)), other.fact)
            above, below = entry_points(leaf, entry, year).as_integer_ratio()
        except RefusedError:
            return False
        if len(known) >= _MOST_KNOWN:
            known.clear()
        scale = 1 if _COMMON % below else _COMMON // below
        # Keeping the entry keeps its id from being used again.
        known[id(entry)] = (entry, (above * scale, below * scale))
    return True
