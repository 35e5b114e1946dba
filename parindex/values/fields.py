"""Field types that scheme files and scorecard files share: numbers, years, codes, names.

Values arrive as the text of the file. What cannot be read raises a
`PydanticCustomError` whose type is a finding code, so that the reader can report
place, code and words without knowing the field.
"""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from parindex.values.codes import TOO_LONG, WRONG_TYPE
from parindex.values.days import day_of
from parindex.values.exact import approximate, to_text
from parindex.values.language import N_, Language
from parindex.values.normal import normalized, unseen_removed

MAX_DIGITS: Final = 40
MAX_ID: Final = 80
MAX_NAME: Final = 1000
_SPACES: Final = re.compile("[ \t\xa0\u2000-\u200a\u202f\u3000]+")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MEANT: Final = re.compile(
    r"(-?[0-9]{1,9}(?:\.[0-9]{1,9}|,[0-9]{1,2})?)\s*(?:%|điểm|đ|points?)?", re.IGNORECASE
)
"""A number with a comma, or with what it counts: one can see which number to write."""
_SHARE: Final = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*%")


def fault(code: str, **parameters: str) -> PydanticCustomError:
    """An error that the reader turns into the finding `code` at the field's place."""
    return PydanticCustomError(code, "{code}", {"code": code, **parameters})


def short(value: object, length: int = 60) -> str:
    """A value as it may be repeated in a message: on one line and not too long."""
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    text = " ".join(str(value).split())
    return text if len(text) <= length else f"{text[:length]}… ({len(text)})"


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        meant = _MEANT.fullmatch(value.strip()) if isinstance(value, str) else None
        expected = N_("a number with a decimal point, like 12.5")
        plain = meant[1].replace(",", ".") if meant else expected
        raise fault(WRONG_TYPE, found=short(value), expected=plain)
    if len(value) > MAX_DIGITS:
        raise fault(TOO_LONG, found=short(value), expected=str(MAX_DIGITS))
    return Decimal(value.strip())


def _share(value: Any) -> Any:
    match = _SHARE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or len(value) > MAX_DIGITS:
        raise fault(WRONG_TYPE, found=short(value), expected=N_("a percentage, like 80%"))
    return Decimal(match[1])


def _year(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"[12][0-9]{3}", value):
        return int(value)
    raise fault(WRONG_TYPE, found=short(value), expected=N_("a year of four digits"))


def read_date(value: Any) -> datetime.date:
    """A day, as `day_of` reads it."""
    day = day_of(value) if isinstance(value, str) else None
    if day is None:
        expected = N_("a date: day/month/year, like 31/12/2018, or 2018-12-31")
        raise fault(WRONG_TYPE, found=short(value), expected=expected)
    return day


