"""Scores that nobody sees who looks at the workbook: one rule for sheets, rows, columns and cells."""

from collections.abc import Iterator, Mapping
from typing import Final

from parindex.office.xlsx.cells import Cell, column_letters
from parindex.office.xlsx.headings import COMPUTED, Heading
from parindex.office.xlsx.sheet import Sheet
from parindex.scorecard.words import folded
from parindex.values.codes import HIDDEN_SCORES
from parindex.values.fields import short
from parindex.values.finding import Finding, Path
from parindex.values.language import mark

_MOST: Final = 5
"""Cells that one message names."""
_SHEET: Final = mark("no hidden sheet with scores: unhide it, or delete it")
_VERY: Final = mark(
    "no hidden sheet with scores; Excel's menu does not show this one: in LibreOffice choose Sheet, "
    "Show Sheet, in Excel press Alt+F11 and set its Visible to xlSheetVisible, or copy the "
    "other sheets into a new workbook"
)
_COLUMN: Final = mark("no hidden column with scores: unhide it, or empty it")
_ROW: Final = mark("no hidden row with scores: unhide it, clear the filter or open the group")
_LABEL: Final = mark("what says unit, year or scheme where it is seen: unhide the row or column")
_FORMAT: Final = mark("a number format that shows the figure")


def unseen_scores(sheet: Sheet, heading: Heading) -> Iterator[Finding]:
    """The faults of scores below a heading that stand where nobody sees them.

    What a template works out itself is none, nor a hidden code, name or maximum
    beside which no score stands.
    """
    given = [*_given(sheet, heading)]
    if not given:
        return
    if sheet.is_hidden:
        expected = _VERY if sheet.is_very_hidden else _SHEET
        told = {"found": short(sheet.name), "expected": expected}
        yield Finding(HIDDEN_SCORES, "", told, place=sheet.place())
        return
    read = [heading.columns[name] for name in ("code", *heading.inputs)]
    hidden = {column for column in read if sheet.hides_column(column)}
    for column in sorted(hidden):
        cells = [at for at in given if at[1] == column or column == heading.columns["code"]]
        if cells:
            told = {"found": column_letters(column), "expected": _COLUMN}
            yield Finding(HIDDEN_SCORES, "", told, place=sheet.place(cells[0][0], column))
    rows = {row: (row, column) for row, column in reversed(given) if row in sheet.hidden_rows}
    for cells, expected in (
        ([rows[row] for row in sorted(rows)], _ROW),
        ([at for at in given if at in sheet.unseen], _FORMAT),
    ):
        if cells:
            found = ", ".join(f"{column_letters(column)}{row}" for row, column in cells[:_MOST])
            told = {"found": f"{found}…" if len(cells) > _MOST else found, "expected": expected}
            yield Finding(HIDDEN_SCORES, "", told, place=sheet.place(*cells[0]))


def unseen_labels(sheet: Sheet, cells: Mapping[Path, tuple[int, int]]) -> Iterator[Finding]:
    """The faults of what stands above the table, as the unit or the year, where nobody sees it."""
    for path, (row, column) in cells.items():
        if len(path) == 1 and (row in sheet.hidden_rows or sheet.hides_column(column)):
            told = {"found": f"{column_letters(column)}{row}", "expected": _LABEL}
            yield Finding(HIDDEN_SCORES, str(path[0]), told, place=sheet.place(row, column))


def _given(sheet: Sheet, heading: Heading) -> Iterator[tuple[int, int]]:
    """The cells below a heading in which a score is given, in their order."""
    inputs = sorted(heading.columns[name] for name in heading.inputs)
    for row in sorted(row for row in sheet.rows if row > heading.last):
        cells = sheet.rows[row]
        if heading.columns["code"] in cells or not cells.keys().isdisjoint(_named(heading)):
            yield from (
                (row, column)
                for column in inputs
                if column in cells and _is_score(cells[column], heading)
            )


def _named(heading: Heading) -> set[int]:
    return {heading.columns[name] for name in ("name", "key") if name in heading.columns}


def _is_score(cell: Cell, heading: Heading) -> bool:
    """Whether a cell has a score of its own, and not only words, or what the template works out."""
    if cell.formula and "key" in heading.columns:
        return False
    return folded(cell.text) not in ("", *COMPUTED) or cell.kind == "unsaved"
