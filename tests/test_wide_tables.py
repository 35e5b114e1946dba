"""Wide tables: a row for each unit, a column for each area, with and without a scheme."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.api import rank, read_scorecards, score
from parindex.files.open_scorecards import Reading
from parindex.findings import InputError
from parindex.office.sheets import open_sheets
from parindex.office.xlsx.read import read_xlsx
from parindex.scheme.scheme import Scheme
from parindex.scheme.scheme_file import read_scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.values.facts import NOT_APPLICABLE, UNKNOWN, Percent, Points
from tests.processes import Ran
from tests.support import call, run, scheme

FOLDER = Path(__file__).parent / "wide"
SO = FOLDER / "wide-so.xlsx"
HEAD = ["STT", "Đơn vị", "Thể chế", "Thủ tục", "Tổng điểm"]
MOST = [None, "Điểm tối đa", 10, 20, 30]
ROWS: list[list[Any]] = [[1, "Sở A", 8, 15, 23], [2, "Sở B", 9.5, 12.25, 21.75]]
TITLE = ["KẾT QUẢ CHẤM ĐIỂM CÁC SỞ NĂM 2024"]


def book(*rows: Sequence[Any], title: str = "Sheet1", merged: Sequence[str] = ()) -> bytes:
    """The bytes of a workbook of one sheet with these rows."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append([*row])
    for each in merged:
        sheet.merge_cells(each)
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def read(data: bytes, *schemes: Scheme, **how: Any) -> list[Scorecard]:
    """The scorecards of a workbook, which must have no fault."""
    reads = [*read_xlsx(open_sheets(data, "a.xlsx"), "a.xlsx", Reading(schemes, **how))]
    assert [fault for _, _, faults in reads for fault in faults] == []
    return [card for card, _, _ in reads if card]


def faults(data: bytes, *schemes: Scheme) -> list[tuple[str, str]]:
    """The code and the cell of each fault."""
    reads = read_xlsx(open_sheets(data, "a.xlsx"), "a.xlsx", Reading(schemes))
    try:
        found = [fault for _, _, faults in reads for fault in faults]
    except InputError as error:
        found = [*error.findings]
    return [(each.code, str(each.place).rpartition("!")[2]) for each in found]


def points(card: Scorecard) -> dict[str, Any]:
    """The points of a scorecard by code, and states by their names."""
    facts = {code: entry.fact for code, entry in card.scores.items()}
    return {code: fact.points if isinstance(fact, Points) else fact for code, fact in facts.items()}


def figures(ran: Ran) -> list[tuple[str, str]]:
    """Rank and unit of each line of a ranking in CSV."""
    assert ran.code == 0, ran.err
    lines = [*csv.reader(ran.out.splitlines()[1:])]
    return [(cells[5], cells[8]) for cells in lines if cells[4] == "ranked"]


