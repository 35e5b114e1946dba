"""The JSON Schema of figures that may be said by level, group or profile of the unit."""

from typing import Any, Final

BY_UNIT: Final = "By level, group or profile of the unit; `others` for all that are not named."


class SaidByUnit:
    """Marks a rule, or a part of one, in whose place of a figure or word a mapping by unit may stand."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        """The schema of the model, with the mapping beside each figure or word."""
        schema: dict[str, Any] = handler.resolve_ref_schema(handler(core_schema))
        for name, form in schema.get("properties", {}).items():
            if name != "kind" and _is_one_figure(form):
                schema["properties"][name] = or_by_unit(form)
        return schema


def _is_one_figure(form: Any) -> bool:
    forms = [each for each in form.get("anyOf", (form,)) if each.get("type") != "null"]
    return not any(
        "$ref" in each or each.get("type") in ("array", "object") or "properties" in each
        for each in forms
    )


def or_by_unit(form: Any) -> dict[str, Any]:
    """The schema of a figure or word, with a mapping by unit beside it."""
    around = {key: form[key] for key in ("description", "default", "title") if key in form}
    own = {key: value for key, value in form.items() if key not in around}
    one = [each for each in own.get("anyOf", (own,)) if each.get("type") != "null"]
    inner = one[0] if len(one) == 1 else {"anyOf": one}
    by_unit = {"type": "object", "description": BY_UNIT, "additionalProperties": inner}
    return {"anyOf": [*own.get("anyOf", (own,)), by_unit], **around}
