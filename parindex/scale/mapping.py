"""The map of a table of dossiers: which column is what, which units, which period, which facts."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from parindex.findings import InputError
from parindex.reading.document import Document, mapping
from parindex.reading.documents import documents, only
from parindex.reading.validate import read_as
from parindex.rules.figures import FigureName
from parindex.rules.working_days import YEARS
from parindex.scale.definitions import FLAGS, definitions
from parindex.scale.periods import By, periods_of
from parindex.scorecard.entry_file import CountField
from parindex.scorecard.scorecard import Period
from parindex.values.codes import (
    DUPLICATE_KEY,
    MISSING_FIELD,
    OUT_OF_RANGE,
    UNKNOWN_FIELD,
    UNKNOWN_OPTION,
    WRONG_TYPE,
)
from parindex.values.collation import same_unit
from parindex.values.fields import (
    Code,
    DateField,
    Frozen,
    Id,
    NameText,
    SchemeName,
    Text,
    Typed,
    fault,
    short,
)
from parindex.values.finding import Finding, Path, Place, Places, in_file
from parindex.values.fuzzy import suggest
from parindex.values.language import N_
from parindex.values.levels import Level

MOST_PERIODS: Final = 240
MOST_DAYS: Final = 999
"""Working days of a time limit at the most."""
_TERM: Final = re.compile(r"\s*([+-])\s*([a-z_]+)")
_EXPECTED: Final = N_("counts with + and - between them, like early + on_time")
Terms = tuple[tuple[int, str], ...]
"""A sum of counts: the sign of each, and its name."""


def _terms(value: Any) -> Any:
    """A sum or difference of counts; nothing else is calculated."""
    if isinstance(value, tuple):
        return value
    text = f"+{value}" if isinstance(value, str) else ""
    found = list(_TERM.finditer(text))
    if not found or "".join(each[0] for each in found) != text.rstrip():
        raise fault(WRONG_TYPE, found=short(value), expected=_EXPECTED)
    for _, name in (each.groups() for each in found):
        if name not in definitions():
            near = suggest(name, definitions())
            raise fault(UNKNOWN_OPTION, found=name, near=near, expected=", ".join(definitions()))
    return tuple((1 if each[1] == "+" else -1, each[2]) for each in found)


def _bounded(days: int) -> int:
    """A number of working days, few enough."""
    if days > MOST_DAYS:
        raise fault(OUT_OF_RANGE, found=str(days), expected=f"0…{MOST_DAYS}")
    return days


Days = Annotated[CountField, AfterValidator(_bounded)]
Expression = Annotated[Any, BeforeValidator(_terms), WithJsonSchema({"type": "string"})]
"""Counts with + and - between them."""
_PAIR: Final = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}


def _figure(value: Any) -> Any:
    """One of several figures: a sum of counts, or a part of a whole."""
    if isinstance(value, list | tuple) and len(value) == 2:  # noqa: PLR2004
        return tuple(_terms(each) for each in value)
    return (_terms(value),)


FigureTerms = Annotated[
    Any, BeforeValidator(_figure), WithJsonSchema({"anyOf": [{"type": "string"}, _PAIR]})
]


class FactMap(Frozen):
    """What a code's fact is made of: exactly one of these."""

    ratio: tuple[Expression, Expression] | None = Field(
        default=None, description="Part and whole, each a sum or difference of counts."
    )
    figures: dict[FigureName, FigureTerms] | None = Field(
        default=None, description="Several figures by name, each a sum, or [part, whole]."
    )
    count: Expression | None = None
    value: Expression | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "FactMap":
        given = [kind for kind in type(self).model_fields if getattr(self, kind) is not None]
        if len(given) != 1:
            expected = " | ".join(type(self).model_fields)
            raise fault(WRONG_TYPE, found=", ".join(given) or "—", expected=expected)
        return self

    def sums(self) -> Iterator[tuple[Path, Terms]]:
        """Every sum of counts in it, with the way to it."""
        for at, terms in enumerate(self.ratio or ()):
            yield ("ratio", at), terms
        for name, pair in (self.figures or {}).items():
            yield from ((("figures", name), terms) for terms in pair)
        for kind in ("count", "value"):
            if terms := getattr(self, kind):
                yield (kind,), terms


class ColumnsMap(Frozen):
    """The heading of each column that is read; no other column is."""

    id: Typed | None = None
    received: Typed | None = None
    due: Typed | None = None
    limit: Typed | None = Field(
        default=None, description="The time limit in working days, where a row has no due day."
    )
    returned: Typed | None = None
    channel: Typed | None = None
    unit: Typed | None = None
    procedure: Typed | None = None
    service_level: Typed | None = None
    payment: Typed | None = None
    fee: Typed | None = None
    electronic_result: Typed | None = None
    digitised: Typed | None = None
    suspended_from: Typed | None = None
    suspended_to: Typed | None = None
    suspended_days: Typed | None = None
    times_returned: Typed | None = None
    late: Typed | None = None


