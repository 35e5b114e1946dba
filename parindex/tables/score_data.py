"""The result of `score` as the data of its JSON."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from parindex.analysis.origin import working_of
from parindex.findings import message, severity
from parindex.scheme.scheme import Adjustment
from parindex.scoring.result import NOTHING, Node, Result
from parindex.tables.figures import exact_figures, put
from parindex.values.facts import form_of
from parindex.values.fields import Name
from parindex.values.finding import Finding
from parindex.values.language import language
from parindex.version import __version__

FORMAT = "parindex-result/1"
TOOL = {"tool": {"name": "parindex", "version": __version__}}
"""What made the results, so that whoever gets them can ask the same version again."""


def score_data(result: Result, depth: int) -> dict[str, Any]:
    """One result as the data of its JSON; points exact, percentages as the scheme prints them."""
    card, total = result.scorecard, result.total
    return {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "level": card.level or result.scheme.level,
        "group": card.group,
        "year": card.year,
        "period": _period(result),
        "scheme": {
            "id": result.scheme.id,
            "status": result.scheme.status,
            "sha256": result.scheme.sha256,
        },
        "stage": result.stage,
        **_figures(result, total),
        "band": result.band,
        "bands": list(result.bands),
        "complete": total.complete,
        **exact_figures(assessed_max=total.assessed_max),
        **_range(result, total),
        "criteria": _nested(
            [(level, criterion_data(result, node)) for level, node in result.walk(depth)]
        ),
        "partitions": {name: _parts(result, name) for name in result.parts},
        "adjustments": [_adjustment(result, block) for block in result.scheme.adjustments],
        "published": _published(result),
        "source": card.source,
        "findings": [finding_data(finding) for finding in result.findings],
    }


def _figures(result: Result, node: Node) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    put(figures, "points", node.points)
    is_part = bool(node.code) and node.criterion is None
    if is_part:
        put(figures, "max", node.max)
    else:
        figures["max"] = node.criterion.max if node.criterion else result.scheme.max
    if node.applicable_max is node.max:
        figures["applicable_max"] = figures["max"]
    else:
        put(figures, "applicable_max", node.applicable_max)
    figures["percent"] = result.printed_percent(node)
    put(figures, "lost", node.lost)
    return figures


def _range(result: Result, total: Node) -> dict[str, Decimal | None]:
    """The lowest and highest possible percentage; the same where all is known."""
    if total.complete:
        known = result.printed_percent(total)
        return {"low": known, "high": known}
    return {"low": _printed(result, total.low), "high": _printed(result, total.high)}


def _printed(result: Result, value: Fraction | None) -> Decimal | None:
    return None if value is None else result.printed(value)


def criterion_data(result: Result, node: Node) -> dict[str, Any]:
    """One criterion of a result as data; its children are for the caller to add."""
    criterion = node.criterion
    rule = criterion.rule if criterion else None
    return {
        "code": node.code,
        "name": name_data(node.name),
        **_figures(result, node),
        "state": node.state,
        "stage": node.entry.stage if node.entry else None,
        "rule": rule.model_dump(by_alias=True, exclude_none=True) if rule else None,
        "input": form_of(node.entry.fact) if node.entry else None,
        "working": working_of(result, node, language("en")),
        "reason": node.entry.reason if node.entry else None,
        "source": criterion.source if criterion else None,
        "children": [],
    }


def _parts(result: Result, partition: str) -> list[dict[str, Any]]:
    return [
        {
            "id": node.code,
            "name": name_data(node.name),
            **_figures(result, node),
            "state": node.state,
        }
        for node in result.part_nodes(partition)
    ]


def _adjustment(result: Result, block: Adjustment) -> dict[str, Any]:
    """A bonus or penalty: what it adds, below 0 for a penalty, and the items that are reported."""
    low, high = result.blocks.get(block.id, NOTHING)
    figures = exact_figures(points=low if low == high else None, low=low, high=high)
    codes = [item.code for item in block.items if item.code in result.scorecard.scores]
    items = [criterion_data(result, result.node(code)) for code in codes]
    for item in items:
        del item["percent"], item["lost"], item["applicable_max"], item["children"]
        item.pop("lost_exact", None)
        item.pop("applicable_max_exact", None)
    name = name_data(block.name) if block.name else None
    head = {"id": block.id, "kind": block.kind, "name": name, "cap": block.cap}
    return {**head, **figures, "items": items}


def _period(result: Result) -> dict[str, str] | None:
    period = result.scorecard.period
    if period is None:
        return None
    return {"from": period.start.isoformat(), "to": period.end.isoformat()}


def _nested(flat: list[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Criteria in file order with their depths, as a tree."""
    roots: list[dict[str, Any]] = []
    stack: list[list[dict[str, Any]]] = [roots]
    for level, item in flat:
        del stack[level:]
        stack[-1].append(item)
        stack.append(item["children"])
    return roots


def name_data(name: Name) -> dict[str, str | None]:
    """A name in both languages."""
    return {"vi": name.vi, "en": name.en}


def _published(result: Result) -> dict[str, Any] | None:
    published = result.scorecard.published
    if published is None:
        return None
    fields = ("index", "total", "rank", "of", "band", "points", "percent", "ranks", "figures")
    return {
        field: dict(value) if isinstance(value, dict) else value
        for field in fields
        if (value := getattr(published, field)) not in (None, {})
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as data, with its message in English."""
    return {
        "code": finding.code,
        "severity": severity(finding),
        "where": finding.where,
        "parameters": dict(finding.parameters),
        "message": message(finding, language("en")),
    }


def head_data(result: Result) -> dict[str, Any]:
    """Whose result it is, by which scheme: how most of the data of a unit begin."""
    card = result.scorecard
    return {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "year": card.year,
        "scheme": {"id": result.scheme.id, "sha256": result.scheme.sha256},
    }


def head_cells(result: Result) -> dict[str, Any]:
    """The same in the rows of CSV."""
    card = result.scorecard
    return {
        "unit_id": card.unit_id,
        "unit": card.unit,
        "year": str(card.year),
        "scheme": result.scheme.id,
    }
