"""The form of one score in a file: exactly one kind of input, or stages of them."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, cast, get_args

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from parindex.reading.numerals import NUMBER, DecimalMark, read_number
from parindex.rules.base import Rule
from parindex.scorecard.scorecard import STAGES, Entry, Evidence, Stage
from parindex.scorecard.words import state_of
from parindex.values.codes import NEGATIVE_NUMBER, OUT_OF_RANGE, WRONG_TYPE
from parindex.values.counts import About, Tally
from parindex.values.days import day_of
from parindex.values.facts import (
    FIELDS,
    UNKNOWN,
    Answer,
    Date,
    Fact,
    Figure,
    Ratio,
    StateName,
    Value,
)
from parindex.values.fields import DateField, Frozen, Text, Typed, fault, matching, short
from parindex.values.fuzzy import suggest
from parindex.values.language import N_

KINDS: Final = tuple(FIELDS)
STATES: Final = get_args(StateName)
_OF: Final = re.compile(r"/|\s+(?:trên(?:\s+tổng\s+số)?|of)\s+", re.IGNORECASE)
_WORDED: Final = re.compile(r"(over|nearly) +(\S+)")
_COUNT: Final = "1, 2, 3, …"
_TALLY: Final = "1234 / over 1200 / nearly 30"
_POINTS: Final = N_("12.5 / 12,5 | not_applicable | no_evidence | unknown")
_VALUE: Final = N_("97.2% / 12.5")
_FIGURE: Final = N_("982 / 97.2% / 234/543 / 31/12/2025")
_PLAIN_WORD: Final = re.compile(r"[^\W\d][^|=;:\n]{0,99}")
_HUNDRED: Final = Decimal(100)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise fault(WRONG_TYPE, found=short(value), expected=NUMBER)
    return value


class Word(str):
    """A score in one word that is no number, and so perhaps a misspelt state."""

    __slots__ = ()


def read_points(
    value: Any, mark: DecimalMark | None, most: Decimal | None, expected: str = NUMBER
) -> Decimal:
    """Points as typed; `most` is the criterion's maximum, where known."""
    if isinstance(value, Word):
        told = {"found": short(value), "near": suggest(value, STATES)}
        raise fault(WRONG_TYPE, **told, expected=_POINTS)
    return read_number(_text(value), mark, most, expected=expected)


def read_percent(value: Any, mark: DecimalMark | None, _: Decimal | None = None) -> Decimal:
    """A percentage from 0 to 100, with or without its sign."""
    text = _text(value).strip()
    figure = read_number(text.removesuffix("%"), mark, _HUNDRED, expected=N_("80.69%"), whole=text)
    if not 0 <= figure <= _HUNDRED:
        raise fault(
            OUT_OF_RANGE,
            found=short(text) if text.endswith("%") else f"{figure:f}%",
            expected="0–100 %",
        )
    return figure


def read_value(value: Any, mark: DecimalMark | None, _: Decimal | None = None) -> Value:
    """A measured figure: a percentage with its sign, or a plain number."""
    text = _text(value).strip()
    if text.endswith("%"):
        figure = read_number(text[:-1], mark, _HUNDRED, expected=_VALUE, whole=text)
        return Value(figure, is_percent=True)
    return Value(read_number(text, mark, counted=True, expected=_VALUE))


def read_ratio(value: Any, mark: DecimalMark | None, _: Decimal | None = None) -> Ratio:
    """Two counts of 0 or more, as a list, as `234/543` or as `234 trên 543`."""
    expected = "[234, 543] / 234/543"
    pair = _OF.split(value) if isinstance(value, str) else value
    if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004
        raise fault(WRONG_TYPE, found=short(value), expected=expected)
    if not all(isinstance(each, str) for each in pair):
        raise fault(WRONG_TYPE, found=short(value), expected=expected)
    part, whole = (read_number(each, mark, counted=True, expected=expected) for each in pair)
    if part < 0 or whole < 0:
        raise fault(NEGATIVE_NUMBER, found=f"{part:f}/{whole:f}")
    return Ratio(part, whole)


