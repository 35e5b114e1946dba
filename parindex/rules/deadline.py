"""Something due on a day: full points in time, then fewer by a ladder of days, then none."""

import datetime
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Final, Literal

from msgspec import Struct
from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from parindex.rules import arithmetic
from parindex.rules.base import (
    Example,
    Gain,
    RefusedError,
    Rule,
    UndecidedError,
    arrow_text,
    bounds_proof,
    called,
    names_proof,
)
from parindex.rules.expression_tree import Condition, Named, Tree
from parindex.rules.figures import FigureName, figures_of
from parindex.rules.formula import MAX, MOST_LEVELS, RESULT, worth
from parindex.rules.input import DAY, FIGURES, Input
from parindex.rules.said_by_unit import SaidByUnit
from parindex.rules.setting import Setting
from parindex.rules.working_days import latest_before, latest_with, working_days
from parindex.values.codes import (
    LADDER_OUT_OF_ORDER,
    MISSING_FIELD,
    OUT_OF_RANGE,
    PARAMETERS_EXCLUDE,
    THRESHOLD_OUT_OF_RANGE,
    WRONG_INPUT_FOR_RULE,
    WRONG_TYPE,
)
from parindex.values.days import day_of
from parindex.values.exact import to_text
from parindex.values.facts import Date, Fact, Figures, Points
from parindex.values.fields import Frozen, Name, Number, Worth, fault, short
from parindex.values.language import N_, Language

_FIRST_YEAR: Final = 1901
"""Days of the year before are the first that every spreadsheet counts alike."""
_MOST_DAYS: Final = 999_999
"""Days late at the most: with more the day would lie beyond all calendars."""
_MOST_COUNTED: Final = 365
_MOST_WORKING: Final = 240
"""Days, and working days, that there are up to the end of the next year, whatever the first day."""
_LATE: Final = N_("days late: {days}")
_WORKING_LATE: Final = N_("working days late: {days}")
_SHORT: Final = N_("missing: {days}")
_AFTER: Final = N_("{days} days after {start}")
_WORKING_AFTER: Final = N_("{days} working days after {start}")
_WITHIN: Final = (
    N_("{maximum} up to {days} days from “{start}” to “{done}”"),
    N_("{maximum} up to {days} working days from “{start}” to “{done}”"),
)
_AT_LEAST: Final = (
    N_("{maximum} from {days} days on from “{start}” to “{done}”"),
    N_("{maximum} from {days} working days on from “{start}” to “{done}”"),
)
_RUNG: Final = (
    N_("{points} up to {days} days late"),
    N_("{points} up to {days} working days late"),
)
_RUNG_SHORT: Final = (
    N_("{points} with up to {days} days fewer"),
    N_("{points} with up to {days} working days fewer"),
)
"""How each is said; the second of two is of working days."""


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


class Late(SaidByUnit, Frozen):
    """A rung: up to so many days late, so many points."""

    days: Number
    points: Worth


