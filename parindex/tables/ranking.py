"""Rankings as sheets, rows and data."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from parindex.analysis.ranking import Ranked, Ranking
from parindex.analysis.unit_figures import RankInput
from parindex.tables.sheet import Cell, Column, Sheet, places
from parindex.values.exact import shortened, terminating
from parindex.values.language import Language, mark

FORMAT = "parindex-ranking/1"
_MOST_NAMES: Final = 12
TIES: Final = {
    "competition": mark("equal units share a rank, and the next ranks are left out: 1, 2, 2, 4"),
    "dense": mark("equal units share a rank, and no rank is left out: 1, 2, 2, 3"),
    "ordinal": mark("no rank is shared: 1, 2, 3, 4"),
}


def ranking_sheet(ranking: Ranking, say: Language) -> Sheet:
    """One group as a table; statistics, bands and those who are not ranked as notes."""
    group = ranking.group
    title = " · ".join(
        filter(
            None,
            (say("Ranking"), str(group.year), say(group.level), group.province, group.group),
        )
    )
    by_points = ranking.by == "points"
    moves = ranking.since is not None
    columns = (
        Column("rank", say("Rank"), "number"),
        Column("unit", say("Unit")),
        Column("figure", say("Points") if by_points else say("Index"), "number"),
        Column("bar", "", "bar"),
        Column("band", say("Band"), "code"),
        Column("move", say("Places"), "number"),
    )
    shown = [
        position
        for position, column in enumerate(columns)
        if (column.key != "bar" or not by_points)
        and (column.key != "move" or moves)
        and (column.key != "band" or any(ranking.bands))
    ]
    rows = [_cells(ranking, place) for place in ranking.places]
    return Sheet(
        title,
        tuple(columns[position] for position in shown),
        tuple(tuple(row[position] for position in shown) for row in rows),
        notes=(*ranking_notes(ranking, say), *_apart(ranking, say)),
    )


def _cells(ranking: Ranking, place: Ranked) -> tuple[Cell, ...]:
    each = place.entrant
    figure = each.index if ranking.by == "percent" else _printed(ranking, each.points)
    names = ", ".join(filter(None, (each.unit, each.parent)))
    return (place.rank, names, figure, figure, each.band or "", places(place.move))


def _printed(ranking: Ranking, value: Fraction | None) -> Decimal | None:
    return None if value is None else ranking.printed(value)


def ranking_notes(ranking: Ranking, say: Language) -> Iterator[str]:
    """Statistics of those ranked, the bands, and by what rule they are ranked."""
    if ranking.figures is not None:
        figures = ranking.figures
        yield say(
            "Units: {count}. Mean {mean}, median {median}, highest {highest}, lowest {lowest}.",
            count=len(ranking.places),
            mean=say.number(ranking.printed(figures.mean)),
            median=say.number(ranking.printed(figures.median)),
            highest=say.number(ranking.printed(figures.highest)),
            lowest=say.number(ranking.printed(figures.lowest)),
        )
    if any(ranking.bands):
        unknown = say("not known")
        told = "; ".join(f"{band or unknown} {count}" for band, count in ranking.bands.items())
        yield say("Bands: {bands}.", bands=told)
    rule = say(TIES[ranking.ties])
    if ranking.by == "points":
        yield say("Ranked by exact points, not by an index: {ties}.", ties=rule)
    else:
        yield say("Ranked by the exact index: {ties}.", ties=rule)
    if ranking.ties == "ordinal":
        keys = ", ".join(ranking.keys) or "–"
        yield say(
            "Equals are in the order of the points of: {codes}; then of the names.", codes=keys
        )
    if ranking.since is not None:
        yield say("Places are counted from {year}.", year=ranking.since)


def _apart(ranking: Ranking, say: Language) -> Iterator[str]:
    """Those who are not ranked, each kind on a line of its own."""
    if ranking.unranked:
        told = [f"{e.unit} ({e.reason})" if e.reason else e.unit for e in ranking.unranked]
        yield say("Assessed but not ranked: {names}.", names=_some(told))
    if ranking.unknown:
        ranges = [(each.unit, range_text(each, say)) for each in ranking.unknown]
        told = [f"{unit} ({range_})" if range_ else unit for unit, range_ in ranges]
        yield say("Not known in full, so not ranked: {names}.", names=_some(told))
    if ranking.missing:
        yield say(
            "Without a scorecard: {count} ({names}).",
            count=len(ranking.missing),
            names=_some(ranking.missing),
        )


def range_text(each: RankInput, say: Language) -> str:
    """Between which percentages the index of a unit is of which not all is known; else empty."""
    if each.low is None or each.high is None:
        return ""
    return f"{say.number(each.low)}–{say.number(each.high)} %"


def _some(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


COLUMNS: Final = (
    *("year", "level", "province", "group", "state", "rank", "unit_id", "parent", "unit"),
    *("scheme", "index", "points", "band", "low", "high", "previous_rank", "move", "reason"),
)


def ranking_rows(ranking: Ranking) -> Iterator[tuple[Cell, ...]]:
    """One group as rows of CSV: the places, then those apart, whose `state` says why."""
    for place in ranking.places:
        yield _row(ranking, "ranked", place.entrant, place)
    for state, entrants in (("not_ranked", ranking.unranked), ("unknown", ranking.unknown)):
        for each in entrants:
            yield _row(ranking, state, each, None)
    for name in ranking.missing:
        empty: tuple[Cell, ...] = (None,) * (len(COLUMNS) - 9)
        yield (*_head(ranking), "missing", None, None, None, name, *empty)


def _head(ranking: Ranking) -> tuple[Cell, ...]:
    group = ranking.group
    return (str(group.year), group.level, group.province, group.group)


def _row(ranking: Ranking, state: str, each: RankInput, place: Ranked | None) -> tuple[Cell, ...]:
    return (
        *_head(ranking),
        state,
        place.rank if place else None,
        each.unit_id,
        each.parent,
        each.unit,
        each.scheme,
        each.index,
        _decimal(each.points),
        each.band,
        each.low,
        each.high,
        place.before if place else None,
        place.move if place else None,
        each.reason,
    )


def _decimal(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    decimal = terminating(value)
    return shortened(value) if decimal is None else decimal


def ranking_data(ranking: Ranking) -> dict[str, Any]:
    """One group as data; figures of the group with the digits of its schemes."""
    figures = ranking.figures
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in ranking_rows(ranking)]
    blocks: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        kept = {name: value for name, value in row.items() if name not in COLUMNS[:5]}
        blocks.setdefault(str(row["state"]), []).append(kept)
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
