"""Periods in which dossiers are counted: one, or the months, quarters or years of one."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from parindex.scorecard.scorecard import Period

By = Literal["month", "quarter", "year"]
MONTHS: Final[dict[By, int]] = {"month": 1, "quarter": 3, "year": 12}
"""How many months each part of a year has."""


def periods_of(start: datetime.date, end: datetime.date, by: By | None = None) -> list[Period]:
    """The calendar months, quarters or years between two days, both included, or all as one.

    The first begins on the first day, and the last ends on the last, though that be within a month.
    """
    return [Period(start, end)] if by is None else [*_parts(start, end, MONTHS[by])]


def _parts(start: datetime.date, end: datetime.date, months: int) -> Iterator[Period]:
    while start <= end:
        month = (start.month - 1) // months * months + months
        following = datetime.date(start.year + month // 12, month % 12 + 1, 1)
        yield Period(start, min(following - datetime.timedelta(days=1), end))
        start = following


def names_of(periods: Sequence[Period]) -> list[str]:
    """Each period as text, `2025-01-01/2025-01-31`."""
    return [f"{each.start.isoformat()}/{each.end.isoformat()}" for each in periods]
