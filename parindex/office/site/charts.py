"""The charts of the pages: what is drawn, not how."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from parindex.analysis.published_row import PublishedRow
from parindex.office.charts.chart import Chart, ChartKind, Mark, Series
from parindex.published_figures.trend import changes
from parindex.scheme.catalog import scheme_id
from parindex.values.language import Language

_FEW: Final = 2
"""Figures from which on a picture says more than its table."""
_MOST: Final = 100
"""Bars at the most: more are a table."""
Values = Mapping[int, Decimal | None]
Lines = Sequence[tuple[str, Values]]


def index_lines(title: str, lines: Lines, level: str, say: Language) -> Chart | None:
    """Figures in percent over years: a line for each, broken where a year is not known.

    The years are those from the first to the last of which the first line knows
    anything; marked are those that begin with another scheme. Figures that no scheme gives,
    as satisfaction, have no `level`.
    """
    return _lines("lines", title, lines, level, say)


def rank_lines(title: str, lines: Lines, level: str, say: Language) -> Chart | None:
    """Ranks over years, the first place on top."""
    return _lines("ranks", title, lines, level, say)


def _lines(kind: ChartKind, title: str, lines: Lines, level: str, say: Language) -> Chart | None:
    known = [year for year, value in lines[0][1].items() if value is not None]
    if len(known) < _FEW:
        return None
    years = range(min(known), max(known) + 1)
    series = [Series(name, tuple(values.get(year) for year in years)) for name, values in lines]
    kept = [each for each in series if any(value is not None for value in each.values)]
    labels = tuple(map(str, years))
    return Chart(kind, title, labels, tuple(kept), marks=_marks(years, level, say))


def _marks(years: range, level: str, say: Language) -> tuple[Mark, ...]:
    """The years from which on another scheme holds than before; none where there is no level."""
    schemes = (scheme_id(level, year) if level else None for year in years)
    return tuple(Mark(at, say("new scheme")) for at, new in enumerate(changes(schemes)) if new)


def rank_bars(title: str, rows: Sequence[PublishedRow], say: Language) -> Chart | None:
    """The index of units, a bar each, the first place on top; none where they are too many to be seen."""
    known = [row for row in rows if row.index is not None and row.unit is not None]
    if not _FEW <= len(known) <= _MOST:
        return None
    return Chart(
        "bars",
        title,
        tuple(f"{row.rank}. {row.unit}" if row.rank else row.unit or "" for row in known),
        (Series(say("Index"), tuple(row.index for row in known)),),
    )


def mean_bars(title: str, means: Sequence[tuple[str, Decimal]], say: Language) -> Chart | None:
    """The means of regions, the highest on top."""
    if len(means) < _FEW:
        return None
    placed = sorted(means, key=lambda each: -each[1])
    return Chart(
        "bars",
        title,
        tuple(name for name, _ in placed),
        (Series(say("Mean"), tuple(mean for _, mean in placed)),),
    )
