"""What stands in reports: the figures of `score`, and true sentences where little is known."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from parindex import load_scheme, read_scorecards, score
from parindex.analysis.areas import area_spreads
from parindex.analysis.losses import losses
from parindex.analysis.published_row import PublishedRow
from parindex.analysis.unit_figures import UnitFigures
from parindex.office.documents.markdown import render_report_markdown
from parindex.office.pages.areas import areas_page
from parindex.office.pages.lost import lost_page
from parindex.office.pages.standings import standings_page
from parindex.office.pages.unit import assessment_page
from parindex.office.reports.analysis import analysis
from parindex.office.reports.blocks import Report
from parindex.office.reports.plan import plan
from parindex.office.reports.self_assessment import self_assessment, staged
from parindex.office.reports.shown import shown
from parindex.published_figures.context import neighbours, published_context
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring.result import Result
from parindex.tables.score_data import score_data
from parindex.tables.table import Cell, Table
from parindex.values.exact import rounded
from parindex.values.language import LanguageCode, language
from tests.plan_support import cases
from tests.support import ROOT, area, card, scheme

SAY = language("en")


def whole(result: Result) -> tuple[Report, Report, Report]:
    """Every kind of document of one unit."""
    found = published_context(result, (), (), (), SAY)
    return self_assessment(result, SAY), analysis(found, SAY), plan(result, None, SAY)


def told(result: Result) -> str:
    """All of them as one text."""
    return "\n".join(render_report_markdown(each) for each in whole(result))


def column(sheet: Table, key: str) -> dict[Cell, Cell]:
    """The cells of a column by the code of the row, empty for the total."""
    if key not in sheet.keys:
        return {}
    at = sheet.keys.index(key)
    code = [each.key for each in sheet.columns].index("code")
    return {row[code]: row[at] for row in reversed(sheet.rows)}


def criteria(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from criteria(item["children"])


def two(item: dict[str, Any], key: str) -> Decimal | None:
    """A figure of the JSON of `score`, exact where it says so, with the digits that are printed."""
    value = item[key]
    return None if value is None else rounded(Fraction(item.get(f"{key}_exact") or value), 2)


class TestFigures:
    """Every figure of a document is that of `score`, rounded as it is printed."""

    @given(cases(leaves=8))
    def test_any_scorecard(self, case: tuple[Scheme, Scorecard]) -> None:
        made, filled = case
        self.same(score(filled, made))

    def test_eighty_nine_leaves(self) -> None:
        made = load_scheme(str(ROOT / "examples/schemes/departments-2024.yaml"))
        [filled] = read_scorecards(str(ROOT / "examples/departments-2024.yaml"), made)
        self.same(score(filled, made, "appraised"))

    def same(self, result: Result) -> None:
        data = score_data(result, 40)
        units = staged(result)
        [stage] = units.stages
        points = column(shown(assessment_page(units, "", SAY), SAY, keep=[stage]), stage)
        page = areas_page(units, None, SAY)
        areas = None if page is None else shown(page, SAY)
        for item in criteria(data["criteria"]):
            figure = two(item, "points")
            cell = points[item["code"]]
            assert cell in (figure, f"{figure} (incomplete)")
        assert areas is not None or all(item["points"] is None for item in data["criteria"])
        if areas is not None:
            percent, lost = column(areas, "percent"), column(areas, "lost")
            for item in [*data["criteria"], {**data, "code": ""}]:
                assert percent.get(item["code"]) == item["percent"]
                assert lost.get(item["code"]) == two(item, "lost")
        found = losses(result)
        if found.lost:
            assert lost_page(found, SAY).cells("lost")[-1] == two(data, "lost")
        for report in whole(result):
            text = render_report_markdown(report)
            if data["percent"] is not None:
                assert f"the index is {data['percent']} %" in text
            else:
                assert "the index is" not in text.replace("there is no index", "")


ONE = scheme(max="4", criteria=[area("1", "4")])
BANDS = {
    "years": [2024],
    "by": "percent",
    "steps": [{"name": "A", "from": "80"}, {"name": "B", "from": "0"}],
}
BONUS = scheme(
    adjustments=[
        {"id": "b", "kind": "bonus", "items": [area("T1", "1")]},
        {"id": "p", "kind": "penalty", "items": [area("P1", "1")]},
    ]
)
EDGES: dict[str, tuple[Scheme, dict[str, Any], dict[str, Any], tuple[str, ...]]] = {
    "one criterion": (ONE, {"1": "3"}, {}, ("reached 3.00 of 4.00 points; the index is 75.00 %",)),
    "nothing known": (ONE, {}, {}, ("Nothing is known yet of Thử in 2024.",)),
    "partial": (
        scheme(bands=[BANDS]),
        {"1": "4", "2": "unknown"},
        {},
        (
            "Not everything is known yet: 4.00 points of the 4.00 assessed, out of 10.00.",
            "The index lies between 40.00 % and 100.00 %",
            "The band is not known yet (it may be A or B). Thresholds: A",
            "| 2 | Tiêu chí 2 | 6.00 |  |",
        ),
    ),
    "an area does not apply": (
        scheme(),
        {"1": "4", "2": "not_applicable"},
        {},
        (
            "reached 4.00 of 4.00 points; the index is 100.00 %",
            "Of the 10.00 points of the scheme, 4.00 apply to this unit.",
            "0.00 points were lost.",
            "No points were lost.",
            "does not apply",
        ),
    ),
    "nothing applies": (
        ONE,
        {"1": "not_applicable"},
        {},
        ("Nothing of the scheme applies to this unit.",),
    ),
    "no evidence": (
        scheme(),
        {"1": "no_evidence", "2": "6"},
        {},
        ("| 1 | Tiêu chí 1 | 0.00 | no evidence |",),
    ),
    "bonus and penalty": (
        BONUS,
        {"1": "4", "2": "5", "T1": "0.5", "P1": "0.25"},
        {},
        (
            "reached 9.25 of 10.00 points; the index is 92.50 %",
            "The total contains: Bonus +0.50; Penalty -0.25 points.",
            "Bonus: +0.50 points, beside what was lost.",
        ),
    ),
    "no maximum": (
        scheme(max=None, criteria=[area("1", None), area("2", "6")], complete=False),
        {"2": "5"},
        {},
        ("The points known so far are 5.00.", "so that there is no index."),
    ),
    "a total only": (
        scheme(),
        {},
        {"total": Decimal("8.5")},
        (
            "reached 8.50 of 10.00 points; the index is 85.00 %",
            "1.50 points were lost.",
            "It is not known which criteria lost points.",
        ),
    ),
    "no offices": (scheme(), {"1": "3", "2": "6"}, {}, ("The scheme names no lead offices.",)),
    "no bands": (scheme(), {"1": "3", "2": "6"}, {}, ("The bands of 2024 are not known.",)),
    "an example": (
        scheme(),
        {"1": "3", "2": "6"},
        {},
        ("The scheme is an example and not official: so is this document.",),
    ),
    "no documents": (
        scheme(),
        {"1": "3", "2": "6"},
        {},
        ("The scorecard names no documents.",),
    ),
}


class TestEdges:
    """Whatever is known of a unit, its documents say what is true of it and no more."""

    @pytest.mark.parametrize("name", EDGES)
    def test_sentences(self, name: str) -> None:
        made, scores, fields, sentences = EDGES[name]
        text = told(score(card(scores, **fields), made))
        assert [each for each in sentences if each not in text] == []

    @pytest.mark.parametrize("name", EDGES)
    def test_vietnamese_has_no_decimal_point(self, name: str) -> None:
        made, scores, fields, _ = EDGES[name]
        result = score(card(scores, **fields), made)
        say = language("vi")
        for report in (self_assessment(result, say), plan(result, None, say)):
            figures = re.findall(r"[0-9]\.[0-9]{2}\b", render_report_markdown(report))
            assert figures == []

    def test_an_index_beside_the_par_index_has_its_own_name(self) -> None:
        service = load_scheme("vn-766-service-index")
        result = score(card({}, year=2026, unit="Thử"), service)
        assert "Service index of decision 766" in self_assessment(result, SAY).title
        assert "Only a part of the scheme is known" in told(result)


class TestAreas:
    """The areas of several units: means over those known, and all who share the ends."""

    def test_spread(self) -> None:
        units = [
            score(card({"1": one, "2": "6"}, unit=unit), scheme())
            for unit, one in (("A", "4"), ("B", "1"), ("C", "unknown"), ("D", "1"))
        ]
        first, second = area_spreads(units)
        assert (first.count, first.mean, first.best, first.worst) == (3, 50, ("A",), ("B", "D"))
        assert (second.count, second.highest, second.lowest) == (4, 100, 100)

    def test_no_spread_of_one_unit_or_of_several_schemes(self) -> None:
        one, other = (score(card({"1": "4"}), scheme(id=id_)) for id_ in ("example-a", "example-b"))
        assert area_spreads([one]) == ()
        assert area_spreads([one, other]) == ()


class TestNeighbours:
    """Up to three units right above and below, by the exact index."""

    @pytest.mark.parametrize(
        ("own", "others", "near"),
        [
            (50, [90, 80, 70, 60, 40, 30, 20, 10], [80, 70, 60, 50, 40, 30, 20]),
            (90, [80, 70], [90, 80, 70]),
            (50, [50, 60], [60, 50, 50]),
            (50, [], []),
            (50, [None], []),
            (None, [60], []),
        ],
    )
    def test_near(self, own: int | None, others: list[int | None], near: list[int]) -> None:
        def at(index: int | None) -> UnitFigures:
            return UnitFigures("U", 2024, percent=None if index is None else Fraction(index))

        found = neighbours(at(own), map(at, others))
        assert [each.percent for each in found] == near


class TestNeighboursAreMarked:
    """Among neighbours a figure that was worked out, or has a weak source, says so."""

    @pytest.mark.parametrize(
        ("lang", "said"),
        [("en", "worked out, or weak source"), ("vi", "suy ra, hoặc độ tin cậy thấp")],
    )
    def test_marked(self, lang: LanguageCode, said: str) -> None:
        say = language(lang)
        [read] = read_scorecards(ROOT / "examples/soc-trang-2018.yaml")
        result = score(read, load_scheme("vn-province-2018"))
        rows = [
            PublishedRow("result", 2018, "x", "Lào Cai", "province", index=Decimal("78.47"), list="63", confidence="derived"),
            PublishedRow("result", 2018, "x", "Hà Nội", "province", index=Decimal("83.98"), list="63"),
        ]  # fmt: skip
        found = published_context(result, (), (), rows, say)
        page = standings_page(found, say, found.near)
        assert page is not None
        at = page.keys.index("note"), page.keys.index("unit")
        assert {row[at[1]]: row[at[0]] for row in page.rows} == {
            "Hà Nội": None,
            "Lào Cai": said,
            "Sóc Trăng": None,
        }
