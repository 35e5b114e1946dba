"""`compare` of scorecards: files, folders, a file beside a year, and what is told of them."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

import parindex
from tests.support import EXAMPLE, call

SMALL = ("--scheme", "examples/small-scheme-before.yaml", "--scheme", "examples/small-scheme.yaml")
YEARS = ("compare", "examples/small-2023.yaml", "examples/small-2024-whole.yaml", *SMALL)
LANG_SON = "seeds/lang-son-2016.yaml"


def table(tmp_path: Path, name: str, year: int, *units: tuple[str, str]) -> str:
    """A file of provinces with their points."""
    rows = "".join(f"{unit},{year},province,,{points}\n" for unit, points in units)
    file = tmp_path / f"{name}.csv"
    file.write_text("unit,year,level,code,points\n" + rows, encoding="utf-8")
    return str(file)


def rows(*arguments: str) -> list[dict[str, str]]:
    """What is told as CSV."""
    return list(csv.DictReader(io.StringIO(call("compare", *arguments, "-f", "csv").out)))


class TestTwoScorecards:
    """Two single scorecards are compared leaf by leaf, whoever they are of."""

    def test_leaves_by_name(self) -> None:
        found = list(csv.DictReader(io.StringIO(call(*YEARS, "-f", "csv").out)))
        told = {(r["code_before"], r["code_after"]): r for r in found}
        leaf = told["2.1", "1.1"]
        assert (leaf["change"], leaf["points_change"]) == ("0", "")
        assert (leaf["from_unit"], leaf["from_maxima"]) == ("0", "-5")
        assert [key for key, r in told.items() if r["comparable"] == "false"] == [
            ("", "2.2"),
            ("1.2", ""),
        ]

    def test_the_split_of_the_areas_is_the_change(self) -> None:
        [found] = json.loads(call(*YEARS, "-f", "json").out, parse_float=Decimal)["comparisons"]
        [unit] = found["units"]
        areas = [e for e in unit["criteria"] if "." not in (e["code_after"] or e["code_before"])]
        parts = sum(each["from_unit"] + each["from_maxima"] for each in areas)
        assert abs(parts - unit["change"]) < Decimal("1e-9")

    def test_other_units_and_years(self) -> None:
        out = call("compare", LANG_SON, EXAMPLE, "--depth", "0").out
        assert "Lạng Sơn | Sóc Trăng       67.87       78.35  +10.48" in out
        assert "Lạng Sơn | Sóc Trăng beside the means" not in out
        assert "Comparison 2016 – 2018" in out

    def test_one_file_twice_changes_nothing(self) -> None:
        [unit, *areas] = rows(EXAMPLE, EXAMPLE)
        assert {each["change"] for each in (unit, *areas)} == {"0"}
        assert {each["points_change"] for each in areas} == {"0"}

    def test_the_names_of_files_tell_sides_of_one_year_apart(self) -> None:
        out = call("compare", "examples/soc-trang-2018.yaml", "-", given=Path(EXAMPLE).read_text("utf-8")).out  # fmt: skip
        assert "Comparison soc-trang-2018 – -" in out

    def test_an_index_of_another_scheme_is_not_held_against_the_national_mean(
        self, tmp_path: Path
    ) -> None:
        scheme = tmp_path / "scheme.yaml"
        scheme.write_text("id: example-x\ntitle: {vi: X}\nstatus: example\nlevel: province\nyears: [2022, 2023]\nmax: 100\n", encoding="utf-8")  # fmt: skip
        files = [table(tmp_path, str(year), year, ("Huế", "80")) for year in (2022, 2023)]
        assert "beside the means" in call("compare", *files, "--depth", "0").out
        out = call("compare", *files, "--depth", "0", "--scheme", str(scheme)).out
        assert ("80.00" in out, "beside the means" in out) == (True, False)

    def test_not_known_in_full(self) -> None:
        ran = call("compare", "examples/small-2024.yaml", "examples/small-2024.yaml", "--scheme", "examples/small-scheme.yaml")  # fmt: skip
        assert "No index is known of: Sở Ví dụ examples/small-2024.yaml (56.55–86.55 %)." in ran.out


class TestManyUnits:
    """Units of two files are paired by who they are; ranks are computed, by a stated rule."""

    BEFORE = (("Hà Nội", "80"), ("Huế", "81"), ("Sóc Trăng", "70"), ("Long An", "60"))
    AFTER = (("Hanoi", "82"), ("Thừa Thiên Huế", "81"), ("Sóc Trăng", "82"), ("Cà Mau", "90"))

    @pytest.fixture
    def files(self, tmp_path: Path) -> tuple[str, str]:
        return (
            table(tmp_path, "one", 2022, *self.BEFORE),
            table(tmp_path, "other", 2023, *self.AFTER),
        )

    def test_pairs(self, files: tuple[str, str]) -> None:
        found = {r["unit"]: (r["change"], r["rank_before"], r["rank_after"]) for r in rows(*files)}
        assert found == {
            "Hà Nội": ("2", "2", "2"),
            "Sóc Trăng": ("12", "3", "2"),
            "Thừa Thiên Huế": ("0", "1", "4"),
        }

    def test_statistics(self, files: tuple[str, str]) -> None:
        out = call("compare", *files).out
        assert "2023, of these 3: mean 81.67, median 82.00, highest 82.00, lowest 81.00, 2 above the mean." in out  # fmt: skip
        assert "Index: 2 up, 0 down, 1 unchanged." in out
        assert "Ranked by the exact index: equal units share a rank" in out
        assert "Most places down: Thừa Thiên Huế -3" in out

    def test_a_region_known_in_full_is_computed(self, tmp_path: Path) -> None:
        highlands = ("Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng")
        files = [table(tmp_path, str(y), y, *[(u, str(y - 1942)) for u in highlands]) for y in (2022, 2023)]  # fmt: skip
        [found] = json.loads(call("compare", *files, "-f", "json").out)["comparisons"]
        [mean] = [each for each in found["means"] if each["region"] == "TN"]
        assert (mean["before"], mean["after"], mean["origin"], mean["count"]) == (80, 81, "computed", 5)  # fmt: skip

    def test_both_ends(self, tmp_path: Path) -> None:
        names = [f"Sở {letter}" for letter in "ABCDEFGHIK"]
        files = []
        for year in (2022, 2023):
            file = Path(table(tmp_path, str(year), year, *[(n, str(90 - i)) for i, n in enumerate(names)]))  # fmt: skip
            text = file.read_text("utf-8").replace("province", "department")
            file.write_text(text, encoding="utf-8")
            files.append(str(file))
        scheme = tmp_path / "scheme.yaml"
        scheme.write_text("id: example-x\ntitle: {vi: X}\nstatus: example\nlevel: department\nyears: [2022, 2023]\nmax: 100\n", encoding="utf-8")  # fmt: skip
        out = call("compare", *files, "--scheme", str(scheme)).out
        assert (
            "Highest of these in 2023: Sở A 90.00, Sở B 89.00, Sở C 88.00, Sở D 87.00, Sở E 86.00."
            in out
        )
        assert "Lowest of these in 2023: Sở F 85.00," in out

    def test_a_unit_that_stands_twice_is_refused(self, tmp_path: Path) -> None:
        one = table(tmp_path, "one", 2022, ("Huế", "80"))
        Path(one).write_text(Path(one).read_text("utf-8") + "Hue,2022,province,,81\n", "utf-8")
        ran = call("compare", one, one)
        assert (ran.code, ran.out) == (2, "")
        assert "P107" in ran.err


class TestMixed:
    """A year beside a file: only the units of the file, by printed ranks."""

    def test_year_and_file(self) -> None:
        [unit] = rows("2017", "seeds/soc-trang-2018.yaml", "--depth", "0")
        assert (unit["unit"], unit["rank_before"], unit["rank_after"]) == ("Sóc Trăng", "46", "24")

    def test_file_and_year(self) -> None:
        [unit] = rows(EXAMPLE, "2023", "--depth", "0")
        assert (unit["index_before"], unit["index_after"]) == ("78.35", "81.70")


class TestAgainstTheTrend:
    """Index up and rank down is said in words, with what the mean did; no cause is claimed."""

    def test_a_mean_that_changed_less_shows_nothing_of_the_others(self) -> None:
        out = call("compare", "2023", "2024", "--unit", "Hòa Bình").out
        assert "Hòa Bình: the index rose by 1.42, but the rank fell by 2 places." in out
        assert "The mean of" not in out
        assert "others" not in call("compare", "2017", "2018", "--unit", "Sơn La").out
        assert "Northern Midlands and Mountains  87.72     -0.96  88.20     -0.02   +0.48" in out

    @pytest.mark.parametrize(
        ("indexes", "ranks", "said"),
        [
            (("86.00", "87.00"), (9, 12), "The mean of all units rose by 1.39, which is more."),
            (("86.00", "85.00"), (12, 9), "but the rank rose by 3 places"),
            (("86.00", "87.00"), (12, 9), None),
        ],
    )
    def test_own_figures(
        self, tmp_path: Path, indexes: tuple[str, str], ranks: tuple[int, int], said: str | None
    ) -> None:
        own = tmp_path / "own.csv"
        lines = [f"{2023 + n},Cà Mau,{indexes[n]},{ranks[n]},me" for n in (0, 1)]
        own.write_text("\n".join(["year,unit,index,rank,source", *lines, ""]), encoding="utf-8")
        out = call("compare", "2023", "2024", "--unit", "ca mau", "--data", str(own)).out
        assert (said in out) if said else ("but the rank" not in out)

    def test_who_passed_whom_is_counted_among_known_ranks(self) -> None:
        out = call("compare", "2023", "2024").out
        assert "Of the 11 others with a rank in both, it passed 0, and 3 passed it." in out

    def test_a_mean_of_those_compared_is_called_so(self, tmp_path: Path) -> None:
        before = table(tmp_path, "old", 2023, ("Huế", "80"), ("Hà Nội", "79"), ("Cà Mau", "70"))
        after = table(tmp_path, "new", 2024, ("Huế", "81.5"), ("Hà Nội", "90"), ("Cà Mau", "71"))
        out = call("compare", before, after).out
        assert "Of the 2 others with a rank in both, it passed 0, and 1 passed it." in out
        assert "The mean of those compared rose by 4.50, which is more." in out


class TestNothingKnown:
    """Of what was asked for and is not known it is said that it is not."""

    @pytest.mark.parametrize(
        ("units", "said"),
        [
            (("Điện Biên",), ["Điện Biên are known of 2018; there are of: 2014–2017, 2023–2024."]),
            (("Bắc Giang",), [f"Bắc Giang are known of {year}; there" for year in (2017, 2018)]),
            (("Bắc Giang", "Sơn La"), ["Bắc Giang are known of 2018; there are of: 2020–2023."]),
        ],
    )
    def test_said(self, units: tuple[str, ...], said: list[str]) -> None:
        options = [word for unit in units for word in ("--unit", unit)]
        out = call("compare", "2017", "2018", *options).out
        assert [each for each in said if f"No figures of {each}" not in out] == []

    def test_nothing_is_said_of_what_is_known(self) -> None:
        assert "No figures" not in call("compare", "2017", "2018", "--unit", "Sơn La").out


class TestHalfFilled:
    """Beside a scorecard that is not full each side is named, and nothing unknown vanishes."""

    @pytest.fixture
    def card(self, tmp_path: Path) -> str:
        file = tmp_path / "card.yaml"
        head = "{unit: Hòa Bình, year: 2018, level: province, scheme: vn-province-2018, scores: "
        points = (8.12, 8.75, 11.2, 9.9, 10.75, 8.3, "unknown", 13.05)
        scores = ", ".join(f'"{code}": {each}' for code, each in enumerate(points, start=1))
        file.write_text(f"{head}{{{scores}}}}}", encoding="utf-8")
        return str(file)

    def test_same_year(self, card: str) -> None:
        """The maxima that a scheme has stand on both sides, also of what is not known there."""
        out = call("compare", card, "2018").out
        assert "No index is known of: Hòa Bình card (70.07–83.57 %), Hòa Bình 2018." in out
        seven, eight = (line.split() for line in out.splitlines() if line[:3] in ("7  ", "8  "))
        assert (
            seven[-9:]
            == ["administration", "–", "13.5", "–", "13.5", "48", "card:", "not", "yet", "known"][
                -9:
            ]
        )
        assert (
            eight[-8:]
            == ["13.05", "16.5", "79.09", "16.5", "–", "2018:", "not", "yet", "known"][-8:]
        )

    def test_year_without_figures(self, card: str) -> None:
        """One sentence, and no table."""
        ran = call("compare", card, "2019")
        told = "No figures of Hòa Bình are known of 2019; there are of: 2016–2018, 2020–2024."
        assert (ran.code, ran.out.splitlines()[1:]) == (0, [told])

    def test_what_a_year_lacks_is_not_incomparable(self) -> None:
        out = call("compare", "2018", "2019", "--unit", "Hòa Bình").out
        assert "No figures of Hòa Bình are known of 2019;" in out
        assert "not comparable" not in out

    def test_unknown_area(self, card: str) -> None:
        out = call("compare", "2017", card).out
        [row] = [line for line in out.splitlines() if line.startswith("7  ")]
        assert row.endswith("2018: not yet known")


class TestLibrary:
    """`parindex.compare`, `published` and `to_rows`: the same as the command line."""

    def test_results(self) -> None:
        [card] = parindex.read_scorecards(EXAMPLE)
        result = parindex.score(card)
        [pair] = parindex.compare(result, [result]).pairs
        assert (pair.change, len(pair.criteria)) == (0, 8)

    def test_published_rows(self) -> None:
        found = parindex.compare(parindex.published(2023, level="province"), parindex.published(2024, level="province"))  # fmt: skip
        assert (found.rank.known, found.rank.up) == (12, 8)

    def test_rows_of_two_years_are_no_side(self) -> None:
        with pytest.raises(parindex.InputError, match="P107"):
            parindex.compare(parindex.published(unit="Sóc Trăng"), [])

    def test_filters(self) -> None:
        [row] = parindex.published(year=2018, unit="soc trang", kind="sipas")
        assert (row.index, row.rank) == (Decimal(85), 25)
        with pytest.raises(parindex.InputError, match="P131"):
            parindex.published(unit="Xyz")

    def test_flat_rows(self) -> None:
        """What pandas and polars take: flat dicts of one set of keys and of plain values."""
        results = [parindex.score(card) for card in parindex.read_scorecards(EXAMPLE)]
        for things in (results, parindex.rank(results), parindex.published(2024), parindex.compare(results, results)):  # fmt: skip
            flat = parindex.to_rows(things)
            assert flat
            assert len({tuple(each) for each in flat}) == 1
            kinds = {type(value) for each in flat for value in each.values()}
            assert kinds <= {str, int, bool, Decimal, type(None)}

    def test_a_row_by_hand(self) -> None:
        [result] = map(parindex.score, parindex.read_scorecards(EXAMPLE))
        first, *_, last = parindex.to_rows(result)
        assert (first["code"], first["points"], first["year"]) == ("1", Decimal("7.93"), 2018)
        assert (last["code"], last["index"], last["complete"]) == (None, Decimal("78.35"), True)


class TestBadUsage:
    """Whatever cannot be compared is refused in words, with exit code 2."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ("-", "-"),
            ("2018", "2018"),
            ("no-such.yaml", EXAMPLE),
            (EXAMPLE, EXAMPLE, "--region", "Nowhere"),
            (EXAMPLE, EXAMPLE, "--unit", "Xyz"),
            (EXAMPLE, EXAMPLE, "--scheme", "tests"),
        ],
    )
    def test_refused(self, arguments: tuple[str, ...]) -> None:
        ran = call("compare", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err
