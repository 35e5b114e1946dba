"""Rows named as sums, notes and lists of offices: what they are is seen by their figures and names."""

from pathlib import Path
from typing import Any

import pytest

from tests.support import call
from tests.test_workbook_rows import SMALL, index_of
from tests.xlsx_support import HEAD, book, table

ROWS: tuple[tuple[Any, ...], ...] = (
    ("1", "Chỉ đạo, điều hành", 4, None),
    ("1.1", "Ban hành kế hoạch đúng hạn", 1, 1),
    ("1.2", "Tỷ lệ nhiệm vụ hoàn thành", 3, 1.5),
    ("2", "Thủ tục hành chính", 6, None),
    ("2.1", "Hồ sơ giải quyết đúng hạn", 3, 2),
    ("2.2", "Dịch vụ công trực tuyến có phát sinh hồ sơ", 3, 1),
)
"""The small scheme's table: 5.5 points of 10."""
FIRST = 5


def small(file: Path, *rows: tuple[Any, ...], twice: bool = False) -> Path:
    """A workbook with these rows of the small scheme from row 5 on."""
    heading = ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự đánh giá", "Điểm thẩm định")
    cells: dict[str, Any] = {"A1": "Đơn vị: Sở Ví dụ", "A2": "Năm: 2024"}
    for number, row in enumerate((heading[: 5 if twice else 4], *rows), start=FIRST - 1):
        full = (*row, row[3]) if twice and number >= FIRST else row
        cells |= {
            f"{letter}{number}": v
            for letter, v in zip("ABCDE", full, strict=False)
            if v is not None
        }
    return book(file, cells)


def faults(file: Path, *options: str, command: str = "score") -> list[str]:
    ran = call(command, str(file), "--scheme", SMALL, "--lang", "en", *options)
    return [
        line.replace(str(file), "")
        for line in (ran.err + ran.out).splitlines()
        if str(file) in line
    ]


class TestSubtotals:
    """A sum between the rows is that of what stands above it; whatever else has points is refused."""

    @pytest.mark.parametrize(
        ("at", "row"),
        [
            (3, (None, "Cộng", 4, 2.5)),
            (3, (None, "Cộng lĩnh vực 1", 4, 2.5)),
            (3, (None, "Tỷ lệ đạt (%)", None, 62.5)),
            (3, (None, "Tỷ lệ đạt", None, "62,50%")),
            (3, (None, "Cộng", None, "=SUM(D5:D7)")),
        ],
    )
    def test_passed_over(self, at: int, row: tuple[Any, ...], tmp_path: Path) -> None:
        file = small(tmp_path / "a.xlsx", *ROWS[:at], row, *ROWS[at:])
        assert index_of(file, SMALL) == "55.00"

    def test_the_last_of_several_is_the_total(self, tmp_path: Path) -> None:
        sums = [(None, "Cộng", 4, 2.5), (None, "Cộng", 6, 3), (None, "Tổng cộng", 10, 5.5)]
        file = small(tmp_path / "a.xlsx", *ROWS[:3], sums[0], *ROWS[3:], *sums[1:])
        assert index_of(file, SMALL) == "55.00"
        sums[2] = (None, "Tổng cộng", 10, 6.5)
        file = small(tmp_path / "b.xlsx", *ROWS[:3], sums[0], *ROWS[3:], *sums[1:])
        [fault] = faults(file)
        assert fault.startswith(":Sheet1!D13: P204 Total:")

    @pytest.mark.parametrize(
        "name", ["Tỷ lệ", "Kết quả", "Điểm tổng", "Cộng", "Chỉ số cải cách hành chính"]
    )
    @pytest.mark.parametrize("code", [None, "-", "a"])
    def test_points_between_the_rows_are_refused(
        self, code: str | None, name: str, tmp_path: Path
    ) -> None:
        file = small(tmp_path / "a.xlsx", *ROWS[:3], (code, name, None, 0.5), *ROWS[3:])
        assert [fault[:17] for fault in faults(file)] == [":Sheet1!D8: P109 "]

    @pytest.mark.parametrize(
        "name", ["Tổng", "Kết quả", "Tỷ lệ", "Xếp loại", "Chỉ số cải cách hành chính"]
    )
    @pytest.mark.parametrize("twice", [False, True])
    def test_a_code_of_several_numbers_is_no_sum(
        self, name: str, tmp_path: Path, *, twice: bool
    ) -> None:
        file = small(tmp_path / "a.xlsx", *ROWS, ("2.3", name, None, 0.5), twice=twice)
        assert [fault[:23] for fault in faults(file)] == [":Sheet1!A11: P201 2.3: "]

    def test_totals_of_two_columns_are_compared_with_the_leaves(self, tmp_path: Path) -> None:
        file = small(tmp_path / "a.xlsx", *ROWS, (None, "Tổng cộng", 10, 9.5), twice=True)
        told = [fault for fault in faults(file, command="check") if "P401" in fault]
        assert [fault[:12] for fault in told] == [":Sheet1!D11:", ":Sheet1!E11:"]


class TestNotes:
    """A note below the table has a number, but no points."""

    def test_numbered_notes(self, tmp_path: Path) -> None:
        notes = [
            ("Ghi chú:",),
            ("(1)", "Theo Quyết định số 5"),
            ("2", "Đã trừ"),
            ("2.1", "Xem phụ lục"),
        ]
        assert index_of(small(tmp_path / "a.xlsx", *ROWS, *notes), SMALL) == "55.00"

    def test_points_are_no_note(self, tmp_path: Path) -> None:
        file = small(tmp_path / "a.xlsx", *ROWS, ("2.1", "Xem phụ lục", None, 1))
        assert any("P107 2.1" in fault for fault in faults(file))

    @pytest.mark.parametrize("numbers", [("I", "II", "III", "IV"), ("1", "2", "3", "4")])
    def test_columns_are_numbered(self, numbers: tuple[str, ...], tmp_path: Path) -> None:
        assert index_of(small(tmp_path / "a.xlsx", numbers, *ROWS), SMALL) == "55.00"


OFFICES = (
    "Nội vụ",
    "Tài chính",
    "Tư pháp",
    "Y tế",
    "Xây dựng",
    "Công Thương",
    "Du lịch",
    "Ngoại vụ",
)


class TestListsOfOffices:
    """Points of eight offices are no points of eight areas, however their column is headed."""

    @pytest.mark.parametrize(
        "heading", ["Tên đơn vị", "Sở, ngành", "Cơ quan, đơn vị", "Địa phương"]
    )
    @pytest.mark.parametrize("column", ["B", "C"])
    def test_refused(self, heading: str, column: str, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if k[0] not in "BC" or int(k[1:]) < 8}
        cells |= {f"{column}{row}": f"Sở {name}" for row, name in enumerate(OFFICES, start=9)}
        ran = call(
            "score", str(book(tmp_path / "a.xlsx", cells | {f"{column}8": heading})), "--lang", "en"
        )
        assert ran.code == 2
        assert ran.err.count("P231") == len(OFFICES)

    def test_who_leads_is_no_name(self, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if k[0] != "B"}
        cells |= {f"B{row}": f"Sở {name}" for row, name in enumerate(OFFICES, start=9)}
        assert index_of(book(tmp_path / "a.xlsx", cells | {"B8": "Đơn vị chủ trì"})) == "78.35"
