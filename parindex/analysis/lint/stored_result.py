"""A stored result: the figures of its file, and whether they still follow from each other."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from parindex.scheme.scheme import Scheme
from parindex.values.codes import (
    ABOVE_MAXIMUM,
    LOST_NOT_OF_POINTS,
    PERCENT_NOT_OF_POINTS,
    POINTS_NOT_SUM_OF_PARTS,
    SCHEME_CHANGED_SINCE,
)
from parindex.values.exact import (
    ZERO,
    RoundingMode,
    add,
    approximate,
    decimals,
    half_unit,
    percent,
    rounded,
    to_decimal_or_none,
    to_text,
)
from parindex.values.finding import Finding, Path, Places

_DIGITS = 2
_MODES: tuple[RoundingMode, ...] = ("half-up", "half-even", "down")


class StoredNode(Struct, frozen=True):
    """The figures of one criterion, or with an empty code of the whole; None where not told.

    Points, maxima and `lost` are exact and in points, `percent` as printed and
    in percent. `is_known` says that nothing in it is unknown. `adjusted`
    figures hold bonus or penalty, and so do not follow from the criteria alone.
    """

    code: str
    path: Path
    points: Fraction | None = None
    maximum: Fraction | None = None
    applicable: Fraction | None = None
    percent: Decimal | None = None
    lost: Fraction | None = None
    is_known: bool = False
    adjusted: bool = False
    children: tuple["StoredNode", ...] = ()


class StoredResult(Struct, frozen=True):
    """A result with the id and the hash of the scheme by which it was computed."""

    scheme: str
    sha256: str
    whole: StoredNode
    path: Path


def lint_result(told: StoredResult, scheme: Scheme | None, places: Places) -> Iterator[Finding]:
    """Everything in a result that does not follow.

    Args:
        told: the result as its file tells it.
        scheme: the scheme of its id as it is known here; None where it is not.
        places: finds the place of a value.

    Yields:
        P202 and P611–P614, each at its place.
    """
    if scheme is not None and scheme.sha256 != told.sha256:
        yield _finding(
            SCHEME_CHANGED_SINCE, "", (*told.path, "scheme", "sha256"), places, scheme=told.scheme
        )
        scheme = None
    yield from _node(told.whole, _slack(scheme), places)


def _slack(scheme: Scheme | None) -> Fraction | None:
    """By how much one figure may have been rounded on the way; None where the scheme is not known."""
    if scheme is None:
        return None
    rounding = scheme.rounding.points
    return ZERO if rounding is None else half_unit(rounding.digits)


def _node(node: StoredNode, slack: Fraction | None, places: Places) -> Iterator[Finding]:
    for code, field, found, expected in (
        *_above(node),
        *_sum(node, slack),
        *_percentage(node),
        *_lost(node),
    ):
        told = {"found": found, "expected": expected}
        yield _finding(code, node.code, (*node.path, field), places, **told)
    for child in node.children:
        yield from _node(child, slack, places)


Wrong = Iterator[tuple[str, str, str, str]]


def _above(node: StoredNode) -> Wrong:
    """P202: the points are above what applies."""
    if node.points is not None and node.applicable is not None and node.points > node.applicable:
        yield ABOVE_MAXIMUM, "points", _figure(node.points), f"0…{_figure(node.applicable)}"


def _sum(node: StoredNode, slack: Fraction | None) -> Wrong:
    """P611: the points are not the sum of those below, which are all there and all known."""
    if node.points is None or not all(child.is_known for child in node.children):
        return
    maxima = [child.maximum for child in node.children if child.maximum is not None]
    if len(maxima) < len(node.children) or not maxima or add(maxima) != node.maximum:
        return
    points = add(child.points or ZERO for child in node.children)
    if slack is None and _is_rounded(node.points, points, node.applicable):
        return
    one = half_unit(_DIGITS) if slack is None else slack
    if abs(points - node.points) > one * (len(maxima) + 1):
        yield POINTS_NOT_SUM_OF_PARTS, "points", _figure(node.points), _figure(points)


def _is_rounded(points: Fraction, exact: Fraction, applicable: Fraction | None) -> bool:
    """Whether points are others rounded to their digits in any way, and to no more than applies."""
    decimal = to_decimal_or_none(points)
    if decimal is None:
        return False
    digits = decimals(decimal.normalize())
    nearest = [rounded(exact, digits, mode) for mode in _MODES]
    return points in nearest or (points == applicable and points < max(nearest))


def _percentage(node: StoredNode) -> Wrong:
    """P612: the percentage is not points ÷ applicable maximum, rounded in any way."""
    if node.percent is None or node.points is None or not node.applicable or node.adjusted:
        return
    if node.points < 0 and node.percent == 0 and not node.code:
        return  # the whole is kept at 0
    exact = percent(node.points, node.applicable)
    digits = decimals(node.percent)
    if not any(rounded(exact, digits, mode) == node.percent for mode in _MODES):
        yield (
            PERCENT_NOT_OF_POINTS,
            "percent",
            to_text(node.percent),
            to_text(rounded(exact, max(digits, _DIGITS))),
        )


def _lost(node: StoredNode) -> Wrong:
    """P613: the lost points are not the applicable maximum less the points, where all is known."""
    if None in (node.lost, node.points, node.applicable) or not node.is_known:
        return
    lost = (node.applicable or ZERO) - (node.points or ZERO)
    if node.lost is not None and node.lost != lost:
        yield LOST_NOT_OF_POINTS, "lost", _figure(node.lost), _figure(lost)


def _figure(value: Fraction) -> str:
    return to_text(value if to_decimal_or_none(value) is not None else approximate(value))


def _finding(code: str, where: str, path: Path, places: Places, **told: str) -> Finding:
    return Finding(code, where, told, path, places.locate(path))
