"""Vietnam's working days: Monday to Friday without public holidays, and the Saturdays worked for others.

Holidays, the days off that stand in for those on a weekend, and the working days
that the government swaps each year, are those of the package `holidays`.
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Final

from parindex.rules.base import UndecidedError
from parindex.values.codes import CALENDAR_UNKNOWN

YEARS: Final = (2000, 2099)
"""The first whole year of the five-day week, and the last whose Tết every release of the package knows."""
_SWAPPED: Final = {date(2026, 1, 2): date(2026, 1, 10)}
"""Days off, and worked instead, that the package does not have: 12729/VPCP-KGVX of 25/12/2025."""
_DAY: Final = timedelta(days=1)


@cache
def working_days_of(year: int) -> tuple[date, ...]:
    """The working days of a year, in order.

    Raises:
        UndecidedError: P425 the holidays of the year are not known.
    """
    if not YEARS[0] <= year <= YEARS[1]:
        expected = f"{YEARS[0]}…{YEARS[1]}"
        raise UndecidedError(CALENDAR_UNKNOWN, found=str(year), expected=expected)
    from holidays import country_holidays  # takes long, and few schemes count so

    # A day off may be worked for in the year beside it.
    known = country_holidays("VN", years=range(year - 1, year + 2))
    days = (date(year, 1, 1) + n * _DAY for n in range(366))
    off, worked = _SWAPPED.keys(), _SWAPPED.values()
    return tuple(
        day
        for day in days
        if day.year == year and (day in worked or (known.is_working_day(day) and day not in off))
    )


def working_days(after: date, until: date) -> int:
    """How many working days there are after a day, up to another; below 0 where that is before it.

    Raises:
        UndecidedError: P425 the holidays of one of the years are not known.
    """
    if until < after:
        return -working_days(until, after)
    years = range(after.year, until.year + 1)
    whole = sum(len(working_days_of(year)) for year in years[:-1])
    last = working_days_of(until.year)
    return whole + bisect_right(last, until) - bisect_right(working_days_of(after.year), after)


def latest_with(most: int, after: date) -> date:
    """The latest day with at most so many working days after another day, up to the end of the next year."""
    days = [*working_days_of(after.year), *working_days_of(after.year + 1)]
    too_many = bisect_right(days, after) + most
    return days[too_many] - _DAY if too_many < len(days) else date(after.year + 1, 12, 31)


def latest_before(least: int, until: date) -> date:
    """The latest day after which there are at least so many working days, 1…240, up to another."""
    days = [*working_days_of(until.year - 1), *working_days_of(until.year)]
    return days[bisect_right(days, until) - least] - _DAY