# Patterns are matched here and not by pydantic: building its engine for them
# takes longer than all the rest of a scheme's validator.
def matching(pattern: str, expected: str) -> AfterValidator:
    """The check that a text is of a form; `expected` says which in words."""

    def matched(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise fault(WRONG_TYPE, found=short(value), expected=expected)
        return value

    return AfterValidator(matched)


class Amount(Struct, frozen=True):
    """Points, or a share of the maximum in percent."""

    value: Decimal
    is_share: bool

    def of(self, maximum: Fraction) -> Fraction:
        """How many points they are."""
        return Fraction(self.value) * maximum / 100 if self.is_share else Fraction(self.value)

    def decimal(self, maximum: Fraction) -> Decimal:
        """The points with the digits as typed; those of a share are worked out."""
        return approximate(self.of(maximum)) if self.is_share else self.value

    def told(self, maximum: Fraction, say: Language) -> str:
        """The points in words; of a share of the maximum they are worked out."""
        return say.number(self.of(maximum) if self.is_share else self.value)


def _amount(value: Any) -> Amount:
    if isinstance(value, str) and value.strip().endswith("%"):
        return Amount(_share(value), is_share=True)
    return Amount(_number(value), is_share=False)


def _amount_text(value: Amount) -> str:
    return _share_text(value.value) if value.is_share else _canonical(value.value)


def _worth_form(value: Amount, info: SerializationInfo) -> Decimal | str:
    """Points as numbers are written, a share with its sign."""
    if value.is_share or info.mode == "json":
        return _amount_text(value)
    return value.value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise fault(WRONG_TYPE, found="␣", expected=N_("text"))
    return value


def one_name(text: str) -> str:
    """A name as it distinguishes units: composed, with single spaces, without letters that nobody sees."""
    if not text.isascii():
        text = normalized("NFC", unseen_removed(text))
    return _SPACES.sub(" ", text).strip()


def _share_text(value: Decimal) -> str:
    return f"{_canonical(value)}%"


def _canonical(value: Decimal) -> str:
    return to_text(Fraction(value))


Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    PlainSerializer(_canonical, when_used="json"),
    WithJsonSchema({"type": ["number", "string"]}),
]
"""An exact number, in the file with a decimal point."""
Share = Annotated[
    Decimal,
    BeforeValidator(_share),
    PlainSerializer(_share_text),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?%$"}),
]
"""A percentage, in the file with its sign (`80%`); held in percent."""
Option = Annotated[
    str,
    matching(r"[^\s|=](?:[^|=\n]{0,58}[^\s|=])?", N_("a short name without | and =")),
]
"""The name of an option or item in a rule, as scorecards write it."""
AmountField = Annotated[
    Amount,
    PlainValidator(_amount),
    PlainSerializer(_amount_text),
    WithJsonSchema({"type": ["number", "string"]}),
]
"""Points (`0.25`), or with a sign a share of the maximum (`25%`)."""
Worth = Annotated[
    Amount,
    PlainValidator(_amount),
    PlainSerializer(_worth_form),
    WithJsonSchema({"type": ["number", "string"]}),
]
"""The same for what an option, an item or a step is worth, written as numbers are."""
Year = Annotated[int, BeforeValidator(_year), WithJsonSchema({"type": ["integer", "string"]})]
DateField = Annotated[
    datetime.date,
    BeforeValidator(read_date),
    WithJsonSchema({"type": "string", "description": "A day: day/month/year, or year-month-day."}),
]
"""A day as text, day/month/year or year-month-day; a number is none, though it could count seconds."""
Code = Annotated[str, matching(r"\w[\w.\-]{0,39}", N_("a code, like 3.2.1"))]
"""A criterion's code as the decision prints it: text, never a number."""
Id = Annotated[
    str,
    matching(rf"(?!.{{{MAX_ID + 1}}})[a-z0-9]+(-[a-z0-9]+)*", N_("an id, like vn-province-2018")),
]
"""The id of a scheme or of a profile: lower-case words with hyphens."""
SchemeName = Annotated[
    str,
    matching(
        rf"(?!.{{{MAX_ID + 1}}})[a-z0-9]+(-[a-z0-9]+)*|(?!.{{{MAX_NAME + 1}}}).*\.(yaml|yml|json)",
        N_("an id, like vn-province-2018, or a file beside this one, like scheme.yaml"),
    ),
]
"""How a scorecard names its scheme: by its id, or by a file."""
PartId = Annotated[
    str,
    matching(rf"(?!.{{{MAX_ID + 1}}})[a-z][a-z0-9_]*", N_("a part, like leaders_survey")),
]
"""The id of a partition or of one of its parts: lower-case words with underscores."""
Confidence = Literal["certain", "likely", "weak"]
"""How sure a figure is, by where it was read."""
Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_not_blank)]
"""Text that says something: more than spaces."""
NameText = Annotated[Text, AfterValidator(one_name), AfterValidator(_not_blank)]
"""What a unit or group is called, on one line."""
Typed = Annotated[Text, WithJsonSchema({"type": ["number", "string"]})]
"""Text that may look like a number in YAML, such as a page or a figure as printed."""


class Frozen(BaseModel):
    """A value object read from a file: unknown fields are faults, nothing changes later."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_left_out(cls, data: Any) -> Any:
        """A known field that is empty counts as left out; an unknown one is still a fault."""
        if not isinstance(data, dict) or None not in data.values():
            return data
        known = {info.alias or name for name, info in cls.model_fields.items()}
        return {key: value for key, value in data.items() if value is not None or key not in known}


class Name(Frozen):
    """What something is called, in Vietnamese and, where known, in English.

    A text alone is its Vietnamese name.
    """

    vi: Text
    en: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _text_is_vietnamese(cls, data: Any) -> Any:
        return {"vi": data} if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        """A text, or an object with a text for each language."""
        both: dict[str, Any] = handler.resolve_ref_schema(handler(core_schema))
        both["type"] = ["object", "string"]
        return both
