"""The report that analyses the result of one unit (Báo cáo phân tích kết quả)."""

from collections.abc import Iterator
from decimal import Decimal

from parindex.analysis.areas import ends
from parindex.analysis.comparison import tally
from parindex.analysis.losses import losses
from parindex.analysis.stages import by_stage
from parindex.office.pages.areas import areas_chart, areas_page, origins_page
from parindex.office.pages.lost import lost_chart, lost_page
from parindex.office.pages.standings import standings_page
from parindex.office.reports.blocks import (
    Block,
    Chart,
    Heading,
    Letterhead,
    Paragraph,
    Report,
    Series,
)
from parindex.office.reports.lost import lost_sentences
from parindex.office.reports.rank_sections import next_above, place_sentences, years_sheet
from parindex.office.reports.scores import traces
from parindex.office.reports.sentences import blank, general, unit_report
from parindex.office.reports.shown import blocks_of, table
from parindex.published_figures.context import PublishedContext
from parindex.scoring.result import Node, Result
from parindex.tables.figures import record_of
from parindex.tables.means import means_table, trend_notes
from parindex.values.language import N_, Language


def analysis(
    around: PublishedContext, say: Language, letterhead: Letterhead | None = None
) -> Report:
    """Where a unit stands, what it lost, and how it moved, as far as anything is known of it."""
    title = N_("Analysis of the results of {index} in {year} of {unit}")
    return unit_report(around.result, N_("REPORT"), title, _blocks(around, say), say, letterhead)


def _blocks(around: PublishedContext, say: Language) -> Iterator[Block]:
    result = around.result
    yield from general(result, say("General result"), say)
    placed = list(place_sentences(around, say))
    if placed:
        yield Paragraph(" ".join(placed))
    yield from _areas(around, say)
    found = losses(result)
    yield Heading(say("Lost points"))
    yield Paragraph(" ".join(lost_sentences(found, say)))
    page = lost_page(found, say)
    chart = lost_chart(page, say)
    if chart is not None:
        title = say("Criteria that lost points")
        yield from blocks_of(page, say, title, chart=chart, notes=())
    title = say("Points by origin")
    yield from blocks_of(origins_page(result, say), say, title, heading=title)
    yield from _compared(around, say)
    yield from _years(around, say)
    yield from blank(say("Causes and proposals"))
    yield from traces(result, say)


def _areas(around: PublishedContext, say: Language) -> Iterator[Block]:
    result = around.result
    if not result.scheme.criteria:
        return
    yield Heading(say("Results by area"))
    best, worst = (_named(result, nodes, say) for nodes in ends(result))
    if best:
        told = N_("The highest share of the maximum: {best}; the lowest: {worst}.")
        yield Paragraph(say(told, best=best, worst=worst))
    moved = tally(around.pair.criteria)
    if moved.known:
        yield Paragraph(
            say(
                "Against {before}, of {known} areas that can be compared by their share of the maximum: {up} up, {down} down, {unchanged} unchanged.",
                before=around.found.before,
                **record_of(moved, "known up down unchanged"),
            )
        )
    page = areas_page(by_stage(result), around, say)
    if page is not None:
        chart = areas_chart(page, result.scorecard.unit, say, whole=False)
        yield from blocks_of(page, say, chart=chart, without=("lost",))


def _named(result: Result, nodes: list[Node], say: Language) -> str:
    shares = [(say.name(node.name), result.printed_percent(node)) for node in nodes]
    return ", ".join(
        f"{name} ({say.percent(share)})" for name, share in shares if share is not None
    )


def _compared(around: PublishedContext, say: Language) -> Iterator[Block]:
    """The unit beside the means and beside its neighbours, and what went against the trend."""
    if not around.means and not around.near:
        return
    yield Heading(say("Comparison with other units"))
    notes = (*trend_notes(around.pair, around.means, say), *next_above(around, say))
    if notes:
        yield Paragraph(" ".join(notes))
    if around.means and around.now.percent is not None:
        yield table(means_table(around.means, around.found, around.regions, say, around.pair))
    near = standings_page(around, say, around.near)
    yield from blocks_of(near, say, say("Neighbours by the index"))


def _years(around: PublishedContext, say: Language) -> Iterator[Block]:
    """Published figures of several years; a single one says nothing new."""
    if not around.years and not around.sipas:
        return
    yield Heading(say("Over the years"))
    if around.years:
        yield table(years_sheet(around.years, say("Published results"), say))
    ranked = [each for each in around.years if each.rank is not None]
    if len(ranked) > 1:
        ranks = {each.year: Decimal(each.rank or 0) for each in ranked}
        labels = range(ranked[0].year, ranked[-1].year + 1)
        series = (Series(around.now.unit, tuple(map(ranks.get, labels))),)
        yield Chart("ranks", say("Rank over the years"), tuple(map(str, labels)), series)
    if around.sipas:
        yield table(years_sheet(around.sipas, say("Satisfaction index (SIPAS)"), say))
