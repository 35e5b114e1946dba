"""A report as PDF, drawn by Typst: its compiler and a font come with its wheel.

The drawing (`templates/report.typ`) is fixed, and the report is JSON beside it, so
that no text of a report is ever read as markup. Nothing is taken from a network.
"""

from importlib.resources import files
from typing import Final

import msgspec

from parindex.findings import InputError
from parindex.office.documents.charts import svg
from parindex.office.documents.paper import PaperChart, paper
from parindex.office.reports.blocks import Report
from parindex.values.codes import PDF_FAILED
from parindex.values.finding import Finding

_OFFICE: Final = frozenset(("Times New Roman", "Tinos"))
"""Fonts that the drawing prefers, whose bold is right."""


def render_pdf(report: Report) -> bytes:
    """The bytes of the file; the same for the same report and fonts.

    Raises:
        InputError: P145 Typst cannot draw it.
    """
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
        pdf: bytes = typst.compile(sources, format="pdf", timestamp=0)  # type: ignore[call-overload]  # its types lack files in memory
    except typst.TypstError as error:
        found = str(error).partition("\n")[0]
        raise InputError([Finding(PDF_FAILED, "", {"found": found})]) from error
    return pdf


def has_only_its_own_font() -> bool:
    """Whether the machine has none of the fonts of offices, so that Typst takes the one it brings."""
    import typst

    return _OFFICE.isdisjoint(typst.Fonts().families())
