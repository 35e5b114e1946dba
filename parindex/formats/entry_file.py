"""The form of one score in a file: exactly one kind of input, or stages of them."""

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any, Final, get_args

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema, model_validator

from parindex.formats.numerals import DecimalMark, read_number
from parindex.language import mark
from parindex.model.facts import (
    Answer,
    Answers,
    Count,
    Date,
    Fact,
    Items,
    Percent,
    Points,
    Ratio,
    State,
    StateName,
    Value,
)
from parindex.model.fields import Frozen, Text, fault, short
from parindex.model.scorecard import STAGES, Entry, Evidence, Stage

KINDS: Final = (
    "points",
    "percent",
    "value",
    "ratio",
    "answer",
    "count",
    "date",
    "items",
    "answers",
    "state",
)
STATES: Final = get_args(StateName)
_HUNDRED: Final = Decimal(100)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise fault("P110", found=short(value), expected="12.5 / 12,5")
    return value


def _mark(info: ValidationInfo) -> DecimalMark | None:
    return (info.context or {}).get("mark")


def _points(value: Any, info: ValidationInfo) -> Decimal:
    return read_number(_text(value), _mark(info), (info.context or {}).get("most"))


def _percent(value: Any, info: ValidationInfo) -> Decimal:
    figure = read_number(_text(value).strip().removesuffix("%"), _mark(info), _HUNDRED)
    if not 0 <= figure <= _HUNDRED:
        raise fault("P207", found=f"{figure:f}%", expected="0–100 %")
    return figure


def _value(value: Any, info: ValidationInfo) -> Value:
    text = _text(value).strip()
    if text.endswith("%"):
        return Value(read_number(text[:-1], _mark(info), _HUNDRED), is_percent=True)
    return Value(read_number(text, _mark(info), counted=True))


def _ratio(value: Any, info: ValidationInfo) -> Ratio:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004
        raise fault("P110", found=short(value), expected="[234, 543]")
    part, whole = (read_number(_text(each), _mark(info), counted=True) for each in value)
    if part < 0 or whole < 0:
        raise fault("P203", found=f"{part:f}/{whole:f}")
    return Ratio(part, whole)


def _count(value: Any, info: ValidationInfo) -> int:
    figure = read_number(_text(value), _mark(info), counted=True)
    if figure < 0:
        raise fault("P203", found=f"{figure:f}")
    if figure != int(figure):
        raise fault("P110", found=f"{figure:f}", expected="1, 2, 3, …")
    return int(figure)


def _whole(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    raise fault("P110", found=short(value), expected="1, 2, 3, …")


def _date(value: Any) -> datetime.date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise fault(
        "P110", found=short(value), expected=mark("a date: year-month-day, like 2018-12-31")
    )


_NUMBER: Final = WithJsonSchema({"type": ["number", "string"]})
_WHOLE: Final = WithJsonSchema({"type": ["integer", "string"]})
_PAIR: Final = WithJsonSchema(
    {
        "type": "array",
        "items": {"type": ["number", "string"]},
        "minItems": 2,
        "maxItems": 2,
    }
)

PointsField = Annotated[Decimal, PlainValidator(_points), _NUMBER]
PercentField = Annotated[Decimal, PlainValidator(_percent), _NUMBER]
ValueField = Annotated[Value, PlainValidator(_value), _NUMBER]
RatioField = Annotated[Ratio, PlainValidator(_ratio), _PAIR]
CountField = Annotated[int, PlainValidator(_count), _WHOLE]
WholeField = Annotated[int, PlainValidator(_whole), _WHOLE]
DateField = Annotated[
    datetime.date, PlainValidator(_date), WithJsonSchema({"type": "string", "format": "date"})
]


class EvidenceForm(Frozen):
    """A document that proves points; see `parindex.model.scorecard.Evidence`."""

    number: Text
    date: DateField | None = None
    section: Text | None = None
    page: Text | None = None


class SaidForm(Frozen):
    """What may be said about a score."""

    note: Text | None = None
    reason: Text | None = None
    explanation: Text | None = None
    evidence: tuple[EvidenceForm, ...] = ()

    def said(self) -> dict[str, Any]:
        """The same, as fields of an `Entry`."""
        evidence = tuple(Evidence(**dict(each)) for each in self.evidence)
        texts = {"note": self.note, "reason": self.reason, "explanation": self.explanation}
        return {**texts, "evidence": evidence}


class FactForm(SaidForm):
    """One score: exactly one of the kinds of input, and what is said about it."""

    points: PointsField | None = None
    percent: PercentField | None = None
    value: ValueField | None = None
    ratio: RatioField | None = None
    answer: Text | None = None
    count: CountField | None = None
    date: DateField | None = None
    items: tuple[Text, ...] | None = None
    answers: dict[str, CountField] | None = None
    state: StateName | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "FactForm":
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise fault("P110", found=", ".join(given) or "—", expected=" | ".join(KINDS))
        return self

    def fact(self) -> Fact:
        """What was reported."""
        [kind] = [kind for kind in KINDS if getattr(self, kind) is not None]
        value = getattr(self, kind)
        makers: dict[str, type[Any]] = {
            "points": Points,
            "percent": Percent,
            "answer": Answer,
            "count": Count,
            "date": Date,
            "items": Items,
            "answers": Answers,
            "state": State,
        }
        maker = makers.get(kind)
        fact: Fact = maker(value) if maker else value
        return fact

    def entry(self, stage: Stage | None = None) -> Entry:
        """The score as the engine takes it."""
        return Entry(self.fact(), **self.said(), stage=stage)


class StagedForm(SaidForm):
    """A score that went through stages: one form for each, and what is said about all of it."""

    self_: FactForm | None = Field(default=None, alias="self")
    appraised: FactForm | None = None
    reappraised: FactForm | None = None
    final: FactForm | None = None

    def entry(self) -> Entry:
        """The score as the engine takes it: the latest stage counts, all are kept."""
        forms: dict[Stage, FactForm | None] = {
            "self": self.self_,
            "appraised": self.appraised,
            "reappraised": self.reappraised,
            "final": self.final,
        }
        stages = {stage: form.entry(stage) for stage, form in forms.items() if form is not None}
        latest = stages[max(stages, key=STAGES.index)]
        said = {key: value for key, value in self.said().items() if value}
        reason = latest.reason or self.reason
        return Entry(latest.fact, **{**said, "reason": reason}, stage=latest.stage, stages=stages)


def form_of_short(value: Any) -> Any:
    """The long form of a short one: `7.93` is `{points: 7.93}`, `unknown` is `{state: unknown}`."""
    if value is None or value in STATES:
        return {"state": value or "unknown"}
    return {"points": value} if isinstance(value, str) else value
