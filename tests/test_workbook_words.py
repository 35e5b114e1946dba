"""Headings, lines above and below a table, and names of criteria, as people write them in workbooks."""

import csv
import unicodedata
from pathlib import Path
from typing import Any, ClassVar

import pytest

from parindex.api import load_scheme, read_scorecards, score
from parindex.office.xlsx.head import years_in
from parindex.office.xlsx.headings import COLUMNS, LABELS, column_of, label_of, total_kind
from parindex.office.xlsx.names import known_names, likeness
from parindex.scheme.catalog import scheme_ids
from parindex.values.fuzzy import fold_name
from tests.support import call
from tests.xlsx_support import HEAD, SCORES, book, table

PROVINCE = "vn-province-2018"


def first_line(file: Path) -> str:
    """The unit and year that were read, and the index; or what is told."""
    ran = call("score", str(file), "--lang", "en")
    lines = ran.out.splitlines()
    index = next((line for line in lines if line.startswith("Index")), "")
    return f"{lines[0]} {index}" if lines else ran.err.replace(str(file), "")


class TestHeadings:
    """A heading is read as a person reads it, whatever is typed around it; one that says another thing is not."""

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("Ðiểm tự đánh giá", "self"),
            ("ÐIỂM TỰ ĐÁNH GIÁ", "self"),
            ("Ðiểm tối đa", "maximum"),
            ("Điểm tự đánh giá1", "self"),
            ("Điểm tự đánh giá¹", "self"),
            ("Điểm tự đánh giá (1)", "self"),
            ("Điểm tự đánh giá [2]", "self"),
            ("Điểm tự đánh giá *", "self"),
            ("Điểm tự đánh giá năm 2018", "self"),
            ("Điểm tự đánh giá 2018", "self"),
            ("Điểm tự đánh giá (năm 2018)(1)", "self"),
            ("Điểm tự đánh giá của năm 2018", "self"),
            ("Điểm tự đánh giá\u200b", "self"),
            ("Điểm\ufeff tự \u00adđánh giá", "self"),
            ("Điểm\ntự đánh\ngiá", "self"),
            ("Điểm tự đánh giá / Self-assessed", "self"),
            ("Điểm tự đánh giá\nSelf-assessed points", "self"),
            ("Điểm tự chấm (Self-assessment score)", "self"),
            ("Self-assessed / Điểm tự đánh giá", "self"),
            ("Điểm tự đánh giá Self-assessed points", "self"),
            ("Điểm TĐG", "self"),
            ("Điểm tự chấm của đơn vị", "self"),
            ("Diem tu danh gia", "self"),
            (unicodedata.normalize("NFD", "Điểm thẩm định"), "appraised"),
            ("Điểm thẩm định của Bộ Nội vụ năm 2018", "appraised"),
            ("Điểm thẩm định lần 1", "appraised"),
            ("Điểm thẩm định lần 2", "reappraised"),
            ("Điểm (tối đa)", "maximum"),
            ("Điểm chuẩn/Maximum score", "maximum"),
            ("TT / No.", "code"),
            ("Tiêu chí\nCriteria", "name"),
            ("Giải trình/Ghi chú", "note"),
        ],
    )
    def test_known(self, text: str, column: str) -> None:
        assert column_of(text) == column

    @pytest.mark.parametrize(
        "text",
        [
            "Điểm/Ghi chú",
            "Điểm trừ",
            "Điểm TB",
            "Điểm thưởng",
            "Chênh lệch điểm",
            "Điểm tự đánh giá / Điểm thẩm định",
            "Điểm max / Points",
            "Tổng điểm",
            "Đơn vị",
            "x" * 500,
        ],
    )
    def test_not_known(self, text: str) -> None:
        assert column_of(text) == ""

    def test_no_two_words_are_taken_for_one(self) -> None:
        for words in (COLUMNS, LABELS):
            keys = {fold_name(word): name for name, each in words.items() for word in each}
            assert {word: keys[fold_name(word)] for each in words.values() for word in each} == {
                word: name for name, each in words.items() for word in each
            }

    @pytest.mark.parametrize(
        "heading",
        [
            "Ðiểm tự đánh giá",
            "Điểm tự đánh giá1",
            "Điểm tự đánh giá năm 2018",
            "Điểm tự đánh giá\u200b",
        ],
    )
    def test_scored(self, heading: str, tmp_path: Path) -> None:
        [card] = read_scorecards(book(tmp_path / "a.xlsx", HEAD | table() | {"D8": heading}))
        assert (str(score(card).index), card.scores["1"].stage) == ("78.35", "self")

    def test_points_in_a_column_that_is_not_known(self, tmp_path: Path) -> None:
        cells = HEAD | table() | {"E8": "Điểm Hội đồng cho", "E9": 7, "F8": "Cơ quan", "F9": 1}
        file = str(book(tmp_path / "a.xlsx", cells))
        ran = call("score", file, "--lang", "en")
        told = "Sheet1!E8: P233 1 columns that are headed as points were not read: E8"
        assert (ran.code, told in ran.out, "Index: 78.35 %" in ran.out) == (0, True, True)
        assert "P233" not in call("score", file, "--columns", "code=A,self=D").out

    def test_a_heading_of_another_year(self, tmp_path: Path) -> None:
        told = first_line(
            book(tmp_path / "a.xlsx", HEAD | table() | {"D8": "Điểm tự đánh giá năm 2017"})
        )
        assert told.startswith(":Sheet1!D8: P110 Điểm tự đánh giá năm 2017:")
        assert "found: 2017; expected: 2018" in told


