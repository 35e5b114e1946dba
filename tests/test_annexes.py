"""Annexes of decisions: their tree, maxima and rules, and the scheme file that comes of them."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from parindex.office.annexes.about import read_about
from parindex.office.annexes.annex import NO_NUMBER, Annex
from parindex.office.annexes.numbering import Numbering, leading_number, read_number
from parindex.office.annexes.reading import read_annex
from parindex.office.sheets import open_sheets
from parindex.scheme.scheme_file import read_scheme
from tests.support import call

FOLDER = Path(__file__).parent / "annexes"
HEAD = ["STT", "Tiêu chí", "Điểm tối đa", "Hướng dẫn chấm điểm"]


def run(*words: str) -> str:
    """What a run of the command prints; its exit code must be 0."""
    ran = call(*words)
    assert ran.code == 0, ran.err
    return ran.out


def annex_of(rows: list[list[Any]], head: list[str] | None = None) -> Annex:
    """The annex of a workbook with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [head or HEAD, *rows]:
        sheet.append(row)
    data = BytesIO()
    book.save(data)
    annex = read_annex(open_sheets(data.getvalue(), "a.xlsx")[0], {})
    assert annex is not None
    return annex


def codes(annex: Annex) -> list[str]:
    return [row.code for row in annex.rows()]


class TestReal:
    """Extracts of real decisions give their tree, every maximum, and the rules that are printed."""

    @pytest.mark.parametrize(
        ("file", "areas", "rules"),
        [
            ("ca-mau-2013.docx", 1, ["choice"] * 3 + ["steps"] + ["choice"] * 2 + [None]),
            ("tt-01-2018.xlsx", 4, ["choice"] * 4),
            ("qd-766.xlsx", 3, ["ratio"] * 5 + ["watch"] + ["ratio"] * 3),
            ("by-an-official.xlsx", 2, ["choice", "steps", "deduct", "ratio", "choice"]),
        ],
    )
    def test_rules(self, file: str, areas: int, rules: list[str | None], tmp_path: Path) -> None:
        run("schemes", "import", str(FOLDER / file), "-o", str(tmp_path / "s.yaml"))
        scheme = read_scheme(str(tmp_path / "s.yaml"))
        assert len(scheme.criteria) == areas
        assert [leaf.rule and leaf.rule.kind for leaf in scheme.leaves] == rules
        run("check", str(tmp_path / "s.yaml"))

    def test_incomplete(self, tmp_path: Path) -> None:
        """Of 20 points 10 are printed: the area is marked, and its maximum stays."""
        run("schemes", "import", str(FOLDER / "ca-mau-2013.docx"), "-o", str(tmp_path / "s.yaml"))
        [area] = read_scheme(str(tmp_path / "s.yaml")).criteria
        assert (area.max, area.complete, len(area.children)) == (20, False, 3)
        assert [child.complete for child in area.children] == [True] * 3

    def test_numbers_begin_anew(self, tmp_path: Path) -> None:
        """Codes are unique, labels are as printed."""
        run(
            "schemes", "import", str(FOLDER / "by-an-official.xlsx"), "-o", str(tmp_path / "s.yaml")
        )
        scheme = read_scheme(str(tmp_path / "s.yaml"))
        found = [(each.code, each.label) for _, each in scheme.walk()]
        assert found[:5] == [
            ("1", "I"),
            ("1.1", "1"),
            ("1.1.1", "1.1"),
            ("1.1.2", "1.2"),
            ("1.2", "2"),
        ]
        assert (scheme.max, scheme.years, scheme.level) == (10, (2024,), "department")
        assert scheme.decision is not None
        assert scheme.decision.number == "123/QĐ-UBND"
        leaf = scheme.by_code["1.1.1"]
        assert (leaf.documents, leaf.guidance) == (
            "Kế hoạch",
            "Ban hành kịp thời (trước 15/01): 1; Ban hành chậm: 0,5; Không ban hành: 0",
        )

    def test_targets_and_floors(self, tmp_path: Path) -> None:
        run("schemes", "import", str(FOLDER / "qd-766.xlsx"), "-o", str(tmp_path / "s.yaml"))
        rules = {leaf.code: leaf.rule for leaf in read_scheme(str(tmp_path / "s.yaml")).leaves}
        found = {code: str(getattr(rule, "target", None)) for code, rule in rules.items()}
        assert (found["3.1"], found["3.2"], found["3.3"]) == ("80", "None", "50")

    def test_report(self) -> None:
        """Each row says its cell and what was read of it; how many of how many."""
        [found] = json.loads(
            run("schemes", "import", str(FOLDER / "ca-mau-2013.docx"), "-f", "json")
        )["annexes"]
        assert (found["leaves"], found["rules"], found["doubtful"]) == (7, 6, 1)
        assert found["rows"][0] | {"doubt": ""} == {
            "cell": "B2",
            "code": "1",
            "label": "1",
            "name": "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC",
            "max": 20,
            "leaf": False,
            "rule": None,
            "status": "doubtful",
            "doubt": "",
        }


