"""The seeds: figures that articles and decisions print are read, scored and found again."""

import re
import shlex
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml

from parindex.api import load_scheme, read_scorecards, score
from parindex.scorecard.scorecard import Period, Published
from parindex.scoring.result import Result
from parindex.values.counts import Tally, groups_of
from tests.support import ROOT, call

SEEDS = ROOT / "seeds"
SCHEMES = sorted((SEEDS / "schemes").glob("*.yaml"))
FILES = sorted([*SEEDS.glob("*.yaml"), *(SEEDS / "published").glob("*.yaml")])
NAMES = [file.relative_to(SEEDS).with_suffix("").as_posix() for file in FILES]
README = (SEEDS / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]
SUMS = [
    # unit, year, sum of the printed parts, printed total, finding
    ("Quảng Ninh", 2020, "91.05", "91.04", "P402"),
    ("Hải Phòng", 2020, "90.51", "90.51", None),
    ("Thừa Thiên Huế", 2020, "88.47", "88.47", None),
    ("Bình Dương", 2020, "86.93", "86.93", None),
    ("Đồng Tháp", 2020, "86.76", "86.77", "P402"),
    ("Đà Nẵng", 2020, "86.56", "86.56", None),
    ("Long An", 2020, "86.25", "86.25", None),
    ("Hà Nội", 2020, "86.07", "86.07", None),
    ("Bà Rịa - Vũng Tàu", 2020, "86.02", "86.02", None),
    ("Phú Thọ", 2020, "85.73", "85.74", "P402"),
    ("Lào Cai", 2019, "82.85", "82.85", None),
    ("Lào Cai", 2013, "83.32", "83.32", None),
    ("Lạng Sơn", 2018, "77.25", "77.25", None),
    ("Ninh Thuận", 2022, "85.79", "85.78", "P402"),
    ("Hòa Bình", 2023, "87.89", "86.89", "P401"),
    ("Bắc Giang", 2021, "88.64", "88.65", "P402"),
]


def schemes_named(file: Path) -> list[str]:
    """The id of the scheme of each document of a file."""
    documents = yaml.safe_load_all(file.read_text(encoding="utf-8"))
    return [document["scheme"] for document in documents]


def counts(result: Result) -> list[str]:
    """Every raw count of a scorecard, those that stand alone first."""
    return [
        str(tally) for _, group in groups_of(result.scorecard.counts) for tally in group.values()
    ]


def own_scheme(id_: str) -> Path | None:
    """The file of a scheme of the seeds' own; None for one of the catalog."""
    return next((file for file in SCHEMES if file.stem == id_), None)


@cache
def results(name: str) -> tuple[Result, ...]:
    """The results of a file of the seeds, each by the scheme that its scorecard names."""
    file = SEEDS / f"{name}.yaml"
    ids = schemes_named(file)
    schemes = {id_: load_scheme(own_scheme(id_) or id_) for id_ in ids}
    cards = {id_: read_scorecards(file, scheme) for id_, scheme in schemes.items()}
    return tuple(score(cards[id_][n], schemes[id_]) for n, id_ in enumerate(ids))


def printed(result: Result) -> Published:
    """What the source of a scorecard prints."""
    assert result.scorecard.published is not None
    return result.scorecard.published


def found(result: Result) -> list[str]:
    return [finding.code for finding in result.findings]


