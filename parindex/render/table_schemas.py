"""JSON Schemas of rankings, comparisons and published figures, made from their columns."""

from collections.abc import Sequence
from typing import Any, Final

from parindex.tables import compare, data, ranking

_TEXT: Final = {"type": "string"}
_INTEGER: Final = {"type": "integer"}
_NUMBER: Final = {"type": "number"}
_BOOLEAN: Final = {"type": "boolean"}
_MAYBE_TEXT: Final = {"type": ["string", "null"]}
_MAYBE_INTEGER: Final = {"type": ["integer", "null"]}
_MAYBE_NUMBER: Final = {"type": ["number", "null"]}
_INTEGERS: Final = {"rank", "of", "move", "count", "previous_rank", "year_before", "year_after"} | {
    "rank_before",
    "rank_after",
}
_NUMBERS: Final = {"index", "points", "max", "change", "value", "low", "high", "points_change"} | {
    f"{name}_{side}" for name in ("index", "points", "max") for side in ("before", "after")
} | {"from_unit", "from_maxima"}  # fmt: skip


def object_of(required: Sequence[str], **fields: Any) -> dict[str, Any]:
    """An object with these fields and no others."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(required),
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
    return object_of(list(fields), **fields)


def _all(**fields: Any) -> dict[str, Any]:
    return object_of(list(fields), **fields)


def _items(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _file(format_: str, key: str, item: dict[str, Any]) -> dict[str, Any]:
    return _all(format={"const": format_}, **{key: _items(item)})


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


def published_schema() -> dict[str, Any]:
    """Of `data show` and `data export` as JSON."""
    row = _row(
        data.COLUMNS,
        kind={"enum": ["result", "area", "part", "sipas", "band-count", "figure"]},
        year=_INTEGER,
        source=_TEXT,
        table=_TEXT,
        doubt={"enum": ["contradicted", "misprint", None]},
        confidence={"enum": ["read", "weak"]},
    )
    return _file(data.FORMAT, "rows", row)
