"""How large a report may be in each form: counted before it is laid out, so that no machine is filled."""

from collections.abc import Iterator
from typing import Final

from parindex.findings import InputError
from parindex.office.reports.blocks import Bullets, Paragraph, Report, TableBlock, Traces
from parindex.tables.table import Table
from parindex.values.codes import NESTED_TOO_DEEP, PDF_FAILED
from parindex.values.finding import Finding
from parindex.values.language import N_

_TOO_LARGE: Final = N_("letters, with a share for each cell; --no-annex leaves some out")
_LARGEST: Final = {
    "pdf": (30, 450_000),
    "docx": (200, 8_000_000),
    "html": (60, 12_000_000),
    "markdown": (60, 12_000_000),
}
"""By form: how many letters take as much memory as a cell, and letters with those for cells.

So much was drawn within 10 s and 400 MB.
"""


def check_size(report: Report, form: str) -> None:
    """Refuse a report that is too large for a form.

    Raises:
        InputError: P145 it is for PDF, P106 for another form.
    """
    tables = list(_tables(report))
    cells = sum(len(table.columns) * (len(table.rows) + 1) for table in tables)
    words = (cell for table in tables for row in table.rows for cell in row)
    letters = sum(len(word) for word in words if isinstance(word, str)) + sum(_letters(report))
    share, most = _LARGEST[form]
    found = letters + share * cells
    if found > most:
        code = PDF_FAILED if form == "pdf" else NESTED_TOO_DEEP
        told = {"found": str(found), "cause": _TOO_LARGE, "expected": f"≤ {most}"}
        raise InputError([Finding(code, "", told)])


def _tables(report: Report) -> Iterator[Table]:
    for block in report.blocks:
        if isinstance(block, TableBlock):
            yield block.sheet
        elif isinstance(block, Traces):
            yield from block.sheets


def _letters(report: Report) -> Iterator[int]:
    for block in report.blocks:
        if isinstance(block, Paragraph):
            yield len(block.text)
        elif isinstance(block, Bullets):
            yield from map(len, block.items)
