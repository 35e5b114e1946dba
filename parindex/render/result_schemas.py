"""JSON Schemas of what commands give: results, rankings, comparisons and published figures."""

from collections.abc import Sequence
from typing import Any, Final, get_args

from parindex.analysis.published_row import Doubt, RowKind, Trust
from parindex.analysis.stability import SOURCES
from parindex.published_figures.trend import Point, TrendKind
from parindex.tables import compare, data, findings, ranking, stability, trend
from parindex.values.finding import Severity

_TEXT: Final = {"type": "string"}
_INTEGER: Final = {"type": "integer"}
_NUMBER: Final = {"type": "number"}
_BOOLEAN: Final = {"type": "boolean"}
_MAYBE_TEXT: Final = {"type": ["string", "null"]}
_MAYBE_INTEGER: Final = {"type": ["integer", "null"]}
_MAYBE_NUMBER: Final = {"type": ["number", "null"]}
_MAYBE_OBJECT: Final = {"type": ["object", "null"]}
_INTEGERS: Final = (
    ranking.INTEGERS
    | {"of", "count", "year_before", "year_after"}
    | {
        "rank_before",
        "rank_after",
    }
)
_NUMBERS: Final = ranking.NUMBERS | {"max", "change", "value", "points_change"} | {
    f"{name}_{side}" for name in ("index", "points", "max") for side in ("before", "after")
} | {"from_unit", "from_maxima"}  # fmt: skip


def _all(**fields: Any) -> dict[str, Any]:
    """An object with exactly these fields; a name that ends in `_exact` may be missing."""
    required = [name for name in fields if not name.endswith("_exact")]
    return {
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }


def _row(columns: Sequence[str], **known: Any) -> dict[str, Any]:
    """A row as an object; every column is there, and null where nothing is known."""
    fields = {
        name: known.get(name)
        or (_MAYBE_INTEGER if name in _INTEGERS else None)
        or (_MAYBE_NUMBER if name in _NUMBERS else _MAYBE_TEXT)
        for name in columns
    } | known
    return _all(**fields)


