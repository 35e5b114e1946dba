"""Rows of workbooks: what carries a score is read right or refused with its cell, never passed over."""

import datetime
import unicodedata
from pathlib import Path
from typing import Any, ClassVar

import openpyxl
import pytest
from msgspec.structs import replace

from parindex.api import load_scheme, read_scorecards, score
from parindex.reading.codes import code_meant
from parindex.values.facts import Answer, Date, Fact, Items
from parindex.values.language import LanguageCode
from tests.support import ROOT, call
from tests.xlsx_support import HEAD, book, table

SMALL = "examples/small-scheme.yaml"
SMALL_HEAD: dict[str, Any] = {
    "A1": "Đơn vị: Sở Ví dụ",
    "A2": "Năm: 2024",
    "A4": "TT",
    "B4": "Tiêu chí",
    "C4": "Điểm tối đa",
    "D4": "Điểm tự đánh giá",
}
ROWS = {"1.1": (1, 0.5), "1.2": (3, 1.5), "2.1": (3, 2), "2.2": (3, 2.5)}


def small(**codes: str) -> dict[str, Any]:
    """The small scheme's table with some codes typed otherwise; its points are 6.5 of 10."""
    cells = dict(SMALL_HEAD)
    for row, (code, (most, points)) in enumerate(ROWS.items(), start=5):
        typed = codes.get(f"c{code.replace('.', '_')}", code)
        cells |= {f"A{row}": typed, f"C{row}": most, f"D{row}": points}
    return cells


def index_of(file: Path, scheme: str = "") -> str:
    chosen = load_scheme(scheme) if scheme else None
    [card] = read_scorecards(file, chosen)
    return str(score(card, chosen).index)


def told_of(file: Path, *options: str) -> tuple[int, str]:
    ran = call("score", str(file), "--lang", "en", *options)
    return ran.code, ran.err.replace(str(file), "")


