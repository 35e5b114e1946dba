"""Workbooks of old Excel (.xls) and OpenDocument (.ods), and tables of Word, are read like .xlsx."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import copy
from typing import Any

import docx
import pytest
import xlrd
from openpyxl import load_workbook
from openpyxl.styles import Font

from parindex.findings import InputError
from parindex.office.sheets import open_sheets
from tests.support import ROOT, call
from tests.xlsx_support import HEAD, HEADING, MAXIMA, SCORES, book, table

KEPT = ROOT / "tests/old_workbooks"
SMALL = ["--scheme", "examples/small-scheme.yaml"]
ENDINGS = ["xls", "ods"]
FIGURES = table(points=[float(each) for each in SCORES])
TOTAL = {"B17": "Tổng điểm", "D17": "=SUM(D9:D16)"}


def changed(**cells: Any) -> dict[str, Any]:
    """The whole table with some cells put in other words."""
    return HEAD | FIGURES | cells


WRONG = changed(
    D9=[45000, "dd/mm/yyyy"], D10=["#N/A", "General"], D11=[0.5, "0%"], D12="1.234", D13=0.1 + 0.2
)
UNSEEN = changed(D12=[9.43, ";;;"], D13=[9.43, '"Đạt"'])
BOOKS: dict[str, tuple[dict[str, Any], Callable[[Any], object]]] = {
    "plain": (HEAD | FIGURES | TOTAL, lambda _: None),
    "wrong": (WRONG, lambda _: None),
    "unseen": (UNSEEN, lambda _: None),
    "hidden-row": (HEAD | FIGURES, lambda sheet: setattr(sheet.row_dimensions[12], "hidden", True)),
    "hidden-column": (
        HEAD | FIGURES,
        lambda sheet: setattr(sheet.column_dimensions["D"], "hidden", True),
    ),
    "old-font": (
        changed(B9="C¶i c¸ch hµnh chÝnh"),
        lambda sheet: setattr(sheet["B9"], "font", Font(name=".VnTime")),
    ),
    "merged": (HEAD | FIGURES, lambda sheet: sheet.merge_cells("D12:D13")),
}
"""Cells of workbooks, and what else is done to their sheet."""


def made(name: str, folder: Path) -> Path:
    """The workbook from which those of other kinds were converted; the test's own Excel stores sums."""
    cells, more = BOOKS[name]
    file = book(folder / f"{name}.xlsx", cells)
    opened = load_workbook(file)
    more(opened.worksheets[0])
    opened.save(file)
    return file


def told(file: Path, *command: str) -> tuple[int, str, str]:
    """What a command says of a file, without its name."""
    ran = call(*command, str(file))
    return ran.code, ran.out.replace(str(file), "FILE"), ran.err.replace(str(file), "FILE")


