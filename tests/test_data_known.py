"""What is known of each year, what follows from it, and what it rests on."""

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace

from parindex.analysis.published_row import PublishedRow
from parindex.published_figures.bounds import Bounds, bounds
from parindex.published_figures.published_tables import known, load_published, scheme_of
from parindex.published_figures.sources import is_copy
from parindex.published_figures.summary import summary
from parindex.scheme.catalog import load_scheme
from parindex.values.exact import rounded
from tests.support import call, run
from tests.test_data import row

ROWS = load_published()
KNOWN = known(ROWS)
AMOUNT = re.compile(r"(\d+(?:\.\d+)?) of [^;]*? ([+−]) (\d+(?:\.\d+)?)")
MOVE = re.compile(r"rank (\d+)[^;]*? ([+−]) (\d+) places?")


def of(unit: str, year: int, kind: str = "result") -> PublishedRow:
    """All that is known of a province in a year."""
    [found] = [r for r in KNOWN if (r.unit, r.year, r.kind) == (unit, year, kind)]
    return found


def worked_out(pattern: re.Pattern[str], note: str) -> list[Decimal]:
    """What the sums of a note come to."""
    found = pattern.findall(note)
    return [Decimal(a) + Decimal(b) * (1 if sign == "+" else -1) for a, sign, b in found]


class TestYears:
    """What the tables know of a year is what was read of it, and whole years say so."""

    def test_all_ministries_of_2023(self) -> None:
        found = [r for r in KNOWN if (r.kind, r.level, r.year) == ("result", "ministry", 2023)]
        assert sorted(r.rank or 0 for r in found) == list(range(1, 18))
        figures = [Fraction(r.index) for r in found if r.index is not None]
        assert rounded(sum(figures, Fraction()) / len(figures), 2) == Decimal("84.38")
        printed = [r.value for r in ROWS if (r.year, r.level, r.code) == (2023, "ministry", "average_index")]  # fmt: skip
        assert set(printed) == {Decimal("84.38")}

    def test_parts_of_all_ministries_of_2023(self) -> None:
        parts = [r for r in ROWS if (r.kind, r.level, r.year) == ("part", "ministry", 2023)]
        assert len(parts) == 2 * 17

    def test_both_years_of_the_first_comparison(self) -> None:
        document = json.loads(call("compare", "2017", "2018", "--format", "json").out)
        units = document["comparisons"][0]["units"]
        both = [u["unit"] for u in units if u["index_before"] and u["index_after"]]
        assert both == ["Quảng Ninh", "Sơn La", "Tiền Giang"]
        assert sum(bool(u["rank_before"] and u["rank_after"]) for u in units) >= 13

    def test_a_year_in_a_line(self) -> None:
        found = {each.year: each for each in summary(ROWS)}
        assert [*found] == list(range(2012, 2026))
        assert (found[2023].index, found[2023].rank, found[2023].any) == (23, 34, 35)
        assert (found[2023].ministries, found[2023].ministries_of) == (17, 17)
        assert (found[2025].any, found[2025].of) == (0, 34)

    def test_a_region_has_fewer(self) -> None:
        rows = [r for r in ROWS if r.region == "TN"]
        [year] = [each for each in summary(rows, "Tây Nguyên") if each.year == 2023]
        assert (year.index, year.rank, year.of) == (1, 5, 5)

    def test_nothing_known(self) -> None:
        assert summary([]) == []

    def test_in_every_format(self) -> None:
        out = {
            form: call("data", "list", "--summary", "-f", form).out
            for form in ("table", "csv", "json", "ndjson", "markdown")
        }
        rows = list(csv.DictReader(io.StringIO(out["csv"])))
        assert (rows[11]["year"], rows[11]["index"], rows[11]["sipas"]) == ("2023", "23", "14")
        document = json.loads(out["json"])
        assert document["format"] == "parindex-coverage-by-year/1"
        assert document["years"] == [json.loads(line) for line in out["ndjson"].splitlines()]
        for form in ("table", "markdown"):
            assert re.search(r"^.*2023 .*23 .*34 .*35 .*63 .*14 .*17 ", out[form], re.MULTILINE)

    def test_in_vietnamese(self) -> None:
        out = run("data", "list", "--summary", "--lang", "vi").out
        assert "Số liệu công bố đã biết, theo năm" in out