class TestCodesTyped:
    """A code is read as a person reads it: marks around it and letters nobody sees are no part of it."""

    KNOWN: ClassVar = frozenset(("1", "2", "3", "8", "10", "1.1", "1.10", "2.1", "2.1.3"))

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("1)", "1"),
            ("(1)", "1"),
            ("[2]", "2"),
            ("2.1*", "2.1"),
            ("2.1 *", "2.1"),
            ("2.1 (*)", "2.1"),
            ("1.1.", "1.1"),
            ("1.1/", "1.1"),
            ("1.1:", "1.1"),
            ("- 1.1", "1.1"),
            ("1,1", "1.1"),
            ("2,1,3", "2.1.3"),
            ("1. 1", "1.1"),
            ("1 . 1 .", "1.1"),
            ("\u200b1.1", "1.1"),
            ("1\ufeff.1", "1.1"),
            ("1.1\u00ad", "1.1"),
            ("1\u2060.\u200d1", "1.1"),
            ("\xa01.1\xa0", "1.1"),
            ("\u20091.1", "1.1"),
            ("１．１", "1.1"),
            ("１）", "1"),
            ("1.1¹", "1.1"),
            ("I", "1"),
            ("II.", "2"),
            ("VIII", "8"),
            ("Ⅱ", "2"),
            ("II.1", "2.1"),
            ("X", "10"),
            ("TC 1.1", "1.1"),
            ("TC1.1", "1.1"),
            ("TCTP 2.1.3", "2.1.3"),
            ("Mục 1", "1"),
            ("MỤC II", "2"),
            ("Tiêu chí 1.10", "1.10"),
            ("Lĩnh vực 8:", "8"),
            (unicodedata.normalize("NFD", "Lĩnh vực 8"), "8"),
        ],
    )
    def test_meant(self, text: str, code: str) -> None:
        assert code_meant(text, self.KNOWN) == code

    @pytest.mark.parametrize(
        "text",
        [
            "1.1a",
            "1.1 (2)",
            "1.1.1",
            "01.1",
            "1-1",
            "2.10",
            "x",
            "i",
            "1 1",
            "1.1 và 1.2",
            "IIII",
            "",
        ],
    )
    def test_not_meant(self, text: str) -> None:
        assert code_meant(text, self.KNOWN) not in self.KNOWN

    def test_a_code_as_the_scheme_prints_it_comes_first(self) -> None:
        assert code_meant("I", frozenset(("I", "1"))) == "I"

    @pytest.mark.parametrize(
        "typed",
        [
            "2.1*",
            "2.1)",
            "2.1.",
            "2,1",
            "2. 1",
            "\u200b2.1",
            "２.１",
            "II.1",
            "TC 2.1",
            "2.1/",
            "2.1²",
        ],
    )
    def test_points_are_scored(self, typed: str, tmp_path: Path) -> None:
        assert index_of(book(tmp_path / "a.xlsx", small(c2_1=typed)), SMALL) == "65.00"

    @pytest.mark.parametrize("typed", ["2.1a", "2.1 (2)", "2-1", "2.9*", "hai", "2.1 và 2.2"])
    def test_or_refused_with_the_cell(self, typed: str, tmp_path: Path) -> None:
        code, told = told_of(book(tmp_path / "a.xlsx", small(c2_1=typed)), "--scheme", SMALL)
        assert (code, ":Sheet1!A7: P" in told) == (2, True)

    @pytest.mark.parametrize("form", ["{})", "{}.", "({})", "{}*", "TC {}", "\u2060{}", "{}/"])
    def test_every_area(self, form: str, tmp_path: Path) -> None:
        cells = HEAD | table() | {f"A{8 + n}": form.format(n) for n in range(1, 9)}
        assert index_of(book(tmp_path / "a.xlsx", cells)) == "78.35"

    @pytest.mark.parametrize(
        "numbers",
        [("I", "II", "III", "IV", "V", "VI", "VII", "VIII"), "ⅠⅡⅢⅣⅤⅥⅦⅧ", "１２３４５６７８"],
    )
    def test_other_numbers(self, numbers: Any, tmp_path: Path) -> None:
        cells = HEAD | table() | {f"A{9 + n}": text for n, text in enumerate(numbers)}
        assert index_of(book(tmp_path / "a.xlsx", cells)) == "78.35"

    @pytest.mark.parametrize("form", ["{}", "TC {}", "{} *"])
    def test_columns_that_the_user_tells(self, form: str, tmp_path: Path) -> None:
        rows = {k: v for k, v in (HEAD | table()).items() if k[1:] != "8"}
        cells = rows | {f"A{8 + n}": form.format(n) for n in range(1, 9)}
        file = str(book(tmp_path / "a.xlsx", cells))
        assert "78.35" in call("score", file, "--columns", "code=A,self=D").out

    def test_two_ways_of_one_code_are_one_code_twice(self, tmp_path: Path) -> None:
        code, told = told_of(book(tmp_path / "a.xlsx", HEAD | table() | {"A10": "I.", "C10": 9}))
        assert (code, ":Sheet1!A10: P107 1:" in told) == (2, True)


