"""The three plots of a report as SVG trees: pygal draws, labels are set here.

pygal cuts long labels off, turns those of a radar and draws what is not known
as zero in it; so it is given the numbers of the labels only.
"""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any, Final

from parindex.exact import rounded
from parindex.formats.chart_text import FONT, LINE, width, wrapped
from parindex.language import Language
from parindex.safe import xml_text
from parindex.views.report.blocks import Chart

WIDTH: Final = 520
"""Units from left to right: few, so that letters can still be read on a phone."""
SVG: Final = "{http://www.w3.org/2000/svg}"

_RADIUS: Final = 135
_BAR: Final = 12
_GAP: Final = 8
_FEW: Final = 8
"""Up to so many bars have labels of two lines; more, and a page could not hold them."""
_LINES: Final = 3
_DOT: Final = 4
_MOST_LABELS: Final = 13


def radar(chart: Chart, say: Language) -> ET.Element:
    """Outlines on a web of 0 to 100 %; one is open where a value is not known."""
    side = (WIDTH - 2 * _RADIUS) // 2
    values = [value for each in chart.series for value in each.values if value is not None]
    top = ceil(max(Decimal(100), *values) / 20) * 20
    root = _drawn(
        "Radar",
        chart,
        say,
        [*range(len(chart.labels))],
        height=2 * _RADIUS + 5 * LINE,
        margin_left=side,
        margin_right=side,
        margin_top=3 * LINE,
        margin_bottom=2 * LINE,
        range=(0, top),
        y_labels=[*range(0, top + 1, 20)],
        value_formatter=_whole,
        stroke=False,
        _adapters=[],
    )
    for guide in _found(root, "g", "guides", within="web"):
        text = guide.find(f"{SVG}text")
        line = guide.find(f"{SVG}path")
        if text is not None and line is not None and text.get("transform"):
            _set_around(guide, text, _numbers(line), chart.labels)
    _set_ticks(root)
    for number, series in enumerate(chart.series):
        _outline(root, number, [value is not None for value in series.values])
    return root


