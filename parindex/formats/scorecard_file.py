"""The form of a scorecard in a file: its fields, and how they become a `Scorecard`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Final, get_args

from pydantic import Field, PlainValidator, ValidationInfo, model_validator

from parindex.findings import InputError
from parindex.formats.document import Document, Tree, mapping
from parindex.formats.numerals import DecimalMark, read_number
from parindex.formats.validate import read_as, validated
from parindex.model.facts import Fact, Percent, Points, Ratio, State, StateName, Value
from parindex.model.fields import Frozen, Id, Text, Year, fault, short
from parindex.model.finding import Finding
from parindex.model.scheme import Level, Scheme
from parindex.model.scorecard import Entry, Published, Scorecard

_STATES: Final = get_args(StateName)
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


def _whole(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9:  # noqa: PLR2004
        return int(value)
    raise fault("P110", found=short(value), expected="1, 2, 3, …")


PointsField = Annotated[Decimal, PlainValidator(_points)]
PercentField = Annotated[Decimal, PlainValidator(_percent)]
WholeField = Annotated[int, PlainValidator(_whole)]


class EntryForm(Frozen):
    """One score: exactly one of the kinds of input, and what is said about it."""

    points: PointsField | None = None
    percent: PercentField | None = None
    value: Annotated[Value, PlainValidator(_value)] | None = None
    ratio: Annotated[Ratio, PlainValidator(_ratio)] | None = None
    state: StateName | None = None
    note: Text | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "EntryForm":
        kinds = ("points", "percent", "value", "ratio", "state")
        given = [kind for kind in kinds if getattr(self, kind) is not None]
        if len(given) != 1:
            raise fault("P110", found=", ".join(given) or "—", expected=" | ".join(kinds))
        return self

    def entry(self) -> Entry:
        """The score as the engine takes it."""
        return Entry(self._fact(), self.note, self.reason)

    def _fact(self) -> Fact:
        if self.points is not None:
            return Points(self.points)
        if self.percent is not None:
            return Percent(self.percent)
        return self.value or self.ratio or State(self.state or "unknown")


class PublishedForm(Frozen):
    """Figures that a source printed; see `parindex.model.scorecard.Published`."""

    index: PercentField | None = None
    total: PointsField | None = None
    rank: WholeField | None = None
    of: WholeField | None = None
    band: Text | None = None
    points: dict[str, PointsField] = Field(default_factory=dict)
    percent: dict[str, PercentField] = Field(default_factory=dict)
    ranks: dict[str, WholeField] = Field(default_factory=dict)
    figures: dict[str, Text] = Field(default_factory=dict)

    def published(self) -> Published:
        """The figures as the engine takes them."""
        return Published(**{field: getattr(self, field) for field in type(self).model_fields})


class HeadForm(Frozen):
    """Everything of a scorecard but its scores."""

    unit: Text
    year: Year
    scheme: Id | None = None
    level: Level = "province"
    unit_id: Text | None = None
    published: PublishedForm | None = None
    source: Text | None = None


class ScorecardForm(HeadForm):
    """A whole scorecard as it stands in a file."""

    scores: dict[str, EntryForm] = Field(min_length=1)


def scorecard_of(
    document: Document, scheme_of: Callable[[HeadForm], Scheme], mark: DecimalMark | None
) -> tuple[Scorecard | None, Scheme | None, list[Finding]]:
    """A document as a scorecard, as far as it can be read, and every fault of its form.

    Args:
        document: one document of a file.
        scheme_of: finds the scheme by what the head says.
        mark: which of comma and point is the decimal mark, where the user said so.

    Returns:
        The scorecard without the parts that have faults (None without a head),
        its scheme (None where it cannot be told), and the faults.
    """
    tree = dict(mapping(document))
    scores = tree.pop("scores", None)
    findings: list[Finding] = []
    scheme: Scheme | None = None
    head, faults = read_as(HeadForm, tree, document, mark=mark)
    findings += faults
    try:
        scheme = scheme_of(head) if head else None
    except InputError as error:
        findings += _placed(error, document)
    if not isinstance(scores, dict) or not scores:
        told = {"expected": "scores: {code: points}", "found": short(scores or "")}
        findings.append(Finding("P109", "scores", told, place=document.locate(("scores",))))
        scores = {}
    entries: dict[str, Entry] = {}
    for code, value in scores.items():
        try:
            entries[code] = _entry(document, code, value, scheme, mark)
        except InputError as error:
            findings += error.findings
    if head is None:
        return None, None, findings
    return _scorecard(head, entries, document, scheme), scheme, findings


def _entry(
    document: Document, code: str, value: Tree, scheme: Scheme | None, mark: DecimalMark | None
) -> Entry:
    criterion = scheme.by_code.get(code) if scheme else None
    form: Tree = value
    if value is None or value in _STATES:
        form = {"state": value or "unknown"}
    elif isinstance(value, str):
        form = {"points": value}
    most = criterion.max if criterion else None
    path = ("scores", code)
    return validated(EntryForm, form, document, path, mark=mark, most=most).entry()


def _scorecard(
    head: HeadForm, entries: dict[str, Entry], document: Document, scheme: Scheme | None
) -> Scorecard:
    return Scorecard(
        unit=head.unit,
        year=head.year,
        scores=entries,
        scheme=scheme.id if scheme else head.scheme,
        level=head.level,
        unit_id=head.unit_id,
        published=head.published.published() if head.published else None,
        source=head.source,
        places=document,
    )


def _placed(error: InputError, document: Document) -> list[Finding]:
    """The findings of an error, each with the place of its path in the document."""
    return [
        Finding(f.code, f.where, f.parameters, f.path, f.place or document.locate(f.path))
        for f in error.findings
    ]
