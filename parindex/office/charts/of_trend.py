"""The picture of a trend: a line for each unit, broken where a year or an area is not the same."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from parindex.office.charts.chart import Chart, Mark, Series
from parindex.office.charts.telling import sources
from parindex.published_figures.trend import Line, Point, Trend
from parindex.tables.trend import label, printed, remarks, title_of
from parindex.values.language import N_, Language

MOST_LINES: Final = 12
"""Lines that can be told apart."""


def trend_chart(found: Trend, say: Language) -> Chart:
    """The figures of units over the same years, each unit named where its line ends."""
    count = len(found.lines)
    what = title_of(found.shown, say)
    found = replace(found, lines=found.lines[:MOST_LINES])
    names = [label(line, say) for line in found.lines]
    title = say("Trend: {what}", what=what)
    if len(names) == 1:
        title = say("Trend of {unit}: {what}", unit=names[0], what=what)
    marks = tuple(_marks(found, say))
    rows = [point.row for line in found.lines for point in line.known if point.row]
    return Chart(
        "ranks" if found.shown.kind == "rank" else "lines",
        title,
        tuple(map(str, found.years)),
        tuple(series for line in found.lines for series in _series(found, line, say)),
        marks=marks,
        source=sources((row.source for row in rows), say),
        notes=(*_left(count, say), *_notes(found, say, marked=bool(marks))),
    )


def _left(count: int, say: Language) -> Iterator[str]:
    """That there are more units than can be drawn."""
    if count > MOST_LINES:
        told = N_("Drawn are {drawn} of {count} units; name those that are to be seen.")
        yield say(told, drawn=MOST_LINES, count=count)


def _notes(found: Trend, say: Language, *, marked: bool) -> Iterator[str]:
    if any(point.value is None for line in found.lines for point in line.points):
        yield say("A year of which no figure is known is a gap in the line.")
    if marked:
        yield say("A rise or fall at a new scheme may come from the scheme.")
    yield from remarks(found, say)


def _series(found: Trend, line: Line, say: Language) -> Iterator[Series]:
    """The line of a unit; where an area is not known to be the one before, a line of its own."""
    runs: list[list[Point]] = []
    for point in line.known:
        if not runs or not point.joined:
            runs.append([])
        runs[-1].append(point)
    for run in runs:
        name = label(line, say)
        if len(runs) > 1:
            named = run[0].name
            name += f" ({say.name(named) if named else run[0].year})"
        values = {point.year: printed(point, found.shown) for point in run}
        drawn = tuple(
            None if (v := values.get(year)) is None else Decimal(v) for year in found.years
        )
        yield Series(name, drawn)


def _marks(found: Trend, say: Language) -> Iterator[Mark]:
    """Where the scheme changed for all lines that have one in that year."""
    for at in range(len(found.years)):
        points = [line.points[at] for line in found.lines if line.points[at].scheme is not None]
        if points and all(point.new_scheme for point in points):
            yield Mark(at, say("new scheme"))
