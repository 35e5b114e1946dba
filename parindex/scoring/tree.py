"""The tree of criteria: points of the leaves, added up to criteria, areas and the whole."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from typing import Literal, NamedTuple

from parindex.scheme.scheme import Criterion
from parindex.scorecard.scorecard import Scorecard, Stage
from parindex.scoring.faults import Faults, Share
from parindex.scoring.outcome import Outcome
from parindex.scoring.reported import BELOW, Above, Reported
from parindex.scoring.sums import (
    aggregate_children,
    applicable,
    bounds,
    known,
    round_outcome,
    tolerance,
    within,
)
from parindex.scoring.unit_rules import UnitRules
from parindex.values.codes import POINTS_BEHIND_GUARD
from parindex.values.exact import ZERO, to_text
from parindex.values.finding import Finding


class GuardEffect(NamedTuple):
    """The effect of a failed or unknown guard on the leaves behind it: zero, or unknown."""

    becomes: Literal["zero", "unknown"]
    guard: str


def stricter(one: GuardEffect | None, other: GuardEffect | None) -> GuardEffect | None:
    """The stricter of two guards: zero before unknown; of two alike the first."""
    if one is None or (other is not None and (one.becomes, other.becomes) == ("unknown", "zero")):
        return other
    return one


def apply_guard(outcome: Outcome, effect: GuardEffect | None, maximum: Fraction | None) -> Outcome:
    """Apply a failed or unknown guard to the outcome of a leaf.

    Outcomes that are already zero, less, or not applicable do not change: a guard
    takes points away, and forgives nothing.
    """
    if effect is None or outcome.state == "not_applicable":
        return outcome
    if outcome.points is not None and outcome.points <= 0:
        return outcome
    excluded, below = outcome.excluded, outcome.below
    if effect.becomes == "zero" and not below:
        return Outcome("zero", ZERO, excluded)
    most = ZERO if effect.becomes == "zero" else applicable(outcome, maximum)
    return Outcome("unknown", None, excluded, most, below)


def behind_guard(faults: Faults, code: str, points: Fraction, guard: str) -> Finding:
    """That points which were reported do not count, because a guard got nothing."""
    values = {"points": to_text(points), "found": guard}
    return faults.finding(POINTS_BEHIND_GUARD, code, ("scores", code), values)


class Tree:
    """The criteria of a scheme; `outcomes` holds what was found out about each, by code."""

    def __init__(
        self, scorecard: Scorecard, rules: UnitRules, stage: Stage | None, faults: Faults
    ) -> None:
        self.scorecard = scorecard
        self.scheme = rules.scheme
        self.faults = faults
        self.outcomes: dict[str, Outcome] = {}
        self._reported = Reported(scorecard, rules, stage, faults)
        self.notes = self._reported.notes
        self._guards: dict[str, GuardEffect | None] = {}

    def outcome(self) -> Outcome:
        """The outcome of all areas together.

        Guards are judged first, each after those that its own points depend on.
        """
        scheme, reported = self.scheme, self._reported
        reported.read()
        for guard in scheme.guards:
            self._criterion(scheme.by_code[guard], self._effect(scheme.lineage(guard)[1:]))
            self._guards[guard] = self._judged(guard)
        for area in scheme.criteria:
            self._criterion(area, None)
        for block in scheme.adjustments:
            for item in block.items:
                self._item(item)
        return self._sum("", scheme.criteria, scheme.maximum, None)

    def _judged(self, guard: str) -> GuardEffect | None:
        """What a guard makes of what is behind it; None where it lets everything through."""
        outcome = self.outcomes[guard]
        if outcome.state == "not_applicable" or bounds(outcome)[0] > 0:
            return None
        if known(outcome):
            return GuardEffect("zero", guard)
        given_above = (
            each for each in self.scheme.lineage(guard)[1:] if each.code in self._reported.given
        )
        above = next(given_above, None)
        if above is None or self._effect(self.scheme.lineage(above.code)):
            return GuardEffect("unknown", guard)
        # within a score that was given above only the fewest or the most of its points decide
        given, bare = self._reported.given[above.code], self._reported.bare(above)
        if given == -bare.below:
            return GuardEffect("zero", guard)
        full = applicable(bare, above.maximum)
        return None if given == full else GuardEffect("unknown", guard)

    def _effect(self, criteria: Iterable[Criterion]) -> GuardEffect | None:
        """The strictest effect of the guards of some criteria, the first of those alike."""
        effects = (self._guards.get(each.requires or "") for each in criteria)
        return reduce(stricter, effects, None)

    def _criterion(self, criterion: Criterion, above: GuardEffect | None) -> Outcome:
        """The outcome of a criterion; `above` is what guards above it make of it."""
        code = criterion.code
        if code in self.outcomes:
            return self.outcomes[code]
        effect = stricter(self._guards.get(criterion.requires or ""), above)
        if criterion.children:
            for child in criterion.children:
                self._criterion(child, effect)
            below = self._sum(code, criterion.children, criterion.maximum, effect)
            outcome = self._given(criterion, below, effect)
        else:
            reported = self._reported.leaves[code]
            outcome = apply_guard(reported, effect, criterion.maximum)
            if reported.state != "not_applicable":
                self._note(code, reported.points, effect)
        outcome = self._rounded(criterion, outcome)
        self.outcomes[code] = outcome
        return outcome

    def _rounded(self, criterion: Criterion, outcome: Outcome) -> Outcome:
        """The outcome of a criterion; that of an area is rounded where the scheme says so."""
        points, mode = self.scheme.rounding.points, self.scheme.rounding.mode
        if points is None or points.at != "area" or criterion.code in self.scheme.above:
            return outcome
        return round_outcome(outcome, points.digits, mode, criterion.maximum)

    def _sum(
        self,
        code: str,
        children: Sequence[Criterion],
        maximum: Fraction | None,
        effect: GuardEffect | None,
    ) -> Outcome:
        """The outcome of all children, and of what is not listed."""
        parts = [(child.maximum, self.outcomes[child.code]) for child in children]
        if any(size is None for size, _ in parts):
            shares = [Share(c.code, c.maximum, self.outcomes[c.code].points) for c in children]
            self.faults.room(shares, maximum, ("scores",), self.scorecard.scores)
        if code in self._reported.rests:
            size, rest = self._reported.rests[code]
            parts.append((size, apply_guard(rest, effect, size)))
        return aggregate_children(parts, maximum)

    def _given(self, criterion: Criterion, below: Outcome, effect: GuardEffect | None) -> Outcome:
        """What holds where a criterion with children may have points of its own.

        Points of the children win where they are complete, because they say
        more; those given must then agree with them within rounding.
        """
        code = criterion.code
        points = self._reported.given.get(code)
        if points is None:
            return below
        if effect is not None:
            self._note(code, points, effect)
            if points or below.points or below.below:
                return below
        else:
            slack = tolerance(len(criterion.children), self.scheme.rounding.index)
            given, printed = Outcome("scored", points), self._rounded(criterion, below)
            self.faults.disagree(below, printed, given, slack, ("scores", code), BELOW)
        if known(below):
            return below
        self._include(criterion)
        points = within(below, points)
        return Outcome("scored" if points else "zero", points, below.excluded)

    def _include(self, criterion: Criterion) -> None:
        """Say of what is unknown below a score that it is included in it."""
        for child in criterion.children:
            outcome = self.outcomes[child.code]
            if outcome.state == "unknown":
                left = None if outcome.unassessed else outcome.unassessed
                self.outcomes[child.code] = outcome._replace(state="included", unassessed=left)
            self._include(child)

    def _note(self, code: str, points: Fraction | None, effect: GuardEffect | None) -> None:
        """Note points that do not count because a guard got nothing."""
        if (
            points
            and points > 0
            and effect
            and effect.becomes == "zero"
            and code in self.scorecard.scores
        ):
            self.notes.append(behind_guard(self.faults, code, points, effect.guard))

    def _item(self, item: Criterion) -> None:
        """An item of a bonus or penalty; one that is left out, or does not apply, adds nothing."""
        self.outcomes[item.code] = Outcome("not_applicable", None, excluded=item.maximum)
        if item.code in self.scorecard.scores:
            self._reported.criterion(item, Above(full_points=False))
            outcome = self._reported.leaves[item.code]
            if outcome.state != "not_applicable":
                self.outcomes[item.code] = outcome
