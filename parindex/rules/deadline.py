"""Something due on a day: full points in time, then fewer by a ladder of days, then none."""

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Final, Literal

from msgspec import Struct
from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from parindex.rules.base import Example, Gain, RefusedError, Rule, arrow_text, bounds_proof
from parindex.rules.formula import MAX, MOST_LEVELS, RESULT
from parindex.rules.input import DAY, Input
from parindex.rules.setting import Setting
from parindex.values.codes import (
    LADDER_OUT_OF_ORDER,
    OUT_OF_RANGE,
    THRESHOLD_OUT_OF_RANGE,
    WRONG_INPUT_FOR_RULE,
    WRONG_TYPE,
)
from parindex.values.days import day_of
from parindex.values.exact import to_text
from parindex.values.facts import Date, Fact
from parindex.values.fields import Frozen, Number, fault, short
from parindex.values.language import N_, Language

_FIRST_YEAR: Final = 1901
"""Days of the year before are the first that every spreadsheet counts alike."""
_MOST_DAYS: Final = 999_999
"""Days late at the most: with more the day would lie beyond all calendars."""


class Day(Struct, frozen=True):
    """A day of the year that is scored, or with a `year` of one year."""

    month: int
    day: int
    year: int | None = None

    def date(self) -> datetime.date:
        """The day of a year that is known."""
        return datetime.date(self.year or datetime.MINYEAR, self.month, self.day)

    def __str__(self) -> str:
        day = f"{self.month:02}-{self.day:02}"
        return day if self.year is None else f"{self.year:04}-{day}"


def _day(value: Any) -> Day:
    date = day_of(str(value))
    if date is not None:
        return Day(date.month, date.day, date.year)
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", str(value))
    if found and day_of(f"2001-{value}"):
        return Day(int(found[1]), int(found[2]))
    expected = N_("a day of the year as month-day, like 12-31, or a date, like 31/12/2018")
    raise fault(WRONG_TYPE, found=short(value), expected=expected)


DayField = Annotated[
    Day,
    PlainValidator(_day),
    PlainSerializer(str),
    WithJsonSchema(
        {"type": "string", "pattern": "[0-9]", "description": "12-31, or a whole date."}
    ),
]


class Late(Frozen):
    """A rung: up to so many days late, so many points."""

    days: Number
    points: Number


