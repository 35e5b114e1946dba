"""The result of `score` as rows of CSV, which read back as the scorecard of their level."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from parindex.scheme.scheme import Criterion
from parindex.scorecard.delimited.columns import COMPUTED, UNIT
from parindex.scoring.result import Node, Result
from parindex.scoring.standards import is_met, is_standard
from parindex.tables.adjustments import reported
from parindex.tables.figures import exact_number, record_of
from parindex.tables.table import Cell
from parindex.values.exact import to_decimal_or_none

COLUMNS = (*UNIT, "code", "part", "stage", "points", "state", "reason", *COMPUTED)

_NOT_OF_ITEMS: Final = dict.fromkeys(("index", "lost", "low", "high"))


def score_records(result: Result, depth: int) -> Iterator[dict[str, Any]]:
    """One result by the columns of CSV: criteria, bonus and penalty, parts, then the total.

    The points of the total are those before bonus and penalty, so that they
    read back; its percentages are those after. Criteria below `depth` are there
    where those above would not read back the same without them: parts that are
    not known or do not apply, and guards.
    """
    card, total = result.scorecard, result.total
    excluded = total.outcome.excluded and total.applicable_max
    head = {
        **record_of(card, "unit_id province parent unit group year profile"),
        "level": card.level or result.scheme.level,
        "scheme": result.scheme.id,
        "applicable_max": exact_number(excluded) if excluded else card.applicable_max,
    }
    for node in _told(result, depth):
        yield {**head, "code": node.code, **_figures(result, node)}
    for _, _, items in reported(result):
        for node in items:
            yield {**head, "code": node.code, **_figures(result, node), **_NOT_OF_ITEMS}
    for partition in result.parts:
        for node in result.part_nodes(partition):
            yield {**head, "part": f"{partition}/{node.code}", **_figures(result, node)}
    yield {**head, **_figures(result, total), "band": result.band}


def _figures(result: Result, node: Node) -> dict[str, Any]:
    entry, applicable, points = node.entry, node.applicable_max, node.points
    maximum = node.criterion.max if node.criterion else exact_number(node.max)
    low, high = result.printed_bounds(node)
    cell: Cell = None
    if points is not None and node.state in ("scored", "zero", "partial"):
        decimal = to_decimal_or_none(points)
        cell = str(points) if decimal is None else decimal  # a quotient where they do not end
    met = is_met(result, node) if is_standard(node) else None
    return {
        "stage": entry.stage if entry else None,
        "points": cell if met is None else None,
        "state": node.state if met is None else "met" if met else "not_met",
        "reason": entry.reason if entry else None,
        "name_vi": node.name.vi,
        "maximum": maximum,
        "applicable": maximum if applicable is node.max else exact_number(applicable),
        "index": low if node.complete else None,
        "lost": exact_number(node.lost),
        "complete": node.complete,
        "low": low,
        "high": high,
    }


def _told(result: Result, depth: int) -> Iterator[Node]:
    """The criteria down to `depth`, and what below it is needed to read the same result back."""
    guards = result.scheme.guards
    total = result.total
    if depth or not total.complete or total.state not in ("scored", "zero"):
        for area in result.scheme.criteria:
            yield from _branch(result, area, max(depth, 1), guards)


def _branch(
    result: Result, criterion: Criterion, depth: int, guards: Collection[str]
) -> Iterator[Node]:
    """A criterion and those below it that are told."""
    node = result.node(criterion.code)
    is_told = depth > 0 or criterion.code in guards
    if is_told or node.state == "not_applicable":
        yield node
    if is_told and node.state == "partial":
        depth = max(depth, 2)
    elif depth <= 1 and node.state == "not_applicable":
        return
    elif depth <= 1 and node.outcome.excluded == 0:
        if guards:
            yield from _guards_below(result, criterion, guards)
        return
    for child in criterion.children:
        yield from _branch(result, child, depth - 1, guards)


def _guards_below(result: Result, criterion: Criterion, guards: Collection[str]) -> Iterator[Node]:
    """The guards below a criterion; what lies between is not asked for, which would take long."""
    for child in criterion.children:
        if child.code in guards:
            yield from _branch(result, child, 0, guards)
        else:
            yield from _guards_below(result, child, guards)
