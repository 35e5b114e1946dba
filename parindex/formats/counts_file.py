"""The form of raw counts in a scorecard file; see `parindex.model.counts`."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, cast

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from parindex.formats.numerals import read_number
from parindex.model.counts import About, Counts, Group, Tally
from parindex.model.fields import fault, short

_EXPECTED: Final = "1234 / over 1200 / nearly 30"
_GROUP: Final = "{all: 600, new: 370}"
_MOST: Final = 200
_WORDED: Final = re.compile(r"(over|nearly) +(\S+)")


def _tally(value: Any, name: str, info: ValidationInfo) -> Tally:
    """A count of 0 or more, with the word before it that the source uses."""
    if not isinstance(value, str):
        raise fault("P110", found=f"{name}: {short(value)}", expected=_EXPECTED)
    text = value.strip()
    worded = _WORDED.fullmatch(text)
    try:
        number = read_number(
            worded[2] if worded else text, (info.context or {}).get("mark"), counted=True
        )
    except PydanticCustomError as error:
        told = {key: str(each) for key, each in (error.context or {}).items() if key != "code"}
        told["found"] = f"{name}: {told.get('found', short(text))}"
        if error.type == "P110":
            told["expected"] = _EXPECTED
        raise fault(error.type, **told) from None
    if number < 0:
        raise fault("P203", found=f"{name}: {short(text)}")
    if number != int(number):
        raise fault("P110", found=f"{name}: {short(text)}", expected=_EXPECTED)
    return Tally(int(number), cast("About", worded[1] if worded else ""))


def _group(value: Any, info: ValidationInfo) -> Group:
    return {
        name: _tally(each, name, info)
        for name, each in _named(value, _GROUP).items()
        if each is not None
    }


def _counts(value: Any, info: ValidationInfo) -> Counts:
    return {
        name: _group(each, info) if isinstance(each, dict) else _tally(each, name, info)
        for name, each in _named(value, "{received: 120, settled: 118}").items()
        if each is not None
    }


def _named(value: Any, expected: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise fault("P110", found=short(value), expected=expected)
    if len(value) > _MOST:
        raise fault("P106", found=str(len(value)), expected=f"≤ {_MOST}")
    return value


_TALLY: Final = {"type": ["integer", "string"]}
CountsField = Annotated[
    Counts,
    PlainValidator(_counts),
    WithJsonSchema(
        {
            "description": (
                "Raw counts by name, exact, or `over 1200`, `nearly 30`. Nothing is scored from "
                "them; `parindex check` holds them against each other. Of dossiers: received, "
                "carried_over, settled, early, on_time, late. In a group with `all` the others "
                "are parts of that."
            ),
            "type": "object",
            "additionalProperties": {
                "anyOf": [_TALLY, {"type": "object", "additionalProperties": _TALLY}]
            },
        }
    ),
]
