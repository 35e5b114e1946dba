"""What can be raised in a result: leaves with all points that they can have, and the guards before them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from parindex.analysis.improvements import Improvements, Item, Option, TooMuchError
from parindex.rules.base import Gain, Ladder, Rule, UndecidedError
from parindex.rules.input import POINTS
from parindex.rules.points import PointsRule
from parindex.scheme.scheme import Criterion
from parindex.scoring.reported import points_of
from parindex.scoring.result import Node, Result
from parindex.values.exact import ZERO, add, least_rounded, rounded
from parindex.values.facts import UNKNOWN, Fact, Percent, Points, State

_ASKED: Final = frozenset(("survey", "sipas", "leaders_survey"))
"""Origins of points that come from what people answer."""
_GIVEN: Final = PointsRule()
MOST_LISTED: Final = 2000
"""Points of one leaf that are listed where rounding on the way makes them uneven."""

_MOST_UNITS: Final = 2**62
"""A range that is longer has no length that Python can tell."""


class Raisable(Struct, frozen=True):
    """A leaf, or a criterion whose points were given for all below it, and what it can have.

    `now` are its points that count, `own` those that count once the guards
    in front of it (`behind`) are open, all figures in points. `opens` are the
    shut guards that get points when it does, `opens_full` those that surely do
    only when it has all of its points. `ladders` are the points over `own` that
    can be reported; none where it cannot be raised.
    """

    code: str
    now: Fraction
    own: Fraction
    full: Fraction
    ladders: tuple[Ladder, ...]
    rule: Rule
    fact: Fact | None
    behind: frozenset[str]
    opens: frozenset[str]
    opens_full: frozenset[str]

    def reaching(self, points: Fraction, raw: Fraction) -> Gain:
        """What must be reported for so many points; `raw` are those before rounding on the way."""
        if self.rule.takes is POINTS:
            raw = points  # reported as they count
        gain = self.rule.reaching(raw, self.full, self.fact)
        if gain is None:
            raise ValueError(f"{self.code} cannot have {points} points")
        return gain._replace(points=points)

    @property
    def most(self) -> Fraction:
        """The most points that it can have."""
        return max((each.most for each in self.ladders), default=self.own)

    def least_from(self, points: Fraction) -> Fraction:
        """The least that it can have of at least so many."""
        return min(each.least_from(points) for each in self.ladders if each.most >= points)


def raisable(result: Result, digits: int) -> list[Raisable]:
    """The leaves of a result that can be raised, or give points when a guard opens.

    Args:
        result: where the total follows from the scores; else there are none.
        digits: decimals of points that are given as they are.
    """
    if result.basis != "scores":
        return []
    shut = shut_guards(result)
    return [
        _raisable(result, node, shut, digits)
        for node in _leaves(result)
        if node.state != "not_applicable"
    ]


def shut_guards(result: Result) -> frozenset[str]:
    """The guards that let nothing through, because they have no points or none that are known."""
    guards = dict.fromkeys(each.requires or "" for each in result.scheme.guarded)
    nodes = (result.node(guard) for guard in guards)
    return frozenset(
        node.code
        for node in nodes
        if node.state != "not_applicable"
        and not _has_points(node)
        and not _included_full(result, node)
    )


def _has_points(node: Node) -> bool:
    return (node.points or ZERO) - node.outcome.below > 0


def _included_full(result: Result, node: Node) -> bool:
    """Whether a guard is part of given points that are all there are."""
    for above in result.scheme.lineage(node.code)[1:]:
        if node.state != "included":
            return False
        node = result.node(above.code)
    return node.points is not None and node.points == node.applicable_max


def _leaves(result: Result) -> Iterator[Node]:
    """The deepest criteria that have points of their own, or could have."""
    waiting = list(reversed(result.scheme.criteria))
    while waiting:
        criterion = waiting.pop()
        if criterion.children and not holds(result, criterion):
            waiting += reversed(criterion.children)
        else:
            yield result.node(criterion.code)


def holds(result: Result, criterion: Criterion) -> bool:
    """Whether points were given for a criterion with children and count: not all of these are known."""
    fact = result.node(criterion.code).fact
    if fact is None or isinstance(fact, State):
        return False
    return not criterion.complete or not all(
        _is_known(result, child) for child in criterion.children
    )


def _is_known(result: Result, criterion: Criterion) -> bool:
    """Whether a criterion is known in full by its own score, or by those below it."""
    node = result.node(criterion.code)
    if criterion.maximum == 0 or node.state == "not_applicable":
        return True
    if node.fact not in (None, UNKNOWN):
        return True
    below = criterion.children
    return bool(below) and criterion.complete and all(_is_known(result, each) for each in below)


def _can_rise(result: Result, node: Node) -> bool:
    """Whether the points are not what people answered."""
    return result.scheme.inherited(node.code, "origin") not in _ASKED


def _raisable(result: Result, node: Node, shut: frozenset[str], digits: int) -> Raisable:
    criterion = result.scheme.by_code[node.code]
    around = result.scheme.lineage(node.code)
    behind = frozenset(each.requires for each in around if each.requires in shut)
    within = {each.code for _, each in criterion.walk()} - {criterion.code}
    opens = shut & {each.code for each in around}
    rule: Rule = _GIVEN
    if criterion.rule and not criterion.children:
        rule = result.rules.of(criterion)
    fact = node.fact
    now, own = node.points or ZERO, node.points or ZERO
    if behind:
        own = max(own, _own(result, criterion, fact))
    applicable = node.applicable_max or ZERO
    full = applicable - _lost_below(result, criterion) if criterion.children else applicable
    if isinstance(fact, Points | Percent | State):
        fact = None
    ladders: tuple[Ladder, ...] = ()
    if _can_rise(result, node) and own < full:
        least = Fraction(1, 10**result.scheme.rounding.index)
        found = rule.ladders(own, full, fact, least, digits)
        ladders = tuple(rounded_on_the_way(result, criterion, own, full, found))
    if behind and own < 0:  # it can rise to 0 before the guards open, which is not looked at
        ladders = tuple(replace(each, whole=False) for each in ladders)
    return Raisable(
        *(node.code, now, own, full, ladders, rule, fact),
        *(behind, opens, (opens | (shut & within)) if full == applicable else opens),
    )


def _own(result: Result, criterion: Criterion, fact: Fact | None) -> Fraction:
    """The points that were reported, whatever the guards say."""
    if fact is None or isinstance(fact, State):
        return ZERO
    if isinstance(fact, Percent) and criterion.children:
        whole = result.node(criterion.code).applicable_max or ZERO
        return Fraction(fact.percent) * whole / 100
    try:
        limits = result.rules.limits(criterion)
        points = points_of(criterion, result.rules.of(criterion), fact, limits)
    except UndecidedError:
        return ZERO
    return points if criterion.children else round_leaf(result, criterion, points)


def _lost_below(result: Result, criterion: Criterion) -> Fraction:
    """What criteria below lack of their maxima that have scores of their own."""
    lost = []
    for child in criterion.children:
        node = result.node(child.code)
        if child.children and (node.fact is None or isinstance(node.fact, State)):
            lost.append(_lost_below(result, child))
        elif node.state != "not_applicable" and node.fact not in (None, UNKNOWN):
            lost.append((node.applicable_max or ZERO) - (node.points or ZERO))
    return add(lost)


def round_leaf(result: Result, criterion: Criterion, points: Fraction) -> Fraction:
    """Points of a leaf as the scheme rounds them on the way, if it does; not over the maximum."""
    rounding = result.scheme.rounding
    if rounding.points is None or rounding.points.at != "leaf":
        return points
    printed = Fraction(rounded(points, rounding.points.digits, rounding.mode))
    most = result.rules.limits(criterion).most
    return printed if most is None else min(printed, most)


def before_rounding(result: Result, points: Fraction) -> Fraction:
    """The least that is surely rounded to the points of a leaf, or to more."""
    rounding = result.scheme.rounding
    if rounding.points is None or rounding.points.at != "leaf":
        return points
    least, is_open = least_rounded(points, rounding.points.digits, rounding.mode)
    return points if is_open else min(least, points)


def rounded_on_the_way(
    result: Result,
    criterion: Criterion,
    now: Fraction,
    full: Fraction,
    ladders: Iterator[Ladder],
) -> Iterator[Ladder]:
    """The ladders with points as they count where the scheme rounds those of leaves."""
    rounding = result.scheme.rounding.points
    if rounding is None or rounding.at != "leaf" or criterion.children:
        yield from ladders
        return
    unit = Fraction(1, 10**rounding.digits)
    for each in ladders:
        first = round_leaf(result, criterion, each.start)
        last = each.most
        if each.count > 1 and each.step <= unit:
            top = round_leaf(result, criterion, last)
            low = max(first, (floor(now / unit) + 1) * unit)
            high = floor(top / unit) * unit
            if low <= high:
                yield Ladder(low, unit, int((high - low) / unit) + 1, each.whole)
            points = {top}
        else:
            jump = -(-each.count // MOST_LISTED)
            steps = range(0, each.count, jump)
            points = {round_leaf(result, criterion, each.start + each.step * n) for n in steps}
            points.add(round_leaf(result, criterion, last))
        whole = each.whole and (each.step <= unit or each.count <= MOST_LISTED)
        yield from (Ladder(one, whole=whole) for one in sorted(points) if now < one <= full)


def common_unit(leaves: Sequence[Raisable]) -> int:
    """How many of the units are a point in which all gains of leaves are whole."""
    numbers = [leaf.own - leaf.now for leaf in leaves]
    for leaf in leaves:
        numbers += [each.start - leaf.own for each in leaf.ladders]
        numbers += [each.step for each in leaf.ladders if each.count > 1]
    return lcm(*(number.denominator for number in numbers))


def improvements(
    leaves: Sequence[Raisable], need: Fraction, unit: int, *, is_open: bool
) -> Improvements:
    """The leaves in whole units for a search; gains that are not whole are rounded down.

    `need` is how many points are missing, and with `is_open` only more are enough.

    Raises:
        TooMuchError: the units are too fine.
    """
    guards = {code for leaf in leaves for code in (*leaf.behind, *leaf.opens, *leaf.opens_full)}
    names = {code: n for n, code in enumerate(sorted(guards))}
    items = tuple(_item(leaf, unit, names) for leaf in leaves)
    return Improvements(items, floor(need * unit) + 1 if is_open else ceil(need * unit))


def _item(leaf: Raisable, unit: int, names: dict[str, int]) -> Item:
    gains = tuple(
        dict.fromkeys(each for ladder in leaf.ladders for each in _gains(ladder, leaf.own, unit))
    )
    opens, full, behind = (
        frozenset(names[code] for code in each)
        for each in (leaf.opens, leaf.opens_full, leaf.behind)
    )
    options = [Option(gains, opens)] if gains else []
    if gains and opens != full:
        top = floor((leaf.full - leaf.own) * unit)
        below = [each[: bisect_left(each, top)] for each in gains]
        options = [Option(tuple(filter(None, below)), opens)] if any(below) else []
        if any(each[-1] == top for each in gains):
            options.append(Option((range(top, top + 1),), full))
    own_opens = full if leaf.own == leaf.full else opens if leaf.own > 0 else frozenset()
    return Item(tuple(options), behind, floor((leaf.own - leaf.now) * unit), own_opens)


def _gains(ladder: Ladder, own: Fraction, unit: int) -> Iterator[range]:
    """The gains of a ladder in whole units, down from its largest; none where these are too coarse."""
    top = floor((ladder.most - own) * unit)
    if top > _MOST_UNITS:
        raise TooMuchError
    jump = max(1, floor(1 / (ladder.step * unit))) if ladder.count > 1 else 1
    step = ceil(jump * ladder.step * unit) if ladder.count > 1 else 1
    count = min((ladder.count - 1) // jump, (top - 1) // step) + 1
    if count > 0:
        yield range(top - (count - 1) * step, top + 1, step)