class DeadlineRule(Rule):
    """`{kind: deadline, due: 12-31, late: [{days: 15, points: 0.5}]}`.

    Full points up to the due day, then those of the first rung whose days are
    not passed, then 0, or the `min` of the leaf. `due` is a day of the year that is scored, or a whole
    date. Days are those of the calendar; there is no time of day.
    """

    takes: ClassVar[Input] = DAY
    example: ClassVar = Example(
        "{kind: deadline, due: 12-31, late: [{days: 15, points: 0.5}]}",
        1,
        ("date: 2024-12-30", "date: 2025-01-10"),
    )

    kind: Literal["deadline"]
    due: DayField = Field(description="a day of the year that is scored (`12-31`), or a date")
    late: tuple[Late, ...] = Field(
        default=(), description="a ladder: up to so many `days` late so many `points`"
    )

    def formula(self, maximum: Fraction) -> str:
        """A day of the year of the due day, or of one beside it, by how late it is."""
        year = self.due.year
        if year is None or len(self.late) > MOST_LEVELS:
            return ""
        day = f"DATE({year},{self.due.month},{self.due.day})"
        told = to_text(self.lowest)
        for rung in reversed(self.late):
            told = f"IF({RESULT}<={day}+{to_text(rung.days)},{to_text(rung.points)},{told})"
        told = f"IF({RESULT}<={day},{MAX},{told})"
        first = max(year - 1, _FIRST_YEAR - 1)
        days = f"{RESULT}>=DATE({first},1,1),{RESULT}<DATE({year + 2},1,1),INT({RESULT})={RESULT}"
        return f'IF(ISNUMBER({RESULT}),IF(AND({days}),{told},""),"")'

    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """From the first day of the due day's year to the end of the ladder."""
        if self.due.year is None:
            return None
        late = int(max((rung.days for rung in self.late), default=0))
        last = self.due.date() + datetime.timedelta(days=late)
        return datetime.date(self.due.year, 1, 1), last

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Days, at most 999,999, rise from rung to rung; points fall from below the maximum, not below the fewest."""
        for number, rung in enumerate(self.late):
            if not 0 < rung.days <= _MOST_DAYS or rung.days != int(rung.days):
                told = {"found": f"{rung.days:f}", "expected": f"1, 2, 3, … {_MOST_DAYS}"}
                yield RefusedError(THRESHOLD_OUT_OF_RANGE, ("late", number, "days"), **told)
            where = ("late", number, "points")
            yield from bounds_proof(Fraction(rung.points), maximum, where, self.lowest)
        for number, (one, next_) in enumerate(pairwise(self.late), start=1):
            if next_.days <= one.days or next_.points >= one.points:
                found = f"{next_.days:f}: {next_.points:f}"
                expected = f"> {one.days:f}: < {one.points:f}"
                yield RefusedError(
                    LADDER_OUT_OF_ORDER, ("late", number), found=found, expected=expected
                )

    def fewest(self, maximum: Fraction) -> Fraction:
        """What the leaf allows, later than all rungs."""
        return self.lowest

    def for_unit(self, setting: Setting) -> "DeadlineRule":
        """The rule with its due day in the year that is scored."""
        if self.due.year is not None:
            return self
        return self.model_copy(update={"due": Day(self.due.month, self.due.day, setting.year)})

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """By how many days the date is late."""
        return self._after(self._days(fact), maximum)

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The date against the due day."""
        days, points = self._days(fact), self.points(fact, maximum)
        date = fact.date if isinstance(fact, Date) else self.due.date()
        sign = "≤" if days <= 0 else ">"
        told = f"{date_text(date, say)} {sign} {date_text(self.due.date(), say)}"
        if days > 0:
            late = say("days late: {days}", days=days)
            told = f"{told}: {late}"
        return f"{told} {arrow_text(points, say)}"

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """The due day and the ladder."""
        due = (
            say("{month}-{day}", month=f"{self.due.month:02}", day=f"{self.due.day:02}")
            if self.due.year is None
            else date_text(self.due.date(), say)
        )
        told = [say("{maximum} up to {due}", maximum=say.number(maximum), due=due)]
        told += [
            say("{points} up to {days} days late", points=say.number(r.points), days=f"{r.days:f}")
            for r in self.late
        ]
        lowest = say.number(self.lowest)
        return say("{points}; later {lowest}.", points="; ".join(told), lowest=lowest)

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """The earlier rungs, and the due day; nothing before the year is known."""
        if self.due.year is None:
            return
        due = self.due.date()
        for rung in reversed(self.late):
            if rung.points > now:
                days = min(int(rung.days), (datetime.date.max - due).days)
                day = due + datetime.timedelta(days=days)
                yield Gain(Fraction(rung.points), Date(day), "to")
        if maximum > now:
            yield Gain(maximum, Date(due), "to")

    def _after(self, days: int, maximum: Fraction) -> Fraction:
        if days <= 0:
            return maximum
        rungs = (Fraction(rung.points) for rung in self.late if days <= rung.days)
        return next(rungs, self.lowest)

    def _days(self, fact: Fact) -> int:
        """How many days after the due day; the date is in its year, or in one beside it."""
        if not isinstance(fact, Date) or self.due.year is None:
            raise RefusedError(WRONG_INPUT_FOR_RULE, expected="date: 2018-01-15, points: 0")
        years = (self.due.year - 1, self.due.year + 1)
        if not years[0] <= fact.date.year <= years[1]:
            expected = f"{years[0]}…{years[1]}"
            raise RefusedError(OUT_OF_RANGE, found=fact.date.isoformat(), expected=expected)
        return (fact.date - self.due.date()).days


def date_text(date: datetime.date, say: Language) -> str:
    """A date as the language writes it."""
    year, month, day = f"{date.year:04}", f"{date.month:02}", f"{date.day:02}"
    return say("{year}-{month}-{day}", year=year, month=month, day=day)
