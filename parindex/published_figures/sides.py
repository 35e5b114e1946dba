"""The two sides of a comparison, published rows or results, and the means of both."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from parindex.analysis.areas import SEVERAL
from parindex.analysis.comparison import Comparison, Pair, compare, compare_criteria
from parindex.analysis.means import Mean, computed_means, published_means
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.ranking import Ranking, rank
from parindex.analysis.unit_figures import (
    RankInput,
    Ties,
    UnitFigures,
    Who,
    criteria_figures,
    rank_input_of,
    row_figures,
)
from parindex.findings import InputError
from parindex.published_figures.choose import province_count
from parindex.published_figures.published_tables import known, load_published, scheme_of
from parindex.published_figures.units import (
    identity,
    list_of,
    region_ids,
    regions,
    unit_of,
    units_of,
)
from parindex.scheme.catalog import find_scheme
from parindex.scheme.scheme import Scheme
from parindex.scoring.result import Result
from parindex.values.codes import DUPLICATE_KEY
from parindex.values.finding import Finding
from parindex.values.groups import grouped
from parindex.values.language import Language


class Side(Struct, frozen=True):
    """One side: its units, and what their criteria are made from.

    `units` are of published rows, whose ranks are printed, or of scorecards.
    `ties` is the rule by which ranks were computed, None where they are as printed.
    """

    name: str
    units: tuple[UnitFigures, ...]
    results: tuple[Result, ...] = ()
    areas: tuple[UnitFigures, ...] = ()
    ties: Ties | None = None

    @property
    def entrants(self) -> tuple[RankInput, ...]:
        """The units of scorecards; none where they are of published rows."""
        return tuple(unit for unit in self.units if isinstance(unit, RankInput))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its units."""
        return tuple(sorted({unit.year for unit in self.units}))


def row_side(name: str, rows: Iterable[PublishedRow], kind: str = "result") -> Side:
    """A side of published rows, one for each unit and area, of one year.

    Raises:
        InputError: P107 a unit occurs twice, in two years for instance.
    """
    rows = [row for row in rows if row.unit is not None]
    units = [row_figures(row, scheme_of(row)) for row in rows if row.kind == kind]
    areas = [row_figures(row, scheme_of(row)) for row in rows if row.kind == "area"]
    _refuse_twice(name, units)
    return Side(name, tuple(units), areas=tuple(areas) if kind == "result" else ())


def _refuse_twice(name: str, units: Sequence[UnitFigures]) -> None:
    often = Counter(map(identity, units))
    twice = {unit.unit: None for unit in units if often[identity(unit)] > 1}
    if twice:
        raise InputError(
            [Finding(DUPLICATE_KEY, f"{unit} {name}", {"found": unit}) for unit in twice]
        )


def result_side(
    name: str,
    results: Iterable[Result],
    wanted: Callable[[UnitFigures], bool] = lambda _: True,
    *,
    keep: bool = True,
) -> Side:
    """A side of results.

    Args:
        name: what it is called.
        results: those of any number of units, each once.
        wanted: which units count.
        keep: whether criteria will be asked for; else results are not kept,
            but for a single one.

    Raises:
        InputError: P107 a unit occurs twice.
    """
    units: list[UnitFigures] = []
    kept: list[Result] = []
    for result in results:
        unit = _placed(rank_input_of(result))
        if wanted(unit):
            units.append(unit)
            if keep or not kept:
                kept.append(result)
    _refuse_twice(name, units)
    return Side(name, tuple(units), tuple(kept))


def _placed(unit: RankInput) -> RankInput:
    """A unit with its region and the name that its list of provinces has, if it is one."""
    province = unit_of(unit.unit, unit.year) if unit.level == "province" else None
    if province is None:
        return unit
    return replace(unit, unit=province.name, region=province.region, list=province.list)


def ranked(one: Side, other: Side) -> tuple[Side, Side]:
    """Both sides with ranks: computed where both hold several scorecards, else as printed."""
    if min(len(one.entrants), len(other.entrants)) < SEVERAL:
        return one, other
    return _ranked(one), _ranked(other)


def _ranked(side: Side) -> Side:
    rankings = rank(side.entrants, identity=identity)
    places = places_of(rankings)
    units = []
    for unit in side.units:
        place, of = places.get((unit.year, *identity(unit)), (None, None))
        units.append(replace(unit, rank=place, of=of))
    return replace(side, units=tuple(units), ties=rankings[-1].ties)


def places_of(rankings: Iterable[Ranking]) -> dict[Who, tuple[int, int]]:
    """The rank of each unit, by its year and who it is, and among how many."""
    return {
        (place.entrant.year, *identity(place.entrant)): (place.rank, len(each.places))
        for each in rankings
        for place in each.places
    }