class TestRefused:
    """What cannot be meant is refused with what to write, and nothing is written."""

    @pytest.mark.parametrize("columns", ["foo", "code=A,name=ZZZ", "=", "code="])
    def test_columns(self, columns: str) -> None:
        ran = call("schemes", "import", str(FOLDER / "qd-766.xlsx"), "--columns", columns)
        assert (ran.code, "code=A,name=B,maximum=C" in ran.err) == (2, True)

    def test_name_of_another_kind(self, tmp_path: Path) -> None:
        file = tmp_path / "s.docx"
        ran = call("schemes", "import", str(FOLDER / "qd-766.xlsx"), "-o", str(file))
        assert (ran.code, file.exists()) == (2, False)

    def test_no_table(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("only words\n", encoding="utf-8")
        ran = call("schemes", "import", str(file))
        assert (ran.code, "P109" in ran.err, "None" in ran.err) == (2, True, False)


class TestNumbering:
    """Codes follow from the printed numbers; what begins anew keeps the code of what is above."""

    @pytest.mark.parametrize(
        ("printed", "expected"),
        [
            ("1 1.1 1.1.1 1.1.2 1.2 2 2.1", "1 1.1 1.1.1 1.1.2 1.2 2 2.1"),
            ("I 1 1.1 1.2 2 II 1 2", "1 1.1 1.1.1 1.1.2 1.2 2 2.1 2.2"),
            ("I 1.1 1.2 II 2.1", "1 1.1 1.2 2 2.1"),
            ("A I 1 2 II 1 B I 1", "A A.1 A.1.1 A.1.2 A.2 A.2.1 B B.1 B.1.1"),
            ("1 a) b) 2 a)", "1 1.a 1.b 2 2.a"),
            ("I. 1. 1.1. II.", "1 1.1 1.1.1 2"),
            ("G H I J", "G H I J"),
            ("1 2 3 6", "1 2 3 6"),
            ("1.1 1.2 2.1", "1.1 1.2 2.1"),
            ("I II III IV V VI", "1 2 3 4 5 6"),
        ],
    )
    def test_codes(self, printed: str, expected: str) -> None:
        numbering = Numbering()
        found = []
        for word in printed.split():
            number = read_number(word)
            assert number is not None
            found.append(numbering.add(number).code)
        assert " ".join(found) == expected

    @pytest.mark.parametrize("words", ["", "Tổng", "1.a", "IIII", "1..2", "-", "+", "*", "12345"])
    def test_no_number(self, words: str) -> None:
        assert read_number(words) is None

    @pytest.mark.parametrize(
        ("words", "number", "rest"),
        [
            ("1.2. Ban hành", "1.2.", "Ban hành"),
            ("II. Thể chế", "II.", "Thể chế"),
            ("a) Đúng hạn", "a)", "Đúng hạn"),
            ("100% thủ tục", "", "100% thủ tục"),
            ("A là gì", "", "A là gì"),
        ],
    )
    def test_within_the_words(self, words: str, number: str, rest: str) -> None:
        assert leading_number(words) == (number, rest)

    def test_last_zero(self) -> None:
        """A spreadsheet keeps 1.10 as the number 1.1; behind 1.9 it is read as it was meant."""
        rows: list[list[Any]] = [[1, "Mục a", 10, ""]]
        rows += [[float(f"1.{at}"), f"Mục {at}", 1, ""] for at in range(1, 10)] + [
            [1.1, "Mục 10", 1, ""]
        ]
        annex = annex_of(rows)
        assert codes(annex)[-2:] == ["1.9", "1.10"]
        assert not any(row.doubts for row in annex.rows())


class TestTable:
    """The table is found by its headings, and every row with points is taken or reported."""

    def test_heading_again_and_numbers_of_columns(self) -> None:
        annex = annex_of(
            [
                ["(1)", "(2)", "(3)", "(4)"],
                [1, "Mục a", 2, ""],
                HEAD,
                [2, "Mục b", 3, ""],
                ["", "Tổng cộng", 5, ""],
            ]
        )
        assert (codes(annex), annex.maximum, annex.passed) == (["1", "2"], 5, [])

    def test_numbers_within_names(self) -> None:
        annex = annex_of(
            [["1. Chỉ đạo", 3], ["1.1. Kế hoạch", 1], ["1.2. Báo cáo", 2]],
            ["Nội dung", "Điểm chuẩn"],
        )
        assert [(row.code, row.name) for row in annex.rows()] == [
            ("1", "Chỉ đạo"),
            ("1.1", "Kế hoạch"),
            ("1.2", "Báo cáo"),
        ]

    def test_areas_in_capitals(self) -> None:
        """A row in capitals without a number is an area, and numbers begin anew below it."""
        annex = annex_of(
            [
                ["", "CHỈ ĐẠO ĐIỀU HÀNH", "", ""],
                [1, "Kế hoạch", 2, ""],
                ["", "THỂ CHẾ", "", ""],
                [1, "Rà soát", 3, ""],
            ]
        )
        assert codes(annex) == ["1", "1.1", "2", "2.1"]

    def test_number_twice(self) -> None:
        annex = annex_of([[1, "Mục a", 2, ""], [1, "Mục b", 3, ""]])
        assert codes(annex) == ["1", "1-2"]
        assert [bool(row.doubts) for row in annex.rows()] == [False, True]

    def test_more_than_the_maximum(self) -> None:
        """Nothing is corrected: both figures are reported, and the parent stays complete."""
        annex = annex_of([[1, "Mục a", 2, ""], ["1.1", "Mục b", 3, ""]])
        [area] = annex.areas
        assert (area.is_complete, area.doubts[0][1]) == (
            True,
            {"found": "3", "expected": "2", "rows": "3"},
        )

    def test_maximum_that_is_none(self) -> None:
        annex = annex_of([[1, "Mục a", "2 hoặc 3", ""]])
        assert (annex.areas[0].maximum, len(annex.areas[0].doubts)) == (None, 1)

    def test_points_without_a_criterion(self) -> None:
        annex = annex_of([["", "Thưởng", 2, ""], [1, "Mục a", 2, ""]])
        assert annex.passed == [(2, "Thưởng", NO_NUMBER)]

    def test_more_lines_of_guidance(self) -> None:
        annex = annex_of([[1, "Mục a", 2, "Đủ: 2"], ["", "", "", "Thiếu: 0"]])
        assert (annex.areas[0].guidance, annex.areas[0].rule and annex.areas[0].rule["kind"]) == (
            "Đủ: 2\nThiếu: 0",
            "choice",
        )


class TestWord:
    """Tables of Word documents are read with merged cells and without deleted text."""

    def test_merged_cells(self) -> None:
        document = docx.Document()
        document.add_paragraph("BỘ TIÊU CHÍ NĂM 2024")
        table = document.add_table(3, 3)
        for row, texts in enumerate(
            [["STT", "Tiêu chí", "Điểm tối đa"], ["I", "Chung", ""], ["1", "Kế hoạch", "2"]]
        ):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 1).merge(table.cell(1, 2))
        table.cell(1, 0).merge(table.cell(2, 0))
        data = BytesIO()
        document.save(data)
        [sheet] = open_sheets(data.getvalue(), "a.docx")
        assert set(sheet.merged) == {(2, 2, 2, 3), (2, 1, 3, 1)}
        assert sheet.rows[0][1].text == "BỘ TIÊU CHÍ NĂM 2024"
        assert sheet.rows[3][2].text == "Kế hoạch"


class TestAbout:
    """Title, decision and year are taken from the lines above, where they say so."""

    @pytest.mark.parametrize(
        ("lines", "number", "date", "year", "level"),
        [
            (["BỘ TIÊU CHÍ CẤP HUYỆN NĂM 2023", "(QĐ)"], None, None, 2023, "district"),
            (
                ["Chỉ số CCHC", "(Kèm theo Quyết định số 5/QĐ-UBND ngày 3 tháng 2 năm 2024)"],
                "5/QĐ-UBND",
                "2024-02-03",
                2024,
                None,
            ),
            (["Đánh giá các xã, phường giai đoạn 2021-2030"], None, None, None, "commune"),
            (["Không có gì"], None, None, None, None),
        ],
    )
    def test_said(
        self,
        lines: list[str],
        number: str | None,
        date: str | None,
        year: int | None,
        level: str | None,
    ) -> None:
        about = read_about(lines)
        assert (about.number, about.date, about.year, about.level) == (number, date, year, level)
