"""Checks of a sheet: hidden scores, texts of old fonts, and tables without a heading."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from parindex.office.xlsx.cells import Cell, cell_name, cell_names, is_figure
from parindex.office.xlsx.headings import COMPUTED, Heading, points_not_known
from parindex.office.xlsx.sheet import Sheet
from parindex.scorecard.words import folded
from parindex.values.codes import HIDDEN_SCORES, MISSING_FIELD, OLD_FONTS
from parindex.values.fields import short
from parindex.values.finding import Finding, Path
from parindex.values.language import N_

_SHEET: Final = N_("no hidden sheet with scores: unhide it, or delete it")
_VERY: Final = N_(
    "no hidden sheet with scores; Excel's menu does not show this one: in LibreOffice choose Sheet, "
    "Show Sheet, in Excel press Alt+F11 and set its Visible to xlSheetVisible, or copy the "
    "other sheets into a new workbook"
)
_COLUMN: Final = N_("no hidden column with scores: unhide it, or empty it")
_ROW: Final = N_("no hidden row with scores: unhide it, clear the filter or open the group")
_LABEL: Final = N_("what says unit, year or scheme where it is seen: unhide the row or column")
_FORMAT: Final = N_("a number format that shows the figure")
_UNICODE: Final = N_(
    "texts in Unicode: convert them, for instance with UniKey (Ctrl+Shift+F6), and choose a font "
    "such as Times New Roman"
)
_HEADINGS: Final = N_(
    "headings above it: TT, and Điểm tự đánh giá or Điểm; or --columns; "
    "or --sheet with the name of the sheet that counts"
)
_CODE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})+\.?")
_ENOUGH: Final = 3
"""Codes, figures or texts of an old font that are no accident."""
_VIETNAMESE: Final = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
"""Letters that only Unicode has."""
_STRANGE: Final = "¡¢£¤¥¦§¨©ª«¬®µ¶·¸»¼½¾×÷ßðþÐÞÿäåæçëîïñöøûüÄÅÆÇËÎÏÑÖØÛÜ"
_OLD: Final = re.compile(rf"[^\W\d_][{_STRANGE}]|[{_STRANGE}][^\W\d_]")
"""Signs and foreign letters within a word, as which the others appear without their font."""


def unseen_scores(sheet: Sheet, heading: Heading) -> Iterator[Finding]:
    """The faults of scores below a heading that nobody sees.

    What a template works out itself is none, nor a hidden code, name or maximum
    beside which no score stands.
    """
    given = [*_given(sheet, heading)]
    if sheet.is_hidden and given:
        expected = _VERY if sheet.is_very_hidden else _SHEET
        yield sheet.finding(HIDDEN_SCORES, found=short(sheet.name), expected=expected)
        return
    code = heading.columns["code"]
    for column in sorted({code, *(heading.columns[name] for name in heading.inputs)}):
        cells = [(row, column) for row, at in given if column in (at, code)]
        if sheet.hides_column(column):
            yield from _unseen(sheet, cells[:1], cell_name(0, column), _COLUMN)
    yield from _unseen_rows(sheet, given)


def unseen_cells(sheet: Sheet, given: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """The faults of cells that count and that nobody sees: by their sheet, columns, rows, formats."""
    if sheet.is_hidden and given:
        expected = _VERY if sheet.is_very_hidden else _SHEET
        yield sheet.finding(HIDDEN_SCORES, found=short(sheet.name), expected=expected)
        return
    for column in sorted({at for _, at in given}):
        if sheet.hides_column(column):
            cells = [at for at in given if at[1] == column]
            yield from _unseen(sheet, cells[:1], cell_name(0, column), _COLUMN)
    yield from _unseen_rows(sheet, given)


def _unseen_rows(sheet: Sheet, given: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    rows = {row: (row, column) for row, column in reversed(given) if row in sheet.hidden_rows}
    hidden = [rows[row] for row in sorted(rows)]
    yield from _unseen(sheet, hidden, cell_names(hidden), _ROW)
    hidden = [at for at in given if at in sheet.unseen]
    yield from _unseen(sheet, hidden, cell_names(hidden), _FORMAT)


def _unseen(
    sheet: Sheet, cells: Sequence[tuple[int, int]], found: str, expected: str, where: str = ""
) -> Iterator[Finding]:
    """The fault of cells that nobody sees, if there are any."""
    for at in cells[:1]:
        yield sheet.finding(HIDDEN_SCORES, where, at, found=found, expected=expected)


def unseen_labels(sheet: Sheet, cells: Mapping[Path, tuple[int, int]]) -> Iterator[Finding]:
    """The faults of what is above the table, as the unit or the year, and nobody sees."""
    for path, at in cells.items():
        if len(path) == 1 and (at[0] in sheet.hidden_rows or sheet.hides_column(at[1])):
            yield from _unseen(sheet, [at], cell_name(*at), _LABEL, str(path[0]))


def _given(sheet: Sheet, heading: Heading) -> Iterator[tuple[int, int]]:
    """The cells below a heading in which a score is given, in their order."""
    inputs = sorted(heading.columns[name] for name in heading.inputs)
    named = {heading.columns[name] for name in ("code", "name", "key") if name in heading.columns}
    for row in sorted(row for row in sheet.rows if row > heading.last):
        cells = sheet.rows[row]
        if not cells.keys().isdisjoint(named):
            given = [column for column in inputs if column in cells]
            yield from ((row, column) for column in given if _is_score(cells[column], heading))


def _is_score(cell: Cell, heading: Heading) -> bool:
    """Whether a cell has a score of its own, and not only words, or what the template works out."""
    if cell.formula and "key" in heading.columns:
        return False
    return folded(cell.text) not in ("", *COMPUTED) or cell.kind == "unsaved"


def old_letters(sheet: Sheet) -> Finding | None:
    """The fault of texts typed for the fonts of TCVN3 or VNI; None where they are Unicode.

    One such text in such a font is enough, else there are several, and more than others.
    """
    texts = sheet.letters()
    others = {at for at, text in texts.items() if _VIETNAMESE.search(text)}
    found = [at for at, text in texts.items() if at not in others and _OLD.search(text)]
    in_font = [at for at in found if at in sheet.in_old_font]
    if not in_font and (len(found) < _ENOUGH or len(found) <= len(others)):
        return None
    at = min(in_font or found)
    return sheet.finding(OLD_FONTS, "", at, found=short(texts[at]), expected=_UNICODE)


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
        at = points_not_known(self.sheet) or (self.row, self.column)
        text = short(self.sheet.rows[at[0]][at[1]].text)
        return self.sheet.finding(MISSING_FIELD, "", at, found=text, expected=_HEADINGS)


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
        Headless(sheet, rows[0], column, _is_table(sheet, rows[:_ENOUGH], column))
        for column, rows in sorted(columns.items())
        if len(rows) >= _ENOUGH
    ]
    if len(figures) >= _ENOUGH:
        found.append(Headless(sheet, *figures[0], is_table=False))
    return next((each for each in found if each.is_table), next(iter(found), None))


def _is_table(sheet: Sheet, rows: list[int], column: int) -> bool:
    """Whether these first rows go up as codes do, each with a figure beside it."""
    first = [sheet.rows[row][column] for row in rows]
    steps = [tuple(map(int, cell.text.rstrip(".").split("."))) for cell in first]
    if sorted(set(steps)) != steps or any(cell.kind == "number" for cell in first[1:]):
        starts = steps[0][-1] == 1 and steps[1:] == [(*steps[0][:-1], n) for n in (2, 3)]
        if not starts:
            return False
    return all(
        any(is_figure(cell) for at, cell in sheet.rows[row].items() if at > column) for row in rows
    )
