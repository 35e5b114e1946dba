"""Trees into models: pydantic checks, and each of its errors becomes a finding at its place."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from parindex.findings import InputError, kinds
from parindex.reading.document import Tree
from parindex.values.codes import MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE
from parindex.values.fields import short
from parindex.values.finding import Finding, Path, Places
from parindex.values.fuzzy import fold_name, suggest
from parindex.values.language import N_

Model = TypeVar("Model", bound=BaseModel)

_MOST_SUGGESTIONS = 50
"""Looking for similar names takes time, and nobody reads more of them."""
_SHORT = 20
_CUT = N_('inside {…} a comma ends an entry: write 0.5 or "0,5" in quotes, 97.2% or "97,2%"')
_REST = re.compile("[0-9]+ ?%?")
"""What is left of a figure behind a comma that ended its entry."""
_ALSO = {
    "title": ("name", "ten", "tieu-de", "ten-bo-tieu-chi"),
    "name": ("title", "ten", "noi-dung", "ten-tieu-chi"),
    "years": ("year", "nam", "cac-nam", "nam-ap-dung"),
    "year": ("years", "nam"),
    "max": ("maximum", "points", "diem", "diem-toi-da", "toi-da", "diem-chuan", "tong-diem"),
    "code": ("ma", "ma-so", "ma-tieu-chi", "tt", "stt", "so"),
    "id": ("ma", "ma-so", "ma-bo-tieu-chi"),
    "criteria": ("tieu-chi", "areas", "linh-vuc", "cac-tieu-chi", "cac-linh-vuc"),
    "children": (
        *("criteria", "sub-criteria", "parts", "tieu-chi", "tieu-chi-con"),
        *("tieu-chi-thanh-phan", "thanh-phan", "gom"),
    ),
    "rule": ("quy-tac", "cach-cham", "cach-tinh", "cach-tinh-diem", "cach-cham-diem"),
    "kind": ("loai", "kieu"),
    "options": ("phuong-an", "lua-chon", "cac-muc"),
    "steps": ("bac", "muc", "cac-bac", "cac-muc", "thang"),
    "step": ("moi-lan", "moi-truong-hop", "tru", "moi"),
    "from": ("tu",),
    "points": ("diem",),
    "bands": ("xep-loai", "muc-xep-loai", "cac-muc-xep-loai"),
    "guidance": ("huong-dan", "cach-cham", "cach-tinh-diem"),
    "documents": ("tai-lieu", "tai-lieu-kiem-chung", "minh-chung"),
    "lead": ("chu-tri", "co-quan-chu-tri"),
    "note": ("ghi-chu",),
    "source": ("nguon",),
    "status": ("trang-thai", "tinh-trang"),
    "decision": ("quyet-dinh",),
    "number": ("so", "so-hieu"),
    "date": ("ngay", "ngay-ban-hanh"),
    "province": ("tinh",),
    "group": ("nhom",),
    "level": ("cap", "cap-danh-gia"),
    "unit": ("don-vi",),
}
"""What else people call a field, folded."""
_EXPECTED = {
    "string_type": N_("text"),
    "tuple_type": "[…]",
    "list_type": "[…]",
    "dict_type": "key: value",
    "model_type": "key: value",
    "model_attributes_type": "key: value",
    "bool_parsing": "true / false",
    "bool_type": "true / false",
    "int_parsing": "1, 2, 3, …",
    "int_parsing_size": "1, 2, 3, …",
    "int_from_float": "1, 2, 3, …",
    "int_type": "1, 2, 3, …",
    "date_from_datetime_parsing": "2018-12-31",
    "date_parsing": "2018-12-31",
    "string_too_short": N_("text"),
}


def read_as(
    model: type[Model], tree: Tree, places: Places, path: Path = (), **context: Any
) -> tuple[Model | None, list[Finding]]:
    """The tree as a model without the parts that have faults, and these faults.

    So what else is wrong can be reported at once. The model is None where it cannot
    do without those parts.

    Args:
        model: what the tree must be.
        tree: a value of a document; fields that are empty count as left out.
        places: tells where a value is.
        path: the way to `tree` within the document.
        context: what field types may ask for while they read.
    """
    try:
        return model.model_validate(tree, context=context), []
    except ValidationError as error:
        details = error.errors()
    findings = [
        _finding(model, detail, places, path, suggesting=number < _MOST_SUGGESTIONS)
        for number, detail in enumerate(details)
    ]
    paths = [detail["loc"] for detail in details]
    for bad in (paths, [path[:1] for path in paths]):
        try:
            return model.model_validate(_without(tree, bad), context=context), findings
        except ValidationError:
            continue  # without more of it, or not at all
    return None, findings


def placed(error: InputError, places: Places) -> list[Finding]:
    """The findings of an error, each with the place of its path where it has none."""
    return [
        Finding(f.code, f.where, f.parameters, f.path, f.place or places.locate(f.path))
        for f in error.findings
    ]


def _without(tree: Tree, paths: Iterable[Path]) -> Tree:
    """The tree without the values at some paths; a first step that it lacks is passed over."""
    if not isinstance(tree, dict | list):
        return tree
    steps = tree if isinstance(tree, dict) else range(len(tree))
    inner: dict[str | int, list[Path]] = {}
    for path in paths:
        at = next((i for i, step in enumerate(path[:2]) if step in steps), None)
        if at is not None:
            inner.setdefault(path[at], []).append(path[at + 1 :])
    if isinstance(tree, dict):
        return {
            key: _without(value, inner.get(key, ()))
            for key, value in tree.items()
            if () not in inner.get(key, ())
        }
    return [
        _without(value, inner.get(number, ()))
        for number, value in enumerate(tree)
        if () not in inner.get(number, ())
    ]


def _finding(
    model: type[BaseModel], error: ErrorDetails, places: Places, path: Path, *, suggesting: bool
) -> Finding:
    whole = (*path, *error["loc"])
    place = places.locate(whole)
    field = str(error["loc"][-1]) if error["loc"] else ""
    kind = error["type"]
    if error["input"] is None and _REST.fullmatch(field) and kind != "extra_forbidden":
        return Finding(WRONG_TYPE, _where(whole), {"found": field, "expected": _CUT}, whole, place)
    if kind in kinds():
        told = {key: str(value) for key, value in error.get("ctx", {}).items() if key != "code"}
        return Finding(kind, _where(whole), told, whole, place)
    if kind == "extra_forbidden":
        names = _fields(model, error["loc"][:-1]) if suggesting else ()
        told = {"found": short(field), "near": _also(field, names) or suggest(field, names)}
        if error["input"] is None and _REST.fullmatch(field):
            told["expected"] = _CUT
        return Finding(UNKNOWN_FIELD, "", told, whole, places.locate(whole, key=True))
    if kind in ("missing", "union_tag_not_found"):
        missing = field if kind == "missing" else f"{field}.kind"
        return Finding(MISSING_FIELD, "", {"expected": missing}, whole, place)
    tag = error.get("ctx", {}).get("tag")
    told = {"found": short(tag or error["input"]), "expected": _instead(error, field)}
    return Finding(WRONG_TYPE, _where(whole), told, whole, place)


def _also(field: str, names: Iterable[str]) -> str:
    """The field that is called otherwise elsewhere, or in Vietnamese."""
    key = fold_name(field)
    return next((name for name in names if key in _ALSO.get(name, ())), "")


def _where(path: Path) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))


def _instead(error: ErrorDetails, field: str) -> str:
    """What to write, with the value itself where one can see what was meant."""
    given = error["input"]
    if error["type"] in ("tuple_type", "list_type") and isinstance(given, str):
        years = re.fullmatch(r"([0-9]{4})\s*[-–]\s*([0-9]{4})", given)
        if years or len(given) <= _SHORT:
            return f"[{', '.join(years.groups()) if years else given}]"
    if field == "rule" and isinstance(given, str):
        return "{kind: …}"
    return _expected(error)


def _expected(error: ErrorDetails) -> str:
    context: Mapping[str, Any] = error.get("ctx", {})
    for key in ("expected", "expected_tags"):
        names = re.findall("'([^']*)'", str(context.get(key, "")))
        if names:
            return " | ".join(names)
    if "ge" in context or "le" in context:
        return f"{context.get('ge', '')}…{context.get('le', '')}"
    return _EXPECTED.get(error["type"], N_("another kind of value"))


def _fields(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The names of the fields that a nested mapping may have, as the file spells them."""
    from typing import get_args

    current: Any = model
    for step in path:
        models = _models(current)
        if isinstance(step, int):
            continue
        tags = {each: each.model_fields.get("kind") for each in models}
        tagged = [each for each, kind in tags.items() if kind and step in get_args(kind.annotation)]
        fields = [
            info.annotation
            for candidate in models
            for name, info in candidate.model_fields.items()
            if step in (name, info.alias)
        ]
        # Without such a field it is a key of a mapping, which leads to its values.
        current = fields[0] if fields else models
        if len(models) > 1 and tagged:  # the tag of a union, which may be called as a field is
            current = tagged
    return [
        info.alias or name
        for candidate in _models(current)
        for name, info in candidate.model_fields.items()
    ]


def _models(annotation: Any) -> list[type[BaseModel]]:
    """Every model inside an annotation such as `tuple[Step, ...] | None`; of an abstract one its kinds."""
    from inspect import isabstract
    from typing import get_args

    if isinstance(annotation, list):
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        below = [model for each in annotation.__subclasses__() for model in _models(each)]
        return below if isabstract(annotation) else [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
