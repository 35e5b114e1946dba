"""The least that must change to reach a target: fewest leaves, then least gain, then code order.

A leaf can be raised by the gains that its rule tells, whole steps at a time, or
by any amount where the rule gives any points. What people answer, and what does
not apply, cannot be raised. What is unknown counts as 0. A plan may raise a
guard, and then what stood behind it counts again.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from msgspec import Struct

from parindex.analysis.choices import (
    Found,
    Span,
    TooManySpansError,
    best_sets,
    fewest,
    shares,
)
from parindex.analysis.goal import Bound, Goal, bound_of, missing
from parindex.analysis.raisable import Raisable, World, worlds
from parindex.analysis.scenario import Simulation, simulate
from parindex.exact import ZERO, half_unit, terminating
from parindex.model.facts import Fact, Points
from parindex.model.result import Node, Result
from parindex.rules.base import Gain

MOST_PLANS: Final = 6


class Step(Struct, frozen=True):
    """One leaf of a plan: as it is now, what must be reported, and its points with that."""

    now: Node
    gain: Gain

    @property
    def raised(self) -> Fraction:
        """By how many points; what is unknown counts as 0."""
        return self.gain.points - (self.now.points or ZERO)


class Plan(Struct, frozen=True):
    """Leaves to raise, in the scheme's order, and the scenario in which all of them are."""

    steps: tuple[Step, ...]
    simulation: Simulation

    @property
    def gain(self) -> Fraction:
        """By how many points the whole rises, with what guards give back."""
        before, after = self.simulation.before.total, self.simulation.after.total
        return (after.points or ZERO) - (before.points or ZERO)


class Target(Struct, frozen=True):
    """A target: what is missing, the best plan, and up to five others of as many leaves.

    `missing` is None where no points would be enough, and 0 or less where the
    target is reached; `plans` are empty where it is reached or out of reach.
    `best` is the result with every leaf at its maximum. `proved` is False where
    there were too many sums to be sure that no other plan is better, or where
    the scheme rounds points of leaves or areas on the way.
    """

    result: Result
    goal: Goal
    missing: Fraction | None
    plans: tuple[Plan, ...]
    best: Result
    proved: bool = True


def plan_target(result: Result, goal: Goal, most: int = MOST_PLANS) -> Target:
    """The least that must change to reach a goal.

    Args:
        result: the present result; what is unknown in it counts as 0.
        goal: a band, an index as printed, or a place among units that stay as they are.
        most: how many plans are told, the best first.

    Raises:
        InputError: P207 no such band or place, P223 the maximum is not known.
    """
    bound = bound_of(result, goal)
    all_worlds, every = worlds(result)
    best = _raised_in_full(result, all_worlds)
    if bound is None:
        return Target(result, goal, None, (), best)
    lack = missing(result, bound)
    if bound.reached(result.total.points or ZERO):
        return Target(result, goal, lack, (), best)
    slack = _rounded_away(result)
    wanted = Bound(bound.points + slack, bound.open)
    plans, sure = _plans(result, wanted, all_worlds, most)
    return Target(result, goal, lack, tuple(plans), best, sure and every and not slack)


def _rounded_away(result: Result) -> Fraction:
    """How many points rounding on the way may cost at the most."""
    rounding = result.scheme.rounding
    if rounding.points is None or rounding.points.at == "total":
        return ZERO
    leaves = sum(not criterion.children for _, criterion in result.scheme.walk())
    count = len(result.scheme.criteria) if rounding.points.at == "area" else leaves
    return count * 2 * half_unit(rounding.points.digits)


def _raised_in_full(result: Result, all_worlds: Sequence[World]) -> Result:
    """The result with everything raised that can be, in the world that allows the most."""
    full: dict[str, Points] = {}
    for world in all_worlds:
        full |= {
            leaf.code: Points(most) for leaf in world.leaves if (most := terminating(leaf.full))
        }
    return simulate(result, full).after if full else result


def _plans(
    result: Result, bound: Bound, all_worlds: Sequence[World], most: int
) -> tuple[list[Plan], bool]:
    """The best plans of all worlds, and whether they are surely the best."""
    unit = _common(bound, all_worlds)
    scaled = [(world, *_scaled(world, bound, unit)) for world in all_worlds]
    counts = [fewest(items, must, need) for _, items, must, need in scaled]
    known = [count for count in counts if count is not None]
    found: list[tuple[Fraction, Found, World, list[list[Span]]]] = []
    sure = True
    for (world, items, must, need), count in zip(scaled, counts, strict=True):
        if count is None or count != min(known):
            continue
        try:
            sets = best_sets(items, must, need, count, most)
        except TooManySpansError:
            sets, sure = [_greedy(items, must, need, count)], False
        base = world.points - (result.total.points or ZERO)
        found += [(Fraction(each.total, unit) + base, each, world, items) for each in sets]
    found.sort(key=lambda each: (each[0], each[1].items))
    plans: dict[tuple[int, ...], Plan] = {}
    for _, each, world, items in found:
        if each.items not in plans and len(plans) < most:
            gains = shares([items[item] for item in each.items], each.total)
            leaves = [world.leaves[item] for item in each.items]
            plans[each.items] = _plan(result, leaves, [Fraction(gain, unit) for gain in gains])
    return list(plans.values()), sure


def _common(bound: Bound, all_worlds: Sequence[World]) -> int:
    """The denominator over which every gain, and what is needed, is a whole number."""
    figures = [bound.points, *(world.points for world in all_worlds)]
    for world in all_worlds:
        figures += [edge for leaf in world.leaves for span in leaf.spans for edge in span]
    return lcm(*(figure.denominator for figure in figures))


def _scaled(world: World, bound: Bound, unit: int) -> tuple[list[list[Span]], frozenset[int], int]:
    """The spans, the leaves that must be raised and the need of a world, in whole units."""
    items = [
        [Span(int(least * unit), int(most * unit)) for least, most in leaf.spans]
        for leaf in world.leaves
    ]
    must = frozenset(n for n, leaf in enumerate(world.leaves) if leaf.code in world.opened)
    return items, must, int((bound.points - world.points) * unit) + bound.open


def _greedy(items: Sequence[Sequence[Span]], must: frozenset[int], need: int, count: int) -> Found:
    """The items with the largest gains, as one set that surely suffices."""
    best = [max((span.most for span in spans), default=0) for spans in items]
    others = sorted((n for n in range(len(items)) if n not in must), key=lambda n: -best[n])
    chosen = tuple(sorted([*must, *others[: count - len(must)]]))
    full = sum(best[each] for each in chosen)
    room = any(span.least < span.most for each in chosen for span in items[each])
    return Found(full if not room else max(need, full), chosen)


def _plan(result: Result, leaves: Sequence[Raisable], gains: Sequence[Fraction]) -> Plan:
    steps = [
        Step(result.node(leaf.code), leaf.reaching(leaf.now + gain))
        for leaf, gain in zip(leaves, gains, strict=True)
    ]
    return Plan(tuple(steps), simulate(result, dict(_facts(steps))))


def _facts(steps: Sequence[Step]) -> Iterator[tuple[str, Fact]]:
    """What is reported in the scenario: the points, or where these have no end the fact."""
    for step in steps:
        points = terminating(step.gain.points)
        yield step.now.code, step.gain.fact if points is None else Points(points)
