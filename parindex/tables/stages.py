"""The stages of scores as sheets, rows and data."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.stages import Staged, StageMeans
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import STAGES, Stage
from parindex.scoring.result import Node, Result
from parindex.tables.sheet import Cell, Column, Sheet
from parindex.values.exact import rounded, shortened, terminating
from parindex.values.language import Language

FORMAT = "parindex-stages/1"
COLUMNS: Final = (
    "unit_id",
    "unit",
    "units",
    "year",
    "scheme",
    "code",
    "name_vi",
    "maximum",
    *STAGES,
    "difference",
    "reason",
)


def stages_sheet(staged: Staged, depth: int, say: Language) -> Sheet:
    """One unit: a column for each stage, the difference of the last from the first, and why."""
    result, stages = staged.result, tuple(staged.stages)
    codes = [criterion.code for _, criterion in staged.shown(depth)]
    rows = [_row(staged, code, say) for code in [*codes, ""]]
    index = tuple(shared.index for shared in staged.stages.values())
    change = _two(result.scheme, staged.index_difference())
    rows.append(("", say("Index"), None, *index, change, None))
    card = result.scorecard
    notes = []
    if any(not node.complete for code in [*codes, ""] for node in staged.nodes(code).values()):
        notes.append(
            say(
                "≥ and –: a part, or all, is unknown at that stage. Differences are of what is known at both."
            )
        )
    if not stages:
        notes.append(say("The scorecard names no stages."))
    return Sheet(
        f"{card.unit} · {card.year} · {say.name(result.scheme.title)}",
        _columns(stages, say),
        tuple(rows),
        frozenset({len(codes)}),
        tuple(notes),
    )


def _columns(stages: Sequence[Stage], say: Language) -> tuple[Column, ...]:
    return (
        Column("code", say("Code"), "code"),
        Column("name", say("Criterion")),
        Column("max", say("Maximum"), "number"),
        *(Column(stage, say(stage), "number") for stage in stages),
        Column("difference", say("Difference"), "number"),
        Column("reason", say("Reason")),
    )


def _row(staged: Staged, code: str, say: Language) -> tuple[Cell, ...]:
    result = staged.result
    node = result.node(code) if code else result.total
    name = say.name(node.name) if code else say("Total")
    cells = tuple(stage_cell(result, each, say) for each in staged.nodes(code).values())
    maximum = _two(result.scheme, node.max)
    change = _two(result.scheme, staged.difference(code))
    return (code, name, maximum, *cells, change, staged.reason(code) if code else None)


def stage_cell(result: Result, node: Node, say: Language) -> Cell:
    """The points of a stage; at least, where a part is unknown."""
    points = _two(result.scheme, node.final)
    if points is None or node.complete:
        return points
    return f"≥ {say.number(points)}"


def means_sheet(means: StageMeans, say: Language) -> Sheet:
    """The means of several units, in the same columns."""
    rows: list[tuple[Cell, ...]] = []
    for code, points in means.points.items():
        criterion = means.scheme.by_code.get(code)
        name = say.name(criterion.name) if criterion else say("Total")
        maximum = _two(means.scheme, criterion.maximum if criterion else means.scheme.maximum)
        units = say("units: {count}", count=means.units[code])
        rows.append((code, name, maximum, *_mean_cells(means, points), units))
    rows.append(("", say("Index"), None, *_mean_cells(means, means.percents), None))
    title = say("Means of the units that are known at every stage")
    heading = f"{title} · {means.year} · {say.name(means.scheme.title)}"
    columns = (*_columns(means.stages, say)[:-1], Column("units", say("Units")))
    return Sheet(heading, columns, tuple(rows), frozenset({len(rows) - 2}))


def _mean_cells(means: StageMeans, values: Sequence[Fraction]) -> tuple[Cell, ...]:
    if not values:
        return (None,) * (len(means.stages) + 1)
    change = _two(means.scheme, values[-1] - values[0])
    return (*(_two(means.scheme, value) for value in values), change)


def stages_data(staged: Staged, depth: int) -> dict[str, Any]:
    """One unit as data; points are exact, and None where a stage does not know all of them."""
    card, scheme = staged.result.scorecard, staged.result.scheme
    criteria = [
        {
            "code": criterion.code,
            "name": criterion.name.model_dump(),
            "max": criterion.max,
            **_stage_data(staged, criterion.code),
            "reason": staged.reason(criterion.code),
        }
        for _, criterion in staged.shown(depth)
    ]
    index = {stage: result.index for stage, result in staged.stages.items()}
    change = _two(scheme, staged.index_difference())
    return {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "units": 1,
        "year": card.year,
        "scheme": scheme.id,
        "stages": list(staged.stages),
        "criteria": criteria,
        "total": _stage_data(staged, ""),
        "index": {**index, "difference": change},
    }


def _stage_data(staged: Staged, code: str) -> dict[str, Any]:
    nodes = staged.nodes(code).items()
    return {
        "points": {stage: _exact(node.final if node.complete else None) for stage, node in nodes},
        "state": {stage: node.state for stage, node in nodes},
        "difference": _exact(staged.difference(code)),
    }


def means_data(means: StageMeans) -> dict[str, Any]:
    """The means as data, in the shape of a unit without a name."""
    criteria = [
        {
            "code": code,
            "name": means.scheme.by_code[code].name.model_dump(),
            "max": means.scheme.by_code[code].max,
            "units": means.units[code],
            **_mean_data(means, points),
        }
        for code, points in means.points.items()
        if code
    ]
    cells = _mean_cells(means, means.percents)
    return {
        "unit": None,
        "units": means.units[""],
        "year": means.year,
        "scheme": means.scheme.id,
        "stages": list(means.stages),
        "criteria": criteria,
        "total": _mean_data(means, means.points[""]),
        "index": dict(zip((*means.stages, "difference"), cells, strict=True)),
    }


def _mean_data(means: StageMeans, points: Sequence[Fraction]) -> dict[str, Any]:
    change = points[-1] - points[0] if points else None
    known = points or (None,) * len(means.stages)
    return {
        "points": {s: _exact(each) for s, each in zip(means.stages, known, strict=True)},
        "difference": _exact(change),
    }


def stages_rows(staged: Staged, depth: int) -> Iterator[tuple[Cell, ...]]:
    """One unit as rows of CSV: criteria, then the total."""
    card, scheme = staged.result.scorecard, staged.result.scheme
    head: tuple[Cell, ...] = (card.unit_id, card.unit, None, str(card.year), scheme.id)
    for _, criterion in staged.shown(depth):
        cells = _csv_cells(staged, criterion.code)
        name = (criterion.code, criterion.name.vi, criterion.max)
        yield (*head, *name, *cells, staged.reason(criterion.code))
    yield (*head, None, scheme.title.vi, scheme.max, *_csv_cells(staged, ""), None)


def _csv_cells(staged: Staged, code: str) -> tuple[Cell, ...]:
    nodes = staged.nodes(code)
    cells = (
        _exact(nodes[stage].final) if stage in nodes and nodes[stage].complete else None
        for stage in STAGES
    )
    return (*cells, _exact(staged.difference(code)))


def means_rows(means: StageMeans) -> Iterator[tuple[Cell, ...]]:
    """The means as rows of CSV: without a unit, but with how many units they are of."""
    for code, points in means.points.items():
        node = means.scheme.by_code.get(code)
        title = node.name if node else means.scheme.title
        known = dict(zip(means.stages, points, strict=True)) if points else {}
        cells = (_exact(known.get(stage)) for stage in STAGES)
        change = _exact(points[-1] - points[0]) if points else None
        head = (None, None, means.units[code], str(means.year), means.scheme.id)
        maximum = node.max if node else means.scheme.max
        yield (*head, code or None, title.vi, maximum, *cells, change, None)


def _two(scheme: Scheme, value: Fraction | None) -> Decimal | None:
    """A figure with the digits that the scheme prints."""
    return None if value is None else rounded(value, scheme.rounding.index, scheme.rounding.mode)


def _exact(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal
