"""Rules: the points that follow from a fact, and the proof that a rule is sound."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from parindex.language import language
from parindex.model.facts import Fact, Ratio, Value
from parindex.rules import AnyRule
from parindex.rules.base import RefusedError, Rule

ADAPTER: TypeAdapter[Rule] = TypeAdapter(AnyRule)


def rule(**fields: Any) -> Rule:
    return ADAPTER.validate_python(fields)


def percent(value: str) -> Fact:
    return Value(Decimal(value), is_percent=True)


def ratio(part: str, whole: str) -> Fact:
    return Ratio(Decimal(part), Decimal(whole))


def refused(rule_: Rule, fact: Fact, maximum: int = 2) -> str:
    with pytest.raises(RefusedError) as caught:
        rule_.points(fact, Fraction(maximum))
    return caught.value.code


def faults(rule_: Rule, maximum: int = 2) -> list[str]:
    return [fault.code for fault in rule_.proof(Fraction(maximum))]


STEPS = rule(
    kind="steps",
    steps=[
        {"above": "90", "points": "2"},
        {"from": "70", "points": "1"},
        {"from": "0", "points": "0"},
    ],
)


class TestSteps:
    """The points are those of the first step whose lower edge the figure reaches."""

    @pytest.mark.parametrize(
        ("figure", "points"),
        [("0", 0), ("69.99", 0), ("70", 1), ("90", 1), ("90.000001", 2), ("100", 2)],
    )
    def test_edges(self, figure: str, points: int) -> None:
        assert STEPS.points(percent(figure), Fraction(2)) == points

    def test_a_ratio_is_not_rounded_first(self) -> None:
        just_below = ratio("69999999", "100000000")
        assert STEPS.points(just_below, Fraction(2)) == 0
        assert STEPS.points(ratio("7", "10"), Fraction(2)) == 1

    def test_plain_values(self) -> None:
        plain = rule(
            kind="steps",
            of="value",
            steps=[{"from": "5", "points": "2"}, {"from": "0", "points": "0"}],
        )
        assert plain.points(Value(Decimal(5)), Fraction(2)) == 2
        assert refused(plain, percent("5")) == "P205"
        assert refused(plain, Value(Decimal(-1))) == "P207"

    @pytest.mark.parametrize(
        ("fact", "code"),
        [
            (ratio("1", "0"), "P206"),
            (ratio("0", "0"), "P206"),
            (ratio("11", "10"), "P207"),
            (percent("100.01"), "P207"),
            (percent("-1"), "P207"),
            (Value(Decimal(80)), "P205"),
        ],
    )
    def test_refused(self, fact: Fact, code: str) -> None:
        assert refused(STEPS, fact) == code

    def test_working(self) -> None:
        told = STEPS.working(ratio("234", "543"), Fraction(2), language("en"))
        assert told == "234/543 = 43.09 % → step from 0"

    @pytest.mark.parametrize(
        ("steps", "code"),
        [
            ([("above", "90", "2"), ("from", "0", "0")], []),
            ([("above", "90", "2"), ("from", "90", "1"), ("from", "0", "0")], []),
            ([("from", "90", "2"), ("above", "90", "1"), ("from", "0", "0")], ["P307"]),
            ([("from", "70", "2"), ("from", "90", "1"), ("from", "0", "0")], ["P307"]),
            ([("from", "90", "2"), ("from", "70", "1")], ["P308"]),
            ([("from", "90", "2"), ("above", "0", "0")], ["P308"]),
            ([("above", "101", "2"), ("from", "0", "0")], ["P309"]),
            ([("from", "90", "1"), ("from", "0", "0")], ["P305"]),
            ([("from", "90", "3"), ("from", "50", "2"), ("from", "0", "0")], ["P306"]),
            ([("from", "90", "2"), ("from", "0", "-1")], ["P306"]),
            ([("from", "50", "1"), ("from", "70", "3")], ["P307", "P308", "P306"]),
        ],
    )
    def test_proof(self, steps: list[tuple[str, str, str]], code: list[str]) -> None:
        table = [{edge: figure, "points": points} for edge, figure, points in steps]
        assert faults(rule(kind="steps", steps=table)) == code


class TestRatio:
    """The points are the rate times the maximum; a floor is a jump, a target a ramp that is cut."""

    @pytest.mark.parametrize(
        ("fields", "figure", "points"),
        [
            ({}, "0", "0"),
            ({}, "50", "1"),
            ({}, "100", "2"),
            ({"floor": "80%"}, "79.999", "0"),
            ({"floor": "80%"}, "80", "1.6"),
            ({"floor": "80%"}, "100", "2"),
            ({"target": "80%"}, "40", "1"),
            ({"target": "80%"}, "80", "2"),
            ({"target": "80%"}, "95", "2"),
        ],
    )
    def test_edges(self, fields: dict[str, str], figure: str, points: str) -> None:
        given_points = rule(kind="ratio", **fields).points(percent(figure), Fraction(2))
        assert given_points == Fraction(points)

    def test_a_quotient_stays_exact(self) -> None:
        assert rule(kind="ratio").points(ratio("1", "3"), Fraction(1)) == Fraction(1, 3)

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"floor": "80%"}, []),
            ({"floor": "0%"}, ["P309"]),
            ({"target": "101%"}, ["P309"]),
            ({"floor": "80%", "target": "90%"}, ["P310"]),
        ],
    )
    def test_proof(self, fields: dict[str, str], codes: list[str]) -> None:
        assert faults(rule(kind="ratio", **fields)) == codes

    @pytest.mark.parametrize(
        ("fields", "fact", "told"),
        [
            ({}, ratio("1", "3"), "1/3 = 33.33 % × 2"),
            ({"floor": "80%"}, percent("79.5"), "79.5 % < 80 %"),
            ({"target": "60%"}, percent("30"), "30 % ÷ 60 % × 2"),
            ({"target": "60%"}, percent("61"), "61 % ≥ 60 %"),
        ],
    )
    def test_working(self, fields: dict[str, str], fact: Fact, told: str) -> None:
        assert rule(kind="ratio", **fields).working(fact, Fraction(2), language("en")) == told

    def test_working_in_vietnamese_has_a_decimal_comma(self) -> None:
        told = rule(kind="ratio").working(percent("97.2"), Fraction(1, 2), language("vi"))
        assert told == "97,2 % × 0,5"


counts = st.integers(0, 10**9)


class TestEveryRate:
    """Points never leave 0…maximum and never fall when the rate rises."""

    @given(
        st.sampled_from(
            [
                STEPS,
                rule(kind="ratio"),
                rule(kind="ratio", floor="80%"),
                rule(kind="ratio", target="55.5%"),
            ]
        ),
        st.integers(1, 10**9),
        counts,
        counts,
    )
    def test_bounds_and_order(self, rule_: Rule, whole: int, one: int, other: int) -> None:
        low, high = sorted((min(one, whole), min(other, whole)))
        maximum = Fraction(2)
        less = rule_.points(Ratio(Decimal(low), Decimal(whole)), maximum)
        more = rule_.points(Ratio(Decimal(high), Decimal(whole)), maximum)
        assert 0 <= less <= more <= maximum


class TestPoints:
    """Points are given, never computed: the rule takes no fact."""

    def test_every_fact_is_refused(self) -> None:
        assert refused(rule(kind="points"), percent("50")) == "P205"
        assert faults(rule(kind="points")) == []
