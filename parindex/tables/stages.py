"""The stages of scores as tables, rows and data."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.stages import Staged, StageMeans
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import STAGES, Stage
from parindex.tables.columns import columns
from parindex.tables.figures import exact_number
from parindex.tables.score import title_of
from parindex.tables.score_data import name_data
from parindex.tables.table import Cell, Column, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import N_, Language

FORMAT = "parindex-stages/1"
COLUMNS: Final = (
    *("unit_id", "unit", "units", "year", "scheme", "code", "name_vi", "maximum"),
    *(*STAGES, "difference", "reason"),
)


_PARTIAL: Final = N_(
    "≥ and –: a part, or all, is unknown at that stage. Differences are of what is known at both."
)


def stages_sheet(staged: Staged, depth: int, say: Language) -> Table:
    """One unit: a column for each stage, the difference of the last from the first, and why."""
    result, stages = staged.result, tuple(staged.stages)
    builder = TableBuilder(_columns(stages, "reason", say), result.printed)
    codes = [*(criterion.code for _, criterion in staged.shown(depth)), ""]
    partial = False
    for code in codes:
        cells: dict[str, Cell] = {}
        for stage, each in staged.nodes(code).items():
            points = result.printed(each.final)
            partial |= not each.complete
            cells[stage] = points if points is None or each.complete else f"≥ {say.number(points)}"
        node = result.node(code)
        builder.add(
            cells,
            code=code,
            name=say.name(node.name) if code else say("Total"),
            max=node.max,
            difference=staged.difference(code),
            reason=staged.reason(code) if code else None,
            strong=not code,
        )
    index: dict[str, Cell] = {stage: each.index for stage, each in staged.stages.items()}
    builder.add(index, code="", name=say("Index"), difference=staged.index_difference())
    notes = [say(_PARTIAL)] if partial else []
    notes += [] if stages else [say("The scorecard names no stages.")]
    return builder.table(title_of(result.scorecard, result.scheme, say), notes, keep=None)


def _columns(stages: Sequence[Stage], last: str, say: Language) -> tuple[Column, ...]:
    keys = ["code name max", *(f"{stage}:number" for stage in stages), "difference", last]
    return columns(say, " ".join(keys), **{stage: say(stage) for stage in stages})


def means_sheet(means: StageMeans, say: Language) -> Table:
    """The means of several units, in the same columns."""
    scheme, rounding = means.scheme, means.scheme.rounding
    builder = TableBuilder(
        _columns(means.stages, "units:text", say),
        lambda value: rounded(value, rounding.index, rounding.mode),
    )
    for code, points in means.points.items():
        criterion = scheme.by_code.get(code)
        builder.add(
            _by_stage(means, points),
            code=code,
            name=say.name(criterion.name) if criterion else say("Total"),
            max=criterion.maximum if criterion else scheme.maximum,
            units=say("units: {count}", count=means.units[code]),
            strong=not code,
        )
    builder.add(_by_stage(means, means.percents), code="", name=say("Index"))
    title = say("Means of the units that are known at every stage")
    return builder.table(f"{title} · {means.year} · {say.name(scheme.title)}", keep=None)


def _by_stage(means: StageMeans, values: Sequence[Fraction]) -> dict[str, Fraction]:
    """Means by stage, with the difference of the last from the first; none where there are none."""
    if not values:
        return {}
    return {**dict(zip(means.stages, values, strict=True)), "difference": values[-1] - values[0]}


def stages_data(staged: Staged, depth: int) -> dict[str, Any]:
    """One unit as data; points are exact, and None where a stage does not know all of them."""
    card, scheme = staged.result.scorecard, staged.result.scheme

    def figures(code: str) -> dict[str, Any]:
        nodes = staged.nodes(code)
        known = {stage: node.final if node.complete else None for stage, node in nodes.items()}
        return {
            "points": {stage: exact_number(points) for stage, points in known.items()},
            "state": {stage: node.state for stage, node in nodes.items()},
            "difference": exact_number(staged.difference(code)),
        }

    return {
        "unit": card.unit,
        "unit_id": card.unit_id,
        "units": 1,
        "year": card.year,
        "scheme": scheme.id,
        "stages": list(staged.stages),
        "criteria": [
            {**_criterion(each), **figures(each.code), "reason": staged.reason(each.code)}
            for _, each in staged.shown(depth)
        ],
        "total": figures(""),
        "index": {
            **{stage: result.index for stage, result in staged.stages.items()},
            "difference": staged.result.printed(staged.index_difference()),
        },
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {"code": criterion.code, "name": name_data(criterion.name), "max": criterion.max}


def means_data(means: StageMeans) -> dict[str, Any]:
    """The means as data, in the shape of a unit without a name."""
    scheme, keys = means.scheme, (*means.stages, "difference")

    def figures(code: str) -> dict[str, Any]:
        known = _by_stage(means, means.points[code])
        *points, difference = (exact_number(known.get(key)) for key in keys)
        return {
            "points": dict(zip(means.stages, points, strict=True)),
            "difference": difference,
        }

    index = _by_stage(means, means.percents)
    digits = (scheme.rounding.index, scheme.rounding.mode)
    return {
        "unit": None,
        "units": means.units[""],
        "year": means.year,
        "scheme": scheme.id,
        "stages": list(means.stages),
        "criteria": [
            {**_criterion(scheme.by_code[code]), "units": means.units[code], **figures(code)}
            for code in filter(None, means.points)
        ],
        "total": figures(""),
        "index": {key: rounded(index[key], *digits) if index else None for key in keys},
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
