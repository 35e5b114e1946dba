"""Scorecards in Parquet: the same bytes as of the same table in CSV, and faults by row and column."""

import datetime
import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import parindex
from parindex.findings import InputError
from parindex.findings.wing import install_command
from parindex.scale.parquet_footer import unpacked_bytes
from tests.processes import Ran, start
from tests.random_cards import random_scheme
from tests.support import call, run
from tests.test_many_units import (
    COLUMNS,
    COMMANDS,
    SCHEME,
    table,
    whole_table,
    written,
)
from tests.test_second_engine import as_yaml

LONG: dict[str, list[Any]] = {
    "unit": ["A", "A", "B", "B"],
    "year": [2024, 2024, 2024, 2024],
    "scheme": ["two"] * 4,
    "code": ["1", "2", "1", "2"],
    "points": [None, 1.25, None, 2.0],
    "value": ["42.5%", None, None, None],
    "ratio": [None, None, "3/7", None],
}


@pytest.fixture
def two(tmp_path: Path) -> str:
    (tmp_path / "two.yaml").write_text(SCHEME, encoding="utf-8")
    return str(tmp_path / "two.yaml")


def saved(folder: Path, columns: dict[str, Any], **schema: Any) -> str:
    """The name of a file with these columns."""
    pl.DataFrame(columns, schema_overrides=schema).write_parquet(folder / "units.parquet")
    return str(folder / "units.parquet")


def scored(file: str, scheme: str, *more: str) -> Ran:
    return call("score", file, "--scheme", scheme, "-f", "csv", *more)


def faults(ran: Ran) -> list[str]:
    """Where faults are, and their codes."""
    assert ran.code == 2
    return [" ".join(line.split(" ")[:2]).partition("units.parquet:")[2]
            for line in ran.err.splitlines() if "units.parquet:" in line]  # fmt: skip


def faults_of(ran: Ran) -> list[str]:
    """The codes of faults."""
    return re.findall("P[0-9]{3}", ran.err)


class TestLikeCsv:
    """Every byte that is printed is that of CSV, by either engine, whatever the table holds."""

    @pytest.mark.parametrize("seed", range(10))
    def test_random(self, tmp_path: Path, seed: int) -> None:
        rng = Random(seed)
        scheme = random_scheme(rng)
        (tmp_path / "scheme.yaml").write_text(as_yaml(scheme), encoding="utf-8")
        rows = rng.choice((table, whole_table, whole_table))(rng, scheme, 6)
        for row in rows:
            row.update({name: cell for name, cell in row.items() if '"' not in str(cell)})
        (tmp_path / "units.csv").write_text(written(rows), encoding="utf-8", newline="")
        given = {name: [str(row.get(name, "")) for row in rows] for name in COLUMNS}
        saved(tmp_path, given)
        for command in rng.sample(COMMANDS, 2):
            for engine in ("rows", "columns"):
                more = ("--scheme", str(tmp_path / "scheme.yaml"), "--engine", engine)
                csv = call(*command, str(tmp_path / "units.csv"), *more)
                parquet = call(*command, str(tmp_path / "units.parquet"), *more)
                assert (parquet.code, parquet.out) == (csv.code, csv.out)
                assert parquet.err.count("\n") == csv.err.count("\n")

    @pytest.mark.parametrize("engine", ["rows", "columns"])
    def test_wide(self, tmp_path: Path, two: str, engine: str) -> None:
        wide = {"unit": ["A", "B", "C"], "year": [2024] * 3, "scheme": ["two"] * 3}
        wide |= {"1": [Decimal("0.5"), None, Decimal(1)], "2": [1.0, 2.0, 0.25]}
        (tmp_path / "units.csv").write_text(
            "unit,year,scheme,1,2\nA,2024,two,0.5,1\nB,2024,two,,2\nC,2024,two,1,0.25\n"
        )
        file = saved(tmp_path, wide, **{"1": pl.Decimal(9, 3), "2": pl.Float32})
        csv = scored(str(tmp_path / "units.csv"), two, "--engine", engine)
        assert csv.code == 0, csv.err
        assert scored(file, two, "--engine", engine).out == csv.out

    def test_from_folder_stream_and_bytes(self, tmp_path: Path, two: str) -> None:
        out = scored(saved(tmp_path, LONG), two).out
        assert out.count("\n") > 4
        (tmp_path / "folder").mkdir()
        data = (tmp_path / "units.parquet").read_bytes()
        (tmp_path / "folder" / "units.parquet").write_bytes(data)
        assert scored(str(tmp_path / "folder"), two).out == out
        assert run("score", "-", "--scheme", two, "-f", "csv", given=data).out == out
        scheme = parindex.load_scheme(two)
        cards = parindex.read_scorecards(data, scheme=scheme)
        assert [card.unit for card in cards] == ["A", "B"]
        assert parindex.read_scorecards(BytesIO(data), scheme=scheme) == cards


