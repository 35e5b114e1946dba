"""Guards: what a criterion gets that requires another one."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.analysis.explanation import working_of
from parindex.findings import InputError
from parindex.scheme.proof import prove
from parindex.scheme.scheme import Scheme
from parindex.scoring import score
from parindex.scoring.result import Result
from tests.rule_support import EN
from tests.support import area, card, scheme


def guarded(**fields: Any) -> Scheme:
    """1.2 stands behind 1.1, all of area 2 behind 1.2."""
    return scheme(
        criteria=[
            area("1", "4", area("1.1", "1"), area("1.2", "3", requires="1.1")),
            area("2", "6", area("2.1", "2"), area("2.2", "4"), requires="1.2"),
        ],
        **fields,
    )


GUARDED = guarded()
FULL = {"1.1": "1", "1.2": "3", "2.1": "2", "2.2": "4"}


def scored(**changes: str) -> Result:
    scores = {**FULL, **{code.replace("_", "."): value for code, value in changes.items()}}
    return score(card({code.removeprefix("."): value for code, value in scores.items()}), GUARDED)


def states(result: Result) -> dict[str, str]:
    return {code: result.node(code).state for code in FULL}


class TestGuards:
    """A guard that got nothing gives 0 to what stands behind it, and to what stands behind that."""

    def test_points_let_everything_through(self) -> None:
        assert scored(_1_1="0.01").total.points == Fraction("9.01")

    @pytest.mark.parametrize("nothing", ["0", "no_evidence"])
    def test_nothing_gives_nothing(self, nothing: str) -> None:
        result = scored(_1_1=nothing)
        assert (result.total.points, result.index, result.total.lost) == (0, 0, 10)
        assert [result.node(code).points for code in ("1.2", "2", "2.1", "2.2")] == [0] * 4
        told = sorted((each.code, each.where, each.parameters["found"]) for each in result.findings)
        assert told == [("P406", "1.2", "1.1"), ("P406", "2.1", "1.2"), ("P406", "2.2", "1.2")]

    def test_unknown_is_from_0_to_the_maximum(self) -> None:
        result = scored(_1_1="unknown")
        assert states(result) == dict.fromkeys(FULL, "unknown")
        assert (result.total.low, result.total.high, result.findings) == (0, 100, ())

    @pytest.mark.parametrize(
        ("first", "told"),
        [
            ("1", None),
            ("0", "criterion 1.1, which this requires, got nothing → 0"),
            ("unknown", "whether a criterion that this requires got anything is not yet known"),
        ],
    )
    def test_the_working_says_so(self, first: str, told: str | None) -> None:
        result = scored(_1_1=first)
        assert working_of(result, result.node("1.2"), EN) == told

    def test_what_does_not_apply_is_satisfied(self) -> None:
        result = scored(_1_1="not_applicable")
        assert (result.total.points, result.total.applicable_max) == (9, 9)

    def test_a_guard_behind_a_guard(self) -> None:
        result = scored(_1_2="0")
        assert (result.total.points, states(result)["1.1"]) == (1, "scored")

    def test_what_is_nothing_anyhow_stays_what_it_is(self) -> None:
        result = scored(_1_1="unknown", _1_2="no_evidence", _2_1="not_applicable")
        assert states(result) == {
            "1.1": "unknown",
            "1.2": "no_evidence",
            "2.1": "not_applicable",
            "2.2": "zero",
        }

    def test_what_is_not_reported_behind_nothing_is_nothing(self) -> None:
        result = score(card({"1.1": "0"}), GUARDED)
        assert (result.index, result.total.complete) == (0, True)

    @pytest.mark.parametrize("first", ["0", "no_evidence", "unknown", "1"])
    def test_full_points_for_what_does_not_apply_need_no_guard(self, first: str) -> None:
        full = guarded(not_applicable="full-points")
        result = score(card({**FULL, "1.1": first, "2.1": "not_applicable"}), full)
        assert (result.node("2.1").points, result.node("2.1").state) == (2, "not_applicable")
        assert result.total.low == {"0": 20, "no_evidence": 20, "unknown": 20, "1": 100}[first]

    @pytest.mark.parametrize(
        ("given_points", "state"), [("4", "scored"), ("0", "zero"), ("2", "unknown")]
    )
    def test_a_guard_within_a_score_above(self, given_points: str, state: str) -> None:
        result = score(card({"1": given_points, "2": "6"}), GUARDED)
        assert result.node("2").state == state

    def test_an_area_can_be_a_guard(self) -> None:
        by_area = scheme(criteria=[area("1", "4", area("1.1", "4")), area("2", "6", requires="1")])
        assert score(card({"1.1": "0", "2": "6"}), by_area).total.points == 0
        assert score(card({"1.1": "1", "2": "6"}), by_area).total.points == 7

    def test_faults_are_told_once(self) -> None:
        with pytest.raises(InputError) as caught:
            score(card({**FULL, "1.1": "0", "2.2": "5"}), GUARDED)
        assert [(each.code, each.where) for each in caught.value.findings] == [("P202", "2.2")]

    @given(st.permutations(["1.1", "1.2", "2.1", "2.2"]), st.sampled_from(["0", "1", "unknown"]))
    def test_the_order_of_criteria_changes_nothing(self, order: list[str], first: str) -> None:
        backwards = scheme(
            criteria=[
                area("2", "6", area("2.2", "4"), area("2.1", "2"), requires="1.2"),
                area("1", "4", area("1.2", "3", requires="1.1"), area("1.1", "1")),
            ]
        )
        scores = {code: {**FULL, "1.1": first}[code] for code in order}
        one, other = score(card(scores), GUARDED), score(card(scores), backwards)
        assert one.outcome == other.outcome

    def test_a_parent_and_its_leaves_may_both_stand_behind_a_guard(self) -> None:
        both = scheme(
            criteria=[
                area("1", "4", area("1.1", "1"), area("1.2", "3")),
                area("2", "6", area("2.1", "2", requires="1.2"), area("2.2", "4"), requires="1.1"),
            ]
        )
        result = score(card({"1.1": "0", "1.2": "unknown", "2.1": "1", "2.2": "4"}), both)
        told = [(each.code, each.where, each.parameters["found"]) for each in result.findings]
        assert told == [("P406", "2.1", "1.1"), ("P406", "2.2", "1.1")]
        assert result.node("2").points == 0

    @pytest.mark.parametrize("backwards", [False, True])
    def test_a_long_chain_takes_no_longer_for_each_link(self, backwards: bool) -> None:
        count = 3000
        links = [area("1", "1")]
        links += [area(str(n), "1", requires=str(n - 1)) for n in range(2, count + 1)]
        if backwards:
            links.reverse()
        chain = scheme(max=str(count), criteria=links)
        assert prove(chain) == []
        points = {str(n): "1" for n in range(1, count + 1)}
        shut = score(card({**points, "1": "0"}), chain)
        assert (shut.total.points, len(shut.findings)) == (0, count - 1)
        assert score(card({**points, "1500": "unknown"}), chain).total.points == 1499

    def test_a_chain_through_parents(self) -> None:
        areas = [area("1", "1", area("1.1", "1"))]
        areas += [
            area(f"{n}", "1", area(f"{n}.1", "1"), requires=f"{n - 1}") for n in range(2, 500)
        ]
        chain = scheme(max="499", criteria=areas)
        result = score(card({f"{n}.1": "1" for n in range(2, 500)} | {"1": "no_evidence"}), chain)
        assert (result.index, result.total.complete) == (0, True)


class TestCircles:
    """No criterion may depend on itself, by whatever way."""

    @pytest.mark.parametrize(
        ("requires", "circles"),
        [
            ({"1.2": "1.1"}, []),
            ({"1.1": "1.1"}, ["1.1"]),
            ({"1.1": "1.2", "1.2": "1.1"}, ["1.1", "1.2"]),
            ({"1.1": "1"}, ["1.1"]),
            ({"1": "1.1"}, ["1"]),
            ({"1": "2.1", "2": "1.1"}, ["1", "2"]),
            ({"1": "2.1", "2.2": "1.1"}, []),
            ({"1.1": "2.1", "2.1": "2.2", "2.2": "1.2"}, []),
        ],
    )
    def test_proof(self, requires: dict[str, str], circles: list[str]) -> None:
        def node(code: str, maximum: str, *children: Any) -> dict[str, Any]:
            return area(code, maximum, *children, requires=requires.get(code))

        looked_at = scheme(
            criteria=[
                node("1", "4", node("1.1", "1"), node("1.2", "3")),
                node("2", "6", node("2.1", "2"), node("2.2", "4")),
            ]
        )
        found = [(finding.code, finding.where) for finding in prove(looked_at)]
        assert found == [("P314", code) for code in circles]
