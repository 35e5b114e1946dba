"""Files of dossiers as they come: delimiters, marks, titles, wide rows, broken quotes, other kinds."""

import json
from pathlib import Path
from typing import Any

import polars
import pytest
import xlsxwriter

from parindex.findings import InputError
from parindex.scale.api import Facts
from parindex.scale.mapping import map_given
from parindex.scale.reading import facts_of_files
from tests.facts_support import MARCH

MAP: dict[str, Any] = {
    "columns": {
        "id": "Mã hồ sơ",
        "received": "Ngày tiếp nhận",
        "due": "Ngày hẹn trả",
        "returned": "Ngày trả kết quả",
        "unit": "Cơ quan giải quyết",
    },
    "period": MARCH,
}
HEADING = ["Mã hồ sơ", "Người nộp", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả", "Cơ quan giải quyết"]  # fmt: skip
ROWS = [
    ["H1", "Nguyễn A", "01/03/2025", "10/03/2025", "09/03/2025", "Sở A"],
    ["H2", "Trần B", "02/03/2025", "10/03/2025", "", "Sở A"],
    ["H3", "Lê, C", "02/03/2025", "10/03/2025", "11/03/2025", "Sở B"],
]


def text(delimiter: str = ",", rows: list[list[str]] | None = None, head: str = "") -> str:
    lines = [HEADING, *(ROWS if rows is None else rows)]
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in line] for line in lines]
    return head + "".join(f"{delimiter.join(line)}\n" for line in quoted)


def counted(*files: Path | str, **more: Any) -> Facts:
    return facts_of_files([str(each) for each in files], map_given({**MAP, **more}))


def told(found: Facts) -> dict[str, tuple[int, list[int]]]:
    return {each.kind: (each.rows, [at.row for at in each.places]) for each in found.rejects}


class TestTexts:
    """CSV with commas, semicolons, tabs or bars, with or without a mark, titles above, spaces and CRLF."""

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_delimiters(self, tmp_path: Path, delimiter: str, encoding: str) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text(delimiter), encoding=encoding)
        found = counted(file)
        assert [(card.unit, str(card.counts["received"])) for card in found.scorecards] == [
            ("Sở A", "2"),
            ("Sở B", "1"),
        ]
        assert (found.read, found.counted) == (3, 3)

    def test_titles_above_and_line_ends(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        title = "DANH SÁCH HỒ SƠ\n\n(Tháng 3/2025),,,\n"
        file.write_bytes(text(head=title).replace("\n", "\r\n").encode())
        assert counted(file).counted == 3

    def test_headings_without_marks(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text().replace("Ngày hẹn trả", " NGAY HEN TRA "), encoding="utf-8")
        assert counted(file).counted == 3

    def test_wide_and_empty_rows_are_reported_with_their_lines(self, tmp_path: Path) -> None:
        wide = [*ROWS[0], "x", "y"]
        trailing = [*ROWS[1], "", ""]
        file = tmp_path / "rows.csv"
        file.write_text(text(rows=[wide, trailing, [], ["", "Ai đó"], ROWS[2]]), encoding="utf-8")
        found = counted(file)
        assert told(found) == {"wide_row": (1, [2]), "empty_row": (2, [4, 5])}
        assert (found.read, found.counted) == (5, 2)

    @pytest.mark.parametrize("name", ['Trần "B"', '"Trần" B', '"Trần ""Út"" B"'])
    def test_quotes_in_a_cell_that_is_not_read(self, tmp_path: Path, name: str) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text().replace("Trần B", name), encoding="utf-8")
        assert counted(file).counted == 3

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [("Trần B", '"Trần B', 3), ("Nguyễn A", '"Nguyễn A', 2), ("Sở B", '"Sở" B', 4)],
    )
    def test_broken_quotes_are_refused_with_their_line(
        self, tmp_path: Path, old: str, new: str, line: int
    ) -> None:
        """Also where the quote swallows rows up to a later one."""
        file = tmp_path / "rows.csv"
        file.write_text(text().replace(old, new), encoding="utf-8")
        with pytest.raises(InputError, match=f"rows.csv:{line}:1: P104") as error:
            counted(file)
        assert old not in str(error.value)

    def test_line_ends_within_a_cell(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text().replace("Trần B", '"Trần\nB"'), encoding="utf-8")
        assert counted(file).counted == 3

    def test_other_encodings_are_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_bytes(text().encode("utf-8").replace("ồ".encode(), b"\xf4"))
        with pytest.raises(InputError, match="P103"):
            counted(file)

    def test_a_missing_column_is_told_with_a_suggestion(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text().replace("Ngày hẹn trả", "Ngày hẹn trả KQ"), encoding="utf-8")
        with pytest.raises(InputError, match=r"P109 columns.due.*Ngày hẹn trả KQ"):
            counted(file)

    def test_a_heading_that_stands_twice(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text().replace("Người nộp", "Ngày hẹn trả"), encoding="utf-8")
        with pytest.raises(InputError, match=r"P107 columns\.due"):
            counted(file)


