"""What nobody sees who looks at a workbook does not count: one rule for sheets, rows and columns."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from parindex.api import load_scheme
from parindex.office.xlsx.template import write_template
from parindex.values.language import language
from tests.support import ROOT, call
from tests.test_workbooks_cells import index, refused
from tests.xlsx_support import HEAD, book, parts, table

GIVEN = ROOT / "tests" / "given" / "xlsx"
APPRAISED = {"E8": "Điểm thẩm định"} | {f"E{row}": 1 for row in range(9, 17)}


def changed(file: Path, change: Callable[[Any], object]) -> Path:
    """The workbook after a change of its first sheet."""
    made = openpyxl.load_workbook(file)
    change(made.worksheets[0])
    made.save(file)
    return file


def hidden_column(letter: str) -> Callable[[Any], object]:
    """Hides a column."""

    def hide(sheet: Any) -> None:
        sheet.column_dimensions[letter].hidden = True

    return hide


def hidden_row(*rows: int) -> Callable[[Any], object]:
    """Hides rows."""

    def hide(sheet: Any) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return hide


def filtered(sheet: Any) -> None:
    """Rows that a filter hides."""
    sheet.auto_filter.ref = "A8:D16"
    sheet.auto_filter.add_filter_column(3, ["7.93"])
    hidden_row(10, 11, 12)(sheet)


def grouped(sheet: Any) -> None:
    """Columns of a group that is closed."""
    sheet.column_dimensions.group("C", "E", hidden=True)


def unseen(sheet: Any) -> None:
    """A number format that shows nothing."""
    sheet["D12"] = 9.43
    sheet["D12"].number_format = ";;;"


REFUSED = {
    "a column": (hidden_column("E"), "Sheet1!E9: P151", "found: E;"),
    "the column of codes": (hidden_column("A"), "Sheet1!A9: P151", "found: A;"),
    "a closed group of columns": (grouped, "Sheet1!D9: P151", "Sheet1!E9: P151"),
    "a row": (hidden_row(9), "Sheet1!D9: P151", "found: D9;"),
    "many rows": (hidden_row(*range(9, 17)), "Sheet1!D9: P151", "D9, D10, D11, D12, D13, …"),
    "rows of a filter": (filtered, "Sheet1!D10: P151", "clear the filter"),
    "a format": (unseen, "Sheet1!D12: P151", "a number format that shows the figure"),
    "the row of the unit": (hidden_row(5), "Sheet1!A5: P151 Unit:", "unhide the row"),
}


class TestUnseen:
    """Scores in a hidden sheet, row, column or cell are refused, with the place and how to show it."""

    @pytest.mark.parametrize("how", REFUSED)
    def test_refused(self, how: str, tmp_path: Path) -> None:
        change, place, told = REFUSED[how]
        cells = HEAD | table() | (APPRAISED if "column" in how else {})
        said = refused(changed(book(tmp_path / "a.xlsx", cells), change))
        assert (place in said, told in said) == (True, True), said

    @pytest.mark.parametrize(
        ("old", "new", "place"),
        [
            ("<sheetData>", '<cols><col min="4" max="9" width="0"/></cols><sheetData>', "D9"),
            ('<row r="10"', '<row ht="0" customHeight="1" r="10"', "D10"),
            ('<row r="10"', '<row ht="0.25" r="10"', "D10"),
            ('<row r="10"', '<row hidden="true" r="10"', "D10"),
        ],
        ids=[
            "a column without width",
            "a row without height",
            "hardly one",
            "as other programs say it",
        ],
    )
    def test_drawn_together(self, old: str, new: str, place: str, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table())
        with zipfile.ZipFile(file) as held:
            xml = held.read("xl/worksheets/sheet1.xml").decode()
        assert f"Sheet1!{place}: P151" in refused(parts(file, sheet1=xml.replace(old, new)))

    def test_given(self) -> None:
        assert "Sheet1!E7: P151" in refused(GIVEN / "hidden-column-counts.xlsx")

    def test_a_sheet_that_no_menu_shows(self) -> None:
        said = refused(GIVEN / "very-hidden-draft-sheet.xlsx")
        assert "Nháp: P151" in said
        assert ("Alt+F11" in said, "LibreOffice" in said) == (True, True)

    def test_rows_with_something_in_them_are_seen_where_all_others_are_hidden(
        self, tmp_path: Path
    ) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table())
        changed(file, lambda sheet: setattr(sheet.sheet_format, "zeroHeight", True))
        assert index(file) == 78.35

    @pytest.mark.parametrize(
        "change",
        [
            hidden_column("B"),
            hidden_column("C"),
            hidden_column("F"),
            hidden_row(7),
            hidden_row(17, 18),
        ],
        ids=["names", "maxima", "an empty one", "an empty row", "rows without points"],
    )
    def test_what_holds_no_score_may_be_hidden(
        self, change: Callable[[Any], object], tmp_path: Path
    ) -> None:
        cells = HEAD | table() | {"B17": "Ghi chú", "F9": 97.5, "B18": "Người lập"}
        assert index(changed(book(tmp_path / "a.xlsx", cells), change)) == 78.35

    def test_the_template_hides_what_it_needs_itself(self, tmp_path: Path) -> None:
        file = tmp_path / "b.xlsx"
        with file.open("wb") as stream:
            write_template(load_scheme("vn-province-2018"), "A", 2018, language("vi"), stream)
        assert "P151" not in call("score", str(file)).err


OLD = {
    "A3": "B¶ng tæng hîp tù ®¸nh gi¸ n¨m 2018",
    "A5": "§¬n vÞ: Sãc Tr¨ng",
    "A6": "Bé tiªu chÝ: vn-province-2018",
    "B9": "ChØ ®¹o, ®iÒu hµnh",
    "B11": "Thñ tôc hµnh chÝnh",
}
VNI = {
    "A3": "BAÛNG TÖÏ ÑAÙNH GIAÙ NAÊM 2018",
    "A5": "Ñôn vò: Soùc Traêng",
    "B9": "Chæ ñaïo, ñieàu haønh",
    "B11": "Thuû tuïc haønh chính",
}


class TestOldLetters:
    """Texts for fonts of TCVN3 and VNI are refused: their letters are others than they seem."""

    @pytest.mark.parametrize("old", [OLD, VNI], ids=["TCVN3", "VNI"])
    def test_by_their_letters(self, old: dict[str, str], tmp_path: Path) -> None:
        names = {f"B{row}": "" for row in range(9, 17)}
        heads = {"B8": "Name", "C8": "Maximum", "D8": "Points"}
        said = refused(book(tmp_path / "a.xlsx", table() | heads | names | old))
        assert ("Sheet1!A3: P154" in said, "UniKey" in said) == (True, True)

    @pytest.mark.parametrize("font", [".VnTime", ".VnArial NarrowH", "VNI-Times"])
    def test_one_is_enough_in_such_a_font(self, font: str, tmp_path: Path) -> None:
        def change(sheet: Any) -> None:
            sheet["B9"] = "ChØ ®¹o"
            sheet["B9"].font = Font(name=font)

        file = changed(book(tmp_path / "a.xlsx", HEAD | table()), change)
        assert "Sheet1!B9: P154" in refused(file)

    def test_unicode_in_such_a_font_is_read(self, tmp_path: Path) -> None:
        def change(sheet: Any) -> None:
            for row in sheet.iter_rows():
                for cell in row:
                    cell.font = Font(name=".VnTime")

        assert index(changed(book(tmp_path / "a.xlsx", HEAD | table()), change)) == 78.35

    def test_foreign_names_are_read(self, tmp_path: Path) -> None:
        cells = {"E8": "Ghi chú", "E9": "Château Noël", "E10": "Zürich"}
        assert index(book(tmp_path / "a.xlsx", HEAD | table() | cells)) == 78.35


RATES = {"A1": "Cơ quan", "B1": "Tỷ lệ", "A2": "Sở A", "B2": 97.5, "A3": "Sở B", "B3": 88.2}
RATES |= {"A4": "Sở C", "B4": 91.3}
TWO = ["Biểu chính", "Số liệu"]


class TestSheets:
    """A sheet beside the table is passed over and told; `--sheet` says which one counts."""

    def test_given(self) -> None:
        file = GIVEN / "second-sheet-of-rates.xlsx"
        assert index(file) == 78.35
        assert "P153 the sheet Số liệu" in call("score", str(file)).out
        assert index(file, "--sheet", "sheet1") == 78.35

    @pytest.mark.parametrize(
        "helper",
        [
            RATES,
            {"C3": "1.5", "C4": "3.5", "C5": "2.5", "D3": 1},
            {"A1": 1.1, "A2": 2.2, "A3": 3.3, "B1": 4},
            {"A1": "1.1", "B1": "cách chấm", "A2": "1.2", "B2": "như trên", "A3": "1.3"},
            {"A1": "TT", "B1": "Hồ sơ", "A2": "1", "B2": 120, "A3": "2", "B3": 80, "B4": 200},
        ],
        ids=["rates", "rates as text", "steps", "guidance without figures", "counts"],
    )
    def test_helpers(self, helper: dict[str, Any], tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", helper, HEAD | table(), names=["Phụ", "Chính"])
        assert index(file) == 78.35
        assert "P153 the sheet Phụ" in call("score", str(file)).out

    @pytest.mark.parametrize(
        "other",
        [
            {"A4": "1.1", "B4": 1, "A5": "1.2", "B5": 2, "A6": "1.3", "B6": 0.5},
            {"A4": 1.1, "C4": 1, "A5": 1.2, "C5": 2, "A6": 1.3, "C6": 0.5},
            {"A4": "2.1.", "B4": "1,5", "A5": "2.2.", "B5": "2", "A6": "3.1.", "B6": "0,5"},
        ],
        ids=["codes", "codes as numbers", "codes with dots"],
    )
    def test_a_table_whose_heading_is_unknown_is_not_passed_over(
        self, other: dict[str, Any], tmp_path: Path
    ) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table(), other, names=TWO)
        said = refused(file)
        assert ("'Số liệu'!A4: P109" in said, "--sheet" in said) == (True, True)
        assert index(file, "--sheet", "biểu CHÍNH") == 78.35

    @pytest.mark.parametrize(
        "other",
        [
            {"A1": "TT", "B1": "Chỉ tiêu", "C1": "Số liệu", "A2": "1", "C2": 97.5},
            {"A1": "TT", "B1": "Cơ quan", "C1": "Điểm", "A2": "1", "B2": "Sở A", "C2": 9},
            table(),
        ],
        ids=["rates", "a list of units", "a unit without a year"],
    )
    def test_a_table_that_cannot_be_read_is_refused_with_the_way_out(
        self, other: dict[str, Any], tmp_path: Path
    ) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table(), other, names=TWO)
        said = refused(file)
        assert ("'Số liệu'" in said, "--sheet 'Biểu chính'" in said) == (True, True), said
        assert index(file, "--sheet", "Biểu chính") == 78.35

    def test_two_tables_of_one_unit(self, tmp_path: Path) -> None:
        other = table(points=("5", *table_scores()[1:]))
        file = book(tmp_path / "a.xlsx", HEAD | table(), HEAD | other, names=["Lần 1", "Lần 2"])
        said = refused(file)
        assert ("'Lần 2'!A5: P120" in said, "'Lần 1'!A5" in said) == (True, True)
        assert "--sheet" in said
        assert (index(file, "--sheet", "Lần 1"), index(file, "--sheet", "Lần 2")) == (78.35, 75.42)

    def test_no_such_sheet(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table(), RATES, names=TWO)
        ran = call("score", str(file), "--sheet", "Bảng 3")
        assert (ran.code, "P152" in ran.err, "Biểu chính | Số liệu" in ran.err) == (2, True, True)

    @pytest.mark.parametrize(
        "command",
        [
            *(
                "check {}",
                "rank {}",
                "losses {}",
                "explain {} 1",
                "target {} --index 80",
                "split {}",
            ),
            *("merge {}", "simulate {} --set 1=8", "compare {} {}"),
            "report {} --kind analysis",
        ],
    )
    def test_every_command_takes_it(self, command: str, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table(), RATES, names=TWO)
        words = command.replace("{}", str(file)).split()
        ran = call(*words, "--sheet", "Bảng 3")
        assert "P152" in ran.err + ran.out


def table_scores() -> tuple[str, ...]:
    """The scores of the table as they stand."""
    return tuple(str(table()[f"D{row}"]) for row in range(9, 17))


class TestStruckOut:
    """What is struck out joins no number, no code and no name: the cell is refused, and shows it."""

    @pytest.mark.parametrize(("struck", "rest"), [("1", ".5"), ("9 ", "7.93"), ("7", ".93")])
    def test_points(self, struck: str, rest: str, tmp_path: Path) -> None:
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont

        text = CellRichText(TextBlock(InlineFont(strike=True), struck), rest)
        file = book(tmp_path / "a.xlsx", HEAD | table())
        made = openpyxl.load_workbook(file)
        made.worksheets[0]["D9"] = text
        made.save(file)
        ran = call("score", str(file))
        assert ran.code == 2
        assert "Sheet1!D9: P110 1: " in ran.err
        assert "\u0336" in ran.err


class TestFormatsThatSayTheSame:
    """A format that shows the same words for every number hides it."""

    @pytest.mark.parametrize(
        "code", ['"Đạt"', '"7"', '" "', '"";"";""', '"x";0', '[<1]"x";"y"', "\\x"]
    )
    def test_refused(self, code: str, tmp_path: Path) -> None:
        ran = call("score", str(book(tmp_path / "a.xlsx", HEAD | table() | {"D9": [7.93, code]})))
        assert ran.code == 2
        assert "Sheet1!D9: P151" in ran.err

    @pytest.mark.parametrize(
        "code",
        [
            "General",
            "@",
            '0.00" điểm"',
            '0.00;-0.00;"-"',
            "[Red]0.00",
            '[<1]"x";0.00',
            "# ?/?",
            'General" đ"',
        ],
    )
    def test_read(self, code: str, tmp_path: Path) -> None:
        ran = call("score", str(book(tmp_path / "a.xlsx", HEAD | table() | {"D9": [7.93, code]})))
        assert "78.35" in ran.out