class TestEveryFile:
    """Every file is read and scored by the schemes that it names, and names its source."""

    @pytest.mark.parametrize("name", NAMES)
    def test_read_and_scored(self, name: str) -> None:
        scored = results(name)
        assert [result.scheme.id for result in scored] == schemes_named(SEEDS / f"{name}.yaml")
        assert all(
            result.scorecard.source and (result.scorecard.counts or printed(result))
            for result in scored
        )
        assert all(result.scorecard.level in (None, result.scheme.level) for result in scored)

    @pytest.mark.parametrize("name", [name for name in NAMES if "/" not in name])
    def test_the_articles_agree_with_themselves(self, name: str) -> None:
        assert [found(result) for result in results(name) if result.findings] == []

    @pytest.mark.parametrize("name", NAMES)
    def test_from_the_command_line(self, name: str) -> None:
        file = SEEDS / f"{name}.yaml"
        ids = schemes_named(file)
        own = {str(scheme) for id_ in ids if (scheme := own_scheme(id_)) is not None}
        options = [word for scheme in sorted(own) for word in ("--scheme", scheme)]
        ran = call("score", str(file), "--format", "ndjson", *options)
        assert (ran.code, len(ran.out.splitlines())) == (0, len(ids))

    @pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
    def test_schemes_of_the_seeds_are_sound_and_used(self, file: Path) -> None:
        scheme = load_scheme(file)
        assert (scheme.id, scheme.max) == (file.stem, None)
        assert scheme.status in ("fragment", "example")
        assert any(scheme.id in schemes_named(seed) for seed in FILES)

    def test_the_readme_tells_of_every_file(self) -> None:
        names = [file.name for file in (*FILES, *SCHEMES)]
        assert [name for name in names if name not in README] == []

    @pytest.mark.parametrize("command", COMMANDS)
    def test_commands_of_the_readme(self, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        program, *arguments = shlex.split(command)
        assert (program, call(*arguments).code) == ("parindex", 0)

    def test_there_are_files_and_commands(self) -> None:
        assert [len(FILES) >= 9, len(SCHEMES) >= 5, len(COMMANDS) >= 5] == [True, True, True]


class TestTayNinh2023:
    """Points ÷ the maximum that applies gives the printed percent and class.

    Where the edge between two classes is not known both are named.
    """

    ROWS = "published/tay-ninh-2023"

    def test_every_percent(self) -> None:
        rows = results(self.ROWS)
        assert [str(row.index) for row in rows] == [str(printed(row).index) for row in rows]
        assert len(rows) == 25
        assert [row for row in rows if row.findings] == []

    def test_seven_maxima_are_reduced(self) -> None:
        reduced = [r for r in results(self.ROWS) if r.total.applicable_max != 100]
        assert len(reduced) == 7
        assert {row.total.applicable_max for row in reduced} == {Fraction("71.5"), Fraction("96.5")}

    def test_classes_where_the_edges_decide(self) -> None:
        decided = [row for row in results(self.ROWS) if row.band is not None]
        assert [row.band for row in decided] == [printed(row).band for row in decided]
        assert [row.band for row in decided] == ["Tốt"] * 17 + ["Kém"] + ["Tốt"] * 6

    def test_class_where_they_do_not(self) -> None:
        [row] = [row for row in results(self.ROWS) if row.band is None]
        assert (row.index, row.bands) == (Decimal("78.49"), ("Khá", "Trung bình"))
        assert printed(row).band == "Khá"


class TestHue2021:
    """The rank by the exact index is the printed one, down to the third decimal."""

    ROWS = "published/hue-2021"

    def test_every_total(self) -> None:
        rows = results(self.ROWS)
        assert [str(row.index) for row in rows] == [str(printed(row).index) for row in rows]
        assert len(rows) == 21
        assert [row for row in rows if row.findings] == []

    def test_every_rank(self) -> None:
        rows = results(self.ROWS)
        exact = [row.total.percent for row in rows if row.total.percent is not None]
        ranks = [1 + sum(other > index for other in exact) for index in exact]
        assert ranks == [printed(row).rank for row in rows] == list(range(1, 22))
        assert {printed(row).of for row in rows} == {len(rows)}

    def test_two_decimals_would_not_do(self) -> None:
        """Where the third decimal is cut off, two units share the 13th place."""
        by_unit = {row.scorecard.unit: str(row.index) for row in results(self.ROWS)}
        pair = by_unit["Sở Khoa học và Công nghệ"], by_unit["Sở Kế hoạch và Đầu tư"]
        assert pair == ("83.038", "83.034")
        assert len({index[:-1] for index in pair}) == 1


class TestComponents:
    """Printed parts give their exact sum; a printed total that differs from it is a finding.

    It is P402 where rounding explains the difference and P401 where it does not.
    """

    @pytest.mark.parametrize(("number", "row"), list(enumerate(SUMS)))
    def test_sum_and_verdict(self, number: int, row: tuple[str, int, str, str, str | None]) -> None:
        unit, year, total, published, code = row
        result = results("published/components")[number]
        assert (result.scorecard.unit, result.scorecard.year) == (unit, year)
        assert (result.basis, result.total.points) == ("parts", Fraction(total))
        assert (str(result.index), str(printed(result).index)) == (total, published)
        assert found(result) == ([] if code is None else [code])

    def test_every_row_is_expected(self) -> None:
        assert len(results("published/components")) == len(SUMS) == 16


class TestSocTrang2018:
    """Article 003: eight areas, the index, the band, and counts that add up."""

    def test_index_and_band(self) -> None:
        [result] = results("soc-trang-2018")
        assert (str(result.index), result.band, found(result)) == ("78.35", "B", [])
        assert (printed(result).rank, printed(result).of) == (24, 63)

    def test_counts(self) -> None:
        [result] = results("soc-trang-2018")
        figures, group = printed(result).figures, result.scorecard.counts["procedures"]
        assert isinstance(group, dict)
        kinds = [group[kind].number for kind in ("new", "amended", "abolished")]
        assert sum(kinds) == group["all"].number == 1649
        assert int(figures["rank_2017"]) - 24 == int(figures["rank_move"]) == 22


class TestLangSon2016:
    """Article 002: a total and a rank, under a scheme of which only the total is known."""

    def test_figures(self) -> None:
        [result] = results("lang-son-2016")
        assert (result.basis, str(result.index), found(result)) == ("total", "67.87", [])
        assert result.total.lost == Fraction("32.13")
        assert (printed(result).rank, printed(result).of) == (52, 63)

    def test_the_band_below_70_is_not_known(self) -> None:
        [result] = results("lang-son-2016")
        assert (result.bands, result.band) == ((None,), None)


class TestDienBien2017:
    """Article 004: a rank without points scores nothing, and is kept with the counts."""

    def test_nothing_is_scored(self) -> None:
        for result in results("dien-bien-2017"):
            total = result.total
            assert (total.state, total.points, result.index) == ("unknown", None, None)
            assert (total.low, total.high, result.band, found(result)) == (0, 100, None, [])

    def test_figures_of_2017(self) -> None:
        published = printed(results("dien-bien-2017")[0])
        assert (published.rank, published.of) == (24, 63)
        assert published.figures == {"rank_move": "18", "dossiers_on_time": "100%"}
        assert counts(results("dien-bien-2017")[0]) == ["over 33300"]

    def test_figures_of_half_of_2018(self) -> None:
        result = results("dien-bien-2017")[1]
        assert str(result.scorecard.period and result.scorecard.period.end) == "2018-06-30"
        first, procedures = counts(result)[:3], counts(result)[3:]
        assert first == ["nearly 30", "over 40", "nearly 30"]
        assert procedures == ["over 600", "over 370", "over 80", "nearly 150"]
        assert len(printed(result).figures) == 2


class TestBaRiaVungTau2017:
    """Article 000: highest and lowest of four groups, points without any maximum."""

    POINTS = (
        ("department", "Sở Công thương", "76.5", "Sở Ngoại vụ", "59"),
        ("central-agency", "Cục Hải quan tỉnh", "76.75", "Công an tỉnh", "67"),
        ("district", "huyện Long Điền", "73.5", "huyện Côn Đảo", "65.75"),
        ("commune", "xã Tam Phước", "76.75", "xã Phước Hòa", "58.5"),
    )

    @pytest.mark.parametrize("row", POINTS, ids=lambda row: row[0])
    def test_points_of_a_group(self, row: tuple[str, str, str, str, str]) -> None:
        level, *expected = row
        of_level = [r for r in results("ba-ria-vung-tau-2017") if r.scorecard.level == level]
        first, last = of_level
        told = [f"{text}" for r in of_level for text in (r.scorecard.unit, r.scorecard.total)]
        assert told == expected
        assert [printed(r).figures["place_in_group"] for r in of_level] == ["highest", "lowest"]
        assert (first.total.points or 0) > (last.total.points or 0)
        assert first.scorecard.group == last.scorecard.group == first.scheme.group

    def test_no_percent_without_a_maximum(self) -> None:
        every = results("ba-ria-vung-tau-2017")
        assert len(every) == 8
        assert {(r.index, r.total.lost, r.bands) for r in every} == {(None, None, ())}
        assert [found(result) for result in every] == [[]] * 8

    def test_counts_of_the_province(self) -> None:
        [result] = results("ba-ria-vung-tau-province-2017")
        assert (result.total.state, result.index) == ("unknown", None)
        assert " ".join(counts(result)) == "16 34 53 1636 18 4 3 5 10"


class TestDakLak2023:
    """Article 001: shares from raw counts within the year, and no index made of them."""

    def test_shares(self) -> None:
        [result] = results("dak-lak-2023")
        online, on_time = result.node("online-services"), result.node("on-time")
        assert online.percent == Fraction(23400, 543)
        assert online.percent is not None
        assert str(result.printed(online.percent)) == "43.09"
        assert on_time.percent == Fraction("98.23")
        assert found(result) == []

    def test_no_index(self) -> None:
        [result] = results("dak-lak-2023")
        assert (result.scheme.status, result.index, result.bands) == ("example", None, ())

    def test_period_and_counts(self) -> None:
        [result] = results("dak-lak-2023")
        period = result.scorecard.period
        assert isinstance(period, Period)
        assert (str(period.start), str(period.end)) == ("2023-01-01", "2023-09-30")
        assert printed(result).figures["dossiers_to"] == "2023-09-15"
        assert result.scorecard.scores["on-time"].counts == {"settled": Tally(694611)}
        assert counts(result) == ["45", "218", "31", "13"]
