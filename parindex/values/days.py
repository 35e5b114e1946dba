"""Days as people in Vietnam write them: the day first, never the month."""

import datetime
import re
from typing import Final

from parindex.values.normal import normalized

_YEAR_FIRST: Final = re.compile(r"(?P<year>[12][0-9]{3})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DAY_FIRST: Final = re.compile(
    r"(?:ngày )?(?P<day>[0-9]{1,2}) ?(?P<sign>[/.-]) ?(?P<month>[0-9]{1,2}) ?(?P=sign) ?(?P<year>[12][0-9]{3})"
)
_IN_WORDS: Final = re.compile(
    r"(?:ngày )?(?P<day>[0-9]{1,2}) tháng (?P<month>[0-9]{1,2}),? năm (?P<year>[12][0-9]{3})"
)


def day_of(text: str) -> datetime.date | None:
    """The day that a text means; None where it is none.

    `2024-12-13`, and the day before the month: `13/12/2024`, `13-12-2024`,
    `13.12.2024`, `ngày 13 tháng 12 năm 2024`, in capitals or not. There is no
    other reading: `10/01/2025` is 10 January, and `01/13/2025` is no day. The
    year has four digits, the first of which is 1 or 2.
    """
    said = " ".join(normalized("NFC", text[:100]).casefold().split())
    for form in (_YEAR_FIRST, _DAY_FIRST, _IN_WORDS):
        if found := form.fullmatch(said):
            try:
                return datetime.date(*(int(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                return None
    return None
