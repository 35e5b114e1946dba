"""What was reported, leaf by leaf: states and profiles of criteria above reach down to the leaves."""

from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from parindex.rules.base import RefusedError, Rule, UndecidedError
from parindex.scheme.scheme import Criterion
from parindex.scheme.unknown_code import told_of
from parindex.scorecard.scorecard import Entry, Scorecard, Stage
from parindex.scoring.faults import Faults
from parindex.scoring.outcome import Outcome
from parindex.scoring.sums import aggregate_children, applicable, not_applicable, total
from parindex.scoring.unit_rules import Limits, UnitRules
from parindex.values.codes import (
    ABOVE_MAXIMUM,
    NEGATIVE_NUMBER,
    OUT_OF_RANGE,
    POINTS_DISAGREE,
    SCORE_OUTSIDE_PROFILE,
    UNKNOWN_CODE,
    UNKNOWN_MAXIMUM,
    WRONG_INPUT_FOR_RULE,
    ZERO_DENOMINATOR,
)
from parindex.values.exact import ZERO, rounded, to_text
from parindex.values.facts import (
    NOT_APPLICABLE,
    UNKNOWN,
    Fact,
    Percent,
    Points,
    Ratio,
    State,
    StateName,
    Value,
    figure_form,
)
from parindex.values.finding import Finding
from parindex.values.language import N_

BELOW: Final = N_("those of the criteria below")
_UNSAID: Final = (NOT_APPLICABLE, UNKNOWN)
"""What may be said of a criterion that the unit's profile leaves out."""


class Above(NamedTuple):
    """What holds for a criterion because of those above it.

    `state` was said of the criterion `code`; `is_off` where the unit's profile
    leaves all of this out; `full_points` if what does not apply gets them.
    """

    full_points: bool
    state: StateName | None = None
    code: str = ""
    is_off: bool = False


