"""Scoring: scorecard × scheme → result. The only place where points are added."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec.structs import replace

from parindex.analysis.published import compare_published
from parindex.exact import ZERO, add, half_unit, plain
from parindex.findings import InputError
from parindex.model.facts import Fact, Percent, Points, State
from parindex.model.finding import Finding, Path
from parindex.model.result import Outcome, Result
from parindex.model.scheme import Criterion, Scheme
from parindex.model.scorecard import Scorecard
from parindex.rules import PointsRule
from parindex.rules.base import RefusedError

_UNGIVEN = PointsRule()


def score(scorecard: Scorecard, scheme: Scheme) -> Result:
    """Compute every point of a scorecard under a scheme, exactly.

    Args:
        scorecard: what the unit reports; a code that is left out is unknown.
        scheme: the criteria, maxima and rules; it must hold for the scorecard's year.

    Returns:
        The result, in exact points; nothing in it is rounded before it is printed.

    Raises:
        InputError: the scorecard does not fit the scheme; holds every fault.
    """
    scoring = _Scoring(scorecard, scheme)
    outcome = scoring.whole()
    if scoring.findings:
        raise InputError(scoring.findings)
    result = Result(scheme, scorecard, outcome, scoring.outcomes)
    if scorecard.published is None:
        return result
    return replace(result, findings=tuple(compare_published(result)))


class _Scoring:
    """One pass over the tree of a scheme: outcomes by code, and the faults on the way."""

    def __init__(self, scorecard: Scorecard, scheme: Scheme) -> None:
        self.scorecard = scorecard
        self.scheme = scheme
        self.outcomes: dict[str, Outcome] = {}
        self.findings: list[Finding] = []

    def whole(self) -> Outcome:
        """The outcome of the scheme; checks first what concerns no single criterion."""
        if self.scorecard.year not in self.scheme.years:
            years = ", ".join(map(str, self.scheme.years))
            told = {"found": str(self.scorecard.year), "expected": years}
            self._fault("P209", self.scheme.id, ("year",), told)
        for code in self.scorecard.scores:
            if code not in self.scheme.by_code:
                self._unknown_code(code)
        return self._sum(self.scheme.criteria, self.scheme.maximum, listed_all=self.scheme.complete)

    def _outcome(self, criterion: Criterion) -> Outcome:
        entry = self.scorecard.scores.get(criterion.code)
        fact = None if entry is None else entry.fact
        if criterion.children:
            below = self._sum(criterion.children, criterion.maximum, listed_all=criterion.complete)
            outcome = below if fact is None else self._given(criterion, fact, below)
        else:
            outcome = self._leaf(criterion, fact)
        self.outcomes[criterion.code] = outcome
        return outcome

    def _leaf(self, criterion: Criterion, fact: Fact | None) -> Outcome:
        if fact is None:
            return Outcome("unknown", None, unassessed=criterion.maximum)
        if isinstance(fact, State):
            return self._state(fact, criterion.maximum)
        points = self._points(criterion, fact)
        return Outcome("scored" if points else "zero", points)

    def _state(self, fact: State, maximum: Fraction | None) -> Outcome:
        match fact.state:
            case "unknown":
                return Outcome("unknown", None, unassessed=maximum)
            case "no_evidence":
                return Outcome("no_evidence", ZERO)
            case "not_applicable" if self.scheme.not_applicable == "full-points":
                return Outcome("not_applicable", maximum)
            case "not_applicable":
                return Outcome("not_applicable", None, excluded=maximum)

    def _points(self, criterion: Criterion, fact: Fact) -> Fraction:
        """The points of a fact; 0 after a fault has been noted."""
        try:
            return _points_of(criterion, fact)
        except RefusedError as refused:
            self._fault(refused.code, criterion.code, _path(criterion.code), refused.parameters)
            return ZERO

    def _given(self, criterion: Criterion, fact: Fact, below: Outcome) -> Outcome:
        """What holds where a criterion with children has a score of its own.

        Points of the children win where they are complete, because they say
        more; the score given must then agree with them within rounding.
        """
        if isinstance(fact, State):
            return self._given_state(criterion, fact, below)
        points = self._points(criterion, fact)
        slack = (len(criterion.children) + 1) * half_unit(self.scheme.rounding.index)
        least = below.points or ZERO
        most = None if below.unassessed is None else least + below.unassessed
        if points < least - slack or (most is not None and points > most + slack):
            reach = plain(least) if most == least else f"{plain(least)}…{plain(most or least)}"
            told = {"found": plain(points), "expected": reach}
            self._fault("P204", criterion.code, _path(criterion.code), told)
        if below.unassessed == 0:
            return below
        self._include(criterion.children)
        return Outcome("scored" if points else "zero", points, excluded=below.excluded)

    def _given_state(self, criterion: Criterion, fact: State, below: Outcome) -> Outcome:
        if below.state not in ("unknown", fact.state):
            told = {"found": fact.state, "expected": below.state}
            self._fault("P204", criterion.code, _path(criterion.code), told)
        if fact.state != "unknown":
            self._include(criterion.children)
        return self._state(fact, criterion.maximum)

    def _include(self, children: Sequence[Criterion]) -> None:
        """Mark what is unknown below a given score as included in it."""
        for child in children:
            if self.outcomes[child.code].state == "unknown":
                self.outcomes[child.code] = Outcome("included", None, unassessed=None)
            self._include(child.children)

    def _sum(
        self, children: Sequence[Criterion], maximum: Fraction | None, *, listed_all: bool
    ) -> Outcome:
        """The outcome of a criterion, or of the whole, from those of its children."""
        outcomes = [self._outcome(child) for child in children]
        known = [outcome.points for outcome in outcomes if outcome.points is not None]
        excluded = _total([outcome.excluded for outcome in outcomes])
        unassessed = _total([outcome.unassessed for outcome in outcomes])
        if not listed_all or not children:
            unassessed = self._remainder(children, maximum, unassessed)
        states = {outcome.state for outcome in outcomes}
        points = add(known) if known else None
        if states == {"not_applicable"}:
            return Outcome("not_applicable", points, excluded, unassessed)
        if states <= {"unknown", "not_applicable"}:
            return Outcome("unknown", None, excluded, unassessed)
        if unassessed != 0:
            return Outcome("partial", points, excluded, unassessed)
        if states <= {"no_evidence", "not_applicable"}:
            return Outcome("no_evidence", points, excluded)
        return Outcome("scored" if points else "zero", points, excluded)

    @staticmethod
    def _remainder(
        children: Sequence[Criterion], maximum: Fraction | None, unassessed: Fraction | None
    ) -> Fraction | None:
        """The unassessed points where the scheme does not list all children."""
        listed = _total([child.maximum for child in children])
        if maximum is None or listed is None or unassessed is None:
            return None
        return unassessed + maximum - listed

    def _unknown_code(self, code: str) -> None:
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(code, self.scheme.by_code))
        told = {"scheme": self.scheme.id, "found": code, "near": near}
        self._fault("P201", code, ("scores", code), told)

    def _fault(self, code: str, where: str, path: Path, told: Mapping[str, str]) -> None:
        places = self.scorecard.places
        place = places.locate(path, key=code == "P201") if places else None
        self.findings.append(Finding(code, where, told, path, place))


def _points_of(criterion: Criterion, fact: Fact) -> Fraction:
    """The points of a fact, from 0 to the criterion's maximum.

    Raises:
        RefusedError: the points lie outside, or the rule cannot take the fact.
    """
    maximum = criterion.maximum
    if isinstance(fact, Points):
        points = Fraction(fact.points)
    elif maximum is None:
        raise RefusedError("P211")
    elif isinstance(fact, Percent):
        points = Fraction(fact.percent) * maximum / 100
    else:
        return (criterion.rule or _UNGIVEN).points(fact, maximum)
    if points < 0:
        raise RefusedError("P203", found=plain(points))
    if maximum is not None and points > maximum:
        raise RefusedError("P202", found=plain(points), expected=f"0…{plain(maximum)}")
    return points


def _path(code: str) -> Path:
    return ("scores", code)


def _total(parts: Sequence[Fraction | None]) -> Fraction | None:
    """The sum, or None where one part is not known."""
    known = [part for part in parts if part is not None]
    return add(known) if len(known) == len(parts) else None
