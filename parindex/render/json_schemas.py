"""JSON Schemas of the formats that other programs and editors meet."""

from importlib import import_module
from typing import Any, Final, Literal

from parindex.values.wing import wing

SchemaName = Literal[
    "scheme", "scorecard", "case", "letterhead", "result", "ranking", "comparison", "published"
]
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TITLES: Final = {
    "scheme": "A scheme of the PAR INDEX (bộ tiêu chí)",
    "scorecard": "A scorecard of the PAR INDEX (phiếu chấm điểm)",
    "result": "Results of parindex (parindex-result/1)",
    "case": "A case of parindex (ca kiểm thử)",
    "letterhead": "A letterhead of reports (thể thức văn bản)",
    "ranking": "Rankings of parindex (parindex-ranking/1)",
    "comparison": "Comparisons of parindex (parindex-comparison/1)",
    "published": "Published figures as parindex gives them (parindex-published/1)",
}

_FORMS: Final = {
    "scheme": "parindex.scheme.scheme:Scheme",
    "scorecard": "parindex.scorecard.scorecard_file:ScorecardForm",
    "case": "parindex.files.case_file:CaseForm",
}
"""The forms of the files that people write; pydantic makes their schemas."""


def json_schema(name: SchemaName) -> dict[str, Any]:
    """The JSON Schema of a scheme file, of a scorecard file, or of what a command gives as JSON."""
    head: dict[str, Any] = {"$schema": _DIALECT, "title": _TITLES[name]}
    if name == "result":
        return {**head, **_RESULT}
    if name == "letterhead":
        return {
            **head,
            **_untitled(wing("documents.letterhead").LetterheadForm.model_json_schema()),
        }
    if name in _FORMS:
        module, _, form = _FORMS[name].partition(":")
        return {**head, **_untitled(getattr(import_module(module), form).model_json_schema())}
    from parindex.render import table_schemas

    return {**head, **getattr(table_schemas, f"{name}_schema")()}


def _untitled(schema: Any) -> Any:
    """The schema without the titles that pydantic makes of Python's names."""
    if isinstance(schema, list):
        return [_untitled(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _untitled(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str))
    }


def _object(**fields: Any) -> dict[str, Any]:
    """An object with exactly these fields; a name that ends in `_exact` may be missing."""
    required = [name for name in fields if not name.endswith("_exact")]
    return {
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }


def _or_null(*types: str) -> dict[str, Any]:
    return {"type": [*types, "null"]}


def _exact(*names: str) -> dict[str, Any]:
    """Exact numbers, each with its quotient beside it where its decimals do not end."""
    found: dict[str, Any] = {}
    for name in names:
        found |= {name: _or_null("number"), f"{name}_exact": {"type": "string"}}
    return found


_TEXT: Final = {"type": "string"}
_NAME: Final = _object(vi=_TEXT, en=_or_null("string"))
_FIGURES: Final = {
    **_exact("points", "max", "applicable_max"),
    "percent": _or_null("number"),
    **_exact("lost"),
}
_STATES: Final = ("scored", "zero", "partial", "not_applicable", "no_evidence", "unknown")
_STATE: Final = {"enum": [*_STATES, "included"]}
_ENTRY: Final = {
    "state": _STATE,
    "stage": _or_null("string"),
    "rule": _or_null("object"),
    "input": _or_null("object"),
    **dict.fromkeys(("working", "reason", "source"), _or_null("string")),
}
_CRITERION: Final = _object(
    code=_TEXT,
    name=_NAME,
    **_FIGURES,
    **_ENTRY,
    children={"type": "array", "items": {"$ref": "#/$defs/criterion"}},
)
_FINDING: Final = _object(
    code={"type": "string", "pattern": "^P[0-9]{3}$"},
    severity={"enum": ["error", "warning", "info"]},
    where=_TEXT,
    parameters={"type": "object", "additionalProperties": _TEXT},
    message=_TEXT,
)
_PART: Final = _object(id=_TEXT, name=_NAME, **_FIGURES, state=_STATE)
_ITEM: Final = _object(code=_TEXT, name=_NAME, **_exact("points"), max=_or_null("number"), **_ENTRY)
_ADJUSTMENT: Final = _object(
    id=_TEXT,
    kind={"enum": ["bonus", "penalty"]},
    name={"anyOf": [_NAME, {"type": "null"}]},
    cap=_or_null("number"),
    **{**_exact("points", "low", "high"), **{key: {"type": "number"} for key in ("low", "high")}},
    items={"type": "array", "items": _ITEM},
)
_TOOL: Final = _object(name={"const": "parindex"}, version=_TEXT)
_ONE: Final = _object(
    unit=_TEXT,
    unit_id=_or_null("string"),
    level=_TEXT,
    group=_or_null("string"),
    year={"type": "integer"},
    period=_or_null("object"),
    scheme=_object(
        id=_TEXT,
        status={"enum": ["official", "provincial", "example", "fragment"]},
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    ),
    stage=_or_null("string"),
    **_FIGURES,
    band=_or_null("string"),
    bands={"type": "array", "items": _or_null("string")},
    complete={"type": "boolean"},
    **_exact("assessed_max"),
    low=_or_null("number"),
    high=_or_null("number"),
    criteria={"type": "array", "items": {"$ref": "#/$defs/criterion"}},
    partitions={"type": "object", "additionalProperties": {"type": "array", "items": _PART}},
    adjustments={"type": "array", "items": _ADJUSTMENT},
    published=_or_null("object"),
    source=_or_null("string"),
    findings={"type": "array", "items": _FINDING},
)
_ONE["properties"]["tool"] = _TOOL  # on each line of NDJSON
_RESULT: Final[dict[str, Any]] = {
    **_object(
        format={"const": "parindex-result/1"},
        tool=_TOOL,
        results={"type": "array", "items": {"$ref": "#/$defs/result"}},
    ),
    "$defs": {"result": _ONE, "criterion": _CRITERION},
}
