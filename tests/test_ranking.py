"""`rank`: exact figures within groups, ties by rule, and nobody as a zero."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.analysis.ranking import Ranking, rank
from parindex.analysis.unit_figures import RankInput, Ties, rank_input_of
from parindex.scoring import score
from parindex.values.collation import name_key
from tests.support import ROOT, area, call, card, run, scheme

TAY_NINH = str(ROOT / "seeds" / "published" / "tay-ninh-2023.yaml")
HUE = str(ROOT / "seeds" / "published" / "hue-2021.yaml")


def entrant(unit: str, first: str, second: str = "0", /, **fields: Any) -> RankInput:
    """A unit under the small scheme of two areas, 4 and 6 points."""
    under = scheme(**fields.pop("under", {}))
    return rank_input_of(score(card({"1": first, "2": second}, unit=unit, **fields), under))


def places(ranking: Ranking) -> dict[str, int]:
    """The rank of each unit."""
    return {place.entrant.unit: place.rank for place in ranking.places}


def of_points(points: Sequence[Fraction]) -> list[RankInput]:
    """A unit for each number of points of 10, named u0, u1 and so on."""
    under = scheme(max="10", criteria=[area("1", "10")])
    cards = [card({"1": "0"}, unit=f"u{number}") for number, _ in enumerate(points)]
    base = [rank_input_of(score(each, under)) for each in cards]
    return [_with(each, value) for each, value in zip(base, points, strict=True)]


def _with(each: RankInput, points: Fraction) -> RankInput:
    from msgspec.structs import replace

    return replace(each, points=points, percent=points * 10)


FRACTIONS = st.lists(
    st.fractions(min_value=0, max_value=10, max_denominator=4), min_size=1, max_size=12
)


class TestDefinition:
    """A rank is one more than the number of units, or of different figures, that are above."""

    @given(FRACTIONS)
    def test_competition(self, points: list[Fraction]) -> None:
        [ranking] = rank(of_points(points))
        expected = {f"u{i}": 1 + sum(p > own for p in points) for i, own in enumerate(points)}
        assert places(ranking) == expected

    @given(FRACTIONS)
    def test_dense(self, points: list[Fraction]) -> None:
        [ranking] = rank(of_points(points), "dense")
        expected = {
            f"u{i}": 1 + len({p for p in points if p > own}) for i, own in enumerate(points)
        }
        assert places(ranking) == expected

    @given(FRACTIONS)
    def test_ordinal(self, points: list[Fraction]) -> None:
        [ranking] = rank(of_points(points), "ordinal")
        assert sorted(places(ranking).values()) == list(range(1, len(points) + 1))
        falling = [place.entrant.points or Fraction(0) for place in ranking.places]
        assert falling == sorted(points, reverse=True)

    @given(FRACTIONS, st.integers(), st.sampled_from(["competition", "dense", "ordinal"]))
    def test_the_order_of_units_changes_nothing(
        self, points: list[Fraction], seed: int, ties: Ties
    ) -> None:
        units = of_points(points)
        mixed = units.copy()
        Random(seed).shuffle(mixed)
        assert rank(mixed, ties) == rank(units, ties)

    @given(FRACTIONS)
    def test_statistics(self, points: list[Fraction]) -> None:
        [ranking] = rank(of_points(points))
        percent = sorted(10 * p for p in points)
        assert ranking.figures is not None
        assert ranking.figures.mean == sum(percent) / len(percent)
        assert ranking.figures.highest == percent[-1]
        assert ranking.figures.lowest == percent[0]
        low, high = percent[(len(percent) - 1) // 2], percent[len(percent) // 2]
        assert ranking.figures.median == (low + high) / 2


class TestTies:
    """Only exact equals share a rank; the rule is the scheme's unless another is asked for."""

    def test_sums_in_another_order_are_equal(self) -> None:
        three = {"criteria": [area("1", "1"), area("2", "1"), area("3", "1")], "max": "3"}
        cards = [
            card(dict(zip("123", points, strict=True)), unit=unit)
            for unit, points in (("a", ("0.1", "0.2", "0.3")), ("b", ("0.3", "0.2", "0.1")))
        ]
        [ranking] = rank([rank_input_of(score(each, scheme(**three))) for each in cards])
        assert places(ranking) == {"a": 1, "b": 1}

    def test_equal_in_print_is_not_equal(self) -> None:
        [ranking] = rank([entrant("a", "3", "5.0001"), entrant("b", "3", "5.0002")])
        assert [str(place.entrant.index) for place in ranking.places] == ["80.00", "80.00"]
        assert places(ranking) == {"b": 1, "a": 2}

    @pytest.mark.parametrize(
        ("ties", "expected"),
        [
            ("competition", [1, 2, 2, 4]),
            ("dense", [1, 2, 2, 3]),
            ("ordinal", [1, 2, 3, 4]),
        ],
    )
    def test_rules(self, ties: Ties, expected: list[int]) -> None:
        units = [("a", "4", "6"), ("b", "3", "6"), ("c", "4", "5"), ("d", "1", "1")]
        under = {"ranking": {"ties": ties}}
        by_scheme = rank([entrant(*each, under=under) for each in units])
        by_option = rank([entrant(*each) for each in units], ties)
        for [ranking] in (by_scheme, by_option):
            assert [place.rank for place in ranking.places] == expected

    def test_keys_decide_then_names(self) -> None:
        under = {"ranking": {"ties": "ordinal", "keys": ["2"]}}
        units = [("c", "4", "5"), ("b", "3", "6"), ("đ", "4", "5"), ("d", "4", "5")]
        [ranking] = rank([entrant(*each, under=under) for each in units])
        assert list(places(ranking)) == ["b", "c", "d", "đ"]
        assert ranking.keys == ("2",)


