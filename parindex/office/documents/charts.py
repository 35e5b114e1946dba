"""Charts of a report as SVG, for a page or for paper, and as PNG for word processors.

There is no script, no date and nothing from outside in them: the same chart
gives the same text every time. The title is not drawn: each document writes
it as a caption.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from parindex.office.documents.chart_drawing import SVG, WIDTH
from parindex.office.documents.chart_plots import bars, radar, ranks
from parindex.office.documents.chart_text import FONT, LINE, width, wrapped
from parindex.office.reports.blocks import Chart
from parindex.values.escaping import xml_text
from parindex.values.exact import rounded
from parindex.values.language import Language, LanguageCode, language

COLOURS: Final = ("#0072b2", "#b84e00", "#00795a", "#8a4f9e")
"""Told apart also by most colour-blind readers; dashes and points say the same without colour."""
_DASHES: Final = ("none", "7 4", "2 3", "10 3 2 3")
_PLOTS: Final = {"radar": radar, "bars": bars, "ranks": ranks}
_NUMBER: Final = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_LEGEND_MARK: Final = 34
_FONTS: Final = "'Times New Roman','Libertinus Serif','DejaVu Serif',serif"


def svg(chart: Chart, lang: LanguageCode, *, name: str = "chart", paper: bool = False) -> str:
    """The chart as one `svg` element.

    Args:
        chart: what to draw; its texts are shown letter by letter.
        lang: the language of its numbers and words.
        name: its id, which several charts of one page must not share.
        paper: dark text on white, whatever surrounds it; else the colours and the
            typeface of the page, which may set `--series-1` to `--series-4` and `--grid`.
    """
    say = language(lang)
    drawn = any(value is not None for each in chart.series for value in each.values)
    root = _PLOTS[chart.kind](chart, say) if drawn else _nothing(say)
    _tidy(root)
    for dot in list(root.iter(f"{SVG}circle")):
        _mark(dot, _series_of(root, dot))
    height = Decimal(root.get("viewBox", "").split()[3])
    if drawn and (len(chart.series) > 1 or chart.kind != "bars"):
        height = _legend(root, chart, height + LINE + FONT // 2)
    if drawn and chart.kind == "radar":
        height = _unknown(root, chart, say, height)
    root.set("viewBox", f"0 0 {WIDTH} {height}")
    _describe(root, chart, say, name)
    style = ET.Element(f"{SVG}style")
    style.text = _style(f"#{name}", len(chart.series), paper=paper)
    root.insert(2, style)
    ET.register_namespace("", SVG.strip("{}"))
    return ET.tostring(root, encoding="unicode")


def png(chart: Chart, lang: LanguageCode) -> bytes:
    """The chart as a picture of 200 dots an inch, dark on white, 16 cm wide."""
    import typst

    page = """#set page(width: 16cm, height: auto, margin: 0pt)
        #image(bytes(sys.inputs.chart), format: "svg", width: 100%)"""
    drawing = svg(chart, lang, paper=True)
    return typst.compile(page.encode(), format="png", ppi=200, sys_inputs={"chart": drawing})


def _nothing(say: Language) -> ET.Element:
    root = ET.Element(f"{SVG}svg", {"viewBox": f"0 0 {WIDTH} {2 * LINE}"})
    ET.SubElement(root, f"{SVG}text", {"y": str(LINE)}).text = say("No figure is known.")
    return root


def _tidy(root: ET.Element) -> None:
    """Take off digits that nobody sees, and names that would clash on a page."""
    for each in root.iter():
        each.attrib.pop("id", None)
        for key, value in each.attrib.items():
            each.set(key, _NUMBER.sub(_short, value))
    root.attrib.pop("class", None)


def _short(match: re.Match[str]) -> str:
    return f"{rounded(Decimal(match[0]), 1):f}"


def _series_of(root: ET.Element, dot: ET.Element) -> int:
    for group in root.iter(f"{SVG}g"):
        found = re.search(r"serie-(\d+)", group.get("class", ""))
        if found and any(each is dot for each in group.iter()):
            return int(found[1])
    return 0


def _mark(dot: ET.Element, series: int) -> None:
    """Give the points of each series a form of its own."""
    x, y = Decimal(dot.attrib.pop("cx")), Decimal(dot.attrib.pop("cy"))
    dot.attrib.pop("r", None)
    dot.tag = f"{SVG}path"
    dot.set("d", _form(series, x, y))
    dot.set("class", "dot")


