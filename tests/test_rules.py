"""Rules that take a rate or another measured figure: steps, ratio, linear; and points as given."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.rules.base import Gain, Rule
from parindex.values.facts import Ratio, Value
from tests.rule_support import EN, TWO, VI, faults, gain, gains, points, refused, rule, working

STEPS = rule(
    kind="steps",
    steps=[
        {"above": "90", "points": "2"},
        {"from": "70", "points": "1"},
        {"from": "0", "points": "0"},
    ],
)
LATE = rule(
    kind="steps",
    of="value",
    steps=[
        {"from": "10", "points": "0"},
        {"above": "5", "points": "1"},
        {"from": "0", "points": "2"},
    ],
)
RATES = [
    rule(kind="ratio"),
    rule(kind="ratio", floor="80%"),
    rule(kind="ratio", target="55.5%"),
    rule(kind="linear", of="percent", zero_at="20", full_at="95"),
    STEPS,
]
FALLING = [
    rule(kind="ratio", inverted=True),
    rule(kind="ratio", inverted=True, target="90%"),
    rule(kind="linear", of="percent", zero_at="30", full_at="5"),
]
percents = st.decimals(0, 100, places=3)
wholes = st.integers(1, 10**9)


class TestSteps:
    """The points are those of the first step whose lower edge the figure reaches."""

    @pytest.mark.parametrize(
        ("figure", "expected"),
        [("0", 0), ("69.99", 0), ("70", 1), ("90", 1), ("90.000001", 2), ("100", 2)],
    )
    def test_edges(self, figure: str, expected: int) -> None:
        assert points(STEPS, f"{figure}%") == expected

    @pytest.mark.parametrize(
        ("figure", "expected"), [("0", 2), ("5", 2), ("5.1", 1), ("9.9", 1), ("10", 0), ("99", 0)]
    )
    def test_fewer_may_be_better(self, figure: str, expected: int) -> None:
        assert points(LATE, figure) == expected

    def test_a_ratio_is_not_rounded_first(self) -> None:
        assert points(STEPS, "69999999/100000000") == 0
        assert points(STEPS, "7/10") == 1

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("1/0", "P206"),
            ("0/0", "P206"),
            ("11/10", "P207"),
            ("100.01%", "P207"),
            ("-1%", "P207"),
            ("80", "P205"),
            ("n=3", "P205"),
        ],
    )
    def test_refused(self, text: str, code: str) -> None:
        assert refused(STEPS, text) == code

    @pytest.mark.parametrize(
        ("text", "code"), [("5%", "P205"), ("-1", "P207"), ("1/2", "P205"), ("0/0", "P205")]
    )
    def test_refused_where_a_plain_value_is_meant(self, text: str, code: str) -> None:
        assert refused(LATE, text) == code

    @given(percents)
    def test_an_independent_computation(self, figure: Decimal) -> None:
        expected = 2 if Fraction(figure) > 90 else 1 if Fraction(figure) >= 70 else 0
        assert STEPS.points(Value(figure, is_percent=True), TWO) == expected

    @pytest.mark.parametrize(
        ("rule_", "text", "told"),
        [
            (STEPS, "234/543", "234/543 = 43.09 % → step < 70 % → 0"),
            (STEPS, "90%", "90 % → step 70–90 % → 1"),
            (STEPS, "91%", "91 % → step > 90 % → 2"),
            (LATE, "7.5", "7.5 → step >5–<10 → 1"),
            (LATE, "5", "5 → step ≤ 5 → 2"),
        ],
    )
    def test_working(self, rule_: Rule, text: str, told: str) -> None:
        assert working(rule_, text) == told

    def test_in_words(self) -> None:
        told = "Points of the step in which the figure lies: > 90 %: 2; 70–90 %: 1; < 70 %: 0."
        assert STEPS.in_words(TWO, EN) == told
        assert STEPS.in_words(TWO, VI).endswith("> 90%: 2; 70–90%: 1; < 70%: 0.")

    @pytest.mark.parametrize(
        ("rule_", "now", "text", "expected"),
        [
            (STEPS, "0", None, [gain("1", "70%", "from"), gain("2", "90%", "above")]),
            (STEPS, "1", "90%", [gain("2", "90%", "above")]),
            (STEPS, "0.5", None, [gain("1", "70%", "from"), gain("2", "90%", "above")]),
            (STEPS, "2", "91%", []),
            (STEPS, "0", "234/543", [gain("1", "381/543", "from"), gain("2", "489/543", "from")]),
            (STEPS, "1", "9/10", [gain("2", "10/10", "from")]),
            (STEPS, "0", "1/3", [gain("2", "3/3", "from")]),
            (STEPS, "0", "0.5/2.5", [gain("1", "70%", "from"), gain("2", "90%", "above")]),
            (LATE, "0", "12", [gain("1", "10", "below"), gain("2", "5", "to")]),
            (LATE, "0", None, [gain("1", "10", "below"), gain("2", "5", "to")]),
        ],
    )
    def test_gains(self, rule_: Rule, now: str, text: str | None, expected: list[Gain]) -> None:
        assert gains(rule_, now, text) == expected

    @pytest.mark.parametrize(
        ("steps", "code"),
        [
            ("above 90: 2 | from 0: 0", []),
            ("above 90: 2 | from 90: 1 | from 0: 0", []),
            ("above 90 to 100: 2 | from 70 to 90: 1 | from 0 below 70: 0", []),
            ("above 90: 2 | from 70 below 90: 1 | from 0: 0", ["P315"]),
            ("above 90: 2 | from 70 to 85: 1 | from 0: 0", ["P315"]),
            ("from 90: 2 | from 70 to 90: 1 | from 0: 0", ["P307"]),
            ("from 90: 2 | from 70 below 95: 1 | from 0: 0", ["P307"]),
            ("from 90 below 100: 2 | from 0: 0", ["P315"]),
            ("from 90 to 101: 2 | from 0: 0", ["P307"]),
            ("from 90: 2 | above 90: 1 | from 0: 0", ["P307"]),
            ("from 70: 2 | from 90: 1 | from 0: 0", ["P307"]),
            ("from 90: 2 | from 70: 1", ["P308"]),
            ("from 90: 2 | above 0: 0", ["P308"]),
            ("above 101: 2 | from 0: 0", ["P309"]),
            ("from 90: 1 | from 0: 0", ["P305"]),
            ("from 90: 3 | from 50: 2 | from 0: 0", ["P306"]),
            ("from 90: 2 | from 0: -1", ["P306"]),
            ("from 50: 1 | from 70: 3", ["P307", "P308", "P306"]),
            ("from 90: 0 | from 70: 1 | from 0: 2", []),
            ("from 90: 2 | from 70: 2 | from 50: 1 | from 0: 1", []),
            ("from 90: 0 | from 70: 2 | from 50: 2 | from 0: 2", []),
            ("from 90: 1 | from 70: 2 | from 0: 0", ["P316"]),
            ("from 90: 0 | from 70: 2 | from 0: 1", ["P316"]),
            ("from 90: 0 | from 70: 2 | from 0: 0", ["P316"]),
            ("from 90: 2 | from 70: 0 | from 50: 1 | from 0: 0", ["P316"]),
        ],
    )
    def test_proof(self, steps: str, code: list[str]) -> None:
        assert faults(rule(kind="steps", steps=table(steps))) == code

    def test_of_steps_with_the_same_points_the_nearest_is_told(self) -> None:
        falling = rule(
            kind="steps", steps=table("above 90: 2 | from 80: 1 | above 70: 1 | from 0: 0")
        )
        assert gains(falling, "0", "10%") == [gain("1", "70%", "above"), gain("2", "90%", "above")]
        rising = rule(
            kind="steps",
            of="value",
            steps=table("from 30: 0 | above 20: 1 | from 10: 1 | from 0: 2"),
        )
        assert gains(rising, "0", "35") == [gain("1", "30", "below"), gain("2", "10", "below")]

    def test_the_highest_step_of_plain_values_has_no_end(self) -> None:
        steps = table("from 5 to 9: 2 | from 0: 0")
        assert faults(rule(kind="steps", of="value", steps=steps)) == ["P315"]


def table(text: str) -> list[dict[str, str]]:
    """Steps as a file writes them, from `from 70 to 90: 1 | from 0: 0`."""
    rows = []
    for row in text.split(" | "):
        edges, _, points_ = row.partition(": ")
        words = edges.split()
        rows.append({**dict(zip(words[::2], words[1::2], strict=True)), "points": points_})
    return rows


class TestRatio:
    """The points are the rate times the maximum; a floor is a jump, a target a ramp that is cut."""

    @pytest.mark.parametrize(
        ("fields", "figure", "expected"),
        [
            ({}, "0", "0"),
            ({}, "50", "1"),
            ({}, "100", "2"),
            ({"floor": "80%"}, "79.999", "0"),
            ({"floor": "80%"}, "80", "1.6"),
            ({"floor": "80%"}, "100", "2"),
            ({"target": "80%"}, "40", "1"),
            ({"target": "80%"}, "79.99", "1.99975"),
            ({"target": "80%"}, "80", "2"),
            ({"target": "80%"}, "95", "2"),
            ({"inverted": True}, "0", "2"),
            ({"inverted": True}, "25", "1.5"),
            ({"inverted": True, "target": "90%"}, "10", "2"),
            ({"inverted": True, "target": "90%"}, "55", "1"),
            ({"inverted": True, "floor": "80%"}, "20", "1.6"),
            ({"inverted": True, "floor": "80%"}, "20.01", "0"),
        ],
    )
    def test_edges(self, fields: dict[str, str], figure: str, expected: str) -> None:
        assert points(rule(kind="ratio", **fields), f"{figure}%") == Fraction(expected)

    def test_a_quotient_stays_exact(self) -> None:
        assert points(rule(kind="ratio"), "1/3", Fraction(1)) == Fraction(1, 3)

    @pytest.mark.parametrize(
        ("no_cases", "expected"), [(None, "P206"), ("full-points", 2), ("zero", 0)]
    )
    def test_no_case_arose(self, no_cases: str | None, expected: str | int) -> None:
        given_rule = rule(kind="ratio", no_cases=no_cases)
        assert refused(given_rule, "1/0") == "P206"
        if isinstance(expected, str):
            assert refused(given_rule, "0/0") == expected
        else:
            assert points(given_rule, "0/0") == expected
            assert working(given_rule, "0/0") == f"0/0 → no case arose → {expected}"

    @pytest.mark.parametrize(
        ("text", "code"),
        [("11/10", "P207"), ("100.1%", "P207"), ("-1%", "P207"), ("97.2", "P205"), (":x", "P205")],
    )
    def test_refused(self, text: str, code: str) -> None:
        assert refused(rule(kind="ratio"), text) == code

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

    @given(wholes, wholes, st.integers(1, 100))
    def test_an_independent_computation(self, one: int, other: int, target: int) -> None:
        part, whole = sorted((one, other))
        share = Fraction(part, whole)
        counts = Ratio(Decimal(part), Decimal(whole))
        by_target = rule(kind="ratio", target=f"{target}%").points(counts, TWO)
        by_floor = rule(kind="ratio", floor=f"{target}%").points(counts, TWO)
        assert by_target == min(2, 2 * share / Fraction(target, 100))
        assert by_floor == (2 * share if share >= Fraction(target, 100) else 0)

    @pytest.mark.parametrize(
        ("fields", "text", "told"),
        [
            ({}, "1/3", "1/3 = 33.33 % × 2 ≈ 0.6667"),
            ({}, "50%", "50 % × 2 = 1"),
            ({"floor": "80%"}, "79.5%", "79.5 % < 80 % → 0"),
            ({"target": "60%"}, "30%", "30 % ÷ 60 % × 2 = 1"),
            ({"target": "60%"}, "61%", "61 % ≥ 60 % → 2"),
            ({"inverted": True}, "1/4", "(100 % − (1/4 = 25.00 %)) × 2 = 1.5"),
            ({"inverted": True, "target": "90%"}, "3%", "100 % − 3 % ≥ 90 % → 2"),
        ],
    )
    def test_working(self, fields: dict[str, str], text: str, told: str) -> None:
        assert working(rule(kind="ratio", **fields), text) == told

    def test_working_in_vietnamese_has_a_decimal_comma(self) -> None:
        told = rule(kind="ratio").working(
            Value(Decimal("97.2"), is_percent=True), Fraction(1, 2), VI
        )
        assert told == "97,2% × 0,5 = 0,486"

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({}, "Rate × 2."),
            ({"floor": "80%"}, "Rate × 2 from 80 % on; below that 0."),
            ({"target": "90%"}, "Rate ÷ 90 % × 2, at most 2."),
            ({"inverted": True}, "Rate × 2. The rate is 100 % less what is reported."),
        ],
    )
    def test_in_words(self, fields: dict[str, str], told: str) -> None:
        assert rule(kind="ratio", **fields).in_words(TWO, EN) == told

    @pytest.mark.parametrize(
        ("fields", "now", "text", "expected"),
        [
            ({}, "1", "50%", [gain("2", "100%", "from")]),
            ({}, "1", "5/10", [gain("2", "10/10", "from")]),
            ({"floor": "80%"}, "0", "7/9", [gain("16/9", "8/9", "from"), gain("2", "9/9", "from")]),
            ({"floor": "80%"}, "1.8", "90%", [gain("2", "100%", "from")]),
            ({"target": "60%"}, "0", None, [gain("2", "60%", "from")]),
            ({"target": "60%"}, "2", "60%", []),
            ({"inverted": True, "target": "90%"}, "0", "9/19", [gain("2", "1/19", "to")]),
        ],
    )
    def test_gains(
        self, fields: dict[str, str], now: str, text: str | None, expected: list[Gain]
    ) -> None:
        assert gains(rule(kind="ratio", **fields), now, text) == expected


class TestLinear:
    """Nothing up to one figure, full points from another, and in proportion between."""

    DAYS = rule(kind="linear", zero_at="30", full_at="5")

    @pytest.mark.parametrize(
        ("figure", "expected"),
        [
            ("31", "0"),
            ("30", "0"),
            ("29", "0.08"),
            ("17.5", "1"),
            ("5.5", "1.96"),
            ("5", "2"),
            ("0", "2"),
        ],
    )
    def test_edges(self, figure: str, expected: str) -> None:
        assert points(self.DAYS, figure) == Fraction(expected)

    @pytest.mark.parametrize(("figure", "expected"), [("50", 0), ("60", 1), ("70", 2), ("100", 2)])
    def test_either_may_be_higher(self, figure: str, expected: int) -> None:
        up = rule(kind="linear", of="percent", zero_at="50", full_at="70")
        assert points(up, f"{figure}%") == expected

    @pytest.mark.parametrize(("text", "code"), [("-1", "P207"), ("5%", "P205"), ("1/2", "P205")])
    def test_refused(self, text: str, code: str) -> None:
        assert refused(self.DAYS, text) == code

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"zero_at": "0", "full_at": "10"}, []),
            ({"zero_at": "10", "full_at": "10"}, ["P310"]),
            ({"zero_at": "-1", "full_at": "10"}, ["P309"]),
            ({"of": "percent", "zero_at": "0", "full_at": "101"}, ["P309"]),
        ],
    )
    def test_proof(self, fields: dict[str, str], codes: list[str]) -> None:
        assert faults(rule(kind="linear", **fields)) == codes

    @given(st.integers(0, 100), st.integers(0, 100), st.decimals(0, 200, places=2))
    def test_an_independent_computation(self, zero: int, full: int, figure: Decimal) -> None:
        if zero == full:
            return
        low, high = sorted((zero, full))
        inside = min(max(Fraction(figure), Fraction(low)), Fraction(high))
        way = abs(inside - zero) / Fraction(high - low)
        given_rule = rule(kind="linear", zero_at=str(zero), full_at=str(full))
        assert given_rule.points(Value(figure), TWO) == way * 2

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("17.5", "(30 − 17.5) ÷ (30 − 5) × 2 = 1"),
            ("4", "4 ≤ 5 → 2"),
            ("40", "40 ≥ 30 → 0"),
        ],
    )
    def test_working(self, text: str, told: str) -> None:
        assert working(self.DAYS, text) == told

    def test_words_and_gains(self) -> None:
        assert self.DAYS.in_words(TWO, EN) == "0 at 30, 2 at 5, and in proportion between."
        assert gains(self.DAYS, "1", "17.5") == [gain("2", "5", "to")]
        assert gains(self.DAYS, "2", "5") == []


class TestEveryRate:
    """Points never leave 0…maximum, and never fall when the rate becomes better."""

    @given(st.sampled_from(RATES + FALLING), wholes, wholes, wholes)
    def test_bounds_and_order(self, rule_: Rule, whole: int, one: int, other: int) -> None:
        low, high = sorted((min(one, whole), min(other, whole)))
        worse, better = (high, low) if rule_ in FALLING else (low, high)
        less = rule_.points(Ratio(Decimal(worse), Decimal(whole)), TWO)
        more = rule_.points(Ratio(Decimal(better), Decimal(whole)), TWO)
        assert 0 <= less <= more <= 2

    @given(st.sampled_from(RATES + FALLING), st.integers(1, 500), st.integers(0, 500))
    def test_a_gain_is_the_least_that_gives_it(self, rule_: Rule, whole: int, part: int) -> None:
        reported = Ratio(Decimal(min(part, whole)), Decimal(whole))
        now = rule_.points(reported, TWO)
        found = list(rule_.gains(now, TWO, reported))
        assert all(one.points < two.points for one, two in pairwise(found))
        for each in found:
            assert isinstance(each.fact, Ratio)
            assert rule_.points(each.fact, TWO) == each.points > now
            one = 1 if each.need == "to" else -1
            short = Ratio(each.fact.part + one, each.fact.whole)
            assert rule_.points(short, TWO) < each.points


class TestPoints:
    """Points are given, never computed: the rule takes no fact."""

    def test_every_fact_is_refused(self) -> None:
        assert refused(rule(kind="points"), "50%") == "P205"
        assert faults(rule(kind="points")) == []

    def test_words_and_gains(self) -> None:
        given_rule = rule(kind="points")
        assert given_rule.in_words(TWO, EN) == "Points as given, from 0 to 2."
        assert [each.points for each in gains(given_rule, "1")] == [2]
        assert gains(given_rule, "2") == []
