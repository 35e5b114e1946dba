"""Sheets without a heading of scores: a table of another kind, or one whose headings are unknown."""

import re
from typing import Final, NamedTuple

from parindex.office.xlsx.columns import LAST_ROW, OF_POINTS
from parindex.office.xlsx.headings import column_of
from parindex.office.xlsx.row import is_figure
from parindex.office.xlsx.sheet import Sheet
from parindex.scorecard.words import folded
from parindex.values.codes import MISSING_FIELD, SHEET_PASSED_OVER
from parindex.values.fields import short
from parindex.values.finding import Finding
from parindex.values.language import mark

_CODE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})+\.?")
_ENOUGH: Final = 3
_HEADINGS: Final = mark(
    "headings above it: TT, and Điểm tự đánh giá or Điểm; or --columns; "
    "or --sheet with the name of the sheet that counts"
)


class Headless(NamedTuple):
    """What looks like codes of criteria, or figures, in a sheet without a heading of them.

    `is_table` where they go up as codes do, with figures beside them: then
    scores would be lost if the sheet were passed over.
    """

    sheet: Sheet
    row: int
    column: int
    is_table: bool

    def fault(self) -> Finding:
        """That a heading is missing: where one stands, as far as that can be told."""
        row, column = _nearly(self.sheet) or (self.row, self.column)
        told = {"found": short(self.sheet.rows[row][column].text), "expected": _HEADINGS}
        return Finding(MISSING_FIELD, "", told, place=self.sheet.place(row, column))

    def passed_over(self) -> Finding:
        """That the sheet beside the table was passed over."""
        return Finding(
            SHEET_PASSED_OVER, "", {"found": short(self.sheet.name)}, place=self.sheet.place()
        )


def headless(sheet: Sheet) -> Headless | None:
    """The first column of a sheet with what may be codes, else its first figure, of several.

    None where there are neither: nobody misses a sheet of words.
    """
    columns: dict[int, list[int]] = {}
    figures: list[tuple[int, int]] = []
    for row in sorted(sheet.rows):
        for column, cell in sheet.rows[row].items():
            if cell.kind in ("number", "percent"):
                figures.append((row, column))
            if cell.kind in ("text", "number") and not cell.formula and _CODE.fullmatch(cell.text):
                columns.setdefault(column, []).append(row)
    found = [
        Headless(sheet, rows[0], column, _is_table(sheet, rows, column))
        for column, rows in sorted(columns.items())
        if len(rows) >= _ENOUGH
    ]
    if len(figures) >= _ENOUGH:
        found.append(Headless(sheet, *figures[0], is_table=False))
    return next((each for each in found if each.is_table), next(iter(found), None))


def _nearly(sheet: Sheet) -> tuple[int, int] | None:
    """The cell of a heading of points in words that are not known, beside one of codes; None without."""
    for row in sorted(sheet.rows)[:LAST_ROW]:
        cells = sheet.rows[row]
        if any(column_of(cell.text) == "code" for cell in cells.values()):
            unknown = (at for at, cell in cells.items() if _is_of_points(cell.text))
            column = max(unknown, default=0)
            return (row, column) if column else None
    return None


def _is_of_points(text: str) -> bool:
    return bool(OF_POINTS.search(folded(text))) and not column_of(text)


def _is_table(sheet: Sheet, rows: list[int], column: int) -> bool:
    """Whether the first of them go up as codes do, each with a figure beside it."""
    first = [sheet.rows[row][column] for row in rows[:_ENOUGH]]
    steps = [tuple(map(int, cell.text.rstrip(".").split("."))) for cell in first]
    if sorted(set(steps)) != steps or any(cell.kind == "number" for cell in first[1:]):
        starts = steps[0][-1] == 1 and steps[1:] == [(*steps[0][:-1], n) for n in (2, 3)]
        if not starts:
            return False
    return all(
        any(is_figure(cell) for at, cell in sheet.rows[row].items() if at > column)
        for row in rows[:_ENOUGH]
    )