def _form(series: int, x: Decimal, y: Decimal) -> str:
    forms = (
        f"M{x - 4} {y} a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 Z",
        f"M{x - 4} {y - 4} h8 v8 h-8 Z",
        f"M{x} {y - 5} l5 9 h-10 Z",
        f"M{x} {y - 5} l5 5 l-5 5 l-5 -5 Z",
    )
    return forms[series % len(forms)]


def _legend(root: ET.Element, chart: Chart, top: Decimal) -> Decimal:
    """The names of the series below the plot, side by side as far as they fit; where it ends."""
    x = 0
    legend = ET.SubElement(root, f"{SVG}g", {"class": "legend"})
    for number, series in enumerate(chart.series):
        lines = wrapped(xml_text(series.name), WIDTH - _LEGEND_MARK - FONT, 2) or ("–",)
        needed = _LEGEND_MARK + max(map(width, lines)) + FONT
        if x and x + needed > WIDTH:
            x, top = 0, top + LINE
        group = ET.SubElement(legend, f"{SVG}g", {"class": f"serie-{number}"})
        _legend_mark(group, chart, number, x, top - FONT // 3)
        for position, line in enumerate(lines):
            place = {"x": str(x + _LEGEND_MARK), "y": str(top + position * LINE)}
            ET.SubElement(group, f"{SVG}text", place).text = line
        x += needed
        if len(lines) > 1:
            x, top = WIDTH, top + LINE * (len(lines) - 1)
    return top + LINE // 2


def _legend_mark(group: ET.Element, chart: Chart, number: int, x: int, y: Decimal) -> None:
    if chart.kind == "bars":
        path = {"d": f"M{x} {y - 6} h26 v12 h-26 Z", "class": "rect"}
        ET.SubElement(group, f"{SVG}path", path)
        return
    ET.SubElement(group, f"{SVG}path", {"d": f"M{x} {y} h26", "class": "line"})
    form = {"d": _form(number, Decimal(x + 13), y), "class": "dot"}
    ET.SubElement(group, f"{SVG}path", form)


def _unknown(root: ET.Element, chart: Chart, say: Language, top: Decimal) -> Decimal:
    """Say what is left out of the web because it is not known; where that ends."""
    missing = [
        f"{label} ({series.name})"
        for series in chart.series
        for label, value in zip(chart.labels, series.values, strict=True)
        if value is None
    ]
    if not missing:
        return top
    told = say("Not known and not drawn: {names}", names="; ".join(missing))
    lines = wrapped(xml_text(told), WIDTH, 4)
    for number, line in enumerate(lines, start=1):
        place = {"x": "0", "y": str(top + number * LINE), "class": "note"}
        ET.SubElement(root, f"{SVG}text", place).text = line
    return top + LINE * len(lines) + LINE // 2


def _describe(root: ET.Element, chart: Chart, say: Language, name: str) -> None:
    """Name and figures for those who cannot see the picture."""
    root.attrib.update({"id": name, "role": "img", "aria-labelledby": f"{name}-title {name}-desc"})
    title = ET.Element(f"{SVG}title", {"id": f"{name}-title"})
    title.text = xml_text(chart.title)
    desc = ET.Element(f"{SVG}desc", {"id": f"{name}-desc"})
    desc.text = xml_text(" ".join(_told(chart, say)))
    root.insert(0, title)
    root.insert(1, desc)


def _told(chart: Chart, say: Language) -> Iterator[str]:
    for series in chart.series:
        pairs = zip(chart.labels, series.values, strict=True)
        figures = [f"{label}: {'–' if v is None else say.number(v)}" for label, v in pairs]
        yield f"{series.name}. {'; '.join(figures)}."


def _style(name: str, count: int, *, paper: bool) -> str:
    ink = "#111" if paper else "currentColor"
    grid = "#999" if paper else "var(--grid,#999)"
    rules = [
        f"{{font-family:{_FONTS if paper else 'inherit'};font-size:{FONT}px;fill:{ink}}}",
        f" .axis path{{fill:none;stroke:{grid};stroke-width:1}}",
        " .value{font-weight:bold}",
    ]
    for number in range(count):
        form = number % len(COLOURS)
        own = COLOURS[form] if paper else f"var(--series-{form + 1},{COLOURS[form]})"
        drawn = f"{{fill:none;stroke:{own};stroke-width:2;stroke-dasharray:{_DASHES[form]}}}"
        rules += [
            f" .serie-{number} .line{drawn}",
            f" .serie-{number} .dot{{fill:{own}}}",
            f" .serie-{number} .rect{{fill:{own}}}",
        ]
    return "".join(f"{name}{rule}" for rule in rules)