class TestDerived:
    """A figure that was worked out says from which others, and the sum is right."""

    ROWS = tuple(r for r in ROWS if r.confidence == "derived")

    def test_each_has_its_arithmetic(self) -> None:
        assert len(self.ROWS) > 100
        assert all(r.note for r in self.ROWS)

    def test_each_index_is_what_its_note_comes_to(self) -> None:
        told = [(r, worked_out(AMOUNT, r.note or "")) for r in self.ROWS if r.index is not None]
        checked = [(r, sums) for r, sums in told if sums]
        assert len(checked) > 35
        for r, sums in checked:
            slack = Decimal("0.05") if "one decimal" in (r.note or "") else 0
            assert any(abs(each - (r.index or 0)) <= slack for each in sums), r

    def test_each_rank_is_what_its_note_comes_to(self) -> None:
        told = [(r, worked_out(MOVE, r.note or "")) for r in self.ROWS if r.rank is not None]
        checked = [(r, sums) for r, sums in told if sums]
        assert len(checked) > 70
        for r, sums in checked:
            assert set(sums) == {r.rank}, r

    def test_nothing_else_is_worked_out(self) -> None:
        said = [r for r in ROWS if r.confidence != "derived" and "worked out" in (r.note or "")]
        assert said == []

    def test_people_read_it(self) -> None:
        out = call("data", "show", "--unit", "hà tĩnh", "--year", "2017", "--kind", "result").out
        assert "derived" in out
        assert "Hà Tĩnh 2017: rank 13 of 2018 + 4 places printed" in out

    def test_a_row_of_several_is_as_sure_as_the_least(self) -> None:
        rows = [row(index="80.00", source="a"), row(rank=3, source="b", confidence="derived", note="2 + 1")]  # fmt: skip
        [found] = known(rows)
        assert (found.confidence, found.note, found.source) == ("derived", "2 + 1", "a | b")

    def test_a_contradicted_figure_stays_so(self) -> None:
        rows = [row(index="80.00"), row(rank=3, doubt="contradicted")]
        assert [found.doubt for found in known(rows)] == ["contradicted"]

    def test_read_before_worked_out_before_weak(self) -> None:
        rows = [
            row(index=f"8{n}.00", confidence=each)
            for n, each in enumerate(("weak", "derived", "read"))
        ]
        assert [str(known(rows[:count])[0].index) for count in (1, 2, 3)] == [
            "80.00",
            "81.00",
            "82.00",
        ]


class TestSources:
    """No figure rests on a page that nobody would cite, but for those that no other prints."""

    @pytest.mark.parametrize(
        ("source", "refused"),
        [
            ("http://211.88.39.63/article/gb/tjsj/202106/549782.html", True),
            ("http://211.88.39.63:8080/a", True),
            ("http://[2001:db8::1]/a", True),
            ("http://[broken/a", True),
            ("https://www.vietmaz.com/2021/06/a/", True),
            ("https://shipbolt.vn/blog", True),
            ("http://ufabetindo.in/a.vnp", True),
            ("https://m.xosobinhdinh.org/a.html", True),
            ("http://s5mtd.98win35.win/705826", True),
            ("https://kuwin.example/a", True),
            ("https://en.baohoabinh.com.vn/5/9487/a.htm", False),
            ("https://sonoivu.yenbai.gov.vn:443/a", False),
            ("https://bet.example/a", False),
            ("Báo Lạng Sơn (LSO), 20/6/2017", False),
            ("", False),
        ],
    )
    def test_which_are_refused(self, source: str, refused: bool) -> None:
        assert is_copy(source) is refused

    def test_those_that_are_left(self) -> None:
        left = [r for r in ROWS if is_copy(r.source)]
        assert {r.confidence for r in left} == {"weak"}
        assert all((r.note or "").startswith("copy of ") for r in left)
        years = [(r.kind, r.year) for r in left]
        counts = {each: years.count(each) for each in sorted(set(years))}
        assert counts == {
            ("band-count", 2020): 3,
            ("figure", 2013): 1,
            ("figure", 2018): 3,
            ("part", 2020): 40,
            ("result", 2013): 4,
            ("result", 2014): 1,
            ("result", 2020): 11,
        }, "cite a newspaper or a portal instead"

    def test_no_other_source_prints_the_same(self) -> None:
        for copy in (r for r in ROWS if is_copy(r.source)):
            same = [r for r in ROWS if r.subject == copy.subject and r.confidence == "read"]
            for name in ("index", "points", "band", "count", "value"):
                figure = getattr(copy, name)
                others = [getattr(r, name) for r in same]
                assert figure is None or figure not in others, copy

    def test_a_source_is_an_address_or_a_name_with_a_date(self) -> None:
        named = {r.source for r in ROWS if not r.source.startswith(("http://", "https://"))}
        assert all(re.search(r"\d+/\d+/\d{4}$", each) for each in named), named

    def test_a_copy_that_names_no_publisher_is_weak(self) -> None:
        assert {r.confidence for r in ROWS if "no publisher" in r.source} == {"weak"}

    def test_they_are_counted(self) -> None:
        out = call("data", "list", "--format", "csv").out
        rows = list(csv.DictReader(io.StringIO(out)))
        assert sum(int(each["copies"]) for each in rows) == sum(is_copy(r.source) for r in ROWS)
        assert "rows rest on a copy" in call("data", "list").out
        assert "rows rest on a copy" not in call("data", "list", "--year", "2023").out

    def test_people_are_told(self) -> None:
        out = call("data", "show", "--unit", "Quảng Ninh", "--year", "2020", "--kind", "result").out
        assert "weak, copy" in out


