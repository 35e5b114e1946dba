"""A third treatment of what does not apply: its maximum moves to leaves beside it."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.findings import InputError
from parindex.rules.base import KINDS, Rule
from parindex.rules.points import PointsRule
from parindex.rules.scaled import ScaledRule
from parindex.scheme.proof import prove
from parindex.scorecard.scorecard import Entry
from parindex.scoring import score
from parindex.scoring.result import Result
from parindex.values.facts import Count, Fact, Points, Ratio, Value
from tests.rule_support import ADAPTER, EN, fact
from tests.support import ROOT, area, call, card, scheme

RATIO = {"kind": "ratio"}
OFF = "not_applicable"
SIX, NINE = Points(Decimal(6)), Points(Decimal(9))


def leaf(code: str, maximum: str, *to: str, **fields: Any) -> dict[str, Any]:
    """A leaf whose maximum moves to these."""
    moved = {"not_applicable": {"move_to": list(to)}} if to else {}
    return area(code, maximum, **moved, **fields)


TREE = (
    area(
        "1",
        "18",
        leaf("1.1", "6", rule=RATIO),
        leaf("1.2", "6", "1.1", "1.3"),
        leaf("1.3", "6", rule={"kind": "deduct", "step": "4"}),
    ),
    leaf("2", "2"),
)


def scored(scores: dict[str, Any], *tree: dict[str, Any], **fields: Any) -> Result:
    """A result under the small scheme, or another one."""
    facts = {code: Entry(each) if isinstance(each, Fact) else each for code, each in scores.items()}
    profile = {"profile": fields.pop("profile")} if "profile" in fields else {}
    named = {"criteria": list(tree or TREE), "max": "20", **fields}
    return score(card(facts, **profile), scheme(**named))


class TestProof:
    """A maximum moves from a leaf with one to others right beside it, which have some."""

    @pytest.mark.parametrize(
        ("tree", "codes"),
        [
            ([*TREE], []),
            ([leaf("1", "4", "2"), leaf("2", "16", "1")], []),
            ([leaf("1", "4", "1"), leaf("2", "16")], ["P314"]),
            ([leaf("1", "4", "9"), leaf("2", "16")], ["P313"]),
            ([leaf("1", "4", "2", "2"), leaf("2", "16")], ["P301"]),
            ([leaf("1", "4", "2"), area("2", "16", area("2.1", "16"))], ["P313"]),
            ([leaf("1", "4", "2.1"), area("2", "16", area("2.1", "16"))], ["P313"]),
            ([leaf("1", "4", "2"), area("2", None)], ["P313"]),
            ([leaf("1", "20", "2"), area("2", "0", rule={"kind": "watch"})], ["P313"]),
            ([area("1", None, not_applicable={"move_to": ["2"]}), area("2", "4")], ["P109"]),
            ([area("1", "4", not_applicable={"move_to": []}), area("2", "16")], ["P109"]),
            ([area("1", "4", area("1.1", "4"), not_applicable={"move_to": ["2"]}), leaf("2", "16")]
             , ["P108"]),
        ],
    )  # fmt: skip
    def test_codes(self, tree: list[dict[str, Any]], codes: list[str]) -> None:
        assert [each.code for each in prove(scheme(max="20", criteria=tree))] == codes

    def test_a_code_that_is_not_there_is_told_with_what_is_meant(self) -> None:
        tree = [leaf("1.10", "4", "1.1l"), leaf("1.11", "16")]
        [found] = prove(scheme(max="20", criteria=tree))
        assert found.path == ("criteria", 0, "not_applicable", "move_to", 0)
        assert found.parameters["near"].startswith("1.11")
        assert found.parameters["expected"] == "1.11"

    def test_items_of_a_bonus_have_none(self) -> None:
        item = leaf("B", "1", "C")
        block = {"id": "more", "kind": "bonus", "items": [item, leaf("C", "1")]}
        assert [each.code for each in prove(scheme(adjustments=[block]))] == ["P108"]


class TestMoves:
    """The maximum goes in equal parts to those named that apply; rules give points in proportion."""

    def test_both_receive_half(self) -> None:
        result = scored(
            {"1.1": Ratio(Decimal(1), Decimal(2)), "1.2": OFF, "1.3": Count(1), "2": "2"}
        )
        told = {code: (result.node(code).points, result.node(code).applicable_max) for code in
                ("1.1", "1.2", "1.3", "1", "2")}  # fmt: skip
        assert told == {
            "1.1": (Fraction("4.5"), 9),
            "1.2": (None, 0),
            "1.3": (3, 9),
            "1": (Fraction("7.5"), 18),
            "2": (2, 2),
        }
        assert result.node("1.1").outcome.excluded == -3
        assert result.node("1").outcome.excluded == 0
        assert (result.total.lost, result.index) == (Fraction("10.5"), Decimal("47.50"))

    @pytest.mark.parametrize(
        ("scores", "maxima"),
        [
            ({}, (6, 6, 6)),
            ({"1.2": "unknown"}, (6, 6, 6)),
            ({"1.2": OFF}, (9, 0, 9)),
            ({"1.2": OFF, "1.1": OFF}, (0, 0, 12)),
            ({"1.2": OFF, "1.1": OFF, "1.3": OFF}, (0, 0, 0)),
            ({"1": OFF}, (0, 0, 0)),
            ({"1": "no_evidence", "1.2": OFF}, (9, 0, 9)),
        ],
    )
    def test_what_applies(self, scores: dict[str, str], maxima: tuple[int, ...]) -> None:
        result = scored(scores)
        assert tuple(result.node(f"1.{n}").applicable_max for n in (1, 2, 3)) == maxima
        assert result.node("1").applicable_max == sum(maxima)

    def test_several_leaves_move(self) -> None:
        tree = [leaf("1", "3", "3", "4"), leaf("2", "4", "1", "3"), leaf("3", "6"), leaf("4", "7")]
        result = scored({"1": OFF, "2": OFF}, *tree)
        assert [result.node(code).applicable_max for code in "1234"] == [
            *(0, 0),
            6 + Fraction(3, 2) + 4,
            7 + Fraction(3, 2),
        ]
        assert result.total.outcome.unassessed == 20

    def test_a_profile_moves_too(self) -> None:
        fields = {"profiles": {"small": ["1.2"]}, "profile": "small"}
        result = scored(
            {"1.1": Value(Decimal(100), is_percent=True), "1.3": "9", "2": "1"}, **fields
        )
        assert (result.node("1").points, result.index) == (18, Decimal("95.00"))

    def test_points_as_given_go_up_to_the_new_maximum(self) -> None:
        assert scored({"1.1": "9", "1.2": OFF}).node("1.1").points == 9
        for scores in ({"1.1": "9.01", "1.2": OFF}, {"1.1": "6.01", "1.2": "0"}):
            with pytest.raises(InputError) as caught:
                scored(scores)
            assert [each.code for each in caught.value.findings] == ["P202"]

    def test_what_is_unknown_is_the_new_maximum(self) -> None:
        result = scored({"1.1": Ratio(Decimal(1), Decimal(1)), "1.2": OFF, "2": "2"})
        assert result.node("1.3").outcome.unassessed == 9
        assert (result.total.low, result.total.high, result.total.assessed_max) == (55, 100, 11)

    def test_behind_a_guard(self) -> None:
        tree = [leaf("1", "4", "2"), leaf("2", "6", requires="3"), leaf("3", "10")]
        shut = scored({"1": OFF, "2": "8", "3": "0"}, *tree)
        assert (shut.node("2").points, shut.node("2").applicable_max, shut.total.lost) == (
            0,
            10,
            20,
        )
        unknown = scored({"1": OFF, "2": "8"}, *tree)
        assert unknown.node("2").outcome.unassessed == 10

    def test_minima_move_in_proportion(self) -> None:
        tree = [leaf("1", "10", "2"), leaf("2", "10", min="-1")]
        assert scored({"1": OFF, "2": "-2"}, *tree, clamp=False).total.points == -2
        assert scored({"1": OFF}, *tree).total.outcome.below == 2
        with pytest.raises(InputError):
            scored({"1": OFF, "2": "-2.1"}, *tree)

    def test_rounding_keeps_the_new_maximum(self) -> None:
        tree = [leaf("1", "4.5", "2"), leaf("2", "15.5")]
        rounding = {"points": {"digits": 0, "at": "leaf"}}
        result = scored({"1": OFF, "2": "19.6"}, *tree, rounding=rounding)
        assert result.total.points == 20

    def test_origins_follow_the_leaf_that_received(self) -> None:
        tree = [leaf("1", "8", "2", origin="a"), leaf("2", "12", origin="b")]
        partitions = {"origin": [{"id": "a", "max": "8"}, {"id": "b", "max": "12"}]}
        result = scored({"1": OFF, "2": "15"}, *tree, partitions=partitions)
        nodes = {node.code: node for node in result.part_nodes("origin")}
        assert (nodes["a"].applicable_max, nodes["b"].applicable_max) == (0, 20)
        given_ = score(card({"1": OFF}, parts={"origin": {"b": Decimal(15)}}), result.scheme)
        assert given_.total.points == 15

    @given(
        st.lists(st.sampled_from(["0", "1.5", OFF, "unknown"]), min_size=4, max_size=4),
        st.lists(st.sets(st.integers(0, 3), max_size=3), min_size=4, max_size=4),
    )
    def test_maxima_are_only_moved(self, said: list[str], to: list[set[int]]) -> None:
        tree = [leaf(str(n), "5", *(str(each) for each in sorted(to[n] - {n}))) for n in range(4)]
        result = scored({str(n): each for n, each in enumerate(said)}, *tree)
        nodes = [result.node(str(n)) for n in range(4)]
        assert sum(node.applicable_max or 0 for node in nodes) == result.total.applicable_max
        lost = [
            n
            for n in range(4)
            if said[n] == OFF and not any(said[each] != OFF for each in to[n] - {n})
        ]
        assert result.total.applicable_max == 20 - 5 * len(lost)
        assert all((node.applicable_max or 0) >= (node.points or 0) for node in nodes)


RULES = [
    (each, [fact(text) for text in told])
    for each, told in (
        (RATIO, ("50%", "7/9")),
        ({"kind": "ratio", "target": "90%"}, ("45%", "95%")),
        ({"kind": "choice", "options": {"a": "2", "b": "0.5", "c": "0"}}, (":b", ":c")),
        ({"kind": "checklist", "items": {"a": "0.5", "b": "1.5"}}, ("+a", "+")),
        ({"kind": "deduct", "step": "0.75"}, ("n=1", "n=9")),
        ({"kind": "count", "each": "0.3"}, ("n=2", "n=99")),
        ({"kind": "linear", "zero_at": "30", "full_at": "5"}, ("10", "40")),
    )
]


class TestScaled:
    """A rule at another maximum gives what it gives at its own, in proportion, and says so."""

    @pytest.mark.parametrize(("fields", "facts"), RULES)
    def test_all_in_proportion(self, fields: dict[str, Any], facts: list[Fact]) -> None:
        rule: Rule = ADAPTER.validate_python(fields)
        own, whole = Fraction(2), Fraction(3)
        scaled = ScaledRule.of(rule, own)
        assert scaled.takes is rule.takes
        assert scaled.any_points == rule.any_points
        assert scaled.in_words(whole, EN) == rule.in_words(own, EN)
        for each in facts:
            points = rule.points(each, own)
            assert scaled.points(each, whole) == points * whole / own
            told = scaled.working(each, whole, EN)
            assert told.startswith(f"{rule.working(each, own, EN)}; × 3 ÷ 2 ")
            rises = [
                (gain.points * 2 / 3, gain.fact)
                for gain in scaled.gains(points * 3 / 2, whole, each)
            ]
            assert rises == [(gain.points, gain.fact) for gain in rule.gains(points, own, each)]
            least = scaled.reaching(Fraction(3, 2), whole, each)
            inner = rule.reaching(Fraction(1), own, each)
            assert (least and least.fact) == (inner and inner.fact)

    def test_points_as_given_need_no_scale(self) -> None:
        result = scored({"1.2": OFF, "1.1": "3"})
        assert isinstance(result.rules.of(result.scheme.by_code["1.1"]), ScaledRule)
        tree = [leaf("1", "10", "2"), leaf("2", "10")]
        other = scored({"1": OFF, "2": "3"}, *tree)
        assert isinstance(other.rules.of(other.scheme.by_code["2"]), PointsRule)

    def test_files_know_nothing_of_it(self) -> None:
        assert ScaledRule not in KINDS.values()


class TestTold:
    """What moved is explained, shown and planned with."""

    CARD = """\
