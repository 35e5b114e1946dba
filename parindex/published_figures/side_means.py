"""The means of two sides, and how many units there are: what the tables know of them."""

from collections.abc import Sequence

from parindex.analysis.comparison import Comparison
from parindex.analysis.means import Mean, computed_means, published_means
from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.choose import province_count
from parindex.published_figures.published_rows import known
from parindex.published_figures.published_tables import load_published
from parindex.published_figures.sides import Side
from parindex.published_figures.units import list_of, region_ids, regions, units_of
from parindex.values.language import Language


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
    if not statuses & {"example", "provincial"}:  # the printed means are of the national index
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
