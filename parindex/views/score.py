"""The result of `score`: the sheet for people, the rows for CSV, and the data for JSON."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from parindex.analysis.origin import working_of
from parindex.exact import plain, shortened, terminating
from parindex.findings import describe, message, severity
from parindex.language import Language, language
from parindex.model.band import BandSet
from parindex.model.facts import form_of
from parindex.model.fields import Name
from parindex.model.finding import Finding
from parindex.model.result import Node, Result
from parindex.views.sheet import Cell, Column, Sheet

FORMAT = "parindex-result/1"


def score_sheet(result: Result, depth: int, say: Language) -> Sheet:
    """One result as a table: criteria down to `depth`, the total, band and notes."""
    nodes = [node for _, node in result.walk(depth)]
    rows = [_row(result, node, say.name(node.name)) for node in nodes]
    rows.append(_row(result, result.total, say("Total")))
    card = result.scorecard
    return Sheet(
        title=f"{card.unit} · {card.year} · {say.name(result.scheme.title)}",
        columns=(
            Column("code", say("Code"), "code"),
            Column("name", say("Criterion")),
            Column("points", say("Points"), "number"),
            Column("max", say("Maximum"), "number"),
            Column("percent", say("Percent"), "number"),
            Column("bar", "", "bar"),
            Column("lost", say("Lost"), "number"),
            *((Column("state", say("State")),) if not result.total.complete else ()),
        ),
        rows=tuple(row if not result.total.complete else row[:-1] for row in _told(rows, say)),
        strong=frozenset({len(nodes)}),
        notes=tuple(_notes(result, say)),
    )


def _row(result: Result, node: Node, name: str) -> tuple[Cell, ...]:
    share = None if node.percent is None else result.printed(node.percent)
    points, lost = _points(result, node.points), _points(result, node.lost)
    maximum = _points(result, node.max if node.state == "not_applicable" else node.applicable_max)
    return (node.code, name, points, maximum, share, share, lost, node.state)


def _told(rows: list[tuple[Cell, ...]], say: Language) -> Iterator[tuple[Cell, ...]]:
    """The rows with their states in words; a plain score needs none."""
    words = {
        "scored": "",
        "zero": "",
        "partial": say("in part unknown"),
        "not_applicable": say("does not apply"),
        "no_evidence": say("no evidence"),
        "unknown": say("not yet known"),
        "included": say("included above"),
    }
    for row in rows:
        yield (*row[:-1], words[str(row[-1])])


def _points(result: Result, value: Fraction | None) -> Decimal | None:
    """Points as people read them: the scheme's digits."""
    return None if value is None else result.printed(value)


def _notes(result: Result, say: Language) -> Iterator[str]:
    total = result.total
    if result.index is not None:
        yield say("Index: {index} %", index=say.number(result.index))
    elif total.assessed_max is not None and total.applicable_max is not None:
        yield say(
            "Partial: {points} points of {assessed} assessed, out of {maximum}. What is not yet known is not zero.",
            points=say.number(result.printed(total.points or Fraction(0))),
            assessed=say.number(total.assessed_max),
            maximum=say.number(total.applicable_max),
        )
    if result.index is None and total.low is not None and total.high is not None:
        low, high = result.printed(total.low), result.printed(total.high)
        yield say("Index: between {low} % and {high} %", low=say.number(low), high=say.number(high))
    if result.band_set is not None:
        named = [name or say("not known") for name in result.bands]
        thresholds = thresholds_text(result.band_set, say)
        either = say("or")
        band = f" {either} ".join(named) or say("not known")
        yield say("Band: {band} ({thresholds})", band=band, thresholds=thresholds)
    if result.scheme.status in ("example", "fragment"):
        yield say("The scheme is not official: {status}.", status=say(result.scheme.status))
    for finding in result.findings:
        yield describe(finding, say)


