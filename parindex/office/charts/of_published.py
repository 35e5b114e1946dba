"""The picture of `data show`: bars of one year, lines over several."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from parindex.analysis.published_row import PublishedRow
from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.telling import sources
from parindex.values.language import Language

_KINDS = ("result", "sipas", "area", "part")
"""Kinds whose figures are of units, in the order in which one is chosen to be drawn."""


def published_charts(
    rows: Sequence[PublishedRow], notes: Sequence[str], say: Language
) -> list[Chart]:
    """A chart for each kind, level and criterion of which figures are known."""
    groups: dict[tuple[str, str, str, str], list[PublishedRow]] = {}
    for row in rows:
        if row.unit and row.kind in _KINDS:
            key = (row.kind, row.level or "", row.group or "", row.code or "")
            groups.setdefault(key, []).append(row)
    charts = [_chart(key, found, notes, say) for key, found in groups.items()]
    return [chart for chart in charts if chart is not None]


def _chart(
    key: tuple[str, str, str, str],
    rows: Sequence[PublishedRow],
    notes: Sequence[str],
    say: Language,
) -> Chart | None:
    """One kind: the index of each unit and year; ranks or points where more of these are known."""
    figures = {
        name: sum(getattr(row, name) is not None for row in rows)
        for name in ("index", "rank", "points")
    }
    figure = max(figures, key=lambda name: figures[name])
    if not figures[figure]:
        return None
    kind, level, group, code = key
    years = sorted({row.year for row in rows})
    units = list(dict.fromkeys(row.unit or "" for row in rows))
    titles = {"index": say("Index, %"), "rank": say("Rank"), "points": say("Points")}
    parts = (say(kind), say(level) if level else "", group, code, *_span(years))
    about = " · ".join(filter(None, (say("Published figures"), *parts)))
    known = [row for row in rows if getattr(row, figure) is not None]
    if len(units) == 1:
        about = f"{units[0]} · {about}"
    values = {(row.unit, row.year): Decimal(getattr(row, figure)) for row in known}
    if len(years) > 1:
        labels = tuple(str(year) for year in range(years[0], years[-1] + 1))
        series = tuple(
            Series(unit, tuple(values.get((unit, int(label))) for label in labels))
            for unit in dict.fromkeys(row.unit or "" for row in known)
        )
        chart = Chart("ranks" if figure == "rank" else "lines", about, labels, series)
    else:
        values_ = tuple(values[row.unit, row.year] for row in known)
        bands = tuple(row.band or "" for row in known)
        labels = tuple(row.unit or "" for row in known)
        chart = Chart("bands", about, labels, (Series(titles[figure], values_),), groups=bands)
    return replace(
        chart,
        unit=titles[figure],
        source=sources((row.source for row in known), say),
        notes=tuple(notes),
    )


def _span(years: Sequence[int]) -> tuple[str, ...]:
    first, last = years[0], years[-1]
    return (str(first) if first == last else f"{first} – {last}",)
