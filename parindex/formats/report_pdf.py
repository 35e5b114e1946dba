"""A report as PDF, drawn by Typst: its compiler and a font come with its wheel.

The drawing (`templates/report.typ`) is fixed, and the report is JSON beside it, so
that no text of a report is ever read as markup. Nothing is taken from a network.
"""

from importlib.resources import files

import msgspec

from parindex.formats.report_paper import PaperChart, paper
from parindex.views.report.blocks import Report


def render_pdf(report: Report) -> bytes:
    """The bytes of the file; the same for the same report and fonts."""
    import typst

    sources = {"main.typ": files(__package__).joinpath("templates/report.typ").read_bytes()}
    sources["data.json"] = msgspec.json.encode(paper(report))
    return typst.compile(sources, format="pdf", timestamp=0)
