"""`trend`: figures over years; what is not known is a gap, and other things are never joined."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.analysis.published_row import PublishedRow
from parindex.office.charts.chart import Chart, Series
from parindex.office.charts.drawing import svg_alone
from parindex.office.charts.look import Size, alone
from parindex.office.charts.of_trend import MOST_LINES, trend_chart
from parindex.office.charts.telling import sources
from parindex.published_figures.trend import (
    Line,
    Trend,
    TrendWanted,
    shown_of,
    trend,
)
from parindex.tables.trend import BLOCKS, GAP, NEW_SCHEME, sparkline, trend_records, trend_table
from parindex.values.language import language
from tests.support import call, run

EN = language("en")
HOSTILE = "=1+1<b>[red]\x1b[31m|" + "dài" * 40


def row(unit: str, year: int, index: str | None, rank: int | None = None) -> PublishedRow:
    """A province's figures; the list is that of the year."""
    figure = None if index is None else Decimal(index)
    return PublishedRow(
        kind="result", year=year, source="x", unit=unit, level="province", index=figure, rank=rank, list="34" if year >= 2025 else "63"
    )  # fmt: skip


def of(*rows: PublishedRow, kind: str = "index") -> Trend:
    names = tuple(dict.fromkeys(each.unit or "" for each in rows))
    return trend(rows, shown_of(kind), TrendWanted(names))


def values(line: Line) -> list[str | None]:
    return [None if point.value is None else f"{float(point.value):g}" for point in line.points]


class TestLines:
    """A point for each year: a year without a figure has none, and no change is told across it."""

    def test_gaps(self) -> None:
        [line] = of(row("Lào Cai", 2018, "80"), row("Lào Cai", 2020, "82"), row("Lào Cai", 2021, "81")).lines  # fmt: skip
        assert values(line) == ["80", None, "82", "81"]
        assert [point.change for point in line.points] == [None, None, None, Fraction(-1)]

    def test_changes_of_scheme_follow_from_the_catalog(self) -> None:
        [line] = of(*(row("Lào Cai", year, "80") for year in range(2012, 2025))).lines
        changed = [point.year for point in line.points if point.new_scheme]
        assert changed == [2016, 2017, 2018, 2019, 2020, 2022, 2024]

    def test_sipas_is_of_no_scheme(self) -> None:
        [line] = parindex.trend("Quảng Ninh", "sipas").lines
        assert not any(point.new_scheme or point.scheme for point in line.points)

    def test_a_merged_province_is_another_one(self) -> None:
        """Whatever it is called; one whose territory stayed is the same."""
        found = of(row("Lào Cai", 2024, "80"), row("Lào Cai", 2025, "81"))
        assert [(line.list, values(line)) for line in found.lines] == [
            ("63", ["80", None]),
            ("34", [None, "81"]),
        ]
        assert trend_table(found, [], EN).cells("unit") == [
            "Lào Cai (until 2024)",
            "Lào Cai (from 2025 on)",
        ]
        [line] = of(row("Hà Nội", 2024, "80"), row("Hà Nội", 2025, "81")).lines
        assert values(line) == ["80", "81"]
        [line] = of(row("Thừa Thiên Huế", 2024, "80"), row("Huế", 2025, "81")).lines
        assert values(line) == ["80", "81"]

    def test_ranks_rise_when_they_get_smaller(self) -> None:
        rows = row("Lào Cai", 2020, "80", 9), row("Lào Cai", 2021, None, 4)
        [line] = of(*rows, kind="rank").lines
        assert line.points[1].change == 5

    def test_a_doubt_about_an_index_is_none_about_the_rank(self) -> None:
        weak = PublishedRow("result", 2020, "y", "Lào Cai", "province", index=Decimal(80), list="63", confidence="weak")  # fmt: skip
        [line] = of(weak, row("Lào Cai", 2020, None, 4), kind="rank").lines
        [point] = line.points
        assert point.row is not None
        assert (point.row.confidence, point.row.source) == ("read", "x")

    def test_order(self) -> None:
        """As they were named; where nobody was, the latest first, then the best."""
        rows = [row("Thừa Thiên Huế", 2024, "70", 2), row("Hà Nội", 2024, "80", 1)]
        rows.append(row("Cà Mau", 2023, "9"))
        found = trend(rows, shown_of("index"), TrendWanted(("cà mau", "hue", "Hanoi")))
        assert [line.unit for line in found.lines] == ["Cà Mau", "Thừa Thiên Huế", "Hà Nội"]
        found = trend(rows, shown_of("index"), TrendWanted())
        assert [line.unit for line in found.lines] == ["Hà Nội", "Thừa Thiên Huế", "Cà Mau"]