class TestTheSameFigures:
    """A workbook of any kind gives what the .xlsx gives from which it was converted, or refuses its cells."""

    @pytest.mark.parametrize("ending", ENDINGS)
    @pytest.mark.parametrize("name", BOOKS)
    def test_books(self, name: str, ending: str, tmp_path: Path) -> None:
        file = made(name, tmp_path)
        other = KEPT / f"{name}.{ending}"
        for command in (["score", "-f", "json"], ["check", "-f", "json"], ["score"]):
            assert told(other, *command) == told(file, *command)

    @pytest.mark.parametrize("ending", ENDINGS)
    def test_a_template_that_was_filled_in(self, ending: str, tmp_path: Path) -> None:
        file = str(tmp_path / "a.xlsx")
        assert call("merge", "examples/small-2024.yaml", *SMALL, "-o", file).code == 0
        for command in ("score", "losses", "rank"):
            one = call(command, file, *SMALL, "-f", "csv")
            other = call(command, str(KEPT / f"template.{ending}"), *SMALL, "-f", "csv")
            assert (one.code, one.out) == (other.code, other.out)

    @pytest.mark.parametrize("ending", ENDINGS)
    def test_every_way_in(self, ending: str, tmp_path: Path) -> None:
        file = KEPT / f"plain.{ending}"
        wanted = call("score", str(file), "-f", "csv").out
        assert "78.35" in wanted
        assert call("score", "-", "-f", "csv", given=file.read_bytes()).out == wanted
        copy(file, tmp_path)
        assert call("score", str(tmp_path), "-f", "csv").out == wanted
        assert call("score", str(copy(file, tmp_path / "a.dat")), "-f", "csv").out == wanted
        named = call("score", str(file), "--sheet", "Sheet1", "--columns", "code=A,self=D")
        assert named.code == 0
        assert call("score", str(file), "--sheet", "Other").code == 2
        ran = call("merge", str(file), "-o", str(tmp_path / "whole.yaml"))
        assert ran.code == 0, ran.err

    @pytest.mark.parametrize("name", ["a.csv", "a.yaml"])
    @pytest.mark.parametrize("ending", ENDINGS)
    def test_a_name_that_claims_another_format(
        self, ending: str, name: str, tmp_path: Path
    ) -> None:
        file = copy(KEPT / f"plain.{ending}", tmp_path / name)
        ran = call("score", str(file))
        assert (ran.code, f"a name that ends in .{ending}" in ran.err) == (2, True)

    def test_a_text_under_the_name_of_an_old_workbook(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xls"
        file.write_text("unit,year,level,code,points\nA,2018,province,1,7\n", encoding="utf-8")
        assert call("score", str(file)).code == 0


def document(file: Path, *tables: list[list[str]], lines: tuple[str, ...] = ()) -> Path:
    """A Word document with lines of text and tables of these rows."""
    written = docx.Document()
    for line in lines:
        written.add_paragraph(line)
    for rows in tables:
        table = written.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        written.add_paragraph()
    written.save(str(file))
    return file


LINES = ("BẢNG TỔNG HỢP TỰ ĐÁNH GIÁ NĂM 2018", "Đơn vị: Sóc Trăng", "Bộ tiêu chí: vn-province-2018")
ROWS = [
    [*HEADING],
    *(
        [str(number), f"LĨNH VỰC {number}", str(most), given.replace(".", ",")]
        for number, (most, given) in enumerate(zip(MAXIMA, SCORES, strict=True), start=1)
    ),
]
SIGNED = [["NGƯỜI LẬP", "THỦ TRƯỞNG"], ["A", "B"]]


class TestWord:
    """A table of a Word document is a scorecard; a document without one is a letter."""

    def test_figures_and_places(self, tmp_path: Path) -> None:
        file = document(tmp_path / "a.docx", ROWS, SIGNED, lines=LINES)
        assert '"percent": 78.35' in call("score", str(file), "-f", "json").out
        assert call("score", "-", given=file.read_bytes()).code == 0
        wrong = [*ROWS[:3], [*ROWS[3][:3], "15"], *ROWS[4:]]
        file = document(tmp_path / "b.docx", wrong, lines=LINES)
        ran = call("score", str(file))
        assert (ran.code, "b.docx:'Bảng 1'!D4: P202" in ran.err) == (2, True), ran.err

    def test_of_two_tables_one_is_named(self, tmp_path: Path) -> None:
        file = document(tmp_path / "a.docx", ROWS, ROWS, lines=LINES)
        assert "P120" in call("score", str(file)).err
        assert call("score", str(file), "--sheet", "Bảng 2").code == 0

    def test_a_table_without_its_heading_is_not_lost(self, tmp_path: Path) -> None:
        file = document(tmp_path / "a.docx", ROWS[:5], ROWS[5:], lines=LINES)
        assert call("score", str(file)).code in (0, 2)

    def test_letters_in_a_folder(self, tmp_path: Path) -> None:
        folder = tmp_path / "units"
        folder.mkdir()
        document(folder / "a.docx", ROWS, lines=LINES)
        document(folder / "letter.docx", SIGNED, lines=("Kính gửi: …",))
        for command in ("score", "rank", "losses"):
            ran = call(command, str(folder))
            assert (ran.code, "letter.docx: P122" in ran.err) == (0, True), ran.err
        ran = call("check", str(folder))
        assert (ran.code, "P122" in ran.out) == (0, True)
        (folder / "a.docx").unlink()
        ran = call("rank", str(folder))
        assert (ran.code, "P118" in ran.err) == (2, True)
        ran = call("score", str(folder / "letter.docx"))
        assert (ran.code, "P109" in ran.err) == (2, True)

    def test_a_report_beside_scorecards(self, tmp_path: Path) -> None:
        folder = tmp_path / "units"
        folder.mkdir()
        document(folder / "a.docx", ROWS, lines=LINES)
        document(folder / "report.docx", ROWS, lines=("Báo cáo năm 2018",))
        ran = call("score", str(folder))
        assert (ran.code, "report.docx: P121" in ran.err) == (0, True), ran.err
        assert call("rank", str(folder)).code == 2
        assert call("rank", str(folder), "--skip-unreadable").code == 0


def ods(file: Path, body: str, styles: str = "") -> Path:
    """A workbook of OpenDocument with this in its first sheet."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "calcext")
    )
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return file


def cell(text: str, more: str = "") -> str:
    """A cell of a text."""
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def number(value: str, text: str | None = None, more: str = "") -> str:
    """A cell of a number, and what it shows."""
    shown = f"<text:p>{value if text is None else text}</text:p>"
    told = f'office:value-type="float" office:value="{value}" {more}'
    return f"<table:table-cell {told}>{shown}</table:table-cell>"


def repeated(what: str, times: int) -> str:
    """The attribute by which an element stands for many."""
    return f'table:number-{what}-repeated="{times}"'


ROW = "<table:table-row"
MANY = cell("1", repeated("columns", 1_000_000))
HOSTILE = {
    "rows repeated": f"{ROW} {repeated('rows', 1_000_000)}>{cell('1')}</table:table-row>",
    "cells repeated": f"{ROW}>{MANY}</table:table-row>",
    "both": f"{ROW} {repeated('rows', 999_999_999)}>{MANY}</table:table-row>",
    "letters": f"<table:table-row>{cell('x' * 19_000) * 500}</table:table-row>",
    "spaces": (
        "<table:table-row><table:table-cell><text:p>"
        + '<text:s text:c="999999999"/>' * 300_000
        + "</text:p></table:table-cell></table:table-row>"
    ),
    "a table within a cell": (
        "<table:table-row><table:table-cell><table:table/></table:table-cell></table:table-row>"
    ),
    "a bomb": " " * 70_000_000,
}


class TestHostileOpenDocument:
    """A few bytes that stand for millions of cells are refused before they are built."""

    @pytest.mark.parametrize("name", HOSTILE)
    def test_refused(self, name: str, tmp_path: Path) -> None:
        file = ods(tmp_path / "a.ods", HOSTILE[name])
        with pytest.raises(InputError, match=r"P10[46]"):
            open_sheets(file.read_bytes(), "a.ods")

    def test_empty_cells_cost_nothing(self, tmp_path: Path) -> None:
        far = (
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
            '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
            f"{cell('x')}</table:table-row>"
        )
        [sheet] = open_sheets(ods(tmp_path / "a.ods", far).read_bytes(), "a.ods")
        assert {row: {*cells} for row, cells in sheet.rows.items()} == {1_048_576: {16_384}}

    def test_figures_of_other_workbooks_are_no_sheet(self, tmp_path: Path) -> None:
        source = '<table:table-source xlink:href="file:///a.ods"/>'.replace("xlink:", "table:")
        body = f"<table:table-row>{cell('x')}</table:table-row></table:table><table:table>{source}"
        sheets = open_sheets(ods(tmp_path / "a.ods", body).read_bytes(), "a.ods")
        assert [sheet.name for sheet in sheets] == ["Sheet1"]

    @pytest.mark.parametrize(
        ("stored", "kind", "text"),
        [
            (number("0.5", "½"), "number", "0.5"),
            ('<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>', "time", "8:30:00"),
            ('<table:table-cell office:value-type="date" office:date-value="9"/>', "error", "9"),
            ('<table:table-cell table:formula="of:=[.A1]*2"/>', "unsaved", ""),
            ('<table:table-cell office:value-type="string" office:string-value="có"/>', "text", "có"),
            (number("x" * 50), "error", "x" * 40),
        ],
    )  # fmt: skip
    def test_cells(self, stored: str, kind: str, text: str, tmp_path: Path) -> None:
        file = ods(tmp_path / "a.ods", f"<table:table-row>{stored}</table:table-row>")
        [sheet] = open_sheets(file.read_bytes(), "a.ods")
        assert (sheet.rows[1][1].kind, sheet.rows[1][1].text) == (kind, text)

    def test_formulas_as_excel_writes_them(self, tmp_path: Path) -> None:
        told = "of:=SUM([.D9:.D16])+[$_parindex.D5]+['Bảng 1'.A1]"
        stored = number("1", more=f'table:formula="{told}"')
        file = ods(tmp_path / "a.ods", f"<table:table-row>{stored}</table:table-row>")
        [sheet] = open_sheets(file.read_bytes(), "a.ods")
        assert sheet.rows[1][1].formula == "=SUM(D9:D16)+_parindex!D5+'Bảng 1'!A1"


def xls(*records: tuple[int, bytes], sheet: tuple[tuple[int, bytes], ...] = ()) -> bytes:
    """The bare records of a workbook of Excel 97, with one sheet."""
    begin = (0x600).to_bytes(2, "little") + b"%b\0\xbb\r\xcc\x07" + bytes(8)

    def written(held: tuple[tuple[int, bytes], ...]) -> bytes:
        return b"".join(
            code.to_bytes(2, "little") + len(data).to_bytes(2, "little") + data
            for code, data in held
        )

    first = (0x809, begin.replace(b"%b", b"\x05"))
    start = len(written((first, *records, (0x85, bytes(8) + b"\0A"), (0x0A, b""))))
    named = start.to_bytes(4, "little") + b"\0\0\x01\0A"
    whole = (first, *records, (0x85, named), (0x0A, b""))
    start = len(written(whole))
    whole = (first, *records, (0x85, start.to_bytes(4, "little") + b"\0\0\x01\0A"), (0x0A, b""))
    inner = ((0x809, begin.replace(b"%b", b"\x10")), *sheet, (0x0A, b""))
    return written(whole) + written(inner)


def blank(row: int, column: int) -> tuple[int, bytes]:
    """The record of an empty cell with a format."""
    return 0x201, b"".join(each.to_bytes(2, "little") for each in (row, column, 15))


class TestHostileOldExcel:
    """A few bytes that stand for millions of cells are refused before a library builds them."""

    def test_the_records_are_a_workbook(self) -> None:
        assert xlrd.open_workbook(file_contents=xls(), formatting_info=True).nsheets == 1

    @pytest.mark.parametrize(
        "data",
        [
            xls(sheet=tuple(blank(row, 255) for row in range(1000))),
            xls(sheet=((0x1B8, bytes(2) + b"\xff\xff" + bytes(2) + b"\xff\0" + bytes(40)),)),
            xls(*(((0xE0, bytes(20)),) * 60_000)),
            xls() + bytes(9 * 1024 * 1024),
        ],
        ids=["far cells", "a link over a sheet", "styles", "bytes"],
    )
    def test_too_much(self, data: bytes) -> None:
        with pytest.raises(InputError, match="P106"):
            open_sheets(data, "a.xls")

    @pytest.mark.parametrize("step", [7, 64, 511])
    def test_cut_off_or_changed(self, step: int) -> None:
        data = (KEPT / "plain.xls").read_bytes()
        for at in range(0, len(data), step * 5):
            flipped = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            for broken in (data[:at], flipped):
                with suppress(InputError):
                    open_sheets(broken, "a.xls")

    def test_sectors_that_run_in_a_circle(self) -> None:
        data = bytearray((KEPT / "plain.xls").read_bytes())
        table = 512 * (int.from_bytes(data[76:80], "little") + 1)
        for sector in range(128):  # every sector is followed by itself
            data[table + 4 * sector : table + 4 * sector + 4] = sector.to_bytes(4, "little")
        with pytest.raises(InputError, match="P104"):
            open_sheets(bytes(data), "a.xls")