def _items(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _file(format_: str, key: str, item: dict[str, Any]) -> dict[str, Any]:
    return _all(format={"const": format_}, **{key: _items(item)})


def _exact(*names: str) -> dict[str, Any]:
    """Exact numbers, each with its quotient beside it where its decimals do not end."""
    found: dict[str, Any] = {}
    for name in names:
        found |= {name: _MAYBE_NUMBER, f"{name}_exact": _TEXT}
    return found


_NAME: Final = _all(vi=_TEXT, en=_MAYBE_TEXT)
_FIGURES: Final = {
    **_exact("points", "max", "applicable_max"),
    "percent": _MAYBE_NUMBER,
    **_exact("lost"),
}
_STATES: Final = ("scored", "zero", "partial", "not_applicable", "no_evidence", "unknown")
_STATE: Final = {"enum": [*_STATES, "included"]}
_MET: Final = {"type": ["boolean", "null"]}
"""Whether a standard is met; only standards have it."""
_ENTRY: Final = {
    "state": _STATE,
    "stage": _MAYBE_TEXT,
    "rule": _MAYBE_OBJECT,
    "input": _MAYBE_OBJECT,
    **dict.fromkeys(("working", "reason", "source"), _MAYBE_TEXT),
}
_CRITERION: Final = _all(
    code=_TEXT,
    name=_NAME,
    **_FIGURES,
    **_ENTRY,
    children=_items({"$ref": "#/$defs/criterion"}),
)
_FINDING: Final = _all(
    code={"type": "string", "pattern": "^P[0-9]{3}$"},
    severity={"enum": ["error", "warning", "info"]},
    where=_TEXT,
    parameters={"type": "object", "additionalProperties": _TEXT},
    message=_TEXT,
)
_PART: Final = _all(id=_TEXT, name=_NAME, **_FIGURES, state=_STATE)
_ITEM: Final = _all(code=_TEXT, name=_NAME, **_exact("points"), max=_MAYBE_NUMBER, **_ENTRY)
_ADJUSTMENT: Final = _all(
    id=_TEXT,
    kind={"enum": ["bonus", "penalty"]},
    name={"anyOf": [_NAME, {"type": "null"}]},
    cap=_MAYBE_NUMBER,
    **{**_exact("points", "low", "high"), **dict.fromkeys(("low", "high"), _NUMBER)},
    items=_items(_ITEM),
)
_TOOL: Final = _all(name={"const": "parindex"}, version=_TEXT)
_ONE: Final = _all(
    unit=_TEXT,
    unit_id=_MAYBE_TEXT,
    level=_MAYBE_TEXT,
    group=_MAYBE_TEXT,
    year=_INTEGER,
    period=_MAYBE_OBJECT,
    scheme=_all(
        id=_TEXT,
        status={"enum": ["official", "provincial", "example", "fragment", "own"]},
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    ),
    stage=_MAYBE_TEXT,
    **_FIGURES,
    band=_MAYBE_TEXT,
    bands=_items(_MAYBE_TEXT),
    complete=_BOOLEAN,
    **_exact("assessed_max"),
    low=_MAYBE_NUMBER,
    high=_MAYBE_NUMBER,
    criteria=_items({"$ref": "#/$defs/criterion"}),
    partitions={"type": "object", "additionalProperties": _items(_PART)},
    adjustments=_items(_ADJUSTMENT),
    published=_MAYBE_OBJECT,
    source=_MAYBE_TEXT,
    findings=_items(_FINDING),
)
_ONE["properties"]["tool"] = _TOOL  # on each line of NDJSON
_ONE["properties"]["index"] = _MAYBE_NUMBER  # results of the first version have it not


_ONE["properties"]["standards"] = _all(met=_INTEGER, not_met=_INTEGER, unknown=_INTEGER)
_CRITERION["properties"]["met"] = _ITEM["properties"]["met"] = _MET


def result_schema() -> dict[str, Any]:
    """Of `score --format json`."""
    file = _all(
        format={"const": "parindex-result/1"},
        tool=_TOOL,
        results=_items({"$ref": "#/$defs/result"}),
    )
    return {**file, "$defs": {"result": _ONE, "criterion": _CRITERION}}


def ranking_schema() -> dict[str, Any]:
    """Of `rank --format json`."""
    place = _row(ranking.COLUMNS[5:], unit=_TEXT, scheme=_TEXT)
    group = _all(
        year=_INTEGER,
        level=_TEXT,
        province=_MAYBE_TEXT,
        group=_MAYBE_TEXT,
        by={"enum": ["percent", "points"]},
        ties={"enum": ["competition", "dense", "ordinal"]},
        keys=_items(_TEXT),
        previous_year=_MAYBE_INTEGER,
        count=_INTEGER,
        **dict.fromkeys(("mean", "median", "highest", "lowest"), _MAYBE_NUMBER),
        bands=_items(_all(band=_MAYBE_TEXT, count=_INTEGER)),
        ranked=_items(place),
        not_ranked=_items(place),
        unknown=_items(place),
        missing=_items(_TEXT),
    )
    return _file(ranking.FORMAT, "groups", group)


def comparison_schema() -> dict[str, Any]:
    """Of `compare --format json`."""
    named = {"unit": _TEXT, "comparable": _BOOLEAN}
    criterion = _row(compare.COLUMNS, **named)
    tally = _all(**dict.fromkeys(("known", "up", "down", "unchanged"), _INTEGER))
    figures = ("mean", "median", "highest", "lowest")
    spread = _all(**dict.fromkeys(figures, _NUMBER), above_mean=_INTEGER)
    bands = {"type": "object", "additionalProperties": _INTEGER}
    mean = _all(
        region=_MAYBE_TEXT,
        **dict.fromkeys(("before", "after", "change"), _MAYBE_NUMBER),
        origin={"enum": ["published", "computed"]},
        count=_MAYBE_INTEGER,
    )
    either = {"anyOf": [spread, {"type": "null"}]}
    comparison = _all(
        before=_TEXT,
        after=_TEXT,
        of=_MAYBE_INTEGER,
        ties={"enum": ["competition", "dense", "ordinal", None]},
        index=tally,
        rank=tally,
        statistics=_all(before=either, after=either),
        bands=_all(before=bands, after=bands),
        means=_items(mean),
        units=_items(_row(compare.COLUMNS, **named, criteria=_items(criterion))),
    )
    return _file(compare.FORMAT, "comparisons", comparison)


def findings_schema() -> dict[str, Any]:
    """Of `check --format json`; of its NDJSON and of `--errors json` each line is a finding."""
    finding = _all(
        file=_MAYBE_TEXT,
        line=_MAYBE_INTEGER,
        column=_MAYBE_INTEGER,
        pointer=_MAYBE_TEXT,
        cell=_MAYBE_TEXT,
        path=_items({"type": ["string", "integer"]}),
        code=_MAYBE_TEXT,
        severity={"enum": [*get_args(Severity)]},
        where=_TEXT,
        found=_MAYBE_TEXT,
        expected=_MAYBE_TEXT,
        message=_TEXT,
        mend=_MAYBE_TEXT,
        parameters={"type": "object", "additionalProperties": _TEXT},
    )
    whole = _file(findings.FORMAT, "findings", {"$ref": "#/$defs/finding"})
    return {"$defs": {"finding": finding}, "anyOf": [whole, {"$ref": "#/$defs/finding"}]}


def published_schema() -> dict[str, Any]:
    """Of `data show` and `data export` as JSON."""
    row = _row(
        data.COLUMNS,
        kind={"enum": [*get_args(RowKind)]},
        year=_INTEGER,
        source=_TEXT,
        table=_TEXT,
        doubt={"enum": [*get_args(Doubt), None]},
        confidence={"enum": [*get_args(Trust)]},
    )
    file = _file(data.FORMAT, "rows", row)
    named = {"type": "object", "properties": {"title": _TEXT, "path": _TEXT, "name": _TEXT}}
    about = _all(licenses=_items(named), notes=_items(_TEXT), sources=_items(named))
    file["properties"]["about"] = about  # of `data export` only
    return file


def trend_schema() -> dict[str, Any]:
    """Of `trend --format json`."""
    figure = _row(
        (*trend.point_record(Point(0)),),
        year=_INTEGER,
        new_scheme=_BOOLEAN,
        joined=_BOOLEAN,
        doubt={"enum": [*get_args(Doubt), None]},
        confidence={"enum": [*get_args(Trust), None]},
    )
    who = dict.fromkeys(("level", "province", "group", "unit", "list"), _MAYBE_TEXT)
    return _all(
        format={"const": trend.FORMAT},
        kind={"enum": [*get_args(TrendKind)]},
        code=_MAYBE_TEXT,
        **{"from": _MAYBE_INTEGER, "to": _MAYBE_INTEGER},
        lines=_items(_all(**who, mean=_BOOLEAN, figures=_items(figure))),
    )


def stability_schema() -> dict[str, Any]:
    """Of `stability --format json`."""
    source = {"enum": [*SOURCES]}
    share = dict.fromkeys(("first", "first_error", "total", "total_error"), _MAYBE_NUMBER)
    spread = {
        **dict.fromkeys(("median", "low", "high"), _INTEGER),
        "top": _NUMBER,
        "bands": _items(_all(band=_MAYBE_TEXT, chance=_NUMBER)),
        "shift": _NUMBER,
    }
    who = {"unit_id": _MAYBE_TEXT, "parent": _MAYBE_TEXT, "unit": _TEXT}
    unit = _all(
        rank=_INTEGER,
        **who,
        scheme=_TEXT,
        index=_MAYBE_NUMBER,
        points=_MAYBE_NUMBER,
        band=_MAYBE_TEXT,
        **spread,
        alone=_items(_all(source=source, **spread, **share)),
        without=_items(_all(code=_TEXT, rank=_MAYBE_INTEGER)),
    )
    group = _all(
        year=_INTEGER,
        level=_TEXT,
        province=_MAYBE_TEXT,
        group=_MAYBE_TEXT,
        by={"enum": ["percent", "points"]},
        ties={"enum": ["competition", "dense", "ordinal"]},
        shift=_NUMBER,
        base=_INTEGER,
        sources=_items(_all(source=source, figures=_INTEGER, shift=_NUMBER, **share)),
        not_drawn=_items(_all(source=source, reason=_TEXT)),
        ranked=_items(unit),
        apart=_items(
            _all(
                state={"enum": ["not_ranked", "unknown", "missing"]},
                **who,
                low=_MAYBE_NUMBER,
                high=_MAYBE_NUMBER,
                reason=_MAYBE_TEXT,
            )
        ),
    )
    return _all(
        format={"const": stability.FORMAT},
        seed=_INTEGER,
        draws=_INTEGER,
        error=_NUMBER,
        weights=_NUMBER,
        rounding=_BOOLEAN,
        survey=_MAYBE_TEXT,
        leave_out={"enum": ["area", None]},
        top=_INTEGER,
        groups=_items(group),
    )
