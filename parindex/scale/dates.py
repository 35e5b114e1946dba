"""Days in columns as whole numbers, `20250131`, whatever they are in: texts, dates, moments, numbers.

Parsers of dates differ by engine, and raise where a cell is none. Whole numbers made of slices
of a checked text compare alike on every engine, and what is no day is told.
"""

from collections.abc import Iterable
from typing import Any, Final, Literal

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
_DIGITS: Final = "^[12][0-9]{7}(?:[0-9]{6})?$"
_LOOSE: Final = f"^[0-9]{{1,2}} ?[/.-] ?[0-9]{{1,2}} ?[/.-] ?[12][0-9]{{3}}{_TIME}"
_IN_WORDS: Final = "^[0-9]{1,2} tháng [0-9]{1,2},? năm [12][0-9]{3}$"
_BEFORE: Final = "^(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?,? +)?(?:ngày +)?"
_SEPARATOR: Final = "(?: ?[/.-] ?| tháng |,? năm )"
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
_LONG: Final = (1, 3, 5, 7, 8, 10, 12)
_NONE: Final = "-1"


def is_text(dtype: Any) -> bool:
    """Whether a column holds texts."""
    return dtype == nw.String or dtype in (nw.Categorical, nw.Enum, nw.Object)


Order = Literal["day", "year"]
"""What stands first in the texts of a column, as programs write days."""


def day_text(column: Any, order: Order) -> Any:
    """A column of texts as texts of one width: as they are where they are days as programs write them.

    Others stand for themselves as days that are none: of an empty cell the year is 0. `day_parts`
    takes them apart. Two steps, because engines work out what several expressions share only once
    where it is a column.
    """
    text = column.cast(nw.String).fill_null("")
    pattern, empty, other = (
        (_DAY_FIRST, "00/00/0000", "00/00/0001")
        if order == "day"
        else (_YEAR_FIRST, "0000-00-00", "0001-00-00")
    )
    rest = nw.when(text == "").then(nw.lit(empty)).otherwise(nw.lit(other))
    return nw.when(text.str.contains(pattern)).then(text).otherwise(rest)


def day_parts(text: Any, order: Order) -> tuple[Any, Any, Any]:
    """Year, month and day of what `day_text` gave, as whole numbers."""
    places = ((6, 4), (3, 2), (0, 2)) if order == "day" else ((0, 4), (5, 2), (8, 2))
    year, month, day = (text.str.slice(*place).cast(nw.Int64) for place in places)
    return year, month, day


def order_of(texts: Iterable[str | None]) -> Order:
    """What stands first in most of some texts."""
    found = [text[4:5] == "-" for text in texts if text]
    return "year" if sum(found) * 2 > len(found) else "day"


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
    """Year, month and day as one: `yyyymmdd`, 0 where the cell is empty, -1 where it is no day."""
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = nw.when(is_leap).then(nw.lit(29)).otherwise(nw.lit(28))
    longest = nw.when(month == 2).then(longest).otherwise(nw.lit(30))  # noqa: PLR2004
    longest = nw.when(month.is_in(_LONG)).then(nw.lit(31)).otherwise(longest)
    is_day = (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (month >= 1) & (month <= 12)  # noqa: PLR2004
    is_day = is_day & (day >= 1) & (day <= longest)
    number = year * 10_000 + month * 100 + day
    other = nw.when(year == MISSING).then(nw.lit(MISSING)).otherwise(nw.lit(UNREADABLE))
    return nw.when(is_day).then(number).otherwise(other)


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


def as_count(number: Any) -> Any:
    """Days `yyyymmdd` as days counted one after another, so that they can be subtracted.

    The calendar of Fliegel and Van Flandern (Communications of the ACM 11, 1968, 657), in whole
    numbers that are never negative.
    """
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    before_march = (14 - month) // 12
    years = year + 4800 - before_march
    months = month + 12 * before_march - 3
    return day + (153 * months + 2) // 5 + 365 * years + years // 4 - years // 100 + years // 400
