"""Scoring: what a scorecard gives under a scheme."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.findings import InputError
from parindex.scheme.scheme import Rounding
from parindex.scorecard.scorecard import Entry, Period, Published, Stage
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.values.facts import Fact, Percent, Points, Ratio, Value
from tests.support import area, card, scheme

TREE = scheme(
    criteria=[
        area("1", "4", area("1.1", "1"), area("1.2", "3")),
        area("2", "6", area("2.1", "2"), area("2.2", "4")),
    ],
    bands=[
        {
            "years": [2024],
            "steps": [
                {"name": "A", "from": "80"},
                {"name": "B", "from": "50"},
                {"name": "C", "from": "0"},
            ],
        }
    ],
)
LEAVES = {"1.1": "1", "1.2": "3", "2.1": "2", "2.2": "4"}


def codes(error: InputError) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in error.findings]


class TestSums:
    """Points are added up the tree: leaves to criteria, criteria to areas, areas to the total."""

    def test_every_node(self) -> None:
        result = score(card({"1.1": "0.5", "1.2": "2", "2.1": "1", "2.2": "4"}), TREE)
        points = {code: result.node(code).points for code in ("1", "2", "1.2")}
        assert points == {"1": Fraction(5, 2), "2": 5, "1.2": 2}
        assert (result.total.points, result.index, result.band) == (
            Fraction(15, 2),
            Decimal("75.00"),
            "B",
        )
        assert result.total.lost == Fraction(5, 2)

    def test_a_third_three_times_is_one(self) -> None:
        thirds = scheme(
            max="3", criteria=[area(str(n), "1", rule={"kind": "ratio"}) for n in (1, 2, 3)]
        )
        one_third = Entry(Ratio(Decimal(1), Decimal(3)))
        result = score(card({"1": one_third, "2": one_third, "3": one_third}), thirds)
        assert result.total.points == 1

    def test_the_order_of_tenths_does_not_matter(self) -> None:
        tenths = scheme(max="3", criteria=[area(str(n), "1") for n in (1, 2, 3)])
        up = score(card({"1": "0.1", "2": "0.2", "3": "0.3"}), tenths)
        down = score(card({"1": "0.3", "2": "0.2", "3": "0.1"}), tenths)
        assert up.total.percent == down.total.percent == 20


class TestStates:
    """Scored, zero, not applicable, no evidence and unknown are never one another."""

    def test_unknown_is_not_zero(self) -> None:
        result = score(card({"1.1": "1", "1.2": "3", "2.1": "2"}), TREE)
        total = result.total
        assert (total.points, total.assessed_max, total.applicable_max) == (6, 6, 10)
        assert (total.percent, total.low, total.high) == (None, 60, 100)
        assert result.index is None
        assert (result.bands, result.band) == (("A", "B"), None)
        assert result.node("2").state == "partial"
        assert result.node("2.2").state == "unknown"

    def test_a_band_that_no_unknown_can_change_is_told(self) -> None:
        result = score(card({"1.2": "3", "2.1": "2", "2.2": "4"}), TREE)
        assert (result.total.low, result.total.high) == (90, 100)
        assert result.band == "A"

    def test_left_out_and_unknown_are_the_same(self) -> None:
        left_out = score(card({"1.1": "1"}), TREE)
        said = score(card({"1.1": "1", "1.2": "unknown", "2": "unknown"}), TREE)
        assert left_out.outcomes == said.outcomes

    def test_no_evidence_is_zero_and_said_so(self) -> None:
        result = score(card({**LEAVES, "2.2": "no_evidence"}), TREE)
        assert result.index == 60
        assert (result.node("2.2").state, result.node("2.2").lost) == ("no_evidence", 4)

    def test_a_true_zero(self) -> None:
        result = score(card({**LEAVES, "2.2": "0"}), TREE)
        assert (result.index, result.node("2.2").state) == (60, "zero")

    def test_what_does_not_apply_leaves_the_maximum(self) -> None:
        result = score(card({"1.1": "1", "1.2": "3", "2.1": "1", "2.2": "not_applicable"}), TREE)
        assert (result.total.points, result.total.applicable_max) == (5, 6)
        assert result.index == Decimal("83.33")
        assert result.node("2").percent == 50

    def test_or_gives_full_points_where_the_scheme_says_so(self) -> None:
        full = TREE.model_copy(update={"not_applicable": "full-points"})
        result = score(card({"1.1": "1", "1.2": "3", "2.1": "1", "2.2": "not_applicable"}), full)
        assert (result.total.points, result.total.applicable_max) == (9, 10)
        assert result.node("2.2").state == "not_applicable"

    def test_where_nothing_applies_there_is_no_percentage(self) -> None:
        result = score(card({"1.1": "1", "1.2": "3", "2": "not_applicable"}), TREE)
        assert (result.node("2").percent, result.node("2").points) == (None, None)
        assert result.index == 100

    def test_nothing_at_all_is_known(self) -> None:
        result = score(card({"1": "unknown"}), TREE)
        assert (result.total.points, result.total.low, result.total.high) == (None, 0, 100)


class TestParents:
    """Points given for a criterion stand for all that is below it."""

    def test_areas_only(self) -> None:
        result = score(card({"1": "3", "2": "5"}), TREE)
        assert (result.index, result.total.complete) == (80, True)
        assert result.node("1.1").state == "included"

    def test_a_parent_may_stand_with_children_that_agree(self) -> None:
        result = score(card({"1": "3.33", "1.1": "0.3333", "1.2": "3", "2": "5"}), TREE)
        assert result.node("1").points == Fraction("3.3333")

    def test_a_parent_that_disagrees_is_refused(self) -> None:
        with pytest.raises(InputError) as caught:
            score(card({"1": "3.9", "1.1": "0.5", "1.2": "3", "2": "5"}), TREE)
        assert codes(caught.value) == [("P204", "1")]

    def test_a_parent_holds_where_children_are_unknown(self) -> None:
        result = score(card({"1": "3.5", "1.2": "3", "2": "5"}), TREE)
        assert result.node("1").points == Fraction("3.5")

    def test_a_parent_below_its_known_children_is_refused(self) -> None:
        with pytest.raises(InputError) as caught:
            score(card({"1": "2", "1.2": "3", "2": "5"}), TREE)
        assert codes(caught.value) == [("P204", "1")]

    def test_points_at_the_very_end_of_the_slack_agree(self) -> None:
        at_the_end = {"1": "3.985", "1.1": "1", "1.2": "3", "2": "5"}
        assert score(card(at_the_end), TREE).node("1").points == 4
        for over in ("0.6651", "0.6349"):
            with pytest.raises(InputError):
                score(card({"1": over, "1.1": "0.65", "1.2": "0", "2": "5"}), TREE)
        upper = {"1": "0.665", "1.1": "0.65", "1.2": "0", "2": "5"}
        assert score(card(upper), TREE).node("1").points == Fraction("0.65")

    @pytest.mark.parametrize("digits", [0, 1, 2])
    def test_the_slack_does_not_grow_where_the_index_has_no_decimals(self, digits: int) -> None:
        coarse = TREE.model_copy(update={"rounding": Rounding(index=digits)})
        for given_points in ("2.6", "3.02"):
            with pytest.raises(InputError) as caught:
                score(card({"1": given_points, "1.1": "0", "1.2": "3", "2": "5"}), coarse)
            assert codes(caught.value) == [("P204", "1")]

    def test_the_slack_shrinks_where_it_has_more(self) -> None:
        fine = TREE.model_copy(update={"rounding": Rounding(index=3)})
        assert score(card({"1": "3.0015", "1.1": "0", "1.2": "3", "2": "5"}), fine).index == 80
        with pytest.raises(InputError):
            score(card({"1": "3.0016", "1.1": "0", "1.2": "3", "2": "5"}), fine)

    def test_rounded_points_stay_within_what_the_parts_allow(self) -> None:
        assert score(card({"1": "2.99", "1.2": "3", "2": "5"}), TREE).node("1").points == 3
        with pytest.raises(InputError) as caught:
            score(card({"1": "1.01", "1.2": "not_applicable", "2": "5"}), TREE)
        assert codes(caught.value) == [("P202", "1")]

    def test_what_is_included_keeps_what_does_not_apply(self) -> None:
        deep = scheme(
            max="4",
            criteria=[
                area(
                    "1",
                    "4",
                    area("1.1", "3", area("1.1.1", "1"), area("1.1.2", "2")),
                    area("1.2", "1"),
                )
            ],
        )
        node = score(card({"1": "2", "1.1.1": "not_applicable"}), deep).node("1.1")
        assert (node.state, node.applicable_max) == ("included", 2)

    def test_percent_is_a_share_of_the_maximum(self) -> None:
        result = score(card({"1": Entry(Percent(Decimal("80.69"))), "2": "5"}), TREE)
        assert result.node("1").points == Fraction("3.2276")


class TestStatesOfParents:
    """A state said of a criterion is that of each leaf below it."""

    @pytest.mark.parametrize("state", ["unknown", "no_evidence", "not_applicable"])
    @pytest.mark.parametrize("setting", ["reduce-maximum", "full-points"])
    @pytest.mark.parametrize("profile", [None, "p"])
    @pytest.mark.parametrize("first", [None, "unknown", "not_applicable"])
    def test_the_same_as_said_leaf_by_leaf(
        self, state: str, setting: str, profile: str | None, first: str | None
    ) -> None:
        tree = TREE.model_copy(update={"not_applicable": setting, "profiles": {"p": ("1.2",)}})
        rest = {"2.1": "1", "2.2": "unknown"} | ({} if first is None else {"1.1": first})
        leaves = {
            **rest,
            "1.1": first if first == "not_applicable" else state,
            "1.2": "not_applicable" if profile else state,
        }
        one = score(card({"1": state, **rest}, profile=profile), tree)
        assert one.outcomes == score(card(leaves, profile=profile), tree).outcomes

    @pytest.mark.parametrize(
        ("state", "below", "agrees"),
        [
            ("no_evidence", "0", True),
            ("no_evidence", "0.01", False),
            ("no_evidence", "unknown", True),
            ("no_evidence", "not_applicable", True),
            ("unknown", "0", False),
            ("unknown", "no_evidence", False),
            ("unknown", "not_applicable", True),
            ("not_applicable", "0", False),
            ("not_applicable", "no_evidence", False),
            ("not_applicable", "unknown", True),
        ],
    )
    def test_what_may_stand_below(self, state: str, below: str, agrees: bool) -> None:
        both = card({"1": state, "1.2": below, "2": "5"})
        if agrees:
            score(both, TREE)
            return
        with pytest.raises(InputError) as caught:
            score(both, TREE)
        assert codes(caught.value) == [("P204", "1")]

    def test_a_state_between_a_state_and_a_leaf(self) -> None:
        deep = scheme(
            max="4",
            criteria=[
                area(
                    "1",
                    "4",
                    area("1.1", "3", area("1.1.1", "1"), area("1.1.2", "2")),
                    area("1.2", "1"),
                )
            ],
        )
        result = score(card({"1": "no_evidence", "1.1": "not_applicable"}), deep)
        assert (result.total.applicable_max, result.node("1.1.2").state) == (1, "not_applicable")
        result = score(card({"1": "not_applicable", "1.1": "unknown"}), deep)
        assert result.node("1.1.2").state == "not_applicable"

    @pytest.mark.parametrize("setting", ["reduce-maximum", "full-points"])
    def test_what_does_not_apply_has_no_maximum(self, setting: str) -> None:
        open_ = scheme(
            not_applicable=setting,
            criteria=[area("1", "4", area("1.1", None), area("1.2", None)), area("2", "6")],
        )
        total = score(card({"1": "not_applicable", "2": "3"}), open_).total
        assert total.percent == (50 if setting == "reduce-maximum" else 70)
        half = score(card({"1.1": "not_applicable", "1.2": "1", "2": "3"}), open_).total
        assert half.percent is None

    @pytest.mark.parametrize(
        ("first", "second", "state"),
        [
            ("unknown", "not_applicable", "unknown"),
            ("not_applicable", "not_applicable", "not_applicable"),
            ("no_evidence", "not_applicable", "no_evidence"),
            ("no_evidence", "unknown", "partial"),
            ("0", "unknown", "partial"),
        ],
    )
    def test_the_state_of_a_sum(self, first: str, second: str, state: str) -> None:
        for one, other in {(first, second), (second, first)}:
            assert score(card({"1.1": one, "1.2": other}), TREE).node("1").state == state


class TestUnknownMaxima:
    """Points without a maximum of their own fit into what the maximum above leaves."""

    OPEN = scheme(
        max="100",
        criteria=[area("1", "64.5"), area("2", None), area("6", None), area("7", None)],
    )

    def test_too_much_is_told_with_what_is_left(self) -> None:
        with pytest.raises(InputError) as caught:
            score(card({"1": "64.5", "2": "30", "6": "30", "7": "30"}), self.OPEN)
        [told] = caught.value.findings
        assert (told.code, told.where) == ("P202", "2 + 6 + 7")
        assert told.parameters == {"found": "90", "expected": "0…35.5"}

    def test_all_that_is_left(self) -> None:
        given_scores = {"1": "64.5", "2": "30", "6": "5.5", "7": "0"}
        assert score(card(given_scores), self.OPEN).index == 100

    @pytest.mark.parametrize("code", ["2", "6", "7"])
    def test_one_alone(self, code: str) -> None:
        with pytest.raises(InputError) as caught:
            score(card({code: "35.51"}), self.OPEN)
        assert codes(caught.value) == [("P202", code)]

    def test_what_is_left_is_shared_by_what_is_unknown(self) -> None:
        total = score(card({"1": "64.5", "2": "30"}), self.OPEN).total
        assert (total.low, total.high, total.lost) == (Fraction("94.5"), 100, 0)
        total = score(card({"1": "60", "2": "30", "6": "2", "7": "1"}), self.OPEN).total
        assert (total.percent, total.lost) == (93, 7)
        off = dict.fromkeys(("2", "6", "7"), "not_applicable")
        assert score(card({"1": "60", **off}), self.OPEN).total.applicable_max == Fraction("64.5")

    def test_within_an_area(self) -> None:
        inner = scheme(
            criteria=[area("1", "4", area("1.1", "3"), area("1.2", None)), area("2", "6")]
        )
        with pytest.raises(InputError) as caught:
            score(card({"1.1": "0", "1.2": "1.5", "2": "6"}), inner)
        assert codes(caught.value) == [("P202", "1.2")]

    @pytest.mark.parametrize("fact", [Percent(Decimal(50)), Value(Decimal(50), is_percent=True)])
    def test_nothing_but_points_can_be_given(self, fact: Fact) -> None:
        with pytest.raises(InputError) as caught:
            score(card({"2": Entry(fact)}), self.OPEN)
        assert codes(caught.value) == [("P211", "2")]


class TestWhole:
    """Of what is said of the whole the more detailed counts, and what does not apply is left out of all."""

    SPLIT = scheme(
        criteria=[
            area("1", "4", area("1.1", "1"), area("1.2", "3"), origin="a"),
            area("2", "6", origin="b"),
        ],
        partitions={
            "origin": [{"id": "a", "max": "4"}, {"id": "b", "max": "6"}],
            "hand": [
                {"id": "o", "max": "7"},
                {"id": "p", "max": "3"},
                {"id": "o1", "max": "2", "within": "o"},
                {"id": "o2", "max": "5", "within": "o"},
            ],
        },
        profiles={"p": ["1.1"], "q": ["1"]},
    )

    @staticmethod
    def hand(**given: str) -> dict[str, Any]:
        return {"hand": {id_: Decimal(points) for id_, points in given.items()}}

    @pytest.mark.parametrize(
        ("scores", "parts", "basis", "low", "high"),
        [
            ({"1": "3", "2": "5"}, {"o": "6", "p": "2.02"}, "scores", 80, 80),  # 2 areas, 2 parts
            ({"1": "3", "2": "5"}, {"o": "6", "p": "1.98"}, "scores", 80, 80),
            ({"1": "3"}, {"o": "6", "p": "2"}, "parts", 80, 80),
            ({"1": "3"}, {"o": "6"}, "scores", 30, 90),
            ({}, {"o": "6"}, "parts", 60, 90),
            ({}, {"o1": "1"}, "parts", 10, 90),
            ({}, {"o1": "1", "o2": "4", "p": "1"}, "parts", 60, 60),
            ({}, {}, "scores", 0, 100),
        ],
    )
    def test_which_counts(
        self, scores: dict[str, str], parts: dict[str, str], basis: str, low: int, high: int
    ) -> None:
        result = score(card(scores, parts=self.hand(**parts)), self.SPLIT)
        assert (result.basis, result.total.low, result.total.high) == (basis, low, high)

    @pytest.mark.parametrize(
        ("parts", "code"),
        [
            ({"o": "6", "p": "1.9799"}, "P204"),
            ({"o": "6", "p": "2.0201"}, "P204"),
            ({"o": "7.01"}, "P202"),
            ({"o": "5", "o1": "1", "o2": "4.5"}, "P204"),
        ],
    )
    def test_refused(self, parts: dict[str, str], code: str) -> None:
        with pytest.raises(InputError) as caught:
            score(card({"1": "3", "2": "5"}, parts=self.hand(**parts)), self.SPLIT)
        assert caught.value.findings[0].code == code

    @pytest.mark.parametrize("fields", [{"profile": "p"}, {"scores": {"1.1": "not_applicable"}}])
    @pytest.mark.parametrize("of", ["total", "origin", "hand"])
    def test_what_does_not_apply_is_left_out_of_all(self, of: str, fields: dict[str, Any]) -> None:
        given_parts = {"origin": {"a": "3", "b": "4"}, "hand": {"o": "5", "p": "2"}}
        more: dict[str, Any] = {**fields}
        scores = more.pop("scores", {})
        if of == "total":
            more["total"] = Decimal(7)
        else:
            more["parts"] = {of: {id_: Decimal(p) for id_, p in given_parts[of].items()}}
        result = score(card(scores, **more), self.SPLIT)
        assert (result.total.applicable_max, result.total.lost) == (9, 2)
        assert result.index == Decimal("77.78")
        if of == "origin":
            assert [node.applicable_max for node in result.part_nodes(of)] == [3, 6]

    @pytest.mark.parametrize(
        ("said", "ok"), [("unknown", True), ("0", False), ("no_evidence", False)]
    )
    def test_what_may_be_said_of_what_a_profile_leaves_out(self, said: str, ok: bool) -> None:
        both = card({"1.1": said, "1.2": "3", "2": "6"}, profile="p")
        if ok:
            assert score(both, self.SPLIT).index == 100
            return
        with pytest.raises(InputError) as caught:
            score(both, self.SPLIT)
        assert codes(caught.value) == [("P212", "1.1")]

    def test_what_is_not_of_the_stage_is_checked_too(self) -> None:
        with pytest.raises(InputError) as caught:
            score(card({"2": "6.01"}), self.SPLIT, "final")
        assert codes(caught.value) == [("P202", "2")]

    def test_what_is_unknown_has_no_index_though_it_is_rounded_away(self) -> None:
        coarse = scheme(
            criteria=[area("1", "4", area("1.1", "3.6"), area("1.2", "0.4")), area("2", "6")],
            rounding={"points": {"digits": 0, "at": "area"}},
        )
        result = score(card({"1.1": "3", "2": "6"}), coarse)
        assert (result.total.low, result.total.high, result.index) == (90, 90, None)

    def test_a_part_of_no_leaf_is_zero_of_nothing(self) -> None:
        empty = scheme(
            criteria=[area("1", "10", origin="a")],
            partitions={"origin": [{"id": "a", "max": "10"}, {"id": "b", "max": "0"}]},
        )
        for points in ("5", "no_evidence"):
            part = score(card({"1": points}), empty).parts["origin"]["b"]
            assert (part.state, part.points) == ("zero", 0)

    def test_a_part_that_does_not_apply(self) -> None:
        parts = {"origin": {"b": Decimal(3)}}
        result = score(card({}, profile="q", parts=parts), self.SPLIT)
        assert (result.index, result.parts["origin"]["a"].state) == (50, "not_applicable")

    @pytest.mark.parametrize("code", ["1", "2"])
    def test_a_stated_maximum_bounds_what_is_unknown(self, code: str) -> None:
        result = score(card({code: "3"}, applicable_max=Decimal(8)), self.SPLIT)
        assert (result.total.points, result.total.applicable_max) == (3, 8)
        assert result.total.high == (100 if code == "1" else Fraction(700, 8))

    @pytest.mark.parametrize(
        ("scores", "stated", "code"),
        [
            ({"1.1": "1", "1.2": "2", "2": "5"}, "10", None),
            ({"1.1": "1", "1.2": "2", "2": "5"}, "9.5", None),  # a score may stand for more
            ({"1.1": "1", "1.2": "2"}, "4", None),
            ({"1.1": "1", "1.2": "2"}, "2.99", "P202"),
            ({"1.1": "not_applicable"}, "9", None),
            ({"1.1": "not_applicable"}, "3", None),  # a source may leave out more
            ({"1.1": "not_applicable"}, "9.01", "P204"),
            ({"1": "4"}, "3", "P202"),
        ],
    )
    def test_which_maximum_may_be_stated(
        self, scores: dict[str, str], stated: str, code: str | None
    ) -> None:
        said = card(scores, applicable_max=Decimal(stated))
        if code is None:
            assert score(said, self.SPLIT).total.applicable_max == Fraction(stated)
            return
        with pytest.raises(InputError) as caught:
            score(said, self.SPLIT)
        assert [finding.code for finding in caught.value.findings] == [code]

    @pytest.mark.parametrize(
        ("figure", "code"), [("8.01", "P402"), ("8.02", "P401"), ("9", "P401")]
    )
    def test_published_points_have_two_decimals_where_the_index_has_none(
        self, figure: str, code: str
    ) -> None:
        coarse = scheme(rounding={"index": 0})
        told = Published(total=Decimal(figure))
        result = score(card({"1": "3", "2": "5"}, published=told), coarse)
        assert [finding.code for finding in result.findings] == [code]


class TestBandsByPoints:
    """Bands by points are judged from the fewest to the most points, bonus and penalty counted."""

    @pytest.mark.parametrize(
        ("scores", "bands"),
        [
            ({"1": "4", "2": "3", "B": "1"}, ("A",)),
            ({"B": "2"}, ("A", "B", "C")),
            ({"B": "6"}, ("A", "B")),
            ({"2": "3", "B": "2"}, ("A", "B")),
            ({"1": "not_applicable", "2": "not_applicable"}, ()),
            ({"1": "4", "2": "3.99"}, ("B",)),
        ],
    )
    def test_bands(self, scores: dict[str, str], bands: tuple[str, ...]) -> None:
        by_points = scheme(
            rounding={"index": 0},
            bands=[
                {
                    "years": [2024],
                    "by": "points",
                    "steps": [
                        {"name": "A", "from": "8"},
                        {"name": "B", "from": "5"},
                        {"name": "C", "from": "0"},
                    ],
                }
            ],
            adjustments=[{"id": "b", "kind": "bonus", "items": [area("B", "6")]}],
        )
        assert score(card(scores), by_points).bands == bands


class TestHash:
    """The order of keys is no part of a scheme, that of lists is."""

    CHOICE: ClassVar[dict[str, Any]] = {"kind": "choice", "options": {"yes": "4", "no": "0"}}

    def of(self, **fields: Any) -> str:
        criteria = [area("1", "4", rule=fields.pop("rule", self.CHOICE)), area("2", "6")]
        return scheme(criteria=criteria, **fields).sha256

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (
                {"rule": {"kind": "choice", "options": {"yes": "4", "no": "0"}}},
                {"rule": {"options": {"no": "0.0", "yes": "4.00"}, "kind": "choice"}},
            ),
            (
                {"rule": {"kind": "survey", "weights": {"A": "100%", "B": "0%"}}},
                {"rule": {"kind": "survey", "weights": {"B": "0%", "A": "100%"}}},
            ),
            (
                {"rule": {"kind": "checklist", "items": {"a": "1", "b": "3"}}},
                {"rule": {"kind": "checklist", "items": {"b": "3", "a": "1"}}},
            ),
            (
                {"profiles": {"a": ["1"], "b": ["2"]}},
                {"profiles": {"b": ["2"], "a": ["1"]}},
            ),
            (
                {"title": {"vi": "Thử", "en": "Try"}},
                {"title": {"en": "Try", "vi": "Thử"}},
            ),
            (
                {"partitions": {"a": [{"id": "x", "max": "10"}], "b": [{"id": "y", "max": "10"}]}},
                {"partitions": {"b": [{"max": "10", "id": "y"}], "a": [{"id": "x", "max": "10"}]}},
            ),
        ],
    )
    def test_keys(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        assert self.of(**one) == self.of(**other) != self.of(max="11")

    def test_lists(self) -> None:
        assert self.of(years=[2024, 2025]) != self.of(years=[2025, 2024])
        backwards = scheme(criteria=[area("2", "6"), area("1", "4")])
        assert scheme().sha256 != backwards.sha256


class TestFaults:
    """Everything that does not fit the scheme is told at once."""

    def test_all_at_once(self) -> None:
        bad = card(
            {"1.1": "1.01", "1.2": "-1", "2.1": Entry(Value(Decimal(5))), "9": "1"}, year=2018
        )
        with pytest.raises(InputError) as caught:
            score(bad, TREE)
        assert sorted(codes(caught.value)) == [
            ("P201", "9"),
            ("P202", "1.1"),
            ("P203", "1.2"),
            ("P205", "2.1"),
            ("P209", "example-test"),
        ]

    def test_the_exact_maximum_is_allowed(self) -> None:
        assert score(card(LEAVES), TREE).index == 100


points = st.fractions(min_value=0, max_value=1, max_denominator=400)


def scaled(share: Fraction, maximum: str) -> str:
    """A share of a maximum as points with at most four decimals."""
    return str((Decimal(int(share * 1000)) * Decimal(maximum)) / 1000)


@st.composite
def scores(draw: st.DrawFn) -> dict[str, str]:
    """Scores of the four leaves: points, or a state."""
    states = st.sampled_from(["unknown", "no_evidence", "not_applicable"])
    return {
        code: draw(states | st.builds(scaled, points, st.just(maximum)))
        for code, maximum in LEAVES.items()
    }


def whole(result: Result) -> tuple[object, ...]:
    return result.outcome, result.index, result.bands


class TestLaws:
    """What holds for every scorecard."""

    @given(scores())
    def test_lost_points_sum_to_the_gap(self, given_scores: dict[str, str]) -> None:
        result = score(card(given_scores), TREE)
        for code in ("", "1", "2"):
            node = result.node(code) if code else result.total
            below = [leaf for leaf in LEAVES if leaf.startswith(code)]
            lost = sum((result.node(leaf).lost or Fraction(0) for leaf in below), Fraction(0))
            assert lost == (node.assessed_max or 0) - (node.points or 0)

    @given(scores(), st.sampled_from(list(LEAVES)), points, points)
    def test_more_points_never_lower_the_index(
        self, given_scores: dict[str, str], code: str, one: Fraction, other: Fraction
    ) -> None:
        less, more = sorted((one, other))
        low = score(card({**given_scores, code: scaled(less, LEAVES[code])}), TREE)
        high = score(card({**given_scores, code: scaled(more, LEAVES[code])}), TREE)
        assert (low.total.low or 0) <= (high.total.low or 0)
        assert (low.total.high or 0) <= (high.total.high or 0)

    @given(scores(), st.permutations(list(LEAVES)))
    def test_the_order_of_keys_changes_nothing(
        self, given_scores: dict[str, str], order: list[str]
    ) -> None:
        shuffled = {code: given_scores[code] for code in order}
        assert whole(score(card(given_scores), TREE)) == whole(score(card(shuffled), TREE))

    @given(scores(), points, st.sampled_from(list(LEAVES)))
    def test_what_becomes_known_lies_between_low_and_high(
        self, given_scores: dict[str, str], share: Fraction, code: str
    ) -> None:
        before = score(card({**given_scores, code: "unknown"}), TREE).total
        after = score(card({**given_scores, code: scaled(share, LEAVES[code])}), TREE).total
        assert (before.low or 0) <= (after.low or 0) <= (after.high or 0) <= (before.high or 100)


class TestStagesThatDoNotCount:
    """A stage is checked whether or not it is the one that counts."""

    @staticmethod
    def staged(self_: Fact, final: Fact) -> Entry:
        stages: dict[Stage, Entry] = {
            "self": Entry(self_, stage="self"),
            "final": Entry(final, stage="final"),
        }
        return Entry(final, stage="final", stages=stages)

    @pytest.mark.parametrize("stage", [None, "self", "appraised", "final"])
    @pytest.mark.parametrize(
        ("fact", "code"),
        [
            (Points(Decimal("1.01")), "P202"),
            (Points(Decimal(-1)), "P203"),
            (Value(Decimal(5)), "P205"),
        ],
    )
    def test_each_fault_is_told_once(self, stage: Stage | None, fact: Fact, code: str) -> None:
        entry = self.staged(fact, Points(Decimal(1)))
        with pytest.raises(InputError) as caught:
            score(card({**LEAVES, "1.1": entry}), TREE, stage)
        assert codes(caught.value) == [(code, "1.1.self")]


class TestNoFaultBringsAnother:
    """Points outside their bounds are told once, and not as a sum that disagrees too."""

    @pytest.mark.parametrize(
        ("scores", "fields", "told"),
        [
            ({**LEAVES, "1.1": "2", "1": "4"}, {}, [("P202", "1.1")]),
            ({**LEAVES, "1": "-1"}, {}, [("P203", "1")]),
            ({**LEAVES, "1.1": "2"}, {"total": Decimal(10)}, [("P202", "1.1")]),
            (LEAVES, {"total": Decimal(-1)}, [("P203", "total")]),
            (LEAVES, {"total": Decimal(11)}, [("P202", "total")]),
            (LEAVES, {"applicable_max": Decimal(-1)}, [("P203", "applicable_max")]),
            (LEAVES, {"applicable_max": Decimal(0)}, [("P207", "applicable_max")]),
        ],
    )
    def test_told(
        self, scores: dict[str, str], fields: dict[str, Decimal], told: list[tuple[str, str]]
    ) -> None:
        with pytest.raises(InputError) as caught:
            score(card(scores, **fields), TREE)
        assert codes(caught.value) == told

    def test_a_maximum_of_one_unit_needs_that_of_the_scheme(self) -> None:
        open_ = scheme(max=None, criteria=[area("1", None)])
        with pytest.raises(InputError) as caught:
            score(card({"1": "4"}, applicable_max=Decimal(5)), open_)
        assert codes(caught.value) == [("P220", "applicable_max")]


class TestPeriod:
    """A period has a day in common with the year."""

    @pytest.mark.parametrize(
        ("start", "end", "fits"),
        [
            ("2024-01-01", "2024-12-31", True),
            ("2023-12-15", "2024-12-14", True),
            ("2023-01-01", "2024-01-01", True),
            ("2024-12-31", "2025-12-30", True),
            ("2023-01-01", "2025-12-31", True),
            ("2023-01-01", "2023-12-31", False),
            ("2025-01-01", "2025-12-31", False),
        ],
    )
    def test_edges(self, start: str, end: str, fits: bool) -> None:
        period = Period(date.fromisoformat(start), date.fromisoformat(end))
        try:
            score(card(LEAVES, period=period), TREE)
            told = []
        except InputError as error:
            told = codes(error)
        assert told == ([] if fits else [("P207", "period")])