class TestAreas:
    """An area is followed only as long as its scheme calls it the same."""

    def test_another_name_is_another_area(self) -> None:
        rows = [
            PublishedRow("area", year, "x", "Lào Cai", "province", code="2", index=Decimal(80), list="63")
            for year in (2018, 2019, 2022, 2023)
        ]  # fmt: skip
        [line] = of(*rows, kind="area:2").lines
        assert [point.joined for point in line.known] == [True, True, False, True]
        assert [point.change for point in line.known] == [None, 0, None, 0]
        assert NEW_SCHEME in sparkline(line, (Fraction(0), Fraction(1)), falling=False)

    def test_areas_of_no_known_name_are_not_joined(self) -> None:
        rows = [
            PublishedRow("area", year, "x", "Lào Cai", "province", code="3", index=Decimal(80), list="63")
            for year in (2015, 2016, 2017)
        ]  # fmt: skip
        [line] = of(*rows, kind="area:3").lines
        assert [point.joined for point in line.known] == [True, False, False]

    @pytest.mark.parametrize("text", ["", "area", "area:", "area:x", "Index", "area:1.", HOSTILE])
    def test_other_kinds_are_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"^kind: expected index, rank, sipas or area:3"):
            parindex.trend("Lào Cai", text)
        ran = call("trend", "Lào Cai", "--kind", text)
        assert ran.code == 2
        assert "expected index, rank, sipas, or area:" in " ".join(ran.err.split())


class TestSparklines:
    """A block for each year; the lowest figure of all lines is the lowest block."""

    @given(st.lists(st.none() | st.integers(0, 100), min_size=1, max_size=12))
    def test_signs(self, figures: list[int | None]) -> None:
        rows = [row("Lào Cai", 2012 + at, str(each)) for at, each in enumerate(figures) if each is not None]  # fmt: skip
        for line in of(*rows).lines if rows else ():
            ends = min(p.value or 0 for p in line.known), max(p.value or 0 for p in line.known)
            text = sparkline(line, (Fraction(ends[0]), Fraction(ends[1])), falling=False)
            signs = text.replace(NEW_SCHEME, "")
            assert len(signs) == len(line.points)
            assert [sign == GAP for sign in signs] == [p.value is None for p in line.points]
            order = [BLOCKS.index(sign) for sign in signs if sign != GAP]
            found = [p.value or Fraction(0) for p in line.known]
            assert all((a <= b) or (x >= y) for a, x in zip(found, order, strict=True) for b, y in zip(found, order, strict=True))  # fmt: skip
            if ends[0] < ends[1]:
                assert {BLOCKS[0], BLOCKS[-1]} <= set(signs)

    def test_the_first_rank_is_the_highest(self) -> None:
        [line] = of(
            row("Lào Cai", 2012, None, 63), row("Lào Cai", 2013, None, 1), kind="rank"
        ).lines
        assert sparkline(line, (Fraction(1), Fraction(63)), falling=True) == "▁█"

    def test_a_scheme_is_marked_before_its_first_year(self) -> None:
        [line] = of(row("Lào Cai", 2015, "90"), row("Lào Cai", 2016, "70")).lines
        assert sparkline(line, (Fraction(70), Fraction(90)), falling=False) == "█┊▁"


class TestYears:
    """The axis goes from the first to the last year of the lines, or as far as was asked."""

    def test_bounds(self) -> None:
        rows = [row("Lào Cai", 2018, "80"), row("Hà Nội", 2014, "80"), row("Hà Nội", 2024, "80")]
        found = trend(rows, shown_of("index"), TrendWanted(("lao cai",)))
        assert list(found.years) == [2018]
        found = trend(rows, shown_of("index"), TrendWanted(("lao cai",), first=1000, last=2019))
        assert found.years == range(2014, 2020)
        found = trend(rows, shown_of("index"), TrendWanted(("lao cai",), first=2019))
        assert (found.lines, found.unknown) == ((), ("lao cai",))

    def test_from_after_to(self) -> None:
        ran = call("trend", "Huế", "--from", "2020", "--to", "2019")
        assert (ran.code, "the first year must not be after" in ran.err) == (2, True)
        with pytest.raises(ValueError, match=r"^first: "):
            parindex.trend("Huế", first=2020, last=2019)