unit: A
year: 2026
scheme: moving.yaml
scores: {"5.2": {ratio: [50, 100]}, "5.3": not_applicable, "5.4": {value: 60%}, "6": 4}
"""

    @pytest.fixture
    def file(self, tmp_path: Path) -> str:
        """The scorecard, with its scheme beside it."""
        scheme_ = ROOT / "tests/cases/schemes/moving.yaml"
        (tmp_path / "moving.yaml").write_text(scheme_.read_text("utf-8"), encoding="utf-8")
        made = tmp_path / "card.yaml"
        made.write_text(self.CARD, encoding="utf-8")
        return str(made)

    def test_explained(self, file: str) -> None:
        told = call("explain", file, "5.2").out
        assert "4.5 of 9 (50.00 %)" in told
        assert "6 + 3 of 5.3, which does not apply = 9" in told
        assert "50/100 = 50.00 % × 6 = 3; × 9 ÷ 6 = 4.5" in told
        assert "at least 100/100 → 9, 4.5 more" in told
        moved = call("explain", file, "5.3").out
        assert "3 moved to 5.2; 3 moved to 5.4" in moved
        assert "its maximum goes in equal parts to 5.2, 5.4" in moved

    def test_json_keeps_the_maximum_of_the_scheme(self, file: str) -> None:
        told = json.loads(call("score", file, "-f", "json", "--depth", "9").out)["results"][0]
        node = told["criteria"][0]["children"][0]
        assert (node["max"], node["applicable_max"]) == (6, 9)
        assert (told["max"], told["applicable_max"]) == (22, 22)

    def test_csv_reads_back_the_same(self, file: str) -> None:
        options = ["-f", "csv", "--depth", "9"]
        once = call("score", file, *options)
        scheme_ = str(Path(file).parent / "moving.yaml")
        again = call("score", "-", *options, "--scheme", scheme_, given=once.out)
        assert (again.code, again.err) == (0, "")
        assert [row.split(",")[-2:] for row in again.out.splitlines()] == [
            row.split(",")[-2:] for row in once.out.splitlines()
        ]

    def test_losses_and_targets(self) -> None:
        scores = {"1.1": Ratio(Decimal(1), Decimal(2)), "1.2": OFF, "1.3": Count(1), "2": "2"}
        result = scored(scores)
        lines = {line.key: (line.max, line.lost) for line in parindex.losses(result).lines}
        assert (lines["1.1"], lines["1.3"]) == ((9, Fraction("4.5")), (9, 6))
        plan = parindex.target(result, index=75).plans[0]
        assert [(step.now.code, step.gain.points) for step in plan.steps] == [("1.3", 9)]
        assert plan.simulation.after.index == Decimal("77.50")

    def test_a_scenario_moves_it_back(self) -> None:
        result = scored({"1.1": "9", "1.2": OFF, "1.3": "9", "2": "2"})
        with pytest.raises(InputError) as caught:
            parindex.simulate(result, {"1.2": SIX})
        assert {each.code for each in caught.value.findings} == {"P202"}
        after = parindex.simulate(result, {"1.2": SIX, "1.1": SIX, "1.3": SIX}).after
        assert after.index == 100
        there = parindex.simulate(after, {"1.2": OFF, "1.1": NINE, "1.3": NINE}).after
        assert there.index == 100
