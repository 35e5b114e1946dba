"""The report that analyses the result of one unit (Báo cáo phân tích kết quả)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from parindex.analysis.areas import ends
from parindex.analysis.comparison import tally
from parindex.analysis.losses import losses
from parindex.analysis.stages import by_stage
from parindex.analysis.unit_figures import UnitFigures
from parindex.office.charts.chart import Chart, Series
from parindex.office.pages.areas import areas_chart, areas_page, origins_page
from parindex.office.pages.lost import lost_chart, lost_page, lost_title
from parindex.office.pages.standings import standings_page
from parindex.office.reports.blocks import Block, Heading, Letterhead, Paragraph, Report
from parindex.office.reports.sentences import blank, general, lost_sentences, traces, unit_report
from parindex.office.reports.shown import blocks_of, table
from parindex.published_figures.context import PublishedContext
from parindex.scoring.result import Node, Result
from parindex.tables.columns import columns
from parindex.tables.figures import record_of
from parindex.tables.means import DIGITS, means_table, printed, trend_notes
from parindex.tables.sources import address_notes, publisher
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.exact import rounded
from parindex.values.language import N_, Language

_INDEX: Final = {
    1: N_("Against {before} the index rose by {change}, from {old} % to {new} %."),
    -1: N_("Against {before} the index fell by {change}, from {old} % to {new} %."),
    0: N_("The index is that of {before}: {new} %."),
}
"""How the index moved, by the sign of its change."""
_MOVED: Final = {
    1: N_("Against {before} the rank rose from {old} to {new} (places: {places})."),
    -1: N_("Against {before} the rank fell from {old} to {new} (places: {places})."),
    0: N_("The rank is that of {before}: {new}."),
}
"""The same of the rank."""


def analysis(
    around: PublishedContext, say: Language, letterhead: Letterhead | None = None
) -> Report:
    """Where a unit stands, what it lost, and how it moved, as far as anything is known of it."""
    title = N_("Analysis of the results of {index} in {year} of {unit}")
    return unit_report(around.result, N_("REPORT"), title, _blocks(around, say), say, letterhead)


def _blocks(around: PublishedContext, say: Language) -> Iterator[Block]:
    result = around.result
    yield from general(result, say("General result"), say)
    placed = list(_place_sentences(around, say))
    if placed:
        yield Paragraph(" ".join(placed))
    yield from _areas(around, say)
    found = losses(result)
    yield Heading(say("Lost points"))
    yield Paragraph(" ".join(lost_sentences(found, say)))
    page = lost_page(found, say)
    chart = lost_chart(found, page, say)
    if chart is not None:
        title = say(lost_title(found))
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
    page = areas_page(by_stage(result), around, say, whole=True)
    if page is not None:
        chart = areas_chart(page, result.scorecard, say, whole=False)
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
    if around.now.percent is None:
        told = N_("The index is not known in full yet, so that it stands beside no other.")
        yield Paragraph(say(told))
        return
    notes = (*trend_notes(around.pair, around.means, say), *_next_above(around, say))
    if notes:
        yield Paragraph(" ".join(notes))
    if around.means:
        yield table(means_table(around.means, around.found, around.regions, say, around.pair))
    near = standings_page(around, say, around.near)
    yield from blocks_of(near, say, say("Neighbours by the index"))


def _years(around: PublishedContext, say: Language) -> Iterator[Block]:
    """Published figures of several years; a single one says nothing new."""
    if not around.years and not around.sipas:
        return
    yield Heading(say("Over the years"))
    if around.years:
        yield table(_years_sheet(around.years, say("Published results"), say))
    ranked = [each for each in around.years if each.rank is not None]
    if len(ranked) > 1:
        ranks = {each.year: Decimal(each.rank or 0) for each in ranked}
        labels = range(ranked[0].year, ranked[-1].year + 1)
        series = (Series(around.now.unit, tuple(map(ranks.get, labels))),)
        yield Chart("ranks", say("Rank over the years"), tuple(map(str, labels)), series)
    if around.sipas:
        yield table(_years_sheet(around.sipas, say("Satisfaction index (SIPAS)"), say))


def _place_sentences(around: PublishedContext, say: Language) -> Iterator[str]:
    """The rank, and how rank and index moved since the year before."""
    now, pair = around.now, around.pair
    if now.rank is not None:
        ranked = {"rank": now.rank, "of": now.of}
        if around.ranked == "computed":
            yield say(
                "Among the {of} units that were scored together its rank is {rank}.", **ranked
            )
        elif now.of is None:
            yield say("Its published rank is {rank}.", rank=now.rank)
        else:
            yield say("Its published rank is {rank} of {of}.", **ranked)
    if around.found.before and pair.before is not None:
        told: dict[str, object] = {"before": around.found.before}
        change, one, other = pair.change, printed(pair.before), printed(pair.after)
        if change is not None and one is not None and other is not None:
            told |= {"old": say.number(one), "new": say.number(other)}
            told["change"] = say.number(rounded(abs(change), DIGITS))
            yield say(_INDEX[(change > 0) - (change < 0)], **told)
        if pair.move is not None and pair.after is not None:
            ranks = {"old": pair.before.rank, "new": pair.after.rank, "places": abs(pair.move)}
            yield say(_MOVED[(pair.move > 0) - (pair.move < 0)], **(told | ranks))
    before, is_told = pair.before, pair.change is not None or pair.move is not None
    if is_told and before and before.scheme and now.scheme and before.scheme != now.scheme:
        yield say("The scheme changed in between, so that a part of the change may come from it.")


def _next_above(around: PublishedContext, say: Language) -> Iterator[str]:
    """Who is next above, and by how much."""
    own = around.now
    at = next((at for at, each in enumerate(around.near) if each == own), 0)
    if not at or own.percent is None:
        return
    above = around.near[at - 1]
    if above.percent is not None:
        gap = say.number(rounded(above.percent - own.percent, DIGITS))
        yield say(
            "Of the units whose index is known, {unit} is next above, by {gap}.",
            unit=above.name_in_group,
            gap=gap,
        )


def _years_sheet(years: Sequence[UnitFigures], title: str, say: Language) -> Table:
    """Published figures of one unit, a row for each year; each source by its publisher."""
    builder = TableBuilder(columns(say, "year index rank of band source", of=say("Of how many")))
    for each in years:
        builder.add(
            year=str(each.year),
            index=printed(each),
            rank=each.rank,
            of=each.of if each.rank is not None else None,
            band=each.band,
            source=each.source and publisher(each.source),
        )
    return builder.table(title, address_notes(each.source for each in years))
