"""`parindex data import`: a printed table becomes checked rows that `--data` reads."""

import csv
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from parindex.published_figures.published_file import read_published
from parindex.published_figures.published_tables import known, load_published
from parindex.published_figures.units import units_of
from tests.support import call

HEAD = ("TT", "Tỉnh, thành phố", "Chỉ số CCHC năm 2018", "Xếp hạng")


def whole_table() -> list[tuple[str, str, str, str]]:
    """63 provinces of 2018: published ones at their rank, made-up figures between them."""
    rows = [
        row for row in known(load_published()) if (row.kind, row.level) == ("result", "province")
    ]
    placed = {row.rank: row for row in rows if row.year == 2018 and row.rank}
    taken = {row.unit for row in placed.values()}
    left = [unit.name for unit in units_of(2018) if unit.name not in taken]
    figure = Decimal(90)
    table = []
    for rank in range(1, 64):
        row = placed.get(rank)
        below = (placed[each].index for each in sorted(placed) if each > rank)
        least = next(filter(None, below), figure - 1)
        figure = (row and row.index) or (figure + least) / 2
        figure = figure if row and row.index else figure.quantize(Decimal("0.01"))
        name = row.unit if row else left.pop(0)
        table.append((str(rank), name or "", str(figure).replace(".", ","), f"{rank}/63"))
    return table


def as_csv(folder: Path, rows: Sequence[tuple[str, ...]], head: tuple[str, ...] = HEAD) -> str:
    file = folder / "table.csv"
    text = "\n".join(";".join(row) for row in [head, *rows])
    file.write_text(f"\ufeff{text}\n", encoding="utf-8")
    return str(file)


def imported(
    file: str, *more: str, year: str = "2018"
) -> "tuple[int, str, list[dict[str, object]]]":
    """The exit code, what was said on stderr, and the rows."""
    ran = call("data", "import", file, "--year", year, "--source", "QĐ", *more, "--format", "json")
    return ran.code, ran.err, json.loads(ran.out)["tables"][0]["rows"] if ran.out else []


class TestWholeTable:
    """A table of all provinces completes a year, whatever program wrote it."""

    @pytest.mark.parametrize("kind", ["csv", "tsv", "xlsx", "docx", "html"])
    def test_kinds(self, kind: str, tmp_path: Path) -> None:
        rows = whole_table()
        file = tmp_path / f"table.{kind}"
        if kind in ("csv", "tsv"):
            mark = ";" if kind == "csv" else "\t"
            text = "\n".join(mark.join(row) for row in [HEAD, *rows])
            file.write_text(f"BẢNG XẾP HẠNG\n\n{text}\nTrung bình cả nước;;76,92\n", "utf-8")
        elif kind == "html":
            lines = "".join(f"<tr><td>{'<td>'.join(row)}" for row in [HEAD, *rows])
            file.write_text(f"<html><h1>BẢNG</h1><table>{lines}</table></html>", "utf-8")
        elif kind == "xlsx":
            book = Workbook()
            sheet = book.active
            assert sheet is not None
            for row in [("BỘ NỘI VỤ",), HEAD, *rows]:
                sheet.append(row)
            book.save(file)
        else:
            document = Document()
            table = document.add_table(0, 4)
            for row in [HEAD, *rows]:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
            document.save(str(file))
        own = tmp_path / "own"
        code, _, found = imported(str(file), "-o", str(own))
        assert code == 0
        assert len(found) == 63
        told = read_published(str(own))
        assert [(row.unit, str(row.index).replace(".", ",")) for row in told] == [
            row[1:3] for row in rows
        ]
        assert {(row.rank, row.of) for row in told} == {(rank, 63) for rank in range(1, 64)}
        ran = call("data", "list", "--data", str(own), "--year", "2018", "--level", "province",
                   "--kind", "result", "--format", "json")  # fmt: skip
        [coverage] = json.loads(ran.out)["coverage"]
        assert (coverage["index"], coverage["rank"], coverage["of"]) == (63, 63, 63)

    def test_same_as_published(self, tmp_path: Path) -> None:
        code, err, rows = imported(as_csv(tmp_path, [*whole_table()]))
        assert code == 0
        assert "P414" not in err
        [own] = [row for row in rows if row["unit"] == "Sóc Trăng"]
        assert (own["published"], own["state"]) == ("78.35 (24)", "known")


