"""Charts as specs of Vega-Lite, and these drawn as SVG for a page or for paper, and as PNG.

There is no script, no date and nothing from outside in a picture: the same chart gives the
same text every time. The title is not drawn: each document writes it as a caption.
Vega-Lite draws all of it (through vl-convert, which needs no browser); every
figure that can be read comes as text.
"""

import re
import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from parindex.office.reports.blocks import Chart
from parindex.values.escaping import xml_text
from parindex.values.language import Language, LanguageCode, language

WIDTH: Final = 430
"""Units from left to right: few, so that letters can still be read on a phone."""
COLOURS: Final = ("#0072b2", "#b84e00", "#00795a", "#8a4f9e")
"""Told apart also by most colour-blind readers; dashes and points say the same without colour."""
_DASHES: Final = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3])
_SHAPES: Final = ("circle", "square", "triangle-up", "diamond")
_FONTS: Final = "Times New Roman, Tinos, Libertinus Serif, DejaVu Serif, serif"
_FONT: Final = 14
_LINE: Final = 17
"""From one line of text to the next."""
_RADIUS: Final = 120
_LETTERS: Final = 60
"""Letters of a line of text that fit into the whole width."""
_FEW: Final = 8
"""Up to so many labels have room for more lines; more, and a page could not hold them."""
_PALE: Final = Decimal("0.6")
_MOST_TICKS: Final = 11
_SVG: Final = "{http://www.w3.org/2000/svg}"
_VERSION: Final = "6.1"
"""Of Vega-Lite: fixed, so that pictures stay the same when vl-convert brings newer ones."""

_ENDS: Final = (2, 3)
"""The series that say from where to where a place may be."""
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
_IN_ORDER: Final = {"order": {"field": "label", "type": "quantitative"}}

Spec = dict[str, Any]
"""A chart, or a part of it, in the words of Vega-Lite."""


def svg(chart: Chart, lang: LanguageCode, *, name: str = "chart", paper: bool = False) -> str:
    """The chart as one `svg` element.

    Args:
        chart: what to draw; its texts are shown letter by letter.
        lang: the language of its numbers and words.
        name: its id, which several charts of one page must not share.
        paper: dark text on white, whatever surrounds it; else the colours and the
            typeface of the page, which may set `--series-1` to `--series-4` and `--grid`.
    """
    import vl_convert

    say = language(lang)
    drawing = _as_json(spec(chart, say, paper=paper))
    drawn = vl_convert.vegalite_to_svg(drawing, vl_version=_VERSION, allowed_base_urls=[])
    ET.register_namespace("", _SVG.strip("{}"))
    root = ET.fromstring(drawn)  # noqa: S314 our own
    for size in ("class", "width", "height"):
        root.attrib.pop(size, None)
    root.attrib.update({"id": name, "role": "img", "aria-labelledby": f"{name}-title {name}-desc"})
    for at, (part, words) in enumerate((("title", chart.title), ("desc", in_words(chart, say)))):
        element = ET.Element(f"{_SVG}{part}", {"id": f"{name}-{part}"})
        element.text = xml_text(words)
        root.insert(at, element)
    return ET.tostring(root, encoding="unicode")


def png(chart: Chart, lang: LanguageCode) -> bytes:
    """The chart as a picture of 200 dots an inch, dark on white, about 16 cm wide."""
    import vl_convert

    drawing = {**spec(chart, language(lang), paper=True), "background": "white"}
    scale = 1600 * 72 / (254 * WIDTH)
    picture: bytes = vl_convert.vegalite_to_png(
        _as_json(drawing), vl_version=_VERSION, allowed_base_urls=[], scale=scale, ppi=200
    )
    return picture


def spec(chart: Chart, say: Language, *, paper: bool = False) -> Spec:
    """The chart in Vega-Lite.

    Args:
        chart: what to draw; a value of None is left out of the picture, and that is said.
        say: the language of its numbers and words.
        paper: fixed dark colours; else those of the page around it.
    """
    if any(value is not None for each in chart.series for value in each.values):
        drawing = _DRAWN[chart.kind](chart, say)
    else:
        words = say("No figure is known.")
        drawing = {
            "data": {"values": [{}]},
            "mark": {"type": "text", "text": words},
            "height": _LINE,
        }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "autosize": "pad",
        "padding": 2,
        "background": None,
        **drawing,
        "config": _config(paper=paper),
    }


def _as_json(drawing: Spec | list[str] | list[list[str]]) -> str:
    return msgspec.json.Encoder(decimal_format="number").encode(drawing).decode()