class Reported:
    """What a scorecard says of each leaf, before guards and sums.

    `leaves` are their outcomes, and those of what criteria do not list, under
    the code of the criterion (empty for the whole); `given` are the points of
    criteria with children.
    """

    def __init__(
        self, scorecard: Scorecard, rules: UnitRules, stage: Stage | None, faults: Faults
    ) -> None:
        self.scorecard = scorecard
        self.scheme = scheme = rules.scheme
        self.rules = rules
        self.stage = stage
        self.faults = faults
        self.notes: list[Finding] = []
        self.leaves: dict[str, Outcome] = {}
        self.rests: dict[str, tuple[Fraction | None, Outcome]] = {}
        self.given: dict[str, Fraction] = {}
        self._contradicted: set[str] = set()
        self.off: frozenset[str] = frozenset()
        if scorecard.profile is not None:
            self.off = frozenset(scheme.profiles.get(scorecard.profile, ()))

    def read(self) -> None:
        """Read all criteria; the faults of what was reported are noted."""
        for code in self.scorecard.scores:
            if code not in self.scheme.by_code:
                told = told_of(self.scheme, code, near=self.faults.may_suggest)
                self.faults.add(UNKNOWN_CODE, code, ("scores", code), told, key=True)
        scheme = self.scheme
        above = Above(scheme.not_applicable == "full-points")
        for area in scheme.criteria:
            self.criterion(area, above)
        self._rest("", scheme.maximum, scheme.criteria, above, complete=scheme.complete)

    def criterion(self, criterion: Criterion, above: Above) -> None:
        """Read one criterion and all below it."""
        if criterion.not_applicable is not None:
            above = above._replace(full_points=criterion.not_applicable == "full-points")
        if criterion.code in self.off:
            above = above._replace(is_off=True)
        fact = self._fact(criterion, above)
        self._check_stages(criterion)
        if isinstance(fact, State):
            above = self._with_state(criterion, fact.state, above)
        if not criterion.children:
            self._leaf(criterion, fact, above)
            return
        for child in criterion.children:
            self.criterion(child, above)
        self._rest(
            criterion.code,
            criterion.maximum,
            criterion.children,
            above,
            complete=criterion.complete,
        )
        self._parent(criterion, fact, above)

    def _fact(self, criterion: Criterion, above: Above) -> Fact | None:
        """What was reported for a criterion, or that the unit's profile leaves it out."""
        if not above.is_off:
            entry = self.scorecard.entry(criterion.code, self.stage)
            return None if entry is None else entry.fact
        said = self.scorecard.scores.get(criterion.code)
        facts = () if said is None else (said.fact, *(each.fact for each in said.stages.values()))
        if any(fact not in _UNSAID for fact in facts):
            values = {"found": self.scorecard.profile or ""}
            self.faults.add(
                SCORE_OUTSIDE_PROFILE, criterion.code, ("scores", criterion.code), values
            )
        return NOT_APPLICABLE

    def _check_stages(self, criterion: Criterion) -> None:
        """Note the faults of scores that do not count: they are as wrong as one that does."""
        entry = self.scorecard.scores.get(criterion.code)
        if entry is None:
            return
        self._check_references(criterion, entry)
        counted = self.stage or entry.stage
        for other in entry.stages.values() or (entry,):
            if other.stage != counted and not isinstance(other.fact, State):
                self._points(criterion, other.fact, self.rules.limits(criterion), other.stage)

    def _check_references(self, criterion: Criterion, entry: Entry) -> None:
        """Note references that are no figure of the rule, or that the unit itself is over."""
        for each in (entry, *entry.stages.values()):
            if each.reference is None or (each is entry and entry.stages):
                continue
            try:
                check_reference(criterion, self.rules.of(criterion), each.reference, each.fact)
            except RefusedError as refused:
                path = ("scores", criterion.code, *((each.stage,) if entry.stages else ()))
                self.faults.add(
                    refused.code, criterion.code, (*path, "reference"), refused.parameters
                )

    def _with_state(self, criterion: Criterion, state: StateName, above: Above) -> Above:
        """What holds below a criterion that has a state of its own."""
        if above.is_off or above.state is None:
            return above._replace(state=state, code=criterion.code)
        if state == "not_applicable":
            return above._replace(state=state, code=criterion.code)
        if state == "no_evidence" and above.state != "no_evidence":
            self._contradict(above, state)
        return above

    def _contradict(self, above: Above, found: str) -> None:
        """Note, once for each, that a criterion's state is not that of what is below it."""
        if above.code not in self._contradicted:
            self._contradicted.add(above.code)
            values = {"found": above.state or "", "expected": found, "other": BELOW}
            self.faults.add(POINTS_DISAGREE, above.code, ("scores", above.code), values)

    def _leaf(self, leaf: Criterion, fact: Fact | None, above: Above) -> None:
        limits, received = self.rules.limits(leaf), self.rules.received(leaf)
        if fact is None or isinstance(fact, State):
            outcome = _of_state(above, leaf.maximum, limits)
        else:
            points = self._points(leaf, fact, limits)
            outcome = self._scored(limits, points)
            self._agree(above, points)
            if points is not None:
                self._remark(leaf, fact)
        if received:
            outcome = outcome._replace(excluded=-received)
        self.leaves[leaf.code] = outcome

    def _scored(self, limits: Limits, points: Fraction | None) -> Outcome:
        if points is None:
            return _unknown(limits)
        rounding, most = self.scheme.rounding, limits.most
        if rounding.points is not None and rounding.points.at == "leaf":
            points = Fraction(rounded(points, rounding.points.digits, rounding.mode))
            points = max(limits.lowest, points if most is None else min(points, most))
        return Outcome("scored" if points or most == 0 else "zero", points)

    def _agree(self, above: Above, points: Fraction | None) -> None:
        """Note points below a criterion that is said to be something else."""
        if points is None or above.state is None:
            return
        if points or above.state != "no_evidence":
            self._contradict(above, "scored" if points else "zero")

    def _rest(
        self,
        code: str,
        maximum: Fraction | None,
        listed: tuple[Criterion, ...],
        above: Above,
        *,
        complete: bool,
    ) -> None:
        """What a criterion does not list is one more leaf, of what is left of the maximum."""
        if complete and listed:
            return
        known = total([child.maximum for child in listed])
        left = None if maximum is None or known is None else maximum - known
        self.rests[code] = (left, _of_state(above, left, Limits(ZERO, left)))

    def _parent(self, criterion: Criterion, fact: Fact | None, above: Above) -> None:
        code, maximum = criterion.code, criterion.maximum
        if fact is None or isinstance(fact, State):
            return
        bare = self.bare(criterion)
        applies = applicable(bare, maximum)
        if isinstance(fact, Percent) and applies is None:
            self.faults.add(UNKNOWN_MAXIMUM, code, ("scores", code), {})
            return
        limits = Limits(-bare.below, maximum if applies is None else applies)
        points = self._points(criterion, fact, limits)
        self._agree(above, points)
        if points is not None:
            self.given[code] = points

    def bare(self, criterion: Criterion) -> Outcome:
        """The outcome of a criterion as if only what does not apply were known."""
        code = criterion.code
        if not criterion.children:
            return _bare(self.leaves[code], self.rules.limits(criterion))
        parts = [(child.maximum, self.bare(child)) for child in criterion.children]
        if code in self.rests:
            size, rest = self.rests[code]
            parts.append((size, _bare(rest, Limits(ZERO, size))))
        return aggregate_children(parts, criterion.maximum)

    def _points(
        self, criterion: Criterion, fact: Fact, limits: Limits, stage: Stage | None = None
    ) -> Fraction | None:
        """The points of a fact; None after a fault, or why they are not known, has been noted."""
        try:
            return points_of(criterion, self.rules.of(criterion), fact, limits)
        except UndecidedError as undecided:
            self._note(criterion, undecided)
            return None
        except RefusedError as refused:
            entry = self.scorecard.entry(criterion.code, self.stage)
            stage = stage or (entry.stage if entry else None)
            where = f"{criterion.code}.{stage}" if stage else criterion.code
            path = ("scores", criterion.code, *((stage,) if stage else ()))
            self.faults.add(refused.code, where, path, refused.parameters)
            return None

    def _remark(self, leaf: Criterion, fact: Fact) -> None:
        """Note what the rule has to tell beside the points."""
        most = self.rules.limits(leaf).most
        if most is not None and not isinstance(fact, Points | Percent):
            for remark in self.rules.of(leaf).remarks(fact, most):
                self._note(leaf, remark)

    def _note(self, criterion: Criterion, told: RefusedError) -> None:
        code = criterion.code
        found = self.faults.finding(told.code, code, ("scores", code), told.parameters)
        if found not in self.notes:
            self.notes.append(found)


