"""The figures of a unit in a year, or of one criterion of it: the same of results and of tables."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.scheme.scheme import Scheme
from parindex.scoring import score
from parindex.scoring.result import Node, Result
from parindex.values.brief import brief
from parindex.values.collation import same_name
from parindex.values.exact import RoundingMode
from parindex.values.fields import Name

Ties = Literal["competition", "dense", "ordinal"]
By = Literal["percent", "points"]


class UnitFigures(Struct, frozen=True):
    """The figures of a unit, or of one criterion of it: None is not known, and never zero.

    `percent` is in percent and exact, from a table as printed; `index` is the
    same as printed. `points` are exact, `max` is the maximum that applies, both
    in points. `path` are the names of a criterion and of those above it, from
    the area down, and empty for the whole. `list` says which list of provinces
    the unit is of. `scheme` is the id of the scheme, where one is known.
    """

    unit: str
    year: int
    level: str | None = None
    province: str | None = None
    parent: str | None = None
    group: str | None = None
    unit_id: str | None = None
    region: str | None = None
    list: str | None = None
    scheme: str | None = None
    code: str = ""
    name: Name | None = None
    path: tuple[str, ...] = ()
    percent: Fraction | None = None
    points: Fraction | None = None
    max: Fraction | None = None
    index: Decimal | None = None
    rank: int | None = None
    of: int | None = None
    band: str | None = None
    source: str | None = None
    doubtful: bool = False
    weak: bool = False

    @property
    def name_in_group(self) -> str:
        """The unit with what distinguishes it from others of its name in the same group."""
        return ", ".join(filter(None, (self.unit, self.parent)))

    @property
    def names(self) -> str:
        """The unit with what distinguishes it from others of its name."""
        return ", ".join(filter(None, (self.unit, self.parent, self.group, self.province)))

    def __repr__(self) -> str:
        figure = self.points if self.index is None else f"{self.index} %"
        return brief(self, self.names, self.year, self.code or None, figure)


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


class RankInput(UnitFigures, frozen=True):
    """The figures of one result with all that ranking needs of it, so that the rest need not be kept.

    `rank` is the published one. `low` and `high` are the index as printed where
    a part is unknown. `keys` are exact points of the criteria `tie_codes`,
    which the scheme names to break ties. `sums` are there if they were asked for.
    """

    ranked: bool = True
    reason: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    by: By = "percent"
    ties: Ties = "competition"
    tie_codes: tuple[str, ...] = ()
    keys: tuple[Fraction | None, ...] = ()
    digits: int = 2
    mode: RoundingMode = "half-up"
    sums: Sums | None = None


def rank_input_of(result: Result, *, sums: bool = False) -> RankInput:
    """What ranking needs of a result, and with `sums` what a table of units shows."""
    card, scheme, total = result.scorecard, result.scheme, result.total
    ranking, rounding = scheme.ranking, scheme.rounding
    codes = ranking.keys if card.ranked else ()
    low, high = (None, None) if total.complete else (total.low, total.high)
    return RankInput(
        **_fields(result, total),
        rank=card.published.rank if card.published else None,
        of=card.published.of if card.published else None,
        band=result.band,
        ranked=card.ranked,
        reason=card.unranked_reason,
        low=result.printed(low),
        high=result.printed(high),
        by=ranking.by,
        ties=ranking.ties,
        tie_codes=ranking.keys,
        keys=tuple(result.node(code).points for code in codes),
        digits=rounding.index,
        mode=rounding.mode,
        sums=_sums(result) if sums else None,
    )


def _sums(result: Result) -> Sums:
    total = result.total
    nodes = [node for _, node in result.walk(1)]
    own: tuple[Fraction | None, ...] = ()
    if _assessed_itself(result):
        at_first = score(result.scorecard, result.scheme, "self", result.at_stage("self"))
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


def criteria_figures(result: Result, depth: int) -> Iterator[UnitFigures]:
    """The criteria of a result of which something is known, and unknown ones beside them."""
    paths = paths_of(result.scheme)
    published = result.scorecard.published
    nodes = [node for _, node in result.walk(depth)]
    known = {node.code for node in nodes if node.points is not None or node.percent is not None}
    above = {code: parent.code for code, parent in result.scheme.above.items()}
    beside = {above.get(code) for code in known}
    for node in nodes:
        is_open = node.state == "unknown" and above.get(node.code) in beside
        if node.code in known or is_open:
            rank = published.ranks.get(node.code) if published else None
            yield UnitFigures(**_fields(result, node), path=paths[node.code], rank=rank)


def _fields(result: Result, node: Node) -> dict[str, Any]:
    """What a unit and one of its nodes are called, and the figures of the node."""
    card = result.scorecard
    return {
        "unit": card.unit,
        "year": card.year,
        "level": card.level or result.scheme.level,
        "province": card.province,
        "parent": card.parent,
        "group": card.group,
        "unit_id": card.unit_id,
        "scheme": result.scheme.id,
        "code": node.code,
        "name": node.name,
        "percent": node.percent,
        "points": node.final if node.complete else None,
        "max": node.applicable_max,
        "index": result.printed_percent(node),
        "source": card.source,
    }


def paths_of(scheme: Scheme) -> Mapping[str, tuple[str, ...]]:
    """The names of each criterion by code, from the area down to itself."""
    paths: dict[str, tuple[str, ...]] = {}
    for _, criterion in scheme.walk():
        above = scheme.above.get(criterion.code)
        paths[criterion.code] = (*(paths[above.code] if above else ()), criterion.name.vi)
    return paths


def row_figures(row: PublishedRow, scheme: Scheme | None) -> UnitFigures:
    """What a row of published figures says; the scheme of its year knows names and maxima."""
    area = scheme.by_code.get(row.code) if scheme and row.code and row.kind == "area" else None
    whole = scheme.maximum if scheme and row.kind == "result" else None
    known = area.maximum if area else whole
    return UnitFigures(
        row.unit or "",
        row.year,
        row.level,
        row.province,
        group=row.group,
        region=row.region,
        list=row.list,
        scheme=scheme.id if scheme else None,
        code=row.code or "",
        name=area.name if area else None,
        path=paths_of(scheme)[area.code] if area and scheme else (),
        percent=row.figure,
        points=None if row.points is None else Fraction(row.points),
        max=known if row.max is None else Fraction(row.max),
        index=row.index,
        rank=row.rank,
        of=row.of,
        band=row.band,
        source=row.source,
        doubtful=row.doubt is not None,
        weak=row.confidence != "read",
    )


Who = tuple[object, ...]
"""Who a unit is: equal for one unit in any year."""


Identified = UnitFigures | PublishedRow
Identity = Callable[[Identified], Who]


def who(unit: Identified) -> Who:
    """Who a unit is in any year: its level with its id, or with its names."""
    if unit.unit_id is not None:
        return (unit.level, unit.unit_id)
    names = (unit.province, unit.group, unit.parent, unit.unit)
    return (unit.level, *(None if name is None else same_name(name) for name in names))
