"""Exact numbers: sums, rounding, writing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.values.exact import add, approximate, rounded, to_decimal_or_none, to_text

fractions = st.fractions(max_denominator=10_000)


class TestAdd:
    """The sum of exact numbers is exact, whatever their order."""

    def test_three_thirds_are_one(self) -> None:
        assert add([Fraction(1, 3)] * 3) == 1

    def test_tenths_add_the_same_in_any_order(self) -> None:
        tenths = [Fraction(1, 10), Fraction(2, 10), Fraction(3, 10)]
        assert add(tenths) == add(reversed(tenths)) == Fraction(6, 10)

    @given(st.lists(fractions))
    def test_equals_plain_addition(self, values: list[Fraction]) -> None:
        assert add(values) == sum(values, Fraction(0))


class TestRounded:
    """Rounding is decimal and exact: half up away from zero, half even, or cut off."""

    @pytest.mark.parametrize(
        ("value", "half_up", "half_even", "down"),
        [
            ("0.615", "0.62", "0.62", "0.61"),
            ("1.005", "1.01", "1.00", "1.00"),
            ("1.015", "1.02", "1.02", "1.01"),
            ("79.995", "80.00", "80.00", "79.99"),
            ("89.457", "89.46", "89.46", "89.45"),
            ("2.5", "2.50", "2.50", "2.50"),
            ("-1.005", "-1.01", "-1.00", "-1.00"),
            ("-0.004", "0.00", "0.00", "0.00"),
            ("0", "0.00", "0.00", "0.00"),
            ("0.0049999999999999999999999999999999999999", "0.00", "0.00", "0.00"),
        ],
    )
    def test_two_digits(self, value: str, half_up: str, half_even: str, down: str) -> None:
        number = Fraction(Decimal(value))
        assert str(rounded(number, 2)) == half_up
        assert str(rounded(number, 2, "half-even")) == half_even
        assert str(rounded(number, 2, "down")) == down

    def test_no_digits(self) -> None:
        assert [str(rounded(Fraction(n, 2), 0)) for n in (1, 3, 5)] == ["1", "2", "3"]
        assert [str(rounded(Fraction(n, 2), 0, "half-even")) for n in (1, 3, 5)] == ["0", "2", "2"]

    @given(fractions, st.integers(0, 6))
    def test_changes_at_most_half_a_unit(self, value: Fraction, digits: int) -> None:
        assert abs(Fraction(rounded(value, digits)) - value) <= Fraction(1, 2 * 10**digits)

    @given(fractions, fractions, st.integers(0, 6))
    def test_keeps_the_order(self, one: Fraction, other: Fraction, digits: int) -> None:
        low, high = sorted((one, other))
        assert rounded(low, digits) <= rounded(high, digits)


class TestWriting:
    """A number whose decimals end is written with all of them, another as a quotient."""

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (Fraction(1, 3), "1/3"),
            (Fraction(3, 2), "1.5"),
            (Fraction(1, 8), "0.125"),
            (Fraction(100), "100"),
            (Fraction(-1, 40), "-0.025"),
            (Fraction(7, 12), "7/12"),
            (Decimal("10.50"), "10.50"),
        ],
    )
    def test_plain(self, value: Fraction | Decimal, text: str) -> None:
        assert to_text(value) == text

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=9))
    def test_every_decimal_terminates(self, value: Decimal) -> None:
        assert to_decimal_or_none(Fraction(value)) == value

    def test_a_third_has_twelve_digits(self) -> None:
        assert str(approximate(Fraction(1, 3))) == "0.333333333333"
        assert str(approximate(Fraction(200, 3))) == "66.6666666667"