class TestCommand:
    """`parindex trend`: the published figures of units over years."""

    def test_one_unit_has_a_line_for_each_year(self) -> None:
        ran = call("trend", "quang ninh", "--from", "2018", "--to", "2020")
        assert ran.code == 0
        assert ran.out.startswith("Trend of Quảng Ninh: index (%)\nYear  Index (%)  Change  Rank")
        assert "2019      90.09   +1.03        1        new scheme" in ran.out

    def test_several_units_have_a_line_each(self) -> None:
        ran = run("trend", "quang ninh", "mean", "--from", "2022", "--lang", "vi")
        lines = ran.out.splitlines()
        assert lines[1].split() == ["Đơn", "vị", "Diễn", "biến", "2022", "2023", "2024"]
        assert lines[2].split()[-3:] == ["90,10", "92,18", "91,49"]
        assert lines[3].split() == ["Trung", "bình", "(cấp", "tỉnh)", "▁▃┊▄", "84,79", "86,98", "88,37"]  # fmt: skip

    def test_ministries_and_their_mean(self) -> None:
        out = call("trend", "Bộ Tư pháp", "mean").out
        assert "Mean (ministry)" in out
        assert "vn-" not in out

    def test_unknown_unit(self) -> None:
        ran = call("trend", "Quang Nin", "Sóc Trăng")
        assert (ran.code, ran.out) == (2, "")
        assert "P131 no unit of this name is known (found: Quang Nin; did you mean: Quảng Ninh" in ran.err  # fmt: skip

    def test_unknown_region(self) -> None:
        ran = call("trend", "--region", "Nowhere")
        assert (ran.code, "P133" in ran.err) == (2, True)

    @pytest.mark.parametrize("form", ["table", "csv", "json", "ndjson", "markdown"])
    def test_nothing_is_known(self, form: str) -> None:
        ran = call("trend", "Lai Châu", "--kind", "area:7", "--format", form)
        assert ran.code == 0
        assert form not in ("table", "markdown") or "Nothing is known of it." in ran.out

    def test_what_is_known_of_one_only_is_told_of_the_other(self) -> None:
        out = call("trend", "Lai Châu", "Quảng Ninh", "--from", "2023").out
        assert "Nothing is known of: Lai Châu." in out

    def test_a_new_province_says_of_what_it_was_made(self) -> None:
        out = call("trend", "Tuyên Quang", "Quảng Ninh").out
        assert "Tuyên Quang was made of" not in out  # the years are those of before
        out = call("trend", "Lâm Đồng").out
        assert "Nothing is known of it." in out

    def test_region(self) -> None:
        found = json.loads(call("trend", "--region", "Tây Nguyên", "--format", "json").out)
        assert {line["unit"] for line in found["lines"]} <= {"Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng"}  # fmt: skip

    def test_json_has_nulls_where_nothing_is_known(self) -> None:
        found = json.loads(call("trend", "quang ninh", "--format", "json").out)
        [line] = found["lines"]
        assert (found["kind"], found["from"], found["to"]) == ("index", 2012, 2024)
        by_year = {each["year"]: each for each in line["figures"]}
        assert len(by_year) == 13
        assert (by_year[2013]["value"], by_year[2013]["source"]) == (None, None)
        assert (by_year[2018]["value"], by_year[2018]["new_scheme"]) == (89.06, True)

    def test_csv_has_a_row_for_each_year(self) -> None:
        text = call("trend", "quang ninh", "--kind", "rank", "--format", "csv").out
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [each["year"] for each in rows][:2] == ["2012", "2013"]
        assert [each["value"] for each in rows][:2] == ["19", ""]

    def test_two_sources_that_disagree_are_told(self) -> None:
        out = call("trend", "--format", "table").out
        assert "Another source says otherwise of: " in out

    def test_names_that_would_do_harm(self, tmp_path: Path) -> None:
        file = tmp_path / "own.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["year", "level", "province", "unit", "index", "source"])
            for year in (2023, 2024):
                name = HOSTILE.replace("\x1b", "")
                writer.writerow([year, "department", "Lào Cai", name, "80.5", "<script>"])
        asked = ("trend", "--level", "department", "--data", str(file), "--from", "2023")
        table = call(*asked)
        assert table.code == 0
        assert "=1+1<b>[red][31m|dài" in table.out
        assert "<b>" not in call(*asked, "--format", "markdown").out
        book = tmp_path / "x.xlsx"
        assert call(*asked, "-o", str(book)).code == 0
        assert book.stat().st_size > 1000
        shell = call("trend", "--", HOSTILE)
        assert (shell.code, "\x1b" in shell.err) == (2, False)

    def test_own_figures_win(self, tmp_path: Path) -> None:
        file = tmp_path / "own.csv"
        file.write_text(
            "year,level,unit,index,source\n2013,province,Quảng Ninh,81.5,my own\n", "utf-8"
        )
        out = call("trend", "quang ninh", "--data", str(file), "--to", "2014").out
        assert "2013       81.5" in out
        assert "own.csv" in out

    def test_in_a_process_of_its_own(self) -> None:
        ran = run("trend", "mean", "--from", "2016", "--to", "2016", "--lang", "vi")
        assert ran.code == 0
        assert "74,64" in ran.out


