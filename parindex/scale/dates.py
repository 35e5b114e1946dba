"""Days in columns as whole numbers, counted one after another, whatever they are in: texts, dates, moments, numbers.

Parsers of dates differ by engine, and raise where a cell is none. Whole numbers made of slices
of a checked text compare alike on every engine, and what is no day is told.
"""

from typing import Any, Final

import narwhals as nw

MISSING: Final = 0
"""The day of an empty cell."""
UNREADABLE: Final = -1
"""The day of a cell that holds something else."""
SPACES: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What is taken off both ends of a cell: engines differ in what they call a space."""
_TIME: Final = "(?:[Tt ]+[0-9]{1,2}[:hg][^/]*)?$"
_DAY_FIRST: Final = f"^[0-9]{{2}}[/.-][0-9]{{2}}[/.-][12][0-9]{{3}}{_TIME}"
_YEAR_FIRST: Final = f"^[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}{_TIME}"
WITH_TIME: Final = f"{_DAY_FIRST}|{_YEAR_FIRST}"
"""Days as programs write them, ten letters with perhaps a time of day behind them."""
_DIGITS: Final = "^[12][0-9]{7}(?:[0-9]{6})?$"
_LOOSE: Final = f"^[0-9]{{1,2}} ?[/.-] ?[0-9]{{1,2}} ?[/.-] ?[12][0-9]{{3}}{_TIME}"
_IN_WORDS: Final = "^[0-9]{1,2} tháng [0-9]{1,2},? năm [12][0-9]{3}$"
_BEFORE: Final = "^(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?,? +)?(?:ngày +)?"
_SEPARATOR: Final = "(?: ?[/.-] ?| tháng |,? năm )"
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_BEFORE_ALL: Final = 1_753_470
"""Days before the first of the year 1 in that calendar."""
_LONG: Final = (1, 3, 5, 7, 8, 10, 12)
_NONE: Final = "-1"


def is_text(dtype: Any) -> bool:
    """Whether a column holds texts."""
    return dtype == nw.String or dtype in (nw.Categorical, nw.Enum, nw.Object)


def all_parts(column: Any, dtype: Any) -> tuple[Any, Any, Any]:
    """Year, month and day of a column of any type, in any spelling: year 0 of an empty cell.

    The day stands before the month; `01/13/2025` has a month that `day_number` refuses. Times of
    day are passed over. Texts may be `2025-01-31`, `1/2/2025`, `08:30 13/12/2024`, `ngày 13 tháng
    12 năm 2024`, with spaces around; what is none has the year -1.
    """
    if dtype in (nw.Date, nw.Datetime):
        whole = (column.dt.year(), column.dt.month(), column.dt.day())
        year, month, day = (each.cast(nw.Int64).fill_null(MISSING) for each in whole)
        return year, month, day
    if dtype.is_integer():
        number = column.cast(nw.Int64).fill_null(MISSING)
        return number // 10_000, number // 100 % 100, number % 100
    text = column.cast(nw.String).fill_null("").str.strip_chars(SPACES).str.to_lowercase()
    year, month, day = _parts_thorough(text)
    year = nw.when(text == "").then(nw.lit(MISSING)).otherwise(year.cast(nw.Int64))
    return year, month.cast(nw.Int64), day.cast(nw.Int64)


def day_number(year: Any, month: Any, day: Any) -> Any:
    """Year, month and day as one, as `date.toordinal` counts: 0 where the cell is empty, -1 where it is no day.

    The calendar of Fliegel and Van Flandern (Communications of the ACM 11, 1968, 657), in whole
    numbers that are never negative.
    """
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = nw.when(is_leap).then(nw.lit(29)).otherwise(nw.lit(28))
    longest = nw.when(month == 2).then(longest).otherwise(nw.lit(30))  # noqa: PLR2004
    longest = nw.when(month.is_in(_LONG)).then(nw.lit(31)).otherwise(longest)
    is_day = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12)  # noqa: PLR2004
    is_day = is_day & (day >= 1) & (day <= longest)
    before_march = (14 - month) // 12
    years, months = year + 4800 - before_march, month + 12 * before_march - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - years // 100 + years // 400
    other = nw.when(year == MISSING).then(nw.lit(MISSING)).otherwise(nw.lit(UNREADABLE))
    return nw.when(is_day).then(number - _BEFORE_ALL).otherwise(other)


def _parts_thorough(text: Any) -> tuple[Any, Any, Any]:
    """Year, month and day of texts in any spelling, in small letters."""
    text = text.str.replace_all(_BEFORE, "")
    year_first, digits = text.str.contains(_YEAR_FIRST), text.str.contains(_DIGITS)
    loose = text.str.contains(_LOOSE) | text.str.contains(_IN_WORDS)
    bare = text.str.replace_all("[t ]+[0-9]{1,2}[:hg].*$", "")
    behind_day = bare.str.replace_all(f"^[0-9]{{1,2}}{_SEPARATOR}", "")

    def part(one: tuple[int, int], other: tuple[int, int], found: Any) -> Any:
        rest = nw.when(loose).then(found).otherwise(nw.lit(_NONE))
        rest = nw.when(digits).then(text.str.slice(*other)).otherwise(rest)
        return nw.when(year_first).then(text.str.slice(*one)).otherwise(rest)

    return (
        part((0, 4), (0, 4), behind_day.str.replace_all(f"^[0-9]{{1,2}}{_SEPARATOR}", "")),
        part((5, 2), (4, 2), behind_day.str.replace_all(f"{_SEPARATOR}[0-9]{{4}}$", "")),
        part((8, 2), (6, 2), bare.str.replace_all(f"{_SEPARATOR}.*$", "")),
    )
