"""What stands above a table and over its columns, in the words that people type."""

import re
from pathlib import Path

import pytest

from parindex.api import read_scorecards
from parindex.office.xlsx.head import free_cell, years_in
from parindex.office.xlsx.headings import column_of
from parindex.office.xlsx.sheet import Sheet
from parindex.rules.options import option_of
from parindex.values.fuzzy import fold_name
from tests.support import call, run
from tests.xlsx_support import HEAD, book, table


def unit_of(file: Path, *lines: str) -> str:
    cells = {k: v for k, v in (HEAD | table()).items() if k != "A5"}
    cells |= {f"C{row}": line for row, line in enumerate(lines, start=4)}
    [card] = read_scorecards(book(file, cells, names=["Biểu 1"]))
    return card.unit


class TestUnit:
    """The unit is who was assessed, not what is counted, and not what a form asks for."""

    @pytest.mark.parametrize(
        "measure",
        [
            "Đơn vị: Điểm; tỷ lệ: %",
            "Đơn vị: Điểm.",
            "Đơn vị: đ",
            "Đơn vị: điểm/100",
            "Đơn vị: điểm (tối đa 100)",
            "Đơn vị: lượt, phiếu",
            "Unit: score",
        ],
    )
    def test_a_measure_is_none(self, measure: str, tmp_path: Path) -> None:
        assert unit_of(tmp_path / "a.xlsx", measure, "Đơn vị: Sóc Trăng") == "Sóc Trăng"

    @pytest.mark.parametrize(
        "line",
        ["Đơn vị：Sóc Trăng", "Đơn vị thực hiện: Sóc Trăng", "Cơ quan tự chấm điểm: Sóc Trăng"],
    )
    def test_labels(self, line: str, tmp_path: Path) -> None:
        assert unit_of(tmp_path / "a.xlsx", line) == "Sóc Trăng"

    @pytest.mark.parametrize(
        "asked", ["…………", "........", "____", "(ghi rõ tên đơn vị)", "[Tên sở]", "-"]
    )
    def test_a_form_that_is_not_filled_in(self, asked: str, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table() | {"A5": f"Đơn vị: {asked}"})
        ran = call("score", str(file))
        assert ran.code == 2
        assert "Sheet1!A5: P109 " in ran.err