class TimeLimit(Frozen):
    """Time limits in working days, from which due days are worked out where rows have none."""

    first_day: Literal["next", "received"] = Field(
        default="next",
        description="Which day is the first: `next`, the day after receipt, or `received`, that day itself.",
    )
    procedures: dict[str, Days] = Field(
        default_factory=dict,
        description="The working days of each procedure, by the text of its cell.",
    )
    words: tuple[Text, ...] = Field(
        default=(), description="What else cells write behind the number, and means working days."
    )


class Suspension(Frozen):
    """How the days of a suspension count."""

    calendar: Literal["working"] = Field(description="`working`: only working days do.")


class UnitMap(Frozen):
    """A unit, how else cells spell its name, and what its scorecard says of it."""

    unit: NameText
    names: tuple[Text, ...] = Field(default=(), description="Other spellings in the cells.")
    unit_id: Typed | None = None
    province: NameText | None = None
    parent: NameText | None = None
    group: NameText | None = None
    profile: Id | None = None
    services: CountField | None = Field(
        default=None, description="All services of the unit, also those without a dossier."
    )

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, data: Any) -> Any:
        return {"unit": data} if isinstance(data, str) else data


class PeriodMap(Frozen):
    """The days that are counted, both included, as one period or cut into several."""

    from_: DateField = Field(alias="from")
    to: DateField
    by: By | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "PeriodMap":
        if self.to < self.from_:
            expected = f"≥ {self.from_.isoformat()}"
            raise fault(OUT_OF_RANGE, found=self.to.isoformat(), expected=expected)
        if len(self.periods()) > MOST_PERIODS:
            raise fault(OUT_OF_RANGE, found=str(len(self.periods())), expected=f"≤ {MOST_PERIODS}")
        return self

    def periods(self) -> list[Period]:
        """The periods one after another."""
        return periods_of(self.from_, self.to, self.by)


WordName = Annotated[str, Field(pattern=f"^(not_)?({'|'.join(FLAGS)})$")]


class MapForm(Frozen):
    """What a table of dossiers is, and which facts are counted from it."""

    columns: ColumnsMap
    period: PeriodMap
    unit: NameText | None = Field(
        default=None, description="The unit of all rows, where no column tells it."
    )
    units: tuple[UnitMap, ...] = Field(
        default=(), description="The units; without them each name of the column is one."
    )
    services: CountField | None = Field(
        default=None, description="All services of each unit that does not say its own."
    )
    words: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Words of cells: online, full_service, fee, paid, electronic_result, digitised, "
        "late, and behind not_ what says the opposite; added to those that are known.",
    )
    time_limit: TimeLimit = TimeLimit()
    suspension: Suspension | None = Field(
        default=None, description="How days of suspension count; without it all of them do."
    )
    level: Level | None = None
    province: NameText | None = None
    group: NameText | None = None
    scheme: SchemeName | None = None
    source: Text | None = None
    facts: dict[Code, FactMap] = Field(default_factory=dict)


class Map(NamedTuple):
    """A map that was read, and what tells where its values stand."""

    form: MapForm
    places: Places
    file: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """The headings of the columns that are mapped, by what they are."""
        found = self.form.columns.model_dump()
        return {name: heading for name, heading in found.items() if heading is not None}

    def known(self) -> tuple[str, ...]:
        """The counts that these columns give, in their order."""
        return tuple(
            name
            for name, each in definitions().items()
            if set(each.needs) <= self._given() and (not each.given or self._gives(each.given))
        )

    @property
    def has_limits(self) -> bool:
        """Whether due days are worked out from time limits where rows have none."""
        return self.form.columns.limit is not None or bool(self.form.time_limit.procedures)

    def _given(self) -> set[str]:
        """What the rows tell: their columns, and the due day that a time limit gives."""
        return {*self.columns, *(["due"] if self.has_limits else [])}

    def _gives(self, field: str) -> bool:
        return any(getattr(each, field) is not None for each in (self.form, *self.form.units))


def read_map(file: str) -> Map:
    """The map of a file.

    Raises:
        InputError: every fault of it.
    """
    return map_of(only(documents(file)))


