"""A rule of any kind as a field: told apart by `kind`, and by unit where a figure is said so."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator, TypeAdapter
from pydantic_core import SchemaValidator, core_schema

from parindex.rules.base import KINDS, Rule
from parindex.values.codes import WRONG_TYPE
from parindex.values.fields import Name, fault

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, ValidationInfo
    from pydantic_core import CoreSchema

OTHERS: Final = "others"
"""What is said of the units that are not named."""
Take = Callable[[Mapping[str, Any]], Any]


class _OneOfTheKinds:
    """Lets a field hold a rule of any kind, told apart by `kind`.

    The validator of a kind is built when the first rule of it is read: building all
    of them takes longer than the rest of a scheme.
    """

    def __get_pydantic_core_schema__(self, _: Any, __: "GetCoreSchemaHandler") -> "CoreSchema":
        return core_schema.with_info_plain_validator_function(
            _read, metadata={"pydantic_js_functions": [_json_schema]}
        )


def _read(form: Any, info: "ValidationInfo") -> Rule:
    """The rule that a form is; its errors have the kind in their path."""
    if isinstance(form, Rule):
        return form
    form = split_by_unit(form)
    name = form.get("kind") if isinstance(form, dict) else None
    if not isinstance(name, str) or name not in KINDS:
        rule: Rule = _any_kind(tuple(KINDS)).validate_python(form, context=info.context)
        return rule  # which it never is: the error says what is expected
    read: Rule = _validator(KINDS[name], name).validate_python(form, context=info.context)
    return read


@cache
def _validator(kind: type[Rule], name: str) -> SchemaValidator:
    kind.model_rebuild()
    choices = {name: kind.__pydantic_core_schema__}
    return SchemaValidator(core_schema.tagged_union_schema(choices, "kind"))


@cache
def _any_kind(names: tuple[str, ...]) -> SchemaValidator:
    choices: dict[Any, CoreSchema] = {name: core_schema.any_schema() for name in names}
    return SchemaValidator(core_schema.tagged_union_schema(choices, "kind"))


_within: list[bool] = []
"""Whether the JSON Schema that is being made is of a rule within a rule."""


def _json_schema(_: Any, handler: Any) -> Any:
    """The JSON Schema of all kinds; of a rule within a rule only that it has one of them."""
    if _within:
        kinds = {"enum": [*KINDS], "type": "string"}
        return {"type": "object", "required": ["kind"], "properties": {"kind": kinds}}
    _within.append(True)
    try:
        any_kind: Any = Union[tuple(KINDS.values())]  # noqa: UP007
        return handler(TypeAdapter(Annotated[any_kind, Discriminator("kind")]).core_schema)
    finally:
        _within.clear()


AnyRule = Annotated[Rule, _OneOfTheKinds()]


def split_by_unit(form: Any) -> Any:
    """A rule of which a figure is said by unit, as a rule for each of them.

    `{kind: ratio, target: {province: 20%, commune: 100%}}` is `{kind: by-unit, rules:
    {province: {kind: ratio, target: 20%}, commune: {kind: ratio, target: 100%}}}`.
    """
    kind = KINDS.get(str(form.get("kind"))) if isinstance(form, dict) else None
    if kind is None:
        return form
    found: list[Mapping[str, Any]] = []

    def note(by_unit: Mapping[str, Any]) -> Any:
        found.append(by_unit)
        return by_unit

    _walk(form, kind, note)
    if not found:
        return form
    units = dict.fromkeys(unit for each in found for unit in each)
    for each in found:
        lacking = [unit for unit in units if unit not in each and OTHERS not in each]
        if lacking:
            raise fault(WRONG_TYPE, found=", ".join(each), expected=", ".join(units))
    return {"kind": "by-unit", "rules": {unit: _walk(form, kind, _of(unit)) for unit in units}}


def _of(unit: str) -> Take:
    return lambda by_unit: by_unit.get(unit, by_unit.get(OTHERS))


def _walk(value: Any, annotation: Any, take: Take) -> Any:
    """The value with `take` of each mapping that stands where one figure or word is expected."""
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        is_part = isinstance(value, dict) and annotation not in (Name, Rule)
        return _fields(value, annotation, take) if is_part else value
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is dict:
        is_mapping = isinstance(value, dict)
        return {k: _walk(v, inner[1], take) for k, v in value.items()} if is_mapping else value
    if origin in (tuple, list):
        return [_walk(each, inner[0], take) for each in value] if isinstance(value, list) else value
    return take(value) if isinstance(value, dict) and value else value


def _fields(value: Mapping[str, Any], model: type[BaseModel], take: Take) -> dict[str, Any]:
    known = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
    return {
        name: _walk(each, known[name], take) if name in known else each
        for name, each in value.items()
    }


def _bare(annotation: Any) -> Any:
    """A type without what is annotated, and without None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            inner = [each for each in get_args(annotation) if each is not type(None)]
            if len(inner) != 1:
                return _first_mapping(inner)
            annotation = inner[0]
        else:
            return annotation


def _first_mapping(kinds: Iterable[Any]) -> Any:
    """Of several types the one that is itself a mapping; else none of them."""
    return next((each for each in kinds if get_origin(_bare(each)) is dict), None)
