"""Outlines of percentages on a web."""

from decimal import Decimal
from math import ceil

from parindex.office.charts.chart import Chart
from parindex.office.charts.look import Look
from parindex.office.charts.parts import PALE, Spec, lines, names_of, outline, values_of
from parindex.values.language import Language

_FEW = 8
_IN_ORDER = {"order": {"field": "place", "type": "quantitative"}}


def radar(chart: Chart, look: Look, _say: Language) -> Spec:
    """Outlines on a web of 0 to 100 %; one is open where a value is not known."""
    count, names = len(chart.labels), names_of(chart)
    radius = look.width * 28 // 100 if look.height is None else look.height * 26 // 100
    top = ceil(max([Decimal(100), *values_of(chart)]) / 20) * 20
    rings = range(20, top + 1, 20)
    web = [{"ring": ring, "place": at, "value": ring} for ring in rings for at in range(count + 1)]
    scale = [{"place": 0, "value": ring, "text": str(ring)} for ring in rings]
    polar = _polar(count)
    texts = _around(chart, look, top)
    above = max(len(text["text"]) for text in texts if text["place"] == 0)
    below = max(len(text["text"]) for text in texts)
    reach: dict[str, tuple[Decimal | int, Decimal | int]] = {
        "x": (-look.width / Decimal(2), look.width / Decimal(2)),
        "y": (-radius - below * look.line, radius + above * look.line),
    }
    return {
        "width": look.width,
        "height": 2 * radius + (above + below) * look.line,
        "encoding": {
            axis: {
                "field": axis,
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [end * top / radius for end in ends], "nice": False},
            }
            for axis, ends in reach.items()
        },
        "layer": [
            {
                "data": {"values": web},
                "transform": polar,
                "mark": {"type": "line", "strokeWidth": 1, "opacity": PALE},
                "encoding": {
                    **_IN_ORDER,
                    "detail": {"field": "ring"},
                    "color": {"value": look.colours.grid},
                },
            },
            {
                "data": {"values": [{"place": at, "value": top} for at in range(count)]},
                "transform": polar,
                "mark": {"type": "rule", "opacity": PALE},
                "encoding": {"x2": {"datum": 0}, "y2": {"datum": 0}},
            },
            {
                "data": {"values": scale},
                "transform": polar,
                "mark": {"type": "text", "align": "right", "dx": -4, "fontSize": look.letters - 2},
                "encoding": {"text": {"field": "text"}},
            },
            *(
                {**layer, "encoding": {**layer.get("encoding", {}), **_IN_ORDER}}
                for layer in outline(names, look, transform=[*_closing(count), *polar])
            ),
            *(_label(text, look, polar) for text in texts),
        ],
    }


def _closing(count: int) -> list[Spec]:
    """The first value stands also at the end, so that the outline is closed."""
    places = f"datum.row === 0 ? [0, {count}] : [datum.row]"
    return [{"calculate": places, "as": "place"}, {"flatten": ["place"]}]


def _polar(count: int) -> list[Spec]:
    """Where a value is on the web."""
    turn = f"2 * PI * datum.place / {count}"
    return [
        {"calculate": f"datum.value === null ? null : {side}({turn}) * datum.value", "as": axis}
        for axis, side in (("x", "sin"), ("y", "cos"))
    ]


def _label(text: Spec, look: Look, polar: list[Spec]) -> Spec:
    """The label of one axis."""
    told = len(text["text"])
    return {
        "data": {"values": [text]},
        "transform": polar,
        "mark": {
            "type": "text",
            "align": text["side"],
            "baseline": "middle",
            "lineHeight": look.line,
            "limit": look.width * 2 // (3 if text["side"] == "center" else 5),
            "dy": text["lift"] - (told - 1) * look.line // 2,
        },
        "encoding": {"text": {"field": "text"}},
    }


def _around(chart: Chart, look: Look, top: int) -> list[Spec]:
    """The label of each axis outside its end: level, and towards the nearer side."""
    count, letters = len(chart.labels), look.fitting(look.width)
    most = 4 if count <= _FEW else 1
    found = []
    for at, label in enumerate(chart.labels):
        middle = 2 * at in (0, count)
        told = lines(label, letters // 2 if middle else letters // 4 + 1, most)
        side = "center" if middle else "left" if 2 * at < count else "right"
        lift = (len(told) * look.line // 2) * (1 if at else -1) if middle else 0
        place = {"place": at, "value": top * Decimal("1.06")}
        found.append({**place, "text": told, "side": side, "lift": lift})
    return found