class TestYears:
    """The year comes from what says so: not from dates, documents and programmes."""

    @pytest.mark.parametrize(
        ("text", "years"),
        [
            ("BẢNG ĐIỂM NĂM 2018", ["2018"]),
            ("KẾT QUẢ CHỈ SỐ CCHC 2022", ["2022"]),
            ("PAR INDEX 2018", ["2018"]),
            ("CHỈ SỐ NĂM 2022-2023", ["2022", "2023"]),
            ("Chỉ số CCHC 2022 – 2023", ["2022", "2023"]),
            ("năm 2022 và 2023", ["2022", "2023"]),
            ("năm 2022 và năm 2023", ["2022", "2023"]),
            ("2012/2013", ["2012", "2013"]),
            ("Sóc Trăng, ngày 05 tháng 01 năm 2019", []),
            ("ngày     tháng     năm 2019", []),
            ("ngày … tháng … năm 2019", []),
            ("Sóc Trăng, ngày 5/1/2019", []),
            ("tháng 12 năm 2018", []),
            ("Quyết định số 1149/QĐ-BNV ngày 30/12/2020", []),
            ("(Kèm theo Quyết định số 1149/QĐ-BNV ngày 30 tháng 12 năm 2020 của Bộ Nội vụ)", []),
            ("Nghị quyết 76/NQ-CP năm 2021", []),
            ("Nghị quyết số 76/NQ-CP của Chính phủ năm 2021", []),
            ("Nghị định số 30/2020/NĐ-CP", []),
            ("giai đoạn 2021-2030", []),
            ("Chương trình tổng thể CCHC 2021-2030", []),
            ("Quyết định 1149/QĐ-BNV (2020)", []),
            ("QĐ số 1149-QĐ/BNV năm 2020", []),
            ("Thông tư 01/2018/TT-VPCP ngày 23/11/2018", []),
            ("Nghị quyết số 76 năm 2021 của Chính phủ", []),
            ("Luật Cán bộ, công chức năm 2008", []),
            ("Soc Trang, January 5, 2019", []),
            ("5 Jan 2019", []),
            ("2019-01-05", []),
            ("BÁO CÁO TỰ ĐÁNH GIÁ 2018", ["2018"]),
            ("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2018", ["2018"]),
            ("BÁO CÁO số 12/BC-SNV ngày 5/1/2019 về CCHC năm 2018", ["2018"]),
            ("May 2018", []),
            ("2018, 2019", ["2018", "2019"]),
            ("Chương trình CCHC giai đoạn 2021 – 2030, năm 2022", ["2022"]),
            ("Tầm nhìn đến năm 2045", []),
            ("NĂM 2018 (theo Quyết định số 2636/QĐ-BNV ngày 10/12/2018)", ["2018"]),
            ("Quyết định số 876/QĐ-BNV ngày 10/11/2022; kết quả năm 2023", ["2023"]),
            ("Số: 2018/BC-UBND", []),
            ("Điện thoại: 0299.3822018", []),
            ("1.2018", []),
        ],
    )
    def test_years(self, text: str, years: list[str]) -> None:
        assert [*years_in(text)] == years

    @pytest.mark.parametrize(
        "text", ["1" * 32_000, "." * 32_000, "1/A ngày " * 3_500, "luật " * 6_000]
    )
    def test_long_lines_are_no_work(self, text: str) -> None:
        assert [*years_in(text)] == []

    TITLE: ClassVar = {key_: value for key_, value in HEAD.items() if key_ != "A3"}

    @pytest.mark.parametrize(
        "lines",
        [
            {"A3": "CHỈ SỐ CCHC NĂM 2018", "D1": "Sóc Trăng, ngày 05 tháng 01 năm 2019"},
            {"A3": "CHỈ SỐ CCHC 2018", "D1": "Sóc Trăng, ngày 5/1/2019"},
            {"A3": "PAR INDEX 2018", "A4": "(Kèm theo Quyết định số 12/QĐ-UBND ngày 2/3/2019)"},
            {"A3": "CHỈ SỐ CCHC NĂM 2018", "A4": "Thực hiện Nghị quyết 76/NQ-CP năm 2021"},
            {"A3": "Chương trình giai đoạn 2011-2020, năm 2018", "A4": "Số: 2019/BC-UBND"},
            {"A3": "Năm: 2018", "A4": "Số liệu 2016, 2017"},
            {"A3": "NĂM 2018", "A4": "Nguồn số liệu: báo cáo năm 2019"},
            {"A3": "NĂM 2018", "A4": "Nguồn số liệu", "B4": "báo cáo năm 2019"},
        ],
    )
    def test_one(self, lines: dict[str, str], tmp_path: Path) -> None:
        told = first_line(book(tmp_path / "a.xlsx", self.TITLE | lines | table()))
        assert told.startswith("Sóc Trăng · 2018 ")
        assert told.endswith("Index: 78.35 %")

    @pytest.mark.parametrize(
        ("lines", "found"),
        [
            ({"A3": "CHỈ SỐ CCHC NĂM 2018-2019"}, "2018, 2019 (A3, A3)"),
            ({"A3": "CHỈ SỐ CCHC 2018", "A4": "Sóc Trăng, năm 2019"}, "2018, 2019 (A3, A4)"),
            ({"A3": "NĂM 2018", "D3": "NĂM 2017"}, "2018, 2017 (A3, D3)"),
        ],
    )
    def test_two(self, lines: dict[str, str], found: str, tmp_path: Path) -> None:
        told = first_line(book(tmp_path / "a.xlsx", self.TITLE | lines | table()))
        assert (told.startswith(":Sheet1!A3: P110 Year:"), found in told) == (True, True)