def thresholds_text(bands: BandSet, say: Language) -> str:
    """The lower edges of bands in one line: `A ≥ 80; B ≥ 75; …`, in percent or points."""
    unit = "%" if bands.by == "percent" else say("points")
    unknown = say("edge unknown")
    edges = []
    for step in bands.steps:
        if step.edge is None:
            edges.append(f"{step.name} {unknown}")
        else:
            sign = ">" if step.above is not None else "≥"
            edges.append(f"{step.name} {sign} {say.number(step.edge)} {unit}")
    return "; ".join(edges)


CSV_COLUMNS = (
    *(
        Column(key, key)
        for key in ("unit", "unit_id", "level", "year", "scheme", "code", "name_vi")
    ),
    *(Column(key, key, "number") for key in ("points", "max", "applicable_max", "percent", "lost")),
    *(Column(key, key) for key in ("state", "band", "complete", "low", "high")),
)


def score_rows(result: Result, depth: int) -> Iterator[tuple[Cell, ...]]:
    """One result as rows for CSV: the criteria down to `depth`, then the total without a code."""
    card = result.scorecard
    head = (card.unit, card.unit_id, card.level, str(card.year), result.scheme.id)
    for node in (*(node for _, node in result.walk(depth)), result.total):
        whole = not node.code
        yield (
            *head,
            node.code,
            node.name.vi,
            *map(_decimal, (node.points, node.max, node.applicable_max)),
            _printed(result, node.percent),
            _decimal(node.lost),
            node.state,
            result.band if whole else None,
            "true" if node.complete else "false",
            _printed(result, node.low),
            _printed(result, node.high),
        )


def score_data(result: Result, depth: int) -> dict[str, Any]:
    """One result as the data of its JSON; points exact, percentages as the scheme prints them."""
    card, total = result.scorecard, result.total
    return {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "level": card.level,
        "group": None,
        "year": card.year,
        "period": None,
        "scheme": {
            "id": result.scheme.id,
            "status": result.scheme.status,
            "sha256": result.scheme.sha256,
        },
        "stage": None,
        **_figures(result, total),
        "band": result.band,
        "bands": list(result.bands),
        "complete": total.complete,
        "assessed_max": _decimal(total.assessed_max),
        "low": _printed(result, total.low),
        "high": _printed(result, total.high),
        "criteria": _nested(
            [(level, _criterion(result, node)) for level, node in result.walk(depth)]
        ),
        "partitions": {},
        "adjustments": [],
        "published": _published(result),
        "source": card.source,
        "findings": [_finding(finding) for finding in result.findings],
    }


def _figures(result: Result, node: Node) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for key, value in (
        ("points", node.points),
        ("max", node.max),
        ("applicable_max", node.applicable_max),
    ):
        figures |= _exactly(key, value)
    figures["percent"] = _printed(result, node.percent)
    return figures | _exactly("lost", node.lost)


def _exactly(key: str, value: Fraction | None) -> dict[str, Any]:
    """A number with all its decimals; where they do not end, 12 digits and the exact quotient."""
    if value is None:
        return {key: None}
    decimal = terminating(value)
    if decimal is not None:
        return {key: decimal}
    return {key: shortened(value), f"{key}_exact": plain(value)}


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def _printed(result: Result, value: Fraction | None) -> Decimal | None:
    return None if value is None else result.printed(value)


def _criterion(result: Result, node: Node) -> dict[str, Any]:
    criterion = node.criterion
    rule = criterion.rule if criterion else None
    return {
        "code": node.code,
        "name": _name(node.name),
        **_figures(result, node),
        "state": node.state,
        "stage": None,
        "rule": rule.model_dump(by_alias=True, exclude_none=True) if rule else None,
        "input": form_of(node.entry.fact) if node.entry else None,
        "working": working_of(node, language("en")),
        "reason": node.entry.reason if node.entry else None,
        "source": criterion.source if criterion else None,
        "children": [],
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


def _name(name: Name) -> dict[str, str | None]:
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


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": severity(finding),
        "where": finding.where,
        "parameters": dict(finding.parameters),
        "message": message(finding, language("en")),
    }