def _set_around(
    guide: ET.Element, text: ET.Element, line: Sequence[Decimal], labels: Sequence[str]
) -> None:
    """Put the label of an axis outside its end, level, towards the nearer side."""
    x0, y0, x1, y1 = line
    across, down = x1 - x0, y1 - y0
    anchor = "middle" if abs(across) < FONT else "start" if across > 0 else "end"
    room = 2 * _RADIUS if anchor == "middle" else (WIDTH // 2 - int(abs(across)) - FONT)
    lines = wrapped(xml_text(labels[_index(text)]), room, _LINES)
    x, y = x0 + across * 105 / 100, y0 + down * 105 / 100
    height = LINE * len(lines)
    if anchor == "middle":
        first = y - height + FONT if down < 0 else y + FONT
    else:
        first = y - Decimal(height) / 2 + FONT
    _write(guide, text, lines, x, first, labels[_index(text)], anchor)


def _outline(root: ET.Element, number: int, known: Sequence[bool]) -> None:
    """Join the neighbouring points that are known; the last is the neighbour of the first."""
    plot = next(_found(root, "g", f"serie-{number}"))
    overlay = list(_found(root, "circle", "dot", within=f"serie-{number}"))
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
    root = _drawn(
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
    start = min(_at(bar, "x") for bar in _found(root, "rect", "rect"))
    for guide in _found(root, "g", "guides", within="y"):
        text = guide.find(f"{SVG}text")
        if text is None:
            continue
        index = _index(text)
        middle = _at(text, "y")
        first = middle - Decimal(thick) / 2 - 6 - LINE * (len(texts[index]) - 1)
        _write(guide, text, texts[index], start, first, chart.labels[index], "start")
        for number, series in enumerate(chart.series):
            if series.values[index] is None:
                y = middle + _BAR * number - Decimal(thick - _BAR) / 2 + FONT // 3
                _text(guide, "–", start, y, "start")
    for value in _found(root, "text", "value"):
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
    root = _drawn(
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
        value_formatter=_whole,
        allow_interruptions=True,
        print_values=True,
    )
    for guide in _found(root, "g", "guides", within="x"):
        text = guide.find(f"{SVG}text")
        if text is not None:
            index = _index(text)
            x, y = _at(text, "x"), _at(text, "y") + FONT // 2
            _write(guide, text, texts[index], x, y, chart.labels[index], "middle")
    _set_ticks(root)
    _keep_figures_of_the_first(root)
    return root


def _set_ticks(root: ET.Element) -> None:
    """Put the numbers of the scale left of it, in the middle of their lines."""
    for guide in _found(root, "g", "guides", within="y"):
        for text in guide.findall(f"{SVG}text"):
            text.set("y", str(_at(text, "y") + FONT // 3))
            text.set("text-anchor", "end")


def _keep_figures_of_the_first(root: ET.Element) -> None:
    """Figures stand above the points of the first unit; those of all would cover each other."""
    for overlay in _found(root, "g", "text-overlay"):
        for series in overlay.findall(f"{SVG}g"):
            if "serie-0" not in series.get("class", "").split():
                overlay.remove(series)
    for value in _found(root, "text", "value"):
        value.set("x", str(_at(value, "x") - FONT))
        value.set("y", str(_at(value, "y") - FONT - FONT // 3 - 2 * _DOT))
        value.set("text-anchor", "middle")


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _drawn(  # what pygal calls its settings, and attributes of its class that have none
    kind: str, chart: Chart, say: Language, order: Sequence[int], *, height: int, **settings: Any
) -> ET.Element:
    import pygal
    from pygal.style import Style

    own = {name: settings.pop(name) for name in list(settings) if name.startswith("_")}
    plot: Callable[..., Any] = type(kind, (getattr(pygal, kind),), own)
    drawing = plot(
        # Labels without size take no room from the plot: their place is found here.
        style=Style(label_font_size=0, major_label_font_size=0, value_font_size=FONT),
        width=WIDTH,
        height=height,
        margin=0,
        spacing=0,
        js=[],
        show_legend=False,
        truncate_label=-1,
        x_labels=[str(index) for index in order],
        dots_size=_DOT,
        **settings,
    )
    for series in chart.series:
        values = [series.values[index] for index in order]
        drawing.add("", [None if each is None else _value(each, say) for each in values])
    root = ET.fromstring(drawing.render(is_unicode=True, disable_xml_declaration=True))  # noqa: S314
    _strip(root)
    return root


def _strip(root: ET.Element) -> None:
    """Take off what pygal adds for its script, and its frames."""
    for parent in list(root.iter()):
        for child in list(parent):
            useless = child.tag.removeprefix(SVG) in ("defs", "script", "desc", "title")
            kind = child.get("class", "").split()
            frame = "axis" in parent.get("class", "").split() and "line" in kind
            if useless or frame or "tooltip-overlay" in kind or "background" in kind:
                parent.remove(child)


def _value(value: Decimal, say: Language) -> dict[str, Any]:
    """A number for pygal, which draws with floats, and its figures as they are printed."""
    printed = say.number(value)
    return {"value": value, "formatter": lambda _: printed}


def _whole(value: Any) -> str:
    return str(int(value))


def _found(root: ET.Element, tag: str, name: str, within: str = "") -> Iterator[ET.Element]:
    """Elements of a class, in the order of the file; only those in one of the class `within`."""
    tops = [each for each in root.iter() if within in each.get("class", "").split()]
    for top in tops if within else [root]:
        for each in top.iter(f"{SVG}{tag}"):
            if name in each.get("class", "").split():
                yield each


def _index(text: ET.Element) -> int:
    return int(text.text or 0)


def _at(element: ET.Element, attribute: str) -> Decimal:
    return Decimal(element.get(attribute, "0"))


def _numbers(path: ET.Element) -> list[Decimal]:
    return [Decimal(each.lstrip("ML")) for each in path.get("d", "").split()]


def _write(
    parent: ET.Element,
    text: ET.Element,
    lines: Sequence[str],
    x: Decimal,
    y: Decimal,
    full: str,
    anchor: str,
) -> None:
    """Set lines of text in the place of a label; the whole of it where it was shortened."""
    parent.remove(text)
    for number, line in enumerate(lines):
        _text(parent, line, x, y + number * LINE, anchor)
    if "".join(lines).endswith("…"):
        ET.SubElement(parent, f"{SVG}title").text = xml_text(full)


def _text(parent: ET.Element, words: str, x: Decimal, y: Decimal, anchor: str) -> None:
    place = {"x": str(rounded(x, 2)), "y": str(rounded(y, 2)), "text-anchor": anchor}
    ET.SubElement(parent, f"{SVG}text", place).text = words