def is_ratio(text: str) -> bool:
    """Whether a text is written as a part of a whole."""
    return _OF.search(text) is not None


def read_count(value: Any, mark: DecimalMark | None, _: Decimal | None = None) -> int:
    """A whole number of 0 or more."""
    if not isinstance(value, str):
        raise fault(WRONG_TYPE, found=short(value), expected=_COUNT)
    return _counted(value, mark, _COUNT)


def _counted(text: str, mark: DecimalMark | None, expected: str, whole: str = "") -> int:
    figure = read_number(text, mark, counted=True, expected=expected, whole=whole)
    if figure < 0:
        raise fault(NEGATIVE_NUMBER, found=short(whole) or f"{figure:f}")
    if figure != int(figure):
        raise fault(WRONG_TYPE, found=short(whole) or f"{figure:f}", expected=expected)
    return int(figure)


def read_tally(value: Any, mark: DecimalMark | None, _: Decimal | None = None) -> Tally:
    """A count of 0 or more, with the word before it that the source uses."""
    text = value.strip() if isinstance(value, str) else ""
    worded = _WORDED.fullmatch(text)
    number = _counted(worded[2] if worded else text, mark, _TALLY, text or "—")
    return Tally(number, cast("About", worded[1] if worded else ""))


def _whole(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch("0*[1-9][0-9]{0,8}", value):
        return int(value)
    raise fault(WRONG_TYPE, found=short(value), expected=_COUNT)


Parser = Callable[[Any, DecimalMark | None, Decimal | None], Any]


def _validator(parse: Parser) -> PlainValidator:
    """A parser as a field's validator, with the decimal mark and maximum of the context."""

    def validate(value: Any, info: ValidationInfo) -> Any:
        context = info.context or {}
        return parse(value, context.get("mark"), context.get("most"))

    return PlainValidator(validate)


_NUMBER: Final = WithJsonSchema({"type": ["number", "string"]})
_WHOLE: Final = WithJsonSchema({"type": ["integer", "string"]})
_PAIR: Final = WithJsonSchema(
    {
        "type": ["array", "string"],
        "items": {"type": ["number", "string"]},
        "minItems": 2,
        "maxItems": 2,
    }
)

PointsField = Annotated[Decimal, _validator(read_points), _NUMBER]
PercentField = Annotated[Decimal, _validator(read_percent), _NUMBER]
ValueField = Annotated[Value, _validator(read_value), _NUMBER]
RatioField = Annotated[Ratio, _validator(read_ratio), _PAIR]
CountField = Annotated[int, _validator(read_count), _WHOLE]
WholeField = Annotated[int, PlainValidator(_whole), _WHOLE]
TallyField = Annotated[Tally, _validator(read_tally), _WHOLE]


def _shape(value: Any) -> str:
    return "group" if isinstance(value, dict) else "count"


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


def latest_of(stages: Mapping[Stage, Entry], **said: Any) -> Entry:
    """The entry of a score that went through stages: the fact and reason are those of the latest.

    Args:
        stages: the entry of each stage, at least one.
        said: what else is said about all of it, by the names of fields.
    """
    name = max(stages, key=STAGES.index)
    latest = stages[name]
    said["reason"] = latest.reason or said.get("reason")
    said["reference"] = latest.reference or said.get("reference")
    return Entry(latest.fact, **said, stage=name, stages=stages)


def read_figure(value: Any, mark: DecimalMark | None, _: Decimal | None = None) -> Figure:
    """One of several figures: a part of a whole, a day, a percentage, a number, or else a word."""
    try:
        return _figure(value, mark)
    except PydanticCustomError as error:
        if error.type != WRONG_TYPE:
            raise
        found = short(value or "—")
        raise fault(WRONG_TYPE, found=found, expected=_FIGURE) from error


def _figure(value: Any, mark: DecimalMark | None) -> Figure:
    if not isinstance(value, str):
        return read_ratio(value, mark)
    text = value.strip()
    day = day_of(text)
    if day is not None:
        return Date(day)
    if _PLAIN_WORD.fullmatch(text):
        return Answer(text)
    return read_ratio(text, mark) if is_ratio(text) else read_value(text, mark)


def read_reference(value: Any, mark: DecimalMark | None, _: Decimal | None = None) -> Value | Ratio:
    """A measured figure, or a part of a whole."""
    is_pair = not isinstance(value, str) or is_ratio(value)
    return read_ratio(value, mark) if is_pair else read_value(value, mark)


ReferenceField = Annotated[
    Value | Ratio,
    _validator(read_reference),
    WithJsonSchema(
        {
            "type": ["number", "string", "array"],
            "items": {"type": ["number", "string"]},
            "minItems": 2,
            "maxItems": 2,
        }
    ),
]
FigureField = Annotated[
    Figure,
    _validator(read_figure),
    WithJsonSchema({**_PAIR.json_schema, "type": ["number", "string", "array"]}),
]
FigureLabel = Annotated[
    str, matching(r"[^\s|=](?:[^|=\n]{0,198}[^\s|=])?", N_("the name of a figure, like on_time"))
]
"""The id of a figure, or what the scheme calls it in either language."""


def _state(value: Any) -> Any:
    """A state by its id or in words."""
    return (state_of(value) or value) if isinstance(value, str) else value


class EvidenceForm(Frozen):
    """A document that proves points."""

    number: Typed
    date: DateField | None = None
    section: Typed | None = None
    page: Typed | None = None


class SaidForm(Frozen):
    """What may be said about a score."""

    note: Text | None = None
    reason: Text | None = None
    explanation: Text | None = None
    evidence: tuple[EvidenceForm, ...] = ()
    counts: CountsField = Field(default_factory=dict)
    published: PercentField | None = Field(
        default=None, description="The rate that a source prints beside a ratio or counts."
    )
    reference: ReferenceField | None = Field(
        default=None,
        description="The best figure of the unit's group, where the rule compares with it.",
    )

    def said(self) -> dict[str, Any]:
        """The same, as fields of an `Entry`."""
        said = {name: getattr(self, name) for name in SaidForm.model_fields}
        return {**said, "evidence": tuple(Evidence(**dict(each)) for each in self.evidence)}


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
    figures: dict[FigureLabel, FigureField] | None = Field(
        default=None,
        description="Figures by the names that the rule has for them: a number, a percentage with "
        "its sign, a part of a whole, or a day: `{on_time: 982, received: 1000}`.",
    )
    state: Annotated[StateName, BeforeValidator(_state)] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "FactForm":
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise fault(WRONG_TYPE, found=", ".join(given) or "—", expected=" | ".join(KINDS))
        return self

    def fact(self, rule: Rule | None = None) -> Fact:
        """What was reported, with the ids of the rule's options."""
        [kind] = [kind for kind in KINDS if getattr(self, kind) is not None]
        value = getattr(self, kind)
        fact: Fact = value if isinstance(value, Value | Ratio) else FIELDS[kind](value)
        return rule.meant(fact) if rule else fact

    def entry(self, rule: Rule | None = None, stage: Stage | None = None) -> Entry:
        """The score as the engine takes it."""
        return Entry(self.fact(rule), **self.said(), stage=stage)


class StagedForm(SaidForm):
    """A score that went through stages: one form for each, and what is said about all of it."""

    self_: FactForm | None = Field(default=None, alias="self")
    appraised: FactForm | None = None
    reappraised: FactForm | None = None
    final: FactForm | None = None

    def entry(self, rule: Rule | None = None) -> Entry:
        """The score as the engine takes it: the latest stage counts, all are kept."""
        forms = {stage: getattr(self, "self_" if stage == "self" else stage) for stage in STAGES}
        stages = {stage: form.entry(rule, stage) for stage, form in forms.items() if form}
        if not stages:
            return Entry(UNKNOWN, **self.said())  # every stage stands empty
        return latest_of(stages, **self.said())


def form_of_short(value: Any) -> Any:
    """The long form of a short one: `7.93` is `{points: 7.93}`, `unknown` is `{state: unknown}`."""
    if value is None:
        return {"state": "unknown"}
    if not isinstance(value, str):
        return value
    if state_of(value):
        return {"state": value}
    return {"points": Word(value) if value[:1].isalpha() else value}