class TestApart:
    """Who is not ranked stands in a block of its own and counts in no statistic."""

    def test_blocks(self) -> None:
        previous = [entrant("a", "1", year=2023, under={"years": [2023]}),
                    entrant("gone", "2", year=2023, under={"years": [2023]})]  # fmt: skip
        [ranking] = rank(
            [
                entrant("a", "4", "4"),
                entrant("b", "4", "6", ranked=False, unranked_reason="new"),
                entrant("c", "4", "unknown"),
            ],
            previous=previous,
        )
        assert places(ranking) == {"a": 1}
        assert [each.unit for each in ranking.unranked] == ["b"]
        assert [(e.unit, str(e.low), str(e.high)) for e in ranking.unknown] == [
            ("c", "40.00", "100.00")
        ]
        assert ranking.missing == ("gone",)
        assert ranking.figures is not None
        assert ranking.figures.lowest == 80

    def test_a_true_zero_is_ranked(self) -> None:
        [ranking] = rank([entrant("a", "0", "0"), entrant("b", "1")])
        assert places(ranking) == {"b": 1, "a": 2}

    def test_points_rank_where_no_maximum_is_known(self) -> None:
        loose = {"max": None, "criteria": [area("1", None), area("2", None)]}
        [ranking] = rank([entrant("a", "1", "2", under=loose), entrant("b", "2", "2", under=loose)])
        assert (ranking.by, places(ranking)) == ("points", {"b": 1, "a": 2})

    def test_a_reduced_maximum_counts(self) -> None:
        [ranking] = rank([entrant("a", "4", "not_applicable"), entrant("b", "4", "5")])
        assert places(ranking) == {"a": 1, "b": 2}

    def test_groups_do_not_mix(self) -> None:
        found = rank([entrant("a", "1", group="x"), entrant("b", "2", group="y")])
        assert [(each.group.group, places(each)) for each in found] == [
            ("x", {"a": 1}),
            ("y", {"b": 1}),
        ]


class TestIdentity:
    """A unit is the same in any spelling of its name, and another where a mark differs."""

    def test_marks_tell_units_apart(self) -> None:
        [ranking] = rank(
            [entrant("Tân Hòa", "4"), entrant("Tân Hóa", "3"), entrant("Tân Hoa", "2")]
        )
        assert list(places(ranking)) == ["Tân Hòa", "Tân Hóa", "Tân Hoa"]

    def test_spellings_do_not(self) -> None:
        with pytest.raises(parindex.InputError):
            rank([entrant("Tân Hòa", "4"), entrant("tân hoà", "3")])


