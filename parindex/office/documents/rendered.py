"""A report in each format."""

from pathlib import Path
from typing import Literal

from parindex.office.reports.blocks import Report

ReportFormat = Literal["docx", "pdf", "html", "markdown"]


def rendered(report: Report, form: ReportFormat, template: Path | None = None) -> str | bytes:
    """A report as text, or as the bytes of a document; only what writes its format is imported."""
    match form:
        case "markdown":
            from parindex.office.documents.markdown import render_report_markdown

            return render_report_markdown(report)
        case "html":
            from parindex.office.documents.html import render_html

            return render_html(report)
        case "pdf":
            from parindex.office.documents.pdf import render_pdf

            return render_pdf(report)
        case "docx":
            from parindex.office.documents.docx import render_docx

            return render_docx(report, template)
