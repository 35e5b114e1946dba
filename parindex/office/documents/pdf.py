"""A report as PDF, drawn by Typst: its compiler and a font come with its wheel.

The drawing (`templates/report.typ`) is fixed, and the report is JSON beside it, so
that no text of a report is ever read as markup. Nothing is taken from a network.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Final

import msgspec

from parindex.findings import InputError
from parindex.office.charts.drawing import svg
from parindex.office.documents.paper import PaperChart, paper
from parindex.office.documents.size import check_size
from parindex.office.reports.blocks import Report
from parindex.values.codes import PDF_FAILED
from parindex.values.finding import Finding

_STDERR: Final = 2
_OFFICE: Final = frozenset(("Times New Roman", "Tinos"))
"""Fonts that the drawing prefers, whose bold is right."""


def render_pdf(report: Report) -> bytes:
    """The bytes of the file; the same for the same report and fonts.

    Raises:
        InputError: P145 it is too large, or Typst cannot draw it.
    """
    check_size(report, "pdf")
    import typst

    laid_out = paper(report)
    sources = {"main.typ": files(__package__).joinpath("templates/report.typ").read_bytes()}
    told = msgspec.to_builtins(laid_out) | {"own_font": has_only_its_own_font()}
    sources["data.json"] = msgspec.json.encode(told)
    charts = (block for run in laid_out.body for block in run.blocks)
    drawn = [block.chart for block in charts if isinstance(block, PaperChart)]
    for number, chart in enumerate(drawn, start=1):
        sources[f"chart-{number}.svg"] = svg(chart, report.lang, paper=True).encode()
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


def has_only_its_own_font() -> bool:
    """Whether the machine has none of the fonts of offices, so that Typst takes the one it brings."""
    import typst

    return _OFFICE.isdisjoint(typst.Fonts().families())
