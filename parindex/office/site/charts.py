"""The charts of the pages: what is drawn, not how."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from parindex.analysis.published_row import PublishedRow
from parindex.office.reports.blocks import Chart, ChartKind, Series
from parindex.values.language import Language

_FEW: Final = 2
"""Figures from which on a picture says more than its table."""
Values = Mapping[int, Decimal | None]


def index_lines(title: str, own: Sequence[tuple[str, Values]]) -> Chart | None:
    """Figures in percent over years: a line for each, broken where a year is not known.

    The years are those from the first to the last of which the first line knows anything.
    """
    return _lines("ranks", title, own)


def rank_lines(title: str, own: Sequence[tuple[str, Values]]) -> Chart | None:
    """Ranks over years, the first place on top."""
    return _lines("ranks", title, own)


def _lines(kind: ChartKind, title: str, own: Sequence[tuple[str, Values]]) -> Chart | None:
    years = [year for year, value in own[0][1].items() if value is not None]
    if len(years) < _FEW:
        return None
    every = range(min(years), max(years) + 1)
    series = [Series(name, tuple(values.get(year) for year in every)) for name, values in own]
    kept = [each for each in series if any(value is not None for value in each.values)]
    return Chart(kind, title, tuple(map(str, every)), tuple(kept))


def rank_bars(title: str, rows: Sequence[PublishedRow], say: Language) -> Chart | None:
    """The index of units, a bar each, the first place on top."""
    known = [row for row in rows if row.index is not None and row.unit is not None]
    if len(known) < _FEW:
        return None
    labels = tuple(f"{row.rank}. {row.unit}" if row.rank else row.unit or "" for row in known)
    return Chart("bars", title, labels, (Series(say("Index"), tuple(row.index for row in known)),))


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
