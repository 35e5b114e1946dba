"""Several values of a unit on one line: dumbbells, from one value to the other, and ranges."""

from decimal import Decimal
from typing import Final

from parindex.office.charts.chart import Chart
from parindex.office.charts.look import Look
from parindex.office.charts.parts import (
    KNOWN,
    PALE,
    Spec,
    by_series,
    names_of,
    only,
    step_of,
    values_of,
)
from parindex.office.charts.rows import Rows, in_columns, label_layer, placed, shifted
from parindex.values.language import N_, Language

_ENDS: Final = (2, 3)
"""The series that say from where to where a place may be."""
DIRECTIONS: Final = (N_("up"), N_("down"), N_("unchanged"))
_SPARE: Final = 12


def direction(chart: Chart, at: int) -> str | None:
    """Where a unit went; None where one of both values is not known."""
    before, after = (series.values[at] for series in chart.series[:2])
    if before is None or after is None:
        return None
    if before == after:
        return DIRECTIONS[2]
    return DIRECTIONS[(after > before) == chart.places]


def dumbbells(chart: Chart, look: Look, say: Language) -> Spec:
    """A row for each unit from a hollow point to a full one, of one colour up and of another down."""
    met = {direction(chart, at) for at in range(len(chart.labels))}
    words = [each for each in DIRECTIONS if each in met]

    def draw(rows: Rows, own: Look, first: int, last: int) -> Spec:
        down, spec, colours = shifted(rows), placed(rows, first, last), own.colours
        three = dict(zip(DIRECTIONS, (*colours.series[:2], colours.soft), strict=True))
        scale = {"domain": [*map(say, words)], "range": [three[each] for each in words]}
        legend = {"title": None, "symbolType": "circle"} if words else None
        told = {
            "condition": {"test": "!isValid(datum.direction)", "value": colours.soft},
            "field": "direction",
            "type": "nominal",
            "scale": scale,
            "legend": legend,
        }
        x = _places(chart, own) if chart.places else _values(chart, own, say)
        point: Spec = {"type": "point", "yOffset": down, "size": 70, "strokeWidth": 2}
        hollow = {**point, "filled": False, "fill": colours.behind}
        longest = max(map(len, chart.texts), default=0)
        left = rows.left + 8 if rows.left else 0
        spec["width"] = max(own.width - left - own.width_of(longest + 1) - _SPARE, own.width // 4)
        spec["layer"] = [
            {
                "mark": {"type": "line", "strokeWidth": 3, "yOffset": down},
                "encoding": {"x": x, "detail": {"field": "row"}, "color": told},
            },
            {
                "transform": [KNOWN, only(0)],
                "mark": hollow,
                "encoding": {"x": x, "color": told},
            },
            {
                "transform": [KNOWN, only(1)],
                "mark": {**point, "filled": True},
                "encoding": {"x": x, "color": told},
            },
            {
                "transform": [only(1)],
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "middle",
                    "x": "width",
                    "dx": _SPARE,
                    "dy": down,
                    "fontSize": own.letters,
                    "fontWeight": "bold",
                },
                "encoding": {"text": {"field": "text"}, "color": told},
            },
            label_layer(rows, own),
        ]
        return spec

    return in_columns(chart, look, draw)


def _values(chart: Chart, look: Look, say: Language) -> Spec:
    """The channel of figures from the lowest to the highest, with a scale in round numbers."""
    known = [*values_of(chart)] or [Decimal(0)]
    low, high = min(known), max(known)
    spare = max((high - low) / 20, Decimal("0.5"))
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [low - spare, high + spare], "nice": False},
        "axis": {
            "orient": "top",
            "tickCount": min(6, look.width // 100),
            "format": "~f",
            "labelExpr": f"replace(datum.label, '.', '{say.spelling.decimal_mark}')",
            "offset": 6,
        },
    }


def _places(chart: Chart, look: Look) -> Spec:
    """The channel of places, the first at the left, with the last for the end."""
    last = int(max([Decimal(2), *values_of(chart)]))
    spare = max(Decimal(last) / 50, Decimal("0.2"))
    step = step_of(last, min(6, look.width // 100))
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [1 - spare, last + spare], "nice": False},
        "axis": {
            "values": [1, *range(step if step > 1 else 2, last + 1, step)],
            "format": "d",
            "orient": "top",
            "offset": 6,
        },
    }


def ranges(chart: Chart, look: Look, _say: Language) -> Spec:
    """A line for each unit from the third series to the fourth, with points of the first two."""
    names = names_of(chart)
    marked = names[: _ENDS[0]]

    def draw(rows: Rows, own: Look, first: int, last: int) -> Spec:
        down, spec = shifted(rows), placed(rows, first, last)
        left = rows.left + 8 if rows.left else 0
        line = {"type": "line", "yOffset": down, "strokeWidth": 5, "opacity": PALE}
        spec["width"] = own.width - left - _SPARE
        spec["layer"] = [
            {
                "transform": [KNOWN, only(*_ENDS)],
                "mark": {**line, "color": own.colours.grid},
                "encoding": {"x": _places(chart, own), "detail": {"field": "row"}},
            },
            {
                "transform": [KNOWN, only(0, _ENDS[0] - 1)],
                "mark": {"type": "point", "yOffset": down},
                "encoding": {"x": _places(chart, own), **by_series(marked, own, "color", "shape")},
            },
            label_layer(rows, own),
        ]
        return spec

    return in_columns(chart, look, draw)


def line_told(chart: Chart, say: Language) -> str:
    """What the lines of ranges are; empty where there are none."""
    if chart.kind != "ranges" or len(chart.series) <= max(_ENDS):
        return ""
    low, high = (chart.series[at].name for at in _ENDS)
    return say("Line: {low} to {high}", low=low, high=high)


def hollow_told(chart: Chart, say: Language) -> str:
    """What the points of dumbbells are."""
    if chart.kind != "dumbbells" or not chart.known:
        return ""
    before, after = (each.name for each in chart.series[:2])
    return say("Hollow point: {before}; full point: {after}", before=before, after=after)
