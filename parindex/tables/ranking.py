"""Rankings as tables, rows and data."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.ranking import Ranked, Ranking
from parindex.analysis.unit_figures import By, RankInput, Ties
from parindex.tables.columns import columns
from parindex.tables.figures import first_of, places, record_of
from parindex.tables.table import Cell, Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import N_, Language

FORMAT = "parindex-ranking/1"
TIES: Final = {
    "competition": N_(
        "equal units share a rank, and the next ranks are left out (for example 1, 2, 2, 4)"
    ),
    "dense": N_("equal units share a rank, and no rank is left out (for example 1, 2, 2, 3)"),
    "ordinal": N_("equal units share no rank (for example 1, 2, 3, 4)"),
}


SHOWN: Final = "rank unit figure:number bar band move"
"""The columns of the screen and of Markdown, in their order."""
PAGE: Final = "number unit {areas} added total max index:bar rank before move band note"
"""The columns of workbooks and reports; the areas of the scheme are in between."""
MOVES: Final = "unit before rank move"
"""The columns of the report's table of moves."""
COLUMNS: Final = (
    *("year", "level", "province", "group", "state", "rank", "unit_id", "parent", "unit"),
    *("scheme", "index", "points", "band", "low", "high", "previous_rank", "move", "reason"),
)
"""The columns of CSV and, but for those of the group, of JSON."""
INTEGERS: Final = frozenset(("rank", "previous_rank", "move"))
NUMBERS: Final = frozenset(("index", "points", "low", "high"))
"""The columns of JSON that are no text."""
_GROUP: Final = 5
"""How many columns are of the group, or say in which list of JSON a unit is."""


def unit_cells(
    each: RankInput, place: Ranked | None = None, note: str | None = None
) -> dict[str, Cell | Fraction]:
    """What people read of a unit, by any of the columns; the points of its areas are apart.

    Args:
        each: the unit.
        place: its place, if it has one.
        note: what is said of a unit that has none.
    """
    sums = each.sums
    cells: dict[str, Cell | Fraction] = {
        "unit": each.name_in_group,
        "max": sums.maximum if sums else None,
        "note": note,
    }
    if sums and sums.added is not None:
        cells["added"] = sums.added
    if place is not None:
        moved = {"before": place.before, "move": places(place.move)}
        cells |= {"rank": place.rank, "band": each.band, **moved}
    return cells


def group_title(ranking: Ranking, say: Language, what: str = N_("Ranking")) -> str:
    """Whose ranking it is, or what else of it: year, level, province and group."""
    group = ranking.group
    parts = (
        say(what),
        str(group.year),
        group.level and say(group.level),
        group.province,
        group.group,
    )
    return " · ".join(filter(None, parts))


def figure_title(ranking: Ranking, say: Language) -> str:
    """What the figure is called that ranks."""
    return say("Points") if ranking.by == "points" else say("Index")


def ranking_sheet(ranking: Ranking, say: Language) -> Table:
    """One group as a table; statistics, bands and those who are not ranked as notes."""
    by_points = ranking.by == "points"
    builder = TableBuilder(columns(say, SHOWN, figure=figure_title(ranking, say)), ranking.printed)
    for place in ranking.places:
        each = place.entrant
        shown, bar = (each.points, None) if by_points else (each.index, each.index)
        builder.take(unit_cells(each, place), figure=shown, bar=bar)
    kept = ["rank", "unit", "figure"]
    kept += [] if by_points else ["bar"]
    kept += ["move"] if ranking.since is not None else []
    return builder.table(group_title(ranking, say), all_notes(ranking, say), keep=kept)


def all_notes(ranking: Ranking, say: Language) -> Iterator[str]:
    """The notes on those ranked, or that nobody is, and on those who are not, each on a line."""
    if not ranking.places:
        yield nobody_text(say)
    yield from ranking_notes(ranking, say)
    yield from apart_notes(ranking, say)


def apart_notes(ranking: Ranking, say: Language) -> Iterator[str]:
    """Those who are not ranked, each kind on a line of its own."""
    if ranking.unranked:
        told = [f"{e.unit} ({e.reason})" if e.reason else e.unit for e in ranking.unranked]
        yield say("Assessed but not ranked: {names}.", names=first_of(told))
    if ranking.unknown:
        ranges = [(each.unit, range_text(each, say)) for each in ranking.unknown]
        told = [f"{unit} ({range_})" if range_ else unit for unit, range_ in ranges]
        yield say("Not known in full, so not ranked: {names}.", names=first_of(told))
    if ranking.missing:
        yield missing_text(ranking, first_of(ranking.missing), say)


