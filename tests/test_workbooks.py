"""Workbooks that others made: read right where they mean one thing, refused with the cells elsewhere."""

from pathlib import Path
from typing import Any

import pytest

from parindex.api import read_scorecards, score
from tests.support import call, run
from tests.xlsx_support import HEAD, MAXIMA, SCORES, book, table

NUMBERS = (7.93, 9.09, 10.49, 9.43, 10.5, 7.66, 9.55, 13.7)


def moved(cells: dict[str, Any], **columns: str) -> dict[str, Any]:
    """Cells with some columns elsewhere."""
    return {columns.get(place[0], place[0]) + place[1:]: value for place, value in cells.items()}


def stored(file: Path) -> Path:
    """The workbook as a spreadsheet program stores it: with the value of each formula."""
    import re
    import zipfile

    with zipfile.ZipFile(file) as before:
        held = {name: before.read(name) for name in before.namelist()}
    sheet = held["xl/worksheets/sheet1.xml"].decode()
    held["xl/worksheets/sheet1.xml"] = re.sub(r"<v\s*/>|<v></v>", "<v>7.93</v>", sheet).encode()
    with zipfile.ZipFile(file, "w") as after:
        for name, data in held.items():
            after.writestr(name, data)
    return file


SPACED = tuple(f"\xa0{text.replace('.', ',')} " for text in SCORES)
NOTES = {
    "A17": "Tổng cộng",
    "D17": "=SUM(D9:D16)",
    "A19": "Ghi chú: điểm thẩm định của Hội đồng.",
    "D20": "Sóc Trăng, ngày 5 tháng 1",
    "D21": "GIÁM ĐỐC",
}
TWO_LINES = {
    **{
        place: text
        for place, text in table(9).items()
        if not place.endswith("9") or place[1:] != "9"
    },
    "A8": "TT",
    "B8": "Nội dung",
    "C8": "Điểm tối đa",
    "D8": "Điểm",
    "D9": "Tự đánh giá",
    "E9": "Thẩm định",
}
WHOLE: dict[str, Any] = {"A9": 1}
UNTIDY: dict[str, dict[str, Any]] = {
    "text numbers with commas and non-breaking spaces": HEAD | table(points=SPACED),
    "numbers as binary floats": HEAD | table(points=NUMBERS),
    "numbers with the noise of sums": HEAD | table(points=(7.930000000000001, *NUMBERS[1:])),
    "a heading on row 10": HEAD | table(10),
    "a total, notes and a signature below": HEAD | table() | NOTES,
    "other columns between": HEAD
    | moved(table(), C="F", D="H")
    | {"D8": "Cơ quan", "D9": "Sở Nội vụ"},
    "the label and its value in two cells": {**HEAD, "A5": "Đơn vị", "C5": "Sóc Trăng"} | table(),
    "English headings": HEAD
    | table()
    | {
        "A8": "No.",
        "B8": "Criterion",
        "C8": "Maximum points",
        "D8": "SELF-ASSESSED\nPOINTS (2018)",
    },
    "running numbers beside the codes": HEAD
    | {f"E{row}": value for row, value in zip(range(8, 17), ("Mã", *"12345678"), strict=True)}
    | {place: value for place, value in table().items() if place[0] != "A"}
    | {f"A{row}": value for row, value in zip(range(8, 17), ("STT", *range(11, 19)), strict=True)},
    "numbered columns below the heading": HEAD
    | {place: value for place, value in table(9).items() if place[1:] != "9"}
    | {place: value for place, value in table(8).items() if place[1:] == "8"}
    | {"A9": "(1)", "B9": "(2)", "C9": "(3)", "D9": "(4)"},
    "whole codes as numbers, with a dot or spaces": HEAD
    | table()
    | WHOLE
    | {"A10": " 2. ", "A11": "3\xa0"},
    "the heading again on the next page": HEAD
    | {place: value for place, value in table().items() if int(place[1:]) < 13}
    | {
        f"{place[0]}{int(place[1:]) + 1}": value
        for place, value in table().items()
        if int(place[1:]) > 12
    }
    | dict(
        zip(
            ("A13", "B13", "C13", "D13"),
            ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự đánh giá"),
            strict=True,
        )
    ),
    "the year in the title only": {k: v for k, v in HEAD.items() if k != "A6"}
    | table()
    | {"A4": "Bộ tiêu chí: vn-province-2018"},
}