class TestTypes:
    """A typed cell says what it prints, and nothing is never 0."""

    @pytest.mark.parametrize(
        ("values", "type_", "points"),
        [
            ([0.1, 2.0], pl.Float64, ["0.1", "2"]),
            ([0.1, 1.7], pl.Float32, ["0.1", "1.7"]),
            ([1e-7, 1e-5], pl.Float64, ["0.0000001", "0.00001"]),
            ([Decimal("1.2500"), Decimal("2.0000")], pl.Decimal(10, 4), ["1.25", "2"]),
            ([1, 2], pl.UInt8, ["1", "2"]),
            (["1,5", "0.5"], pl.Categorical, ["1.5", "0.5"]),
        ],
    )
    def test_numbers(
        self, tmp_path: Path, two: str, values: Sequence[Any], type_: Any, points: list[str]
    ) -> None:
        cells = {"unit": ["A", "B"], "year": ["2024"] * 2, "code": [2, 2], "points": values}
        file = saved(tmp_path, cells, points=type_)
        cards = parindex.read_scorecards(file, scheme=parindex.load_scheme(two))
        assert [str(card.scores["2"].fact.points) for card in cards] == [  # type: ignore[union-attr]
            str(Decimal(each)) for each in points
        ]

    def test_comma(self, tmp_path: Path, two: str) -> None:
        cells = {"unit": ["A"], "year": [2024.0], "code": ["2"], "points": [1.125]}
        out = scored(saved(tmp_path, cells), two, "--decimal", "comma").out
        assert out == scored(saved(tmp_path, cells), two).out
        assert "1.125" in out.replace(",", ".") or "1.13" in out.replace(",", ".")

    def test_nothing_is_not_zero(self, tmp_path: Path, two: str) -> None:
        cells = {"unit": ["A", "A"], "year": [2024] * 2, "code": ["1", "2"]}
        cells |= {"points": [0.0, float("nan")]}
        [card] = parindex.read_scorecards(saved(tmp_path, cells), scheme=parindex.load_scheme(two))
        result = parindex.score(card, parindex.load_scheme(two))
        assert not result.total.complete

    def test_days_and_lists(self, tmp_path: Path) -> None:
        day = datetime.datetime(2024, 3, 5)  # noqa: DTZ001 of no zone
        file = saved(tmp_path, {"a": [day, None], "b": [["x", "y"], []], "c": ["1\r\n2", "-"]})
        from parindex.scale.parquet import text_of

        text, rows = text_of(Path(file).read_bytes(), "units.parquet", None)
        with text:
            written = text.read().decode()
        assert written == 'a,b,c\n2024-03-05,x|y,"1\n2"\n,,-\n'
        assert [*rows.starts] == [1, 2, 4, 5]


