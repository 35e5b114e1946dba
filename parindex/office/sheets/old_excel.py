"""The sheets of an old Excel workbook (.xls): values, formats and what is hidden, by xlrd."""

import io
from typing import Any, Final

from parindex.findings import InputError
from parindex.office.sheets.old_records import MOST_CELLS, Formulas, formulas_of
from parindex.office.sheets.ole_stream import SIGNATURE, stream_of
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
from parindex.values.codes import NESTED_TOO_DEEP, OTHER_FILE_KIND, SYNTAX_BROKEN
from parindex.values.finding import Place
from parindex.values.language import N_

_LARGEST: Final = 8 * 1024 * 1024
"""Bytes of an old workbook; one of scorecards has a hundredth of them."""
_STREAMS: Final = ("workbook", "book")
_MOST_MERGED: Final = 20_000
_OLD_FONTS: Final = (".vn", "vni")
_DAMAGED: Final = N_("damaged, or no file of this kind")
_XLS: Final = N_("an old Excel workbook (.xls)")
_LIBRARY: Final = N_("a workbook saved as .xlsx, or parindex with its extra office")
_FORMULA: Final = "=…"
"""A formula of which it is only known that it is one."""
_TRUTH: Final = ("FALSE", "TRUE")


def old_sheets(data: bytes, file: str) -> list[Sheet]:
    """The sheets of an old workbook.

    What a formula gave is read, and that it is one; not what it works with.

    Raises:
        InputError: P104 it is broken, P106 it is larger than any of scorecards, P150 the
            library that reads it is not installed.
    """
    try:
        import xlrd
    except ModuleNotFoundError as error:
        raise fault(OTHER_FILE_KIND, Place(file), other=_XLS, expected=_LIBRARY) from error
    if len(data) > _LARGEST:
        raise fault(NESTED_TOO_DEEP, Place(file), expected=f"≤ {_LARGEST // 1024 // 1024} MB")
    try:
        stream = stream_of(data, _STREAMS) if data.startswith(SIGNATURE) else data
        formulas = formulas_of(stream, file)
        book = xlrd.open_workbook(
            file_contents=stream,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        )
        return _Book(book, file, formulas).sheets()
    except (InputError, MemoryError):
        raise
    except Exception as error:
        told = {"found": "", "cause": _DAMAGED, "expected": ".xls"}
        raise fault(SYNTAX_BROKEN, Place(file), **told) from error


class _Book:
    """A workbook that xlrd has read, whose sheets become ours."""

    def __init__(self, book: Any, file: str, formulas: list[Formulas]) -> None:
        self._book = book
        self._file = file
        self._formulas = formulas
        self._cells = 0
        self._formats: dict[int, tuple[Shown, bool, bool]] = {}

    def sheets(self) -> list[Sheet]:
        """All sheets of cells, in their order."""
        made = []
        for order in range(self._book.nsheets):
            made.append(self._sheet(self._book.sheet_by_index(order), order))
            self._book.unload_sheet(order)
        return made

    def _sheet(self, found: Any, order: int) -> Sheet:
        sheet = Sheet(self._file, found.name, order, is_hidden=found.visibility != 0)
        sheet.is_very_hidden = found.visibility == 2  # noqa: PLR2004 as the format numbers it
        sheet.merged = [
            (top + 1, left + 1, bottom, right)
            for top, bottom, left, right in found.merged_cells[:_MOST_MERGED]
        ]
        rows, columns = found.rowinfo_map.items(), found.colinfo_map.items()
        sheet.hidden_rows = {row + 1 for row, info in rows if info.hidden or not info.height}
        sheet.hidden_columns = [
            (at + 1, at + 1) for at, info in columns if info.hidden or not info.width
        ]
        formulas = self._formulas[order] if order < len(self._formulas) else frozenset()
        for row in range(found.nrows):
            self._cells += found.row_len(row)
            if self._cells > MOST_CELLS:
                raise fault(NESTED_TOO_DEEP, Place(self._file), expected=f"≤ {MOST_CELLS}")
            for column in range(found.row_len(row)):
                formula = _FORMULA if (row, column) in formulas else ""
                cell = self._cell(found, row, column, formula)
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

    def _cell(self, found: Any, row: int, column: int, formula: str) -> Cell | None:
        kind, value = found.cell_type(row, column), found.cell_value(row, column)
        if kind == 1:
            text = self._text(found, row, column, value)
            return text_cell(text, formula) if text else None
        if kind in (2, 3):
            shown = self._format(found.cell_xf_index(row, column))[0]
            return number_cell(repr(value), shown, formula, since_1904=self._book.datemode == 1)
        if kind == 4:  # noqa: PLR2004 as the library numbers it
            return Cell(_TRUTH[bool(value)], "truth", formula)
        if kind == 5:  # noqa: PLR2004 as the library numbers it
            from xlrd.biffh import error_text_from_code

            return Cell(error_text_from_code.get(value, "#"), "error", formula)
        return None

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