class TestNames:
    """Names are found in any spelling; each that is not is told with its cell and one that is near."""

    @pytest.mark.parametrize(
        ("printed", "name"),
        [
            ("Tỉnh Sóc Trăng", "Sóc Trăng"),
            ("soc trang", "Sóc Trăng"),
            ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
            ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
            ("Hoà Bình", "Hòa Bình"),
            ("Huế", "Thừa Thiên Huế"),
            ("UBND tỉnh Đắk Lắk", "Đắk Lắk"),
            ("12. Đăk Nông", "Đắk Nông"),
        ],
    )
    def test_spellings(self, printed: str, name: str, tmp_path: Path) -> None:
        code, _, [row] = imported(as_csv(tmp_path, [("1", printed, "75", "")]))
        assert (code, row["unit"]) == (0, name)

    def test_34(self, tmp_path: Path) -> None:
        file = as_csv(tmp_path, [("1", "Sóc Trăng", "75")], ("TT", "Tỉnh", "Chỉ số"))
        code, err, _ = imported(file, year="2025")
        assert code == 2
        assert "table.csv:2:2: P132 Sóc Trăng is no unit of 2025" in err.replace("unit: ", "")


class TestFaults:
    """What cannot be right is told all at once, each with its cell, and nothing is written."""

    def test_all_at_once(self, tmp_path: Path) -> None:
        rows = [
            ("1", "Hà Nan", "80", "1"),
            ("2", "Hà Nội", "180", "2"),
            ("3", "Hải Phòng", "79", "3,5"),
            ("4", "Hai Duong", "78", "99"),
            ("5", "Hải Dương", "1,234,5", "5"),
            ("6", "Cà Mau", "70", "6"),
            ("7", "Tỉnh Cà Mau", "69", "7"),
            ("8", "Bạc Liêu", "–", ""),
        ]
        file = as_csv(tmp_path, rows)
        code, err, _ = imported(file, "-o", str(tmp_path / "own"))
        assert code == 2
        assert not (tmp_path / "own").exists()
        told = [line.removeprefix(f"{file}:").split(" ")[:2] for line in err.splitlines()]
        assert told == [
            *(["2:2:", "P131"], ["3:3:", "P207"], ["4:4:", "P110"], ["5:4:", "P405"]),
            *(["6:3:", "P110"], ["8:2:", "P134"], ["9:2:", "P109"]),
        ]
        assert "did you mean: Hà Nam" in err
        assert f"the other row is at {file}:7:2" in err

    def test_ranks_and_what_is_published(self, tmp_path: Path) -> None:
        rows = [("1", "Sóc Trăng", "78,53", "24"), ("2", "Hưng Yên", "78,42", "23")]
        code, err, found = imported(as_csv(tmp_path, rows))
        assert code == 0
        assert "P135 the table lacks units of the year" in err
        assert "table.csv:3:2: P412" in err
        assert "table.csv:2:2: P414 Sóc Trăng: the sources disagree: 78.53 here, 78.35" in err
        assert found[0]["state"] == "differs"

    def test_no_table(self, tmp_path: Path) -> None:
        code, err, _ = imported(as_csv(tmp_path, [], ("a", "b")))
        assert code == 2
        assert "P109" in err
        assert "--columns unit=B" in err

    def test_two_columns(self, tmp_path: Path) -> None:
        head = ("TT", "Tỉnh", "Chỉ số thành phần", "Chỉ số chung")
        code, err, _ = imported(as_csv(tmp_path, [("1", "Hà Nội", "1", "2")], head))
        assert code == 2
        assert "found: C1, D1" in err

    def test_columns_told(self, tmp_path: Path) -> None:
        head = ("1", "Hà Nội", "83,98", "2")
        _, _, [row] = imported(as_csv(tmp_path, [], head), "--columns", "unit=B,index=C,rank=D")
        assert (row["index"], row["rank"]) == (83.98, 2)
        assert imported(as_csv(tmp_path, [], head), "--columns", "unit=B,x=C")[0] == 2

    def test_figures_of_another_year(self, tmp_path: Path) -> None:
        code, err, _ = imported(as_csv(tmp_path, [("1", "Hà Nội", "80", "1")]), year="2019")
        assert code == 2
        assert "table.csv:1:3: P110 index" in err
        assert "found: 2018; expected: 2019" in err

    def test_columns_of_two_years(self, tmp_path: Path) -> None:
        head = ("TT", "Địa phương", "Chỉ số năm 2017", "Chỉ số năm 2018")
        _, _, [row] = imported(as_csv(tmp_path, [("1", "Hà Nội", "80,01", "83,98")], head))
        assert row["index"] == 83.98

    def test_the_sum_of_points_counts(self, tmp_path: Path) -> None:
        head = ("TT", "Tỉnh", "Điểm thẩm định", "Tổng điểm")
        _, _, [row] = imported(as_csv(tmp_path, [("1", "Hà Nội", "50", "83,98")], head))
        assert row["index"] == 83.98

    def test_points_beside_the_index_are_left_aside(self, tmp_path: Path) -> None:
        head = ("TT", "Tỉnh", "Điểm thẩm định", "Điểm điều tra", "Chỉ số")
        _, _, [row] = imported(as_csv(tmp_path, [("1", "Hà Nội", "50", "33", "83,98")], head))
        assert (row["index"], row["points"]) == (83.98, None)