def compare_sides(
    one: Side, other: Side, *, whole: bool = True, depth: int | None = None
) -> Comparison:
    """The units of two sides; two single scorecards are compared whoever they are of.

    Args:
        one: the side that is compared with.
        other: the side that is compared.
        whole: only units that are known on both sides.
        depth: how deep criteria are compared; None without criteria.
    """
    single = len(one.entrants) == len(other.entrants) == 1
    finds = _criteria_of(one, depth or 0), _criteria_of(other, depth or 0)

    def criteria(pair: Pair) -> list[Pair]:
        (old, before), (new, after) = finds[0](pair.before), finds[1](pair.after)
        return compare_criteria(before, after, (old, new), pair)

    return compare(
        one.units,
        other.units,
        label(one, other),
        (lambda _: ()) if single else identity,
        whole=whole and not single,
        criteria=None if depth is None else criteria,
    )


def _criteria_of(
    side: Side, depth: int
) -> Callable[[UnitFigures | None], tuple[Scheme | None, Sequence[UnitFigures]]]:
    """A function that finds the scheme and the criteria of a unit, down to a depth."""
    results = {identity(rank_input_of(each)): each for each in side.results}
    areas = grouped(side.areas, identity)

    def find(unit: UnitFigures | None) -> tuple[Scheme | None, Sequence[UnitFigures]]:
        if unit is None or depth == 0:
            return None, ()
        if result := results.get(identity(unit)):
            return result.scheme, list(criteria_figures(result, depth))
        # The scheme that a published row was found to be of is one of the catalog.
        scheme = unit.scheme and find_scheme(unit.scheme, unit.level, unit.year)
        return scheme or None, areas.get(identity(unit), ())

    return find


def by_group(one: Side, other: Side) -> list[tuple[Side, Side]]:
    """The sides once for each group of units that are ranked together; two single ones as one."""
    if len(one.entrants) == len(other.entrants) == 1:
        return [(one, other)]
    groups = {_group(unit): None for unit in (*one.units, *other.units)}
    if len(groups) < SEVERAL:
        return [(one, other)]
    return [(_of_group(one, group), _of_group(other, group)) for group in sorted(groups)]


def _group(unit: UnitFigures) -> tuple[str, str, str]:
    province = None if unit.level == "province" else unit.province
    return unit.level or "", province or "", unit.group or ""


def _of_group(side: Side, group: tuple[str, str, str]) -> Side:
    return replace(side, units=tuple(unit for unit in side.units if _group(unit) == group))


def label(one: Side, other: Side) -> tuple[str, str]:
    """What the sides are called: by what distinguishes them first, of years, units and files."""
    sides = one, other
    years = [str(*side.years) if len(side.years) == 1 else "" for side in sides]
    units = [side.units[0].unit if len(side.units) == 1 else "" for side in sides]
    files = [re.sub(r"^.*[/\\](?=.)|\.[a-z]+$", "", side.name) for side in sides]
    for names in (years, units, files):
        if all(names) and names[0] != names[1]:
            return names[0], names[1]
    return one.name, other.name


def means_of(
    sides: tuple[Side, Side],
    found: Comparison,
    rows: Sequence[PublishedRow] = (),
    kind: str = "result",
    region: str | None = None,
) -> list[Mean]:
    """The means of the nation and of the regions, published or computed, and of those compared.

    A region's mean is computed where all its units are known on both sides, and
    else as published; it is left out where regions changed between the years.

    Args:
        sides: both sides.
        found: their comparison.
        rows: published rows, a user's own first; without them those of the project.
        kind: `result` or `sipas`.
        region: the only region that is asked for, by its name or id.
    """
    levels = {pair.either.level for pair in found.pairs}
    if len(levels) != 1 or not all(len(side.years) == 1 for side in sides):
        return computed_means(found, {})
    level = levels.pop() or ""
    [before], [after] = (side.years for side in sides)
    same = list_of(before) == list_of(after)
    names = [unit.region for unit in units_of(after)] if same and level == "province" else []
    computed = computed_means(found, {name: names.count(name) for name in dict.fromkeys(names)})
    own = {mean.region for mean in computed if mean.region}
    statuses = {result.scheme.status for side in sides for result in side.results}
    printed: list[Mean] = []
    if not statuses & {
        "example",
        "provincial",
        "own",
    }:  # the printed means are of the national index
        printed = published_means(known(rows or load_published()), kind, level, before, after)
    kept = [mean for mean in printed if mean.region is None or (same and mean.region not in own)]
    asked = {id_ for _, id_ in region_ids(region)} if region else None
    return [m for m in kept + computed if asked is None or m.region is None or m.region in asked]


def size_of_sides(sides: tuple[Side, Side], region: str | None) -> int | None:
    """How many provinces the later year has; None where a side is a file, or for other levels."""
    last = sides[1].units
    if any(side.entrants for side in sides) or {unit.level for unit in last} != {"province"}:
        return None
    return province_count(last[0].year, region)


def region_names(sides: tuple[Side, Side], say: Language) -> dict[str, str]:
    """The names of the regions of the later side, by id."""
    lists = {list_of(year) for year in sides[1].years}
    return {
        each.id: say.pick((each.name, each.name_en)) for each in regions() if each.list in lists
    }


def merged(sides: tuple[Side, Side]) -> bool:
    """Whether provinces were merged between the sides."""
    units = [unit for side in sides for unit in side.units]
    return len({list_of(unit.year) for unit in units if unit.level == "province"}) > 1