class TestUntidy:
    """A workbook that means one thing is read right, however it is laid out."""

    @pytest.mark.parametrize("how", UNTIDY)
    def test_read(self, how: str, tmp_path: Path) -> None:
        [card] = read_scorecards(book(tmp_path / "a.xlsx", UNTIDY[how]))
        assert (card.unit, card.year, str(score(card).index)) == ("Sóc Trăng", 2018, "78.35")

    def test_a_heading_of_two_lines(self, tmp_path: Path) -> None:
        merged = ("A8:A9", "B8:B9", "C8:C9", "D8:E8", "A3:E3")
        cells = HEAD | TWO_LINES | {"E10": 7.5}
        [card] = read_scorecards(book(tmp_path / "a.xlsx", cells, merged=merged))
        first = card.scores["1"]
        assert {stage: str(each.fact.points) for stage, each in first.stages.items()} == {  # type: ignore[union-attr]
            "self": "7.93",
            "appraised": "7.5",
        }
        assert first.stage == "appraised"

    def test_formulas_with_a_stored_value(self, tmp_path: Path) -> None:
        cells = HEAD | table() | {"D9": "=7.9+0.03", "D17": "=SUM(D9:D16)", "B17": "Tổng điểm"}
        [card] = read_scorecards(stored(book(tmp_path / "a.xlsx", cells)))
        assert str(score(card).index) == "78.35"

    def test_sums_of_what_stands_below_are_not_read(self, tmp_path: Path) -> None:
        scheme = "examples/schemes/departments-2024.yaml"
        cells: dict[str, Any] = {"A1": "Năm: 2024", "A2": "Bộ tiêu chí: example-departments-2024"}
        cells |= {
            "A8": "TT",
            "B8": "Điểm",
            "A9": "1",
            "B9": "=SUM(B10:B11)",
            "A10": "1.1.1",
            "B10": 1,
        }
        file = book(tmp_path / "a.xlsx", cells, names=["Sở Tư pháp"])
        [card] = read_scorecards(file, parindex_scheme(scheme))
        assert (card.unit, [*card.scores]) == ("Sở Tư pháp", ["1.1.1"])

    def test_several_sheets_are_several_units(self, tmp_path: Path) -> None:
        head = {"A1": "NĂM 2018", "A2": "Bộ tiêu chí: vn-province-2018"}
        guide = {"A1": "Hướng dẫn", "A2": "Điền vào cột D."}
        names = ["Hướng dẫn", "Sóc Trăng", "Hà Nội"]
        file = book(tmp_path / "a.xlsx", guide, head | table(), head | table(), names=names)
        assert [card.unit for card in read_scorecards(file)] == names[1:]

    def test_states_in_words(self, tmp_path: Path) -> None:
        cells = HEAD | table() | {"D9": "Không áp dụng", "D10": None, "D11": "no evidence"}
        [card] = read_scorecards(book(tmp_path / "a.xlsx", cells))
        assert str(card.scores["1"].fact) == "State(state='not_applicable')"
        assert "2" not in card.scores
        assert str(card.scores["3"].fact) == "State(state='no_evidence')"

    def test_columns_that_the_user_tells(self, tmp_path: Path) -> None:
        cells = HEAD | table() | {"A8": "Ký hiệu", "D8": "Chấm"}
        file = str(book(tmp_path / "a.xlsx", cells))
        assert call("score", file).code == 2
        assert "78.35" in call("score", file, "--columns", "code=A,self=D").out
        assert call("score", file, "--columns", "code=A,name=D").code == 2

    @pytest.mark.parametrize(
        "command",
        [
            ("score", "FILE"),
            ("explain", "FILE", "1"),
            ("rank", "FILE"),
            ("check", "FILE"),
            ("losses", "FILE"),
            ("target", "FILE", "--index", "80"),
            ("simulate", "FILE", "--set", "1=9"),
            ("compare", "2018", "FILE"),
        ],
        ids=lambda command: command[0],
    )
    def test_every_command_is_told_columns(self, command: tuple[str, ...], tmp_path: Path) -> None:
        cells = HEAD | table() | {"A8": "Ký hiệu", "D8": "Chấm"}
        file = str(book(tmp_path / "a.xlsx", cells))
        asked = [file if word == "FILE" else word for word in command]
        assert call(*asked).code in (1, 2)
        ran = call(*asked, "--columns", "code=A,self=D")
        assert (ran.code, ran.err) == (0, "")

    def test_python_is_told_columns(self, tmp_path: Path) -> None:
        cells = HEAD | table() | {"A8": "Ký hiệu", "D8": "Chấm"}
        file = book(tmp_path / "a.xlsx", cells)
        [card] = read_scorecards(file, columns="code=A,self=D")
        assert str(score(card).index) == "78.35"
        with pytest.raises(ValueError, match="self=0"):
            read_scorecards(file, columns="code=A,self=0")

    def test_check_reads_standard_input(self, tmp_path: Path) -> None:
        data = book(tmp_path / "a.xlsx", HEAD | table() | {"D9": 9.5}).read_bytes()
        ran = call("check", "-", given=data)
        assert (ran.code, "<stdin>:Sheet1!D9: P202" in ran.out) == (1, True)

    def test_hidden_sheets_without_scores(self, tmp_path: Path) -> None:
        codes = {"A1": "1.1", "A2": "1.2", "A3": "1.3"}
        empty = {cell: value for cell, value in table().items() if cell[0] != "D" or cell == "D8"}
        file = book(tmp_path / "a.xlsx", HEAD | table(), codes, HEAD | empty)
        hide(file, "Sheet2", "Sheet3")
        [card] = read_scorecards(file)
        assert card.unit == "Sóc Trăng"

    def test_a_folder_and_what_office_leaves_in_it(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", HEAD | table())
        (tmp_path / "~$a.xlsx").write_bytes(b"locked")
        assert [card.unit for card in read_scorecards(tmp_path)] == ["Sóc Trăng"]

    def test_by_its_first_bytes(self, tmp_path: Path) -> None:
        data = book(tmp_path / "a.xlsx", HEAD | table()).read_bytes()
        (tmp_path / "b").write_bytes(data)
        assert call("score", str(tmp_path / "b")).code == 0
        assert call("score", "-", given=data).code == 0


def hide(file: Path, *names: str) -> None:
    """Hide sheets, so that no menu shows them."""
    import openpyxl

    made = openpyxl.load_workbook(file)
    for name in names:
        made[name].sheet_state = "veryHidden"
    made.save(file)


def parindex_scheme(file: str) -> Any:
    from parindex.api import load_scheme

    return load_scheme(file)


FAULTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a code with decimals as a number": (
        {"A9": 1.1},
        ["Sheet1!A9: P110 TT: * (found: 1.1; *as text*"],
    ),
    "a code that became a day": ({"A9": [46023, "d.m"]}, ["Sheet1!A9: P110*as text*"]),
    "a code that a formula gives": ({"A9": '="1"'}, ["Sheet1!A9: P110*"]),
    "points without a code": ({"A9": None}, ["Sheet1!D9: P109*a code*"]),
    "a code twice": ({"A10": "1", "C10": 9}, ["Sheet1!A10: P107 1: *"]),
    "a code that the scheme lacks": ({"A9": "9"}, ["Sheet1!A9: P201 9: *"]),
    "another maximum": ({"C9": 10}, ["Sheet1!C9: P235 1: * (found: 10; expected: 9)"]),
    "a formula without a value": ({"D9": "=D10"}, ["Sheet1!D9: P110 1: * (found: =D10; *save it*"]),
    "points above the maximum": ({"D9": 9.5}, ["Sheet1!D9: P202 1*: *"]),
    "points below 0": ({"D9": -1}, ["Sheet1!D9: P203 1*: *"]),
    "a number with two marks": ({"D16": "1.234,5"}, ["Sheet1!D16: P110*"]),
    "words instead of points": ({"D9": "đạt"}, ["Sheet1!D9: P110 1: *đạt*"]),
    "a dash, which may mean anything": ({"D9": "-"}, ["Sheet1!D9: P110 1: *"]),
    "a percentage as points": ({"D9": [0.9, "0%"]}, ["Sheet1!D9: P110 1: *90%*"]),
    "a day as points": ({"D9": [45000, "dd/mm/yyyy"]}, ["Sheet1!D9: P110 1: *2023-03-15*"]),
    "true as points": ({"D9": True}, ["Sheet1!D9: P110 1: *TRUE*"]),
    "two columns of the same meaning": (
        {"E8": "Tự chấm"},
        ["Sheet1!E8: P107 Self-assessed points: * (found: D, E*"],
    ),
    "no year": ({"A3": "BẢNG TỔNG HỢP"}, ["Sheet1!A7: P109 Year: *Năm: 2024*"]),
    "two years": ({"A4": "Quyết định năm 2019"}, ["Sheet1!A3: P110 Year: *2018, 2019*"]),
    "no unit": ({"A5": None}, ["Sheet1!A7: P109 Unit: *Đơn vị*"]),
    "a year that is none": ({"A4": "Năm: hai nghìn"}, ["Sheet1!A4: P110 Year: *"]),
    "a scheme that is not known": ({"A6": "Bộ tiêu chí: vn-province-1999"}, ["Sheet1!A6: P208*"]),
    "no headings above codes": (
        {"A8": "a", "D8": "b", "A9": "1.1", "A10": "1.2", "A11": "1.3"},
        ["Sheet1!A9: P109*TT*"],
    ),
    "two faults at once": ({"A9": 1.1, "D16": "x"}, ["Sheet1!A9: P110*", "Sheet1!D16: P110*"]),
    "a total that is not the sum": (
        {"D8": "Điểm", "B17": "Tổng", "D17": 99},
        ["Sheet1!D17: P204 Total: *"],
    ),
    "an error of a formula": ({"D9": "#DIV/0!"}, ["Sheet1!D9: P110 1: *#DIV/0!*"]),
}


