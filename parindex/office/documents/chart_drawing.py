"""What pygal draws, as a bare SVG tree, and how labels are set in it.

pygal cuts long labels off, turns those of a radar and draws what is not known
as zero in it; so it is given the numbers of the labels only.
"""

import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from parindex.office.documents.chart_text import FONT, LINE
from parindex.office.reports.blocks import Chart
from parindex.values.escaping import xml_text
from parindex.values.exact import rounded
from parindex.values.language import Language

WIDTH: Final = 460
"""Units from left to right: few, so that letters can still be read on a phone."""
SVG: Final = "{http://www.w3.org/2000/svg}"
DOT: Final = 4
"""Half the size of a point."""


def drawn(
    kind: str, chart: Chart, say: Language, order: Sequence[int], *, height: int, **settings: Any
) -> ET.Element:
    """A plot as pygal draws it, with the labels and values in that order.

    Args:
        kind: the name of pygal's class.
        chart: the values.
        say: the language of their figures.
        order: the positions of the labels; each label is written as its position.
        height: units from top to bottom.
        settings: what pygal calls so; with `_` in front, an attribute of the class.
    """
    pygal = _pygal()
    own = {name: settings.pop(name) for name in list(settings) if name.startswith("_")}
    plot: Callable[..., Any] = type(kind, (getattr(pygal, kind),), own)
    drawing = plot(
        # Labels without size take no room from the plot: their place is found here.
        style=pygal.style.Style(label_font_size=0, major_label_font_size=0, value_font_size=FONT),
        width=WIDTH,
        height=height,
        margin=0,
        spacing=0,
        js=[],
        show_legend=False,
        truncate_label=-1,
        x_labels=[str(index) for index in order],
        dots_size=DOT,
        **settings,
    )
    for series in chart.series:
        values = [series.values[index] for index in order]
        drawing.add("", [None if each is None else _value(each, say) for each in values])
    root = ET.fromstring(drawing.render(is_unicode=True, disable_xml_declaration=True))  # noqa: S314
    _strip(root)
    return root


def _pygal() -> Any:
    """pygal, without the finder of maps that it leaves in Python: modern ones warn of its kind."""
    import pygal

    old = getattr(pygal, "PluginImportFixer", ())
    sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, old)]
    return pygal


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


def whole(value: Any) -> str:
    """A number of the scale, without the fraction that pygal's floats write."""
    return str(int(value))


def found(root: ET.Element, tag: str, name: str, within: str = "") -> Iterator[ET.Element]:
    """Elements of a class, in the order of the file; only those in one of the class `within`."""
    tops = [each for each in root.iter() if within in each.get("class", "").split()]
    for top in tops if within else [root]:
        for each in top.iter(f"{SVG}{tag}"):
            if name in each.get("class", "").split():
                yield each


def index_of(text: ET.Element) -> int:
    """Which label a text stands for."""
    return int(text.text or 0)


def at(element: ET.Element, attribute: str) -> Decimal:
    """A coordinate of an element; 0 where it has none."""
    return Decimal(element.get(attribute, "0"))


def numbers(path: ET.Element) -> list[Decimal]:
    """The coordinates of a path of straight lines."""
    return [Decimal(each.lstrip("ML")) for each in path.get("d", "").split()]


def write_lines(
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
        write_text(parent, line, x, y + number * LINE, anchor)
    if "".join(lines).endswith("…"):
        ET.SubElement(parent, f"{SVG}title").text = xml_text(full)


def write_text(parent: ET.Element, words: str, x: Decimal, y: Decimal, anchor: str) -> None:
    """Set one line of text at its place."""
    place = {"x": str(rounded(x, 2)), "y": str(rounded(y, 2)), "text-anchor": anchor}
    ET.SubElement(parent, f"{SVG}text", place).text = words
