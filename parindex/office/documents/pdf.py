"""A report as PDF, drawn by Typst: its compiler and a font come with its wheel.

The drawing (`templates/report.typ`) is fixed, and the report is JSON beside it, so
that no text of a report is ever read as markup. Nothing is taken from a network.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from parindex.findings import InputError
from parindex.office.charts.drawing import svg
from parindex.office.charts.look import PAPER
from parindex.office.documents.paper import PaperChart, paper
from parindex.office.documents.size import check_size
from parindex.office.reports.blocks import Report
from parindex.values.codes import PDF_FAILED
from parindex.values.finding import Finding

_STDERR: Final = 2
_OFFICE: Final = ("Times New Roman", "Tinos", "Liberation Serif")
"""Fonts that the drawing prefers, whose bold is right."""
_SIGNS: Final = ("ộ", "\U0010fffd")
"""A letter with two marks, and a sign that no font has."""
_MEASURED: Final = (
    '#set text(font: "{}", fallback: false)\n#context [#metadata(measure("{}").width) <w>]'
)
NARROW: Final = 135
WIDEST: Final = 160
HIGHEST: Final = 85
"""Millimetres of a picture at most: a higher one that does not fit leaves too much of a page empty."""


def render_pdf(report: Report) -> bytes:
    """The bytes of the file; the same for the same report and fonts.

    Raises:
        InputError: P145 it is too large, or Typst cannot draw it.
    """
    check_size(report, "pdf")
    import typst

    laid_out = paper(report)
    sources = {"main.typ": files(__package__).joinpath("templates/report.typ").read_bytes()}
    told = msgspec.to_builtins(laid_out) | {"fonts": fonts_of_offices()}
    drawn = [block for run in told["body"] for block in run["blocks"] if block["type"] == "chart"]
    charts = [
        each.chart for run in laid_out.body for each in run.blocks if isinstance(each, PaperChart)
    ]
    for number, (block, chart) in enumerate(zip(drawn, charts, strict=True), start=1):
        picture = svg(chart, report.lang, paper=True)
        block |= {"file": f"chart-{number}.svg", "width": _width(picture)}
        sources[block["file"]] = picture.encode()
    sources["data.json"] = msgspec.json.encode(told)
    try:
        with _silent():
            pdf: bytes = typst.compile(sources, format="pdf", timestamp=0)  # type: ignore[call-overload]  # its types lack files in memory
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of Rust is no Exception
        is_told = isinstance(error, typst.TypstError)
        found = str(error).partition("\n")[0] if is_told else type(error).__name__
        raise InputError([Finding(PDF_FAILED, "", {"found": found})]) from error
    return pdf


@contextmanager
def _silent() -> Iterator[None]:
    """Nothing is written to standard error: Rust tells there of a panic before it is caught."""
    try:
        kept = os.dup(_STDERR)
    except OSError:  # it is closed
        yield
        return
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)


def _width(picture: str) -> int:
    """How many millimetres a picture is wide: by the size of its letters, unless it would be too high."""
    box = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', picture)
    if box is None:
        return NARROW
    wide, high = Fraction(box[1]), Fraction(box[2])
    return int(min(Fraction(WIDEST), NARROW * wide / PAPER.width, HIGHEST * wide / high))


@cache
def fonts_of_offices() -> tuple[str, ...]:
    """The fonts of this machine that letters are written in, the best first; Typst brings one more.

    Old releases of Liberation Serif lack most Vietnamese letters, which would come from
    another font, one by one; newer ones have them.
    """
    import typst

    known = set(typst.Fonts().families())
    return tuple(font for font in _OFFICE if font in known and _has_letters(font))


def _has_letters(font: str) -> bool:
    """Whether a font has letters with two marks: else all of them are as wide as what is missing."""
    import typst

    widths = [
        typst.query(_MEASURED.format(font, sign).encode(), "<w>", field="value") for sign in _SIGNS
    ]
    return widths[0] != widths[1]
