"""The tree of criteria: points of the leaves, added up to criteria, areas and the whole."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from parindex.exact import ZERO, half_unit, plain, rounded
from parindex.language import mark
from parindex.model.facts import Fact, Percent, Points, State
from parindex.model.finding import Finding
from parindex.model.result import Outcome
from parindex.model.scheme import Criterion, Scheme
from parindex.model.scorecard import Scorecard, Stage
from parindex.rules import PointsRule
from parindex.rules.base import RefusedError
from parindex.scoring.faults import Faults
from parindex.scoring.guards import Shut, behind, shut_by_guards
from parindex.scoring.sums import reachable, together

BELOW: Final = mark("those of the criteria below")
_UNGIVEN: Final = PointsRule()
_DOES_NOT_APPLY: Final = State("not_applicable")


class Tree:
    """One pass over the criteria of a scheme; `outcomes` holds what it found, by code."""

    def __init__(
        self, scorecard: Scorecard, scheme: Scheme, stage: Stage | None, faults: Faults
    ) -> None:
        self.scorecard = scorecard
        self.scheme = scheme
        self.stage = stage
        self.faults = faults
        self.outcomes: dict[str, Outcome] = {}
        self.told: list[Finding] = []
        self._shut: Mapping[str, Shut] = {}
        self.off: frozenset[str] = frozenset()
        if scorecard.profile is not None:
            self.off = frozenset(scheme.profiles.get(scorecard.profile, ()))
        self._rounding = scheme.rounding.points

    def outcome(self) -> Outcome:
        """The outcome of all areas together.

        Guards are judged by a pass that lets everything through, then again
        until they stay as they are: once more for each guard behind another.
        """
        start = len(self.faults.findings)
        outcome = self._pass()
        for _ in self.scheme.guarded:
            shut = shut_by_guards(self.scheme, self.outcomes)
            if shut == self._shut:
                break
            self._shut = shut
            del self.faults.findings[start:]
            outcome = self._pass()
        for block in self.scheme.adjustments:
            for item in block.items:
                self._item(item)
        return outcome

    def _pass(self) -> Outcome:
        """One pass over the areas, with what the guards are known to shut."""
        self.outcomes = {}
        self.told = []
        for code in self.scorecard.scores:
            if code not in self.scheme.by_code:
                codes = self.scheme.by_code
                path = ("scores", code)
                self.faults.unknown("P201", code, codes, path, scheme=self.scheme.id)
        scheme = self.scheme
        areas = [self._area(area) for area in scheme.criteria]
        return together(scheme.criteria, areas, scheme.maximum, listed_all=scheme.complete)

    def all_outcomes(self) -> Mapping[str, Outcome]:
        """The outcomes of all criteria by code, computed now if they were not before."""
        if not self.outcomes:
            self.outcome()
        return self.outcomes

    def _area(self, area: Criterion) -> Outcome:
        outcome = self._criterion(area)
        if self._rounding is None or self._rounding.at != "area" or outcome.points is None:
            return outcome
        outcome = outcome._replace(points=self._round(outcome.points))
        self.outcomes[area.code] = outcome
        return outcome

    def _criterion(self, criterion: Criterion) -> Outcome:
        fact = self._fact(criterion)
        self._check_stages(criterion)
        if criterion.children:
            inner = [self._criterion(child) for child in criterion.children]
            below = together(
                criterion.children, inner, criterion.maximum, listed_all=criterion.complete
            )
            outcome = below if fact is None else self._given(criterion, fact, below)
        else:
            outcome = self._leaf(criterion, fact)
        self.outcomes[criterion.code] = outcome
        if criterion.code in self._shut:
            self._put_behind(criterion, self._shut[criterion.code])
        return self.outcomes[criterion.code]

    def _put_behind(self, criterion: Criterion, shut: Shut) -> None:
        """A criterion, and all below it, behind a guard that got nothing or is not known."""
        for _, each in criterion.walk():
            outcome = self.outcomes[each.code]
            self.outcomes[each.code] = behind(outcome, shut, each.maximum)
            if shut == "zero" and outcome.points and each.code in self.scorecard.scores:
                told = {"points": plain(outcome.points), "found": criterion.requires or ""}
                path = ("scores", each.code)
                self.told.append(self.faults.finding("P406", each.code, path, told))

    def _item(self, item: Criterion) -> None:
        """An item of a bonus or penalty; one that is left out, or does not apply, adds nothing."""
        if item.code in self.scorecard.scores:
            outcome = self._criterion(item)
            if outcome.state != "not_applicable":
                return
        self.outcomes[item.code] = Outcome("not_applicable", None, excluded=item.maximum)

    def _fact(self, criterion: Criterion) -> Fact | None:
        """What was reported for a criterion, or that the unit's profile leaves it out."""
        entry = self.scorecard.entry(criterion.code, self.stage)
        if criterion.code not in self.off:
            return None if entry is None else entry.fact
        if entry is not None and entry.fact != _DOES_NOT_APPLY:
            told = {"found": self.scorecard.profile or ""}
            self.faults.add("P212", criterion.code, ("scores", criterion.code), told)
        return _DOES_NOT_APPLY

    def _check_stages(self, criterion: Criterion) -> None:
        """Note the faults of stages that do not count: they are as wrong as one that does."""
        entry = self.scorecard.scores.get(criterion.code)
        if entry is None or not entry.stages:
            return
        counted = self.stage or entry.stage
        for stage, other in entry.stages.items():
            if stage != counted and not isinstance(other.fact, State):
                self._points(criterion, other.fact, stage)

    def _leaf(self, criterion: Criterion, fact: Fact | None) -> Outcome:
        if fact is None:
            return Outcome("unknown", None, unassessed=criterion.maximum)
        if isinstance(fact, State):
            return self._state(criterion, fact)
        points = self._points(criterion, fact)
        if points is None:
            return Outcome("unknown", None, unassessed=criterion.maximum)
        if self._rounding is not None and self._rounding.at == "leaf":
            points = self._round(points)
        return Outcome("scored" if points or criterion.maximum == 0 else "zero", points)

    def _state(self, criterion: Criterion, fact: State) -> Outcome:
        maximum = criterion.maximum
        match fact.state:
            case "unknown":
                return Outcome("unknown", None, unassessed=maximum)
            case "no_evidence":
                return Outcome("no_evidence", ZERO)
            case "not_applicable":
                if (criterion.not_applicable or self.scheme.not_applicable) == "full-points":
                    return Outcome("not_applicable", maximum)
                return Outcome("not_applicable", None, excluded=maximum)

    def _points(
        self, criterion: Criterion, fact: Fact, stage: Stage | None = None
    ) -> Fraction | None:
        """The points of a fact; None after a fault has been noted."""
        try:
            return points_of(criterion, fact, self.scorecard.year)
        except RefusedError as refused:
            entry = self.scorecard.entry(criterion.code, self.stage)
            stage = stage or (entry.stage if entry else None)
            where = f"{criterion.code}.{stage}" if stage else criterion.code
            path = ("scores", criterion.code, *((stage,) if stage else ()))
            self.faults.add(refused.code, where, path, refused.parameters)
            return None

    def _given(self, criterion: Criterion, fact: Fact, below: Outcome) -> Outcome:
        """What holds where a criterion with children has a score of its own.

        Points of the children win where they are complete, because they say
        more; the score given must then agree with them within rounding.
        """
        if isinstance(fact, State):
            return self._given_state(criterion, fact, below)
        points = self._points(criterion, fact)
        if points is None:
            return below
        slack = (len(criterion.children) + 1) * half_unit(self.scheme.rounding.index)
        reach = reachable(below, points, slack)
        if reach:
            told = {"found": plain(points), "expected": reach, "other": BELOW}
            self.faults.add("P204", criterion.code, ("scores", criterion.code), told)
        if below.unassessed == 0:
            return below
        self._mark(criterion.children, "included")
        return Outcome("scored" if points else "zero", points, excluded=below.excluded)

    def _given_state(self, criterion: Criterion, fact: State, below: Outcome) -> Outcome:
        if below.state not in ("unknown", fact.state):
            told = {"found": fact.state, "expected": below.state, "other": BELOW}
            self.faults.add("P204", criterion.code, ("scores", criterion.code), told)
        if fact.state == "not_applicable":
            self._mark(criterion.children, "not_applicable")
        elif fact.state == "no_evidence":
            self._mark(criterion.children, "included")
        return self._state(criterion, fact)

    def _mark(self, children: Sequence[Criterion], state: str) -> None:
        """Say of what is unknown below a score that it is included in it, or does not apply."""
        for child in children:
            if self.outcomes[child.code].state == "unknown":
                self.outcomes[child.code] = (
                    Outcome("included", None, unassessed=None)
                    if state == "included"
                    else Outcome("not_applicable", None, excluded=child.maximum)
                )
            self._mark(child.children, state)

    def _round(self, points: Fraction) -> Fraction:
        digits = self._rounding.digits if self._rounding else 0
        return Fraction(rounded(points, digits, self.scheme.rounding.mode))


def points_of(criterion: Criterion, fact: Fact, year: int) -> Fraction:
    """The points of a fact in the year that is scored, from 0 to the criterion's maximum.

    Raises:
        RefusedError: the points lie outside, or the rule cannot take the fact.
    """
    maximum = criterion.maximum
    if isinstance(fact, Points):
        return Fraction(given_points(criterion, fact))
    if maximum is None:
        raise RefusedError("P211")
    if not isinstance(fact, Percent):
        return (criterion.rule or _UNGIVEN).of_year(year).points(fact, maximum)
    points = Fraction(fact.percent) * maximum / 100
    if points < 0:
        raise RefusedError("P203", found=plain(points))
    if points > maximum:
        raise RefusedError("P202", found=plain(points), expected=f"0…{plain(maximum)}")
    return points


def given_points(criterion: Criterion, fact: Points) -> Decimal:
    """Points that somebody gave, compared as decimals, in a tenth of the time of fractions.

    Raises:
        RefusedError: they lie outside 0…maximum.
    """
    given = fact.points
    if given < 0:
        raise RefusedError("P203", found=plain(given))
    if criterion.max is not None and given > criterion.max:
        raise RefusedError("P202", found=plain(given), expected=f"0…{plain(criterion.max)}")
    return given
