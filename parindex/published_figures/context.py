"""The published context of a result: previous year, means, neighbouring ranks, other years."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from parindex.analysis.areas import AreaSpread, area_spreads
from parindex.analysis.comparison import Comparison, Pair
from parindex.analysis.means import Mean, means_of_unit, published_means
from parindex.analysis.published_row import PublishedRow, RowKind
from parindex.analysis.ranking import rank
from parindex.analysis.unit_figures import UnitFigures, Who, rank_input_of, row_figures
from parindex.published_figures.published_tables import known, scheme_of
from parindex.published_figures.sides import (
    Side,
    compare_sides,
    means_of,
    places_of,
    region_names,
    result_side,
    row_side,
)
from parindex.published_figures.units import identity
from parindex.scorecard.scorecard import Published
from parindex.scoring.result import Result
from parindex.values.language import Language

EACH: Final = 3
"""How many neighbours are listed on each side."""
RankOrigin = Literal["published", "computed"]


class PublishedContext(Struct, frozen=True):
    """A result with what is published about it; what is not known is empty or None.

    `found` compares it with the year before and holds its areas. `means` are
    those of all units and of its region, and `area_means` percentages of areas
    by region (None for all units) and code. `years` and `sipas` are published
    figures of the unit, by year. `near` are its neighbours with itself among
    them, of the `known` others whose index is known. `areas` are those of the
    units that it was read with. `table` holds all units by rank, the unit itself
    among them.
    """

    result: Result
    found: Comparison
    means: tuple[Mean, ...] = ()
    area_means: Mapping[tuple[str | None, str], Fraction] = {}
    regions: Mapping[str, str] = {}
    years: tuple[UnitFigures, ...] = ()
    sipas: tuple[UnitFigures, ...] = ()
    near: tuple[UnitFigures, ...] = ()
    known: int = 0
    areas: tuple[AreaSpread, ...] = ()
    ranked: RankOrigin | None = None
    table: tuple[UnitFigures, ...] = ()

    @property
    def pair(self) -> Pair:
        """The unit, now and before."""
        [pair] = self.found.pairs
        return pair

    @property
    def now(self) -> UnitFigures:
        """The figures of the unit."""
        return self.pair.either


def neighbours(own: UnitFigures, others: Iterable[UnitFigures]) -> tuple[UnitFigures, ...]:
    """The units right above and below a unit by their exact index, itself among them.

    Empty where its own index is not known, or that of no other.
    """
    index = own.percent
    if index is None:
        return ()
    placed = [(other.percent, other) for other in others if other.percent is not None]
    placed.sort(key=lambda pair: (-pair[0], pair[1].rank or 0, pair[1].unit))
    above = [other for percent, other in placed if percent > index]
    below = [other for percent, other in placed if percent <= index]
    return (*above[-EACH:], own, *below[:EACH]) if placed else ()


def published_context(
    result: Result,
    others: Sequence[Result],
    before: Sequence[Result],
    rows: Sequence[PublishedRow],
    say: Language,
) -> PublishedContext:
    """The published context of a result: previous year, means, neighbouring ranks, history.

    Args:
        result: the result of one unit.
        others: the other units of its group that were read with it.
        before: results of years before; without them published figures are taken.
        rows: published rows.
        say: the language of the names of regions.
    """
    official = result.scheme.status != "example" and not result.scheme.only_by_id
    sources = known(rows) if official else []
    who = identity(rank_input_of(result))
    mine = [row for row in sources if row.unit is not None and identity(row) == who]
    result, ranked = _with_ranks(result, others, mine)
    year = result.scorecard.year
    now = result_side(str(year), [result])
    [own] = now.units
    earlier = _before(before, mine, own)
    found = compare_sides(earlier, now, whole=False, depth=1)
    pair = found.pairs[0]
    peers = list(_peers(result, own, others, sources, computed=ranked == "computed"))
    means = _means((earlier, now), pair.either, sources, found)
    return PublishedContext(
        result,
        found,
        means=tuple(means_of_unit(pair, means)),
        area_means=dict(_area_means(sources, own)),
        regions=region_names((earlier, now), say),
        years=tuple(_years(mine, "result", year)),
        sipas=tuple(_years(mine, "sipas", year)),
        near=neighbours(own, peers),
        known=sum(peer.percent is not None for peer in peers),
        areas=area_spreads([result, *others]) if others else (),
        ranked=ranked,
        table=tuple(sorted((*peers, pair.either), key=_by_rank)),
    )


def _by_rank(unit: UnitFigures) -> tuple[bool, int, Fraction]:
    return unit.rank is None, unit.rank or 0, -(unit.percent or Fraction(0))


def _with_ranks(
    result: Result, others: Sequence[Result], mine: Sequence[PublishedRow]
) -> tuple[Result, RankOrigin | None]:
    """The result with its rank: as its file or the tables print it, else among the others.

    A printed rank counts only where the figure beside it is the computed one: a self-assessment
    has no place among final results. An area without a figure is held to that of the whole.
    """
    card = result.scorecard
    printed = card.published or Published()
    here = [row for row in mine if row.year == card.year]
    total = any(row.kind == "result" and row.index == result.index for row in here)
    ranks = {
        row.code: row.rank
        for row in here
        if row.kind == "area" and row.code in result.scheme.by_code and row.rank is not None
        if _agrees(result, row, whole=total)
    }
    printed = replace(printed, ranks={**ranks, **printed.ranks})
    origin: RankOrigin | None = "published" if printed.rank is not None else None
    if origin is None:
        for row in here:
            if row.kind == "result" and row.rank is not None and row.index == result.index:
                printed, origin = replace(printed, rank=row.rank, of=row.of), "published"
    if origin is None and others:
        place = _places([result, *others]).get((card.year, *identity(rank_input_of(result))))
        if place is not None:
            printed, origin = replace(printed, rank=place[0], of=place[1]), "computed"
    return replace(result, scorecard=replace(card, published=printed)), origin


def _places(results: Sequence[Result]) -> dict[Who, tuple[int, int]]:
    """The ranks of units among one another."""
    return places_of(rank([rank_input_of(each) for each in results], identity=identity))


def _agrees(result: Result, row: PublishedRow, *, whole: bool) -> bool:
    """Whether the figure of an area beside a printed rank is the computed one; without one `whole`."""
    node = result.node(row.code or "")
    if row.points is None and row.index is None:
        return whole
    if node.points is None:
        return False
    return row.points == result.printed(node.points) or (
        row.index is not None and row.index == result.printed_percent(node)
    )


def _before(before: Sequence[Result], mine: Sequence[PublishedRow], own: UnitFigures) -> Side:
    """The unit in an earlier year: of the files that were given, else as published the year before."""
    if before:
        side = result_side("", before)
        same = [
            result
            for result, unit in zip(before, side.units, strict=True)
            if identity(unit) == identity(own) and unit.year < own.year
        ]
        latest = max(same, key=lambda each: each.scorecard.year, default=None)
        found = [latest] if latest else []
        return result_side(str(latest.scorecard.year) if latest else "–", found)
    year = own.year - 1
    rows = [row for row in mine if row.year == year and row.kind in ("result", "area")]
    return row_side(str(year), rows)


def _means(
    sides: tuple[Side, Side], own: UnitFigures, rows: Sequence[PublishedRow], found: Comparison
) -> list[Mean]:
    """The printed means of both years, where the scheme is the national one."""
    if sides[1].results[0].scheme.status in ("provincial", "own"):
        return []
    if sides[0].units:
        return means_of(sides, found, rows)
    return published_means(rows, "result", own.level or "", own.year - 1, own.year)


def _area_means(
    rows: Sequence[PublishedRow], own: UnitFigures
) -> Iterator[tuple[tuple[str | None, str], Fraction]]:
    """Printed means of the areas: of all units and of the unit's region."""
    for row in rows:
        code = re.fullmatch(r"average_index_of_area_(.+)", row.code or "")
        mean = row.kind == "figure" and row.unit is None and row.level == own.level
        near = row.year == own.year and row.region in (None, own.region)
        if code and mean and near and row.value is not None:
            yield (row.region, code[1]), Fraction(row.value)


def _years(mine: Sequence[PublishedRow], kind: RowKind, until: int) -> Iterator[UnitFigures]:
    """The published figures of a unit, a year after another."""
    for row in sorted(mine, key=lambda row: row.year):
        if row.kind == kind and row.year <= until:
            yield row_figures(row, scheme_of(row) if kind == "result" else None)


def _peers(
    result: Result,
    own: UnitFigures,
    others: Sequence[Result],
    rows: Sequence[PublishedRow],
    *,
    computed: bool,
) -> Iterator[UnitFigures]:
    """The other units: those read with it, else the published ones of its year and group."""
    if others:
        places = _places([result, *others]) if computed else {}
        for unit in result_side("", others).units:
            place, _ = places.get((unit.year, *identity(unit)), (None, None))
            yield replace(unit, rank=unit.rank or place)
        return
    for row in rows:
        if row.kind == "result" and row.year == own.year and row.unit:
            other = row_figures(row, scheme_of(row))
            same = (other.level, other.group) == (own.level, own.group)
            near = other.level == "province" or other.province == own.province
            if same and near and identity(other) != identity(own):
                yield other
