"""The areas of one unit beside the year before, the means and the best (layout L3)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from parindex.analysis.comparison import Pair
from parindex.analysis.unit_figures import UnitFigures
from parindex.office.reports.blocks import Series
from parindex.office.reports.scores import printed
from parindex.published_figures.context import PublishedContext
from parindex.scoring.result import Node
from parindex.tables.means import printed as printed_share
from parindex.tables.means import signed
from parindex.tables.sheet import Cell, Column, Sheet, filled, places
from parindex.values.language import Language


def area_comparison(around: PublishedContext, say: Language) -> Sheet:
    """A row for each area, and for the whole; columns that say nothing of an area are left out."""
    result = around.result
    before, after = around.found.before, around.found.after
    percent, points, rank = say("Percent"), say("Points"), say("Rank")
    columns = (
        Column("code", say("No."), "code"),
        Column("name", say("Area")),
        Column("max", say("Maximum"), "number"),
        Column("points_before", f"{points} {before}", "number"),
        Column("points", f"{points} {after}", "number"),
        Column("points_change", f"{points} +/-", "number"),
        Column("percent_before", f"{percent} {before}", "number"),
        Column("percent", f"{percent} {after}", "number"),
        Column("percent_change", f"{percent} +/-", "number"),
        Column("rank_before", f"{rank} {before}", "number"),
        Column("rank", f"{rank} {after}", "number"),
        Column("move", say("Places +/-"), "number"),
        Column("nation", say("Mean of all units (%)"), "number"),
        Column("region", say("Mean of the region (%)"), "number"),
        Column("group", say("Mean of the group (%)"), "number"),
        Column("best", say("Highest of the group (%)"), "number"),
    )
    pairs = {pair.after.code: pair for pair in around.pair.criteria if pair.after}
    rows = [_row(around, node, pairs.get(node.code), say) for _, node in result.walk(1)]
    shown, cells = filled(columns, rows)
    total = dict(zip(columns, _row(around, result.total, around.pair, say), strict=True))
    return Sheet(
        say("Results by area"),
        shown,
        (*cells, tuple(total[column] for column in shown)),
        frozenset({len(cells)}),
        tuple(_notes(around, say)),
    )


def _row(
    around: PublishedContext, node: Node, pair: Pair | None, say: Language
) -> tuple[Cell, ...]:
    result = around.result
    one, other = (pair.before, pair.after) if pair else (None, None)
    spread = next((each for each in around.areas if each.code == node.code), None)
    region = around.now.region
    return (
        node.code,
        say.name(node.name) if node.code else say("Total"),
        printed(result, node.applicable_max),
        _points(around, one),
        printed(result, node.final),
        signed(pair.points, say) if pair else None,
        printed_share(one),
        result.printed_percent(node),
        signed(pair.change, say) if pair else None,
        one.rank if one else None,
        other.rank if other else None,
        places(pair.move) if pair else None,
        _mean(around, None, node),
        _mean(around, region, node) if region else None,
        printed(result, spread.mean) if spread else None,
        printed(result, spread.highest) if spread else None,
    )


def _points(around: PublishedContext, standing: UnitFigures | None) -> Decimal | None:
    return printed(around.result, standing.points) if standing else None


def _mean(around: PublishedContext, region: str | None, node: Node) -> Decimal | None:
    """The mean of an area, or of the whole, of all units or of the region."""
    found: Fraction | None
    if node.code:
        found = around.area_means.get((region, node.code))
    else:
        found = next((mean.after for mean in around.means if mean.region == region), None)
    return printed(around.result, found)


def _notes(around: PublishedContext, say: Language) -> Iterator[str]:
    alone = [pair.before for pair in around.pair.criteria if pair.after is None and pair.before]
    if alone:
        names = [say.name(each.name) if each.name else each.code for each in alone]
        yield say(
            "Areas of {before} that have none of their name: {names}.",
            before=around.found.before,
            names=", ".join(names),
        )


def outlines(around: PublishedContext, say: Language) -> tuple[Series, ...]:
    """What a radar shows beside the unit: the year before and the means, where they are known."""
    nodes = [node for _, node in around.result.walk(1)]
    pairs = {pair.after.code: pair.before for pair in around.pair.criteria if pair.after}
    before = tuple(printed_share(pairs.get(node.code)) for node in nodes)
    region = around.now.region
    spreads = {each.code: each for each in around.areas}
    group = tuple(
        printed(around.result, spread.mean) if (spread := spreads.get(node.code)) else None
        for node in nodes
    )
    best = tuple(
        printed(around.result, spread.highest) if (spread := spreads.get(node.code)) else None
        for node in nodes
    )
    found = (
        Series(around.found.before, before),
        Series(say("Mean of all units"), tuple(_mean(around, None, node) for node in nodes)),
        Series(
            say("Mean of the region"),
            tuple(_mean(around, region, node) if region else None for node in nodes),
        ),
        Series(say("Mean of the group"), group),
        Series(say("Highest of the group"), best),
    )
    return tuple(each for each in found if any(value is not None for value in each.values))