class TestFaults:
    """What may mean two things, or nothing, is refused with its sheet and cell, all at once."""

    @pytest.mark.parametrize("what", FAULTS)
    def test_told(self, what: str, tmp_path: Path) -> None:
        from tests.bad.check import told

        changes, expected = FAULTS[what]
        cells = {k: v for k, v in (HEAD | table() | changes).items() if v is not None}
        file = book(tmp_path / "a.xlsx", cells)
        assert told(file, expected) == expected

    def test_how_each_is_mended(self, tmp_path: Path) -> None:
        changes = {"D9": "chưa có kết quả", "C10": 10.5, "D11": "=D10*2", "A12": "một"}
        file = book(tmp_path / "a.xlsx", HEAD | table() | changes)
        out = run("check", str(file), "--lang", "vi").out
        assert "cần ghi: một số, chẳng hạn 12,5 / 12.5, hoặc để trống nếu chưa có kết quả)" in out
        assert "(đang ghi: 10,5; cần ghi: 10)" in out
        assert "→ Công thức ở ô D11 chưa có giá trị được lưu" in out
        assert "→ Ghi vào ô A12 mã của tiêu chí" in out

    def test_points_merged_over_two_rows(self, tmp_path: Path) -> None:
        cells = {k: v for k, v in (HEAD | table()).items() if k != "D10"}
        ran = call("score", str(book(tmp_path / "a.xlsx", cells, merged=["D9:D10"])))
        assert (ran.code, "Sheet1!D9: P110 1:" in ran.err) == (2, True)

    def test_a_sheet_without_a_table(self, tmp_path: Path) -> None:
        ran = call("score", str(book(tmp_path / "a.xlsx", {"A1": "xin chào"})))
        assert (ran.code, "P109" in ran.err) == (2, True)

    def test_the_same_unit_in_two_sheets(self, tmp_path: Path) -> None:
        ran = call("score", str(book(tmp_path / "a.xlsx", HEAD | table(), HEAD | table())))
        assert (ran.code, "Sheet2!A5: P120" in ran.err) == (2, True)

    def test_scores_in_a_hidden_sheet(self, tmp_path: Path) -> None:
        file = book(tmp_path / "a.xlsx", HEAD | table(), HEAD | table(), names=["Nay", "Cũ"])
        hide(file, "Cũ")
        ran = call("score", str(file))
        assert (ran.code, "a.xlsx:Cũ: P151" in ran.err, "hidden" in ran.err) == (2, True, True)

    def test_the_maxima_are_those_of_the_scheme(self) -> None:
        assert len(MAXIMA) == len(SCORES) == 8