class TestMoves:
    """A move is the old rank less the new one: up is positive; who is new has none."""

    def test_moves(self) -> None:
        under = {"years": [2022, 2023]}
        old = [
            entrant(u, p, year=2022, under=under) for u, p in (("a", "3"), ("b", "2"), ("c", "1"))
        ]
        now = [
            entrant(u, p, year=2023, under=under) for u, p in (("A", "1"), ("c", "3"), ("new", "2"))
        ]
        [ranking] = rank(now, previous=old)
        assert {p.entrant.unit: p.move for p in ranking.places} == {"c": 2, "new": None, "A": -2}
        assert (ranking.since, ranking.missing) == (2022, ("b",))

    def test_a_merged_province_did_not_move(self) -> None:
        years = {"years": [2024, 2025], "level": "province"}
        units = [("Hà Nội", "3"), ("Lào Cai", "2"), ("Huế", "1")]
        old, now = (
            [score(card({"1": p, "2": "0"}, unit=u, year=year), scheme(**years)) for u, p in units]
            for year in (2024, 2025)
        )
        [ranking] = parindex.rank(now, previous=old)
        assert {p.entrant.unit: p.move for p in ranking.places} == {
            "Hà Nội": 0,
            "Lào Cai": None,
            "Huế": 0,
        }


