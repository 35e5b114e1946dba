"""Bands: by printed figures, with closed, open and unknown edges, and with conditions."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.analysis.goal import Goal
from parindex.analysis.target import plan_target
from parindex.findings import InputError
from parindex.scheme.band import BandSet, BandStep
from parindex.scheme.proof import prove
from parindex.scoring import score
from parindex.tables.score import thresholds_text
from tests.rule_support import EN
from tests.support import area, card, scheme


def bands(*steps: dict[str, Any]) -> BandSet:
    return BandSet.model_validate({"years": [2018], "steps": steps})


NATIONAL = bands(
    {"name": "A", "from": "80"},
    {"name": "B", "from": "75"},
    {"name": "C", "from": "70"},
    {"name": "D", "from": "0"},
)
UNKNOWN = bands(
    {"name": "Tốt", "from": "80"}, {"name": "Khá"}, {"name": "Trung bình"}, {"name": "Kém"}
)
BETWEEN = bands(
    {"name": "Tốt", "above": "80"},
    {"name": "Khá"},
    {"name": "Trung bình", "from": "60"},
    {"name": "Kém", "from": "0"},
)
OPEN = bands({"name": "A", "above": "90"}, {"name": "B", "from": "70"})


class TestOne:
    """A figure is in the first band whose lower edge it reaches."""

    @pytest.mark.parametrize(
        ("band_set", "figure", "names"),
        [
            (NATIONAL, "80.00", ("A",)),
            (NATIONAL, "79.99", ("B",)),
            (NATIONAL, "70", ("C",)),
            (NATIONAL, "0", ("D",)),
            (OPEN, "90", ("B",)),
            (OPEN, "90.01", ("A",)),
            (OPEN, "69.99", (None,)),
            (UNKNOWN, "80", ("Tốt",)),
            (UNKNOWN, "78.49", ("Khá", "Trung bình", "Kém", None)),
            (BETWEEN, "78.49", ("Khá", "Trung bình")),
            (BETWEEN, "49.07", ("Kém",)),
        ],
    )
    def test_of(self, band_set: BandSet, figure: str, names: tuple[str | None, ...]) -> None:
        assert band_set.of(Decimal(figure)) == names


class TestRange:
    """A range reaches every band from its highest to its lowest figure."""

    @pytest.mark.parametrize(
        ("low", "high", "names"),
        [
            ("76", "79", ("B",)),
            ("69", "81", ("A", "B", "C", "D")),
            ("74", "75", ("B", "C")),
        ],
    )
    def test_between(self, low: str, high: str, names: tuple[str, ...]) -> None:
        assert NATIONAL.between(Decimal(low), Decimal(high)) == names

    def test_below_all_known_edges_there_may_be_another(self) -> None:
        assert OPEN.between(Decimal(60), Decimal(95)) == ("A", "B", None)


ASKED = bands(
    {"name": "A", "from": "80", "where": {"1": "2", "2": "50%"}},
    {"name": "B", "from": "60", "where": {"1": "1"}},
    {"name": "C", "from": "50"},
    {"name": "D", "from": "0"},
)
GAP = bands(
    {"name": "A", "above": "80"},
    {"name": "B", "from": "60", "below": "80"},
    {"name": "C", "from": "50", "to": "59.5"},
)


class TestUpperEdge:
    """Where a band states its upper edge, figures from there to the band before are in none."""

    @pytest.mark.parametrize(
        ("low", "high", "names"),
        [
            ("80", "80", (None,)),
            ("80.01", "80.01", ("A",)),
            ("79.99", "79.99", ("B",)),
            ("79.99", "80.01", ("A", "B", None)),
            ("80", "80.01", ("A", None)),
            ("79.99", "80", ("B", None)),
            ("59.5", "59.5", ("C",)),
            ("59.51", "59.51", (None,)),
            ("55", "79", ("B", "C", None)),
            ("49", "49", (None,)),
        ],
    )
    def test_between(self, low: str, high: str, names: tuple[str | None, ...]) -> None:
        assert GAP.between(Decimal(low), Decimal(high)) == names

    @pytest.mark.parametrize(
        ("steps", "codes"),
        [
            ([{"name": "A", "from": "80"}, {"name": "B", "from": "60", "below": "80"}], []),
            ([{"name": "A", "above": "80"}, {"name": "B", "from": "60", "to": "80"}], []),
            ([{"name": "A", "from": "80"}, {"name": "B", "from": "60", "to": "80"}], ["P311"]),
            ([{"name": "A", "from": "80"}, {"name": "B", "from": "60", "below": "81"}], ["P311"]),
            ([{"name": "A", "from": "80", "below": "80"}], ["P311"]),
            ([{"name": "A", "from": "80", "to": "80"}], []),
            ([{"name": "A", "from": "80", "to": "90", "below": "90"}], ["P310"]),
            ([{"name": "A", "from": "80", "to": "101"}], ["P309"]),
        ],
    )
    def test_proof(self, steps: list[dict[str, Any]], codes: list[str]) -> None:
        made = scheme(bands=[{"years": [2024], "steps": steps}])
        assert [each.code for each in prove(made)] == codes


class TestConditions:
    """Who misses what a band asks for is in the next band that asks for no more."""

    def test_without_the_criteria_every_one_is_possible(self) -> None:
        assert ASKED.of(Decimal(85)) == ("A", "B", "C")
        assert ASKED.of(Decimal(55)) == ("C",)

    @pytest.mark.parametrize(
        ("scores", "index", "names"),
        [
            ({"1": "4", "2": "5"}, "90", ("A",)),
            ({"1": "2", "2": "6"}, "80", ("A",)),
            ({"1": "1.99", "2": "6"}, "79.9", ("B",)),
            ({"1": "1.995", "2": "6"}, "79.95", ("B",)),
            ({"1": "0.99", "2": "6"}, "69.9", ("C",)),
            ({"1": "4", "2": "not_applicable"}, "100", ("A",)),
            ({"1": "not_applicable", "2": "2.99"}, "49.83", ("D",)),
            ({"2": "6"}, None, ("A", "B", "C")),
            ({"1": "4"}, None, ("A", "B", "C", "D")),
        ],
    )
    def test_results(
        self, scores: dict[str, str], index: str | None, names: tuple[str, ...]
    ) -> None:
        steps = ASKED.model_dump(mode="json", by_alias=True)["steps"]
        result = score(card(scores), scheme(bands=[{"years": [2024], "steps": steps}]))
        assert result.index == (None if index is None else Decimal(index))
        assert result.bands == names

    def test_an_included_criterion_may_have_anything(self) -> None:
        tree = [area("1", "4", area("1.1", "2"), area("1.2", "2")), area("2", "6")]
        step = {"name": "A", "from": "50", "where": {"1.1": "1"}}
        made = scheme(criteria=tree, bands=[{"steps": [step, {"name": "B", "from": "0"}]}])
        assert score(card({"1": "4", "2": "6"}), made).bands == ("A", "B")
        assert score(card({"1.1": "0.99", "1.2": "2", "2": "6"}), made).bands == ("B",)

    def test_nothing_is_known_where_no_band_asks_for_so_little(self) -> None:
        steps = [{"name": "A", "from": "0", "where": {"1": "2"}}]
        made = scheme(bands=[{"years": [2024], "steps": steps}])
        assert score(card({"1": "0", "2": "6"}), made).bands == (None,)

    @pytest.mark.parametrize(
        ("asked", "code", "expected"),
        [
            ({"3": "1"}, "P313", None),
            ({"1": "4.01"}, "P309", "0…4"),
            ({"1": "-1"}, "P309", "0…4"),
            ({"1": "101%"}, "P309", "0…100%"),
        ],
    )
    def test_proof(self, asked: dict[str, str], code: str, expected: str | None) -> None:
        steps = [{"name": "A", "from": "80", "where": asked}]
        [found] = prove(scheme(bands=[{"years": [2024], "steps": steps}]))
        assert (found.code, found.parameters.get("expected")) == (code, expected)
        assert found.path == ("bands", 0, "steps", 0, "where", next(iter(asked)))

    def test_a_maximum_must_be_known(self) -> None:
        steps = [{"name": "A", "from": "80", "where": {"2": "50%"}}]
        made = scheme(criteria=[area("1", "4"), area("2", None)], bands=[{"steps": steps}])
        assert [each.code for each in prove(made)] == ["P109"]

    def test_a_target_by_it_asks_for_an_index(self) -> None:
        steps = ASKED.model_dump(mode="json", by_alias=True)["steps"]
        made = scheme(bands=[{"years": [2024], "steps": steps}])
        result = score(card({"1": "0", "2": "0"}), made)
        with pytest.raises(InputError) as caught:
            plan_target(result, Goal(band="A"))
        [found] = caught.value.findings
        assert (found.code, found.parameters["expected"][:7]) == ("P207", "--index")
        assert plan_target(result, Goal(band="C")).plans[0].gain == Fraction("4.9995")


class TestWorst:
    """The figure may be the lowest of those of several criteria."""

    @pytest.mark.parametrize(
        ("scores", "by", "names"),
        [
            ({"1": "4", "2": "4.8"}, "percent", ("A",)),
            ({"1": "4", "2": "4.79"}, "percent", ("B",)),
            ({"1": "0", "2": "6"}, "percent", (None,)),
            ({"1": "2.4"}, "percent", ("B", None)),
            ({}, "percent", ("A", "B", None)),
            ({"1": "not_applicable", "2": "6"}, "percent", ("A",)),
            ({"1": "not_applicable", "2": "not_applicable"}, "percent", ()),
            ({"1": "4", "2": "6"}, "points", (None,)),
        ],
    )
    def test_results(self, scores: dict[str, str], by: str, names: tuple[str, ...]) -> None:
        steps = [{"name": "A", "from": "80"}, {"name": "B", "from": "60"}]
        sets = [{"by": by, "worst_of": ["1", "2"], "steps": steps}]
        result = score(card(scores or {"1": "unknown"}), scheme(bands=sets))
        assert result.bands == names

    def test_proof(self) -> None:
        sets = [{"worst_of": ["1", "3", "1"], "steps": [{"name": "A", "from": "80"}]}]
        found = prove(scheme(bands=sets))
        assert [(each.code, each.path[-1]) for each in found] == [("P313", 1), ("P301", 2)]

    def test_a_target_by_it_asks_for_an_index(self) -> None:
        sets = [{"worst_of": ["1"], "steps": [{"name": "A", "from": "80"}]}]
        with pytest.raises(InputError) as caught:
            plan_target(score(card({"1": "0", "2": "0"}), scheme(bands=sets)), Goal(band="A"))
        assert [each.code for each in caught.value.findings] == ["P207"]


def test_edges_in_words() -> None:
    """One line says the edges of bands and all that they ask for."""
    assert thresholds_text(GAP, EN) == "A > 80 %; B ≥ 60 %, < 80 %; C ≥ 50 %, ≤ 59.5 %"
    told = "A ≥ 80 % (1 ≥ 2; 2 ≥ 50 %); B ≥ 60 % (1 ≥ 1); C ≥ 50 %; D ≥ 0 %"
    assert thresholds_text(ASKED, EN) == told
    worst = BandSet.model_validate({"worst_of": ["1", "2"], "steps": [{"name": "A", "from": "5"}]})
    assert thresholds_text(worst, EN) == "the lowest of 1, 2: A ≥ 5 %"


@given(
    st.lists(st.integers(0, 100), min_size=2, max_size=2),
    st.lists(st.sampled_from([True, False, None]), min_size=4, max_size=4),
)
def test_a_range_reaches_what_its_figures_reach(ends: list[int], said: list[bool | None]) -> None:
    """The bands of a range are those of all figures in it together."""
    low, high = sorted(ends)

    def holds(step: BandStep) -> bool | None:
        return said["ABCD".index(step.name)]

    for each in (GAP, ASKED):
        tenths = [Decimal(number) / 10 for number in range(low * 10, high * 10 + 1)]
        single = {name for figure in tenths for name in each.of(figure, holds)}
        assert set(each.between(Decimal(low), Decimal(high), holds)) == single
