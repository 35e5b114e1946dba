"""Exact numbers: how they are added, rounded and written.

Points are rationals (`Fraction`), because a third of a point three times must
be one point; figures that somebody typed or will read are `Decimal`. Nothing
in this package uses binary floats. Rounding happens in `rounded` and nowhere
else.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, gcd
from typing import Literal, TypeVar

RoundingMode = Literal["half-up", "half-even", "down"]
"""`half-up` rounds a half away from zero, `half-even` to the even digit, `down` cuts off."""

_Number = TypeVar("_Number", int, Fraction)
ZERO = Fraction(0)
POINTS_DIGITS = 2
"""Decimals that points have at the least, also where the index has fewer."""
LONG_DIGITS = 12
"""Significant digits with which a number is written whose decimals do not end."""


def add(values: Iterable[Fraction]) -> Fraction:
    """Sum of exact numbers, in any order the same.

    Works on whole numbers over one common denominator, which is several times
    faster than adding fraction to fraction and gives the same value.
    """
    return add_ratios(value.as_integer_ratio() for value in values)


def add_ratios(values: Iterable[tuple[int, int]]) -> Fraction:
    """Sum of numerators over denominators; as `add`."""
    numerator, denominator = 0, 1
    for above, below in values:
        if below == denominator:
            numerator += above
            continue
        if denominator % below:
            factor = below // gcd(denominator, below)
            numerator *= factor
            denominator *= factor
        numerator += above * (denominator // below)
    return Fraction(numerator, denominator)


def minus(one: Fraction, other: Fraction) -> Fraction:
    """Difference of exact numbers: as `one - other`, in half of its time."""
    above, below = one.as_integer_ratio()
    above_, below_ = other.as_integer_ratio()
    return Fraction(above * below_ - above_ * below, below * below_)


def difference(one: _Number | None, other: _Number | None) -> _Number | None:
    """`one` - `other`; None where one of them is not known."""
    return None if one is None or other is None else one - other


def percent(part: Fraction, whole: Fraction) -> Fraction:
    """`part` in percent of `whole`; `whole` must not be 0."""
    return Fraction(part.numerator * 100 * whole.denominator, part.denominator * whole.numerator)


def rounded(value: Fraction | Decimal, digits: int, mode: RoundingMode = "half-up") -> Decimal:
    """The number with exactly `digits` decimals, rounded by `mode`.

    >>> rounded(Fraction(1005, 1000), 2)
    Decimal('1.01')
    """
    return rounded_ratio(*value.as_integer_ratio(), digits, mode)


@lru_cache(maxsize=16_384)
def rounded_ratio(
    numerator: int, denominator: int, digits: int, mode: RoundingMode = "half-up"
) -> Decimal:
    """A quotient of whole numbers with exactly `digits` decimals; `denominator` is above 0."""
    sign = "-" if numerator < 0 else ""
    whole, rest = divmod(abs(numerator) * 10**digits, denominator)
    twice = 2 * rest
    if mode != "down" and (
        twice > denominator or (twice == denominator and (mode == "half-up" or whole % 2 == 1))
    ):
        whole += 1
    if not whole:
        sign = ""
    return Decimal(f"{sign}{whole}E-{digits}")


def least_rounded(
    value: Decimal | Fraction, digits: int, mode: RoundingMode = "half-up", *, above: bool = False
) -> tuple[Fraction, bool]:
    """Smallest non-negative number that rounds to at least `value`, or with `above` to more.

    Returns:
        The bound, and whether it is itself still below: then only what is over it counts.
    """
    units = Fraction(value) * 10**digits
    whole = floor(units) + 1 if above else ceil(units)
    if mode == "down":
        return Fraction(whole, 10**digits), False
    return Fraction(2 * whole - 1, 2 * 10**digits), mode == "half-even" and whole % 2 == 1


def decimals(value: Decimal) -> int:
    """How many decimals a number is written with."""
    return max(0, -int(value.as_tuple().exponent))


def half_unit(digits: int) -> Fraction:
    """The most by which rounding to `digits` decimals can change a number."""
    return Fraction(1, 2 * 10**digits)


def points_unit(digits: int) -> Fraction:
    """The most by which points were rounded that a source gives.

    They have two decimals at the least, also where the index has fewer `digits`.
    """
    return half_unit(max(digits, POINTS_DIGITS))


def to_decimal_or_none(value: Fraction) -> Decimal | None:
    """The same number as a decimal, or None where its decimals do not end."""
    return _terminating(*value.as_integer_ratio())


@lru_cache(maxsize=16_384)
def _terminating(above: int, below: int) -> Decimal | None:
    digits = _decimals(below)
    return None if digits is None else Decimal(f"{above * 10**digits // below}E-{digits}")


@lru_cache(maxsize=4096)
def _decimals(denominator: int) -> int | None:
    """How many decimals a fraction in lowest terms has; None where they do not end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None


def approximate(value: Fraction) -> Decimal:
    """The number as a decimal of `LONG_DIGITS` significant digits, half up."""
    size = abs(value)
    before = len(str(size.numerator // size.denominator)) if size >= 1 else 0
    return rounded(value, LONG_DIGITS - before)


def to_text(value: Fraction | Decimal) -> str:
    """The number in digits: all its decimals, or numerator/denominator.

    >>> to_text(Fraction(1, 3)), to_text(Fraction(3, 2)), to_text(Decimal("10.50"))
    ('1/3', '1.5', '10.50')
    """
    if isinstance(value, Fraction):
        decimal = to_decimal_or_none(value)
        return str(value) if decimal is None else f"{decimal:f}"
    return f"{value:f}"
