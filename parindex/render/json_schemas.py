"""JSON Schemas of the formats that other programs and editors meet."""

import re
from importlib import import_module
from typing import Any, Final, Literal

from parindex.findings.wing import scale, wing

SchemaName = Literal[
    "scheme",
    "scorecard",
    "result",
    "case",
    "letterhead",
    "ranking",
    "comparison",
    "published",
    "facts-map",
    "stability",
    "trend",
    "findings",
]
_EXAMPLE: Final = re.compile(r"\n\n>>> .*?(?=\n\n|\Z)", re.DOTALL)
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TITLES: Final = {
    "scheme": "A scheme of the PAR INDEX (bộ tiêu chí)",
    "scorecard": "A scorecard of the PAR INDEX (phiếu chấm điểm)",
    "result": "Results of parindex (parindex-result/1)",
    "case": "A case of parindex (ca kiểm thử)",
    "letterhead": "A letterhead of reports (thể thức văn bản)",
    "ranking": "Rankings of parindex (parindex-ranking/1)",
    "stability": "How sure ranks are, of parindex (parindex-stability/1)",
    "trend": "Figures over years, of parindex (parindex-trend/1)",
    "findings": "Findings of parindex (parindex-check/1), or one of them on a line of standard error",
    "comparison": "Comparisons of parindex (parindex-comparison/1)",
    "published": "Published figures as parindex gives them (parindex-published/1)",
    "facts-map": "A map of rows of dossiers (bảng ánh xạ hồ sơ)",
}

_FORMS: Final = {
    "scheme": "parindex.scheme.scheme:Scheme",
    "scorecard": "parindex.scorecard.scorecard_file:ScorecardForm",
    "case": "parindex.files.case_file:CaseForm",
}
"""The forms of the files that people write; pydantic makes their schemas."""


def json_schema(name: SchemaName) -> dict[str, Any]:
    """The JSON Schema of a scheme file, of a scorecard file, or of what a command gives as JSON."""
    head: dict[str, Any] = {
        "$schema": _DIALECT,
        "$id": f"urn:parindex:{name}:1",
        "title": _TITLES[name],
    }
    if name == "letterhead":
        return {
            **head,
            **_untitled(wing("reports.blocks").Letterhead.model_json_schema()),
        }
    if name == "facts-map":
        return {**head, **_untitled(scale("mapping").MapForm.model_json_schema())}
    if name in _FORMS:
        module, _, form = _FORMS[name].partition(":")
        return {**head, **_untitled(getattr(import_module(module), form).model_json_schema())}
    from parindex.render import result_schemas

    return {**head, **getattr(result_schemas, f"{name}_schema")()}


def _untitled(schema: Any) -> Any:
    """The schema without what is Python's: titles made of its names, and examples of its use."""
    if isinstance(schema, list):
        return [_untitled(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _EXAMPLE.sub("", value)
        if key == "description" and isinstance(value, str)
        else _untitled(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str))
    }