class TestOtherKinds:
    """Parquet, JSON lines, workbooks, folders and patterns give the same; others are refused."""

    def _data(self) -> dict[str, list[str]]:
        return {name: [row[at] for row in ROWS] for at, name in enumerate(HEADING)}

    def test_parquet_with_days(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.parquet"
        names = HEADING[2:5]
        data = polars.DataFrame(self._data())
        data.with_columns(polars.col(names).str.to_date("%d/%m/%Y", strict=False)).write_parquet(
            file
        )
        assert counted(file).counted == 3

    def test_json_lines(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.jsonl"
        lines = [json.dumps(dict(zip(HEADING, row, strict=True))) for row in ROWS]
        others = ["{broken", "{}", '{"a": 1} more', "[1]", '"{"', ""]
        text = "\ufeff" + "\n".join([*lines, *others])
        file.write_text(text, encoding="utf-8")
        found = counted(file)
        expected = {"broken_line": (4, [4, 6, 7, 8]), "empty_row": (1, [5])}
        assert (found.counted, told(found)) == (3, expected)

    def test_json_lines_beside_a_table(self, tmp_path: Path) -> None:
        lines = [json.dumps(dict(zip(HEADING, row, strict=True))) for row in ROWS[:1]]
        (tmp_path / "a.jsonl").write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
        (tmp_path / "b.csv").write_text(text().replace("HS", "XX"), encoding="utf-8")
        found = counted(tmp_path)
        assert (found.read, found.counted, told(found)["broken_line"]) == (
            2 + len(ROWS),
            3,
            (1, [2]),
        )

    def test_workbook(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.xlsx"
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet("T3")
            for number, row in enumerate([["DANH SÁCH"], [], HEADING, *ROWS, ["H9", "x"]]):
                sheet.write_row(number, 0, row)
        found = counted(file)
        assert (found.counted, told(found)) == (3, {"no_received_day": (1, [7])})

    def test_folder_and_pattern(self, tmp_path: Path) -> None:
        one, other = tmp_path / "2025-01.csv", tmp_path / "2025-02.csv"
        one.write_text(text(rows=ROWS[:1]), encoding="utf-8")
        other.write_text(text(";", rows=[*ROWS[1:], [*ROWS[0][:2], "x"]]), encoding="utf-8")
        found = counted(tmp_path)
        assert (found.counted, [str(at) for each in found.rejects for at in each.places]) == (
            3 - 1,
            [f"{other}:4", f"{one}:2"],
        )
        assert counted(tmp_path / "2025-*.csv").read == found.read

    def test_mixed_types(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(text(rows=ROWS[:1]), encoding="utf-8")
        data = polars.DataFrame({name: each[1:] for name, each in self._data().items()})
        days = polars.col(HEADING[2:5]).str.to_datetime("%d/%m/%Y", strict=False)
        data.with_columns(days).write_parquet(tmp_path / "b.parquet")
        assert counted(tmp_path).counted == 3

    @pytest.mark.parametrize("data", [b"%PDF-1.4", b"", b"\x89PNG\r\n"])
    def test_no_table(self, tmp_path: Path, data: bytes) -> None:
        file = tmp_path / "rows.csv"
        file.write_bytes(data)
        with pytest.raises(InputError, match=r"P150|P113"):
            counted(file)

    @pytest.mark.parametrize("name", ["rows.parquet", "rows.xlsx"])
    def test_broken(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_bytes(b"PAR1 nothing of the kind")
        with pytest.raises(InputError, match=r"P104|P150"):
            counted(tmp_path / name)

    def test_nothing_there(self, tmp_path: Path) -> None:
        for name in ("none.csv", "none-*.csv", ""):
            with pytest.raises(InputError, match=r"P101|P113"):
                counted(tmp_path / name)


class TestUnits:
    """Units are looked up without marks; unknown ones are reported by name, and never guessed."""

    def test_a_list(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text().replace(",Sở B", ",so a"), encoding="utf-8")
        found = counted(file, units=[{"unit": "Sở A", "services": "5"}, "Sở C"])
        [card] = found.scorecards
        assert (str(card.counts["received"]), found.without) == ("3", ("Sở C",))

    def test_unknown(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text(), encoding="utf-8")
        found = counted(file, units=["Sở A"])
        assert [(each.kind, each.rows, each.found) for each in found.rejects] == [
            ("unknown_unit", 1, "Sở B")
        ]

    def test_provinces(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        rows = text().replace("Sở A", "TP. can tho").replace("Sở B", "Nơi khác")
        file.write_text(rows, encoding="utf-8")
        found = counted(file, level="province")
        assert [card.unit for card in found.scorecards] == ["Cần Thơ"]
        assert told(found) == {"unknown_unit": (1, [4])}

    @pytest.mark.parametrize("name", ["=HYPERLINK(1)", "\x1b[31m", "x" * 5000, "Sở Hòa", "\u202e"])
    def test_hostile_names(self, tmp_path: Path, name: str) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text(rows=[[*ROWS[0][:5], name]]), encoding="utf-8")
        assert counted(file).read == 1


class TestPersonalData:
    """Only mapped columns are read; ids tell repeated rows and are in nothing that is written."""

    def test_ids(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(
            text(rows=[ROWS[0], ROWS[0], [*ROWS[0][:5], "Sở C"], ROWS[1]]), encoding="utf-8"
        )
        found = counted(file)
        assert told(found) == {"same_id_differs": (3, [2, 3, 4])}
        assert "H1" not in repr(found)

    def test_alike(self, tmp_path: Path) -> None:
        file = tmp_path / "rows.csv"
        file.write_text(text(rows=[ROWS[0], ROWS[1], ROWS[0]]), encoding="utf-8")
        found = counted(file)
        assert (told(found), found.counted) == ({"same_id_alike": (1, [4])}, 2)
