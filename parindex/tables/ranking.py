"""Rankings as tables, rows and data."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from parindex.analysis.ranking import Ranking
from parindex.analysis.unit_figures import RankInput
from parindex.tables.columns import columns
from parindex.tables.figures import places, record_of
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import N_, Language

FORMAT = "parindex-ranking/1"
_MOST_NAMES: Final = 12
TIES: Final = {
    "competition": N_("equal units share a rank, and the next ranks are left out: 1, 2, 2, 4"),
    "dense": N_("equal units share a rank, and no rank is left out: 1, 2, 2, 3"),
    "ordinal": N_("no rank is shared: 1, 2, 3, 4"),
}


def ranking_sheet(ranking: Ranking, say: Language) -> Table:
    """One group as a table; statistics, bands and those who are not ranked as notes."""
    group = ranking.group
    title = " · ".join(
        filter(
            None,
            (
                say("Ranking"),
                str(group.year),
                group.level and say(group.level),
                group.province,
                group.group,
            ),
        )
    )
    by_points = ranking.by == "points"
    builder = TableBuilder(
        columns(
            say,
            "rank unit figure:number bar band move",
            figure=say("Points") if by_points else say("Index"),
        ),
        ranking.printed,
    )
    for place in ranking.places:
        each = place.entrant
        builder.add(
            rank=place.rank,
            unit=", ".join(filter(None, (each.unit, each.parent))),
            figure=each.points if by_points else each.index,
            bar=None if by_points else each.index,
            band=each.band,
            move=places(place.move),
        )
    kept = ["rank", "unit", "figure"]
    kept += [] if by_points else ["bar"]
    kept += ["move"] if ranking.since is not None else []
    return builder.table(title, (*ranking_notes(ranking, say), *_apart(ranking, say)), keep=kept)


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
    return f"{say.number(each.low)}–{say.percent(each.high)}"


def _some(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


COLUMNS: Final = (
    *("year", "level", "province", "group", "state", "rank", "unit_id", "parent", "unit"),
    *("scheme", "index", "points", "band", "low", "high", "previous_rank", "move", "reason"),
)


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
        kept = {name: record.get(name) for name in COLUMNS[5:]}
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