class TestNames:
    """Names sort by the 29 letters, then by tones, syllable after syllable."""

    @pytest.mark.parametrize(
        "names",
        [
            ["ma", "mà", "mả", "mã", "má", "mạ"],
            ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bến Tre"],
            ["Bình Dương", "Bình Định", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Hà Nam"],
            ["Da", "Đa", "E", "Ê", "O", "Ô", "Ơ", "U", "Ư", "V", "Y"],
            ["Hà Nam", "Hà Nội", "Hạ Long"],
            ["Xã 2", "Xã 10", "Xã An"],
            ["", "1", "a", "A b"],
        ],
    )
    def test_order(self, names: list[str]) -> None:
        backwards = names[::-1]
        assert sorted(backwards, key=name_key) == names

    @given(st.text(), st.text())
    def test_any_text_has_a_place(self, one: str, other: str) -> None:
        assert (name_key(one) == name_key(other)) == (one == other)


class TestCommand:
    """`parindex rank`: a table for each group, rows and data that say the same."""

    def test_published_ranks(self) -> None:
        [hue] = json.loads(call("rank", HUE, "--format", "json").out)["groups"]
        cards = parindex.read_scorecards(HUE)
        printed = {c.unit: c.published.rank for c in cards if c.published}
        assert {each["unit"]: each["rank"] for each in hue["ranked"]} == printed

    def test_two_groups(self) -> None:
        out = call("rank", TAY_NINH).out
        assert "   1  Văn phòng UBND tỉnh                     96.85  ##########  Tốt\n" in out
        assert (
            "Units: 6. Mean 86.70, median 86.63, highest 88.35, lowest 84.92.\nBands: Tốt 6." in out
        )

    def test_rows_and_data_say_the_same(self) -> None:
        rows = list(csv.DictReader(io.StringIO(call("rank", TAY_NINH, "-f", "csv").out)))
        lines = call("rank", TAY_NINH, "-f", "ndjson").out.splitlines()
        data = [
            (each["rank"], each["unit"]) for line in lines for each in json.loads(line)["ranked"]
        ]
        assert [(int(row["rank"]), row["unit"]) for row in rows] == data
        assert len(rows) == 25

    def test_blocks_and_moves(self, tmp_path: Path) -> None:
        files = []
        for year, rows in (
            (2022, ["An Giang,2022,,70", "Hà Nội,2022,,80", "Huế,2022,,60"]),
            (2023, ["Hà Nội,2023,,80", "An Giang,2023,,81.5", "Cà Mau,2023,1,1"]),
        ):
            file = tmp_path / f"{year}.csv"
            file.write_text("\n".join(["unit,year,code,points", *rows]), encoding="utf-8")
            files.append(str(file))
        out = call("rank", files[1], "--previous", files[0]).out
        assert "   1  An Giang  81.50  ########..  B         +1\n" in out
        assert "Not known in full, so not ranked: Cà Mau" in out
        assert "Without a scorecard: 60 (Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang," in out
        assert "+1" in run("rank", files[1], "--previous", files[0], "--lang", "vi").out

    def test_python(self) -> None:
        results = [parindex.score(each) for each in parindex.read_scorecards(HUE)]
        [ranking] = parindex.rank(results)
        assert ranking.places[0].entrant.unit == "Văn phòng UBND tỉnh"
        assert parindex.rank(reversed(results)) == [ranking]

    def test_a_unit_that_stands_twice_is_not_counted_twice(self) -> None:
        ran = call("rank", "examples/provinces-2018.csv", "examples/soc-trang-2018.yaml")
        assert (ran.code, ran.out) == (2, "")
        assert ran.faults == ["P107 Sóc Trăng 2018: this key stands twice (found: Sóc Trăng)"]

    def test_bad_input(self) -> None:
        ran = call("rank", "tests/bad/above-maximum.yaml")
        assert (ran.code, ran.out, "P202" in ran.err) == (2, "", True)


EDITS = (
    ("rank unit figure", "rank unit scheme figure"),
    ("rank before move band note", "rank before move band scheme note"),
    ('"note": note,', '"note": note, "scheme": each.scheme,'),
    ('"parent", "unit"),', '"parent", "unit", "region"),'),
    ("unit_id parent unit", "unit_id parent region unit"),
)
"""The scheme for people, who had none, and the region for programs."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program in which only that module is changed."""
    folder = tmp_path_factory.mktemp("new-column")
    shutil.copytree(ROOT / "parindex", folder / "parindex")
    module = folder / "parindex" / "tables" / "ranking.py"
    text = module.read_text(encoding="utf-8")
    for old, new in EDITS:
        assert text.count(old) == 1
        text = text.replace(old, new)
    module.write_text(text, encoding="utf-8")
    return folder


class TestNewColumn:
    """A new column of the ranking is written in one module, and is then in every format."""

    def out(self, folder: Path, *arguments: str) -> str:
        """What the changed program prints, with the packages that this process has."""
        path = os.pathsep.join([str(folder), *map(os.path.abspath, sys.path)])
        return subprocess.run(
            [sys.executable, "-m", "parindex", *arguments, "--lang", "en"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout

    def test_screen_and_programs(self, folder: Path) -> None:
        assert "Scheme" in self.out(folder, "rank", HUE).splitlines()[1]
        assert "| Unit | Scheme |" in self.out(folder, "rank", HUE, "-f", "markdown")
        assert ",unit,region,scheme," in self.out(folder, "rank", HUE, "-f", "csv")
        [group, *_] = json.loads(self.out(folder, "rank", HUE, "-f", "json"))["groups"]
        assert "region" in group["ranked"][0]

    @pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of bars
    def test_workbook_and_report(self, folder: Path, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        self.out(folder, "rank", HUE, "-o", str(file))
        sheet = openpyxl.load_workbook(file).worksheets[0]
        assert "Scheme" in {cell.value for row in sheet.iter_rows() for cell in row}
        report = self.out(folder, "report", HUE, "--kind", "ranking", "-f", "markdown")
        assert "| Scheme |" in report


class TestNobody:
    """Without a place there is no table: the reason stands first, and no rule for equals."""

    TEXT = "unit,year,level,code,points\nHòa Bình,2018,province,1,8.12\n"

    @pytest.mark.parametrize("form", ["table", "markdown"])
    def test_reason_first(self, tmp_path: Path, form: str) -> None:
        file = tmp_path / "a.csv"
        file.write_text(self.TEXT, encoding="utf-8")
        title, reason, apart = [
            line for line in call("rank", str(file), "--format", form).out.splitlines() if line
        ][:3]
        assert title.endswith("Ranking · 2018 · province")
        assert reason == "Nobody is ranked: none of the units to be ranked is known in full."
        assert apart.startswith("Not known in full, so not ranked: Hòa Bình (")


class TestEquals:
    """The rule for equals is told where there are any, with ranks as an example."""

    @pytest.mark.parametrize(
        ("points", "told"),
        [
            ("80 79", "Ranked by the exact index.\n"),
            ("80 80", "equal units share a rank, and the next ranks are left out (for example 1"),
        ],
    )
    def test_rule(self, tmp_path: Path, points: str, told: str) -> None:
        file = tmp_path / "a.csv"
        names = ("Hà Nội", "Sơn La")
        rows = [f"{n},2018,province,,{p}" for n, p in zip(names, points.split(), strict=True)]
        text = "\n".join(["unit,year,level,code,points", *rows])
        file.write_text(text, encoding="utf-8")
        assert told in call("rank", str(file)).out
