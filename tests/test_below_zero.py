"""Leaves that may go below 0: their rules, bounds, guards, sums and losses."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.analysis.scenario import Shift
from parindex.findings import InputError
from parindex.rules.base import RefusedError, Rule
from parindex.scheme.proof import prove
from parindex.scheme.scheme import Criterion, Scheme
from parindex.scorecard.scorecard import Entry
from parindex.scoring import score
from parindex.scoring.reported import points_of
from parindex.scoring.result import Result
from parindex.values.exact import ZERO
from parindex.values.facts import Answer, Count, Fact, Points
from tests.rule_support import EN, fact, gain, rule
from tests.support import area, card, scheme

CHOICE = {"kind": "choice", "options": {"issued": "1", "late": "0", "none": "-1"}}
STEPS = {
    "kind": "steps",
    "steps": [
        {"from": "80", "points": "2"},
        {"from": "50", "points": "0"},
        {"from": "0", "points": "-1"},
    ],
}
LIST = {"kind": "checklist", "items": {"plan": "1", "money": "1", "harm": "-0.4", "fraud": "-0.6"}}
DAY = {"kind": "deadline", "due": "2024-06-15", "late": [{"days": "10", "points": "-0.5"}]}


def with_min(fields: dict[str, Any], maximum: str = "2", lowest: str = "-1") -> Rule:
    """The rule of a leaf with such bounds, as scoring has it."""
    leaf = area("1", maximum, min=lowest, rule=fields)
    return Criterion.model_validate(leaf).scored_by


def leaf_faults(maximum: str, lowest: str, fields: dict[str, Any] | None) -> list[str]:
    """The codes of what the proof finds of one leaf."""
    leaf = area("1", maximum, min=lowest, **({"rule": fields} if fields else {}))
    return [each.code for each in prove(scheme(max=maximum, criteria=[leaf]))]


class TestProof:
    """The fewest points are what the rule can give at the least: no more, no fewer."""

    @pytest.mark.parametrize(
        ("maximum", "lowest", "fields", "codes"),
        [
            ("1", "-1", CHOICE, []),
            ("1", "-0.5", CHOICE, ["P306"]),
            ("1", "-2", CHOICE, ["P320"]),
            ("1", "0", CHOICE, ["P306"]),
            ("2", "-1", STEPS, []),
            ("2", "-1.5", STEPS, ["P320"]),
            ("2", "-1", LIST, []),
            ("2", "-0.7", LIST, ["P306"]),
            ("2", "-0.4", LIST, ["P306"]),
            ("2", "-1.2", LIST, ["P320"]),
            ("2", "-1", DAY, []),
            ("2", "-0.25", DAY, ["P306"]),
            ("2", "-1", {"kind": "deduct", "step": "0.5"}, []),
            ("2", "-1", {"kind": "points"}, []),
            ("2", "-1", None, []),
            ("2", "-1", {"kind": "ratio"}, ["P320"]),
            ("2", "-1", {"kind": "linear", "zero_at": "30", "full_at": "5"}, ["P320"]),
            ("2", "-1", {"kind": "count", "each": "1"}, ["P320"]),
            ("2", "-1", {"kind": "survey", "weights": {"A": "100%", "B": "0%"}}, ["P320"]),
            ("2", "-1", {"kind": "checklist", "items": ["a", "b"], "all": "true"}, ["P320"]),
            ("0", "-1", {"kind": "watch"}, ["P320"]),
            ("2", "0.5", {"kind": "ratio"}, ["P309"]),
        ],
    )
    def test_rules(
        self, maximum: str, lowest: str, fields: dict[str, Any] | None, codes: list[str]
    ) -> None:
        assert leaf_faults(maximum, lowest, fields) == codes

    def test_only_leaves_with_a_maximum_have_one(self) -> None:
        tree = [area("1", "4", area("1.1", "4"), min="-1"), area("2", None, min="-1")]
        found = prove(scheme(criteria=tree))
        assert [(each.code, each.where) for each in found] == [("P108", "1"), ("P109", "2")]

    def test_items_of_a_penalty_have_none(self) -> None:
        block = {"id": "late", "kind": "penalty", "items": [area("P", "1", min="-1")]}
        assert [each.code for each in prove(scheme(adjustments=[block]))] == ["P108"]


class TestRules:
    """Each kind that goes below 0 gives its points, and says how, down to the fewest."""

    @pytest.mark.parametrize(
        ("fields", "told", "points", "working"),
        [
            (CHOICE, ":none", "-1", "none → -1"),
            (STEPS, "49.99%", "-1", "49.99 % → step < 50 % → -1"),
            (STEPS, "50%", "0", "50 % → step 50–<80 % → 0"),
            (LIST, "+plan|harm", "0.6", "1 (plan) + -0.4 (harm) = 0.6"),
            (LIST, "+harm|fraud", "-1", "-0.4 (harm) + -0.6 (fraud) = -1"),
            (LIST, "+", "0", "no item met → 0"),
            (DAY, "2024-06-25", "-0.5", "2024-06-25 > 2024-06-15: days late: 10 → -0.5"),
            (DAY, "2024-06-26", "-1", "2024-06-26 > 2024-06-15: days late: 11 → -1"),
            ({"kind": "deduct", "step": "0.75"}, "n=3", "-0.25", "2 − 3 × 0.75 = -0.25"),
            ({"kind": "deduct", "step": "0.75"}, "n=4", "-1", "2 − 4 × 0.75 = -1"),
            ({"kind": "deduct", "step": "0.75"}, "n=5", "-1", "2 − 5 × 0.75 < -1 → -1"),
            ({"kind": "deduct", "step": "100%"}, "n=1", "0", "2 − 1 × 2 = 0"),
        ],
    )
    def test_points(self, fields: dict[str, Any], told: str, points: str, working: str) -> None:
        made, maximum = with_min(fields), Fraction(1 if fields is CHOICE else 2)
        assert made.points(fact(told), maximum) == Fraction(points)
        assert made.working(fact(told), maximum, EN) == working

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"kind": "deduct", "step": "0.5"}, "2, less 0.5 for each case, not below -1."),
            (DAY, "2 up to 2024-06-15; -0.5 up to 10 days late; later -1."),
            ({"kind": "points"}, "Points as given, from -1 to 2."),
        ],
    )
    def test_words(self, fields: dict[str, Any], words: str) -> None:
        assert with_min(fields).in_words(Fraction(2), EN) == words

    def test_gains(self) -> None:
        two, now = Fraction(2), Fraction(-1)
        assert [*with_min(CHOICE).gains(now, Fraction(1))] == [
            gain("0", ":late"),
            gain("1", ":issued"),
        ]
        assert [*with_min({"kind": "deduct", "step": "1"}).gains(now, two)] == [
            gain("0", "n=2", "to"),
            gain("1", "n=1", "to"),
            gain("2", "n=0", "to"),
        ]

    def test_an_item_that_takes_points_away_need_not_stay(self) -> None:
        rises = with_min(LIST).gains(Fraction("0.6"), Fraction(2), fact("+plan|harm"))
        assert [(each.points, each.fact) for each in rises] == [
            (Fraction(1), fact("+plan")),
            (Fraction("1.6"), fact("+plan|harm|money")),
            (Fraction(2), fact("+plan|money")),
        ]

    @given(st.integers(0, 200), st.decimals("0.01", "2", places=2), st.fractions(-3, 0))
    def test_deductions_stay_within_the_bounds_and_reach_both(
        self, count: int, step: Decimal, lowest: Fraction
    ) -> None:
        made = rule(kind="deduct", step=str(step)).with_lowest(lowest)
        points = made.points(Count(count), Fraction(2))
        assert lowest <= points <= 2
        assert made.points(Count(0), Fraction(2)) == 2
        assert made.points(Count(500), Fraction(2)) == lowest

    def test_a_rule_without_a_minimum_is_as_before(self) -> None:
        made = Criterion.model_validate(area("1", "2", rule={"kind": "deduct", "step": "1"}))
        assert made.scored_by is made.rule
        assert made.scored_by.points(Count(9), Fraction(2)) == 0


def scored(scores: dict[str, Any], **fields: Any) -> Result:
    """A result under a small scheme: 1.1 from -1 to 1, 1.2 from 0 to 3, 2 from -2 to 6."""
    tree = [
        area("1", "4", area("1.1", "1", min="-1", rule=CHOICE), area("1.2", "3")),
        area("2", "6", min="-2"),
    ]
    facts = {code: Entry(each) if isinstance(each, Fact) else each for code, each in scores.items()}
    return score(card(facts), scheme(**{"criteria": tree, **fields}))


class TestSums:
    """A sum takes negative points as they are; what is lost is the maximum less the points."""

    def test_a_leaf_that_lost_more_than_all(self) -> None:
        result = scored({"1.1": Answer("none"), "1.2": "3", "2": "-2"})
        assert [result.node(code).points for code in ("1.1", "1", "2")] == [-1, 2, -2]
        assert [result.node(code).lost for code in ("1.1", "1", "2", "")] == [2, 2, 8, 10]
        assert result.index == 0
        assert result.node("2").state == "scored"
        lines = {line.key: (line.lost, line.max) for line in parindex.losses(result).lines}
        assert lines["1.1"] == (2, 1)
        assert parindex.losses(result).lost == 10

    @pytest.mark.parametrize(
        ("clamp", "index", "final"), [(True, "0.00", 0), (False, "-30.00", -3)]
    )
    def test_the_whole_is_not_below_0_unless_the_scheme_lets_it(
        self, clamp: bool, index: str, final: int
    ) -> None:
        result = scored({"1.1": "-1", "1.2": "0", "2": "-2"}, clamp=clamp)
        assert (result.total.points, result.total.final, result.total.lost) == (-3, final, 13)
        assert result.index == Decimal(index)
        assert result.printed_percent(result.node("2")) == Decimal("-33.33")

    def test_what_is_unknown_lies_between_both_bounds(self) -> None:
        result = scored({"1.2": "2", "2": "4"})
        total = result.total
        assert (total.points, total.least, total.most) == (6, 5, 7)
        assert (total.low, total.high) == (50, 70)
        assert (result.node("1").outcome.below, result.node("1.1").outcome.below) == (1, 1)
        nothing = scored({"2": "unknown"})
        assert (nothing.total.least, nothing.node("1").least) == (0, -1)

    def test_points_of_a_criterion_with_children(self) -> None:
        assert scored({"1": "-1", "2": "0"}).node("1").points == -1
        with pytest.raises(InputError) as caught:
            scored({"1": "-1.01", "2": "-2.01"})
        told = [(each.code, each.parameters["expected"]) for each in caught.value.findings]
        assert told == [("P203", "-1…4"), ("P203", "-2…6")]
        beside = scored({"1": "-1", "1.2": "0", "2": "0"})
        assert beside.node("1").points == -1
        with pytest.raises(InputError):  # at least 3 - 1
            scored({"1": "1", "1.2": "3", "2": "0"})

    def test_no_evidence_is_0_and_only_0_agrees_with_it(self) -> None:
        assert scored({"1.1": "no_evidence", "1.2": "3", "2": "1"}).node("1.1").points == 0
        with pytest.raises(InputError):
            scored({"1": "no_evidence", "1.1": "-1", "2": "0"})

    def test_what_does_not_apply_takes_nothing_away(self) -> None:
        result = scored({"1": "not_applicable", "2": "unknown"})
        assert (result.total.outcome.below, result.total.applicable_max) == (2, 6)


class TestGuards:
    """A guard takes points away and forgives nothing; to have points is to have more than 0."""

    TREE = (
        area("1", "4", area("1.1", "2", min="-1"), area("1.2", "2")),
        area("2", "6", min="-2", requires="1"),
    )

    @pytest.mark.parametrize(
        ("scores", "state", "points", "bounds"),
        [
            ({"1.1": "-1", "1.2": "1", "2": "5"}, "zero", 0, (0, 0)),
            ({"1.1": "-1", "1.2": "0", "2": "-2"}, "scored", -2, (-2, -2)),
            ({"1.1": "-1", "1.2": "1.5", "2": "5"}, "scored", 5, (5, 5)),
            ({"1.1": "0", "1.2": "0", "2": "unknown"}, "unknown", None, (-2, 0)),
            ({"1.1": "unknown", "1.2": "1", "2": "5"}, "unknown", None, (0, 6)),
            ({"1.1": "unknown", "1.2": "1.5", "2": "5"}, "scored", 5, (5, 5)),
            ({"1.1": "unknown", "1.2": "1", "2": "-1"}, "scored", -1, (-1, -1)),
            ({"1.2": "1"}, "unknown", None, (-2, 6)),
            ({"1": "-1", "2": "5"}, "zero", 0, (0, 0)),
        ],
    )
    def test_behind(
        self,
        scores: dict[str, str],
        state: str,
        points: int | None,
        bounds: tuple[int, int],
    ) -> None:
        node = scored(scores, criteria=self.TREE).node("2")
        assert (node.state, node.points, (node.least, node.most)) == (state, points, bounds)

    def test_within_given_points_the_fewest_shut_and_the_most_open(self) -> None:
        tree = (self.TREE[0], {**self.TREE[1], "requires": "1.1"})
        states = [
            scored({"1": given, "2": "5"}, criteria=tree).node("2").state
            for given in ("-1", "0", "4")
        ]
        assert states == ["zero", "unknown", "scored"]

    def test_points_of_a_parent_behind_a_shut_guard(self) -> None:
        tree = [area("1", "4"), area("2", "6", area("2.1", "6", min="-2"), requires="1")]
        node = scored({"1": "0", "2": "0"}, criteria=tree).node("2")
        assert (node.least, node.most, node.state) == (-2, 0, "unknown")


class TestScenarios:
    """Scenarios and targets go down to the fewest points, and up from there."""

    def test_shifts(self) -> None:
        result = scored({"1.1": Answer("late"), "1.2": "2", "2": "0"})
        after = parindex.simulate(result, {"2": Shift(Decimal(-2))}).after
        assert after.node("2").points == -2
        with pytest.raises(InputError) as caught:
            parindex.simulate(result, {"2": Shift(Decimal("-2.5"))})
        [found] = caught.value.findings
        assert (found.code, found.parameters["expected"]) == ("P203", "-2…6")

    def test_a_target_starts_below_0(self) -> None:
        result = scored({"1.1": Answer("none"), "1.2": "0", "2": "0"})
        target = parindex.target(result, index=10)
        assert target.missing == Fraction("1.9995")
        assert [step.now.code for step in target.plans[0].steps] == ["1.2"]
        plan = parindex.target(scored({"1.1": Answer("none"), "1.2": "3", "2": "6"}), index=100)
        [step] = plan.plans[0].steps
        assert (step.gain.fact, step.raised) == (Answer("issued"), 2)

    @given(st.sampled_from(["-1", "-0.5", "0", "0.5", "1"]), st.integers(-2, 6), st.booleans())
    def test_laws(self, first: str, second: int, is_known: bool) -> None:
        scores = {"1.1": first, "1.2": "1", **({"2": str(second)} if is_known else {})}
        total = scored(scores, clamp=False).total
        assert total.least <= (total.points or ZERO) <= (total.most or ZERO)
        assert total.applicable_max is not None
        assert total.assessed_max is not None
        assert total.lost == total.assessed_max - (total.points or ZERO)
        known = scored({"1.1": first, "1.2": "1", "2": str(second)}, clamp=False).total
        assert total.least <= known.least <= (total.most or ZERO)


def test_a_refused_score_says_the_range() -> None:
    """P203 and P202 name both bounds of a leaf."""
    leaf = Criterion.model_validate(area("1", "1", min="-1"))
    for points, code in (("-1.5", "P203"), ("1.5", "P202")):
        with pytest.raises(RefusedError) as caught:
            points_of(leaf, leaf.scored_by, Points(Decimal(points)))
        assert (caught.value.code, caught.value.parameters["expected"]) == (code, "-1…1")


def test_a_scheme_without_minima_has_none() -> None:
    """The fewest points of a scheme are 0 unless a leaf says otherwise."""
    assert scheme().lowest == 0
    assert Scheme.model_validate(scheme().model_dump(by_alias=True)).sha256 == scheme().sha256