PLACES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "above the heading": (
        {"A7": "1", "B7": "Chỉ đạo", "C7": 9, "D7": 7.93, "A9": None, "C9": None, "D9": None},
        ["Sheet1!D7: P110 1: *below the heading*"],
    ),
    "below a total, without a code": (
        {"A17": "Tổng cộng", "D17": 78.35, "B18": "Điểm thưởng", "D18": 2},
        ["Sheet1!D18: P109 Điểm tự đánh giá: *a code*"],
    ),
    "below a total, with an unknown code": (
        {"A17": "Tổng cộng", "D17": 78.35, "A18": "9*", "D18": 2},
        ["Sheet1!A18: P201 9: *"],
    ),
    "after blank rows": ({"A40": "9.1", "D40": 1}, ["Sheet1!A40: P201 9.1: *"]),
    "a word for a code": ({"A9": "một"}, ["Sheet1!A9: P110 TT: *một*"]),
    "code and name in one cell": (
        {"A9": "1. Chỉ đạo, điều hành", "B9": None},
        ["Sheet1!A9: P110 TT: *"],
    ),
    "the code in the column of names": (
        {"A9": None, "B9": "1. Chỉ đạo, điều hành"},
        ["Sheet1!D9: P109 Điểm tự đánh giá: *"],
    ),
    "a formula beside a bad code": (
        {"A9": "1?a", "D9": "=7+0.93"},
        ["Sheet1!A9: P110*"],
    ),
    "a state beside a bad code": ({"A9": "1b", "D9": "không áp dụng"}, ["Sheet1!A9: P201 1b: *"]),
    "a state without a code": ({"A9": None, "D9": "Không áp dụng"}, ["Sheet1!D9: P109*"]),
    "a second table with columns elsewhere": (
        {
            "A20": "TT",
            "B20": "Tiêu chí",
            "F20": "Điểm tự đánh giá",
            "A21": "1",
            "F21": 7.5,
            "A9": None,
            "D9": None,
            "C9": None,
        },
        ["Sheet1!F21: P110 1: *columns of the first heading*"],
    ),
    "a second table with codes elsewhere": (
        {"F20": "STT", "G20": "Điểm", "F21": "1)", "G21": 7.5},
        ["Sheet1!G21: P110 1): *"],
    ),
    "a second table with a code again": (
        {"A20": "TT", "B20": "Tiêu chí", "D20": "Điểm tự đánh giá", "A21": "1", "D21": 7.5},
        ["Sheet1!A21: P107 1: *"],
    ),
}


class TestEveryRow:
    """A row that carries a score is scored or refused with its cell, wherever it stands."""

    @pytest.mark.parametrize("where", PLACES)
    def test_refused(self, where: str, tmp_path: Path) -> None:
        from tests.bad.check import told

        changes, expected = PLACES[where]
        cells = {k: v for k, v in (HEAD | table() | changes).items() if v is not None}
        file = book(tmp_path / "a.xlsx", cells)
        if "formula" in where:
            stored(file)
        assert told(file, expected) == expected

    def test_the_rest_of_the_table_on_the_next_page(self, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if k[1:] not in ("15", "16")}
        moved = {k[0] + str(int(k[1:]) + 8): v for k, v in table().items() if k[1:] in ("15", "16")}
        again = {"A21": "TT", "B21": "Tiêu chí", "C21": "Điểm tối đa", "D21": "Điểm tự đánh giá"}
        numbered = {"A22": 1, "B22": 2, "C22": 3, "D22": 4}
        file = book(tmp_path / "a.xlsx", cells | moved | again | numbered)
        assert index_of(file) == "78.35"

    def test_codes_merged_over_two_rows(self, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if k != "A10"}
        code, told = told_of(book(tmp_path / "a.xlsx", cells, merged=["A9:A10"]))
        assert (code, ":Sheet1!D10: P109" in told) == (2, True)

    def test_notes_and_signatures_are_no_scores(self, tmp_path: Path) -> None:
        below = {
            "A18": "Ghi chú:",
            "B18": "(1) Theo Quyết định số 12",
            "D19": "Sóc Trăng, ngày 5 tháng 01 năm 2019",
            "A20": "Nơi nhận",
            "D20": "GIÁM ĐỐC",
            "D24": "Nguyễn Văn A",
        }
        assert index_of(book(tmp_path / "a.xlsx", HEAD | table() | below)) == "78.35"

    def test_a_group_of_rows_with_its_sum(self, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if int(k[1:]) < 9}
        rows = {k[0] + str(int(k[1:]) + 1): v for k, v in table().items() if int(k[1:]) > 8}
        group = {"A9": "A", "B9": "PHẦN TỰ ĐÁNH GIÁ", "C9": 100, "D9": "=SUM(D10:D17)"}
        assert index_of(stored(book(tmp_path / "a.xlsx", cells | rows | group))) == "78.35"

    def test_a_row_put_into_a_template(self, tmp_path: Path) -> None:
        file = template(tmp_path)
        made = openpyxl.load_workbook(file)
        sheet = made.worksheets[0]
        row = next(cell.row for cell in sheet["A"] if cell.value == "1.2.1") + 1
        sheet.insert_rows(row)
        cells: dict[str, Any] = {"A": "1.2.1a", "B": "Thêm", "C": 1, "G": 0.5}
        for column, value in cells.items():
            sheet[f"{column}{row}"] = value
        made.save(file)
        code, told = told_of(file, "--scheme", DEPARTMENTS)
        assert (code, f"A{row}: P201 1.2.1a:" in told) == (2, True)

    def test_formulas_of_ones_own_in_a_template(self, tmp_path: Path) -> None:
        """Only the sums of the template itself are passed over."""
        file = template(tmp_path)
        made = openpyxl.load_workbook(file)
        sheet = made.worksheets[0]
        rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
        sheet[f"G{rows['1.1']}"] = "=1+1"
        made.save(file)
        ran, told = told_of(file, "--scheme", DEPARTMENTS)
        assert (ran, f"G{rows['1.1']}: P110 1.1:" in told) == (2, True)

    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            ({"A": "1.2.1", "G": 0.5}, "A{}: P107 1.2.1:"),
            ({"B": "Thêm", "G": 0.5}, "G{}: P109"),
            ({"B": "– thêm", "D": "có"}, "D{}: P109"),
            ({"A": "9)", "F": "không áp dụng"}, "A{}: P201 9:"),
        ],
    )
    def test_other_rows_put_into_a_template(
        self, cells: dict[str, Any], expected: str, tmp_path: Path
    ) -> None:
        file = template(tmp_path)
        made = openpyxl.load_workbook(file)
        sheet = made.worksheets[0]
        row = next(cell.row for cell in sheet["A"] if cell.value == "1.3.1") + 1
        sheet.insert_rows(row)
        for column, value in cells.items():
            sheet[f"{column}{row}"] = value
        made.save(file)
        code, told = told_of(file, "--scheme", DEPARTMENTS)
        assert (code, expected.format(row) in told) == (2, True)


