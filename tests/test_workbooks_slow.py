"""Workbooks of a few kilobytes, made to take minutes or gigabytes, keep within the limits of all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from parindex.office.xlsx.cells import column_letters
from tests.test_workbooks_hostile import START, limited
from tests.xlsx_support import HEAD, book, parts, table


def text(cell: str, said: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{cell}" t="inlineStr"><is><t>{said}</t></is></c>'


def sheet(cells: str, after: str = "") -> dict[str, str]:
    """A sheet with a head, these cells, and what stands behind them."""
    scheme = "Bộ tiêu chí: vn-province-2018"
    head = text("A1", "Đơn vị: A") + text("B1", "Năm: 2018") + text("C1", scheme)
    return {"sheet1": f"{START}{head}{cells}</sheetData>{after}</worksheet>"}


def attributes() -> dict[str, str]:
    """One element with a million attributes."""
    return sheet(
        f"<row {' '.join(f'a{number}=`1`' for number in range(1_000_000))}/>".replace("`", '"')
    )


def headings() -> dict[str, str]:
    """As many headings as a sheet has columns, each of them a fault."""
    codes = (text(f"{column_letters(number)}2", "TT") for number in range(1, 16_000))
    return sheet("".join(codes) + text("XFD2", "Điểm") + text("B2", "Điểm"))


def merged() -> dict[str, str]:
    """Scores that are merged over all rows below, each over the others."""
    rows = range(3, 20_000)
    scores = (f'{text(f"A{row}", f"x{row}")}<c r="B{row}"><v>1</v></c>' for row in rows)
    over = "".join(f'<mergeCell ref="B{row}:B1048576"/>' for row in rows)
    cells = text("A2", "TT") + text("B2", "Tự chấm") + "".join(scores)
    return sheet(cells, f"<mergeCells>{over}</mergeCells>")


def formats() -> dict[str, str]:
    """Formats of numbers in which a bracket is opened 19,000 times, for 56,000 styles."""
    numbers = range(200, 3000)
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode="{"[" * 19_000}"/>' for n in numbers)
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers) * 20
    said = f"<numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs>"
    return {"styles": f"<styleSheet>{said}</styleSheet>"}


SLOW: dict[str, tuple[Callable[[], dict[str, str]], str]] = {
    "letters of four bytes": (lambda: sheet(text("", "😀" + "a" * 19_000) * 3200), "P106"),
    "a tag of 60 MB": (lambda: sheet(f'<row a="{"x" * 60_000_000}"/>'), "P106"),
    "a million attributes": (attributes, "P106"),
    "elements in each other": (lambda: sheet("<a>" * 400_000 + "</a>" * 400_000), "P109"),
    "cells that are empty": (lambda: sheet("<row>" + "<c/>" * 1_190_000 + "</row>"), "P109"),
    "a cell again and again": (lambda: sheet('<c r="A1"><v>1</v></c>' * 290_000), "P106"),
    "headings without end": (headings, "P107"),
    "scores merged over each other": (merged, "P110"),
    "formats of numbers": (formats, "78.35"),
}


class TestSlow:
    """What is small and made to take long, or much memory, is refused or read like any other."""

    @pytest.mark.parametrize("what", SLOW)
    def test_within_limits(self, what: str, tmp_path: Path) -> None:
        made, told = SLOW[what]
        file = parts(book(tmp_path / "a.xlsx", HEAD | table()), **made())
        assert told in limited(file, code=0 if told == "78.35" else 2)
