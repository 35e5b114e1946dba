"""Charts drawn as SVG for a page or for paper, and alone as SVG, PNG, a page, and their spec.

Vega-Lite draws them through vl-convert, which needs no browser and no network.
"""

import xml.etree.ElementTree as ET
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from parindex.office.charts.chart import Chart
from parindex.office.charts.look import PAGE, PAPER, WIDE, Look, alone
from parindex.office.charts.parts import Spec, in_words
from parindex.office.charts.specs import spec
from parindex.values.escaping import xml_text
from parindex.values.language import Language, LanguageCode, language

_SVG: Final = "{http://www.w3.org/2000/svg}"
_VERSION: Final = "6.1"
"""Of Vega-Lite: fixed, so that pictures stay the same when vl-convert brings newer ones."""
_DOTS: Final = 2
"""Dots of a picture for each unit of its drawing."""


def svg(chart: Chart, lang: LanguageCode, *, name: str = "chart", paper: bool = False) -> str:
    """The chart as one `svg` element of a page, which says its title, source and notes itself.

    Args:
        chart: what to draw; its texts are shown letter by letter.
        lang: the language of its numbers and words.
        name: its id, which several charts of one page must not share.
        paper: dark text on white, whatever surrounds it; else the colours and the
            typeface of the page, which may set `--series-1` to `--series-4` and `--grid`.
    """
    say = language(lang)
    root = _drawn(spec(chart, on_paper(chart) if paper else PAGE, say))
    for size in ("class", "width", "height"):
        root.attrib.pop(size, None)
    _, top, wide, high = map(Decimal, root.get("viewBox", "").split())
    spare = 0 if paper else PAGE.letters
    wide = max(wide, Decimal(PAPER.width)) + 2 * spare
    root.set("viewBox", f"{-spare} {top} {wide} {high}")
    for each in [] if paper else root.iter():
        if "font-family" in each.attrib:
            each.set("font-family", "inherit")
    return _told(root, chart, say, name)


def svg_alone(chart: Chart, lang: LanguageCode, look: Look | None = None) -> str:
    """The chart as a file of its own, with its title, source and notes in the picture."""
    say, look = language(lang), look or alone()
    root = _drawn(spec(chart, look, say))
    root.attrib.pop("class", None)
    _fill(root, look)
    return _told(root, chart, say, "chart")


def png(chart: Chart, lang: LanguageCode, look: Look | None = None) -> bytes:
    """The chart as a picture.

    Args:
        chart: what to draw.
        lang: the language of its numbers and words.
        look: of a picture alone, of two dots for each unit; None is for a document: dark
            on white, about 16 cm wide, of 200 dots an inch.
    """
    if look is None:
        own = on_paper(chart)
        root = _drawn({**spec(chart, own, language(lang)), "background": "white"})
        scale, ppi = 1600 * 72 / (254 * own.width), 200
    else:
        root = _drawn(spec(chart, look, language(lang)))
        _fill(root, look)
        scale, ppi = _DOTS, 72
    text = ET.tostring(root, encoding="unicode")
    picture: bytes = _library().svg_to_png(text, scale=scale, ppi=ppi)
    return picture


def spec_json(chart: Chart, lang: LanguageCode, look: Look | None = None) -> str:
    """The spec of Vega-Lite with its data, for who draws it in another style."""
    text = _as_json(spec(chart, look or alone(), language(lang)))
    return msgspec.json.format(text, indent=2) + "\n"


def on_paper(chart: Chart) -> Look:
    """How a chart looks in a document: rows are wide and low, all else is narrow with larger letters."""
    return WIDE if chart.kind in ("bars", "bands", "shares") else PAPER


def _as_json(drawing: Spec) -> str:
    return msgspec.json.Encoder(decimal_format="number").encode(drawing).decode()


def _drawn(drawing: Spec) -> ET.Element:
    """The drawing as XML."""
    text = _as_json(drawing)
    made = _library().vegalite_to_svg(text, vl_version=_VERSION, allowed_base_urls=[])
    ET.register_namespace("", _SVG.strip("{}"))
    return ET.fromstring(made)  # noqa: S314 our own


@cache
def _library() -> Any:
    """vl-convert, with the font of pictures: two files of `fonts`, of Noto Sans what Latin letters need."""
    import vl_convert

    fonts = Path(__file__).with_name("fonts")
    vl_convert.register_font_directory(str(fonts))
    return vl_convert


def _told(root: ET.Element, chart: Chart, say: Language, name: str) -> str:
    """The drawing as text, with what it shows in words for those who cannot see it."""
    root.set("overflow", "visible")  # letters of another typeface may be wider
    root.attrib.update({"id": name, "role": "img", "aria-labelledby": f"{name}-title {name}-desc"})
    for at, (part, words) in enumerate((("title", chart.title), ("desc", in_words(chart, say)))):
        element = ET.Element(f"{_SVG}{part}", {"id": f"{name}-{part}"})
        element.text = xml_text(words)
        root.insert(at, element)
    return ET.tostring(root, encoding="unicode")


def _fill(root: ET.Element, look: Look) -> None:
    """A slide has the form of a slide: what is drawn stands in its middle, on its ground."""
    if look.height is None:
        return
    _, _, wide, high = map(Decimal, root.get("viewBox", "").split())
    width = max(wide, high * look.width / look.height)
    height = max(high, width * look.height / look.width)
    left = (wide - width) / 2
    root.set("viewBox", f"{left:f} 0 {width:f} {height:f}")
    root.attrib.update({"width": f"{look.width}", "height": f"{look.height}"})
    ground = root.find(f"{_SVG}rect")
    if ground is not None:
        ground.attrib.update({"x": f"{left:f}", "width": f"{width:f}", "height": f"{height:f}"})