def between(*rows: PublishedRow) -> list[tuple[str | None, str, str]]:
    """The bounds of rows, as text: unit, least, most."""
    return [
        (found.row.unit, str(found.low and float(found.low)), str(found.high and float(found.high)))
        for found in bounds(rows, lambda _: None)
    ]


class TestBounds:
    """An index that nobody prints lies between its neighbours by rank; that is no figure."""

    ANCHORS = (row("A", index="90.00", rank=25), row("B", index="80.00", rank=30))

    def test_between_the_nearest(self) -> None:
        far = row("C", index="95.00", rank=1), row("D", index="70.00", rank=63)
        assert between(*self.ANCHORS, *far, row("X", rank=26)) == [("X", "80.0", "90.0")]

    def test_one_side(self) -> None:
        assert between(*self.ANCHORS, row("X", rank=31)) == [("X", "None", "80.0")]
        assert between(*self.ANCHORS, row("X", rank=1)) == [("X", "90.0", "None")]

    def test_a_figure_that_lost_digits_bounds_less_closely(self) -> None:
        anchors = row("A", index="89.9", rank=25), row("B", index="80", rank=30)
        assert between(*anchors, row("X", rank=26)) == [("X", "79.0", "90.0")]

    def test_contradicted_figures_bound_nothing(self) -> None:
        doubted = replace(self.ANCHORS[0], doubt="contradicted")
        assert between(doubted, self.ANCHORS[1], row("X", rank=26)) == [("X", "80.0", "None")]
        assert between(*self.ANCHORS, row("X", rank=26, doubt="contradicted")) == []

    def test_other_years_and_lists_bound_nothing(self) -> None:
        assert between(*self.ANCHORS, row("X", 2019, rank=26), row("Y", rank=26, list="34")) == []

    def test_points_are_an_index(self) -> None:
        assert between(row("A", points="9", max="10", rank=1), row("X", points="8", max="10", rank=2)) == []  # fmt: skip

    def test_areas_and_sipas(self) -> None:
        [found] = [b for b in bounds(KNOWN, scheme_of) if (b.row.unit, b.row.year) == ("Đồng Nai", 2018)]  # fmt: skip
        assert (found.low, found.high) == (Fraction("76.66"), Fraction("81.16"))
        assert found.why == ("areas 66.12", "sipas 10.54/12")

    @staticmethod
    def hidden() -> Iterator[tuple[PublishedRow, Bounds]]:
        """Every printed index, with the bounds that hold if it is forgotten."""
        for one in KNOWN:
            if one.index is not None and one.rank is not None and one.doubt is None:
                race = [r for r in KNOWN if r.race == one.race and r is not one]
                blind = replace(one, index=None, points=None)
                if one.unit:
                    yield from (
                        (one, b) for b in bounds([*race, blind], lambda _: None) if b.row is blind
                    )

    def test_every_printed_index_lies_between_its_bounds(self) -> None:
        checked = 0
        for one, found in self.hidden():
            slack = Fraction(1, 10) if one.index is not None and one.index.as_tuple().exponent != -2 else 0  # fmt: skip
            figure = Fraction(one.index or 0)
            assert found.low is None or found.low <= figure + slack, one
            assert found.high is None or found.high >= figure - slack, one
            checked += 1
        assert checked > 150

    def test_no_bound_is_a_figure(self) -> None:
        out = call(
            "data", "show", "--year", "2017", "--kind", "result", "--bounds", "-f", "json"
        ).out
        document = json.loads(out)
        assert document["format"] == "parindex-bounds/1"
        [hanoi] = [r for r in document["rows"] if r["unit"] == "Hà Nội"]
        assert (hanoi["index"], hanoi["at_least"], hanoi["at_most"]) == (None, 84.52, 89.45)
        assert hanoi["bounded_by"] == "1 Quảng Ninh 89.45; 3 Đồng Nai 84.52"
        assert of("Hà Nội", 2017).index is None

    def test_of_one_unit_they_come_from_all(self) -> None:
        ran = call(
            "data", "show", "--unit", "hanoi", "--year", "2017", "--kind", "result", "--bounds"
        )
        assert "84.52" in ran.out
        assert "Hà Nội 2017: from 1 Quảng Ninh 89.45; 3 Đồng Nai 84.52." in ran.out

    def test_only_what_is_asked_for(self) -> None:
        ran = call("data", "show", "--year", "2018", "--region", "DNB", "--bounds", "-f", "csv")
        rows = list(csv.DictReader(io.StringIO(ran.out)))
        assert {r["region"] for r in rows if r["unit"]} == {"DNB"}
        assert any(r["unit"] == "Đồng Nai" and r["at_least"] == "76.66" for r in rows)

    def test_without_the_option_there_are_none(self) -> None:
        out = call("data", "show", "--year", "2017", "-f", "csv").out
        assert "at_least" not in out.splitlines()[0]