class DeadlineRule(Rule):
    """`{kind: deadline, due: 12-31, late: [{days: 15, points: 0.5}]}`.

    Full points up to the due day, then those of the first rung whose days are
    not passed, then 0, or the `min` of the leaf. `due` is a day of the year that is scored, or a whole
    date. There is no time of day.

    Instead of `due`, days may be counted from a date that is reported:
    `{kind: deadline, start: decided, done: published, within: 10, calendar: working}`
    takes `figures: {decided: 2026-03-02, published: 2026-03-13}`. The day after
    `start` is day 1. `within` is the most days up to `done`, which is not before
    `start`; `at_least` is the fewest days up to `done`, and the rungs of `late` say how many may be missing.

    Days are those of the calendar; with `calendar: working` they are Monday to
    Friday without Vietnam's public holidays, with the Saturdays that were worked for other days.
    """

    example: ClassVar = Example(
        "{kind: deadline, due: 12-31, late: [{days: 15, points: 0.5}]}",
        1,
        ("date: 2024-12-30", "date: 2025-01-10"),
    )

    kind: Literal["deadline"]
    due: DayField | None = Field(
        default=None, description="a day of the year that is scored (`12-31`), or a date"
    )
    start: FigureName | None = Field(
        default=None, description="in place of `due`: the name of the date from which days count"
    )
    done: FigureName | None = Field(
        default=None, description="beside `start`: the name of the date up to which days count"
    )
    within: Number | None = Field(
        default=None, description="the most days from `start` to `done` that give the maximum"
    )
    at_least: Number | None = Field(
        default=None, description="the fewest days from `start` to `done` that give the maximum"
    )
    calendar: Literal["working"] | None = Field(
        default=None, description="`working`: only working days of Vietnam count"
    )
    late: tuple[Late, ...] = Field(
        default=(),
        description="a ladder: up to so many `days` late so many `points`, or such a share of the maximum (`50%`)",
    )
    names: dict[FigureName, Name] = Field(
        default_factory=dict, description="what the two dates are called, `{vi: …, en: …}`"
    )

    @property
    def takes(self) -> Input:
        """A day, or both dates by their names."""
        return DAY if self.start is None else FIGURES

    def named(self, say: Language) -> Mapping[str, str]:
        """Both dates."""
        return {name: called(name, self.names, say) for name in self._dates}

    @property
    def _dates(self) -> tuple[str, ...]:
        return (self.start, self.done) if self.start and self.done else ()

    def formula(self, maximum: Fraction) -> str:
        """A day of the year of the due day, or of one beside it, by how late it is."""
        year = None if self.due is None else self.due.year
        if self.due is None or year is None or self.calendar or len(self.late) > MOST_LEVELS:
            return ""
        day = f"DATE({year},{self.due.month},{self.due.day})"
        told = to_text(self.lowest)
        for rung in reversed(self.late):
            told = f"IF({RESULT}<={day}+{to_text(rung.days)},{worth(rung.points)},{told})"
        told = f"IF({RESULT}<={day},{MAX},{told})"
        first = max(year - 1, _FIRST_YEAR - 1)
        days = f"{RESULT}>=DATE({first},1,1),{RESULT}<DATE({year + 2},1,1),INT({RESULT})={RESULT}"
        return f'IF(ISNUMBER({RESULT}),IF(AND({days}),{told},""),"")'

    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """From the first day of the due day's year to the end of the ladder."""
        if self.due is None or self.due.year is None:
            return None
        late = int(max((rung.days for rung in self.late), default=0))
        last = self._latest_after(self.due.date(), late) if late else self.due.date()
        return datetime.date(self.due.year, 1, 1), last

    def expression(self, maximum: Fraction) -> Tree | None:
        """The points by the day; none where days are counted between two dates, or only working days."""
        if self.due is None or self.due.year is None or self.calendar is not None:
            return None
        day, due = Named(arithmetic.DAY), self.due.date().toordinal()
        rungs = [(due, maximum), *((due + int(r.days), r.points.of(maximum)) for r in self.late)]
        cases = [
            (arithmetic.compare(day, "≤", last), arithmetic.number(points))
            for last, points in rungs
        ]
        return arithmetic.first_of(cases, arithmetic.number(self.lowest))

    def fits(self, maximum: Fraction) -> Condition | None:
        """The day lies in the year of the due day, or in one beside it."""
        if self.due is None or self.due.year is None:
            return None
        day, year = Named(arithmetic.DAY), self.due.year
        first = datetime.date(max(year - 1, datetime.MINYEAR), 1, 1).toordinal()
        last = datetime.date(min(year + 1, datetime.MAXYEAR), 12, 31).toordinal()
        return arithmetic.both(
            arithmetic.compare(day, "≥", first), arithmetic.compare(day, "≤", last)
        )

    def proof(self, maximum: Fraction) -> Iterator[RefusedError]:
        """Days, at most 999,999, rise from rung to rung; points fall from below the maximum to the fewest or more.

        There is either `due`, or `start` and another date with one number of days:
        `within` of 0…365, or `at_least` of 1…365, of working days 1…240, which every year has.
        """
        yield from self._counted_proof()
        for number, rung in enumerate(self.late):
            most = _MOST_DAYS if self.at_least is None else int(self.at_least) - 1
            if not 0 < rung.days <= most or rung.days != int(rung.days):
                told = {"found": f"{rung.days:f}", "expected": f"1, 2, 3, … {most}"}
                yield RefusedError(THRESHOLD_OUT_OF_RANGE, ("late", number, "days"), **told)
            where = ("late", number, "points")
            yield from bounds_proof(rung.points.of(maximum), maximum, where, self.lowest)
        for number, (one, next_) in enumerate(pairwise(self.late), start=1):
            points, before = next_.points.of(maximum), one.points.of(maximum)
            if next_.days <= one.days or points >= before:
                found = f"{next_.days:f}: {to_text(points)}"
                expected = f"> {one.days:f}: < {to_text(before)}"
                yield RefusedError(
                    LADDER_OUT_OF_ORDER, ("late", number), found=found, expected=expected
                )

    def _counted_proof(self) -> Iterator[RefusedError]:
        """What says from where days count goes together."""
        others = ("start", "done", "within", "at_least", "names")
        given = [name for name in others if getattr(self, name) not in (None, {})]
        if self.due is not None:
            for name in given:
                told = {"found": f"due, {name}", "expected": "due / start, done"}
                yield RefusedError(PARAMETERS_EXCLUDE, (name,), **told)
            return
        if not given:
            yield RefusedError(MISSING_FIELD, ("due",), expected="due / start, done")
            return
        needed = ("start", "done", *(("within",) if self.at_least is None else ()))
        for name in needed:
            if name not in given:
                expected = "within / at_least" if name == "within" else name
                yield RefusedError(MISSING_FIELD, (name,), expected=expected)
        if "within" in given and "at_least" in given:
            told = {"found": "within, at_least", "expected": "within / at_least"}
            yield RefusedError(PARAMETERS_EXCLUDE, ("at_least",), **told)
        if self.start is not None and self.start == self.done:
            told = {"found": self.start, "expected": "start ≠ done"}
            yield RefusedError(PARAMETERS_EXCLUDE, ("done",), **told)
        yield from names_proof(self.names, self._dates)
        yield from self._allowance_proof()

    def _allowance_proof(self) -> Iterator[RefusedError]:
        """The days that are allowed or asked are whole, and every year has them."""
        most = _MOST_WORKING if self.calendar else _MOST_COUNTED
        fields = (("within", self.within, 0, _MOST_COUNTED), ("at_least", self.at_least, 1, most))
        for name, days, least, most_ in fields:
            if days is not None and (days != int(days) or not least <= days <= most_):
                told = {"found": f"{days:f}", "expected": f"{least}, {least + 1}, … {most_}"}
                yield RefusedError(THRESHOLD_OUT_OF_RANGE, (name,), **told)

    def fewest(self, maximum: Fraction) -> Fraction:
        """What the leaf allows, later than all rungs."""
        return self.lowest

    def for_unit(self, setting: Setting) -> "DeadlineRule":
        """The rule with its due day in the year that is scored."""
        if self.due is None or self.due.year is not None:
            return self
        return self.model_copy(update={"due": Day(self.due.month, self.due.day, setting.year)})

    def points(self, fact: Fact, maximum: Fraction) -> Fraction:
        """By how many days the date is late."""
        days = self._days(*self._counted(fact))
        if days <= 0:
            return maximum
        return next(
            (rung.points.of(maximum) for rung in self.late if days <= rung.days), self.lowest
        )

    def working(self, fact: Fact, maximum: Fraction, say: Language) -> str:
        """The date against the due day, or the days counted against those that are allowed."""
        points = self.points(fact, maximum)
        start, done = self._counted(fact)
        days, one, other = self._days(start, done), date_text(start, say), date_text(done, say)
        if self.start is None:
            told = f"{other} {'≤' if days <= 0 else '>'} {one}"
        else:
            count = self._between(start, done)
            asked, sign = (self.within, "≤>") if self.at_least is None else (self.at_least, "≥<")
            words = _AFTER if self.calendar is None else _WORKING_AFTER
            told = say(words, days=count, start=one)
            told = f"{other}: {told} {sign[days > 0]} {asked:f}"
        if days > 0:
            late = say(_SHORT if self.at_least is not None else self._late_words, days=days)
            told = f"{told}: {late}"
        return f"{told} {arrow_text(points, say)}"

    @property
    def _late_words(self) -> str:
        return _LATE if self.calendar is None else _WORKING_LATE

    def in_words(self, maximum: Fraction, say: Language) -> str:
        """The due day, or the days that are counted, and the ladder."""
        most = say.number(maximum)
        if self.due is not None:
            told = [say("{maximum} up to {due}", maximum=most, due=self._due_text(say))]
        else:
            start, done = (called(name, self.names, say) for name in self._dates)
            days = self.within if self.at_least is None else self.at_least
            words = (_WITHIN if self.at_least is None else _AT_LEAST)[bool(self.calendar)]
            told = [say(words, maximum=most, days=f"{days:f}", start=start, done=done)]
        rung = (_RUNG if self.at_least is None else _RUNG_SHORT)[bool(self.calendar)]
        told += [
            say(rung, points=r.points.told(maximum, say), days=f"{r.days:f}") for r in self.late
        ]
        points, lowest = "; ".join(told), say.number(self.lowest)
        if self.at_least is not None:
            return say("{points}; with fewer {lowest}.", points=points, lowest=lowest)
        return say("{points}; later {lowest}.", points=points, lowest=lowest)

    def _due_text(self, say: Language) -> str:
        if self.due is None or self.due.year is not None:
            return date_text(self.due.date(), say) if self.due else ""
        return say("{month}-{day}", month=f"{self.due.month:02}", day=f"{self.due.day:02}")

    def gains(self, now: Fraction, maximum: Fraction, fact: Fact | None = None) -> Iterator[Gain]:
        """The earlier rungs, and the due day; nothing before the year, or the other date, is known.

        Of two dates the one that the unit chooses moves: `done` where it must be
        soon after `start`, and `start` where it must be long before `done`.
        """
        try:
            allowed = [*self._allowed(fact, maximum)]
        except UndecidedError:
            return
        yield from (gain for gain in allowed if gain.points > now)

    def _allowed(self, fact: Fact | None, maximum: Fraction) -> Iterator[Gain]:
        """What gives the points of each rung and the maximum, the fewest points first."""
        rungs = [(int(rung.days), rung.points.of(maximum)) for rung in reversed(self.late)]
        rungs.append((0, maximum))
        if self.due is not None:
            for days, points in rungs if self.due.year is not None else ():
                yield Gain(points, Date(self._latest_after(self.due.date(), days)), "to")
        elif not isinstance(fact, Figures):
            yield from (Gain(points, Points(points)) for _, points in rungs)
        else:
            start, done = self._counted(fact)
            for days, points in rungs:
                if self.at_least is None:
                    day = self._latest_after(start, int(self.within or 0) + days)
                    dates = start, day
                else:
                    dates = self._latest_before(done, int(self.at_least) - days), done
                figures = dict(zip(self._dates, map(Date, dates), strict=True))
                yield Gain(points, Figures(figures))

    def _latest_after(self, start: datetime.date, days: int) -> datetime.date:
        """The latest day that is at most so many days after another."""
        if self.calendar is not None:
            return start if not days and self.due else latest_with(days, start)
        return start + datetime.timedelta(days=min(days, (datetime.date.max - start).days))

    def _latest_before(self, done: datetime.date, days: int) -> datetime.date:
        """The latest day that is at least so many days before another."""
        if self.calendar is not None:
            return latest_before(days, done)
        return done - datetime.timedelta(days=days)

    def _between(self, start: datetime.date, done: datetime.date) -> int:
        return (done - start).days if self.calendar is None else working_days(start, done)

    def _days(self, start: datetime.date, done: datetime.date) -> int:
        """How many days too late, or too few; 0 or less where that is in time."""
        days = self._between(start, done)
        return (
            int(self.at_least) - days if self.at_least is not None else days - int(self.within or 0)
        )

    def _counted(self, fact: Fact) -> tuple[datetime.date, datetime.date]:
        """From which day to which days count, which lie in one year or in years beside each other."""
        if self.start is not None:
            start, done = self._both(fact)
        elif isinstance(fact, Date) and self.due is not None and self.due.year is not None:
            start, done = self.due.date(), fact.date
        else:
            raise RefusedError(WRONG_INPUT_FOR_RULE, expected="date: 2018-01-15, points: 0")
        if abs(done.year - start.year) > 1:
            expected = f"{start.year - 1}…{start.year + 1}"
            raise RefusedError(OUT_OF_RANGE, found=done.isoformat(), expected=expected)
        return start, done

    def _both(self, fact: Fact) -> tuple[datetime.date, datetime.date]:
        """Both dates that were reported."""
        figures = figures_of(fact, dict.fromkeys(self._dates, "date"))
        dates = []
        for name in self._dates:
            figure = figures[name]
            if not isinstance(figure, Date):
                raise RefusedError(WRONG_INPUT_FOR_RULE, expected=f"{name}: 2018-01-15")
            dates.append(figure.date)
        start, done = dates
        if self.at_least is None and done < start:
            found, expected = f"{self.done}: {done}", f"≥ {self.start}: {start}"
            raise RefusedError(OUT_OF_RANGE, found=found, expected=expected)
        return start, done


def date_text(date: datetime.date, say: Language) -> str:
    """A date as the language writes it."""
    year, month, day = f"{date.year:04}", f"{date.month:02}", f"{date.day:02}"
    return say("{year}-{month}-{day}", year=year, month=month, day=day)