class TestUnits:
    """The label `Đơn vị` names the unit, but not before a unit of measure."""

    @pytest.mark.parametrize(
        "line",
        [
            "Đơn vị: điểm",
            "Đơn vị: %",
            "Đơn vị : Điểm, %",
            "Đơn vị tính: %",
            "ĐVT: điểm",
            "Đơn vị: triệu đồng",
        ],
    )
    @pytest.mark.parametrize("named", ["Đơn vị: Sóc Trăng", "Unit: Sóc\u200b Trăng"])
    def test_measure_first(self, line: str, named: str, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table() | {"D4": line, "A5": named})
        [card] = read_scorecards(file)
        assert card.unit == "Sóc Trăng"

    def test_measure_in_the_next_cell(self, tmp_path: Path) -> None:
        lines = {"C4": "Đơn vị", "D4": "điểm"}
        [card] = read_scorecards(book(tmp_path / "a.xlsx", HEAD | table() | lines))
        assert card.unit == "Sóc Trăng"

    def test_measure_alone_names_no_unit(self, tmp_path: Path) -> None:
        told = first_line(book(tmp_path / "a.xlsx", HEAD | table() | {"A5": "Đơn vị: điểm"}))
        assert told.startswith(":Sheet1!A7: P109 Unit:")

    def test_what_only_begins_so(self, tmp_path: Path) -> None:
        lines = {"A5": "Đơn vị: Sở Tài chính"}
        assert label_of("Đơn vị") == "unit"
        [card] = read_scorecards(book(tmp_path / "a.xlsx", HEAD | table() | lines))
        assert card.unit == "Sở Tài chính"


