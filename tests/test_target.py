"""Targets: the plan is the least there is, as an exhaustive search finds it."""

import json
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import parindex
from parindex.analysis.goal import Goal, bound_of
from parindex.analysis.target import MOST_PLANS, Target, plan_target
from parindex.scheme.scheme import Scheme
from parindex.scorecard.scorecard import Scorecard
from parindex.scoring import score
from parindex.values.exact import ZERO
from tests.plan_support import cases
from tests.support import EXAMPLE, ROOT, area, call, card, run, scheme

FORMATS = ("table", "markdown", "json", "ndjson", "csv")
BAND = {
    "years": [2024],
    "steps": [{"name": "A", "from": "80"}, {"name": "B", "above": "50"}, {"name": "C"}],
}
Tried = tuple[int, Fraction, tuple[str, ...]]


def found(target: Target) -> list[tuple[Fraction, list[str]]]:
    """Each plan as its gain and its codes."""
    return [(plan.gain, [step.now.code for step in plan.steps]) for plan in target.plans]


class TestLeast:
    """Whatever is planned reaches the target, and nothing is planned only where nothing can."""

    @given(cases(7), st.integers(1, 100))
    def test_every_plan_reaches_the_target(
        self, case: tuple[Scheme, Scorecard], index: int
    ) -> None:
        result = score(case[1], case[0])
        assume(result.total.applicable_max)
        target = plan_target(result, Goal(index=Decimal(index)))
        for plan in target.plans:
            after = plan.simulation.after
            assert after.printed(after.total.low or ZERO) >= index
            assert all(step.raised > 0 for step in plan.steps)
        if not target.plans and target.missing and target.missing > 0:
            assert target.best.printed(target.best.total.low or ZERO) < index


class TestPlans:
    """What is raised, by how much, and in which order the plans stand."""

    def plans(
        self, tree: list[dict[str, Any]], scores: dict[str, str], index: str, **fields: Any
    ) -> list[tuple[str, list[str]]]:
        result = score(card(scores), scheme(criteria=tree, **fields))
        target = plan_target(result, Goal(index=Decimal(index)))
        return [(str(gain), codes) for gain, codes in found(target)]

    def test_points_take_what_is_missing(self) -> None:
        assert self.plans([area("1", "4"), area("2", "6")], {"1": "2", "2": "3"}, "60") == [
            ("1999/2000", ["1"]),
            ("1999/2000", ["2"]),
        ]

    def test_steps_are_taken_whole(self) -> None:
        steps = {"kind": "choice", "options": {"all": "4", "most": "3.25", "none": "0"}}
        tree = [area("1", "4", rule=steps), area("2", "6", rule={"kind": "deduct", "step": "2"})]
        scores = {"1": "no_evidence", "2": "no_evidence"}
        assert self.plans(tree, scores, "30") == [("13/4", ["1"]), ("4", ["2"])]
        assert self.plans(tree, scores, "80") == [("8", ["1", "2"])]

    def test_a_guard_gives_back_what_it_shut(self) -> None:
        tree = [
            area("1", "4", area("1.1", "1"), area("1.2", "3", requires="1.1")),
            area("2", "6"),
        ]
        scores = {"1.1": "0", "1.2": "2.5", "2": "4"}
        result = score(card(scores), scheme(criteria=tree))
        target = plan_target(result, Goal(index=Decimal(65)))
        assert found(target)[0] == (Fraction(251, 100), ["1.1"])
        assert target.plans[0].simulation.after.node("1.2").points == Fraction(5, 2)

    def test_what_people_answer_stays(self) -> None:
        weights = {"kind": "survey", "weights": {"A": "100%", "B": "0%"}}
        parts = [{"id": "appraised", "max": "4"}, {"id": "sipas", "max": "6"}]
        for fields in ({"rule": weights}, {"origin": "sipas"}):
            tree = [area("1", "4"), area("2", "6", **fields)]
            given_ = {"1": "2", "2": "3"}
            made = {"partitions": {"origin": parts}} if "origin" in fields else {}
            assert self.plans(tree, given_, "70", **made) == [("3999/2000", ["1"])]
            assert self.plans(tree, given_, "80", **made) == []

    def test_unknown_counts_as_nothing_and_can_be_raised(self) -> None:
        tree = [area("1", "4"), area("2", "6")]
        assert [codes for _, codes in self.plans(tree, {"1": "4", "2": "unknown"}, "60")] == [["2"]]


