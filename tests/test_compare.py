"""`compare`: the same units in two years, and nothing said of what is not known in both."""

import csv
import io
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.analysis.comparison import Comparison
from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.published_tables import known, load_published
from parindex.published_figures.sides import compare_sides, row_side
from tests.support import call, run


def row(unit: str, year: int, index: str | None = None, rank: int | None = None) -> PublishedRow:
    """A province's figures; the list is that of the year."""
    figure = None if index is None else Decimal(index)
    epoch = "34" if year >= 2025 else "63"
    return PublishedRow(
        kind="result", year=year, source="x", unit=unit, level="province", index=figure, rank=rank, list=epoch
    )  # fmt: skip


def compared(*rows: PublishedRow, before: int = 2017, after: int = 2018) -> Comparison:
    one, other = (
        row_side(str(year), [row for row in rows if row.year == year]) for year in (before, after)
    )
    return compare_sides(one, other)


class TestPairs:
    """A change is the later figure less the earlier one; a move is the old rank less the new."""

    def test_change_and_move(self) -> None:
        [pair] = compared(row("Hà Nội", 2017, "80.10", 5), row("Hà Nội", 2018, "79.95", 3)).pairs
        assert (pair.change, pair.move) == (Fraction("-0.15"), 2)

    @pytest.mark.parametrize(
        "rows",
        [
            (row("Hà Nội", 2017, "80.10"), row("Hà Nội", 2018, None, 3)),
            (row("Hà Nội", 2017, "80.10"),),
            (row("Hà Nội", 2017, "80.10"), row("Huế", 2018, "80.10")),
            (row("Hà Nội", 2016, "80.10"), row("Hà Nội", 2018, "80.10")),
        ],
    )
    def test_what_is_not_known_in_both_years_is_left_out(
        self, rows: tuple[PublishedRow, ...]
    ) -> None:
        assert compared(*rows).pairs == ()

    def test_a_merged_unit_is_not_the_one_of_before(self) -> None:
        rows = [row(u, y, "80", 1) for u in ("Hà Nội", "Lào Cai") for y in (2024, 2025)]
        rows += [row("Thừa Thiên Huế", 2024, "80", 2), row("Huế", 2025, "81", 2)]
        found = compared(*rows, before=2024, after=2025)
        assert [pair.after.unit for pair in found.pairs if pair.after] == ["Hà Nội", "Huế"]

    def test_order(self) -> None:
        """By rank; units without one after the others, the higher index first, then by name."""
        figures = [("Huế", "70", None), ("Hà Nội", "81", 2), ("Cà Mau", "75", None)]
        figures += [("An Giang", "75", None), ("Hà Giang", "90", 1), ("Bắc Kạn", "82", 2)]
        rows = [row(unit, 2017, "60") for unit, _, _ in figures]
        rows += [row(unit, 2018, index, rank) for unit, index, rank in figures]
        found = [pair.either.unit for pair in compared(*rows).pairs]
        assert found == ["Hà Giang", "Bắc Kạn", "Hà Nội", "An Giang", "Cà Mau", "Huế"]

    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8))
    def test_up_down_and_unchanged_add_up(self, indexes: list[tuple[int, int]]) -> None:
        rows = [
            row(f"u{number}", year, str(index))
            for number, pair in enumerate(indexes)
            for year, index in zip((2017, 2018), pair, strict=True)
        ]
        tally = compared(*rows).index
        assert tally.up + tally.down + tally.unchanged == tally.known == len(indexes)
        assert tally.up == sum(one < other for one, other in indexes)
        rises = [other - one for one, other in indexes if other > one]
        assert (tally.rise.change if tally.rise else None) == max(rises, default=None)


class TestCommand:
    """`parindex compare`: the published figures of two years."""

    def test_published_moves(self) -> None:
        found = compared(*known(load_published()))
        moves = {pair.after.unit: pair.move for pair in found.pairs if pair.after}
        assert (moves["Sóc Trăng"], moves["Hòa Bình"]) == (22, 9)

    def test_table(self) -> None:
        out = call("compare", "2023", "2024").out
        assert (
            "Hải Phòng               91.87       96.17   +4.30          2          1      +1" in out
        )
        assert "Known in both: index of 11 of 63, rank of 12 of 63." in out
        assert "Index: 10 up, 1 down, 0 unchanged." in out
        assert "The schemes differ (vn-province-2022 | vn-province-2024)" in out

    def test_the_same_scheme_is_not_told(self) -> None:
        assert "schemes differ" not in call("compare", "2022", "2023").out

    def test_one_unit_area_by_area(self) -> None:
        out = run("compare", "2017", "2018", "--unit", "soc trang", "--lang", "vi").out
        assert "Sóc Trăng 2017 – 2018" in out
        assert "78,35" in out
        assert "+22" in out
        assert "61,28" in out

    def test_rows_and_data_say_the_same(self) -> None:
        rows = list(csv.DictReader(io.StringIO(call("compare", "2023", "2024", "-f", "csv").out)))
        [data] = json.loads(call("compare", "2023", "2024", "-f", "json").out)["comparisons"]
        assert [(r["unit"], r["move"]) for r in rows] == [
            (each["unit"], "" if each["move"] is None else str(each["move"]))
            for each in data["units"]
        ]
        assert data["rank"] == {"known": 12, "up": 8, "down": 3, "unchanged": 1}

    def test_an_own_table_fills_what_is_not_known(self, tmp_path: Path) -> None:
        own = tmp_path / "own.csv"
        own.write_text("year,unit,index,source\n2017,Sóc Trăng,70.35,mine\n", encoding="utf-8")
        out = call("compare", "2017", "2018", "--data", str(own)).out
        assert re.search(r"Sóc Trăng +70.35 +78.35 +\+8.00 +46 +24 +\+22", out)
        assert "index of 4 of 63" in out

    @pytest.mark.parametrize(
        "arguments", [("2018", "2017"), ("2018",), ("x", "2018"), ("2017", "2018", "--unit", "Xyz")]
    )
    def test_bad_usage(self, arguments: tuple[str, ...]) -> None:
        ran = call("compare", *arguments)
        assert (ran.code, ran.out) == (2, "")
