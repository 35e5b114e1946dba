"""The stages of scores as tables, rows and data."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.stages import Staged, StageMeans
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import STAGES, Stage
from parindex.scoring.result import Node, Result
from parindex.tables.columns import columns
from parindex.tables.figures import exact_number
from parindex.tables.score import title_of
from parindex.tables.score_data import name_data
from parindex.tables.table import Cell, Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import Language

FORMAT = "parindex-stages/1"
COLUMNS: Final = (
    *("unit_id", "unit", "units", "year", "scheme", "code", "name_vi", "maximum"),
    *(*STAGES, "difference", "reason"),
)


def stages_sheet(staged: Staged, depth: int, say: Language) -> Table:
    """One unit: a column for each stage, the difference of the last from the first, and why."""
    result, stages = staged.result, tuple(staged.stages)
    builder = TableBuilder(_columns(stages, "reason", say), result.printed)
    codes = [criterion.code for _, criterion in staged.shown(depth)]
    for code in [*codes, ""]:
        node = result.node(code)
        builder.add(
            {stage: stage_cell(result, each, say) for stage, each in staged.nodes(code).items()},
            code=code,
            name=say.name(node.name) if code else say("Total"),
            max=node.max,
            difference=staged.difference(code),
            reason=staged.reason(code) if code else None,
            strong=not code,
        )
    builder.add(
        {stage: shared.index for stage, shared in staged.stages.items()},
        code="",
        name=say("Index"),
        difference=staged.index_difference(),
    )
    notes = []
    if any(not node.complete for code in [*codes, ""] for node in staged.nodes(code).values()):
        notes.append(
            say(
                "≥ and –: a part, or all, is unknown at that stage. Differences are of what is known at both."
            )
        )
    if not stages:
        notes.append(say("The scorecard names no stages."))
    title = title_of(result.scorecard, result.scheme, say)
    return builder.table(title, notes, keep=None)


def _columns(stages: Sequence[Stage], last: str, say: Language) -> tuple[Column, ...]:
    keys = ["code name max", *(f"{stage}:number" for stage in stages), "difference", last]
    return columns(say, " ".join(keys), **{stage: say(stage) for stage in stages})


def stage_cell(result: Result, node: Node, say: Language) -> Cell:
    """The points of a stage; at least, where a part is unknown."""
    if node.final is None:
        return None
    points = result.printed(node.final)
    return points if node.complete else f"≥ {say.number(points)}"


def means_sheet(means: StageMeans, say: Language) -> Table:
    """The means of several units, in the same columns."""

    def printed(value: Fraction) -> Decimal:
        return _printed(means.scheme, value)

    builder = TableBuilder(_columns(means.stages, "units:text", say), printed)
    for code, points in means.points.items():
        criterion = means.scheme.by_code.get(code)
        builder.add(
            _by_stage(means, points),
            code=code,
            name=say.name(criterion.name) if criterion else say("Total"),
            max=criterion.maximum if criterion else means.scheme.maximum,
            units=say("units: {count}", count=means.units[code]),
            strong=not code,
        )
    builder.add(_by_stage(means, means.percents), code="", name=say("Index"))
    title = say("Means of the units that are known at every stage")
    heading = f"{title} · {means.year} · {say.name(means.scheme.title)}"
    return builder.table(heading, keep=None)


def _by_stage(means: StageMeans, values: Sequence[Fraction]) -> dict[str, Fraction]:
    """Means by stage, with the difference of the last from the first; none where there are none."""
    if not values:
        return {}
    return {**dict(zip(means.stages, values, strict=True)), "difference": values[-1] - values[0]}


def stages_data(staged: Staged, depth: int) -> dict[str, Any]:
    """One unit as data; points are exact, and None where a stage does not know all of them."""
    card, scheme = staged.result.scorecard, staged.result.scheme
    criteria = [
        {
            "code": criterion.code,
            "name": name_data(criterion.name),
            "max": criterion.max,
            **_stage_data(staged, criterion.code),
            "reason": staged.reason(criterion.code),
        }
        for _, criterion in staged.shown(depth)
    ]
    index = {stage: result.index for stage, result in staged.stages.items()}
    change = staged.index_difference()
    return {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "units": 1,
        "year": card.year,
        "scheme": scheme.id,
        "stages": list(staged.stages),
        "criteria": criteria,
        "total": _stage_data(staged, ""),
        "index": {**index, "difference": None if change is None else _printed(scheme, change)},
    }


def _stage_data(staged: Staged, code: str) -> dict[str, Any]:
    nodes = staged.nodes(code).items()
    return {
        "points": {
            stage: exact_number(node.final if node.complete else None) for stage, node in nodes
        },
        "state": {stage: node.state for stage, node in nodes},
        "difference": exact_number(staged.difference(code)),
    }


def means_data(means: StageMeans) -> dict[str, Any]:
    """The means as data, in the shape of a unit without a name."""
    criteria = [
        {
            "code": code,
            "name": name_data(means.scheme.by_code[code].name),
            "max": means.scheme.by_code[code].max,
            "units": means.units[code],
            **_mean_data(means, points),
        }
        for code, points in means.points.items()
        if code
    ]
    index = {
        key: _printed(means.scheme, value)
        for key, value in _by_stage(means, means.percents).items()
    }
    return {
        "unit": None,
        "units": means.units[""],
        "year": means.year,
        "scheme": means.scheme.id,
        "stages": list(means.stages),
        "criteria": criteria,
        "total": _mean_data(means, means.points[""]),
        "index": {key: index.get(key) for key in (*means.stages, "difference")},
    }


def _mean_data(means: StageMeans, points: Sequence[Fraction]) -> dict[str, Any]:
    known = _by_stage(means, points)
    return {
        "points": {stage: exact_number(known.get(stage)) for stage in means.stages},
        "difference": exact_number(known.get("difference")),
    }


def stage_records(data: Mapping[str, Any], scheme: Scheme) -> Iterator[dict[str, Any]]:
    """What `stages_data` or `means_data` gave, by the columns of CSV: criteria, then the total.

    Means have no unit, but say how many units they are of.
    """
    total = {"code": None, "name": name_data(scheme.title), "max": scheme.max, **data["total"]}
    for each in (*data["criteria"], {"units": data["units"], **total}):
        yield {
            **{key: data.get(key) for key in ("unit_id", "unit", "year", "scheme")},
            **{key: each.get(key) for key in ("code", "difference", "reason")},
            "units": each["units"] if data["unit"] is None else None,
            "name_vi": each["name"]["vi"],
            "maximum": each["max"],
            **each["points"],
        }


def _printed(scheme: Scheme, value: Fraction) -> Decimal:
    """A figure with the digits that the scheme prints."""
    return rounded(value, scheme.rounding.index, scheme.rounding.mode)
