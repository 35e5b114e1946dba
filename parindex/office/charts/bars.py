"""Bars: of any values, before the whole, and in bands."""

from decimal import Decimal
from typing import Any, Final

from parindex.office.charts.chart import Chart
from parindex.office.charts.look import Look
from parindex.office.charts.parts import KNOWN, Spec, by_series, drawn, names_of, only, values_of
from parindex.office.charts.rows import Rows, in_columns, label_layer, placed, shifted
from parindex.values.language import Language

_PALE: Final = Decimal("0.4")
_WHOLE: Final = Decimal(100)


def bars(chart: Chart, look: Look, _say: Language) -> Spec:
    """A bar for each value with the figure at its end; of several series one below another."""
    names = names_of(chart)
    count = len(names)

    def draw(rows: Rows, own: Look, first: int, last: int) -> Spec:
        spec = placed(rows, first, last)
        at: Spec = {"yOffset": shifted(rows)}
        encoding = {"x": value_axis(chart, Decimal(0))}
        if count > 1:
            sides = [rows.down, rows.down + rows.thick]
            scale = {"domain": names, "range": sides, "padding": 0}
            encoding["yOffset"] = {"field": "series", "type": "nominal", "scale": scale}
        bar = {"type": "bar"} if count > 1 else {"type": "bar", "height": rows.thick, **at}
        told = by_series(names, own, "color", named=count > 1)
        spec["width"] = plot_width(chart, rows, own)
        spec["layer"] = [
            {"mark": bar, "encoding": {**encoding, **told}},
            figures(own, encoding, 0 if count > 1 else shifted(rows), told=bool(chart.texts)),
            *_beside(chart, own, spec["width"], shifted(rows)),
            label_layer(rows, own),
        ]
        return spec

    return in_columns(chart, look, draw)


def shares(chart: Chart, look: Look, _say: Language) -> Spec:
    """Bars of percentages before the pale bar of the whole, and points of the other series."""
    names = names_of(chart)

    def draw(rows: Rows, own: Look, first: int, last: int) -> Spec:
        down, spec = shifted(rows), placed(rows, first, last)
        bar = {"type": "bar", "height": rows.thick, "yOffset": down}
        x = value_axis(chart, _WHOLE)
        whole = {**{key: each for key, each in x.items() if key != "field"}, "datum": _WHOLE}
        named = by_series(names, own, "color", named=len(names) > 1)
        spec["width"] = plot_width(chart, rows, own)
        spec["layer"] = [
            {
                "transform": [only(0)],
                "mark": {**bar, "color": own.colours.grid, "opacity": _PALE},
                "encoding": {"x": whole},
            },
            {"transform": [only(0)], "mark": bar, "encoding": {"x": x, **named}},
            _points(names, own, x, down),
            figures(own, {"x": x}, down, 0, told=bool(chart.texts), end=_WHOLE),
            label_layer(rows, own),
        ]
        return spec

    return in_columns(chart, look, draw)


def _beside(chart: Chart, look: Look, width: int, down: int) -> list[Spec]:
    """The second text of each row in a column at the right of the figures, below what it is called."""
    if not chart.beside:
        return []
    mark: Spec = {"type": "text", "align": "right", "fontSize": look.letters}
    mark["x"] = width + _figures_width(chart, look) + _column_width(chart, look)
    text = {"text": {"field": "beside"}}
    title = {
        "mark": {**mark, "y": -look.line, "text": drawn(chart.column)},
        "data": {"values": [{}]},
    }
    place = {"baseline": "middle", "dy": down}
    return [
        {"transform": [only(0)], "mark": {**mark, **place}, "encoding": text},
        {**title, "encoding": {"y": None}},
    ]


def _figures_width(chart: Chart, look: Look) -> int:
    """How wide the figures at the ends of the bars are."""
    return look.width_of((max(map(len, chart.texts), default=0) or 7) + 1)


def _column_width(chart: Chart, look: Look) -> int:
    """How wide the column at the right is, with some room before it; nothing without one."""
    longest = max(map(len, (chart.column, *chart.beside)))
    return look.width_of(longest + 1) if chart.beside else 0


def _points(names: list[str], look: Look, x: Spec, down: int) -> Spec:
    """The series after the first as points with an edge, so that they are seen on bars."""
    edge = {"stroke": look.colours.behind, "strokeWidth": 1}
    told = by_series(names, look, "color", "shape", named=len(names) > 1)
    return {
        "transform": [KNOWN, only(1, len(names))],
        "mark": {"type": "point", "yOffset": down, "size": 90, **edge},
        "encoding": {"x": x, **told},
    }


def bands(chart: Chart, look: Look, say: Language) -> Spec:
    """Bars in the order given, each of the colour of its band, which a legend names."""
    groups = list(dict.fromkeys(drawn(group) for group in chart.groups if group))

    def draw(rows: Rows, own: Look, first: int, last: int) -> Spec:
        down, spec = shifted(rows), placed(rows, first, last)
        colours = own.colours
        first_, *others = colours.series
        ordered = [first_, *others[1:], *others[:1], colours.soft]
        scale = {
            "domain": groups,
            "range": [ordered[min(at, len(ordered) - 1)] for at in range(len(groups))],
        }
        nameless = colours.grid if groups else first_
        colour = {
            "condition": {"test": "!datum.group", "value": nameless},
            "field": "group",
            "type": "nominal",
            "scale": scale,
            "legend": {"title": say("Band")} if groups else None,
        }
        x = value_axis(chart, Decimal(0))
        spec["width"] = plot_width(chart, rows, own)
        spec["layer"] = [
            {
                "mark": {"type": "bar", "height": rows.thick, "yOffset": down},
                "encoding": {"x": x, "color": colour},
            },
            figures(own, {"x": x}, down, told=bool(chart.texts)),
            label_layer(rows, own),
        ]
        return spec

    return in_columns(chart, look, draw)


def value_axis(chart: Chart, end: Decimal) -> Spec:
    """The channel of the values, from zero or the lowest to the highest or `end`; figures say the rest."""
    known = [*values_of(chart), end]
    domain = [min(Decimal(0), *known), max(*known, Decimal(0))]
    return {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": domain if domain[0] < domain[1] else [0, 1], "nice": False},
    }


def plot_width(chart: Chart, rows: Rows, look: Look) -> int:
    """What is left of the width for bars, beside labels and figures."""
    left = rows.left + 8 if rows.left else 0
    right = _figures_width(chart, look) + _column_width(chart, look)
    return max(look.width - left - right, look.width // 4)


def figures(
    look: Look,
    encoding: Spec,
    down: int,
    series: int | None = None,
    *,
    told: bool,
    end: Decimal | None = None,
) -> Spec:
    """The figure of each row at the end of its bar.

    Args:
        look: how the picture looks.
        encoding: the channels of the bars.
        down: how far below the middle of their rows they are.
        series: the one series whose figures are printed; None is every one.
        told: whether the chart has texts to print instead of figures.
        end: where all of them stand; None is where each bar ends.
    """
    x: dict[str, Any] = {**encoding["x"]}
    place = "max(0, datum.value)" if end is None else f"{max(end, x['scale']['domain'][1])}"
    x["field"] = "end"
    return {
        "transform": [
            *([] if series is None else [only(series)]),
            {"calculate": place, "as": "end"},
        ],
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dx": 5,
            "dy": down,
            "fontSize": look.letters,
            "fontWeight": "bold",
        },
        "encoding": {**encoding, "x": x, "text": {"field": "text" if told else "figure"}},
    }