class TestFrames:
    """What a second source prints of a year's scheme is in the scheme."""

    @pytest.mark.parametrize(
        ("id_", "parts"),
        [
            ("vn-province-2017", {"appraised": "65.5", "survey": "34.5"}),
            ("vn-ministry-2017", {"appraised": "63.5", "survey": "36.5"}),
            ("vn-province-2018", {"appraised": "64.5", "survey": "35.5", "sipas": "12"}),
            ("vn-province-2020", {"appraised": "60.5", "sipas": "10", "socio_economic": "6"}),
            ("vn-province-2024", {"appraised": "68", "survey": "32"}),
        ],
    )
    def test_splits(self, id_: str, parts: dict[str, str]) -> None:
        found = {part.id: part for part in load_scheme(id_).partitions["origin"]}
        assert {name: found[name].maximum for name in parts} == {
            name: Fraction(each) for name, each in parts.items()
        }
        assert all(found[name].source for name in parts)

    @pytest.mark.parametrize(
        ("id_", "areas"),
        [
            ("vn-province-2017", {"3": "14.5", "5": "16", "6": "7", "8": "15.5"}),
            ("vn-province-2018", {"1": "9", "4": "12", "7": "13.5"}),
            ("vn-province-2022", {"2": "10", "3": "13", "4": "10.5"}),
            ("vn-province-2024", {"2": "10"}),
        ],
    )
    def test_maxima(self, id_: str, areas: dict[str, str]) -> None:
        scheme = load_scheme(id_)
        found = {code: scheme.by_code[code].maximum for code in areas}
        assert found == {code: Fraction(each) for code, each in areas.items()}

    def test_maxima_are_those_of_published_areas(self) -> None:
        printed = [(r, s) for r in ROWS if r.kind == "area" and r.max and (s := scheme_of(r))]
        assert len(printed) > 40
        for r, scheme in printed:
            maximum = scheme.by_code[r.code or ""].maximum
            assert maximum is None or maximum == Fraction(r.max or 0), r

    def test_what_is_not_printed_is_weak(self) -> None:
        assert load_scheme("vn-province-2024").by_code["2"].confidence == "weak"
        assert load_scheme("vn-province-2024").by_code["6"].maximum is None

    def test_numbers_of_bands_are_those_of_the_year(self) -> None:
        found = {
            (r.year, r.band): r.count
            for r in KNOWN
            if (r.kind, r.level, r.province) == ("band-count", "province", None)
        }
        assert [found[2018, band] for band in "ABCD"] == [9, 36, 15, 3]
        assert sum(found[2018, band] or 0 for band in "ABCD") == 63
        assert found[2023, "A"] == 7
