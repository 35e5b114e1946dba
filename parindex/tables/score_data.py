"""The result of `score` as the data of its JSON."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from msgspec.structs import asdict

from parindex.analysis.explanation import working_of
from parindex.findings import message, severity
from parindex.scheme.scheme import Adjustment
from parindex.scoring.result import NOTHING, Node, Result
from parindex.scoring.standards import is_met, is_standard, standards_of
from parindex.tables.figures import exact_figures, put, record_of
from parindex.values.exact import to_decimal_or_none
from parindex.values.facts import Ratio, Value, figure_form, form_of
from parindex.values.fields import Name
from parindex.values.finding import Finding
from parindex.values.language import language
from parindex.version import __version__

FORMAT = "parindex-result/1"
TOOL = {"tool": {"name": "parindex", "version": __version__}}
"""What made the results, so that whoever gets them can ask the same version again."""


def score_data(result: Result, depth: int) -> dict[str, Any]:
    """One result as the data of its JSON; points exact, percentages as the scheme prints them."""
    card, total, period = result.scorecard, result.total, result.scorecard.period
    return {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "level": card.level or result.scheme.level,
        "group": card.group,
        "year": card.year,
        "period": period and {"from": period.start.isoformat(), "to": period.end.isoformat()},
        "scheme": record_of(result.scheme, "id status sha256"),
        "stage": result.stage,
        **_figures(result, total),
        "index": result.index,
        "band": result.band,
        "bands": list(result.bands),
        "complete": total.complete,
        **exact_figures(assessed_max=total.assessed_max),
        "low": result.low,
        "high": result.high,
        **_standards(result),
        "criteria": _nested(
            [(level, criterion_data(result, node)) for level, node in result.walk(depth)]
        ),
        "partitions": {
            name: [_part(result, node) for node in result.part_nodes(name)] for name in result.parts
        },
        "adjustments": [_adjustment(result, block) for block in result.scheme.adjustments],
        "published": _published(result),
        "source": card.source,
        "findings": [finding_data(finding) for finding in result.findings],
    }


def _standards(result: Result) -> dict[str, Any]:
    """How many standards are met, not met and not yet known; nothing where the scheme has none."""
    found = standards_of(result)
    return {} if found is None else {"standards": {x: len(y) for x, y in asdict(found).items()}}


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


def criterion_data(result: Result, node: Node) -> dict[str, Any]:
    """One criterion of a result as data; its children are for the caller to add."""
    criterion, entry = node.criterion, node.entry
    rule = criterion.rule if criterion else None
    return {
        "code": node.code,
        "name": name_data(node.name),
        **_figures(result, node),
        "state": node.state,
        **({"met": is_met(result, node)} if is_standard(node) else {}),
        "stage": entry.stage if entry else None,
        "rule": rule.model_dump(by_alias=True, exclude_none=True) if rule else None,
        "input": _input(result, node),
        "working": working_of(result, node, language("en")),
        "reason": entry.reason if entry else None,
        "source": criterion.source if criterion else None,
        "children": [],
    }


def _input(result: Result, node: Node) -> dict[str, Any] | None:
    """What was reported, with the best figure of the group where the rule went by it."""
    if node.entry is None:
        return None
    best, fact = result.best.get(node.code), node.entry.fact
    form = form_of(fact)
    if not isinstance(best, Fraction) or not isinstance(fact, Value | Ratio):
        return form
    reference: Value | Ratio = Value(to_decimal_or_none(best) or Decimal(0))
    if isinstance(fact, Ratio) or fact.is_percent:
        share = best / 100
        decimal = to_decimal_or_none(best)
        reference = (
            Ratio(Decimal(share.numerator), Decimal(share.denominator))
            if decimal is None
            else Value(decimal, is_percent=True)
        )
    return {**form, "reference": figure_form(reference)}


def _part(result: Result, node: Node) -> dict[str, Any]:
    named = {"id": node.code, "name": name_data(node.name)}
    return {**named, **_figures(result, node), "state": node.state}


_NOT_OF_ITEMS: Final = frozenset(
    ("percent", "lost", "lost_exact", "applicable_max", "applicable_max_exact", "children")
)


def _adjustment(result: Result, block: Adjustment) -> dict[str, Any]:
    """A bonus or penalty: what it adds, below 0 for a penalty, and the items that are reported."""
    low, high = result.blocks.get(block.id, NOTHING)
    codes = [item.code for item in block.items if item.code in result.scorecard.scores]
    items = [criterion_data(result, result.node(code)) for code in codes]
    return {
        **record_of(block, "id kind"),
        "name": name_data(block.name) if block.name else None,
        "cap": block.cap,
        **exact_figures(points=low if low == high else None, low=low, high=high),
        "items": [
            {key: value for key, value in item.items() if key not in _NOT_OF_ITEMS}
            for item in items
        ],
    }


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
    scheme = record_of(result.scheme, "id sha256")
    return {**record_of(result.scorecard, "unit unit_id year"), "scheme": scheme}


def head_cells(result: Result) -> dict[str, Any]:
    """The same in the rows of CSV."""
    return {**record_of(result.scorecard, "unit_id unit year"), "scheme": result.scheme.id}