class TestFaults:
    """A fault is told with the row and the name of the column; hostile files end in one line."""

    def test_places(self, tmp_path: Path, two: str) -> None:
        file = saved(tmp_path, {**LONG, "points": [None, "x", None, "2.5"]})
        assert faults(scored(file, two)) == ["2:points: P110", "4:points: P202"]
        told = call("check", file, "--scheme", two).out
        assert all(f"{file}:{place}" in told for place in ("2:points", "4:points"))

    def test_places_behind_lines_in_cells(self, tmp_path: Path, two: str) -> None:
        note = ["one\ntwo", "a\r\nb\nc", None, "x"]
        file = saved(tmp_path, {**LONG, "note": note, "points": [None, "1", None, "y"]})
        assert faults(scored(file, two)) == ["4:points: P110"]

    def test_heading(self, tmp_path: Path, two: str) -> None:
        file = saved(tmp_path, {**LONG, "pointz": [1] * 4})
        assert faults(scored(file, two)) == ["pointz: P108"]

    def test_wide(self, tmp_path: Path, two: str) -> None:
        file = saved(
            tmp_path, {"unit": ["A", "B"], "year": [2024] * 2, "1": ["1", "?"], "2": [1, 2]}
        )
        assert faults(scored(file, two)) == ["2:1: P110"]

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("code", [1.1, 1.2, 1.3, 1.4]),
            ("note", [b"x"] * 4),
            ("note", [{"a": 1}] * 4),
            ("note", [[1]] * 4),
            ("note", [datetime.timedelta(1)] * 4),
        ],
    )
    def test_types(self, tmp_path: Path, two: str, name: str, values: list[Any]) -> None:
        ran = scored(saved(tmp_path, {**LONG, name: values}), two)
        assert faults(ran) == [f"{name}: P110"]

    def test_broken(self, tmp_path: Path, two: str) -> None:
        file = Path(saved(tmp_path, LONG))
        whole = file.read_bytes()
        rng = Random(1)
        for number in range(30):
            data = bytearray(whole)
            for _ in range(rng.randint(1, 8)):
                data[rng.randrange(len(data))] = rng.randrange(256)
            file.write_bytes(data[: rng.randrange(len(data))] if number % 5 == 0 else data)
            ran = scored(str(file), two)
            assert ran.code in (0, 2)
            assert ran.code == 0 or "units.parquet" in ran.err
            assert "Traceback" not in ran.err

    def test_panics_of_the_engine_are_not_seen(self, tmp_path: Path, two: str) -> None:
        file = Path(saved(tmp_path, {name: cells * 500 for name, cells in LONG.items()}))
        whole, rng = file.read_bytes(), Random(2)
        for _ in range(4):
            data = bytearray(whole)
            for _ in range(6):
                data[rng.randrange(len(data))] = rng.randrange(256)
            file.write_bytes(data)
            assert "panicked" not in run("score", str(file), "--scheme", two).err

    def test_more_rows_than_any_table(
        self, tmp_path: Path, two: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = saved(tmp_path, {name: cells * 500 for name, cells in LONG.items()})
        monkeypatch.setattr("parindex.scale.parquet.MOST_BYTES", 2_000)
        assert faults_of(scored(file, two)) == ["P102"]
        monkeypatch.setattr("parindex.scale.parquet.MOST_BYTES", 20_000)
        assert faults_of(scored(file, two)) == ["P102"]

    def test_without_the_library(
        self, tmp_path: Path, two: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = saved(tmp_path, LONG)
        monkeypatch.delitem(sys.modules, "parindex.scale.parquet", raising=False)
        monkeypatch.setitem(sys.modules, "polars", None)  # so it is not found
        [line] = scored(file, two).err.splitlines()
        assert "P158" in line
        assert install_command("scale") in line

    def test_under_another_name(self, tmp_path: Path, two: str) -> None:
        data = Path(saved(tmp_path, LONG)).read_bytes()
        (tmp_path / "units.csv").write_bytes(data)
        assert "P150" in scored(str(tmp_path / "units.csv"), two).err
        (tmp_path / "units").write_bytes(data)
        assert scored(str(tmp_path / "units"), two).code == 0

    def test_no_rows_and_no_columns(self, tmp_path: Path, two: str) -> None:
        nothing: list[dict[str, list[Any]]] = [{}, {name: [] for name in LONG}]
        for columns in nothing:
            ran = scored(saved(tmp_path, columns), two)
            assert (ran.code, "P113" in ran.err) == (2, True)

    def test_is_no_table_of_scores(self, tmp_path: Path, two: str) -> None:
        with pytest.raises(InputError) as told:
            parindex.read_scorecards(
                saved(tmp_path, {"a": [1], "b": [2]}), scheme=parindex.load_scheme(two)
            )
        assert {each.code for each in told.value.findings} <= {"P108", "P109"}


class TestBombs:
    """A few kilobytes that unpack to more than is read are refused before they are unpacked."""

    def test_one_text_in_every_row(self, tmp_path: Path, two: str) -> None:
        """It stands in the file once, and as text it would stand in each row."""
        rows = 1000
        note = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), ["x" * 1_000_000])
        columns = {name: [values[0]] * rows for name, values in LONG.items() if values[0]}
        pq.write_table(pa.table({**columns, "note": note}), tmp_path / "units.parquet")
        assert (tmp_path / "units.parquet").stat().st_size < 100_000
        ran = start("score", str(tmp_path / "units.parquet"), "--scheme", two, memory=1 << 30)
        assert faults_of(ran) == ["P102"]

    def test_many_texts_that_are_packed_well(self, tmp_path: Path, two: str) -> None:
        file = tmp_path / "units.parquet"
        table = pa.table({"unit": [f"{'x' * 1_000_000}{at}" for at in range(10)]})
        with pq.ParquetWriter(
            file, table.schema, compression="zstd", use_dictionary=False
        ) as write:
            for _ in range(54):
                write.write_table(table)
        assert file.stat().st_size < 1_000_000
        ran = start("score", str(file), "--scheme", two, memory=1 << 30)
        assert faults_of(ran) == ["P102"]


class TestFooter:
    """The size that a file says of itself is that which other readers of it see; what is broken has none."""

    @pytest.mark.parametrize("rows", [1, 1000, 100_000])
    def test_size(self, rows: int) -> None:
        data, numbers = BytesIO(), [*range(rows)]
        table = pa.table({"a": numbers, "b": [*map(str, numbers)], "c": [[True]] * rows})
        pq.write_table(table, data, row_group_size=30_000)
        told = pq.read_metadata(data)
        sizes = [told.row_group(at).total_byte_size for at in range(told.num_row_groups)]
        assert unpacked_bytes(data.getvalue()) == sum(sizes)

    @pytest.mark.parametrize("seed", range(20))
    def test_whatever_stands_there(self, seed: int) -> None:
        random, data = Random(seed), BytesIO()
        pl.DataFrame(LONG).write_parquet(data)
        for _ in range(50):
            changed = bytearray(data.getvalue())
            for _ in range(random.randrange(1, 6)):
                changed[-9 - random.randrange(500)] = random.randrange(256)
            assert unpacked_bytes(bytes(changed)) >= 0
        for form in (b"\x19\xf7" + b"\xff" * 20, b"\x1c" * 90, b"\x19\xf7\xff\xff\xff\xff\x7f"):
            assert unpacked_bytes(form + len(form).to_bytes(4, "little") + b"PAR1") == 0

    def test_a_footer_without_end(self) -> None:
        length = 1 << 25
        with pytest.raises(OverflowError):
            unpacked_bytes(bytes(length) + length.to_bytes(4, "little") + b"PAR1")