class TestPrinted:
    """The ranks of a real form are those that it prints, with and without a scheme; others are told."""

    EIGHT = (15, 10, 18, 10, 12, 10, 15, 10)
    NAMES = (
        "Chỉ đạo, điều hành cải cách hành chính",
        "Cải cách thể chế",
        "Cải cách thủ tục hành chính",
        "Cải cách tổ chức bộ máy",
        "Cải cách chế độ công vụ",
        "Cải cách tài chính công",
        "Xây dựng chính quyền điện tử, chính quyền số",
        "Tác động của cải cách hành chính",
    )

    def file(self, folder: Path, **changes: int) -> str:
        """A scheme file of the eight areas of the form."""
        lines = [
            f'  - {{code: "{at}", name: "{name}", max: {changes.get(f"m{at}", most)}}}'
            for at, (name, most) in enumerate(zip(self.NAMES, self.EIGHT, strict=True), 1)
        ]
        most = sum(changes.get(f"m{at}", most) for at, most in enumerate(self.EIGHT, 1))
        bands = (
            "bands: [{steps: [{name: Tốt, from: 80}, {name: Khá, from: 65}, {name: Yếu, from: 0}]}]"
        )
        head = f"id: tam\ntitle: Tám lĩnh vực\nlevel: sở\nyears: [2024]\nmax: {most}\n{bands}\ncriteria:\n"
        file = folder / "tam.yaml"
        file.write_text(head + "\n".join(lines), encoding="utf-8")
        return str(file)

    def printed(self) -> list[tuple[int, str]]:
        """The ranks of the form, with those of equals as they are shared."""
        sheet = openpyxl.load_workbook(SO).active
        assert sheet is not None
        rows = [row for row in sheet.iter_rows(min_row=6, values_only=True) if row[1]]
        totals = [row[10] for row in rows]
        return sorted((1 + sum(t > row[10] for t in totals), str(row[1])) for row in rows)  # type: ignore[operator]  # of numbers

    @pytest.mark.parametrize("name", ["wide-so.xlsx", "wide-so.csv"])
    @pytest.mark.parametrize("with_scheme", [True, False])
    def test_ranks(self, name: str, with_scheme: bool, tmp_path: Path) -> None:
        named = ("--scheme", self.file(tmp_path)) if with_scheme else ()
        ran = call("rank", str(FOLDER / name), "-f", "csv", *named)
        assert sorted((int(at), unit) for at, unit in figures(ran)) == self.printed()

    @pytest.mark.parametrize("ending", ["xls", "ods"])
    def test_other_programs(self, ending: str) -> None:
        file = FOLDER / f"wide-so.{ending}"
        reads = read_xlsx(open_sheets(file.read_bytes(), file.name), file.name, Reading())
        same = [(card.unit, points(card)) for card, _, _ in reads if card]
        assert same == [(card.unit, points(card)) for card in read(SO.read_bytes())]

    def test_what_was_taken_is_one_line(self) -> None:
        told = call("rank", str(SO)).err.splitlines()
        assert [line for line in told if "P156" in line] == [told[0]]
        own = "by a scheme made of its own columns: table-wide-so"
        assert told[0].endswith(f"wide table, 25 units, 8 areas, year 2024, {own}")
        assert "lập từ chính các cột" in run("rank", str(SO), "--lang", "vi").err

    def test_ranks_of_equals_are_told(self) -> None:
        told = [line for line in call("rank", str(SO)).err.splitlines() if "P407" in line]
        assert [line.split("!")[1].split(":")[0] for line in told] == ["M23", "M29"]
        assert "the published rank is 3, computed is 2" in told[1]

    def test_bands_and_totals_are_checked(self, tmp_path: Path) -> None:
        results = [score(card) for card in read(SO.read_bytes())]
        assert {each.code for result in results for each in result.findings} == {"P407"}
        [result] = [
            score(card, eight)
            for eight in [read_scheme(self.file(tmp_path))]
            for card in read(SO.read_bytes(), eight)
            if card.unit == "Sở Y tế"
        ]
        assert (result.band, result.findings) == ("Khá", ())

    def test_other_maxima_are_refused(self, tmp_path: Path) -> None:
        ran = call("rank", str(SO), "--scheme", self.file(tmp_path, m1=14, m7=16))
        assert ran.code == 2
        assert [line.split("!")[1][:2] for line in ran.err.splitlines()] == ["C5", "I5"]
        assert "a maximum of 15, the scheme tam has 14" in ran.err

    def test_provinces_find_their_scheme(self) -> None:
        ran = call("rank", str(FOLDER / "wide-table.csv"), "-f", "csv")
        assert figures(ran) == [("1", "Hà Nội"), ("2", "Sóc Trăng")]
        assert "scheme vn-province-2018" in ran.err

    @pytest.mark.parametrize("command", ["score", "losses", "check"])
    def test_other_commands(self, command: str) -> None:
        ran = call(command, str(SO))
        assert ran.code == 0, ran.err
        assert "Sở Y tế" in ran.out or command == "check"


