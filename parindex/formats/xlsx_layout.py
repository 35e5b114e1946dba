"""The columns of a template, and how its sheet is set up for the screen and for print."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ORDER: Final = (
    "code",
    "name",
    "maximum",
    "result",
    "whole",
    "state",
    "self",
    "appraised",
    "difference",
    "evidence",
    "note",
    "how",
    "key",
)
"""The columns from the left: those of the official table, and what was done, of how many."""
_WIDTHS: Final = (8, 46, 9, 16, 11, 16, 11, 11, 10, 24, 24, 40, 8)
HEADING: Final = 7
"""The row of the headings; the first to fill stands right below it."""


def set_up(sheet: "Worksheet", last: int) -> None:
    """Widths, print set-up down to a row, and the lock on all but what is to be filled in."""
    for column, width in enumerate(_WIDTHS):
        hidden = {"hidden": True} if ORDER[column] == "key" else {}
        sheet.set_column(column, column, width, None, hidden)
    sheet.freeze_panes(HEADING, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(HEADING - 1)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, ORDER.index("how"))
    sheet.set_footer("&R&P / &N")
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
