"""Workbooks of several units, their rankings, and names that mean harm."""

import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from parindex.analysis.rank_input import entrant_of
from parindex.analysis.ranking import rank
from parindex.office.pages.results import unit_book, units_book
from parindex.office.pages.units import rankings_book
from parindex.scoring import score
from parindex.tables.table import Table
from tests.book_support import FULL, SAY, STAGED, TREE, made, table, written
from tests.support import ROOT, area, call, card, scheme

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of bars


HOSTILE = (
    '=HYPERLINK("http://example.invalid","x")',
    "+1+1",
    "@SUM(A1)",
    "http://example.invalid/",
    "\x1b[31mred\x00\u202eevil",
    "<script>&amp;]]></script>",
    "[a]:*?/\\b",
    "'quoted'",
    "History",
    "x" * 1000,
    "😀" * 40,
    "lone \ud800 half",
)


class TestHostile:
    """Text acts nowhere: it is text in cells, and a harmless name of a sheet."""

    def test_units(self, tmp_path: Path) -> None:
        results = [score(card(STAGED, unit=name), scheme(criteria=TREE)) for name in HOSTILE]
        file = made(units_book(results, SAY), tmp_path / "a.xlsx")
        book = openpyxl.load_workbook(file)
        names = book.sheetnames
        assert len(names) == len(HOSTILE) + 1
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
            assert not set(name) & set("[]:*?/\\\x1b\u202e")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        formulas = {str(cell.value) for cell in cells if cell.data_type == "f"}
        assert all(
            re.fullmatch(r"=[-A-Z0-9(),:*/+]+[A-Z0-9\"<>=,:*/+()-]*", each) for each in formulas
        )
        assert not any(cell.hyperlink for cell in cells)
        with zipfile.ZipFile(file) as parts:
            texts = b"".join(map(parts.read, parts.namelist()))
        assert b"<f>HYPERLINK" not in texts
        assert b"\x1b" not in texts

    @pytest.mark.parametrize("name", HOSTILE)
    def test_one_unit(self, name: str, tmp_path: Path) -> None:
        used = scheme(criteria=[*TREE, area("3", "1", lead=name.replace("\ud800", ""))], max="11")
        result = score(card({**FULL, "3": "0.5"}, unit=name), used)
        book = openpyxl.load_workbook(made(unit_book(result, None, SAY), tmp_path / "a.xlsx"))
        assert len(book.sheetnames) >= 5

    def test_same_name_twice(self, tmp_path: Path) -> None:
        used = scheme(criteria=TREE)
        results = [score(card(FULL, unit="A", parent=each), used) for each in ("X", "Y")]
        book = openpyxl.load_workbook(made(units_book(results, SAY), tmp_path / "a.xlsx"))
        assert book.sheetnames == ["All units", "A", "A (2)"]


class TestRanking:
    """One group on a page: places, then whoever is not ranked in a block of their own."""

    def test_groups(self, tmp_path: Path) -> None:
        file = str(ROOT / "seeds" / "published" / "tay-ninh-2023.yaml")
        book = written(tmp_path / "a.xlsx", "rank", file)
        told = json.loads(call("rank", file, "-f", "json").out)["groups"]
        for group, sheet in zip(told, book.worksheets, strict=False):
            rows = table(sheet, "Unit")
            assert [rows[each["unit"]]["Rank"] for each in group["ranked"]] == [
                each["rank"] for each in group["ranked"]
            ]
            assert [rows[each["unit"]]["Index, %"] for each in group["ranked"]] == [
                each["index"] for each in group["ranked"]
            ]

    def test_apart(self) -> None:
        used = scheme(criteria=TREE)
        results = [
            score(card(FULL, unit="A"), used),
            score(card({**FULL, "1.1": "unknown"}, unit="B"), used),
            score(card(FULL, unit="C", ranked=False, unranked_reason="new"), used),
        ]
        entrants = [entrant_of(each, sums=True) for each in results]
        page = rankings_book(rank(entrants), {used.id: used}, SAY).pages[0]
        at = [column.key for column in page.columns].index("unit")
        assert [row[at] for row in page.rows] == [
            "A",
            "Assessed but not ranked",
            "C",
            "Not known in full, so not ranked",
            "B",
        ]
        assert page.rows[-1][-1] == "57.80–67.80 %"

    def test_stages_side_by_side(self) -> None:
        used = scheme(criteria=TREE)
        entrants = [entrant_of(score(card(STAGED), used), sums=True)]
        page: Table = rankings_book(rank(entrants), {used.id: used}, SAY).pages[0]
        assert [over.title for over in page.over] == ["1. Tiêu chí 1", "2. Tiêu chí 2"]
        assert page.rows[0][2] == Decimal("2.00")

    def test_many_units_get_no_page_each(self) -> None:
        used = scheme(criteria=TREE)
        results = [score(card(FULL, unit=f"A{number}"), used) for number in range(160)]
        book = units_book(results, SAY)
        assert len(book.pages) == 151
        assert len(book.pages[0].rows) == 160
        assert "150" in book.pages[0].notes[0]
