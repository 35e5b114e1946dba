"""`parindex data check`: a user's own rows against all that is known, each fault at its cell."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support import call, run

HEADING = "kind,year,level,unit,code,index,points,max,rank,of,band,change,move,count,value,source"


def own(folder: Path, *rows: str, name: str = "own.csv", heading: str = HEADING) -> str:
    file = folder / name
    file.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
    return str(file)


def found(*files: str) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    data = json.loads(call("data", "check", *files, "-f", "json").out)
    return [(each["code"], each["line"], each["column"]) for each in data["findings"]]


CASES = {
    "right": (["result,2018,province,Sóc Trăng,,78.35,,,24,63,B,,22,,,x"], []),
    "another figure": (["result,2018,province,Sóc Trăng,,78.53,,,,,,,,,,x"], [("P414", 2, 6), ("P401", 2, 6)]),
    "a rank that another has": (["result,2018,province,Cà Mau,,,,,24,,,,,,,x"], [("P411", 2, 9)]),
    "a rank out of order": (["result,2018,province,Cà Mau,,88.00,,,50,,,,,,,x"], [("P412", 2, 9)]),
    "a rank of no unit": (["result,2017,province,Cà Mau,,,,,64,,,,,,,x"], [("P405", 2, 9)]),
    "a band": (["result,2018,province,Cà Mau,,75.00,,,,,A,,,,,x"], [("P403", 2, 11)]),
    "a move": (["result,2018,province,Sóc Trăng,,,,,24,,,,20,,,x"], [("P413", 2, 13)]),
    "a change": (
        ["result,2011,province,Huế,,70.00,,,,,,,,,,x", "result,2012,province,Huế,,75.00,,,,,,4.00,,,,x"],
        [("P413", 3, 12)],
    ),
    "points above the maximum": (["area,2018,province,Cà Mau,1,,95,,,,,,,,,x"], [("P202", 2, 7)]),
    "another maximum": (["area,2018,province,Cà Mau,2,,5,8,,,,,,,,x"], [("P408", 2, 8)]),
    "the highest": (["figure,2018,province,,highest_index,,,,,,,,,,85.00,x"], [("P416", 2, 15)]),
    "a count": (["figure,2018,province,,units_over_80,,,,,,,,,,29,x"], [("P417", 2, 15)]),
    "a count of a band": (
        ["band-count,2009,province,,,,,,,63,A,,,40,,x", "band-count,2009,province,,,,,,,63,B,,,40,,x"],
        [("P417", 2, 14)],
    ),
}  # fmt: skip


class TestCases:
    """Each fault is told once, with its line and cell, and nothing right is."""

    @pytest.mark.parametrize("name", CASES)
    def test_case(self, name: str, tmp_path: Path) -> None:
        rows, expected = CASES[name]
        assert found(own(tmp_path, *rows)) == expected

    def test_a_whole_table_against_its_mean(self, tmp_path: Path) -> None:
        """63 made-up provinces of a year of which nothing is known, and a mean that is not theirs."""
        from parindex.published_figures.units import units_of

        rows = [
            f"result,2011,province,{unit.name},,70.00,,,,,,,,,," + "x" for unit in units_of(2011)
        ]
        mean = "figure,2011,province,,average_index,,,,,,,,,,{value},x"
        assert found(own(tmp_path, *rows, mean.format(value="70.00"))) == []
        assert found(own(tmp_path, *rows, mean.format(value="70.02"))) == [("P415", 65, 15)]

    def test_two_files_against_each_other(self, tmp_path: Path) -> None:
        one = own(tmp_path, "result,2011,province,Huế,,70.00,,,1,,,,,,,x", name="a.csv")
        own(tmp_path, "result,2011,province,Hà Nội,,71.00,,,2,,,,,,,x", name="b.csv")
        assert found(one) == []
        assert found(str(tmp_path)) == [("P412", 2, 9)]
        assert found(one, str(tmp_path)) == found(str(tmp_path))


class TestAllAtOnce:
    """What cannot be read does not hide what is wrong with the rest."""

    def test_rows_and_files(self, tmp_path: Path) -> None:
        own(tmp_path, "result,2018,province,Sóc Trnăg,,180,,,,,,,,,,x",
            "result,2018,province,Cà Mau,,,,,24,,,,,,,x", name="a.csv")  # fmt: skip
        own(tmp_path, "x", name="b.csv", heading="yaer,unit")
        told = found(str(tmp_path))
        assert [code for code, _, _ in told] == ["P131", "P207", "P411", "P109", "P109", "P108"]

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            ("result,2018,province,Sóc Trăng,,78.35,,,24,63,B,,22,,,x", 0),
            ("result,2018,province,Cà Mau,,,,,24,,,,,,,x", 0),
            ("result,2018,province,Sóc Trnăg,,78.35,,,,,,,,,,x", 1),
            ("result,2018,province,Sóc Trăng,,78.53,,,,,,,,,,x", 1),
        ],
    )
    def test_exit_codes(self, row: str, code: int, tmp_path: Path) -> None:
        assert call("data", "check", own(tmp_path, row)).code == code

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        file = own(tmp_path, "result,2018,province,Cà Mau,,,,,24,,,,,,,x")
        ran = call("data", "check", str(tmp_path / "x.csv"), file)
        assert (ran.code, "P101" in ran.out, "P411" in ran.out) == (2, True, True)

    def test_only_some_codes(self, tmp_path: Path) -> None:
        file = own(tmp_path, "result,2018,province,Sóc Trăng,,78.53,,,,,,,,,,x")
        ran = call("data", "check", file, "--ignore", "P401")
        assert (ran.code, "P414" in ran.out, "P401" in ran.out) == (0, True, False)


class TestForms:
    """The forms of `check`, with what was found and what was expected in columns of their own."""

    ROW = "result,2018,province,Sóc Trăng,,78.53,,,,,,,,,,x"

    def test_csv(self, tmp_path: Path) -> None:
        file = own(tmp_path, self.ROW)
        first, *_ = csv.DictReader(io.StringIO(call("data", "check", file, "-f", "csv").out))
        assert (first["file"], first["line"], first["column"]) == (file, "2", "6")
        assert (first["found"], first["expected"]) == ("78.53", "78.35")
        assert first["mend"]

    def test_vietnamese(self, tmp_path: Path) -> None:
        out = run("data", "check", own(tmp_path, self.ROW), "--lang", "vi").out
        assert "các nguồn không thống nhất: 78,53 ở đây, 78,35 theo" in out
        assert "số tệp đã kiểm tra: 1; lỗi: 1, cảnh báo: 1" in out

    def test_hostile(self, tmp_path: Path) -> None:
        ran = call(
            "data", "check", own(tmp_path, 'result,2018,province,"[bold]\x1b[31mX",,1,,,,,,,,,,x')
        )
        assert (ran.code, "\x1b" in ran.out) == (1, False)

    def test_nothing_is_written_over(self, tmp_path: Path) -> None:
        file = own(tmp_path, self.ROW)
        assert call("data", "check", file, "-o", file).code == 2
