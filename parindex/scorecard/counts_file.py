"""The form of raw counts in a scorecard file; see `parindex.values.counts`."""

import re
from typing import Annotated, Any, Final, cast

from pydantic import Discriminator, Field, PlainValidator, Tag, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from parindex.reading.numerals import read_number
from parindex.values.codes import NEGATIVE_NUMBER, WRONG_TYPE
from parindex.values.counts import About, Tally
from parindex.values.fields import fault, short

_EXPECTED: Final = "1234 / over 1200 / nearly 30"
_WORDED: Final = re.compile(r"(over|nearly) +(\S+)")


def _tally(value: Any, info: ValidationInfo) -> Tally:
    """A count of 0 or more, with the word before it that the source uses."""
    text = value.strip() if isinstance(value, str) else ""
    worded = _WORDED.fullmatch(text)
    try:
        mark = (info.context or {}).get("mark")
        number = read_number(worded[2] if worded else text, mark, counted=True)
    except PydanticCustomError as error:
        if error.type != WRONG_TYPE:
            raise
        raise fault(WRONG_TYPE, found=short(text or "—"), expected=_EXPECTED) from None
    if number < 0:
        raise fault(NEGATIVE_NUMBER, found=short(text))
    if number != int(number):
        raise fault(WRONG_TYPE, found=short(text), expected=_EXPECTED)
    return Tally(int(number), cast("About", worded[1] if worded else ""))


def _shape(value: Any) -> str:
    return "group" if isinstance(value, dict) else "count"


TallyField = Annotated[
    Tally, PlainValidator(_tally), WithJsonSchema({"type": ["integer", "string"]})
]
CountsField = Annotated[
    dict[
        str,
        Annotated[
            Annotated[TallyField, Tag("count")] | Annotated[dict[str, TallyField], Tag("group")],
            Discriminator(_shape),
        ],
    ],
    Field(
        description="Raw counts by name, exact, or `over 1200`, `nearly 30`. Nothing is scored "
        "from them; `parindex check` holds them against each other. Of dossiers: received, "
        "carried_over, settled, early, on_time, late. Where there is `all`, the others beside it "
        "are parts of that, none counted twice."
    ),
]
