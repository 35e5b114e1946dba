"""Lines over years or between two of them: values, places, slopes, each named at its end."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from parindex.office.charts.chart import Chart
from parindex.office.charts.look import Look
from parindex.office.charts.parts import (
    PALE,
    Spec,
    apart,
    by_series,
    drawn,
    lines,
    names_of,
    outline,
    step_of,
    values_of,
)
from parindex.values.exact import rounded
from parindex.values.language import Language

_LABEL: Final = 14
"""Letters of a label below which no room is given to it."""
_ROOM: Final = 34
"""Percent of the width that names at the end of lines may take; of slopes at each end."""
_FEW: Final = 8
_GAP: Final = 10
_ALWAYS: Final = 3
"""So many figures of an only line are told wherever they have room among one another."""
_HIGH: Final = 300


class Scale(NamedTuple):
    """The values at the top and at the bottom of the picture, and those that are named."""

    top: Decimal
    bottom: Decimal
    ticks: list[int]


def scale_of(chart: Chart) -> Scale:
    """Of places the first on top; of values round numbers around them."""
    known = [*values_of(chart)]
    if chart.kind == "ranks" or chart.places:
        last = max([Decimal(2), *known])
        step = step_of(last)
        return Scale(Decimal(1), last, [1, *range(step if step > 1 else 2, int(last) + 1, step)])
    low, high = min(known), max(known)
    step = step_of(max(high - low, Decimal(1)))
    first, last_ = int(low // step) * step, -int(-high // step) * step
    first = first - step if first > low else first
    last_ = max(last_ if last_ >= high else last_ + step, first + step)
    return Scale(Decimal(last_), Decimal(first), [*range(first, last_ + 1, step)])


class End(NamedTuple):
    """The name of a line where it ends: the value that ends it, and where the name stands."""

    series: int
    label: int
    value: Decimal
    at: Decimal


class Plot(NamedTuple):
    """What all parts of a picture of lines ask for."""

    chart: Chart
    look: Look
    say: Language
    scale: Scale
    names: list[str]
    labels: list[str]
    told: list[list[str]]
    """The names in lines, as they stand at the ends."""

    @property
    def room(self) -> int:
        """What the names with their figures need beside the lines."""
        longest = max(len(line) for name in self.told for line in name)
        figures = [len(self.say.number(value)) for value in values_of(self.chart)]
        return self.look.width_of(longest + max(figures, default=0) + 1) + 2 * _GAP

    @property
    def height(self) -> int:
        """As high as names below one another need, and never flat."""
        usual = self.look.height * 64 // 100 if self.look.height else _HIGH
        least = self.look.line * sum(map(len, self.told))
        if self.chart.kind == "slopes":
            usual = min(usual, least * 2)
        return max(usual, least)

    def down(self, value: Decimal) -> int:
        """How far below the top a value stands."""
        scale = self.scale
        return int(abs(scale.top - value) / abs(scale.top - scale.bottom) * self.height)


def over_years(chart: Chart, look: Look, say: Language) -> Spec:
    """A line for each series, broken where a year is not known, and named where it ends."""
    names, labels = names_of(chart), apart(map(drawn, chart.labels))
    most = 2 if len(names) <= _FEW else 1
    letters = look.fitting(look.width * _ROOM // 100)
    told = [lines(each.name, letters, most) for each in chart.series]
    plot = Plot(chart, look, say, scale_of(chart), names, labels, told)
    slopes = chart.kind == "slopes"
    several = slopes or len(names) > 1
    axis = look.width_of(len(str(plot.scale.ticks[-1]))) + _GAP
    width = look.width - (plot.room if several else look.width_of(3))
    width -= plot.room if slopes else axis
    width = max(width, look.width // 5)
    return {
        "width": width,
        "height": plot.height,
        "encoding": {"x": _years(plot, width), "y": _values(plot.scale, shown=not slopes)},
        "layer": [
            *_marks(plot, width),
            *outline(names, look, named=False),
            *(_named(plot, last=True) if several else [_figures(plot, width)]),
            *(_named(plot, last=False) if slopes else []),
        ],
    }


def _years(plot: Plot, width: int) -> Spec:
    """The channel of years, of which as many are named as have room."""
    labels, look = plot.labels, plot.look
    longest = min(max(map(len, labels)) + 1, _LABEL)
    slopes = plot.chart.kind == "slopes"
    room = look.width_of(longest)
    every = 1 if slopes else -(-len(labels) * room // width)
    place = f"round(datum.index * {len(labels) - 1})"
    return {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": labels, "type": "point", "padding": Decimal("0.2")},
        "axis": {
            "labelExpr": f"{place} % {every} === {(len(labels) - 1) % every} ? datum.label : ''",
            "labelAngle": 0,
            "offset": 8,
            "labelLimit": plot.room if slopes else max(room, width * every // len(labels)),
            "grid": False,
        },
    }


def _values(scale: Scale, *, shown: bool) -> Spec:
    """The channel of values or places."""
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [scale.bottom, scale.top], "nice": False, "zero": False},
        "axis": {"values": scale.ticks, "format": "d", "offset": 8} if shown else None,
    }


def _figures(plot: Plot, width: int) -> Spec:
    """The figures of an only line, as many as stand clear of one another."""
    rows = [
        {
            "label": plot.labels[each.label],
            "value": each.value,
            "figure": plot.say.number(each.value),
            "down": each.down,
        }
        for each in told_figures(plot, width)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "dy": {"expr": "datum.down"}, "fontWeight": "bold"},
        "encoding": {"text": {"field": "figure"}},
    }


class Told(NamedTuple):
    """A figure at its point, and how far below the point it stands; above is less than zero."""

    label: int
    value: Decimal
    down: int


def told_figures(plot: Plot, width: int) -> list[Told]:
    """Which figures of an only line are told, and on which side of their points.

    The last, the greatest and the least always are; the others where neither a figure nor a
    point is in their way. A figure stands above its point, in a valley below.
    """
    values = plot.chart.series[0].values
    points = {
        at: (_across(at, len(values), width), plot.down(value))
        for at, value in enumerate(values)
        if value is not None
    }
    longest = max(len(plot.say.number(value)) for value in values_of(plot.chart))
    room = Room([*points.values()], plot.look.width_of(longest), plot.look.letters)
    found = []
    for weight, at in enumerate(_by_weight(values)):
        x, y = points[at]
        near = [points[each][1] for each in (at - 1, at + 1) if each in points]
        down = plot.look.letters if near and max(near) < y else -plot.look.letters
        sides = [side for side in (down, -down) if y + side <= plot.height]
        free = [side for side in sides if room.free(x, y + side)]
        if weight < _ALWAYS:
            free += [side for side in sides if room.clear(x, y + side)]
        if free:
            room.placed.append((x, y + free[0]))
            found.append(Told(at, values[at] or Decimal(0), free[0]))
    return sorted(found)


class Room:
    """What room points and the figures that are `placed` leave for figures of a width and height."""

    def __init__(self, points: Sequence[tuple[int, int]], wide: int, high: int) -> None:
        self.points, self.wide, self.high = points, wide, high
        self.placed: list[tuple[int, int]] = []

    def clear(self, x: int, y: int) -> bool:
        """Whether no figure is in the way of one whose middle is there."""
        return all(abs(x - x_) > self.wide or abs(y - y_) > self.high for x_, y_ in self.placed)

    def free(self, x: int, y: int) -> bool:
        """Whether no point is in its way either."""
        half = self.wide // 2, self.high // 2
        points = (abs(x - x_) > half[0] or abs(y - y_) > half[1] for x_, y_ in self.points)
        return self.clear(x, y) and all(points)


def _across(at: int, count: int, width: int) -> int:
    """How far from the left the point of a label stands."""
    return width * (10 * at + 2) // (10 * (count - 1) + 4)


def _by_weight(values: Sequence[Decimal | None]) -> list[int]:
    """The places of known values: the last, the greatest, the least, the first, then the others."""
    known = [(value, at) for at, value in enumerate(values) if value is not None]
    first = [known[-1][1], max(known)[1], min(known)[1], known[0][1]]
    return [*dict.fromkeys([*first, *(at for _, at in known)])]


def _marks(plot: Plot, width: int) -> list[Spec]:
    """A broken upright line before each label from which on another scheme holds."""
    look, soft = plot.look, plot.look.colours.soft
    marks = [each for each in plot.chart.marks if each.at]
    if not marks:
        return []
    same = len({each.text for each in marks}) == 1
    rows = [
        {"label": plot.labels[each.at], "mark": "" if same else f"({number})"}
        for number, each in enumerate(marks, start=1)
    ]
    back = -width // (2 * len(plot.labels))
    told = {"type": "text", "baseline": "bottom", "xOffset": back, "dy": -3, "color": soft}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "xOffset": back, "strokeDash": [3, 3], "color": soft},
            "encoding": {"y": {"value": 0}, "y2": {"value": "height"}},
        },
        {
            "data": {"values": rows},
            "mark": {**told, "fontSize": look.letters - 2},
            "encoding": {"y": {"value": 0}, "text": {"field": "mark"}},
        },
    ]


def marks_told(chart: Chart, say: Language) -> str:
    """What the upright lines are: numbered ones, or all of them where they are the same."""
    texts = {each.text for each in chart.marks if each.at}
    if len(texts) == 1:
        return say("Broken upright line: {text}", text=texts.pop())
    return "; ".join(
        say(
            "({number}) from {year}: {text}",
            number=number,
            year=chart.labels[each.at],
            text=each.text,
        )
        for number, each in enumerate((each for each in chart.marks if each.at), start=1)
    )


def _named(plot: Plot, *, last: bool) -> list[Spec]:
    """The names of the lines beside their ends, apart from one another, and thin lines to them."""
    side, rows = 1 if last else -1, []
    for each in ends(plot, last=last):
        *first, end = plot.told[each.series]
        figure = plot.say.number(each.value)
        named = [*first, f"{end} {figure}" if last else f"{figure} {end}"]
        line = {"label": plot.labels[each.label], "series": plot.names[each.series]}
        rows.append({**line, "value": each.value, "at": each.at, "name": named})
    colour = by_series(plot.names, plot.look, "color", named=False)
    edge: Spec = {"value": "width"} if last else {"value": 0}
    dy = f"-(length(datum.name)-1)*{plot.look.line // 2}"
    name: Spec = {"type": "text", "align": "left" if last else "right", "baseline": "middle"}
    name |= {"lineHeight": plot.look.line, "dx": side * (_GAP + 4), "dy": {"expr": dy}}
    thin = {"type": "rule", "strokeWidth": 1, "opacity": PALE, "x2Offset": side * _GAP}
    at = {"field": "at", "type": "quantitative"}
    return [
        {
            "data": {"values": rows},
            "mark": thin,
            "encoding": {"x2": edge, "y2": {"field": "at"}, **colour},
        },
        {
            "data": {"values": rows},
            "mark": name,
            "encoding": {"x": edge, "y": at, "text": {"field": "name"}, **colour},
        },
    ]


def ends(plot: Plot, *, last: bool) -> list[End]:
    """Where the name of each line stands, none on another: near its end, from the top down."""
    scale, chart = plot.scale, plot.chart
    found = []
    for at, series in enumerate(chart.series):
        known = [(place, value) for place, value in enumerate(series.values) if value is not None]
        if chart.kind == "slopes":
            edge = len(chart.labels) - 1 if last else 0
            known = [each for each in known if each[0] == edge]
        if known:
            place, value = known[-1 if last else 0]
            found.append(End(at, place, value, value))
    found.sort(key=lambda each: (abs(scale.top - each.value), each.series))
    unit = abs(scale.top - scale.bottom) / plot.height
    high = [plot.look.line * len(plot.told[each.series]) for each in found]
    tops = _spread([int(abs(scale.top - each.value) / unit) for each in found], high, plot.height)
    down = -unit if scale.top > scale.bottom else unit
    return [
        each._replace(at=rounded(Fraction(scale.top + down * top), 2))
        for each, top in zip(found, tops, strict=True)
    ]


def _spread(wanted: Sequence[int], high: Sequence[int], height: int) -> list[int]:
    """The middles of names near where they are wanted, none on another and none below the end."""
    tops: list[int] = []
    for at, top in enumerate(wanted):
        least = tops[-1] + (high[at] + high[at - 1]) // 2 if tops else 0
        tops.append(max(top, least))
    for at in reversed(range(len(tops))):
        below = height if at == len(tops) - 1 else tops[at + 1] - (high[at] + high[at + 1]) // 2
        tops[at] = min(tops[at], below)
    return tops
