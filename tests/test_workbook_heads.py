"""What stands above a table and over its columns, in the words that people type."""

from pathlib import Path

import pytest

from parindex.api import read_scorecards
from parindex.formats.xlsx.words import column_of
from parindex.formats.xlsx.years import years_in
from parindex.near import key
from parindex.rules.options import option_of
from tests.support import call
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
        from parindex.model.fields import Name

        names = {"on_time": Name(vi="đúng hạn", en="in time")}
        assert option_of(text, ["on_time", "late"], names) == "on_time"

    def test_names(self) -> None:
        assert key("Ðà Nẵng\u200b") == "da-nang"
        assert key("Sở\u200b A") == "so-a"

    def test_headings_of_csv(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("Ðơn vị,Năm,Mã,Ðiểm\nSở A,2024,1.1,1\n", encoding="utf-8")
        ran = call("score", str(file), "--scheme", "examples/small-scheme.yaml")
        assert ran.code == 0
