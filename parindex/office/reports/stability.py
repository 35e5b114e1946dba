"""How sure ranks are, as a chart, and as a page of tables and charts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from parindex.analysis.stability import Stability
from parindex.office.charts.chart import Chart, Series
from parindex.office.reports.blocks import Block, Heading, Report, TableBlock
from parindex.office.reports.shown import table
from parindex.tables.ranking import group_title
from parindex.tables.stability import stability_tables
from parindex.values.language import N_, Language


def ranges_chart(found: Stability, say: Language) -> Chart:
    """The median rank of each unit, its rank today, and where 90 % of the draws are."""
    spreads = [unit.together for unit in found.units]
    values = (
        (say("Median"), [each.median for each in spreads]),
        (say("Rank today"), [unit.place.rank for unit in found.units]),
        (say("5 % of the draws"), [each.low for each in spreads]),
        (say("95 % of the draws"), [each.high for each in spreads]),
    )
    return Chart(
        "ranges",
        group_title(found.ranking, say, N_("How sure ranks are")),
        tuple(unit.place.entrant.name_in_group for unit in found.units),
        tuple(Series(name, tuple(map(Decimal, ranks))) for name, ranks in values),
    )


def stability_report(groups: Sequence[Stability], say: Language) -> Report:
    """The tables and the chart of each group."""
    blocks = tuple(block for each in groups for block in _group(each, say))
    return Report(say.code, say("REPORT"), say("How sure ranks are"), blocks)


def _group(found: Stability, say: Language) -> Iterator[Block]:
    first, *others = stability_tables(found, say)
    yield Heading(first.title)
    if found.units:
        yield ranges_chart(found, say)
    yield table(first)
    yield from map(TableBlock, others)
