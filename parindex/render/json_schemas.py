"""JSON Schemas of the formats that other programs and editors meet."""

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


def json_schema(name: SchemaName) -> dict[str, Any]:
    """The JSON Schema of a scheme file, of a scorecard file, or of what a command gives as JSON."""
    head = {"$schema": _DIALECT, "title": _TITLES[name]}
    if name == "scheme":
        from parindex.scheme.scheme import Scheme

        return {**head, **_untitled(Scheme.model_json_schema())}
    if name == "scorecard":
        from parindex.scorecard.scorecard_file import ScorecardForm

        return {**head, **_untitled(ScorecardForm.model_json_schema())}
    if name == "case":
        from parindex.files.case_file import CaseForm

        return {**head, **_untitled(CaseForm.model_json_schema())}
    if name == "letterhead":
        return {
            **head,
            **_untitled(wing("documents.letterhead").LetterheadForm.model_json_schema()),
        }
    if name == "result":
        return head | _RESULT
    from parindex.render import table_schemas

    makers = {
        "ranking": table_schemas.ranking_schema,
        "comparison": table_schemas.comparison_schema,
        "published": table_schemas.published_schema,
    }
    return head | makers[name]()


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


_NAME: Final = _object(vi={"type": "string"}, en=_or_null("string"))
_FIGURES: Final[dict[str, Any]] = {
    "points": _or_null("number"),
    "points_exact": {"type": "string"},
    "max": _or_null("number"),
    "max_exact": {"type": "string"},
    "applicable_max": _or_null("number"),
    "applicable_max_exact": {"type": "string"},
    "percent": _or_null("number"),
    "lost": _or_null("number"),
    "lost_exact": {"type": "string"},
}
_STATE: Final = {
    "enum": [
        "scored",
        "zero",
        "partial",
        "not_applicable",
        "no_evidence",
        "unknown",
        "included",
    ]
}
_CRITERION: Final = _object(
    code={"type": "string"},
    name=_NAME,
    **_FIGURES,
    state=_STATE,
    stage=_or_null("string"),
    rule=_or_null("object"),
    input=_or_null("object"),
    working=_or_null("string"),
    reason=_or_null("string"),
    source=_or_null("string"),
    children={"type": "array", "items": {"$ref": "#/$defs/criterion"}},
)
_FINDING: Final = _object(
    code={"type": "string", "pattern": "^P[0-9]{3}$"},
    severity={"enum": ["error", "warning", "info"]},
    where={"type": "string"},
    parameters={"type": "object", "additionalProperties": {"type": "string"}},
    message={"type": "string"},
)
_PART: Final = _object(id={"type": "string"}, name=_NAME, **_FIGURES, state=_STATE)
_ITEM: Final = _object(
    code={"type": "string"},
    name=_NAME,
    points=_or_null("number"),
    points_exact={"type": "string"},
    max=_or_null("number"),
    state=_STATE,
    stage=_or_null("string"),
    rule=_or_null("object"),
    input=_or_null("object"),
    working=_or_null("string"),
    reason=_or_null("string"),
    source=_or_null("string"),
)
_ADJUSTMENT: Final = _object(
    id={"type": "string"},
    kind={"enum": ["bonus", "penalty"]},
    name={"anyOf": [_NAME, {"type": "null"}]},
    cap=_or_null("number"),
    points=_or_null("number"),
    points_exact={"type": "string"},
    low={"type": "number"},
    low_exact={"type": "string"},
    high={"type": "number"},
    high_exact={"type": "string"},
    items={"type": "array", "items": _ITEM},
)
_TOOL: Final = _object(name={"const": "parindex"}, version={"type": "string"})
_ONE: Final = _object(
    unit={"type": "string"},
    unit_id=_or_null("string"),
    level={"type": "string"},
    group=_or_null("string"),
    year={"type": "integer"},
    period=_or_null("object"),
    scheme=_object(
        id={"type": "string"},
        status={"enum": ["official", "provincial", "example", "fragment"]},
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    ),
    stage=_or_null("string"),
    **_FIGURES,
    band=_or_null("string"),
    bands={"type": "array", "items": _or_null("string")},
    complete={"type": "boolean"},
    assessed_max=_or_null("number"),
    assessed_max_exact={"type": "string"},
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