def _config(*, paper: bool) -> Spec:
    ink = "#111" if paper else "currentColor"
    text = {"labelColor": ink, "labelFontSize": _FONT, "labelLimit": WIDTH, "title": None}
    grid = "#999" if paper else "var(--grid,#999)"
    colours = [own if paper else f"var(--series-{at},{own})" for at, own in enumerate(COLOURS, 1)]
    return {
        "font": _FONTS if paper else "inherit",
        "view": {"stroke": None},
        "axis": {**text, "domain": False, "ticks": False, "gridColor": grid, "gridOpacity": _PALE},
        "legend": {**text, "orient": "bottom", "symbolSize": 120, "symbolStrokeWidth": 0},
        "text": {"color": ink, "fontSize": _FONT, "limit": WIDTH},
        "rule": {"color": grid},
        "line": {"strokeWidth": 2},
        "point": {"size": 60, "filled": True, "opacity": 1},
        "title": {
            "color": ink,
            "fontSize": _FONT,
            "fontWeight": "normal",
            "anchor": "start",
            "limit": WIDTH * 5 // 4,
        },
        "range": {"category": colours, "symbol": list(_SHAPES)},
    }


def _rows(chart: Chart, say: Language) -> Iterator[Spec]:
    """A row for each value: its series, its label, both by position, and its printed figure."""
    for number, series in enumerate(chart.series):
        for at, value in enumerate(series.values):
            figure = "–" if value is None else say.number(value)
            yield {"series": number, "label": at, "value": value, "figure": figure}


