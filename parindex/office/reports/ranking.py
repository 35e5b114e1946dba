"""The report of a ranking of several units (Báo cáo kết quả xếp hạng)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from parindex.analysis.comparison import Comparison
from parindex.analysis.means import Mean
from parindex.analysis.ranking import Ranked, Ranking
from parindex.office.charts.chart import Chart, Series
from parindex.office.pages.page import chart_of
from parindex.office.pages.units import apart_page, areas_page, placed_page, scheme_of
from parindex.office.reports.blocks import (
    Block,
    Bullets,
    Heading,
    Letterhead,
    Paragraph,
    Report,
    TableBlock,
    with_text,
)
from parindex.office.reports.sentences import by_scheme, index_name
from parindex.office.reports.shown import blocks_of, picture, shown, table
from parindex.scheme.scheme import Scheme
from parindex.tables.columns import columns
from parindex.tables.compare import comparison_notes
from parindex.tables.means import means_table
from parindex.tables.ranking import (
    MOVES,
    figure_title,
    missing_text,
    nobody_text,
    ranking_notes,
    unit_cells,
)
from parindex.tables.table import Table
from parindex.tables.table_builder import TableBuilder
from parindex.values.language import Language

_MOST_BARS: Final = 20
_ENDS: Final = 5
"""How many units of each end are named, where there are at least twice as many."""


class RankedGroup(Struct, frozen=True):
    """One group: its ranking, the schemes of its units, and how they moved since the year before.

    `means` are those of both years, of all units and of regions, whose names
    are in `regions` by id.
    """

    ranking: Ranking
    schemes: Mapping[str, Scheme]
    moved: Comparison | None = None
    means: tuple[Mean, ...] = ()
    regions: Mapping[str, str] = {}


def ranking_report(
    groups: Sequence[RankedGroup], say: Language, letterhead: Letterhead | None = None
) -> Report:
    """The places of the units of each group, and the statistics that every such text has."""
    years = sorted({group.ranking.group.year for group in groups})
    schemes = {id_: each for group in groups for id_, each in group.schemes.items()}
    names = {index_name(scheme, say): None for scheme in schemes.values()}
    told = {"index": ", ".join(names), "years": ", ".join(map(str, years))}
    blocks: list[Block] = [
        Paragraph(" ".join(by_scheme(scheme, say))) for scheme in schemes.values()
    ]
    for group in groups:
        blocks += _group(group, say, alone=len(groups) == 1)
    # A last line of text, which goes with the signature wherever a page ends.
    blocks.append(
        Paragraph(say("These are the results and the ranking by {index} in {years}.", **told))
    )
    return Report(
        say.code,
        say("REPORT"),
        say("Results and ranking by {index} in {years}", **told),
        with_text(blocks),
        letterhead or Letterhead(),
        names=tuple(place.entrant.unit for group in groups for place in _named(group.ranking)),
    )


def _group(group: RankedGroup, say: Language, *, alone: bool) -> Iterator[Block]:
    """One group in sections; where there are several, under a heading of its own."""
    ranking, scheme = group.ranking, scheme_of(group.ranking, group.schemes)
    if not alone:
        about = ranking.group
        parts = (about.group or say(about.level), about.province, str(about.year))
        named = " · ".join(filter(None, parts))
        yield Heading(named[:1].upper() + named[1:])
    level: Literal[1, 2] = 1 if alone else 2
    yield Heading(say("General result"), level)
    notes = [*ranking_notes(ranking, say)]
    if ranking.figures is not None:
        notes.append(say("Above the mean: {count}.", count=ranking.figures.above))
    if ranking.places:
        yield Bullets(tuple(notes))
        yield Heading(say("Ranking"), level)
        yield from _places(ranking, scheme, say)
        yield from _ends(ranking, say)
    else:
        yield Paragraph(nobody_text(say))
    yield from _apart(ranking, say, level)
    if scheme is not None and len(ranking.places) > 1 and scheme.criteria:
        yield from _areas(areas_page(ranking, scheme, "", say), say, level=level)
    if group.moved is not None:
        yield Heading(say("Changes since {year}", year=group.moved.before), level)
        yield Bullets(tuple(comparison_notes(group.moved, None, say)))
        if any(mean.region for mean in group.means):
            yield table(means_table(group.means, group.moved, group.regions, say))
        if ranking.since is not None:
            yield _moves(ranking, say)


def _places(ranking: Ranking, scheme: Scheme | None, say: Language) -> Iterator[Block]:
    """The places, drawn as bars, and the points of each area in a table of their own."""
    page = placed_page(ranking, scheme, say)
    areas = [key for key in page.keys if key.startswith(("self ", "area "))]
    yield table(shown(page, say, without=areas, notes=page.notes if not areas else ()))
    if len(ranking.places) > 1:
        yield _bars(ranking, say)
    if areas:
        others = [key for key in page.keys if key not in (*areas, "unit", "rank")]
        yield table(shown(page, say, say("Points by area"), without=others))


def _bars(ranking: Ranking, say: Language) -> Chart:
    """What units are ranked by, those in front where there are many, in the colour of their band."""
    places = ranking.places[:_MOST_BARS]
    figures = [ranking.figure(place.entrant) for place in places]
    name = say("Index, %") if ranking.by == "percent" else figure_title(ranking, say)
    title = name
    if len(places) < len(ranking.places):
        title = f"{name} (1–{len(places)}/{len(ranking.places)})"
    values = tuple(None if each is None else ranking.printed(each) for each in figures)
    return Chart(
        "bands",
        title,
        tuple(place.entrant.name_in_group for place in places),
        (Series(name, values),),
        groups=tuple(place.entrant.band or "" for place in places),
    )


def _apart(ranking: Ranking, say: Language, level: Literal[1, 2]) -> Iterator[Block]:
    """Who is not ranked and why, and who has no scorecard."""
    apart = shown(apart_page(ranking, say), say)
    if apart.rows or ranking.missing:
        yield Heading(say("Units that are not ranked"), level)
    if apart.rows:
        yield table(apart)
    if ranking.missing:
        yield Paragraph(missing_text(ranking, ", ".join(ranking.missing), say))


def _named(ranking: Ranking) -> tuple[Ranked, ...]:
    """The first and the last of many units, which are named."""
    places = ranking.places
    return (*places[:_ENDS], *places[-_ENDS:]) if len(places) >= 2 * _ENDS else ()


def _ends(ranking: Ranking, say: Language) -> Iterator[Block]:
    """The first and the last of many units."""
    named = [
        f"{place.entrant.unit} ({say.number(ranking.printed(figure))})"
        for place in _named(ranking)
        if (figure := ranking.figure(place.entrant)) is not None  # what they are ranked by
    ]
    for title, ends in (
        (say("The first five"), named[:_ENDS]),
        (say("The last five"), named[_ENDS:]),
    ):
        if ends:
            yield Paragraph(f"{title}: {'; '.join(ends)}.")


def _areas(page: Table, say: Language, *, level: Literal[1, 2]) -> Iterator[Block]:
    """The best and the worst in each area, and the means as an outline."""
    means = page.cells("mean")
    if not any(mean is not None for mean in means):
        return
    title = say("Best and worst in each area")
    units = [column.key for column in page.columns if column.key.startswith("unit ")]
    yield Heading(title, level)
    yield from blocks_of(page, say, title, without=units)
    if len(means) > 2:  # noqa: PLR2004 fewer outline nothing
        lines = [(say("Mean"), "mean"), (say("Highest"), "highest"), (say("Lowest"), "lowest")]
        share = say("Areas, % of the maximum that applies")
        yield picture(chart_of("radar", share, page, len(means), lines))


def _moves(ranking: Ranking, say: Language) -> TableBlock:
    rank = say("Rank")
    titles = {"before": f"{rank} {ranking.since}", "rank": f"{rank} {ranking.group.year}"}
    builder = TableBuilder(columns(say, MOVES, **titles, move=say("Places +/-")))
    for place in ranking.places:
        if place.before is not None:
            builder.take(unit_cells(place.entrant, place), unit=place.entrant.unit)
    return table(builder.table(say("Moves in rank"), keep=None))