class TestProvince:
    """A unit keeps the name that was typed, in each kind of file; `Tỉnh` makes no other one of it."""

    @pytest.mark.parametrize("typed", ["Tỉnh Sóc Trăng", "tỉnh Sóc Trăng", "Sóc Trăng"])
    def test_it_stands_as_typed(self, typed: str, tmp_path: Path) -> None:
        assert unit_of(tmp_path / "a.xlsx", f"Đơn vị: {typed}") == typed

    def test_it_is_picked_and_met_twice_with_or_without(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", HEAD | table())
        text = "unit: Tỉnh Sóc Trăng\nyear: 2018\nlevel: province\ntotal: 80\n"
        (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
        for file in ("a.xlsx", "b.yaml"):
            for name in ("soc trang", "Tỉnh Sóc Trăng"):
                assert call("score", str(tmp_path / file), "--unit", name).code == 0
        assert "b.yaml:1:7: P120 " in call("rank", str(tmp_path)).err


class TestYears:
    """A number of a document and the date of a letter are no year of the table."""

    @pytest.mark.parametrize(
        "text",
        [
            "Số: 2019 /BC-SNV",
            "Biểu mẫu số 2019",
            "Số 2019",
            "ngày 5 tháng Giêng năm 2019",
            "ngày mồng năm tháng mười hai năm 2019",
            "tháng Chạp năm 2019",
        ],
    )
    def test_none(self, text: str) -> None:
        assert [*years_in(text)] == []

    @pytest.mark.parametrize(
        ("text", "years"),
        [
            ("NĂM２０１８", ["2018"]),
            ("Kết quả Chỉ số 2018", ["2018"]),
            ("Số liệu năm 2018", ["2018"]),
            ("Năm 2018 - Sóc Trăng", ["2018"]),
            ("Năm 2018 / Kết quả", ["2018"]),
            ("Năm 2018/Kết quả", ["2018"]),
            ("Quý 4/Năm 2018", ["2018"]),
            ("Biểu số 01 năm 2018", ["2018"]),
            ("Số: 2019 /BC-SNV, kết quả năm 2018", ["2018"]),
        ],
    )
    def test_years(self, text: str, years: list[str]) -> None:
        assert [*years_in(text)] == years


class TestColumns:
    """A column of points may say who gave them."""

    @pytest.mark.parametrize(
        ("heading", "name"),
        [
            ("Điểm cơ quan tự chấm", "self"),
            ("Điểm Sở tự chấm", "self"),
            ("Điểm tỉnh tự đánh giá", "self"),
            ("Điểm đơn vị tự chấm điểm", "self"),
            ("Kết quả điểm tự chấm", "self"),
            ("Điểm do UBND huyện tự chấm", "self"),
            ("Điểm Bộ Nội vụ thẩm định", "appraised"),
            ("Điểm Hội đồng thẩm định", "appraised"),
            ("Điểm（1）", "points"),
            ("S TT", "code"),
            ("Chênh lệch tự đánh giá và thẩm định", ""),
            ("Lý do không tự chấm", ""),
            ("Điểm chưa thẩm định", ""),
            ("Tổng điểm", ""),
        ],
    )
    def test_who_gave_the_points(self, heading: str, name: str) -> None:
        assert column_of(heading) == name

    def test_an_unknown_heading_is_named(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table() | {"D8": "Điểm thực tế"})
        ran = call("score", str(file), "--lang", "en")
        assert "Sheet1!D8: P109 a field is missing (found: Điểm thực tế; " in ran.err
        assert "--columns" in ran.err


class TestLookAlikes:
    """`Ð` is typed for `Đ`, and letters that nobody sees say nothing, wherever a name is looked up."""

    @pytest.mark.parametrize("text", ["Ðúng hạn", "đúng hạn.", "đúng\u200b hạn", "ÐÚNG  HẠN"])
    def test_options(self, text: str) -> None:
        from parindex.values.fields import Name

        names = {"on_time": Name(vi="đúng hạn", en="in time")}
        assert option_of(text, ["on_time", "late"], names) == "on_time"

    def test_names(self) -> None:
        assert fold_name("Ðà Nẵng\u200b") == "da-nang"
        assert fold_name("Sở\u200b A") == "so-a"

    def test_headings_of_csv(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("Ðơn vị,Năm,Mã,Ðiểm\nSở A,2024,1.1,1\n", encoding="utf-8")
        ran = call("score", str(file), "--scheme", "examples/small-scheme.yaml")
        assert ran.code == 0


class TestOneUnit:
    """A unit whose name is typed in capitals, or with its tones elsewhere, is the same unit."""

    @pytest.mark.parametrize("again", ["SÓC TRĂNG", "Sóc  Trăng", "sóc trăng\u200b"])
    @pytest.mark.parametrize("command", ["score", "rank"])
    def test_a_second_card_is_told_with_its_cell(
        self, command: str, again: str, tmp_path: Path
    ) -> None:
        book(tmp_path / "a.xlsx", HEAD | table())
        book(tmp_path / "b.xlsx", HEAD | table() | {"A5": f"Đơn vị: {again}"})
        ran = call(command, str(tmp_path), "--lang", "en")
        assert ran.code == 2
        assert "b.xlsx:Sheet1!A5: P120 " in ran.err
        assert "a.xlsx:Sheet1!A5" in ran.err

    def test_other_marks_are_another_unit(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", HEAD | table())
        book(tmp_path / "b.xlsx", HEAD | table() | {"A5": "Đơn vị: Sốc Trăng"})
        assert call("score", str(tmp_path)).code == 0

    @pytest.mark.parametrize("names", [("Sở Hoà", "Sở Hòa"), ("Sở A", "SỞ A"), ("Ðồn A", "Đồn A")])
    def test_rows_of_a_table(self, names: tuple[str, str], tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        rows = f"{names[0]},2024,1.1,1\n{names[1]},2024,1.2,1.5\n"
        file.write_text(f"unit,year,code,points\n{rows}", encoding="utf-8")
        ran = call("score", str(file), "--scheme", "examples/small-scheme.yaml", "--lang", "en")
        assert ran.code == 2
        assert "a.csv:3:1: P117 " in ran.err


class TestStatesBesideFigures:
    """A state may be typed where a figure was asked for, unless it has a column of its own."""

    def test_the_column_of_states_is_named(self, tmp_path: Path) -> None:
        import openpyxl

        file, scheme = tmp_path / "a.xlsx", "examples/schemes/departments-2024.yaml"
        call("template", scheme, "-o", str(file), "--unit", "Sở A", "--year", "2024")
        made = openpyxl.load_workbook(file)
        rows = {str(row[0].value): row[0].row for row in made.worksheets[0].iter_rows(min_row=8)}
        made.worksheets[0][f"D{rows['1.2.1']}"] = "không áp dụng"
        made.save(file)
        ran = call("score", str(file), "--scheme", scheme)
        assert ran.code == 2
        assert f"!D{rows['1.2.1']}: P110 1.2.1: " in ran.err
        assert "in their own column" in ran.err

    @pytest.mark.parametrize(
        ("said", "state"),
        [
            ("không áp dụng", "not_applicable"),
            ("Không áp dụng", "not_applicable"),
            ("n/a", "not_applicable"),
            ("chưa có số liệu", "unknown"),
            ("không có tài liệu kiểm chứng", "no_evidence"),
        ],
    )
    @pytest.mark.parametrize("code", ["1.1.1", "1.2.1", "1.3.1", "2.2.3"])
    def test_read(self, code: str, said: str, state: str, tmp_path: Path) -> None:
        from parindex.api import load_scheme
        from parindex.values.facts import State

        cells = {
            "A1": "Đơn vị: Sở A",
            "A2": "Năm: 2024",
            "A4": "TT",
            "B4": "Kết quả thực hiện",
            "C4": "Điểm tự đánh giá",
            "A5": code,
            "B5": said,
            "A6": "1.4.1",
            "B6": "2",
        }
        scheme = load_scheme("examples/schemes/departments-2024.yaml")
        [card] = read_scorecards(book(tmp_path / "a.xlsx", cells), scheme)
        fact = card.scores[code].fact if code in card.scores else State("unknown")
        assert fact == State(state)  # type: ignore[arg-type]


class TestLabels:
    """A cell may hold several labels; two units are refused, and a sheet's name may say none."""

    @pytest.mark.parametrize(
        "line",
        [
            "Đơn vị: Sóc Trăng; Năm: 2018",
            "Đơn vị: Sóc Trăng - Năm: 2018",
            "Đơn vị: Sóc Trăng\nNăm 2018",
            "Đơn vị: Sóc Trăng\n(Đơn vị: điểm)\nNăm: 2018",
            "BẢNG TỰ CHẤM NĂM 2018\nĐơn vị: Sóc Trăng",
            "BẢNG TỰ CHẤM NĂM 2018 (Đơn vị: Sóc Trăng)",
        ],
    )
    def test_in_one_cell(self, line: str, tmp_path: Path) -> None:
        cells = {"A1": line, "A6": "Bộ tiêu chí: vn-province-2018"} | table()
        [card] = read_scorecards(book(tmp_path / "a.xlsx", cells))
        assert (card.unit, card.year) == ("Sóc Trăng", 2018)

    def test_a_name_of_several_lines(self, tmp_path: Path) -> None:
        assert "Kế hoạch" in unit_of(tmp_path / "a.xlsx", "Đơn vị: Sở Kế hoạch\nvà Đầu tư")

    @pytest.mark.parametrize("label", ["Đơn vị", "Tên cơ quan"])
    def test_two_units_are_refused(self, label: str, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table() | {"A7": f"{label}: Bạc Liêu"})
        ran = call("score", str(file), "--lang", "en")
        assert ran.code == 2
        assert "Sheet1!A7: P110 Unit: " in ran.err
        assert "Sóc Trăng (A5), Bạc Liêu (A7)" in ran.err

    def test_the_same_unit_twice(self, tmp_path: Path) -> None:
        assert unit_of(tmp_path / "a.xlsx", "Đơn vị: Sóc Trăng", "Đơn vị: SÓC TRĂNG") == "Sóc Trăng"

    @pytest.mark.parametrize(
        "name",
        [
            "Bảng điểm",
            "Tổng hợp",
            "2018",
            "Năm 2018",
            "Phụ lục 1",
            "Sheet1 (2)",
            "PL01",
            "1" * 31,
            "Phiếu chấm điểm",
            "Thẩm định lần 2",
            "Self-assessment",
            "Final results",
        ],
    )
    def test_names_of_sheets_that_say_nothing(self, name: str, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if k != "A5"}
        ran = call("score", str(book(tmp_path / "a.xlsx", cells, names=[name])))
        assert ran.code == 2
        assert "P109 Unit: " in ran.err

    @pytest.mark.parametrize("name", ["Sóc Trăng", "Bảng Anh", "Sở Nội vụ 2018"])
    def test_names_of_sheets_that_name_a_unit(self, name: str, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if k != "A5"}
        [card] = read_scorecards(book(tmp_path / "a.xlsx", cells, names=[name]))
        assert card.unit == name


NAMELESS = {k: v for k, v in (HEAD | table()).items() if k != "A5"}


class TestNoUnit:
    """A table that names no unit is refused with the cell for it, unless the user names the unit."""

    def test_the_cell_and_the_letterhead_are_named(self, tmp_path: Path) -> None:
        ran = run("check", str(book(tmp_path / "a.xlsx", NAMELESS)), "--lang", "vi")
        assert "Sheet1!A7: P109 lỗi Đơn vị: còn thiếu" in ran.out
        assert "(đang ghi: UBND TỈNH SÓC TRĂNG (A1): không lấy làm tên đơn vị" in ran.out
        assert "vào ô A7, hoặc đặt tên trang tính" in ran.out
        assert not re.search(r"\b[Uu]nit\b(?<!--unit)", ran.out)

    def test_no_row_is_free(self, tmp_path: Path) -> None:
        cells = NAMELESS | {f"B{row}": "x" for row in range(1, 8)}
        ran = call("check", str(book(tmp_path / "a.xlsx", cells)), "--lang", "en")
        assert "Sheet1: P109 error Unit: " in ran.out
        assert "above the table, into a row that you insert" in ran.out

    def test_rows_that_are_merged_over_or_hidden_are_not_free(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", NAMELESS, merged=["A6:D7"])
        ran = call("check", str(file), "--lang", "en")
        assert "Sheet1!A5: P109 error Unit: " in ran.out

    def test_no_column_is_seen(self) -> None:
        sheet = Sheet("a.xlsx", "Sheet1", 0, is_hidden=False, hidden_columns=[(1, 16_384)])
        assert free_cell(sheet, 9) is None

    def test_unit_and_year_are_told_at_once(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", NAMELESS | {"A3": "BẢNG TỔNG HỢP"})
        ran = call("score", str(file), "--lang", "en")
        assert [line.split(": ")[1] for line in ran.err.splitlines()] == ["P109 Year", "P109 Unit"]

    @pytest.mark.parametrize("label", [{}, {"A5": "Đơn vị: ………"}])
    def test_the_user_names_it(self, label: dict[str, str], tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", NAMELESS | label)
        ran = call("score", str(file), "--unit", "Sở Y tế", "--depth", "0")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Sở Y tế · 2018")

    @pytest.mark.parametrize(
        "command",
        [
            ("losses", "{}"),
            ("explain", "{}", "1"),
            ("compare", "{}", "{}"),
            ("simulate", "{}", "--set", "1=9"),
            ("target", "{}", "--index", "80"),
            ("report", "{}", "--kind", "analysis", "--previous", "{}"),
        ],
    )
    def test_in_every_command(self, command: tuple[str, ...], tmp_path: Path) -> None:
        file = str(book(tmp_path / "a.xlsx", NAMELESS))
        ran = call(*(each.format(file) for each in command), "--unit", "Sở Y tế")
        assert (ran.code, ran.err, "Sở Y tế" in ran.out) == (0, "", True)

    def test_of_the_table_saved_as_csv(self, tmp_path: Path) -> None:
        rows = ["BẢNG ĐIỂM NĂM 2018", "", "TT,Lĩnh vực,Điểm tối đa,Điểm", "1,Chỉ đạo,9,8"]
        (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
        told = ("--scheme", "vn-province-2018", "--depth", "0")
        assert "a.csv:2:1: P109 " in call("score", str(tmp_path / "a.csv"), *told).err
        ran = call("score", str(tmp_path / "a.csv"), *told, "--unit", "Sở Y tế")
        assert ran.out.startswith("Sở Y tế · 2018")

    def test_a_unit_that_the_file_names_is_only_picked(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table())
        assert "P119 " in call("score", str(file), "--unit", "Sở Y tế").err
        assert call("score", str(file), "--unit", "soc trang").code == 0

    def test_of_two_tables_none_is_named(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", NAMELESS, NAMELESS)
        ran = call("score", str(file), "--unit", "Sở Y tế")
        assert ran.err.count("P109 ") == 2
        assert "P119 " not in ran.err
        ran = call("score", str(file), "--unit", "Sở Y tế", "--sheet", "Sheet2", "--depth", "0")
        assert ran.out.startswith("Sở Y tế · 2018")

    def test_of_several_files_or_names_none_is_named(self, tmp_path: Path) -> None:
        file = str(book(tmp_path / "a.xlsx", NAMELESS))
        assert "P109 " in call("score", str(tmp_path), "--unit", "Sở Y tế").err
        assert "P109 " in call("score", file, "--unit", "Sở Y tế", "--unit", "Sở Nội vụ").err
