"""Workbooks as people make them, for tests: cells by their place, written with openpyxl."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

HEADING = ("TT", "Lĩnh vực/Tiêu chí/TCTP", "Điểm tối đa", "Điểm tự đánh giá")
SCORES = ("7.93", "9.09", "10.49", "9.43", "10.5", "7.66", "9.55", "13.7")
MAXIMA = (9, 10, 13, 12, "13,5", "12,5", "13,5", "16,5")


def table(first: int = 8, *, points: Sequence[Any] = SCORES) -> dict[str, Any]:
    """The table of Sóc Trăng 2018 from a row on, with numbers as texts."""
    cells: dict[str, Any] = {
        f"{letter}{first}": text for letter, text in zip("ABCD", HEADING, strict=True)
    }
    for number, (most, given) in enumerate(zip(MAXIMA, points, strict=True), start=1):
        row = first + number
        cells |= {
            f"A{row}": str(number),
            f"B{row}": f"LĨNH VỰC {number}",
            f"C{row}": most,
            f"D{row}": given,
        }
    return cells


HEAD = {
    "A1": "UBND TỈNH SÓC TRĂNG",
    "A3": "BẢNG TỔNG HỢP TỰ ĐÁNH GIÁ NĂM 2018",
    "A5": "Đơn vị: Sóc Trăng",
    "A6": "Bộ tiêu chí: vn-province-2018",
}


def book(
    file: Path, *sheets: Mapping[str, Any], names: Sequence[str] = (), merged: Sequence[str] = ()
) -> Path:
    """A workbook with these cells in its sheets; lists in cells are values with a number format."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, cells in enumerate(sheets):
        sheet = made.create_sheet(names[number] if names else f"Sheet{number + 1}")
        for place, value in cells.items():
            if isinstance(value, list):
                sheet[place], sheet[place].number_format = value
            else:
                sheet[place] = value
        for area in merged:
            sheet.merge_cells(area)
    made.save(file)
    return file


def parts(file: Path, **changes: str) -> Path:
    """The workbook with some of its parts, named by the end of their names, put in other words."""
    with zipfile.ZipFile(file) as before:
        held = {name: before.read(name) for name in before.namelist()}
    for name in held:
        for end, text in changes.items():
            if name.endswith(f"/{end}.xml"):
                held[name] = text.encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name, data in held.items():
            after.writestr(name, data)
    return file
