"""The result of `score` as rows of CSV, which read back as the scorecard of their level."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from parindex.exact import shortened, terminating
from parindex.formats.delimited.columns import COMPUTED, UNIT
from parindex.model.result import Node, Result
from parindex.views.adjustments import reported
from parindex.views.sheet import Cell

COLUMNS = (*UNIT, "code", "part", "stage", "points", "state", "reason", *COMPUTED)

_COMPUTED_AT = len(COLUMNS) - len(COMPUTED) - len(UNIT) - 2
"""Where the computed figures begin in what follows unit, code and part."""


def score_rows(result: Result, depth: int) -> Iterator[tuple[Cell, ...]]:
    """One result as rows: criteria down to `depth`, bonus and penalty, parts, then the total.

    The points of the total are those before bonus and penalty, so that they
    read back; its percentages are those after.
    """
    card = result.scorecard
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
        card.applicable_max,
    )
    for _, node in result.walk(depth):
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
    maximum = node.criterion.max if node.criterion else _exact(node.max)
    applicable = node.applicable_max
    if node.complete:
        low = high = share = result.printed_percent(node)
    else:
        share = None
        low, high = _printed(result, node.low), _printed(result, node.high)
    return (
        entry.stage if entry else None,
        _exact(node.points) if node.state in ("scored", "zero", "partial") else None,
        node.state,
        entry.reason if entry else None,
        node.name.vi,
        maximum,
        maximum if applicable is node.max else _exact(applicable),
        share,
        _exact(node.lost),
        band,
        "true" if node.complete else "false",
        low,
        high,
    )


def _exact(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def _printed(result: Result, value: Fraction | None) -> Decimal | None:
    return None if value is None else result.printed(value)
