"""A wide table of many units, added up by columns, gives what rows and the long table give."""

from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from parindex.files import open_scorecards
from parindex.values.exact import rounded
from tests import plain_engine as plain
from tests.random_cards import some
from tests.support import call
from tests.test_many_units import SCHEME, closed_scheme, same
from tests.test_second_engine import as_yaml

COMMANDS = (
    ("score", "-f", "csv"),
    ("score", "-f", "ndjson", "--depth", "9"),
    ("rank", "-f", "csv"),
    ("losses", "-f", "json"),
)
ODD = ("x", "1.250", "1,5", " 2", "9999", "-1", "100%", "12,5 %", "2*", "KAD", "…", "-", "1/3", "")
Wide = dict[str, list[str]]


def wide(rng: Random, scheme: dict[str, Any], count: int, odd: float) -> Wide:
    """Units that report points, shares and states in a column for each leaf."""
    leaves = [node for node in plain.walk(scheme["criteria"]) if not node.get("children")]
    table: Wide = {"unit": [f"Xã {at}" for at in range(count)], "year": ["2024"] * count}
    table["scheme"] = [scheme["id"]] * count
    if some(rng, 0.5):
        table["group"] = [rng.choice("AB") for _ in range(count)]
    for leaf in leaves:
        most = Fraction(str(leaf["max"]))
        cells = []
        for _ in range(count):
            points = rounded(most * rng.randint(0, 4) / 4, 2, "down")
            cells.append(rng.choice(ODD) if rng.random() < odd else str(points))
        table[leaf["code"]] = cells
    if some(rng, 0.2):
        table["Tổng điểm"] = [rng.choice(("", "10", "x")) for _ in range(count)]
    if some(rng, 0.2):
        table["unit"][-1] = rng.choice((table["unit"][0], "", "I. Khối", "Điểm tối đa", "Tổng"))
    return table


def put(folder: Path, table: Wide, delimiter: str = ",") -> str:
    """The same table as CSV and as Parquet; the name of the CSV."""
    frame = pl.DataFrame(table)
    frame.write_csv(folder / "units.csv", separator=delimiter)
    frame.write_parquet(folder / "units.parquet")
    return str(folder / "units.csv")


class TestLikeRows:
    """Columns give the bytes, findings and exit codes of rows, whatever stands in the table."""

    @pytest.mark.parametrize("seed", range(24))
    def test_random(self, tmp_path: Path, seed: int) -> None:
        rng = Random(seed)
        scheme = closed_scheme(rng)
        (tmp_path / "scheme.yaml").write_text(as_yaml(scheme), encoding="utf-8")
        table = wide(rng, scheme, 8, rng.choice((0.0, 0.01, 0.05, 0.2)))
        file = put(tmp_path, table, rng.choice(",;\t"))
        more = ("--scheme", str(tmp_path / "scheme.yaml")) if some(rng, 0.7) else ()
        for command in rng.sample(COMMANDS, 2):
            csv = same(command, file, *more)
            parquet = same(command, str(tmp_path / "units.parquet"), *more)
            assert (parquet.code, parquet.out) == (csv.code, csv.out)

    def test_long_table(self, tmp_path: Path) -> None:
        (tmp_path / "two.yaml").write_text(SCHEME, encoding="utf-8")
        table: Wide = {"unit": ["A", "B", "C"], "year": ["2024"] * 3, "scheme": ["two"] * 3}
        table |= {"1": ["0.5", "20%", "1"], "2": ["1.25", "KAD", ""]}
        file = put(tmp_path, table)
        long = tmp_path / "long.csv"
        long.write_text(
            "unit,year,scheme,code,points,percent,state\nA,2024,two,1,0.5,,\nA,2024,two,2,1.25,,\n"
            "B,2024,two,1,,20%,\nB,2024,two,2,,,not_applicable\nC,2024,two,1,1,,\n"
        )
        more = ("--scheme", str(tmp_path / "two.yaml"), "-f", "csv", "--engine", "columns")
        for command in ("score", "rank", "losses"):
            ran = call(command, file, *more)
            assert ran.code == 0, ran.err
            assert ran.out == call(command, str(long), *more).out


