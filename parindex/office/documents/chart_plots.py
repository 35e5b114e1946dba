"""The three plots of a report as SVG trees."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from parindex.office.documents.chart_drawing import (
    DOT,
    SVG,
    WIDTH,
    at,
    drawn,
    found,
    index_of,
    numbers,
    whole,
    write_lines,
    write_text,
)
from parindex.office.documents.chart_text import FONT, LINE, width, wrapped
from parindex.office.reports.blocks import Chart
from parindex.values.escaping import xml_text
from parindex.values.language import Language

_RADIUS: Final = 120
_BAR: Final = 12
_GAP: Final = 8
_FEW: Final = 8
"""Up to so many bars have labels of two lines; more, and a page could not hold them."""
_LINES: Final = 3
_AREAS: Final = 8
"""Up to so many areas have labels of four lines round the web, more of two."""
_MOST_LABELS: Final = 11


def radar(chart: Chart, say: Language) -> ET.Element:
    """Outlines on a web of 0 to 100 %; one is open where a value is not known."""
    side = (WIDTH - 2 * _RADIUS) // 2
    values = [value for each in chart.series for value in each.values if value is not None]
    top = ceil(max(Decimal(100), *values) / 20) * 20
    most = 4 if len(chart.labels) <= _AREAS else 2
    above, below = (
        len(wrapped(xml_text(chart.labels[each]), 2 * _RADIUS, most))
        for each in (0, len(chart.labels) // 2)
    )
    root = drawn(
        "Radar",
        chart,
        say,
        [*range(len(chart.labels))],
        height=2 * _RADIUS + (above + below) * LINE + FONT,
        margin_left=side,
        margin_right=side,
        margin_top=above * LINE + FONT,
        margin_bottom=below * LINE,
        range=(0, top),
        y_labels=[*range(0, top + 1, 20)],
        value_formatter=whole,
        stroke=False,
        _adapters=[],
    )
    for guide in found(root, "g", "guides", within="web"):
        text = guide.find(f"{SVG}text")
        line = guide.find(f"{SVG}path")
        if text is not None and line is not None and text.get("transform"):
            _set_around(guide, text, numbers(line), chart.labels, most)
    _set_ticks(root)
    for number, series in enumerate(chart.series):
        _outline(root, number, [value is not None for value in series.values])
    return root


def _set_around(
    guide: ET.Element,
    text: ET.Element,
    line: Sequence[Decimal],
    labels: Sequence[str],
    most: int,
) -> None:
    """Put the label of an axis outside its end, level, towards the nearer side."""
    x0, y0, x1, y1 = line
    across, down = x1 - x0, y1 - y0
    anchor = "middle" if abs(across) < FONT else "start" if across > 0 else "end"
    room = 2 * _RADIUS if anchor == "middle" else (WIDTH // 2 - int(abs(across)) - FONT)
    lines = wrapped(xml_text(labels[index_of(text)]), room, most)
    x, y = x0 + across * 105 / 100, y0 + down * 105 / 100
    height = LINE * len(lines)
    if anchor == "middle":
        first = y - height + FONT // 2 if down < 0 else y + FONT
    else:
        first = y - Decimal(height) / 2 + FONT
    write_lines(guide, text, lines, x, first, labels[index_of(text)], anchor)


def _outline(root: ET.Element, number: int, known: Sequence[bool]) -> None:
    """Join the neighbouring points that are known; the last is the neighbour of the first."""
    plot = next(found(root, "g", f"serie-{number}"))
    overlay = list(found(root, "circle", "dot", within=f"serie-{number}"))
    places = iter([f"{dot.get('cx')} {dot.get('cy')}" for dot in overlay])
    points = [next(places) if each else None for each in known]
    if all(known):
        path = f"M{' L'.join(filter(None, points))} Z"
    else:
        pairs = zip(points, [*points[1:], *points[:1]], strict=True)
        path = " ".join(f"M{one} L{other}" for one, other in pairs if one and other)
    if path:
        ET.SubElement(plot, f"{SVG}path", {"d": path, "class": "line"})


def bars(chart: Chart, say: Language) -> ET.Element:
    """A bar for each value, below its label, with the figure at its end."""
    most = 2 if len(chart.labels) <= _FEW else 1
    texts = [wrapped(xml_text(label), WIDTH - 2 * FONT, most) for label in chart.labels]
    lines = max(map(len, texts))
    thick = _BAR * len(chart.series)
    row = lines * LINE + thick + _GAP
    figures = [
        say.number(value) for each in chart.series for value in each.values if value is not None
    ]
    root = drawn(
        "HorizontalBar",
        chart,
        say,
        [*reversed(range(len(chart.labels)))],
        height=row * len(texts) + lines * LINE // 2,
        margin_top=lines * LINE // 2,
        margin_left=0,
        margin_right=FONT + max(map(width, figures), default=0),
        show_x_labels=False,
        print_values=True,
        print_values_position="top",
        _series_margin=Fraction(row - thick, 2 * row),
        _serie_margin=Fraction(1, 20),
    )
    start = min(at(bar, "x") for bar in found(root, "rect", "rect"))
    for guide in found(root, "g", "guides", within="y"):
        text = guide.find(f"{SVG}text")
        if text is None:
            continue
        index = index_of(text)
        middle = at(text, "y")
        first = middle - Decimal(thick) / 2 - 6 - LINE * (len(texts[index]) - 1)
        write_lines(guide, text, texts[index], start, first, chart.labels[index], "start")
        for number, series in enumerate(chart.series):
            if series.values[index] is None:
                y = middle + _BAR * number - Decimal(thick - _BAR) / 2 + FONT // 3
                write_text(guide, "–", start, y, "start")
    for value in found(root, "text", "value"):
        value.set("text-anchor", "start")
    return root


def ranks(chart: Chart, say: Language) -> ET.Element:
    """A line for each unit, the first place on top, broken where a year is not known."""
    last = max([2, *(int(value) for each in chart.series for value in each.values if value)])
    step = next(each for each in _steps() if last <= 6 * each)
    places = [1, *range(step if step > 1 else 2, last + step, step)]
    every = -(-len(chart.labels) // _MOST_LABELS)
    room = every * (WIDTH - 5 * FONT) // len(chart.labels)
    texts = [
        wrapped(xml_text(label), room, _LINES) if index % every == 0 else ()
        for index, label in enumerate(reversed(chart.labels))
    ][::-1]
    lines = max(map(len, texts))
    root = drawn(
        "Line",
        chart,
        say,
        [*range(len(chart.labels))],
        height=260 + lines * LINE,
        margin_left=3 * FONT,
        margin_right=2 * FONT,
        margin_top=LINE,
        margin_bottom=lines * LINE,
        inverse_y_axis=True,
        range=(1, places[-1]),
        y_labels=places,
        value_formatter=whole,
        allow_interruptions=True,
        print_values=True,
    )
    for guide in found(root, "g", "guides", within="x"):
        text = guide.find(f"{SVG}text")
        if text is not None:
            index = index_of(text)
            x, y = at(text, "x"), at(text, "y") + FONT // 2
            write_lines(guide, text, texts[index], x, y, chart.labels[index], "middle")
    _set_ticks(root)
    _keep_figures_of_the_first(root)
    return root


def _set_ticks(root: ET.Element) -> None:
    """Put the numbers of the scale left of it, in the middle of their lines."""
    for guide in found(root, "g", "guides", within="y"):
        for text in guide.findall(f"{SVG}text"):
            text.set("y", str(at(text, "y") + FONT // 3))
            text.set("text-anchor", "end")


def _keep_figures_of_the_first(root: ET.Element) -> None:
    """Figures stand above the points of the first unit; those of all would cover each other."""
    for overlay in found(root, "g", "text-overlay"):
        for series in overlay.findall(f"{SVG}g"):
            if "serie-0" not in series.get("class", "").split():
                overlay.remove(series)
    for value in found(root, "text", "value"):
        value.set("x", str(at(value, "x") - FONT))
        value.set("y", str(at(value, "y") - FONT - FONT // 3 - 2 * DOT))
        value.set("text-anchor", "middle")


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
