"""A scorecard: what one unit reports for one year."""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from parindex.findings import InputError
from parindex.scheme.scheme import Scheme
from parindex.values import stages
from parindex.values.as_data import AsData
from parindex.values.brief import brief
from parindex.values.codes import WRONG_TYPE
from parindex.values.counts import Counts, Tally
from parindex.values.facts import NOT_APPLICABLE, Fact, Percent, Points, Ratio, Value
from parindex.values.fields import short
from parindex.values.finding import Finding, Places
from parindex.values.language import N_

Stage = stages.Stage
STAGES = stages.STAGES


class Evidence(Struct, frozen=True):
    """A document that proves points: its number and date, and where in it to look."""

    number: str
    date: datetime.date | None = None
    section: str | None = None
    page: str | None = None


class Entry(Struct, frozen=True):
    """One reported score, with what was said about it.

    Where it went through stages, `stages` holds the entry of each, and `fact`,
    `reason` and `stage` are those of the latest. `counts` are raw figures from
    which the score came about, and `published` is the rate, in hundredths, that
    the source prints beside them; nothing is computed from either. `reference` is the
    best figure of the unit's group, for a rule that goes by it.
    """

    fact: Fact
    note: str | None = None
    reason: str | None = None
    explanation: str | None = None
    evidence: tuple[Evidence, ...] = ()
    stage: Stage | None = None
    stages: Mapping[Stage, "Entry"] = {}
    counts: Counts = {}
    published: Decimal | None = None
    reference: Value | Ratio | None = None

    def __post_init__(self) -> None:
        """Refuse plain data, which `read_scorecards` takes and checks.

        Raises:
            InputError: P110 the fact is none, or its number is not exact.
        """
        if not isinstance(self.fact, Fact):
            raise InputError([_not_made("fact", self.fact, "Points(Decimal('8.5'))")])
        for field in _NUMBERS.get(type(self.fact), ()):
            number = getattr(self.fact, field)
            if not _is_exact(number):
                raise InputError([_not_made(field, number, "Decimal | Fraction")])
            if isinstance(number, Fraction) and field != "points":
                raise InputError([_not_made(field, number, "Decimal")])


class Published(Struct, frozen=True):
    """Figures that a source printed, kept to be checked against what is computed.

    `index` and `percent` are in hundredths, `total` and `points` in points;
    `percent`, `points` and `ranks` are keyed by code. `rank` is a place among
    `of` units. `figures` are others of the same source, by name, as printed;
    nothing is computed from them.
    """

    index: Decimal | None = None
    total: Decimal | None = None
    rank: int | None = None
    of: int | None = None
    band: str | None = None
    points: Mapping[str, Decimal] = {}
    percent: Mapping[str, Decimal] = {}
    ranks: Mapping[str, int] = {}
    figures: Mapping[str, str] = {}


class Period(Struct, frozen=True):
    """The days that a scorecard covers, both included; without it the whole year."""

    start: datetime.date
    end: datetime.date


class Scorecard(AsData, Struct, frozen=True):
    """The scores of one unit in one year, as reported and not yet computed.

    >>> [card] = parindex.read_scorecards("examples/soc-trang-2018.yaml")
    >>> card.unit, card.year, len(card.scores)
    ('Sóc Trăng', 2018, 8)

    `scores` maps a criterion's code, at any depth, to its entry; a code that is
    left out is not yet known. `parts` maps the name of a partition of the
    scheme to the points of its parts. `total` is the points of the whole where
    only that is known, and `applicable_max` the maximum for this unit where a
    source states it. `profile` names a set of codes of the scheme that do not
    apply. `counts` are raw figures, from which nothing is computed. `scheme` is the id of a scheme, or None where level and year name
    exactly one. A unit may be assessed but not `ranked`, with a reason. `office`
    is who filled this in, where it is one part of several. `scheme_file` is where the scheme
    was read from, where it is no scheme of the catalog. `doubts` are findings
    of its reading that are no faults. `own` is the scheme of a table that is made of
    its columns, where no other fits them.
    """

    unit: str
    year: int
    scores: Mapping[str, Entry] = {}
    scheme: str | None = None
    level: str | None = None
    unit_id: str | None = None
    province: str | None = None
    parent: str | None = None
    group: str | None = None
    office: str | None = None
    period: Period | None = None
    profile: str | None = None
    applicable_max: Decimal | None = None
    ranked: bool = True
    unranked_reason: str | None = None
    parts: Mapping[str, Mapping[str, Decimal | Fraction]] = {}
    total: Decimal | Fraction | None = None
    counts: Counts = {}
    published: Published | None = None
    source: str | None = None
    doubts: tuple[Finding, ...] = ()
    scheme_file: str = ""
    places: Places | None = None
    own: Scheme | None = None

    def __post_init__(self) -> None:
        """Refuse plain data, which `read_scorecards` takes and checks.

        Raises:
            InputError: P110 for each field that holds something else than it should.
        """
        faults = [
            _not_made(field, getattr(self, field), _FIELDS[field][1])
            for field in _wrong(tuple(map(type, _values(self))))
        ]
        if isinstance(self.scores, dict | MappingProxyType):  # others make entries when asked
            faults += _no_entries(self.scores)
        if self.parts or self.counts or self.total is not None:
            faults = faults or [*_wrong_inside(self)]
        if faults:
            raise InputError(faults)

    @property
    def days(self) -> Period | None:
        """The period; None for the whole year, which needs not be written."""
        whole = Period(datetime.date(self.year, 1, 1), datetime.date(self.year, 12, 31))
        return None if self.period == whole else self.period

    def entry(self, code: str, stage: Stage | None) -> Entry | None:
        """The entry of a code: of one stage, or without one the latest; None where there is none.

        What does not apply, and is said so without a stage, does not apply at any.
        """
        entry = self.scores.get(code)
        if stage is None or entry is None:
            return entry
        if not entry.stages and entry.stage is None and entry.fact == NOT_APPLICABLE:
            return entry
        return entry.stages.get(stage)

    def reference(self, code: str, stage: Stage | None) -> Value | Ratio | None:
        """The best figure of the group that is given for a code: at its stage, or for all of them."""
        said = self.scores.get(code)
        entry = self.entry(code, stage)
        own = None if entry is None else entry.reference
        return own if own is not None or said is None else said.reference

    def __repr__(self) -> str:
        return brief(self, self.unit, self.year, self.scheme, f"{len(self.scores)} scores")