class TestPastedAsValues:
    """A template whose formulas were pasted as values reads as it did before."""

    @pytest.mark.parametrize("words", ["vi", "en"])
    def test_the_same_scores(self, words: LanguageCode, tmp_path: Path) -> None:
        scheme = load_scheme(DEPARTMENTS)
        file = template(tmp_path, words)
        [before] = read_scorecards(file, scheme)
        made = openpyxl.load_workbook(file, data_only=True)
        made.save(tmp_path / "values.xlsx")
        [after] = read_scorecards(tmp_path / "values.xlsx", scheme)
        assert after.scores == before.scores

    @pytest.mark.parametrize(("typed", "code"), [(0.5, 2), ("không áp dụng", 2), (1, 0)])
    def test_points_of_ones_own_beside_a_result(
        self, typed: Any, code: int, tmp_path: Path
    ) -> None:
        """1.1.1 was done in time, for 1 point."""
        file = template(tmp_path)
        made = openpyxl.load_workbook(file, data_only=True)
        sheet = made.worksheets[0]
        row = next(cell.row for cell in sheet["A"] if cell.value == "1.1.1")
        sheet.cell(row, 7, typed)
        made.save(file)
        ran, told = told_of(file, "--scheme", DEPARTMENTS)
        assert (ran, f"D{row}: P110 1.1.1:" in told) == (code, bool(code))

    @pytest.mark.parametrize(
        ("state", "typed", "code"), [("no evidence", 0, 0), ("không có tài liệu kiểm chứng", 1, 2)]
    )
    def test_a_state_beside_points(self, state: str, typed: int, code: int, tmp_path: Path) -> None:
        cells = HEAD | table() | {"E8": "Tình trạng", "E9": state, "D9": typed}
        ran, told = told_of(book(tmp_path / "a.xlsx", cells))
        assert (ran, "Sheet1!E9: P110 1:" in told) == (code, bool(code))


def csv_of(cells: dict[str, Any], file: Path) -> Path:
    """The sheet as text, with semicolons and decimal commas."""
    lines = [
        ";".join(
            f'"{text}"' if ";" in text else text
            for text in (str(cells.get(f"{letter}{row}", "")) for letter in "ABCD")
        )
        for row in range(1, 41)
    ]
    file.write_text("\n".join(lines).replace(".", ","), encoding="utf-8-sig")
    return file