class TestGoal:
    """The printed index counts for a band or an index, the exact one for a rank."""

    @pytest.mark.parametrize(
        ("fields", "band", "index", "points", "is_open"),
        [
            ({}, None, "80", "7.9995", False),
            ({"rounding": {"index": 0}}, None, "80", "7.95", False),
            ({"rounding": {"index": 2, "mode": "down"}}, None, "80", "8", False),
            ({"rounding": {"index": 0, "mode": "half-even"}}, None, "80", "7.95", False),
            ({"rounding": {"index": 0, "mode": "half-even"}}, None, "81", "8.05", True),
            ({"bands": [BAND]}, "A", None, "7.9995", False),
            ({"bands": [BAND]}, "b", None, "5.0005", False),
            ({"bands": [{**BAND, "by": "points"}]}, "A", None, "79.995", None),
        ],
    )
    def test_bound(
        self, fields: dict[str, Any], band: str | None, index: str | None, points: str, is_open: Any
    ) -> None:
        result = score(card({"1": "1", "2": "1"}), scheme(**fields))
        goal = Goal(band=band, index=None if index is None else Decimal(index))
        bound = bound_of(result, goal)
        if is_open is None:
            assert bound is None  # more points than there are
            return
        assert bound is not None
        assert (bound.points, bound.open) == (Fraction(points), is_open)

    @pytest.mark.parametrize("band", ["C", "D", ""])
    def test_a_band_without_an_edge(self, band: str) -> None:
        result = score(card({"1": "1", "2": "1"}), scheme(bands=[BAND]))
        with pytest.raises(parindex.InputError, match="P207"):
            plan_target(result, Goal(band=band))

    @pytest.mark.parametrize("rank", [0, 1, 3])
    def test_a_place_that_there_is_not(self, rank: int) -> None:
        result = score(card({"1": "1", "2": "1"}), scheme())
        with pytest.raises(parindex.InputError, match="P207"):
            plan_target(result, Goal(rank=rank))


class TestTime:
    """For 88 leaves the search takes well under a second."""

    @pytest.mark.parametrize("index", ["55", "70", "90"])
    def test_88_leaves(self, index: str) -> None:
        rules: list[dict[str, Any]] = [
            {"kind": "points"},
            {"kind": "choice", "options": {"a": "1.25", "b": "0.75", "c": "0.3", "d": "0"}},
            {"kind": "deduct", "step": "0.15"},
            {"kind": "count", "each": "0.05"},
        ]
        leaves = [area(f"1.{n}", "1.25", rule=rules[n % 4]) for n in range(88)]
        made = scheme(max="110", criteria=[area("1", "110", *leaves)])
        given_ = {f"1.{n}": f"0.{n % 83 + 10}" for n in range(88)}
        result = score(card(given_), made)
        start = time.process_time()
        target = plan_target(result, Goal(index=Decimal(index)))
        assert time.process_time() - start < 1
        assert target.proved
        assert 1 <= len(target.plans) <= MOST_PLANS


class TestCommand:
    """`parindex target`: every format, what is missing, and what cannot be reached."""

    WHOLE: tuple[str, ...] = (
        str(ROOT / "examples" / "departments-2024.yaml"),
        "--scheme",
        str(ROOT / "examples" / "schemes" / "departments-2024.yaml"),
    )

    @pytest.mark.parametrize("form", FORMATS)
    def test_formats(self, form: str) -> None:
        ran = call("target", *self.WHOLE, "--index", "84", "-f", form)
        assert (ran.code, ran.err) == (0, "")
        assert "5.2.3" in ran.out

    def test_the_plan_can_be_replayed(self) -> None:
        out = call("target", EXAMPLE, "--band", "A", "-f", "json").out
        [found_] = json.loads(out)["results"]
        assert (found_["state"], found_["missing"], len(found_["plans"])) == ("planned", 1.645, 6)
        [step] = found_["plans"][0]["steps"]
        assert (step["code"], step["report"]) == ("3", {"points": 12.135})
        again = call("simulate", EXAMPLE, "--set", "3=12.135")
        assert "Band: B → A" in again.out
        assert "Band: B → B" in call("simulate", EXAMPLE, "--set", "3=12.134").out

    def test_a_rank_holds_the_others(self) -> None:
        out = call("target", EXAMPLE, "--rank", "3", "--among", "2018").out
        assert "Rank: 10 → 3 of 14" in out
        assert "published results of 2018" in out

    @pytest.mark.parametrize(
        ("options", "state", "words"),
        [
            (("--band", "B"), "reached", "The target is reached: the index is 78.35 %."),
            (("--index", "101"), "out_of_reach", "is out of reach: with all that can be raised"),
        ],
    )
    def test_nothing_to_plan(self, options: tuple[str, ...], state: str, words: str) -> None:
        assert words in call("target", EXAMPLE, *options).out
        [found_] = json.loads(call("target", EXAMPLE, *options, "-f", "json").out)["results"]
        assert (found_["state"], found_["plans"]) == (state, [])

    @pytest.mark.parametrize(
        "options",
        [(), ("--band", "A", "--rank", "1"), ("--index", "x"), ("--band", "E"), ("--rank", "2")],
    )
    def test_bad_usage(self, options: tuple[str, ...]) -> None:
        assert call("target", EXAMPLE, *options).code == 2

    def test_a_band_has_its_own_name_however_it_is_typed(self) -> None:
        card = ("examples/small-2024-whole.yaml", "--scheme", "examples/small-scheme.yaml")
        assert call("target", *card, "--band", "tot").out.startswith("Target band Tốt ·")

    def test_vietnamese(self) -> None:
        out = run("target", EXAMPLE, "--band", "A", "--lang", "vi").out
        assert "Còn thiếu: 1,65 điểm." in out
        assert "≥ 12,135 điểm" in out