class TestWebPages:
    """Tables of a page are read as it shows them, whatever lays them out."""

    PAGE = """<!DOCTYPE html><meta charset="utf-8"><script>x = "<table><tr><td>Tỉnh</td></tr></table>"</script>
<table class=layout><tr><td>Menu<td><table border=1>
<tr><th rowspan=2>TT<th rowspan=2>Tỉnh,<br>thành phố<th colspan=2>Kết quả năm 2018
<tr><th>Chỉ số (%)<th>Xếp hạng
<tr><td>1<td>&nbsp;Quảng Ninh <sup>(*)</sup><td><b>89,06</b><td>1
<tr><td>2<td><a href="x">H&agrave; N&#7897;i</a><td>83,98%<td>2
</table></table>"""

    def test_page(self, tmp_path: Path) -> None:
        file = tmp_path / "page.html"
        file.write_text(self.PAGE, encoding="utf-8")
        code, _, rows = imported(str(file))
        assert code == 0
        assert [(row["unit"], row["index"], row["rank"]) for row in rows] == [
            *(("Quảng Ninh", 89.06, 1), ("Hà Nội", 83.98, 2)),
        ]

    def test_a_fault_names_its_cell(self, tmp_path: Path) -> None:
        file = tmp_path / "page.html"
        file.write_text(self.PAGE.replace("83,98%", "183"), encoding="utf-8")
        code, err, _ = imported(str(file))
        assert (code, "C4: P207" in err) == (2, True)

    @pytest.mark.parametrize(
        "page",
        [
            "<html></html>",
            "<table>",
            "<table><tr><td rowspan=999999999 colspan=99999999>x</table>",
            "<table>" * 3000 + "x",
            "<table><tr><th>Tỉnh<th>Chỉ số" + "<td>" * 10_000,
            "<html>" + "<td>x</td></table>" * 9,
            "<table><tr><td rowspan='²'>x</td></tr></table>",
        ],
    )
    def test_hostile(self, page: str, tmp_path: Path) -> None:
        file = tmp_path / "page.html"
        file.write_text(page, encoding="utf-8")
        ran = call("data", "import", str(file), "--year", "2018", "--source", "x")
        assert (ran.code, ran.out) == (2, "")


