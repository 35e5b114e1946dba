"""What ranking needs of a result: thousands of them take little room."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol

from msgspec import Struct

from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.values.collation import same_name
from parindex.values.exact import RoundingMode

Ties = Literal["competition", "dense", "ordinal"]
By = Literal["percent", "points"]


class Sums(Struct, frozen=True):
    """The exact points of one result that a table of units shows, None where a part is unknown.

    `areas` are in the scheme's order, `percents` of what applies. `self_areas`
    are what the unit gave itself, as far as it did, where that is another stage.
    `added` is bonus and penalty, `final` the total with them, `maximum` what applies.
    """

    areas: tuple[Fraction | None, ...]
    self_areas: tuple[Fraction | None, ...]
    percents: tuple[Fraction | None, ...]
    added: Fraction | None
    final: Fraction | None
    maximum: Fraction | None


class Entrant(Struct, frozen=True):
    """What ranking needs of one result; the rest of it need not be kept.

    `percent` is the exact index, `points` the exact points and `final` those
    with bonus and penalty, None where a part is unknown; `index`, `low` and `high` are as printed. `keys` are exact
    points of the criteria that the scheme names to break ties. `sums` are there
    if they were asked for.
    """

    unit: str
    unit_id: str | None
    province: str | None
    parent: str | None
    year: int
    level: str
    group: str | None
    scheme: str
    ranked: bool
    reason: str | None
    percent: Fraction | None
    points: Fraction | None
    index: Decimal | None
    low: Decimal | None
    high: Decimal | None
    band: str | None
    by: By
    ties: Ties
    tie_codes: tuple[str, ...]
    keys: tuple[Fraction | None, ...]
    digits: int
    mode: RoundingMode
    final: Fraction | None = None
    sums: Sums | None = None

    @property
    def names(self) -> tuple[str | None, str | None, str]:
        """Province, parent and unit."""
        return self.province, self.parent, self.unit


def entrant_of(result: Result, *, sums: bool = False) -> Entrant:
    """What ranking needs of a result, and with `sums` what a table of units shows."""
    card, scheme, total = result.scorecard, result.scheme, result.total
    ranking, rounding = scheme.ranking, scheme.rounding
    codes = ranking.keys if card.ranked else ()
    low, high = (None, None) if total.complete else (total.low, total.high)
    return Entrant(
        card.unit,
        card.unit_id,
        card.province,
        card.parent,
        card.year,
        card.level or scheme.level,
        card.group,
        scheme.id,
        card.ranked,
        card.unranked_reason,
        total.percent,
        total.final if total.complete else None,
        result.index,
        None if low is None else result.printed(low),
        None if high is None else result.printed(high),
        result.band,
        ranking.by,
        ranking.ties,
        ranking.keys,
        tuple(result.node(code).points for code in codes),
        rounding.index,
        rounding.mode,
        total.final if total.complete else None,
        _sums(result) if sums else None,
    )


def _sums(result: Result) -> Sums:
    total = result.total
    nodes = [node for _, node in result.walk(1)]
    own: tuple[Fraction | None, ...] = ()
    if _assessed_itself(result):
        at_first = score(result.scorecard, result.scheme, "self")
        own = tuple(node.points for _, node in at_first.walk(1))
    return Sums(
        tuple(node.points if node.complete else None for node in nodes),
        own,
        tuple(node.percent for node in nodes),
        total.added.low if total.added and total.added.low == total.added.high else None,
        total.final if total.complete else None,
        total.applicable_max,
    )


def _assessed_itself(result: Result) -> bool:
    """Whether what counts is not what the unit gave itself, and that is known."""
    scores = result.scorecard.scores.values()
    return result.asked_stage is None and any(
        len(entry.stages) > 1 and "self" in entry.stages for entry in scores
    )


Who = tuple[object, ...]
"""Who a unit is: equal for one unit in any year."""


class Identified(Protocol):
    """What tells who a unit is: a result's, or that of published figures."""

    @property
    def year(self) -> int: ...  # noqa: D102
    @property
    def level(self) -> str | None: ...  # noqa: D102
    @property
    def province(self) -> str | None: ...  # noqa: D102
    @property
    def group(self) -> str | None: ...  # noqa: D102
    @property
    def parent(self) -> str | None: ...  # noqa: D102
    @property
    def unit(self) -> str | None: ...  # noqa: D102
    @property
    def unit_id(self) -> str | None: ...  # noqa: D102


Identity = Callable[[Identified], Who]


def who(unit: Identified) -> Who:
    """Who a unit is in any year: its level with its id, or with its names."""
    if unit.unit_id is not None:
        return (unit.level, unit.unit_id)
    names = (unit.province, unit.group, unit.parent, unit.unit)
    return (unit.level, *(None if name is None else same_name(name) for name in names))
