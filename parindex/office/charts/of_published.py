"""The picture of `data show`: bars of one year, lines over several."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from parindex.analysis.published_row import PublishedRow
from parindex.office.charts.chart import Chart, ChartKind, Series
from parindex.office.charts.telling import sources
from parindex.tables.data import doubts_told
from parindex.tables.published_names import code_name
from parindex.values.language import N_, Language

_UNITS: Final = {"index": N_("Index, %"), "rank": N_("Rank"), "points": N_("Points")}
_KINDS: Final = ("result", "sipas", "area", "part")
"""Kinds whose figures are of units, in the order in which one is chosen to be drawn."""


def published_charts(
    rows: Sequence[PublishedRow], notes: Sequence[str], say: Language
) -> list[Chart]:
    """A chart for each kind and level, and for the areas of each unit and year."""
    groups: dict[tuple[str, ...], list[PublishedRow]] = {}
    for row in rows:
        if row.unit and row.kind in _KINDS:
            own = (row.unit, str(row.year)) if row.code else ()
            key = (say(row.kind), say(row.level) if row.level else "", row.group or "", *own)
            groups.setdefault(key, []).append(row)
    charts = [_chart(key, found, say) for key, found in groups.items()]
    return [replace(each, notes=(*notes, *each.notes)) for each in charts if each.known]


def _chart(about: Sequence[str], rows: Sequence[PublishedRow], say: Language) -> Chart:
    """One kind: lines over the years, or bars of one; of places that alone are known, points."""
    years = sorted({row.year for row in rows})
    figure = _figure(rows, several=len(years) > 1)
    known = [row for row in rows if getattr(row, figure) is not None]
    units = dict.fromkeys(row.unit or "" for row in rows)
    span = [str(year) for year in dict.fromkeys((years[0], years[-1]))]
    words = (say("Published figures"), *about, " – ".join(span))
    parts = (*(units if len(units) == 1 else ()), *words)
    title = " · ".join(dict.fromkeys(filter(None, parts)))
    drawn = _lines if len(years) > 1 else _rows
    return replace(
        drawn(known, figure, title, say),
        unit=say(_UNITS[figure]),
        places=figure == "rank",
        source=sources((row.source for row in known), say),
        notes=tuple(dict.fromkeys(doubts_told(((row.unit or "", row) for row in known), say))),
    )


def _figure(rows: Sequence[PublishedRow], *, several: bool) -> str:
    """What is drawn: the index, or ranks where only these are known, or over years more of them."""
    index, rank, points = (
        sum(getattr(row, name) is not None for row in rows) for name in ("index", "rank", "points")
    )
    if points > index:
        return "points"
    return "rank" if rank and (index == 0 or (several and rank > 2 * index)) else "index"


def _lines(known: Sequence[PublishedRow], figure: str, title: str, _say: Language) -> Chart:
    """A line for each unit, from the first year that is known to the last."""
    values = {(row.unit, row.year): Decimal(getattr(row, figure)) for row in known}
    years = [row.year for row in known]
    span = range(min(years), max(years) + 1) if years else ()
    series = tuple(
        Series(unit or "", tuple(values.get((unit, year)) for year in span))
        for unit in dict.fromkeys(row.unit for row in known)
    )
    kind: ChartKind = "ranks" if figure == "rank" else "lines"
    return Chart(kind, title, tuple(map(str, span)), series)


def _rows(known: Sequence[PublishedRow], figure: str, title: str, say: Language) -> Chart:
    """A row for each unit, or for each area of one."""
    if figure == "index":
        known = sorted(known, key=lambda row: -(row.index or 0))
    labels = tuple(_label(row, say) for row in known)
    values = tuple(Decimal(getattr(row, figure)) for row in known)
    series = (Series(say(_UNITS[figure]), values),)
    bands = tuple(row.band or "" for row in known)
    texts = tuple(_reached(row, say) for row in known) if figure == "points" else ()
    kind: ChartKind = "ranges" if figure == "rank" else "bands"
    return Chart(kind, title, labels, series, groups=bands if all(bands) else (), texts=texts)


def _label(row: PublishedRow, say: Language) -> str:
    """The unit, or the name of its area or part; where none is known its kind and code."""
    if row.code is None:
        return row.unit or ""
    name = code_name(row, say)
    return f"{say(row.kind)} {row.code}" if name == row.code else name


def _reached(row: PublishedRow, say: Language) -> str:
    """Points, out of the maximum where it is known."""
    return "/".join(say.number(each) for each in (row.points, row.max) if each is not None)