def check_reference(criterion: Criterion, rule: Rule, reference: Value | Ratio, fact: Fact) -> None:
    """Refuse the best figure of a group that cannot be it.

    Raises:
        RefusedError: P205 the rule asks for none, or for another kind of figure, P207 it lies
            outside what is possible, or the unit's own figure is better.
    """
    found = f"reference: {figure_form(reference)}"
    if criterion.children or not rule.is_relative:
        raise RefusedError(WRONG_INPUT_FOR_RULE, found=found, expected="rule: {kind: relative}")
    best = rule.compared(reference)
    if best is None:
        raise RefusedError(ZERO_DENOMINATOR, found=found)
    if isinstance(fact, Value | Ratio):
        own = rule.compared(fact)
        if own is not None and rule.best_of((own, best)) != best:
            raise RefusedError(
                OUT_OF_RANGE,
                found=found,
                cause=N_("the unit's own figure is better"),
                expected=f"{'≥' if own > best else '≤'} {figure_form(fact)}",
            )


def _bare(outcome: Outcome, limits: Limits) -> Outcome:
    """A leaf that does not apply; of any other one nothing is known yet."""
    if outcome.state == "not_applicable":
        return outcome
    return _unknown(limits)._replace(excluded=outcome.excluded)


def _unknown(limits: Limits) -> Outcome:
    return Outcome("unknown", None, unassessed=limits.most, below=-limits.lowest)


def _of_state(above: Above, maximum: Fraction | None, limits: Limits) -> Outcome:
    """The outcome of a leaf without points, by the state that was said of it."""
    if above.is_off or above.state == "not_applicable":
        return not_applicable(maximum, full_points=above.full_points)
    if above.state == "no_evidence":
        return Outcome("no_evidence", ZERO)
    return _unknown(limits)


def points_of(
    criterion: Criterion, rule: Rule, fact: Fact, limits: Limits | None = None
) -> Fraction:
    """The points of a fact, from the fewest, mostly 0, to the most.

    Args:
        criterion: whose points they are.
        rule: its rule as it stands for the unit.
        fact: what was reported.
        limits: between which points they lie; a percentage is a share of the most.
            Without them those of the whole criterion.

    Raises:
        RefusedError: the points lie outside, or the rule cannot take the fact.
    """
    if rule.has_standard and isinstance(fact, Points | Percent):
        return rule.points(fact, ZERO)  # refuses them: a standard is met or not
    lowest, most = limits or (criterion.lowest, criterion.maximum)
    if isinstance(fact, Points):
        points = Fraction(fact.points)
    elif most is None:
        raise RefusedError(UNKNOWN_MAXIMUM)
    elif not isinstance(fact, Percent):
        return rule.points(fact, most)
    else:
        points = Fraction(fact.percent) * most / 100
    _within(points, lowest, most)
    return points


def _within(
    points: Decimal | Fraction,
    lowest: Decimal | Fraction | int,
    most: Decimal | Fraction | None,
) -> None:
    if points < lowest or (most is not None and points > most):
        code = NEGATIVE_NUMBER if points < lowest else ABOVE_MAXIMUM
        if most is None or (code == NEGATIVE_NUMBER and not lowest):
            raise RefusedError(code, found=to_text(points))
        expected = f"{to_text(Fraction(lowest))}…{to_text(most)}"
        raise RefusedError(code, found=to_text(points), expected=expected)
