"""The workbook of `score`: for one unit all layouts of an office, for several a page each."""

from collections.abc import Sequence

from parindex.analysis.losses import losses
from parindex.analysis.stages import by_stage
from parindex.analysis.unit_figures import rank_input_of
from parindex.office.pages.areas import areas_chart, areas_page, origins_page
from parindex.office.pages.lost import lost_chart, lost_page, office_pages
from parindex.office.pages.page import Book
from parindex.office.pages.standings import standings_page
from parindex.office.pages.unit import assessment_page, explanations_page
from parindex.office.pages.units import units_page
from parindex.published_figures.context import PublishedContext
from parindex.scoring.result import Result
from parindex.tables.table import Table
from parindex.values.language import Language

MOST_UNITS = 150
"""Units that get a page of their own beside the table of all."""


def unit_book(result: Result, about: PublishedContext | None, say: Language) -> Book:
    """One unit: L1 to L5, L7 and L8, as far as anything is known, and charts of areas and losses."""
    result = about.result if about else result
    staged = by_stage(result)
    first = assessment_page(staged, say("Summary"), say)
    lost = losses(result)
    lost_ = lost_page(lost, say) if lost.lost else None
    areas = areas_page(staged, about, say)
    pages = [
        *(first, lost_, areas, origins_page(result, say)),
        standings_page(about, say) if about else None,
        explanations_page(staged, say),
        *office_pages(losses(result, "lead"), say),
    ]
    charts = (
        areas_chart(areas, result.scorecard, say) if areas else None,
        lost_chart(lost, lost_, say) if lost_ else None,
    )
    return Book(tuple(filter(None, pages)), tuple(filter(None, charts)))


def units_book(results: Sequence[Result], say: Language) -> Book:
    """Several units: those of each scheme and year side by side, then a page for each unit."""
    groups: dict[tuple[str, int], list[Result]] = {}
    for result in results:
        groups.setdefault((result.scheme.id, result.scorecard.year), []).append(result)
    pages = [_together(group, len(groups), say) for group in groups.values()]
    each = (
        assessment_page(by_stage(result), result.scorecard.unit, say)
        for result in results[:MOST_UNITS]
    )
    return Book((*pages, *each))


def _together(group: Sequence[Result], groups: int, say: Language) -> Table:
    scheme, year, notes = group[0].scheme, group[0].scorecard.year, []
    if len(group) > MOST_UNITS:
        notes.append(
            say("The first {count} units have a page each; --unit picks others.", count=MOST_UNITS)
        )
    name = say("All units") if groups == 1 else f"{year} {scheme.id}"
    units = [rank_input_of(each, sums=True) for each in group]
    return units_page(name, f"{say.name(scheme.title)} · {year}", scheme, units, notes, say)
