"""What of a result is not sure: its areas, and the points that were rounded or come from a survey."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from parindex.rules.survey import MeanRule, SurveyRule
from parindex.scheme.scheme import Criterion
from parindex.scoring.result import Node, Result
from parindex.values.exact import ZERO, add
from parindex.values.facts import Answers, Fact, Percent, Points

SURVEYS: Final = frozenset(("survey", "sipas", "leaders_survey"))
"""Parts of the partition `origin` whose points come from asking people."""
_HUNDRED: Final = 100


class Sum(NamedTuple):
    """Points, and the maximum that applies (0 where it is not known)."""

    points: Fraction
    maximum: Fraction


class Figure(Struct, frozen=True):
    """Points that were reported, of the area of that number.

    They lie between `low` and `high`. `digits` are the decimals with which they were given, and
    `unit` is what 1 of the given number is in points, None where they were not given as a number. `counts` are how
    many gave each answer, with what it is worth; `is_survey` says that they come from asking people.
    """

    code: str
    area: int
    points: Fraction
    low: Fraction
    high: Fraction
    digits: int = 0
    unit: Fraction | None = None
    counts: tuple[tuple[int, Fraction], ...] = ()
    is_survey: bool = False


class Uncertain(Struct, frozen=True):
    """The sums of a result, and the figures that made them.

    `areas` are by their codes in the order of the scheme; where they are not known in full, or do not make the total,
    the whole stands for them, with an empty code. `weights` are the maxima of the areas in the
    scheme. `rest` is what the whole has beside them, `added` bonus and penalty.
    """

    codes: tuple[str, ...]
    areas: tuple[Sum, ...]
    weights: tuple[Fraction | None, ...]
    rest: Sum
    added: Fraction
    clamp: bool
    figures: tuple[Figure, ...]

    def limited(self, points: Fraction, maximum: Fraction) -> Fraction:
        """Points within 0…maximum, where the scheme says so; above only bonus can lead."""
        if not self.clamp:
            return points
        return max(ZERO, min(points, maximum) if self.added and maximum else points)


def uncertain(result: Result, *, figures: bool = True) -> Uncertain | None:
    """What of a result is not sure, on demand with its figures; None where not all of it is known."""
    total = result.total
    if not total.complete or total.points is None:
        return None
    whole = Sum(total.points, total.applicable_max or ZERO)
    areas = _areas(result)
    by_area = areas is not None
    if areas is None:
        areas = {"": (whole, None)}
    sums = [each for each, _ in areas.values()]
    rest = Sum(
        whole.points - add(each.points for each in sums),
        whole.maximum - add(each.maximum for each in sums),
    )
    added = ZERO if total.added is None else total.added.low
    return Uncertain(
        codes=tuple(areas),
        areas=tuple(sums),
        weights=tuple(weight for _, weight in areas.values()),
        rest=rest,
        added=added,
        clamp=result.scheme.clamp,
        figures=tuple(_figures(result, by_area=by_area)) if figures else (),
    )


def _areas(result: Result) -> dict[str, tuple[Sum, Fraction | None]] | None:
    """The areas by code with their maxima in the scheme; None where the total does not follow from them."""
    if result.basis != "scores" or not result.scheme.criteria or not result.scheme.complete:
        return None
    found = {}
    for _, node in result.walk(1):
        if not node.complete or node.state == "included":
            return None
        found[node.code] = Sum(node.points or ZERO, node.applicable_max or ZERO), node.max
    return found


def _figures(result: Result, *, by_area: bool) -> Iterator[Figure]:
    """Every figure of which the points are made."""
    if result.basis == "total" and result.scorecard.total is not None:
        yield from _of_the_whole(result, "", result.scorecard.total)
    elif result.basis == "parts":
        yield from _of_parts(result)
    else:
        for number, area in enumerate(result.scheme.criteria):
            for criterion in _counted(result, area):
                found = _figure(result, criterion, number if by_area else 0)
                if found is not None:
                    yield found


def _of_the_whole(result: Result, code: str, given: Decimal | Fraction) -> Iterator[Figure]:
    if isinstance(given, Decimal):
        whole = result.total.applicable_max
        points = Fraction(given)
        most = max(points, points * 2 if whole is None else whole)
        yield Figure(code, 0, points, ZERO, most, _digits(given), Fraction(1))


def _of_parts(result: Result) -> Iterator[Figure]:
    """The outermost parts that were given as numbers."""
    for partition, given in result.scorecard.parts.items():
        inner = {part.id for part in result.scheme.partitions[partition] if part.within}
        for id_, points in given.items():
            if id_ not in inner:
                yield from _of_the_whole(result, id_, points)
        return  # several partitions are of the same points


def _counted(result: Result, criterion: Criterion) -> Iterator[Criterion]:
    """The criteria whose own scores make the points: leaves, or what stands for them."""
    children = criterion.children
    if children and all(result.node(each.code).state != "included" for each in children):
        for child in children:
            yield from _counted(result, child)
    else:
        yield criterion


def _figure(result: Result, criterion: Criterion, area: int) -> Figure | None:
    """What was reported for a criterion, where its points are just that."""
    node = result.node(criterion.code)
    if node.entry is None or node.points is None or node.state not in ("scored", "zero"):
        return None
    most = node.applicable_max
    high = max(node.points, node.points * 2 if most is None else most)
    low = min(node.points, criterion.lowest)
    found = Figure(criterion.code, area, node.points, low, high)
    fact = node.entry.fact
    if isinstance(fact, Answers):
        return _of_answers(result, criterion, fact, found)
    return _given(result, node, fact, found)


def _given(result: Result, node: Node, fact: Fact, found: Figure) -> Figure | None:
    """Points, or a percentage of the maximum, as somebody gave them."""
    figure: Decimal | Fraction
    if isinstance(fact, Points):
        figure, unit = fact.points, Fraction(1)
    elif isinstance(fact, Percent) and node.applicable_max is not None:
        figure, unit = fact.percent, node.applicable_max / _HUNDRED
    else:
        return None
    if isinstance(figure, Fraction) or Fraction(figure) * unit != found.points:
        return None
    is_survey = _is_survey(result, node)
    return replace(found, digits=_digits(figure), unit=unit, is_survey=is_survey)


def _is_survey(result: Result, node: Node) -> bool:
    criterion = node.criterion
    if criterion is None:
        return False
    origin = result.scheme.inherited(criterion.code, "origin")
    leaf_rule = None if criterion.children else result.rules.of(criterion)
    return isinstance(leaf_rule, SurveyRule) or origin in SURVEYS


def _of_answers(
    result: Result, criterion: Criterion, fact: Answers, found: Figure
) -> Figure | None:
    """The counts of the answers that count, where the points are their mean worth."""
    rule = result.rules.of(criterion)
    most = result.node(criterion.code).applicable_max
    if criterion.children or not isinstance(rule, MeanRule) or most is None:
        return None
    counts = tuple(
        (fact.answers[name], weight.of(most))
        for name, weight in rule.weights.items()
        if fact.answers.get(name)
    )
    asked = sum(count for count, _ in counts)
    if not asked or add(worth * count for count, worth in counts) / asked != found.points:
        return None
    return replace(found, counts=counts)


def _digits(given: Decimal) -> int:
    exponent = given.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
