"""The result of `score` as rows of CSV, which read back as the scorecard of their level."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction

from parindex.scheme.scheme import Criterion
from parindex.scorecard.delimited.columns import COMPUTED, UNIT
from parindex.scoring.result import Node, Result
from parindex.tables.adjustments import reported
from parindex.tables.figures import exact_number
from parindex.tables.table import Cell
from parindex.values.exact import terminating

COLUMNS = (*UNIT, "code", "part", "stage", "points", "state", "reason", *COMPUTED)

_COMPUTED_AT = len(COLUMNS) - len(COMPUTED) - len(UNIT) - 2
"""Where the computed figures begin in what follows unit, code and part."""


def score_rows(result: Result, depth: int) -> Iterator[tuple[Cell, ...]]:
    """One result as rows: criteria down to `depth`, bonus and penalty, parts, then the total.

    The points of the total are those before bonus and penalty, so that they
    read back; its percentages are those after. Criteria below `depth` are there
    where those above would not read back the same without them: parts that are
    not known or do not apply, and guards.
    """
    card, total = result.scorecard, result.total
    applicable = total.applicable_max if total.outcome.excluded and total.applicable_max else None
    head: tuple[Cell, ...] = (
        card.unit_id,
        card.province,
        card.parent,
        card.unit,
        card.level or result.scheme.level,
        card.group,
        str(card.year),
        result.scheme.id,
        card.profile,
        card.applicable_max if applicable is None else exact_number(applicable),
    )
    for node in _told(result, depth):
        yield (*head, node.code, None, *_figures(result, node, None))
    for _, _, items in reported(result):
        for node in items:
            figures = list(_figures(result, node, None))
            for name in ("index", "lost", "low", "high"):
                figures[_COMPUTED_AT + COMPUTED.index(name)] = None
            yield (*head, node.code, None, *figures)
    for partition in result.parts:
        for node in result.part_nodes(partition):
            yield (*head, None, f"{partition}/{node.code}", *_figures(result, node, None))
    yield (*head, None, None, *_figures(result, result.total, result.band))


def _figures(result: Result, node: Node, band: str | None) -> tuple[Cell, ...]:
    entry = node.entry
    maximum = node.criterion.max if node.criterion else exact_number(node.max)
    applicable = node.applicable_max
    if node.complete:
        low = high = share = result.printed_percent(node)
    else:
        share = None
        low, high = _printed(result, node.low), _printed(result, node.high)
    return (
        entry.stage if entry else None,
        _points(node.points) if node.state in ("scored", "zero", "partial") else None,
        node.state,
        entry.reason if entry else None,
        node.name.vi,
        maximum,
        maximum if applicable is node.max else exact_number(applicable),
        share,
        exact_number(node.lost),
        band,
        "true" if node.complete else "false",
        low,
        high,
    )


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
    elif depth <= 1 and (
        node.state == "not_applicable" or (node.outcome.excluded == 0 and not guards)
    ):
        return
    for child in criterion.children:
        yield from _branch(result, child, depth - 1, guards)


def _points(value: Fraction | None) -> Cell:
    """Points with all their decimals, or as a quotient where these do not end."""
    if value is None:
        return None
    decimal = terminating(value)
    return str(value) if decimal is None else decimal


def _printed(result: Result, value: Fraction | None) -> Decimal | None:
    return None if value is None else result.printed(value)