class TestAsText:
    """The same table saved as CSV is read by the same rules."""

    @pytest.mark.parametrize("form", ["{}", "{})", "{}.", "{}*", "\u200b{}", "TC {}"])
    def test_codes(self, form: str, tmp_path: Path) -> None:
        cells = HEAD | table() | {f"A{8 + n}": form.format(n) for n in range(1, 9)}
        assert index_of(csv_of(cells, tmp_path / "a.csv")) == "78.35"

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"A9": "1a"}, ":9:1: P201 1a:"),
            ({"A9": ""}, ":9:4: P109 Điểm tự đánh giá:"),
            ({"A9": "một"}, ":9:1: P110 TT:"),
            ({"A30": "9", "D30": 1}, ":30:1: P201 9:"),
            ({"A7": "1", "D7": 1}, ":7:4: P110 1:"),
            ({"B9": "Sở Nội vụ"}, ":9:2: P231 1:"),
            ({"B17": "Tổng điểm đạt được", "D17": 79.35}, ":17:4: P204 Total:"),
        ],
    )
    def test_refused(self, changes: dict[str, Any], told: str, tmp_path: Path) -> None:
        file = csv_of(HEAD | table() | changes, tmp_path / "a.csv")
        ran, err = told_of(file)
        assert (ran, told in err) == (2, True)


class TestAnswers:
    """A cell takes what is printed of an answer, in either language, whatever its capitals and marks."""

    @pytest.mark.parametrize(
        ("code", "typed", "fact"),
        [
            ("1.1.1", "ĐÚNG HẠN", Answer("on_time")),
            ("1.1.1", "dung han", Answer("on_time")),
            ("1.1.1", "In time", Answer("on_time")),
            ("1.1.1", "đúng\u200b hạn", Answer("on_time")),
            ("1.1.1", "on_time", Answer("on_time")),
            ("1.1.1", "Không ban hành", Answer("none")),
            ("2.3.2", "Có", Answer("done")),
            ("2.3.2", "not done", Answer("not_done")),
            ("2.3.2", "KHÔNG", Answer("not_done")),
            ("2.3.1", "10/01/2025", Date(datetime.date(2025, 1, 10))),
            ("2.3.1", "ngày 13 tháng 12 năm 2024", Date(datetime.date(2024, 12, 13))),
            ("2.3.1", "13.12.2024", Date(datetime.date(2024, 12, 13))),
        ],
    )
    def test_taken(self, code: str, typed: str, fact: Fact, tmp_path: Path) -> None:
        assert self.read(code, {"B": "Kết quả thực hiện"}, {"B": typed}, tmp_path) == fact

    @pytest.mark.parametrize(
        ("typed", "items"),
        [
            ("nhiệm vụ; kinh phí", ("tasks", "budget")),
            ("Kinh phí", ("budget",)),
            ("tasks, budget", ("tasks", "budget")),
            ("không", ()),
        ],
    )
    def test_items_of_a_list(self, typed: str, items: tuple[str, ...], tmp_path: Path) -> None:
        fact = self.read("1.1.2", {"B": "Kết quả thực hiện"}, {"B": typed}, tmp_path)
        assert fact == Items(items)

    @pytest.mark.parametrize(
        ("code", "typed"), [("1.1.1", "đúng"), ("1.1.2", "có"), ("2.3.2", "x?")]
    )
    def test_refused(self, code: str, typed: str, tmp_path: Path) -> None:
        file = self.file(code, {"B": "Kết quả thực hiện"}, {"B": typed}, tmp_path)
        ran, told = told_of(file, "--scheme", DEPARTMENTS)
        assert (ran, f":Sheet1!B5: P110 {code}:" in told) == (2, True)

    def file(self, code: str, heads: dict[str, str], cells: dict[str, str], folder: Path) -> Path:
        head = {"A1": "Đơn vị: Sở Ví dụ", "A2": "Năm: 2024", "A4": "TT"}
        heading = {f"{column}4": text for column, text in heads.items()}
        row = {f"{column}5": text for column, text in cells.items()}
        return book(folder / "a.xlsx", head | heading | row | {"A5": code})

    def read(self, *asked: Any) -> Fact:
        [card] = read_scorecards(self.file(*asked), load_scheme(DEPARTMENTS))
        return card.scores[asked[0]].fact