def map_of(document: Document) -> Map:
    """A document as a map; errors as `read_map`."""
    form, faults = read_as(MapForm, mapping(document), document)
    read = Map(form, document, document.file) if form else None
    findings = document.and_more([*faults, *(_unsound(read) if read else ())])
    if read is None or findings:
        raise InputError(sorted(findings, key=in_file))
    return read


class _Given:
    """The places of a map that was handed over as a mapping: the way to each value."""

    def locate(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """The way to a value."""
        return Place("map" + "".join(f"[{step!r}]" for step in path))


def map_given(given: Mapping[str, Any]) -> Map:
    """A map that was handed over as a mapping with the same fields.

    Raises:
        InputError: every fault of it.
    """
    form, faults = read_as(MapForm, _as_text(given), _Given())
    read = Map(form, _Given()) if form else None
    findings = [*faults, *(_unsound(read) if read else ())]
    if read is None or findings:
        raise InputError(findings)
    return read


def _as_text(value: Any) -> Any:
    """A value as a file would hold it: texts, lists and mappings."""
    if isinstance(value, Mapping):
        return {str(key): _as_text(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(each) for each in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, str) else str(value)


def _unsound(read: Map) -> Iterator[Finding]:
    """What only the whole map tells: columns that facts need, words of nothing, names given twice."""
    form, columns = read.form, read.columns
    yield from _wrong_columns(read)
    yield from _wrong_limits(read)
    for word in form.words:
        if word.removeprefix("not_") not in FLAGS:
            near = suggest(word, [*FLAGS, *(f"not_{each}" for each in FLAGS)])
            told = {"found": short(word), "near": near}
            yield _finding(read, UNKNOWN_FIELD, ("words", word), told, key=True)
    met: set[Any] = set()
    for at, unit in enumerate(form.units):
        spelt = {same_unit(each) for each in (unit.unit, *unit.names)}
        if spelt & met:
            yield _finding(read, DUPLICATE_KEY, ("units", at), {"found": unit.unit})
        met |= spelt
    for path, name in _uncounted(read):
        lacks = [each for each in definitions()[name].needs if each not in columns]
        expected = ", ".join(f"columns.{each}" for each in lacks) or definitions()[name].given
        yield _finding(read, MISSING_FIELD, path, {"found": name, "expected": expected})


def _finding(
    read: Map, code: str, path: Path, told: Mapping[str, str], *, key: bool = False
) -> Finding:
    where = ".".join(str(step) for step in path)
    return Finding(code, where, told, path, read.places.locate(path, key=key))


def _wrong_columns(read: Map) -> Iterator[Finding]:
    """Columns that are missing, or that say the same thing twice."""
    columns = read.columns
    missing = []
    if "received" not in columns:
        missing.append("received")
    if ("unit" in columns) == (read.form.unit is not None):
        missing.append(N_("columns.unit, or unit; one of the two"))
    if ("suspended_from" in columns) != ("suspended_to" in columns):
        missing.append("suspended_from, suspended_to")
    for each in missing:
        yield _finding(read, MISSING_FIELD, ("columns",), {"expected": each})
    if {"suspended_from", "suspended_days"} <= columns.keys():
        told = {"found": "suspended_from, suspended_days"}
        yield _finding(read, DUPLICATE_KEY, ("columns", "suspended_days"), told, key=True)


def _wrong_limits(read: Map) -> Iterator[Finding]:
    """What working days need: something that they are counted for, and holidays that are known."""
    form, columns = read.form, read.columns
    if form.time_limit != TimeLimit() and not read.has_limits:
        told = {"expected": "columns.limit / time_limit.procedures"}
        yield _finding(read, MISSING_FIELD, ("time_limit",), told)
    if form.time_limit.procedures and "procedure" not in columns:
        told = {"expected": "columns.procedure"}
        yield _finding(read, MISSING_FIELD, ("time_limit", "procedures"), told)
    if form.suspension and not {"suspended_from", "suspended_days"} & columns.keys():
        told = {"expected": "columns.suspended_from / columns.suspended_days"}
        yield _finding(read, MISSING_FIELD, ("suspension",), told)
    last = form.period.to
    if (read.has_limits or form.suspension) and not YEARS[0] <= last.year <= YEARS[1]:
        told = {"found": last.isoformat(), "expected": f"{YEARS[0]}…{YEARS[1]}"}
        yield _finding(read, OUT_OF_RANGE, ("period", "to"), told)


def _uncounted(read: Map) -> Iterator[tuple[Path, str]]:
    """The counts that facts name, and that the map's columns do not give."""
    known = read.known()
    for code, fact in read.form.facts.items():
        for path, terms in fact.sums():
            yield from ((("facts", code, *path), name) for _, name in terms if name not in known)
