"""The least that must change to reach a target: fewest leaves, then least gain, then code order.

A leaf can be raised by what its rule allows, whole steps at a time, or to any
points that can be reported where the rule gives any. What people answer, and
what does not apply, cannot be raised. What is unknown counts as 0. A plan may
raise a guard, and then what was behind it counts again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations
from typing import Final

from msgspec import Struct

from parindex.analysis.goal import Bound, Goal, bound_of
from parindex.analysis.improvements import TooMuchError
from parindex.analysis.raisable import (
    Raisable,
    before_rounding,
    common_unit,
    improvements,
    raisable,
)
from parindex.analysis.scenario import Simulation, simulate
from parindex.analysis.subset_search import best_sets
from parindex.findings import InputError
from parindex.rules.base import Gain, Ladder
from parindex.scoring.result import Node, Result
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.exact import ZERO, add, decimals, half_unit, to_decimal_or_none, to_text
from parindex.values.facts import Fact, Points

MOST_PLANS: Final = 6
_LEAST_DIGITS: Final = 4
_MOST_DIGITS: Final = 12
_COARSE_UNITS: Final = (10**7, 10**6, 10**5, 10**4, 10**3, 100)
_MOST_RATED: Final = 4
"""Leaves whose rates others take, of which each choice is tried."""
_LEAST_TRIALS: Final = 10
_MOST_TRIALS: Final = 20_000
"""Leaves that are left out of a plan for trial where only scoring shows what it gives."""


class Step(Struct, frozen=True):
    """One leaf of a plan: as it is now, what must be reported, and its points with that."""

    now: Node
    gain: Gain

    @property
    def raised(self) -> Fraction:
        """By how many points; what is unknown counts as 0."""
        return self.gain.points - (self.now.points or ZERO)

    def __repr__(self) -> str:
        return brief(self, self.now.code, f"+{to_text(self.raised)} points")


class Plan(Struct, frozen=True):
    """Leaves to raise, in the scheme's order, and the scenario in which all of them are."""

    steps: tuple[Step, ...]
    simulation: Simulation

    @property
    def gain(self) -> Fraction:
        """By how many points the whole rises, with what guards give back."""
        before, after = self.simulation.before.total, self.simulation.after.total
        return (after.points or ZERO) - (before.points or ZERO)

    def __repr__(self) -> str:
        return brief(self, f"{len(self.steps)} steps", f"+{to_text(self.gain)} points")


class Target(AsData, Struct, frozen=True):
    """A target: what is missing, the best plan, and up to five others of as many leaves.

    `missing` is None where no points would be enough, and 0 or less where the
    target is reached; `plans` are empty where it is reached or out of reach.
    `best` is the result with everything raised that can be. `proved` is False where
    there was too much to look at to be sure that no other plan is better, or where
    the scheme rounds points of areas on the way.
    """

    result: Result
    goal: Goal
    missing: Fraction | None
    plans: tuple[Plan, ...]
    best: Result
    proved: bool = True

    def __repr__(self) -> str:
        lack = None if self.missing is None else f"{to_text(self.missing)} points missing"
        return brief(self, *self.result.said, lack, f"{len(self.plans)} plans")


def plan_target(result: Result, goal: Goal, most: int = MOST_PLANS) -> Target:
    """The least that must change to reach a goal.

    Args:
        result: the present result; what is unknown in it counts as 0.
        goal: a band, an index as printed, or a place among units that stay as they are.
        most: how many plans are returned, the best first.

    Raises:
        InputError: P207 no such band or place, P223 the maximum is not known.
    """
    bound = bound_of(result, goal)
    present = add(node.points or ZERO for _, node in result.walk(1))
    leaves = raisable(result, _digits(bound.points - present) if bound else _LEAST_DIGITS)
    best = _raised_in_full(result, leaves)
    if bound is None:
        return Target(result, goal, None, (), best)
    lack = bound.points - (result.total.points or ZERO)
    if bound.reached(result.total.points or ZERO) or not _reached(bound, best):
        return Target(result, goal, lack, (), best)
    if any(leaf.code in result.scheme.rated for leaf in leaves):
        plans, proved = _plans_with_rates(result, bound, leaves, most), False
    else:
        plans, proved = _plans(result, bound, leaves, most)
    return Target(result, goal, lack, tuple(plans), best, proved)