class TestTotals:
    """A row that sums up the table is no score; what it prints is compared with the score."""

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("TỔNG ĐIỂM ĐẠT ĐƯỢC", "total"),
            ("Tổng cộng (I+II)", "total"),
            ("Cộng", "total"),
            ("Tổng điểm chỉ số CCHC năm 2018:", "total"),
            ("Tổng số điểm 8 lĩnh vực", "total"),
            ("Total score", "total"),
            ("Chỉ số (%)", "index"),
            ("Chỉ số CCHC", "index"),
            ("Tỷ lệ đạt", "index"),
            ("Tỷ lệ % đạt được", "index"),
            ("Xếp loại", "band"),
            ("Kết quả xếp loại", "band"),
            ("Xếp hạng", "rank"),
            ("Thứ hạng năm 2018", "rank"),
            ("Điểm đạt được", "total"),
            ("Kết quả (%)", "index"),
            ("Kết quả xếp hạng", "rank"),
            ("Loại", "band"),
            ("Kết quả thực hiện nhiệm vụ", None),
            ("Loại hình dịch vụ", None),
            ("Tổng số hồ sơ tiếp nhận", None),
            ("Cộng điểm thưởng", None),
            ("Chỉ số hài lòng của người dân", None),
            ("Tỷ lệ hồ sơ đúng hạn", None),
            ("Công chức", None),
            ("Hạng mục khác", None),
        ],
    )
    def test_kinds(self, text: str, kind: str | None) -> None:
        assert total_kind(text) == kind

    SAME = (
        {"B17": "TỔNG ĐIỂM ĐẠT ĐƯỢC", "C17": 100, "D17": 78.35},
        {"A17": "Cộng", "D17": "78,35", "A18": "Chỉ số (%)", "D18": "78,35%"},
        {"A17": "Tỷ lệ đạt", "D17": [0.7835, "0.00%"], "A18": "Xếp loại", "D18": "Nhóm B"},
        {"B17": "Tổng cộng", "D17": 78.35, "B18": "Xếp hạng", "D18": "24/63"},
        {"B17": "Chỉ số CCHC", "D17": 78.35, "B18": "Thứ hạng", "D18": "–"},
    )

    @pytest.mark.parametrize("below", SAME)
    def test_the_same(self, below: dict[str, Any], tmp_path: Path) -> None:
        ran = call("score", str(book(tmp_path / "a.xlsx", HEAD | table() | below)), "--lang", "en")
        assert (ran.code, "Index: 78.35 %" in ran.out, "P4" in ran.out) == (0, True, False)

    @pytest.mark.parametrize(("total", "told"), [(78.35, False), (78.36, False), (79.35, True)])
    def test_each_of_several_columns(self, total: Any, told: bool, tmp_path: Path) -> None:
        staged = {f"E{row}": value for row, value in enumerate(SCORES, start=9)}
        below = {"E8": "Điểm thẩm định", "B17": "Tổng cộng", "D17": 78.35, "E17": total}
        file = book(tmp_path / "a.xlsx", HEAD | table() | staged | below)
        ran = call("score", str(file), "--lang", "en")
        assert (ran.code, "Sheet1!E17: P401 Điểm thẩm định:" in ran.out) == (0, told)

    OTHER = (
        ({"B17": "TỔNG ĐIỂM ĐẠT ĐƯỢC", "D17": 79.35}, 2, "Sheet1!D17: P204 Total:"),
        ({"B17": "Chỉ số (%)", "D17": 79.35}, 0, "Sheet1!D17: P401"),
        ({"B17": "Xếp loại", "D17": "Loại A"}, 0, "Sheet1!D17: P403"),
        ({"B17": "Xếp hạng", "D17": "64/63"}, 0, "Sheet1!D17: P405"),
        ({"B17": "Xếp hạng", "D17": "nhất"}, 2, "Sheet1!D17: P110 Rank:"),
    )

    @pytest.mark.parametrize(("below", "code", "told"), OTHER)
    def test_others(self, below: dict[str, Any], code: int, told: str, tmp_path: Path) -> None:
        ran = call("score", str(book(tmp_path / "a.xlsx", HEAD | table() | below)), "--lang", "en")
        assert (ran.code, told in ran.out + ran.err) == (code, True)


