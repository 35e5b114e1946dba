"""The pictures of `rank` and `stability`: bars by band, slopes from the year before, ranges."""

from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from parindex.analysis.ranking import Ranking
from parindex.analysis.stability import Stability
from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.telling import number_of, source_of_schemes
from parindex.tables.figures import places
from parindex.tables.ranking import (
    all_notes,
    figure_title,
    group_title,
    ranking_notes,
    ranking_records,
    ranking_sheet,
)
from parindex.values.language import N_, Language

MOST_SLOPES: Final = 16
"""Units whose slopes can be told apart; more are drawn as a row each."""


def ranking_chart(ranking: Ranking, say: Language) -> Chart:
    """Bars by band; with a year before, how each unit moved."""
    if ranking.since is not None and any(place.before for place in ranking.places):
        return _moves(ranking, say)
    sheet = ranking_sheet(ranking, say)
    figures, units, ranks = (sheet.cells(key) for key in ("figure", "unit", "rank"))
    bands = sheet.cells("band") if "band" in sheet.keys else [None] * len(units)
    percent = "" if ranking.by == "points" else ", %"
    title = figure_title(ranking, say)
    return Chart(
        "bands",
        sheet.title,
        tuple(f"{rank}. {unit}" for rank, unit in zip(ranks, units, strict=True)),
        (Series(title, tuple(map(number_of, figures))),),
        unit=f"{title}{percent}",
        groups=tuple(str(band or "") for band in bands),
        source=source_of_ranking(ranking, say),
        notes=sheet.notes,
    )


def _moves(ranking: Ranking, say: Language) -> Chart:
    """The place of each unit in the year before and now: slopes, or a row for each of many."""
    year = ranking.group.year
    records = [each for each in ranking_records(ranking) if each["state"] == "ranked"]
    before, now = str(ranking.since), str(year)
    both = tuple(
        tuple(None if (place := each[key]) is None else Decimal(place) for each in records)
        for key in ("previous_rank", "rank")
    )
    names = tuple(place.entrant.name_in_group for place in ranking.places)
    title = f"{group_title(ranking, say)} · {before} – {now}"
    if len(records) <= MOST_SLOPES:
        series = tuple(
            Series(name, (one, other)) for name, one, other in zip(names, *both, strict=True)
        )
        chart = Chart("slopes", title, (before, now), series)
    else:
        series = (Series(before, both[0]), Series(now, both[1]))
        texts = tuple(places(each["move"]) or "–" for each in records)
        chart = Chart("dumbbells", title, names, series, texts=texts)
    return replace(
        chart,
        unit=say("Rank"),
        places=True,
        source=source_of_ranking(ranking, say),
        notes=tuple(all_notes(ranking, say)),
    )


def source_of_ranking(ranking: Ranking, say: Language) -> str:
    """By which schemes the units were scored."""
    return source_of_schemes((place.entrant.scheme for place in ranking.places), say)


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
        unit=say("Rank"),
        places=True,
        source=source_of_ranking(found.ranking, say),
        notes=tuple(ranking_notes(found.ranking, say))[:1],
    )