class TestFile:
    """Rows of a file stay; one about the same is replaced, and that is told."""

    def test_added_and_replaced(self, tmp_path: Path) -> None:
        own = str(tmp_path / "own.csv")
        imported(as_csv(tmp_path, [("1", "Hà Nội", "80", ""), ("2", "Huế", "70", "")]), "-o", own)
        again = as_csv(tmp_path, [("1", "Huế", "71", ""), ("2", "Cà Mau", "60", "")])
        _, err, _ = imported(again, "-o", own)
        assert f"{own}:3:1: P136 Thừa Thiên Huế: a row that the file held is replaced" in err
        assert [(row.unit, row.index) for row in read_published(own)] == [
            *(("Hà Nội", 80), ("Thừa Thiên Huế", 71), ("Cà Mau", 60)),
        ]

    def test_the_same_again_changes_nothing(self, tmp_path: Path) -> None:
        own, file = tmp_path / "own.csv", as_csv(tmp_path, [*whole_table()])
        imported(file, "-o", str(own))
        before = own.read_bytes()
        _, err, _ = imported(file, "-o", str(own))
        assert "P136" not in err
        assert own.read_bytes() == before


class TestKinds:
    """Areas have points of their maximum; units of other levels are named as they are printed."""

    def test_area(self, tmp_path: Path) -> None:
        file = as_csv(tmp_path, [("1", "Sóc Trăng", "7,93")], ("TT", "Tỉnh", "Điểm"))
        _, _, [row] = imported(file, "--kind", "area", "--code", "1")
        assert (row["points"], row["max"], row["state"]) == (7.93, 9, "known")
        assert imported(file, "--kind", "area")[0] == 2

    def test_points_of_a_hundred_are_the_index(self, tmp_path: Path) -> None:
        file = as_csv(tmp_path, [("1", "Hà Nội", "83,98")], ("TT", "Tỉnh", "Tổng điểm"))
        _, _, [row] = imported(file)
        assert (row["index"], row["points"]) == (83.98, None)

    def test_departments(self, tmp_path: Path) -> None:
        file = as_csv(tmp_path, [("1", "Sở Nội vụ", "91", "1")], ("TT", "Đơn vị", "Điểm", "Hạng"))
        own = tmp_path / "own"
        code, _, _ = imported(
            file,
            "--level",
            "department",
            "--province",
            "Kiên Giang",
            "--max",
            "100",
            "-o",
            str(own),
        )
        [made] = csv.DictReader(
            (own / "result-department-2018.csv").read_text("utf-8").splitlines()
        )
        assert (code, made["unit"], made["province"], made["index"]) == (
            *(0, "Sở Nội vụ", "Kiên Giang", "91"),
        )


class TestPortal:
    """The JSON of the portal's report gives each score of each province as a figure."""

    @pytest.mark.parametrize("wrapped", [False, True])
    def test_report(self, tmp_path: Path, *, wrapped: bool) -> None:
        rows = [
            {"ID": "398126", "TEN": "UBND tỉnh An Giang", "ROW_STT": "1", "TONG_SCORE": "91.5", "CKMB": "17.5"},
            {"ID": "1", "TEN": "TP. Hồ Chí Minh", "ROW_STT": "2", "TONG_SCORE": "90"},
        ]  # fmt: skip
        file = tmp_path / "report.json"
        file.write_text(json.dumps({"data": rows} if wrapped else rows), encoding="utf-8")
        own = tmp_path / "own"
        code, _, found = imported(str(file), "-o", str(own), year="2025")
        assert code == 0
        assert [(row["unit"], row["code"], row["value"], row["rank"]) for row in found] == [
            ("An Giang", "service-index-766", 91.5, 1),
            ("An Giang", "service-index-766-transparency", 17.5, None),
            ("Hồ Chí Minh", "service-index-766", 90, 2),
        ]
        assert len(read_published(str(own / "figure-province-2025.csv"))) == 3