class TestNames:
    """A name that is that of another criterion is a fault; one that is only worded otherwise is told once."""

    def likeness(self, name: str, code: str, scheme: str = PROVINCE) -> str:
        found = load_scheme(scheme)
        return likeness(name, found.by_code[code], known_names(found))

    @pytest.mark.parametrize("level", ["vn-province", "vn-ministry"])
    def test_names_of_other_years_are_no_fault(self, level: str) -> None:
        """But for area 8 of 2012, which was another one."""
        schemes = [load_scheme(id_) for id_ in scheme_ids() if id_.startswith(level)]
        wrong = {
            (area.code, area.name.vi)
            for scheme in schemes
            for other in schemes
            for area in scheme.criteria
            if (own := other.by_code.get(area.code))
            if likeness(area.name.vi, own, known_names(other)) == "other"
        }
        expected = {"Một cửa, một cửa liên thông", "Tác động của cải cách hành chính"}
        assert {name for _, name in wrong} == (expected if level == "vn-province" else set())

    def test_each_name_is_its_own(self) -> None:
        for id_ in scheme_ids():
            scheme = load_scheme(id_)
            known = known_names(scheme)
            for criterion in scheme.by_code.values():
                assert likeness(criterion.name.vi, criterion, known) == "same"
                assert likeness((criterion.name.en or "").upper(), criterion, known) == "same"

    def test_offices_are_no_areas(self) -> None:
        from parindex.published_figures.units import FOLDER

        offices = {
            "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Công Thương", "Sở Y tế", "SỞ TƯ PHÁP",
            "Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông", "Sở Giao thông vận tải",
            "Ban Quản lý các khu công nghiệp", "Huyện Kế Sách", "Thị xã Vĩnh Châu", "Phường 1",
        }  # fmt: skip
        with (Path(FOLDER) / "units.csv").open(encoding="utf-8", newline="") as stream:
            offices |= {row["name"] for row in csv.DictReader(stream) if " " in row["name"]}
        scheme = load_scheme(PROVINCE)
        known = known_names(scheme)
        found = {
            name: {likeness(name, area, known) for area in scheme.criteria} for name in offices
        }
        assert {name for name, kinds in found.items() if kinds != {"other"}} == set()

    @pytest.mark.parametrize(
        ("name", "code", "kind"),
        [
            ("CHỈ ĐẠO, ĐIỀU HÀNH CCHC", "1", "same"),
            ("Công tác chỉ đạo điều hành", "1", "same"),
            ("chi dao dieu hanh", "1", "same"),
            ("I. Chỉ đạo, điều hành", "1", "same"),
            ("Steering and direction", "1", "same"),
            ("VBQPPL", "2", "same"),
            ("Cải cách TTHC", "3", "same"),
            ("Thủ tục hành chánh", "3", "same"),
            ("Lĩnh vực 3", "3", "same"),
            ("3", "3", "same"),
            ("Bộ máy", "4", "same"),
            ("Tác động của CCHC đến người dân, tổ chức", "8", "same"),
            ("Hiện đại hoá", "7", "same"),
            ("Thể chế", "2", "reworded"),
            ("Chế độ công vụ", "5", "reworded"),
            ("Xây dựng chính quyền số", "7", "reworded"),
            ("Ứng dụng CNTT", "7", "reworded"),
            ("Tài chính công", "1", "other"),
            ("Chỉ đạo điều hành", "6", "other"),
            ("Thủ tục hành chính", "4", "other"),
            ("Phát triển du lịch", "3", "other"),
            ("Giáo dục và đào tạo", "5", "other"),
        ],
    )
    def test_kinds(self, name: str, code: str, kind: str) -> None:
        assert self.likeness(name, code) == kind

    def test_names_of_others_are_refused_with_their_cells(self, tmp_path: Path) -> None:
        cells = HEAD | table() | {"B9": "Tài chính công", "B14": "Sở Tài chính"}
        told = first_line(book(tmp_path / "a.xlsx", cells)).splitlines()
        assert [line.split(": the")[0] for line in told] == [
            ":Sheet1!B9: P231 1",
            ":Sheet1!B14: P231 6",
        ]
        assert "found: Tài chính công; expected: Chỉ đạo, điều hành" in told[0]

    def test_other_words_are_told_once(self, tmp_path: Path) -> None:
        cells = (
            HEAD | table() | {"B10": "Thể chế", "B13": "Chế độ công vụ", "B15": "Chính quyền số"}
        )
        file = str(book(tmp_path / "a.xlsx", cells))
        ran = call("score", file, "--lang", "en")
        assert (ran.code, ran.out.count("P232"), "Index: 78.35 %" in ran.out) == (0, 1, True)
        assert (
            "Sheet1!B10: P232 3 names are worded otherwise than in the scheme: B10, B13, B15"
            in ran.out
        )
        assert call("check", file, "--select", "P232").code == 0

    def test_no_names_are_no_fault(self, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if k[0] != "B"}
        ran = call("score", str(book(tmp_path / "a.xlsx", cells)), "--lang", "en")
        assert (ran.code, "P23" in ran.out) == (0, False)