def missing_text(ranking: Ranking, names: str, say: Language) -> str:
    """How many units have no scorecard, and their names."""
    return say("Without a scorecard: {count} ({names}).", count=len(ranking.missing), names=names)


def ranking_notes(ranking: Ranking, say: Language) -> Iterator[str]:
    """Statistics of those ranked, the bands, and by what rule they are ranked."""
    if ranking.figures is not None:
        names = ("mean", "median", "highest", "lowest")
        figures = {each: ranking.printed(getattr(ranking.figures, each)) for each in names}
        yield say(
            "Units: {count}. Mean {mean}, median {median}, highest {highest}, lowest {lowest}.",
            count=len(ranking.places),
            **{each: say.number(figure) for each, figure in figures.items()},
        )
    if any(ranking.bands):
        unknown = say("not known")
        told = "; ".join(f"{band or unknown} {count}" for band, count in ranking.bands.items())
        yield say("Bands: {bands}.", bands=told)
    if ranking.places:
        equal = has_equals(ranking.figure(place.entrant) for place in ranking.places)
        yield from rule_notes(ranking.by, ranking.ties if equal else None, say)
    if ranking.ties == "ordinal" and ranking.places:
        keys = ", ".join(ranking.keys) or "–"
        yield say(
            "Equals are in the order of the points of: {codes}; then of the names.", codes=keys
        )
    if ranking.since is not None:
        yield say("Places are counted from {year}.", year=ranking.since)


def nobody_text(say: Language) -> str:
    """Why nobody is ranked."""
    return say("Nobody is ranked: none of the units to be ranked is known in full.")


def has_equals(figures: Iterable[Fraction | None]) -> bool:
    """Whether two units have the same figure, so that the rule for equals matters."""
    known = [each for each in figures if each is not None]
    return len(set(known)) < len(known)


def rule_notes(by: By, ties: Ties | None, say: Language) -> Iterator[str]:
    """By what units are ranked, and the rule for equals where there are any."""
    if ties is None:
        told = N_("Ranked by exact points, not by an index."), N_("Ranked by the exact index.")
        yield say(told[by == "percent"])
    elif by == "points":
        yield say("Ranked by exact points, not by an index: {ties}.", ties=say(TIES[ties]))
    else:
        yield say("Ranked by the exact index: {ties}.", ties=say(TIES[ties]))


def range_text(each: RankInput, say: Language) -> str:
    """Between which percentages the index of a unit is of which not all is known; else empty."""
    if each.low is None or each.high is None:
        return ""
    return f"{say.number(each.low)}–{say.percent(each.high)}"


_FIELDS: Final = "unit_id parent unit scheme index points band low high reason"


def ranking_records(ranking: Ranking) -> Iterator[dict[str, Any]]:
    """One group by the columns of CSV: the places, then those apart, whose `state` says why."""
    head = ranking.group._asdict()
    for place in ranking.places:
        moved = {"rank": place.rank, "previous_rank": place.before, "move": place.move}
        yield {**head, "state": "ranked", **record_of(place.entrant, _FIELDS), **moved}
    for state, entrants in (("not_ranked", ranking.unranked), ("unknown", ranking.unknown)):
        for each in entrants:
            yield {**head, "state": state, **record_of(each, _FIELDS)}
    for name in ranking.missing:
        yield {**head, "state": "missing", "unit": name}


def ranking_data(ranking: Ranking) -> dict[str, Any]:
    """One group as data; figures of the group with the digits of its schemes."""
    figures = ranking.figures
    blocks: dict[str, list[dict[str, Any]]] = {}
    for record in ranking_records(ranking):
        kept = {name: record.get(name) for name in COLUMNS[_GROUP:]}
        blocks.setdefault(str(record["state"]), []).append(kept)
    return {
        **ranking.group._asdict(),
        "by": ranking.by,
        "ties": ranking.ties,
        "keys": list(ranking.keys),
        "previous_year": ranking.since,
        "count": len(ranking.places),
        **{
            name: None if figures is None else ranking.printed(getattr(figures, name))
            for name in ("mean", "median", "highest", "lowest")
        },
        "bands": [{"band": band, "count": count} for band, count in ranking.bands.items()],
        "ranked": blocks.get("ranked", []),
        "not_ranked": blocks.get("not_ranked", []),
        "unknown": blocks.get("unknown", []),
        "missing": [row["unit"] for row in blocks.get("missing", [])],
    }
