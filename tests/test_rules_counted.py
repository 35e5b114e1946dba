"""Rules that take a count or a day: deduct, count, deadline."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from parindex.rules.base import Gain, Rule
from parindex.rules.setting import Setting
from parindex.values.facts import Count, Date
from tests.rule_support import EN, TWO, VI, faults, gain, gains, points, refused, rule, working

QUARTER = rule(kind="deduct", step="0.25")
SHARE = rule(kind="deduct", step="30%")
EACH = rule(kind="count", each="0.5")
OVER = rule(kind="count", each="0.75", above="3")
LADDER = rule(
    kind="deadline",
    due="12-31",
    late=[{"days": "15", "points": "1"}, {"days": "30", "points": "0.5"}],
)
DUE = LADDER.for_unit(Setting(2024))
counts = st.integers(0, 10**6)


class TestDeduct:
    """The points are the maximum, less a step for each case, and never below 0."""

    @pytest.mark.parametrize(
        ("rule_", "count", "expected"),
        [
            (QUARTER, 0, "2"),
            (QUARTER, 1, "1.75"),
            (QUARTER, 7, "0.25"),
            (QUARTER, 8, "0"),
            (QUARTER, 9, "0"),
            (SHARE, 1, "1.4"),
            (SHARE, 3, "0.2"),
            (SHARE, 4, "0"),
        ],
    )
    def test_edges(self, rule_: Rule, count: int, expected: str) -> None:
        assert points(rule_, f"n={count}") == Fraction(expected)

    @pytest.mark.parametrize(("text", "code"), [("n=-1", "P203"), ("3", "P205"), ("5%", "P205")])
    def test_refused(self, text: str, code: str) -> None:
        assert refused(QUARTER, text) == code

    @pytest.mark.parametrize(
        ("step", "codes"),
        [
            ("2", []),
            ("100%", []),
            ("0", ["P306"]),
            ("2.01", ["P306"]),
            ("0.00002", []),
            ("0.00001999", ["P309"]),
            ("0.0009%", ["P309"]),
            ("101%", ["P306"]),
            ("-1%", ["P306"]),
        ],
    )
    def test_proof(self, step: str, codes: list[str]) -> None:
        assert faults(rule(kind="deduct", step=step)) == codes

    @given(st.integers(1, 8), counts)
    def test_an_independent_computation(self, eighths: int, count: int) -> None:
        expected = max(Fraction(0), TWO - Fraction(eighths, 8) * count)
        step = f"0.{eighths * 125:03}" if eighths < 8 else "1"
        assert rule(kind="deduct", step=step).points(Count(count), TWO) == expected

    def test_telling(self) -> None:
        assert working(QUARTER, "n=3") == "2 − 3 × 0.25 = 1.25"
        assert working(SHARE, "n=4") == "2 − 4 × 0.6 < 0 → 0"
        assert QUARTER.in_words(TWO, EN) == "2, less 0.25 for each case, not below 0."

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            ("1.5", [gain("1.75", "n=1", "to"), gain("2", "n=0", "to")]),
            ("1.8", [gain("2", "n=0", "to")]),
            ("2", []),
        ],
    )
    def test_gains(self, now: str, expected: list[Gain]) -> None:
        assert gains(QUARTER, now) == expected

    def test_from_far_below_0_it_is_the_first_count_that_counts(self) -> None:
        assert gains(SHARE, "0", "n=1000")[0] == gain("0.2", "n=3", "to")


class TestCount:
    """Each one over a base gives its points, and all together at most the maximum."""

    @pytest.mark.parametrize(
        ("rule_", "count", "expected"),
        [
            (EACH, 0, "0"),
            (EACH, 3, "1.5"),
            (EACH, 4, "2"),
            (EACH, 5, "2"),
            (OVER, 2, "0"),
            (OVER, 3, "0"),
            (OVER, 4, "0.75"),
            (OVER, 5, "1.5"),
            (OVER, 6, "2"),
        ],
    )
    def test_edges(self, rule_: Rule, count: int, expected: str) -> None:
        assert points(rule_, f"n={count}") == Fraction(expected)

    @pytest.mark.parametrize(("text", "code"), [("n=-1", "P203"), ("3", "P205")])
    def test_refused(self, text: str, code: str) -> None:
        assert refused(EACH, text) == code

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            ({"each": "2"}, []),
            ({"each": "2.5"}, ["P306"]),
            ({"each": "0"}, ["P306"]),
            ({"each": "0.00002"}, []),
            ({"each": f"0.{'0' * 37}1"}, ["P309"]),
            ({"each": "1", "above": "-1"}, ["P309"]),
            ({"each": "1", "above": "1.5"}, ["P309"]),
        ],
    )
    def test_proof(self, fields: dict[str, str], codes: list[str]) -> None:
        assert faults(rule(kind="count", **fields)) == codes

    @given(counts, st.integers(0, 50))
    def test_an_independent_computation(self, count: int, above: int) -> None:
        expected = min(TWO, Fraction(3, 10) * max(0, count - above))
        given_rule = rule(kind="count", each="0.3", above=str(above))
        assert given_rule.points(Count(count), TWO) == expected

    @pytest.mark.parametrize(
        ("rule_", "count", "told"),
        [
            (EACH, 3, "3 × 0.5 = 1.5"),
            (EACH, 5, "5 × 0.5 > 2 → 2"),
            (EACH, 0, "0 ≤ 0 → 0"),
            (OVER, 5, "(5 − 3) × 0.75 = 1.5"),
        ],
    )
    def test_working(self, rule_: Rule, count: int, told: str) -> None:
        assert working(rule_, f"n={count}") == told

    def test_in_words(self) -> None:
        assert EACH.in_words(TWO, EN) == "0.5 for each, at most 2."
        assert OVER.in_words(TWO, EN) == "0.75 for each over 3, at most 2."

    @pytest.mark.parametrize(
        ("rule_", "now", "expected"),
        [
            (EACH, "1", [gain("1.5", "n=3", "from"), gain("2", "n=4", "from")]),
            (EACH, "1.2", [gain("1.5", "n=3", "from"), gain("2", "n=4", "from")]),
            (OVER, "1.5", [gain("2", "n=6", "from")]),
            (OVER, "2", []),
        ],
    )
    def test_gains(self, rule_: Rule, now: str, expected: list[Gain]) -> None:
        assert gains(rule_, now) == expected


class TestDeadline:
    """In time the points are full, then fall by a ladder of days, then are 0."""

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2023-06-01", "2"),
            ("2024-12-30", "2"),
            ("2024-12-31", "2"),
            ("2025-01-01", "1"),
            ("2025-01-15", "1"),
            ("2025-01-16", "0.5"),
            ("2025-01-30", "0.5"),
            ("2025-01-31", "0"),
        ],
    )
    def test_edges(self, day: str, expected: str) -> None:
        assert points(DUE, day) == Fraction(expected)

    def test_the_day_is_of_the_year_that_is_scored(self) -> None:
        assert points(LADDER.for_unit(Setting(2023)), "2024-12-31") == 0
        fixed = rule(kind="deadline", due="2023-12-31").for_unit(Setting(2024))
        assert points(fixed, "2023-12-31") == 2
        assert points(fixed, "2024-01-01") == 0

    @pytest.mark.parametrize(
        ("text", "code"), [("1024-12-31", "P207"), ("2026-01-01", "P207"), ("n=3", "P205")]
    )
    def test_refused(self, text: str, code: str) -> None:
        assert refused(DUE, text) == code

    @pytest.mark.parametrize("due", ["31-12", "02-29", "13-01", "2023-02-29", "12", "0000-01-01"])
    def test_days_that_are_none(self, due: str) -> None:
        with pytest.raises(ValidationError):
            rule(kind="deadline", due=due)

    @pytest.mark.parametrize(
        ("late", "codes"),
        [
            ([], []),
            ([("15", "1"), ("30", "0.5")], []),
            ([("15", "0.5"), ("30", "1")], ["P316"]),
            ([("30", "1"), ("15", "0.5")], ["P316"]),
            ([("0", "1")], ["P309"]),
            ([("1.5", "1")], ["P309"]),
            ([("999999", "1")], []),
            ([("1000000", "1")], ["P309"]),
            ([("30", "1"), ("4000000", "0.5")], ["P309"]),
            ([(f"1{'0' * 38}", "1")], ["P309"]),
            ([("15", "3")], ["P306"]),
        ],
    )
    def test_proof(self, late: list[tuple[str, str]], codes: list[str]) -> None:
        rungs = [{"days": days, "points": more} for days, more in late]
        assert faults(rule(kind="deadline", due="12-31", late=rungs)) == codes

    @given(st.integers(-300, 300))
    def test_an_independent_computation(self, days: int) -> None:
        day = date(2024, 12, 31) + timedelta(days=days)
        expected = 2 if days < 1 else 1 if days < 16 else Fraction(1, 2) if days < 31 else 0
        assert DUE.points(Date(day), TWO) == expected

    def test_telling(self) -> None:
        assert working(DUE, "2024-12-31") == "2024-12-31 ≤ 2024-12-31 → 2"
        assert working(DUE, "2025-01-10") == "2025-01-10 > 2024-12-31: days late: 10 → 1"
        told = DUE.working(Date(date(2025, 1, 20)), TWO, VI)
        assert told == "20/01/2025 > 31/12/2024: chậm 20 ngày → 0,5"
        told = "2 up to 12-31; 1 up to 15 days late; 0.5 up to 30 days late; later 0."
        assert LADDER.in_words(TWO, EN) == told

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            ("0", [("0.5", "2025-01-30"), ("1", "2025-01-15"), ("2", "2024-12-31")]),
            ("0.5", [("1", "2025-01-15"), ("2", "2024-12-31")]),
            ("2", []),
        ],
    )
    def test_gains(self, now: str, expected: list[tuple[str, str]]) -> None:
        assert gains(DUE, now) == [gain(more, day, "to") for more, day in expected]


class TestNextStep:
    """The next step is the least of the gains, or none."""

    def test_first_or_none(self) -> None:
        assert QUARTER.next_step(Fraction(1), TWO) == gain("1.25", "n=3", "to")
        assert QUARTER.next_step(TWO, TWO) is None
