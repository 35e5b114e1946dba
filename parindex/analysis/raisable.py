"""What can be raised in a result: leaves with their gains, and the guards that open others."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

from parindex.analysis.scenario import simulate
from parindex.exact import ZERO, terminating
from parindex.model.facts import Fact, Percent, Points, State
from parindex.model.result import Node, Result
from parindex.model.scheme import Criterion
from parindex.rules.base import Gain, Rule
from parindex.rules.points import PointsRule

MOST_WORLDS: Final = 128
"""Combinations of guards that are tried at the most; each is scored once."""
_ASKED: Final = frozenset(("survey", "sipas", "leaders_survey"))
"""Origins of points that come from what people answer."""
_GIVEN: Final = PointsRule()


class Raisable(Struct, frozen=True):
    """A leaf that can be raised, from `now` to at most `full` points.

    `spans` are the gains over `now` that can be had: from a least to a most one,
    which are the same for a step.
    """

    code: str
    now: Fraction
    full: Fraction
    spans: tuple[tuple[Fraction, Fraction], ...]
    rule: Rule
    fact: Fact | None

    def reaching(self, points: Fraction) -> Gain:
        """What must be reported for so many points."""
        gain = self.rule.reaching(points, self.full, self.fact)
        return gain or Gain(points, Points(terminating(points) or terminating(self.full)))  # type: ignore[arg-type]


class World(Struct, frozen=True):
    """What can be raised once some guards are open: `opened` are the leaves that open them.

    `points` are those of the whole without what these leaves give themselves.
    A leaf that cannot be raised here has no spans.
    """

    opened: frozenset[str]
    points: Fraction
    leaves: tuple[Raisable, ...]


def worlds(result: Result) -> tuple[list[World], bool]:
    """The combinations of opened guards, none first, and whether these are all of them."""
    if result.basis != "scores":
        return [World(frozenset(), result.total.points or ZERO, ())], True
    found: dict[frozenset[str], World] = {}
    waiting: list[frozenset[str]] = [frozenset()]
    codes = [node.code for node in _leaves(result) if _can_rise(result, node)]
    while waiting and len(found) < MOST_WORLDS:
        opened = waiting.pop(0)
        if opened in found:
            continue
        after = _opened(result, opened)
        if after is None:
            continue
        shut = shut_guards(after)
        found[opened] = _world(result, after, opened, codes, shut)
        behind = _behind(after, shut)
        for guard in shut:
            inside = {each.code for _, each in after.scheme.by_code[guard].walk()}
            waiting += [opened | {code} for code in codes if code in inside - behind - opened]
    return list(found.values()), not waiting


def shut_guards(result: Result) -> list[str]:
    """The guards that let nothing through, because they have no points or none that are known."""
    guards = dict.fromkeys(each.requires or "" for each in result.scheme.guarded)
    nodes = (result.node(guard) for guard in guards)
    return [node.code for node in nodes if node.state != "not_applicable" and not node.points]


def _opened(result: Result, opened: frozenset[str]) -> Result | None:
    """The result with these leaves raised in full; None where one of them is not needed for it."""
    if not opened:
        return result
    full = {code: terminating(result.node(code).max or ZERO) for code in opened}
    after = simulate(result, {code: Points(most) for code, most in full.items() if most}).after
    return after if all(after.node(code).points for code in opened) else None


def _behind(result: Result, shut: Sequence[str]) -> set[str]:
    """Everything that stands behind guards that are shut."""
    guarded = (each for each in result.scheme.guarded if each.requires in shut)
    return {each.code for criterion in guarded for _, each in criterion.walk()}


def _world(
    result: Result,
    after: Result,
    opened: frozenset[str],
    codes: Sequence[str],
    shut: Sequence[str],
) -> World:
    within = {each.code for guard in shut for _, each in after.scheme.by_code[guard].walk()}
    closed = within | _behind(after, shut)
    points = after.total.points or ZERO
    leaves = []
    for code in codes:
        node = result.node(code) if code in opened else after.node(code)
        if code in opened:
            points -= after.node(code).points or ZERO
        leaves.append(_raisable(after, node, closed=code in closed))
    return World(opened, points, tuple(leaves))


def _leaves(result: Result) -> Iterator[Node]:
    """The deepest criteria that have points of their own, or could have."""

    def within(criterion: Criterion) -> Iterator[Node]:
        node = result.node(criterion.code)
        children = [result.node(child.code) for child in criterion.children]
        if not children or (node.entry and any(each.state == "included" for each in children)):
            yield node
        else:
            for child in criterion.children:
                yield from within(child)

    for area in result.scheme.criteria:
        yield from within(area)


def _can_rise(result: Result, node: Node) -> bool:
    if node.state == "not_applicable" or not node.max:
        return False
    code: str | None = node.code
    while code is not None:
        criterion = result.scheme.by_code[code]
        if criterion.origin is not None:
            return criterion.origin not in _ASKED
        above = result.scheme.above.get(code)
        code = above.code if above else None
    return True


def _raisable(result: Result, node: Node, *, closed: bool) -> Raisable:
    year = result.scorecard.year
    rule: Rule = _GIVEN
    if node.criterion and node.criterion.rule and not node.criterion.children:
        rule = node.criterion.rule.of_year(year)
    fact = node.entry.fact if node.entry else None
    if isinstance(fact, Points | Percent | State):
        fact = None
    now, full = node.points or ZERO, node.max or ZERO
    spans = () if closed else tuple(_spans(result, rule, now, full, fact))
    return Raisable(node.code, now, full, spans, rule, fact)


def _spans(
    result: Result, rule: Rule, now: Fraction, full: Fraction, fact: Fact | None
) -> Iterator[tuple[Fraction, Fraction]]:
    gains = [gain.points - now for gain in rule.gains(now, full, fact)]
    if not gains:
        return
    if not rule.any_points:
        yield from ((gain, gain) for gain in gains)
        return
    least = Fraction(1, 10**result.scheme.rounding.index)
    start = gains[0] if len(gains) > 1 else min(least, gains[0])  # a floor, or the least printed
    yield start, gains[-1]
