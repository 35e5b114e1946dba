"""Annexes in the shapes in which provinces print them, and laws that hold for all of them."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.office.annexes.about import About
from parindex.office.annexes.annex import (
    ADJUSTS,
    AS_DAY,
    AS_OPTIONS,
    BESIDE,
    CODE_TWICE,
    HIDDEN,
    MAYBE_AREA,
    NO_NUMBERS,
    TOO_LITTLE,
    TOO_MUCH,
    TOTAL_DIFFERS,
    Annex,
)
from parindex.office.annexes.importing import Imported, import_annex
from parindex.office.annexes.numbering import leading_number
from parindex.office.annexes.printed import is_note, is_total, points_of
from parindex.office.annexes.reading import read_annex
from parindex.office.sheets import open_sheets
from parindex.office.xlsx.official_csv import text_sheet
from parindex.reading.documents import documents_of, only
from parindex.scheme.scheme_file import read_scheme, scheme_of
from parindex.values.language import language
from tests.test_annex_phrases import short
from tests.test_annexes import FOLDER, annex_of, codes

ENGLISH = language("en")


def brief(annex: Annex) -> list[str]:
    """Each criterion as code, maximum and rule."""
    return [
        " ".join(
            [row.code, "?" if row.maximum is None else f"{row.maximum.normalize():f}"]
            + ([] if row.children else [short(row.rule)])
        )
        for row in annex.rows()
    ]


def words_of(doubts: list[tuple[str, dict[str, str]]]) -> list[str]:
    return [words for words, _ in doubts]


class TestFiles:
    """A file of each shape gives the criteria, maxima and rules that are printed in it."""

    @pytest.mark.parametrize(
        ("file", "expected"),
        [
            (
                "two-row-heading.xlsx",
                ["1 3", "1.1 1 points", "1.2 2 points", "2 2", "2.1 2 points"],
            ),
            (
                "bonus-and-penalty.xlsx",
                [
                    "1 3",
                    "1.1 1 points",
                    "1.2 2 points",
                    "2 5",
                    "2.1 2 count each=1",
                    "2.2 3 points",
                    "3 3",
                    "3.1 1 count each=0.5",
                    "3.2 2 points",
                ],
            ),
            ("options-column.xlsx", ["1 1 choice 1 0.5 0", "2 2 steps >90:2 >=0:0"]),
            (
                "numbers-within-names.xlsx",
                [
                    "1 3",
                    "1.1 3",
                    "1.1.1 1 choice 1 0.5 0",
                    "1.1.2 2 points",
                    "2 2",
                    "2.1 2 choice 2 0",
                ],
            ),
            (
                "inner-columns.xlsx",
                ["1 ?", "1.1 3 points", "1.2 2 points", "2 ?", "2.1 3 points", "2.2 2 points"],
            ),
            ("split-maximum.xlsx", ["1 5", "1.1 3 points", "1.2 2 points"]),
            (
                "bold-areas.xlsx",
                ["1 3", "1.1 1 choice 1 0", "1.2 2 points", "2 2", "2.1 2 choice 2 0"],
            ),
            (
                "automatic-numbers.docx",
                [
                    "1 3",
                    "1.1 3",
                    "1.1.1 1 points",
                    "1.1.2 2 points",
                    "2 2",
                    "2.1 2",
                    "2.1.1 2 choice 2 0",
                ],
            ),
            ("two-tables.docx", ["1 3", "1.1 1 points", "1.2 2 points", "2 2", "2.1 2 points"]),
            ("merged.docx", ["1 ?", "1.1 1 choice 1 0.5 0", "1.2 2 points"]),
        ],
    )
    def test_read(self, file: str, expected: list[str], tmp_path: Path) -> None:
        imported = import_annex(str(FOLDER / file), year=2024)
        assert brief(imported.annex) == expected
        (tmp_path / "s.yaml").write_text(imported.text(ENGLISH), encoding="utf-8")
        read_scheme(str(tmp_path / "s.yaml"))

    @pytest.mark.parametrize(
        ("file", "same"),
        [
            ("bold-areas.ods", "bold-areas.xlsx"),
            ("bonus-and-penalty.xls", "bonus-and-penalty.xlsx"),
        ],
    )
    def test_other_programs(self, file: str, same: str) -> None:
        found, other = (import_annex(str(FOLDER / each), year=2024) for each in (file, same))
        assert brief(found.annex) == brief(other.annex)

    def test_other_annexes_are_told(self) -> None:
        assert import_annex(str(FOLDER / "two-annexes.docx"), year=2024).others == ["Bảng 2"]

    def test_unread_columns_are_told(self) -> None:
        notes = import_annex(str(FOLDER / "two-row-heading.xlsx"), year=2024).notes()
        assert [told for _, told in notes] == [{"found": "Tự chấm | Thẩm định"}]


class TestWordRows:
    """Rows that were deleted in Word are none; those that nobody sees are told."""

    @pytest.mark.parametrize(
        ("mark", "expected"), [("del", ["1 1 points"]), ("hidden", ["1 1 points", "2 2 points"])]
    )
    def test_marked(self, mark: str, expected: list[str]) -> None:
        document = docx.Document()
        table = document.add_table(0, 3)
        for row in (["STT", "Tiêu chí", "Điểm tối đa"], ["1", "x", "1"], ["2", "y", "2"]):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        head = table.rows[2]._tr.get_or_add_trPr()  # noqa: SLF001 the library marks no rows
        head.append(OxmlElement(f"w:{mark}"))
        data = BytesIO()
        document.save(data)
        annex = read_annex(open_sheets(data.getvalue(), "a.docx")[0], {})
        assert annex is not None
        assert brief(annex) == expected
        assert [words_of(row.doubts) for row in annex.areas[1:]] == [[HIDDEN]] * (len(expected) - 1)


class TestBesideTheMaximum:
    """A bonus or penalty raises no maximum, unless the printed total counts it."""

    def test_blocks(self, tmp_path: Path) -> None:
        imported = import_annex(str(FOLDER / "bonus-and-penalty.xlsx"), year=2024)
        (tmp_path / "s.yaml").write_text(imported.text(ENGLISH), encoding="utf-8")
        scheme = read_scheme(str(tmp_path / "s.yaml"))
        found = [(block.kind, block.cap, len(block.items)) for block in scheme.adjustments]
        assert (scheme.max, found) == (3, [("bonus", 5, 2), ("penalty", 3, 2)])
        assert [words_of(row.doubts) for row in imported.annex.adjustments] == [[BESIDE]] * 2

    def test_counted_in_the_total(self) -> None:
        annex = annex_of(
            [["I", "A", 95], [1, "x", 95], ["II", "Điểm thưởng", 5], [1, "y", 5], ["", "Tổng", 100]]
        )
        assert (len(annex.areas), words_of(annex.areas[1].doubts)) == (2, [ADJUSTS])

    def test_without_a_number(self) -> None:
        """The words of the row alone begin such a section."""
        annex = annex_of([["I", "A", 3], [1, "x", 3], ["", "Điểm trừ", ""], [1, "Chậm", -1]])
        assert brief(annex) == ["1 3", "1.1 3 points", "P ?", "P.1 1 points"]

    def test_no_negative_maximum(self) -> None:
        annex = annex_of([[1, "A", 3], [2, "Vi phạm", -1]])
        assert [row.maximum for row in annex.areas] == [3, None]


class TestRows:
    """Each row with points is a criterion, an option, or told; none of them is guessed."""

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ([[1, "A", 1], ["a)", "Có", 1], ["b)", "Không", 0]], ["1 1 choice 1 0"]),
            (
                [[1, "A", 2], ["a)", "x", 1], ["b)", "y", 1]],
                ["1 2", "1.a 1 points", "1.b 1 points"],
            ),
            ([[1, "A", 2], ["-", "Trên 90%", 2], ["-", "Còn lại", 0]], ["1 2 steps >90:2 >=0:0"]),
            ([[1, "A", 2], ["", "+ Có", "2 điểm"], ["", "+ Không", "0đ"]], ["1 2 choice 2 0"]),
            ([[1, "A", 1], ["", "Công khai", 1], ["", "Không", 0]], ["1 1 choice 1 0"]),
            (
                [["", "PHẦN A: A", 3], ["I", "B", 3], [1, "x", 3]],
                ["A 3", "A.1 3", "A.1.1 3 points"],
            ),
            ([["1", "c", "01"], ["2", "d", "02"]], ["1 1 points", "2 2 points"]),
            ([["1", "A", 1], ["1,1", "x", 1]], ["1 1", "1.1 1 points"]),
            (
                [["I", "A", 2], ["i", "x", 1], ["ii", "y", 1]],
                ["1 2", "1.i 1 points", "1.ii 1 points"],
            ),
            ([["Lĩnh vực 1", "A", 1], ["Tiêu chí 1.1", "x", 1]], ["1 1", "1.1 1 points"]),
            (
                [["I (1)", "A", 3], ["1*", "x", "1*"], ["2[1]", "y", "2 điểm"]],
                ["1 3", "1.1 1 points", "1.2 2 points"],
            ),
        ],
    )
    def test_read(self, rows: list[list[Any]], expected: list[str]) -> None:
        annex = annex_of(rows)
        assert (brief(annex), annex.passed, [*annex.doubts]) == (expected, [], [])

    def test_points_under_another_heading(self) -> None:
        """`Mức điểm` holds the maximum where no other column does."""
        annex = annex_of(
            [[1, "A", 2], ["", "Có", 2], ["", "Không", 0]], ["TT", "Tiêu chí", "Mức điểm"]
        )
        assert brief(annex) == ["1 2 choice 2 0"]

    def test_number_that_is_none(self) -> None:
        """A row with an unknown number is no option of the one above."""
        annex = annex_of([[1, "A", 2], ["x1", "B", 1], ["", "Cộng điểm tự chấm", 2]])
        assert (brief(annex), [row for row, *_ in annex.passed]) == (["1 2 points"], [3, 4])

    def test_options_and_other_words(self) -> None:
        """Options in rows and words that say another rule: neither is taken."""
        annex = annex_of([[1, "A", 1, "Mỗi lỗi trừ 0,2 điểm"], ["", "Có", 1], ["", "Không", 0]])
        assert brief(annex) == ["1 1 points"]

    def test_parts_or_options(self) -> None:
        annex = annex_of([[1, "A", 1], ["a)", "Kịp thời", 1], ["b)", "Chậm", 0.5]])
        assert (brief(annex), words_of(annex.areas[0].doubts)) == (["1 1 points"], [AS_OPTIONS])

    def test_area_that_looks_like_an_option(self) -> None:
        annex = annex_of(
            [
                ["I", "A", 1],
                [1, "x", 1],
                ["", "Có", 1],
                ["", "Không", 0],
                ["", "Thể chế", 1],
                [1, "y", 1],
            ]
        )
        rows = list(annex.rows())
        assert words_of(rows[1].doubts) == [MAYBE_AREA]
        assert (rows[1].rule, words_of(rows[2].doubts)) == (None, [CODE_TWICE])

    def test_no_numbers(self) -> None:
        annex = annex_of(
            [["CHỈ ĐẠO", 3], ["Kế hoạch", 1], ["Báo cáo", 2], ["THỂ CHẾ", 2], ["Rà soát", 2]],
            ["Tiêu chí", "Điểm tối đa"],
        )
        assert codes(annex) == ["1", "1.1", "1.2", "2", "2.1"]
        assert words_of(annex.doubts) == [NO_NUMBERS]

    def test_number_that_became_a_day(self) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        rows: list[list[Any]] = [["STT", "Tiêu chí", "Điểm tối đa"], ["I", "A", 3], ["", "x", 1]]
        for row in rows:
            sheet.append(row)
        sheet["A3"].number_format, sheet["A3"].value = "d.m", 45292
        assert [why for *_, why in imported_from(book).annex.passed] == [AS_DAY]

    def test_hidden_row(self) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        rows: list[list[Any]] = [["STT", "Tiêu chí", "Điểm tối đa"], [1, "x", 1], [2, "y", 2]]
        for row in rows:
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        annex = imported_from(book).annex
        assert [words_of(row.doubts) for row in annex.areas] == [[], [HIDDEN]]

    def test_notes_and_signatures(self) -> None:
        annex = annex_of(
            [[1, "A", 1], ["", "Tổng cộng", 1], ["Ghi chú: tự chấm", "", ""], ["", "NGƯỜI LẬP"]]
        )
        assert [row for row, *_ in annex.passed] == [4, 5]
        assert (annex.maximum, annex.areas[0].guidance) == (1, "")

    @pytest.mark.parametrize("total", [2, 5])
    def test_total_that_does_not_hold(self, total: int) -> None:
        annex = annex_of([[1, "A", 3], ["", "Tổng cộng", total]])
        assert (annex.maximum, words_of(annex.doubts)) == (total, [TOTAL_DIFFERS])


def imported_from(book: openpyxl.Workbook) -> Imported:
    data = BytesIO()
    book.save(data)
    annex = read_annex(open_sheets(data.getvalue(), "a.xlsx")[0], {})
    assert annex is not None
    return Imported(annex, About(year=2024), "a.xlsx")


class TestPrinted:
    """What cells print beside criteria."""

    @pytest.mark.parametrize(
        ("printed", "points"),
        [
            *(("1,5 điểm", "1.5"), ("0,5đ", "0.5"), ("01", "1"), ("2.0", "2"), ("5 điểm*", "5")),
            *(("Tối đa 5 điểm", "5"), ("+5", "5"), ("-1", "-1"), ("2 (điểm)", "2")),
            *(("-", None), ("", None), ("100%", None), ("1/2", None), ("2 hoặc 3", None)),
        ],
    )
    def test_points(self, printed: str, points: str | None) -> None:
        assert points_of(printed) == (None if points is None else Decimal(points))

    @pytest.mark.parametrize(
        ("name", "total", "note"),
        [
            *(("Tổng cộng", True, False), ("TỔNG ĐIỂM (I+II)", True, False)),
            *(("Cộng", True, False), ("Tổng số điểm tối đa", True, False)),
            *(("Điểm tổng cộng", True, False), ("Tổng điểm các lĩnh vực", True, False)),
            *(("Công khai TTHC", False, False), ("Tổng hợp báo cáo", False, False)),
            *(("Điểm cộng", False, False), ("Cộng mục I", False, True)),
            *(("Ghi chú: tự chấm", False, True), ("Công tác chỉ đạo", False, False)),
        ],
    )
    def test_totals(self, name: str, *, total: bool, note: bool) -> None:
        assert (is_total(name), is_note(name)) == (total, note)

    @pytest.mark.parametrize(
        ("words", "number"),
        [
            *(("Phần A: X", "A"), ("II- X", "II-"), ("1.X", "1."), ("1.2 X", "1.2")),
            *(("1-2 sáng kiến", ""), ("Tiêu chí 1.1: X", "1.1"), ("2: bằng", "")),
        ],
    )
    def test_numbers(self, words: str, number: str) -> None:
        assert leading_number(words)[0] == number


RULES = (
    ("Đúng hạn: {m}; không: 0", "choice {m} 0"),
    ("Trên 90%: {m}; còn lại: 0", "steps >90:{m} >=0:0"),
    ("[b/a]*[điểm tối đa]. Nếu b/a < 0.80 thì điểm đánh giá là 0", "ratio floor=80%"),
    ("Mỗi lần chậm trừ 0,25 điểm", "deduct step=0.25"),
    ("", "points"),
)
TREES = st.lists(
    st.lists(
        st.lists(st.tuples(st.integers(1, 9), st.sampled_from(RULES)), min_size=1, max_size=3),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=3,
)
ROMAN = ("I", "II", "III")


def table_of(
    tree: list[list[list[tuple[int, tuple[str, str]]]]],
) -> tuple[list[list[str]], list[str]]:
    """A table that prints a tree as `I / 1 / 1.1`, and what it must give."""
    rows, expected = [["STT", "Tiêu chí", "Điểm tối đa", "Hướng dẫn chấm điểm"]], []
    for a, area in enumerate(tree, start=1):
        whole = sum(points for part in area for points, _ in part)
        rows.append([ROMAN[a - 1], f"Lĩnh vực {a}", str(whole), ""])
        expected.append(f"{a} {whole}")
        for b, part in enumerate(area, start=1):
            rows.append([str(b), f"Tiêu chí {b}", str(sum(each for each, _ in part)), ""])
            expected.append(f"{a}.{b} {rows[-1][2]}")
            for c, (points, (words, rule)) in enumerate(part, start=1):
                rows.append([f"{b}.{c}", f"Mục {c}", str(points), words.format(m=points)])
                expected.append(f"{a}.{b}.{c} {points} {rule.format(m=points)}")
    return rows, expected


class TestLaws:
    """What is written as a table is read as the same tree; a scheme file loads unless sums fail."""

    @given(TREES)
    def test_workbook(self, tree: list[list[list[tuple[int, tuple[str, str]]]]]) -> None:
        rows, expected = table_of(tree)
        annex = annex_of(rows[1:], rows[0])
        assert (brief(annex), annex.passed) == (expected, [])
        assert not any(row.doubts for row in annex.rows())

    @given(TREES)
    @settings(max_examples=8, deadline=None)
    def test_document(self, tree: list[list[list[tuple[int, tuple[str, str]]]]]) -> None:
        rows, expected = table_of(tree)
        document = docx.Document()
        table = document.add_table(0, 4)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        data = BytesIO()
        document.save(data)
        annex = read_annex(open_sheets(data.getvalue(), "a.docx")[0], {})
        assert annex is not None
        assert (brief(annex), annex.passed) == (expected, [])

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["", "I", "II", "1", "2", "1.1", "1.2", "A", "a)", "b)", "-", "x"]),
                st.sampled_from(
                    [
                        "",
                        "Kế hoạch",
                        "THỂ CHẾ",
                        "- Có",
                        "Điểm thưởng",
                        "Điểm trừ",
                        "Tổng cộng",
                        "1.1. Báo cáo",
                        "Trên 90%",
                        "Ghi chú: x",
                        "“x\ty: #”",
                        "Không",
                    ]
                ),
                st.sampled_from(["", "0", "1", "2", "0,5", "-1", "x", "1 điểm", "10"]),
                st.sampled_from(["", *(words.format(m=1) for words, _ in RULES), "Đủ: 1", "x: y"]),
            ),
            min_size=1,
            max_size=12,
        )
    )
    def test_any_rows(self, rows: list[tuple[str, str, str, str]]) -> None:
        head = [["STT", "Tiêu chí", "Điểm tối đa", "Cách chấm"]]
        text = "\n".join(";".join(f'"{cell}"' for cell in row) for row in [*head, *rows])
        sheet = text_sheet(text, ";", "a.csv")
        annex = read_annex(sheet, {}) if sheet else None
        if annex is None:
            return
        told = words_of([*annex.doubts, *(each for row in annex.rows() for each in row.doubts)])
        if not {TOO_MUCH, TOO_LITTLE, TOTAL_DIFFERS} & set(told):
            text = Imported(annex, About(year=2024), "a.csv").text(ENGLISH)
            scheme_of(only(documents_of(text, "a.yaml")))
