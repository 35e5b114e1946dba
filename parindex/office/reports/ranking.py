"""The report of a ranking of several units (Báo cáo kết quả xếp hạng)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from parindex.analysis.areas import AreaSpread, area_spreads
from parindex.analysis.comparison import Comparison
from parindex.analysis.means import Mean
from parindex.analysis.ranking import Ranked, Ranking
from parindex.office.reports.blocks import (
    Block,
    Bullets,
    Chart,
    Heading,
    Letterhead,
    Paragraph,
    Report,
    Series,
)
from parindex.office.reports.ranking_table import apart_sheet, ranking_table
from parindex.office.reports.scores import printed
from parindex.office.reports.sentences import by_scheme, index_name, table
from parindex.scoring.result import Result
from parindex.tables.compare import comparison_notes
from parindex.tables.means import means_sheet
from parindex.tables.ranking import ranking_notes
from parindex.tables.sheet import Cell, Column, Sheet, places
from parindex.values.fields import short
from parindex.values.language import Language

_ENDS: Final = 5
"""How many units of each end are named, where there are at least twice as many."""
_NAMES: Final = 120
"""Letters of the names of all who share a best or worst place."""


class RankedGroup(Struct, frozen=True):
    """One group: its ranking, the results in it, and how they moved since the year before.

    `means` are those of both years, of all units and of regions, whose names
    are in `regions` by id.
    """

    ranking: Ranking
    results: tuple[Result, ...]
    moved: Comparison | None = None
    means: tuple[Mean, ...] = ()
    regions: Mapping[str, str] = {}


def ranking_report(
    groups: Sequence[RankedGroup], say: Language, letterhead: Letterhead | None = None
) -> Report:
    """The places of the units of each group, and the statistics that every such text has."""
    years = sorted({group.ranking.group.year for group in groups})
    schemes = {each.scheme.id: each.scheme for group in groups for each in group.results}
    names = {index_name(scheme, say): None for scheme in schemes.values()}
    told = {"index": ", ".join(names), "years": ", ".join(map(str, years))}
    blocks: list[Block] = [
        Paragraph(" ".join(by_scheme(scheme, say))) for scheme in schemes.values()
    ]
    for group in groups:
        blocks += _group(group, say, alone=len(groups) == 1)
    return Report(
        say.code,
        say("REPORT"),
        say("Results and ranking by {index} in {years}", **told),
        tuple(blocks),
        letterhead or Letterhead(),
    )


def group_name(ranking: Ranking, say: Language) -> str:
    """The units that are ranked together, in words."""
    group = ranking.group
    named = (group.group or say(group.level), group.province, str(group.year))
    name = " · ".join(filter(None, named))
    return name[:1].upper() + name[1:]


def _group(group: RankedGroup, say: Language, *, alone: bool) -> Iterator[Block]:
    """One group in sections; where there are several, under a heading of its own."""
    ranking = group.ranking
    if not alone:
        yield Heading(group_name(ranking, say))
    level: Literal[1, 2] = 1 if alone else 2
    yield Heading(say("General result"), level)
    notes = [*ranking_notes(ranking, say), *_above(ranking, say)]
    if ranking.places:
        yield Bullets(tuple(notes))
    else:
        yield Paragraph(say("No unit is known in full, so that nobody is ranked."))
    if ranking.places:
        yield Heading(say("Ranking"), level)
        yield table(ranking_table(group.ranking, group.results, say))
        yield from _ends(ranking, say)
    apart = apart_sheet(ranking, say)
    if apart.rows or ranking.missing:
        yield Heading(say("Units that are not ranked"), level)
    if apart.rows:
        yield table(apart)
    if ranking.missing:
        names = ", ".join(ranking.missing)
        told = {"count": len(ranking.missing), "names": names}
        yield Paragraph(say("Without a scorecard: {count} ({names}).", **told))
    yield from _areas(group, say, level=level)
    if group.moved is not None:
        yield Heading(say("Changes since {year}", year=group.moved.before), level)
        yield Bullets(tuple(comparison_notes(group.moved, None, say)))
        if any(mean.region for mean in group.means):
            yield table(means_sheet(group.means, group.moved, group.regions, say))
        if ranking.since is not None:
            yield from _moves(ranking, say)


def _above(ranking: Ranking, say: Language) -> Iterator[str]:
    if ranking.figures is not None:
        yield say("Above the mean: {count}.", count=ranking.figures.above)


def _ends(ranking: Ranking, say: Language) -> Iterator[Block]:
    """The first and the last of many units."""
    if len(ranking.places) < 2 * _ENDS:
        return
    ends = (
        (say("The first five"), ranking.places[:_ENDS]),
        (say("The last five"), ranking.places[-_ENDS:]),
    )
    for title, ranked in ends:
        told = "; ".join(_named(ranking, place, say) for place in ranked)
        yield Paragraph(f"{title}: {told}.")


def _named(ranking: Ranking, place: Ranked, say: Language) -> str:
    figure = ranking.figure(place.entrant)
    return (
        f"{place.entrant.unit} ({say.number(ranking.printed(figure))})"
        if figure is not None
        else place.entrant.unit
    )


def _areas(group: RankedGroup, say: Language, *, level: Literal[1, 2]) -> Iterator[Block]:
    """The best and the worst in each area, and the means as an outline."""
    spreads = area_spreads([each for each in group.results if each.scorecard.ranked])
    if not spreads:
        return
    result = group.results[0]
    yield Heading(say("Best and worst in each area"), level)
    yield table(_area_sheet(spreads, result, say))
    if len(spreads) > 2:  # noqa: PLR2004 fewer outline nothing
        labels = tuple(f"{each.code}. {say.name(each.name)}" for each in spreads)
        series = (
            Series(say("Mean"), tuple(printed(result, each.mean) for each in spreads)),
            Series(say("Highest"), tuple(printed(result, each.highest) for each in spreads)),
            Series(say("Lowest"), tuple(printed(result, each.lowest) for each in spreads)),
        )
        yield Chart("radar", say("Share of the maximum by area (%)"), labels, series)


def _area_sheet(spreads: Sequence[AreaSpread], result: Result, say: Language) -> Sheet:
    rows = tuple(
        (
            each.code,
            say.name(each.name),
            each.count,
            printed(result, each.mean),
            printed(result, each.highest),
            _units(each, each.best, say),
            printed(result, each.lowest),
            _units(each, each.worst, say),
        )
        for each in spreads
    )
    columns = (
        Column("code", say("No."), "code"),
        Column("name", say("Area")),
        Column("count", say("Units"), "number"),
        Column("mean", say("Mean (%)"), "number"),
        Column("highest", say("Highest (%)"), "number"),
        Column("best", say("Best unit")),
        Column("lowest", say("Lowest (%)"), "number"),
        Column("worst", say("Worst unit")),
    )
    return Sheet(say("Best and worst in each area"), columns, rows)


def _units(spread: AreaSpread, names: Sequence[str], say: Language) -> str:
    """Who shares a best or worst place."""
    return say("all units") if len(names) == spread.count else short(", ".join(names), _NAMES)


def _moves(ranking: Ranking, say: Language) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = [
        (place.entrant.unit, place.before, place.rank, places(place.move))
        for place in ranking.places
        if place.before is not None
    ]
    columns = (
        Column("unit", say("Unit")),
        Column("before", f"{say('Rank')} {ranking.since}", "number"),
        Column("rank", f"{say('Rank')} {ranking.group.year}", "number"),
        Column("move", say("Places +/-"), "number"),
    )
    yield table(Sheet(say("Moves in rank"), columns, tuple(rows)))