def _digits(points: Fraction) -> int:
    """With how many decimals given points are written: those of what is missing, and at least some."""
    exact = to_decimal_or_none(points)
    own = 0 if exact is None else decimals(exact)
    return min(_MOST_DIGITS, max(_LEAST_DIGITS, own))


def _reached(bound: Bound, result: Result) -> bool:
    return bound.reached(result.total.points or ZERO)


def _raised_in_full(result: Result, leaves: Sequence[Raisable]) -> Result:
    """The result with everything raised that can be: nothing that is raised makes another less."""
    steps = [_step(result, leaf, leaf.most) for leaf in leaves if leaf.ladders]
    return _tried(result, steps).after if steps else result


def _plans(
    result: Result, bound: Bound, leaves: Sequence[Raisable], most: int
) -> tuple[list[Plan], bool]:
    """The best plans, each tried by scoring it, and whether they are proved to be the best.

    Where points of areas are rounded on the way, sums alone do not show what a
    plan gives: what rounding may add is left out first, and what it may cost
    added last.
    """
    present = add(node.points or ZERO for _, node in result.walk(1))
    need = bound.points - present
    rounding = result.scheme.rounding.points
    by_area = rounding is not None and rounding.at == "area"
    slack = len(result.scheme.criteria) * half_unit(rounding.digits) if rounding else ZERO
    for tried in (need - slack, need, need + slack) if by_area else (need,):
        is_open = bound.open or tried <= 0
        sets, proved = _sets(leaves, max(tried, ZERO), most, is_open=is_open)
        plans = [_plan(result, leaves, each) for each in sets]
        right = [plan for plan in plans if plan and _reached(bound, plan.simulation.after)]
        right.sort(key=lambda plan: plan.gain)
        if right:
            listed = all(ladder.whole for leaf in leaves for ladder in leaf.ladders)
            return right, proved and listed and not by_area and len(right) == len(plans)
    return [_thinned(result, bound, leaves)], False


def _plans_with_rates(
    result: Result, bound: Bound, leaves: Sequence[Raisable], most: int
) -> list[Plan]:
    """The best plans found where other leaves take the rates of some: what those give hangs on these.

    Each choice of such leaves is raised in full, the rest planned beside it, and then
    they are lowered again as far as the goal is still reached.
    """
    rated = [leaf for leaf in leaves if leaf.code in result.scheme.rated and leaf.ladders]
    counts = range(len(rated) + 1) if len(rated) <= _MOST_RATED else (0, len(rated))
    found = []
    for chosen in chain.from_iterable(combinations(rated, count) for count in counts):
        raised = {leaf.code: _step(result, leaf, leaf.most) for leaf in chosen}
        base = _tried(result, raised.values()).after if raised else result
        others = [leaf for leaf in raisable(base, _LEAST_DIGITS) if leaf not in rated]
        others = [leaf for leaf in others if leaf.code not in result.scheme.rated]
        if not _reached(bound, _raised_in_full(base, others)):
            continue
        plans = [] if _reached(bound, base) else _plans(base, bound, others, most)[0]
        for steps in [plan.steps for plan in plans] or [()]:
            whole = raised | {step.now.code: step for step in steps}
            found.append(_lowered(result, bound, chosen, whole))
    return sorted(found, key=lambda plan: (len(plan.steps), plan.gain))[:most]