class TestColumns:
    """Columns are found by code or name, whatever marks, case and numbers stand there."""

    @pytest.mark.parametrize(
        "heads",
        [
            ["1", "2"],
            ["TIÊU CHÍ 1", "tieu chi 2"],
            ["1. Tiêu chí 1", "2) Tiêu chí 2"],
            ["Lĩnh vực 1", "Lĩnh vực 2"],
            ["I", "II"],
        ],
    )
    def test_found(self, heads: list[str]) -> None:
        data = book(TITLE, ["Đơn vị", *heads], ["Sở A", 3, 5])
        assert points(read(data, scheme())[0]) == {"1": 3, "2": 5}

    def test_order_of_columns_and_other_columns(self) -> None:
        head = ["TT", "Tên cơ quan", "2", "Ghi chú", "1", "Người chấm"]
        data = book(TITLE, head, [1, "Sở A", 5, "x", 3, "Lan"])
        assert points(read(data, scheme())[0]) == {"1": 3, "2": 5}

    def test_two_rows_of_headings(self) -> None:
        data = book(
            TITLE,
            ["STT", "Đơn vị", "Điểm các lĩnh vực", None, "Tổng điểm"],
            [None, None, "Tiêu chí 1", "Tiêu chí 2"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            [1, "Sở A", 3, 5, 8],
            merged=["A2:A3", "B2:B3", "C2:D2", "E2:E3"],
        )
        [card] = read(data, scheme())
        assert points(card) == {"1": 3, "2": 5}
        assert card.published is not None
        assert card.published.total == 8

    def test_stages(self) -> None:
        data = book(
            TITLE,
            ["Đơn vị", "Tiêu chí 1", None, "Tiêu chí 2", None],
            [None, "Tự chấm", "Thẩm định", "Tự chấm", "Thẩm định"],
            ["Sở A", 4, 3, 6, 5],
            merged=["A2:A3", "B2:C2", "D2:E2"],
        )
        [card] = read(data, scheme())
        assert points(card) == {"1": 3, "2": 5}
        assert {*card.scores["1"].stages} == {"self", "appraised"}

    @pytest.mark.parametrize("head", ["Tiêu chí 3", "9", "Điều tra xã hội học"])
    def test_unknown(self, head: str) -> None:
        data = book(TITLE, ["Đơn vị", "1", "2", head], ["Sở A", 3, 5, 1])
        assert faults(data, scheme()) == [("P201", "D2")]

    @pytest.mark.parametrize("head", ["1", "Tiêu chí 1", "1."])
    def test_twice(self, head: str) -> None:
        data = book(TITLE, ["Đơn vị", "1", "2", head], ["Sở A", 3, 5, 1])
        assert faults(data, scheme()) == [("P107", "D2")]

    @pytest.mark.parametrize("head", ["Tổng cộng", "Tổng số điểm", "Total points"])
    def test_two_totals(self, head: str) -> None:
        data = book(TITLE, ["Đơn vị", "1", "Tổng điểm", head], ["Sở A", 3, 5, 1])
        assert faults(data, scheme()) == [("P107", "D2")]

    def test_a_summary_beside_official_tables_is_passed_over(self) -> None:
        made = openpyxl.load_workbook(BytesIO(book(TITLE, HEAD, MOST, *ROWS)))
        sheet = made.create_sheet("Sở C")
        for row in (
            TITLE,
            ["TT", "Tiêu chí", "Điểm"],
            ["1", "Tiêu chí 1", 3],
            ["2", "Tiêu chí 2", 5],
        ):
            sheet.append(row)
        data = BytesIO()
        made.save(data)
        [card] = read(data.getvalue(), scheme())
        assert (card.unit, [each.code for each in card.doubts]) == ("Sở C", ["P153"])
        assert len(read(book(TITLE, HEAD, MOST, *ROWS), sheet="Sheet1")) == 2

    def test_other_tables_are_not_wide(self) -> None:
        official = book(["Đơn vị:", "Sở A"], TITLE, ["TT", "Tiêu chí", "Điểm tối đa", "Điểm"],
                        ["1", "Tiêu chí 1", 4, 3], ["2", "Tiêu chí 2", 6, 5])  # fmt: skip
        [card] = read(official, scheme())
        assert (card.unit, points(card)) == ("Sở A", {"1": 3, "2": 5})


class TestMistyped:
    """Below a bare code there are points: texts in all of its cells are faults, and no remarks."""

    @pytest.mark.parametrize("rows", [1, 3])
    @pytest.mark.parametrize("code", ["1", "1.1"])
    def test_every_cell(self, code: str, rows: int) -> None:
        text = f"unit,year,{code},2,3\n" + "".join(f"U{at},2018,8.x,1,2\n" for at in range(rows))
        with pytest.raises(InputError) as caught:
            read_scorecards(text.encode())
        assert [each.code for each in caught.value.findings] == ["P110"] * rows

    def test_remarks_are_passed_over(self) -> None:
        [card] = read_scorecards("unit,year,1,2,Nhận xét\nA,2018,8,1,chậm\n".encode())
        assert [*card.scores] == ["1", "2"]


class TestFormulas:
    """A formula of which no value is stored is one fault, told once, with what helps."""

    @pytest.mark.parametrize("total", ["Tổng điểm", "Chỉ số (%)"])
    def test_once(self, total: str, tmp_path: Path) -> None:
        data = book(TITLE, [*HEAD[:4], total], MOST, [1, "Sở A", 8, 15, "=C4+D4"])
        assert faults(data) == [("P110", "E4")]
        (tmp_path / "a.xlsx").write_bytes(data)
        out = call("check", str(tmp_path / "a.xlsx")).out
        assert out.count("→ The formula in cell E4 has no stored value: open") == 1


class TestCells:
    """An empty cell is not known, a dash does not apply; what is no number is refused with its cell."""

    @pytest.mark.parametrize(
        ("cell", "fact"),
        [
            (None, None),
            ("-", NOT_APPLICABLE),
            ("–", NOT_APPLICABLE),
            ("KAD", NOT_APPLICABLE),
            ("Không áp dụng", NOT_APPLICABLE),
            ("…", UNKNOWN),
            ("chưa có số liệu", UNKNOWN),
            ("3,25", Points(Decimal("3.25"))),
            ("75%", Percent(Decimal(75))),
        ],
    )
    def test_states(self, cell: str | None, fact: object) -> None:
        [card] = read(book(TITLE, ["Đơn vị", "1", "2"], ["Sở A", cell, 5]), scheme())
        found = card.scores.get("1")
        assert (found and found.fact) == fact

    @pytest.mark.parametrize("cell", ["tốt", "3 điểm", "7:30", "12,5,5"])
    def test_no_number(self, cell: str) -> None:
        data = book(TITLE, ["Đơn vị", "1", "2"], ["Sở A", 3, 5], ["Sở B", 2, cell])
        assert faults(data, scheme()) == [("P110", "C4")]

    @pytest.mark.parametrize(
        ("head", "cell"), [("Tổng điểm", "cao"), ("Xếp hạng", "nhất"), ("Chỉ số (%)", "nhiều")]
    )
    def test_no_figure(self, head: str, cell: str) -> None:
        data = book(TITLE, ["Đơn vị", "1", "2", head], ["Sở A", 3, 5, cell])
        assert faults(data, scheme()) == [("P110", "D3")]

    @pytest.mark.parametrize("unit", ["Sở A", "sở a", "Sở  A "])
    def test_unit_twice(self, unit: str) -> None:
        data = book(TITLE, ["Đơn vị", "1", "2"], ["Sở A", 3, 5], ["Sở B", 1, 1], [unit, 2, 5])
        assert faults(data, scheme()) == [("P120", "A5")]

    def test_unit_left_out(self) -> None:
        data = book(TITLE, ["Đơn vị", "1", "2"], ["Sở A", 3, 5], [None, 2, 5])
        assert faults(data, scheme()) == [("P109", "A4")]

    def test_every_fault_at_once(self) -> None:
        data = book(
            TITLE, ["Đơn vị", "1", "2"], ["A", "x", 5], ["B", 2, "y"], ["A", 2, 1], [None, 1, 1]
        )
        assert sorted(faults(data, scheme())) == [
            ("P109", "A6"), ("P110", "B3"), ("P110", "C4"), ("P120", "A5")
        ]  # fmt: skip

    def test_points_above_the_maximum_have_their_cell(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        file.write_bytes(book(TITLE, HEAD, MOST, [1, "Sở A", 11, 15, 26]))
        assert "C4: P202" in call("rank", str(file)).err

    def test_hidden_rows_and_columns(self) -> None:
        made = openpyxl.load_workbook(BytesIO(book(TITLE, HEAD, MOST, *ROWS)))
        made.worksheets[0].row_dimensions[5].hidden = True
        made.worksheets[0].column_dimensions["C"].hidden = True
        data = BytesIO()
        made.save(data)
        assert {code for code, _ in faults(data.getvalue())} == {"P151"}


class TestRows:
    """Groups head units, maxima are checked; sums, means and notes are no units."""

    @pytest.mark.parametrize(
        "head", [["I", "Khối sở"], [None, "I. Khối sở"], ["I. Khối sở", None], [None, "Khối sở"]]
    )
    def test_groups(self, head: list[str | None]) -> None:
        data = book(TITLE, HEAD, MOST, head, ROWS[0], ["II", "Khối ngành dọc"], ROWS[1])
        cards = read(data)
        assert [card.group for card in cards] == ["Khối sở", "Khối ngành dọc"]

    def test_merged_group(self) -> None:
        data = book(TITLE, HEAD, MOST, ["Các sở"], *ROWS, merged=["A4:E4"])
        assert {card.group for card in read(data)} == {"Các sở"}

    @pytest.mark.parametrize(
        "row",
        [
            [None, "Trung bình", 8.75, 13.6, 22],
            [None, "Tổng cộng", 17.5, 27.25, 44],
            ["Tổng", None, 17.5, 27.25, 44],
            ["Bình quân chung", None, 17.5, 27.25, 44],
        ],
    )
    def test_sums_are_passed_over_and_told(self, row: list[Any]) -> None:
        cards = read(book(TITLE, HEAD, MOST, *ROWS, row, ["Ghi chú: không tính điểm thưởng"]))
        assert [card.unit for card in cards] == ["Sở A", "Sở B"]
        assert [each.code for card in cards for each in card.doubts] == ["P157"]

    @pytest.mark.parametrize(
        "name", ["Tổng cục Thuế", "Cao đẳng nghề", "Trung tâm Hành chính công"]
    )
    def test_names_that_begin_like_sums(self, name: str) -> None:
        assert read(book(TITLE, HEAD, MOST, [1, name, 8, 9, 17]))[0].unit == name

    def test_unit_without_points_is_not_known(self) -> None:
        cards = read(book(TITLE, HEAD, MOST, *ROWS, [3, "Sở C"], [None, "Người lập biểu"]))
        assert [(card.unit, points(card)) for card in cards][2:] == [("Sở C", {})]

    @pytest.mark.parametrize("name", ["Điểm tối đa", "Điểm chuẩn", "THANG ĐIỂM"])
    def test_maxima(self, name: str) -> None:
        data = book(TITLE, HEAD, [None, name, 10, 20, 30], *ROWS)
        assert str(score(read(data)[0]).total.percent)[:5] == "230/3"

    @pytest.mark.parametrize("said", ["(10 điểm)", "(tối đa 10)", "(Điểm tối đa: 10đ)"])
    def test_maxima_in_headings(self, said: str) -> None:
        data = book(TITLE, ["Đơn vị", f"Thể chế {said}", "Thủ tục\n(20 điểm)"], ["Sở A", 8, 15])
        [card] = read(data)
        assert str(score(card).total.percent)[:5] == "230/3"
        assert card.own is not None
        assert card.own.criteria[0].name.vi == "Thể chế"

    @pytest.mark.parametrize(("row", "cell"), [([10, 19, 30], "E3"), ([11, 20, 30], "E3")])
    def test_maxima_that_do_not_add_up(self, row: list[int], cell: str) -> None:
        assert faults(book(TITLE, HEAD, [None, "Điểm tối đa", *row], *ROWS)) == [("P302", cell)]

    def test_page_with_headings_again(self) -> None:
        assert len(read(book(TITLE, HEAD, MOST, ROWS[0], HEAD, ROWS[1]))) == 2


class TestSheets:
    """A sheet is of a group or a year; the year is in the title, the sheet's name or a column."""

    def two(self, *names: str, title: str = "") -> bytes:
        made = openpyxl.Workbook()
        made.remove(made.worksheets[0])
        for at, name in enumerate(names):
            sheet = made.create_sheet(name)
            for row in ([title], HEAD, MOST, [1, f"Sở {at if 'S' in name else 'A'}", 8, 9, 17]):
                sheet.append(row)
        data = BytesIO()
        made.save(data)
        return data.getvalue()

    def test_years(self) -> None:
        assert [card.year for card in read(self.two("Năm 2023", "Năm 2024"))] == [2023, 2024]

    def test_groups(self) -> None:
        cards = read(self.two("Sở ngành", "Sở khác", title="Điểm năm 2024"))
        assert [card.group for card in cards] == ["Sở ngành", "Sở khác"]

    def test_column_of_years(self) -> None:
        data = book(["Đơn vị", "Năm", "1", "2"], ["Sở A", 2023, 3, 5], ["Sở A", 2024, 3, 6])
        assert [card.year for card in read(data)] == [2023, 2024]

    @pytest.mark.parametrize(
        "title", ["KẾT QUẢ", "Kết quả các sở", "Quyết định số 5/QĐ-UBND ngày 5/1/2025"]
    )
    def test_no_year(self, title: str) -> None:
        assert faults(book([title], HEAD, MOST, *ROWS)) == [("P109", "B2")]


class TestWithoutScheme:
    """A table is ranked and compared as it is: its columns are the areas, its maxima the maxima."""

    def test_scheme_of_columns(self) -> None:
        own = read(book(TITLE, HEAD, MOST, *ROWS))[0].own
        assert own is not None
        assert (own.id, own.title.vi, own.max) == ("table-a", TITLE[0], 30)
        assert [(each.name.vi, each.max) for each in own.criteria] == [
            ("Thể chế", 10),
            ("Thủ tục", 20),
        ]

    def test_codes_below_codes(self) -> None:
        data = book(
            TITLE,
            ["Đơn vị", "1", "1.1", "1.2", "2"],
            [*MOST[1:2], 10, 4, 6, 5],
            ["Sở A", 7, 3, 4, 5],
        )
        [card] = read(data)
        assert score(card).total.points == 12

    @pytest.mark.parametrize(
        ("head", "row", "percent"),
        [
            (["Đơn vị", "Tổng điểm"], ["Sở A", 80], None),
            (["Đơn vị", "Tổng điểm", "Tối đa"], ["Sở A", 80, 160], 50),
            (["Đơn vị", "Chỉ số (%)"], ["Sở A", 50], 50),
            (["TT", "Đơn vị", "Điểm", "Xếp hạng"], [1, "Sở A", 80, 1], None),
        ],
    )
    def test_totals_alone(self, head: list[str], row: list[Any], percent: int | None) -> None:
        [card] = read(book(TITLE, head, row))
        assert score(card).total.percent == percent

    def test_row_of_maxima_of_totals(self) -> None:
        data = book(TITLE, ["Đơn vị", "Tổng điểm"], ["Điểm tối đa", 200], ["Sở A", 80])
        assert score(read(data)[0]).total.percent == 40

    def test_two_files_are_compared(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").write_bytes(book(TITLE, HEAD, MOST, *ROWS))
        (tmp_path / "b.xlsx").write_bytes(
            book(["Điểm các sở năm 2025"], HEAD, MOST, [1, "Sở A", 9, 16, 25], ROWS[1])
        )
        ran = call("compare", str(tmp_path / "a.xlsx"), str(tmp_path / "b.xlsx"))
        assert ran.code == 0, ran.err
        assert "+6.67" in ran.out


class TestWrittenByRank:
    """What `rank` wrote is read again: the ranks are the same, also as the year before."""

    @pytest.mark.parametrize("ending", ["xlsx", "csv"])
    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_same_ranks(self, ending: str, lang: str, tmp_path: Path) -> None:
        written = tmp_path / f"r.{ending}"
        assert run("rank", str(SO), "-o", str(written), "--lang", lang).code == 0
        ran = call("rank", str(written), "-f", "csv")
        assert figures(ran) == figures(call("rank", str(SO), "-f", "csv"))
        before = call("rank", str(SO), "--previous", str(written))
        assert before.code == 0, before.err

    def test_groups_and_those_who_are_not_ranked(self, tmp_path: Path) -> None:
        first = tmp_path / "a.csv"
        first.write_text(
            "unit,year,group,1,2\nA,2024,x,3,5\nB,2024,x,4,5\nC,2024,y,2,5\nD,2024,y,,5\n"
        )
        for ending in ("xlsx", "csv"):
            written = tmp_path / f"r.{ending}"
            assert call("rank", str(first), "-o", str(written)).code == 0
            assert figures(call("rank", str(written), "-f", "csv")) == [
                ("1", "B"), ("2", "A"), ("1", "C")
            ]  # fmt: skip


NAMES = st.lists(
    st.text("ABCDEGHIKLMN", min_size=1, max_size=6).map(lambda each: f"Sở {each}x"),
    min_size=1, max_size=6, unique_by=str.casefold,
)  # fmt: skip
CELLS = st.sampled_from(
    [None, "", 0, 1, 2.5, -1, "1", "I", "II. Khối", "Sở A", "Sở B", "Tổng", "Trung bình", "Điểm tối đa",
     "-", "…", "KAD", "x", "12,5", "1.234", "100%", "A", "(1)", "=A1", "Đơn vị", "Thứ 2", "Ghi chú: x"]
)  # fmt: skip
POINTS = st.none() | st.decimals(0, 4, places=2)


class TestLaw:
    """Any scorecards written as a wide table and read are the same scorecards."""

    @given(st.data(), NAMES)
    def test_round_trip(self, data: st.DataObject, names: list[str]) -> None:
        rows = {name: data.draw(st.tuples(POINTS, POINTS)) for name in names}
        if not any(each is not None for row in rows.values() for each in row):
            return
        table = [[at, name, *row] for at, (name, row) in enumerate(rows.items(), 1)]
        cards = read(book(TITLE, ["STT", "Đơn vị", "1", "2"], *table), scheme())
        expected = {
            name: {str(at): each for at, each in enumerate(row, 1) if each is not None}
            for name, row in rows.items()
        }
        assert {card.unit: points(card) for card in cards} == expected

    @given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
    def test_nothing_breaks_the_reader(self, rows: list[list[Any]]) -> None:
        sheet = book(["Điểm năm 2024"], HEAD, *rows)
        with suppress(InputError):
            for card, own, faults in read_xlsx(open_sheets(sheet, "a.xlsx"), "a.xlsx", Reading()):
                if card is not None and not faults:
                    score(card, own)

    @given(st.lists(st.integers(0, 300), min_size=1, max_size=8))
    def test_ranks_of_totals(self, totals: list[int]) -> None:
        rows = [[at, f"Sở {at}", each] for at, each in enumerate(totals, 1)]
        cards = read(book(TITLE, ["STT", "Đơn vị", "Tổng điểm"], *rows))
        [ranking] = rank(score(card) for card in cards)
        found = {place.entrant.unit: place.rank for place in ranking.places}
        assert found == {
            f"Sở {at}": 1 + sum(other > each for other in totals)
            for at, each in enumerate(totals, 1)
        }


def test_api_reads_them(tmp_path: Path) -> None:
    """The Python interface scores a table without a scheme, too."""
    file = tmp_path / "a.xlsx"
    file.write_bytes(book(TITLE, HEAD, MOST, *ROWS))
    assert [str(score(card).total.points) for card in read_scorecards(file)] == ["23", "87/4"]
