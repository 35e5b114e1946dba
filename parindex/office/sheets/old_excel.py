"""The sheets of an old Excel workbook (.xls): values, formats and what is hidden, by xlrd."""

import io
from typing import Any, Final

from parindex.office.xlsx.cells import (
    AS_RAISED,
    Cell,
    Shown,
    hides_numbers,
    number_cell,
    shown_by,
    text_cell,
)
from parindex.office.xlsx.sheet import Sheet
from parindex.reading.document import fault
from parindex.values.codes import NESTED_TOO_DEEP, SYNTAX_BROKEN
from parindex.values.finding import Place
from parindex.values.language import N_

_LARGEST: Final = 8 * 1024 * 1024
"""Bytes of an old workbook; one of scorecards has a hundredth of them."""
_MOST_CELLS: Final = 200_000
_OLD_FONTS: Final = (".vn", "vni")
_DAMAGED: Final = N_("damaged, or no file of this kind")
_TRUTH: Final = ("FALSE", "TRUE")


def old_sheets(data: bytes, file: str) -> list[Sheet]:
    """The sheets of an old workbook.

    The file tells no formulas: what they gave is read as values.

    Raises:
        InputError: P104 it is broken, P106 it is larger than any of scorecards.
    """
    import xlrd

    if len(data) > _LARGEST:
        raise fault(NESTED_TOO_DEEP, Place(file), expected=f"≤ {_LARGEST // 1024 // 1024} MB")
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        return _Book(book, file).sheets()
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        if type(error).__name__ == "InputError":
            raise
        told = {"found": "", "cause": _DAMAGED, "expected": ".xls"}
        raise fault(SYNTAX_BROKEN, Place(file), **told) from error


class _Book:
    """A workbook that xlrd has read, whose sheets become ours."""

    def __init__(self, book: Any, file: str) -> None:
        self._book = book
        self._file = file
        self._cells = 0
        self._formats: dict[int, tuple[Shown, bool, bool]] = {}

    def sheets(self) -> list[Sheet]:
        """All sheets of cells, in their order."""
        return [self._sheet(each, order) for order, each in enumerate(self._book.sheets())]

    def _sheet(self, found: Any, order: int) -> Sheet:
        sheet = Sheet(self._file, found.name, order, is_hidden=found.visibility != 0)
        sheet.is_very_hidden = found.visibility == 2  # noqa: PLR2004 as the format numbers it
        sheet.merged = [
            (top + 1, left + 1, bottom, right) for top, bottom, left, right in found.merged_cells
        ]
        sheet.hidden_rows = {row + 1 for row, info in found.rowinfo_map.items() if info.hidden}
        sheet.hidden_columns = [
            (at + 1, at + 1) for at, info in found.colinfo_map.items() if info.hidden
        ]
        for row in range(found.nrows):
            self._cells += found.row_len(row)
            if self._cells > _MOST_CELLS:
                raise fault(NESTED_TOO_DEEP, Place(self._file), expected=f"≤ {_MOST_CELLS}")
            for column in range(found.row_len(row)):
                cell = self._cell(found, row, column)
                if cell is not None:
                    self._put(sheet, found, (row + 1, column + 1), cell)
        return sheet

    def _put(self, sheet: Sheet, found: Any, at: tuple[int, int], cell: Cell) -> None:
        sheet.rows.setdefault(at[0], {})[at[1]] = cell
        _, is_unseen, is_old = self._format(found.cell_xf_index(at[0] - 1, at[1] - 1))
        if is_unseen and cell.kind != "text":
            sheet.unseen.add(at)
        if is_old:
            sheet.in_old_font.add(at)
        style = self._book.xf_list[found.cell_xf_index(at[0] - 1, at[1] - 1)]
        if self._book.font_list[style.font_index].bold:
            sheet.in_bold.add(at)

    def _cell(self, found: Any, row: int, column: int) -> Cell | None:
        kind, value = found.cell_type(row, column), found.cell_value(row, column)
        if kind == 1:
            return text_cell(self._text(found, row, column, value))
        if kind in (2, 3):
            shown = self._format(found.cell_xf_index(row, column))[0]
            return number_cell(repr(value), shown, "", since_1904=self._book.datemode == 1)
        if kind == 4:  # noqa: PLR2004 as the library numbers it
            return Cell(_TRUTH[bool(value)], "truth")
        return Cell("#", "error") if kind == 5 else None  # noqa: PLR2004 as the library numbers it

    def _text(self, found: Any, row: int, column: int, text: str) -> str:
        """A text whose raised letters join no figure, and whose struck letters are marked."""
        runs = found.rich_text_runlist_map.get((row, column)) or []
        pieces, ends = [], [at for at, _ in runs[1:]] + [len(text)]
        pieces.append(text[: runs[0][0]] if runs else text)
        for (start, number), end in zip(runs, ends, strict=False):
            font = self._book.font_list[number]
            piece = text[start:end]
            if font.escapement:
                piece = piece.lower().translate(AS_RAISED)
            if font.struck_out:
                piece = "".join(f"{letter}\u0336" for letter in piece)
            pieces.append(piece)
        return "".join(pieces)

    def _format(self, number: int) -> tuple[Shown, bool, bool]:
        """What a format makes of numbers, whether it shows nothing, whether its font is an old one."""
        if number not in self._formats:
            style = self._book.xf_list[number]
            form = self._book.format_map.get(style.format_key)
            code = form.format_str if form else ""
            name = self._book.font_list[style.font_index].name.casefold()
            shown = shown_by(style.format_key, code)
            self._formats[number] = shown, hides_numbers(code), name.startswith(_OLD_FONTS)
        return self._formats[number]