def _by_series(chart: Chart, *channels: str, named: bool = True) -> Spec:
    """Each series by its colour, and by dashes or points, which say the same without colour."""
    places = list(range(len(chart.series)))
    names = _as_json([_lines(each.name, _LETTERS // 2, 2) for each in chart.series])
    legend = (
        {"labelExpr": f"{names}[datum.value]", "columns": 1 if len(names) > _LETTERS else 4}
        if named
        else None
    )
    ranges: dict[str, Sequence[Any]] = {"strokeDash": _DASHES, "shape": _SHAPES}
    found: Spec = {}
    for channel in channels:
        scale: Spec = {"domain": places}
        if channel in ranges:
            scale["range"] = [ranges[channel][place % len(COLOURS)] for place in places]
        shown = None if channel == "strokeDash" else legend  # a point says it in the legend
        field = {"field": "series", "type": "nominal", "scale": scale, "legend": shown}
        found[channel] = field
    return found


def _outline(chart: Chart, rows: Sequence[Spec], **more: Any) -> list[Spec]:
    """The line of each series, broken where a value is not known, and the points on it."""
    line = {"type": "line", "invalid": "break-paths-show-path-domains"}
    known = [row for row in rows if row["value"] is not None]
    drawn = _by_series(chart, "color", "strokeDash")
    points = _by_series(chart, "color", "shape")
    return [
        {"data": {"values": [*rows]}, "mark": line, "encoding": drawn, **more},
        {"data": {"values": known}, "mark": "point", "encoding": points, **more},
    ]


def _bars(chart: Chart, say: Language) -> Spec:
    """A bar for each value, below its label, with the figure at its end."""
    most = 2 if len(chart.labels) <= _FEW else 1
    texts = [_lines(label, _LETTERS, most) for label in chart.labels]
    slots = max(map(len, texts))
    labels = [
        {"label": at, "slot": f"text {slots - len(lines) + number}", "text": line}
        for at, lines in enumerate(texts)
        for number, line in enumerate(lines)
    ]
    order = [f"text {at}" for at in range(slots)] + [f"bar {at}" for at in range(len(chart.series))]
    rows = [{**row, "slot": f"bar {row['series']}"} for row in _rows(chart, say)]
    place = {
        "y": {
            "field": "label",
            "type": "nominal",
            "axis": None,
            "scale": {"paddingInner": Decimal("0.15")},
        },
        "yOffset": {"field": "slot", "type": "nominal", "sort": order, "scale": {"domain": order}},
    }
    value = {"field": "value", "type": "quantitative", "axis": {"labels": False, "grid": False}}
    named = len(chart.series) > 1
    return {
        "height": {"step": _LINE, "for": "offset"},
        "encoding": place,
        "layer": [
            {
                "data": {"values": labels},
                "mark": {"type": "text", "align": "left", "baseline": "middle"},
                "encoding": {"text": {"field": "text"}, "x": {"datum": 0}},
            },
            {
                "data": {"values": rows},
                "mark": "bar",
                "encoding": {"x": value, **_by_series(chart, "color", named=named)},
            },
            {
                "data": {"values": rows},
                "transform": [{"calculate": "max(0, datum.value)", "as": "end"}],
                "mark": {"type": "text", "align": "left", "dx": 4, "fontWeight": "bold"},
                "encoding": {
                    "text": {"field": "figure"},
                    "x": {"field": "end", "type": "quantitative"},
                },
            },
        ],
    }


def _radar(chart: Chart, say: Language) -> Spec:
    """Outlines on a web of 0 to 100 %; one is open where a value is not known."""
    count = len(chart.labels)
    known = [value for each in chart.series for value in each.values if value is not None]
    top = ceil(max([Decimal(100), *known]) / 20) * 20
    rings = range(20, top + 1, 20)
    rows = list(_rows(chart, say))
    closing = [{**row, "label": count} for row in rows if row["label"] == 0]
    web = [{"ring": ring, "label": at, "value": ring} for ring in rings for at in range(count + 1)]
    scale = [{"label": 0, "value": ring, "text": str(ring)} for ring in rings]
    turn = f"2 * PI * datum.label / {count}"
    polar = [
        {"calculate": f"datum.value === null ? null : {side}({turn}) * datum.value", "as": axis}
        for axis, side in (("x", "sin"), ("y", "cos"))
    ]
    texts = _around(chart, top)
    above = max(len(text["text"]) for text in texts if text["label"] == 0)
    below = max(len(text["text"]) for text in texts)
    height = 2 * _RADIUS + (above + below) * _LINE
    reach = {"x": (-WIDTH / 2, WIDTH / 2), "y": (-_RADIUS - below * _LINE, _RADIUS + above * _LINE)}
    return {
        "height": height,
        "title": _unknown(chart, say),
        "encoding": {
            axis: {
                "field": axis,
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [end * top / _RADIUS for end in ends], "nice": False},
            }
            for axis, ends in reach.items()
        },
        "layer": [
            {
                "data": {"values": web},
                "transform": polar,
                "mark": {"type": "line", "strokeWidth": 1, "opacity": _PALE},
                "encoding": {**_IN_ORDER, "detail": {"field": "ring"}, "color": {"value": "#999"}},
            },
            {
                "data": {"values": [{"label": at, "value": top} for at in range(count)]},
                "transform": polar,
                "mark": {"type": "rule", "opacity": _PALE},
                "encoding": {"x2": {"datum": 0}, "y2": {"datum": 0}},
            },
            {
                "data": {"values": scale},
                "transform": polar,
                "mark": {"type": "text", "align": "right", "dx": -4, "fontSize": 12},
                "encoding": {"text": {"field": "text"}},
            },
            *(
                {**layer, "encoding": {**layer["encoding"], **_IN_ORDER}}
                for layer in _outline(chart, [*rows, *closing], transform=polar)
            ),
            *(
                {
                    "data": {"values": [text]},
                    "transform": polar,
                    "mark": {
                        "type": "text",
                        "align": text["side"],
                        "baseline": "middle",
                        "lineHeight": _LINE,
                        "limit": WIDTH * 2 // (3 if text["side"] == "center" else 5),
                        "dy": text["lift"] - (len(text["text"]) - 1) * _LINE / 2,
                    },
                    "encoding": {"text": {"field": "text"}},
                }
                for text in texts
            ),
        ],
    }


def _around(chart: Chart, top: int) -> list[Spec]:
    """The label of each axis outside its end: level, and towards the nearer side."""
    count = len(chart.labels)
    most = 4 if count <= _FEW else 1
    found = []
    for at, label in enumerate(chart.labels):
        middle = at in (0, count / 2)
        lines = _lines(label, _LETTERS // 2 if middle else _LETTERS // 4 + 1, most)
        side = "center" if middle else "left" if at < count / 2 else "right"
        lift = (len(lines) * _LINE / 2) * (1 if at else -1) if middle else 0
        found.append(
            {"label": at, "value": top * Decimal("1.06"), "text": lines, "side": side, "lift": lift}
        )
    return found


def _ranks(chart: Chart, say: Language) -> Spec:
    """A line for each unit, the first place on top, broken where a year is not known."""
    rows = list(_rows(chart, say))
    last = max([2, *(row["value"] for row in rows if row["value"] is not None)])
    step = next(each for each in _STEPS if last <= 6 * each)
    places = [1, *range(step if step > 1 else 2, int(last) + step, step)]
    every = -(-len(chart.labels) // _MOST_TICKS)
    labels = list(range(len(chart.labels)))
    words = _as_json([_lines(label, _LETTERS * every // len(labels), 3) for label in chart.labels])
    first = [row for row in rows if row["value"] is not None and row["series"] == 0]
    return {
        "height": 260,
        "encoding": {
            "x": {
                "field": "label",
                "type": "ordinal",
                "scale": {"domain": labels},
                "axis": {
                    "labelExpr": f"{words}[datum.value]",
                    "values": labels[::-1][::every][::-1],
                    "labelAngle": 0,
                    "offset": 8,
                },
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": [places[-1], 1], "nice": False},
                "axis": {"values": places, "format": "d", "offset": 8},
            },
        },
        "layer": [
            *_outline(chart, rows),
            {
                "data": {"values": first},
                "mark": {"type": "text", "dy": -12, "fontWeight": "bold"},
                "encoding": {"text": {"field": "figure"}},
            },
        ],
    }


def _ranges(chart: Chart, say: Language) -> Spec:
    """A line for each unit from the third series to the fourth, with points of the first two."""
    rows = [row for row in _rows(chart, say) if row["value"] is not None]
    last = max([2, *(row["value"] for row in rows)])
    step = next(each for each in _STEPS if last <= 6 * each)
    labels = list(range(len(chart.labels)))
    words = _as_json([_lines(label, _LETTERS // 2, 1)[0] for label in chart.labels])
    ends: dict[int, Spec] = {}
    for row in rows:
        ends.setdefault(row["label"], {"label": row["label"]})[f"end {row['series']}"] = row[
            "value"
        ]
    low, high = (f"end {at}" for at in _ENDS)
    whiskers = [each for each in ends.values() if low in each and high in each]
    marked = [row for row in rows if row["series"] not in _ENDS]
    shown = replace(chart, series=chart.series[: _ENDS[0]])
    return {
        "height": {"step": _LINE + 3},
        "width": WIDTH * 3 // 5,
        "title": _line_told(chart, say),
        "encoding": {
            "y": {
                "field": "label",
                "type": "ordinal",
                "scale": {"domain": labels},
                "axis": {
                    "labelExpr": f"{words}[datum.value]",
                    "labelLimit": WIDTH * 2 // 5,
                    "grid": False,
                    "offset": 8,
                },
            },
            "x": {
                "type": "quantitative",
                "scale": {"domain": [1, last], "nice": False},
                "axis": {
                    "values": [1, *range(step if step > 1 else 2, int(last) + 1, step)],
                    "format": "d",
                    "orient": "top",
                },
            },
        },
        "layer": [
            {
                "data": {"values": whiskers},
                "mark": {"type": "rule", "strokeWidth": 5, "opacity": _PALE},
                "encoding": {"x": {"field": low}, "x2": {"field": high}},
            },
            {
                "data": {"values": marked},
                "mark": "point",
                "encoding": {"x": {"field": "value"}, **_by_series(shown, "color", "shape")},
            },
        ],
    }


def _unknown(chart: Chart, say: Language) -> Spec | None:
    """What is left out of the picture because it is not known."""
    missing = [
        f"{label} ({series.name})"
        for series in chart.series
        for label, value in zip(chart.labels, series.values, strict=True)
        if value is None
    ]
    if not missing:
        return None
    told = say("Not known and not drawn: {names}", names="; ".join(missing))
    return {"text": _lines(told, _LETTERS * 5 // 6, 4), "orient": "bottom"}


def _line_told(chart: Chart, say: Language) -> Spec | None:
    """What the lines of ranges are."""
    if len(chart.series) <= max(_ENDS):
        return None
    low, high = (chart.series[at].name for at in _ENDS)
    return {
        "text": _lines(say("Line: {low} to {high}", low=low, high=high), _LETTERS, 2),
        "orient": "bottom",
    }


_DRAWN: Final = {"radar": _radar, "bars": _bars, "ranks": _ranks, "ranges": _ranges}
"""How each kind is drawn."""


def in_words(chart: Chart, say: Language) -> str:
    """All figures in words, for those who cannot see the picture."""
    return " ".join(
        f"{series.name}. "
        + "; ".join(
            f"{label}: {'–' if value is None else say.number(value)}"
            for label, value in zip(chart.labels, series.values, strict=True)
        )
        + "."
        for series in chart.series
    )


def _lines(text: str, letters: int, most: int) -> list[str]:
    """The text in at most so many lines of so many letters; what is left out is "…"."""
    return textwrap.wrap(_drawn(text), letters, max_lines=most, placeholder="…") or ["–"]


def _drawn(text: str) -> str:
    """The text as it is drawn: Vega-Lite cuts a long one between the halves of a letter above U+FFFF."""
    return re.sub(r"[^\0-\uffff]", "□", xml_text(text))
