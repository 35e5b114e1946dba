"""The picture of `score`: the areas of a unit against their maxima, and means beside."""

from collections.abc import Mapping
from decimal import Decimal

from parindex.analysis.stages import by_stage
from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.telling import label_of, number_of, source_of_scheme
from parindex.office.pages.areas import areas_page
from parindex.published_figures.context import published_context
from parindex.published_figures.published_tables import load_published
from parindex.scoring.result import Result
from parindex.tables.score import score_sheet, title_of
from parindex.tables.table import Table
from parindex.values.language import Language

_MEANS = ("nation", "region")


def score_chart(result: Result, say: Language) -> Chart:
    """Each area and the total in percent of its maximum; the means of the nation and the region.

    The figures are those of the table that `score` prints, the means those of the workbook's page
    of areas; they are there where published figures know them.
    """
    sheet = score_sheet(result, 1, say)
    count = sum(1 for _ in result.walk(1)) if sheet.rows else 0
    kept = [*range(min(count, len(sheet.rows))), *sorted(sheet.strong)]
    names, percents = sheet.cells("name"), sheet.cells("percent")
    codes, points, most = (sheet.cells(key) for key in ("code", "points", "max"))
    own = Series(result.scorecard.unit, tuple(number_of(percents[at]) for at in kept))
    means = _means(result, say)
    others = [
        Series(title, values)
        for title, found in means.items()
        if any(values := tuple(found.get(codes[at] or "") for at in kept))
    ]
    return Chart(
        "shares",
        title_of(result.scorecard, result.scheme, say),
        tuple(label_of(codes[at], names[at]) for at in kept),
        (own, *others),
        unit=say("Areas, % of the maximum that applies"),
        texts=tuple(_reached(points[at], most[at], say) for at in kept),
        source=result.scorecard.source or source_of_scheme(result, say),
        notes=sheet.notes[:_MOST_NOTES],
    )


_MOST_NOTES = 3


def _reached(points: object, most: object, say: Language) -> str:
    """Points out of the maximum."""
    told = (say.number(each) if isinstance(each, Decimal) else "–" for each in (points, most))
    return "/".join(told)


def _means(result: Result, say: Language) -> Mapping[str, Mapping[object, Decimal]]:
    """The means by their titles, each by the code of the area; the total has none."""
    about = published_context(result, (), (), load_published(), say)
    page = areas_page(by_stage(about.result), about, say, whole=True)
    if page is None:
        return {}
    titles = {column.key: column.title for column in page.columns}
    return {
        titles[key].removesuffix(" (%)"): _by_code(page, key) for key in _MEANS if key in titles
    }


def _by_code(page: Table, key: str) -> Mapping[object, Decimal]:
    cells = zip(page.cells("code"), page.cells(key), strict=True)
    return {code or "": value for code, value in cells if isinstance(value, Decimal)}