def _lowered(
    result: Result, bound: Bound, chosen: Sequence[Raisable], steps: Mapping[str, Step]
) -> Plan:
    """The plan with each leaf whose rate others take raised no more than the goal needs."""
    now = {code: Step(result.node(code), step.gain) for code, step in steps.items()}
    order = [code for code in result.scheme.by_code if code in now]
    for leaf in chosen:
        for ladder in sorted(leaf.ladders, key=lambda each: each.start):

            def enough(rung: int, leaf: Raisable = leaf, ladder: Ladder = ladder) -> bool:
                steps = {**now, leaf.code: _rung(result, leaf, ladder, rung)}
                return _reached(bound, _tried(result, steps.values()).after)

            rung = _first(ladder.count, enough)
            if rung < ladder.count:
                now[leaf.code] = _rung(result, leaf, ladder, rung)
                break
    plan = tuple(now[code] for code in order)
    return Plan(plan, _tried(result, plan))


def _first(count: int, enough: Callable[[int], bool]) -> int:
    """The first rung that is enough, or `count`; a range of so many may have no length for `bisect`."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def _sets(
    leaves: Sequence[Raisable], need: Fraction, most: int, *, is_open: bool
) -> tuple[list[dict[int, Fraction]], bool]:
    """The best sets of leaves with the points of each, and whether they are proved to be the best.

    Where there is too much to look at exactly, gains are looked at in coarser units.
    """
    exact = common_unit(leaves)
    for unit in (exact, *(each for each in _COARSE_UNITS if each < exact)):
        try:
            sets = best_sets(improvements(leaves, need, unit, is_open=is_open), most)
        except TooMuchError:
            continue
        points = [
            {
                n: leaves[n].least_from(leaves[n].own + Fraction(gain, unit))
                for n, gain in each.gains
            }
            for each in sets
        ]
        return points, unit == exact
    return [], False


def _thinned(result: Result, bound: Bound, leaves: Sequence[Raisable]) -> Plan:
    """Everything raised that can be, but for what scoring shows to be spared."""
    steps = [_step(result, leaf, leaf.most) for leaf in reversed(leaves) if leaf.ladders]
    steps.sort(key=lambda step: step.raised)  # of equal ones the last first: guards come before
    at, size = 0, len(steps)
    for _ in range(max(_LEAST_TRIALS, _MOST_TRIALS // len(steps))):
        others = [*steps[:at], *steps[at + size :]]
        if others and _is_enough(result, bound, others):
            steps = others
        elif size > 1:
            size //= 2
        else:
            at += 1
        if at >= len(steps):
            break
    codes = [leaf.code for leaf in leaves]
    steps.sort(key=lambda step: codes.index(step.now.code))
    return Plan(tuple(steps), _tried(result, steps))


def _is_enough(result: Result, bound: Bound, steps: Sequence[Step]) -> bool:
    """Whether a plan reaches the goal; one whose scores do not go together does not."""
    try:
        return _reached(bound, _tried(result, steps).after)
    except InputError:
        return False


def _plan(
    result: Result, leaves: Sequence[Raisable], points: Mapping[int, Fraction]
) -> Plan | None:
    """The plan that a set is; None where its scores do not go together."""
    steps = tuple(_step(result, leaves[n], each) for n, each in points.items())
    try:
        return Plan(steps, _tried(result, steps))
    except InputError:
        return None


def _step(result: Result, leaf: Raisable, points: Fraction) -> Step:
    return Step(result.node(leaf.code), leaf.reaching(points, before_rounding(result, points)))


def _rung(result: Result, leaf: Raisable, ladder: Ladder, rung: int) -> Step:
    return _step(result, leaf, ladder.start + ladder.step * rung)


def _tried(result: Result, steps: Iterable[Step]) -> Simulation:
    """What a plan gives; a rate that other leaves take is reported as a figure, not as points."""
    facts: dict[str, Fact] = {}
    for step in steps:
        points = to_decimal_or_none(step.gain.points)
        is_fact = points is None or step.now.code in result.scheme.rated
        facts[step.now.code] = step.gain.fact if is_fact or points is None else Points(points)
    return simulate(result, facts)