DEPARTMENTS = "examples/schemes/departments-2024.yaml"


def template(folder: Path, words: LanguageCode = "vi") -> Path:
    """A workbook filled in by the unit itself: an appraiser's facts have no cell."""
    from parindex.office.xlsx.template import filled_workbook
    from parindex.values.language import language

    scheme = load_scheme(DEPARTMENTS)
    first = next(iter(read_scorecards(ROOT / "examples/departments-2024.yaml", scheme)))
    own = {code: entry.stages.get("self", entry) for code, entry in first.scores.items()}
    first = replace(first, scores={code: replace(entry, stages={}) for code, entry in own.items()})
    file = folder / "template.xlsx"
    file.write_bytes(filled_workbook(first, scheme, language(words)))
    return file


def stored(file: Path) -> Path:
    """The workbook as a spreadsheet program stores it: each formula with a value."""
    import re

    from tests.xlsx_support import parts

    with __import__("zipfile").ZipFile(file) as held:
        sheet = held.read("xl/worksheets/sheet1.xml").decode()
    return parts(file, sheet1=re.sub(r"<v\s*/>|<v></v>", "<v>7.93</v>", sheet))


class TestTypedSums:
    """A sum that somebody typed is a sum: what is empty beside it stays unknown, as with a formula."""

    @pytest.mark.parametrize(
        ("cells", "bounds"),
        [
            ({}, ("50.00", "80.00")),
            ({"A9": "1", "D9": 0.5}, ("50.00", "80.00")),
            ({"A9": "1", "D9": 0.5, "A10": "2", "D10": 4.5}, ("50.00", "80.00")),
            ({"A9": "Tổng cộng", "D9": 5}, ("50.00", "80.00")),
            ({"A9": "Tổng cộng", "D9": "5,0"}, ("50.00", "80.00")),
            ({"A9": "Tổng cộng", "D9": 5.5}, ("55.00", "55.00")),  # it says more than its rows
            ({"A9": "1", "D9": 1.5}, ("60.00", "60.00")),
            ({"D6": "không áp dụng", "A9": "Tổng cộng", "D9": 5}, ("71.43", "71.43")),
            ({"D6": 0, "A9": "Tổng cộng", "D9": 5}, ("50.00", "50.00")),
        ],
    )
    def test_bounds(self, cells: dict[str, Any], bounds: tuple[str, str], tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", {**small(), "D6": None, **cells})
        chosen = load_scheme(SMALL)
        [card] = read_scorecards(file, chosen)
        result = score(card, chosen)
        assert (str(result.low), str(result.high)) == bounds

    def test_a_table_of_areas(self, tmp_path: Path) -> None:
        """Areas alone are points of their own; the empty one is not 0 because of their total."""
        cells = {**HEAD, **table(), "D15": None, "B17": "Tổng điểm", "D17": 68.8}
        [card] = read_scorecards(book(tmp_path / "a.xlsx", cells))
        assert (card.total, score(card).index, str(score(card).low)) == (None, None, "68.80")

    @pytest.mark.parametrize("sums", [{}, {"D9": 2, "E9": 0.5}])
    def test_each_stage_has_its_own(self, sums: dict[str, Any], tmp_path: Path) -> None:
        """The appraiser has not come to 1.2 yet: its points are the unit's, and at that stage unknown."""
        appraised = {"E4": "Điểm thẩm định", "E5": 0.5, "E7": 2, "E8": 2.5}
        file = book(tmp_path / "a.xlsx", {**small(), **appraised, "A9": "1", **sums})
        chosen = load_scheme(SMALL)
        [card] = read_scorecards(file, chosen)
        assert str(score(card, chosen).index) == "65.00"
        at_stage = score(card, chosen, "appraised")
        assert (str(at_stage.low), str(at_stage.high)) == ("50.00", "80.00")
