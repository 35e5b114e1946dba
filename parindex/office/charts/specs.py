"""A chart as a spec of Vega-Lite: its data, its drawing, and alone its title, source and notes.

There is no script, no date and nothing from outside in it: the same chart gives the same
text every time. Vega-Lite draws all of it, and every figure that can be read comes as text.
"""

from collections.abc import Callable, Iterator
from typing import Final

from parindex.office.charts.bars import bands, bars, shares
from parindex.office.charts.chart import Chart, ChartKind
from parindex.office.charts.look import Look
from parindex.office.charts.pairs import direction, dumbbells, hollow_told, line_told, ranges
from parindex.office.charts.parts import PALE, SHAPES, Spec, apart, data, drawn, lines, names_of
from parindex.office.charts.radar import radar
from parindex.office.charts.rows import labels_of
from parindex.office.charts.years import marks_told, over_years
from parindex.values.language import Language

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_MOST: Final = 4
"""Lines of a note, and of a title."""
_DRAWN: Final[dict[ChartKind, Callable[[Chart, Look, Language], Spec]]] = {
    "radar": radar,
    "bars": bars,
    "shares": shares,
    "bands": bands,
    "dumbbells": dumbbells,
    "ranges": ranges,
    "lines": over_years,
    "ranks": over_years,
    "slopes": over_years,
}
"""How each kind is drawn."""
_ROWS: Final = frozenset(("bars", "shares", "bands", "dumbbells", "ranges"))


def spec(chart: Chart, look: Look, say: Language) -> Spec:
    """The chart in Vega-Lite.

    Args:
        chart: what to draw; a value of None is left out of the picture, and that is said.
        look: how it looks, and whether it stands alone.
        say: the language of its numbers and words.
    """
    if chart.known:
        inner = {
            "data": {"values": _data(chart, look, say)},
            **_DRAWN[chart.kind](chart, look, say),
        }
    else:
        words = say("No figure is known.")
        mark = {"type": "text", "text": words, "align": "left", "x": 0}
        inner = {"data": {"values": [{}]}, "mark": mark, "height": look.line, "width": look.width}
    below = [line for each in _below(chart, look, say) for line in each]
    if below:
        inner["title"] = {
            "text": below,
            "orient": "bottom",
            "offset": look.letters // 2,
            "frame": "bounds",
            "color": look.colours.soft,
            "fontSize": look.letters - (2 if look.whole else 0),
        }
    return {
        "$schema": SCHEMA,
        **(_titled(chart, inner, look) if look.whole else inner),
        "background": look.colours.ground,
        "padding": 2 if not look.whole else look.letters,
        "config": _config(look),
    }


def _titled(chart: Chart, inner: Spec, look: Look) -> Spec:
    """The drawing below its title."""
    letters = look.fitting(look.width)
    size = look.letters + 4
    return {
        "title": {
            "text": lines(chart.title, letters * look.letters // size, _MOST),
            **({"subtitle": lines(chart.unit, letters, 2)} if chart.unit else {}),
            "frame": "bounds",
            "fontSize": size,
            "fontWeight": "bold",
            "subtitleFontSize": look.letters,
            "subtitleColor": look.colours.soft,
            "subtitlePadding": 5,
            "offset": look.letters,
        },
        "vconcat": [inner],
    }


def _data(chart: Chart, look: Look, say: Language) -> list[Spec]:
    """The rows of the data, as the drawing reads them."""
    labels = labels_of(chart, look) if chart.kind in _ROWS else apart(map(drawn, chart.labels))
    names = names_of(chart)
    rows = data(chart, labels, names, say)
    if chart.kind == "dumbbells":
        for row in rows:
            word = direction(chart, row["row"])
            row["direction"] = say(word) if word else None
    return rows


def _below(chart: Chart, look: Look, say: Language) -> Iterator[list[str]]:
    """What is said below the drawing, in lines: what lines are, what is not known, the source."""
    letters = look.fitting(look.width) * look.letters // (look.letters - 2)
    told = [line_told(chart, say), hollow_told(chart, say), marks_told(chart, say)]
    told.append(_unknown(chart, say))
    if look.whole:
        told += chart.notes
        if chart.source:
            told.append(say("Source: {source}", source=chart.source))
    for each in told:
        if each:
            yield lines(each, letters if look.whole else letters * 5 // 6, _MOST)


def _unknown(chart: Chart, say: Language) -> str:
    """What is left out of a radar because it is not known; elsewhere it can be seen."""
    if chart.kind != "radar" or not chart.known:
        return ""
    missing = [
        f"{label} ({series.name})"
        for series in chart.series
        for label, value in zip(chart.labels, series.values, strict=True)
        if value is None
    ]
    return say("Not known and not drawn: {names}", names="; ".join(missing)) if missing else ""


def _config(look: Look) -> Spec:
    colours = look.colours
    text = {"labelColor": colours.ink, "labelFontSize": look.letters, "title": None}
    return {
        "font": look.font,
        "view": {"stroke": None},
        "axis": {
            **text,
            "labelLimit": look.width,
            "domain": False,
            "ticks": False,
            "gridColor": colours.grid,
            "gridOpacity": PALE,
        },
        "legend": {
            "labelColor": colours.ink,
            "labelFontSize": look.letters,
            "labelLimit": look.width,
            "titleColor": colours.ink,
            "titleFontSize": look.letters,
            "titleFontWeight": "normal",
            "titleOrient": "left",
            "orient": "top" if look.whole else "bottom",
            "symbolSize": 120,
            "symbolStrokeWidth": 0,
        },
        "text": {"color": colours.ink, "fontSize": look.letters, "limit": look.width},
        "rule": {"color": colours.grid},
        "line": {"strokeWidth": 2},
        "point": {"size": 60, "filled": True, "opacity": 1},
        "title": {
            "color": colours.ink,
            "fontSize": look.letters,
            "fontWeight": "normal",
            "anchor": "start",
            "limit": look.width * 5 // 4,
        },
        "range": {"category": list(colours.series), "symbol": list(SHAPES)},
    }
