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
from parindex.office.reports.sentences import basis, blank, index_name, reached, table
from parindex.office.reports.shown import picture, shown
from parindex.published_figures.context import PublishedContext
from parindex.scoring.result import Node
from parindex.tables.means import means_table, trend_notes
from parindex.values.language import Language


def analysis(
    around: PublishedContext, say: Language, letterhead: Letterhead | None = None
) -> Report:
    """Where a unit stands, what it lost, and how it moved, as far as anything is known of it."""
    result = around.result
    card = result.scorecard
    told = {"index": index_name(result.scheme, say), "year": card.year, "unit": card.unit}
    return Report(
        say.code,
        say("REPORT"),
        say("Analysis of the results of {index} in {year} of {unit}", **told),
        tuple(_blocks(around, say)),
        letterhead or Letterhead(),
    )


def _blocks(around: PublishedContext, say: Language) -> Iterator[Block]:
    result = around.result
    yield Heading(say("General result"))
    yield Paragraph(" ".join(basis(result, say)))
    yield Paragraph(" ".join(reached(result, say)))
    placed = list(place_sentences(around, say))
    if placed:
        yield Paragraph(" ".join(placed))
    yield from _areas(around, say)
    yield from _lost(around, say)
    origins = origins_page(result, say)
    if origins is not None:
        yield Heading(say("Points by origin"))
        yield table(shown(origins, say, say("Points by origin")))
    yield from _compared(around, say)
    yield from _years(around, say)
    yield from blank(say("Causes and proposals"))
    found = traces(result, say)
    if found is not None:
        yield found


def _areas(around: PublishedContext, say: Language) -> Iterator[Block]:
    result = around.result
    if not result.scheme.criteria:
        return
    yield Heading(say("Results by area"))
    best, worst = ends(result)
    if best:
        yield Paragraph(
            say(
                "The highest share of the maximum: {best}; the lowest: {worst}.",
                best=_named(around, best, say),
                worst=_named(around, worst, say),
            )
        )
    moved = tally(around.pair.criteria)
    if moved.known:
        told = {"before": around.found.before, "up": moved.up, "down": moved.down}
        yield Paragraph(
            say(
                "Against {before}, of {known} areas that can be compared by their share of the maximum: {up} up, {down} down, {unchanged} unchanged.",
                **told,
                known=moved.known,
                unchanged=moved.unchanged,
            )
        )
    page = areas_page(by_stage(result), around, say)
    if page is not None:
        yield table(shown(page, say, without=("lost",)))
        chart = areas_chart(page, result.scorecard.unit, say, whole=False)
        if chart is not None:
            yield picture(chart)


def _named(around: PublishedContext, nodes: list[Node], say: Language) -> str:
    result = around.result
    shares = [(say.name(node.name), result.printed_percent(node)) for node in nodes]
    return ", ".join(
        f"{name} ({say.percent(share)})" for name, share in shares if share is not None
    )


def _lost(around: PublishedContext, say: Language) -> Iterator[Block]:
    found = losses(around.result)
    yield Heading(say("Lost points"))
    yield Paragraph(" ".join(lost_sentences(found, say)))
    page = lost_page(found, say)
    chart = lost_chart(page, say)
    if chart is not None:
        yield table(shown(page, say, say("Criteria that lost points"), notes=()))
        yield picture(chart)


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
    if near is not None:
        yield table(shown(near, say, say("Neighbours by the index")))


def _years(around: PublishedContext, say: Language) -> Iterator[Block]:
    """Published figures of several years; a single one says nothing new."""
    if not around.years and not around.sipas:
        return
    yield Heading(say("Over the years"))
    if around.years:
        yield table(years_sheet(around.years, say("Published results"), say))
    ranked = [each for each in around.years if each.rank is not None]
    if len(ranked) > 1:
        first, last = ranked[0].year, ranked[-1].year
        ranks = {each.year: each.rank for each in ranked}
        labels = range(first, last + 1)
        values = tuple(None if (rank := ranks.get(y)) is None else Decimal(rank) for y in labels)
        series = (Series(around.now.unit, values),)
        yield Chart("ranks", say("Rank over the years"), tuple(map(str, labels)), series)
    if around.sipas:
        yield table(years_sheet(around.sipas, say("Satisfaction index (SIPAS)"), say))