class TestTold:
    """`--verbose` tells which way units went, and faults keep their places."""

    TABLE = "BẢNG ĐIỂM NĂM 2024\n,\nĐơn vị,1,2\nXã A,0.5,1.25\nXã B,x,2\nXã C,1,9\nXã D,0.25,1.5\n"

    @pytest.fixture
    def two(self, tmp_path: Path) -> str:
        (tmp_path / "two.yaml").write_text(SCHEME, encoding="utf-8")
        return str(tmp_path / "two.yaml")

    def test_places(self, tmp_path: Path, two: str) -> None:
        file = tmp_path / "units.csv"
        file.write_text(self.TABLE.replace("\n,\n", "\n\n"), encoding="utf-8")
        same(("score",), str(file), "--scheme", two)
        ran = call("score", str(file), "--scheme", two, "--engine", "columns")
        assert [line.split(" ")[0] for line in ran.err.splitlines()] == [
            f"{file}:5:2:",
            f"{file}:6:3:",
        ]

    def test_told(self, tmp_path: Path, two: str) -> None:
        file = tmp_path / "units.csv"
        text = self.TABLE.replace("\n,\n", "\n\n").replace("x,2", "-,2").replace("1,9", "1/3,2")
        file.write_text(text.replace("1/3", "0.5*"), encoding="utf-8")
        ran = call("score", str(file), "--scheme", two, "--engine", "columns", "--verbose")
        assert "By columns: " in ran.err
        same(("rank", "-f", "csv"), str(file), "--scheme", two)

    def test_from_a_size_on(
        self, tmp_path: Path, two: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "units.csv"
        file.write_text("Đơn vị,Năm,1,2\nXã A,2024,0.5,1\nXã B,2024,1,2\n", encoding="utf-8")
        told = call("score", str(file), "--scheme", two, "--verbose").err
        assert "By rows: a table of few units" in told
        monkeypatch.setattr(open_scorecards, "MANY_BYTES", 10)
        told = call("score", str(file), "--scheme", two, "--verbose").err
        assert "By columns: 2 units." in told

    def test_more_units_than_any_table(self, tmp_path: Path, two: str) -> None:
        file = tmp_path / "units.csv"
        rows = "".join(f"Xã {at},2024,0.5,1\n" for at in range(100_001))
        file.write_text("Đơn vị,Năm,1,2\n" + rows, encoding="utf-8")
        assert "P106" in call("rank", str(file), "--scheme", two).err

    @pytest.mark.parametrize(
        "rows",
        [
            'Xã A,2024,"1\n2",1\n',
            'Xã A,2024,1"2,1\n',
            "Xã A,2024,1\nXã B,2024,1,1,1\n",
            "Xã A,2024,1,1\n\nXã B,2024,1,1\n",
            " Xã A ,2024,\xa01 , 1\n",
            "Xã A,2024,1,1\r\nXã B,2024,0,1\r\n",
            "Xã A,2024,1,1\rXã B,2024,0,1\n",
            "Xã A,2024,\0,1\n",
            "Xã A,2024,,\nXã B,2024,1,1",
            "Xã A,2024,1,1\nXã A,2024,1,1\n",
            "Xã A,2024,1,1\nNgười lập biểu,,,\n",
            "Khối A,,,\nXã A,2024,1,1\n",
            "",
        ],
    )
    def test_odd_lines(self, tmp_path: Path, two: str, rows: str) -> None:
        file = tmp_path / "units.csv"
        file.write_text("Đơn vị,Năm,1,2\n" + rows, encoding="utf-8", newline="")
        same(("score", "-f", "json"), str(file), "--scheme", two)