class TestApi:
    """`parindex.trend` gives the same lines as the command."""

    def test_trend(self) -> None:
        found = parindex.trend(["quang ninh", "mean"], first=2023)
        assert [line.unit for line in found.lines] == ["Quảng Ninh", None]
        rows = parindex.to_rows(found)
        assert len(rows) == len(list(trend_records(found))) == 2 * len(found.years)
        assert rows[0]["value"] == Decimal("92.18")
        assert repr(found) == "<Trend: index, 2 lines>"
        assert repr(found.lines[0]) == "<Line: Quảng Ninh, 2023–2024, 2 figures>"


class TestPicture:
    """A line for each unit; years without a figure, and other areas, are not joined."""

    @staticmethod
    def drawn(found: Trend) -> Chart:
        return trend_chart(found, EN)

    def test_gaps_and_marks(self) -> None:
        rows = [row("Lào Cai", year, str(year - 1940)) for year in (2014, 2015, 2017, 2018)]
        chart = self.drawn(of(*rows))
        assert chart.labels == ("2014", "2015", "2016", "2017", "2018")
        [series] = chart.series
        assert [value is None for value in series.values] == [False, False, True, False, False]
        assert [mark.at for mark in chart.marks] == [2, 3, 4]
        assert chart.title == "Trend of Lào Cai (until 2024): index (%)"

    def test_another_area_is_another_line(self) -> None:
        rows = [
            PublishedRow("area", year, "x", "Lào Cai", "province", code="2", index=Decimal(80), list="63")
            for year in (2021, 2022)
        ]  # fmt: skip
        chart = self.drawn(of(*rows, kind="area:2"))
        assert [series.values.count(None) for series in chart.series] == [1, 1]
        assert len({series.name for series in chart.series}) == 2

    def test_many_units(self) -> None:
        chart = self.drawn(parindex.trend())
        assert len(chart.series) == MOST_LINES
        assert any(note.startswith(f"Drawn are {MOST_LINES} of ") for note in chart.notes)

    @pytest.mark.parametrize("kind", ["index", "rank", "sipas", "area:3"])
    @pytest.mark.parametrize("ending", ["svg", "png", "html"])
    def test_files(self, kind: str, ending: str, tmp_path: Path) -> None:
        file, spec = tmp_path / f"a.{ending}", tmp_path / "a.json"
        ran = call(
            "trend", "quang ninh", "mean", "--kind", kind, "-o", str(file), "--spec", str(spec)
        )
        assert ran.code == 0, ran.err
        assert file.stat().st_size > 1000
        assert "vega-lite" in json.loads(spec.read_text("utf-8"))["$schema"]

    def test_nothing_is_known(self, tmp_path: Path) -> None:
        file = tmp_path / "a.svg"
        assert call("trend", "Lai Châu", "--kind", "area:7", "-o", str(file)).code == 0
        assert "No figure is known." in file.read_text("utf-8")


class TestSources:
    """A picture names first what can be cited: copies that nobody would cite come last."""

    def test_copies_last(self) -> None:
        found = sources(["https://ufabetindo.in/a", "https://vnexpress.net/b"], EN)
        assert found == "vnexpress.net; ufabetindo.in"


class TestFiguresOfAnOnlyLine:
    """Figures of an only line stand clear of one another at every size; the last and the ends of the range are told."""

    @pytest.mark.parametrize("size", ["page", "slide", "phone"])
    @pytest.mark.parametrize("count", [1, 2, 13, 40])
    @pytest.mark.parametrize("swing", [0, 1, 40])
    def test_apart(self, size: Size, count: int, swing: int) -> None:
        years = tuple(map(str, range(2000, 2000 + count)))
        values = tuple(Decimal(8000 + at * 7 + at % 3 * swing).scaleb(-2) for at in range(count))
        chart = Chart("lines", "x", years, (Series("Sóc Trăng", values),))
        look = alone(size)
        root = ET.fromstring(svg_alone(chart, "vi", look))  # noqa: S314 - our own
        told: list[tuple[float, float, str]] = []
        for group in root.iter("{http://www.w3.org/2000/svg}text"):
            if re.fullmatch(r"\d+,\d\d", group.text or ""):
                x, y = re.findall(r"-?[\d.]+", group.get("transform", ""))
                told.append((float(x), float(y), group.text or ""))
        texts = [text for _, _, text in told]
        say = language("vi")
        assert {say.number(each) for each in (values[-1], min(values), max(values))} <= {*texts}
        for (x, y, one), (x_, y_, other) in combinations(told, 2):
            wide = look.letters * 0.55 * (len(one) + len(other)) / 2
            assert abs(x - x_) >= wide or abs(y - y_) >= look.letters - 1, (one, other)
