"""What is known of a unit in a year, or of one criterion of it: the same of results and of tables."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from parindex.analysis.published_row import PublishedRow
from parindex.scheme.scheme import Scheme
from parindex.scoring.result import Node, Result
from parindex.values.fields import Name


class Standing(Struct, frozen=True):
    """Where a unit stands, or one criterion of it: None is not known, and never zero.

    `percent` is in hundredths and exact, from a table as printed; `index` is the
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
        """The unit with what tells it from others of its name in the same group."""
        return ", ".join(filter(None, (self.unit, self.parent)))

    @property
    def names(self) -> str:
        """The unit with what tells it from others of its name."""
        return ", ".join(filter(None, (self.unit, self.parent, self.group, self.province)))


def paths_of(scheme: Scheme) -> Mapping[str, tuple[str, ...]]:
    """The names of each criterion by code, from the area down to itself."""
    paths: dict[str, tuple[str, ...]] = {}
    for _, criterion in scheme.walk():
        above = scheme.above.get(criterion.code)
        paths[criterion.code] = (*(paths[above.code] if above else ()), criterion.name.vi)
    return paths


def row_standing(row: PublishedRow, scheme: Scheme | None) -> Standing:
    """What a row of published figures says; the scheme of its year knows names and maxima."""
    area = scheme.by_code.get(row.code) if scheme and row.code and row.kind == "area" else None
    whole = scheme.maximum if scheme and row.kind == "result" else None
    known = area.maximum if area else whole
    return Standing(
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
        weak=row.confidence == "weak",
    )


def result_standing(result: Result, rank: int | None, of: int | None) -> Standing:
    """Where a result stands; ranks are those of the units that it was ranked with."""
    return _standing(result, result.total, rank, of, result.band, ())


def criteria_standings(result: Result, depth: int) -> Iterator[Standing]:
    """The criteria of a result of which something is known, down to a depth."""
    paths = paths_of(result.scheme)
    published = result.scorecard.published
    for _, node in result.walk(depth):
        if node.points is not None or node.percent is not None:
            rank = published.ranks.get(node.code) if published else None
            yield _standing(result, node, rank, None, None, paths[node.code])


def _standing(
    result: Result,
    node: Node,
    rank: int | None,
    of: int | None,
    band: str | None,
    path: tuple[str, ...],
) -> Standing:
    card = result.scorecard
    return Standing(
        card.unit,
        card.year,
        card.level or result.scheme.level,
        card.province,
        card.parent,
        card.group,
        card.unit_id,
        scheme=result.scheme.id,
        code=node.code,
        name=node.name,
        path=path,
        percent=node.percent,
        points=node.final if node.complete else None,
        max=node.applicable_max,
        index=result.printed_percent(node),
        rank=rank,
        of=of,
        band=band,
        source=card.source,
    )