_READ: Final = N_("an Entry; read_scorecards takes plain data")
_NUMBERS: Final[Mapping[type[Any], tuple[str, ...]]] = {
    Points: ("points",),
    Percent: ("percent",),
    Value: ("value",),
    Ratio: ("part", "whole"),
}
"""The numbers of facts, which must be exact."""
_ENTRIES: Final = frozenset((Entry,))
_FIELDS: Final[Mapping[str, tuple[tuple[type[Any], ...], str]]] = {
    "unit": ((str,), "…"),
    "year": ((int,), N_("a whole number")),
    "scores": ((Mapping,), _READ),
    **dict.fromkeys(
        (
            *("scheme", "level", "unit_id", "province", "parent", "group", "office", "profile"),
            *("unranked_reason", "source"),
        ),
        ((str, type(None)), "…"),
    ),
    "period": ((Period, type(None)), "Period"),
    "applicable_max": ((Decimal, type(None)), "Decimal"),
    "ranked": ((bool,), "True | False"),
    "parts": ((Mapping,), "{…}"),
    "total": ((Decimal, Fraction, type(None)), "Decimal | Fraction"),
    "counts": ((Mapping,), "{…}"),
    "published": ((Published, type(None)), "Published"),
    "doubts": ((tuple,), "(…)"),
    "scheme_file": ((str,), "…"),
    "own": ((Scheme, type(None)), "Scheme"),
}
"""What the fields of a scorecard hold, and what is told where one holds something else."""
_values: Final = attrgetter(*_FIELDS)


@lru_cache(256)
def _wrong(types: tuple[type[Any], ...]) -> tuple[str, ...]:
    """The fields that hold something of a wrong type; mostly the types are those of a card before."""
    return tuple(
        field
        for (field, (kinds, _)), found in zip(_FIELDS.items(), types, strict=True)
        if not issubclass(found, kinds) or (found is bool and bool not in kinds)
    )


def _no_entries(scores: Mapping[str, object]) -> list[Finding]:
    """The faults of what stands in the place of entries."""
    if set(map(type, scores.values())) <= _ENTRIES:
        return []
    wrong = [(code, each) for code, each in scores.items() if not isinstance(each, Entry)]
    return [_not_made(f"scores.{code}", each, _READ) for code, each in wrong]


def _wrong_inside(card: Scorecard) -> Iterator[Finding]:
    """The faults of what stands in parts and counts, and of a total that is no number."""
    if card.total is not None and not _is_exact(card.total):
        yield _not_made("total", card.total, "Decimal | Fraction")
    for partition, parts in card.parts.items():
        if not isinstance(parts, Mapping):
            yield _not_made(f"parts.{partition}", parts, "{…}")
            continue
        for part, points in parts.items():
            if not _is_exact(points):
                yield _not_made(f"parts.{partition}.{part}", points, "Decimal | Fraction")
    for name, count in card.counts.items():
        group = count if isinstance(count, Mapping) else {name: count}
        if not all(isinstance(each, Tally) for each in group.values()):
            yield _not_made(f"counts.{name}", count, "Tally")


def _is_exact(number: object) -> bool:
    """Whether something is a number without the error of a binary one."""
    return isinstance(number, Fraction) or (isinstance(number, Decimal) and number.is_finite())


def _not_made(field: str, value: object, expected: str) -> Finding:
    told = {"found": short(repr(value)), "expected": expected}
    return Finding(WRONG_TYPE, field, told, tuple(field.split(".", 1)))
